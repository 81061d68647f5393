//! The postings of a term, or of all spellings of one, in each segment.
//!
//! Input → output: [`Spellings`] → postings, looked up once for both their number and their documents. Weighs nothing.

use super::clauses::Spellings;
use crate::index::{Generation, compound, living};
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader};

/// Where so many times more postings than wanted documents are, they are looked up one by one instead of read.
const SEEK_RATIO: usize = 16;

/// The documents of a segment that are asked for, in order; none for all.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a>(pub Option<&'a [DocId]>);

/// Spellings in the dictionaries of all segments.
pub(super) struct Opened {
    field: Field,
    /// By segment.
    lists: Vec<Vec<TermInfo>>,
}

impl Opened {
    /// Looks the spellings up.
    pub fn new(spellings: &Spellings, generation: &Generation) -> tantivy::Result<Opened> {
        let field = spellings.field();
        let mut lists = Vec::new();
        for reader in generation.searcher().segment_readers() {
            let index = reader.inverted_index(field)?;
            let mut of_segment = Vec::new();
            match spellings {
                Spellings::Terms(terms) => {
                    for term in terms {
                        of_segment.extend(index.get_term_info(term)?);
                    }
                }
                Spellings::Folded(_, folded) => compound::each_spelling(&index, folded, |_, info| {
                    of_segment.push(info.clone());
                    Ok(())
                })?,
            }
            lists.push(of_segment);
        }
        Ok(Opened { field, lists })
    }

    /// Posting lists in a segment.
    pub fn lists(&self, segment: usize) -> usize {
        self.lists[segment].len()
    }

    /// The field of the terms.
    pub fn field(&self) -> Field {
        self.field
    }

    /// Where the posting lists of a segment lie.
    pub fn infos(&self, segment: usize) -> &[TermInfo] {
        &self.lists[segment]
    }

    /// Living articles, those of several spellings as often.
    pub fn articles(&self, generation: &Generation) -> tantivy::Result<u64> {
        let mut articles = 0;
        for (reader, lists) in generation.searcher().segment_readers().iter().zip(&self.lists) {
            let index = reader.inverted_index(self.field)?;
            for info in lists {
                articles += u64::from(living(reader, &index, info)?);
            }
        }
        Ok(articles)
    }

    /// Calls `each` with every document, at least the wanted ones, and how often it holds a spelling; list by list.
    pub fn each(&self, segment: usize, reader: &SegmentReader, wanted: Wanted, mut each: impl FnMut(DocId, u32)) -> tantivy::Result<()> {
        if self.lists[segment].is_empty() {
            return Ok(());
        }
        let index = reader.inverted_index(self.field)?;
        for info in &self.lists[segment] {
            let postings = index.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
            match wanted.0 {
                Some(wanted) if wanted.len() < info.doc_freq as usize / SEEK_RATIO => seek(postings, wanted, &mut each),
                _ => read(postings, &mut each),
            }
        }
        Ok(())
    }
}

fn read(mut postings: BlockSegmentPostings, each: &mut impl FnMut(DocId, u32)) {
    while !postings.docs().is_empty() {
        postings.docs().iter().zip(postings.freqs()).for_each(|(&doc, &count)| each(doc, count));
        postings.advance();
    }
}

fn seek(mut postings: BlockSegmentPostings, wanted: &[DocId], each: &mut impl FnMut(DocId, u32)) {
    for &doc in wanted {
        let at = postings.seek(doc);
        if postings.docs().get(at) == Some(&doc) {
            each(doc, postings.freq(at));
        }
    }
}
