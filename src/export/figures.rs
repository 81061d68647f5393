//! Tables of counts and trends → charts: what stands along the axis, what a series is, and what the chart leaves out.
//!
//! Words are Vietnamese, as those for people are everywhere.

use super::chart::{Chart, ChartKind, ChartSeries, MAX_SERIES};
use crate::article::Basis;
use crate::search::{Axis, Line, LineKind, Lines, Period, Table, Trend, Unit, basis_label};
use crate::text::grouped;

/// What cannot be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FigureError {
    /// More series than can be told apart.
    #[error("{found} series are more than the {MAX_SERIES} that can be told apart in a chart; list fewer, with --top or --top-columns")]
    TooManySeries {
        /// How many it would be.
        found: usize,
    },
    /// Bases of several queries, which would have to be stacked on each other.
    #[error("a chart by basis is of one query; ask each by itself, or write the trend as CSV")]
    BasesOfSeveral,
}

/// A chart of a table: along the axis stands time where rows or columns are periods, else the rows; without a kind, lines over time and
/// bars otherwise. Of periods, what stands in none is told below the chart.
///
/// # Errors
/// [`FigureError::TooManySeries`].
pub fn table_chart(table: &Table, kind: Option<ChartKind>) -> Result<Chart, FigureError> {
    let is_turned = table.rows.by.period().is_none() && table.columns.by.period().is_some();
    let (along, across) = if is_turned { (&table.columns, &table.rows) } else { (&table.rows, &table.columns) };
    let count = |along: usize, across: usize| {
        let (row, column) = if is_turned { (across, along) } else { (along, across) };
        let measured = table.base.as_ref().map(|base| base.cells[row][column]);
        value(table.cells[row][column], measured)
    };
    let is_time = along.by.period().is_some();
    let is_drawn = |line: &Line| !is_time || line.kind == LineKind::Value;
    let (labels, left_out): (Vec<_>, Vec<_>) = along.lines.iter().enumerate().partition(|(_, line)| is_drawn(line));
    let series = across.lines.iter().enumerate().map(|(at, line)| ChartSeries {
        name: format!("{} ({})", line.label, grouped(line.count, '.')),
        values: labels.iter().map(|&(label, _)| count(label, at)).collect(),
    });
    let left_out = left_out.iter().map(|(_, line)| (line.label.as_str(), line.count));
    let (unit, name) = (unit(table.counts_of), if table.query.is_empty() { "mọi bài" } else { &table.query });
    chart(Chart {
        title: format!("{name}: {}", by(along, across)),
        description: format!("{} {unit} theo {}.{}", grouped(table.total, '.'), by(along, across), repeated(table.repeats)),
        note: note(left_out, table.repeats),
        x_label: axis_name(along.by).to_owned(),
        y_label: if table.base.is_some() { format!("phần của kho, tính bằng {unit}") } else { unit.to_owned() },
        kind: kind.unwrap_or(if is_time { ChartKind::Lines } else { ChartKind::Bars }),
        are_shares: table.base.is_some(),
        labels: labels.iter().map(|(_, line)| short(line, along.by)).collect(),
        series: series.collect(),
    })
}

