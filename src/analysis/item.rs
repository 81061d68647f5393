//! Parts → items: what is written as one (numbers, document numbers, `TT&TT`, `H'Hen`, addresses) stays one.
//!
//! Input → output: the parts of a text → whether each goes on with the [`Item`] before it. An item never contains white
//! space; whether several items are one word is decided by `segment`.

use super::form::{Capitals, Form, Side};
use super::lexicon::{Class, UNKNOWN};
use crate::text;
use std::ops::Range;

/// What stands between an item and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// One white-space character.
    Space,
    /// One line end.
    LineEnd,
    /// Punctuation after which a capital is a capital.
    Punctuation,
    /// Punctuation, or the beginning of a line, after which any word has a capital.
    Opening,
    /// The end of a sentence.
    SentenceEnd,
}

/// One or more parts that are written as one.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Number of its first part.
    pub first: u32,
    /// Number of parts.
    pub parts: u32,
    /// What stands before it.
    pub gap: Gap,
    /// How it begins.
    pub capitals: Capitals,
    /// Whether it carries a diacritic.
    pub is_marked: bool,
    /// What it is in each view of the lexicon.
    pub sides: [Side; 2],
}

/// What the model sees of every number, of every name with an apostrophe (`H'Hen`), and of whatever else is written as one.
const NUMBER: Side = Side { id: UNKNOWN, code: 1, class: Class::Other };
const GLUED_NAME: Side = Side { id: UNKNOWN, code: 2, class: Class::Unknown };
const GLUED: Side = Side { id: UNKNOWN, code: 3, class: Class::Other };

impl Item {
    /// An item of one part.
    pub fn of(form: &Form, part: u32, gap: Gap) -> Item {
        let sides = if form.capitals == Capitals::None { [NUMBER; 2] } else { form.sides };
        Item { first: part, parts: 1, gap, capitals: form.capitals, is_marked: form.shape.is_marked, sides }
    }

    /// Adds the next part, which a mark joins to it.
    pub fn extend(&mut self, mark: &str, form: &Form) {
        self.parts += 1;
        self.is_marked |= form.shape.is_marked;
        let side = match self.capitals {
            Capitals::None => NUMBER,
            Capitals::First if mark.chars().all(is_apostrophe) => GLUED_NAME,
            _ => GLUED,
        };
        self.sides = [side; 2];
    }
}

fn is_apostrophe(mark: char) -> bool {
    matches!(mark, '\'' | '\u{2019}' | '\u{2018}' | '\u{02BC}' | '\u{00B4}' | '`')
}

/// The item that is being put together.
#[derive(Debug)]
pub(super) struct Glue {
    has_digit: bool,
    has_letters: bool,
    last: Range<usize>,
    /// One past the last byte of the address that the item belongs to; 0 outside of one.
    address_end: usize,
    /// One past the last byte of the chunk in which an address was looked for.
    chunk_end: usize,
}

impl Glue {
    /// Before the first part of a text.
    pub fn new() -> Glue {
        Glue { has_digit: false, has_letters: false, last: 0..0, address_end: 0, chunk_end: 0 }
    }

    /// Whether a part goes on with the item before it.
    #[inline]
    pub fn joins(&self, text: &str, part: &Range<usize>) -> bool {
        if self.last.is_empty() {
            return false;
        }
        if part.end <= self.address_end {
            return true;
        }
        let mut gap = text[self.last.end..part.start].chars();
        match (gap.next(), gap.next()) {
            (Some(mark), None) if !mark.is_whitespace() => self.joined_by(mark, &text[self.last.clone()], &text[part.clone()]),
            _ => false,
        }
    }

    /// The rules of what one mark joins.
    fn joined_by(&self, mark: char, left: &str, right: &str) -> bool {
        let (left_number, right_number) = (is_number(left), is_number(right));
        match mark {
            // H'Hen, Đắk R’lấp
            mark if is_apostrophe(mark) => !left_number && !right_number,
            // TT&TT
            '&' => !left_number && !right_number,
            // 765.472, 0,71, 12:30
            '.' | ',' | ':' if left_number && right_number => true,
            // TP.HCM, Q.1; not the missing space after a sentence
            '.' => !left_number && !is_like_syllable(left) && (right_number || !is_like_syllable(right)),
            // 19/7/2024, 8–2003
            '/' | '-' | '–' if left_number && right_number => true,
            // 57-NQ/TW, 150/2020/NĐ-CP, 02-CT/TU
            '/' | '-' if self.has_digit && !right_number => !is_like_syllable(right) || (self.has_letters && is_short_code(right)),
            // COVID-19, 57-NQ-2020
            '-' if right_number => !is_like_syllable(left),
            // QĐ-TTg, Wai-kru; not kinh tế-xã hội
            '-' => !is_like_syllable(left) && !is_like_syllable(right),
            _ => false,
        }
    }

