//! Phrases of known words, found in one walk over tokens.
//!
//! Input → output: the words of tokens → the longest phrase that begins there, and what it is. Knows nothing of posts.

use super::super::words::{PerWord, Word, Words};
use crate::text::parts;
use std::num::NonZeroU8;

/// Phrases as a tree of words, with a value at the end of each.
#[derive(Clone, Debug)]
pub(super) struct Phrases<T> {
    /// By word: the node of the phrases that begin with it; 0 where none does.
    first: PerWord<u32>,
    /// By node: the words that may follow, in order, each with its node.
    next: Vec<Vec<(Word, u32)>>,
    values: Vec<Option<T>>,
    /// By node: whether punctuation may stand before its word.
    joined: Vec<bool>,
}

/// A phrase that was found: so many tokens, and where its value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    tokens: NonZeroU8,
    node: u32,
}

impl Phrase {
    /// How many tokens it takes.
    pub fn tokens(self) -> usize {
        usize::from(self.tokens.get())
    }
}

/// The node before any word.
const ROOT: u32 = 0;

impl<T: Copy> Phrases<T> {
    pub(super) fn new() -> Self {
        Phrases { first: PerWord::default(), next: vec![Vec::new()], values: vec![None], joined: vec![false] }
    }

    /// Adds a phrase and its words; `false`, and no value changed, where it stands already.
    ///
    /// Punctuation that stands in the phrase may stand there in a text too, or any other, or none.
    pub(super) fn insert(&mut self, phrase: &str, value: T, words: &mut Words) -> bool {
        let (mut node, mut end) = (ROOT, 0);
        for part in parts(phrase) {
            let joined = node != ROOT && phrase[end..part.start].contains(|letter: char| !letter.is_whitespace());
            end = part.end;
            let word = words.learn(&phrase[part]);
            node = self.after(node, word).unwrap_or_else(|| self.grow(node, word));
            self.joined[node as usize] |= joined;
        }
        let free = node != ROOT && self.values[node as usize].is_none();
        if free {
            self.values[node as usize] = Some(value);
        }
        free
    }

    fn grow(&mut self, node: u32, word: Word) -> u32 {
        let fresh = self.values.len() as u32;
        self.values.push(None);
        self.joined.push(false);
        self.next.push(Vec::new());
        if node == ROOT {
            self.first.set(word, fresh);
        } else {
            let next = &mut self.next[node as usize];
            next.insert(next.partition_point(|&(before, _)| before < word), (word, fresh));
        }
        fresh
    }

    fn after(&self, node: u32, word: Word) -> Option<u32> {
        if node == ROOT {
            return Some(self.first.get(word)).filter(|&first| first != ROOT);
        }
        let next = &self.next[node as usize];
        next.binary_search_by_key(&word, |&(next, _)| next).ok().map(|at| next[at].1)
    }

    /// Whether some phrase begins with this word.
    pub(super) fn begins(&self, word: Word) -> bool {
        self.first.get(word) != ROOT
    }

    /// The longest phrase at the start of `words`.
    ///
    /// `None` among the words stands for punctuation that may be part of a name ("Văn hóa, Thể thao và
    /// Du lịch"): it is passed over where the phrase goes on behind it.
    pub(super) fn longest(&self, words: impl Iterator<Item = Option<Word>>) -> Option<Phrase> {
        let (mut node, mut found, mut joined) = (ROOT, None, false);
        for (tokens, word) in (1..=u8::MAX).zip(words) {
            let Some(word) = word else {
                if joined || node == ROOT {
                    break;
                }
                joined = true;
                continue;
            };
            match self.after(node, word) {
                Some(after) if !joined || self.joined[after as usize] => node = after,
                _ => break,
            }
            joined = false;
            if self.values[node as usize].is_some() {
                found = NonZeroU8::new(tokens).map(|tokens| Phrase { tokens, node });
            }
        }
        found
    }

    /// The value of a phrase that was found.
    pub(super) fn value(&self, phrase: Phrase) -> T {
        self.values[phrase.node as usize].expect("a phrase is found by its value")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins_and_punctuation_inside_it_is_passed_over() {
        let (mut words, mut phrases) = (Words::default(), Phrases::new());
        assert!(phrases.insert("chủ tịch", 1, &mut words));
        assert!(phrases.insert("chủ tịch nước", 2, &mut words));
        assert!(phrases.insert("văn hóa, thể thao", 3, &mut words));
        assert!(!phrases.insert("Chủ tịch", 4, &mut words));
        let find = |tokens: &[&str]| {
            let found = phrases.longest(tokens.iter().map(|&token| (!matches!(token, "," | "-")).then(|| words.of(token))));
            found.map(|phrase| (phrase.tokens(), phrases.value(phrase)))
        };
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
