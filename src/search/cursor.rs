//! Where a page of hits ends, as a text that is given back to ask for the next page.
//!
//! Input → output: rank and place of a hit ↔ numbers in hexadecimal with `-` between. What it holds is nobody's business but the
//! program's. Knows no query: given with another one, it is a place among that one's hits.

use super::order::Place;
use crate::article::ArticleId;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// Where a page ends: [`crate::search::Response::next`] of one answer is [`crate::search::Request::after`] of the next.
///
/// A place in the order, not a number of hits: articles that come or go before it shift nothing of an order by date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(super) rank: u64,
    pub(super) place: Place,
}

/// Higher than any rank, and far from where counting on would overflow.
const MAX_RANK: u64 = 1 << 48;

/// What is no cursor.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{typed:?} is no cursor; give the `next` of an answer to the same request, letter for letter")]
pub struct CursorError {
    /// As typed.
    pub typed: String,
}

impl Cursor {
    fn parse(typed: &str) -> Option<Cursor> {
        let numbers: Vec<&str> = typed.split('-').collect();
        let [rank, first, second, third, fourth, id] = numbers.as_slice() else { return None };
        let keys = [number(first)?, number(second)?, number(third)?, number(fourth)?].map(signed);
        let rank = number(rank).filter(|&rank| rank <= MAX_RANK)?;
        Some(Cursor { rank, place: Place::from_parts(keys, ArticleId::parse(id)?) })
    }
}

/// A number of hexadecimal digits and nothing else.
fn number(digits: &str) -> Option<u64> {
    digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u64::from_str_radix(digits, 16).ok()).flatten()
}

/// Small numbers of either sign as small ones without.
fn unsigned(number: i64) -> u64 {
    (number << 1 ^ number >> 63) as u64
}

/// The inverse of [`unsigned`].
fn signed(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (keys, id) = self.place.parts();
        write!(f, "{:x}", self.rank)?;
        keys.iter().try_for_each(|&key| write!(f, "-{:x}", unsigned(key)))?;
        write!(f, "-{id}")
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(typed: &str) -> Result<Cursor, CursorError> {
        Cursor::parse(typed.trim()).ok_or_else(|| CursorError { typed: typed.to_owned() })
    }
}

impl JsonSchema for Cursor {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Cursor".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Hash128;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        let id = Hash128::of([b"a".as_slice()]);
        for keys in [[0; 4], [-1_482, -19_876, 0, 0], [i64::MAX, 0, 0, 0], [19_876, 1, i64::MIN, -1]] {
            for rank in [0, 1, 100, MAX_RANK] {
                let cursor = Cursor { rank, place: Place::from_parts(keys, id) };
                let text = cursor.to_string();
                assert_eq!(text.parse(), Ok(cursor), "{text}");
                assert!(text.bytes().all(|letter| letter.is_ascii_hexdigit() || letter == b'-'), "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_cursor_is_told() {
        let id = "0123456789abcdef0123456789abcdef";
        let good = format!("a-1-2-3-4-{id}");
        assert!(good.parse::<Cursor>().is_ok());
        let bad = [
            String::new(),
            "2".to_owned(),
            id.to_owned(),
            format!("{good}-"),
            format!("a-1-2-3-{id}"),
            format!("a-1-2-3--{id}"),
            format!("a-+1-2-3-4-{id}"),
            format!("g-1-2-3-4-{id}"),
            format!("a-1-2-3-10000000000000000-{id}"),
            format!("ffffffffffffffff-1-2-3-4-{id}"),
            good[..good.len() - 1].to_owned(),
        ];
        for typed in bad {
            let error = typed.parse::<Cursor>().unwrap_err();
            assert!(error.to_string().starts_with(&format!("{typed:?} is no cursor; give the `next` of an answer")), "{typed}");
        }
    }
}
