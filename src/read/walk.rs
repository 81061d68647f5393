//! A path → the files below it, in one order on every machine, each with the settings of its folder.

use super::own_output::own_output;
use super::settings::{FolderSettings, MAX_SETTINGS_BYTES, SETTINGS};
use super::{Skip, SkipReason, read_table};
use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;
use walkdir::WalkDir;

/// What stands for standard input where a path is expected.
pub const STDIN: &str = "-";

/// A file of a collection, or a member of an archive, which is a file of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it is opened.
    pub path: PathBuf,
    /// Relative to the collection's root, `/` between folders; the file's name where the root is the file.
    ///
    /// That of a member is `archive.zip!/folder/file.txt`.
    pub relative: String,
    /// What the `tracuu.toml` of its folder, and of those above, say of it.
    pub settings: Arc<FolderSettings>,
    /// Its size when it was found.
    pub bytes: u64,
    /// When its bytes had last changed then; none where that is not known.
    pub modified: Option<SystemTime>,
}

impl SourceFile {
    /// A file without settings.
    pub fn new(path: impl Into<PathBuf>, relative: impl Into<String>) -> SourceFile {
        SourceFile { path: path.into(), relative: relative.into(), settings: Arc::default(), bytes: 0, modified: None }
    }

    /// Standard input, which is read as JSON Lines.
    pub fn stdin() -> SourceFile {
        SourceFile::new(STDIN, "stdin.jsonl")
    }

    /// Whether this is standard input: a file of that name has a longer path.
    pub fn is_stdin(&self) -> bool {
        self.path.as_os_str() == STDIN
    }

    /// Notes size and time of last change as they are on disk now.
    pub fn stat(self) -> SourceFile {
        let found = std::fs::symlink_metadata(&self.path);
        self.with_metadata(found.ok())
    }

    fn with_metadata(self, found: Option<Metadata>) -> SourceFile {
        let Some(found) = found else { return self };
        SourceFile { bytes: found.len(), modified: found.modified().ok(), ..self }
    }

    /// A member of this archive.
    pub(super) fn member(&self, name: &str) -> SourceFile {
        SourceFile { relative: format!("{}!/{name}", self.relative), ..self.clone() }
    }
}

/// A path as collections know their roots: absolute and without links, also where nothing is there (any more).
pub fn resolved(path: &Path) -> PathBuf {
    let absolute = || std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    path.canonicalize().unwrap_or_else(|_| match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) if !folder.as_os_str().is_empty() => {
            folder.canonicalize().map_or_else(|_| absolute(), |folder| folder.join(name))
        }
        _ => absolute(),
    })
}

/// What a walk found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// Regular files, sorted by relative path, byte by byte.
    pub files: Vec<SourceFile>,
    /// What could not be entered, and what is no file; sorted likewise.
    pub skips: Vec<Skip>,
    /// What is wrong with the settings of folders: which file, what, and what would be right.
    pub notices: Vec<String>,
}

/// Finds every file below a root, or the root itself where it is a file.
///
/// Links below the root are reported and not followed. Hidden files and folders of any name are
/// taken like others. What this program has exported there is reported and no article, nor is a `tracuu.toml`: it holds for the files of its folder and below,
/// or for the root where the root is a file beside it.
pub fn walk(root: &Path) -> Walk {
    let (mut walk, mut settings) = (Walk::default(), BTreeMap::new());
    for entry in WalkDir::new(root) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                let file = SourceFile::new(entry.path(), relative(root, entry.path()));
                match entry.file_type() {
                    kind if kind.is_file() && entry.file_name() == SETTINGS && entry.depth() > 0 => {
                        settings.insert(folder_of(&file.relative).to_owned(), entry.path().to_owned());
                    }
                    kind if kind.is_file() => walk.files.push(file.with_metadata(entry.metadata().ok())),
                    kind => walk.skips.push(Skip::file(&file, SkipReason::NotAFile, if kind.is_symlink() { "symbolic link" } else { "" })),
                }
            }
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                let detail = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                walk.skips.push(Skip::file(&SourceFile::new(path.clone(), relative(root, &path)), SkipReason::Unreadable, &detail));
            }
        }
    }
    let own = own_output(&walk.files);
    let (own, files): (Vec<_>, Vec<_>) = walk.files.into_iter().partition(|file| own.contains(&file.relative));
    walk.files = files;
    walk.skips.extend(own.iter().map(|file| Skip::file(file, SkipReason::OwnOutput, "")));
    walk.files.sort_by(|one, other| one.relative.cmp(&other.relative));
    walk.skips.sort_by(|one, other| one.path.cmp(&other.path));
    if root.is_file() {
        settings.insert(String::new(), root.with_file_name(SETTINGS));
    }
    walk.settle(settings);
    walk
}

