//! Hits and facet counts as CSV: a header, a row each, dates without times, lists joined by `; `.

use super::output::{Output, escape_cell};
use crate::article::UnitMention;
use crate::error::Error;
use crate::search::{FacetCounts, FacetValue, Hit, RemainderRow};

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

/// Writes hits as they come, one row each.
pub(super) struct HitRows<'a> {
    csv: csv::Writer<&'a mut dyn std::io::Write>,
}

impl<'a> HitRows<'a> {
    /// Writes the header.
    pub fn begin(output: &'a mut Output) -> Result<HitRows<'a>, Error> {
        let mut rows = HitRows { csv: csv::Writer::from_writer(output.raw()) };
        rows.csv.write_record(HIT_COLUMNS).map_err(std::io::Error::from)?;
        Ok(rows)
    }

    pub fn write(&mut self, hit: &Hit) -> Result<(), Error> {
        Ok(self.csv.write_record(hit_row(hit).iter().map(|cell| escape_cell(cell))).map_err(std::io::Error::from)?)
    }

    pub fn end(mut self) -> Result<(), Error> {
        Ok(self.csv.flush()?)
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
    let mut csv = csv::Writer::from_writer(output.raw());
    csv.write_record(["level", "path", "label", "count"]).map_err(std::io::Error::from)?;
    for row in table {
        csv.write_record(row.iter().map(|cell| escape_cell(cell))).map_err(std::io::Error::from)?;
    }
    Ok(csv.flush()?)
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
