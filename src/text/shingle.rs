//! Text → shingles: every run of five syllables, without diacritics, as a number.
//!
//! What two texts have in common is counted in shingles. Capitals, tone marks, punctuation and line ends make no difference.

use super::letter::{Vowel, is_word_letter, lower};
use unicode_normalization::char::is_combining_mark;

/// Syllables of a shingle: fewer stand in unrelated texts, more are lost with every edited word.
pub const SHINGLE_SYLLABLES: usize = 5;

/// The set of a text's shingles, in order; of fewer than [`SHINGLE_SYLLABLES`] syllables there is none.
///
/// ```
/// use tracuu::text::shingles;
/// assert_eq!(shingles("Tỉnh Cà Mau trồng rừng mới").len(), 2);
/// assert_eq!(shingles("Tỉnh Cà Mau trồng rừng"), shingles("TINH CA MAU, TRONG RUNG."));
/// ```
pub fn shingles(text: &str) -> Vec<u64> {
    let mut shingles = Vec::with_capacity(text.len() / 6);
    let mut last = [0; SHINGLE_SYLLABLES];
    let mut syllables = 0;
    each_syllable(text, |syllable| {
        last.rotate_left(1);
        last[SHINGLE_SYLLABLES - 1] = syllable;
        syllables += 1;
        if syllables >= SHINGLE_SYLLABLES {
            shingles.push(mixed(last.iter().fold(0, |sum: u64, syllable| sum.wrapping_mul(FACTOR).wrapping_add(*syllable))));
        }
    });
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// Odd, with bits all over: products of it depend on every bit of both.
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// Hands over a number for each run of letters and digits.
fn each_syllable(text: &str, mut each: impl FnMut(u64)) {
    let mut syllable = 0;
    for letter in text.chars() {
        if is_word_letter(letter) {
            syllable = (syllable ^ u64::from(plain(letter))).wrapping_mul(FACTOR);
            syllable ^= syllable >> 29;
        } else if syllable != 0 && (letter.is_ascii() || !is_combining_mark(letter)) {
            each(std::mem::take(&mut syllable));
        }
    }
    if syllable != 0 {
        each(syllable);
    }
}

/// A letter in its plainest form; `y` as `i`, since the two are exchanged in many words.
fn plain(letter: char) -> char {
    let letter = lower(letter);
    match Vowel::of(letter).map_or(letter, Vowel::plain) {
        'đ' => 'd',
        'y' => 'i',
        plain => plain,
    }
}

/// Spreads what tells numbers apart over all their bits (the last step of SplitMix64).
fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_and_punctuation_make_no_difference_and_words_do() {
        let text = "Thuý họp về kỹ thuật trồng rừng";
        for (same, other) in [
            (true, "Thúy họp – về “kĩ thuật”\ntrồng rừng…"),
            (true, "thuy hop ve ki thuat trong rung"),
            (false, "Thúy họp về kỹ thuật trồng lúa"),
        ] {
            assert_eq!(shingles(text) == shingles(other), same, "{other}");
        }
        let in_other_order = shingles("rừng trồng thuật kỹ về họp Thuý");
        assert!(shingles(text).iter().all(|shingle| !in_other_order.contains(shingle)));
    }

    #[test]
    fn a_decomposed_letter_is_no_word_border() {
        assert_eq!(shingles("Ca\u{300} Mau trồng rừng mới"), shingles("Cà Mau trồng rừng mới"));
    }
}
