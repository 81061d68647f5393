//! Queries over generated articles: totals, hits, snippets, facets.

use crate::material::{PIPELINE, archive};
use criterion::Criterion;
use std::sync::Arc;
use tracuu::index::{FacetField, Reader};
use tracuu::ingest::{IngestOptions, ingest};
use tracuu::search::{Filter, Request, search};

const ARTICLES: usize = 5_000;

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
        ("facets", Request { facets, ..of("chuyển đổi số") }),
    ];
    let mut group = criterion.benchmark_group("search");
    for (name, request) in requests {
        let run = || search(&generation, &PIPELINE.authority, &request).expect("the request is right").total;
        assert!(run() > 0, "{name}");
        group.bench_function(name, |bencher| bencher.iter(run));
    }
    group.finish();
}
