//! All streams of a text, beside the bare words of `unicode-segmentation` in the same run; and the start.

use crate::material::{PIPELINE, TEXTS};
use criterion::{Criterion, Throughput};
use tracuu::analysis::{Analyzer, Stream, Tokens};
use unicode_segmentation::UnicodeSegmentation;

pub fn streams(criterion: &mut Criterion) {
    let analyzer = &PIPELINE.analyzer;
    let mut tokens = Tokens::default();
    analyzer.analyze("Ninh Bình chuyển đổi số", &mut tokens);
    assert_eq!(tokens.of(Stream::Word).map(|token| token.term.to_owned()).collect::<Vec<_>>(), ["ninh bình", "chuyển đổi", "số"]);

    let mut group = criterion.benchmark_group("analysis");
    group.bench_function("start", |bencher| bencher.iter(Analyzer::bundled));
    for (name, texts) in TEXTS.iter() {
        group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
        group.bench_function(format!("unicode_word_indices/{name}"), |bencher| {
            bencher.iter(|| texts.iter().map(|text| text.unicode_word_indices().count()).sum::<usize>());
        });
        group.bench_function(format!("parts/{name}"), |bencher| {
            bencher.iter(|| texts.iter().map(|text| (analyzer.parts(text, &mut tokens), tokens.len(Stream::Folded)).1).sum::<usize>());
        });
        group.bench_function(format!("all streams/{name}"), |bencher| {
            bencher.iter(|| texts.iter().map(|text| (analyzer.analyze(text, &mut tokens), tokens.len(Stream::Word)).1).sum::<usize>());
        });
    }
    group.finish();
}
