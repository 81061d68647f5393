//! One pass over all matching articles: the exact total, the first hits, the facet counts, within the budget.
//!
//! Input → output: a matching query and what is wanted of it → [`Collected`]. Nothing is sampled or cut off.

use super::cursor::Cursor;
use super::error::SearchError;
use super::facet::{FacetCounter, Shown};
use super::filter::Holders;
use super::order::Place;
use super::ranking::{LOOKED_AT, Ranking, Steps, in_steps, lowest};
use super::request::{Budget, Sort, Unit};
use super::response::FacetCounts;
use super::story::Stories;
use crate::article::Interval;
use crate::authority::Authority;
use crate::index::{FacetField, Generation, Groups, OrderColumns, day_number};
use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, DocId, DocSet, SegmentReader, TERMINATED};

/// How many documents are looked at between two looks at the clock.
const BUDGET_INTERVAL: u32 = 1_024;

/// What is wanted of a pass.
pub(super) struct Wanted<'a> {
    /// Order of the hits.
    pub sort: Sort,
    /// Hits to pass over; 0 behind a cursor.
    pub offset: usize,
    /// Where the hits begin, if not at the first.
    pub after: Option<&'a Cursor>,
    /// How many hits are wanted from there on.
    pub limit: usize,
    /// What the hits are ranked by; none for an order by date.
    pub ranking: Option<&'a Ranking<'a>>,
    /// What the hits are.
    pub hits_of: Unit,
    /// What is counted by facets.
    pub counts_of: Unit,
    /// Facets to count.
    pub facets: &'a [FacetField],
    /// What is shown of them.
    pub shown: Shown<'a>,
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
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranked {
    /// Where it stands in the order.
    pub place: Place,
    /// Where the article lies.
    pub address: DocAddress,
    /// Its score, whatever its age.
    pub score: Steps,
    /// How much of the score is for words near each other.
    pub nearness: Steps,
    /// How much of the score its age leaves.
    pub left_by_age: f64,
    /// Whether its event lies within every range asked for.
    pub certain: bool,
    /// How many of its near-duplicates match too.
    pub copies: u64,
}

impl Ord for Ranked {
    fn cmp(&self, other: &Ranked) -> Ordering {
        self.place.cmp(&other.place)
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Ranked) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Ranked) -> bool {
        self.place == other.place
    }
}

impl Eq for Ranked {}

/// What a pass found.
#[derive(Default)]
pub(super) struct Collected {
    /// Matching articles.
    pub total: u64,
    /// Stories among them.
    pub stories: u64,
    /// Those that only may lie in the ranges.
    pub possible: u64,
    /// The hits of the page, in order, and one more where others follow.
    pub page: Vec<Ranked>,
    /// The facets, by name.
    pub facets: BTreeMap<String, FacetCounts>,
    /// Matching documents by segment.
    pub documents: Vec<Vec<DocId>>,
}

impl Collected {
    /// How many match, in articles or in stories.
    pub fn count(&self, unit: Unit) -> u64 {
        match unit {
            Unit::Articles => self.total,
            Unit::Stories => self.stories,
        }
    }
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
    // The segments are independent of each other; what is put together of them is in their order.
    let matching = |reader: &SegmentReader| {
        let mut documents = Vec::new();
        each_document(reader, weight.as_ref(), wanted.budget, |doc| documents.push(doc)).map(|()| documents)
    };
    let documents = searcher.segment_readers().par_iter().map(matching).collect::<Result<Vec<_>, _>>()?;
    let total = documents.iter().map(|documents| documents.len() as u64).sum();
    let groups = generation.groups()?;
    let mut stories = Stories::new(groups);
    for (segment, documents) in documents.iter().enumerate() {
        documents.iter().for_each(|&doc| stories.add(segment, doc));
    }
    let order = HitOrder::new(generation, wanted, &stories)?;
    let counted = match wanted.counts_of {
        Unit::Articles => total,
        Unit::Stories => stories.count(total),
    };
    let facet = |&facet: &FacetField| {
        let mut counter = FacetCounter::new(generation, facet, wanted.holders)?;
        match wanted.counts_of {
            Unit::Articles => counter.count_articles(generation, &documents)?,
            Unit::Stories => count_stories(&mut counter, groups, &documents),
        }
        Ok((facet.name().to_owned(), counter.finish(counted, &wanted.shown, authority)))
    };
    let page = || if wanted.limit > 0 { order.page(&documents) } else { Ok(Vec::new()) };
    let (page, facets) = rayon::join(page, || wanted.facets.par_iter().map(facet).collect::<Result<_, SearchError>>());
    Ok(Collected { total, stories: stories.count(total), possible: order.possible(&documents), page: page?, facets: facets?, documents })
}

