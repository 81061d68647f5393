//! A citation → a record of RIS: a tag and a value a line, lines ended by CRLF.

use super::citation::Citation;
use super::date::DatePart;

impl Citation {
    /// A file of RIS with this record alone.
    pub fn ris(&self) -> String {
        record(self)
    }
}

/// The record, from `TY` to `ER`. Values stand on one line each, so none can be taken for a tag.
pub(super) fn record(citation: &Citation) -> String {
    let first = citation.issued().date().map(|date| date.from);
    let publisher = citation.publisher.clone();
    let lines = [
        ("TY", Some("NEWS".to_owned())),
        ("TI", Some(citation.title.clone()).filter(|title| !title.is_empty())),
        ("T2", publisher.clone()),
        ("PB", publisher),
        ("PY", first.map(|first| DatePart::Year(first.numbers()[0]).iso())),
        ("DA", first.map(date)),
        ("UR", citation.url.clone()),
        ("Y2", citation.visited().map(|day| date(DatePart::Day(day)))),
        ("AN", Some(citation.id.to_string())),
        ("LA", Some("vi".to_owned())),
    ];
    let notes = citation.notes().into_iter().map(|note| ("N1", Some(note)));
    let lines = lines.into_iter().chain(notes).chain([("ER", Some(String::new()))]);
    lines.filter_map(|(tag, value)| Some(format!("{tag}  - {}\r\n", value?))).collect()
}

/// `2024/05/13/`, `2024/05//`, `2024///`: the format has a place for each part, known or not. Of a span its beginning; the note has the rest.
fn date(part: DatePart) -> String {
    let numbers = part.numbers();
    let number = |at: usize| numbers.get(at).map(|number| format!("{number:02}")).unwrap_or_default();
    format!("{:04}/{}/{}/", numbers[0], number(1), number(2))
}
