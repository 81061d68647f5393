//! What an index says of itself: collections, versions of everything that made it, the last run, the files read.
//!
//! A manifest is written to a file of its own before tantivy commits; the commit carries its number and its hash.
//! Killed in between, the file is a leftover that the next commit writes over.

use super::error::IndexError;
use super::generation::damaged;
use crate::article::{FileStamp, Hash128};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tantivy::Index;

/// This program, as indexes and answers name it.
pub const TOOL: &str = concat!("tracuu ", env!("CARGO_PKG_VERSION"));

/// Version of the folder's layout and schema. An index of another one has to be built anew.
pub(super) const FORMAT: u32 = 8;

/// What an index says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the folder's layout and schema.
    pub format: u32,
    /// Number of the commit, from 1.
    pub generation: u64,
    /// Name of the index, made when it was built.
    pub index_id: Hash128,
    /// Hash over the sorted ids and content hashes of all articles: equal archives have equal corpus ids.
    pub corpus_id: Hash128,
    /// Number of articles.
    pub articles: u64,
    /// Hash of the table of near-duplicates, which names its file; null within a run, where whoever needs the groups finds them himself.
    pub groups: Option<Hash128>,
    /// The program that wrote it, `tracuu 0.1.0`.
    pub tool: String,
    /// Hash over program version and all tables: articles of another pipeline count as changed.
    pub pipeline: Hash128,
    /// Hash of every table, lexicon and model, by name.
    pub tables: BTreeMap<String, Hash128>,
    /// The collections, by name.
    pub collections: BTreeMap<String, CollectionEntry>,
    /// The last run.
    pub run: RunReport,
    /// The files that were read to their end, by collection and path.
    pub files: BTreeMap<String, BTreeMap<String, FileState>>,
}

/// A collection: a path that was given to `index`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionEntry {
    /// Where it lay when it was last indexed.
    pub root: PathBuf,
    /// What stands beside its articles.
    pub tables: UserTables,
}

/// The tables that a user keeps beside the articles of a collection, as they were last read; null where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserTables {
    /// `abbreviations.tsv`. They concern queries only, so no article changes with them.
    pub abbreviations: Option<UserTable>,
    /// `corrections.jsonl`: applied to the articles that they name, whatever their collection.
    pub corrections: Option<UserTable>,
    /// `people.tsv`: who is the same, and who is not. It concerns questions about people only, so no article changes with it.
    #[serde(default)]
    pub people: Option<UserTable>,
    /// `sources.tsv`: the publishers of this collection.
    pub sources: Option<UserTable>,
}

/// A table of the user's, kept so that the index answers the same wherever it is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserTable {
    /// Hash of the file's bytes.
    pub hash: Hash128,
    /// The file's text; lines that cannot be read are still in it.
    pub text: String,
}

/// What became of a file that was read to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileState {
    /// Hash of its bytes on disk, and of what decided how they were read.
    pub hash: Option<Hash128>,
    /// By what it is told unchanged without being opened; null where its time was too near to that of reading it to tell.
    #[serde(default)]
    pub stamp: Option<FileStamp>,
    /// Records that became articles, or lost to another capture of the same id.
    pub records: u64,
    /// Records, or the whole file, that did not, by reason.
    pub skipped: BTreeMap<String, u64>,
    /// Whether there may be articles among what was skipped; only of use while the file is noted.
    #[serde(skip)]
    pub may_hide_articles: bool,
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RunReport {
    /// Whether it came to its end; false while it runs, and for ever after it was killed.
    pub completed: bool,
    /// When it began, RFC 3339, UTC.
    pub started: String,
    /// Articles that are new.
    pub added: u64,
    /// Articles whose text or values changed.
    pub changed: u64,
    /// Articles that were there already: of records that were read again, and of files that were not.
    pub unchanged: u64,
    /// Records that lost to another capture of the same id.
    pub superseded: u64,
    /// Articles that were removed.
    pub removed: u64,
    /// Articles, of all that the index holds when the run ends, that are near-duplicates of an earlier dated one.
    pub duplicate: u64,
    /// Records and files that this run met and that did not become articles, by reason.
    pub skipped: BTreeMap<String, u64>,
    /// Articles that were brought in line with corrections that had changed, without being read again.
    pub corrected: u64,
    /// Files that were not read because they have not changed.
    pub unchanged_files: u64,
}

impl Manifest {
    /// The manifest of a new index.
    pub(super) fn new(index_id: Hash128) -> Manifest {
        Manifest {
            format: FORMAT,
            generation: 0,
            index_id,
            corpus_id: Hash128::of([]),
            articles: 0,
            groups: None,
            tool: TOOL.to_owned(),
            pipeline: Hash128::of([]),
            tables: BTreeMap::new(),
            collections: BTreeMap::new(),
            run: RunReport::default(),
            files: BTreeMap::new(),
        }
    }

    /// The manifest that the last commit of an index names.
    ///
    /// A writer beside us removes manifests as it goes on: then that of the newer commit is read.
    pub(super) fn committed(dir: &Path, index: &Index) -> Result<Manifest, IndexError> {
        loop {
            let name = CommitName::of(dir, index)?;
            let manifest = Manifest::named(dir, name);
            if manifest.is_ok() || CommitName::of(dir, index)? == name {
                return manifest;
            }
        }
    }

