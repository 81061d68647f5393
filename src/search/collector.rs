//! One pass over all matching articles: the exact total, the first hits, the facet counts, within the budget.
//!
//! Input → output: a matching query and what is wanted of it → [`Collected`]. Nothing is sampled or cut off.

use super::error::SearchError;
use super::facet::FacetCounter;
use super::filter::Holders;
use super::order::Place;
use super::ranking::{LOOKED_AT, Ranking, Steps, in_steps, lowest};
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
    /// After so many days an event counts for half.
    pub half_life_days: Option<u32>,
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
    /// How much of the score is for words near each other.
    pub nearness: Steps,
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
    /// Matching documents by segment.
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
    let looked_at = if wanted.ranking.is_some() && wanted.sort == Sort::Relevance && wanted.keep > 0 { LOOKED_AT } else { 0 };
    let mut first = First { heap: BinaryHeap::new(), keep: wanted.keep.max(looked_at) };

    for (segment, reader) in searcher.segment_readers().iter().enumerate() {
        let mut documents = Vec::new();
        each_document(reader, weight.as_ref(), wanted.budget, |doc| {
            counters.iter_mut().for_each(|counter| counter.count(segment, doc));
            documents.push(doc);
        })?;
        collected.total += documents.len() as u64;
        collected.documents.push(documents);
    }
    let columns = searcher.segment_readers().iter().map(OrderColumns::open).collect::<tantivy::Result<Vec<_>>>()?;
    let days = || columns.iter().zip(&collected.documents).flat_map(|(columns, documents)| documents.iter().map(|&doc| columns.event(doc)));
    let decay = wanted.half_life_days.map(|half_life_days| Decay::over(days().flatten().map(|(_, to)| to), half_life_days));
    let fresh = |columns: &OrderColumns, doc| decay.as_ref().map_or(1.0, |decay| decay.at(columns.event(doc).map(|(_, to)| to)));
    for (segment, (columns, documents)) in columns.iter().zip(&collected.documents).enumerate() {
        let is_certain = |doc: DocId| {
            ranges.is_empty() || columns.event(doc).is_some_and(|(from, to)| ranges.iter().all(|range| range.0 <= from && to <= range.1))
        };
        if !ranges.is_empty() {
            collected.possible += documents.iter().filter(|&&doc| !is_certain(doc)).count() as u64;
        }
        if wanted.keep == 0 {
            continue;
        }
        let reader = searcher.segment_reader(segment as u32);
        let scores = wanted.ranking.map(|ranking| ranking.scores(segment, reader, Some(documents), wanted.budget)).transpose()?;
        for &doc in documents {
            let fresh = fresh(columns, doc);
            let score = scores.as_ref().map_or(0.0, |scores| f64::from(scores.total(doc)) * fresh);
            if !(wanted.sort == Sort::Relevance && first.is_full_before(score)) {
                let score = in_steps(score);
                let place = Place::of(wanted.sort, score, columns.event(doc), columns.id(doc));
                first.offer(Ranked { place, address: DocAddress::new(segment as u32, doc), score, nearness: 0, certain: is_certain(doc) });
            }
        }
    }
    collected.first = first.heap.into_sorted_vec();
    if let Some(ranking) = wanted.ranking {
        let looked_at = looked_at.min(collected.first.len());
        let (nearest, _) = collected.first.split_at_mut(looked_at);
        add_nearness(nearest, ranking, |hit| fresh(&columns[hit.address.segment_ord as usize], hit.address.doc_id))?;
    }
    collected.first.truncate(wanted.keep);
    let counts = |counter: FacetCounter| (counter.facet().name().to_owned(), counter.finish(collected.total, authority));
    collected.facets = counters.into_iter().map(counts).collect();
    Ok(collected)
}

/// Adds to the scores of the first hits what the nearness of the words is worth, times how fresh each is, and puts them in order. It only
/// adds, so they stay before all others.
fn add_nearness(hits: &mut [Ranked], ranking: &Ranking, fresh: impl Fn(&Ranked) -> f64) -> Result<(), SearchError> {
    hits.sort_unstable_by_key(|hit| hit.address);
    for of_segment in hits.chunk_by_mut(|one, other| one.address.segment_ord == other.address.segment_ord) {
        let documents: Vec<DocId> = of_segment.iter().map(|hit| hit.address.doc_id).collect();
        let nearness = ranking.nearness(of_segment[0].address.segment_ord as usize, &documents)?;
        for (hit, nearness) in of_segment.iter_mut().zip(nearness) {
            hit.nearness = in_steps(f64::from(nearness) * fresh(hit));
            hit.score += hit.nearness;
            hit.place = hit.place.with_score(hit.score);
        }
    }
    hits.sort_unstable();
    Ok(())
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

/// How much an older event counts, on the newest day of all hits 1.
///
/// Halving is the same from whichever day it is counted, so a filter changes all scores alike and no order.
struct Decay {
    oldest: i64,
    newest: i64,
    half_life_days: f64,
}

impl Decay {
    fn over(days: impl Iterator<Item = i64>, half_life_days: u32) -> Decay {
        let (oldest, newest) = days.fold((i64::MAX, i64::MIN), |(oldest, newest), day| (oldest.min(day), newest.max(day)));
        Decay { oldest, newest, half_life_days: f64::from(half_life_days.max(1)) }
    }

    /// The factor of a day; of none, that of the oldest.
    fn at(&self, day: Option<i64>) -> f64 {
        let age = self.newest.saturating_sub(day.unwrap_or(self.oldest)).max(0);
        (-(age as f64) / self.half_life_days).exp2()
    }
}

/// The first hits so far, the last of them on top.
struct First {
    heap: BinaryHeap<Ranked>,
    keep: usize,
}

impl First {
    /// Whether a hit of this score, not yet in steps, has no chance.
    fn is_full_before(&self, score: f64) -> bool {
        self.heap.len() >= self.keep && self.heap.peek().is_some_and(|last| score < lowest(last.score))
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
