//! Which articles tell the same story in the same words: a side table of the generation, found anew at the end of each run.
//!
//! Input → output: a committed state → groups of near-duplicates ([`find`]) → a file beside the manifest, which names it by its hash
//! → [`Groups`] of a generation. The groups hang on the articles alone: on no order, no thread and no interruption.

mod candidates;
mod compared;
mod components;
mod find;
mod nodes;

pub(super) use compared::{Compared, NAME as COMPARED};
pub(super) use find::find;
pub(super) use nodes::signature;

use super::error::IndexError;
use super::generation::damaged;
use super::schema::column;
use crate::article::{ArticleId, Hash128};
use crate::whole_file;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use tantivy::{DocId, Searcher};

/// Groups of two articles or more, each in its order: the earliest dated first, by which the group goes. In order of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct GroupList(pub Vec<Vec<ArticleId>>);

/// What a file begins with; another version is another table.
const MAGIC: &[u8] = b"tracuu groups 1\n";

/// What its name begins and ends with.
const PREFIX: &str = "groups-";
const SUFFIX: &str = ".bin";

fn path(dir: &Path, hash: Hash128) -> PathBuf {
    dir.join(format!("{PREFIX}{hash}{SUFFIX}"))
}

impl GroupList {
    /// Reads the file that a manifest names.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] if it is not there or differs from its hash.
    pub fn read(dir: &Path, hash: Hash128) -> Result<GroupList, IndexError> {
        let path = path(dir, hash);
        let wrong = |what: &dyn std::fmt::Display| damaged(dir, format_args!("{}: {what}", path.display()));
        let bytes = fs::read(&path).map_err(|error| wrong(&error))?;
        if Hash128::of([bytes.as_slice()]) != hash {
            return Err(wrong(&"it differs from its checksum"));
        }
        GroupList::decode(&bytes).ok_or_else(|| wrong(&"it is not readable"))
    }

    /// Writes the file and waits until it is on the disk; returns its hash. What is written under a name is always the same.
    pub fn write(&self, dir: &Path) -> Result<Hash128, IndexError> {
        let bytes = self.encode();
        let hash = Hash128::of([bytes.as_slice()]);
        let path = path(dir, hash);
        whole_file::write(&path, &bytes).map_err(IndexError::io(&path))?;
        Ok(hash)
    }

