//! A search that somebody wants to hear of → a line more in a file of queries, which is read as that search.
//!
//! What stands in the file stays, byte for byte; its header gets the columns that are missing. Opens no file.

use super::batch::{BatchError, BatchFormat, BatchLine, IDS, read_batch};
use super::typed::{TypedError, TypedField, TypedRequest};
use csv::{ReaderBuilder, StringRecord, WriterBuilder};
use serde_json::{Map, Value};

/// The longest id.
pub const MAX_ID_CHARS: usize = 100;

/// A file of queries is read whole at every run, so it does not grow without end.
const MAX_FILE_BYTES: usize = 4 << 20;

/// Why a search cannot be saved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SavedError {
    /// The name is blank, or too long.
    #[error("the name has {chars} letters; give one of 1 to {MAX_ID_CHARS}")]
    BadName {
        /// Its letters.
        chars: usize,
    },
    /// The name or a value holds something that is no letter.
    #[error("the name and the values are texts of one line, and {text:?} holds a control character; leave it out")]
    Control {
        /// The name or the value.
        text: String,
    },
    /// The file is long enough.
    #[error(
        "the file of watched queries has {MAX_FILE_BYTES} bytes, which is the most that it may have; remove what is not needed any more"
    )]
    Full,
    /// Another query has the name.
    #[error("a query of line {line} is called {id:?} already; choose another name")]
    Taken {
        /// The name.
        id: String,
        /// The line.
        line: u64,
    },
    /// Neither a query nor a filter.
    #[error("nothing is asked, so everything new would be told; ask for something first")]
    NothingAsked,
    /// A field or a value cannot be used.
    #[error(transparent)]
    Typed(#[from] TypedError),
    /// The file is of plain lines, which have no place for names and filters.
    #[error("a file of plain lines has no place for names; use one that ends in .tsv, .csv or .jsonl")]
    PlainLines,
    /// The file cannot be added to before it is mended.
    #[error("line {line} of the file: {error}")]
    Damaged {
        /// The line.
        line: u64,
        /// What is wrong.
        error: BatchError,
    },
    /// A list in a table cannot hold a value with a semicolon.
    #[error("{name}: a table has no place for {value:?}, since `;` stands between the values of a cell; use a .jsonl file")]
    Semicolon {
        /// The column.
        name: &'static str,
        /// The value.
        value: String,
    },
    /// What was written would be read as another search, or another line of the file would.
    #[error("the file would not be read as it was, with this search; add the row by hand")]
    NotReadBack,
}

/// The text of a file of queries with a search more, which is called `id`; of a file that is not there yet, give none. `asked` are names and values, as
/// an address has them.
///
/// # Errors
/// See [`SavedError`]; then nothing is to be written.
pub fn with_search<'a>(
    file: &[u8],
    format: BatchFormat,
    id: &str,
    asked: impl IntoIterator<Item = (TypedField, &'a str)>,
) -> Result<Vec<u8>, SavedError> {
    let id = id.trim();
    let chars = id.chars().count();
    if chars == 0 || chars > MAX_ID_CHARS {
        return Err(SavedError::BadName { chars });
    }
    // It is written to terminals by whoever watches.
    let of_one_line = |text: &str| match text.contains(char::is_control) {
        true => Err(SavedError::Control { text: text.to_owned() }),
        false => Ok(()),
    };
    of_one_line(id)?;
    let mut cells: Vec<(TypedField, Vec<&str>)> = Vec::new();
    for (field, value) in asked.into_iter().filter(|(field, value)| field.selects() && !value.trim().is_empty()) {
        of_one_line(value.trim())?;
        match cells.iter_mut().find(|(known, _)| *known == field) {
            Some((_, values)) => values.push(value.trim()),
            None => cells.push((field, vec![value.trim()])),
        }
    }
    let mut search = TypedRequest::default();
    for (field, values) in &cells {
        search.set(*field, values.iter().map(|&value| value.to_owned()))?;
    }
    if search == TypedRequest::default() {
        return Err(SavedError::NothingAsked);
    }
    let before = read_batch(file, format);
    for BatchLine { line, id: known, asked } in &before {
        match asked {
            // Under a longer header the cells that are too many would be taken for values.
            Err(error @ (BatchError::OpenQuote | BatchError::NoUtf8 | BatchError::TooManyCells { .. })) => {
                return Err(SavedError::Damaged { line: *line, error: error.clone() });
            }
            _ if known == id => return Err(SavedError::Taken { id: known.clone(), line: *line }),
            _ => {}
        }
    }
    let text = std::str::from_utf8(file).map_err(|_| SavedError::Damaged { line: 1, error: BatchError::NoUtf8 })?;
    let added = match format {
        BatchFormat::Lines => return Err(SavedError::PlainLines),
        BatchFormat::JsonLines => json_line(text, id, &cells),
        BatchFormat::Csv => row(text, super::batch::separator(text), id, &cells)?,
        BatchFormat::Tsv => row(text, b'\t', id, &cells)?,
    };
    let after = read_batch(added.as_bytes(), format);
    let is_read_back =
        after.split_last().is_some_and(|(last, others)| last.id == id && last.asked.as_ref() == Ok(&search) && *others == before);
    match is_read_back {
        true if added.len() > MAX_FILE_BYTES => Err(SavedError::Full),
        true => Ok(added.into_bytes()),
        false => Err(SavedError::NotReadBack),
    }
}

