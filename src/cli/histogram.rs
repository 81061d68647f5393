//! `tracuu histogram`: what a query and filters select over time, as rows with bars, JSON or CSV.

use super::args::{HistogramArgs, HistogramFormatArg};
use super::output::Output;
use super::search::request;
use super::text_format::{BAR_COLUMNS, heading, thousands};
use super::{Outcome, csv_format, open};
use crate::error::Error;
use crate::export::blocks;
use crate::search::{Histogram, HistogramRequest, Request, Unit, histogram};
use unicode_width::UnicodeWidthStr;

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
    heading(&format!("{} {unit}", thousands(answer.total)), &answer.filters, &answer.notices, output)?;
    let widest = answer.bars.iter().map(|bar| bar.label.width()).max().unwrap_or(0);
    let most = answer.bars.iter().map(|bar| bar.count).max().unwrap_or(0);
    for bar in &answer.bars {
        let padding = " ".repeat(widest - bar.label.width());
        let line = format!("{}{padding}  {:>7}  {}", bar.label, thousands(bar.count), blocks(bar.count as f64, most as f64, BAR_COLUMNS));
        output.line(line.trim_end())?;
    }
    for row in answer.in_no_bar().iter().filter(|row| row.count > 0) {
        output.line(format_args!("{}  {:>7}  ({})", " ".repeat(widest), thousands(row.count), row.label))?;
    }
    Ok(())
}
