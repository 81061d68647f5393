//! Paths → index: read → clean → extract → write, visible in one function, and its report.

use crate::analysis::{Analyzer, SEGMENTER};
use crate::article::{Article, ArticleId, Content, Dates, FacetPaths, Hash128, RawArticle, Source};
use crate::authority::{Abbreviations, Authority};
use crate::clean::{clean, content_hash};
use crate::error::Error;
use crate::extract::extract;
use crate::index::{FileState, RunReport, UserTable, Writer, WriterOptions};
use crate::read::{self, Limits, Skip, SkipReason, SourceFile};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Changes whenever the same bytes would give another article, without any table having changed.
const PIPELINE_VERSION: &str = "3";

/// Records that are cleaned and extracted together; enough to keep all cores busy, few enough to hold in memory.
const BATCH_RECORDS: usize = 256;
/// Bytes of text at which a batch is full, whatever its number of records.
const BATCH_BYTES: usize = 8 << 20;

/// Files beside the articles that are tables of the user's, not articles.
const USER_TABLES: [&str; 4] = ["corrections.jsonl", "people.tsv", "sources.tsv", ABBREVIATIONS];

/// The user's own abbreviations, at the root of a collection.
const ABBREVIATIONS: &str = "abbreviations.tsv";

/// The most bytes of a table of abbreviations: they are kept in every manifest, and read for every query.
const MAX_ABBREVIATIONS_BYTES: usize = 64 << 10;

/// Of so many broken lines of a table each is told.
const MAX_NOTICES: usize = 20;

/// The tables and models that make articles out of bytes.
pub struct Pipeline {
    /// Tables of facts.
    pub authority: Authority,
    /// Text → tokens.
    pub analyzer: Arc<Analyzer>,
    /// Hash of everything above, by name.
    pub tables: BTreeMap<String, Hash128>,
}

impl Pipeline {
    /// What is part of the program.
    pub fn bundled() -> Pipeline {
        let texts = Authority::tables().into_iter().chain([("pipeline", PIPELINE_VERSION)]);
        let tables = texts.map(|(name, text)| (name, text.as_bytes())).chain([SEGMENTER]);
        Pipeline {
            tables: tables.map(|(name, bytes)| (name.to_owned(), Hash128::of([bytes]))).collect(),
            authority: Authority::bundled(),
            analyzer: Arc::new(Analyzer::bundled()),
        }
    }

    /// Cleans and extracts one record; `None` where it holds no text.
    pub fn article(&self, raw: RawArticle, collection: &str) -> Option<(Article, FacetPaths)> {
        let (origin, key) = (raw.origin.clone(), raw.key.clone());
        let place = match raw.content {
            Content::Page(_) | Content::Html(_) => origin.path.clone(),
            // A file of records names each by its number.
            Content::Body(_) => format!("{}#{}", origin.path, origin.record),
        };
        let clean = clean(raw);
        if clean.title.is_empty() && clean.body.is_empty() {
            return None;
        }
        let metadata = extract(&clean, &self.authority);
        let article = Article {
            id: article_id(clean.url.as_deref(), key.as_deref(), collection, &origin.path, origin.record),
            key: key.unwrap_or(place),
            content_hash: content_hash(&clean.title, &clean.body),
            title: clean.title,
            title_derived: clean.title_derived,
            body: Some(clean.body),
            dates: Dates { event: metadata.event, published: clean.published, captured: clean.captured },
            provinces: metadata.provinces,
            officials: metadata.officials,
            foreign_officials: metadata.foreign_officials,
            source: clean.source.map(|name| Source { name, unit_id: metadata.source_unit }),
            url: clean.url,
            collection: collection.to_owned(),
            origin,
            group: None,
            flags: clean.flags,
            evidence: Some(metadata.evidence),
        };
        Some((article, metadata.facets))
    }
}

