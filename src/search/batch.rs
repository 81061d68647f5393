//! The text of a batch file → its queries, each with filters of its own, or what is wrong with a line.
//!
//! JSON Lines split at `\n` only, CSV under a header, or plain lines. Opens no file and answers nothing; a bad line never
//! touches the others. Linear in the text.

use super::typed::{TypedError, TypedField, TypedRequest};
use csv::{ReaderBuilder, StringRecord};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use std::iter;

/// How a batch file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchFormat {
    /// A query a line, blank lines passed over.
    Lines,
    /// A JSON object a line.
    JsonLines,
    /// A header, then a row a query; by commas, or by semicolons where the header has no comma.
    Csv,
    /// The same by tabs.
    Tsv,
}

impl BatchFormat {
    /// By the ending of a file's name in any case, that of its packing left out; plain lines where it tells nothing.
    pub fn of(name: &str) -> BatchFormat {
        let name = name.to_lowercase();
        let name = [".gz", ".zst"].iter().find_map(|packing| name.strip_suffix(packing)).unwrap_or(&name);
        match name.rsplit_once('.').map(|(_, ending)| ending) {
            Some("jsonl" | "ndjson" | "json") => BatchFormat::JsonLines,
            Some("csv") => BatchFormat::Csv,
            Some("tsv") => BatchFormat::Tsv,
            _ => BatchFormat::Lines,
        }
    }
}

/// A query of a batch, or what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchLine {
    /// The line of the file where it begins, from 1.
    pub line: u64,
    /// The id that it gives itself, else the number of its line.
    pub id: String,
    /// What it asks.
    pub asked: Result<TypedRequest, BatchError>,
}

/// Why a line of a batch is no query.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
    /// The line is not JSON.
    #[error("no JSON: {what}; write one object a line, as in {{\"id\": \"q1\", \"query\": \"thu hồi đất\", \"year\": 2024}}")]
    NoJson {
        /// What the parser says.
        what: String,
    },
    /// The line is JSON, and no object.
    #[error("no JSON object; write {{\"query\": \"thu hồi đất\"}}")]
    NoObject,
    /// The line holds bytes that are not UTF-8.
    #[error("not UTF-8; write the file in UTF-8")]
    NoUtf8,
    /// Neither a query nor a filter.
    #[error("nothing is asked; give a query, or a filter")]
    NothingAsked,
    /// A value is an object, or a list with more than texts and numbers.
    #[error("{name}: neither text, number, true, false nor a list of texts")]
    NoText {
        /// The key.
        name: String,
    },
    /// A row has more cells than the header.
    #[error("{found} cells under a header of {columns}; put a cell that holds the separator between quotation marks")]
    TooManyCells {
        /// Cells of the row.
        found: usize,
        /// Those of the header.
        columns: usize,
    },
    /// A cell begins with a quotation mark, and none ends it.
    #[error("a quotation mark opens a cell and none closes it; close it, and double those within the cell")]
    OpenQuote,
    /// An earlier line has the same id.
    #[error("the id {id:?} stands on line {line} too; answers could not be told apart")]
    RepeatedId {
        /// The id.
        id: String,
        /// The line that had it first.
        line: u64,
    },
    /// A field or a value cannot be used.
    #[error(transparent)]
    Typed(#[from] TypedError),
}

/// The names of the id, which is no part of what is asked.
pub(super) const IDS: [&str; 2] = ["id", "name"];

/// Reads the queries of a batch, in the order of the file.
pub fn read_batch(bytes: &[u8], format: BatchFormat) -> Vec<BatchLine> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = match format {
        BatchFormat::Lines => each_line(text).map(|(line, text)| plain(line, text)).collect(),
        BatchFormat::JsonLines => each_line(text).map(|(line, text)| json(line, text)).collect(),
        BatchFormat::Csv => table(text, separator(text)),
        BatchFormat::Tsv => table(text, b'\t'),
    };
    refuse_no_utf8(&mut lines, bytes);
    refuse_repeated_ids(&mut lines);
    for line in lines.iter_mut().filter(|line| line.asked.as_ref().is_ok_and(|asked| *asked == TypedRequest::default())) {
        line.asked = Err(BatchError::NothingAsked);
    }
    lines
}

