//! The lines of a test set → its documents and queries.

use crate::eval::metadata::RecordError;
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashSet;

/// A document or a query of a test set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestRecord {
    /// What judgements call it.
    pub id: String,
    /// Of a document, where it has one.
    pub title: Option<String>,
    /// The text, or the query.
    pub text: String,
}

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Value,
    title: Option<String>,
    text: Option<String>,
}

impl TestRecord {
    /// Reads a JSON object from each line that is not blank: `id` (a text or a number), `text`, perhaps `title`; other keys are passed over.
    ///
    /// An item is an error where a line is no such object, has neither title nor text, or an id that another has.
    pub fn read(jsonl: &str) -> impl Iterator<Item = Result<TestRecord, RecordError>> {
        let mut ids = HashSet::new();
        lines(jsonl).map(move |(line, text)| {
            let record = parse(text).map_err(|what| RecordError { line, what })?;
            match ids.insert(record.id.clone()) {
                true => Ok(record),
                false => Err(RecordError { line, what: format!("the id {:?} stands on an earlier line too", record.id) }),
            }
        })
    }
}

fn parse(text: &str) -> Result<TestRecord, String> {
    let said = |error: serde_json::Error| error.to_string().replace(" at line 1 column ", " at character ");
    let Line { id, title, text } = serde_json::from_str(text).map_err(said)?;
    let id = match id {
        Value::String(id) if !id.trim().is_empty() => id,
        Value::Number(id) => id.to_string(),
        _ => return Err("no id: expected a text or a number under `id`".to_owned()),
    };
    let is_blank = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
    if is_blank(&text) && is_blank(&title) {
        return Err("no text: expected one under `text`".to_owned());
    }
    Ok(TestRecord { id, title, text: text.unwrap_or_default() })
}

/// The lines that are not blank, with their numbers from 1, without the ends that Windows writes.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.trim_start_matches('\u{feff}').split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    (1..).zip(lines).filter(|(_, line)| !line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_a_record_or_says_what_is_wrong() {
        let text = "\u{feff}{\"id\": \"a\", \"text\": \"Cà\u{2028}Mau\", \"answers\": [1]}\r\n\n{\"id\": 7, \"title\": \"Huế\", \"text\": null}\n\
                    {\"id\": \"a\", \"text\": \"x\"}\n{\"text\": \"x\"}\n{\"id\": \"b\", \"text\": \" \"}\n{\"id\": \"c\"\n[]";
        let shown: Vec<String> = TestRecord::read(text)
            .map(|record| {
                record.map_or_else(|error| error.to_string(), |record| format!("{} {:?} {:?}", record.id, record.title, record.text))
            })
            .collect();
        let expected = [
            "a None \"Cà\\u{2028}Mau\"",
            "7 Some(\"Huế\") \"\"",
            "line 4: the id \"a\" stands on an earlier line too",
            "line 5: no id",
            "line 6: no text",
            "line 7: EOF while parsing an object at character",
            "line 8: invalid",
        ];
        assert_eq!(shown.len(), expected.len());
        for (shown, expected) in shown.iter().zip(expected) {
            assert!(shown.starts_with(expected), "{shown} is not {expected}");
        }
    }
}
