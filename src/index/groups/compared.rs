//! Pairs of texts that were compared, and what came of it, so that the next run compares only what is new.
//!
//! Input → output: a file of the index folder → [`Compared`] → the same file, with the pairs that the run looked at. What two texts have in common
//! hangs on these two alone, so nothing is found otherwise for it, and the file may be lost, or be damaged, at no harm.

use crate::article::{Hash128, Resemblance, Story};
use crate::index::error::IndexError;
use crate::whole_file;
use std::fs;
use std::path::{Path, PathBuf};

/// The file, within the index folder.
pub const NAME: &str = "compared.bin";

/// What it begins with; another version wherever other texts are alike than before.
const MAGIC: &[u8] = b"tracuu compared 1\n";

/// The longest file that is read: eight million pairs.
const MOST_BYTES: u64 = 8_000_000 * CELL as u64;

/// Bytes of a pair: two texts, and what came of it.
const CELL: usize = 17;

/// What came of comparing two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    Unlike,
    Copies,
    /// The first stands in the second.
    First,
    /// The second stands in the first.
    Second,
}

impl Relation {
    const ALL: [Relation; 4] = [Relation::Unlike, Relation::Copies, Relation::First, Relation::Second];

    pub fn of(one: &Story, other: &Story) -> Relation {
        match one.resemblance(other) {
            None => Relation::Unlike,
            Some(Resemblance::Copy) => Relation::Copies,
            Some(Resemblance::Part) if one.len() <= other.len() => Relation::First,
            Some(Resemblance::Part) => Relation::Second,
        }
    }

    /// The same, with the texts the other way round.
    fn turned(self) -> Relation {
        match self {
            Relation::First => Relation::Second,
            Relation::Second => Relation::First,
            other => other,
        }
    }
}

/// A text, by one half of its hash.
pub type Text = u64;

/// Pairs of texts, each once, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared(Vec<(Text, Text, Relation)>);

impl Compared {
    /// The pairs, in whatever order they were compared.
    pub fn of(mut pairs: Vec<(Text, Text, Relation)>) -> Compared {
        for pair in pairs.iter_mut().filter(|pair| pair.0 > pair.1) {
            *pair = (pair.1, pair.0, pair.2.turned());
        }
        pairs.sort_unstable();
        pairs.dedup();
        Compared(pairs)
    }

    /// What came of comparing two texts; none if nobody did.
    pub fn get(&self, one: Text, other: Text) -> Option<Relation> {
        let key = (one.min(other), one.max(other));
        let at = self.0.binary_search_by_key(&key, |pair| (pair.0, pair.1)).ok()?;
        let relation = self.0[at].2;
        Some(if one > other { relation.turned() } else { relation })
    }

    /// What an earlier run found; nothing, where that cannot be read.
    pub fn load(dir: &Path) -> Compared {
        let path = path(dir);
        let is_short = fs::metadata(&path).is_ok_and(|file| file.len() <= MOST_BYTES);
        let bytes = if is_short { fs::read(&path).ok() } else { None };
        bytes.and_then(|bytes| Compared::decode(&bytes)).unwrap_or_default()
    }

    /// Writes the file anew.
    ///
    /// # Errors
    /// [`IndexError::Io`].
    pub fn write(&self, dir: &Path) -> Result<(), IndexError> {
        let path = path(dir);
        whole_file::write(&path, &self.encode()).map_err(IndexError::io(&path))
    }

    fn encode(&self) -> Vec<u8> {
        let mut cells = Vec::with_capacity(self.0.len() * CELL);
        for (one, other, relation) in &self.0 {
            cells.extend(one.to_le_bytes());
            cells.extend(other.to_le_bytes());
            cells.push(*relation as u8);
        }
        let (high, low) = Hash128::of([cells.as_slice()]).halves();
        [MAGIC, &high.to_le_bytes(), &low.to_le_bytes(), &cells].concat()
    }

    fn decode(bytes: &[u8]) -> Option<Compared> {
        let (high, rest) = bytes.strip_prefix(MAGIC)?.split_first_chunk()?;
        let (low, cells) = rest.split_first_chunk()?;
        if Hash128::of([cells]).halves() != (u64::from_le_bytes(*high), u64::from_le_bytes(*low)) {
            return None;
        }
        let (cells, []) = cells.as_chunks::<CELL>() else { return None };
        let pair = |cell: &[u8; CELL]| {
            let (one, rest) = cell.split_first_chunk()?;
            let (other, relation) = rest.split_first_chunk()?;
            let relation = *Relation::ALL.get(usize::from(*relation.first()?))?;
            Some((u64::from_le_bytes(*one), u64::from_le_bytes(*other), relation))
        };
        // In order, whoever wrote it: what is looked for is found by halves.
        Some(Compared::of(cells.iter().map(pair).collect::<Option<_>>()?))
    }
}

fn path(dir: &Path) -> PathBuf {
    dir.join(NAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_found_again_whichever_text_comes_first() {
        let compared =
            Compared::of(vec![(9, 2, Relation::First), (3, 3, Relation::Copies), (1, 2, Relation::Unlike), (9, 2, Relation::First)]);
        assert_eq!(compared.0.len(), 3);
        assert_eq!([compared.get(9, 2), compared.get(2, 9)], [Some(Relation::First), Some(Relation::Second)]);
        assert_eq!([compared.get(2, 1), compared.get(3, 3), compared.get(1, 3)], [Some(Relation::Unlike), Some(Relation::Copies), None]);
    }

    #[test]
    fn a_damaged_file_says_nothing() {
        let compared = Compared::of((0..20).map(|text| (text, 40 - text, Relation::ALL[text as usize % 4])).collect());
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Compared::load(folder.path()), Compared::default());
        compared.write(folder.path()).unwrap();
        assert_eq!(Compared::load(folder.path()), compared);
        let whole = fs::read(path(folder.path())).unwrap();
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 1;
            for broken in [&whole[..at], &flipped] {
                fs::write(path(folder.path()), broken).unwrap();
                assert_eq!(Compared::load(folder.path()), Compared::default(), "damaged at byte {at}");
            }
        }
    }
}
