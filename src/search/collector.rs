//! One pass over all matching articles: the exact total, the first hits, the facet counts, within the budget.
//!
//! Input → output: a matching query and what is wanted of it → [`Collected`]. Nothing is sampled or cut off.

use super::error::SearchError;
use super::facet::FacetCounter;
use super::filter::Holders;
use super::order::Place;
use super::ranking::{Ranking, Steps, in_steps};
use super::request::{Budget, Sort};
use super::response::FacetCounts;
use crate::article::Interval;
use crate::authority::Authority;
use crate::index::{FacetField, Generation, OrderColumns, day_number};
use std::collections::{BTreeMap, BinaryHeap};
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, DocId, DocSet, SegmentReader, TERMINATED};

/// How many documents are looked at between two looks at the clock.
const BUDGET_INTERVAL: u32 = 1_024;

/// What is wanted of a pass.
pub(super) struct Wanted<'a> {
    /// Order of the hits.
    pub sort: Sort,
    /// How many of the first hits are kept.
    pub keep: usize,
    /// What the hits are ranked by; none for an order by date.
    pub ranking: Option<&'a Ranking<'a>>,
    /// Facets to count.
    pub facets: &'a [FacetField],
    /// Who holds the roles that are asked for.
    pub holders: Option<&'a Holders<'a>>,
    /// The ranges of days that a hit only may lie in.
    pub ranges: &'a [Interval],
    /// Whether the documents of all hits are kept, for counting written forms.
    pub keep_documents: bool,
    /// When to give up.
    pub budget: Budget,
}

/// A hit without its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ranked {
    /// Where it stands in the order.
    pub place: Place,
    /// Where the article lies.
    pub address: DocAddress,
    /// Its score.
    pub score: Steps,
    /// Whether its event lies within every range asked for.
    pub certain: bool,
}

/// What a pass found.
#[derive(Default)]
pub(super) struct Collected {
    /// Matching articles.
    pub total: u64,
    /// Those that only may lie in the ranges.
    pub possible: u64,
    /// The first hits, in order.
    pub first: Vec<Ranked>,
    /// The facets, by name.
    pub facets: BTreeMap<String, FacetCounts>,
    /// Matching documents by segment, if they were wanted.
    pub documents: Vec<Vec<DocId>>,
}

/// Walks through all matching articles.
pub(super) fn collect(
    generation: &Generation,
    authority: &Authority,
    matching: &dyn Query,
    wanted: &Wanted,
) -> Result<Collected, SearchError> {
    let searcher = generation.searcher();
    let weight = matching.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut counters =
        wanted.facets.iter().map(|&facet| FacetCounter::new(generation, facet, wanted.holders)).collect::<Result<Vec<_>, _>>()?;
    let ranges: Vec<(i64, i64)> = wanted.ranges.iter().map(|range| (day_number(range.from), day_number(range.to))).collect();
    let mut collected = Collected::default();
    let mut first = First { heap: BinaryHeap::new(), keep: wanted.keep };

    for (segment, reader) in searcher.segment_readers().iter().enumerate() {
        let columns = OrderColumns::open(reader)?;
        let mut documents = Vec::new();
        each_document(reader, weight.as_ref(), wanted.budget, |doc| {
            counters.iter_mut().for_each(|counter| counter.count(segment, doc));
            documents.push(doc);
        })?;
        collected.total += documents.len() as u64;
        let is_certain = |doc: DocId| {
            ranges.is_empty() || columns.event(doc).is_some_and(|(from, to)| ranges.iter().all(|range| range.0 <= from && to <= range.1))
        };
        if !ranges.is_empty() {
            collected.possible += documents.iter().filter(|&&doc| !is_certain(doc)).count() as u64;
        }
        if wanted.keep > 0 {
            let scores = wanted.ranking.map(|ranking| ranking.scores(segment, reader, Some(&documents), wanted.budget)).transpose()?;
            for &doc in &documents {
                let score = scores.as_ref().map_or(0, |scores| in_steps(f64::from(scores.total(doc))));
                if !(wanted.sort == Sort::Relevance && first.is_full_before(score)) {
                    let place = Place::of(wanted.sort, score, columns.event(doc), columns.id(doc));
                    first.offer(Ranked { place, address: DocAddress::new(segment as u32, doc), score, certain: is_certain(doc) });
                }
            }
        }
        if wanted.keep_documents {
            collected.documents.push(documents);
        }
    }
    collected.first = first.heap.into_sorted_vec();
    let counts = |counter: FacetCounter| (counter.facet().name().to_owned(), counter.finish(collected.total, authority));
    collected.facets = counters.into_iter().map(counts).collect();
    Ok(collected)
}

/// The exact number of articles that match.
pub(super) fn count(generation: &Generation, matching: &dyn Query, budget: Budget) -> Result<u64, SearchError> {
    let searcher = generation.searcher();
    let weight = matching.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut total = 0;
    for reader in searcher.segment_readers() {
        each_document(reader, weight.as_ref(), budget, |_| total += 1)?;
    }
    Ok(total)
}

/// Calls `each` for every living document of a segment that matches, in order.
fn each_document(
    reader: &SegmentReader,
    weight: &dyn tantivy::query::Weight,
    budget: Budget,
    mut each: impl FnMut(DocId),
) -> Result<(), SearchError> {
    let mut scorer = weight.scorer(reader, 1.0)?;
    let alive = reader.alive_bitset();
    let mut doc = scorer.doc();
    let mut until_look = 0;
    while doc != TERMINATED {
        if until_look == 0 {
            if budget.is_spent() {
                return Err(SearchError::OutOfTime);
            }
            until_look = BUDGET_INTERVAL;
        }
        until_look -= 1;
        if alive.is_none_or(|alive| alive.is_alive(doc)) {
            each(doc);
        }
        doc = scorer.advance();
    }
    Ok(())
}

/// The first hits so far, the last of them on top.
struct First {
    heap: BinaryHeap<Ranked>,
    keep: usize,
}

impl First {
    /// Whether a hit of this score has no chance.
    fn is_full_before(&self, score: Steps) -> bool {
        self.heap.len() >= self.keep && self.heap.peek().is_some_and(|last| last.place.is_before_score(score))
    }

    fn offer(&mut self, hit: Ranked) {
        if self.heap.len() < self.keep {
            self.heap.push(hit);
        } else if let Some(mut last) = self.heap.peek_mut()
            && hit < *last
        {
            *last = hit;
        }
    }
}
