//! Who may be two people under one name, and who one under two: proposals for `people.tsv`, never applied by themselves.
//!
//! *Namesakes*: somebody of a name holds a post in one province on a day that lies between two days on which somebody of that name holds
//! one in another province, which did not become one unit with it. *Variants*: two names of one post in one scope that differ by one
//! syllable in the middle, or by diacritics alone.

use super::known::known_people;
use crate::article::{ArticleId, UNKNOWN_SCOPE};
use crate::authority::{Authority, KnownPeople, NamedPerson, ResolutionKind};
use crate::index::{FacetField, Generation, Hierarchy, PostKey};
use crate::search::attested::{Attested, attested, scope_of};
use crate::search::filter::without_status;
use crate::search::prepared::Prepared;
use crate::search::request::Request;
use crate::search::response::{AppliedFilter, CONTRACT, IndexState, Notice, NoticeCode};
use crate::search::table::counts_alone;
use crate::search::{SearchError, find, notices, tool};
use crate::text::{canonical_phrase, fold};
use jiff::civil::Date;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A name of fewer syllables is too common to be a short form of another.
const MIN_SYLLABLES: usize = 3;

/// Proposals for `people.tsv`.
#[derive(Clone, Debug, Serialize)]
pub struct Suggestions {
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
    /// The proposals: variants, then namesakes; those that most speaks for first, then by name.
    pub suggestions: Vec<Suggestion>,
    /// What the reader should know.
    pub notices: Vec<Notice>,
}

/// What two names, or two scopes of a name, may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SuggestionKind {
    /// Two names of one person.
    Variants,
    /// Two people of one name.
    Namesakes,
}

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// What the two may be.
    pub kind: SuggestionKind,
    /// One of the two; of variants the name in more articles, of equal ones the longer.
    pub one: Suggested,
    /// The other.
    pub other: Suggested,
    /// Of variants, the post that both are given.
    pub post: Option<String>,
    /// Of variants, articles that give it to both: somebody who is named twice has rarely two names in one article.
    pub together: u64,
    /// Of namesakes, days on which one holds a post between two days of the other; of variants, articles of the rarer name.
    pub strength: u64,
    /// What `people.tsv` would say, if it is so.
    pub line: String,
}

/// One of two who are suggested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggested {
    /// The name.
    pub name: String,
    /// Where they hold posts.
    pub scope: String,
    /// The first day on which they are attested there.
    pub first: Option<Date>,
    /// The last one.
    pub last: Option<Date>,
    /// The articles, by id.
    pub ids: Vec<ArticleId>,
}

/// Looks for namesakes and variants among the posts that matching articles give.
///
/// # Errors
/// As [`crate::search::search`].
pub fn suggestions(generation: &Generation, authority: &Authority, request: &Request) -> Result<Suggestions, SearchError> {
    let request = counts_alone(request);
    let prepared = Prepared::new(generation, authority, &request)?;
    let (found, relaxation) = find(&prepared, authority, &request, None)?;
    let mut told = notices(&prepared, &found, relaxation)?;
    let table = generation.posts()?;
    let known = known_people(generation.manifest());
    told.extend(unknown(&known, generation.hierarchy(FacetField::Official)?));
    // Somebody who held a post before, or will, may hold another one by now.
    let is_current = |post: &u32| without_status(&table.posts()[*post as usize].role).0 == table.posts()[*post as usize].role;
    let current = |segment, doc| table.of(segment, doc).filter(is_current).collect();
    let attested = attested(generation, &found.documents, request.budget, current)?;
    let held: Vec<(&PostKey, Attested)> = attested.into_iter().map(|(post, attested)| (&table.posts()[post as usize], attested)).collect();

    let mut suggestions = variants(&held, &known);
    suggestions.extend(namesakes(&held, &known, authority));
    suggestions.sort_by_cached_key(|one| (one.kind, Reverse(one.strength), one.line.clone()));
    Ok(Suggestions {
        contract: CONTRACT,
        tool: tool(),
        index: IndexState::of(generation),
        query: prepared.read.canonical,
        filters: prepared.selection.applied,
        total: found.total,
        suggestions,
        notices: told,
    })
}

