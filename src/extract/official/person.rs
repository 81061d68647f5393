//! Personal names by their structure: a surname and given names, names of the peoples of the highlands, foreign names.
//!
//! Input → output: a token's number → the name that begins there. Does not know who holds a post.

use super::reader::Reader;
use super::tokens::{Mark, Shape};
use crate::authority::{Middle, Needs, Particle, Surname, Term};
use crate::text::{canonical_phrase, is_syllable_in_any_case};
use std::ops::Range;

/// A personal name in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonName {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Whether it has the structure of a Vietnamese name.
    pub vietnamese: bool,
    /// Whether it stands for a person without a post or an address beside it.
    pub certain: bool,
}

/// Most syllables of a name: surname, middle names, given name; one more where "Thị" is among them.
const MAX_SYLLABLES: usize = 4;

/// Small words inside foreign names.
const FOREIGN_PARTICLES: [&str; 9] = ["von", "van", "der", "de", "da", "bin", "al", "el", "den"];

/// Middle names that are met with a small letter by mistake.
const MIDDLE_NAMES: [&str; 9] = ["văn", "thị", "xuân", "đức", "hữu", "ngọc", "quang", "minh", "đình"];

/// The Vietnamese name that begins at a token.
pub fn vietnamese_name(reader: &Reader, at: usize) -> Option<PersonName> {
    let first = reader.at(at)?;
    if !first.is_capital() {
        return None;
    }
    let word = reader.word(at);
    let highland = is_highland_word(word);
    let surname = match reader.surname(at) {
        Some(surname) => surname,
        None if highland => Surname::Ethnic,
        None => return None,
    };
    let mut end = at + 1;
    let mut limit = MAX_SYLLABLES;
    while end < at + limit && continues(reader, at, end, surname) {
        if matches!(reader.middle(end), Some(Middle::Thi | Middle::Long)) {
            limit = MAX_SYLLABLES + 1;
        }
        end += 1;
    }
    // "Trần Văn Lộc Phạm Anh": another name begins where no sign parts them.
    let last_is_surname = reader.surname(end - 1) == Some(Surname::Common);
    if end == at + limit && !reader.shouting && last_is_surname && continues(reader, at, end, surname) {
        end -= 1;
    }
    // "Trần Văn H.": a name that is kept back.
    let initial = reader.is_capital(end) && matches!(reader.word(end).as_bytes(), [letter] if *letter != b'Y');
    let too_short = surname == Surname::Rare && end - at < 3;
    let cut_short = reader.shouting && end == at + limit && continues(reader, at, end, surname);
    if initial || too_short || cut_short || !(end - at >= 2 || (highland && word.chars().count() > 3)) {
        return None;
    }
    let certain = surname == Surname::Common && end - at >= 3 || highland;
    Some(PersonName { tokens: at..end, vietnamese: true, certain })
}

/// `K'Thanh`, `H'Hen`: an apostrophe behind the first letter makes a name of the highlands.
fn is_highland_word(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next();
    matches!(first, Some('K' | 'H' | 'Y' | 'R' | 'M'))
        && letters.next().is_some_and(|letter| matches!(letter, '\'' | '\u{2019}' | '\u{2018}' | '\u{2BC}'))
}

/// Whether the token at `end` belongs to the name that began at `start`.
fn continues(reader: &Reader, start: usize, end: usize, surname: Surname) -> bool {
    let (Some(first), Some(token)) = (reader.at(start), reader.at(end)) else { return false };
    let word = reader.word(end);
    if token.shape == Shape::Lower {
        return !reader.shouting && end == start + 1 && reader.is_capital(end + 1) && MIDDLE_NAMES.contains(&word);
    }
    let same_case = match first.shape {
        Shape::Caps => token.shape == Shape::Caps || word.chars().count() == 1,
        _ => token.shape == Shape::Title || (word.chars().count() <= 2 && !word.is_ascii() && first.end - first.start <= 2),
    };
    token.is_capital()
        && same_case
        && (surname == Surname::Ethnic
            || is_given_syllable(word)
            || word == "A" && end == start + 1 && reader.is_capital(end + 1)
            || follows_middle_name(reader, start, end))
        && !reader.ends_a_name(end, end - start)
        && !begins_something_else(reader, end)
}