/// A chart of a trend, as shares of the archive or as counts: a line for each query; by basis, of one query, bars on each other.
///
/// # Errors
/// [`FigureError`], both.
pub fn trend_chart(trend: &Trend, are_shares: bool, kind: Option<ChartKind>) -> Result<Chart, FigureError> {
    if trend.bases.is_some() && trend.series.len() > 1 {
        return Err(FigureError::BasesOfSeveral);
    }
    let (periods, none): (Vec<_>, Vec<_>) = trend.rows.iter().partition(|row| row.from.is_some());
    let measured = |count: u64, archive: u64| value(count, are_shares.then_some(archive));
    let of_query = |(at, series): (usize, &crate::search::Series)| ChartSeries {
        name: format!("{} ({})", series.name, grouped(series.total, '.')),
        values: periods.iter().map(|row| measured(row.counts[at], row.archive)).collect(),
    };
    let of_basis = |(at, basis): (usize, &Basis)| ChartSeries {
        name: basis_label(*basis).to_owned(),
        values: periods.iter().map(|row| measured(row.by_basis.as_ref().map_or(0, |by| by[0][at]), row.archive)).collect(),
    };
    let series: Vec<ChartSeries> = match &trend.bases {
        Some(bases) => {
            bases.iter().enumerate().map(of_basis).filter(|series| series.values.iter().flatten().any(|&value| value > 0.0)).collect()
        }
        None => trend.series.iter().enumerate().map(of_query).collect(),
    };
    let names: Vec<&str> = trend.series.iter().map(|series| series.name.as_str()).collect();
    let unit = unit(trend.counts_of);
    let totals = trend.series.iter().map(|series| format!("{}: {} {unit}", series.name, grouped(series.total, '.')));
    let label = |row: &&crate::search::TrendRow| match (trend.by, row.from) {
        (Period::Month, Some(first)) => format!("{}/{}", first.month(), first.year()),
        _ => row.label.clone(),
    };
    chart(Chart {
        title: names.join(" · "),
        description: format!("Theo {}. {}.", axis_name(trend.by.into()), totals.collect::<Vec<_>>().join("; ")),
        note: note(none.iter().map(|row| (row.label.as_str(), row.counts.iter().sum())), 0),
        x_label: axis_name(trend.by.into()).to_owned(),
        y_label: if are_shares {
            format!("phần của kho trong mỗi {}, tính bằng {unit}", axis_name(trend.by.into()))
        } else {
            unit.to_owned()
        },
        kind: if trend.bases.is_some() { ChartKind::Stacked } else { kind.unwrap_or(ChartKind::Lines) },
        are_shares,
        labels: periods.iter().map(label).collect(),
        series,
    })
}

fn chart(chart: Chart) -> Result<Chart, FigureError> {
    let found = chart.series.len();
    if found > MAX_SERIES { Err(FigureError::TooManySeries { found }) } else { Ok(chart) }
}

/// A count, or its share of what it is measured by; none where there is nothing to measure by.
fn value(count: u64, measured: Option<u64>) -> Option<f64> {
    match measured {
        None => Some(count as f64),
        Some(0) => None,
        Some(of) => Some(count as f64 / of as f64),
    }
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Articles => "bài",
        Unit::Stories => "tin",
    }
}

fn by(along: &Lines, across: &Lines) -> String {
    format!("{} và {}", axis_name(along.by), axis_name(across.by))
}

fn axis_name(axis: Axis) -> &'static str {
    match axis {
        Axis::Province => "tỉnh, thành",
        Axis::Year => "năm",
        Axis::Month => "tháng",
        Axis::Day => "ngày",
        Axis::Official => "cán bộ",
        Axis::Post => "chức vụ",
        Axis::Source => "nguồn",
        Axis::Collection => "bộ sưu tập",
    }
}

/// Of a month its number alone: the axis says what it is.
fn short(line: &Line, by: Axis) -> String {
    match by {
        Axis::Month => line.label.trim_start_matches("Tháng ").to_owned(),
        _ => line.label.clone(),
    }
}

fn repeated(repeats: u64) -> String {
    if repeats == 0 {
        String::new()
    } else {
        format!(" Có khi đứng ở nhiều ô, được đếm thêm {} lần.", grouped(repeats, '.'))
    }
}

/// What the chart leaves out, with its counts.
fn note<'a>(left_out: impl Iterator<Item = (&'a str, u64)>, repeats: u64) -> String {
    let left_out: Vec<String> =
        left_out.filter(|(_, count)| *count > 0).map(|(label, count)| format!("{label} {}", grouped(count, '.'))).collect();
    let left_out = if left_out.is_empty() { String::new() } else { format!("Ngoài hình: {}.", left_out.join(", ")) };
    format!("{left_out}{}", repeated(repeats)).trim().to_owned()
}
