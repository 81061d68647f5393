//! Every word that the tables hold, by a number: a token is looked up once, and whatever is known of it is found by that.
//!
//! Input → output: a token as written → its [`Word`]. Knows nothing of phrases or names.

use crate::text::canonical;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use unicode_normalization::UnicodeNormalization;

/// A word of the tables; `NONE` for every other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(u16);

impl Word {
    /// A word that stands in no table.
    pub const NONE: Word = Word(0);
}

/// Every usual spelling of every word of the tables.
#[derive(Clone, Debug, Default)]
pub struct Words {
    by_spelling: HashMap<Spelling, Word, BuildHasherDefault<SpellingHash>>,
    /// Those that are too long for a [`Spelling`].
    by_long_spelling: HashMap<String, Word>,
    count: u16,
}

/// The bytes of a short word as one number: compared without a look elsewhere. No text holds a NUL, so none is lost.
type Spelling = u128;

fn short(word: &str) -> Option<Spelling> {
    let mut bytes = [0; 16];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    Some(Spelling::from_le_bytes(bytes))
}

/// A hash for keys that nobody chooses to do harm: the words are the tables', not the article's.
#[derive(Clone, Copy, Debug, Default)]
struct SpellingHash(u64);

impl Hasher for SpellingHash {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u128(u128::from(byte)));
    }

    fn write_u128(&mut self, number: u128) {
        let mixed = ((number >> 64) as u64 ^ self.0).rotate_left(26).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ number as u64;
        let mixed = mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 29);
    }
}

impl Words {
    /// The word that a token is, as written.
    pub fn of(&self, token: &str) -> Word {
        let word = match short(token) {
            Some(spelling) => self.by_spelling.get(&spelling),
            None => self.by_long_spelling.get(token),
        };
        word.copied().unwrap_or(Word::NONE)
    }

    /// Adds a word of a table with all its spellings, unless it is there.
    pub(super) fn learn(&mut self, token: &str) -> Word {
        let known = self.of(&canonical(token));
        if known != Word::NONE {
            return known;
        }
        self.count = self.count.checked_add(1).expect("the tables hold some thousand words");
        let word = Word(self.count);
        for spelling in spellings(token) {
            match short(&spelling) {
                Some(short) => self.by_spelling.entry(short).or_insert(word),
                None => self.by_long_spelling.entry(spelling).or_insert(word),
            };
        }
        word
    }
}

/// What is known of each word; the default for a word of which nothing is.
#[derive(Clone, Debug, Default)]
pub(super) struct PerWord<T>(Vec<T>);

impl<T: Copy + Default> PerWord<T> {
    pub(super) fn get(&self, word: Word) -> T {
        self.0.get(usize::from(word.0)).copied().unwrap_or_default()
    }

    pub(super) fn set(&mut self, word: Word, known: T) {
        let at = usize::from(word.0);
        self.0.resize(self.0.len().max(at + 1), T::default());
        self.0[at] = known;
    }
}

const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{309}', '\u{303}', '\u{323}'];

/// The spellings in which one word is met: lower case, a capital, capitals; each placement of the tone
/// mark, `i` and `y`, and the look-alike of Đ, as far as they are the same canonical term.
pub(super) fn spellings(word: &str) -> Vec<String> {
    let key = canonical(word);
    let letters: Vec<char> = key.nfd().collect();
    let tone = letters.iter().copied().find(|letter| TONES.contains(letter));
    let bare: Vec<char> = letters.into_iter().filter(|letter| !TONES.contains(letter)).collect();

    let mut lower = vec![key.clone()];
    for bare in i_and_y(bare) {
        let Some(tone) = tone else {
            lower.push(bare.iter().copied().nfc().collect());
            continue;
        };
        for at in 1..=bare.len() {
            let moved = bare[..at].iter().chain([&tone]).chain(&bare[at..]).copied();
            lower.push(moved.nfc().collect());
        }
    }
    lower.retain(|spelling| canonical(spelling) == key);
    lower.sort();
    lower.dedup();

    let cased = lower.iter().flat_map(|spelling| [spelling.clone(), titled(spelling), spelling.to_uppercase()]);
    let mut all: Vec<String> = cased.flat_map(|spelling| [spelling.replace('Đ', "Ð"), spelling]).collect();
    all.sort();
    all.dedup();
    all
}

/// Letters as they are, and with a last `i` as `y` and the reverse.
fn i_and_y(letters: Vec<char>) -> Vec<Vec<char>> {
    let other = match letters.last() {
        Some('i') => 'y',
        Some('y') => 'i',
        _ => return vec![letters],
    };
    let mut swapped = letters.clone();
    swapped.pop();
    swapped.push(other);
    vec![letters, swapped]
}

/// A word with a capital first letter.
fn titled(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_in_all_its_spellings() {
        for (word, expected) in [
            ("ủy", vec!["uỷ", "Uỷ", "UỶ", "ủy", "Ủy", "ỦY"]),
            ("Kỹ", vec!["kỹ", "KĨ"]),
            ("hóa", vec!["hoá", "HOÁ"]),
            ("Đảng", vec!["đảng", "Ðảng", "ĐẢNG"]),
            ("viện", vec!["vịên", "Viện"]),
        ] {
            let all = spellings(word);
            for spelling in expected {
                assert!(all.iter().any(|known| known == spelling), "{word}: {spelling} not in {all:?}");
            }
        }
    }

    #[test]
    fn a_token_is_the_same_word_however_it_is_spelt() {
        let mut words = Words::default();
        let (uy, long) = (words.learn("ủy"), words.learn("Liechtensteinische"));
        assert_eq!(words.learn("Uỷ"), uy);
        for (token, word) in [("UỶ", uy), ("Ủy", uy), ("LIECHTENSTEINISCHE", long), ("y", Word::NONE), ("", Word::NONE)] {
            assert_eq!(words.of(token), word, "{token}");
        }
    }
}
