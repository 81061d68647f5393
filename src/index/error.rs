//! What can be wrong with an index folder, with the repair in the message.

use std::io;
use std::path::{Path, PathBuf};
use tantivy::TantivyError;
use tantivy::directory::error::OpenWriteError;

/// A failure of the index: it stops the run, and what was committed before it stands.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// There is no index in the folder.
    #[error("there is no index in {}; make one with `tracuu index PATH --index {}`", dir.display(), dir.display())]
    Missing {
        /// The folder.
        dir: PathBuf,
    },
    /// The folder holds an index that this version of the program does not read.
    #[error(
        "the index in {} has format {found}, this program reads format {expected}; \
         a newer one needs a newer program; `tracuu rebuild --index {}` builds it anew from the archive",
        dir.display(), dir.display()
    )]
    Format {
        /// The folder.
        dir: PathBuf,
        /// The format it has.
        found: String,
        /// The format that would be right.
        expected: u32,
    },
    /// The folder is damaged.
    #[error("the index in {} is damaged ({what}); `tracuu rebuild --index {}` builds it anew from the archive", dir.display(), dir.display())]
    Damaged {
        /// The folder.
        dir: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// There is no room to write.
    #[error("there is no room left in {} ({what}); all up to the last checkpoint is kept: make room and run it again, it goes on from there", at.display())]
    Full {
        /// The folder or file that could not be written.
        at: PathBuf,
        /// What the system says.
        what: String,
    },
    /// What a rebuild would read is not there.
    #[error("nothing was touched: {}; bring it back, or leave a collection out with --without NAME", missing.join(", "))]
    NoSource {
        /// The collections, each with its root or with why it cannot be read again.
        missing: Vec<String>,
    },
    /// A writer commits faster than the index can be read.
    #[error("the index in {} changes faster than it can be read; try again", dir.display())]
    Busy {
        /// The folder.
        dir: PathBuf,
    },
    /// Another process writes to the index.
    #[error("another process is writing to the index in {}; wait until it is done", dir.display())]
    Locked {
        /// The folder.
        dir: PathBuf,
    },
    /// A collection of that name stands in the index, with another root.
    #[error(
        "the collection `{name}` was indexed from {}, which is still there; give {} another name with --collection NAME, \
         or say --moved if it is the same archive",
        indexed.display(), given.display()
    )]
    NameClash {
        /// The collection.
        name: String,
        /// Its root in the manifest.
        indexed: PathBuf,
        /// The root given now.
        given: PathBuf,
    },
    /// A file of the index could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// tantivy reports a failure.
    #[error("the index could not be used: {0}")]
    Tantivy(#[from] tantivy::TantivyError),
}

impl IndexError {
    /// Wraps a failure of the file system with the path it concerns.
    pub(super) fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> IndexError {
        let path = path.into();
        move |source| match is_full(&source) {
            true => IndexError::Full { at: path, what: source.to_string() },
            false => IndexError::Io { path, source },
        }
    }

    /// A failure of tantivy's while it wrote to a folder.
    pub(super) fn writing(dir: &Path, error: TantivyError) -> IndexError {
        let full = match &error {
            TantivyError::IoError(source) => is_full(source),
            TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. }) => is_full(io_error),
            _ => false,
        };
        if full { IndexError::Full { at: dir.to_owned(), what: error.to_string() } } else { error.into() }
    }
}

/// Whether the disk, a quota or a limit on the size of files leaves no room.
fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge)
}