/// The first that exists names an article: url; record id within the collection; path and record number.
fn article_id(url: Option<&str>, key: Option<&str>, collection: &str, path: &str, record: u64) -> ArticleId {
    match (url, key) {
        (Some(url), _) => Hash128::of([b"url".as_slice(), url.as_bytes()]),
        (None, Some(key)) => Hash128::of([b"key".as_slice(), collection.as_bytes(), key.as_bytes()]),
        (None, None) => Hash128::of([b"path".as_slice(), collection.as_bytes(), path.as_bytes(), &record.to_le_bytes()]),
    }
}

/// What to ingest, and how.
#[derive(Clone, Debug, Default)]
pub struct IngestOptions {
    /// Name of the collection; the folder's, if none is given. Only for a single path.
    pub collection: Option<String>,
    /// Whether a collection whose old root is still there may take another.
    pub moved: bool,
    /// Whether articles whose files or records are gone are removed.
    pub prune: bool,
    /// Bounds on what is read.
    pub limits: Limits,
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
    /// What was skipped in this run, in order of path.
    pub skips: Vec<Skip>,
    /// What is wrong with tables of the user's: file, line, and what would be right. The rest of them counts.
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
    let collections = collections(paths, options)?;
    let mut writer = Writer::open(dir, &pipeline.analyzer, pipeline.tables.clone(), options.writer.clone())?;
    let mut notices = Vec::new();
    for collection in &collections {
        writer.declare_collection(&collection.name, &collection.root, options.moved)?;
        match user_abbreviations(&collection.root, &mut notices) {
            Ok(table) => writer.set_abbreviations(&collection.name, table),
            // What an earlier run read still counts.
            Err(notice) => notices.push(notice),
        }
    }
    let walks: Vec<Walked> = collections.iter().map(|collection| walk(collection, dir)).collect();
    let all_files = walks.iter().map(|walk| walk.files.len() as u64).sum();

    let mut run = Run {
        pipeline,
        options,
        writer,
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
            run.writer.file_done(walk.collection, &skip.path, FileState { skipped, ..FileState::default() });
        }
        run.skips.extend(walk.skips.iter().cloned());
        for file in &walk.files {
            run.file(walk.collection, file)?;
        }
    }
    run.flush()?;
    if options.prune {
        run.prune(&walks)?;
    }

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
    let options = IngestOptions::default();
    for collection in collections(paths, &options)? {
        let read::Walk { files, skips } = read::walk(&collection.root);
        skips.into_iter().try_for_each(|skip| sink(Err(skip)))?;
        for file in files.iter().filter(|file| !is_user_table(file)) {
            let mut outcome = Ok(());
            read::read_file(file, &options.limits, &mut |record| {
                outcome = sink(record.and_then(|raw| {
                    let (path, record) = (raw.origin.path.clone(), raw.origin.record);
                    pipeline.article(raw, &collection.name).map(|(article, _)| article).ok_or_else(|| no_text(path, record))
                }));
                if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
            outcome?;
        }
    }
    Ok(())
}

/// The abbreviations at the root of a collection; lines that cannot be read are noted, and are nothing else.
fn user_abbreviations(root: &Path, notices: &mut Vec<String>) -> Result<Option<UserTable>, String> {
    let path = root.join(ABBREVIATIONS);
    let Some(bytes) = read::read_table(&path, MAX_ABBREVIATIONS_BYTES).map_err(|problem| format!("{}: {problem}", path.display()))? else {
        return Ok(None);
    };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (_, errors) = Abbreviations::read(&text);
    notices.extend(errors.iter().take(MAX_NOTICES).map(|error| format!("{}: {error}", path.display())));
    if errors.len() > MAX_NOTICES {
        notices.push(format!("{}: {} more lines cannot be read", path.display(), errors.len() - MAX_NOTICES));
    }
    Ok(Some(UserTable { hash: Hash128::of([bytes.as_slice()]), text }))
}

fn is_user_table(file: &SourceFile) -> bool {
    USER_TABLES.contains(&file.relative.as_str())
}

fn no_text(path: String, record: u64) -> Skip {
    let detail = "nothing is left when the page's frame is taken away".to_owned();
    Skip { path, record: Some(record), reason: SkipReason::NoText, detail }
}

/// A path that was given, with the name its articles are known under.
struct Collection {
    name: String,
    root: PathBuf,
}

fn collections(paths: &[PathBuf], options: &IngestOptions) -> Result<Vec<Collection>, Error> {
    if options.collection.is_some() && paths.len() != 1 {
        return Err(Error::Usage {
            what: format!("--collection names one path, and {} are given", paths.len()),
            repair: "index them one at a time".to_owned(),
        });
    }
    let mut collections: Vec<Collection> = Vec::new();
    for path in paths {
        let root = path.canonicalize().map_err(|source| Error::Path { path: path.clone(), source })?;
        let name = match &options.collection {
            Some(name) => name.clone(),
            None => root.file_name().map_or_else(|| "archive".to_owned(), |name| name.to_string_lossy().into_owned()),
        };
        if let Some(other) = collections.iter().find(|other| other.name == name) {
            return Err(Error::Usage {
                what: format!("{} and {} would both be the collection `{name}`", other.root.display(), root.display()),
                repair: "index them one at a time, with --collection NAME".to_owned(),
            });
        }
        collections.push(Collection { name, root });
    }
    Ok(collections)
}

/// The files of a collection.
struct Walked<'a> {
    collection: &'a str,
    files: Vec<SourceFile>,
    skips: Vec<Skip>,
}

