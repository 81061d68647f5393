//! Who is named together with whom: in one article, or in one sentence.
//!
//! Input → output: [`Request`] and [`PeopleRequest`] → [`People`]. What matches is what a search finds; people are those of the official
//! facet, of one name together, but for those of whom `people.tsv` says that they are one with somebody else, or are not.

mod known;
mod suggest;

pub(super) use known::{Joined, known_people, shown};
pub use suggest::{Suggested, Suggestion, SuggestionKind, Suggestions, suggestions};

use super::collector::Collected;
use super::error::SearchError;
use super::prepared::Prepared;
use super::request::Request;
use super::response::{AppliedFilter, CONTRACT, IndexState, Notice, Timing};
use super::snippet::ends_sentence;
use super::table::counts_alone;
use super::{find, notices};
use crate::article::{Article, ArticleId};
use crate::authority::Authority;
use crate::index::{FacetField, Generation, Hierarchy, Node, NodeId, OrderColumns};
use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use tantivy::{DocAddress, DocId};

/// Articles that are read in a row, so that those of one block are read together.
const IN_A_ROW: usize = 256;

/// Most meetings that are counted: an article that names a thousand people holds half a million.
const MAX_MEETINGS: usize = 20_000_000;

/// How near two people are named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Within {
    /// In one article.
    #[default]
    Article,
    /// In one sentence of its body; a list is one, whatever semicolons stand in it. Reads every article that matches.
    Sentence,
}

/// What is asked of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PeopleRequest {
    /// How near two are named.
    pub within: Within,
    /// Leave out pairs that fewer articles name.
    pub at_least: u64,
    /// So many pairs, those of most articles; all without it.
    pub most: Option<usize>,
}

impl Within {
    /// Both of them.
    pub const ALL: [Within; 2] = [Within::Article, Within::Sentence];

    /// The name by which it is asked for: `article`, `sentence`.
    pub fn name(self) -> &'static str {
        match self {
            Within::Article => "article",
            Within::Sentence => "sentence",
        }
    }
}

/// Who is named together.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct People {
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
    /// How near two are named.
    pub within: Within,
    /// Articles that match.
    pub total: u64,
    /// Pairs, those of most articles first, then by name. Where officials or roles are asked for, those with one of these, who stands first.
    pub pairs: Vec<Together>,
    /// Pairs that are not listed; 0 where all are.
    pub more: u64,
    /// What the reader should know.
    pub notices: Vec<Notice>,
    /// How long it took.
    pub timing: Timing,
}

/// Two people who are named together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Together {
    /// One of them.
    pub person: String,
    /// The other.
    pub with: String,
    /// Articles that name both.
    pub articles: u64,
    /// These, by id.
    pub ids: Vec<ArticleId>,
}

/// Number of a person.
type PersonId = u32;

/// Two people, and an article by its number.
type Meeting = (PersonId, PersonId, u32);

/// Counts who is named together in what matches. What the request says of hits and facets does not matter.
///
/// # Errors
/// As [`crate::search::search`]; [`SearchError::TooManyMeetings`].
pub fn people(generation: &Generation, authority: &Authority, request: &Request, wanted: PeopleRequest) -> Result<People, SearchError> {
    let started = Instant::now();
    let request = counts_alone(request);
    let prepared = Prepared::new(generation, authority, &request)?;
    let (found, relaxation) = find(&prepared, authority, &request, None)?;
    let mut told = notices(&prepared, &found, relaxation)?;
    let crowd = Crowd::of(&prepared)?;
    let mut meetings = match wanted.within {
        Within::Article => crowd.in_articles(&found)?,
        Within::Sentence => crowd.in_sentences(&found)?,
    };
    meetings.sort_unstable();
    meetings.dedup();
    let ids = ids(generation, &found)?;
    // People are numbered in the order of their names.
    let of_pair = |one: &Meeting, other: &Meeting| (one.0, one.1) == (other.0, other.1);
    let mut together: Vec<&[Meeting]> = meetings.chunk_by(of_pair).filter(|pair| pair.len() as u64 >= wanted.at_least).collect();
    together.sort_by_key(|pair| (Reverse(pair.len()), pair[0]));
    let more = wanted.most.map_or(0, |most| together.len().saturating_sub(most));
    together.truncate(together.len() - more);
    told.extend(crowd.joined(together.iter().flat_map(|pair| [pair[0].0, pair[0].1])).notice());
    let pair = |pair: &[Meeting]| {
        let name = |person: PersonId| crowd.names[person as usize].clone();
        let mut ids: Vec<ArticleId> = pair.iter().map(|&(_, _, article)| ids[article as usize]).collect();
        ids.sort_unstable();
        Together { person: name(pair[0].0), with: name(pair[0].1), articles: ids.len() as u64, ids }
    };
    Ok(People {
        contract: CONTRACT,
        tool: super::tool(),
        index: IndexState::of(generation),
        query: prepared.read.canonical.clone(),
        filters: prepared.selection.applied.clone(),
        within: wanted.within,
        total: found.total,
        pairs: together.into_iter().map(pair).collect(),
        more: more as u64,
        notices: told,
        timing: Timing { elapsed_ms: started.elapsed().as_secs_f64() * 1_000.0 },
    })
}

