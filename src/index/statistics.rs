//! The numbers that BM25 needs, counted over living documents only.
//!
//! tantivy's own count deleted documents until a merge happens to drop them, so that the order of
//! hits would depend on the history of the index. These are those of a freshly built index.

use super::schema::Schema;
use std::collections::HashMap;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, TERMINATED, Term};

/// Statistics of the living documents of a searcher.
#[derive(Debug)]
pub struct Statistics {
    searcher: Searcher,
    articles: u64,
    tokens: HashMap<Field, u64>,
}

impl Statistics {
    pub(super) fn of(searcher: &Searcher, schema: &Schema) -> tantivy::Result<Statistics> {
        let mut tokens = HashMap::new();
        for field in schema.full_texts() {
            let mut total = 0;
            for reader in searcher.segment_readers() {
                // Lengths as scoring sees them (in steps): exact ones are only kept with deleted documents in.
                let lengths = reader.get_fieldnorms_reader(field)?;
                total += reader.doc_ids_alive().map(|doc| u64::from(lengths.fieldnorm(doc))).sum::<u64>();
            }
            tokens.insert(field, total);
        }
        Ok(Statistics { searcher: searcher.clone(), articles: searcher.num_docs(), tokens })
    }
}

impl Bm25StatisticsProvider for Statistics {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        // Fields without lengths score as if every article had one token of them.
        Ok(self.tokens.get(&field).copied().unwrap_or(self.articles))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.articles)
    }

    /// Articles that hold the term. Free where a segment has no deletions; else its postings are walked.
    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let mut articles = 0;
        for reader in self.searcher.segment_readers() {
            let index = reader.inverted_index(term.field())?;
            let Some(deletions) = reader.alive_bitset() else {
                articles += u64::from(index.doc_freq(term)?);
                continue;
            };
            let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else { continue };
            while postings.doc() != TERMINATED {
                articles += u64::from(deletions.is_alive(postings.doc()));
                postings.advance();
            }
        }
        Ok(articles)
    }
}
