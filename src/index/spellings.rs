//! What is looked up in a dictionary for one place of a text: terms, or all spellings of what was typed without diacritics.
//!
//! Input → output: [`Spellings`] → posting lists of a segment. Ranks nothing.

use super::compound;
use super::folding::{Exactly, Folding};
use crate::text::fold;
use std::collections::HashSet;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::{InvertedIndexReader, Term};

/// Above so many texts a dictionary is read once, instead of searched for each.
const MAX_SEARCHES: usize = 64;

/// The terms that may stand for one place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Spellings {
    /// These, all of one field.
    Terms(Vec<Term>),
    /// All terms of a field of syllables that fold to one of these.
    Folded(Field, Vec<String>),
    /// All compound terms of a field that fold to this text.
    FoldedCompound(Field, String),
}

impl Spellings {
    /// The field of the terms.
    pub fn field(&self) -> Field {
        match self {
            Spellings::Terms(terms) => terms.first().map_or(Field::from_field_id(0), Term::field),
            Spellings::Folded(field, _) | Spellings::FoldedCompound(field, _) => *field,
        }
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        match self {
            Spellings::Terms(terms) => terms.is_empty(),
            Spellings::Folded(_, texts) => texts.is_empty(),
            Spellings::FoldedCompound(_, text) => text.is_empty(),
        }
    }

    /// Calls `each` with every term that is in a dictionary, once, and where its postings lie.
    ///
    /// # Errors
    /// tantivy's, if the index cannot be read.
    pub fn each(&self, index: &InvertedIndexReader, mut each: impl FnMut(&[u8], &TermInfo)) -> tantivy::Result<()> {
        match self {
            Spellings::Terms(terms) => {
                for term in terms {
                    if let Some(info) = index.get_term_info(term)? {
                        each(term.serialized_value_bytes(), &info);
                    }
                }
            }
            Spellings::Folded(_, texts) if texts.len() <= MAX_SEARCHES => {
                for text in texts {
                    let mut terms = index.terms().search(Folding(Exactly::the(text))).into_stream()?;
                    while terms.advance() {
                        each(terms.key(), terms.value());
                    }
                }
            }
            Spellings::Folded(_, texts) => {
                let texts: HashSet<&str> = texts.iter().map(String::as_str).collect();
                let mut terms = index.terms().stream()?;
                while terms.advance() {
                    if std::str::from_utf8(terms.key()).is_ok_and(|term| texts.contains(fold(term).as_str())) {
                        each(terms.key(), terms.value());
                    }
                }
            }
            Spellings::FoldedCompound(_, text) => compound::each_spelling(index, text, |term, info| {
                each(term, info);
                Ok(())
            })?,
        }
        Ok(())
    }

    /// The posting lists of a segment.
    ///
    /// # Errors
    /// tantivy's, if the index cannot be read.
    pub fn lists(&self, index: &InvertedIndexReader) -> tantivy::Result<Vec<TermInfo>> {
        let mut lists = Vec::new();
        self.each(index, |_, info| lists.push(info.clone()))?;
        Ok(lists)
    }
}
