//! Word segmentation: gold words and the segmenter's own → precision, recall and F1 over all tokens.
//!
//! A token counts as found if it begins and ends at the same letters as one of the gold. Letters are compared folded, so
//! that a variant of the text is scored against the same gold.

use super::variant::Variant;
use crate::analysis::{Analyzer, SegmentedSentence};
use crate::text;
use serde::Serialize;
use std::collections::BTreeSet;

/// Sentences with their words.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    sentences: Vec<SegmentedSentence>,
}

/// Why there is no gold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GoldError {
    /// No line has a token.
    #[error("no sentence found: expected lines of words, their syllables joined by `_`, or CoNLL-U")]
    Empty,
    /// The raw text has another number of lines.
    #[error("the gold has {gold} sentences, the raw text {raw} lines: expected one line for each sentence")]
    OtherLength {
        /// Sentences of the gold.
        gold: usize,
        /// Lines of the raw text.
        raw: usize,
    },
}

impl Gold {
    /// Reads CoNLL-U (where a line has its ten columns), else lines of tokens by spaces, syllables joined by `_`.
    ///
    /// What is cut is the line of `raw`; without it, the `# text =` of CoNLL-U, or else the tokens with spaces between.
    ///
    /// # Errors
    /// If there is no sentence, or `raw` has another number of lines.
    pub fn read(gold: &str, raw: Option<&str>) -> Result<Gold, GoldError> {
        let mut sentences = SegmentedSentence::read(gold);
        if let Some(raw) = raw {
            let lines: Vec<&str> = raw.lines().collect();
            if lines.len() != sentences.len() {
                return Err(GoldError::OtherLength { gold: sentences.len(), raw: lines.len() });
            }
            sentences.iter_mut().zip(lines).for_each(|(sentence, line)| sentence.text = Some(line.to_owned()));
        }
        if sentences.iter().all(|sentence| sentence.words.is_empty()) {
            return Err(GoldError::Empty);
        }
        Ok(Gold { sentences })
    }

    /// Scores what an analyzer makes of the text in a variant.
    pub fn score(&self, analyzer: &Analyzer, variant: Variant) -> SegmentationScore {
        let mut counts = Counts::default();
        for sentence in &self.sentences {
            let segmented = analyzer.segment_line(&variant.write(&sentence.written()));
            counts.add(&spans(sentence.words.iter().map(String::as_str)), &spans(segmented.split_whitespace()));
        }
        counts.score(self.sentences.len())
    }
}

/// Where each token begins and ends, counted in folded letters and marks; and all of these in one.
fn spans<'a>(tokens: impl Iterator<Item = &'a str>) -> (BTreeSet<(usize, usize)>, String) {
    let (mut spans, mut letters, mut end) = (BTreeSet::new(), String::new(), 0);
    for token in tokens {
        let joined = if token.trim_matches('_').is_empty() { token.to_owned() } else { token.replace('_', "") };
        let folded = text::fold(&text::compose(&joined));
        let length = folded.chars().count();
        if length > 0 {
            spans.insert((end, end + length));
            letters.push_str(&folded);
            end += length;
        }
    }
    (spans, letters)
}

#[derive(Default)]
struct Counts {
    gold: usize,
    found: usize,
    hits: usize,
    exact: usize,
    misaligned: usize,
}

impl Counts {
    fn add(&mut self, (gold, gold_letters): &(BTreeSet<(usize, usize)>, String), (found, letters): &(BTreeSet<(usize, usize)>, String)) {
        self.gold += gold.len();
        self.found += found.len();
        self.hits += gold.intersection(found).count();
        self.exact += usize::from(gold == found);
        self.misaligned += usize::from(gold_letters != letters);
    }

    fn score(&self, sentences: usize) -> SegmentationScore {
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        let (precision, recall) = (share(self.hits, self.found), share(self.hits, self.gold));
        let f1 = if self.hits == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
        SegmentationScore { sentences, precision, recall, f1, exact: share(self.exact, sentences), misaligned: self.misaligned }
    }
}

/// How well words were found; shares between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SegmentationScore {
    /// Number of sentences.
    pub sentences: usize,
    /// Of the tokens found, those that are in the gold.
    pub precision: f64,
    /// Of the tokens of the gold, those that were found.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
    /// Sentences without an error.
    pub exact: f64,
    /// Sentences whose letters are not those of the gold; anything but 0 means that gold and text do not belong together.
    pub misaligned: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = "Thanh_tra tỉnh kết_luận .\nthanh tra tỉnh .\n";

    #[test]
    fn tokens_count_where_both_ends_are_right() {
        let gold = Gold::read(LINES, None).expect("two sentences");
        let score = gold.score(&Analyzer::bundled(), Variant::AsWritten);
        // 4 of 4 and 2 of 4 in the gold; the segmenter says `Thanh_tra tỉnh kết_luận .` and `thanh_tra tỉnh .`
        assert_eq!((score.sentences, score.misaligned, score.exact), (2, 0, 0.5));
        assert!((score.recall - 6.0 / 8.0).abs() < 1e-9 && (score.precision - 6.0 / 7.0).abs() < 1e-9, "{score:?}");
    }

    #[test]
    fn every_variant_is_scored_against_the_same_gold() {
        let gold = Gold::read("Thanh_tra tỉnh kết_luận .", Some("Thanh tra tỉnh kết luận.")).expect("a sentence");
        for variant in Variant::ALL {
            let score = gold.score(&Analyzer::bundled(), variant);
            assert_eq!((score.f1, score.misaligned), (1.0, 0), "{}", variant.name());
        }
    }

    #[test]
    fn what_is_no_gold_is_said() {
        assert_eq!(Gold::read("\n\n", None).err(), Some(GoldError::Empty));
        assert_eq!(Gold::read(LINES, Some("một dòng")).err(), Some(GoldError::OtherLength { gold: 2, raw: 1 }));
    }
}
