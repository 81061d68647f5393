//! What gets into the sparse streams: letters in capitals, and lines that were typed without diacritics.
//!
//! Input → output: a part → its [`Shape`]; the shapes of a line → whether it was typed without diacritics. Knows nothing of
//! sentences, words or the lexicon.

use crate::text::{has_diacritics, parse_syllable};

/// A line has at least so many words that can be judged; measured below it, names and bylines of three syllables get in.
const MIN_WORDS: u32 = 3;

/// A shorter line must show two words that begin with a small letter, or nothing but capitals: "Theo Linh Anh" shows neither.
const SHORT_WORDS: u32 = 6;

/// At most one word of so many may carry a diacritic.
const WORDS_PER_ACCENT: u32 = 20;

/// Of five words, so many read as folded syllables. English prose reaches three, "Theo Herald Sun, The Sun" all but one.
const SYLLABLES_OF_FIVE: u32 = 4;

/// What a part is to the sparse streams.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// Letters only.
    is_word: bool,
    /// With a diacritic.
    pub is_marked: bool,
    /// Some letter is small.
    holds_small: bool,
    /// Two letters or more, all in capitals.
    pub is_in_capitals: bool,
    /// It reads as a syllable that has lost its diacritics, if it had any.
    is_folded_syllable: bool,
}

impl Shape {
    pub fn of(part: &str) -> Shape {
        Shape {
            is_word: part.chars().all(char::is_alphabetic),
            is_marked: has_diacritics(part),
            holds_small: part.chars().any(char::is_lowercase),
            is_in_capitals: part.chars().nth(1).is_some() && part.chars().all(char::is_uppercase),
            is_folded_syllable: reads_as_folded(part),
        }
    }
}

/// Whether a line of so many parts, of which so many carry a diacritic, may have been typed without: spares nearly every
/// line the counting.
pub(super) fn may_be_undiacritic(parts: u32, marked: u32) -> bool {
    marked * WORDS_PER_ACCENT <= parts && parts >= MIN_WORDS
}

/// The words of a line, counted. A line ends where a line of the text does; a title is one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Line {
    words: u32,
    accents: u32,
    syllables: u32,
    small: u32,
    /// `UBND` says nothing of the language.
    abbreviations: u32,
    holds_small: bool,
}

impl Line {
    pub fn add(&mut self, shape: Shape, begins_small: bool) {
        self.holds_small |= shape.holds_small;
        if !shape.is_word {
            return;
        }
        self.words += 1;
        self.accents += u32::from(shape.is_marked);
        self.small += u32::from(begins_small);
        self.syllables += u32::from(shape.is_folded_syllable);
        self.abbreviations += u32::from(shape.is_in_capitals && !shape.is_folded_syllable);
    }

    /// Whether it was typed without diacritics: hardly any word has one, and most read as folded syllables.
    pub fn is_undiacritic(&self) -> bool {
        let judged = self.words - self.abbreviations;
        let shows_case = judged >= SHORT_WORDS || self.small >= 2 || !self.holds_small;
        judged >= MIN_WORDS
            && self.abbreviations <= judged
            && shows_case
            && self.accents * WORDS_PER_ACCENT <= self.words
            && self.syllables * 5 >= judged * SYLLABLES_OF_FIVE
    }
}

/// Vowel clusters of the syllables, folded.
const NUCLEI: [&str; 39] = [
    "a", "ai", "ao", "au", "ay", "e", "eo", "eu", "i", "ia", "ie", "ieu", "iu", "o", "oa", "oai", "oao", "oay", "oe", "oeo", "oi", "oo",
    "u", "ua", "uao", "uay", "ue", "ui", "uo", "uoi", "uou", "uu", "uy", "uya", "uye", "uyu", "y", "ye", "yeu",
];

/// Onsets, folded; `qu` and `gi` as [`parse_syllable`] takes them.
const ONSETS: [&str; 27] = [
    "", "b", "c", "ch", "d", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr",
    "v", "x",
];

/// What ends a syllable.
const CODAS: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];

/// Whether a word reads as a Vietnamese syllable that has lost its diacritics, if it had any: `duong`, `nghieng`, `phat`.
fn reads_as_folded(word: &str) -> bool {
    if word.len() > 7 || !word.is_ascii() {
        return false;
    }
    let word = word.to_ascii_lowercase();
    let Some(syllable) = parse_syllable(&word) else { return false };
    let (onset, rest) = word.split_at(syllable.onset);
    let (nucleus, coda) = rest.split_at(syllable.nucleus);
    ONSETS.contains(&onset) && NUCLEI.contains(&nucleus) && CODAS.contains(&coda)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_typed_without_diacritics_are_told_from_others() {
        let cases = [
            ("a short title", "Chong tham nhung", true),
            ("a title in capitals", "CHU TICH UBND TINH HOP BAN", true),
            ("a paragraph", "Chieu 12/5, lanh dao tinh nghe bao cao ve viec thu hoi dat o ba xa ven bien, UBND huyen cung du.", true),
            (
                "two accents in twenty words",
                "ubnd tinh vua ban hanh quyet dinh moi ve gia dat o ba xa ven bien, nguoi dan dong tinh, Đảng ủy giám",
                false,
            ),
            (
                "one accent in twenty words",
                "lanh dao tinh nghe bao cao ve viec thu hoi dat o ba xa ven bien va giao cho các so lam ngay",
                true,
            ),
            ("accented text", "Lãnh đạo tỉnh nghe báo cáo về việc thu hồi đất", false),
            ("English", "The province has to hand out land in an open and fair manner, he said on Monday", false),
            ("an English name", "Theo The Sun", false),
            ("a byline", "Theo Linh Anh", false),
            ("a byline with its source", "Minh Anh (Theo CNN, The Hill)", false),
            ("a word without diacritics by itself", "Thanh tra", false),
            ("numbers", "12 000 345", false),
        ];
        for (name, text, expected) in cases {
            let mut line = Line::default();
            for part in crate::text::parts(text).map(|part| &text[part]) {
                line.add(Shape::of(part), part.starts_with(char::is_lowercase));
            }
            assert_eq!(line.is_undiacritic(), expected, "{name}: {text}");
        }
    }

    #[test]
    fn syllables_are_known_without_their_diacritics() {
        for yes in ["duong", "nghieng", "quyet", "phat", "gi", "giua", "hoc", "yeu", "khuyu", "Nguoi"] {
            assert!(reads_as_folded(yes), "{yes}");
        }
        for no in ["news", "world", "street", "UBND", "Israel", "zalo", "day\u{301}", "b", "lst"] {
            assert!(!reads_as_folded(no), "{no}");
        }
    }
}
