//! Who held which post: what matching articles attest, a row for each person and post.
//!
//! Input → output: [`Request`] → [`Posts`]. Of the articles that a search finds, the posts that its filters ask for: those that fit the
//! roles, of the officials asked for; all, where none is. Rows are sorted so that a post of a body reads as a succession in time.

use super::attested::{Attested, HeldPost, attested, scope_of};
use super::error::SearchError;
use super::filter::without_status;
use super::people::{Shown, known_people};
use super::prepared::Prepared;
use super::request::Request;
use super::response::{AppliedFilter, CONTRACT, IndexState, Notice, Timing};
use super::table::counts_alone;
use super::{index_state, notices, pass};
use crate::article::{FacetPath, UNKNOWN_SCOPE};
use crate::authority::Authority;
use crate::index::{Generation, PostKey};
use crate::text::canonical_phrase;
use jiff::civil::Date;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

/// Posts and who held them.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Posts {
    /// Version of the contract, [`CONTRACT`].
    pub contract: u32,
    /// The program that answered.
    pub tool: String,
    /// The state of the index that was searched.
    pub index: IndexState,
    /// The query, in the query language, as it was understood.
    pub query: String,
    /// How each filter was read, in the order given.
    pub filters: Vec<AppliedFilter>,
    /// Articles that match.
    pub total: u64,
    /// How many people hold a post that is listed.
    pub people: u64,
    /// A row for each person and post: those of one scope together, in it those of one body, of one post, then by first attestation; who
    /// held it before (`nguyên`) behind those who hold it.
    pub posts: Vec<PersonPost>,
    /// What the reader should know.
    pub notices: Vec<Notice>,
    /// How long it took.
    pub timing: Timing,
}

/// A post of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PersonPost {
    /// The name that they are shown by.
    pub person: String,
    /// The names under which articles give them the post: more than one where `people.tsv` joins them.
    pub names: Vec<String>,
    /// The post.
    #[serde(flatten)]
    pub held: HeldPost,
}

impl PersonPost {
    /// The post without the word that tells its standing: what those who held it one after the other have in common.
    pub fn base_role(&self) -> &str {
        without_status(&self.held.role).0
    }
}

/// A row: person, scope, role.
type Row = (String, String, String);

/// The posts that matching articles give. What the request says of hits and facets does not matter.
///
/// Reads two articles for each row; `most` bounds these.
///
/// # Errors
/// [`SearchError::TooManyPosts`], else as [`crate::search::search`].
pub fn posts(generation: &Generation, authority: &Authority, request: &Request, most: Option<usize>) -> Result<Posts, SearchError> {
    let started = Instant::now();
    let request = counts_alone(request);
    let prepared = Prepared::new(generation, authority, &request)?;
    let found = pass(&prepared, authority, &request, None, None)?;
    let mut told = notices(&prepared, &found, None)?;

    let (table, selection) = (generation.posts()?, &prepared.selection);
    let is_asked_for = |path: &FacetPath| {
        let mut asked = selection.officials.iter().flatten().peekable();
        asked.peek().is_none() || asked.any(|above| path.is_at_or_below(above))
    };
    let of_asked: Vec<bool> = table.posts().iter().map(|post| is_asked_for(&post.path)).collect();
    let posts_of = |segment, doc| {
        let mut posts = match &selection.holders {
            Some(holders) => holders.posts(segment, doc),
            None => table.of(segment, doc).collect(),
        };
        posts.retain(|&post| of_asked[post as usize]);
        posts
    };
    let known = known_people(generation.manifest());
    let mut shown = Shown::new(&known);
    let mut rows: BTreeMap<Row, (Vec<&PostKey>, Attested)> = BTreeMap::new();
    for (post, attested) in attested(generation, &found.documents, posts_of)? {
        let key = &table.posts()[post as usize];
        let person = shown.name(&key.path);
        let (keys, sum) = rows.entry((person, scope_of(key).to_owned(), key.role.clone())).or_default();
        keys.push(key);
        sum.join(attested);
    }
    told.extend(shown.notice());
    if let Some(most) = most.filter(|most| rows.len() > *most) {
        return Err(SearchError::TooManyPosts { posts: rows.len(), most });
    }

    let row = |((person, ..), (mut keys, attested)): (Row, (Vec<&PostKey>, Attested))| {
        if request.budget.is_spent() {
            return Err(SearchError::OutOfTime);
        }
        keys.sort_by_key(|key| (key.path.segments()[0] != person, &key.path));
        let names = keys.iter().map(|key| key.path.segments()[0].clone()).collect();
        Ok(PersonPost { person, names, held: attested.held(generation, &keys)? })
    };
    let mut posts = rows.into_par_iter().map(row).collect::<Result<Vec<_>, SearchError>>()?;
    posts.sort_by_cached_key(place);
    Ok(Posts {
        contract: CONTRACT,
        tool: super::tool(),
        index: index_state(generation),
        query: prepared.read.canonical,
        filters: prepared.selection.applied,
        total: found.total,
        people: posts.iter().map(|post| post.person.as_str()).collect::<BTreeSet<_>>().len() as u64,
        posts,
        notices: told,
        timing: Timing { elapsed_ms: started.elapsed().as_secs_f64() * 1_000.0 },
    })
}

/// Where a row stands: unknown scopes last.
fn place(post: &PersonPost) -> (bool, String, String, String, bool, Date, String, String) {
    let held = &post.held;
    let (base, is_former) = without_status(&held.role);
    let began = held.first.as_ref().map_or(Date::MAX, |first| first.from);
    let body = held.body.as_deref().map(canonical_phrase).unwrap_or_default();
    let (scope, role) = (held.scope.clone(), held.role.clone());
    (scope == UNKNOWN_SCOPE, scope, body, canonical_phrase(base), is_former, began, post.person.clone(), role)
}
