//! Canonical and folded terms.

use crate::material::TEXTS;
use criterion::{Criterion, Throughput};
use std::hint::black_box;
use tracuu::text;

pub fn canonical(criterion: &mut Criterion) {
    assert_eq!(text::canonical("HOÀ"), "hòa");
    assert_eq!(text::fold("đường"), "duong");
    let mut group = criterion.benchmark_group("text");
    for (name, texts) in TEXTS.iter() {
        group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
        group.bench_function(format!("compose/{name}"), |bencher| {
            bencher.iter(|| texts.iter().map(|text| text::compose(text).len()).sum::<usize>())
        });
        group.bench_function(format!("shingles/{name}"), |bencher| {
            bencher.iter(|| texts.iter().map(|text| text::shingles(text).len()).sum::<usize>())
        });
        group.bench_function(format!("canonical/{name}"), |bencher| {
            let mut term = String::new();
            bencher.iter(|| {
                for token in texts.iter().flat_map(|text| text.split_whitespace()) {
                    term.clear();
                    text::canonical_into(token, &mut term);
                    black_box(&term);
                }
            });
        });
    }
    group.finish();
}
