//! Files that are there whole or not at all: written beside their place, and given their name when they are on the disk.

use std::fs;
#[cfg(unix)]
use std::fs::Permissions;
use std::io::{self, Write};
use std::path::Path;
use tempfile::{Builder, NamedTempFile};

/// Writes a file, in place of what is there, with the permissions of that. A link stays; what it leads to is replaced.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut file = new_in(folder_of(path))?;
    file.write_all(bytes)?;
    if let Ok(known) = fs::metadata(path) {
        file.as_file().set_permissions(known.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(path).map(drop).map_err(io::Error::from)
}

/// A file that goes away unless it is given a name, with the permissions of any other.
pub(crate) fn new_in(folder: &Path) -> io::Result<NamedTempFile> {
    with_permissions(&mut Builder::new(), 0o666).tempfile_in(folder)
}

/// The folder that a file is in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Lets others read what tempfile would keep for us alone, as far as the process's mask does.
#[cfg(unix)]
pub(crate) fn with_permissions<'b, 'p, 's>(builder: &'b mut Builder<'p, 's>, mode: u32) -> &'b mut Builder<'p, 's> {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(Permissions::from_mode(mode))
}

#[cfg(not(unix))]
pub(crate) fn with_permissions<'b, 'p, 's>(builder: &'b mut Builder<'p, 's>, _: u32) -> &'b mut Builder<'p, 's> {
    builder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_keeps_who_may_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("danh-sach.tsv");
        write(&path, b"a").unwrap();
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o640)).unwrap();
        write(&path, b"b").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"b");
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions()) & 0o777, 0o640);
        assert!(write(&folder.path().join("none/x"), b"a").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
        assert_eq!(["x.tsv", "a/x.tsv"].map(|path| folder_of(Path::new(path))), [Path::new("."), Path::new("a")]);
    }
}
