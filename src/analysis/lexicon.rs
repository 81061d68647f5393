//! The lexicon: which runs of syllables are one word.
//!
//! Input → output: the text of a lexicon file → a [`Lexicon`] that finds the longest word at a place. Two views:
//! as spelt, and folded for text that was typed without diacritics. Knows nothing of punctuation, capitals or names.
//!
//! The file: `#` lines (sources, licences), then one word a line, canonical syllables joined by single spaces, sorted
//! by bytes. A word followed by ` ~` is not in the folded view: without diacritics its syllables are mostly something else.

use crate::text;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

/// Name and text of the bundled lexicon, for the manifest of an index.
pub const LEXICON: (&str, &str) = ("lexicon.txt", include_str!("lexicon.txt"));

/// Mark of a word that the folded view leaves out.
const SPELT_ONLY: &str = " ~";

/// Why a text is not a lexicon.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("lexicon, line {line}: {problem}: {found:?}")]
pub struct LexiconError {
    /// Number of the line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: LexiconProblem,
    /// The line.
    pub found: String,
}

/// What can be wrong with a line of a lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LexiconProblem {
    /// A word of one syllable: every syllable is a word anyway.
    #[error("a word needs two syllables or more")]
    OneSyllable,
    /// Spelt otherwise than terms are, or not made of letters and single spaces.
    #[error("not in canonical spelling, letters and single spaces")]
    NotCanonical,
    /// Not after the line before it.
    #[error("not sorted, or there twice")]
    NotSorted,
}

/// Number of a syllable in a [`View`]; [`UNKNOWN`] for all that no word contains.
pub(super) type SyllableId = u32;

/// The id of syllables that no word contains.
pub(super) const UNKNOWN: SyllableId = u32::MAX;

/// Words of two or more syllables. A value: share it, or put it into an [`super::Analyzer`].
#[derive(Debug)]
pub struct Lexicon {
    spelt: View,
    folded: View,
}

impl Lexicon {
    /// The lexicon that comes with the program; see `LEXICON.md` beside it for its sources.
    pub fn bundled() -> Lexicon {
        Lexicon::parse(LEXICON.1).expect("a unit test parses the bundled lexicon")
    }

    /// Reads a lexicon file.
    ///
    /// # Errors
    /// The first line that is not as the format says.
    pub fn parse(text: &str) -> Result<Lexicon, LexiconError> {
        let mut lexicon = Lexicon { spelt: View::with_room_for(text), folded: View::with_room_for(text) };
        // Spelt id → folded id, and the ids of the word at hand.
        let (mut folded_ids, mut ids) = (Vec::new(), Vec::new());
        let mut before = "";
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let error = |problem| LexiconError { line: number + 1, problem, found: line.to_owned() };
            let (word, in_folded) = line.strip_suffix(SPELT_ONLY).map_or((line, true), |word| (word, false));
            if word <= before {
                return Err(error(LexiconProblem::NotSorted));
            }
            // Sorted words share their beginnings: what stood in the word before is not looked up again.
            let shared = word.split(' ').zip(before.split(' ')).take_while(|(one, other)| one == other).count().min(ids.len());
            ids.truncate(shared);
            for syllable in word.split(' ').skip(shared) {
                let id = lexicon.spelt.intern(syllable);
                if id as usize == folded_ids.len() {
                    if !is_canonical(syllable) {
                        return Err(error(LexiconProblem::NotCanonical));
                    }
                    folded_ids.push(lexicon.folded.intern(&text::fold(syllable)));
                }
                ids.push(id);
            }
            if ids.len() < 2 {
                return Err(error(LexiconProblem::OneSyllable));
            }
            lexicon.spelt.insert(ids.iter().copied());
            if in_folded {
                lexicon.folded.insert(ids.iter().map(|&id| folded_ids[id as usize]));
            }
            before = word;
        }
        Ok(lexicon)
    }

    /// Makes a lexicon file of words in any spelling and order; words marked ` ~` stay marked, `#` lines come first.
    ///
    /// What is not letters, or has one syllable only, is left out. The same words give the same bytes.
    pub fn build(words: impl Iterator<Item = String>) -> String {
        let (mut header, mut entries) = (String::new(), BTreeMap::new());
        for line in words {
            if line.starts_with('#') {
                header.extend([line.as_str(), "\n"]);
                continue;
            }
            let (word, spelt_only) = line.strip_suffix(SPELT_ONLY).map_or((line.as_str(), false), |word| (word, true));
            let letters_only = word.chars().all(|letter| letter.is_alphabetic() || letter == ' ');
            let key = text::canonical_phrase(&text::compose(word));
            if letters_only && key.contains(' ') {
                *entries.entry(key).or_insert(spelt_only) |= spelt_only;
            }
        }
        entries.iter().fold(header, |file, (word, &spelt_only)| file + word + if spelt_only { SPELT_ONLY } else { "" } + "\n")
    }

    /// Whether a run of syllables is a word, however it is spelt.
    pub fn contains(&self, word: &str) -> bool {
        let key = text::canonical_phrase(word);
        let ids: Vec<SyllableId> = key.split(' ').map(|syllable| self.spelt.id(syllable)).collect();
        self.spelt.longest(ids.iter().copied()) == ids.len() && ids.len() > 1
    }

    /// The view for text with, or without, diacritics.
    pub(super) fn view(&self, has_diacritics: bool) -> &View {
        if has_diacritics { &self.spelt } else { &self.folded }
    }
}

fn is_canonical(syllable: &str) -> bool {
    !syllable.is_empty() && syllable.chars().all(char::is_alphabetic) && text::canonical(syllable) == syllable
}

