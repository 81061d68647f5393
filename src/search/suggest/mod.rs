//! Help with words: “did you mean” for a query, and completion of what was begun.
//!
//! Input → output: a request that found little, or was typed without diacritics → the query that was probably meant, with its total;
//! the beginning of a query → words, officials and units that begin so. Both know only what stands in the archive: its syllables, its pairs of
//! neighbours, its words, the names in its facets. Changes no query by itself.

mod begun;
mod chain;
mod completion;
mod correction;
mod counts;
mod following;
mod names;
mod shown;
mod variant;

pub use completion::{Completion, CompletionKind, complete};
pub(super) use correction::did_you_mean;
