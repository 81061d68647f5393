//! Matching articles by two of their values: province and year, official and post, source and month.
//!
//! Input → output: [`Request`] and [`TableRequest`] → [`Table`]. What matches is what a search finds; each cell is the total of the same
//! request with its row and its column as further filters. No hits.

mod answer;
mod axis;
mod count;
mod order;
mod posts;

pub use answer::{Base, Line, LineKind, Lines, Per, Table};
pub use axis::Axis;
pub(super) use axis::{Key, Side};
pub(super) use count::Counts;
use count::{articles, stories};
pub use order::basis_label;
pub(super) use order::{Listed, Shown, label, selector};

use super::error::SearchError;
use super::people::known_people;
use super::prepared::Prepared;
use super::request::{Boundaries, Request, Unit};
use super::response::{CONTRACT, IndexState, Notice, NoticeCode, Timing};
use super::{find, notices, pass};
use crate::authority::Authority;
use crate::index::Generation;
use crate::search::collector::Collected;
use posts::Posts;
use serde::Serialize;
use std::time::Instant;

/// Most cells of a table: more are looked at by nobody, and take memory.
const MAX_CELLS: usize = 1_000_000;

/// Where one article in so many is found, all are read once, to count them faster from then on.
const SHARE_READ: u64 = 8;

/// What a table is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TableRequest {
    /// What the rows stand for.
    pub rows: Axis,
    /// What the columns stand for.
    pub columns: Axis,
    /// On which map provinces are counted.
    pub boundaries: Boundaries,
    /// List only so many rows, those of most articles, of periods those in a row that have most, and sum up the others.
    pub top_rows: Option<usize>,
    /// Likewise for columns.
    pub top_columns: Option<usize>,
    /// What the counts are measured by.
    pub per: Option<Per>,
}

impl TableRequest {
    /// Of all rows and columns, on today's map, in absolute numbers.
    pub fn new(rows: Axis, columns: Axis) -> TableRequest {
        TableRequest { rows, columns, boundaries: Boundaries::Today, top_rows: None, top_columns: None, per: None }
    }
}

/// Counts what matches by two of its values. What the request says of hits and facets does not matter.
///
/// # Errors
/// As [`crate::search::search`]; [`SearchError::TooManyCells`], [`SearchError::TooManyBars`] for a long span by month or day,
/// [`SearchError::PostsOfSeveral`] where posts are counted and filters bind them to several people.
pub fn table(generation: &Generation, authority: &Authority, request: &Request, wanted: TableRequest) -> Result<Table, SearchError> {
    let started = Instant::now();
    let counting = counts_alone(request);
    let prepared = Prepared::new(generation, authority, &counting)?;
    let (found, relaxation) = find(&prepared, authority, &counting, None)?;
    let mut told = notices(&prepared, &found, relaxation)?;
    let is_by_name = [wanted.rows, wanted.columns].contains(&Axis::Official);
    if is_by_name && known_people(generation.manifest()).everybody().next().is_some() {
        let text = "Cán bộ được đếm theo tên ghi trong bài: people.tsv không gộp hay tách hàng, cột nào ở đây.".to_owned();
        told.push(Notice { code: NoticeCode::NamesAsWritten, text });
    }

    let counted = Counted::of(&prepared, &found, wanted)?;
    let shown = |top| Shown { top, days: prepared.selection.days.into_iter().collect() };
    let rows = Listed::of(&counted.rows, wanted.rows, &counted.counts.rows, &shown(wanted.top_rows), authority)?;
    let columns = Listed::of(&counted.columns, wanted.columns, &counted.counts.columns, &shown(wanted.top_columns), authority)?;
    let (wide, high) = (columns.lines.len(), rows.lines.len());
    if wide.saturating_mul(high) > MAX_CELLS {
        return Err(SearchError::TooManyCells { rows: high, columns: wide, most: MAX_CELLS });
    }
    let base = wanted.per.map(|per| base(&prepared, authority, request, wanted, per, (&rows, &columns))).transpose()?;
    let cells = cells(&counted.counts, &rows, &columns);
    let total = found.count(request.counts_of);
    let of_columns = (0..wide).map(|column| cells.iter().map(|row| row[column]).sum());
    Ok(Table {
        contract: CONTRACT,
        tool: super::tool(),
        index: IndexState::of(generation),
        query: prepared.read.canonical,
        filters: prepared.selection.applied,
        counts_of: request.counts_of,
        boundaries: wanted.boundaries,
        total,
        repeats: cells.iter().flatten().sum::<u64>().saturating_sub(total),
        rows: lines(wanted.rows, rows.lines, cells.iter().map(|row| row.iter().sum()), total),
        columns: lines(wanted.columns, columns.lines, of_columns, total),
        cells,
        base,
        notices: told,
        timing: Timing { elapsed_ms: started.elapsed().as_secs_f64() * 1_000.0 },
    })
}

