//! Articles that hold some syllables next to each other, whatever their diacritics: all compound terms that fold alike.
//!
//! Input → output: a field of compound terms and a folded text → documents. Reads no positions; scores nothing.

use super::candidates::unscored;
use crate::index::compound;
use tantivy::query::{BitSetDocSet, ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocId, Score, SegmentReader};

/// See the module.
#[derive(Clone, Debug)]
pub(super) struct AnySpelling {
    /// Holds compound terms.
    pub field: Field,
    /// Folded syllables, single spaces between.
    pub folded: String,
}

impl Query for AnySpelling {
    fn weight(&self, _scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for AnySpelling {
    fn scorer(&self, reader: &SegmentReader, _boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let index = reader.inverted_index(self.field)?;
        let mut documents = BitSet::with_max_value(reader.max_doc());
        compound::each_spelling(&index, &self.folded, |_, info| {
            let mut postings = index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            while !postings.docs().is_empty() {
                postings.docs().iter().for_each(|&doc| _ = documents.insert(doc));
                postings.advance();
            }
            Ok(())
        })?;
        Ok(match documents.len() == 0 {
            true => Box::new(EmptyScorer),
            false => Box::new(ConstScorer::new(BitSetDocSet::from(documents), 1.0)),
        })
    }

    fn explain(&self, _reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        unscored(doc)
    }
}
