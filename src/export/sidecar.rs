//! What an export or another answer is of → what stands beside its files, so that others can make the same ones again and see whether they
//! did.

use super::codebook::Written;
use super::exporter::Style;
use super::offsets::Offsets;
use crate::article::Hash128;
use crate::search::{AppliedFilter, IndexState, MatchMode, Notice, Request, Response, Unit};
use crate::text::compose;
use serde::Serialize;

/// `.meta.json` of an export.
#[derive(Clone, Debug, Serialize)]
pub struct Sidecar {
    /// The program that wrote it, with its version.
    pub tool: String,
    /// When, RFC 3339, UTC.
    pub written: String,
    /// The state of the index: its name, the hash over its articles, the number of its commit.
    pub index: IndexState,
    /// Version of tables, rules and model by which the articles were extracted.
    pub pipeline: Hash128,
    /// As typed, and as it was understood.
    pub query: QueryOf,
    /// How each filter was read.
    pub filters: Vec<AppliedFilter>,
    /// What a row is: `articles`, or `stories` for one of each group of near-duplicates.
    pub hits_of: Unit,
    /// Articles that match.
    pub total: u64,
    /// Stories that match.
    pub total_stories: u64,
    /// `csv`, `jsonl`, `ris`, `bibtex`, `csl-json`, `tables`.
    pub format: String,
    /// Columns, in order; empty where the form has none of its own.
    pub fields: Vec<String>,
    /// `bytes` or `characters`: what spans are counted in.
    pub offsets: &'static str,
    /// Whether it was written for spreadsheets.
    pub excel: bool,
    /// What the reader should know.
    pub notices: Vec<Notice>,
    /// The files.
    pub files: Vec<Written>,
}

/// The query of an export.
#[derive(Clone, Debug, Serialize)]
pub struct QueryOf {
    /// As typed, composed.
    pub typed: String,
    /// In the query language, as it was understood.
    pub canonical: String,
    /// `all` or `any`.
    pub matching: MatchMode,
    /// Whether words stand letter for letter.
    pub exact: bool,
    /// `relevance`, `newest`, `oldest`; left out where nothing is sorted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<&'static str>,
}

impl QueryOf {
    fn of(request: &Request, canonical: &str) -> QueryOf {
        QueryOf {
            typed: compose(&request.query),
            canonical: canonical.to_owned(),
            matching: request.matching,
            exact: request.exact,
            sort: None,
        }
    }
}

/// `.meta.json` of a file with the answer to one query or several: a table, a trend, a sample, posts, people.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerSidecar<W> {
    /// The program that wrote it, with its version.
    pub tool: String,
    /// When, RFC 3339, UTC.
    pub written: String,
    /// The state of the index.
    pub index: IndexState,
    /// Version of tables, rules and model by which the articles were extracted.
    pub pipeline: Hash128,
    /// What it answers: `table`, `trend`, `sample`, `posts`, `people`, `suggestions`.
    pub answer: &'static str,
    /// What was wanted of it.
    pub wanted: W,
    /// The queries, in order.
    pub queries: Vec<AnsweredQuery>,
    /// `articles` or `stories`: what everything counts.
    pub counts_of: Unit,
    /// `csv`, `json`, `svg` …
    pub format: String,
    /// Whether it was written for spreadsheets.
    pub excel: bool,
    /// The file, alone in a list, as an export has them.
    pub files: Vec<AnswerFile>,
}

/// A query, and what it selects.
#[derive(Clone, Debug, Serialize)]
pub struct AnsweredQuery {
    /// What it goes by in the file.
    pub name: String,
    /// As typed, and as it was understood.
    pub query: QueryOf,
    /// How each filter was read.
    pub filters: Vec<AppliedFilter>,
    /// What matches.
    pub total: u64,
    /// What the reader should know.
    pub notices: Vec<Notice>,
}

/// A file with an answer.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerFile {
    /// Its name.
    pub path: String,
    /// How long it is.
    pub bytes: u64,
}

impl AnsweredQuery {
    /// A request with what its answer says of it.
    pub fn of(name: &str, request: &Request, canonical: &str, filters: &[AppliedFilter], total: u64, notices: &[Notice]) -> AnsweredQuery {
        AnsweredQuery {
            name: name.to_owned(),
            query: QueryOf::of(request, canonical),
            filters: filters.to_vec(),
            total,
            notices: notices.to_vec(),
        }
    }
}

/// How files are written, and which.
pub struct Files {
    /// `csv` …
    pub format: String,
    /// Columns.
    pub fields: Vec<String>,
    /// What spans are counted in.
    pub offsets: Offsets,
    /// How CSV is written.
    pub style: Style,
    /// What was written.
    pub written: Vec<Written>,
}

impl Sidecar {
    /// What stands beside the files of an answer, written at an instant.
    pub fn of(response: &Response, request: &Request, pipeline: Hash128, files: Files, at: String) -> Sidecar {
        Sidecar {
            tool: response.tool.clone(),
            written: at,
            index: response.index.clone(),
            pipeline,
            query: QueryOf { sort: Some(request.sort.name()), ..QueryOf::of(request, &response.query.canonical) },
            filters: response.filters.clone(),
            hits_of: response.hits_of,
            total: response.total,
            total_stories: response.total_stories,
            format: files.format,
            fields: files.fields,
            offsets: match files.offsets {
                Offsets::Bytes => "bytes",
                Offsets::Characters => "characters",
            },
            excel: files.style == Style::Excel,
            notices: response.notices.clone(),
            files: files.written,
        }
    }
}
