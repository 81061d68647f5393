//! Who is named together with whom: in one article, or in one sentence.
//!
//! Input → output: [`Request`] and [`PeopleRequest`] → [`People`]. What matches is what a search finds; people are those of the official
//! facet, of one name together, but for those whom `people.tsv` makes one with somebody of another name.

mod known;
mod suggest;

pub(super) use known::{Shown, known_people};
pub use suggest::{Suggested, Suggestion, SuggestionKind, Suggestions, suggestions};

use super::collector::Collected;
use super::error::SearchError;
use super::prepared::Prepared;
use super::request::Request;
use super::response::{AppliedFilter, CONTRACT, IndexState, Notice, Timing};
use super::snippet::ends_sentence;
use super::table::counts_alone;
use super::{index_state, notices, pass};
use crate::article::{Article, ArticleId, FacetPath};
use crate::authority::Authority;
use crate::index::{FacetField, Generation, NodeId, OrderColumns};
use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Instant;
use tantivy::{DocAddress, DocId};

/// Articles that are read in a row, so that those of one block are read together.
const IN_A_ROW: usize = 256;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
/// As [`crate::search::search`].
pub fn people(generation: &Generation, authority: &Authority, request: &Request, wanted: PeopleRequest) -> Result<People, SearchError> {
    let started = Instant::now();
    let request = counts_alone(request);
    let prepared = Prepared::new(generation, authority, &request)?;
    let found = pass(&prepared, authority, &request, None, None)?;
    let mut told = notices(&prepared, &found, None)?;
    let known = known_people(generation.manifest());
    let mut shown = Shown::new(&known);
    let crowd = Crowd::of(&prepared, &mut shown)?;
    told.extend(shown.notice());

    let mut meetings = match wanted.within {
        Within::Article => crowd.in_articles(&found),
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
    let pair = |pair: &[Meeting]| {
        let name = |person: PersonId| crowd.names[person as usize].clone();
        let mut ids: Vec<ArticleId> = pair.iter().map(|&(_, _, article)| ids[article as usize]).collect();
        ids.sort_unstable();
        Together { person: name(pair[0].0), with: name(pair[0].1), articles: ids.len() as u64, ids }
    };
    Ok(People {
        contract: CONTRACT,
        tool: super::tool(),
        index: index_state(generation),
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
    /// By number of a person, in the order of names.
    names: Vec<String>,
    /// By value of the facet: the name in it, and the person. Of one name some may be somebody else, by their scope.
    of_value: Vec<(u32, PersonId)>,
    /// By value: whether it is one of the officials asked for.
    asked_for: Vec<bool>,
    /// Whether officials or roles are asked for.
    is_asked: bool,
}

impl<'a> Crowd<'a> {
    fn of(prepared: &'a Prepared<'a>, shown: &mut Shown) -> Result<Crowd<'a>, SearchError> {
        let nodes = prepared.generation.hierarchy(FacetField::Official)?.nodes();
        let shown: Vec<String> = nodes.iter().map(|node| shown.name(&node.path)).collect();
        let names: Vec<String> = shown.iter().collect::<BTreeSet<_>>().into_iter().cloned().collect();
        let number = |name: &String| names.binary_search(name).map_or(PersonId::MAX, |at| at as PersonId);
        let mut written = HashMap::new();
        let of_value = nodes.iter().zip(&shown).map(|(node, name)| {
            let next = written.len() as u32;
            (*written.entry(&node.path.segments()[0]).or_insert(next), number(name))
        });
        let officials = &prepared.selection.officials;
        let is_asked_for =
            |path: &FacetPath| officials.iter().flatten().any(|above| path.is_at_or_below(above) || above.is_at_or_below(path));
        Ok(Crowd {
            of_value: of_value.collect(),
            asked_for: nodes.iter().map(|node| is_asked_for(&node.path)).collect(),
            is_asked: !officials.is_empty() || prepared.selection.holders.is_some(),
            prepared,
            names,
        })
    }

    /// Whom an article names, each with whether they are asked for. Somebody who holds posts in several scopes is one, and of those whom a
    /// table tells apart by scope the one that it names.
    fn of_article(&self, segment: usize, doc: DocId) -> Vec<(NodeId, PersonId, bool)> {
        let Ok(hierarchy) = self.prepared.generation.hierarchy(FacetField::Official) else { return Vec::new() };
        let holders = self.prepared.selection.holders.as_ref().map(|holders| holders.people(segment, doc));
        let mut by_name: BTreeMap<u32, (NodeId, PersonId, bool)> = BTreeMap::new();
        for value in hierarchy.of(segment, doc) {
            let (name, person) = self.of_value[value as usize];
            let holds = || {
                let top = hierarchy.nodes()[value as usize].parent.unwrap_or(value);
                holders.as_ref().is_some_and(|holders| holders.contains(&top))
            };
            let is_asked_for = self.asked_for[value as usize] || (self.prepared.selection.officials.is_empty() && holds());
            let top = hierarchy.nodes()[value as usize].parent.unwrap_or(value);
            let one = by_name.entry(name).or_insert((top, person, false));
            if person != self.of_value[top as usize].1 {
                one.1 = person;
            }
            one.2 |= is_asked_for;
        }
        by_name.into_values().collect()
    }

    /// Adds all pairs among people who are named together.
    fn meet(&self, people: &[(PersonId, bool)], article: u32, meetings: &mut Vec<Meeting>) {
        let mut add = |one: PersonId, other: PersonId| meetings.push((one, other, article));
        for (at, &(one, one_asked)) in people.iter().enumerate() {
            for &(other, other_asked) in &people[at + 1..] {
                match (one_asked, other_asked) {
                    _ if one == other => {}
                    _ if !self.is_asked => add(one.min(other), one.max(other)),
                    (true, true) => add(one.min(other), one.max(other)),
                    (true, false) => add(one, other),
                    (false, true) => add(other, one),
                    (false, false) => {}
                }
            }
        }
    }

    fn in_articles(&self, found: &Collected) -> Vec<Meeting> {
        let (mut meetings, mut number) = (Vec::new(), 0);
        for (segment, documents) in found.documents.iter().enumerate() {
            for &doc in documents {
                let people: Vec<_> = self.of_article(segment, doc).into_iter().map(|(_, person, asked)| (person, asked)).collect();
                self.meet(&people, number, &mut meetings);
                number += 1;
            }
        }
        meetings
    }

    fn in_sentences(&self, found: &Collected) -> Result<Vec<Meeting>, SearchError> {
        let (mut meetings, mut before) = (Vec::new(), 0);
        for (segment, documents) in found.documents.iter().enumerate() {
            let numbered: Vec<(u32, DocId)> = (before..).zip(documents.iter().copied()).collect();
            before += documents.len() as u32;
            let in_a_row = numbered.par_chunks(IN_A_ROW).map(|row| {
                let mut meetings = Vec::new();
                for &(number, doc) in row {
                    if self.prepared.budget.is_spent() {
                        return Err(SearchError::OutOfTime);
                    }
                    let people = self.of_article(segment, doc);
                    if people.len() > 1 {
                        let stored = self.prepared.generation.article(DocAddress::new(segment as u32, doc))?;
                        self.meet_in_sentences(&people, &stored.article, number, &mut meetings)?;
                    }
                }
                Ok(meetings)
            });
            meetings.extend(in_a_row.collect::<Result<Vec<_>, SearchError>>()?.concat());
        }
        Ok(meetings)
    }

    fn meet_in_sentences(
        &self,
        people: &[(NodeId, PersonId, bool)],
        article: &Article,
        number: u32,
        meetings: &mut Vec<Meeting>,
    ) -> Result<(), SearchError> {
        let hierarchy = self.prepared.generation.hierarchy(FacetField::Official)?;
        let ends = sentence_ends(article.body.as_deref().unwrap_or(""));
        let mut by_sentence: BTreeMap<usize, Vec<(PersonId, bool)>> = BTreeMap::new();
        for official in &article.officials {
            let value = official.name_path().and_then(|path| hierarchy.find(&path));
            let Some(&(_, person, asked)) = people.iter().find(|(top, ..)| Some(*top) == value) else { continue };
            for &(start, _) in &official.mentions {
                by_sentence.entry(ends.partition_point(|&end| end <= start)).or_default().push((person, asked));
            }
        }
        for mut together in by_sentence.into_values() {
            together.sort_unstable();
            together.dedup();
            self.meet(&together, number, meetings);
        }
        Ok(())
    }
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
