//! The binary: parse arguments, run the command, turn the result into an exit code.

use clap::Parser;
use std::process::ExitCode;
use tracuu::cli::{self, Args};

fn main() -> ExitCode {
    cli::run(&Args::parse())
}
