//! A run over files: what has changed is read, cleaned and extracted on all cores, and written in the order of reading.

use super::collection::{Collection, Walked};
use super::{IngestOptions, Pipeline, Progress};
use crate::article::{FileStamp, Hash128, RawArticle, file_of};
use crate::correct::Corrections;
use crate::error::Error;
use crate::index::{Entry, FileState, Writer};
use crate::read::{self, Format, Skip, SkipReason, SourceFile};
use rayon::ThreadPool;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::{Duration, Instant, SystemTime};

/// Records that are cleaned and extracted together; enough to keep all cores busy, few enough to hold in memory.
const BATCH_RECORDS: usize = 256;
/// Bytes of text at which a batch is full, whatever its number of records.
const BATCH_BYTES: usize = 8 << 20;
/// Documents that are read together, for each thread: enough that one which takes long keeps few others waiting.
const DOCUMENTS_PER_THREAD: usize = 2;
/// Between two words about progress.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(100);
/// Skips that are listed; the others are counted. A gigabyte of broken lines would fill the memory.
const MAX_LISTED_SKIPS: usize = 10_000;

pub(super) fn no_text(path: String, record: u64) -> Skip {
    let detail = "nothing is left when the page's frame is taken away".to_owned();
    Skip { path, record: Some(record), reason: SkipReason::NoText, detail, count: 1 }
}

/// What a file gave.
type Records = Vec<Result<RawArticle, Skip>>;

/// Whether a file has to be read.
enum Change {
    Unchanged,
    /// With its hash, if it could be hashed.
    Changed(Option<Hash128>),
}

fn is_document(file: &SourceFile) -> bool {
    Format::of(&file.relative).is_some_and(|format| format.shape.is_document())
}

/// What waits to be written, in the order of reading.
pub(super) enum Work<'a> {
    Record { raw: Box<RawArticle>, collection: &'a Collection },
    FileDone { collection: &'a Collection, file: String, state: FileState },
}

/// A run of [`super::ingest`].
pub(super) struct Run<'a> {
    pub pipeline: &'a Pipeline,
    pub options: &'a IngestOptions,
    pub writer: Writer,
    pub corrections: Corrections,
    /// As many threads as the run may use.
    pub pool: ThreadPool,
    pub skips: Vec<Skip>,
    pub seen: Progress,
    pub progress: &'a mut dyn FnMut(Progress),
    batch: Vec<Work<'a>>,
    batch_bytes: usize,
    /// Records without text, of files that are not done yet.
    without_text: BTreeMap<(String, String), u64>,
    /// When the files were looked at, in nanoseconds since 1970.
    looked: i64,
    /// Bytes of the files that are done.
    done_bytes: u64,
    last_progress: Option<Instant>,
}

