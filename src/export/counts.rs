//! Tables of counts and trends → CSV; of tables a row for each cell, for programs, or a row for each row, for people.
//!
//! Values stand by their names and by what selects them, so that every number can be asked for again.

use super::exporter::Style;
use super::table::Rows;
use crate::article::name_of;
use crate::search::{Line, Series, Table, Trend};
use std::io::{self, Write};

/// Tables of one query or several, a row for each cell: `row`, `row_is`, `column`, `column_is`, `count`; where counts are measured by
/// other articles, `denominator` and `share` too.
pub struct CellRows<W: Write> {
    rows: Rows<W>,
    of_queries: bool,
}

impl<W: Write> CellRows<W> {
    /// Writes the header; `of_queries` says whether the id and the text of its query stand in front of each row, `is_measured` whether
    /// tables come with a base.
    pub fn begin(writer: W, style: Style, of_queries: bool, is_measured: bool) -> io::Result<CellRows<W>> {
        let front: &[&str] = if of_queries { &["query_id", "query"] } else { &[] };
        let measured: &[&str] = if is_measured { &["denominator", "share"] } else { &[] };
        let header = [front, &["row", "row_is", "column", "column_is", "count"], measured].concat();
        Ok(CellRows { rows: Rows::begin(writer, style, &header)?, of_queries })
    }

    /// Writes every cell of a table, row by row, those in which nothing stands too.
    pub fn write(&mut self, query_id: &str, table: &Table) -> io::Result<()> {
        let front = if self.of_queries { vec![query_id.to_owned(), table.query.clone()] } else { Vec::new() };
        for (at, row) in table.rows.lines.iter().enumerate() {
            for (column_at, column) in table.columns.lines.iter().enumerate() {
                let denominator = table.base.as_ref().map(|base| base.cells[at][column_at]);
                let cells = [names(row), names(column)].concat();
                self.rows.write(&[front.as_slice(), &cells, &numbers(table.cells[at][column_at], denominator)].concat())?;
            }
        }
        Ok(())
    }

    /// Writes out what is buffered.
    pub fn end(self) -> io::Result<()> {
        self.rows.end()
    }
}

/// Writes a table as it is read: `row`, `row_is`, then a column for each of the table's, under its name with what selects it in
/// parentheses, then `count` (what stands in the row, once) and `repeats`. Where counts are measured, `denominator` and `share` follow each
/// of them. The last row holds what stands in each column, and the total.
pub fn write_rows(table: &Table, style: Style, writer: impl Write) -> io::Result<()> {
    let is_measured = table.base.is_some();
    let named = |name: String| match is_measured {
        true => vec![name.clone(), format!("{name} denominator"), format!("{name} share")],
        false => vec![name],
    };
    let columns = table.columns.lines.iter().flat_map(|column| named(column.full_label()));
    let header: Vec<String> = ["row", "row_is"].map(str::to_owned).into_iter().chain(columns).chain(named("count".to_owned())).collect();
    let header: Vec<&str> = header.iter().map(String::as_str).chain(["repeats"]).collect();
    let mut rows = Rows::begin(writer, style, &header)?;

    let base = table.base.as_ref();
    for (at, row) in table.rows.lines.iter().enumerate() {
        let cells = table.cells[at].iter().enumerate();
        let cells = cells.flat_map(|(column, &count)| numbers(count, base.map(|base| base.cells[at][column])));
        let all = numbers(row.count, base.map(|base| base.rows[at])).into_iter().chain([row.repeats.to_string()]);
        rows.write(&names(row).into_iter().chain(cells).chain(all).collect::<Vec<_>>())?;
    }
    let columns = table.columns.lines.iter().enumerate();
    let sums = columns.flat_map(|(at, column)| numbers(column.count, base.map(|base| base.columns[at])));
    let all = numbers(table.total, base.map(|base| base.total)).into_iter().chain([table.rows.repeats.to_string()]);
    rows.write(&["total".to_owned(), String::new()].into_iter().chain(sums).chain(all).collect::<Vec<_>>())?;
    rows.end()
}

/// Writes a trend, a row for each period, behind them those for what stands in none: `is`, `label`, `from`, `to`, a column for each query
/// under its name (`all` for an empty one; a number behind one that is there already), and last `archive`, the denominator. As shares of it
/// or as counts; by basis, of each query a column for each basis, under the name of the query with that of the basis in parentheses.
pub fn write_trend(trend: &Trend, are_shares: bool, style: Style, writer: impl Write) -> io::Result<()> {
    let of_series = |name: String| match &trend.bases {
        Some(bases) => bases.iter().map(|basis| format!("{name} ({})", name_of(basis))).collect(),
        None => vec![name],
    };
    let names: Vec<String> = column_names(&trend.series).into_iter().flat_map(of_series).collect();
    let header: Vec<&str> = ["is", "label", "from", "to"].into_iter().chain(names.iter().map(String::as_str)).chain(["archive"]).collect();
    let mut rows = Rows::begin(writer, style, &header)?;
    for row in &trend.rows {
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let counts = row.by_basis.as_ref().map_or_else(|| row.counts.clone(), |by_basis| by_basis.concat());
        let number = |count: u64| if are_shares { share(count, row.archive) } else { count.to_string() };
        let front = [row.is.clone(), row.label.clone(), day(row.from), day(row.to)];
        rows.write(&front.into_iter().chain(counts.into_iter().map(number)).chain([row.archive.to_string()]).collect::<Vec<_>>())?;
    }
    rows.end()
}

/// What queries are called in a header, each by a name of its own: `all` for the one that asks for everything, and of equal names the later
/// ones with a number.
fn column_names(series: &[Series]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for one in series {
        let name = if one.name.trim().is_empty() { "all" } else { one.name.as_str() };
        let numbered = (2..).map(|number| format!("{name} #{number}"));
        let free = std::iter::once(name.to_owned()).chain(numbered).find(|name| !names.contains(name));
        names.extend(free);
    }
    names
}

/// A share as a decimal number, with six digits behind the point; empty where there is nothing to measure by.
fn share(count: u64, denominator: u64) -> String {
    if denominator == 0 { String::new() } else { format!("{:.6}", count as f64 / denominator as f64) }
}

/// What a line is called, and what selects it.
fn names(line: &Line) -> [String; 2] {
    [line.label.clone(), line.is.clone().unwrap_or_default()]
}

/// A count, with what it is measured by and its share of that.
fn numbers(count: u64, denominator: Option<u64>) -> Vec<String> {
    let measured = denominator.map(|denominator| [denominator.to_string(), share(count, denominator)]);
    std::iter::once(count.to_string()).chain(measured.into_iter().flatten()).collect()
}