fn json_line(text: &str, id: &str, cells: &[(TypedField, Vec<&str>)]) -> String {
    let mut object = Map::from_iter([(IDS[0].to_owned(), Value::from(id))]);
    object.extend(cells.iter().map(|(field, values)| (field.name().to_owned(), Value::from(values.clone()))));
    format!("{}{}\n", ended(text), Value::Object(object))
}

fn row(text: &str, separator: u8, id: &str, cells: &[(TypedField, Vec<&str>)]) -> Result<String, SavedError> {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut header = StringRecord::new();
    // The text is UTF-8 and rows may be of any length, so nothing can be wrong with one.
    let has_header = reader.read_record(&mut header).unwrap_or(false);
    let behind = if has_header { (reader.position().byte() as usize).min(text.len()) } else { text.len() };
    let names: Vec<String> = header.iter().map(|name| name.trim().trim_start_matches('\u{feff}').to_lowercase()).collect();
    let column_of = |field: TypedField| names.iter().position(|name| TypedField::named(name).is_ok_and(|named| named == field));

    let mut new_columns: Vec<&str> = Vec::new();
    let mut row = vec![String::new(); names.len()];
    let mut put = |column: Option<usize>, name: &'static str, cell: String| match column {
        Some(column) => row[column] = cell,
        None => {
            new_columns.push(name);
            row.push(cell);
        }
    };
    put(names.iter().position(|name| IDS.contains(&name.as_str())), IDS[0], id.to_owned());
    for (field, values) in cells {
        if let Some(value) = values.iter().find(|value| field.is_list() && value.contains(';')) {
            return Err(SavedError::Semicolon { name: field.name(), value: (*value).to_owned() });
        }
        put(column_of(*field), field.name(), values.join(";"));
    }
    let line = |cells: &[&str]| {
        let mut writer = WriterBuilder::new().delimiter(separator).flexible(true).from_writer(Vec::new());
        let written = writer.write_record(cells).ok().and_then(|()| writer.into_inner().ok());
        String::from_utf8(written.unwrap_or_default()).unwrap_or_default()
    };
    let (head, rest) = text.split_at(behind);
    let mut added = head.trim_end_matches(['\r', '\n']).to_owned();
    for name in &new_columns {
        if !added.is_empty() {
            added.push(char::from(separator));
        }
        added.push_str(name);
    }
    let kept = &head[head.trim_end_matches(['\r', '\n']).len()..];
    added.push_str(if kept.is_empty() { "\n" } else { kept });
    added.push_str(&ended(rest));
    added.push_str(&line(&row.iter().map(String::as_str).collect::<Vec<_>>()));
    Ok(added)
}