/// Whether "Văn" or "Thị" stands before: what follows is a given name, a Vietnamese syllable or not (`Hồ Văn Klăm`).
fn follows_middle_name(reader: &Reader, start: usize, at: usize) -> bool {
    at > start + 1 && matches!(reader.middle(at - 1), Some(Middle::Van | Middle::Thi)) && reader.word(at).chars().count() > 2
}

fn is_given_syllable(word: &str) -> bool {
    (word.len() >= 2 || word == "Y") && is_syllable_in_any_case(word) || is_highland_word(word)
}

/// A post, a body or a country behind a name is no part of it; in capitals, no verb either.
fn begins_something_else(reader: &Reader, at: usize) -> bool {
    match reader.term(at) {
        // "Phạm Quốc Vương" is no king.
        Some((after, Term::Post(post))) => post.needs != Needs::Foreign || !reader.is_capital(after - 1),
        Some((after, Term::Country | Term::Body(_))) => after - at >= 2,
        Some((_, Term::Particle(Particle::Honorific))) => false,
        Some((after, Term::Particle(_) | Term::Unit(_))) => reader.shouting || after - at >= 2,
        _ => false,
    }
}

/// The capitalised words at a token, as the name of a person of another country.
pub fn foreign_name(reader: &Reader, at: usize) -> Option<PersonName> {
    let belongs = |at: usize| {
        reader.is_capital(at) && !reader.ends_a_name(at, 1) && !matches!(reader.term(at), Some((_, Term::Post(_) | Term::Country)))
    };
    if reader.shouting || !belongs(at) {
        return None;
    }
    let mut end = at + 1;
    while end < at + 6 {
        let hyphen = reader.mark(end) == Some(Mark::Dash) && reader.at(end).is_some_and(|mark| !mark.spaced);
        let hyphened = hyphen && (belongs(end + 1) || reader.is_lower(end + 1)) && reader.at(end + 1).is_some_and(|next| !next.spaced);
        let particle = FOREIGN_PARTICLES.contains(&reader.word(end));
        end += match () {
            () if belongs(end) => 1,
            () if hyphened || particle && belongs(end + 1) => 2,
            () if particle && belongs(end + 2) => 3,
            () => break,
        };
    }
    let acronym = end == at + 1 && (reader.at(at).is_some_and(|token| token.shape == Shape::Caps) || reader.word(at).chars().count() < 2);
    (!acronym).then_some(PersonName { tokens: at..end, vietnamese: false, certain: false })
}

/// Whether some word of a name is no Vietnamese syllable, so that the name must be a foreign one.
pub fn is_outlandish(reader: &Reader, name: &PersonName) -> bool {
    name.tokens.clone().any(|at| reader.at(at).is_some_and(|token| token.is_capital()) && !is_given_syllable(reader.word(at)))
}

/// A name as it is shown: as spelt, one space between the words, normal capitals.
pub fn shown(reader: &Reader, name: &PersonName) -> String {
    let mut shown = String::new();
    for at in name.tokens.clone() {
        let Some(token) = reader.at(at) else { break };
        let word = reader.word(at);
        let joined = matches!(token.shape, Shape::Mark(_)) || reader.mark(at.wrapping_sub(1)) == Some(Mark::Dash) && !token.spaced;
        if !shown.is_empty() && !joined {
            shown.push(' ');
        }
        if name.vietnamese && matches!(token.shape, Shape::Caps | Shape::Lower) {
            push_titled(word, &mut shown);
        } else {
            shown.push_str(word);
        }
    }
    shown
}

fn push_titled(word: &str, shown: &mut String) {
    for (at, letter) in word.chars().enumerate() {
        match at {
            0 => shown.extend(letter.to_uppercase()),
            _ => shown.extend(letter.to_lowercase()),
        }
    }
}

/// What names are compared by.
pub fn name_key(shown: &str) -> String {
    canonical_phrase(shown)
}