    /// Removes the files that a committed manifest does not name.
    pub fn remove_others(dir: &Path, named: Option<Hash128>) {
        let kept = named.map(|hash| path(dir, hash));
        for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
            let is_table = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
            if is_table && Some(entry.path()) != kept {
                // A leftover costs space and nothing else; the next commit tries again.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Number of articles that stand behind the first of their group.
    pub fn duplicates(&self) -> u64 {
        self.0.iter().map(|group| group.len() as u64 - 1).sum()
    }

    /// The members of each group behind their number, all in 16 bytes.
    fn encode(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for group in &self.0 {
            bytes.extend((group.len() as u128).to_le_bytes());
            for id in group {
                let (high, low) = id.halves();
                bytes.extend(high.to_le_bytes());
                bytes.extend(low.to_le_bytes());
            }
        }
        bytes
    }

    fn decode(bytes: &[u8]) -> Option<GroupList> {
        let (cells, []) = bytes.strip_prefix(MAGIC)?.as_chunks::<16>() else { return None };
        let half = |cell: &[u8; 16], at: usize| Some(u64::from_le_bytes(cell.get(at..at + 8)?.try_into().ok()?));
        let mut groups = Vec::new();
        let mut rest = cells;
        while let Some((count, after)) = rest.split_first() {
            let (members, after) = after.split_at_checked(usize::try_from(u128::from_le_bytes(*count)).ok()?)?;
            groups.push(members.iter().map(|cell| Some(ArticleId::from_halves(half(cell, 0)?, half(cell, 8)?))).collect::<Option<_>>()?);
            rest = after;
        }
        Some(GroupList(groups))
    }
}

/// The near-duplicates of a generation.
#[derive(Debug, Default)]
pub struct Groups {
    /// The members of all groups, group after group.
    members: Vec<ArticleId>,
    /// The group of each of them, from 0.
    group_of: Vec<u32>,
    /// Where the members of each group begin, and where those of the last one end.
    starts: Vec<u32>,
    by_id: HashMap<ArticleId, u32>,
    /// By segment and document, the place among `members`; [`ALONE`] for most.
    places: Vec<Vec<u32>>,
}

/// Stands for an article that has no copies.
const ALONE: u32 = u32::MAX;

/// A member of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Membership {
    /// Number of the group.
    pub group: u32,
    /// Its place among all members: within a group, the smaller is the earlier dated.
    pub place: u32,
}

impl Groups {
    pub(super) fn new(list: GroupList, searcher: &Searcher) -> tantivy::Result<Groups> {
        let mut groups = Groups { starts: vec![0], ..Groups::default() };
        for (number, group) in (0..).zip(list.0) {
            groups.group_of.extend(group.iter().map(|_| number));
            groups.members.extend(group);
            groups.starts.push(groups.members.len() as u32);
        }
        groups.by_id = groups.members.iter().copied().zip(0..).collect();
        if groups.members.is_empty() {
            return Ok(groups);
        }
        for reader in searcher.segment_readers() {
            let (high, low) = (reader.fast_fields().u64(column::ID_HIGH)?, reader.fast_fields().u64(column::ID_LOW)?);
            let id = |doc| Some(ArticleId::from_halves(high.first(doc)?, low.first(doc)?));
            let place = |doc| id(doc).and_then(|id| groups.by_id.get(&id).copied()).unwrap_or(ALONE);
            groups.places.push((0..reader.max_doc()).map(place).collect());
        }
        Ok(groups)
    }

    /// Number of groups.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether every article stands alone.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Number of articles that belong to a group.
    pub fn articles(&self) -> usize {
        self.members.len()
    }

    /// The membership of an article, by segment and document; none where it stands alone.
    pub fn membership(&self, segment: usize, doc: DocId) -> Option<Membership> {
        let place = *self.places.get(segment)?.get(doc as usize)?;
        Some(Membership { group: *self.group_of.get(place as usize)?, place })
    }

    /// All members of an article's group, the earliest dated first; none where it stands alone.
    pub fn of(&self, id: ArticleId) -> Option<&[ArticleId]> {
        let group = self.group_of[*self.by_id.get(&id)? as usize] as usize;
        Some(&self.members[self.starts[group] as usize..self.starts[group + 1] as usize])
    }

    /// The id that an article's group goes by.
    pub fn name_of(&self, id: ArticleId) -> Option<ArticleId> {
        self.of(id)?.first().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_survives_its_file_and_every_damage_is_seen() {
        let id = |name: &str| Hash128::of([name.as_bytes()]);
        let list = GroupList(vec![vec![id("a"), id("b")], vec![id("c"), id("d"), id("e")]]);
        let folder = tempfile::tempdir().unwrap();
        let hash = list.write(folder.path()).unwrap();
        assert_eq!(GroupList::read(folder.path(), hash).unwrap(), list);

        let file = path(folder.path(), hash);
        let whole = fs::read(&file).unwrap();
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 1;
            for broken in [&whole[..at], &flipped] {
                fs::write(&file, broken).unwrap();
                let error = GroupList::read(folder.path(), hash).unwrap_err();
                assert!(matches!(&error, IndexError::Damaged { what, .. } if what.contains("checksum")), "{error}");
                // What the checksum would not see must not panic.
                let _ = GroupList::decode(broken);
            }
        }
        GroupList::remove_others(folder.path(), None);
        assert!(GroupList::read(folder.path(), hash).is_err());
    }
}
