//! Hits and facet counts as CSV: a header, a row each, dates without times, lists joined by `; `.

use super::histogram::in_no_bar;
use super::output::{Output, escape_cell};
use crate::article::{EventDate, Interval, Precision, UnitMention};
use crate::error::Error;
use crate::search::{FacetCounts, FacetValue, Histogram, Hit, RemainderRow, Request, Response};
use std::iter;

const HIT_COLUMNS: [&str; 24] = [
    "rank",
    "score",
    "certain",
    "id",
    "key",
    "title",
    "event_from",
    "event_to",
    "event_precision",
    "event_basis",
    "published",
    "province_status",
    "provinces",
    "province_ids",
    "mentioned",
    "officials",
    "posts",
    "source",
    "url",
    "collection",
    "path",
    "record",
    "group",
    "copies",
];

const CONTEXT_COLUMNS: [&str; 10] = ["id", "title", "date", "provinces", "left", "match", "right", "start", "end", "field"];

/// Rows under a header, written as they come.
struct Rows<'a> {
    csv: csv::Writer<&'a mut dyn std::io::Write>,
}

impl<'a> Rows<'a> {
    fn begin(output: &'a mut Output, header: &[&str]) -> Result<Rows<'a>, Error> {
        let mut rows = Rows { csv: csv::Writer::from_writer(output.raw()) };
        rows.write(header)?;
        Ok(rows)
    }

    fn write(&mut self, cells: &[impl AsRef<str>]) -> Result<(), Error> {
        Ok(self.csv.write_record(cells.iter().map(|cell| escape_cell(cell.as_ref()))).map_err(std::io::Error::from)?)
    }

    fn end(mut self) -> Result<(), Error> {
        Ok(self.csv.flush()?)
    }
}

/// What has a row of its own.
#[derive(Clone, Copy, Debug)]
pub(super) enum RowOf {
    Hit,
    /// A match in its context.
    Match,
}

impl RowOf {
    /// What the answer to a request has rows of.
    pub fn answer_to(request: &Request) -> RowOf {
        if request.context.is_some() { RowOf::Match } else { RowOf::Hit }
    }

    fn columns(self) -> &'static [&'static str] {
        match self {
            RowOf::Hit => &HIT_COLUMNS,
            RowOf::Match => &CONTEXT_COLUMNS,
        }
    }

    fn rows<'h>(self, hit: &'h Hit) -> Box<dyn Iterator<Item = Vec<String>> + 'h> {
        match self {
            RowOf::Hit => Box::new(iter::once(hit_row(hit))),
            RowOf::Match => Box::new(match_rows(hit)),
        }
    }
}

/// Hits or their matches, one row each.
pub(super) struct HitRows<'a> {
    rows: Rows<'a>,
    of: RowOf,
}

impl<'a> HitRows<'a> {
    /// Writes the header.
    pub fn begin(of: RowOf, output: &'a mut Output) -> Result<HitRows<'a>, Error> {
        Ok(HitRows { rows: Rows::begin(output, of.columns())?, of })
    }

    pub fn write(&mut self, hit: &Hit) -> Result<(), Error> {
        self.of.rows(hit).try_for_each(|row| self.rows.write(&row))
    }

    pub fn end(self) -> Result<(), Error> {
        self.rows.end()
    }
}

/// A date as precise as it is known: `2024-02-29`, `2024-02`, `2024`, else `first/last`.
fn date(event: &EventDate) -> String {
    let Some(Interval { from, to }) = event.interval() else { return String::new() };
    match event.precision {
        _ if from == to => from.to_string(),
        Precision::Month if from.first_of_month() == to.first_of_month() => from.strftime("%Y-%m").to_string(),
        Precision::Year if from.year() == to.year() => from.strftime("%Y").to_string(),
        _ => format!("{from}/{to}"),
    }
}

const QUERY_COLUMNS: [&str; 7] = ["query_id", "query", "total", "total_stories", "total_phrase", "total_loose", "error"];

/// The answers to a batch: rows behind what is known of their query, and one for each query without any.
pub(super) struct BatchRows<'a> {
    rows: Rows<'a>,
    of: RowOf,
}

impl<'a> BatchRows<'a> {
    /// Writes the header.
    pub fn begin(of: RowOf, output: &'a mut Output) -> Result<BatchRows<'a>, Error> {
        Ok(BatchRows { rows: Rows::begin(output, &[&QUERY_COLUMNS, of.columns()].concat())?, of })
    }

    /// The rows of a query, by an answer with its totals.
    pub fn of_query<'b>(&'b mut self, id: &str, query: &str, totals: &Response) -> QueryRows<'b, 'a> {
        let known = |total: Option<u64>| total.map(|total| total.to_string()).unwrap_or_default();
        let totals = [Some(totals.total), Some(totals.total_stories), totals.total_phrase, totals.total_loose].map(known);
        let [total, total_stories, total_phrase, total_loose] = totals;
        let front = [id.to_owned(), query.to_owned(), total, total_stories, total_phrase, total_loose, String::new()];
        QueryRows { batch: self, front, is_empty: true }
    }

    /// The row of a query that could not be answered.
    pub fn refuse(&mut self, id: &str, query: &str, error: &str) -> Result<(), Error> {
        self.alone(&[id, query, "", "", "", "", error])
    }

