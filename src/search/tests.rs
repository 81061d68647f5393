//! Searching over little archives, from request to response.

mod abbreviations;
mod archive;
mod filters;
mod invariant;
mod matching;
mod order;
mod undiacritic;
