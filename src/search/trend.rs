//! Several queries over time, side by side, each beside the archive of its period.
//!
//! Input → output: [`Request`]s and a [`TrendRequest`] → [`Trend`]. Counts are those of the date facet, so the count of a period is the total
//! of its query with the period as a further filter. No hits.

use super::collector::Collected;
use super::error::SearchError;
use super::period::{Period, first_day};
use super::prepared::Prepared;
use super::request::{Boundaries, Request, Unit};
use super::response::{AppliedFilter, CONTRACT, IndexState, Notice, Timing};
use super::table::{Axis, Counts, Key, Line, LineKind, Listed, Shown, Side, count, counts_alone, is_much};
use super::{find, notices, pass};
use crate::article::{Basis, Interval};
use crate::authority::Authority;
use crate::index::Generation;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::time::Instant;

/// How queries are laid side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TrendRequest {
    /// What a row stands for.
    pub by: Period,
    /// Whether the articles of each period are told apart by what their date rests on. No column of the index holds it: each article that
    /// matches is read, which takes a second for some ten thousand.
    pub by_basis: bool,
}

/// A query of a trend.
#[derive(Clone, Debug)]
pub struct TrendQuery {
    /// What it goes by.
    pub name: String,
    /// What is asked; what it says of hits and facets does not matter. All count in the unit of the first.
    pub request: Request,
}

/// Queries over time. Of each, `sum(counts) = total + repeats`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Trend {
    /// Version of the contract, [`CONTRACT`].
    pub contract: u32,
    /// The program that answered.
    pub tool: String,
    /// The state of the index that was searched.
    pub index: IndexState,
    /// `articles` or `stories`: what everything here counts.
    pub counts_of: Unit,
    /// `year`, `month` or `day`: what a row stands for.
    pub by: Period,
    /// The queries, in the order given.
    pub series: Vec<Series>,
    /// What dates rest on, in the order of `by_basis` of each row; null where that was not asked for.
    pub bases: Option<Vec<Basis>>,
    /// Periods in time and without a gap, from the first in which anything matches to the last, and of the days that are asked for all in
    /// which the archive holds something; behind them what stands in none.
    pub rows: Vec<TrendRow>,
    /// All that the archive holds, whatever matches.
    pub archive_total: u64,
    /// How long it took.
    pub timing: Timing,
}

/// A query of a trend.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Series {
    /// What it goes by.
    pub name: String,
    /// The query, in the query language, as it was understood.
    pub query: String,
    /// How each filter was read, in the order given.
    pub filters: Vec<AppliedFilter>,
    /// What matches.
    pub total: u64,
    /// How often stories are counted again because their articles stand in several rows; 0 where articles are counted.
    pub repeats: u64,
    /// What the reader should know.
    pub notices: Vec<Notice>,
}

/// A period, or what stands in none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TrendRow {
    /// What selects it as a further filter: `date:/2024/05`, `date:unknown`, `date:only:/2024`.
    pub is: String,
    /// Its name for people.
    pub label: String,
    /// Its first day; null for what stands in no period.
    pub from: Option<Date>,
    /// Its last day, likewise.
    pub to: Option<Date>,
    /// By query: the `total` of the request with this row as a further filter.
    pub counts: Vec<u64>,
    /// By query, then by basis: those whose date rests on it; null where that was not asked for. A story may stand under several.
    pub by_basis: Option<Vec<Vec<u64>>>,
    /// The same in the whole archive, without query and filters.
    pub archive: u64,
}

/// What dates rest on, the surest first.
const BASES: [Basis; 6] =
    [Basis::Stated, Basis::Corrected, Basis::YearFromContext, Basis::YearFromPublished, Basis::Published, Basis::None];

