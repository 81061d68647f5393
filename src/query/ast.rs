//! The tree that a query is read as, and how it is written as a query again.
//!
//! Plain data. `parse(&ast.to_string())` gives the same tree for every tree that [`super::parse`] makes.

use super::date::{Between, PartialDate};
use schemars::JsonSchema;
use serde::Serialize;
use std::fmt;

/// What was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ast {
    /// Every article: the empty query.
    All,
    /// A run of unquoted text, as typed but for stray quotes and brackets, which are commas; words are cut later.
    /// May be without any letter (`!!!`) if that is all that was asked.
    Text(String),
    /// `"…"`: these syllables, one after the other; with `slop`, in either order and with up to so many between.
    Phrase {
        /// What stands between the quotes, single spaces between.
        text: String,
        /// Syllables that may stand between, 0 to [`super::MAX_SLOP`].
        slop: u8,
    },
    /// `chuy*`, or `"chuyển đ*"`: a phrase of which the last syllable is only begun.
    Prefix(String),
    /// `từ~1`: a term that differs in at most so many letters.
    Fuzzy {
        /// The term.
        text: String,
        /// Letters of difference, 1 to [`super::MAX_DISTANCE`].
        distance: u8,
    },
    /// `=từ`, `="hai từ"`: spelt exactly so.
    Exact(String),
    /// `title:…`: the value, asked of one field. The value holds no further field.
    Field {
        /// The field.
        field: Field,
        /// What is asked of it: text, phrase, prefix, fuzzy, exact, or several of them.
        value: Box<Ast>,
    },
    /// `year:…`: the event's place in the date facet lies in these years.
    Year(Between<i16>),
    /// `date:…`: the event overlaps these days, months or years.
    Date(Between<PartialDate>),
    /// All of them; at least two, none of them an `And`.
    And(Vec<Ast>),
    /// Any of them; at least two, none of them an `Or`.
    Or(Vec<Ast>),
    /// Articles that the tree does not match; never a `Not`. May stand alone.
    Not(Box<Ast>),
}

/// A field that text is asked of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// `title:`, `tiêuđề:`
    Title,
    /// `province:`, `tỉnh:`
    Province,
    /// `official:`, `cánbộ:`
    Official,
    /// `role:`, `chứcvụ:`
    Role,
    /// `source:`, `nguồn:`
    Source,
}

impl Field {
    /// The English name, as in the query language and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Province => "province",
            Field::Official => "official",
            Field::Role => "role",
            Field::Source => "source",
        }
    }
}

impl Ast {
    /// All of the parts: flattened, `None` if there is none.
    pub(super) fn and(parts: Vec<Ast>) -> Option<Ast> {
        let flat = |part| if let Ast::And(inner) = part { inner } else { vec![part] };
        one_or(parts.into_iter().flat_map(flat).collect(), Ast::And)
    }

    /// Any of the parts: flattened, `None` if there is none.
    pub(super) fn or(parts: Vec<Ast>) -> Option<Ast> {
        let flat = |part| if let Ast::Or(inner) = part { inner } else { vec![part] };
        one_or(parts.into_iter().flat_map(flat).collect(), Ast::Or)
    }

    /// The opposite.
    pub(super) fn not(self) -> Ast {
        match self {
            Ast::Not(inner) => *inner,
            other => Ast::Not(Box::new(other)),
        }
    }
}

fn one_or(mut parts: Vec<Ast>, several: impl Fn(Vec<Ast>) -> Ast) -> Option<Ast> {
    if parts.len() > 1 { Some(several(parts)) } else { parts.pop() }
}

impl fmt::Display for Ast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ast::All => Ok(()),
            Ast::Text(text) => f.write_str(text),
            Ast::Phrase { text, slop: 0 } => write_quoted(f, text, ""),
            Ast::Phrase { text, slop } => write_quoted(f, text, "").and_then(|()| write!(f, "~{slop}")),
            Ast::Prefix(text) if is_plain(text) => write!(f, "{text}*"),
            Ast::Prefix(text) => write_quoted(f, text, "*"),
            Ast::Fuzzy { text, distance } => write!(f, "{text}~{distance}"),
            Ast::Exact(text) if is_plain(text) => write!(f, "={text}"),
            Ast::Exact(text) => f.write_str("=").and_then(|()| write_quoted(f, text, "")),
            Ast::Field { field, value } => {
                write!(f, "{}:", field.name())?;
                match value.as_ref() {
                    Ast::Text(text) if text.contains(' ') || !text.starts_with(char::is_alphanumeric) => write!(f, "({text})"),
                    Ast::And(_) | Ast::Or(_) | Ast::Not(_) => write!(f, "({value})"),
                    leaf => write!(f, "{leaf}"),
                }
            }
            Ast::Year(years) => write!(f, "year:{years}"),
            Ast::Date(dates) => write!(f, "date:{dates}"),
            Ast::And(parts) => write_joined(f, parts, " AND ", |part| matches!(part, Ast::Or(_))),
            Ast::Or(parts) => write_joined(f, parts, " OR ", |_| false),
            Ast::Not(inner) if matches!(**inner, Ast::And(_) | Ast::Or(_)) => write!(f, "NOT ({inner})"),
            Ast::Not(inner) => write!(f, "NOT {inner}"),
        }
    }
}

fn write_joined(f: &mut fmt::Formatter<'_>, parts: &[Ast], between: &str, in_brackets: impl Fn(&Ast) -> bool) -> fmt::Result {
    for (number, part) in parts.iter().enumerate() {
        if number > 0 {
            f.write_str(between)?;
        }
        if in_brackets(part) { write!(f, "({part})") } else { write!(f, "{part}") }?;
    }
    Ok(())
}

/// Whether a term can stand without quotes and mean nothing else.
fn is_plain(text: &str) -> bool {
    text.chars().all(char::is_alphanumeric)
}

/// Writes a text between the first pair of quotes that it does not end itself.
fn write_quoted(f: &mut fmt::Formatter<'_>, text: &str, star: &str) -> fmt::Result {
    let (open, close) = match (text.contains('"'), text.contains('”')) {
        (false, _) => ('"', '"'),
        (_, false) => ('“', '”'),
        _ => ('«', '»'),
    };
    write!(f, "{open}{text}{star}{close}")
}
