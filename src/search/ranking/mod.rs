//! How good a match is: weighted BM25 over the parts of an article, summed in a fixed order.
//!
//! Input → output: [`Clause`]s and the documents of a segment → a score for each, in whole steps. Which documents match is decided
//! elsewhere. Postings are read term by term into one number for each document, so that the sum is the same in whatever
//! segments the documents lie, and an edited index ranks as a fresh one.

mod clauses;
mod counts;
mod nearness;
mod postings;
mod weights;

pub(super) use clauses::{AsTyped, Clause, Measure, ranked_by};
pub(super) use weights::LOOKED_AT;

use super::error::SearchError;
use super::request::Budget;
use crate::index::{Generation, Part, Statistics};
use clauses::{Chain, Link};
use counts::Counts;
use nearness::Syllable;
use postings::{Opened, Wanted};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;
use tantivy::{DocId, SegmentReader};

/// Scores are whole multiples of `1 / STEPS`, so that rounding in the last place never decides an order.
const STEPS: f64 = 256.0;

/// A score in steps.
pub(super) type Steps = i64;

/// A score as it is shown.
pub(super) fn shown(steps: Steps) -> f64 {
    steps as f64 / STEPS
}

/// A score as it is compared.
pub(super) fn in_steps(score: f64) -> Steps {
    (score * STEPS).round() as Steps
}

/// No score below this is compared as so many steps.
pub(super) fn lowest(steps: Steps) -> f64 {
    (steps as f64 - 1.0) / STEPS
}

/// A part of a score as it is shown, not rounded to steps.
pub(super) fn shown_exactly(part: f32) -> f64 {
    (f64::from(part) * 10_000.0).round() / 10_000.0
}

/// Clauses whose terms were looked up in every segment.
pub(super) struct Ranking<'a> {
    generation: &'a Generation,
    clauses: Vec<Weighed>,
    as_typed: Vec<Vec<Found>>,
}

/// What the score of a document is made of, but for nearness.
pub(super) struct ScoreParts<'a> {
    /// The clauses that add something, the most first, with what they add.
    pub clauses: Vec<(&'a Clause, f32)>,
    /// What is added because every word is spelt as typed.
    pub as_typed: f32,
}

/// A clause, with what its rarity makes of it.
struct Weighed {
    clause: Clause,
    /// Weight times inverse document frequency.
    weight: f32,
    alternatives: Vec<Found>,
    /// What has to be missing: of what counts only in the title, the same in the body.
    unless: Vec<Found>,
}

/// A chain in the dictionaries of all segments.
type Found = Vec<Arc<Opened>>;

/// What was looked up already: several clauses ask for the same terms.
struct Known<'a> {
    generation: &'a Generation,
    opened: HashMap<Link, Arc<Opened>>,
}

impl Known<'_> {
    fn open_all(&mut self, chains: &[Chain]) -> tantivy::Result<Vec<Found>> {
        chains.iter().map(|chain| chain.iter().map(|link| self.open(link)).collect()).collect()
    }

    fn open(&mut self, link: &Link) -> tantivy::Result<Arc<Opened>> {
        if let Some(opened) = self.opened.get(link) {
            return Ok(Arc::clone(opened));
        }
        let opened = Arc::new(Opened::new(link, self.generation)?);
        self.opened.insert(link.clone(), Arc::clone(&opened));
        Ok(opened)
    }
}

