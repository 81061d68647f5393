//! How often syllables and pairs of neighbours stand in the archive: what a correction is chosen by.
//!
//! Input → output: folded syllables → their spellings with numbers of articles, over all segments. Chooses nothing.

use crate::analysis::Stream;
use crate::index::{Generation, Part, Spellings, compound, living};
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::{InvertedIndexReader, SegmentReader};

/// Reads the counts of an archive. Title and body count each for itself: a measure of how usual something is, not a total.
pub(super) struct Counts<'a> {
    pairs: Vec<Opened<'a>>,
    syllables: Vec<Opened<'a>>,
    /// Articles.
    pub articles: u64,
    known: RefCell<HashMap<String, u64>>,
}

/// A field of a segment.
struct Opened<'a> {
    field: Field,
    reader: &'a SegmentReader,
    index: Arc<InvertedIndexReader>,
}

impl Opened<'_> {
    fn living(&self, info: &TermInfo) -> tantivy::Result<u64> {
        living(self.reader, &self.index, info).map(u64::from)
    }
}

impl<'a> Counts<'a> {
    pub fn new(generation: &'a Generation) -> tantivy::Result<Counts<'a>> {
        let schema = generation.schema();
        let open = |field: &dyn Fn(Part) -> Field| {
            let fields = Part::ALL.into_iter().map(field);
            let readers = generation.searcher().segment_readers();
            let opened = fields.flat_map(|field| readers.iter().map(move |reader| (field, reader)));
            opened
                .map(|(field, reader)| Ok(Opened { field, reader, index: reader.inverted_index(field)? }))
                .collect::<tantivy::Result<Vec<_>>>()
        };
        Ok(Counts {
            pairs: open(&|part| schema.pairs(part))?,
            syllables: open(&|part| schema.text(part, Stream::Syllable))?,
            articles: generation.statistics().articles(),
            known: RefCell::default(),
        })
    }

    /// The pairs of neighbours that fold to these syllables, as spelt, with single spaces between.
    pub fn pairs(&self, first: &str, second: &str) -> tantivy::Result<Vec<(String, u64)>> {
        let folded = format!("{first} {second}");
        let mut pairs: HashMap<String, u64> = HashMap::new();
        for opened in &self.pairs {
            compound::each_spelling(&opened.index, &folded, |term, info| {
                let Some(pair) = compound::spelling(term) else { return Ok(()) };
                *pairs.entry(pair).or_default() += opened.living(info)?;
                Ok(())
            })?;
        }
        let mut pairs: Vec<(String, u64)> = pairs.into_iter().filter(|(_, count)| *count > 0).collect();
        pairs.sort();
        Ok(pairs)
    }

    /// A pair of neighbours as spelt.
    pub fn pair(&self, first: &str, second: &str) -> tantivy::Result<u64> {
        compound::pair(first, second).map_or(Ok(0), |term| sum(&self.pairs, &term))
    }

    /// A syllable as spelt.
    pub fn syllable(&self, spelt: &str) -> tantivy::Result<u64> {
        if let Some(&count) = self.known.borrow().get(spelt) {
            return Ok(count);
        }
        let count = sum(&self.syllables, spelt)?;
        self.known.borrow_mut().insert(spelt.to_owned(), count);
        Ok(count)
    }

    /// All spellings of a folded syllable together.
    pub fn folded(&self, folded: &str) -> tantivy::Result<u64> {
        let mut count = 0;
        for opened in &self.syllables {
            let spellings = Spellings::Folded(opened.field, vec![folded.to_owned()]);
            for info in spellings.lists(&opened.index)? {
                count += opened.living(&info)?;
            }
        }
        Ok(count)
    }
}

fn sum(fields: &[Opened], term: &str) -> tantivy::Result<u64> {
    let mut count = 0;
    for opened in fields {
        if let Some(info) = opened.index.terms().get(term)? {
            count += opened.living(&info)?;
        }
    }
    Ok(count)
}
