//! What can be wrong with a query: where, what was expected, what was found.

use super::{MAX_DISTANCE, MAX_SLOP};
use std::fmt;
use std::ops::Range;

/// A query that was meant as query language and cannot be read as such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// The query, composed ([`crate::text::compose`]).
    pub query: String,
    /// The bytes of `query` that are wrong.
    pub span: Range<usize>,
    /// What would be right there.
    pub expected: Expected,
    /// What stands there.
    pub found: String,
}

/// What would be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The value of `year:`.
    Year,
    /// The value of `date:`.
    Date,
    /// A range whose first end is not after its last.
    InOrder,
    /// How many syllables may stand between the words of a phrase.
    Slop,
    /// In how many letters a term may differ.
    Distance,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expected::Year => f.write_str("a year of four digits or a range: year:2024, year:2023..2025, year:2023.."),
            Expected::Date => f.write_str("a day, a month, a year or a range: date:2024-02-29, date:29/02/2024, date:2024-01..2024-03"),
            Expected::InOrder => f.write_str("the earlier end first: date:2024-01..2024-03"),
            Expected::Slop => write!(f, "at most {MAX_SLOP} syllables between: \"a b\"~{MAX_SLOP}"),
            Expected::Distance => write!(f, "at most {MAX_DISTANCE} letters of difference: word~1 or word~{MAX_DISTANCE}"),
        }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at character {} of the query: found {:?}, expected {}", self.column() + 1, self.begin_of_found(), self.expected)
    }
}

impl std::error::Error for QueryError {}

/// How many characters of the query are shown on either side of the error, and of what stands there.
const CONTEXT_CHARS: usize = 40;

impl QueryError {
    /// The sentence of `Display`, the line of the query around the place, and carets under it.
    pub fn render(&self) -> String {
        let shown = |text: &str| text.replace('\n', " ");
        let (before, after) = (&self.query[..self.span.start], &self.query[self.span.end..]);
        let skipped = before.chars().count().saturating_sub(CONTEXT_CHARS);
        let dots = if skipped > 0 { "…" } else { "" };
        let left: String = dots.chars().chain(before.chars().skip(skipped)).collect();
        let right: String = after.chars().take(CONTEXT_CHARS).collect();
        let found = self.begin_of_found();
        let carets = "^".repeat(found.chars().count().max(1));
        format!("{self}\n  {}{}{}\n  {}{carets}", shown(&left), shown(&found), shown(&right), " ".repeat(left.chars().count()))
    }

    /// What stands there, as far as it is shown.
    fn begin_of_found(&self) -> String {
        let dots = if self.found.chars().nth(CONTEXT_CHARS).is_some() { "…" } else { "" };
        self.found.chars().take(CONTEXT_CHARS).chain(dots.chars()).collect()
    }

    /// Number of characters before the place.
    fn column(&self) -> usize {
        self.query[..self.span.start].chars().count()
    }
}