/// The lines that are not blank, with their numbers.
fn each_line(text: &str) -> impl Iterator<Item = (u64, &str)> {
    (1..).zip(text.split('\n')).filter(|(_, line)| !line.trim().is_empty())
}

fn plain(line: u64, text: &str) -> BatchLine {
    let typed = TypedRequest { query: Some(text.trim().to_owned()), ..TypedRequest::default() };
    BatchLine { line, id: line.to_string(), asked: Ok(typed) }
}

/// What stands in another encoding would be looked for as something else.
fn refuse_no_utf8(lines: &mut [BatchLine], bytes: &[u8]) {
    let damaged = (1..).zip(bytes.split(|&byte| byte == b'\n')).filter(|(_, line)| std::str::from_utf8(line).is_err());
    let damaged: HashSet<u64> = damaged.map(|(line, _)| line).collect();
    for line in lines.iter_mut().filter(|line| damaged.contains(&line.line)) {
        line.asked = Err(BatchError::NoUtf8);
    }
}

/// Ids are what answers are told apart by: the first that has one keeps it.
fn refuse_repeated_ids(lines: &mut [BatchLine]) {
    let mut first: HashMap<String, u64> = HashMap::new();
    for line in lines {
        let earlier = *first.entry(line.id.clone()).or_insert(line.line);
        if earlier != line.line && line.asked.is_ok() {
            line.asked = Err(BatchError::RepeatedId { id: line.id.clone(), line: earlier });
        }
    }
}

// ---------------------------------------------------------------- JSON Lines

fn json(line: u64, text: &str) -> BatchLine {
    let object = match serde_json::from_str(text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(BatchError::NoObject),
        // The parser counts lines within this one.
        Err(error) => Err(BatchError::NoJson { what: error.to_string().replace(" at line 1 column ", " at character ") }),
    };
    let named = |object: &Map<String, Value>| texts(IDS.into_iter().find_map(|name| object.get(name))?);
    let id = object.as_ref().ok().and_then(named).and_then(|texts| texts.into_iter().next());
    BatchLine { line, id: id_or_line(id, line), asked: object.and_then(asked_by) }
}

fn id_or_line(id: Option<String>, line: u64) -> String {
    id.filter(|id| !id.trim().is_empty()).unwrap_or_else(|| line.to_string())
}

fn asked_by(object: Map<String, Value>) -> Result<TypedRequest, BatchError> {
    let mut typed = TypedRequest::default();
    for (name, value) in object {
        let values = texts(&value);
        if IDS.contains(&name.as_str()) {
            values.ok_or(BatchError::NoText { name })?;
        } else {
            let field = TypedField::named(&name)?;
            typed.set(field, values.ok_or(BatchError::NoText { name })?)?;
        }
    }
    Ok(typed)
}

/// A value as texts; `None` for one that holds more than texts, numbers, truths and nulls.
fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::String(text) => Some(vec![text.clone()]),
        Value::Bool(_) | Value::Number(_) => Some(vec![value.to_string()]),
        Value::Array(items) if items.iter().any(|item| item.is_array()) => None,
        Value::Array(items) => items.iter().map(texts).collect::<Option<Vec<_>>>().map(|texts| texts.concat()),
        Value::Object(_) => None,
    }
}

// ---------------------------------------------------------------- CSV

/// Spreadsheets write semicolons where the comma is part of numbers. No name of a column holds either.
pub(super) fn separator(text: &str) -> u8 {
    let header = each_line(text).next().map_or("", |(_, line)| line);
    if header.contains(';') && !header.contains(',') { b';' } else { b',' }
}

fn table(text: &str, separator: u8) -> Vec<BatchLine> {
    let mut rows = rows(text, separator).into_iter();
    let Some(header) = rows.next() else { return Vec::new() };
    let names: Vec<String> = match &header.cells {
        Some(names) => names.iter().map(|name| name.trim().to_lowercase()).collect(),
        None => return vec![BatchLine { line: header.line, id: header.line.to_string(), asked: Err(BatchError::OpenQuote) }],
    };
    rows.map(|row| row.read(&names)).collect()
}

/// A row of a table.
struct Row {
    line: u64,
    /// None where a cell has no end.
    cells: Option<StringRecord>,
}