/// The ids of what was found, by number: segment after segment.
fn ids(generation: &Generation, found: &Collected) -> Result<Vec<ArticleId>, SearchError> {
    let mut ids = Vec::new();
    for (segment, documents) in found.documents.iter().enumerate() {
        let columns = OrderColumns::open(generation.searcher().segment_reader(segment as u32))?;
        ids.extend(documents.iter().map(|&doc| columns.id(doc)));
    }
    Ok(ids)
}

/// Everybody in the official facet.
struct Crowd<'a> {
    prepared: &'a Prepared<'a>,
    hierarchy: &'a Hierarchy,
    /// By number of a person, in the order of names.
    names: Vec<String>,
    /// By value of the facet: who it is. Of one name some may be somebody else, by their scope.
    person_of: Vec<PersonId>,
    /// By value: whether it is one of the officials asked for.
    asked_for: Vec<bool>,
    /// Whether officials or roles are asked for.
    is_asked: bool,
}

/// A name in an article.
#[derive(Default)]
struct Named {
    /// Who it is by their scopes there, if that tells them from others of the name.
    by_scope: BTreeSet<PersonId>,
    /// Whether they are asked for.
    is_asked_for: bool,
}

/// Whom an article names, and whether they are asked for.
type Cast = BTreeMap<PersonId, bool>;

impl<'a> Crowd<'a> {
    fn of(prepared: &'a Prepared<'a>) -> Result<Crowd<'a>, SearchError> {
        let hierarchy = prepared.generation.hierarchy(FacetField::Official)?;
        let known = known_people(prepared.generation.manifest());
        let nodes = hierarchy.nodes();
        let shown: Vec<String> = nodes.iter().map(|node| shown(&known, &node.path)).collect();
        let mut by_name: Vec<usize> = (0..nodes.len()).collect();
        by_name.sort_unstable_by_key(|&node| &shown[node]);
        let (mut names, mut person_of): (Vec<String>, _) = (Vec::new(), vec![0; nodes.len()]);
        for node in by_name {
            if names.last() != Some(&shown[node]) {
                names.push(shown[node].clone());
            }
            person_of[node] = (names.len() - 1) as PersonId;
        }
        let selection = &prepared.selection;
        let is_asked_for = |node: &Node| selection.officials.iter().flatten().any(|above| node.path.is_at_or_below(above));
        Ok(Crowd {
            asked_for: nodes.iter().map(is_asked_for).collect(),
            is_asked: !selection.officials.is_empty() || selection.holders.is_some(),
            prepared,
            hierarchy,
            names,
            person_of,
        })
    }

    /// Which of these people go by other names too.
    fn joined(&self, people: impl Iterator<Item = PersonId>) -> Joined {
        let people: BTreeSet<PersonId> = people.collect();
        let mut joined = Joined::default();
        for (node, person) in self.hierarchy.nodes().iter().zip(&self.person_of).filter(|(_, person)| people.contains(person)) {
            joined.add(&self.names[*person as usize], &node.path);
        }
        joined
    }

    /// The names of an article, as top-level values of the facet.
    fn named(&self, segment: usize, doc: DocId) -> BTreeMap<NodeId, Named> {
        let selection = &self.prepared.selection;
        // With officials asked for too, each of them holds the roles.
        let holders = selection.holders.as_ref().filter(|_| selection.officials.is_empty());
        let holders: BTreeSet<NodeId> = holders.map(|holders| holders.people(segment, doc)).into_iter().flatten().collect();
        let mut names: BTreeMap<NodeId, Named> = BTreeMap::new();
        for value in self.hierarchy.of(segment, doc) {
            let top = self.hierarchy.nodes()[value as usize].parent.unwrap_or(value);
            let named = names.entry(top).or_default();
            named.is_asked_for |= self.asked_for[value as usize] || holders.contains(&top);
            let person = self.person_of[value as usize];
            if person != self.person_of[top as usize] {
                named.by_scope.insert(person);
            }
        }
        names
    }

    /// Adds all pairs among people who are named together.
    fn meet(&self, people: &Cast, article: u32, meetings: &mut Vec<Meeting>) -> Result<(), SearchError> {
        let (all, asked) = (people.len(), people.values().filter(|asked| **asked).count());
        let among = |count: usize| count.saturating_mul(count.saturating_sub(1)) / 2;
        let pairs = if self.is_asked { among(all) - among(all - asked) } else { among(all) };
        bounded(meetings.len().saturating_add(pairs))?;
        let asked = |is_asked_for: bool| people.iter().filter(move |(_, asked)| **asked == is_asked_for).map(|(person, _)| *person);
        let first: Vec<PersonId> = if self.is_asked { asked(true).collect() } else { people.keys().copied().collect() };
        for (at, &one) in first.iter().enumerate() {
            // By number, and so by name.
            meetings.extend(first[at + 1..].iter().map(|&other| (one, other, article)));
            if self.is_asked {
                meetings.extend(asked(false).map(|other| (one, other, article)));
            }
        }
        Ok(())
    }

    fn in_articles(&self, found: &Collected) -> Result<Vec<Meeting>, SearchError> {
        let (mut meetings, mut number) = (Vec::new(), 0);
        for (segment, documents) in found.documents.iter().enumerate() {
            for &doc in documents {
                if self.prepared.budget.is_spent() {
                    return Err(SearchError::OutOfTime);
                }
                let mut people = Cast::new();
                for (top, named) in self.named(segment, doc) {
                    let by_name = named.by_scope.is_empty().then_some(self.person_of[top as usize]);
                    named.by_scope.into_iter().chain(by_name).for_each(|person| *people.entry(person).or_default() |= named.is_asked_for);
                }
                self.meet(&people, number, &mut meetings)?;
                number += 1;
            }
        }
        Ok(meetings)
    }

    fn in_sentences(&self, found: &Collected) -> Result<Vec<Meeting>, SearchError> {
        let (mut meetings, mut before) = (Vec::new(), 0);
        let counted = AtomicUsize::new(0);
        for (segment, documents) in found.documents.iter().enumerate() {
            let numbered: Vec<(u32, DocId)> = (before..).zip(documents.iter().copied()).collect();
            before += documents.len() as u32;
            let in_a_row = numbered.par_chunks(IN_A_ROW).map(|row| {
                let mut meetings = Vec::new();
                for &(number, doc) in row {
                    if self.prepared.budget.is_spent() {
                        return Err(SearchError::OutOfTime);
                    }
                    let names = self.named(segment, doc);
                    if names.len() > 1 {
                        let stored = self.prepared.generation.article(DocAddress::new(segment as u32, doc))?;
                        self.meet_in_sentences(&names, &stored.article, number, &mut meetings, &counted)?;
                    }
                }
                Ok(meetings)
            });
            meetings.extend(in_a_row.collect::<Result<Vec<_>, SearchError>>()?.into_iter().flatten());
        }
        Ok(meetings)
    }

    fn meet_in_sentences(
        &self,
        names: &BTreeMap<NodeId, Named>,
        article: &Article,
        number: u32,
        meetings: &mut Vec<Meeting>,
        counted: &AtomicUsize,
    ) -> Result<(), SearchError> {
        let ends = sentence_ends(article.body.as_deref().unwrap_or(""));
        let mut by_sentence: BTreeMap<usize, Cast> = BTreeMap::new();
        for official in &article.officials {
            let Some(top) = official.name_path().and_then(|path| self.hierarchy.find(&path)) else { continue };
            let Some(named) = names.get(&top) else { continue };
            // The words tell the name alone: of two who share it, either may be meant.
            let person = match named.by_scope.iter().collect::<Vec<_>>()[..] {
                [person] => *person,
                _ => self.person_of[top as usize],
            };
            for &(start, _) in &official.mentions {
                let sentence = by_sentence.entry(ends.partition_point(|&end| end <= start)).or_default();
                *sentence.entry(person).or_default() |= named.is_asked_for;
            }
        }
        // Who meets in many sentences of an article meets in one article.
        let mut met = Vec::new();
        by_sentence.values().try_for_each(|together| self.meet(together, number, &mut met))?;
        met.sort_unstable();
        met.dedup();
        bounded(counted.fetch_add(met.len(), Ordering::Relaxed) + met.len())?;
        meetings.extend(met);
        Ok(())
    }
}

