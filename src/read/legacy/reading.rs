//! Words → how well they read as they are and in each older encoding, by the share of valid syllables.
//!
//! A text may hold both (a header of today above a body of 1999), so a reading is a path: at each word
//! one is in one of two states, as it is or in the older encoding, and changing costs.

use super::codes::{LEGACIES, Legacy};
use super::words::{Stretch, codes, stretches, words};
use crate::text::is_syllable;
use std::collections::HashMap;
use std::ops::Range;

/// What a word is worth in each reading; units are half a word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Worth {
    /// As it is.
    as_is: i32,
    /// In each of [`LEGACIES`].
    legacy: [i32; LEGACIES.len()],
}

/// A valid syllable with diacritics.
const VALID: i32 = 2;

/// One of [`COMMON`]: what is valid in two encodings is more likely so in the one where it is common.
const COMMON_MORE: i32 = 1;

/// A word that no Vietnamese text would have. As they are, foreign words are to be expected.
const INVALID: i32 = -3;

/// The same as they are, where a sign stands in the word.
const SIGN_WITHIN: i32 = -1;

/// A word with a letter that the encoding does not have.
const FOREIGN: i32 = -4;

/// A word that is not valid in a text that is known to be of its encoding (`Đắk`, `ôtô`).
const KNOWN_INVALID: i32 = -1;

/// What it costs to go over to the older encoding within a text of a record that has some of it.
const ENTRY: i32 = 1;

/// What it costs to come back.
const EXIT: i32 = 1;

/// The most frequent syllables with diacritics, counted over news of 2017.
const COMMON: [&str; 96] = [
    "và",
    "của",
    "có",
    "là",
    "các",
    "được",
    "với",
    "không",
    "người",
    "một",
    "đã",
    "công",
    "những",
    "để",
    "này",
    "năm",
    "tại",
    "từ",
    "vào",
    "thể",
    "về",
    "trên",
    "nhiều",
    "đến",
    "ngày",
    "sẽ",
    "cũng",
    "việc",
    "hiện",
    "đó",
    "đồng",
    "đầu",
    "nhà",
    "bị",
    "như",
    "làm",
    "thành",
    "số",
    "sự",
    "trường",
    "chính",
    "động",
    "lại",
    "chỉ",
    "bộ",
    "định",
    "phải",
    "nước",
    "cơ",
    "thông",
    "nhân",
    "hơn",
    "ông",
    "nhất",
    "giá",
    "mới",
    "hội",
    "hàng",
    "hành",
    "còn",
    "quốc",
    "trước",
    "thời",
    "nhưng",
    "tôi",
    "học",
    "dân",
    "hợp",
    "thực",
    "phát",
    "biết",
    "việt",
    "đi",
    "hình",
    "thế",
    "cầu",
    "vụ",
    "điều",
    "lý",
    "đang",
    "thì",
    "cùng",
    "viên",
    "nên",
    "thống",
    "dụng",
    "chủ",
    "rất",
    "nhận",
    "ủy",
    "tỉnh",
    "huyện",
    "xã",
    "thị",
    "tịch",
    "nghị",
];

/// Most letters of a Vietnamese syllable (`nghiêng`).
const LONGEST_SYLLABLE: usize = 7;

/// Words whose worth is kept; a text has few that differ.
const KEPT_WORDS: usize = 1 << 16;

/// The best of both states after some words.
#[derive(Clone, Copy, Debug)]
struct Path {
    as_is: i32,
    legacy: i32,
}

impl Path {
    /// Goes on by a word; says for both states whether the best way there came out of the other.
    ///
    /// Of ways that are equal the one that turned earlier: a word that is valid both ways is taken with those after it.
    fn step(&mut self, entry: i32, as_is: i32, legacy: i32) -> [bool; 2] {
        let (stay, turn) = (*self, [self.legacy - EXIT > self.as_is, self.as_is - entry > self.legacy]);
        self.as_is = as_is + if turn[0] { stay.legacy - EXIT } else { stay.as_is };
        self.legacy = legacy + if turn[1] { stay.as_is - entry } else { stay.legacy };
        turn
    }
}

