//! Roles as they are typed → posts, bound to the people who hold them.
//!
//! **Binding.** All roles that are asked for must be held by one person of the article, never by two together; a person is a
//! top-level value of the official facet. With officials asked for too, each of them must be such a person, and where a
//! scope is asked for (`/<name>/<scope>`), one of the roles must be held there. So the official facet, which then counts
//! only such people and the scopes of such posts, has for every value the total that selecting it gives.

use super::nearest::nearest;
use super::{Facts, Read, Selects, Typed};
use crate::article::FacetPath;
use crate::index::{FacetField, NodeId, PostTable, Spellings};
use crate::search::error::SearchError;
use crate::search::near::any_of;
use crate::search::response::AppliedFilter;
use crate::search::word::{all, any};
use crate::text::{canonical_phrase, compose, fold};
use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use tantivy::DocId;
use tantivy::query::Query;

/// Words before a role that tell its standing, canonical. Set aside unless they are typed.
const STATUS_WORDS: [&str; 4] = ["nguyên", "cựu", "quyền", "tân"];

/// Words that say the same of a role.
const FORMER: [&str; 2] = ["nguyên", "cựu"];

/// A role without the word that tells its standing, and whether that says that it was held before.
pub(in crate::search) fn without_status(role: &str) -> (&str, bool) {
    match role.split_once(' ').map(|(word, rest)| (canonical_phrase(word), rest)) {
        Some((word, rest)) if STATUS_WORDS.contains(&word.as_str()) => (rest, FORMER.contains(&word.as_str())),
        _ => (role, false),
    }
}

/// Most readings of a typed role, for one with several abbreviations.
const MAX_READINGS: usize = 16;

/// Reads a role filter: posts that begin with it at a word border, status words set aside.
pub(super) fn read(facts: Facts, typed: &str) -> Result<Read, SearchError> {
    let roles = facts.generation.posts()?.roles();
    let accented = Typed::new(typed).accented;
    let index = if accented { &roles.canonical } else { &roles.folded };
    let spelt = |phrase: &str| if accented { phrase.to_owned() } else { fold(phrase) };
    let readings = readings(facts, typed);
    let mut posts: Vec<u32> = Vec::new();
    for reading in &readings {
        for beginning in beginnings(reading) {
            posts.extend(beginning_with(index, &spelt(&beginning)).flatten());
        }
    }
    posts.sort_unstable();
    posts.dedup();
    // A post that nobody in the index holds is known all the same, and selects nothing.
    if posts.is_empty() && !readings.iter().any(|reading| is_known(facts, reading)) {
        return Err(SearchError::UnknownValue { field: "role", typed: typed.to_owned(), nearest: near_roles(facts, typed)? });
    }
    let applied = AppliedFilter {
        field: "role".to_owned(),
        typed: typed.to_owned(),
        label: format!("chức vụ bắt đầu bằng “{}”", readings.last().map_or(typed, String::as_str)),
        resolved: readings,
        mode: "value".to_owned(),
    };
    Ok(Read { selects: Selects::Posts(posts), applied, notices: Vec::new() })
}

/// Posts that are called so, letter for letter; none is no error, as no value of a facet is one.
pub(super) fn exactly(facts: Facts, role: &str) -> Result<Read, SearchError> {
    let posts = (0..).zip(facts.generation.posts()?.posts()).filter(|(_, post)| post.role == role).map(|(number, _)| number);
    let applied = AppliedFilter {
        field: "post".to_owned(),
        typed: role.to_owned(),
        resolved: vec![role.to_owned()],
        label: role.to_owned(),
        mode: "value".to_owned(),
    };
    Ok(Read { selects: Selects::Posts(posts.collect()), applied, notices: Vec::new() })
}

/// What was typed as a canonical phrase: as it is, then with its abbreviations in full words.
fn readings(facts: Facts, typed: &str) -> Vec<String> {
    let phrase = canonical_phrase(&compose(typed));
    let syllables: Vec<&str> = phrase.split(' ').collect();
    let mut readings = vec![String::new()];
    let mut at = 0;
    while at < syllables.len() {
        let longest = (1..=5.min(syllables.len() - at)).rev().find_map(|length| {
            let short = syllables[at..at + length].join(" ");
            let longs: Vec<String> = facts.authority.abbreviations.by_short(&short).map(|row| canonical_phrase(&row.long)).collect();
            (!longs.is_empty()).then_some((length, longs))
        });
        let (length, next) = longest.unwrap_or_else(|| (1, vec![syllables[at].to_owned()]));
        let joined = readings.iter().flat_map(|head| next.iter().map(move |tail| format!("{head} {tail}").trim_start().to_owned()));
        readings = joined.take(MAX_READINGS).collect();
        at += length;
    }
    if !readings.contains(&phrase) {
        readings.insert(0, phrase);
    }
    readings
}

