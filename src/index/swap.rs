//! An index that is built beside another one and takes its place, so that a kill at any moment leaves one of them whole.
//!
//! The new one is built in `<dir>.rebuild`. When it is whole, the file `rebuilt` is put into it, and the two folders change names in one
//! step (where the system can; else in two). The old one stays as `<dir>.damaged-<n>`. Whoever finds that file goes on from there.

use super::error::IndexError;
use super::generation::damaged;
use super::groups;
use super::lock::WriterLock;
use super::manifest::{self, Manifest};
use crate::article::Hash128;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// Says that a folder holds a whole index, which was built to replace another.
const MARK: &str = "rebuilt";

/// What a manifest of any format says of what was indexed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Sources {
    /// Number of articles.
    #[serde(default)]
    pub articles: u64,
    collections: BTreeMap<String, Source>,
}

#[derive(Clone, Debug, Deserialize)]
struct Source {
    root: PathBuf,
}

impl Sources {
    /// The collections with their roots.
    pub fn roots(&self) -> BTreeMap<String, PathBuf> {
        self.collections.iter().map(|(name, source)| (name.clone(), source.root.clone())).collect()
    }
}

/// The collections of an index, from its newest manifest that can be read.
///
/// # Errors
/// [`IndexError::Missing`]; [`IndexError::Damaged`] if no manifest can be read.
pub fn collections_of(dir: &Path) -> Result<Sources, IndexError> {
    let numbers = Manifest::numbers(dir);
    if numbers.is_empty() {
        return Err(IndexError::Missing { dir: dir.to_owned() });
    }
    let expected = committed(dir);
    let read = |number: u64| fs::read(manifest::path(dir, number)).ok();
    let is_whole = |number: u64, text: &[u8]| expected.is_none_or(|(named, hash)| named != number || hash == Hash128::of([text]));
    let manifests: Vec<(u64, Vec<u8>)> = numbers.into_iter().filter_map(|number| Some((number, read(number)?))).collect();
    let (whole, others): (Vec<_>, Vec<_>) = manifests.iter().partition(|(number, text)| is_whole(*number, text));
    let found = whole.into_iter().chain(others).find_map(|(_, text)| serde_json::from_slice(text).ok());
    found.ok_or_else(|| {
        damaged(dir, "no manifest can be read, so that nobody knows what was indexed: index the archive into another folder")
    })
}

/// The manifest that the last commit names, if that can be read.
fn committed(dir: &Path) -> Option<(u64, Hash128)> {
    let metas: serde_json::Value = serde_json::from_slice(&fs::read(dir.join("segments/meta.json")).ok()?).ok()?;
    let (number, hash) = metas.get("payload")?.as_str()?.split_once(' ')?;
    Some((number.parse().ok()?, Hash128::parse(hash)?))
}

/// An index folder, and the one beside it that is to take its place.
pub struct Rebuilding {
    dir: PathBuf,
    beside: PathBuf,
    /// No one writes to the index meanwhile, nor rebuilds it.
    _lock: Option<WriterLock>,
}

impl Rebuilding {
    /// Begins, or goes on where an earlier one was killed.
    ///
    /// # Errors
    /// [`IndexError::Missing`], [`IndexError::Locked`], or the file system's.
    pub fn begin(dir: &Path) -> Result<Rebuilding, IndexError> {
        let absolute = std::path::absolute(dir).map_err(IndexError::io(dir))?;
        // A link stays where it is; what it leads to is replaced.
        let place = absolute.canonicalize().unwrap_or(absolute);
        let missing = || IndexError::Missing { dir: dir.to_owned() };
        let beside = place.with_file_name(named(&place, ".rebuild").ok_or_else(missing)?);
        if !place.is_dir() && !beside.join(MARK).exists() {
            return Err(missing());
        }
        // Between the two steps of a swap there is no folder, and nobody writes to it.
        let lock = place.is_dir().then(|| WriterLock::take(&place)).transpose()?;
        Ok(Rebuilding { dir: place, beside, _lock: lock })
    }

    /// Whether the new index is whole, and only has to take its place.
    pub fn is_built(&self) -> bool {
        self.dir.join(MARK).exists() || self.beside.join(MARK).exists()
    }

    /// The folder to build in. What an earlier rebuild of the same collections left there is kept, and gone on from.
    ///
    /// # Errors
    /// The file system's.
    pub fn folder(&self, roots: &BTreeMap<String, PathBuf>) -> Result<&Path, IndexError> {
        let is_part = |sources: Sources| sources.roots().iter().all(|(name, root)| roots.get(name) == Some(root));
        if self.beside.exists() && !collections_of(&self.beside).is_ok_and(is_part) {
            self.clear()?;
        }
        Ok(&self.beside)
    }

    /// Removes what was built so far.
    ///
    /// # Errors
    /// The file system's.
    pub fn clear(&self) -> Result<(), IndexError> {
        fs::remove_dir_all(&self.beside).map_err(IndexError::io(&self.beside))
    }

    /// Puts the new index in the old one's place. Returns where the old one is kept.
    ///
    /// # Errors
    /// The file system's; then either of the two is still there, and another call goes on.
    pub fn swap(self, discard: bool) -> Result<Option<PathBuf>, IndexError> {
        let Rebuilding { dir, beside, .. } = &self;
        let rename = |from: &Path, to: &Path| fs::rename(from, to).map_err(IndexError::io(from));
        let mut kept = None;
        if !dir.join(MARK).exists() {
            self.carry_over()?;
            let mark = beside.join(MARK);
            fs::File::create(&mark).and_then(|file| file.sync_all()).map_err(IndexError::io(&mark))?;
            if dir.exists() && exchange(dir, beside).is_err() {
                let aside = self.aside();
                rename(dir, &aside)?;
                kept = Some(aside);
            }
            if !dir.exists() {
                rename(beside, dir)?;
            }
        }
        // What stands beside now is the old one.
        if beside.exists() {
            let aside = self.aside();
            rename(beside, &aside)?;
            kept = Some(aside);
        }
        let mark = dir.join(MARK);
        fs::remove_file(&mark).map_err(IndexError::io(&mark))?;
        if let Some(old) = kept.as_ref().filter(|_| discard) {
            fs::remove_dir_all(old).map_err(IndexError::io(old))?;
            return Ok(None);
        }
        Ok(kept)
    }

    /// Files beside the index that are none of its own (a page that says what the folder is for) stay in the folder of its name.
    fn carry_over(&self) -> Result<(), IndexError> {
        let is_own = |name: &str| {
            name.ends_with(".json")
                || name.starts_with("groups-")
                || name.starts_with('.')
                || ["writer.lock", MARK, groups::COMPARED].contains(&name)
        };
        for entry in fs::read_dir(&self.dir).into_iter().flatten().flatten() {
            let to = self.beside.join(entry.file_name());
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            if is_file && !to.exists() && !entry.file_name().to_str().is_some_and(is_own) {
                fs::copy(entry.path(), &to).map_err(IndexError::io(to))?;
            }
        }
        Ok(())
    }

    /// The first name that is free for the old index.
    fn aside(&self) -> PathBuf {
        let name = |number: u32| self.dir.with_file_name(named(&self.dir, &format!(".damaged-{number}")).unwrap_or_default());
        (1..).map(name).find(|path| !path.exists()).expect("there are more numbers than folders")
    }
}

/// The name of a folder with an ending.
fn named(dir: &Path, ending: &str) -> Option<OsString> {
    let mut name = dir.file_name()?.to_owned();
    name.push(ending);
    Some(name)
}

/// Two folders change names in one step.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}
