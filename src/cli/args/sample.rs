//! Arguments of `tracuu sample`.

use super::{AxisArg, OutArgs, QueryArgs};
use clap::{ArgAction, ArgGroup, Args as ClapArgs, ValueEnum};

#[derive(Debug, ClapArgs)]
#[command(after_long_help = EXAMPLES, group = ArgGroup::new("size").required(true))]
pub(in crate::cli) struct SampleArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    /// Articles in all: in proportion to the strata's sizes, one of each at least, the rest by largest remainder. Of more strata than N,
    /// those that would get less than one are one stratum, `others`
    #[arg(short = 'n', long = "number", value_name = "N", group = "size", value_parser = clap::value_parser!(u64).range(1..))]
    pub number: Option<u64>,
    /// Articles of each stratum; all of one that has fewer
    #[arg(long, value_name = "K", group = "size", value_parser = clap::value_parser!(u64).range(1..))]
    pub per_stratum: Option<u64>,
    /// Another seed draws another sample; the same draws the same
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    pub seed: u64,
    /// What makes a stratum, by comma: each combination of these; provinces as --boundaries says. Without it all is one stratum
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', value_enum)]
    pub by: Vec<AxisArg>,
    /// Columns to fill in, left empty [default: relevant, note]
    #[arg(long = "code", value_name = "COLUMN", action = ArgAction::Append)]
    pub codes: Vec<String>,
    /// Draw stories: of near-duplicates the earliest that matches, which stands in a stratum for all of them
    #[arg(long)]
    pub collapse: bool,
    #[command(flatten)]
    pub out: OutArgs,
}

/// What a sample is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SampleFormat {
    /// One article a row
    #[default]
    Csv,
}

const EXAMPLES: &str = "\
Writes CSV: stratum, a column for each field of --by, stratum_size, drawn, weight (articles that each one drawn stands for), id, date, title,
source, url, snippet, and the columns to fill in. `tracuu eval sample` reads it back.

An article that stands in several strata, since it is about two provinces, is put in the first by what selects them (province:/an-giang before
province:/ca-mau), and so is drawn once. Within a stratum articles are drawn in the order of a hash of seed and id, BLAKE3, which is the same for
every version and machine: articles that are added later take the place of those drawn before only where they come first in that order.

Examples:
  tracuu sample \"thu hồi đất\" -n 200 --seed 42 --by province,year > mau.csv
  tracuu sample \"thu hồi đất\" --per-stratum 5 --by year --code relevant --code topic --collapse > mau.csv
  tracuu eval sample mau.csv";
