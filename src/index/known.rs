//! What a writer knows of the articles that an index holds, without reading any of their texts.

use super::schema::{column, file_key};
use crate::article::{Article, ArticleId, Hash128, file_of};
use std::collections::HashMap;
use tantivy::{Searcher, SegmentReader};

/// A file of a collection, by number.
pub(super) type FileId = u32;

/// What is known of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct KnownArticle {
    pub content_hash: Hash128,
    /// Low half of the hash of the record's bytes.
    pub raw: u64,
    /// Low half of the pipeline's hash.
    pub pipeline: u64,
    pub file: FileId,
    pub record: u64,
    /// Digest of what people said of it; 0 for nothing.
    pub corrections: u64,
    /// Whether the run has met its record.
    pub met: bool,
    /// Whether it was put since the last commit, so that the index cannot give it back yet.
    pub uncommitted: bool,
}

/// The articles of an index by id and by where they were read.
#[derive(Debug, Default)]
pub(super) struct Known {
    articles: HashMap<ArticleId, KnownArticle>,
    by_record: HashMap<(FileId, u64), ArticleId>,
    /// Number of articles read from each file on disk.
    of_file: HashMap<FileId, u64>,
    files: Vec<String>,
    /// The file on disk of each: of a member of an archive, the archive.
    on_disk: Vec<FileId>,
    by_file: HashMap<String, FileId>,
}

impl Known {
    /// Reads the columns of a committed state.
    pub fn load(searcher: &Searcher) -> tantivy::Result<Known> {
        let mut known = Known::default();
        for reader in searcher.segment_readers() {
            known.load_segment(reader)?;
        }
        Ok(known)
    }

    fn load_segment(&mut self, reader: &SegmentReader) -> tantivy::Result<()> {
        let columns = reader.fast_fields();
        let number = |name| columns.u64(name).map(|column| column.first_or_default_col(0));
        let (id_high, id_low) = (number(column::ID_HIGH)?, number(column::ID_LOW)?);
        let (content_high, content_low) = (number(column::CONTENT_HIGH)?, number(column::CONTENT_LOW)?);
        let (raw, record, pipeline) = (number(column::RAW_LOW)?, number(column::RECORD_LOW)?, number(column::PIPELINE_LOW)?);
        let corrections = number(column::CORRECTIONS)?;
        let Some(file) = columns.str(column::FILE)? else { return Ok(()) };

        let mut files = Vec::with_capacity(file.num_terms());
        let mut terms = file.dictionary().stream()?;
        while terms.advance() {
            files.push(self.file(&String::from_utf8_lossy(terms.key())));
        }
        for doc in reader.doc_ids_alive() {
            let Some(ordinal) = file.ords().first(doc) else { continue };
            let article = KnownArticle {
                content_hash: Hash128::from_halves(content_high.get_val(doc), content_low.get_val(doc)),
                raw: raw.get_val(doc),
                pipeline: pipeline.get_val(doc),
                file: files[ordinal as usize],
                record: record.get_val(doc),
                corrections: corrections.get_val(doc),
                met: false,
                uncommitted: false,
            };
            self.insert(ArticleId::from_halves(id_high.get_val(doc), id_low.get_val(doc)), article);
        }
        Ok(())
    }

    /// The number of a file; a new one gets the next.
    pub fn file(&mut self, key: &str) -> FileId {
        if let Some(&file) = self.by_file.get(key) {
            return file;
        }
        let file = self.files.len() as FileId;
        self.files.push(key.to_owned());
        self.by_file.insert(key.to_owned(), file);
        self.on_disk.push(file);
        let archive = file_of(key);
        if archive != key {
            self.on_disk[file as usize] = self.file(archive);
        }
        file
    }

    /// The file on disk that a file is, or lies in.
    pub fn file_on_disk(&self, file: FileId) -> FileId {
        self.on_disk[file as usize]
    }

    /// The number of the file an article was read from.
    pub fn file_of(&mut self, article: &Article) -> FileId {
        self.file(&file_key(&article.collection, &article.origin.path))
    }

    /// The key of a file, `collection\u{1f}path`.
    pub fn file_key(&self, file: FileId) -> &str {
        &self.files[file as usize]
    }

    /// Number of articles that were read from a file on disk, its members together.
    pub fn articles_of(&self, key: &str) -> u64 {
        self.by_file.get(key).and_then(|file| self.of_file.get(file)).copied().unwrap_or(0)
    }

    pub fn get(&self, id: ArticleId) -> Option<&KnownArticle> {
        self.articles.get(&id)
    }

    pub fn get_mut(&mut self, id: ArticleId) -> Option<&mut KnownArticle> {
        self.articles.get_mut(&id)
    }

    /// The article that was read from a record.
    pub fn at(&self, file: FileId, record: u64) -> Option<ArticleId> {
        self.by_record.get(&(file, record)).copied()
    }

    pub fn insert(&mut self, id: ArticleId, article: KnownArticle) {
        self.remove(id);
        self.by_record.insert((article.file, article.record), id);
        *self.of_file.entry(self.file_on_disk(article.file)).or_default() += 1;
        self.articles.insert(id, article);
    }

    pub fn remove(&mut self, id: ArticleId) {
        if let Some(article) = self.articles.remove(&id) {
            let on_disk = self.file_on_disk(article.file);
            if let Some(count) = self.of_file.get_mut(&on_disk) {
                *count -= 1;
            }
            let record = (article.file, article.record);
            // Another id may have taken the record's place (its url changed).
            if self.by_record.get(&record) == Some(&id) {
                self.by_record.remove(&record);
            }
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (ArticleId, &KnownArticle)> {
        self.articles.iter().map(|(&id, article)| (id, article))
    }

    /// After a commit: the index can give every article back.
    pub fn all_committed(&mut self) {
        self.articles.values_mut().for_each(|article| article.uncommitted = false);
    }

    pub fn len(&self) -> u64 {
        self.articles.len() as u64
    }

    /// Hash over sorted ids and content hashes.
    pub fn corpus_id(&self) -> Hash128 {
        let mut articles: Vec<_> = self.articles.iter().map(|(id, article)| (id.halves(), article.content_hash.halves())).collect();
        articles.sort_unstable();
        let bytes: Vec<u8> = articles.into_iter().flat_map(|((a, b), (c, d))| [a, b, c, d]).flat_map(|half| half.to_be_bytes()).collect();
        Hash128::of([bytes.as_slice()])
    }
}
