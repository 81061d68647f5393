//! Searching over little archives, from request to response.

mod archive;
mod filters;
mod invariant;
mod matching;
mod order;
