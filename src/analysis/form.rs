//! A part → its form: the terms, the numbers and the capitals of one spelling, worked out once.
//!
//! Running text repeats a few thousand spellings, so a table of the last ones spares nearly all of the work, and every
//! allocation. What it holds depends on the spelling and the lexicon alone, so that the table never shows in a result.

use super::lexicon::{Class, Lexicon, SyllableId, View};
use super::sparse::Shape;
use super::tokens::MAX_TERM_BYTES;
use crate::text::{self, SyllableCode};
use std::ops::Range;

/// How the first letters of a part are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Capitals {
    /// No letter at the beginning.
    #[default]
    None,
    /// `nước`
    Lower,
    /// `Nước`, also `Y`
    First,
    /// `NƯỚC`
    All,
}

/// What there is to know about a spelling; it fills one cache line.
#[derive(Clone, Debug, Default)]
pub(super) struct Form {
    /// The spelling: [`key`].
    key: u128,
    /// Its canonical and its folded term, one after the other.
    terms: String,
    canonical_end: u8,
    /// How it begins.
    pub capitals: Capitals,
    /// Where two syllables were written as one (`TônThị`): bytes of the first; 0 where they were not.
    pub fused_at: u8,
    /// Its canonical term as numbers, where that is spelt like a syllable.
    pub code: Option<SyllableCode>,
    /// What it is to the sparse streams.
    pub shape: Shape,
    /// What it is in each view.
    pub sides: [Side; 2],
}

/// What a part is in a view of the lexicon.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Side {
    /// Its number, where some word contains it.
    pub id: SyllableId,
    /// Stands for the term in the features of the model.
    pub code: u32,
    /// How much of a name it is.
    pub class: Class,
}

/// Spellings that are remembered, for a query and for articles; powers of two. The second is well above what one text repeats,
/// for the next one repeats them too: with as many as one text has, a seventh of the work was done again.
const SLOTS_OF_QUERY: usize = 1 << 6;
const SLOTS: usize = 1 << 13;

/// The longest text for which a table for articles is not made.
const QUERY_BYTES: usize = 1 << 9;

/// The forms of the last spellings.
#[derive(Debug, Default)]
pub(super) struct Forms {
    /// The lexicon that the numbers come from.
    lexicon: u64,
    slots: Vec<Form>,
    /// For what is not remembered: long spellings, and long numbers, which seldom come again.
    other: Form,
    /// The folded term of a form that is being made.
    folded: String,
}

impl Forms {
    /// Forgets what was learnt from another lexicon, and makes room for a text of so many bytes: a query is not to cost a table for articles.
    pub fn prepare(&mut self, lexicon: &Lexicon, bytes: usize) {
        let slots = if bytes > QUERY_BYTES { SLOTS } else { SLOTS_OF_QUERY };
        if self.lexicon != lexicon.stamp() || self.slots.len() < slots {
            self.lexicon = lexicon.stamp();
            self.slots.clear();
            self.slots.resize_with(slots, Form::default);
        }
    }

    /// The form of a part of a text.
    pub fn of(&mut self, text: &str, part: Range<usize>, lexicon: &Lexicon) -> &Form {
        let written = &text[part.clone()];
        let is_number = || written.bytes().all(|byte| byte.is_ascii_digit());
        if written.len() > MAX_KEY_BYTES || written.len() > MAX_YEAR_BYTES && is_number() {
            self.other.become_that_of(written, lexicon, &mut self.folded);
            return &self.other;
        }
        // A spelling has two places; a new one takes the first, and what stood there moves on to the second.
        let key = key(text.as_bytes(), part);
        let first = mix(key as u64, (key >> 64) as u64) as usize >> (u64::BITS - self.slots.len().ilog2());
        let second = first ^ 1;
        if self.slots[first].key == key {
            return &self.slots[first];
        }
        if self.slots[second].key == key {
            return &self.slots[second];
        }
        self.slots.swap(first, second);
        self.slots[first].become_that_of(written, lexicon, &mut self.folded);
        self.slots[first].key = key;
        &self.slots[first]
    }
}