/// Whether a reading begins with a post of the authority tables.
fn is_known(facts: Facts, reading: &str) -> bool {
    let posts = facts.authority.posts();
    let role = STATUS_WORDS.iter().find_map(|word| reading.strip_prefix(word)?.strip_prefix(' ')).unwrap_or(reading);
    posts.is_post(role.split(' ').map(|word| Some(facts.authority.words().of(word))))
}

/// How a post may begin that fits a reading.
fn beginnings(reading: &str) -> Vec<String> {
    match reading.split_once(' ') {
        Some((status, rest)) if FORMER.contains(&status) => FORMER.iter().map(|word| format!("{word} {rest}")).collect(),
        Some((status, _)) if STATUS_WORDS.contains(&status) => vec![reading.to_owned()],
        _ => std::iter::once(reading.to_owned()).chain(STATUS_WORDS.iter().map(|word| format!("{word} {reading}"))).collect(),
    }
}

/// The entries whose phrase begins with another one, whole syllables.
fn beginning_with<'a>(index: &'a BTreeMap<String, Vec<u32>>, beginning: &str) -> impl Iterator<Item = &'a Vec<u32>> {
    let beginning = beginning.to_owned();
    let from = index.range::<str, _>((Bound::Included(beginning.as_str()), Bound::Unbounded));
    from.map_while(move |(phrase, posts)| Some((phrase.strip_prefix(&beginning)?, posts)))
        .filter(|(rest, _)| rest.is_empty() || rest.starts_with(' '))
        .map(|(_, posts)| posts)
}

/// Beginnings of posts, as many syllables long as what was typed, that are spelt most like it.
fn near_roles(facts: Facts, typed: &str) -> Result<Vec<String>, SearchError> {
    let typed = Typed::new(typed).folded;
    let syllables = typed.split(' ').count();
    let table = facts.generation.posts()?;
    let mut heads: Vec<String> =
        table.posts().iter().map(|post| post.role.split(' ').take(syllables).collect::<Vec<_>>().join(" ")).collect();
    heads.sort();
    heads.dedup();
    let folded: Vec<String> = heads.iter().map(|head| fold(&canonical_phrase(head))).collect();
    Ok(nearest(&typed, folded.iter().map(String::as_str).zip(heads)))
}

/// The posts that fit the roles asked for, by the people who hold them.
pub(in crate::search) struct Holders<'a> {
    table: &'a PostTable,
    posts: HashMap<u32, Held>,
    /// The posts of each person, by role.
    people: BTreeMap<String, Vec<Vec<u32>>>,
    /// One bit for each role.
    every_role: u64,
}

/// A post that fits.
#[derive(Clone, Copy)]
struct Held {
    /// The roles that it fits, as bits.
    roles: u64,
    /// The person, as a value of the official facet.
    person: NodeId,
    /// The person's scope, likewise.
    scope: NodeId,
}

