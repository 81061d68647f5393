//! `tracuu trend`: several queries over time, side by side, as bars, JSON, CSV or a chart.

use super::args::{TrendArgs, TrendFormatArg};
use super::destination::{self, Destination, Told};
use super::output::{Output, Style, note};
use super::queries::{Asked, Queries};
use super::table::{figure_error, percent};
use super::text_format::{BAR_COLUMNS, heading, thousands};
use super::{Outcome, open};
use crate::error::Error;
use crate::export::{AnsweredQuery, blocks, trend_chart, write_trend};
use crate::search::{Series, Trend, TrendQuery, TrendRequest, Unit, basis_label, check, trend};
use unicode_width::UnicodeWidthStr;

pub(super) fn run(args: &TrendArgs, output: &mut Output) -> Result<Outcome, Error> {
    let format = destination::format(args.format, &args.out)?;
    destination::check_style(&args.out, format == TrendFormatArg::Csv)?;
    let queries = Queries::of(&args.asked)?;
    let mut to = Destination::of(&args.out, output)?;
    let output = to.output();
    let (pipeline, generation) = open(&args.asked.query.index.dir)?;
    // One that cannot be answered is told before it could stop the others.
    let asked = queries.each(|Asked { name, request, .. }| {
        check(&generation, &pipeline.authority, request)?;
        Ok(TrendQuery { name: name.clone(), request: request.clone() })
    })?;
    let wanted = TrendRequest { by: args.by.into(), by_basis: args.stack.is_some() };
    let answer = trend(&generation, &pipeline.authority, &asked, wanted)?;
    match format {
        TrendFormatArg::Text => text(&answer, !args.absolute, output)?,
        TrendFormatArg::Json => output.json(&answer)?,
        TrendFormatArg::Csv => write_trend(&answer, !args.absolute, args.out.style(), output.raw())?,
        TrendFormatArg::Chart | TrendFormatArg::Svg => {
            let chart = trend_chart(&answer, !args.absolute, args.chart.map(Into::into)).map_err(figure_error)?;
            let drawn = if format == TrendFormatArg::Svg { chart.svg() } else { chart.text() };
            output.raw().write_all(drawn.as_bytes())?;
        }
    }
    if !matches!(format, TrendFormatArg::Text | TrendFormatArg::Json) {
        answer.series.iter().flat_map(|series| &series.notices).for_each(|notice| note(&notice.text));
    }
    let of_query = |(asked, series): (&TrendQuery, &Series)| {
        let Series { query, filters, total, notices, .. } = series;
        AnsweredQuery::of(&asked.name, &asked.request, query, filters, *total, notices)
    };
    let told = Told {
        answer: "trend",
        wanted,
        queries: asked.iter().zip(&answer.series).map(of_query).collect(),
        counts_of: answer.counts_of,
        format,
        excel: args.out.excel,
    };
    to.end(told, &generation)?;
    Ok(if answer.series.iter().all(|series| series.total == 0) { Outcome::NoHit } else { Outcome::Done })
}

fn text(answer: &Trend, are_shares: bool, output: &mut Output) -> Result<(), Error> {
    let unit = if answer.counts_of == Unit::Stories { "tin" } else { "bài" };
    for series in &answer.series {
        let name = if series.name.is_empty() { "tất cả" } else { &series.name };
        heading(&format!("{name}: {} {unit}", thousands(series.total)), &series.filters, &series.notices, output)?;
    }
    let value = |count: u64, archive: u64| match are_shares {
        true if archive == 0 => 0.0,
        true => count as f64 / archive as f64,
        false => count as f64,
    };
    let periods = answer.rows.iter().filter(|row| row.from.is_some());
    let most = periods.flat_map(|row| row.counts.iter().map(|&count| value(count, row.archive))).fold(0.0, f64::max);
    let widest = |names: &mut dyn Iterator<Item = &str>| names.map(UnicodeWidthStr::width).max().unwrap_or(0);
    let label_width = widest(&mut answer.rows.iter().filter(|row| row.from.is_some()).map(|row| row.label.as_str()));
    let name_width = if answer.series.len() > 1 { widest(&mut answer.series.iter().map(|series| series.name.as_str())) + 2 } else { 0 };
    let padded = |text: &str, width: usize| format!("{text}{}", " ".repeat(width.saturating_sub(text.width())));
    for row in &answer.rows {
        for (at, (&count, series)) in row.counts.iter().zip(&answer.series).enumerate() {
            if row.from.is_none() && count == 0 {
                continue;
            }
            let label = if at == 0 && row.from.is_some() { row.label.as_str() } else { "" };
            let name = if name_width > 0 { series.name.as_str() } else { "" };
            let share = if row.archive == 0 { String::new() } else { percent(count, row.archive) };
            let share = if are_shares { format!("  {share:>8}") } else { String::new() };
            let behind = match row.from {
                Some(_) => blocks(value(count, row.archive), most, BAR_COLUMNS),
                None => format!("({})", row.label),
            };
            let line = format!("{}  {}{:>7}{share}  {behind}", padded(label, label_width), padded(name, name_width), thousands(count));
            output.line(line.trim_end())?;
            let by_basis = row.by_basis.iter().flat_map(|by_basis| by_basis[at].iter().zip(answer.bases.iter().flatten()));
            for (&count, basis) in by_basis.filter(|(count, _)| **count > 0) {
                let indent = " ".repeat(label_width + 2 + name_width);
                output.line(output.styled(Style::Dim, &format!("{indent}{:>7}    {}", thousands(count), basis_label(*basis))))?;
            }
        }
    }
    Ok(())
}