impl<'a> Run<'a> {
    /// A run over files that were looked at not before `looked`.
    pub fn new(
        pipeline: &'a Pipeline,
        options: &'a IngestOptions,
        (writer, corrections): (Writer, Corrections),
        looked: SystemTime,
        progress: &'a mut dyn FnMut(Progress),
    ) -> Result<Run<'a>, Error> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(options.writer.threads).build();
        Ok(Run {
            pipeline,
            options,
            writer,
            corrections,
            pool: pool.map_err(|error| Error::Output(std::io::Error::other(error)))?,
            skips: Vec::new(),
            seen: Progress::default(),
            progress,
            batch: Vec::new(),
            batch_bytes: 0,
            without_text: BTreeMap::new(),
            looked: read::nanoseconds(looked).unwrap_or(i64::MIN),
            done_bytes: 0,
            last_progress: None,
        })
    }

    /// Reads those files that have changed, in their order. Documents in a row are parsed at once, each in a process of its own.
    pub fn files(&mut self, collection: &'a Collection, files: &[SourceFile]) -> Result<(), Error> {
        let at_once = DOCUMENTS_PER_THREAD * self.pool.current_num_threads();
        let rows = files.chunk_by(|one, next| is_document(one) && is_document(next));
        for some in rows.flat_map(|row| row.chunks(at_once)) {
            let changes: Vec<Change> = some.iter().map(|file| self.change(collection, file)).collect();
            let records = self.read_at_once(some, &changes);
            for ((file, change), records) in some.iter().zip(changes).zip(records) {
                match change {
                    Change::Unchanged => self.seen.all_bytes -= file.bytes,
                    Change::Changed(hash) => {
                        self.changed_file(collection, file, hash, records)?;
                        self.done_bytes += file.bytes;
                    }
                }
                self.seen.bytes = self.done_bytes;
                self.seen.files += 1;
                self.tell();
            }
        }
        Ok(())
    }

    /// The records of several files that have changed, read on all cores; none of a file alone, which is read as a stream.
    fn read_at_once(&self, files: &[SourceFile], changes: &[Change]) -> Vec<Option<Records>> {
        let read = |(file, change): (&SourceFile, &Change)| {
            let Change::Changed(hash) = *change else { return None };
            let mut records = Records::new();
            read::read_steady(file, hash, &self.options.read, &mut |record| {
                records.push(record);
                ControlFlow::Continue(())
            });
            Some(records)
        };
        if files.len() == 1 { vec![None] } else { self.pool.install(|| files.par_iter().zip(changes).map(read).collect()) }
    }

    /// Whether a file has changed: whether its size or time is another, and then its bytes are. Passes over one that has not.
    fn change(&mut self, collection: &'a Collection, file: &SourceFile) -> Change {
        let stamp = read::file_stamp(file, &self.options.read);
        let path = file.relative.as_str();
        let is_known = !self.options.hash && stamp.is_some_and(|stamp| self.writer.file_has_stamp(&collection.name, path, stamp));
        // A file that cannot be hashed cannot be read either, and reading it says why.
        let hash = if is_known { None } else { read::file_hash(file, &self.options.read).ok() };
        let is_unchanged = is_known || hash.is_some_and(|hash| self.writer.file_is_unchanged(&collection.name, path, hash));
        // To remove what a file has lost since an earlier run, that file has to be read again.
        if is_unchanged && !(self.options.prune && self.writer.holds_stale_records(&collection.name, path)) {
            self.writer.pass_unchanged_file(&collection.name, path, self.settled(stamp));
            return Change::Unchanged;
        }
        Change::Changed(hash)
    }

    /// A stamp that will show a change of the file after this run has looked at it.
    fn settled(&self, stamp: Option<FileStamp>) -> Option<FileStamp> {
        stamp.filter(|stamp| stamp.is_settled_at(self.looked))
    }

    /// Tells how far the run is, now and then.
    fn tell(&mut self) {
        if self.last_progress.is_none_or(|last| last.elapsed() >= PROGRESS_INTERVAL) {
            self.last_progress = Some(Instant::now());
            (self.progress)(self.seen);
        }
    }

    /// Reads a file whose hash is known, if it could be hashed; or takes its records, where it was read already.
    pub fn changed_file(
        &mut self,
        collection: &'a Collection,
        file: &SourceFile,
        hash: Option<Hash128>,
        records: Option<Records>,
    ) -> Result<(), Error> {
        let hash = hash.or_else(|| read::file_hash(file, &self.options.read).ok());
        let stamp = self.settled(read::file_stamp(file, &self.options.read));
        let mut state = FileState { hash, stamp, ..FileState::default() };
        self.options.read.bytes_read.take();
        let (mut failure, options) = (None, &self.options.read);
        let mut sink = |record: Result<RawArticle, Skip>| {
            let outcome = match record {
                Ok(raw) => {
                    state.records += 1;
                    let bytes = self.seen.bytes + self.options.read.bytes_read.take();
                    self.seen.bytes = bytes.min(self.done_bytes + file.bytes);
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
        };
        match records {
            // Nothing is left to be ended.
            Some(records) => drop(records.into_iter().try_for_each(&mut sink)),
            None => read::read_steady(file, hash, options, &mut sink),
        }
        if let Some(error) = failure {
            return Err(error);
        }
        // What changed while it was read was read in part: the next run looks again.
        let now = file.clone().stat();
        if (now.bytes, now.modified) != (file.bytes, file.modified) {
            (state.hash, state.stamp) = (None, None);
        }
        self.batch.push(Work::FileDone { collection, file: file.relative.clone(), state });
        Ok(())
    }

    /// Notes what a walk could not enter.
    pub fn note_skips(&mut self, walk: &Walked<'_>) {
        for skip in &walk.skips {
            let skipped = BTreeMap::from([(skip.reason.name().to_owned(), 1)]);
            self.writer.file_done(
                &walk.collection.name,
                &skip.path,
                FileState { skipped, may_hide_articles: true, ..FileState::default() },
            );
            self.list(skip.clone());
        }
    }

    pub fn list(&mut self, skip: Skip) {
        if self.skips.len() < MAX_LISTED_SKIPS {
            self.skips.push(skip);
        }
    }

    fn record(&mut self, collection: &'a Collection, raw: RawArticle) -> Result<(), Error> {
        let bytes = raw.content.text().len();
        self.seen.records += 1;
        self.seen.text_bytes += bytes as u64;
        self.tell();
        if self.writer.pass_unchanged_record(&collection.name, &raw.origin) {
            return Ok(());
        }
        self.batch.push(Work::Record { raw: Box::new(raw), collection });
        self.batch_bytes += bytes;
        if self.batch.len() >= BATCH_RECORDS || self.batch_bytes >= BATCH_BYTES {
            self.flush()?;
        }
        Ok(())
    }

    /// Cleans and extracts what waits on all cores, then writes it in the order of reading.
    pub fn flush(&mut self) -> Result<(), Error> {
        /// Work with its article made.
        enum Made<'a> {
            Entry(Box<Entry>),
            NoText { collection: &'a Collection, skip: Skip },
            FileDone { collection: &'a Collection, file: String, state: FileState },
        }
        let (pipeline, corrections) = (self.pipeline, &self.corrections);
        let make = |work| match work {
            Work::FileDone { collection, file, state } => Made::FileDone { collection, file, state },
            Work::Record { raw, collection } => {
                let (path, record) = (raw.origin.path.clone(), raw.origin.record);
                match pipeline.article(*raw, &collection.name, &collection.authority) {
                    Some(article) => Made::Entry(Box::new(pipeline.corrected(article, corrections))),
                    None => Made::NoText { collection, skip: no_text(path, record) },
                }
            }
        };
        let batch = std::mem::take(&mut self.batch);
        self.seen.extracted += batch.iter().filter(|work| matches!(work, Work::Record { .. })).count() as u64;
        let made: Vec<Made<'_>> = self.pool.install(|| batch.into_par_iter().map(make).collect());
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
}
