//! Dates, provinces, officials.

use crate::material::{PIPELINE, TEXTS};
use criterion::{Criterion, Throughput};
use tracuu::article::{CleanArticle, Metadata};
use tracuu::extract::extract;

pub fn metadata(criterion: &mut Criterion) {
    let of = |body: &str| extract(&CleanArticle { body: body.to_owned(), ..CleanArticle::default() }, &PIPELINE.authority);
    let metadata: Metadata = of("Ngày 12/3/2024, đồng chí Lò Văn Thiêm, Phó Chủ tịch UBND tỉnh Sơn La dự hội nghị.");
    assert_eq!(metadata.officials[0].name, "Lò Văn Thiêm");
    assert_eq!(metadata.event.interval().expect("the date is stated").iso(), "2024-03-12");

    let mut group = criterion.benchmark_group("extract");
    for (name, texts) in TEXTS.iter() {
        group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
        group.bench_function(*name, |bencher| bencher.iter(|| texts.iter().map(|text| of(text).evidence.len()).sum::<usize>()));
    }
    group.finish();
}
