//! What an index that is being replaced knew of its articles and no source can tell again: when they came, and their earlier texts.
//!
//! Input → output: an index folder, whatever is damaged in it → by article, its first day and its versions. Reads the stores that agree
//! with their checksums and nothing else, so that a damaged list of segments or posting is no hindrance.

use super::generation::SEGMENTS;
use super::schema::Schema;
use super::stored::{StoredArticle, Version};
use crate::article::{Article, ArticleId};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs;
use std::path::{Path, PathBuf};
use tantivy::directory::{ManagedDirectory, MmapDirectory};
use tantivy::store::StoreReader;
use tantivy::{Directory, DocId, TantivyDocument};

/// Blocks of a store that are kept unpacked: articles are asked for in the order in which they came, nearly.
const CACHED_BLOCKS: usize = 8;

/// The articles of an index as far as they can be read.
pub struct History {
    schema: Schema,
    stores: Vec<StoreReader>,
    places: HashMap<ArticleId, Place>,
    damaged: usize,
}

/// Where the last state of an article stands.
struct Place {
    store: usize,
    doc: DocId,
    last_changed: String,
    versions: usize,
}

impl History {
    /// Reads what can be read.
    pub fn of(dir: &Path) -> History {
        let mut history = History { schema: Schema::new(), stores: Vec::new(), places: HashMap::new(), damaged: 0 };
        for file in stores(&dir.join(SEGMENTS)) {
            match open(&file) {
                Some(store) => history.add(store),
                None => history.damaged += 1,
            }
        }
        history
    }

    /// Number of articles that can be read.
    pub fn articles(&self) -> usize {
        self.places.len()
    }

    /// Number of stores that differ from their checksums; what stood in them is lost.
    pub fn damaged_stores(&self) -> usize {
        self.damaged
    }

    fn add(&mut self, store: StoreReader) {
        let number = self.stores.len();
        for (doc, document) in (0..).zip(store.iter::<TantivyDocument>(None)) {
            let Some(stored) = document.ok().and_then(|document| self.schema.stored(&document).ok()) else { continue };
            let place = Place { store: number, doc, last_changed: stored.last_changed, versions: stored.versions.len() };
            // Deleted states are there too until a merge drops them.
            match self.places.entry(stored.article.id) {
                Entry::Vacant(entry) => drop(entry.insert(place)),
                Entry::Occupied(mut entry) => {
                    let (new, old) = (&place, entry.get());
                    if (&new.last_changed, new.versions) > (&old.last_changed, old.versions) {
                        entry.insert(place);
                    }
                }
            }
        }
        self.stores.push(store);
    }

    /// The article as it stood.
    fn get(&self, id: ArticleId) -> Option<StoredArticle> {
        let place = self.places.get(&id)?;
        let document: TantivyDocument = self.stores[place.store].get(place.doc).ok()?;
        self.schema.stored(&document).ok()
    }

    /// A new article with the history that its id had.
    pub(super) fn continued(&self, new: StoredArticle) -> StoredArticle {
        let Some(old) = self.get(new.article.id) else { return new };
        let mut versions = old.versions;
        let earlier = Version::of(&old.article);
        if old.article.content_hash != new.article.content_hash && !versions.contains(&earlier) {
            versions.push(earlier);
        }
        let current = Version::of(&new.article);
        versions.retain(|version| *version != current);
        let is_same = Article { group: None, ..old.article } == Article { group: None, ..new.article.clone() };
        let last_changed = if is_same { old.last_changed } else { new.last_changed };
        StoredArticle { first_indexed: old.first_indexed, last_changed, versions, ..new }
    }
}

impl std::fmt::Debug for History {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("History").field("articles", &self.places.len()).finish_non_exhaustive()
    }
}

/// The stores of an index, in order of their names.
fn stores(segments: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(segments).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut stores: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|ending| ending == "store")).collect();
    stores.sort();
    stores
}

/// Opens a store that agrees with its checksum.
fn open(file: &Path) -> Option<StoreReader> {
    // An absolute path leads out of any directory; an empty one has no list of files that could be damaged too.
    let file = file.canonicalize().ok()?;
    let empty = tempfile::tempdir().ok()?;
    let directory = ManagedDirectory::wrap(Box::new(MmapDirectory::open(empty.path()).ok()?)).ok()?;
    match directory.validate_checksum(&file) {
        Ok(true) => StoreReader::open(directory.open_read(&file).ok()?, CACHED_BLOCKS).ok(),
        _ => None,
    }
}
