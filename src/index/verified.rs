//! Which files of an index are known to be whole: each was read against its checksum once, and has kept its size and times since.
//!
//! Input → output: the segments of a commit → nothing, or the file that is damaged. Opening costs a look at the size and times of
//! each file; one that is new here (copied, left by a run that was killed, changed by anybody) is read whole before tantivy sees it,
//! since tantivy trusts what it maps. What was found whole stands in `verified.json`, which may be lost at no harm. Bits that turn on
//! the disk change no time: they are what `check` looks for.

use super::compound;
use super::error::IndexError;
use super::generation::{SEGMENTS, damaged};
use crate::whole_file;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tantivy::Index;
use tantivy::index::SegmentComponent;

/// The file that keeps what was found, within the index folder.
const NAME: &str = "verified.json";

/// How often the list of files is read anew, where a writer beside us changes it all the time.
const TRIES: usize = 100;

/// The files of an index folder that are known to be whole.
pub(super) struct Verified {
    dir: PathBuf,
    stamps: Mutex<BTreeMap<String, Stamp>>,
}

/// What changes when anybody writes to a file. Times are compared for being the same alone, so no clock has to be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    bytes: u64,
    modified: (i64, i64),
    /// Nobody can set it back.
    changed: (i64, i64),
}

impl Stamp {
    #[cfg(unix)]
    fn of(path: &Path) -> std::io::Result<Stamp> {
        use std::os::unix::fs::MetadataExt;
        let found = fs::metadata(path)?;
        Ok(Stamp { bytes: found.len(), modified: (found.mtime(), found.mtime_nsec()), changed: (found.ctime(), found.ctime_nsec()) })
    }

    #[cfg(not(unix))]
    fn of(path: &Path) -> std::io::Result<Stamp> {
        let found = fs::metadata(path)?;
        let since = found.modified()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let modified = (since.as_secs() as i64, i64::from(since.subsec_nanos()));
        Ok(Stamp { bytes: found.len(), modified, changed: modified })
    }
}

impl Verified {
    /// What was found whole before; nothing, where that cannot be read.
    pub fn load(dir: &Path) -> Verified {
        let stamps = fs::read(dir.join(NAME)).ok().and_then(|text| serde_json::from_slice(&text).ok());
        Verified { dir: dir.to_owned(), stamps: Mutex::new(stamps.unwrap_or_default()) }
    }

    /// Reads every file of the last commit that is not known to be whole.
    ///
    /// # Errors
    /// [`IndexError::Damaged`], with the first file that is gone or differs from its checksum.
    pub fn check(&self, index: &Index) -> Result<(), IndexError> {
        for _ in 1..TRIES {
            let files = self.files(index)?;
            let checked = self.check_files(index, &files);
            // A writer may have merged a file away, which is no damage.
            if checked.is_ok() || self.files(index)? == files {
                return checked;
            }
        }
        self.check_files(index, &self.files(index)?)
    }

    fn check_files(&self, index: &Index, files: &[String]) -> Result<(), IndexError> {
        let known = self.stamps().clone();
        let mut found = BTreeMap::new();
        for file in files {
            let wrong = |what: &dyn std::fmt::Display| damaged(&self.dir, format_args!("{SEGMENTS}/{file} {what}"));
            // The stamp is older than the reading, so what is written in between counts as unread.
            let stamp = Stamp::of(&self.dir.join(SEGMENTS).join(file)).map_err(|error| wrong(&format_args!("cannot be read: {error}")))?;
            if known.get(file) != Some(&stamp) {
                match index.directory().validate_checksum(Path::new(file)) {
                    Ok(true) => {}
                    Ok(false) => return Err(wrong(&"differs from its checksum")),
                    Err(error) => return Err(wrong(&format_args!("is not whole: {error}"))),
                }
            }
            found.insert(file.clone(), stamp);
        }
        self.keep(found);
        Ok(())
    }

    /// Reads every file of the last commit against its checksum, whatever is known of it; returns the damaged ones.
    pub fn damaged_files(&self, index: &Index) -> Result<Vec<PathBuf>, IndexError> {
        let is_whole = |file: &String| index.directory().validate_checksum(Path::new(file)).unwrap_or(false);
        Ok(self.files(index)?.into_iter().filter(|file| !is_whole(file)).map(PathBuf::from).collect())
    }

    /// Notes the files of the last commit as whole: for the writer, who has just made those that are new.
    pub fn note(&self, index: &Index) -> Result<(), IndexError> {
        let known = self.stamps().clone();
        let stamp = |file: &String| known.get(file).copied().or_else(|| Stamp::of(&self.dir.join(SEGMENTS).join(file)).ok());
        self.keep(self.files(index)?.into_iter().filter_map(|file| Some((file.clone(), stamp(&file)?))).collect());
        Ok(())
    }

    /// The files of the last commit.
    fn files(&self, index: &Index) -> Result<Vec<String>, IndexError> {
        use SegmentComponent::{Custom, Delete, FastFields, FieldNorms, Positions, Postings, Store, Terms};
        let metas = index.load_metas().map_err(|error| damaged(&self.dir, error))?;
        let mut files = Vec::new();
        for segment in &metas.segments {
            let deletes = segment.has_deletes().then_some(Delete);
            let compounds = compound::EXTENSIONS.map(|extension| Custom(extension.to_owned()));
            let components = [Postings, Positions, Terms, Store, FastFields, FieldNorms].into_iter().chain(compounds).chain(deletes);
            files.extend(components.map(|component| segment.relative_path(component).to_string_lossy().into_owned()));
        }
        files.sort();
        Ok(files)
    }

    /// Keeps what was found, where it is new and the folder can be written to.
    fn keep(&self, found: BTreeMap<String, Stamp>) {
        let mut stamps = self.stamps();
        if *stamps == found {
            return;
        }
        // Without it the files are read again by whoever opens the index next.
        let _ = serde_json::to_vec(&found).map_err(std::io::Error::from).and_then(|bytes| whole_file::write(&self.dir.join(NAME), &bytes));
        *stamps = found;
    }

    fn stamps(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Stamp>> {
        self.stamps.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
