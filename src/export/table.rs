//! Hits → rows of CSV: a header, a row for each hit or for each match in its context, dates without times, lists joined by `; `.
//!
//! What stands in front of a row (the query of a batch) is not known here.

use super::escape::escape_cell;
use crate::article::{EventDate, Interval, Precision, UnitMention, name_of};
use crate::search::{Hit, Request};
use std::io::{self, Write};
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

/// Rows under a header, written as they come; control characters and line ends within a cell are escaped.
pub struct Rows<W: Write> {
    csv: csv::Writer<W>,
}

impl<W: Write> Rows<W> {
    /// Writes the header.
    pub fn begin(writer: W, header: &[&str]) -> io::Result<Rows<W>> {
        let mut rows = Rows { csv: csv::Writer::from_writer(writer) };
        rows.write(header)?;
        Ok(rows)
    }

    /// Writes a row; an error where it has not as many cells as the header.
    pub fn write(&mut self, cells: &[impl AsRef<str>]) -> io::Result<()> {
        Ok(self.csv.write_record(cells.iter().map(|cell| escape_cell(cell.as_ref())))?)
    }

    /// Writes out what is buffered.
    pub fn end(mut self) -> io::Result<()> {
        self.csv.flush()
    }
}

/// What has a row of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowOf {
    /// A hit.
    Hit,
    /// A match in its context.
    Match,
}

impl RowOf {
    /// What the answer to a request has rows of.
    pub fn answer_to(request: &Request) -> RowOf {
        if request.context.is_some() { RowOf::Match } else { RowOf::Hit }
    }

    /// The header.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            RowOf::Hit => &HIT_COLUMNS,
            RowOf::Match => &CONTEXT_COLUMNS,
        }
    }

    /// The rows of a hit, each with as many cells as there are columns: one, or one for each of its matches.
    pub fn rows<'h>(self, hit: &'h Hit) -> Box<dyn Iterator<Item = Vec<String>> + 'h> {
        match self {
            RowOf::Hit => Box::new(iter::once(hit_row(hit))),
            RowOf::Match => Box::new(match_rows(hit)),
        }
    }
}

/// Hits or their matches, one row each.
pub struct HitRows<W: Write> {
    rows: Rows<W>,
    of: RowOf,
}

impl<W: Write> HitRows<W> {
    /// Writes the header.
    pub fn begin(of: RowOf, writer: W) -> io::Result<HitRows<W>> {
        Ok(HitRows { rows: Rows::begin(writer, of.columns())?, of })
    }

    /// Writes the rows of a hit.
    pub fn write(&mut self, hit: &Hit) -> io::Result<()> {
        self.of.rows(hit).try_for_each(|row| self.rows.write(&row))
    }

    /// Writes out what is buffered.
    pub fn end(self) -> io::Result<()> {
        self.rows.end()
    }
}

/// A date as precise as it is known: `2024-02-29`, `2024-02`, `2024`, else `first/last`.
pub(super) fn date(event: &EventDate) -> String {
    let Some(Interval { from, to }) = event.interval() else { return String::new() };
    match event.precision {
        _ if from == to => from.to_string(),
        Precision::Month if from.first_of_month() == to.first_of_month() => from.strftime("%Y-%m").to_string(),
        Precision::Year if from.year() == to.year() => from.strftime("%Y").to_string(),
        _ => format!("{from}/{to}"),
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
