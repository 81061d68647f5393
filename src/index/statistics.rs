//! The numbers that ranking needs, counted over living documents only.
//!
//! Input → output: a searcher → lengths of articles, and in how many a term stands. tantivy's own counts hold deleted documents
//! until a merge happens to drop them, so that the order of hits would depend on the history of the index. These are those of a
//! freshly built index. Weighs nothing.

use super::schema::{Part, Schema, column};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

/// Statistics of the living documents of a searcher.
#[derive(Debug)]
pub struct Statistics {
    searcher: Searcher,
    /// By part and segment: the length of each document, in average lengths.
    lengths: [Vec<Vec<f32>>; 2],
}

impl Statistics {
    pub(super) fn of(searcher: &Searcher, schema: &Schema) -> tantivy::Result<Statistics> {
        let mut lengths = [Vec::new(), Vec::new()];
        for (part, lengths) in Part::ALL.into_iter().zip(&mut lengths) {
            let (mut total, mut counted) = (0_u64, 0_u64);
            for reader in searcher.segment_readers() {
                let of_segment = lengths_in(reader, schema, part)?;
                let alive = |doc: &usize| reader.alive_bitset().is_none_or(|alive| alive.is_alive(*doc as DocId));
                for length in (0..of_segment.len()).filter(alive).map(|doc| of_segment[doc]).filter(|length| length.is_finite()) {
                    total += length as u64;
                    counted += 1;
                }
                lengths.push(of_segment);
            }
            let average = total.max(1) as f32 / counted.max(1) as f32;
            lengths.iter_mut().flatten().for_each(|length| *length /= average);
        }
        Ok(Statistics { searcher: searcher.clone(), lengths })
    }

    /// Number of articles.
    pub fn articles(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// The length of a part of each document of a segment, in average lengths; infinite for a title that was derived from the
    /// body, which names nothing that the lead does not.
    pub fn lengths(&self, part: Part, segment: usize) -> &[f32] {
        &self.lengths[part as usize][segment]
    }

    /// Whether documents were deleted that no merge has dropped yet.
    pub fn has_deletions(&self) -> bool {
        self.searcher.segment_readers().iter().any(tantivy::SegmentReader::has_deletes)
    }

    /// Articles that hold the term. Free where a segment has no deletions; else its postings are walked.
    ///
    /// # Errors
    /// tantivy's, if the index cannot be read.
    pub fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
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

/// Lengths in syllables as scoring sees them: in steps, which a byte holds.
fn lengths_in(reader: &SegmentReader, schema: &Schema, part: Part) -> tantivy::Result<Vec<f32>> {
    let steps = reader.get_fieldnorms_reader(schema.text(part, crate::analysis::Stream::Syllable))?;
    let is_derived = reader.fast_fields().u64(column::TITLE_DERIVED)?;
    let length = |doc| match part == Part::Title && is_derived.first(doc) == Some(1) {
        true => f32::INFINITY,
        false => steps.fieldnorm(doc) as f32,
    };
    Ok((0..reader.max_doc()).map(length).collect())
}
