//! Syllables at positions: phrases with several terms at a place, and words within a distance, exactly.
//!
//! tantivy's phrase slop is an edit budget in which a transposition costs two, and its prefix phrases are cut off at a
//! number of expansions. Here candidates hold every place's terms, and positions decide. Scores nothing.
//!
//! **Definition.** Units (words) stand *near* each other with slop `n` if they all occur, in any order, each with its
//! syllables together, such that at most `n` other syllables stand between the first and the last syllable of them all.
//! One unit is a phrase.

use super::any_spelling::AnySpelling;
use super::candidates::{Kept, Matcher, unscored};
use crate::index::Spellings;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{BooleanQuery, EmptyScorer, EnableScoring, Explanation, Query, Scorer, TermQuery, TermSetQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

/// See the module.
#[derive(Clone, Debug)]
pub(super) struct NearQuery {
    units: Vec<Vec<Spellings>>,
    slop: u32,
    /// Holds every article that can match.
    candidates: Arc<dyn Query>,
}

impl NearQuery {
    /// Units, each of places with the spellings that may stand there; none of them empty. Fields may differ where they count the
    /// same positions.
    pub fn new(units: Vec<Vec<Spellings>>, slop: u32) -> NearQuery {
        let slots = units.iter().flatten().map(any_of).collect();
        NearQuery::among(Box::new(BooleanQuery::intersection(slots)), units, slop)
    }

    /// The same among the articles of a query, which must hold every one that matches.
    pub fn among(candidates: Box<dyn Query>, units: Vec<Vec<Spellings>>, slop: u32) -> NearQuery {
        NearQuery { units, slop, candidates: candidates.into() }
    }
}

/// Articles that hold one of a place's spellings.
pub(super) fn any_of(spellings: &Spellings) -> Box<dyn Query> {
    match spellings {
        Spellings::Terms(terms) if terms.len() == 1 => Box::new(TermQuery::new(terms[0].clone(), IndexRecordOption::Basic)),
        Spellings::Terms(terms) => Box::new(TermSetQuery::new(terms.iter().cloned())),
        _ => Box::new(AnySpelling(spellings.clone())),
    }
}

impl Query for NearQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let unscored = EnableScoring::Disabled { schema: scoring.schema(), searcher_opt: scoring.searcher() };
        Ok(Box::new(NearWeight { candidates: self.candidates.weight(unscored)?, query: self.clone() }))
    }
}

struct NearWeight {
    candidates: Box<dyn Weight>,
    query: NearQuery,
}

impl Weight for NearWeight {
    fn scorer(&self, reader: &SegmentReader, _boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut units: Vec<Unit> = Vec::with_capacity(self.query.units.len());
        for (number, slots) in self.query.units.iter().enumerate() {
            let class = self.query.units.iter().position(|other| other == slots).unwrap_or(number);
            let readers = slots.iter().map(|spellings| SlotReader::open(reader, spellings)).collect::<tantivy::Result<Vec<_>>>()?;
            if readers.iter().any(|slot| slot.heap.is_empty()) {
                return Ok(Box::new(EmptyScorer));
            }
            units.push(Unit { slots: readers, class, starts: Vec::new() });
        }
        let matcher = NearMatcher { units, slop: self.query.slop, positions: Vec::new() };
        Ok(Kept::boxed(self.candidates.scorer(reader, 1.0)?, matcher))
    }

    fn explain(&self, _reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        unscored(doc)
    }
}

/// The postings of a slot's spellings, read in step with the candidates.
pub(super) struct SlotReader {
    postings: Vec<SegmentPostings>,
    /// Where each of them stands, the first document on top.
    heap: BinaryHeap<Reverse<(DocId, usize)>>,
}

impl SlotReader {
    pub fn open(reader: &SegmentReader, spellings: &Spellings) -> tantivy::Result<SlotReader> {
        let lists = spellings.lists(reader)?;
        let postings = lists.iter().filter_map(|list| list.positions().transpose()).collect::<tantivy::Result<Vec<_>>>()?;
        let heap = postings.iter().enumerate().map(|(at, list)| Reverse((list.doc(), at))).filter(|first| first.0.0 != TERMINATED);
        Ok(SlotReader { heap: heap.collect(), postings })
    }

