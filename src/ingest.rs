//! Paths → index: read → clean → extract → correct → write, visible in one function, and its report.

mod pipeline;
mod rebuild;
mod tables;

pub use pipeline::Pipeline;
pub use rebuild::{RebuildOptions, RebuildReport, rebuild};
pub use tables::{CORRECTIONS, MAX_CORRECTIONS_BYTES};

use crate::article::{Article, ArticleId, Correction, Hash128, RawArticle, file_of};
use crate::authority::{Authority, Publishers, slug_of};
use crate::correct::{Corrections, in_order};
use crate::error::Error;
use crate::index::{CollectionEntry, Entry, FileState, Manifest, RunReport, UserTables, Writer, WriterOptions};
use crate::read::{self, ReadOptions, STDIN, Skip, SkipReason, SourceFile};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use tables::corrections_of;

/// Records that are cleaned and extracted together; enough to keep all cores busy, few enough to hold in memory.
const BATCH_RECORDS: usize = 256;
/// Bytes of text at which a batch is full, whatever its number of records.
const BATCH_BYTES: usize = 8 << 20;
/// Skips that are listed; the others are counted. A gigabyte of broken lines would fill the memory.
const MAX_LISTED_SKIPS: usize = 10_000;

/// What to ingest, and how.
#[derive(Clone, Debug, Default)]
pub struct IngestOptions {
    /// Name of the collection; the folder's, if none is given. Only for a single path.
    pub collection: Option<String>,
    /// Whether a collection whose old root is still there may take another.
    pub moved: bool,
    /// Whether articles whose files or records are gone are removed.
    pub prune: bool,
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
    /// Bytes of text in the records that were read.
    pub text_bytes: u64,
}

/// How far a run is: files done, of all, and records.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Files that were read or passed over.
    pub files: u64,
    /// Files in all.
    pub all_files: u64,
    /// Records read.
    pub records: u64,
    /// Bytes of text read.
    pub text_bytes: u64,
}

