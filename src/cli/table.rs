//! `tracuu table`: what queries and filters select, counted by two of its values, as a grid, JSON or CSV.

use super::args::{TableArgs, TableFormatArg};
use super::destination::{self, Destination, Told, usage};
use super::output::{Output, note};
use super::queries::{Asked, Queries};
use super::text_format::{heading, thousands};
use super::{Outcome, open};
use crate::error::Error;
use crate::export::{AnsweredQuery, CellRows, FigureError, table_chart, write_rows};
use crate::search::{Axis, Table, TableRequest, Unit, table};
use comfy_table::{CellAlignment, presets::NOTHING};
use serde::Serialize;

/// Years, months or days beside each other in a grid, if nothing is said.
const MAX_PERIODS_SHOWN: usize = 30;

/// The answer to one query.
struct Answer {
    id: String,
    name: String,
    table: Table,
    /// What stands beside a file of it.
    told: AnsweredQuery,
}

/// An answer as a line of JSON.
#[derive(Serialize)]
struct JsonAnswer<'a> {
    id: &'a str,
    #[serde(flatten)]
    table: &'a Table,
}

pub(super) fn run(args: &TableArgs, output: &mut Output) -> Result<Outcome, Error> {
    let format = match destination::format(args.format, &args.out)? {
        TableFormatArg::Text if args.chart.is_some() => TableFormatArg::Chart,
        format => format,
    };
    if args.chart.is_some() && !matches!(format, TableFormatArg::Chart | TableFormatArg::Svg) {
        return Err(usage("--chart: this format draws nothing", "write --format chart or svg"));
    }
    destination::check_style(&args.out, matches!(format, TableFormatArg::Csv | TableFormatArg::CsvRows))?;
    let queries = Queries::of(&args.asked)?;
    if queries.are_several && matches!(format, TableFormatArg::CsvRows | TableFormatArg::Chart | TableFormatArg::Svg) {
        let what = "--format csv-rows, chart and svg: the tables of several queries have columns of their own";
        return Err(usage(what, "write them with --format csv, json or text, or ask each query by itself"));
    }
    // Wrong years make grids of hundreds of columns, which nobody can read.
    let columns_fit = (format == TableFormatArg::Text && Axis::from(args.columns).period().is_some()).then_some(MAX_PERIODS_SHOWN);
    let wanted = TableRequest {
        rows: args.rows.into(),
        columns: args.columns.into(),
        boundaries: args.asked.query.filters.boundaries.into(),
        top_rows: args.top,
        top_columns: args.top_columns.or(columns_fit),
        per: args.per.map(Into::into),
    };
    let mut to = Destination::of(&args.out, output)?;
    let output = to.output();
    let (pipeline, generation) = open(&args.asked.query.index.dir)?;
    let answers = queries.each(|Asked { id, name, request }| {
        let table = table(&generation, &pipeline.authority, request, wanted)?;
        let Table { query, filters, total, notices, .. } = &table;
        let told = AnsweredQuery::of(name, request, query, filters, *total, notices);
        Ok(Answer { id: id.clone(), name: name.clone(), table, told })
    })?;
    match format {
        TableFormatArg::Text => answers.iter().try_for_each(|answer| text(answer, queries.are_several, output))?,
        TableFormatArg::Json if queries.are_several => {
            answers.iter().try_for_each(|Answer { id, table, .. }| output.json_line(&JsonAnswer { id, table }))?;
        }
        TableFormatArg::Json => answers.iter().try_for_each(|answer| output.json(&answer.table))?,
        TableFormatArg::Csv => {
            let mut rows = CellRows::begin(output.raw(), args.out.style(), queries.are_several, wanted.per.is_some())?;
            answers.iter().try_for_each(|answer| rows.write(&answer.id, &answer.table))?;
            rows.end()?;
        }
        TableFormatArg::Chart | TableFormatArg::Svg => answers.iter().try_for_each(|answer| {
            let chart = table_chart(&answer.table, args.chart.map(Into::into)).map_err(figure_error)?;
            let drawn = if format == TableFormatArg::Svg { chart.svg() } else { chart.text() };
            Ok::<_, Error>(output.raw().write_all(drawn.as_bytes())?)
        })?,
        TableFormatArg::CsvRows => answers.iter().try_for_each(|answer| write_rows(&answer.table, args.out.style(), output.raw()))?,
    }
    if !matches!(format, TableFormatArg::Text | TableFormatArg::Json) {
        answers.iter().flat_map(|answer| &answer.table.notices).for_each(|notice| note(&notice.text));
    }
    let is_empty = answers.iter().all(|answer| answer.table.total == 0);
    let told = Told {
        answer: "table",
        wanted,
        queries: answers.into_iter().map(|answer| answer.told).collect(),
        counts_of: Unit::of_stories(args.asked.collapse),
        format,
        excel: args.out.excel,
    };
    to.end(told, &generation)?;
    Ok(if is_empty { Outcome::NoHit } else { Outcome::Done })
}