impl Walked<'_> {
    /// Whether a file may be there, though it, or a folder above it, could not be read. The root's own path is empty.
    fn is_out_of_reach(&self, path: &str) -> bool {
        let below = |folder: &str, rest: &str| folder.is_empty() || rest.is_empty() || rest.starts_with('/');
        let holds = |skip: &Skip| path.strip_prefix(&skip.path).is_some_and(|rest| below(&skip.path, rest));
        self.skips.iter().any(holds)
    }
}

fn walk<'a>(collection: &'a Collection, index: &Path) -> Walked<'a> {
    let read::Walk { mut files, skips } = read::walk(&collection.root);
    let index = index.canonicalize().unwrap_or_else(|_| index.to_owned());
    files.retain(|file| !file.path.starts_with(&index) && !is_user_table(file));
    Walked { collection: &collection.name, files, skips }
}

/// What waits to be written, in the order of reading.
enum Work {
    Record { raw: Box<RawArticle>, collection: String },
    FileDone { collection: String, file: String, state: FileState },
}

/// A run of [`ingest`].
struct Run<'a> {
    pipeline: &'a Pipeline,
    options: &'a IngestOptions,
    writer: Writer,
    batch: Vec<Work>,
    batch_bytes: usize,
    skips: Vec<Skip>,
    /// Records without text, of files that are not done yet.
    without_text: BTreeMap<(String, String), u64>,
    seen: Progress,
    progress: &'a mut dyn FnMut(Progress),
}

