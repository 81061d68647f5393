//! The numbers that ranking needs, counted over living documents only.
//!
//! Input → output: a searcher → lengths of articles, and in how many a term stands. tantivy's own counts hold deleted documents
//! until a merge happens to drop them, so that the order of hits would depend on the history of the index. These are those of a
//! freshly built index. Weighs nothing.

use super::schema::{Part, Schema, column};
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{BitSet, DocId, InvertedIndexReader, Searcher, SegmentReader, Term};

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

    /// Articles that hold the term.
    ///
    /// # Errors
    /// tantivy's, if the index cannot be read.
    pub fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let mut articles = 0;
        for reader in self.searcher.segment_readers() {
            let index = reader.inverted_index(term.field())?;
            if let Some(info) = index.get_term_info(term)? {
                articles += u64::from(living(reader, &index, &info)?);
            }
        }
        Ok(articles)
    }
}

/// How many living articles of a segment hold a term of its dictionary. Free where nothing was deleted; else its postings are walked.
///
/// # Errors
/// tantivy's, if the index cannot be read.
pub fn living(reader: &SegmentReader, index: &InvertedIndexReader, info: &TermInfo) -> tantivy::Result<u32> {
    if !reader.has_deletes() {
        return Ok(info.doc_freq);
    }
    let mut articles = 0;
    each_living(reader, index, info, |_| articles += 1)?;
    Ok(articles)
}

/// How many living articles of a segment hold a term in any of some fields, each counted once.
///
/// # Errors
/// tantivy's, if the index cannot be read.
pub fn living_in_any(reader: &SegmentReader, held: &[(&InvertedIndexReader, TermInfo)]) -> tantivy::Result<u32> {
    if let [(index, info)] = held {
        return living(reader, index, info);
    }
    let mut articles = BitSet::with_max_value(reader.max_doc());
    for (index, info) in held {
        each_living(reader, index, info, |doc| _ = articles.insert(doc))?;
    }
    Ok(articles.len() as u32)
}

/// Calls `each` with the living articles of a segment that hold a term of its dictionary, in order.
///
/// # Errors
/// tantivy's, if the index cannot be read.
pub fn each_living(
    reader: &SegmentReader,
    index: &InvertedIndexReader,
    info: &TermInfo,
    mut each: impl FnMut(DocId),
) -> tantivy::Result<()> {
    let mut postings = index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    let alive = reader.alive_bitset();
    while !postings.docs().is_empty() {
        postings.docs().iter().filter(|&&doc| alive.is_none_or(|alive| alive.is_alive(doc))).for_each(|&doc| each(doc));
        postings.advance();
    }
    Ok(())
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
