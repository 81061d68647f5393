//! The files that a writer knows: which need not be read again, and what became of those that were.

use super::Writer;
use crate::article::{FileStamp, Hash128};
use crate::index::manifest::FileState;
use crate::index::schema::file_key;

impl Writer {
    fn file_state(&self, collection: &str, path: &str) -> Option<&FileState> {
        self.manifest.files.get(collection)?.get(path)
    }

    /// Whether a file was read to its end by the same pipeline when it had the same stamp.
    pub fn file_has_stamp(&self, collection: &str, path: &str, stamp: FileStamp) -> bool {
        self.file_state(collection, path).is_some_and(|state| state.hash.is_some() && state.stamp == Some(stamp))
    }

    /// Whether a file was read to its end by the same pipeline when it had the same bytes.
    pub fn file_is_unchanged(&self, collection: &str, path: &str, hash: Hash128) -> bool {
        self.file_state(collection, path).is_some_and(|state| state.hash == Some(hash))
    }

    /// Whether the index holds articles of records that a file, when it was last read, had no more.
    pub fn holds_stale_records(&self, collection: &str, path: &str) -> bool {
        let records = self.file_state(collection, path).map_or(0, |state| state.records);
        self.known.articles_of(&file_key(collection, path)) > records
    }

    /// Counts a file that need not be read, and notes by what it is told unchanged from now on.
    pub fn pass_unchanged_file(&mut self, collection: &str, path: &str, stamp: Option<FileStamp>) {
        self.manifest.run.unchanged_files += 1;
        self.manifest.run.unchanged += self.known.articles_of(&file_key(collection, path));
        if let Some(state) = self.manifest.files.get_mut(collection).and_then(|files| files.get_mut(path)) {
            state.stamp = stamp;
        }
    }

    /// Notes that a file was read to its end; from the next checkpoint on it need not be read again.
    pub fn file_done(&mut self, collection: &str, path: &str, state: FileState) {
        // A record that could not be read this time is not gone.
        if !state.may_hide_articles {
            self.read_files.insert(self.known.file(&file_key(collection, path)));
        }
        for (reason, count) in &state.skipped {
            *self.manifest.run.skipped.entry(reason.clone()).or_default() += count;
        }
        self.manifest.files.entry(collection.to_owned()).or_default().insert(path.to_owned(), state);
    }
}
