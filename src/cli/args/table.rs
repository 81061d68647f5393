//! Arguments of `tracuu table`, and how several queries are asked at once.

use super::{OutArgs, QueryArgs};
use crate::export::ChartKind;
use crate::search::{Axis, Per};
use clap::{ArgAction, Args as ClapArgs, ValueEnum};
use std::path::PathBuf;

/// One query or several.
#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct ManyArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    /// Several queries, each after an option of its own; the filters hold for all of them
    #[arg(long = "query", value_name = "QUERY", action = ArgAction::Append, conflicts_with = "query", allow_hyphen_values = true)]
    pub queries: Vec<String>,
    /// Every query of this file, with filters of its own beside those given here: JSON Lines, CSV or a query a line, as for
    /// `search --batch`. One that is wrong is reported, and the rest go on
    #[arg(long, value_name = "FILE", conflicts_with_all = ["query", "queries"])]
    pub batch: Option<PathBuf>,
    /// Count near-duplicates as one story, which stands wherever one of its articles does
    #[arg(long)]
    pub collapse: bool,
}

#[derive(Debug, ClapArgs)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct TableArgs {
    #[command(flatten)]
    pub asked: ManyArgs,
    /// What a row stands for; provinces as --boundaries says
    #[arg(long, value_enum, value_name = "FIELD")]
    pub rows: AxisArg,
    /// What a column stands for
    #[arg(long, visible_alias = "cols", value_enum, value_name = "FIELD")]
    pub columns: AxisArg,
    /// Beside each count that of other articles, and the share of these
    #[arg(long, value_enum, value_name = "OF")]
    pub per: Option<PerArg>,
    /// Only the N rows of most articles, of years, months and days the N in a row that have most; the others summed up
    #[arg(long, value_name = "N")]
    pub top: Option<usize>,
    /// Likewise of the columns; as text at most 30 years, months or days, if nothing is said
    #[arg(long, value_name = "N")]
    pub top_columns: Option<usize>,
    /// What is drawn, in the terminal or with --format svg; without it lines over time, else bars
    #[arg(long, value_enum, value_name = "KIND")]
    pub chart: Option<ChartArg>,
    /// Output [default: text]
    #[arg(long, value_enum)]
    pub format: Option<TableFormatArg>,
    #[command(flatten)]
    pub out: OutArgs,
}

const EXAMPLES: &str = "\
Each cell is the total that `search` gives with its row and column as further filters: --is takes what `is` says of them.
What stands in two rows is counted in both: the sum of the rows is the total and what is repeated, and the answer says how much that is.

Examples:
  tracuu table \"chuyển đổi số\" --rows province --columns year
  tracuu table \"chuyển đổi số\" --rows province --columns year --boundaries as-written --per archive --format csv
  tracuu table --query \"thu hồi đất\" --query \"nông thôn mới\" --rows year --columns source --top-columns 5
  tracuu table \"nông thôn mới\" --rows province --columns year --top 5 --format chart
  tracuu table \"nông thôn mới\" --rows province --columns year --top 5 --format svg > nong-thon-moi.svg
  tracuu table --official \"Lò Văn Thiêm\" --rows post --columns year";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum AxisArg {
    /// Province that the article is about, on today's map or, with --boundaries as-written, as it was
    Province,
    /// Year of the event
    Year,
    /// Month of the event
    Month,
    /// Day of the event
    Day,
    /// Person with a post
    Official,
    /// Post, in full words; beside officials, or with --official, those that they hold
    Post,
    /// Publisher
    Source,
    /// Collection
    Collection,
}

impl From<AxisArg> for Axis {
    fn from(arg: AxisArg) -> Axis {
        match arg {
            AxisArg::Province => Axis::Province,
            AxisArg::Year => Axis::Year,
            AxisArg::Month => Axis::Month,
            AxisArg::Day => Axis::Day,
            AxisArg::Official => Axis::Official,
            AxisArg::Post => Axis::Post,
            AxisArg::Source => Axis::Source,
            AxisArg::Collection => Axis::Collection,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PerArg {
    /// The whole archive, whatever the query and the filters
    Archive,
    /// What the filters select without the query
    Filters,
}

impl From<PerArg> for Per {
    fn from(arg: PerArg) -> Per {
        match arg {
            PerArg::Archive => Per::Archive,
            PerArg::Filters => Per::Filters,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum TableFormatArg {
    /// A grid, for people
    #[default]
    Text,
    /// The whole answer; of several queries one a line, each with its `id`
    Json,
    /// One cell a row: row, row_is, column, column_is, count, and with --per denominator and share; of several queries behind query_id
    /// and query
    Csv,
    /// One row a row, as the grid; the last holds the sums
    CsvRows,
    /// A chart for the terminal, over time where rows or columns are periods; of one query, with at most 8 series
    Chart,
    /// The same as a picture
    Svg,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ChartArg {
    /// A line for each series
    Line,
    /// Bars side by side
    Bar,
}

impl From<ChartArg> for ChartKind {
    fn from(arg: ChartArg) -> ChartKind {
        match arg {
            ChartArg::Line => ChartKind::Lines,
            ChartArg::Bar => ChartKind::Bars,
        }
    }
}
