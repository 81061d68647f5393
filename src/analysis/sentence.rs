//! A text → its sentences: what stands between two items, and where a full stop ends nothing.
//!
//! Input → output: the text between two parts → a [`Gap`]; the items of a sentence → what its capitals tell.

use super::form::Capitals;
use super::item::{Gap, Item};

/// Short forms that are written with a full stop which ends no sentence.
const ABBREVIATIONS: [&str; 9] = ["tp", "tx", "gs", "pgs", "ts", "ths", "bs", "ks", "nxb"];

/// What stands between two items; `from` is where it begins in the text.
pub(super) fn gap(text: &str, from: usize, between: &str) -> Gap {
    match between {
        "\n" => return Gap::LineEnd,
        ", " => return Gap::Punctuation,
        _ => {}
    }
    let mut letters = between.chars();
    if let (Some(only), None) = (letters.next(), letters.next())
        && only.is_whitespace()
    {
        return Gap::Space;
    }
    if between.contains('\n') || ends_sentence(text, from, between) {
        return Gap::SentenceEnd;
    }
    let opens = |mark: char| matches!(mark, '.' | '?' | '!' | '…' | ':' | '"' | '“' | '«' | '–' | '—' | '-' | '*' | '•');
    if between.contains(opens) { Gap::Opening } else { Gap::Punctuation }
}

fn ends_sentence(text: &str, from: usize, between: &str) -> bool {
    match between.find(['.', '!', '?', '…']) {
        None => false,
        Some(0) if between.starts_with(". ") => !is_abbreviation(last_letters(text, from)),
        Some(at) => between[at..].contains(char::is_whitespace),
    }
}

/// Whether a full stop at a place belongs to the letters before it: `TP.`
pub fn is_abbreviated(text: &str, stop: usize) -> bool {
    is_abbreviation(last_letters(text, stop))
}

/// The letters that a text ends with at a place; at most five of them.
pub(super) fn last_letters(text: &str, end: usize) -> &str {
    let mut start = end;
    for (at, letter) in text[..end].char_indices().rev().take(5) {
        if !letter.is_alphanumeric() {
            break;
        }
        start = at;
    }
    &text[start..end]
}

/// Whether a full stop after these letters belongs to them: `TP.`, `Q.`, `GS.`
pub(super) fn is_abbreviation(letters: &str) -> bool {
    let mut each = letters.chars();
    match (each.next(), each.next()) {
        (Some(letter), None) => letter.is_alphabetic(),
        _ => ABBREVIATIONS.iter().any(|short| letters.eq_ignore_ascii_case(short)),
    }
}

/// Whether capitals mean something: some are there, and at least three of ten words begin with a small letter.
///
/// In a headline in capitals none does, in Title Case a few particles do.
pub(super) fn case_tells(items: &[Item]) -> bool {
    let small = items.iter().filter(|item| item.capitals == Capitals::Lower).count();
    let capital = items.iter().filter(|item| matches!(item.capitals, Capitals::First | Capitals::All)).count();
    capital > 0 && small * 10 >= (small + capital) * 3
}
