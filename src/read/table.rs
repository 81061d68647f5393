//! A small file beside the articles → its bytes; `None` where there is none. Does not look at what stands in it.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// Where a table of a collection lies: in its folder, or beside its one file.
pub fn table_path(root: &Path, name: &str) -> PathBuf {
    match root.is_file() {
        true => root.with_file_name(name),
        false => root.join(name),
    }
}

/// Reads a file of at most so many bytes.
///
/// # Errors
/// A file that is there but cannot be read, is no plain file, or is longer: cut in the middle, it would say something else.
pub fn read_table(path: &Path, max_bytes: usize) -> io::Result<Option<Vec<u8>>> {
    match path.metadata() {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
        Err(error) => return Err(error),
        Ok(metadata) if !metadata.is_file() => return Err(io::Error::new(ErrorKind::InvalidInput, "expected a plain file")),
        Ok(_) => {}
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(max_bytes as u64 + 1).read_to_end(&mut bytes)?;
    match bytes.len() > max_bytes {
        true => Err(io::Error::new(ErrorKind::FileTooLarge, format!("expected at most {max_bytes} bytes"))),
        false => Ok(Some(bytes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.tsv");
        assert_eq!(read_table(&path, 9).unwrap(), None);
        std::fs::write(&path, "a\tb").unwrap();
        assert_eq!(read_table(&path, 3).unwrap().unwrap(), b"a\tb");
        assert_eq!(read_table(&path.join("below-a-file"), 3).unwrap(), None);
        assert!(read_table(&path, 2).is_err());
        assert!(read_table(folder.path(), 2).is_err());
    }
}
