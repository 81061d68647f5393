//! Why a search gives no answer, with the repair in the message.

use super::batch::BatchError;
use super::typed::{TypedError, TypedField};
use crate::index::IndexError;
use crate::query::QueryError;

/// A search that cannot be answered. No hit is not an error.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The query is not in the query language.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// What was typed is no request.
    #[error(transparent)]
    Typed(#[from] TypedError),
    /// The line of a batch is no query.
    #[error(transparent)]
    Batch(#[from] BatchError),
    /// Nothing in the index or the authority tables is called what was typed.
    #[error("no {field} fits {typed:?}{}", proposals(nearest))]
    UnknownValue {
        /// `province`, `official`, `role`, `source`, `collection`.
        field: &'static str,
        /// As typed.
        typed: String,
        /// Names that are spelt most like it, the nearest first.
        nearest: Vec<String>,
    },
    /// What was typed is not a year, a month, a day or a span of them.
    #[error("{typed:?} is no {field}; write 2024, 2024-05, 2024-05-13, or two of them with `..` between")]
    BadDate {
        /// `year` or `date`.
        field: &'static str,
        /// As typed.
        typed: String,
    },
    /// A request with both a number of hits to pass over and a cursor to go on behind.
    #[error("offset and after exclude each other; give one of them, and behind a cursor no offset")]
    OffsetAndCursor,
    /// A span that would be drawn by more bars than can be looked at.
    #[error("{bars} periods by {by} are more than {most}; choose a coarser period, or a shorter span with from and to")]
    TooManyBars {
        /// How many it would be.
        bars: u64,
        /// `month` or `day`.
        by: &'static str,
        /// How many may be.
        most: u64,
    },
    /// A table of more cells than can be looked at.
    #[error("{rows} rows and {columns} columns are more than {most} cells; list fewer with top, or take a coarser period")]
    TooManyCells {
        /// Rows, those for what stands under no value among them.
        rows: usize,
        /// Columns, likewise.
        columns: usize,
        /// How many cells there may be.
        most: usize,
    },
    /// More meetings of two people in an article than can be counted.
    #[error("matching articles name people together more than {most} times; ask for an official or a role, or narrow the query")]
    TooManyMeetings {
        /// How many there may be.
        most: usize,
    },
    /// Posts are counted, and the filters bind them to more than one person.
    #[error(
        "posts are held by one person each, and these filters ask for several; with posts in a table give one official or roles, and leave no official out"
    )]
    PostsOfSeveral,
    /// A watched query that would tell only some of what is new.
    #[error("{} would hide some of what is new to a watched query; leave it out", field.name())]
    Watched {
        /// The field.
        field: TypedField,
    },
    /// The request's budget was used up before every article was looked at.
    #[error("the search took longer than it was given; narrow it with a filter or give it more time")]
    OutOfTime,
    /// The index could not be read.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> SearchError {
        SearchError::Index(error.into())
    }
}

impl From<std::io::Error> for SearchError {
    fn from(error: std::io::Error) -> SearchError {
        tantivy::TantivyError::from(error).into()
    }
}

fn proposals(nearest: &[String]) -> String {
    match nearest {
        [] => String::new(),
        names => format!("; nearest: {}", names.join(" · ")),
    }
}
