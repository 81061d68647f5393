//! What the dates of articles rest on, read from their records: no column holds it.
//!
//! Each article that is asked for is read from the store as a whole, some thousand in a second on each core.

use super::error::IndexError;
use super::generation::Generation;
use crate::article::Basis;
use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;
use tantivy::{DocAddress, DocId};

/// Articles that are read in a row, so that those of one block are read together.
const IN_A_ROW: usize = 256;

impl Generation {
    /// What the event's date rests on, of articles of a segment, in their order.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] for an article that cannot be read.
    pub fn bases(&self, segment: usize, documents: &[DocId]) -> Result<Vec<Basis>, IndexError> {
        let basis = |&doc: &DocId| {
            let address = DocAddress::new(segment as u32, doc);
            self.article(address).map(|stored| stored.article.dates.event.basis)
        };
        let in_a_row = documents.par_chunks(IN_A_ROW).map(|row| row.iter().map(basis).collect::<Result<Vec<_>, _>>());
        Ok(in_a_row.collect::<Result<Vec<_>, _>>()?.concat())
    }
}