/// Counts what queries match over time.
///
/// # Errors
/// As [`crate::search::search`]; [`SearchError::TooManyBars`] for a long span by month or day.
pub fn trend(generation: &Generation, authority: &Authority, queries: &[TrendQuery], wanted: TrendRequest) -> Result<Trend, SearchError> {
    let started = Instant::now();
    let everything = queries.first().map_or_else(Request::default, |query| query.request.clone()).of_everything();
    let counts_of = everything.counts_of;
    let (mut series, mut counted, mut days) = (Vec::new(), Vec::new(), Vec::new());
    for TrendQuery { name, request } in queries {
        let request = Request { counts_of, ..counts_alone(request) };
        let prepared = Prepared::new(generation, authority, &request)?;
        let (found, relaxation) = find(&prepared, authority, &request, None)?;
        let told = notices(&prepared, &found, relaxation)?;
        let one = Counted::of(&prepared, &found, wanted)?;
        let total = found.count(counts_of);
        let repeats = one.counts.rows.iter().sum::<u64>().saturating_sub(total);
        days.extend(prepared.selection.days);
        let (query, filters) = (prepared.read.canonical, prepared.selection.applied);
        series.push(Series { name: name.clone(), query, filters, total, repeats, notices: told });
        counted.push(one);
    }
    let prepared = Prepared::new(generation, authority, &everything)?;
    let found = pass(&prepared, authority, &everything, None, None)?;
    let archive = Counted::of(&prepared, &found, TrendRequest { by_basis: false, ..wanted })?;
    Ok(Trend {
        contract: CONTRACT,
        tool: super::tool(),
        index: IndexState::of(generation),
        counts_of,
        by: wanted.by,
        bases: wanted.by_basis.then(|| BASES.to_vec()),
        rows: rows(&counted, &archive, wanted, days, authority)?,
        series,
        archive_total: found.count(counts_of),
        timing: Timing { elapsed_ms: started.elapsed().as_secs_f64() * 1_000.0 },
    })
}

/// What a query found, by period and perhaps by basis.
struct Counted<'a> {
    periods: Side<'a>,
    bases: Side<'a>,
    counts: Counts,
}

impl<'a> Counted<'a> {
    fn of(prepared: &Prepared<'a>, found: &Collected, wanted: TrendRequest) -> Result<Counted<'a>, SearchError> {
        let generation = prepared.generation;
        let mut periods = Side::of(generation, wanted.by.into(), Boundaries::Today, None, is_much(generation, found))?;
        let mut bases = if wanted.by_basis { Side::of_bases(generation, &found.documents)? } else { Side::of_everything() };
        let counts = count(prepared, found, &mut periods, &mut bases)?;
        Ok(Counted { periods, bases, counts })
    }

    /// How many stand in a period, by basis.
    fn by_basis(&self, line: Option<u32>) -> Vec<u64> {
        let cell = |basis: &Basis| line.zip(self.bases.find(&Key::Basis(*basis))).and_then(|cell| self.counts.cells.get(&cell).copied());
        BASES.iter().map(|basis| cell(basis).unwrap_or(0)).collect()
    }
}

/// Every row in which anything stands, and the periods between, or asked for. Lines are numbered by what the index holds, so all have the
/// same.
fn rows(
    counted: &[Counted],
    archive: &Counted,
    wanted: TrendRequest,
    days: Vec<Interval>,
    authority: &Authority,
) -> Result<Vec<TrendRow>, SearchError> {
    let mut sums = vec![0; archive.counts.rows.len()];
    for one in counted {
        sums.iter_mut().zip(&one.counts.rows).for_each(|(sum, count)| *sum += count);
    }
    let listed = Listed::of(&archive.periods, Axis::from(wanted.by), &sums, &Shown { top: None, days }, authority)?;
    let mut lines = vec![None; listed.lines.len()];
    for line in 0..sums.len() as u32 {
        if let Some(place) = listed.place(line) {
            lines[place] = Some(line);
        }
    }
    let row = |(listed, line): (Line, Option<u32>)| {
        let at = |counts: &Counts| line.map_or(0, |line| counts.rows[line as usize]);
        let from = (listed.kind == LineKind::Value).then(|| period_of(listed.is.as_deref())).flatten();
        TrendRow {
            from,
            to: from.map(|first| wanted.by.last_day(first)),
            counts: counted.iter().map(|one| at(&one.counts)).collect(),
            by_basis: wanted.by_basis.then(|| counted.iter().map(|one| one.by_basis(line)).collect()),
            archive: at(&archive.counts),
            is: listed.is.unwrap_or_default(),
            label: listed.label,
        }
    };
    Ok(listed.lines.into_iter().zip(lines).map(row).collect())
}

/// The first day of a period, by what selects it.
fn period_of(is: Option<&str>) -> Option<Date> {
    let (_, path) = is?.split_once(':')?;
    first_day(&path.to_owned().try_into().ok()?)
}
