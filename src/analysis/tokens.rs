//! The buffer that the streams of a text are written into: terms in one string for each stream, spans beside them.
//!
//! Input → output: parts and words, one after the other → the tokens of each stream, by number. Reused from text to text, so
//! that no token costs an allocation. Decides nothing about what a token is.

use super::Stream;
use super::form::{Form, Forms};
use super::item::Item;
use super::segment::Cut;
use crate::text::{self, SyllableCode};
use std::cell::Cell;
use std::ops::Range;

/// The longest term, in bytes; what is longer is cut at a char boundary, its span and position stay.
///
/// Nobody types more, and an index refuses terms that are much longer.
pub const MAX_TERM_BYTES: usize = 255;

/// One token of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// What is compared: canonical, at most [`MAX_TERM_BYTES`] long.
    pub term: &'a str,
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte in the text.
    pub end: usize,
    /// Number of the token's first part, from 0, counted over the parts of the text.
    pub position: u32,
    /// How many parts it spans; 1 in the syllable and the folded stream.
    pub position_length: u32,
}

/// The tokens of one text, in every stream that was asked for.
#[derive(Debug, Default)]
pub struct Tokens {
    syllables: String,
    folded: String,
    words: String,
    parts: Vec<PartPlace>,
    codes: Vec<Option<SyllableCode>>,
    word_places: Vec<WordPlace>,
    /// The parts that the sparse streams hold.
    capitals: Vec<u32>,
    undiacritic: Vec<u32>,
}

/// What the analyzer works with between two tokens, and what it remembers from text to text; of no meaning to anybody else.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub forms: Forms,
    pub items: Vec<Item>,
    /// The parts of the sentence that are in capitals.
    pub capitals: Vec<u32>,
    pub cut: Cut,
}

thread_local! {
    /// One for each thread, so that no text is too short to use what was learnt from others.
    static SCRATCH: Cell<Scratch> = Cell::default();
}

impl Scratch {
    /// That of the thread, or an empty one where it is in use.
    pub fn take() -> Scratch {
        SCRATCH.take()
    }

    /// Gives it back.
    pub fn put(self) {
        SCRATCH.set(self);
    }
}

/// A part; what is equal in the syllable and the folded stream stands once.
#[derive(Clone, Copy, Debug)]
struct PartPlace {
    start: u32,
    end: u32,
    syllable_end: u32,
    folded_end: u32,
}

#[derive(Clone, Copy, Debug)]
struct WordPlace {
    first: u32,
    end: u32,
    term_end: u32,
}

impl Tokens {
    /// Number of tokens in a stream.
    pub fn len(&self, stream: Stream) -> usize {
        match stream {
            Stream::Syllable | Stream::Folded => self.parts.len(),
            Stream::Word => self.word_places.len(),
            Stream::Capitals => self.capitals.len(),
            Stream::Undiacritic => self.undiacritic.len(),
        }
    }

    /// The token of a number from 0.
    ///
    /// # Panics
    /// If there is no token of this number, as a slice does.
    pub fn get(&self, stream: Stream, number: usize) -> Token<'_> {
        match stream {
            Stream::Syllable => self.part(number, &self.syllables, |part| part.syllable_end),
            Stream::Folded => self.part(number, &self.folded, |part| part.folded_end),
            Stream::Capitals => self.get(Stream::Syllable, self.capitals[number] as usize),
            Stream::Undiacritic => self.get(Stream::Folded, self.undiacritic[number] as usize),
            Stream::Word => {
                let word = self.word_places[number];
                let before = number.checked_sub(1).map_or(0, |before| self.word_places[before].term_end);
                let Range { start, end } = self.span(word.first..word.end);
                let term = &self.words[before as usize..word.term_end as usize];
                Token { term, start, end, position: word.first, position_length: word.end - word.first }
            }
        }
    }

    fn part<'a>(&self, number: usize, terms: &'a str, term_end: impl Fn(&PartPlace) -> u32) -> Token<'a> {
        let part = &self.parts[number];
        let before = number.checked_sub(1).map_or(0, |before| term_end(&self.parts[before]));
        let term = &terms[before as usize..term_end(part) as usize];
        Token { term, start: part.start as usize, end: part.end as usize, position: number as u32, position_length: 1 }
    }

    /// The term of the syllable stream as numbers, where it is spelt like a syllable.
    ///
    /// # Panics
    /// If there is no token of this number, as a slice does.
    pub fn code(&self, number: usize) -> Option<SyllableCode> {
        self.codes[number]
    }

    /// The tokens of a stream in the order of the text.
    pub fn of(&self, stream: Stream) -> impl Iterator<Item = Token<'_>> {
        (0..self.len(stream)).map(move |number| self.get(stream, number))
    }

    /// The bytes of each part of a word, given as a token of the word stream.
    pub(super) fn parts_of(&self, word: Token) -> impl Iterator<Item = Range<usize>> {
        let parts = word.position as usize..(word.position + word.position_length) as usize;
        self.parts[parts].iter().map(|part| part.start as usize..part.end as usize)
    }

    /// Empties the buffer and keeps its memory.
    pub fn clear(&mut self) {
        for terms in [&mut self.syllables, &mut self.folded, &mut self.words] {
            terms.clear();
        }
        self.parts.clear();
        self.codes.clear();
        self.word_places.clear();
        self.capitals.clear();
        self.undiacritic.clear();
    }

    /// The bytes of a run of parts, which must not be empty.
    pub(super) fn span(&self, parts: Range<u32>) -> Range<usize> {
        self.parts[parts.start as usize].start as usize..self.parts[parts.end as usize - 1].end as usize
    }

    /// Adds the next part, in both streams of parts.
    pub(super) fn push_part(&mut self, span: Range<usize>, form: &Form) {
        self.syllables.push_str(form.canonical());
        self.folded.push_str(form.folded());
        let (syllable_end, folded_end) = (self.syllables.len() as u32, self.folded.len() as u32);
        self.parts.push(PartPlace { start: span.start as u32, end: span.end as u32, syllable_end, folded_end });
        self.codes.push(form.code);
    }

    /// Adds parts to the stream of capitals.
    pub(super) fn push_capitals(&mut self, parts: &[u32]) {
        self.capitals.extend(parts);
    }

    /// Adds the parts of a line to the stream of text without diacritics.
    pub(super) fn push_undiacritic(&mut self, parts: Range<u32>) {
        self.undiacritic.extend(parts);
    }

    /// Adds the next word: the terms of its parts, with a space for white space between them and other marks as written.
    pub(super) fn push_word(&mut self, text: &str, parts: Range<u32>) {
        let mut end = None;
        for number in parts.start as usize..parts.end as usize {
            let part = self.parts[number];
            match end.map(|end: u32| &text[end as usize..part.start as usize]) {
                None => {}
                Some(gap) if gap.is_empty() || gap.starts_with(char::is_whitespace) => self.words.push(' '),
                Some(marks) => text::canonical_into(marks, &mut self.words),
            }
            let start = number.checked_sub(1).map_or(0, |before| self.parts[before].syllable_end);
            self.words.push_str(&self.syllables[start as usize..part.syllable_end as usize]);
            end = Some(part.end);
        }
        let start = self.word_places.last().map_or(0, |word| word.term_end) as usize;
        self.words.truncate(self.words.floor_char_boundary(start + MAX_TERM_BYTES));
        self.word_places.push(WordPlace { first: parts.start, end: parts.end, term_end: self.words.len() as u32 });
    }
}
