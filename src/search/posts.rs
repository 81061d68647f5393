//! Who held which post: what matching articles attest, a row for each person and post.
//!
//! Input → output: [`Request`] → [`Posts`]. Of the articles that a search finds, the posts that its filters ask for: those that fit the
//! roles, of the officials asked for; all, where none is. Rows are sorted so that a post of a body reads as a succession in time.

use super::attested::{Called, HeldPost, attested, held, scope_of};
use super::error::SearchError;
use super::filter::{Selection, without_status};
use super::people::{Joined, known_people, shown};
use super::prepared::Prepared;
use super::request::Request;
use super::response::{AppliedFilter, CONTRACT, IndexState, Notice, Timing};
use super::table::{Key, counts_alone, selector};
use super::{find, notices};
use crate::article::{FacetPath, UNKNOWN_SCOPE};
use crate::authority::Authority;
use crate::index::{FacetField, Generation, PostKey};
use crate::text::canonical_phrase;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
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
    /// How many people hold one of the posts.
    pub people: u64,
    /// A row for each person and post: those of one scope together, in it those of one body, of one post, then by first attestation; who
    /// held it before (`nguyên`) behind those who hold it.
    pub posts: Vec<PersonPost>,
    /// Posts that are not listed; 0 where all are.
    pub more: u64,
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
    /// What selects it: with these as further filters of the same request, the total is `articles`. Null where no filter does: where
    /// several names are joined, or the request binds the post to what else it asks of people.
    pub is: Option<Vec<String>>,
    /// The post.
    #[serde(flatten)]
    pub held: HeldPost,
}

impl PersonPost {
    /// The post without the word that tells its standing: what those who held it one after the other have in common.
    pub fn base_role(&self) -> &str {
        without_status(&self.held.role).0
    }

    /// Whether both are one post, whoever holds it, however it is spelt: such rows follow each other.
    pub fn is_post_of(&self, other: &PersonPost) -> bool {
        let post = |post: &PersonPost| (post.held.scope.clone(), body(&post.held), canonical_phrase(post.base_role()));
        post(self) == post(other)
    }
}

/// A row: person, scope, role.
type Row = (String, String, String);

/// The posts that matching articles give: all of them, or the `most` that most articles give. What the request says of hits and facets does not
/// matter.
///
/// Reads two articles for each that is listed.
///
/// # Errors
/// As [`crate::search::search`].
pub fn posts(generation: &Generation, authority: &Authority, request: &Request, most: Option<usize>) -> Result<Posts, SearchError> {
    let started = Instant::now();
    let request = counts_alone(request);
    let prepared = Prepared::new(generation, authority, &request)?;
    let (found, relaxation) = find(&prepared, authority, &request, None)?;
    let mut told = notices(&prepared, &found, relaxation)?;

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
    let mut rows: BTreeMap<Row, Called> = BTreeMap::new();
    for (post, attested) in attested(generation, &found.documents, request.budget, posts_of)? {
        let key = &table.posts()[post as usize];
        let (keys, sum) = rows.entry((shown(&known, &key.path), scope_of(key).to_owned(), key.role.clone())).or_default();
        keys.push(key);
        sum.join(attested);
    }
    let people = rows.keys().map(|(person, ..)| person).collect::<BTreeSet<_>>().len() as u64;
    let mut rows: Vec<(Row, Called)> = rows.into_iter().collect();
    let more = most.map_or(0, |most| rows.len().saturating_sub(most));
    if more > 0 {
        rows.sort_by_key(|(_, (_, attested))| Reverse(attested.articles()));
        rows.truncate(rows.len() - more);
    }

    let (mut joined, selectors) = (Joined::default(), Selectors::new(selection, table.posts()));
    let (mut people_of, mut called) = (Vec::new(), Vec::new());
    for ((person, ..), (mut keys, attested)) in rows {
        keys.sort_by_key(|key| (key.path.segments()[0] != person, &key.path));
        keys.iter().for_each(|key| joined.add(&person, &key.path));
        let names = keys.iter().map(|key| key.path.segments()[0].clone()).collect();
        people_of.push((person, names, selectors.of(&keys)));
        called.push((keys, attested));
    }
    told.extend(joined.notice());
    let held = held(generation, called, request.budget)?;
    let row = |((person, names, is), held)| PersonPost { person, names, is, held };
    let mut posts: Vec<PersonPost> = people_of.into_iter().zip(held).map(row).collect();
    posts.sort_by_cached_key(place);
    Ok(Posts {
        contract: CONTRACT,
        tool: super::tool(),
        index: IndexState::of(generation),
        query: prepared.read.canonical,
        filters: prepared.selection.applied,
        total: found.total,
        people,
        posts,
        more: more as u64,
        notices: told,
        timing: Timing { elapsed_ms: started.elapsed().as_secs_f64() * 1_000.0 },
    })
}

/// What selects a post of a person, beside what is asked already.
struct Selectors<'a> {
    /// In how many scopes somebody of a name holds a role; only where roles are asked for.
    scopes: Option<HashMap<(&'a str, &'a str), u32>>,
    /// Whether people are asked for beside whom the post would be asked of others too.
    binds_others: bool,
}

impl<'a> Selectors<'a> {
    fn new(selection: &Selection, posts: &'a [PostKey]) -> Selectors<'a> {
        // Beside other roles, a scope asks for any of them, not for this one.
        let scopes = selection.holders.as_ref().map(|_| {
            let mut scopes = HashMap::new();
            posts.iter().for_each(|post| *scopes.entry((post.path.segments()[0].as_str(), post.role.as_str())).or_default() += 1);
            scopes
        });
        Selectors { scopes, binds_others: selection.leaves_people_out || selection.officials.len() > 1 }
    }

    fn of(&self, keys: &[&PostKey]) -> Option<Vec<String>> {
        let [key] = keys else { return None };
        let is_unsure =
            self.scopes.as_ref().is_some_and(|scopes| scopes.get(&(key.path.segments()[0].as_str(), key.role.as_str())) != Some(&1));
        if self.binds_others || is_unsure {
            return None;
        }
        let of = [Key::Value(FacetField::Official, key.path.clone()), Key::Post(key.role.clone())];
        of.iter().map(selector).collect()
    }
}

/// Where a row stands: unknown scopes last.
fn place(post: &PersonPost) -> (bool, String, String, String, bool, Date, String, String) {
    let held = &post.held;
    let (base, is_former) = without_status(&held.role);
    let began = held.first.as_ref().map_or(Date::MAX, |first| first.from);
    let (scope, role) = (held.scope.clone(), held.role.clone());
    (scope == UNKNOWN_SCOPE, scope, body(held), canonical_phrase(base), is_former, began, post.person.clone(), role)
}

/// The body of a post, as it is compared.
fn body(held: &HeldPost) -> String {
    held.body.as_deref().map(canonical_phrase).unwrap_or_default()
}