impl Row {
    fn read(self, names: &[String]) -> BatchLine {
        let Row { line, cells } = self;
        let id = names
            .iter()
            .position(|name| IDS.contains(&name.as_str()))
            .and_then(|column| Some(cells.as_ref()?.get(column)?.trim().to_owned()));
        let asked = cells.ok_or(BatchError::OpenQuote).and_then(|cells| asked_in(&cells, names));
        BatchLine { line, id: id_or_line(id, line), asked }
    }
}

fn asked_in(cells: &StringRecord, names: &[String]) -> Result<TypedRequest, BatchError> {
    let is_blank = |cell: &str| cell.trim().is_empty();
    if cells.iter().skip(names.len()).any(|cell| !is_blank(cell)) {
        return Err(BatchError::TooManyCells { found: cells.len(), columns: names.len() });
    }
    let mut typed = TypedRequest::default();
    for (name, cell) in names.iter().zip(cells).filter(|(name, cell)| !IDS.contains(&name.as_str()) && !is_blank(cell)) {
        let field = TypedField::named(name)?;
        match field.is_list() {
            true => typed.set(field, cell.split(';').map(|value| value.trim().to_owned()))?,
            false => typed.set(field, [cell.trim().to_owned()])?,
        }
    }
    Ok(typed)
}

/// A row of its own behind the last: if it is not read as one, a quotation mark is still open.
const END: &str = "\u{4}";

/// Where rows begin, with their cells: none for one with an open quotation mark.
type Found = Vec<(usize, Option<StringRecord>)>;

/// The rows that are not blank. One with an open quotation mark ends with its line, so that it swallows no others; behind it, where
/// what is a row has become a guess, every line is one. So nothing is read more than twice.
fn rows(text: &str, separator: u8) -> Vec<Row> {
    let mut found = records(text, separator);
    if let Some((open, None)) = found.last() {
        let behind = text[*open..].find('\n').map_or(text.len(), |end| open + end + 1);
        found.extend(lines_alone(&text[behind..], separator).into_iter().map(|(start, cells)| (behind + start, cells)));
    }
    let (mut line, mut counted) = (1, 0);
    let of_row = |(start, cells): (usize, Option<StringRecord>)| {
        line += text[counted..start].matches('\n').count() as u64;
        counted = start;
        Row { line, cells }
    };
    found.into_iter().map(of_row).collect()
}

/// The records of a text that are not blank; the last may be open.
fn records(text: &str, separator: u8) -> Found {
    let ended = format!("{text}\n{END}");
    let reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(ended.as_bytes());
    // The text is UTF-8 and rows may be of any length, so nothing can be wrong with one.
    let mut records: Vec<StringRecord> = reader.into_records().flatten().collect();
    let open = records.pop().filter(|last| last.as_slice() != END);
    let start = |cells: &StringRecord| {
        // The reader is where the last record ends, before line ends that belong to none.
        let behind = ended[cells.position().map_or(0, |position| position.byte() as usize)..].trim_start_matches(['\r', '\n']);
        ended.len() - behind.len()
    };
    let is_filled = |cells: &StringRecord| cells.iter().any(|cell| !cell.trim().is_empty());
    let closed = records.into_iter().filter(is_filled).map(|cells| (start(&cells), Some(cells)));
    closed.chain(open.iter().map(|cells| (start(cells), None))).collect()
}

/// The same of lines that are records of their own, whatever quotation marks are open.
fn lines_alone(text: &str, separator: u8) -> Found {
    let (mut closed, mut found) = (String::with_capacity(text.len()), Found::new());
    for line in text.split_inclusive('\n') {
        if is_open(line, separator) {
            found.push((closed.len(), None));
            // A blank record, so that places stay what they are: to read each line by a reader of its own takes a tenth of a millisecond.
            closed.extend(iter::repeat_n(' ', line.len() - 1).chain(['\n']));
        } else {
            closed.push_str(line);
        }
    }
    found.extend(records(&closed, separator));
    found.sort_by_key(|(start, _)| *start);
    found
}

