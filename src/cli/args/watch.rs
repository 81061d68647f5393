//! Arguments of `tracuu watch`.

use super::IndexDir;
use clap::{Args as ClapArgs, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, ClapArgs)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct WatchArgs {
    #[command(flatten)]
    pub index: IndexDir,
    /// The queries: a table with a header, as for `search --batch` (also .csv and .jsonl); what was told is kept beside it, in FILE.state.json
    #[arg(long = "watch", value_name = "FILE", default_value = "watch.tsv")]
    pub file: PathBuf,
    /// Tell what is new and do not take note of it: the next run tells it again
    #[arg(long)]
    pub peek: bool,
    /// Tell everything that each query finds, not only what is new
    #[arg(long)]
    pub all: bool,
    /// Output
    #[arg(long, value_enum, default_value_t)]
    pub format: WatchFormatArg,
}

const EXAMPLES: &str = "\
The file has a query in each row, under a header with the names of batch files; `id` (or `name`) is what the query is called:

  id        query           province   official
  dat-dai   thu hồi đất     Đồng Nai
  ong-thiem                            Lò Văn Thiêm

An article is new to a query if, since the query was last answered, it came into the archive, or its text changed, or a value by which it can be
found (a date, a place, a person, a post, a publisher); each is told with the reason. No clock is asked: the state file holds the ids of all
articles, with a number for the text and one for the values of each, so nothing is lost or told twice when `index` runs in between or is killed, nor
when the index is built anew. The state is written when all is told. A run that is killed before tells it again.

The first run takes note of the archive and tells nothing (say --all to list what is there). A query that is added later tells what is new from then
on. One that cannot be answered is reported with its line, the others go on, and it hears what it missed once it can be. A person, post or publisher
whom the archive does not name yet is reported too, and is no error.

Exit code: 0 if anything is new, 1 if nothing is, 2 for an error, also if any query could not be answered.

Examples:
  tracuu index bao/ && tracuu watch
  tracuu watch --watch to-bao.tsv --format atom > moi.atom
  tracuu watch --peek --format jsonl | jq -r '[.query.id, .why, .title] | @tsv'";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum WatchFormatArg {
    /// For people: by query
    #[default]
    Text,
    /// A line for each new article of each query: `query` (`id`, `line`, `new`: how many), `why` (added, text, values, known), `error` (null), then
    /// the hit, as in `search`; and a line for each query that could not be answered, with `query` and `error`
    Jsonl,
    /// A feed, an entry for each article, which names the queries that found it
    Atom,
}