impl<'a> Holders<'a> {
    pub(super) fn of(facts: Facts<'a>, mut roles: Vec<Vec<u32>>) -> Result<Holders<'a>, SearchError> {
        roles.sort();
        roles.dedup();
        // More different roles than bits are asked for by nobody.
        roles.truncate(u64::BITS as usize);
        let (table, hierarchy) = (facts.generation.posts()?, facts.generation.hierarchy(FacetField::Official)?);
        let mut holders = Holders { table, posts: HashMap::new(), people: BTreeMap::new(), every_role: 0 };
        for (role, posts) in roles.iter().enumerate() {
            holders.every_role |= 1 << role;
            for &post in posts {
                let path = &table.posts()[post as usize].path;
                let Some(scope) = hierarchy.find(path) else { continue };
                let person = hierarchy.nodes()[scope as usize].parent.unwrap_or(scope);
                holders.posts.entry(post).or_insert(Held { roles: 0, person, scope }).roles |= 1 << role;
                let person = holders.people.entry(path.segments()[0].clone()).or_insert_with(|| vec![Vec::new(); roles.len()]);
                person[role].push(post);
            }
        }
        holders.people.retain(|_, by_role| by_role.iter().all(|posts| !posts.is_empty()));
        Ok(holders)
    }

    /// Articles in which each of the officials, or with none asked for anybody, holds every role.
    pub(super) fn query(&self, facts: Facts, officials: &[Vec<FacetPath>]) -> Box<dyn Query> {
        if officials.is_empty() && self.every_role.count_ones() == 1 {
            return self.one_of(facts, self.people.values().flatten().flatten());
        }
        if officials.is_empty() {
            return any(self.people.values().map(|by_role| self.every(facts, by_role)));
        }
        let holds = |path: &FacetPath| {
            let by_role = self.people.get(&path.segments()[0])?;
            let there = by_role.iter().flatten().filter(|&&post| self.table.posts()[post as usize].path.is_at_or_below(path));
            Some(all(vec![self.every(facts, by_role), self.one_of(facts, there)]))
        };
        all(officials.iter().map(|paths| any(paths.iter().filter_map(holds))).collect())
    }

    /// Articles that give a post of every role.
    fn every(&self, facts: Facts, by_role: &[Vec<u32>]) -> Box<dyn Query> {
        all(by_role.iter().map(|posts| self.one_of(facts, posts.iter())).collect())
    }

    /// Articles that give one of the posts.
    fn one_of<'p>(&self, facts: Facts, posts: impl Iterator<Item = &'p u32>) -> Box<dyn Query> {
        let terms: Vec<_> = posts.map(|&post| facts.generation.schema().post_term(&self.table.posts()[post as usize])).collect();
        if terms.is_empty() { any([]) } else { any_of(&Spellings::Terms(terms)) }
    }

    /// Those of an article who hold every role, as values of the official facet.
    pub(in crate::search) fn people(&self, segment: usize, doc: DocId) -> Vec<NodeId> {
        let mut people = Vec::new();
        self.each_of(segment, doc, |_, held| people.push(held.person));
        people
    }

    /// The posts of an article that fit, of those who hold every role.
    pub(in crate::search) fn posts(&self, segment: usize, doc: DocId) -> Vec<u32> {
        let mut posts = Vec::new();
        self.each_of(segment, doc, |post, _| posts.push(post));
        posts
    }

    /// Calls `each` with the scopes of those of an article who hold every role.
    pub(in crate::search) fn each_value(&self, segment: usize, doc: DocId, mut each: impl FnMut(NodeId)) {
        self.each_of(segment, doc, |_, held| each(held.scope));
    }

    /// Calls `each` with the posts that fit of those who hold every role.
    fn each_of(&self, segment: usize, doc: DocId, mut each: impl FnMut(u32, &Held)) {
        let held: Vec<(u32, Held)> = self.table.of(segment, doc).filter_map(|post| Some((post, *self.posts.get(&post)?))).collect();
        for (post, one) in &held {
            let roles = held.iter().filter(|(_, other)| other.person == one.person).fold(0, |roles, (_, other)| roles | other.roles);
            if roles == self.every_role {
                each(*post, one);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_begins_at_a_word_border_and_its_status_is_set_aside() {
        let roles = ["bộ trưởng bộ y tế", "nguyên bộ trưởng bộ y tế", "thứ trưởng bộ y tế", "bộ trưởng", "phó bộ trưởng", "bộ trưởngx"];
        let index: BTreeMap<String, Vec<u32>> = roles.iter().map(|role| (*role).to_owned()).zip((0..).map(|number| vec![number])).collect();
        let fits = |typed: &str| {
            let mut found: Vec<u32> = beginnings(typed).iter().flat_map(|head| beginning_with(&index, head).flatten().copied()).collect();
            found.sort();
            found
        };
        assert_eq!(fits("bộ trưởng"), [0, 1, 3]);
        assert_eq!(fits("nguyên bộ trưởng"), [1]);
        assert_eq!(fits("cựu bộ trưởng"), [1]);
        assert_eq!(fits("thứ trưởng"), [2]);
        assert_eq!(fits("trưởng"), [0; 0]);
    }
}