impl<'a> Ranking<'a> {
    /// # Errors
    /// tantivy's, if the index cannot be read.
    pub fn new(clauses: Vec<Clause>, as_typed: AsTyped, generation: &'a Generation) -> Result<Ranking<'a>, SearchError> {
        let mut known = Known { generation, opened: HashMap::new() };
        let mut rarities: HashMap<Vec<Chain>, f32> = HashMap::new();
        let mut weighed = Vec::new();
        for clause in summed(clauses) {
            let alternatives = known.open_all(&clause.alternatives)?;
            let rarity = match clause.measure {
                Measure::Constant => 1.0,
                _ => match rarities.entry(clause.rarity.as_ref().unwrap_or(&clause.alternatives).clone()) {
                    Entry::Occupied(seen) => *seen.get(),
                    Entry::Vacant(unknown) => {
                        let rarity = inverse_frequency(&known.open_all(unknown.key())?, generation)?;
                        *unknown.insert(rarity)
                    }
                },
            };
            let unless = match (clause.measure, &clause.rarity) {
                (Measure::SyllableOnlyInTitle | Measure::PairOnlyInTitle, Some(body)) => known.open_all(body)?,
                _ => Vec::new(),
            };
            weighed.push(Weighed { weight: clause.weight * rarity, clause, alternatives, unless });
        }
        let as_typed = as_typed.words.iter().map(|chains| known.open_all(chains)).collect::<tantivy::Result<_>>()?;
        Ok(Ranking { generation, clauses: weighed, as_typed })
    }

    /// The scores of the documents of a segment; with `wanted`, only of those, which must be in order.
    ///
    /// # Errors
    /// [`SearchError::OutOfTime`], and tantivy's.
    pub fn scores(&self, segment: usize, reader: &SegmentReader, wanted: Option<&[DocId]>, budget: Budget) -> Result<Scores, SearchError> {
        let wanted = Wanted(wanted);
        let mut scores = Scores::of(reader.max_doc());
        let mut counts = Counts::default();
        for one in &self.clauses {
            if budget.is_spent() {
                return Err(SearchError::OutOfTime);
            }
            self.add(one, segment, reader, wanted, &mut counts, &mut scores)?;
        }
        self.add_as_typed(segment, reader, wanted, &mut counts, &mut scores.of_body)?;
        Ok(scores)
    }

    /// What nearness adds to the scores of documents of a segment, which must be in order; see [`LOOKED_AT`].
    ///
    /// # Errors
    /// tantivy's, if the index cannot be read.
    pub fn nearness(&self, segment: usize, documents: &[DocId]) -> Result<Vec<f32>, SearchError> {
        let mut nearest = vec![0.0; documents.len()];
        for part in Part::ALL {
            let of_part = self.clauses.iter().filter(|one| one.clause.measure == Measure::Syllable(part));
            let weight = |one: &Weighed| weights::NEAR * one.weight / weights::of_syllable(part);
            let syllables: Vec<Syllable> = of_part.map(|one| Syllable { alternatives: &one.alternatives, weight: weight(one) }).collect();
            if syllables.len() > 1 {
                let found = nearness::of(syllables, segment, documents)?;
                nearest.iter_mut().zip(found).for_each(|(nearest, found)| *nearest = found.max(*nearest));
            }
        }
        Ok(nearest)
    }

    /// The clauses, with what rarity makes of their weights.
    pub fn weights(&self) -> impl Iterator<Item = (&Clause, f32)> {
        self.clauses.iter().map(|one| (&one.clause, one.weight))
    }

    /// What a score is made of.
    ///
    /// # Errors
    /// tantivy's, if the index cannot be read.
    pub fn parts_of(&self, segment: usize, reader: &SegmentReader, doc: DocId) -> Result<ScoreParts<'_>, SearchError> {
        let wanted = [doc];
        let (mut scores, mut counts) = (Scores::of(reader.max_doc()), Counts::default());
        let mut parts = Vec::new();
        for one in &self.clauses {
            let before = scores.of_measure(one.clause.measure)[doc as usize];
            self.add(one, segment, reader, Wanted(Some(&wanted)), &mut counts, &mut scores)?;
            parts.push((&one.clause, scores.of_measure(one.clause.measure)[doc as usize] - before));
        }
        let idle = if scores.of_lead[doc as usize] > scores.of_title[doc as usize] { Head::Title } else { Head::Lead };
        parts.retain(|(clause, score)| *score > 0.0 && clause.measure.head() != Some(idle));
        parts.sort_by(|one, other| other.1.total_cmp(&one.1));
        let before = scores.of_body[doc as usize];
        self.add_as_typed(segment, reader, Wanted(Some(&wanted)), &mut counts, &mut scores.of_body)?;
        Ok(ScoreParts { clauses: parts, as_typed: scores.of_body[doc as usize] - before })
    }

    fn add(
        &self,
        one: &Weighed,
        segment: usize,
        reader: &SegmentReader,
        wanted: Wanted,
        counts: &mut Counts,
        scores: &mut Scores,
    ) -> tantivy::Result<()> {
        let statistics = self.generation.statistics();
        let mut adder = one.clause.measure.adder(one.weight, segment, statistics, scores.of_measure(one.clause.measure));
        match one.alternatives.as_slice() {
            chains if !one.unless.is_empty() => {
                // An own title is one with a length; what was derived stands in the body anyway.
                let titles = statistics.lengths(Part::Title, segment);
                let mut found = counts.documents(chains, segment, reader, wanted, |doc| titles[doc as usize].is_finite())?;
                counts.remove_those_with(&one.unless, segment, reader, &mut found)?;
                found.into_iter().for_each(|(doc, count)| adder.add(doc, count));
                Ok(())
            }
            // Nearly always: one term, whose postings are added as they are read.
            [chain] if chain.len() == 1 && chain[0].len(segment) <= 1 => chain[0].each(segment, wanted, |doc, count| adder.add(doc, count)),
            chains => {
                counts.count(chains, segment, reader, wanted)?;
                counts.drain(|doc, count| adder.add(doc, count));
                Ok(())
            }
        }
    }