/// That so many meetings can be counted.
fn bounded(meetings: usize) -> Result<(), SearchError> {
    if meetings > MAX_MEETINGS { Err(SearchError::TooManyMeetings { most: MAX_MEETINGS }) } else { Ok(()) }
}

/// Where sentences end, in order: at a line end, and at the space behind a full stop and its like. A semicolon parts a list, no sentence.
fn sentence_ends(body: &str) -> Vec<usize> {
    let is_end =
        |&(at, letter): &(usize, char)| letter == '\n' || letter.is_whitespace() && !body[..at].ends_with(';') && ends_sentence(body, at);
    body.char_indices().filter(is_end).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_full_stops_and_lines_but_not_in_lists() {
        let cases = [
            ("Ông A nói. Bà B nghe.", vec!["Ông A nói.", " Bà B nghe."]),
            ("Dự có: ông A; bà Mơ. Hết", vec!["Dự có: ông A; bà Mơ.", " Hết"]),
            ("Ở TP. Hoa Lư, ông A\nBà B", vec!["Ở TP. Hoa Lư, ông A", "\nBà B"]),
            ("“Được!” ông A nói", vec!["“Được!”", " ông A nói"]),
            ("", vec![""]),
        ];
        for (body, expected) in cases {
            let mut parts = Vec::new();
            let mut start = 0;
            for end in sentence_ends(body).into_iter().chain([body.len()]) {
                parts.push(&body[start..end]);
                start = end;
            }
            assert_eq!(parts, expected);
        }
    }
}