/// The same request, without hits and facets.
pub(super) fn counts_alone(request: &Request) -> Request {
    Request { limit: 0, facets: Vec::new(), explain: false, ..request.clone() }
}

/// Whether so many articles were found that it is worth looking at all.
pub(super) fn is_much(generation: &Generation, found: &Collected) -> bool {
    found.total * SHARE_READ >= generation.statistics().articles()
}

/// What was found, counted by rows and columns.
pub(super) fn count(prepared: &Prepared, found: &Collected, rows: &mut Side, columns: &mut Side) -> Result<Counts, SearchError> {
    Ok(match prepared.counts_of {
        Unit::Articles => articles(rows, columns, &found.documents),
        Unit::Stories => stories(rows, columns, prepared.generation.groups()?, &found.documents),
    })
}

/// Rows and columns with their counts.
struct Counted<'a> {
    rows: Side<'a>,
    columns: Side<'a>,
    counts: Counts,
}

impl<'a> Counted<'a> {
    fn of(prepared: &'a Prepared, found: &Collected, wanted: TableRequest) -> Result<Counted<'a>, SearchError> {
        let (generation, selection) = (prepared.generation, &prepared.selection);
        let (holders, is_much) = (selection.holders.as_ref(), is_much(generation, found));
        let side = |axis: Axis, other: Axis| match axis {
            Axis::Post if !Posts::can_be_counted(selection, other == Axis::Official) => Err(SearchError::PostsOfSeveral),
            Axis::Post => Side::of_posts(generation, holders, &selection.officials),
            _ => Side::of(generation, axis, wanted.boundaries, holders, is_much),
        };
        let (mut rows, mut columns) = (side(wanted.rows, wanted.columns)?, side(wanted.columns, wanted.rows)?);
        let counts = count(prepared, found, &mut rows, &mut columns)?;
        Ok(Counted { rows, columns, counts })
    }
}

/// What counts are measured by, in the lines of a table.
fn base(
    prepared: &Prepared,
    authority: &Authority,
    request: &Request,
    wanted: TableRequest,
    per: Per,
    (rows, columns): (&Listed, &Listed),
) -> Result<Base, SearchError> {
    let filters = match per {
        Per::Archive => Vec::new(),
        Per::Filters => request.filters.clone(),
    };
    let everything = Request { filters, ..request.of_everything() };
    let prepared = Prepared::new(prepared.generation, authority, &everything)?;
    let found = pass(&prepared, authority, &everything, None, None)?;
    let counted = Counted::of(&prepared, &found, wanted)?;
    // Lines are numbered by what the index holds, so those of a table and of its base have the same numbers.
    Ok(Base {
        per,
        total: found.count(request.counts_of),
        rows: marginal(rows, &counted.counts.rows),
        columns: marginal(columns, &counted.counts.columns),
        cells: cells(&counted.counts, rows, columns),
    })
}

fn lines(by: Axis, mut lines: Vec<Line>, sums: impl Iterator<Item = u64>, total: u64) -> Lines {
    lines.iter_mut().zip(sums).for_each(|(line, sum)| line.repeats = sum.saturating_sub(line.count));
    Lines { by, repeats: lines.iter().map(|line| line.count).sum::<u64>().saturating_sub(total), lines }
}

/// Counts by line, as they are listed.
fn marginal(listed: &Listed, counts: &[u64]) -> Vec<u64> {
    let mut sums = vec![0; listed.lines.len()];
    for (line, &count) in (0..).zip(counts) {
        if let Some(place) = listed.place(line) {
            sums[place] += count;
        }
    }
    sums
}

/// Counts by cell, as they are listed.
fn cells(counts: &Counts, rows: &Listed, columns: &Listed) -> Vec<Vec<u64>> {
    let mut cells = vec![vec![0; columns.lines.len()]; rows.lines.len()];
    for (&(row, column), &count) in &counts.cells {
        if let (Some(row), Some(column)) = (rows.place(row), columns.place(column)) {
            cells[row][column] += count;
        }
    }
    cells
}
