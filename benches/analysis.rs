//! The streams, beside the bare words of `unicode-segmentation` in the same run.

use crate::material::{PIPELINE, TEXTS};
use criterion::{Criterion, Throughput};
use tracuu::analysis::{Stream, Tokens};
use unicode_segmentation::UnicodeSegmentation;

pub fn streams(criterion: &mut Criterion) {
    let analyzer = &PIPELINE.analyzer;
    let mut tokens = Tokens::default();
    analyzer.analyze(Stream::Word, "Ninh Bình chuyển đổi số", &mut tokens);
    assert_eq!(tokens.iter().map(|token| token.term.to_owned()).collect::<Vec<_>>(), ["ninh bình", "chuyển đổi số"]);

    let mut group = criterion.benchmark_group("analysis");
    for (name, texts) in TEXTS.iter() {
        group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
        group.bench_function(format!("unicode_word_indices/{name}"), |bencher| {
            bencher.iter(|| texts.iter().map(|text| text.unicode_word_indices().count()).sum::<usize>());
        });
        for (stream_name, stream) in [("syllable", Stream::Syllable), ("folded", Stream::Folded), ("word", Stream::Word)] {
            group.bench_function(format!("{stream_name}/{name}"), |bencher| {
                bencher.iter(|| {
                    let mut all = 0;
                    for text in texts {
                        analyzer.analyze(stream, text, &mut tokens);
                        all += tokens.len();
                    }
                    all
                });
            });
        }
    }
    group.finish();
}
