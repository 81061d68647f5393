//! The documents of a test set → an index of them, in a temporary folder that goes with it; or an index that is there already.

use super::super::args::DocumentFieldArg;
use super::super::output::note;
use super::super::progress::Reporter;
use super::super::read_text;
use crate::error::Error;
use crate::eval::TestRecord;
use crate::index::{Generation, Reader};
use crate::ingest::{IngestOptions, Pipeline, ingest};
use serde::Serialize;
use std::collections::HashSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// Documents that could not be indexed are told of one by one, up to so many.
const MAX_NOTES: usize = 20;

/// How many documents there are, and how many the index holds.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Documents {
    pub indexed: u64,
    pub of: u64,
}

/// An index of the documents of a test set.
pub(super) struct TestArchive {
    pub generation: Generation,
    pub documents: Documents,
    /// The ids of the documents; none where the index was there before.
    ids: Option<HashSet<String>>,
    /// Dropped last: the index lies in it.
    _folder: Option<TempDir>,
}

impl TestArchive {
    /// Indexes a file of documents, or opens the index in a folder.
    pub fn of(corpus: &Path, fields: &[DocumentFieldArg], pipeline: &Pipeline) -> Result<TestArchive, Error> {
        if !corpus.is_dir() {
            return TestArchive::indexed(corpus, fields, pipeline);
        }
        if !fields.is_empty() {
            let what = format!("{} is an index: its fields are what was indexed", corpus.display());
            return Err(Error::Usage { what, repair: "leave --fields out, or give a file of documents".to_owned() });
        }
        let generation = Reader::open(corpus, Arc::clone(&pipeline.analyzer))?.generation()?;
        let articles = generation.manifest().articles;
        Ok(TestArchive { generation, documents: Documents { indexed: articles, of: articles }, ids: None, _folder: None })
    }

    fn indexed(corpus: &Path, fields: &[DocumentFieldArg], pipeline: &Pipeline) -> Result<TestArchive, Error> {
        let folder = tempfile::tempdir()?;
        let (file, dir) = (folder.path().join("corpus.jsonl"), folder.path().join("index"));
        let ids = write_documents(corpus, fields, &file)?;

        // The name that `tracuu index` would give the collection: ids follow from it, and with them the order of ties.
        let name = corpus.file_name().map(|name| name.to_string_lossy().into_owned());
        let options = IngestOptions { collection: name, ..IngestOptions::default() };
        let mut reporter = Reporter::new();
        let report = ingest(&[file], &dir, pipeline, &options, &mut |progress| reporter.show(progress))?;
        reporter.finish();
        for skip in report.skips.iter().take(MAX_NOTES) {
            let id = skip.record.and_then(|record| ids.get(usize::try_from(record).ok()?)).map_or("", String::as_str);
            note(format_args!("not indexed: {id}: {}: {}", skip.reason.name(), skip.detail));
        }

        let generation = Reader::open(&dir, Arc::clone(&pipeline.analyzer))?.generation()?;
        let documents = Documents { indexed: report.articles, of: ids.len() as u64 };
        Ok(TestArchive { generation, documents, ids: Some(ids.into_iter().collect()), _folder: Some(folder) })
    }

    /// Whether a document may be found; always so in an index that was there before.
    pub fn holds(&self, document: &str) -> bool {
        self.ids.as_ref().is_none_or(|ids| ids.contains(document))
    }
}

/// Writes id and fields of each document as the pipeline reads records, one a line; returns the ids in order.
fn write_documents(corpus: &Path, fields: &[DocumentFieldArg], file: &Path) -> Result<Vec<String>, Error> {
    let takes = |field| fields.is_empty() || fields.contains(&field);
    let (takes_title, takes_text) = (takes(DocumentFieldArg::Title), takes(DocumentFieldArg::Text));
    let mut to = BufWriter::new(File::create(file)?);
    let mut ids = Vec::new();
    for record in TestRecord::read(&read_text(corpus)?) {
        let TestRecord { id, title, text } = in_file(corpus, record)?;
        let (title, text) = (title.filter(|_| takes_title), takes_text.then_some(text));
        writeln!(to, "{}", serde_json::json!({ "id": id, "title": title, "text": text }))?;
        ids.push(id);
    }
    to.flush()?;
    Ok(ids)
}

/// Says in which file a line is wrong.
pub(super) fn in_file<T, E: std::error::Error + Send + Sync + 'static>(path: &Path, read: Result<T, E>) -> Result<T, Error> {
    read.map_err(|error| Error::Path { path: path.to_owned(), source: std::io::Error::new(std::io::ErrorKind::InvalidData, error) })
}
