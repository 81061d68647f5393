//! The whole main job: read, clean, extract, analyse, write, commit.

use crate::material::{PIPELINE, archive, real_news};
use criterion::{BatchSize, Criterion, Throughput};
use tracuu::ingest::{IngestOptions, ingest};

const ARTICLES: usize = 2_000;

pub fn build(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let generated = archive(folder.path(), ARTICLES);
    let mut group = criterion.benchmark_group("index");
    for (name, path) in [("generated", Some(generated)), ("news", real_news())] {
        let Some(path) = path else { continue };
        let run = |dir: &tempfile::TempDir| {
            ingest(std::slice::from_ref(&path), &dir.path().join("index"), &PIPELINE, &IngestOptions::default(), &mut |_| {})
                .expect("it can be indexed")
        };
        let report = run(&tempfile::tempdir().expect("there is a temporary folder"));
        assert!(report.run.added > 500, "{report:?}");
        group.throughput(Throughput::Bytes(report.text_bytes));
        let folder = || tempfile::tempdir().expect("there is a temporary folder");
        group.bench_function(name, |bencher| {
            bencher.iter_batched(
                folder,
                |dir| {
                    run(&dir);
                    dir
                },
                BatchSize::PerIteration,
            )
        });
    }
    group.finish();
}
