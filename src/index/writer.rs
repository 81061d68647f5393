//! Articles → index: adds, replaces, supersedes and removes, in checkpoints that are all or nothing.
//!
//! Every checkpoint commits index and manifest in one step; what was put after the last one is lost
//! when the process dies, and read again by the next run.

mod files;
mod gone;

pub use gone::Gone;

use super::error::IndexError;
use super::generation::{SEGMENTS, damaged, index_builder, is_consistent, open_index, open_to_readers};
use super::groups::{self, Compared, GroupList};
use super::history::History;
use super::known::{FileId, Known, KnownArticle};
use super::lock::WriterLock;
use super::manifest::{CollectionEntry, Manifest, UserTable, UserTables, path as manifest_path};
use super::merging::AtEnd;
use super::schema::{Schema, file_key};
use super::settle::{Outcome, place, settle};
use super::stored::{Entry, StoredArticle};
use super::verified::Verified;
use crate::analysis::Analyzer;
use crate::article::{Article, ArticleId, Hash128, Origin, file_of};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tantivy::collector::TopDocs;
use tantivy::directory::MmapDirectory;
use tantivy::indexer::LogMergePolicy;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError};

/// How a writer works.
#[derive(Clone, Debug)]
pub struct WriterOptions {
    /// Indexing threads, at least 1.
    pub threads: usize,
    /// Memory of all indexing threads together, in bytes; at least [`WriterOptions::MIN_THREAD_BYTES`] for each.
    pub memory_bytes: usize,
    /// Segments of more articles than this are not merged any more, nor others to more when a run ends.
    pub max_segment_articles: usize,
    /// Articles between checkpoints.
    pub checkpoint_articles: u64,
    /// Time between checkpoints.
    pub checkpoint_time: Duration,
    /// The index that this one replaces: articles that come anew keep their first day and their versions.
    pub history: Option<Arc<History>>,
}

impl WriterOptions {
    /// The least memory for an indexing thread.
    pub const MIN_THREAD_BYTES: usize = 15_000_000;
    /// The most that one makes use of.
    pub const MAX_THREAD_BYTES: usize = 4_000_000_000;

    /// The memory of so many indexing threads where nothing else is said: 250 MB for each, at most 1 GB for all.
    pub fn memory_of(threads: usize) -> usize {
        (threads * 250_000_000).min(1_000_000_000).max(threads * WriterOptions::MIN_THREAD_BYTES)
    }
}

impl Default for WriterOptions {
    fn default() -> WriterOptions {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
        WriterOptions {
            threads,
            memory_bytes: WriterOptions::memory_of(threads),
            max_segment_articles: 250_000,
            checkpoint_articles: 50_000,
            checkpoint_time: Duration::from_secs(30),
            history: None,
        }
    }
}

/// The one writer of an index folder.
pub struct Writer {
    _lock: WriterLock,
    dir: PathBuf,
    schema: Schema,
    verified: Verified,
    reader: IndexReader,
    tantivy: IndexWriter,
    known: Known,
    manifest: Manifest,
    last_run_completed: bool,
    options: WriterOptions,
    put_since_checkpoint: u64,
    /// Whether anything was put or removed since.
    is_changed: bool,
    last_checkpoint: Instant,
    /// Records whose rival is not committed yet, so that the two cannot be compared.
    deferred: Vec<Entry>,
    /// Files that this run read to their end, every record of them.
    read_files: BTreeSet<FileId>,
}

