//! What is looked up in a dictionary for one place of a text: terms, or all spellings of what was typed without diacritics.
//!
//! Input → output: [`Spellings`] → posting lists of a segment. Ranks nothing.

use super::compound::{self, CompoundField};
use super::folded::FoldedField;
use super::posting_list::{PostingList, living_in_any};
use std::sync::Arc;
use tantivy::postings::TermInfo;
use tantivy::{Searcher, SegmentReader, Term};

/// The terms that may stand for one place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Spellings {
    /// These, all of one field.
    Terms(Vec<Term>),
    /// All terms of a field of syllables that fold to one of these.
    Folded(FoldedField, Vec<String>),
    /// This compound term.
    Compound(CompoundField, String),
    /// All compound terms that fold to this text.
    FoldedCompound(CompoundField, String),
}

impl Spellings {
    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        match self {
            Spellings::Terms(terms) => terms.is_empty(),
            Spellings::Folded(_, texts) => texts.is_empty(),
            Spellings::Compound(_, text) | Spellings::FoldedCompound(_, text) => text.is_empty(),
        }
    }

    /// The posting lists of a segment.
    ///
    /// # Errors
    /// tantivy's, if the index cannot be read.
    pub fn lists(&self, reader: &SegmentReader) -> tantivy::Result<Vec<PostingList>> {
        let mut lists = Vec::new();
        match self {
            Spellings::Terms(terms) => {
                let Some(first) = terms.first() else { return Ok(lists) };
                let index = reader.inverted_index(first.field())?;
                for term in terms {
                    lists.extend(index.get_term_info(term)?.map(|info| PostingList::Term(Arc::clone(&index), info)));
                }
            }
            Spellings::Folded(field, texts) => {
                let index = field.index(reader)?;
                let list = |info: &TermInfo| PostingList::Term(Arc::clone(&index), info.clone());
                match texts.as_slice() {
                    [text] => lists.extend(field.spellings(reader, text)?.iter().map(|(_, info)| list(info))),
                    // Those of a beginning.
                    _ => field.each_of(reader, texts.iter().map(String::as_str), |_, info| lists.push(list(info)))?,
                }
            }
            Spellings::Compound(field, term) => {
                lists.extend(field.dictionary(reader)?.get(term.as_bytes()).map(PostingList::Compound));
            }
            Spellings::FoldedCompound(field, text) => {
                let (dictionary, beginning) = (field.dictionary(reader)?, compound::folded(text));
                let mut terms = dictionary.beginning(beginning.as_bytes());
                while terms.advance() {
                    lists.push(PostingList::Compound(terms.list()));
                }
            }
        }
        Ok(lists)
    }

    /// Living articles that hold one of them.
    ///
    /// # Errors
    /// tantivy's, if the index cannot be read.
    pub fn articles(&self, searcher: &Searcher) -> tantivy::Result<u64> {
        let in_segment = |reader: &SegmentReader| living_in_any(reader, &self.lists(reader)?).map(u64::from);
        searcher.segment_readers().iter().map(in_segment).sum()
    }
}
