//! A field of syllables as it is searched without diacritics: a folded syllable → its spellings in a segment.
//!
//! They are found by a walk through the dictionary ([`super::folding`]), which one query asks for many times over (for its readings, its ranking, its written forms), and
//! the next queries again. So what was found is kept as long as the state of the index; segments never change.

use super::folding::{AnyOf, Folding};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::{InvertedIndexReader, SegmentReader};

/// Spellings that are kept, of all syllables in all segments together; one takes about a hundred bytes.
const KEPT: u64 = 1 << 17;

/// A term of the dictionary, and where its postings lie.
pub type Spelling = (Box<str>, TermInfo);

type Key = (SegmentId, Field, String);

/// What was looked up so far.
#[derive(Clone)]
pub(super) struct Known(Arc<Cache<Key, Arc<[Spelling]>, BySpellings>>);

impl Default for Known {
    fn default() -> Known {
        /// Most syllables have a few spellings in a segment.
        const USUAL: u64 = 8;
        Known(Arc::new(Cache::with_weighter((KEPT / USUAL) as usize, KEPT, BySpellings)))
    }
}

#[derive(Clone)]
struct BySpellings;

impl Weighter<Key, Arc<[Spelling]>> for BySpellings {
    fn weight(&self, _: &Key, spellings: &Arc<[Spelling]>) -> u64 {
        // A syllable that stands nowhere takes its place too.
        spellings.len() as u64 + 1
    }
}

/// The handle of such a field.
#[derive(Clone, Debug)]
pub struct FoldedField {
    field: Field,
    known: Known,
}

impl FoldedField {
    pub(super) fn new(field: Field, known: &Known) -> FoldedField {
        FoldedField { field, known: known.clone() }
    }

    /// The dictionary and the postings of a segment.
    ///
    /// # Errors
    /// tantivy's, if the index cannot be read.
    pub fn index(&self, reader: &SegmentReader) -> tantivy::Result<Arc<InvertedIndexReader>> {
        reader.inverted_index(self.field)
    }

    /// The terms of a segment that fold to a text, in order.
    ///
    /// # Errors
    /// tantivy's, if the index cannot be read.
    pub fn spellings(&self, reader: &SegmentReader, folded: &str) -> tantivy::Result<Arc<[Spelling]>> {
        let key = (reader.segment_id(), self.field, folded.to_owned());
        if let Some(known) = self.known.0.get(&key) {
            return Ok(known);
        }
        let mut spellings = Vec::new();
        self.each_of(reader, std::iter::once(folded), |term, info| spellings.push((term.into(), info.clone())))?;
        let spellings: Arc<[Spelling]> = spellings.into();
        self.known.0.insert(key, Arc::clone(&spellings));
        Ok(spellings)
    }

    /// Calls `each` with the terms of a segment that fold to one of some texts, in order: one walk, however many there are. Keeps nothing.
    ///
    /// # Errors
    /// tantivy's, if the index cannot be read.
    pub fn each_of<'t>(
        &self,
        reader: &SegmentReader,
        folded: impl IntoIterator<Item = &'t str>,
        mut each: impl FnMut(&str, &TermInfo),
    ) -> tantivy::Result<()> {
        let index = self.index(reader)?;
        let mut terms = index.terms().search(Folding(AnyOf::these(folded))).into_stream()?;
        while terms.advance() {
            // Terms are text; what is not is not asked for.
            if let Ok(term) = std::str::from_utf8(terms.key()) {
                each(term, terms.value());
            }
        }
        Ok(())
    }
}

impl std::fmt::Debug for Known {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Known").field(&self.0.len()).finish()
    }
}

impl PartialEq for FoldedField {
    fn eq(&self, other: &FoldedField) -> bool {
        self.field == other.field
    }
}

impl Eq for FoldedField {}

impl Hash for FoldedField {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.field.hash(state);
    }
}