impl Writer {
    /// Opens an index folder for writing, or makes one.
    ///
    /// `tables` name what the pipeline is made of; an article that another pipeline extracted counts as changed.
    ///
    /// # Errors
    /// [`IndexError::Locked`], [`IndexError::Format`], [`IndexError::Damaged`], or the file system's.
    pub fn open(
        dir: &Path,
        analyzer: &Arc<Analyzer>,
        tables: BTreeMap<String, Hash128>,
        options: WriterOptions,
    ) -> Result<Writer, IndexError> {
        // What another writer commits must not come between what is read here.
        let lock = WriterLock::take(dir)?;
        let schema = Schema::new();
        let (index, mut manifest) = match open_index(dir, &schema, analyzer) {
            Err(IndexError::Missing { .. }) => (create_index(dir, &schema, analyzer)?, Manifest::new(new_index_id(dir))),
            opened => opened?,
        };
        let verified = Verified::load(dir);
        verified.check(&index)?;
        let tantivy = index.writer_with_num_threads(options.threads, options.memory_bytes).map_err(|error| match error {
            TantivyError::LockFailure(..) => IndexError::Locked { dir: dir.to_owned() },
            other => IndexError::writing(dir, other),
        })?;
        let mut merges = LogMergePolicy::default();
        merges.set_max_docs_before_merge(options.max_segment_articles);
        tantivy.set_merge_policy(Box::new(merges));
        let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        is_consistent(dir, &manifest, &reader.searcher())?;
        let known = Known::load(&reader.searcher())?;

        let pipeline = pipeline_of(&tables);
        if manifest.pipeline != pipeline {
            // Another pipeline may read other values out of the same bytes.
            manifest.files.clear();
        }
        let tool = Manifest::new(manifest.index_id).tool;
        let last_run_completed = manifest.run.completed;
        let run = super::manifest::RunReport { started: now(), ..Default::default() };
        manifest = Manifest { pipeline, tables, tool, run, ..manifest };
        Ok(Writer {
            _lock: lock,
            dir: dir.to_owned(),
            schema,
            verified,
            reader,
            tantivy,
            known,
            manifest,
            last_run_completed,
            options,
            put_since_checkpoint: 0,
            is_changed: false,
            last_checkpoint: Instant::now(),
            deferred: Vec::new(),
            read_files: BTreeSet::new(),
        })
    }

    /// Declares a collection. A root that moved keeps its name, and so its articles their ids.
    ///
    /// # Errors
    /// [`IndexError::NameClash`] if the name stands for another root that is still there, unless `moved`.
    pub fn declare_collection(&mut self, name: &str, root: &Path, moved: bool) -> Result<(), IndexError> {
        let known = self.manifest.collections.get(name).map(|entry| &entry.root);
        if let Some(indexed) = known.filter(|indexed| *indexed != root && indexed.exists() && !moved) {
            return Err(IndexError::NameClash { name: name.to_owned(), indexed: indexed.clone(), given: root.to_owned() });
        }
        let tables = self.manifest.collections.remove(name).map(|entry| entry.tables).unwrap_or_default();
        self.manifest.collections.insert(name.to_owned(), CollectionEntry { root: root.to_owned(), tables });
        self.manifest.files.entry(name.to_owned()).or_default();
        Ok(())
    }

    /// Whether the run before this one came to its end.
    pub fn last_run_completed(&self) -> bool {
        self.last_run_completed
    }

    /// The collections, with their tables as the last run left them.
    pub fn collections(&self) -> &BTreeMap<String, CollectionEntry> {
        &self.manifest.collections
    }

    /// Sets the tables that stand beside a declared collection's articles.
    ///
    /// With other publishers, every article of the collection is to be extracted anew.
    pub fn set_tables(&mut self, collection: &str, tables: UserTables) {
        let Some(entry) = self.manifest.collections.get_mut(collection) else { return };
        let hash = |table: &Option<UserTable>| table.as_ref().map(|table| table.hash);
        if hash(&entry.tables.sources) != hash(&tables.sources) {
            self.manifest.files.remove(collection);
        }
        entry.tables = tables;
    }

