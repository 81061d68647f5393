//! A post of a person as one index term, so that filters on person and post bind to one tuple.

use crate::article::{Article, FacetPath, Official, Post};

const SEPARATOR: char = '\u{1f}';

/// Who holds which post, as a term: never two people of one article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostKey {
    /// The person's path in the official facet, `/<name>/<scope>`.
    pub path: FacetPath,
    /// The post in full words, `nguyên` or `quyền` included.
    pub role: String,
}

impl PostKey {
    /// The posts of an article, each once.
    pub fn of(article: &Article) -> Vec<PostKey> {
        let mut posts: Vec<PostKey> = article
            .officials
            .iter()
            .flat_map(|official| official.posts.iter().filter_map(|post| PostKey::of_post(official, post)))
            .collect();
        posts.sort();
        posts.dedup();
        posts
    }

    /// A post of an official; `None` where it has no name that could be indexed.
    pub fn of_post(official: &Official, post: &Post) -> Option<PostKey> {
        PostKey::new(official.facet_path(post)?, &post.role)
    }

    fn new(path: FacetPath, role: &str) -> Option<PostKey> {
        let role: String = role.chars().filter(|letter| !letter.is_control()).collect();
        (!role.is_empty()).then_some(PostKey { path, role })
    }

    /// The term.
    pub fn encode(&self) -> String {
        let mut term = self.path.segments().join(&SEPARATOR.to_string());
        term.push(SEPARATOR);
        term.push_str(&self.role);
        term
    }

    /// The inverse of [`PostKey::encode`].
    pub fn decode(term: &str) -> Option<PostKey> {
        let (path, role) = term.rsplit_once(SEPARATOR)?;
        PostKey::new(FacetPath::new(path.split(SEPARATOR))?, role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_survives_its_term() {
        let post = PostKey { path: FacetPath::new(["Lò Văn Thiêm", "Sơn La"]).unwrap(), role: "Phó Chủ tịch".to_owned() };
        assert_eq!(PostKey::decode(&post.encode()), Some(post));
        assert_eq!(PostKey::decode("no separator"), None);
    }
}
