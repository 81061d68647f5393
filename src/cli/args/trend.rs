//! Arguments of `tracuu trend`.

use super::{ChartArg, ManyArgs, OutArgs, PeriodArg};
use clap::{Args as ClapArgs, ValueEnum};

#[derive(Debug, ClapArgs)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct TrendArgs {
    #[command(flatten)]
    pub asked: ManyArgs,
    /// What a row stands for
    #[arg(long, value_enum, value_name = "PERIOD", default_value = "year")]
    pub by: PeriodArg,
    /// How many there are, instead of their share of the archive of the period
    #[arg(long)]
    pub absolute: bool,
    /// Tell the articles of each period apart by what their date rests on. The index has no column for it: each article that matches
    /// is read, some ten thousand in a second
    #[arg(long, value_enum, value_name = "BY")]
    pub stack: Option<StackArg>,
    /// Of --format chart and svg: what is drawn; without it lines, by basis bars on each other
    #[arg(long, value_enum, value_name = "KIND", conflicts_with = "stack")]
    pub chart: Option<ChartArg>,
    /// Output [default: text]
    #[arg(long, value_enum)]
    pub format: Option<TrendFormatArg>,
    #[command(flatten)]
    pub out: OutArgs,
}

const EXAMPLES: &str = "\
Counts are of the event's date, and each is the total that `search` gives with its period as a further filter (--is date:/2024).
The archive is all that the index holds of the period, whatever the filters.

Examples:
  tracuu trend --query \"chuyển đổi số\" --query \"cải cách hành chính\" --by year
  tracuu trend --batch cau-hoi.csv --by month --format csv > xu-huong.csv
  tracuu trend \"thu hồi đất\" --province \"Đồng Nai\" --absolute --stack basis
  tracuu trend --query \"nông thôn mới\" --query \"đô thị hóa\" --format svg > xu-huong.svg";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum StackArg {
    /// What the date of the event rests on: stated, published, year_from_published …
    Basis,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum TrendFormatArg {
    /// Bars, for people
    #[default]
    Text,
    /// The whole answer, counts and archive
    Json,
    /// One period a row, a column for each query, the archive last
    Csv,
    /// A chart for the terminal, of at most 8 queries
    Chart,
    /// The same as a picture
    Svg,
}
