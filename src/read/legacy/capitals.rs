//! TCVN3 has no capitals with a tone: `TØNH` is written with a small ỉ, and shown by a font of capitals.
//!
//! Converted text in, the same with those letters raised out. A word of one capital (`Uỷ`) is raised
//! where a neighbour in the line is in capitals, one without other letters (`ở`) where both are.

use std::ops::Range;

/// How a word is written, letters without a code for their capital left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// In capitals, surely.
    Capitals,
    /// Has small letters.
    Small,
    /// One capital, at its beginning: `Uỷ` or `UỶ`.
    Either,
}

/// Raises the letters of the words (ranges of the text, in order) that are in capitals.
pub fn raise(text: String, words: &[Range<usize>]) -> String {
    let is_raised = |word: &&Range<usize>| match style(&text[(*word).clone()]) {
        Some(Style::Capitals) => text[(*word).clone()].chars().any(is_caseless),
        Some(Style::Small) => false,
        style_of_word => {
            let capitals = |word: &str| style(word) == Some(Style::Capitals);
            let (before, after) = (before(&text, word.start), after(&text, word.end));
            match style_of_word {
                None => capitals(before) && capitals(after),
                _ => (capitals(before) || capitals(after)) && ![before, after].map(style).contains(&Some(Style::Small)),
            }
        }
    };
    let raised: Vec<&Range<usize>> = words.iter().filter(is_raised).collect();
    if raised.is_empty() {
        return text;
    }
    let mut whole = String::with_capacity(text.len() + raised.len());
    let mut at = 0;
    for word in raised {
        whole.push_str(&text[at..word.start]);
        whole.extend(text[word.clone()].chars().flat_map(char::to_uppercase));
        at = word.end;
    }
    whole.push_str(&text[at..]);
    whole
}

/// A small letter whose capital has no code.
fn is_caseless(letter: char) -> bool {
    letter.is_lowercase() && !letter.is_ascii() && !"ăâđêôơư".contains(letter)
}

/// `None` for a word without letters that tell.
fn style(word: &str) -> Option<Style> {
    let (mut capitals, mut is_first_caseless) = (0, None);
    for letter in word.chars().filter(|letter| letter.is_alphabetic()) {
        is_first_caseless.get_or_insert(is_caseless(letter));
        if letter.is_uppercase() {
            capitals += 1;
        } else if !is_caseless(letter) {
            return Some(Style::Small);
        }
    }
    match capitals {
        0 => None,
        1 if is_first_caseless == Some(false) => Some(Style::Either),
        _ => Some(Style::Capitals),
    }
}

/// How far a neighbour is looked for, in bytes.
const NEAR_BYTES: usize = 32;

/// The word before a place, in its line.
fn before(text: &str, place: usize) -> &str {
    let line = &text[text.floor_char_boundary(place.saturating_sub(NEAR_BYTES))..place];
    let line = line.rsplit(['\n', '<', '>', '.']).next().unwrap_or(line).trim_end_matches(|letter: char| !letter.is_alphabetic());
    line.rsplit(|letter: char| !letter.is_alphabetic()).next().unwrap_or(line)
}

/// The word after a place, in its line.
fn after(text: &str, place: usize) -> &str {
    let line = &text[place..text.floor_char_boundary(place + NEAR_BYTES)];
    let line = line.split(['\n', '<', '>', '.']).next().unwrap_or(line).trim_start_matches(|letter: char| !letter.is_alphabetic());
    line.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or(line)
}
