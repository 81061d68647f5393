//! Articles out of a list of ids, whatever else is asked: what is new, of which nothing but the columns is read.

use crate::article::ArticleId;
use crate::index::OrderColumns;
use crate::search::candidates::unscored;
use std::collections::HashSet;
use std::sync::Arc;
use tantivy::query::{BitSetDocSet, ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{BitSet, DocId, Score, SegmentReader};

/// See the module.
#[derive(Clone, Debug)]
pub(super) struct Among(pub Arc<HashSet<ArticleId>>);

impl Query for Among {
    fn weight(&self, _scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Among {
    fn scorer(&self, reader: &SegmentReader, _boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let columns = OrderColumns::open(reader)?;
        let mut documents = BitSet::with_max_value(reader.max_doc());
        reader.doc_ids_alive().filter(|&doc| self.0.contains(&columns.id(doc))).for_each(|doc| _ = documents.insert(doc));
        Ok(match documents.len() == 0 {
            true => Box::new(EmptyScorer),
            false => Box::new(ConstScorer::new(BitSetDocSet::from(documents), 1.0)),
        })
    }

    fn explain(&self, _reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        unscored(doc)
    }
}
