//! Ours: the whole pipeline, from records to an index, and its answers.

use crate::{Engine, Match, TOP};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tracuu::index::{FacetField, Generation, Reader};
use tracuu::ingest::{IngestOptions, Pipeline, ingest};
use tracuu::search::{MatchMode, Request, Response, SearchError, Unit, search};

pub struct Ours {
    pub dir: PathBuf,
    pub pipeline: Pipeline,
    pub generation: Generation,
}

impl Ours {
    pub fn build(folder: &Path, articles: &[String]) -> Ours {
        let (file, dir) = (folder.join("articles.jsonl"), folder.join("index"));
        std::fs::create_dir_all(folder).expect("the temporary folder can be written");
        let mut lines = BufWriter::new(std::fs::File::create(&file).expect("the temporary folder can be written"));
        for (number, text) in articles.iter().enumerate() {
            writeln!(lines, "{}", serde_json::json!({ "id": number, "text": text })).expect("the temporary folder can be written");
        }
        lines.flush().expect("the temporary folder can be written");
        drop(lines);
        let pipeline = Pipeline::bundled();
        let report = ingest(&[file], &dir, &pipeline, &IngestOptions::default(), &mut |_| {}).expect("it can be indexed");
        assert_eq!(report.articles, articles.len() as u64, "{:?}", report.skipped);
        let generation = opened(&dir, &pipeline);
        Ours { dir, pipeline, generation }
    }

    pub fn ask(&self, request: &Request) -> Result<Response, SearchError> {
        search(&self.generation, &self.pipeline.authority, request)
    }
}

pub fn opened(dir: &Path, pipeline: &Pipeline) -> Generation {
    Reader::open(dir, Arc::clone(&pipeline.analyzer)).and_then(|reader| reader.generation()).expect("it was just made")
}

/// What a person sees: ten hits with snippets, three totals, two facets.
pub fn whole_answer(query: &str) -> Request {
    Request { query: query.to_owned(), facets: vec![FacetField::Province, FacetField::Date], ..Request::default() }
}

/// The top ten alone.
pub fn top_alone(query: &str, matching: Match) -> Request {
    let matching = if matching == Match::All { MatchMode::All } else { MatchMode::Any };
    Request { query: query.to_owned(), matching, limit: TOP, max_snippets: 0, hits_of: Unit::Articles, ..Request::default() }
}

impl Engine for Ours {
    fn name(&self) -> &'static str {
        "ours"
    }

    fn top(&self, query: &str, matching: Match) -> Vec<usize> {
        let hits = self.ask(&top_alone(query, matching)).expect("titles that are no query were not drawn").hits;
        hits.iter().map(|hit| hit.article.key.parse().expect("the ids are numbers")).collect()
    }
}
