//! Articles that hold one of many spellings: of a syllable, or of some next to each other, whatever their diacritics.
//!
//! Input → output: [`Spellings`] → documents. Reads no positions; scores nothing.

use super::candidates::unscored;
use crate::index::{PostingList, Spellings};
use tantivy::query::{BitSetDocSet, ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
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
        let lists = self.0.lists(reader)?;
        // Of one list, only what is asked for is read.
        if let [PostingList::Compound(list)] = lists.as_slice() {
            return Ok(Box::new(ConstScorer::new(list.documents(), 1.0)));
        }
        let mut documents = BitSet::with_max_value(reader.max_doc());
        for list in lists {
            list.each(|doc| _ = documents.insert(doc))?;
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
