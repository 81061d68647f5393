//! Hits and facet counts as CSV: a header, a row each, dates without times, lists joined by `; `.

use super::output::{Output, escape_cell};
use crate::article::{EventDate, Interval, Precision, UnitMention};
use crate::error::Error;
use crate::search::{FacetCounts, FacetValue, Hit, RemainderRow, Response};

const HIT_COLUMNS: [&str; 22] = [
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

/// Hits, one row each.
pub(super) struct HitRows<'a>(Rows<'a>);

impl<'a> HitRows<'a> {
    /// Writes the header.
    pub fn begin(output: &'a mut Output) -> Result<HitRows<'a>, Error> {
        Rows::begin(output, &HIT_COLUMNS).map(HitRows)
    }

    pub fn write(&mut self, hit: &Hit) -> Result<(), Error> {
        self.0.write(&hit_row(hit))
    }

    pub fn end(self) -> Result<(), Error> {
        self.0.end()
    }
}

/// Matches in their contexts, one row each.
pub(super) struct ContextRows<'a>(Rows<'a>);

impl<'a> ContextRows<'a> {
    /// Writes the header.
    pub fn begin(output: &'a mut Output) -> Result<ContextRows<'a>, Error> {
        Rows::begin(output, &CONTEXT_COLUMNS).map(ContextRows)
    }

    /// The matches of a hit.
    pub fn write(&mut self, hit: &Hit) -> Result<(), Error> {
        let article = &hit.article;
        let (id, date) = (article.id.to_string(), date(&article.dates.event));
        let provinces = article.provinces.about.iter().map(|unit| unit.unit.as_str()).collect::<Vec<_>>().join("; ");
        let one_line = |text: &str| text.replace('\n', " ");
        hit.context.iter().flat_map(|context| &context.lines).try_for_each(|line| {
            let (left, matched, right) = (one_line(&line.left), one_line(&line.matched), one_line(&line.right));
            let (start, end) = (line.start.to_string(), line.end.to_string());
            self.0.write(&[&id, &article.title, &date, &provinces, &left, &matched, &right, &start, &end, &line.field])
        })
    }

    pub fn end(self) -> Result<(), Error> {
        self.0.end()
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

const QUERY_COLUMNS: [&str; 6] = ["query_id", "query", "total", "total_phrase", "total_loose", "error"];

/// The answers to a batch: a row for each hit behind what is known of its query, and one for each query without hits.
pub(super) struct BatchRows<'a>(Rows<'a>);

impl<'a> BatchRows<'a> {
    /// Writes the header.
    pub fn begin(output: &'a mut Output) -> Result<BatchRows<'a>, Error> {
        Rows::begin(output, &[QUERY_COLUMNS.as_slice(), &HIT_COLUMNS].concat()).map(BatchRows)
    }

    /// The rows of a query, by an answer with its totals.
    pub fn of_query<'b>(&'b mut self, id: &str, query: &str, totals: &Response) -> QueryRows<'b, 'a> {
        let known = |total: Option<u64>| total.map(|total| total.to_string()).unwrap_or_default();
        let totals = [Some(totals.total), totals.total_phrase, totals.total_loose].map(known);
        let [total, total_phrase, total_loose] = totals;
        QueryRows { rows: &mut self.0, front: [id.to_owned(), query.to_owned(), total, total_phrase, total_loose, String::new()], hits: 0 }
    }

    /// The row of a query that could not be answered.
    pub fn refuse(&mut self, id: &str, query: &str, error: &str) -> Result<(), Error> {
        self.0.write(&[[id, query, "", "", "", error].as_slice(), &[""; HIT_COLUMNS.len()]].concat())
    }

    pub fn end(self) -> Result<(), Error> {
        self.0.end()
    }
}

/// The rows of one query.
pub(super) struct QueryRows<'b, 'a> {
    rows: &'b mut Rows<'a>,
    front: [String; QUERY_COLUMNS.len()],
    hits: u64,
}

impl QueryRows<'_, '_> {
    pub fn write(&mut self, hit: &Hit) -> Result<(), Error> {
        self.hits += 1;
        self.rows.write(&[self.front.as_slice(), &hit_row(hit)].concat())
    }

    /// Writes the totals of a query of which no hit was written.
    pub fn end(self) -> Result<(), Error> {
        if self.hits > 0 {
            return Ok(());
        }
        self.rows.write(&[self.front.as_slice(), &[const { String::new() }; HIT_COLUMNS.len()]].concat())
    }
}

fn hit_row(hit: &Hit) -> [String; 22] {
    let article = &hit.article;
    let event = &article.dates.event;
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let units = |units: &[UnitMention], part: fn(&UnitMention) -> &str| units.iter().map(part).collect::<Vec<_>>().join("; ");
    let posts = article.officials.iter().flat_map(|official| official.posts.iter().map(|post| format!("{}: {}", official.name, post.role)));
    [
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
