//! One writer to an index folder: a lock that ends with its process, however that ends.

use super::error::IndexError;
use std::fs::{self, File, TryLockError};
use std::path::Path;

/// The file that is locked. It is left where it is: removing it would let two processes lock two files of its name.
const NAME: &str = "writer.lock";

/// The right to write to an index folder, or to put another in its place.
#[derive(Debug)]
pub struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the lock of a folder, which is made where there is none. Everything that a writer decides by is read after this.
    ///
    /// # Errors
    /// [`IndexError::Locked`], or the file system's.
    pub fn take(dir: &Path) -> Result<WriterLock, IndexError> {
        fs::create_dir_all(dir).map_err(IndexError::io(dir))?;
        let path = dir.join(NAME);
        let file = File::options().create(true).write(true).truncate(false).open(&path).map_err(IndexError::io(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(WriterLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(IndexError::Locked { dir: dir.to_owned() }),
            Err(TryLockError::Error(source)) => Err(IndexError::Io { path, source }),
        }
    }
}
