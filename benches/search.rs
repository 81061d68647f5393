//! Queries over generated articles: totals, hits, snippets, facets.

use crate::material::{PIPELINE, archive};
use criterion::Criterion;
use std::sync::Arc;
use tracuu::index::{FacetField, Reader};
use tracuu::ingest::{IngestOptions, ingest};
use tracuu::search::{Filter, Request, search, snippets};

const ARTICLES: usize = 5_000;

const HUGE_BYTES: usize = 20 << 20;

pub fn queries(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let dir = folder.path().join("index");
    ingest(&[archive(folder.path(), ARTICLES)], &dir, &PIPELINE, &IngestOptions::default(), &mut |_| {}).expect("it can be indexed");
    let generation = Reader::open(&dir, Arc::clone(&PIPELINE.analyzer)).and_then(|reader| reader.generation()).expect("it was just made");

    let facets = vec![FacetField::Province, FacetField::Date, FacetField::Official];
    let of = |query: &str| Request { query: query.to_owned(), ..Request::default() };
    let requests = [
        ("words", of("chuyển đổi số")),
        ("folded", of("chuyen doi so")),
        ("phrase", of("\"cải cách hành chính\"")),
        ("filters", Request { filters: vec![Filter::province("Ninh Bình"), Filter::Year("2024".to_owned())], ..of("chuyển đổi số") }),
        ("exact", Request { exact: true, ..of("chuyển đổi số") }),
        ("context", Request { context: Some(8), ..of("chuyển đổi số") }),
        ("facets", Request { facets, ..of("chuyển đổi số") }),
    ];
    let mut group = criterion.benchmark_group("search");
    for (name, request) in requests {
        let run = || search(&generation, &PIPELINE.authority, &request).expect("the request is right").total;
        assert!(run() > 0, "{name}");
        group.bench_function(name, |bencher| bencher.iter(run));
    }
    group.finish();

    // A match every other word, over 20 MB: what is bounded must not cost a second.
    let mut article = generation.articles().next().expect("there are articles").expect("an article can be read").article;
    article.body = Some("đất đai ".repeat(HUGE_BYTES / "đất đai ".len()));
    let mut group = criterion.benchmark_group("snippets");
    group.sample_size(10);
    for (name, request) in [("all words together", of("đất đai")), ("one word missing", of("đất thuế")), ("exact", of("=đất =thuế"))]
    {
        let run = || snippets(&generation, &PIPELINE.authority, &article, &request).expect("the request is right").len();
        assert!(run() > 0, "{name}");
        group.bench_function(name, |bencher| bencher.iter(run));
    }
    group.finish();
}