/// Whom the table names and no article: a name that is misspelt does nothing.
fn unknown(known: &KnownPeople, officials: &Hierarchy) -> Option<Notice> {
    /// More are counted, not listed.
    const LISTED: usize = 10;
    let places: HashSet<(String, Option<String>)> = officials
        .nodes()
        .iter()
        .map(|node| (canonical_phrase(&node.path.segments()[0]), node.path.segments().get(1).map(|scope| canonical_phrase(scope))))
        .collect();
    let is_unknown =
        |person: &&NamedPerson| !places.contains(&(canonical_phrase(&person.name), person.scope.as_deref().map(canonical_phrase)));
    let unknown: Vec<String> = known.everybody().filter(is_unknown).map(ToString::to_string).collect();
    let more = if unknown.len() > LISTED { " …" } else { "" };
    let listed = unknown.iter().take(LISTED).cloned().collect::<Vec<_>>().join("; ");
    let text = format!("people.tsv nêu {} tên mà không bài nào có, nên không có tác dụng: {listed}{more}", unknown.len());
    (!unknown.is_empty()).then_some(Notice { code: NoticeCode::UnknownPeople, text })
}

fn suggested(name: &str, scope: &str, attested: &Attested) -> Suggested {
    let (first, last) = (attested.days().min(), attested.days().max());
    Suggested { name: name.to_owned(), scope: scope.to_owned(), first, last, ids: attested.ids() }
}

/// Somebody who is given a post.
#[derive(Clone, Copy)]
struct Holder<'a> {
    name: &'a str,
    attested: &'a Attested,
}

/// A post in a scope, and a name in one of its forms.
type Form<'a> = (&'a str, &'a str, String);

/// Pairs of names that share a post and are nearly the same.
fn variants(held: &[(&PostKey, Attested)], known: &KnownPeople) -> Vec<Suggestion> {
    let (mut as_spelt, mut folded): (HashMap<Form, Vec<Holder>>, HashMap<Form, Vec<Holder>>) = Default::default();
    let of_scopes = || held.iter().filter(|(key, _)| scope_of(key) != UNKNOWN_SCOPE);
    for (key, attested) in of_scopes() {
        let (name, role) = (key.path.segments()[0].as_str(), key.role.as_str());
        let (phrase, holder) = (canonical_phrase(name), Holder { name, attested });
        folded.entry((scope_of(key), role, fold(&phrase))).or_default().push(holder);
        as_spelt.entry((scope_of(key), role, phrase)).or_default().push(holder);
    }
    let mut best: BTreeMap<(&str, &str), Suggestion> = BTreeMap::new();
    for (key, attested) in of_scopes() {
        let (name, scope, role) = (key.path.segments()[0].as_str(), scope_of(key), key.role.as_str());
        let phrase = canonical_phrase(name);
        let is_first = |other: &&Holder| other.name < name && canonical_phrase(other.name) != phrase;
        let other_diacritics = folded.get(&(scope, role, fold(&phrase))).into_iter().flatten().filter(is_first);
        let shorter = shorter(&phrase).into_iter().flat_map(|phrase| as_spelt.get(&(scope, role, phrase))).flatten();
        for &Holder { name: other, attested: of_other } in other_diacritics.chain(shorter) {
            let (one, two) = ((name, Some(scope)), (other, Some(scope)));
            if known.are_different(one, two) || known.are_same(one, two) {
                continue;
            }
            let (mut one, mut two) = (suggested(name, scope, attested), suggested(other, scope, of_other));
            if two.ids.len() > one.ids.len() {
                std::mem::swap(&mut one, &mut two);
            }
            let ids: BTreeSet<ArticleId> = one.ids.iter().copied().collect();
            let found = Suggestion {
                kind: SuggestionKind::Variants,
                together: two.ids.iter().filter(|id| ids.contains(id)).count() as u64,
                strength: one.ids.len().min(two.ids.len()) as u64,
                line: format!("same\t{}\t{}", one.name, two.name),
                post: Some(role.to_owned()),
                one,
                other: two,
            };
            // Of several posts that they share the one that says most; of equal ones the first by name.
            let place = |one: &Suggestion| (Reverse(one.strength), one.post.clone(), one.one.scope.clone());
            match best.get(&(name, other)) {
                Some(before) if place(before) <= place(&found) => {}
                _ => drop(best.insert((name, other), found)),
            }
        }
    }
    best.into_values().collect()
}

