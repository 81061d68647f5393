//! What can be wrong with an index folder, with the repair in the message.

use std::path::PathBuf;

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
         delete the folder and index the archive again",
        dir.display()
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
    #[error("the index in {} is damaged ({what}); delete the folder and index the archive again", dir.display())]
    Damaged {
        /// The folder.
        dir: PathBuf,
        /// What is wrong.
        what: String,
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
        move |source| IndexError::Io { path, source }
    }
}