    /// Articles that have other corrections than wanted (by digest, see [`crate::article::Correction::digest`]), as the index holds them.
    ///
    /// Commits what was put, where one of them is among it.
    ///
    /// # Errors
    /// As the index reports.
    pub fn ids_with_other_corrections(&mut self, wanted: impl Fn(ArticleId) -> u64) -> Result<Vec<ArticleId>, IndexError> {
        while !self.deferred.is_empty() {
            self.checkpoint()?;
        }
        let others = self.known.iter().filter(|(id, article)| article.corrections != wanted(*id));
        let (mut ids, mut uncommitted) = (Vec::new(), false);
        for (id, article) in others {
            ids.push(id);
            uncommitted |= article.uncommitted;
        }
        if uncommitted {
            self.checkpoint()?;
        }
        ids.sort();
        Ok(ids)
    }

    /// Puts what `corrected` makes of an article as it was extracted in its place; everything else of it stays.
    ///
    /// # Errors
    /// As the index reports.
    pub fn recorrect(&mut self, id: ArticleId, corrected: impl Fn(Article) -> Entry) -> Result<(), IndexError> {
        let stored = self.stored(id)?;
        let Entry { article, extracted, signature } = corrected(stored.clone().extracted());
        self.tantivy.delete_term(self.schema.id_term(id));
        self.write(&StoredArticle { article, extracted, signature, last_changed: now(), ..stored })?;
        self.manifest.run.corrected += 1;
        Ok(())
    }

    /// Whether the article of a record is in the index, made from the same bytes by the same pipeline.
    ///
    /// Says so without the record having been cleaned or extracted, and counts it.
    pub fn pass_unchanged_record(&mut self, collection: &str, origin: &Origin) -> bool {
        let file = self.known.file(&file_key(collection, &origin.path));
        let pipeline = self.manifest.pipeline_of(collection).halves().1;
        let Some(article) = self.known.at(file, origin.record).and_then(|id| self.known.get_mut(id)) else { return false };
        let unchanged = article.raw == origin.raw_hash.halves().1 && article.pipeline == pipeline;
        if unchanged {
            article.met = true;
            self.manifest.run.unchanged += 1;
        }
        unchanged
    }

    /// Puts an article: adds it, or settles it with the one that has its id.
    pub fn put(&mut self, entry: Entry) -> Result<(), IndexError> {
        match self.known.get(entry.article.id).copied() {
            None => {
                let (first_indexed, last_changed) = (now(), now());
                let pipeline = self.manifest.pipeline_of(&entry.article.collection);
                let Entry { article, extracted, signature } = entry;
                let new = StoredArticle { article, extracted, signature, pipeline, first_indexed, last_changed, versions: Vec::new() };
                match &self.options.history {
                    Some(history) => self.write(&Arc::clone(history).continued(new))?,
                    None => self.write(&new)?,
                }
                self.count(Outcome::Added);
            }
            Some(known) if known.uncommitted => self.deferred.push(entry),
            Some(_) => {
                let rival = self.stored(entry.article.id)?;
                self.settle(rival, vec![entry])?;
            }
        }
        let due = self.put_since_checkpoint >= self.options.checkpoint_articles
            || self.deferred.len() as u64 >= self.options.checkpoint_articles
            || self.last_checkpoint.elapsed() >= self.options.checkpoint_time;
        if due { self.checkpoint() } else { Ok(()) }
    }

    /// The last checkpoint: groups near-duplicates, says in the manifest that the run came to its end, and waits for merges.
    pub fn finish(mut self) -> Result<Manifest, IndexError> {
        while self.is_changed || !self.deferred.is_empty() {
            self.checkpoint()?;
        }
        let kept = self.manifest.groups.and_then(|hash| GroupList::read(&self.dir, hash).ok());
        let groups = match kept {
            Some(groups) => groups,
            None => {
                let known = Compared::load(&self.dir);
                let (groups, compared) = groups::find(&self.reader.searcher(), &self.schema, &self.dir, &known)?;
                self.manifest.groups = Some(groups.write(&self.dir)?);
                if compared != known {
                    compared.write(&self.dir)?;
                }
                groups
            }
        };
        self.manifest.run.duplicate = groups.duplicates();
        self.manifest.run.completed = true;
        self.tantivy.set_merge_policy(Box::new(AtEnd { max_segment_articles: self.options.max_segment_articles }));
        self.checkpoint()?;
        self.tantivy.wait_merging_threads().map_err(|error| IndexError::writing(&self.dir, error))?;
        self.verified.note(self.reader.searcher().index())?;
        open_to_readers(&self.dir, &manifest_path(&self.dir, self.manifest.generation));
        Ok(self.manifest)
    }

