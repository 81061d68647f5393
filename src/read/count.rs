//! An opened file → the same file, with its bytes counted as they are read, so that progress within a large one shows.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A count of bytes read; clones of it count together.
#[derive(Clone, Debug, Default)]
pub struct BytesRead(Arc<AtomicU64>);

impl BytesRead {
    /// The bytes that were read since the last call.
    pub fn take(&self) -> u64 {
        self.0.swap(0, Ordering::Relaxed)
    }

    /// Opens a file whose bytes are counted.
    pub(super) fn open(&self, path: &Path) -> io::Result<Counted> {
        Ok(Counted { file: File::open(path)?, count: self.clone() })
    }
}

/// A file whose bytes are counted as they are read.
pub(super) struct Counted {
    file: File,
    count: BytesRead,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.file.read(buffer)?;
        self.count.0.fetch_add(bytes as u64, Ordering::Relaxed);
        Ok(bytes)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
