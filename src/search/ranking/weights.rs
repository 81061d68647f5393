//! The constants of ranking, each with what it does to the scores of the judgement sets.
//!
//! Measured any word, on: title → article among 50,000 news articles (MRR@10; `a` as written, `b` without diacritics, `e` three
//! rare pairs of the title), questions → paragraph (`q`, two sets), topics → articles (`t`, nDCG@10). What a set loses without a part was
//! measured outside of the index over the same numbers; no part costs any set more than 0.003. All parts together, by `tracuu eval
//! retrieval`: `a` 0.824 (syllables alone 0.766), `b` 0.802 (0.677), `e` 0.576 (0.484).

use crate::index::Part;

/// How soon a further occurrence says nothing more (`k1`), and how much length counts (`b`).
#[derive(Clone, Copy, Debug)]
pub(super) struct Saturation {
    pub k1: f32,
    pub b: f32,
}

/// Of syllables and words. News repeats little: 1.2 and 0.75, the usual values, cost 0.003.
pub(super) const SATURATION: Saturation = Saturation { k1: 0.9, b: 0.8 };
/// Of pairs: that two words stand together once says nearly all, so the index does not keep how often: a fifth of the bytes of the pairs, of which
/// only `b` loses anything, 0.002. What is left is how much the length of the article counts.
pub(super) const PAIR_SATURATION: Saturation = Saturation { k1: 0.4, b: 0.6 };
/// Of the lead, which is of one length.
pub(super) const LEAD_SATURATION: Saturation = Saturation { k1: 0.9, b: 0.0 };
/// Where it only counts that something stands there.
pub(super) const NONE: Saturation = Saturation { k1: 0.0, b: 0.0 };

/// A syllable in the body: the measure of all the others.
pub(super) const BODY: f32 = 1.0;
/// A syllable in the title: what a title names, the article is about. Without it `t` loses 0.006, and 0.011 typed without diacritics; 1.5
/// gains nothing, and costs `a` 0.003 where only some articles have titles of their own.
pub(super) const TITLE: f32 = 0.8;
/// What a syllable weighs in a part.
pub(super) fn of_syllable(part: Part) -> f32 {
    match part {
        Part::Title => TITLE,
        Part::Body => BODY,
    }
}
/// Two neighbours of the query that are neighbours in the body: contiguous above scattered. The most telling of all: `a` loses
/// 0.018, `b` 0.044, `e` 0.044, `q` 0.008 and, typed without diacritics, 0.018.
pub(super) const PAIR: f32 = 0.27;
/// Two neighbours in the title. `t` loses 0.004, and 0.009 typed without diacritics.
pub(super) const TITLE_PAIR: f32 = 0.2;
/// Of what a syllable or a pair in the body is worth, one that stands in the title and not in the body: nearly as much, since the article is
/// about it; less, so that named in both is more.
pub(super) const ONLY_IN_TITLE: f32 = 0.8;
/// A word of several syllables, as the segmenter cut both query and body: a word, not two syllables that happen to meet.
/// `a` loses 0.005, `b` 0.007, `q` 0.002; `e` and one of `q` gain 0.002.
pub(super) const WORD: f32 = 0.2;
/// A syllable in the lead, which sums an article up. `a` loses 0.025, `b` 0.017, `e` 0.017; one of `q` gains 0.001.
pub(super) const LEAD: f32 = 0.5;
/// A syllable in the best window of [`WINDOW`] syllables: words near each other are about each other. `a` loses 0.002, `e` 0.003, `q` 0.001
/// to 0.003. At 0.3 `a` loses as much.
pub(super) const NEAR: f32 = 0.2;
/// About a sentence.
pub(super) const WINDOW: u32 = 30;
/// So many of the first documents by everything else are looked at for nearness.
pub(in crate::search) const LOOKED_AT: usize = 100;
/// A word that stands only as an ambiguous abbreviation, or only in text typed without diacritics: what was typed comes first.
pub(super) const SPARSE: f32 = 0.3;
/// Every word of a query typed without diacritics, spelt in the article just as typed: above every article that is not.
/// It stands above any sum of the others for queries of usual length.
pub(super) const AS_TYPED: f32 = 200.0;