impl Run<'_> {
    /// Reads a file, if it has changed.
    fn file(&mut self, collection: &str, file: &SourceFile) -> Result<(), Error> {
        // A file that cannot be hashed cannot be read either, and reading it says why.
        let hash = read::file_hash(&file.path).ok();
        let is_unchanged = hash.is_some_and(|hash| self.writer.file_is_unchanged(collection, &file.relative, hash));
        // To remove what a file has lost since an earlier run, that file has to be read again.
        if is_unchanged && !(self.options.prune && self.writer.holds_stale_records(collection, &file.relative)) {
            self.writer.pass_unchanged_file();
        } else {
            self.changed_file(collection, file, hash)?;
        }
        self.seen.files += 1;
        (self.progress)(self.seen);
        Ok(())
    }

    fn changed_file(&mut self, collection: &str, file: &SourceFile, hash: Option<Hash128>) -> Result<(), Error> {
        let mut state = FileState { hash, ..FileState::default() };
        let mut failure = None;
        read::read_file(file, &self.options.limits, &mut |record| {
            let outcome = match record {
                Ok(raw) => {
                    state.records += 1;
                    self.record(collection, raw)
                }
                Err(skip) => {
                    *state.skipped.entry(skip.reason.name().to_owned()).or_default() += 1;
                    self.skips.push(skip);
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
        self.batch.push(Work::FileDone { collection: collection.to_owned(), file: file.relative.clone(), state });
        Ok(())
    }

    fn record(&mut self, collection: &str, raw: RawArticle) -> Result<(), Error> {
        let bytes = raw.content.text().len();
        self.seen.records += 1;
        self.seen.text_bytes += bytes as u64;
        if self.writer.pass_unchanged_record(collection, &raw.origin) {
            return Ok(());
        }
        self.batch.push(Work::Record { raw: Box::new(raw), collection: collection.to_owned() });
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
        enum Made {
            Article(Box<(Article, FacetPaths)>),
            NoText { collection: String, skip: Skip },
            FileDone { collection: String, file: String, state: FileState },
        }
        let make = |work| match work {
            Work::FileDone { collection, file, state } => Made::FileDone { collection, file, state },
            Work::Record { raw, collection } => {
                let (path, record) = (raw.origin.path.clone(), raw.origin.record);
                match self.pipeline.article(*raw, &collection) {
                    Some(made) => Made::Article(Box::new(made)),
                    None => Made::NoText { collection, skip: no_text(path, record) },
                }
            }
        };
        let made: Vec<Made> = std::mem::take(&mut self.batch).into_par_iter().map(make).collect();
        self.batch_bytes = 0;

        for made in made {
            match made {
                Made::Article(made) => self.writer.put(made.0, made.1)?,
                Made::NoText { collection, skip } => {
                    *self.without_text.entry((collection, skip.path.clone())).or_default() += 1;
                    self.skips.push(skip);
                }
                Made::FileDone { collection, file, mut state } => {
                    if let Some(count) = self.without_text.remove(&(collection.clone(), file.clone())) {
                        state.records -= count;
                        *state.skipped.entry(SkipReason::NoText.name().to_owned()).or_default() += count;
                    }
                    self.writer.file_done(&collection, &file, state);
                }
            }
        }
        Ok(())
    }

    /// Removes what is gone, and reads again the files that hold other captures of it.
    fn prune(&mut self, walks: &[Walked<'_>]) -> Result<(), Error> {
        for walk in walks {
            let present: BTreeSet<&str> = walk.files.iter().map(|file| file.relative.as_str()).collect();
            let again = self.writer.remove_missing(walk.collection, |path| present.contains(path) || walk.is_out_of_reach(path))?;
            for (collection, path) in again {
                let walk = walks.iter().find(|walk| walk.collection == collection);
                if let Some(file) = walk.and_then(|walk| walk.files.iter().find(|file| file.relative == path)) {
                    self.changed_file(&collection, file, read::file_hash(&file.path).ok())?;
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
        let skip = |path: &str| Skip { path: path.to_owned(), record: None, reason: SkipReason::Unreadable, detail: String::new() };
        let hidden =
            |folder: &str, file: &str| Walked { collection: "", files: Vec::new(), skips: vec![skip(folder)] }.is_out_of_reach(file);
        for (folder, file) in [("", "a/b.txt"), ("a", "a/b.txt"), ("a/b.txt", "a/b.txt")] {
            assert!(hidden(folder, file), "{folder:?} hides {file:?}");
        }
        for (folder, file) in [("a", "ab.txt"), ("b", "a/b.txt")] {
            assert!(!hidden(folder, file), "{folder:?} does not hide {file:?}");
        }
    }
}
