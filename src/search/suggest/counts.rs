//! How often syllables and pairs of neighbours stand in the archive: what a correction is chosen by.
//!
//! Input → output: folded syllables → their spellings with numbers of articles, over all segments. Chooses nothing.

use crate::analysis::Stream;
use crate::index::compound::{self, CompoundField};
use crate::index::{FoldedField, Generation, Part, PostingList, Spellings};
use crate::text::fold;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;
use tantivy::SegmentReader;

/// Pairs as spelt, each with how many articles hold it.
pub(super) type Pairs = Rc<[(String, u64)]>;

/// Reads the counts of an archive. Title and body count each for itself: a measure of how usual something is, not a total.
pub(super) struct Counts<'a> {
    readers: &'a [SegmentReader],
    pairs: [CompoundField; 2],
    syllables: [FoldedField; 2],
    /// Articles.
    pub articles: u64,
    /// What was counted so far: pairs by what they fold to, syllables as spelt, and what syllables fold to of which all spellings are known.
    known_pairs: RefCell<HashMap<String, Pairs>>,
    known: RefCell<HashMap<String, u64>>,
    folded: RefCell<HashSet<String>>,
}

impl<'a> Counts<'a> {
    pub fn new(generation: &'a Generation) -> Counts<'a> {
        let schema = generation.schema();
        Counts {
            readers: generation.searcher().segment_readers(),
            pairs: Part::ALL.map(|part| schema.pairs(part)),
            syllables: Part::ALL.map(|part| schema.folded(schema.text(part, Stream::Folded))),
            articles: generation.statistics().articles(),
            known_pairs: RefCell::default(),
            known: RefCell::default(),
            folded: RefCell::default(),
        }
    }

    /// The pairs of neighbours that fold to these syllables, as spelt, with single spaces between.
    pub fn pairs(&self, first: &str, second: &str) -> tantivy::Result<Pairs> {
        let beginning = compound::folded(&format!("{first} {second}"));
        if let Some(known) = self.known_pairs.borrow().get(&beginning) {
            return Ok(Rc::clone(known));
        }
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
        let pairs = Pairs::from(pairs);
        self.known_pairs.borrow_mut().insert(beginning, Rc::clone(&pairs));
        Ok(pairs)
    }

    /// All spellings of a pair of neighbours together.
    pub fn any_pair(&self, first: &str, second: &str) -> tantivy::Result<u64> {
        Ok(self.pairs(first, second)?.iter().map(|(_, count)| count).sum())
    }

    /// A pair of neighbours as spelt.
    pub fn pair(&self, first: &str, second: &str) -> tantivy::Result<u64> {
        let Some(term) = compound::pair(first, second) else { return Ok(0) };
        self.pairs.iter().map(|field| self.sum(&Spellings::Compound(field.clone(), term.clone()))).sum()
    }

    /// A syllable as spelt. Of the first of its spellings that is asked for, all are counted.
    pub fn syllable(&self, spelt: &str) -> tantivy::Result<u64> {
        let folded = fold(spelt);
        if !self.folded.borrow().contains(&folded) {
            let mut known = self.known.borrow_mut();
            for (field, reader) in self.dictionaries() {
                let index = field.index(reader)?;
                for (spelling, info) in field.spellings(reader, &folded)?.iter() {
                    let list = PostingList::Term(Arc::clone(&index), info.clone());
                    *known.entry(spelling.to_string()).or_default() += u64::from(list.living(reader)?);
                }
            }
            self.folded.borrow_mut().insert(folded);
        }
        Ok(self.known.borrow().get(spelt).copied().unwrap_or(0))
    }

    /// Folded syllables, each with all its spellings together; only those that stand somewhere.
    pub fn folded<'f>(&self, folded: impl Iterator<Item = &'f str> + Clone) -> tantivy::Result<HashMap<String, u64>> {
        let mut counts: HashMap<String, u64> = HashMap::new();
        for (field, reader) in self.dictionaries() {
            let index = field.index(reader)?;
            let mut found = Vec::new();
            field.each_of(reader, folded.clone(), |term, info| {
                found.push((fold(term), PostingList::Term(Arc::clone(&index), info.clone())))
            })?;
            for (folded, list) in found {
                *counts.entry(folded).or_default() += u64::from(list.living(reader)?);
            }
        }
        Ok(counts)
    }

    /// Those of titles and bodies in each segment.
    fn dictionaries(&self) -> impl Iterator<Item = (&FoldedField, &SegmentReader)> {
        self.syllables.iter().flat_map(|field| self.readers.iter().map(move |reader| (field, reader)))
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
