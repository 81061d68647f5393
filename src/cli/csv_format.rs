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

pub(super) fn hits(hits: &[Hit], output: &mut Output) -> Result<(), Error> {
    rows(output, HIT_COLUMNS, hits.iter().map(|hit| hit_row(hit).to_vec()))
}

fn hit_row(hit: &Hit) -> [String; 22] {
    let article = &hit.article;
    let event = &article.dates.event;
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let name = |value: &dyn erased::Name| value.name();
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
        name(&event.precision),
        name(&event.basis),
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
mod erased {
    pub trait Name {
        fn name(&self) -> String;
    }

    impl<T: serde::Serialize> Name for T {
        fn name(&self) -> String {
            match serde_json::to_value(self) {
                Ok(serde_json::Value::String(name)) => name,
                _ => String::new(),
            }
        }
    }
}

/// Every value and remainder row of a facet, parents before their children.
pub(super) fn facet(counts: &FacetCounts, output: &mut Output) -> Result<(), Error> {
    let mut table = Vec::new();
    for value in &counts.values {
        value_rows(value, 1, &mut table);
    }
    remainder_rows(&counts.remainder, 1, &mut table);
    rows(output, ["level", "path", "label", "count"], table)
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

fn rows<const N: usize>(output: &mut Output, header: [&str; N], rows: impl IntoIterator<Item = Vec<String>>) -> Result<(), Error> {
    let mut csv = csv::Writer::from_writer(output.raw());
    csv.write_record(header).map_err(std::io::Error::from)?;
    for row in rows {
        csv.write_record(row.iter().map(|cell| escape_cell(cell))).map_err(std::io::Error::from)?;
    }
    Ok(csv.flush()?)
}
