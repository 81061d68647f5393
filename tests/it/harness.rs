//! What the tests share: the repository, the shared data where it is there, the binary, an index in a temporary folder.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, LazyLock};
use tempfile::TempDir;
use tracuu::index::{FacetField, Generation, Reader, StoredArticle};
use tracuu::ingest::{IngestOptions, IngestReport, Pipeline, ingest};
use tracuu::search::{Request, Response, search};

/// The tables and models, made once.
pub static PIPELINE: LazyLock<Pipeline> = LazyLock::new(Pipeline::bundled);

pub fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A path in the data that is not part of the repository; `None`, with a line that says so, where it is missing.
///
/// In CI it must be there.
pub fn shared(path: &str) -> Option<PathBuf> {
    let path = repository().join("../shared/data").join(path);
    if path.exists() {
        return Some(path);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is missing, and CI has to have it", path.display());
    eprintln!("skipped: {} is not there (real articles that are not part of the repository)", path.display());
    None
}

/// An index in a folder that goes with it.
pub struct TestIndex {
    folder: TempDir,
}

impl TestIndex {
    pub fn new() -> TestIndex {
        TestIndex { folder: tempfile::tempdir().unwrap() }
    }

    /// An index of some paths.
    pub fn of(paths: &[PathBuf]) -> TestIndex {
        let index = TestIndex::new();
        index.ingest(paths, &IngestOptions::default());
        index
    }

    pub fn dir(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    /// A folder for articles beside the index.
    pub fn archive(&self) -> PathBuf {
        let archive = self.folder.path().join("archive");
        std::fs::create_dir_all(&archive).unwrap();
        archive
    }

    pub fn ingest(&self, paths: &[PathBuf], options: &IngestOptions) -> IngestReport {
        ingest(paths, &self.dir(), &PIPELINE, options, &mut |_| {}).unwrap()
    }

    pub fn generation(&self) -> Generation {
        Reader::open(&self.dir(), Arc::clone(&PIPELINE.analyzer)).unwrap().generation().unwrap()
    }

    pub fn search(&self, request: &Request) -> Response {
        search(&self.generation(), &PIPELINE.authority, request).unwrap_or_else(|error| panic!("{request:?}: {error}"))
    }
}

/// An index of the bundled archive, and its folder.
pub fn corpus_index() -> (TestIndex, String) {
    let index = TestIndex::of(&[repository().join("corpus")]);
    let dir = index.dir().to_str().unwrap().to_owned();
    (index, dir)
}

/// The header of a CSV, and its rows.
pub fn csv_rows(csv: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
    (header, reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect())
}

/// Runs the binary in a folder.
pub fn tracuu(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tracuu")).args(arguments).current_dir(folder).output().unwrap()
}

/// Starts the binary in a folder, with its three streams at hand.
pub fn start(folder: &Path, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tracuu"));
    command.args(arguments).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Runs the binary in a folder, with some text through a pipe.
pub fn fed(folder: &Path, arguments: &[&str], text: &str) -> Output {
    let mut child = start(folder, arguments);
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// Standard output of a run that must end with an exit code.
pub fn stdout(folder: &Path, arguments: &[&str], code: i32) -> String {
    let output = tracuu(folder, arguments);
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {stderr}");
    String::from_utf8(output.stdout).unwrap()
}

/// Every article of an index, its times of indexing left out, which nobody can say beforehand; with the group it belongs to.
pub fn articles(dir: &Path) -> Result<BTreeMap<String, StoredArticle>, tracuu::Error> {
    let timeless = |stored: StoredArticle| StoredArticle { first_indexed: String::new(), last_changed: String::new(), ..stored };
    let generation = Reader::open(dir, Arc::clone(&PIPELINE.analyzer))?.generation()?;
    let articles = generation.articles().map(|stored| Ok(timeless(stored?)));
    articles.map(|stored| stored.map(|stored| (stored.article.id.to_string(), stored))).collect()
}

/// What 30 queries with all facets find: totals, ids, scores, order and counts.
pub fn answers(dir: &Path) -> Result<Vec<serde_json::Value>, tracuu::Error> {
    const QUERIES: [&str; 30] = [
        "",
        "chuyển đổi số",
        "chuyen doi so",
        "nông thôn mới",
        "\"nông thôn mới\"",
        "UBND tỉnh",
        "ủy ban nhân dân",
        "họp",
        "hội nghị",
        "chủ tịch",
        "bí thư tỉnh ủy",
        "du lịch",
        "rừng",
        "nước sạch",
        "năm 2024",
        "xã",
        "huyện",
        "kinh tế xã hội",
        "giáo dục",
        "y tế",
        "\"ủy ban\"~5",
        "hop*",
        "hội nghị OR rừng",
        "tỉnh -huyện",
        "=họp",
        "title:tỉnh",
        "công an",
        "đường",
        "duong",
        "nghị quyết",
    ];
    let generation = Reader::open(dir, Arc::clone(&PIPELINE.analyzer))?.generation()?;
    let answer = |query: &&str| {
        let facets = FacetField::ALL.to_vec();
        let response =
            search(&generation, &PIPELINE.authority, &Request { query: (*query).to_owned(), facets, limit: 50, ..Request::default() })?;
        let hits: Vec<_> = response.hits.iter().map(|hit| (hit.article.id, hit.score, hit.article.group)).collect();
        let totals = (response.total, response.total_phrase, response.total_loose, response.total_stories);
        Ok(serde_json::json!({ "query": query, "totals": totals, "hits": hits, "facets": response.facets }))
    };
    QUERIES.iter().map(answer).collect()
}