/// The worth of words, each looked up once.
#[derive(Default)]
struct Worths<'a>(HashMap<&'a str, Worth>);

impl<'a> Worths<'a> {
    fn of(&mut self, word: &'a str) -> Worth {
        if self.0.len() >= KEPT_WORDS {
            self.0.clear();
        }
        *self.0.entry(word).or_insert_with(|| worth(word))
    }
}

/// How much better than as they are some texts read in an older encoding, taken together.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// The best of the encodings.
    pub legacy: Legacy,
    /// What it gains over the texts as they are, in half words.
    pub gain: i32,
    /// Whether two in three words are valid in it, of those that are not valid as they are.
    pub is_most: bool,
}

/// Finds the older encoding that texts of one record read best in.
///
/// It costs `entry` to begin with it. What is valid as it is counts only where the text `may_stay`.
pub fn best(texts: &[&str], entry: i32, may_stay: bool) -> Option<Found> {
    let mut worths = Worths::default();
    let mut paths = [Path { as_is: 0, legacy: -entry }; LEGACIES.len()];
    let (mut total, mut shares) = (0, [0; LEGACIES.len()]);
    for text in texts {
        for stretch in stretches(text) {
            if !stretch.is_suspect() {
                let [as_is, legacy] = plain_worth(&stretch);
                for path in &mut paths {
                    path.step(entry, as_is, legacy);
                }
                total += as_is;
                continue;
            }
            for word in words(text, stretch.range) {
                let Worth { as_is, legacy } = worths.of(&text[word]);
                let stays = if may_stay { as_is } else { as_is.min(1) };
                for at in 0..LEGACIES.len() {
                    // What is valid as it is is no evidence of anything else.
                    let legacy_worth = if stays >= VALID { legacy[at].min(stays) } else { legacy[at] };
                    paths[at].step(entry, stays, legacy_worth);
                    shares[at] += if as_is >= VALID { 0 } else { share(legacy[at]) };
                }
                total += stays;
            }
        }
    }
    let found = |at: usize| Found {
        legacy: LEGACIES[at],
        gain: paths[at].as_is.max(paths[at].legacy).saturating_sub(total),
        is_most: shares[at] >= 0,
    };
    // Of equals the first: `max_by_key` would take the last.
    (0..LEGACIES.len()).map(found).rev().max_by_key(|found| found.gain)
}

/// What a word adds to the balance of two valid words to one that is not.
fn share(worth: i32) -> i32 {
    match worth {
        1.. => 1,
        0 => 0,
        _ => -2,
    }
}

/// Most words that are asked for the language of a text.
const SAMPLE_WORDS: usize = 400;

/// What the words without diacritics say of a text.
pub enum Language {
    /// Four in five are syllables.
    Vietnamese,
    /// There are few of them, or names among them.
    Unclear,
    /// Three in five are no syllables.
    Other,
}

/// Looks at the words around those that could be of an older encoding.
pub fn language(texts: &[&str]) -> Language {
    let suspect = texts.iter().flat_map(|text| stretches(text).filter(Stretch::is_suspect).map(|stretch| &text[stretch.range]));
    let plain = suspect.flat_map(|stretch| stretch.split(|letter: char| !letter.is_alphabetic()));
    let plain = plain.filter(|word| word.len() > 1 && word.is_ascii() && word.chars().any(char::is_lowercase));
    let (mut all, mut foreign) = (0, 0);
    for word in plain.take(SAMPLE_WORDS) {
        all += 1;
        foreign += usize::from(word.len() > LONGEST_SYLLABLE || !is_syllable(&word.to_lowercase()));
    }
    match all {
        _ if foreign * 5 > all * 3 => Language::Other,
        2.. if foreign * 5 <= all => Language::Vietnamese,
        _ => Language::Unclear,
    }
}

