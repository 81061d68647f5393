//! Integration tests: the library and the binary as their users meet them. A file for each topic.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, reason = "a test that cannot go on fails, and says why")]

mod abbreviations;
mod archives;
mod brute_force;
mod cli;
mod copies;
mod corpus;
mod corrections;
mod damage;
mod diff;
mod documents;
mod exact;
mod export;
mod faults;
mod files;
mod guide;
mod harness;
mod hostile;
mod incremental;
mod killed;
mod layout;
mod linear;
mod matching;
mod mcp;
mod metadata;
mod people;
mod queries;
mod rebuild;
mod retrieval;
mod sample;
mod seeds;
mod segmentation;
mod serve;
mod shapes;
mod suggest;
mod tables;
mod vietnamese;
mod watch;
mod watching;
mod worn;

#[path = "../../benches/generator.rs"]
#[allow(dead_code, reason = "the benches use more of it")]
mod generator;

#[path = "../../src/dice.rs"]
#[allow(dead_code, reason = "the unit tests use more of it")]
mod dice;