/// Whether a cell of a line begins with a quotation mark that nothing in the line closes.
fn is_open(line: &str, separator: u8) -> bool {
    let mut cells = Some(line);
    while let Some(mut rest) = cells {
        if let Some(mut quoted) = rest.strip_prefix('"') {
            // Up to a mark that is not doubled.
            rest = loop {
                match quoted.split_once('"') {
                    None => return true,
                    Some((_, behind)) => match behind.strip_prefix('"') {
                        Some(further) => quoted = further,
                        None => break behind,
                    },
                }
            };
        }
        cells = rest.split_once([char::from(separator), '\r']).map(|(_, next)| next);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    /// Line, id, and the request or the beginning of the error, as one text.
    fn shown(text: &str, format: BatchFormat) -> Vec<String> {
        let show = |line: BatchLine| match line.asked {
            Ok(TypedRequest { query, province, year, limit, .. }) => {
                let limit = limit.map(|limit| format!(" limit {limit}")).unwrap_or_default();
                format!("{} {}: {} {province:?} {year:?}{limit}", line.line, line.id, query.unwrap_or_default())
            }
            Err(error) => format!("{} {}! {error}", line.line, line.id),
        };
        read_batch(text.as_bytes(), format).into_iter().map(show).collect()
    }

    fn check(text: &str, format: BatchFormat, expected: &[&str]) {
        let found = shown(text, format);
        assert_eq!(found.len(), expected.len(), "{found:#?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.starts_with(expected), "{found:?} is not {expected:?}");
        }
    }

    #[test]
    fn the_name_of_a_file_tells_how_it_is_written() {
        let cases = [
            ("câu hỏi.jsonl", BatchFormat::JsonLines),
            ("a.NDJSON.zst", BatchFormat::JsonLines),
            ("a.csv", BatchFormat::Csv),
            ("A.TSV.gz", BatchFormat::Tsv),
            ("a.txt", BatchFormat::Lines),
            ("csv", BatchFormat::Lines),
        ];
        for (name, expected) in cases {
            assert_eq!(BatchFormat::of(name), expected, "{name}");
        }
    }

    #[test]
    fn plain_lines_are_queries_whatever_stands_in_them() {
        let text = "\u{feff}thu hồi đất\r\n\n  \n{\"a\": 1\n\"nông thôn mới\", năm 2024";
        let expected = ["1 1: thu hồi đất [] []", "4 4: {\"a\": 1 [] []", "5 5: \"nông thôn mới\", năm 2024 [] []"];
        check(text, BatchFormat::Lines, &expected);
    }

    #[test]
    fn json_lines_split_at_line_feeds_only_and_bad_ones_are_told() {
        let text = "\u{feff}{\"id\": \"a\", \"query\": \"thu\u{2028}hồi\", \"province\": [\"Huế\", \"Đà Nẵng\"], \"year\": 2024}\r\n\n\
                    {\"text\": \"đất\", \"limit\": 5, \"official\": null}\n{\"id\": 7, \"query\"\n[1]\n{\"id\": \"b\", \"provnce\": \"Huế\"}\n\
                    {\"id\": \"a\", \"query\": \"x\"}\n{\"query\": {\"a\": 1}}\n{\"query\": [\"a\", [\"b\"]]}\n{}";
        let expected = [
            "1 a: thu\u{2028}hồi [\"Huế\", \"Đà Nẵng\"] [\"2024\"]",
            "3 3: đất [] [] limit 5",
            "4 4! no JSON: EOF while parsing an object at character 17;",
            "5 5! no JSON object",
            "6 b! no field is called \"provnce\"; there are",
            "7 a! the id \"a\" stands on line 1 too",
            "8 8! query: neither text",
            "9 9! query: neither text",
            "10 10! nothing is asked",
        ];
        check(text, BatchFormat::JsonLines, &expected);
    }

    #[test]
    fn csv_rows_have_the_names_of_their_header_and_the_numbers_of_their_lines() {
        let text = "\u{feff}ID,Query,province,year,note\r\nq1,thu hồi đất,Huế; Đà Nẵng,2024\r\n\r\n\r\nq2,\"một\r\nhai, ba\",,,\r\n\
                    ,\"\"\"nông thôn mới\"\"\"\r\nq4,một, hai,,,x\r\nq5,một,,,chú thích\r\n,,,\r\nq6,cuối";
        let expected = [
            "2 q1: thu hồi đất [\"Huế\", \"Đà Nẵng\"] [\"2024\"]",
            "5 q2: một\r\nhai, ba [] []",
            "7 7: \"nông thôn mới\" [] []",
            "8 q4! 6 cells under a header of 5",
            "9 q5! no field is called \"note\"",
            "11 q6: cuối [] []",
        ];
        check(text, BatchFormat::Csv, &expected);
        check(&text.replace("\r\n", "\n"), BatchFormat::Csv, &expected.map(|row| row.replace("\r\n", "\n")).each_ref().map(String::as_str));
    }

    #[test]
    fn other_separators_are_told_by_header_and_ending() {
        check("query;year\nhọp, bàn;2024\n", BatchFormat::Csv, &["2 2: họp, bàn [] [\"2024\"]"]);
        check("query\tprovince\nhọp, bàn\tHuế;Cà Mau\n", BatchFormat::Tsv, &["2 2: họp, bàn [\"Huế\", \"Cà Mau\"] []"]);
    }

    #[test]
    fn an_open_quotation_mark_costs_one_row() {
        let text = "query,year\nmột,2024\n\"hai,2025\nba,2026\nbốn \"\"x\"\",2027";
        let expected = ["2 2: một", "3 3! a quotation mark opens a cell", "4 4: ba [] [\"2026\"]", "5 5: bốn \"\"x\"\" [] [\"2027\"]"];
        check(text, BatchFormat::Csv, &expected);
        check("\"query\nx", BatchFormat::Csv, &["1 1! a quotation mark opens a cell"]);
        check("query\n\"", BatchFormat::Csv, &["2 2! a quotation mark"]);
        // What the open row would have swallowed is read line by line.
        let text = "query,year\n\nmột\",\"2024\r\nhai\",\"2025\r\n\r\nba,\nbốn,2026";
        let expected = ["3 3! a quotation mark", "4 4! a quotation mark", "6 6: ba", "7 7: bốn [] [\"2026\"]"];
        check(text, BatchFormat::Csv, &expected);
    }

    #[test]
    fn a_line_is_open_where_the_reader_finds_no_end() {
        const LETTERS: [char; 4] = ['"', ',', 'a', '\r'];
        for number in 0..LETTERS.len().pow(6) {
            let line: String = (0..6).map(|place| LETTERS[number / LETTERS.len().pow(place) % LETTERS.len()]).collect();
            let is_read_open = matches!(records(&line, b',').last(), Some((_, None)));
            assert_eq!(is_open(&line, b','), is_read_open, "{line:?}");
        }
    }

    #[test]
    fn a_hundred_thousand_open_quotation_marks_are_told_at_once() {
        const ROWS: usize = 100_000;
        let text = format!("query,year\n{}", "y\",\"\n".repeat(ROWS));
        let began = Instant::now();
        let lines = read_batch(text.as_bytes(), BatchFormat::Csv);
        let taken = began.elapsed();
        assert!(lines.len() == ROWS && lines.iter().all(|line| line.asked == Err(BatchError::OpenQuote)));
        // If each read all that follows, it would be minutes.
        assert!(taken < Duration::from_secs(10), "{taken:?}");
    }

    #[test]
    fn a_line_that_is_damaged_or_empty_leaves_the_others_alone() {
        let bytes = [b"thu h\xE1\xBB\x93i\n".as_slice(), b"\xff\xfe\n", b"thanh tra"].concat();
        let asked: Vec<_> = read_batch(&bytes, BatchFormat::Lines).into_iter().map(|line| line.asked.map(|asked| asked.query)).collect();
        assert_eq!(asked, [Ok(Some("thu hồi".to_owned())), Err(BatchError::NoUtf8), Ok(Some("thanh tra".to_owned()))]);
        let expected = ["1 x! nothing is asked", "2 y! nothing is asked", "3 z:  [\"Huế\"] []"];
        check(
            "{\"id\": \"x\"}\n{\"id\": \"y\", \"query\": null}\n{\"id\": \"z\", \"province\": \"Huế\"}",
            BatchFormat::JsonLines,
            &expected,
        );
    }

    #[test]
    fn no_text_is_a_batch_without_queries() {
        for format in [BatchFormat::Lines, BatchFormat::JsonLines, BatchFormat::Csv, BatchFormat::Tsv] {
            for text in ["", "\n\n", "\u{feff}", " \r\n"] {
                check(text, format, &[]);
            }
        }
    }
}
