//! The buffer that a stream is written into: terms in one string, spans and positions beside it.
//!
//! Input → output: tokens, one after the other → the same tokens, by number. Reused from text to text, so that
//! no token costs an allocation. Decides nothing about what a token is.

use super::segment::Sentence;

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

/// The tokens of one text in one stream.
#[derive(Debug, Default)]
pub struct Tokens {
    terms: String,
    places: Vec<Place>,
    pub(super) sentence: Sentence,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    term_end: usize,
    start: usize,
    end: usize,
    position: u32,
    position_length: u32,
}

impl Tokens {
    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The token of a number from 0.
    ///
    /// # Panics
    /// If there is no token of this number, as a slice does.
    pub fn get(&self, number: usize) -> Token<'_> {
        let Place { term_end, start, end, position, position_length } = self.places[number];
        Token { term: &self.terms[self.term_end(number)..term_end], start, end, position, position_length }
    }

    /// The tokens in the order of the text.
    pub fn iter(&self) -> impl Iterator<Item = Token<'_>> {
        (0..self.len()).map(|number| self.get(number))
    }

    /// Empties the buffer and keeps its memory.
    pub fn clear(&mut self) {
        self.terms.clear();
        self.places.clear();
    }

    /// Adds a token; `write` appends its term.
    pub(super) fn push(&mut self, span: std::ops::Range<usize>, position: u32, position_length: u32, write: impl FnOnce(&mut String)) {
        let term_start = self.terms.len();
        write(&mut self.terms);
        if self.terms.len() - term_start > MAX_TERM_BYTES {
            let fits = (term_start..=term_start + MAX_TERM_BYTES).rev().find(|&end| self.terms.is_char_boundary(end));
            self.terms.truncate(fits.unwrap_or(term_start));
        }
        self.places.push(Place { term_end: self.terms.len(), start: span.start, end: span.end, position, position_length });
    }

    /// Where the term before a number ends.
    fn term_end(&self, number: usize) -> usize {
        number.checked_sub(1).map_or(0, |before| self.places[before].term_end)
    }
}
