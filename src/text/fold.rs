//! Term → folded term: no tone, no quality, đ as d.

use super::letter::{Vowel, lower};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A term without diacritics: `đường` → `duong`. `đ` has no decomposition, so it is folded by hand.
///
/// Folds whatever it is given; for search terms give it a [`crate::text::canonical`] term, so that
/// `ký` and `kí` fold alike.
///
/// ```
/// assert_eq!(tracuu::text::fold("chuyển đổi số"), "chuyen doi so");
/// ```
pub fn fold(term: &str) -> String {
    let mut folded = String::with_capacity(term.len());
    fold_into(term, &mut folded);
    folded
}

/// [`fold`], appended to a buffer of the caller's.
pub fn fold_into(term: &str, folded: &mut String) {
    term.chars().for_each(|letter| fold_letter(letter, |letter| folded.push(letter)));
}

/// Calls `each` with what a letter is in [`fold`]: one letter, or none for a mark. Allocates nothing for what Vietnamese is written with.
pub fn fold_letter(letter: char, mut each: impl FnMut(char)) {
    let letter = lower(letter);
    match (letter, Vowel::of(letter)) {
        ('đ', _) => each('d'),
        (_, Some(vowel)) => each(vowel.plain()),
        _ if letter.is_ascii() => each(letter),
        _ => std::iter::once(letter).nfd().filter(|&mark| !is_combining_mark(mark)).for_each(each),
    }
}

/// Whether a term carries any diacritic: a tone, a quality mark or đ.
pub fn has_diacritics(term: &str) -> bool {
    term.chars().map(lower).any(|letter| {
        letter == 'đ' || is_combining_mark(letter) || Vowel::of(letter).is_some_and(|vowel| vowel.tone > 0 || vowel.has_quality())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_letters_stay() {
        for (term, folded) in
            [("đường", "duong"), ("ắk", "ak"), ("Ðắk", "dak"), ("café", "cafe"), ("h'hen", "h'hen"), ("57", "57"), ("", "")]
        {
            assert_eq!(fold(term), folded);
        }
    }

    #[test]
    fn diacritics_are_seen() {
        assert!(has_diacritics("số") && has_diacritics("đi") && has_diacritics("ÐI") && has_diacritics("ho\u{300}a"));
        assert!(!has_diacritics("tham nhung") && !has_diacritics("57-NQ/TW"));
    }
}
