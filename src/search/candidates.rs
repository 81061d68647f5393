//! Candidates of an index query, of which a look at the positions keeps some: the scorer that such queries share.
//!
//! Scores nothing: what is matched by its positions is ranked by the words in it.

use tantivy::query::{Explanation, Scorer};
use tantivy::{DocId, DocSet, Score, TERMINATED, TantivyError};

/// Decides by the positions of the words in a document.
pub(super) trait Matcher: Send + 'static {
    /// Whether the document matches. Asked in rising order, each document once.
    fn matches(&mut self, doc: DocId) -> bool;
}

/// The candidates that a matcher keeps.
pub(super) struct Kept<M> {
    candidates: Box<dyn Scorer>,
    matcher: M,
}

impl<M: Matcher> Kept<M> {
    /// At the first that is kept.
    pub fn boxed(candidates: Box<dyn Scorer>, matcher: M) -> Box<dyn Scorer> {
        let mut kept = Kept { candidates, matcher };
        kept.settle();
        Box::new(kept)
    }

    /// Goes on from the present candidate to the first that matches.
    fn settle(&mut self) -> DocId {
        let mut doc = self.candidates.doc();
        while doc != TERMINATED && !self.matcher.matches(doc) {
            doc = self.candidates.advance();
        }
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

    fn doc(&self) -> DocId {
        self.candidates.doc()
    }

    fn size_hint(&self) -> u32 {
        self.candidates.size_hint()
    }

    fn cost(&self) -> u64 {
        // Positions are read for every candidate: dearer than postings alone.
        self.candidates.cost().saturating_mul(4)
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
