//! Paths → index: read → clean → extract → correct → write, visible in one function, and its report.

mod collection;
mod pipeline;
mod prune;
mod rebuild;
mod run;
mod tables;

pub use pipeline::Pipeline;
pub use rebuild::{RebuildOptions, RebuildReport, rebuild};
pub use tables::{CORRECTIONS, MAX_CORRECTIONS_BYTES};

use crate::article::{Article, ArticleId, Correction};
use crate::correct::{Corrections, in_order};
use crate::error::Error;
use crate::index::{CollectionEntry, Manifest, RunReport, UserTables, Writer, WriterOptions};
use crate::read::{self, ReadOptions, Skip};
use collection::{Walked, collections, files_of, walk};
use run::{Run, no_text};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use tables::corrections_of;

/// What to ingest, and how.
#[derive(Clone, Debug, Default)]
pub struct IngestOptions {
    /// Name of the collection; the folder's, if none is given. Only for a single path.
    pub collection: Option<String>,
    /// Whether a collection whose old root is still there may take another.
    pub moved: bool,
    /// Whether articles whose files or records are gone are removed.
    pub prune: bool,
    /// Whether they are removed also where a root is missing, or more than half of a collection would go.
    pub force: bool,
    /// Whether files of the same size and time are hashed too: something may have changed them and set their time back.
    pub hash: bool,
    /// How files are read: bounds on what is read of hostile ones, and the program that parses documents.
    pub read: ReadOptions,
    /// How the index is written.
    pub writer: WriterOptions,
}

/// What a run did.
#[derive(Clone, Debug)]
pub struct IngestReport {
    /// Counts of articles.
    pub run: RunReport,
    /// Articles in the index now.
    pub articles: u64,
    /// What was skipped in this run, in order of path; of very many, the first that were met. [`IngestReport::skipped`] counts all.
    pub skips: Vec<Skip>,
    /// What is wrong with tables and settings of the user's: file, line, and what would be right. The rest of them counts.
    pub notices: Vec<String>,
    /// Everything skipped over all files of the index, by reason.
    pub skipped: BTreeMap<String, u64>,
    /// Records that were cleaned and extracted; of a changed file, those that had changed.
    pub extracted: u64,
    /// Bytes of text in the records that were read.
    pub text_bytes: u64,
}

/// How far a run is: files done, of all, bytes and records.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// Files that were read or passed over.
    pub files: u64,
    /// Files in all.
    pub all_files: u64,
    /// Bytes read, on disk.
    pub bytes: u64,
    /// Bytes of the files that are read, or that may still have to be; 0 for what comes through a pipe.
    pub all_bytes: u64,
    /// Records read.
    pub records: u64,
    /// Records that were cleaned and extracted.
    pub extracted: u64,
    /// Bytes of text read.
    pub text_bytes: u64,
}