    /// The manifest of a commit.
    pub(super) fn named(dir: &Path, name: CommitName) -> Result<Manifest, IndexError> {
        let path = path(dir, name.generation);
        let wrong = |what: &dyn std::fmt::Display| damaged(dir, format_args!("{}: {what}", path.display()));
        let text = fs::read(&path).map_err(|error| wrong(&error))?;
        if name.manifest.is_some_and(|hash| hash != Hash128::of([text.as_slice()])) {
            return Err(wrong(&"it differs from its checksum"));
        }
        /// The one field that every format has.
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        let Format { format } = serde_json::from_slice(&text).map_err(|error| wrong(&error))?;
        if format != FORMAT {
            return Err(IndexError::Format { dir: dir.to_owned(), found: format.to_string(), expected: FORMAT });
        }
        let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| wrong(&error))?;
        match name.manifest {
            Some(_) if manifest.generation == name.generation => Ok(manifest),
            _ => Err(wrong(&"it is not the one that the last commit names")),
        }
    }

    /// Writes the manifest to its file and waits until it is on the disk; returns the name by which a commit calls it.
    pub(super) fn write(&self, dir: &Path) -> Result<CommitName, IndexError> {
        let path = path(dir, self.generation);
        let text = serde_json::to_vec(self).expect("maps of these types have text keys only, so they always serialise");
        let write = || {
            let mut file = fs::File::create(&path)?;
            std::io::Write::write_all(&mut file, &text)?;
            file.sync_all()?;
            // The name has to be on the disk too.
            if cfg!(unix) { fs::File::open(dir)?.sync_all() } else { Ok(()) }
        };
        write().map_err(IndexError::io(&path))?;
        Ok(CommitName { generation: self.generation, manifest: Some(Hash128::of([text.as_slice()])) })
    }

    /// The numbers of the manifests that lie in a folder, the newest first.
    pub(super) fn numbers(dir: &Path) -> Vec<u64> {
        let number = |entry: fs::DirEntry| entry.file_name().to_str()?.strip_prefix("manifest-")?.strip_suffix(".json")?.parse().ok();
        let mut numbers: Vec<u64> = fs::read_dir(dir).into_iter().flatten().flatten().filter_map(number).collect();
        numbers.sort_unstable_by(|one, other| other.cmp(one));
        numbers
    }

    /// The tables of users that change answers and no article, each by its name and its collection's, in order.
    pub fn tables_for_queries(&self) -> BTreeMap<String, Hash128> {
        let of_collection = |(name, collection): (&String, &CollectionEntry)| {
            let UserTables { abbreviations, people, .. } = &collection.tables;
            let named = [("abbreviations.tsv", abbreviations), ("people.tsv", people)];
            named.map(|(table, known)| known.as_ref().map(|known| (format!("{table} ({name})"), known.hash)))
        };
        self.collections.iter().flat_map(of_collection).flatten().collect()
    }

    /// Hash over these tables.
    pub fn user_tables(&self) -> Hash128 {
        let tables = self.tables_for_queries();
        let parts: Vec<String> = tables.into_iter().flat_map(|(name, hash)| [name, hash.to_string()]).collect();
        Hash128::of(parts.iter().map(String::as_bytes))
    }

    /// What makes articles out of a collection's bytes: the pipeline, and the collection's own table of publishers.
    pub(super) fn pipeline_of(&self, collection: &str) -> Hash128 {
        let sources = self.collections.get(collection).and_then(|entry| entry.tables.sources.as_ref());
        let pipeline = self.pipeline;
        sources.map_or(pipeline, |sources| Hash128::of([pipeline.to_string().as_bytes(), sources.hash.to_string().as_bytes()]))
    }

    /// Removes manifests that no commit names any more; a reader may still be opening the one before.
    pub(super) fn remove_older(&self, dir: &Path) {
        for number in Manifest::numbers(dir).into_iter().filter(|number| number + 1 < self.generation) {
            // A leftover manifest costs space and nothing else; the next commit tries again.
            let _ = fs::remove_file(path(dir, number));
        }
    }

    /// Records and files that did not become articles, by reason, over all files of the index.
    pub fn skipped(&self) -> BTreeMap<String, u64> {
        let mut skipped = BTreeMap::new();
        for (reason, count) in self.files.values().flat_map(BTreeMap::values).flat_map(|file| &file.skipped) {
            *skipped.entry(reason.clone()).or_default() += count;
        }
        skipped
    }
}

/// What a commit calls its manifest: number and hash of the file. A number alone is of an earlier format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CommitName {
    pub generation: u64,
    pub manifest: Option<Hash128>,
}

impl CommitName {
    /// That of the last commit.
    pub fn of(dir: &Path, index: &Index) -> Result<CommitName, IndexError> {
        let metas = index.load_metas().map_err(|error| damaged(dir, error))?;
        let payload = metas.payload.ok_or_else(|| damaged(dir, "its last commit names no manifest"))?;
        CommitName::parse(&payload).ok_or_else(|| damaged(dir, format_args!("its last commit names the manifest {payload:?}")))
    }

    fn parse(payload: &str) -> Option<CommitName> {
        let (generation, manifest) = match payload.split_once(' ') {
            Some((generation, hash)) => (generation, Some(Hash128::parse(hash)?)),
            None => (payload, None),
        };
        Some(CommitName { generation: generation.parse().ok()?, manifest })
    }
}

impl std::fmt::Display for CommitName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.generation)?;
        self.manifest.map_or(Ok(()), |hash| write!(f, " {hash}"))
    }
}

pub(super) fn path(dir: &Path, generation: u64) -> PathBuf {
    dir.join(format!("manifest-{generation:08}.json"))
}