/// The words of a text that are in an older encoding which its record is known to have.
///
/// What is valid both ways stays where there is nothing else, if the text `may_stay`.
pub fn legacy_words(text: &str, legacy: Legacy, may_stay: bool) -> Vec<Range<usize>> {
    let at = LEGACIES.iter().position(|&other| other == legacy).unwrap_or(0);
    let mut worths = Worths::default();
    let mut path = Path { as_is: 0, legacy: 0 };
    let mut steps: Vec<(Range<usize>, [bool; 2])> = Vec::new();
    for stretch in stretches(text) {
        if !stretch.is_suspect() {
            let [as_is, legacy] = plain_worth(&stretch);
            steps.push((0..0, path.step(ENTRY, as_is, legacy)));
            continue;
        }
        for word in words(text, stretch.range) {
            let Worth { as_is, legacy } = worths.of(&text[word.clone()]);
            let invalid = if legacy[at] == FOREIGN { FOREIGN } else { KNOWN_INVALID };
            let most = if as_is >= VALID { as_is } else { i32::MAX };
            steps.push((word, path.step(ENTRY, as_is, legacy[at].clamp(invalid, most))));
        }
    }
    let mut is_legacy = path.legacy >= path.as_is + i32::from(may_stay);
    let mut found = Vec::new();
    for (word, turns) in steps.into_iter().rev() {
        if is_legacy && !word.is_empty() {
            found.push(word);
        }
        is_legacy ^= turns[usize::from(is_legacy)];
    }
    found.reverse();
    found
}

/// What a stretch is worth that is surely as it should be, in both states.
fn plain_worth(stretch: &Stretch) -> [i32; 2] {
    let words = i32::try_from(stretch.unicode_letters.min(4)).unwrap_or(4);
    [words * VALID, words * INVALID]
}

/// Reads a word in every way.
fn worth(word: &str) -> Worth {
    let as_is = if word.contains(is_sign) { SIGN_WITHIN } else { syllables(word, Legacy::Utf8, 0) };
    let mut worth = Worth { as_is, ..Worth::default() };
    let codes = codes(word);
    if codes.as_ref().is_some_and(|codes| codes.len() == 1 || is_ended(codes)) {
        return Worth::default();
    }
    for (at, legacy) in LEGACIES.into_iter().enumerate() {
        worth.legacy[at] = match codes.as_ref().and_then(|codes| legacy.letters(codes)) {
            Some(letters) if letters.contains(is_sign) => INVALID,
            Some(letters) => syllables(&letters, legacy, INVALID),
            None => FOREIGN,
        };
    }
    worth
}

/// A sign that stands in no word (`®é`), unlike quotation marks.
fn is_sign(letter: char) -> bool {
    matches!(letter, '\u{A1}'..='\u{AA}' | '¬' | '®' | '¯' | 'µ' | '¶' | '¸'..='º' | '¼'..='¿')
}

/// `m²`, `D’`, `theo…`: what stands behind a word, a letter in some encodings, but no evidence.
fn is_ended(codes: &[u8]) -> bool {
    codes.split_last().is_some_and(|(last, before)| matches!(last, 0x85 | 0x91..=0x97 | 0xB0..=0xB3) && before.is_ascii())
}

/// The worth of the syllables of a word that have diacritics.
fn syllables(word: &str, legacy: Legacy, invalid: i32) -> i32 {
    let pieces = word.split(|letter: char| !letter.is_alphabetic()).filter(|piece| !piece.is_ascii());
    let worth = |piece: &str| {
        if has_odd_case(piece, legacy) {
            return invalid;
        }
        let syllable = if piece.chars().nth(LONGEST_SYLLABLE).is_none() { piece.to_lowercase() } else { String::new() };
        match piece {
            _ if COMMON.contains(&syllable.as_str()) => VALID + COMMON_MORE,
            _ if is_syllable(&syllable) => VALID,
            // `NĐ`, `HĐND`.
            _ if piece.chars().nth(5).is_none() && piece.chars().all(char::is_uppercase) => 0,
            _ => invalid,
        }
    };
    // A word without spaces may be a whole page: it is no more than a word.
    pieces.map(worth).sum::<i32>().clamp(INVALID, VALID + COMMON_MORE)
}

/// Whether a capital stands behind a small letter.
fn has_odd_case(piece: &str, legacy: Legacy) -> bool {
    let is_capital = |letter: char| letter.is_uppercase();
    !legacy.lacks_capitals() && piece.chars().skip(1).any(is_capital) && !piece.chars().all(is_capital)
}
