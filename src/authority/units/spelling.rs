//! A name → every way to write it that means the same: what the gazetteer looks for.
//!
//! The text is searched as it is stored, so that spans need no translation; therefore the variants
//! are spelt out here, once, instead of bringing every text to canonical terms.

use crate::text::canonical;
use unicode_normalization::UnicodeNormalization;

/// The marks of the five tones, decomposed.
const TONE_MARKS: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// How people write the hyphen of `Bà Rịa - Vũng Tàu`.
const HYPHENS: [&str; 9] = [" - ", "-", " – ", "–", " — ", "—", "- ", " -", " "];

/// What stands between two syllables; a name may be broken over two lines.
const SPACES: [&str; 2] = [" ", "\n"];

/// The same before a syllable with an apostrophe, which is typed together with the one before too.
const SPACES_OR_NONE: [&str; 3] = [" ", "\n", ""];

/// Apostrophes inside a name, and none.
const APOSTROPHES: [&str; 4] = ["'", "\u{2019}", "\u{2018}", ""];

/// Most spellings kept of one name; the longest names have about half of it.
const MAX_SPELLINGS: usize = 400;

/// Every spelling of a name: tone placement, i/y, Ð for Đ, apostrophes, hyphens, line break, capitals.
pub(super) fn spellings(name: &str) -> Vec<String> {
    let mut spelt = vec![String::new()];
    for (at, part) in name.split(" - ").enumerate() {
        if at > 0 {
            spelt = product(&spelt, &HYPHENS);
        }
        for (at, syllable) in part.split(' ').enumerate() {
            if at > 0 {
                // "Đăkr'lấp"
                let spaces = if syllable.contains('\'') { &SPACES_OR_NONE[..] } else { &SPACES[..] };
                spelt = product(&spelt, spaces);
            }
            spelt = product(&spelt, &syllable_spellings(syllable));
        }
    }
    let capitals: Vec<String> = spelt.iter().map(|spelling| spelling.to_uppercase()).collect();
    spelt.extend(capitals);
    let look_alikes: Vec<String> =
        spelt.iter().filter(|spelling| spelling.contains('Đ')).map(|spelling| spelling.replace('Đ', "Ð")).collect();
    spelt.extend(look_alikes);
    spelt.sort();
    spelt.dedup();
    spelt
}

fn product(heads: &[String], tails: &[impl AsRef<str>]) -> Vec<String> {
    let pairs = heads.iter().flat_map(|head| tails.iter().map(move |tail| format!("{head}{}", tail.as_ref())));
    pairs.take(MAX_SPELLINGS).collect()
}

/// The syllable, then whatever has the same canonical term.
fn syllable_spellings(syllable: &str) -> Vec<String> {
    let mut spelt: Vec<String> = match syllable.contains('\'') {
        true => APOSTROPHES.iter().map(|mark| syllable.replace('\'', mark)).collect(),
        false => vec![syllable.to_owned()],
    };
    let term = canonical(syllable);
    let candidates = swaps_of_i_and_y(syllable).into_iter().flat_map(|swapped| moves_of_the_tone(&swapped));
    for candidate in candidates.filter(|candidate| canonical(candidate) == term) {
        if !spelt.contains(&candidate) {
            spelt.push(candidate);
        }
    }
    spelt
}

/// The syllable with its tone mark on each vowel in turn.
fn moves_of_the_tone(syllable: &str) -> Vec<String> {
    let letters: Vec<char> = syllable.nfd().collect();
    let Some(&mark) = letters.iter().find(|letter| TONE_MARKS.contains(letter)) else { return vec![syllable.to_owned()] };
    let toneless: String = letters.iter().filter(|&&letter| letter != mark).collect::<String>().nfc().collect();
    let put = |at: usize| -> String {
        toneless
            .chars()
            .enumerate()
            .flat_map(|(place, letter)| std::iter::once(letter).chain((place == at).then_some(mark)))
            .nfc()
            .collect()
    };
    (0..toneless.chars().count()).map(put).collect()
}

/// The syllable as it is and, if it ends in i or y of any tone, with the other letter.
fn swaps_of_i_and_y(syllable: &str) -> Vec<String> {
    let swapped = syllable.nfd().map(|letter| match letter {
        'i' => 'y',
        'y' => 'i',
        _ => letter,
    });
    vec![syllable.to_owned(), swapped.nfc().collect()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_however_it_is_spelt() {
        let cases = [
            ("Thanh Hóa", vec!["Thanh Hóa", "Thanh Hoá", "THANH HÓA", "THANH HOÁ", "Thanh\nHóa"]),
            ("Bà Rịa - Vũng Tàu", vec!["Bà Rịa-Vũng Tàu", "Bà Rịa – Vũng Tàu", "BÀ RỊA - VŨNG TÀU", "Bà Rịa Vũng Tàu"]),
            ("Đắk R'Lấp", vec!["Đắk R\u{2019}Lấp", "Đắk RLấp", "Ðắk R'Lấp", "ĐắkR'Lấp"]),
            ("Lý Nhân", vec!["Lí Nhân", "LÝ NHÂN"]),
        ];
        for (name, expected) in cases {
            let spelt = spellings(name);
            for spelling in expected {
                assert!(spelt.iter().any(|one| one == spelling), "{name}: {spelling:?} is missing");
            }
        }
    }

    #[test]
    fn no_spelling_is_that_of_another_name() {
        assert!(spellings("Thanh Hóa").iter().all(|spelling| !spelling.contains("Thành")));
        assert!(spellings("Hòa Bình").iter().all(|spelling| spelling.chars().next().is_some_and(char::is_uppercase)));
    }
}
