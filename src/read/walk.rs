//! A path → the files below it, in one order on every machine.

use super::{Skip, SkipReason};
use std::path::{Component, Path, PathBuf};
use walkdir::WalkDir;

/// A file of a collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it is opened.
    pub path: PathBuf,
    /// Relative to the collection's root, `/` between folders; the file's name where the root is the file.
    pub relative: String,
}

/// What a walk found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// Regular files, sorted by relative path, byte by byte.
    pub files: Vec<SourceFile>,
    /// What could not be entered, and what is no file; sorted likewise.
    pub skips: Vec<Skip>,
}

/// Finds every file below a root, or the root itself where it is a file.
///
/// Links below the root are reported and not followed. Hidden files and folders of any name are
/// taken like others.
pub fn walk(root: &Path) -> Walk {
    let mut walk = Walk::default();
    for entry in WalkDir::new(root) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                let file = SourceFile { relative: relative(root, entry.path()), path: entry.path().to_owned() };
                match entry.file_type() {
                    kind if kind.is_file() => walk.files.push(file),
                    kind => walk.skips.push(Skip::file(&file, SkipReason::NotAFile, if kind.is_symlink() { "symbolic link" } else { "" })),
                }
            }
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                let detail = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                walk.skips.push(Skip::file(&SourceFile { relative: relative(root, &path), path }, SkipReason::Unreadable, &detail));
            }
        }
    }
    walk.files.sort_by(|one, other| one.relative.cmp(&other.relative));
    walk.skips.sort_by(|one, other| one.path.cmp(&other.path));
    walk
}

/// Letters that are not Unicode are replaced: the path is a name here, and is never opened.
fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts = below.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    match parts.collect::<Vec<_>>().join("/") {
        whole if whole.is_empty() => path.file_name().map_or_else(|| ".".to_owned(), |name| name.to_string_lossy().into_owned()),
        below => below,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn files_come_in_one_order_with_paths_below_the_root() {
        let root = tempfile::tempdir().unwrap();
        for path in ["b.txt", "a/z.txt", "a.txt", ".ẩn/x.txt", "index/y.txt"] {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let found: Vec<String> = walk(root.path()).files.into_iter().map(|file| file.relative).collect();
        assert_eq!(found, [".ẩn/x.txt", "a.txt", "a/z.txt", "b.txt", "index/y.txt"]);
        assert_eq!(walk(&root.path().join("a/z.txt")).files[0].relative, "z.txt");
    }

    #[test]
    fn a_root_that_is_not_there_is_reported() {
        let found = walk(Path::new("/không/có"));
        assert_eq!((found.files.len(), found.skips[0].reason, found.skips[0].path.as_str()), (0, SkipReason::Unreadable, "có"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_reported_and_not_followed() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.txt"), "x").unwrap();
        std::os::unix::fs::symlink(root.path(), root.path().join("vòng")).unwrap();
        std::os::unix::fs::symlink(root.path().join("a.txt"), root.path().join("b.txt")).unwrap();
        let found = walk(root.path());
        assert_eq!(found.files.len(), 1);
        assert_eq!(
            found.skips.iter().map(|skip| (skip.path.as_str(), skip.reason)).collect::<Vec<_>>(),
            [("b.txt", SkipReason::NotAFile), ("vòng", SkipReason::NotAFile)]
        );
    }
}
