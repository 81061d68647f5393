//! The columns of exported tables: what each is called, what stands in it, how it is read off.
//!
//! Header, cells, codebook, data package and the names that a choice of fields knows all come from these lines, so that none of them can say
//! something that another does not.

use crate::article::{Evidence, Official, PlaceMention, Post, UnitMention};
use crate::search::{ContextLine, Hit};
use schemars::JsonSchema;
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::borrow::Cow;

/// A column.
pub struct Column {
    /// What it is called: small letters and `_`.
    pub name: &'static str,
    /// What its values are.
    pub kind: ColumnKind,
    /// What it says, in English.
    pub says: &'static str,
    values: Option<fn() -> Vec<ClosedValue>>,
    of: for<'h> fn(&Row<'h>) -> Cell<'h>,
}

/// What the values of a column are. Whatever the kind, an empty cell says that nothing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// A text on one line.
    Text,
    /// Texts, with `; ` between.
    List,
    /// A text as it is stored, line ends and all: spans count in it.
    Stored,
    /// A number without a fraction.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// `YYYY-MM-DD`.
    Date,
}

/// One of the values that a column is limited to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedValue {
    /// As it is written.
    pub name: String,
    /// What it means; empty where nothing is said.
    pub says: String,
}

/// A value of a row.
pub(super) enum Cell<'h> {
    Nothing,
    Text(Cow<'h, str>),
    /// Not to be escaped, so that spans count in it.
    Stored(&'h str),
    Integer(u64),
    Number(f64),
    Boolean(bool),
}

/// What a row is of.
#[derive(Clone, Copy)]
pub(super) struct Row<'h> {
    pub hit: &'h Hit,
    pub part: Part<'h>,
}

/// The part of an article that has a row of its own.
#[derive(Clone, Copy)]
pub(super) enum Part<'h> {
    /// All of it.
    Article,
    /// A match in its context.
    Match(&'h ContextLine),
    /// A date.
    Date(DateOf),
    /// A unit that it is about or mentions, or a place in it.
    Unit { of: &'static str, at: usize, unit: &'h UnitMention, place: Option<&'h PlaceMention> },
    /// An official in a post; without one where the article gives the person none.
    Post { of: &'static str, at: usize, official: &'h Official, post: Option<(usize, &'h Post)> },
    /// Words that a value stands on, and where they stand, where that can be said.
    Evidence { evidence: &'h Evidence, span: Option<(usize, usize)> },
}

/// The dates of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateOf {
    Event,
    Published,
    Captured,
}

impl Column {
    pub(super) const fn new(name: &'static str, kind: ColumnKind, says: &'static str, of: for<'h> fn(&Row<'h>) -> Cell<'h>) -> Column {
        Column { name, kind, says, values: None, of }
    }

    /// The same, limited to the values of a type.
    pub(super) const fn of_values(self, values: fn() -> Vec<ClosedValue>) -> Column {
        Column { values: Some(values), ..self }
    }

    /// The values that it is limited to; none where any can stand in it.
    pub fn values(&self) -> Vec<ClosedValue> {
        self.values.map_or_else(Vec::new, |values| values())
    }

    pub(super) fn cell<'h>(&self, row: &Row<'h>) -> Cell<'h> {
        (self.of)(row)
    }
}

/// The values of a closed set, from the schema that the contract has of it.
pub(super) fn values_of<T: JsonSchema>() -> Vec<ClosedValue> {
    let schema = schemars::schema_for!(T).to_value();
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let plain = |values: &serde_json::Value| values.as_array().into_iter().flatten().filter_map(text).collect::<Vec<_>>();
    let bare = |name: String| ClosedValue { name, says: String::new() };
    let described = schema["oneOf"].as_array().into_iter().flatten().flat_map(|one| match text(&one["const"]) {
        Some(name) => vec![ClosedValue { name, says: text(&one["description"]).unwrap_or_default() }],
        None => plain(&one["enum"]).into_iter().map(bare).collect(),
    });
    described.chain(plain(&schema["enum"]).into_iter().map(bare)).collect()
}

impl<'h> Cell<'h> {
    pub fn text(text: impl Into<Cow<'h, str>>) -> Cell<'h> {
        Cell::Text(text.into())
    }

    pub fn number(number: usize) -> Cell<'h> {
        Cell::Integer(number as u64)
    }

    /// Texts, with `; ` between.
    pub fn list<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Cell<'h> {
        let mut list = String::new();
        for text in texts {
            if !list.is_empty() {
                list.push_str("; ");
            }
            list.push_str(text.as_ref());
        }
        Cell::text(list)
    }

    /// As it stands in a table.
    pub fn written(&self) -> Cow<'_, str> {
        match self {
            Cell::Nothing => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Stored(text) => Cow::Borrowed(text),
            Cell::Integer(number) => number.to_string().into(),
            Cell::Number(number) => number.to_string().into(),
            Cell::Boolean(is) => Cow::Borrowed(if *is { "true" } else { "false" }),
        }
    }
}

impl<'h, T: Into<Cell<'h>>> From<Option<T>> for Cell<'h> {
    fn from(value: Option<T>) -> Cell<'h> {
        value.map_or(Cell::Nothing, T::into)
    }
}

impl<'h> From<&'h str> for Cell<'h> {
    fn from(text: &'h str) -> Cell<'h> {
        Cell::text(text)
    }
}

impl<'h> From<&'h String> for Cell<'h> {
    fn from(text: &'h String) -> Cell<'h> {
        Cell::text(text)
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Cell::text(text)
    }
}

impl From<usize> for Cell<'_> {
    fn from(number: usize) -> Self {
        Cell::number(number)
    }
}

impl From<jiff::civil::Date> for Cell<'_> {
    fn from(day: jiff::civil::Date) -> Self {
        Cell::text(day.to_string())
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Nothing => to.serialize_none(),
            Cell::Text(text) => to.serialize_str(text),
            Cell::Stored(text) => to.serialize_str(text),
            Cell::Integer(number) => to.serialize_u64(*number),
            Cell::Number(number) => to.serialize_f64(*number),
            Cell::Boolean(is) => to.serialize_bool(*is),
        }
    }
}

/// A row as an object: its columns by name.
pub(super) struct Record<'r, 'h> {
    pub columns: &'r [&'static Column],
    pub row: Row<'h>,
}

impl Serialize for Record<'_, '_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut object = to.serialize_map(Some(self.columns.len()))?;
        for column in self.columns {
            object.serialize_entry(column.name, &column.cell(&self.row))?;
        }
        object.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Basis, PlaceKind};

    #[test]
    fn a_closed_set_is_read_off_its_type() {
        let of = |values: Vec<ClosedValue>| values.into_iter().map(|value| value.name).collect::<Vec<_>>();
        let bases = ["stated", "published", "year_from_published", "year_from_context", "corrected", "none"];
        assert_eq!(of(values_of::<Basis>()), bases);
        assert!(values_of::<Basis>().iter().all(|value| !value.says.is_empty()));
        assert_eq!(of(values_of::<PlaceKind>()), ["huyện", "quận", "thị xã", "thành phố", "xã", "phường", "đặc khu"]);
    }
}