    /// The sorted positions of the spellings in a document; documents must be asked for in rising order, each once.
    pub fn positions(&mut self, doc: DocId, positions: &mut Vec<u32>) {
        positions.clear();
        while let Some(&Reverse((at, list))) = self.heap.peek().filter(|first| first.0.0 <= doc) {
            self.heap.pop();
            let list_postings = &mut self.postings[list];
            let mut at = if at < doc { list_postings.seek(doc) } else { at };
            if at == doc {
                list_postings.append_positions_with_offset(0, positions);
                at = list_postings.advance();
            }
            if at != TERMINATED {
                self.heap.push(Reverse((at, list)));
            }
        }
        positions.sort_unstable();
        positions.dedup();
    }
}

/// A word: its places, and where it begins in the document at hand.
struct Unit {
    slots: Vec<SlotReader>,
    /// Number of the first unit that is equal to it: equal ones need occurrences of their own.
    class: usize,
    starts: Vec<u32>,
}

struct NearMatcher {
    units: Vec<Unit>,
    slop: u32,
    positions: Vec<u32>,
}

impl Matcher for NearMatcher {
    fn matches(&mut self, doc: DocId) -> bool {
        let mut everywhere = true;
        for unit in &mut self.units {
            unit.starts.clear();
            for (offset, slot) in (0_u32..).zip(&mut unit.slots) {
                slot.positions(doc, &mut self.positions);
                if offset == 0 {
                    unit.starts.extend_from_slice(&self.positions);
                } else {
                    unit.starts.retain(|start| self.positions.binary_search(&(start + offset)).is_ok());
                }
            }
            everywhere &= !unit.starts.is_empty();
        }
        everywhere && (self.units.len() == 1 || self.near())
    }
}

impl NearMatcher {
    /// Whether some window holds every unit with few enough other syllables.
    fn near(&self) -> bool {
        let mut occurrences: Vec<(u32, usize)> = Vec::new();
        for (number, unit) in self.units.iter().enumerate().filter(|(number, unit)| unit.class == *number) {
            occurrences.extend(unit.starts.iter().map(|&start| (start, number)));
        }
        occurrences.sort_unstable();
        let classes: Vec<Class> = self.units.iter().map(|unit| Class { first: unit.class, length: unit.slots.len() as u32 }).collect();
        let mut near = false;
        each_window(&occurrences, &classes, self.slop, |_| {
            near = true;
            ControlFlow::Break(())
        });
        near
    }
}

/// What a unit is, for units that need not be told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Class {
    /// Number of the first unit that is equal to it.
    pub first: usize,
    /// Its syllables.
    pub length: u32,
}

/// Where a unit stands: its position, its class, its bytes.
pub(super) type Occurrence = (u32, usize, Range<usize>);

/// Calls `each` with every window that holds all units near each other, as numbers of the occurrences in it: for each
/// occurrence that can end one, the shortest. `occurrences` are the sorted positions of the classes. One walk over them.
pub(super) fn each_window(occurrences: &[(u32, usize)], units: &[Class], slop: u32, mut each: impl FnMut(Range<usize>) -> ControlFlow<()>) {
    let mut missing: Vec<i64> = vec![0; units.len()];
    for unit in units {
        missing[unit.first] += 1;
    }
    let wanted: u32 = units.iter().map(|unit| unit.length).sum();
    let mut first = 0;
    let mut lacking = units.len();
    for (number, &(start, class)) in occurrences.iter().enumerate() {
        lacking -= usize::from(missing[class] > 0);
        missing[class] -= 1;
        while missing[occurrences[first].1] < 0 {
            missing[occurrences[first].1] += 1;
            first += 1;
        }
        let window = start + units[class].length - occurrences[first].0;
        if lacking == 0 && (wanted..=wanted.saturating_add(slop)).contains(&window) && each(first..number + 1).is_break() {
            return;
        }
    }
}