    fn add_as_typed(
        &self,
        segment: usize,
        reader: &SegmentReader,
        wanted: Wanted,
        counts: &mut Counts,
        scores: &mut [f32],
    ) -> tantivy::Result<()> {
        let mut words_of: HashMap<DocId, usize> = HashMap::new();
        for (number, chains) in self.as_typed.iter().enumerate() {
            counts.count(chains, segment, reader, wanted)?;
            counts.drain(|doc, _| {
                // Of the words before, all were there.
                let words = words_of.entry(doc).or_insert(0);
                *words += usize::from(*words == number);
            });
        }
        for (doc, _) in words_of.into_iter().filter(|&(_, words)| words == self.as_typed.len()) {
            scores[doc as usize] += weights::AS_TYPED;
        }
        Ok(())
    }
}

/// Clauses of the same terms as one, so that a long text is read no more often than it has different words.
fn summed(clauses: Vec<Clause>) -> Vec<Clause> {
    let mut summed: Vec<Clause> = Vec::with_capacity(clauses.len());
    let mut places = HashMap::new();
    for clause in clauses {
        let place = *places.entry((clause.measure, clause.alternatives.clone())).or_insert(summed.len());
        match summed.get_mut(place) {
            Some(first) => first.weight += clause.weight,
            None => summed.push(clause),
        }
    }
    summed
}

/// How rare a clause is, as BM25 has it: over all its spellings, of a chain the rarest term.
fn inverse_frequency(alternatives: &[Found], generation: &Generation) -> tantivy::Result<f32> {
    let mut articles = 0;
    for chain in alternatives {
        let mut rarest = u64::MAX;
        for opened in chain {
            rarest = rarest.min(opened.articles(generation)?);
        }
        articles += if chain.is_empty() { 0 } else { rarest };
    }
    let all = generation.statistics().articles() as f32;
    let with = (articles as f32).min(all);
    Ok((1.0 + (all - with + 0.5) / (with + 0.5)).ln())
}

/// What an article is headed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Head {
    Title,
    Lead,
}

/// Scores by document of a segment.
///
/// What stands in the title counts, or what stands in the lead, whichever is more: they say the same, and an article that came
/// without its title should not stand behind one that has it for that alone. (Added up, measured outside of the index: the titles of one
/// article in 64 cost the others 0.01 of MRR; where half of them have titles, 0.11.)
pub(super) struct Scores {
    of_body: Vec<f32>,
    of_title: Vec<f32>,
    of_lead: Vec<f32>,
}

impl Scores {
    fn of(documents: DocId) -> Scores {
        let zeros = || vec![0.0; documents as usize];
        Scores { of_body: zeros(), of_title: zeros(), of_lead: zeros() }
    }

    /// Where a measure adds up.
    fn of_measure(&mut self, measure: Measure) -> &mut [f32] {
        match measure.head() {
            None => &mut self.of_body,
            Some(Head::Title) => &mut self.of_title,
            Some(Head::Lead) => &mut self.of_lead,
        }
    }

    /// The score of a document.
    #[inline]
    pub fn total(&self, doc: DocId) -> f32 {
        let doc = doc as usize;
        self.of_body[doc] + self.of_title[doc].max(self.of_lead[doc])
    }
}

impl Measure {
    fn head(self) -> Option<Head> {
        match self {
            Measure::Syllable(Part::Title) | Measure::Pair(Part::Title) => Some(Head::Title),
            Measure::Lead => Some(Head::Lead),
            Measure::Syllable(Part::Body) | Measure::Pair(Part::Body) => None,
            Measure::SyllableOnlyInTitle | Measure::PairOnlyInTitle | Measure::Word | Measure::Constant => None,
        }
    }

    fn adder<'a>(self, weight: f32, segment: usize, statistics: &'a Statistics, scores: &'a mut [f32]) -> Adder<'a> {
        let (saturation, part) = match self {
            Measure::Constant => (weights::NONE, None),
            Measure::Lead => (weights::LEAD_SATURATION, None),
            Measure::Pair(part) => (weights::PAIR_SATURATION, Some(part)),
            Measure::PairOnlyInTitle => (weights::PAIR_SATURATION, Some(Part::Body)),
            Measure::Syllable(part) => (weights::SATURATION, Some(part)),
            Measure::Word | Measure::SyllableOnlyInTitle => (weights::SATURATION, Some(Part::Body)),
        };
        Adder { weight, saturation, lengths: part.map(|part| statistics.lengths(part, segment)), scores }
    }
}

/// Adds BM25 of one clause to the scores.
struct Adder<'a> {
    weight: f32,
    saturation: weights::Saturation,
    /// In usual lengths; where there are none, every article has the same.
    lengths: Option<&'a [f32]>,
    scores: &'a mut [f32],
}

impl Adder<'_> {
    fn add(&mut self, doc: DocId, count: u32) {
        let length = self.lengths.map_or(1.0, |lengths| lengths[doc as usize]);
        let weights::Saturation { k1, b } = self.saturation;
        let norm = k1 * (1.0 - b + b * length);
        let count = count as f32;
        self.scores[doc as usize] += self.weight * (count * (k1 + 1.0) / (count + norm));
    }
}
