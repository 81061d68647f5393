//! Words against gold that others made, and the bundled model against its trainer.

use crate::harness::{repository, shared, stdout};
use std::fs;
use tracuu::analysis::SEGMENTER;
use tracuu::eval::{Gold, Variant};

/// F1 that must be reached as written, without capitals or with all, and without diacritics.
const SETS: [(&str, f64, f64, f64); 2] = [("vtb_test", 0.982, 0.977, 0.94), ("vtb_dev", 0.97, 0.966, 0.93)];

#[test]
fn words_are_those_of_the_gold_however_the_text_is_written() {
    let analyzer = &crate::harness::PIPELINE.analyzer;
    for (set, as_written, without_case, without_diacritics) in SETS {
        let Some(gold) = shared(&format!("seg/gold/{set}.nat.gold")) else { return };
        let raw = gold.with_extension("raw");
        let gold = Gold::read(&fs::read_to_string(&gold).unwrap(), Some(&fs::read_to_string(raw).unwrap())).unwrap();
        let written = gold.score(analyzer, Variant::AsWritten).f1;
        for variant in Variant::ALL {
            let score = gold.score(analyzer, variant);
            assert_eq!(score.misaligned, 0, "{set}, {}", variant.name());
            let least = match variant {
                Variant::AsWritten => as_written,
                Variant::Capitals | Variant::TitleCase | Variant::SmallLetters => without_case,
                Variant::Decomposed | Variant::OtherTonePlacement => written,
                Variant::NoDiacritics => without_diacritics,
            };
            assert!(score.f1 >= least, "{set}, {}: {} < {least}", variant.name(), score.f1);
        }
    }
}

#[test]
#[ignore = "slow: trains the segmenter"]
fn the_bundled_model_is_what_its_trainer_writes() {
    let Some(corpus) = shared("seg/silver_rdr_61k.txt.zst") else { return };
    let folder = tempfile::tempdir().unwrap();
    let list = |name: &str| repository().join("src/analysis/segmenter").join(name).to_string_lossy().into_owned();
    let (words, terms, joined) = (list("words.txt"), list("terms.txt"), list("joined.txt"));
    let arguments = [
        "train-segmenter",
        &corpus.to_string_lossy(),
        "--words",
        &words,
        "--terms",
        &terms,
        "--joined",
        &joined,
        "--out",
        "segmenter.model",
    ];
    stdout(folder.path(), &arguments, 0);
    assert!(fs::read(folder.path().join("segmenter.model")).unwrap() == SEGMENTER.1, "train again, and put the model into its place");
}
