//! What is gone is removed, below the roots that were given alone; a loss that looks like an accident is refused.

use super::collection::{Collection, Walked, is_out_of_reach};
use super::run::Run;
use crate::error::Error;
use crate::index::{Gone, Writer};
use std::collections::{BTreeMap, BTreeSet};

/// Articles of each collection before the run.
pub(super) type Before = BTreeMap<String, u64>;

/// Counts the articles of collections before anything is read. A root that is not there has to be one that the index knows,
/// and its articles go only where that is said.
pub(super) fn before(collections: &[Collection], writer: &Writer, force: bool) -> Result<Before, Error> {
    let mut before = Before::new();
    for Collection { name, root, missing, .. } in collections {
        let articles = writer.articles_of(name);
        if let Some(kind) = *missing {
            if writer.collections().get(name).is_none_or(|known| known.root != *root) {
                return Err(Error::Path { path: root.clone(), source: kind.into() });
            }
            if !force {
                return Err(Error::RootGone { collection: name.clone(), root: root.clone(), articles });
            }
        }
        before.insert(name.clone(), articles);
    }
    Ok(before)
}

impl<'a> Run<'a> {
    /// Removes what is gone, and reads again the files that hold other captures of it; gives why nothing was removed, where
    /// it was refused.
    pub fn prune(&mut self, walks: &[Walked<'a>], before: &Before) -> Result<Option<Error>, Error> {
        let present: Vec<BTreeSet<&str>> =
            walks.iter().map(|walk| walk.files.iter().map(|file| file.relative.as_str()).collect()).collect();
        let is_present = |at: usize, path: &str| present[at].contains(path) || is_out_of_reach(&walks[at].skips, path);
        let mut gone = Vec::new();
        for (at, walk) in walks.iter().enumerate() {
            let found = self.writer.gone(&walk.collection.name, |path| is_present(at, path))?;
            let refusal = refusal(walk.collection, &found, before);
            if refusal.is_some() && !self.options.force {
                return Ok(refusal);
            }
            gone.push(found);
        }
        let mut again = BTreeSet::new();
        for (at, found) in gone.into_iter().enumerate() {
            again.extend(self.writer.remove(found, |path| is_present(at, path))?);
        }
        for (collection, path) in again {
            let walk = walks.iter().find(|walk| walk.collection.name == collection);
            if let Some((walk, file)) = walk.and_then(|walk| Some((walk, walk.files.iter().find(|file| file.relative == path)?))) {
                self.changed_file(walk.collection, file, None, None)?;
            }
        }
        self.flush()?;
        Ok(None)
    }
}

/// More than half of a collection is more than people delete.
fn refusal(collection: &Collection, gone: &Gone, before: &Before) -> Option<Error> {
    let articles = before.get(&collection.name).copied().unwrap_or(0);
    (gone.len() > articles / 2).then(|| Error::TooManyGone {
        collection: collection.name.clone(),
        root: collection.root.clone(),
        articles,
        gone: gone.len(),
    })
}
