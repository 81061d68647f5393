//! Corrections of people and their posts: `<name>`, or `<name>: <role>`.

use super::listed::Listed;
use super::stands_on;
use crate::article::{Article, Correction, CorrectionOp, Official, Post, PostStatus, Provinces, Rank};
use crate::authority::Authority;
use crate::extract::posts_of;
use crate::text::{canonical_phrase, compose};

const OFFICIALS: &str = "officials";
const POSTS: &str = ".posts";

pub(super) fn apply(article: &mut Article, correction: &Correction, authority: &Authority) -> Result<Vec<String>, String> {
    let typed = compose(correction.value.trim());
    let (name, role) = match typed.split_once(':') {
        Some((name, role)) => (name.trim(), Some(role.trim()).filter(|role| !role.is_empty())),
        None => (typed.as_str(), None),
    };
    let key = canonical_phrase(name);
    if key.is_empty() {
        return Err("expected a name, or a name and a role with a colon between".to_owned());
    }
    let evidence = article.evidence.get_or_insert_default();
    let mut officials = Listed::take(OFFICIALS, std::mem::take(&mut article.officials), evidence);
    let at = officials.members.iter().position(|(official, _)| canonical_phrase(&official.name) == key);
    let was: Vec<String> =
        at.iter().flat_map(|&at| officials.members[at].0.posts.iter()).map(|post| format!("{name}: {}", post.role)).collect();
    match (correction.op, at, role) {
        (CorrectionOp::Remove, None, _) => return Err(format!("{name:?} is no official of this article")),
        (CorrectionOp::Remove, Some(at), None) => {
            officials.members.remove(at);
        }
        (CorrectionOp::Remove, Some(at), Some(role)) => {
            let (official, of_official) = &mut officials.members[at];
            let mut posts = Listed::take(POSTS, std::mem::take(&mut official.posts), of_official);
            let before = posts.members.len();
            posts.members.retain(|(post, _)| canonical_phrase(&post.role) != canonical_phrase(role));
            if posts.members.len() == before {
                return Err(format!("{name} does not have the post {role:?}; what stands there: {}", was.join("; ")));
            }
            official.posts = posts.put_back(of_official);
            if official.posts.is_empty() {
                officials.members.remove(at);
            }
        }
        (CorrectionOp::Add | CorrectionOp::Set, _, None) => return Err("expected a name and a role with a colon between".to_owned()),
        (CorrectionOp::Add | CorrectionOp::Set, at, Some(role)) => {
            let at = at.unwrap_or_else(|| {
                let mentions = mentions(name, article.body.as_deref().unwrap_or(""));
                officials.members.push((Official { name: name.to_owned(), posts: Vec::new(), mentions }, Vec::new()));
                officials.members.len() - 1
            });
            let (official, of_official) = &mut officials.members[at];
            let mut posts = Listed::take(POSTS, std::mem::take(&mut official.posts), of_official);
            if correction.op == CorrectionOp::Set {
                posts.members.clear();
            }
            for post in read(name, role, correction, &article.provinces, authority) {
                posts.members.retain(|(other, _)| other.role != post.role);
                posts.members.push((post, vec![stands_on(correction, "")]));
            }
            official.posts = posts.put_back(of_official);
        }
    }
    if correction.op == CorrectionOp::Remove {
        evidence.push(stands_on(correction, OFFICIALS));
    }
    article.officials = officials.put_back(evidence);
    Ok(was)
}

/// The posts that a role is, completed as in the article's own text; as it was typed where the grammar does not know it.
fn read(name: &str, role: &str, correction: &Correction, provinces: &Provinces, authority: &Authority) -> Vec<Post> {
    let rule = correction.op.rule().to_owned();
    let mut posts = posts_of(name, role, provinces, authority);
    if posts.is_empty() {
        let first = canonical_phrase(role);
        let rank = if first.starts_with("phó ") || first.starts_with("thứ trưởng") { Rank::Deputy } else { Rank::Head };
        posts.push(Post {
            role: role.to_owned(),
            rank,
            body: None,
            unit_id: None,
            scope: None,
            status: PostStatus::Current,
            as_written: role.to_owned(),
            rule: rule.clone(),
        });
    }
    posts.into_iter().map(|post| Post { rule: rule.clone(), ..post }).collect()
}

/// Where the name stands in the text.
fn mentions(name: &str, body: &str) -> Vec<(usize, usize)> {
    body.match_indices(name).map(|(start, name)| (start, start + name.len())).collect()
}