/// A text whose last line has an end.
fn ended(text: &str) -> String {
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    format!("{text}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(file: &str, format: BatchFormat, id: &str, asked: &[(TypedField, &str)]) -> Result<String, SavedError> {
        with_search(file.as_bytes(), format, id, asked.iter().copied()).map(|bytes| String::from_utf8(bytes).unwrap())
    }

    const ASKED: [(TypedField, &str); 4] =
        [(TypedField::Query, "thu hồi đất"), (TypedField::Province, "Huế"), (TypedField::Province, "Cà Mau"), (TypedField::Limit, "5")];

    #[test]
    fn a_file_gets_a_row_and_the_columns_that_it_needs() {
        use BatchFormat::{Csv, JsonLines, Tsv};
        let cases = [
            ("", Tsv, "id\tquery\tprovince\ndat\tthu hồi đất\tHuế;Cà Mau\n"),
            ("id\tquery\nx\tmột\n", Tsv, "id\tquery\tprovince\nx\tmột\ndat\tthu hồi đất\tHuế;Cà Mau\n"),
            ("Name\tprovince\tText\n\nx\tHuế\tmột", Tsv, "Name\tprovince\tText\n\nx\tHuế\tmột\ndat\tHuế;Cà Mau\tthu hồi đất\n"),
            ("\u{feff}id;query\r\nx;một\r\n", Csv, "\u{feff}id;query;province\r\nx;một\r\ndat;thu hồi đất;\"Huế;Cà Mau\"\n"),
            ("query\nmột", Csv, "query,id,province\nmột\nthu hồi đất,dat,Huế;Cà Mau\n"),
            ("", JsonLines, "{\"id\":\"dat\",\"query\":[\"thu hồi đất\"],\"province\":[\"Huế\",\"Cà Mau\"]}\n"),
        ];
        for (file, format, expected) in cases {
            let found = saved(file, format, " dat ", &ASKED).unwrap();
            assert!(found == expected || format == JsonLines, "{file:?}: {found:?}");
            let lines = read_batch(found.as_bytes(), format);
            assert_eq!(lines.len(), read_batch(file.as_bytes(), format).len() + 1);
            assert!(lines.iter().all(|line| line.asked.is_ok()), "{lines:?}");
            assert!(matches!(saved(&found, format, "dat", &ASKED), Err(SavedError::Taken { .. })));
        }
    }

    #[test]
    fn whatever_a_search_holds_is_read_back_or_refused() {
        let hostile = ["\"", "a\tb", "a\nb", "a\r\nb", "=1+1", "\u{feff}x", "a;b", "\"a\"\"b", "\u{4}", "\\", "'"];
        for text in hostile {
            for file in ["", "id\tquery\nx\tmột\n"] {
                for format in [BatchFormat::Tsv, BatchFormat::Csv, BatchFormat::JsonLines] {
                    let asked = [(TypedField::Query, text), (TypedField::Source, text)];
                    match with_search(file.as_bytes(), format, text, asked) {
                        Ok(added) => {
                            let lines = read_batch(&added, format);
                            let last = lines.last().unwrap();
                            let typed = last.asked.as_ref().unwrap();
                            assert_eq!((last.id.as_str(), typed.query.as_deref()), (text, Some(text)), "{format:?}");
                            assert_eq!(
                                (lines.len(), &typed.source),
                                (1 + read_batch(file.as_bytes(), format).len(), &vec![text.to_owned()])
                            );
                        }
                        Err(SavedError::Control { text: told }) => assert_eq!(told, text),
                        Err(SavedError::Semicolon { .. }) => assert!(text.contains(';') && format != BatchFormat::JsonLines),
                        Err(error) => assert!(error == SavedError::NotReadBack && !text.contains(char::is_control), "{text:?}: {error}"),
                    }
                }
            }
        }
        assert_eq!(
            saved("", BatchFormat::Tsv, "\u{1b}[2Jx", &ASKED),
            Err(SavedError::Control { text: "\u{1b}[2Jx".to_owned() }),
            "it is written to terminals"
        );
        let full = format!("id\tquery\n{}", "x\tmột\n".repeat(MAX_FILE_BYTES / 7));
        assert_eq!(saved(&full, BatchFormat::Tsv, "y", &ASKED[..1]), Err(SavedError::Full));
        assert_eq!(saved("", BatchFormat::Tsv, "x", &[(TypedField::Limit, "5")]), Err(SavedError::NothingAsked));
        assert_eq!(saved("", BatchFormat::Tsv, " ", &ASKED), Err(SavedError::BadName { chars: 0 }));
        assert_eq!(saved("", BatchFormat::Lines, "x", &ASKED), Err(SavedError::PlainLines));
        assert!(matches!(
            saved("", BatchFormat::Tsv, "x", &[(TypedField::Source, "a;b")]),
            Err(SavedError::Semicolon { name: "source", .. })
        ));
        assert!(matches!(
            saved("id\tquery\nx\tmột\thai\n", BatchFormat::Tsv, "y", &ASKED),
            Err(SavedError::Damaged { line: 2, error: BatchError::TooManyCells { .. } })
        ));
        assert_eq!(saved(" \nid\tquery\nx\tmột\n", BatchFormat::Tsv, "y", &ASKED), Err(SavedError::NotReadBack));
        assert!(matches!(
            saved("id\tquery\nx\t\"một\n", BatchFormat::Tsv, "y", &ASKED),
            Err(SavedError::Damaged { line: 2, error: BatchError::OpenQuote })
        ));
    }
}
