//! Several syllables as one term: each two neighbours of titles and of bodies, and the words of the segmenter.
//!
//! A word of two syllables is one posting list and no phrase, and positions are read only in articles that hold all pairs of a longer one. They
//! are most of all terms, so they have files of their own in each segment (`pairs`, `pairlists`), made for them: terms of
//! three bytes a syllable, lists without frequencies or positions. tantivy writes, merges and checks these files with its own.

mod collect;
mod dictionary;
mod list;
mod plugin;
mod term;

pub use dictionary::{Dictionary, Merged, Terms};
pub use list::{Documents, List};
pub(super) use plugin::CompoundPlugin;
pub use term::{first, folded, pair, spelling, term};

use super::schema::Part;
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use tantivy::index::SegmentId;
use tantivy::{Searcher, SegmentReader};

/// Endings of the files.
pub(super) const TERMS: &str = "pairs";
pub(super) const LISTS: &str = "pairlists";
pub(super) const EXTENSIONS: [&str; 2] = [TERMS, LISTS];

/// A dictionary of compound terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Compounds {
    /// Each two neighbours of a title.
    TitlePairs,
    /// Each two neighbours of a body.
    BodyPairs,
    /// The words of two syllables or more in title or body, for ranking.
    Words,
}

impl Compounds {
    /// All, in the order of the files.
    pub const ALL: [Compounds; 3] = [Compounds::TitlePairs, Compounds::BodyPairs, Compounds::Words];

    /// The pairs of a part.
    pub fn pairs(part: Part) -> Compounds {
        match part {
            Part::Title => Compounds::TitlePairs,
            Part::Body => Compounds::BodyPairs,
        }
    }

    /// The name in `stats`.
    pub fn name(self) -> &'static str {
        match self {
            Compounds::TitlePairs => "title_pairs",
            Compounds::BodyPairs => "body_pairs",
            Compounds::Words => "words",
        }
    }
}

/// The dictionaries of all segments of a searcher, opened once.
#[derive(Debug, Default)]
pub(super) struct Opened(HashMap<SegmentId, [Dictionary; Compounds::ALL.len()]>);

impl Opened {
    pub fn of(searcher: &Searcher) -> tantivy::Result<Opened> {
        let open = |reader: &SegmentReader| {
            let [title, body, words] = Compounds::ALL.map(|compounds| Dictionary::open(reader, compounds));
            Ok((reader.segment_id(), [title?, body?, words?]))
        };
        searcher.segment_readers().iter().map(open).collect::<tantivy::Result<_>>().map(Opened)
    }
}

/// The handle of a dictionary, as a tantivy field is of its own.
#[derive(Clone, Debug)]
pub struct CompoundField {
    compounds: Compounds,
    opened: Arc<Opened>,
}

impl CompoundField {
    pub(super) fn new(compounds: Compounds, opened: &Arc<Opened>) -> CompoundField {
        CompoundField { compounds, opened: Arc::clone(opened) }
    }

    /// The dictionary of a segment.
    ///
    /// # Errors
    /// tantivy's, if the files of the segment cannot be read.
    pub fn dictionary(&self, reader: &SegmentReader) -> tantivy::Result<Cow<'_, Dictionary>> {
        match self.opened.0.get(&reader.segment_id()) {
            Some(opened) => Ok(Cow::Borrowed(&opened[self.compounds as usize])),
            None => Dictionary::open(reader, self.compounds).map(Cow::Owned),
        }
    }
}

impl PartialEq for CompoundField {
    fn eq(&self, other: &CompoundField) -> bool {
        self.compounds == other.compounds
    }
}

impl Eq for CompoundField {}

impl Hash for CompoundField {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.compounds.hash(state);
    }
}

#[cfg(test)]
mod tests;
