//! The syllable (*tiếng*): taking one apart, telling a valid one, and the parts of a token.

use super::letter::{Tone, Vowel, is_letter, is_word_letter, lower};
use unicode_normalization::char::is_combining_mark;

/// Onsets, longest first where one begins another. `gi` and `qu` are taken by [`parse_syllable`].
const ONSETS: [&str; 28] = [
    "ngh", "ch", "gh", "kh", "ng", "nh", "ph", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x",
    "q", "gi", "qu",
];

/// Vowel clusters that occur, without tone; medial `o`/`u` included.
pub(super) const NUCLEI: [&str; 56] = [
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "ia", "iê", "iêu", "iu",
    "oa", "oai", "oao", "oay", "oă", "oe", "oeo", "oi", "oo", "ôi", "ơi", "ua", "uâ", "uây", "uê", "ui", "uô", "uôi", "uơ", "uy", "uya",
    "uyê", "uyu", "ưa", "ưi", "ươ", "ươi", "ươu", "ưu", "yê", "yêu", "ôô",
];

/// Codas that stand under any tone.
const CODAS: [&str; 4] = ["m", "n", "ng", "nh"];

/// Codas that only stand under sắc and nặng.
const STOPS: [&str; 4] = ["c", "ch", "p", "t"];

/// A syllable taken apart; slices of the toneless text are byte ranges of the caller's letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Syllable {
    /// Number of letters of the onset, `qu` and `gi` before a vowel included.
    pub onset: usize,
    /// Number of letters of the vowel cluster.
    pub nucleus: usize,
    /// Number of letters after the vowel cluster.
    pub coda: usize,
    /// 0 level, 1 huyền, 2 sắc, 3 hỏi, 4 ngã, 5 nặng.
    pub tone: u8,
}

/// Takes a lower-case composed token apart into onset, vowel cluster and coda, by letters.
///
/// `None` if there is no vowel, more than one cluster, or more than one tone mark: not one
/// syllable. A mark on the wrong vowel (`vịêt`) is no hindrance. Does not ask whether the parts
/// occur in Vietnamese; [`is_syllable`] does.
pub fn parse_syllable(token: &str) -> Option<Syllable> {
    take_apart(token.chars()).map(|(syllable, _)| syllable)
}

/// [`parse_syllable`], and which letter carries the tone mark.
pub(super) fn take_apart(letters: impl Iterator<Item = char>) -> Option<(Syllable, Option<usize>)> {
    let mut tone_at = None;
    let (mut onset, mut nucleus, mut coda, mut tone): (usize, usize, usize, Tone) = (0, 0, 0, 0);
    let mut letters = letters.peekable();
    let mut previous = '\0';
    while let Some(letter) = letters.next() {
        match Vowel::of(letter) {
            Some(vowel) => {
                if coda > 0 || (tone > 0 && vowel.tone > 0) {
                    return None;
                }
                if vowel.tone > 0 {
                    (tone, tone_at) = (vowel.tone, Some(onset + nucleus));
                }
                let next_is_vowel = letters.peek().is_some_and(|&next| Vowel::of(next).is_some());
                let glides = nucleus == 0
                    && next_is_vowel
                    && match vowel.toneless() {
                        'u' => onset == 1 && previous == 'q',
                        'i' => onset == 1 && previous == 'g',
                        _ => false,
                    };
                if glides {
                    // A mark typed on the glide (`qùy`) belongs to the nucleus after it.
                    onset += 1;
                } else {
                    nucleus += 1;
                }
            }
            None if !is_letter(letter) => return None,
            None if nucleus == 0 => onset += 1,
            None => coda += 1,
        }
        previous = letter;
    }
    (nucleus > 0).then_some((Syllable { onset, nucleus, coda, tone }, tone_at))
}

/// Whether a lower-case composed token is a syllable that Vietnamese can have.
///
/// ```
/// use tracuu::text::is_syllable;
/// assert!(is_syllable("nghiêng") && is_syllable("quý") && is_syllable("giếng"));
/// assert!(!is_syllable("facebook") && !is_syllable("xyz") && !is_syllable("thàp"));
/// ```
pub fn is_syllable(token: &str) -> bool {
    occurs(token.chars())
}

/// [`is_syllable`] of a token in whatever capitals.
pub fn is_syllable_in_any_case(token: &str) -> bool {
    occurs(token.chars().map(lower))
}

/// The longest syllables have so many letters: `nghuyếch`.
const MAX_LETTERS: usize = 8;

/// Whether letters are a syllable whose parts occur. Allocates nothing.
fn occurs(letters: impl Iterator<Item = char> + Clone) -> bool {
    let mut toneless = ['\0'; MAX_LETTERS];
    let mut count = 0;
    for letter in letters.clone() {
        let Some(place) = toneless.get_mut(count) else { return false };
        *place = Vowel::of(letter).map_or(letter, Vowel::toneless);
        count += 1;
    }
    let Some((Syllable { onset, nucleus, tone, .. }, _)) = take_apart(letters) else { return false };
    let (onset, rest) = toneless[..count].split_at(onset);
    let (nucleus, coda) = rest.split_at(nucleus);
    let is_one = |part: &[char], known: &[&str]| known.iter().any(|known| known.chars().eq(part.iter().copied()));
    let stops = is_one(coda, &STOPS);
    (onset.is_empty() || is_one(onset, &ONSETS))
        && is_one(nucleus, &NUCLEI)
        && (coda.is_empty() || stops || is_one(coda, &CODAS))
        && (!stops || tone == 2 || tone == 5)
}

/// Whether a letter, digit or mark belongs to a part; what does not ends one.
pub fn is_part_letter(letter: char) -> bool {
    // Of the apostrophes, U+02BC counts as a letter in Unicode.
    (is_word_letter(letter) && letter != '\u{2BC}') || !letter.is_ascii() && is_combining_mark(letter)
}

/// The parts of a token, as byte ranges: its runs of letters, digits and marks.
///
/// `57-NQ/TW` has three, `TT&TT` two, `765.472` two, `H'Hen` two: what a person may type apart
/// stands at positions of its own.
pub fn parts(token: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + token[at..].find(is_part_letter)?;
        let length = token[start..].find(|letter| !is_part_letter(letter)).unwrap_or(token.len() - start);
        at = start + length;
        Some(start..at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_other_words() {
        for yes in ["ủy", "hòa", "hoà", "thủy", "nghị", "quyết", "gì", "giữ", "gìn", "khuỷu", "ngoẹo", "yêu", "oan", "xoong", "đường"]
        {
            assert!(is_syllable(yes), "{yes}");
        }
        for no in ["", "b", "covid", "tt", "nq", "internet", "đ", "màt", "aa", "vietnam", "57"] {
            assert!(!is_syllable(no), "{no}");
        }
    }

    #[test]
    fn a_token_falls_into_the_parts_that_people_type() {
        let cases = [
            ("57-NQ/TW", vec!["57", "NQ", "TW"]),
            ("150/2020/NĐ-CP", vec!["150", "2020", "NĐ", "CP"]),
            ("TT&TT", vec!["TT", "TT"]),
            ("TP.HCM", vec!["TP", "HCM"]),
            ("765.472", vec!["765", "472"]),
            ("H\u{2019}Hen", vec!["H", "Hen"]),
            ("R\u{2bc}lấp", vec!["R", "lấp"]),
            ("việt_nam", vec!["việt", "nam"]),
            ("...", vec![]),
        ];
        for (token, expected) in cases {
            assert_eq!(parts(token).map(|range| &token[range]).collect::<Vec<_>>(), expected, "{token}");
        }
    }
}
