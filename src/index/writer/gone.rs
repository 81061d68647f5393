//! Articles whose files or records are gone: found first, so that nothing need be removed, then removed.

use super::Writer;
use crate::article::{ArticleId, file_of};
use crate::index::error::IndexError;
use crate::index::known::KnownArticle;
use crate::index::schema::file_key;
use std::collections::BTreeSet;

/// The articles of a collection that are gone, while none of them is removed yet.
#[derive(Debug)]
pub struct Gone {
    collection: String,
    articles: Vec<ArticleId>,
}

impl Gone {
    /// Number of articles.
    pub fn len(&self) -> u64 {
        self.articles.len() as u64
    }

    /// Whether everything is still there.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }
}

impl Writer {
    /// Number of articles of a collection.
    pub fn articles_of(&self, collection: &str) -> u64 {
        let prefix = file_key(collection, "");
        self.known.iter().filter(|(_, article)| self.known.file_key(article.file).starts_with(&prefix)).count() as u64
    }

    /// Finds the articles of a collection's files that are gone, and those that are gone from files read in this run.
    ///
    /// `is_present` must say so of a file that is there but cannot be read: what is only out of reach is not gone.
    ///
    /// # Errors
    /// As the index reports: what was put is committed first.
    pub fn gone(&mut self, collection: &str, is_present: impl Fn(&str) -> bool) -> Result<Gone, IndexError> {
        if !self.deferred.is_empty() || self.put_since_checkpoint > 0 {
            self.checkpoint()?;
        }
        let prefix = file_key(collection, "");
        // A member is there where its archive is.
        let is_there = |path: &str| is_present(path) || is_present(file_of(path));
        let is_gone = |article: &KnownArticle| {
            let path = self.known.file_key(article.file).strip_prefix(&prefix);
            let is_read = || self.read_files.contains(&self.known.file_on_disk(article.file));
            path.is_some_and(|path| !is_there(path) || (is_read() && !article.met))
        };
        let mut articles: Vec<ArticleId> = self.known.iter().filter(|(_, article)| is_gone(article)).map(|(id, _)| id).collect();
        articles.sort();
        Ok(Gone { collection: collection.to_owned(), articles })
    }

    /// Removes articles that are gone, and forgets the files that are.
    ///
    /// Returns the files (collection and path) that hold other captures of removed articles: they have to be read again.
    ///
    /// # Errors
    /// As the index reports.
    pub fn remove(&mut self, gone: Gone, is_present: impl Fn(&str) -> bool) -> Result<Vec<(String, String)>, IndexError> {
        let collection = &gone.collection;
        let mut others = BTreeSet::new();
        for id in gone.articles {
            let stored = self.stored(id)?;
            let files = stored.versions.into_iter().map(|version| (version.collection, file_of(&version.origin.path).to_owned()));
            others.extend(files.filter(|(other, path)| other != collection || is_present(path)));
            self.tantivy.delete_term(self.schema.id_term(id));
            self.known.remove(id);
            self.is_changed = true;
            self.manifest.run.removed += 1;
        }
        if let Some(files) = self.manifest.files.get_mut(collection) {
            files.retain(|path, _| is_present(path));
        }
        for (collection, path) in &others {
            self.manifest.files.get_mut(collection).and_then(|files| files.remove(path));
        }
        Ok(others.into_iter().collect())
    }
}