/// The longest number that is remembered.
const MAX_YEAR_BYTES: usize = 4;

/// The longest spelling that has a key.
const MAX_KEY_BYTES: usize = 15;

/// The bytes of a short part as one number, which is never 0: its length stands in the highest byte.
fn key(text: &[u8], part: Range<usize>) -> u128 {
    let length = part.len();
    let bytes = match text[part.start..].first_chunk::<16>() {
        Some(bytes) => u128::from_le_bytes(*bytes),
        None => text[part].iter().rev().fold(0, |key, &byte| key << 8 | u128::from(byte)),
    };
    bytes & ((1 << (8 * length)) - 1) | (length as u128) << 120
}

impl Form {
    /// The term of the syllable stream.
    pub fn canonical(&self) -> &str {
        &self.terms[..self.canonical_end as usize]
    }

    /// The term of the folded stream.
    pub fn folded(&self) -> &str {
        &self.terms[self.canonical_end as usize..]
    }

    fn become_that_of(&mut self, written: &str, lexicon: &Lexicon, folded: &mut String) {
        let terms = &mut self.terms;
        terms.clear();
        text::canonical_into(written, terms);
        terms.truncate(terms.floor_char_boundary(MAX_TERM_BYTES));
        folded.clear();
        text::fold_into(terms, folded);
        folded.truncate(folded.floor_char_boundary(MAX_TERM_BYTES));
        if folded.is_empty() {
            // A part of nothing but marks stays as it is, so that no term is empty.
            folded.push_str(terms);
        }
        let side = |term: &str, view| {
            let trie = lexicon.view(view);
            let code = code(term);
            let id = trie.id(term, code);
            Side { id, code, class: trie.class(id) }
        };
        self.capitals = capitals(written);
        self.fused_at = fused_at(written);
        self.shape = Shape::of(written);
        self.code = SyllableCode::of(terms);
        self.sides = [side(terms, View::Spelt), side(folded, View::Folded)];
        self.canonical_end = terms.len() as u8;
        terms.push_str(folded);
    }
}

/// Where a capital after a small letter begins a second syllable, and one of the two has a diacritic: 0 in `YouTube`, `MaiLinh`.
fn fused_at(written: &str) -> u8 {
    let mut before = '\0';
    let capital =
        written.char_indices().find(|&(_, letter)| std::mem::replace(&mut before, letter).is_lowercase() && letter.is_uppercase());
    let is_syllable = |part: &str| text::is_syllable(&text::canonical(part));
    let Some((at, _)) = capital.filter(|_| written.len() <= MAX_KEY_BYTES && text::has_diacritics(written)) else { return 0 };
    let (first, second) = written.split_at(at);
    let next = second.char_indices().skip(1).find(|(_, letter)| letter.is_uppercase()).map_or(second.len(), |(at, _)| at);
    if is_syllable(first) && is_syllable(&second[..next]) { at as u8 } else { 0 }
}

fn capitals(written: &str) -> Capitals {
    let mut letters = written.chars();
    match (letters.next(), letters.next()) {
        (Some(first), _) if !first.is_alphabetic() => Capitals::None,
        (Some(first), _) if !first.is_uppercase() => Capitals::Lower,
        (_, Some(second)) if !second.is_lowercase() => Capitals::All,
        _ => Capitals::First,
    }
}

/// A number for a text, the same on every machine and in every run.
pub(super) fn code(text: &str) -> u32 {
    let eight = |chunk: &[u8]| chunk.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte));
    (text.as_bytes().chunks(8).fold(text.len() as u64, |code, chunk| mix(code, eight(chunk))) >> 32) as u32
}

/// Stirs a number into a hash; the upper bits of the result are the good ones.
pub(super) fn mix(hash: u64, number: u64) -> u64 {
    (hash.rotate_left(26) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
