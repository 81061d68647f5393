//! The arguments of `check` and `rebuild`.

use super::{IndexDir, LimitArgs};
use clap::{ArgAction, Args as ClapArgs};

/// Whether the index is whole.
///
/// Reads every file against its checksum, the manifest and the table of near-duplicates against theirs, compares the number of articles, and says which
/// corrections no longer fit. With --deep it reads every article too.
#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct CheckArgs {
    #[command(flatten)]
    pub index: IndexDir,
    /// Read every article and every earlier text against its hash, make all terms, positions, columns and lengths anew and compare
    /// them, find the near-duplicates anew. Takes about as long as indexing without reading and extracting
    #[arg(long)]
    pub deep: bool,
}

/// Build the index anew from the archive that its manifest names, and put it in the old one's place.
///
/// The collections (names and folders) come from the newest manifest that can be read. A folder that is missing is an error, and nothing is touched.
/// The new index is built in DIR.rebuild and takes the place of the old one in one step, which is kept as DIR.damaged-1; killed at any
/// moment, one of the two is whole, and another `rebuild` goes on.
///
/// The day when an article came and its earlier texts are taken over from the old index, as far as its texts agree with their checksums.
/// What cannot be restored: articles whose files are gone, what came through a pipe (`index -`), and days and earlier texts of a part that is
/// damaged. Limits other than the usual ones are not kept in the index: give them again.
#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct RebuildArgs {
    #[command(flatten)]
    pub index: IndexDir,
    /// Leave out a collection that is gone
    #[arg(long, value_name = "NAME", action = ArgAction::Append)]
    pub without: Vec<String>,
    /// Go on where the archive holds less than half of the articles that the old index had
    #[arg(long)]
    pub force: bool,
    /// Remove the old index instead of keeping it
    #[arg(long)]
    pub discard: bool,
    /// Indexing threads [default: one for each core, at most 8]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    pub threads: Option<u16>,
    /// List every file and record that was skipped
    #[arg(long, short)]
    pub verbose: bool,
    #[command(flatten)]
    pub limits: LimitArgs,
}