    /// Commits what was put, index and manifest in one step.
    pub fn checkpoint(&mut self) -> Result<(), IndexError> {
        self.manifest.generation += 1;
        if self.is_changed {
            self.manifest.groups = None;
        }
        self.manifest.articles = self.known.len();
        self.manifest.corpus_id = self.known.corpus_id();

        // A file with a record that still waits for its rival is not done yet.
        let mut committed = self.manifest.clone();
        for Entry { article, .. } in &self.deferred {
            if let Some(files) = committed.files.get_mut(&article.collection) {
                files.remove(file_of(&article.origin.path));
            }
        }
        let writing = |error| IndexError::writing(&self.dir, error);
        let mut prepared = self.tantivy.prepare_commit().map_err(writing)?;
        prepared.set_payload(&committed.write(&self.dir)?.to_string());
        prepared.commit().map_err(writing)?;
        self.verified.note(self.reader.searcher().index())?;
        open_to_readers(&self.dir, &manifest_path(&self.dir, committed.generation));
        committed.remove_older(&self.dir);
        GroupList::remove_others(&self.dir, committed.groups);

        self.reader.reload()?;
        self.known.all_committed();
        self.put_since_checkpoint = 0;
        self.is_changed = false;
        self.last_checkpoint = Instant::now();
        self.settle_deferred()
    }

    /// Settles the records that waited for their rivals to be committed.
    fn settle_deferred(&mut self) -> Result<(), IndexError> {
        let mut by_id: BTreeMap<ArticleId, Vec<Entry>> = BTreeMap::new();
        for entry in std::mem::take(&mut self.deferred) {
            by_id.entry(entry.article.id).or_default().push(entry);
        }
        for (id, rivals) in by_id {
            let stored = self.stored(id)?;
            self.settle(stored, rivals)?;
        }
        Ok(())
    }

    /// Decides between an article of the index and others of its id, and writes the outcome.
    fn settle(&mut self, stored: StoredArticle, rivals: Vec<Entry>) -> Result<(), IndexError> {
        let id = stored.article.id;
        let mut settled = stored.clone();
        for entry in rivals {
            let pipeline = self.manifest.pipeline_of(&entry.article.collection);
            let is_same_record =
                place(&entry.article.collection, &entry.article.origin) == place(&settled.article.collection, &settled.article.origin);
            if let Some(known) = self.known.get_mut(id).filter(|_| is_same_record) {
                known.met = true;
            }
            let (next, outcome) = settle(settled, entry, pipeline);
            settled = next;
            self.count(outcome);
        }
        if settled == stored {
            return Ok(());
        }
        if settled.article != stored.article {
            settled.last_changed = now();
        }
        self.tantivy.delete_term(self.schema.id_term(id));
        self.write(&settled)
    }

    fn write(&mut self, stored: &StoredArticle) -> Result<(), IndexError> {
        if let Err(error) = self.tantivy.add_document(self.schema.document(stored)) {
            // It says only that a thread has ended; what ended it is told by the commit that cannot be.
            let cause = self.tantivy.prepare_commit().err().unwrap_or(error);
            return Err(IndexError::writing(&self.dir, cause));
        }
        let article = &stored.article;
        let known = KnownArticle {
            content_hash: article.content_hash,
            raw: article.origin.raw_hash.halves().1,
            pipeline: stored.pipeline.halves().1,
            file: self.known.file_of(article),
            record: article.origin.record,
            corrections: stored.corrections_digest(),
            met: true,
            uncommitted: true,
        };
        self.known.insert(article.id, known);
        self.is_changed = true;
        self.put_since_checkpoint += 1;
        Ok(())
    }

