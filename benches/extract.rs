//! Dates, provinces, officials; beside them all streams of the same texts, whose cost extraction is measured by.

use crate::material::{PIPELINE, TEXTS};
use criterion::{Criterion, Throughput};
use tracuu::analysis::{Stream, Tokens};
use tracuu::article::{CleanArticle, Metadata};
use tracuu::extract::extract;

pub fn metadata(criterion: &mut Criterion) {
    let of = |body: &str| extract(&CleanArticle { body: body.to_owned(), ..CleanArticle::default() }, &PIPELINE.authority);
    let metadata: Metadata = of("Ngày 12/3/2024, đồng chí Lò Văn Thiêm, Phó Chủ tịch UBND tỉnh Sơn La dự hội nghị.");
    assert_eq!(metadata.officials[0].name, "Lò Văn Thiêm");
    assert_eq!(metadata.facets.date.expect("the date is stated").to_string(), "/2024/03/12");

    let mut tokens = Tokens::default();
    let mut group = criterion.benchmark_group("extract");
    for (name, texts) in TEXTS.iter() {
        group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
        group.bench_function(*name, |bencher| bencher.iter(|| texts.iter().map(|text| of(text).evidence.len()).sum::<usize>()));
        group.bench_function(format!("{name}, its streams"), |bencher| {
            bencher.iter(|| {
                texts.iter().map(|text| (PIPELINE.analyzer.analyze(text, &mut tokens), tokens.len(Stream::Word)).1).sum::<usize>()
            });
        });
    }
    group.finish();
}