/// The names that a name may have been short of a syllable, between its first and its last.
fn shorter(phrase: &str) -> BTreeSet<String> {
    let syllables: Vec<&str> = phrase.split(' ').collect();
    let between = 1..syllables.len().saturating_sub(1);
    let without = |at: usize| [&syllables[..at], &syllables[at + 1..]].concat().join(" ");
    between.filter(|_| syllables.len() > MIN_SYLLABLES).map(without).collect()
}

/// Pairs of provinces in which people of one name hold posts at a time.
fn namesakes(held: &[(&PostKey, Attested)], known: &KnownPeople, authority: &Authority) -> Vec<Suggestion> {
    let mut todays_of: HashMap<&str, BTreeSet<String>> = HashMap::new();
    let mut by_name: BTreeMap<&str, BTreeMap<&str, Attested>> = BTreeMap::new();
    for (key, attested) in held {
        let scope = scope_of(key);
        let todays = todays_of.entry(scope).or_insert_with(|| todays(authority, scope));
        if !todays.is_empty() {
            by_name.entry(key.path.segments()[0].as_str()).or_default().entry(scope).or_default().join(attested.clone());
        }
    }
    let mut found = Vec::new();
    for (name, scopes) in &by_name {
        for (at, (scope, attested)) in scopes.iter().enumerate() {
            for (other, of_other) in scopes.iter().skip(at + 1) {
                let strength = days_between(attested, of_other) + days_between(of_other, attested);
                let is_one_unit = !todays_of[scope].is_disjoint(&todays_of[other]);
                let (one, two) = ((*name, Some(*scope)), (*name, Some(*other)));
                if strength == 0 || is_one_unit || known.are_different(one, two) || known.are_same(one, two) {
                    continue;
                }
                found.push(Suggestion {
                    kind: SuggestionKind::Namesakes,
                    one: suggested(name, scope, attested),
                    other: suggested(name, other, of_other),
                    post: None,
                    together: 0,
                    strength,
                    line: format!("different\t{name}/{scope}\t{name}/{other}"),
                });
            }
        }
    }
    found
}

/// The units of today's map that a scope is, or became part of; none where it is no province.
fn todays(authority: &Authority, scope: &str) -> BTreeSet<String> {
    let names = authority.units.resolve(scope).into_iter().filter(|one| matches!(one.kind, ResolutionKind::Name(_)) && one.label == scope);
    names
        .flat_map(|one| one.units)
        .flat_map(|id| authority.units.todays_of(&id).into_iter().map(|unit| unit.id.clone()).collect::<Vec<_>>())
        .collect()
}

/// On how many days one is attested between the first and the last day of the other.
fn days_between(one: &Attested, other: &Attested) -> u64 {
    let (Some(first), Some(last)) = (other.days().min(), other.days().max()) else { return 0 };
    one.days().filter(|day| first < *day && *day < last).collect::<BTreeSet<_>>().len() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_have_been_longer_by_a_syllable_in_the_middle() {
        let cases: [(&str, &[&str]); 5] = [
            ("tôn thị ngọc mẫu", &["tôn ngọc mẫu", "tôn thị mẫu"]),
            ("lò văn thiêm", &[]),
            ("lò lò lò lò", &["lò lò lò"]),
            ("lò", &[]),
            ("", &[]),
        ];
        for (name, expected) in cases {
            assert!(shorter(name).iter().eq(expected), "{name}: {:?}", shorter(name));
        }
    }
}