    fn count(&mut self, outcome: Outcome) {
        let run = &mut self.manifest.run;
        *match outcome {
            Outcome::Added => &mut run.added,
            Outcome::Changed => &mut run.changed,
            Outcome::Unchanged => &mut run.unchanged,
            Outcome::Superseded => &mut run.superseded,
        } += 1;
    }

    /// A committed article.
    fn stored(&self, id: ArticleId) -> Result<StoredArticle, IndexError> {
        let searcher = self.reader.searcher();
        let query = TermQuery::new(self.schema.id_term(id), IndexRecordOption::Basic);
        let found = searcher.search(&query, &TopDocs::with_limit(1).order_by_score())?;
        let &(_, address) = found.first().ok_or_else(|| damaged(&self.dir, format_args!("article {id} is listed but not there")))?;
        let document: TantivyDocument = searcher.doc(address)?;
        let stored = self.schema.stored(&document).map_err(|what| damaged(&self.dir, what))?;
        Ok(StoredArticle { signature: groups::signature(&searcher, address)?, ..stored })
    }
}

fn create_index(dir: &Path, schema: &Schema, analyzer: &Arc<Analyzer>) -> Result<Index, IndexError> {
    let segments = dir.join(SEGMENTS);
    // There may be leftovers of a process that was killed before its first checkpoint.
    if segments.exists() {
        fs::remove_dir_all(&segments).map_err(IndexError::io(&segments))?;
    }
    fs::create_dir_all(&segments).map_err(IndexError::io(&segments))?;
    let directory = MmapDirectory::open(&segments).map_err(|error| damaged(dir, error))?;
    // Measured, of the text: 0.38 at level 3 in blocks of 16 KiB, 0.34 in blocks of 64; level 9 takes five times the time for 0.32.
    let docstore_compression = Compressor::Zstd(ZstdCompressor { compression_level: Some(3) });
    let settings = IndexSettings { docstore_compression, docstore_blocksize: 65_536, ..IndexSettings::default() };
    let builder = index_builder(schema, analyzer).settings(settings);
    builder.open_or_create(directory).map_err(|error| IndexError::writing(dir, error))
}

/// The name of a pipeline: of all that makes articles out of bytes.
pub(super) fn pipeline_of(tables: &BTreeMap<String, Hash128>) -> Hash128 {
    let parts: Vec<String> = tables.iter().map(|(name, hash)| format!("{name} {hash}")).collect();
    Hash128::of(parts.iter().map(String::as_bytes))
}

fn new_index_id(dir: &Path) -> Hash128 {
    Hash128::of([dir.as_os_str().as_encoded_bytes(), now().as_bytes(), &std::process::id().to_le_bytes()])
}

fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn who_may_read_one_file_of_an_index_may_read_all() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let analyzer = Arc::new(Analyzer::bundled());
        Writer::open(folder.path(), &analyzer, BTreeMap::new(), WriterOptions::default()).unwrap().finish().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let manifest = mode(&manifest_path(folder.path(), 1));
        let files = [folder.path().to_owned(), folder.path().join(SEGMENTS)].map(|dir| fs::read_dir(dir).unwrap());
        for file in files.into_iter().flatten().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
            assert_eq!(mode(&file), manifest, "{}", file.display());
        }
    }

    #[test]
    fn a_run_that_began_in_the_future_is_followed_by_any_other() {
        let folder = tempfile::tempdir().unwrap();
        let analyzer = Arc::new(Analyzer::bundled());
        let open = || Writer::open(folder.path(), &analyzer, BTreeMap::new(), WriterOptions::default()).unwrap();
        let mut writer = open();
        writer.manifest.run.started = "2999-01-01T00:00:00Z".to_owned();
        let first = writer.finish().unwrap();
        assert_eq!((first.run.started.as_str(), first.generation), ("2999-01-01T00:00:00Z", 1));
        let second = open().finish().unwrap();
        assert!(second.run.completed && second.generation == 2 && second.run.started < first.run.started);
    }
}
