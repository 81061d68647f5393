//! Articles that hold one of many spellings: of a syllable, or of some next to each other, whatever their diacritics.
//!
//! Input → output: [`Spellings`] → documents. Reads no positions; scores nothing.

use super::candidates::unscored;
use crate::index::Spellings;
use tantivy::query::{BitSetDocSet, ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{BitSet, DocId, Score, SegmentReader};

/// See the module.
#[derive(Clone, Debug)]
pub(super) struct AnySpelling(pub Spellings);

impl Query for AnySpelling {
    fn weight(&self, _scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for AnySpelling {
    fn scorer(&self, reader: &SegmentReader, _boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let index = reader.inverted_index(self.0.field())?;
        let mut documents = BitSet::with_max_value(reader.max_doc());
        for info in self.0.lists(&index)? {
            let mut postings = index.read_block_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
            while !postings.docs().is_empty() {
                postings.docs().iter().for_each(|&doc| _ = documents.insert(doc));
                postings.advance();
            }
        }
        Ok(match documents.len() == 0 {
            true => Box::new(EmptyScorer),
            false => Box::new(ConstScorer::new(BitSetDocSet::from(documents), 1.0)),
        })
    }

    fn explain(&self, _reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        unscored(doc)
    }
}
