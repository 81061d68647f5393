//! A citation → an item of CSL-JSON, which Zotero, pandoc and citeproc read.

use super::citation::Citation;
use super::date::DatePart;
use serde::Serialize;

/// An item; what is not known is left out, as the format has it.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Item<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    container_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<DateParts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessed: Option<DateParts>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    language: &'static str,
    note: String,
}

/// A date, or the two ends of a span; each year, month and day as far as they are known.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct DateParts {
    date_parts: Vec<Vec<i16>>,
}

impl Citation {
    /// A file of CSL-JSON with this item alone: a list of one.
    pub fn csl_json(&self) -> String {
        format!("[\n{}\n]\n", item(self))
    }
}

/// The item on one line, without a line end.
pub(super) fn item(citation: &Citation) -> String {
    let date_parts = |parts: Vec<DatePart>| DateParts { date_parts: parts.into_iter().map(DatePart::numbers).collect() };
    let item = Item {
        id: citation.id.to_string(),
        kind: "article-newspaper",
        title: &citation.title,
        container_title: citation.publisher.as_deref(),
        issued: citation.issued().date().map(|date| date_parts(date.parts())),
        accessed: citation.visited().map(|day| date_parts(vec![DatePart::Day(day)])),
        url: citation.url.as_deref(),
        language: "vi",
        note: citation.notes().join("; "),
    };
    serde_json::to_string(&item).expect("text keys only, so it always serialises")
}
