//! How often syllables and pairs of neighbours stand in the archive: what a correction is chosen by.
//!
//! Input → output: folded syllables → their spellings with numbers of articles, over all segments. Chooses nothing.

use crate::analysis::Stream;
use crate::index::compound::{self, CompoundField};
use crate::index::{AnyOf, Folding, Generation, Part, PostingList, Spellings};
use crate::text::fold;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::schema::Field;
use tantivy::{SegmentReader, Term};

/// Reads the counts of an archive. Title and body count each for itself: a measure of how usual something is, not a total.
pub(super) struct Counts<'a> {
    readers: &'a [SegmentReader],
    pairs: [CompoundField; 2],
    syllables: [Field; 2],
    /// Articles.
    pub articles: u64,
    known: RefCell<HashMap<String, u64>>,
}

impl<'a> Counts<'a> {
    pub fn new(generation: &'a Generation) -> Counts<'a> {
        let schema = generation.schema();
        Counts {
            readers: generation.searcher().segment_readers(),
            pairs: Part::ALL.map(|part| schema.pairs(part)),
            syllables: Part::ALL.map(|part| schema.text(part, Stream::Syllable)),
            articles: generation.statistics().articles(),
            known: RefCell::default(),
        }
    }

    /// The pairs of neighbours that fold to these syllables, as spelt, with single spaces between.
    pub fn pairs(&self, first: &str, second: &str) -> tantivy::Result<Vec<(String, u64)>> {
        let beginning = compound::folded(&format!("{first} {second}"));
        let mut pairs: HashMap<String, u64> = HashMap::new();
        for (field, reader) in self.pairs.iter().flat_map(|field| self.readers.iter().map(move |reader| (field, reader))) {
            let dictionary = field.dictionary(reader)?;
            let mut terms = dictionary.beginning(beginning.as_bytes());
            while terms.advance() {
                let Some(pair) = compound::spelling(terms.term()) else { continue };
                *pairs.entry(pair).or_default() += u64::from(terms.living(reader)?);
            }
        }
        let mut pairs: Vec<(String, u64)> = pairs.into_iter().filter(|(_, count)| *count > 0).collect();
        pairs.sort();
        Ok(pairs)
    }

    /// A pair of neighbours as spelt.
    pub fn pair(&self, first: &str, second: &str) -> tantivy::Result<u64> {
        let Some(term) = compound::pair(first, second) else { return Ok(0) };
        self.pairs.iter().map(|field| self.sum(&Spellings::Compound(field.clone(), term.clone()))).sum()
    }

    /// A syllable as spelt.
    pub fn syllable(&self, spelt: &str) -> tantivy::Result<u64> {
        if let Some(&count) = self.known.borrow().get(spelt) {
            return Ok(count);
        }
        let terms = self.syllables.iter().map(|&field| Spellings::Terms(vec![Term::from_field_text(field, spelt)]));
        let count = terms.map(|term| self.sum(&term)).sum::<tantivy::Result<u64>>()?;
        self.known.borrow_mut().insert(spelt.to_owned(), count);
        Ok(count)
    }

    /// Folded syllables, each with all its spellings together; only those that stand somewhere.
    pub fn folded<'f>(&self, folded: impl Iterator<Item = &'f str> + Clone) -> tantivy::Result<HashMap<String, u64>> {
        let mut counts: HashMap<String, u64> = HashMap::new();
        for (&field, reader) in self.syllables.iter().flat_map(|field| self.readers.iter().map(move |reader| (field, reader))) {
            let index = reader.inverted_index(field)?;
            let mut terms = index.terms().search(Folding(AnyOf::these(folded.clone()))).into_stream()?;
            while terms.advance() {
                let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
                let list = PostingList::Term(Arc::clone(&index), terms.value().clone());
                *counts.entry(fold(term)).or_default() += u64::from(list.living(reader)?);
            }
        }
        Ok(counts)
    }

    /// Each spelling in each segment for itself.
    fn sum(&self, spellings: &Spellings) -> tantivy::Result<u64> {
        let mut count = 0;
        for reader in self.readers {
            for list in spellings.lists(reader)? {
                count += u64::from(list.living(reader)?);
            }
        }
        Ok(count)
    }
}
