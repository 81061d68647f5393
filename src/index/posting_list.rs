//! A posting list of a segment, of a term of tantivy's or of a compound one, and how many living articles it holds.
//!
//! tantivy's own counts hold deleted documents until a merge happens to drop them, so that an answer would depend on the history of the index.

use super::compound::List;
use std::sync::Arc;
use tantivy::postings::{SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{BitSet, DocId, InvertedIndexReader, SegmentReader};

/// Where the documents of a term stand.
#[derive(Clone)]
pub enum PostingList {
    /// A term of a tantivy field.
    Term(Arc<InvertedIndexReader>, TermInfo),
    /// A compound term, which has neither frequencies nor positions.
    Compound(List),
}

impl PostingList {
    /// Documents of the list, deleted ones included.
    pub fn doc_freq(&self) -> u32 {
        match self {
            PostingList::Term(_, info) => info.doc_freq,
            PostingList::Compound(list) => list.doc_freq,
        }
    }

    /// The list with positions; none for a compound term.
    ///
    /// # Errors
    /// tantivy's, if the index cannot be read.
    pub fn positions(&self) -> tantivy::Result<Option<SegmentPostings>> {
        match self {
            PostingList::Term(index, info) => Ok(Some(index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?)),
            PostingList::Compound(_) => Ok(None),
        }
    }

    /// Calls `each` with every document, in order.
    ///
    /// # Errors
    /// tantivy's, if the index cannot be read.
    pub fn each(&self, mut each: impl FnMut(DocId)) -> tantivy::Result<()> {
        match self {
            PostingList::Compound(list) => list.each(each),
            PostingList::Term(index, info) => {
                let mut postings = index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
                while !postings.docs().is_empty() {
                    postings.docs().iter().for_each(|&doc| each(doc));
                    postings.advance();
                }
            }
        }
        Ok(())
    }

    /// Calls `each` with the living articles of its segment, in order.
    ///
    /// # Errors
    /// tantivy's, if the index cannot be read.
    pub fn each_living(&self, reader: &SegmentReader, mut each: impl FnMut(DocId)) -> tantivy::Result<()> {
        let alive = reader.alive_bitset();
        self.each(|doc| {
            if alive.is_none_or(|alive| alive.is_alive(doc)) {
                each(doc);
            }
        })
    }

    /// How many living articles of its segment it holds. Free where nothing was deleted; else it is walked.
    ///
    /// # Errors
    /// tantivy's, if the index cannot be read.
    pub fn living(&self, reader: &SegmentReader) -> tantivy::Result<u32> {
        if !reader.has_deletes() {
            return Ok(self.doc_freq());
        }
        let mut articles = 0;
        self.each_living(reader, |_| articles += 1)?;
        Ok(articles)
    }
}

/// How many living articles of a segment stand in any of some lists, each counted once.
///
/// # Errors
/// tantivy's, if the index cannot be read.
pub fn living_in_any(reader: &SegmentReader, lists: &[PostingList]) -> tantivy::Result<u32> {
    if let [list] = lists {
        return list.living(reader);
    }
    let mut articles = BitSet::with_max_value(reader.max_doc());
    for list in lists {
        list.each_living(reader, |doc| _ = articles.insert(doc))?;
    }
    Ok(articles.len() as u32)
}