fn text(answer: &Answer, is_one_of_several: bool, output: &mut Output) -> Result<(), Error> {
    let table = &answer.table;
    if is_one_of_several {
        output.line(format_args!("== {}", answer.name))?;
    }
    let unit = if table.counts_of == Unit::Stories { "tin" } else { "bài" };
    heading(&format!("{} {unit}", thousands(table.total)), &table.filters, &table.notices, output)?;
    output.line(grid(table))?;
    if table.repeats > 0 {
        output.line(format_args!("(có khi đứng ở nhiều ô, được đếm thêm {} lần)", thousands(table.repeats)))?;
    }
    if is_one_of_several { output.line("") } else { Ok(()) }
}

/// Rows and columns, the sums of both at the end.
fn grid(table: &Table) -> comfy_table::Table {
    let mut grid = comfy_table::Table::new();
    let columns = table.columns.lines.iter().map(|column| column.label.clone());
    grid.load_style(NOTHING).set_header([String::new()].into_iter().chain(columns).chain(["tất cả".to_owned()]));
    let base = table.base.as_ref();
    for (at, row) in table.rows.lines.iter().enumerate() {
        let cells = table.cells[at].iter().enumerate();
        let cells = cells.map(|(column, &count)| cell(count, base.map(|base| base.cells[at][column])));
        let all = cell(row.count, base.map(|base| base.rows[at]));
        grid.add_row([row.label.clone()].into_iter().chain(cells).chain([all]));
    }
    let columns = table.columns.lines.iter().enumerate();
    let sums = columns.map(|(at, column)| cell(column.count, base.map(|base| base.columns[at])));
    let all = cell(table.total, base.map(|base| base.total));
    grid.add_row(["tất cả".to_owned()].into_iter().chain(sums).chain([all]));
    grid.column_iter_mut().skip(1).for_each(|column| column.set_cell_alignment(CellAlignment::Right));
    grid
}

/// A count, empty where there is none; measured by others, its share and the two numbers.
fn cell(count: u64, denominator: Option<u64>) -> String {
    match denominator {
        None | Some(0) if count == 0 => String::new(),
        None | Some(0) => thousands(count),
        Some(of) => format!("{} ({}/{})", percent(count, of), thousands(count), thousands(of)),
    }
}

/// Why there is no chart.
pub(super) fn figure_error(error: FigureError) -> Error {
    usage(format!("no chart: {error}"), "text, json and csv hold everything")
}

/// `12,5 %`
pub(super) fn percent(count: u64, of: u64) -> String {
    format!("{:.1} %", count as f64 * 100.0 / of as f64).replace('.', ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_says_what_it_counts_and_by_what_it_is_measured() {
        let cases = [
            (0, None, ""),
            (1_234, None, "1.234"),
            (3, Some(0), "3"),
            (0, Some(0), ""),
            (0, Some(9), "0,0 % (0/9)"),
            (1, Some(8), "12,5 % (1/8)"),
        ];
        for (count, of, expected) in cases {
            assert_eq!(cell(count, of), expected);
        }
    }
}
