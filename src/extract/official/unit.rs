//! The name of a unit behind its word, parted from a person's name that may follow: "huyện Tây Sơn Trần Văn An".

use super::person::{PersonName, name_key, vietnamese_name};
use super::reader::{PlaceSpan, Reader, fits};
use super::tokens::Shape;
use crate::authority::{Level, Namesake, Term};
use std::ops::Range;

/// Most capitalised words that are looked at behind a unit's word: a place and a person.
const MAX_RUN: usize = 9;

/// The name behind a unit's word, parted from the name of a person that may follow it.
pub fn unit_name<'a>(reader: &Reader<'a>, start: usize, level: Level) -> (Option<Range<usize>>, Option<PlaceSpan<'a>>) {
    let Some(first) = reader.at(start) else { return (None, None) };
    if first.shape == Shape::Number {
        return (Some(start..start + 1), None);
    }
    if !first.is_capital() || matches!(reader.term(start), Some((_, Term::Post(_)))) {
        return (None, None);
    }
    let person = vietnamese_name(reader, start);
    if let Some((after, place)) = reader.place(start)
        && (fits(place.name, level) || level <= Level::Commune)
        && !is_rather_a_person(reader, start, after, &place)
    {
        return (Some(start..after), Some(place));
    }
    let run = capital_run(reader, start);
    let ends_in_person = |split: usize| vietnamese_name(reader, split).is_some_and(|name| name.tokens.end >= run && name.certain);
    if run - start >= 5
        && let Some(split) =
            [2, 1, 3, 4, 5].into_iter().map(|length| start + length).find(|&split| split + 2 < run && ends_in_person(split))
    {
        return (Some(start..split), None);
    }
    // "tỉnh Phạm Văn An": no place is called so, a person is; "phường Phạm Ngũ Lão" is.
    let honoured = |name: &PersonName| {
        level <= Level::District
            && reader.authority.names().namesake(&name_key(reader.quote(name.tokens.clone()))) == Some(Namesake::Honoured)
    };
    if let Some(name) = person.as_ref().filter(|name| honoured(name)) {
        return (Some(name.tokens.clone()), None);
    }
    if let Some(name) = &person
        && (level == Level::Province || name.tokens.len() >= 3 && (name.certain || is_plainly_a_person(reader, name, level)))
    {
        return (None, None);
    }
    let end = [2, 1, 3, 4]
        .into_iter()
        .map(|length| start + length)
        .find(|&split| split < run && vietnamese_name(reader, split).is_some_and(|name| name.tokens.end >= run));
    (Some(start..end.unwrap_or(run.min(start + 4))), None)
}

/// Syllables that stand in the middle of a person's name, and of no commune's.
const MIDDLE: [&str; 8] = ["Văn", "Thị", "A", "Seo", "Mí", "Láo", "Hữu", "Đình"];

/// "xã Ma Văn Thông", "huyện Sùng A Lử": every district is known by name, and no commune has such a middle.
fn is_plainly_a_person(reader: &Reader, name: &PersonName, level: Level) -> bool {
    level > Level::Commune || MIDDLE.contains(&reader.word(name.tokens.start + 1))
}

/// Whether the words of a place begin a person's name: "Lâm Đồng Hải", but not "Lâm Đồng Trần Văn An", nor "Hà Giang Chúng Thị An".
pub fn is_rather_a_person(reader: &Reader, start: usize, after: usize, place: &PlaceSpan) -> bool {
    let Some(name) = vietnamese_name(reader, start) else { return false };
    let longer = name.tokens.end > after && name.tokens.end < after + 3 && vietnamese_name(reader, after).is_none();
    longer && (name.certain || place.name.unit.is_none() || place.name.weak)
}

/// One past the last of the capitalised words that stand together from a token on.
fn capital_run(reader: &Reader, start: usize) -> usize {
    let mut end = start;
    while end < start + MAX_RUN && reader.is_capital(end) && (end == start || belongs(reader, end)) {
        end += 1;
    }
    end
}

/// Whether a capitalised word may go on with the names before it.
fn belongs(reader: &Reader, at: usize) -> bool {
    !matches!(reader.term(at), Some((_, Term::Post(_) | Term::Body(_)))) && !reader.ends_a_name(at, 1)
}
