//! The numbers that ranking needs, counted over living documents only.
//!
//! Input → output: a searcher → lengths of articles, as in a freshly built index. In how many a term stands is for
//! [`super::PostingList`] to say. Weighs nothing.

use super::schema::{Part, Schema, column};
use tantivy::{DocId, Searcher, SegmentReader};

/// The usual length of a headline. Not the average of the archive, which may hold few titles, or sentences for titles.
const USUAL_TITLE_SYLLABLES: f32 = 12.0;

/// Statistics of the living documents of a searcher.
#[derive(Debug)]
pub struct Statistics {
    searcher: Searcher,
    /// By part and segment: the length of each document, in usual lengths.
    lengths: [Vec<Vec<f32>>; 2],
}

impl Statistics {
    pub(super) fn of(searcher: &Searcher, schema: &Schema) -> tantivy::Result<Statistics> {
        let mut lengths = [Vec::new(), Vec::new()];
        for (part, lengths) in Part::ALL.into_iter().zip(&mut lengths) {
            let of_segment = |reader| lengths_in(reader, schema, part);
            *lengths = searcher.segment_readers().iter().map(of_segment).collect::<tantivy::Result<Vec<_>>>()?;
            let usual = match part {
                Part::Title => USUAL_TITLE_SYLLABLES,
                Part::Body => average(searcher, lengths),
            };
            lengths.iter_mut().flatten().for_each(|length| *length /= usual);
        }
        Ok(Statistics { searcher: searcher.clone(), lengths })
    }

    /// Number of articles.
    pub fn articles(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// The length of a part of each document of a segment, in usual lengths: for a body the average of the archive; infinite for a title that was derived from the
    /// body, which names nothing that the lead does not.
    pub fn lengths(&self, part: Part, segment: usize) -> &[f32] {
        &self.lengths[part as usize][segment]
    }
}

/// The average length of living documents.
fn average(searcher: &Searcher, lengths: &[Vec<f32>]) -> f32 {
    let living = searcher.segment_readers().iter().zip(lengths).flat_map(|(reader, lengths)| {
        let is_alive = |doc: &usize| reader.alive_bitset().is_none_or(|alive| alive.is_alive(*doc as DocId));
        (0..lengths.len()).filter(is_alive).map(|doc| lengths[doc] as u64)
    });
    let (total, count) = living.fold((0, 0_u64), |(total, count), length| (total + length, count + 1));
    total.max(1) as f32 / count.max(1) as f32
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
