//! The paths that were given → collections, each with its files.

use super::tables;
use super::{IngestOptions, Pipeline};
use crate::authority::{Authority, Publishers, slug_of};
use crate::error::Error;
use crate::index::UserTables;
use crate::read::{self, STDIN, Skip, SourceFile};
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// A path that was given, with the name its articles are known under.
pub(super) struct Collection {
    pub name: String,
    pub root: PathBuf,
    /// Why nothing is there, where a collection that is to be pruned is gone whole.
    pub missing: Option<ErrorKind>,
    /// The tables of facts, with this collection's own publishers.
    pub authority: Authority,
}

impl Collection {
    pub fn set_publishers(&mut self, tables: &UserTables, pipeline: &Pipeline) {
        if let Some(sources) = &tables.sources {
            let (publishers, _) = Publishers::read(&sources.text, &pipeline.authority.units);
            self.authority = pipeline.authority.with_publishers(publishers);
        }
    }
}

/// The collection of what comes through a pipe.
const STDIN_COLLECTION: &str = "stdin";

/// The collections of paths. A root that is not there is an error, unless what is gone is to be removed from an index.
pub(super) fn collections(
    paths: &[PathBuf],
    index: Option<&Path>,
    options: &IngestOptions,
    pipeline: &Pipeline,
) -> Result<Vec<Collection>, Error> {
    if options.collection.is_some() && paths.len() != 1 {
        return Err(Error::Usage {
            what: format!("--collection names one path, and {} are given", paths.len()),
            repair: "index them one at a time".to_owned(),
        });
    }
    let mut collections: Vec<Collection> = Vec::new();
    for path in paths {
        let is_stdin = path.as_os_str() == STDIN;
        let may_be_gone = options.prune && index.is_some_and(Path::exists);
        let (root, missing) = match is_stdin {
            true => (path.clone(), None),
            false => match path.canonicalize() {
                Ok(root) => (root, None),
                Err(error) if may_be_gone && error.kind() == ErrorKind::NotFound => (read::resolved(path), Some(error.kind())),
                Err(source) => return Err(Error::Path { path: path.clone(), source }),
            },
        };
        let name = match &options.collection {
            Some(name) => name.clone(),
            None if is_stdin => STDIN_COLLECTION.to_owned(),
            None => root.file_name().map_or_else(|| "archive".to_owned(), |name| name.to_string_lossy().into_owned()),
        };
        if let Some(other) = collections.iter().find(|other| other.name == name) {
            return Err(Error::Usage {
                what: format!("{} and {} would both be the collection `{name}`", other.root.display(), root.display()),
                repair: "index them one at a time, with --collection NAME".to_owned(),
            });
        }
        collections.push(Collection { name, root, missing, authority: pipeline.authority.clone() });
    }
    Ok(collections)
}

/// The files of a collection.
pub(super) struct Walked<'a> {
    pub collection: &'a Collection,
    pub files: Vec<SourceFile>,
    pub skips: Vec<Skip>,
}

/// Whether a file may be there, though it, or a folder above it, could not be read. The root's own path is empty.
pub(super) fn is_out_of_reach(skips: &[Skip], path: &str) -> bool {
    let below = |folder: &str, rest: &str| folder.is_empty() || rest.is_empty() || rest.starts_with('/');
    let holds = |skip: &Skip| path.strip_prefix(&skip.path).is_some_and(|rest| below(&skip.path, rest));
    skips.iter().any(holds)
}

/// The files of a collection, those of the index left out.
pub(super) fn walk<'a>(collection: &'a Collection, index: &Path, pipeline: &Pipeline, notices: &mut Vec<String>) -> Walked<'a> {
    let read::Walk { mut files, skips, .. } = files_of(collection, pipeline, notices);
    let index = index.canonicalize().unwrap_or_else(|_| index.to_owned());
    files.retain(|file| !file.path.starts_with(&index));
    Walked { collection, files, skips }
}

/// The files of a collection that may hold articles, and what is wrong with the settings of its folders.
pub(super) fn files_of(collection: &Collection, pipeline: &Pipeline, notices: &mut Vec<String>) -> read::Walk {
    if collection.root.as_os_str() == STDIN {
        return read::Walk { files: vec![SourceFile::stdin()], ..read::Walk::default() };
    }
    if collection.missing.is_some() {
        return read::Walk::default();
    }
    let mut walk = read::walk(&collection.root);
    walk.files.retain(|file| !tables::is_table(file));
    without_indexes(&mut walk);
    notices.append(&mut walk.notices);
    let named: BTreeSet<&str> = walk.files.iter().filter_map(|file| file.settings.unit.as_deref()).collect();
    let unknown = named.into_iter().filter(|unit| slug_of(unit, &pipeline.authority.units).is_none());
    notices.extend(
        unknown
            .map(|unit| format!("{}: no unit is called {unit:?}; expected a province, as unit = \"Ninh Bình\" or its id", read::SETTINGS)),
    );
    walk
}

/// Leaves out folders that hold an index: of another name, or one that a rebuild has set aside.
fn without_indexes(walk: &mut read::Walk) {
    let of_index = |file: &SourceFile| Some(file.relative.strip_suffix("segments/.managed.json")?.to_owned());
    let indexes: Vec<String> = walk.files.iter().filter_map(of_index).collect();
    walk.files.retain(|file| !indexes.iter().any(|index| file.relative.starts_with(index)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::SkipReason;

    #[test]
    fn what_cannot_be_read_hides_all_that_lies_below_it() {
        let skip =
            |path: &str| Skip { path: path.to_owned(), record: None, reason: SkipReason::Unreadable, detail: String::new(), count: 1 };
        let hidden = |folder: &str, file: &str| is_out_of_reach(&[skip(folder)], file);
        for (folder, file) in [("", "a/b.txt"), ("a", "a/b.txt"), ("a/b.txt", "a/b.txt")] {
            assert!(hidden(folder, file), "{folder:?} hides {file:?}");
        }
        for (folder, file) in [("a", "ab.txt"), ("b", "a/b.txt")] {
            assert!(!hidden(folder, file), "{folder:?} does not hide {file:?}");
        }
    }
}
