//! Candidates of an index query, of which a closer look keeps some: the scorer that such queries share.
//!
//! Scores nothing: what is matched by its positions, or by its text, is ranked by the words in it.

use tantivy::query::{Explanation, Scorer};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, TERMINATED, TantivyError};

/// Decides by the positions of the words in a document, or by its text.
pub(super) trait Matcher: Send + 'static {
    /// How many times dearer a look is than a posting.
    const COST: u64 = 4;

    /// Whether the document matches. Asked in rising order, each document once.
    fn matches(&mut self, doc: DocId) -> bool;
}

/// The candidates that a matcher keeps.
pub(super) struct Kept<M> {
    candidates: Box<dyn Scorer>,
    matcher: M,
    /// Whether it stands at a candidate that is kept, or at the end: not so after `seek_danger` has found nothing.
    is_settled: bool,
}

impl<M: Matcher> Kept<M> {
    /// At the first that is kept.
    pub fn boxed(candidates: Box<dyn Scorer>, matcher: M) -> Box<dyn Scorer> {
        let mut kept = Kept { candidates, matcher, is_settled: false };
        kept.settle();
        Box::new(kept)
    }

    /// At a target, if the candidates have `found` it and it is kept; else nowhere yet, as [`DocSet::seek_danger`] leaves it.
    pub fn boxed_at(
        target: DocId,
        found: SeekDangerResult,
        candidates: Box<dyn Scorer>,
        matcher: M,
    ) -> (SeekDangerResult, Box<dyn Scorer>) {
        let mut kept = Kept { candidates, matcher, is_settled: false };
        (kept.look(target, found), Box::new(kept))
    }

    /// Whether a candidate is kept.
    fn look(&mut self, target: DocId, found: SeekDangerResult) -> SeekDangerResult {
        match found {
            SeekDangerResult::Found if self.matcher.matches(target) => self.is_settled = true,
            SeekDangerResult::Found => return SeekDangerResult::SeekLowerBound(target + 1),
            SeekDangerResult::SeekLowerBound(_) => {}
        }
        found
    }

    /// Goes on from the present candidate to the first that matches.
    fn settle(&mut self) -> DocId {
        let mut doc = self.candidates.doc();
        while doc != TERMINATED && !self.matcher.matches(doc) {
            doc = self.candidates.advance();
        }
        self.is_settled = true;
        doc
    }
}

impl<M: Matcher> DocSet for Kept<M> {
    fn advance(&mut self) -> DocId {
        self.candidates.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.candidates.doc() >= target {
            return self.candidates.doc();
        }
        self.candidates.seek(target);
        self.settle()
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        if target >= TERMINATED {
            return SeekDangerResult::SeekLowerBound(target);
        }
        if self.is_settled && self.candidates.doc() >= target {
            return match self.candidates.doc() {
                doc if doc == target => SeekDangerResult::Found,
                doc => SeekDangerResult::SeekLowerBound(doc),
            };
        }
        self.is_settled = false;
        let found = self.candidates.seek_danger(target);
        self.look(target, found)
    }

    fn doc(&self) -> DocId {
        self.candidates.doc()
    }

    fn size_hint(&self) -> u32 {
        self.candidates.size_hint()
    }

    fn cost(&self) -> u64 {
        self.candidates.cost().saturating_mul(M::COST)
    }
}

impl<M: Matcher> Scorer for Kept<M> {
    fn score(&mut self) -> Score {
        1.0
    }
}

/// The answer of a weight whose scorer is [`Kept`].
pub(super) fn unscored(doc: DocId) -> tantivy::Result<Explanation> {
    Err(TantivyError::InvalidArgument(format!("document {doc}: positions are matched, not scored")))
}