/// Reads paths into the index in `dir`, which is made where there is none.
///
/// Each path is a collection: its articles keep their ids wherever it lies. Files that have not
/// changed (size and time, else their bytes) are not read. Bad files and records are skipped and reported; a bad index stops the run.
///
/// # Errors
/// A path that is not there, two collections of one name, pruning that was refused (the rest of the run is in the index then), and
/// whatever the index reports.
pub fn ingest(
    paths: &[PathBuf],
    dir: &Path,
    pipeline: &Pipeline,
    options: &IngestOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<IngestReport, Error> {
    let looked = SystemTime::now();
    let mut collections = collections(paths, Some(dir), options, pipeline)?;
    let mut writer = Writer::open(dir, &pipeline.analyzer, pipeline.tables.clone(), options.writer.clone())?;
    let before = if options.prune { prune::before(&collections, &writer, options.force)? } else { prune::Before::new() };
    for collection in &collections {
        writer.declare_collection(&collection.name, &collection.root, options.moved)?;
    }
    let names: BTreeSet<&str> = collections.iter().map(|collection| collection.name.as_str()).collect();
    let (corrections, mut notices) = user_tables(&mut writer, pipeline, |name| names.contains(name));
    for collection in &mut collections {
        collection.set_publishers(&writer.collections()[&collection.name].tables, pipeline);
    }
    let walks: Vec<Walked> = collections.iter().map(|collection| walk(collection, dir, pipeline, &mut notices)).collect();

    let mut run = Run::new(pipeline, options, (writer, corrections), looked, progress)?;
    let files = || walks.iter().flat_map(|walk| &walk.files);
    run.seen.all_files = files().count() as u64;
    run.seen.all_bytes = files().map(|file| file.bytes).sum();
    for walk in &walks {
        run.note_skips(walk);
        run.files(walk.collection, &walk.files)?;
    }
    run.flush()?;
    let refusal = if options.prune { run.prune(&walks, &before)? } else { None };
    apply_corrections(&mut run.writer, pipeline, &run.corrections)?;

    let Run { writer, mut skips, seen, pool, .. } = run;
    let manifest = pool.install(|| writer.finish())?;
    if let Some(refusal) = refusal {
        return Err(refusal);
    }
    skips.sort_by(|one, other| (&one.path, one.record).cmp(&(&other.path, other.record)));
    let (skipped, text_bytes, extracted) = (manifest.skipped(), seen.text_bytes, seen.extracted);
    Ok(IngestReport { skipped, notices, articles: manifest.articles, run: manifest.run, skips, extracted, text_bytes })
}

/// Reads paths and hands out what [`ingest`] would write, in order, without an index.
///
/// # Errors
/// As [`ingest`], and whatever `sink` returns.
pub fn inspect(
    paths: &[PathBuf],
    pipeline: &Pipeline,
    sink: &mut dyn FnMut(Result<Article, Skip>) -> Result<(), Error>,
) -> Result<(), Error> {
    inspect_with(paths, pipeline, &IngestOptions::default(), sink).map(drop)
}

/// As [`inspect`], with options; gives what is wrong with tables and settings of the user's.
///
/// # Errors
/// As [`inspect`].
pub fn inspect_with(
    paths: &[PathBuf],
    pipeline: &Pipeline,
    options: &IngestOptions,
    sink: &mut dyn FnMut(Result<Article, Skip>) -> Result<(), Error>,
) -> Result<Vec<String>, Error> {
    let mut notices = Vec::new();
    for mut collection in collections(paths, None, options, pipeline)? {
        let tables = tables::read(&collection.root, &UserTables::default(), &pipeline.authority.units, &mut notices);
        collection.set_publishers(&tables, pipeline);
        let corrections = corrections_of([&tables].into_iter());
        let read::Walk { files, skips, .. } = files_of(&collection, pipeline, &mut notices);
        skips.into_iter().try_for_each(|skip| sink(Err(skip)))?;
        for file in &files {
            let mut outcome = Ok(());
            read::read_file(file, &options.read, &mut |record| {
                outcome = sink(record.and_then(|raw| {
                    let (path, record) = (raw.origin.path.clone(), raw.origin.record);
                    let article = pipeline.article(raw, &collection.name, &collection.authority).ok_or_else(|| no_text(path, record))?;
                    Ok(pipeline.corrected(article, &corrections).article)
                }));
                if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
            outcome?;
        }
    }
    Ok(notices)
}

/// Applies the corrections that stand beside the articles of an index to the articles that it holds, without reading any file again.
///
/// # Errors
/// Whatever the index reports.
pub fn recorrect(dir: &Path, pipeline: &Pipeline) -> Result<Vec<String>, Error> {
    let mut writer =
        Writer::open(dir, &pipeline.analyzer, pipeline.tables.clone(), WriterOptions { threads: 1, ..WriterOptions::default() })?;
    let (corrections, notices) = user_tables(&mut writer, pipeline, |_| false);
    apply_corrections(&mut writer, pipeline, &corrections)?;
    // A run that was killed still has to go on.
    if writer.last_run_completed() {
        writer.finish().map(drop)?
    } else {
        writer.checkpoint()?
    }
    Ok(notices)
}

/// Reads the tables that stand beside the collections of an index: the corrections of all, and what is wrong with them.
///
/// Abbreviations and publishers are only taken from the collections `of_run`: with other publishers, a collection has to be read again.
fn user_tables(writer: &mut Writer, pipeline: &Pipeline, of_run: impl Fn(&str) -> bool) -> (Corrections, Vec<String>) {
    let (found, notices) = tables_beside(writer.collections(), pipeline);
    let corrections = corrections_of(found.values());
    for (name, tables) in found {
        let earlier = writer.collections()[&name].tables.clone();
        let tables = if of_run(&name) { tables } else { UserTables { corrections: tables.corrections, ..earlier } };
        writer.set_tables(&name, tables);
    }
    (corrections, notices)
}

/// The corrections that stand beside the articles of an index now, and what is wrong with the tables.
pub fn corrections_beside(manifest: &Manifest, pipeline: &Pipeline) -> (Corrections, Vec<String>) {
    let (found, notices) = tables_beside(&manifest.collections, pipeline);
    (corrections_of(found.values()), notices)
}

/// The tables that stand beside collections now, by collection, and what is wrong with them.
fn tables_beside(collections: &BTreeMap<String, CollectionEntry>, pipeline: &Pipeline) -> (BTreeMap<String, UserTables>, Vec<String>) {
    let mut notices = Vec::new();
    let mut read = |entry: &CollectionEntry| tables::read(&entry.root, &entry.tables, &pipeline.authority.units, &mut notices);
    let found = collections.iter().map(|(name, entry)| (name.clone(), read(entry))).collect();
    (found, notices)
}

/// Brings every article that has other corrections than those beside the articles in line with them.
fn apply_corrections(writer: &mut Writer, pipeline: &Pipeline, corrections: &Corrections) -> Result<(), Error> {
    let wanted = |id: ArticleId| Correction::digest(in_order(corrections.of(id)));
    for id in writer.ids_with_other_corrections(wanted)? {
        writer.recorrect(id, |extracted| pipeline.corrected(extracted, corrections))?;
    }
    Ok(())
}
