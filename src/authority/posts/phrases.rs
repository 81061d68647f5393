//! Phrases of known words, found in one walk over tokens.
//!
//! Input → output: tokens, each as written → the longest phrase that begins there, and what it is. Knows nothing of posts.

use crate::text::{canonical, parts};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use unicode_normalization::UnicodeNormalization;

/// A hash for short keys that nobody chooses to do harm: the words are the tables', not the article's.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct QuickHash(u64);

impl Hasher for QuickHash {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(eight));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }

    fn write_u16(&mut self, number: u16) {
        self.write_u64(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(26) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 ^= self.0 >> 29;
    }
}

type Quick = BuildHasherDefault<QuickHash>;

/// A word that occurs in some phrase; `NONE` for every other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Word(pub(super) u16);

impl Word {
    /// A word that occurs in no phrase.
    pub const NONE: Word = Word(0);
}

/// Phrases as a tree of words, with a value at the end of each.
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    /// Every usual spelling of every word.
    words: HashMap<String, Word, Quick>,
    next: HashMap<(u32, Word), u32, Quick>,
    values: Vec<Option<T>>,
    /// By node: whether punctuation may stand before its word.
    joined: Vec<bool>,
    /// By word: whether a phrase begins with it.
    begins: Vec<bool>,
}

impl<T: Copy> Phrases<T> {
    pub(super) fn new() -> Self {
        Phrases { words: HashMap::default(), next: HashMap::default(), values: vec![None], joined: vec![false], begins: vec![false] }
    }

    /// Adds a phrase; `false`, and no value changed, where it stands already.
    ///
    /// Punctuation that stands in the phrase may stand there in a text too, or any other, or none.
    pub(super) fn insert(&mut self, phrase: &str, value: T) -> bool {
        let (mut node, mut end) = (0, 0);
        for part in parts(phrase) {
            let joined = node != 0 && phrase[end..part.start].contains(|letter: char| !letter.is_whitespace());
            end = part.end;
            let word = self.learn(&phrase[part]);
            if node == 0 {
                self.begins[usize::from(word.0)] = true;
            }
            let fresh = self.values.len() as u32;
            node = *self.next.entry((node, word)).or_insert(fresh);
            if node == fresh {
                self.values.push(None);
                self.joined.push(false);
            }
            self.joined[node as usize] |= joined;
        }
        let free = node != 0 && self.values[node as usize].is_none();
        if free {
            self.values[node as usize] = Some(value);
        }
        free
    }

    /// The word that a token is, as written.
    pub fn word(&self, token: &str) -> Word {
        self.words.get(token).copied().unwrap_or(Word::NONE)
    }

    /// Whether some phrase begins with this word.
    pub fn begins(&self, word: Word) -> bool {
        self.begins[usize::from(word.0)]
    }

    /// The longest phrase at the start of `words`: how many of them it takes, and what it is.
    ///
    /// `None` among the words stands for punctuation that may be part of a name ("Văn hóa, Thể thao và
    /// Du lịch"): it is passed over where the phrase goes on behind it.
    pub fn longest(&self, words: impl Iterator<Item = Option<Word>>) -> Option<(usize, T)> {
        let (mut node, mut found, mut joined) = (0, None, false);
        for (at, word) in words.enumerate() {
            let Some(word) = word else {
                if joined || node == 0 {
                    break;
                }
                joined = true;
                continue;
            };
            match self.next.get(&(node, word)) {
                Some(&after) if word != Word::NONE && (!joined || self.joined[after as usize]) => node = after,
                _ => break,
            }
            joined = false;
            if let Some(value) = self.values[node as usize] {
                found = Some((at + 1, value));
            }
        }
        found
    }

    fn learn(&mut self, token: &str) -> Word {
        let key = canonical(token);
        if let Some(&word) = self.words.get(&key) {
            return word;
        }
        let word = Word(u16::try_from(self.begins.len()).expect("the tables hold some thousand words"));
        self.begins.push(false);
        for spelling in spellings(token) {
            self.words.entry(spelling).or_insert(word);
        }
        self.words.insert(key, word);
        word
    }
}

const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{309}', '\u{303}', '\u{323}'];

/// The spellings in which one word is met: lower case, a capital, capitals; each placement of the tone
/// mark, `i` and `y`, and the look-alike of Đ, as far as they are the same canonical term.
pub fn spellings(word: &str) -> Vec<String> {
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
    fn the_longest_phrase_wins_and_punctuation_inside_it_is_passed_over() {
        let mut phrases = Phrases::new();
        assert!(phrases.insert("chủ tịch", 1));
        assert!(phrases.insert("chủ tịch nước", 2));
        assert!(phrases.insert("văn hóa, thể thao", 3));
        assert!(!phrases.insert("Chủ tịch", 4));
        let find =
            |tokens: &[&str]| phrases.longest(tokens.iter().map(|&token| (!matches!(token, "," | "-")).then(|| phrases.word(token))));
        assert_eq!(find(&["Chủ", "tịch", "nước", "thăm"]), Some((3, 2)));
        assert_eq!(find(&["CHỦ", "TỊCH", "xã"]), Some((2, 1)));
        assert_eq!(find(&["Văn", "hoá", ",", "Thể", "thao"]), Some((5, 3)));
        assert_eq!(find(&["Văn", "hoá", ",", "-", "Thể", "thao"]), None);
        assert_eq!(find(&["Văn", "hoá", "Thể", "thao"]), Some((4, 3)));
        assert_eq!(find(&["chủ", ",", "tịch"]), None);
        assert_eq!(find(&[",", "chủ", "tịch"]), None);
        assert_eq!(find(&[]), None);
    }
}
