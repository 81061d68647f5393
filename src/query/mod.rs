//! Query string → [`Ast`]: the query language.
//!
//! Input → output: whatever a person types or pastes → a tree that says what was asked. Knows the language, not the
//! index: unquoted text stays a run of text, which the planner cuts into words, and no name is looked up. The grammar
//! with examples is `QUERY.md`, whose table is a test of this module.
//!
//! ```
//! use tracuu::query::{Ast, Field, parse};
//! let ast = parse("chuyển đổi số tỉnh:\"Ninh Bình\" -đấu thầu").expect("no error");
//! assert_eq!(ast.to_string(), "chuyển đổi số AND province:\"Ninh Bình\" AND NOT đấu AND thầu");
//! ```

mod ast;
mod date;
mod error;
mod lexer;
mod pairs;
mod parser;

pub use ast::{Ast, Field};
pub use date::{Between, PartialDate};
pub use error::{Expected, QueryError};

/// The most syllables that may stand between the words of a phrase.
pub const MAX_SLOP: u8 = 5;

/// The most letters in which a fuzzy term may differ.
pub const MAX_DISTANCE: u8 = 2;

/// Brackets nested deeper than this are text.
pub const MAX_DEPTH: usize = 32;

/// Reads a query. Linear in its length; what is no query language is text.
///
/// # Errors
/// Only where the language was meant and a guess would do damage: `year:abc`, `"a b"~9`, `date:2024-13`.
pub fn parse(query: &str) -> Result<Ast, QueryError> {
    let query = crate::text::compose(query);
    match lexer::lex(&query).and_then(|tokens| parser::parse(&query, tokens)) {
        Ok(ast) => Ok(ast),
        Err((span, expected)) => Err(QueryError { found: query[span.clone()].to_owned(), span, expected, query }),
    }
}

#[cfg(test)]
mod tests;
