//! The binary: parse arguments, run the command, turn the result into an exit code.

use clap::Parser;
use std::process::ExitCode;
use tracuu::cli::{self, Args};

/// Of what the system's allocator holds for each thread, ever more stays behind in a server: pieces between what is still in use.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run(&Args::parse())
}
