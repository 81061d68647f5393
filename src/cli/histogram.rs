//! `tracuu histogram`: what a query and filters select over time, as rows with bars, JSON or CSV.

use super::args::{HistogramArgs, HistogramFormatArg};
use super::output::Output;
use super::search::request;
use super::text_format::thousands;
use super::{Outcome, csv_format, open};
use crate::error::Error;
use crate::search::{Histogram, HistogramRequest, Request, Unit, histogram};
use unicode_width::UnicodeWidthStr;

/// The columns of the longest bar: with label and count it fits a narrow terminal.
const LONGEST: u64 = 50;

pub(super) fn run(args: &HistogramArgs, output: &mut Output) -> Result<Outcome, Error> {
    let request = Request { counts_of: Unit::of_stories(args.collapse), relax: args.relax, ..request(&args.query)? };
    let (pipeline, generation) = open(&args.query.index.dir)?;
    let drawn = HistogramRequest { by: args.by.map(Into::into) };
    let answer = histogram(&generation, &pipeline.authority, &request, drawn)?;
    match args.format {
        HistogramFormatArg::Text => text(&answer, output)?,
        HistogramFormatArg::Json => output.json(&answer)?,
        HistogramFormatArg::Csv => csv_format::histogram(&answer, output)?,
    }
    Ok(if answer.total == 0 { Outcome::NoHit } else { Outcome::Done })
}

fn text(answer: &Histogram, output: &mut Output) -> Result<(), Error> {
    let unit = if answer.counts_of == Unit::Stories { "tin" } else { "bài" };
    output.line(format_args!("{} {unit}", thousands(answer.total)))?;
    for filter in &answer.filters {
        output.line(format_args!("{}: {}", filter.field, filter.label))?;
    }
    answer.notices.iter().try_for_each(|notice| output.line(format_args!("({})", notice.text)))?;
    let widest = answer.bars.iter().map(|bar| bar.label.width()).max().unwrap_or(0);
    let most = answer.bars.iter().map(|bar| bar.count).max().unwrap_or(0);
    for bar in &answer.bars {
        let padding = " ".repeat(widest - bar.label.width());
        let line = format!("{}{padding}  {:>7}  {}", bar.label, thousands(bar.count), blocks(bar.count, most));
        output.line(line.trim_end())?;
    }
    for row in answer.in_no_bar().iter().filter(|row| row.count > 0) {
        output.line(format_args!("{}  {:>7}  ({})", " ".repeat(widest), thousands(row.count), row.label))?;
    }
    Ok(())
}

/// A bar as long as its share of the longest; one that counts anything is seen.
fn blocks(count: u64, most: u64) -> String {
    let length = (count * LONGEST).div_ceil(most.max(1));
    "█".repeat(length as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_share_and_never_hidden() {
        for (count, most, length) in [(0, 0, 0), (0, 9, 0), (1, 1_000_000, 1), (7, 7, 50), (500, 1_000, 25)] {
            assert_eq!(blocks(count, most).chars().count(), length, "{count} of {most}");
        }
    }
}