impl Walk {
    /// Reads the settings of folders, those above first, and gives each file those of the nearest.
    fn settle(&mut self, paths: BTreeMap<String, PathBuf>) {
        let mut settings: BTreeMap<String, Arc<FolderSettings>> = BTreeMap::new();
        for (folder, path) in paths {
            let above = nearest(&settings, &folder);
            let problems = match read_table(&path, MAX_SETTINGS_BYTES) {
                Ok(None) => continue,
                Err(error) => vec![error.to_string()],
                Ok(Some(bytes)) => {
                    let (read, problems) = FolderSettings::read(&String::from_utf8_lossy(&bytes), &above);
                    settings.insert(folder, Arc::new(read));
                    problems
                }
            };
            self.notices.extend(problems.iter().map(|problem| format!("{}: {problem}", path.display())));
        }
        if !settings.is_empty() {
            self.files.iter_mut().for_each(|file| file.settings = nearest(&settings, folder_of(&file.relative)));
        }
    }
}

/// The settings of a folder, or of the nearest above it.
fn nearest(settings: &BTreeMap<String, Arc<FolderSettings>>, folder: &str) -> Arc<FolderSettings> {
    let mut folder = folder;
    loop {
        match settings.get(folder) {
            Some(found) => return Arc::clone(found),
            None if folder.is_empty() => return Arc::default(),
            None => folder = folder_of(folder),
        }
    }
}

/// The folder of a path; empty for the root.
fn folder_of(relative: &str) -> &str {
    relative.rsplit_once('/').map_or("", |(folder, _)| folder)
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
    fn a_file_has_the_settings_of_the_nearest_folder() {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("a.txt", "x"),
            ("b/b.txt", "x"),
            ("b/c/d/d.txt", "x"),
            ("b/tracuu.toml", "source = \"Báo B\"\nunit = \"Huế\""),
            ("b/c/tracuu.toml", "source = \"Báo C\"\nunti = \"x\""),
        ] {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let found = walk(root.path());
        let said: Vec<_> = found
            .files
            .iter()
            .map(|file| (file.relative.as_str(), file.settings.source.as_deref(), file.settings.unit.as_deref()))
            .collect();
        assert_eq!(said, [("a.txt", None, None), ("b/b.txt", Some("Báo B"), Some("Huế")), ("b/c/d/d.txt", Some("Báo C"), Some("Huế"))]);
        assert!(matches!(&found.notices[..], [notice] if notice.contains("c/tracuu.toml: unknown key \"unti\"")), "{:?}", found.notices);
        assert_eq!(walk(&root.path().join("b/b.txt")).files[0].settings.source.as_deref(), Some("Báo B"));
    }

    #[test]
    fn what_was_exported_into_the_folder_is_told_and_not_read() {
        let root = tempfile::tempdir().unwrap();
        let told = |format: &str, files: &str| {
            format!("{{\n  \"tool\": \"tracuu 9.9\",\n  \"format\": \"{format}\",\n  \"files\": [{files}]\n}}\n")
        };
        for (path, text) in [
            ("a.csv", "x".to_owned()),
            ("a.csv.meta.json", told("csv", "{\"path\": \"a.csv\", \"bytes\": 1}")),
            ("b.csv", "x".to_owned()),
            ("b.csv.meta.json", "{\n  \"tool\": \"crawler 1\", \"files\": [{\"path\": \"b.csv\"}]}".to_owned()),
            ("c.json", "{}".to_owned()),
            ("c.meta.json", "{\n  \"tool\": \"tracuu 9.9".to_owned()),
            ("d/articles.csv", "x".to_owned()),
            ("d/datapackage.json", "{}".to_owned()),
            ("d/e.csv", "x".to_owned()),
            ("d/export.meta.json", told("tables", "{\"path\": \"articles.csv\"}, {\"path\": \"../b.csv\"}")),
        ] {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let found = walk(root.path());
        let files: Vec<&str> = found.files.iter().map(|file| file.relative.as_str()).collect();
        assert_eq!(files, ["b.csv", "b.csv.meta.json", "c.json", "c.meta.json", "d/e.csv"]);
        let told: Vec<&str> =
            found.skips.iter().filter(|skip| skip.reason == SkipReason::OwnOutput).map(|skip| skip.path.as_str()).collect();
        assert_eq!(told, ["a.csv", "a.csv.meta.json", "d/articles.csv", "d/datapackage.json", "d/export.meta.json"]);
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
