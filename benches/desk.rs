//! What a researcher asks for after a search, over all articles: a table, an export, posts and people.
//!
//! `TRACUU_BENCH_INDEX` names an index to do so over, in place of one of generated articles.

use crate::material::{PIPELINE, archive};
use criterion::{Criterion, Throughput};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tracuu::export::{Form, Format, LongTables, Offsets, RowOf, Style};
use tracuu::index::{Generation, Reader};
use tracuu::ingest::{IngestOptions, ingest};
use tracuu::search::{Axis, PeopleRequest, Request, TableRequest, Within, for_each_hit_as_stored, people, posts, table};

const ARTICLES: usize = 5_000;

/// Rows that a reader looks at, of posts and of pairs.
const LISTED: usize = 100;

pub fn counts(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let dir = std::env::var_os("TRACUU_BENCH_INDEX").map_or_else(|| generated(folder.path()), PathBuf::from);
    let generation = Reader::open(&dir, Arc::clone(&PIPELINE.analyzer)).and_then(|reader| reader.generation()).expect("it is an index");
    let articles = generation.statistics().articles();
    let authority = &PIPELINE.authority;
    let all = Request::default();

    let mut group = criterion.benchmark_group("desk");
    group.throughput(Throughput::Elements(articles));
    for (name, columns) in [("table by province and year", Axis::Year), ("table by province and month", Axis::Month)] {
        let run = || table(&generation, authority, &all, TableRequest::new(Axis::Province, columns)).expect("the request is right").total;
        assert_eq!(run(), articles, "{name}");
        group.bench_function(name, |bencher| bencher.iter(run));
    }
    let run = || posts(&generation, authority, &all, Some(LISTED)).expect("the request is right").posts.len();
    assert_eq!(run(), LISTED);
    group.bench_function("posts", |bencher| bencher.iter(run));
    for within in Within::ALL {
        let wanted = PeopleRequest { within, at_least: 1, most: Some(LISTED) };
        let run = || people(&generation, authority, &all, wanted).expect("the request is right").pairs.len();
        assert!(run() > 0, "people within one {}", within.name());
        group.bench_function(format!("people within one {}", within.name()), |bencher| bencher.iter(run));
    }
    for format in [Format::Csv, Format::Jsonl, Format::Ris] {
        let form = Form::new(format, RowOf::Hit);
        let run = || bytes(&generation, &form.asked(&whole()), |hit| form.piece(hit).len());
        assert!(run() > articles as usize, "a row is longer than a byte");
        group.bench_function(format!("export as {}", format.name()), |bencher| bencher.iter(run));
    }
    let tables = LongTables::new(&[], Style::Plain, Offsets::Bytes).expect("no field is named");
    let run = || bytes(&generation, &tables.asked(&whole()), |hit| tables.pieces(hit).iter().map(|(piece, _)| piece.len()).sum());
    assert!(run() > articles as usize, "a row is longer than a byte");
    group.bench_function("export as tables", |bencher| bencher.iter(run));
    group.finish();
}

fn whole() -> Request {
    Request { limit: usize::MAX, ..Request::default() }
}

/// How many bytes an export makes.
fn bytes(generation: &Generation, request: &Request, make: impl Fn(tracuu::search::Hit) -> usize + Sync) -> usize {
    let mut sum = 0;
    let add = |_, bytes| {
        sum += bytes;
        ControlFlow::Continue(())
    };
    for_each_hit_as_stored(generation, &PIPELINE.authority, request, make, add).expect("the request is right");
    sum
}

fn generated(folder: &Path) -> PathBuf {
    let dir = folder.join("index");
    ingest(&[archive(folder, ARTICLES)], &dir, &PIPELINE, &IngestOptions::default(), &mut |_| {}).expect("it can be indexed");
    dir
}
