//! How good a match is: weighted BM25 over parts and streams, summed in a fixed order.
//!
//! Input → output: clauses and a document → its score in whole steps. Which documents match is decided elsewhere, so
//! the sum is the same however tantivy would order its scorers in a segment, and an edited index ranks as a fresh one.

use super::error::SearchError;
use crate::index::Generation;
use tantivy::query::{EnableScoring, Query, Scorer, Weight};
use tantivy::{DocId, SeekDangerResult, SegmentReader};

/// A word in the body, all its syllables together: the measure of all the others.
pub(super) const BODY: f32 = 1.0;
/// A word in the title: what a title names, the article is about. BM25 already favours the short field.
pub(super) const TITLE: f32 = 1.5;
/// A single syllable of a longer word, in the body: tells articles apart in which the word itself is equally frequent,
/// and under `--match any` rewards what the segmenter cut differently.
pub(super) const SYLLABLE: f32 = 0.3;
/// Two neighbouring syllables of the query that are neighbours in the body too, beyond word borders: contiguous above scattered.
pub(super) const PAIR: f32 = 0.3;
/// The same in the title.
pub(super) const TITLE_PAIR: f32 = 0.5;
/// A word as the segmenter cut it, in the word stream: its own rarity, not the sum of its syllables'.
pub(super) const SEGMENTED: f32 = 0.3;
/// Something found by beginning or by edits: its terms are too many for a rarity, so it counts the same everywhere.
pub(super) const EXPANDED: f32 = 1.0;
/// Every word of a query typed without diacritics, spelt in the article just as typed: above every article that is not.
/// It stands above any sum of the others for queries of usual length.
pub(super) const AS_TYPED: f32 = 100.0;

/// Scores are whole multiples of `1 / STEPS`, so that rounding in the last place never decides an order.
const STEPS: f64 = 256.0;

/// A score in steps.
pub(super) type Steps = i64;

/// A score as it is shown.
pub(super) fn shown(steps: Steps) -> f64 {
    steps as f64 / STEPS
}

/// What adds to a score.
#[derive(Debug)]
pub(super) struct Clause {
    /// By what the score is multiplied.
    pub weight: f32,
    /// Spellings of one thing: the best of them counts.
    pub alternatives: Vec<Box<dyn Query>>,
    /// Whether it counts the same wherever it matches.
    pub constant: bool,
}

/// Clauses whose statistics are looked up.
pub(super) struct Ranking {
    clauses: Vec<(f32, bool, Vec<Box<dyn Weight>>)>,
}

impl Ranking {
    pub fn new(clauses: &[Clause], generation: &Generation) -> Result<Ranking, SearchError> {
        let searcher = generation.searcher();
        let scored = EnableScoring::enabled_from_statistics_provider(generation.statistics(), searcher);
        let unscored = EnableScoring::disabled_from_searcher(searcher);
        let weigh = |clause: &Clause| -> tantivy::Result<_> {
            let scoring = if clause.constant { unscored } else { scored };
            let weights = clause.alternatives.iter().map(|query| query.weight(scoring)).collect::<tantivy::Result<Vec<_>>>()?;
            Ok((clause.weight, clause.constant, weights))
        };
        Ok(Ranking { clauses: clauses.iter().map(weigh).collect::<tantivy::Result<_>>()? })
    }

    /// The clauses over one segment.
    pub fn over(&self, reader: &SegmentReader) -> Result<SegmentRanking, SearchError> {
        let mut clauses = Vec::with_capacity(self.clauses.len());
        for (weight, constant, weights) in &self.clauses {
            let lanes = weights.iter().map(|one| one.scorer(reader, 1.0).map(Lane::new)).collect::<tantivy::Result<Vec<_>>>()?;
            clauses.push((*weight, *constant, lanes));
        }
        Ok(SegmentRanking { clauses })
    }
}

/// A ranking that walks through the documents of a segment.
pub(super) struct SegmentRanking {
    clauses: Vec<(f32, bool, Vec<Lane>)>,
}

impl SegmentRanking {
    /// The score of a document; documents must be asked for in rising order, each once.
    pub fn score(&mut self, doc: DocId) -> Steps {
        let mut sum = 0.0;
        for (weight, constant, lanes) in &mut self.clauses {
            let best = lanes.iter_mut().filter_map(|lane| lane.at(doc, *constant)).fold(0.0, f32::max);
            sum += f64::from(*weight) * f64::from(best);
        }
        (sum * STEPS).round() as Steps
    }
}

/// A scorer that is only ever asked about documents that are known to match.
struct Lane {
    scorer: Box<dyn Scorer>,
    /// No match before this document.
    next: DocId,
    /// Whether the scorer stands on it.
    standing: bool,
}

impl Lane {
    fn new(scorer: Box<dyn Scorer>) -> Lane {
        Lane { next: scorer.doc(), standing: true, scorer }
    }

    fn at(&mut self, doc: DocId, constant: bool) -> Option<f32> {
        if doc > self.next || (doc == self.next && !self.standing) {
            // Cheaper than `seek`: a phrase is not looked for beyond this document.
            (self.next, self.standing) = match self.scorer.seek_danger(doc) {
                SeekDangerResult::Found => (doc, true),
                SeekDangerResult::SeekLowerBound(bound) => (bound, false),
            };
        }
        (self.standing && self.next == doc).then(|| if constant { 1.0 } else { self.scorer.score() })
    }
}
