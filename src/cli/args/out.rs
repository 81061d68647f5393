//! Where an answer is written to.

use crate::export::Style;
use clap::Args as ClapArgs;
use std::path::PathBuf;

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct OutArgs {
    /// File to write instead of standard output; its ending says the format. Beside it FILE.meta.json says what it is of: version of the
    /// program, archive, index, queries and filters as they were read
    #[arg(short = 'o', long = "out", value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Write over what an earlier run has left there
    #[arg(long, requires = "file")]
    pub force: bool,
    /// CSV for spreadsheets: with a byte order mark, and an apostrophe before what would be carried out as a formula
    #[arg(long)]
    pub excel: bool,
}

impl OutArgs {
    /// How CSV is written.
    pub fn style(&self) -> Style {
        if self.excel { Style::Excel } else { Style::Plain }
    }
}