    /// What is known of a query without further rows.
    fn alone(&mut self, front: &[impl AsRef<str>]) -> Result<(), Error> {
        let blank = self.of.columns().iter().map(|_| "");
        self.rows.write(&front.iter().map(AsRef::as_ref).chain(blank).collect::<Vec<_>>())
    }

    pub fn end(self) -> Result<(), Error> {
        self.rows.end()
    }
}

/// The rows of one query.
pub(super) struct QueryRows<'b, 'a> {
    batch: &'b mut BatchRows<'a>,
    front: [String; QUERY_COLUMNS.len()],
    is_empty: bool,
}

impl QueryRows<'_, '_> {
    pub fn write(&mut self, hit: &Hit) -> Result<(), Error> {
        self.batch.of.rows(hit).try_for_each(|row| {
            self.is_empty = false;
            self.batch.rows.write(&[self.front.as_slice(), &row].concat())
        })
    }

    /// Writes the totals of a query of which no row was written.
    pub fn end(self) -> Result<(), Error> {
        if self.is_empty { self.batch.alone(&self.front) } else { Ok(()) }
    }
}

/// The matches of a hit.
fn match_rows(hit: &Hit) -> impl Iterator<Item = Vec<String>> {
    let article = &hit.article;
    let (id, date) = (article.id.to_string(), date(&article.dates.event));
    let provinces = article.provinces.about.iter().map(|unit| unit.unit.as_str()).collect::<Vec<_>>().join("; ");
    let front = [id, article.title.clone(), date, provinces];
    let one_line = |text: &str| text.replace('\n', " ");
    hit.context.iter().flat_map(|context| &context.lines).map(move |line| {
        let (left, matched, right) = (one_line(&line.left), one_line(&line.matched), one_line(&line.right));
        let own = [left, matched, right, line.start.to_string(), line.end.to_string(), line.field.to_string()];
        [front.as_slice(), &own].concat()
    })
}

fn hit_row(hit: &Hit) -> Vec<String> {
    let article = &hit.article;
    let event = &article.dates.event;
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let units = |units: &[UnitMention], part: fn(&UnitMention) -> &str| units.iter().map(part).collect::<Vec<_>>().join("; ");
    let posts = article.officials.iter().flat_map(|official| official.posts.iter().map(|post| format!("{}: {}", official.name, post.role)));
    vec![
        hit.rank.to_string(),
        hit.score.to_string(),
        hit.certain.to_string(),
        article.id.to_string(),
        article.key.clone(),
        article.title.clone(),
        day(event.from),
        day(event.to),
        name_of(&event.precision),
        name_of(&event.basis),
        article.dates.published.as_ref().map(|published| published.at.clone()).unwrap_or_default(),
        article.provinces.status.name().to_owned(),
        units(&article.provinces.about, |unit| &unit.unit),
        units(&article.provinces.about, |unit| &unit.unit_id.0),
        units(&article.provinces.mentioned, |unit| &unit.unit),
        article.officials.iter().map(|official| official.name.as_str()).collect::<Vec<_>>().join("; "),
        posts.collect::<Vec<_>>().join("; "),
        article.source.as_ref().map(|source| source.name.clone()).unwrap_or_default(),
        article.url.clone().unwrap_or_default(),
        article.collection.clone(),
        article.origin.path.clone(),
        article.origin.record.to_string(),
        article.group.map(|group| group.to_string()).unwrap_or_default(),
        hit.copies.to_string(),
    ]
}

/// The name that a value of a closed set has in the contract.
fn name_of(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Every value and remainder row of a facet, parents before their children.
pub(super) fn facet(counts: &FacetCounts, output: &mut Output) -> Result<(), Error> {
    let mut table = Vec::new();
    for value in &counts.values {
        value_rows(value, 1, &mut table);
    }
    remainder_rows(&counts.remainder, 1, &mut table);
    let mut rows = Rows::begin(output, &["level", "path", "label", "count"])?;
    table.iter().try_for_each(|row| rows.write(row))?;
    rows.end()
}

/// A row for each bar, then one for each kind of date that stands in none; those have no first and last day and no count of the archive.
pub(super) fn histogram(answer: &Histogram, output: &mut Output) -> Result<(), Error> {
    let mut rows = Rows::begin(output, &["path", "label", "from", "to", "count", "archive"])?;
    for bar in &answer.bars {
        let (from, to) = (bar.from.to_string(), bar.to.to_string());
        rows.write(&[bar.path.as_str(), &bar.label, &from, &to, &bar.count.to_string(), &bar.archive.to_string()])?;
    }
    for (kind, label, count) in in_no_bar(answer) {
        rows.write(&[kind, label, "", "", &count.to_string(), ""])?;
    }
    rows.end()
}

fn value_rows(value: &FacetValue, level: usize, table: &mut Vec<Vec<String>>) {
    table.push(vec![level.to_string(), value.path.clone(), value.label.clone(), value.count.to_string()]);
    for child in &value.children {
        value_rows(child, level + 1, table);
    }
    remainder_rows(&value.remainder, level + 1, table);
}

fn remainder_rows(remainder: &[RemainderRow], level: usize, table: &mut Vec<Vec<String>>) {
    table.extend(remainder.iter().map(|row| vec![level.to_string(), row.kind.clone(), row.label.clone(), row.count.to_string()]));
}
