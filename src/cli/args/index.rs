//! The arguments of `tracuu index`.

use super::{IndexDir, LimitArgs};
use clap::Args as ClapArgs;
use std::path::PathBuf;

#[derive(Debug, ClapArgs)]
pub struct IndexArgs {
    /// Folders or files: .txt .html .htm .json .jsonl .ndjson .csv .tsv .warc, each also .gz or .zst; .docx .pdf; .zip .tar .tar.gz
    /// .tgz .tar.zst of them. `-` is JSON Lines on standard input. A `tracuu.toml` in a folder may say what holds for it (see README.md)
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub index: IndexDir,
    /// Name of the collection (the folder's, or `stdin`, if not given); only with one PATH
    #[arg(long, value_name = "NAME")]
    pub collection: Option<String>,
    /// The collection lies somewhere else now, though the old folder is still there
    #[arg(long)]
    pub moved: bool,
    /// Remove articles whose files or records are gone, below the PATHs given alone. Refuses, and removes nothing, where a PATH is
    /// missing or more than half of a collection's articles would go
    #[arg(long)]
    pub prune: bool,
    /// Remove them even then
    #[arg(long)]
    pub force: bool,
    /// Look into every file. Without it, one of the same size and time as in the last run is passed over without being opened
    #[arg(long)]
    pub hash: bool,
    /// Keep the index in step: whenever something below a PATH changes, index again, with --prune. Ends when it is killed (Ctrl-C);
    /// the index is whole at any moment
    #[arg(long)]
    pub watch: bool,
    /// With --watch: look for changes every SECONDS, where the system does not tell of them (network drives)
    #[arg(long, value_name = "SECONDS", requires = "watch", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub poll: Option<u64>,
    /// Threads that clean, extract and index [default: one for each core, at most 8]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    pub threads: Option<u16>,
    /// Memory for indexing, in MB; more makes fewer merges [default: 250 for each thread, at most 1000 in all]
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u32).range(15..=64_000))]
    pub memory: Option<u32>,
    /// Segments of more articles than this are left as they are; smaller ones are merged, most when the run ends. Fewer segments
    /// answer faster, and merging takes time and disk
    #[arg(long, value_name = "ARTICLES", default_value_t = 250_000, value_parser = clap::value_parser!(u32).range(1..))]
    pub max_segment: u32,
    /// Seconds between checkpoints: what a killed run loses at most
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub checkpoint: u64,
    /// List every file and record that was skipped
    #[arg(long, short)]
    pub verbose: bool,
    /// Then answer this query, with province and date facets
    #[arg(long, value_name = "QUERY")]
    pub search: Option<String>,
    #[command(flatten)]
    pub limits: LimitArgs,
}
