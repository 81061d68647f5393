//! An index that is damaged, or of another format → the same archive indexed anew, in its place.

use super::{IngestOptions, IngestReport, Pipeline, Progress, ingest};
use crate::error::Error;
use crate::index::{History, IndexError, Rebuilding, WriterOptions, collections_of};
use crate::read::STDIN;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How an index is built anew.
#[derive(Clone, Debug, Default)]
pub struct RebuildOptions {
    /// Collections that are left out.
    pub without: Vec<String>,
    /// Whether an index with less than half of the articles may take the place of the old one.
    pub force: bool,
    /// Whether the old index is removed instead of kept.
    pub discard: bool,
    /// How files are read and the index is written.
    pub ingest: IngestOptions,
}

/// What was built.
#[derive(Clone, Debug, Default)]
pub struct RebuildReport {
    /// What was read of each collection; empty where an earlier rebuild had built everything, and was killed before the end.
    pub collections: BTreeMap<String, IngestReport>,
    /// Articles of the old index whose first day and earlier texts could be taken over.
    pub remembered: usize,
    /// Parts of the old index whose texts were damaged.
    pub damaged_stores: usize,
    /// Where the old index is kept.
    pub kept: Option<PathBuf>,
}

/// Builds the index in `dir` anew from the collections that its manifest names.
///
/// Each is read from where it was indexed last. The old index is not touched before the new one is whole.
///
/// # Errors
/// [`IndexError::NoSource`] if a collection's folder is missing; whatever [`ingest`] reports.
pub fn rebuild(
    dir: &Path,
    pipeline: &Pipeline,
    options: &RebuildOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<RebuildReport, Error> {
    let rebuilding = Rebuilding::begin(dir)?;
    if rebuilding.is_built() {
        return Ok(RebuildReport { kept: rebuilding.swap(options.discard)?, ..RebuildReport::default() });
    }
    let old = collections_of(dir)?;
    let mut roots = old.roots();
    for name in &options.without {
        if roots.remove(name).is_none() {
            let names: Vec<String> = roots.into_keys().collect();
            let what = format!("the index knows no collection `{name}`");
            return Err(Error::Usage { what, repair: format!("it has: {}", names.join(", ")) });
        }
    }
    let missing: Vec<String> = roots.iter().filter_map(|(name, root)| why_missing(name, root)).collect();
    if !missing.is_empty() {
        return Err(IndexError::NoSource { missing }.into());
    }
    let folder = rebuilding.folder(&roots)?.to_owned();
    let history = Arc::new(History::of(dir));
    let (remembered, damaged_stores) = (history.articles(), history.damaged_stores());
    let mut report = RebuildReport { remembered, damaged_stores, ..RebuildReport::default() };
    for (name, root) in roots {
        let writer = WriterOptions { history: Some(Arc::clone(&history)), ..options.ingest.writer.clone() };
        // A rebuild that goes on must not keep what has gone from the archive meanwhile.
        let ingesting = IngestOptions { collection: Some(name.clone()), prune: true, writer, ..options.ingest.clone() };
        report.collections.insert(name, ingest(&[root], &folder, pipeline, &ingesting, progress)?);
    }
    let articles = collections_of(&folder).map_or(0, |sources| sources.articles);
    if articles * 2 < old.articles && options.without.is_empty() && !options.force {
        rebuilding.clear()?;
        return Err(Error::Usage {
            what: format!("the archive holds {articles} articles, and the old index had {}; nothing was touched", old.articles),
            repair: "look whether all of it is there, or say --force".to_owned(),
        });
    }
    report.kept = rebuilding.swap(options.discard)?;
    Ok(report)
}

/// Why a collection cannot be read again.
fn why_missing(name: &str, root: &Path) -> Option<String> {
    if root.as_os_str() == STDIN {
        return Some(format!("the collection `{name}` came through a pipe"));
    }
    (!root.exists()).then(|| format!("{} (the collection `{name}`) is not there", root.display()))
}