/// What matching articles are put in order by.
struct HitOrder<'a> {
    generation: &'a Generation,
    wanted: &'a Wanted<'a>,
    stories: &'a Stories<'a>,
    /// By segment.
    columns: Vec<OrderColumns>,
    /// The ranges of days asked for, as the columns have days.
    ranges: Vec<(i64, i64)>,
    aging: Option<Aging>,
    /// The place that hits have to stand behind to be kept at all. Behind those whose nearness is looked at, a hit stands where its
    /// article alone puts it: so a page there costs what the first one costs, however many lie before it.
    floor: Option<Place>,
    /// How many of the first behind the floor are kept.
    keep: usize,
    /// How many of those have their words' nearness looked at.
    looked_at: usize,
}

impl<'a> HitOrder<'a> {
    fn new(generation: &'a Generation, wanted: &'a Wanted<'a>, stories: &'a Stories<'a>) -> Result<HitOrder<'a>, SearchError> {
        let looked_at = wanted.ranking.map_or(0, |_| LOOKED_AT);
        let floor = wanted.after.filter(|cursor| cursor.rank > looked_at as u64).map(|cursor| cursor.place);
        let before = match (wanted.after, floor) {
            (_, Some(_)) => 0,
            (Some(cursor), None) => cursor.rank as usize,
            (None, None) => wanted.offset,
        };
        Ok(HitOrder {
            generation,
            wanted,
            floor,
            // One more tells whether others follow.
            keep: before.saturating_add(wanted.limit).saturating_add(1),
            looked_at: if floor.is_some() { 0 } else { looked_at },
            stories,
            columns: generation.searcher().segment_readers().iter().map(OrderColumns::open).collect::<tantivy::Result<_>>()?,
            ranges: wanted.ranges.iter().map(|range| (day_number(range.from), day_number(range.to))).collect(),
            aging: wanted.half_life_days.map(Aging::new),
        })
    }

    /// How many articles only may lie in the ranges.
    fn possible(&self, documents: &[Vec<DocId>]) -> u64 {
        if self.ranges.is_empty() {
            return 0;
        }
        let possible = |(segment, documents): (usize, &Vec<DocId>)| documents.iter().filter(|&&doc| !self.is_certain(segment, doc)).count();
        documents.iter().enumerate().map(possible).sum::<usize>() as u64
    }

    /// The hits of the page, in order, and one more where others follow.
    fn page(&self, documents: &[Vec<DocId>]) -> Result<Vec<Ranked>, SearchError> {
        let of_segment = |segment: usize| self.first_of(segment, &documents[segment]);
        let mut first = self.no_hits();
        for of_segment in (0..documents.len()).into_par_iter().map(of_segment).collect::<Result<Vec<_>, _>>()? {
            of_segment.heap.into_iter().for_each(|hit| first.offer(hit));
        }
        let mut first = first.heap.into_sorted_vec();
        if let Some(ranking) = self.wanted.ranking {
            let looked_at = self.looked_at.min(first.len());
            add_nearness(&mut first[..looked_at], ranking, |hit| self.rank(hit.score, self.event(hit.address)))?;
        }
        let before = match self.wanted.after {
            Some(cursor) => first.partition_point(|hit| hit.place <= cursor.place),
            None => self.wanted.offset.min(first.len()),
        };
        first.drain(..before);
        first.truncate(self.wanted.limit.saturating_add(1));
        first.iter_mut().for_each(|hit| hit.copies = self.stories.others(hit.address));
        if let Some(aging) = &self.aging {
            // Of all hits, so that a score is the same on every page.
            let columns = self.columns.iter().zip(documents);
            let days = columns.flat_map(|(columns, documents)| documents.iter().filter_map(|&doc| columns.event(doc)));
            let newest = days.map(|(_, day)| day).max().unwrap_or(0);
            first.iter_mut().for_each(|hit| hit.left_by_age = aging.left(newest, self.event(hit.address)));
        }
        Ok(first)
    }

    fn first_of(&self, segment: usize, documents: &[DocId]) -> Result<First, SearchError> {
        let (wanted, columns, mut first) = (self.wanted, &self.columns[segment], self.no_hits());
        let reader = self.generation.searcher().segment_reader(segment as u32);
        let shown: Cow<'_, [DocId]> = match wanted.hits_of {
            Unit::Articles => Cow::Borrowed(documents),
            Unit::Stories => documents.iter().copied().filter(|&doc| self.stories.is_first(segment, doc)).collect(),
        };
        let scores = wanted.ranking.map(|ranking| ranking.scores(segment, reader, Some(&shown), wanted.budget)).transpose()?;
        for &doc in shown.iter() {
            let score = scores.as_ref().map_or(0.0, |scores| f64::from(scores.total(doc)));
            if wanted.sort == Sort::Relevance && self.aging.is_none() && first.is_full_before(score) {
                continue;
            }
            let (score, event) = (in_steps(score), columns.event(doc));
            let place = Place::of(wanted.sort, self.rank(score, event), event, columns.id(doc));
            if self.floor.is_some_and(|floor| place <= floor) {
                continue;
            }
            let (address, certain) = (DocAddress::new(segment as u32, doc), self.is_certain(segment, doc));
            first.offer(Ranked { place, address, score, nearness: 0, left_by_age: 1.0, certain, copies: 0 });
        }
        Ok(first)
    }