    /// Takes note of a part that has become the item's last.
    #[inline]
    pub fn add(&mut self, text: &str, part: &Range<usize>, first: bool) {
        self.last = part.clone();
        let ends_chunk = text.as_bytes().get(part.end).is_none_or(u8::is_ascii_whitespace);
        if first && ends_chunk {
            // Nearly every part: a syllable between spaces, which nothing joins.
            return;
        }
        let written = &text[part.clone()];
        if first {
            (self.has_digit, self.has_letters) = (false, false);
            if part.start >= self.chunk_end {
                (self.address_end, self.chunk_end) = address(text, part.start);
            }
        }
        self.has_digit |= written.bytes().any(|byte| byte.is_ascii_digit());
        self.has_letters |= !is_number(written);
    }
}

fn is_number(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_digit())
}

/// Two or three letters without diacritics, as in the name of a body: `TU`, `TTg`.
fn is_short_code(part: &str) -> bool {
    part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Whether a part reads like a Vietnamese syllable, with or without its diacritics; a single letter does not.
fn is_like_syllable(part: &str) -> bool {
    let term = text::canonical(part);
    let open = ["ch", "c", "p", "t"].iter().find_map(|stop| term.strip_suffix(stop)).filter(|_| term.is_ascii());
    part.chars().nth(1).is_some() && (text::is_syllable(&term) || open.is_some_and(text::is_syllable))
}

/// What the last label of a host name is, in the addresses that articles print.
const TOP_LABELS: [&str; 8] = ["vn", "com", "net", "org", "gov", "edu", "info", "asia"];

/// Where the address that begins at `start` ends (0 if none begins there), and where its chunk does.
///
/// A chunk is a run of the characters that addresses are made of: an e-mail, a URL, or a host name with its path.
fn address(text: &str, start: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let in_address = |at: &usize| match bytes[*at] {
        b':' => bytes.get(at + 1) == Some(&b'/'),
        byte => byte.is_ascii_alphanumeric() || b"._%+-@/?=&~#".contains(&byte),
    };
    let chunk_end = (start..bytes.len()).find(|at| !in_address(at)).unwrap_or(bytes.len());
    let chunk = text[start..chunk_end].trim_end_matches(|letter: char| !letter.is_alphanumeric());
    let host = chunk.split(['/', '?']).next().unwrap_or(chunk);
    let is_host = |host: &str| host.rsplit_once('.').is_some_and(|(_, label)| TOP_LABELS.iter().any(|top| label.eq_ignore_ascii_case(top)));
    let is_mail = |(user, host): (&str, &str)| !user.is_empty() && !user.contains('/') && host.contains('.');
    let found = chunk.split_once("://").is_some_and(|(scheme, _)| scheme.bytes().all(|byte| byte.is_ascii_alphabetic()))
        || is_host(host)
        || chunk.split_once('@').is_some_and(is_mail);
    (if found { start + chunk.len() } else { 0 }, chunk_end.max(start + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_read_like_syllables_are_known_without_diacritics_too() {
        for yes in ["hội", "hoi", "thuc", "Duc", "nước", "tế"] {
            assert!(is_like_syllable(yes), "{yes}");
        }
        for no in ["TP", "HCM", "NQ", "COVID", "u", "QH14", "ttg", "gov"] {
            assert!(!is_like_syllable(no), "{no}");
        }
    }

    #[test]
    fn addresses_are_told_from_text_without_spaces() {
        let cases = [
            ("daklak.gov.vn, và", "daklak.gov.vn"),
            ("https://abc.vn/tin-tuc/1.html.", "https://abc.vn/tin-tuc/1.html"),
            ("lien.he@abc.gov.vn)", "lien.he@abc.gov.vn"),
            ("WWW.ABC.VN", "WWW.ABC.VN"),
            ("TP.HCM", ""),
            ("xong.Ong", ""),
            ("a@b", ""),
            ("9", ""),
            ("Email:a@b.vn", ""),
        ];
        for (text, expected) in cases {
            let (end, chunk_end) = address(text, 0);
            assert_eq!(&text[..end], expected);
            assert!(chunk_end >= end && chunk_end > 0);
        }
    }
}