/// A trie over syllable ids.
#[derive(Debug, Default)]
pub(super) struct View {
    ids: HashMap<Box<str>, SyllableId, BuildHasherDefault<Mix>>,
    /// Node that a first syllable leads to; 0 where no word begins with it.
    first: Vec<Node>,
    /// (node, next syllable) → node.
    next: HashMap<(Node, SyllableId), Node, BuildHasherDefault<Mix>>,
    /// Whether a node ends a word.
    ends: Vec<bool>,
}

type Node = u32;

impl View {
    fn with_room_for(text: &str) -> View {
        let words = text.len() / 13;
        let mut view = View { ends: Vec::with_capacity(words), ..View::default() };
        view.ends.push(false);
        view.next.reserve(words);
        view.ids.reserve(words / 5);
        view
    }

    fn insert(&mut self, word: impl Iterator<Item = SyllableId>) {
        let mut node = 0;
        for id in word {
            let child = if node == 0 { &mut self.first[id as usize] } else { self.next.entry((node, id)).or_insert(0) };
            if *child == 0 {
                *child = self.ends.len() as Node;
                self.ends.push(false);
            }
            node = *child;
        }
        self.ends[node as usize] = true;
    }

    fn intern(&mut self, syllable: &str) -> SyllableId {
        if let Some(&id) = self.ids.get(syllable) {
            return id;
        }
        let id = self.first.len() as SyllableId;
        self.ids.insert(syllable.into(), id);
        self.first.push(0);
        id
    }

    /// The id of a term.
    pub fn id(&self, term: &str) -> SyllableId {
        self.ids.get(term).copied().unwrap_or(UNKNOWN)
    }

    /// Number of syllables of the longest word that the syllables begin with; 0 if there is none.
    pub fn longest(&self, mut syllables: impl Iterator<Item = SyllableId>) -> usize {
        let Some(&first) = syllables.next().and_then(|id| self.first.get(id as usize)) else { return 0 };
        let (mut node, mut longest) = (first, 0);
        if node == 0 {
            return 0;
        }
        for (at, id) in syllables.enumerate() {
            match self.next.get(&(node, id)) {
                Some(&child) => node = child,
                None => break,
            }
            if self.ends[node as usize] {
                longest = at + 2;
            }
        }
        longest
    }
}

/// A hasher for short keys of our own making: a multiplication for each eight bytes.
#[derive(Debug, Default)]
pub(super) struct Mix(u64);

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(eight));
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(number.into());
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(number.into());
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(26) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_lexicon_holds_what_people_type_as_one_term() {
        let lexicon = Lexicon::bundled();
        assert!(LEXICON.1.len() <= 1 << 20);
        for word in include_str!("administrative.txt").lines().filter(|line| !line.starts_with('#')) {
            assert!(lexicon.contains(word), "{word}");
        }
        for word in ["chuyển đổi số", "Điều động", "tham nhũng", "thanh tra", "kĩ thuật", "Uỷ ban"] {
            assert!(lexicon.contains(word), "{word}");
        }
        for word in ["thanh tra tỉnh", "thành tra", "thanh", "", "của và"] {
            assert!(!lexicon.contains(word), "{word}");
        }
    }

    #[test]
    fn a_file_that_is_built_can_be_read_and_is_always_the_same() {
        let words = ["# from: a list", "Thuỷ lợi", "kỹ thuật", "nước", "nước mắm ~", "thủy lợi", "kinh tế-xã hội"].map(str::to_owned);
        let file = Lexicon::build(words.iter().cloned());
        assert_eq!(file, "# from: a list\nkĩ thuật\nnước mắm ~\nthủy lợi\n");
        assert_eq!(Lexicon::build(words.iter().rev().cloned()), file);
        assert_eq!(Lexicon::build(file.lines().map(str::to_owned)), file);
        assert!(Lexicon::parse(&file).expect("what build writes").contains("kỹ thuật"));
    }

    #[test]
    fn an_error_names_the_line_and_what_is_wrong() {
        let cases = [
            ("one syllable", "# x\nan", 2, LexiconProblem::OneSyllable),
            ("empty line", "an ninh\n\n", 2, LexiconProblem::NotSorted),
            ("a space at the end", "an \n", 1, LexiconProblem::NotCanonical),
            ("another spelling", "kỹ thuật", 1, LexiconProblem::NotCanonical),
            ("two spaces", "an  ninh", 1, LexiconProblem::NotCanonical),
            ("not sorted", "an ninh\nan ninh", 2, LexiconProblem::NotSorted),
        ];
        for (name, text, line, problem) in cases {
            let error = Lexicon::parse(text).expect_err(name);
            assert_eq!((error.line, error.problem), (line, problem), "{name}");
            assert!(error.to_string().starts_with(&format!("lexicon, line {line}: ")), "{error}");
        }
    }

    #[test]
    fn the_longest_word_wins_in_both_views() {
        let lexicon = Lexicon::parse("an ninh\nan ninh mạng\nđịa lí ~\n").expect("sorted and canonical");
        let longest = |view: &View, text: &str| view.longest(text.split(' ').map(|syllable| view.id(syllable)));
        for (text, spelt, folded) in
            [("an ninh mạng mới", 3, 2), ("an ninh mang", 2, 3), ("địa lí", 2, 0), ("dia li", 0, 0), ("mạng", 0, 0)]
        {
            assert_eq!((longest(lexicon.view(true), text), longest(lexicon.view(false), text)), (spelt, folded), "{text}");
        }
    }
}