    fn no_hits(&self) -> First {
        First { heap: BinaryHeap::new(), keep: self.keep.max(self.looked_at) }
    }

    fn rank(&self, score: Steps, event: Option<(i64, i64)>) -> Steps {
        self.aging.as_ref().map_or(score, |aging| aging.rank(score, event))
    }

    fn event(&self, address: DocAddress) -> Option<(i64, i64)> {
        self.columns[address.segment_ord as usize].event(address.doc_id)
    }

    /// Whether an event lies within every range asked for.
    fn is_certain(&self, segment: usize, doc: DocId) -> bool {
        let is_within = |(from, to)| self.ranges.iter().all(|range| range.0 <= from && to <= range.1);
        self.ranges.is_empty() || self.columns[segment].event(doc).is_some_and(is_within)
    }
}

/// Counts the stories of matching articles.
fn count_stories(counter: &mut FacetCounter, groups: &Groups, documents: &[Vec<DocId>]) {
    // Articles of one story lie anywhere, and are counted together.
    let mut of_groups = Vec::new();
    for (segment, documents) in documents.iter().enumerate() {
        for &doc in documents {
            match groups.membership(segment, doc) {
                Some(copy) => of_groups.push((copy.group, segment, doc)),
                None => counter.count_story([(segment, doc)]),
            }
        }
    }
    of_groups.sort_unstable();
    for story in of_groups.chunk_by(|one, other| one.0 == other.0) {
        counter.count_story(story.iter().map(|&(_, segment, doc)| (segment, doc)));
    }
}

/// Adds to the scores of the first hits what the nearness of the words is worth, and puts them in order by the rank that this gives them.
/// It only adds, so they stay before all others.
fn add_nearness(hits: &mut [Ranked], ranking: &Ranking, rank: impl Fn(&Ranked) -> Steps) -> Result<(), SearchError> {
    hits.sort_unstable_by_key(|hit| hit.address);
    for of_segment in hits.chunk_by_mut(|one, other| one.address.segment_ord == other.address.segment_ord) {
        let documents: Vec<DocId> = of_segment.iter().map(|hit| hit.address.doc_id).collect();
        let nearness = ranking.nearness(of_segment[0].address.segment_ord as usize, &documents)?;
        for (hit, nearness) in of_segment.iter_mut().zip(nearness) {
            hit.nearness = in_steps(f64::from(nearness));
            hit.score += hit.nearness;
            hit.place = hit.place.with_rank(rank(hit));
        }
    }
    hits.sort_unstable();
    Ok(())
}

/// The exact number of articles or stories that match.
pub(super) fn count(generation: &Generation, matching: &dyn Query, unit: Unit, budget: Budget) -> Result<u64, SearchError> {
    let searcher = generation.searcher();
    let weight = matching.weight(EnableScoring::disabled_from_searcher(searcher))?;
    if unit == Unit::Articles {
        let total = |reader: &SegmentReader| {
            let mut total = 0;
            each_document(reader, weight.as_ref(), budget, |_| total += 1).map(|()| total)
        };
        return searcher.segment_readers().par_iter().map(total).sum();
    }
    let mut stories = Stories::new(generation.groups()?);
    let mut total = 0;
    for (segment, reader) in searcher.segment_readers().iter().enumerate() {
        each_document(reader, weight.as_ref(), budget, |doc| {
            total += 1;
            stories.add(segment, doc);
        })?;
    }
    Ok(stories.count(total))
}

/// Calls `each` for every living document of a segment that matches, in order.
pub(super) fn each_document(
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

/// How scores are halved with the age of events.
///
/// Halving a score is going down by one in its logarithm, so that is what the order goes by: it hangs on the article alone, whatever else
/// is found, and no score is too old to be told from another. What has no date may be of any age, and stands last.
struct Aging {
    half_life_days: f64,
}

/// The logarithms of scores are compared in whole multiples of one by this.
const RANKS: f64 = 65_536.0;

/// Lies below the rank of any article with a date.
const UNDATED: Steps = Steps::MIN / 4;

impl Aging {
    fn new(half_life_days: u32) -> Aging {
        Aging { half_life_days: f64::from(half_life_days.max(1)) }
    }

    fn rank(&self, score: Steps, event: Option<(i64, i64)>) -> Steps {
        let magnitude = (score.max(1) as f64).log2();
        match event {
            Some((_, day)) => ((magnitude + day as f64 / self.half_life_days) * RANKS).round() as Steps,
            None => UNDATED + (magnitude * RANKS).round() as Steps,
        }
    }

    /// How much of a score is left, on the newest day all of it.
    fn left(&self, newest: i64, event: Option<(i64, i64)>) -> f64 {
        event.map_or(0.0, |(_, day)| (-(newest.saturating_sub(day).max(0) as f64) / self.half_life_days).exp2())
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