/// Reads paths into the index in `dir`, which is made where there is none.
///
/// Each path is a collection: its articles keep their ids wherever it lies. Files that have not
/// changed are not read. Bad files and records are skipped and reported; a bad index stops the run.
///
/// # Errors
/// A path that is not there, two collections of one name, and whatever the index reports.
pub fn ingest(
    paths: &[PathBuf],
    dir: &Path,
    pipeline: &Pipeline,
    options: &IngestOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<IngestReport, Error> {
    let mut collections = collections(paths, options, pipeline)?;
    let mut writer = Writer::open(dir, &pipeline.analyzer, pipeline.tables.clone(), options.writer.clone())?;
    for collection in &collections {
        writer.declare_collection(&collection.name, &collection.root, options.moved)?;
    }
    let names: BTreeSet<&str> = collections.iter().map(|collection| collection.name.as_str()).collect();
    let (corrections, mut notices) = user_tables(&mut writer, pipeline, |name| names.contains(name));
    for collection in &mut collections {
        collection.set_publishers(&writer.collections()[&collection.name].tables, pipeline);
    }
    let walks: Vec<Walked> = collections.iter().map(|collection| walk(collection, dir, pipeline, &mut notices)).collect();
    let all_files = walks.iter().map(|walk| walk.files.len() as u64).sum();

    let mut run = Run {
        pipeline,
        options,
        writer,
        corrections,
        batch: Vec::new(),
        batch_bytes: 0,
        skips: Vec::new(),
        without_text: BTreeMap::new(),
        seen: Progress { files: 0, all_files, records: 0, text_bytes: 0 },
        progress,
    };
    for walk in &walks {
        for skip in &walk.skips {
            let skipped = BTreeMap::from([(skip.reason.name().to_owned(), 1)]);
            run.writer.file_done(&walk.collection.name, &skip.path, FileState { skipped, may_hide_articles: true, ..FileState::default() });
        }
        walk.skips.iter().for_each(|skip| run.list(skip.clone()));
        for file in &walk.files {
            run.file(walk.collection, file)?;
        }
    }
    run.flush()?;
    if options.prune {
        run.prune(&walks)?;
    }
    apply_corrections(&mut run.writer, pipeline, &run.corrections)?;

    let Run { writer, mut skips, seen, .. } = run;
    let manifest = writer.finish()?;
    skips.sort_by(|one, other| (&one.path, one.record).cmp(&(&other.path, other.record)));
    let (skipped, text_bytes) = (manifest.skipped(), seen.text_bytes);
    Ok(IngestReport { skipped, notices, articles: manifest.articles, run: manifest.run, skips, text_bytes })
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
    for mut collection in collections(paths, options, pipeline)? {
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

fn no_text(path: String, record: u64) -> Skip {
    let detail = "nothing is left when the page's frame is taken away".to_owned();
    Skip { path, record: Some(record), reason: SkipReason::NoText, detail, count: 1 }
}

/// A path that was given, with the name its articles are known under.
struct Collection {
    name: String,
    root: PathBuf,
    /// The tables of facts, with this collection's own publishers.
    authority: Authority,
}

impl Collection {
    fn set_publishers(&mut self, tables: &UserTables, pipeline: &Pipeline) {
        if let Some(sources) = &tables.sources {
            let (publishers, _) = Publishers::read(&sources.text, &pipeline.authority.units);
            self.authority = pipeline.authority.with_publishers(publishers);
        }
    }
}

/// The collection of what comes through a pipe.
const STDIN_COLLECTION: &str = "stdin";

fn collections(paths: &[PathBuf], options: &IngestOptions, pipeline: &Pipeline) -> Result<Vec<Collection>, Error> {
    if options.collection.is_some() && paths.len() != 1 {
        return Err(Error::Usage {
            what: format!("--collection names one path, and {} are given", paths.len()),
            repair: "index them one at a time".to_owned(),
        });
    }
    let mut collections: Vec<Collection> = Vec::new();
    for path in paths {
        let is_stdin = path.as_os_str() == STDIN;
        let root = match is_stdin {
            true => path.clone(),
            false => path.canonicalize().map_err(|source| Error::Path { path: path.clone(), source })?,
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
        collections.push(Collection { name, root, authority: pipeline.authority.clone() });
    }
    Ok(collections)
}

/// The files of a collection.
struct Walked<'a> {
    collection: &'a Collection,
    files: Vec<SourceFile>,
    skips: Vec<Skip>,
}

/// Whether a file may be there, though it, or a folder above it, could not be read. The root's own path is empty.
fn is_out_of_reach(skips: &[Skip], path: &str) -> bool {
    let below = |folder: &str, rest: &str| folder.is_empty() || rest.is_empty() || rest.starts_with('/');
    let holds = |skip: &Skip| path.strip_prefix(&skip.path).is_some_and(|rest| below(&skip.path, rest));
    skips.iter().any(holds)
}

fn walk<'a>(collection: &'a Collection, index: &Path, pipeline: &Pipeline, notices: &mut Vec<String>) -> Walked<'a> {
    let read::Walk { mut files, skips, .. } = files_of(collection, pipeline, notices);
    let index = index.canonicalize().unwrap_or_else(|_| index.to_owned());
    files.retain(|file| !file.path.starts_with(&index));
    Walked { collection, files, skips }
}

/// The files of a collection that may hold articles, and what is wrong with the settings of its folders.
fn files_of(collection: &Collection, pipeline: &Pipeline, notices: &mut Vec<String>) -> read::Walk {
    if collection.root.as_os_str() == STDIN {
        return read::Walk { files: vec![SourceFile::stdin()], ..read::Walk::default() };
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

/// What waits to be written, in the order of reading.
enum Work<'a> {
    Record { raw: Box<RawArticle>, collection: &'a Collection },
    FileDone { collection: &'a Collection, file: String, state: FileState },
}

/// A run of [`ingest`].
struct Run<'a> {
    pipeline: &'a Pipeline,
    options: &'a IngestOptions,
    writer: Writer,
    corrections: Corrections,
    batch: Vec<Work<'a>>,
    batch_bytes: usize,
    skips: Vec<Skip>,
    /// Records without text, of files that are not done yet.
    without_text: BTreeMap<(String, String), u64>,
    seen: Progress,
    progress: &'a mut dyn FnMut(Progress),
}

impl<'a> Run<'a> {
    /// Reads a file, if it has changed.
    fn file(&mut self, collection: &'a Collection, file: &SourceFile) -> Result<(), Error> {
        // A file that cannot be hashed cannot be read either, and reading it says why.
        let hash = read::file_hash(file, &self.options.read).ok();
        let is_unchanged = hash.is_some_and(|hash| self.writer.file_is_unchanged(&collection.name, &file.relative, hash));
        // To remove what a file has lost since an earlier run, that file has to be read again.
        if is_unchanged && !(self.options.prune && self.writer.holds_stale_records(&collection.name, &file.relative)) {
            self.writer.pass_unchanged_file();
        } else {
            self.changed_file(collection, file, hash)?;
        }
        self.seen.files += 1;
        (self.progress)(self.seen);
        Ok(())
    }

    fn changed_file(&mut self, collection: &'a Collection, file: &SourceFile, hash: Option<Hash128>) -> Result<(), Error> {
        let mut state = FileState { hash, ..FileState::default() };
        let mut failure = None;
        read::read_steady(file, hash, &self.options.read, &mut |record| {
            let outcome = match record {
                Ok(raw) => {
                    state.records += 1;
                    self.record(collection, raw)
                }
                Err(skip) => {
                    *state.skipped.entry(skip.reason.name().to_owned()).or_default() += skip.count;
                    state.may_hide_articles |= skip.reason.may_hide_articles();
                    if skip.reason.may_pass() {
                        state.hash = None;
                    }
                    self.list(skip);
                    Ok(())
                }
            };
            match outcome {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failure = Some(error);
                    ControlFlow::Break(())
                }
            }
        });
        if let Some(error) = failure {
            return Err(error);
        }
        self.batch.push(Work::FileDone { collection, file: file.relative.clone(), state });
        Ok(())
    }

    fn list(&mut self, skip: Skip) {
        if self.skips.len() < MAX_LISTED_SKIPS {
            self.skips.push(skip);
        }
    }

    fn record(&mut self, collection: &'a Collection, raw: RawArticle) -> Result<(), Error> {
        let bytes = raw.content.text().len();
        self.seen.records += 1;
        self.seen.text_bytes += bytes as u64;
        if self.writer.pass_unchanged_record(&collection.name, &raw.origin) {
            return Ok(());
        }
        self.batch.push(Work::Record { raw: Box::new(raw), collection });
        self.batch_bytes += bytes;
        if self.batch.len() >= BATCH_RECORDS || self.batch_bytes >= BATCH_BYTES {
            self.flush()?;
            (self.progress)(self.seen);
        }
        Ok(())
    }

    /// Cleans and extracts what waits on all cores, then writes it in the order of reading.
    fn flush(&mut self) -> Result<(), Error> {
        /// Work with its article made.
        enum Made<'a> {
            Entry(Box<Entry>),
            NoText { collection: &'a Collection, skip: Skip },
            FileDone { collection: &'a Collection, file: String, state: FileState },
        }
        let make = |work| match work {
            Work::FileDone { collection, file, state } => Made::FileDone { collection, file, state },
            Work::Record { raw, collection } => {
                let (path, record) = (raw.origin.path.clone(), raw.origin.record);
                match self.pipeline.article(*raw, &collection.name, &collection.authority) {
                    Some(article) => Made::Entry(Box::new(self.pipeline.corrected(article, &self.corrections))),
                    None => Made::NoText { collection, skip: no_text(path, record) },
                }
            }
        };
        let made: Vec<Made<'_>> = std::mem::take(&mut self.batch).into_par_iter().map(make).collect();
        self.batch_bytes = 0;

        for made in made {
            match made {
                Made::Entry(entry) => self.writer.put(*entry)?,
                Made::NoText { collection, skip } => {
                    *self.without_text.entry((collection.name.clone(), file_of(&skip.path).to_owned())).or_default() += 1;
                    self.list(skip);
                }
                Made::FileDone { collection, file, mut state } => {
                    if let Some(count) = self.without_text.remove(&(collection.name.clone(), file.clone())) {
                        state.records -= count;
                        state.may_hide_articles = true;
                        *state.skipped.entry(SkipReason::NoText.name().to_owned()).or_default() += count;
                    }
                    self.writer.file_done(&collection.name, &file, state);
                }
            }
        }
        Ok(())
    }

    /// Removes what is gone, and reads again the files that hold other captures of it.
    fn prune(&mut self, walks: &[Walked<'a>]) -> Result<(), Error> {
        for walk in walks {
            let present: BTreeSet<&str> = walk.files.iter().map(|file| file.relative.as_str()).collect();
            let again =
                self.writer.remove_missing(&walk.collection.name, |path| present.contains(path) || is_out_of_reach(&walk.skips, path))?;
            for (collection, path) in again {
                let walk = walks.iter().find(|walk| walk.collection.name == collection);
                if let Some((walk, file)) = walk.and_then(|walk| Some((walk, walk.files.iter().find(|file| file.relative == path)?))) {
                    self.changed_file(walk.collection, file, read::file_hash(file, &self.options.read).ok())?;
                }
            }
        }
        self.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
