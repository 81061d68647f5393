//! Searching over little archives, from request to response.

mod abbreviations;
mod archive;
mod asking;
mod bounded;
mod context;
mod exact;
mod filters;
mod histogram;
mod invariant;
mod matching;
mod order;
mod people;
mod ranking;
mod sample;
mod stories;
mod suggest;
mod table;
mod trend;
mod undiacritic;
