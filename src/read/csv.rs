//! A table with a header → one article a row, as a stream: columns are told by their names, as the fields of an object are.
//!
//! Rows end at a line end that stands outside quotation marks. Where a quotation mark is never closed, or closed by one that was to open
//! another cell, its row is broken, and the next line is a row again: one slip does not swallow the file.

use super::record::{Place, Record};
use super::reread::Reread;
use super::settings::FolderSettings;
use super::unpack::{self, Unpacked};
use super::{Limits, Sink, Skip, SkipReason, SourceFile, encoding, fields};
use std::io::{self, BufRead};
use std::ops::ControlFlow;

/// What may separate columns; where the header has as many of two, the first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Most columns, and the longest header that is shown whole.
const MAX_COLUMNS: usize = 1000;
const MAX_SHOWN_BYTES: usize = 300;

/// Reads every row below the header; a bad one is a skip of its own. The number of a record is that of its row, from 0.
///
/// `separator` is none where the header tells it.
pub fn read(file: &SourceFile, stream: &mut dyn BufRead, separator: Option<u8>, limits: &Limits, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let is_wide = match stream.fill_buf() {
        Ok(head) => encoding::is_utf16(head),
        Err(error) => return sink(Err(unpack::broken(file, &error))),
    };
    if !is_wide {
        return Table { file, limits, rows: Rows::new(stream, limits.max_record_bytes) }.read(separator, sink);
    }
    // Brought to UTF-8 as a whole, so that separators are single bytes.
    let Unpacked { bytes, damage } = match unpack::read_bounded(file, stream, limits.max_file_bytes) {
        Ok(whole) => whole,
        Err(skip) => return sink(Err(skip)),
    };
    let text = encoding::decode_source(&bytes).text.into_owned();
    Table { file, limits, rows: Rows::new(&mut text.as_bytes(), limits.max_record_bytes) }.read(separator, sink)?;
    damage.map_or(ControlFlow::Continue(()), |error| sink(Err(unpack::broken(file, &error))))
}

struct Table<'a> {
    file: &'a SourceFile,
    limits: &'a Limits,
    rows: Rows<'a>,
}

impl Table<'_> {
    fn read(mut self, separator: Option<u8>, sink: &mut Sink<'_>) -> ControlFlow<()> {
        let (file, settings) = (self.file, &self.file.settings);
        let (header, separator) = match self.header(separator) {
            Ok(Some(found)) => found,
            Ok(None) => return sink(Err(Skip::file(file, SkipReason::Empty, ""))),
            Err(skip) => return sink(Err(skip)),
        };
        let columns: Vec<_> = header.iter().map(|name| settings.field(name)).collect();
        if !columns.iter().flatten().any(|(field, _)| is_text(*field)) {
            let found: String = header.join(", ").chars().take(MAX_SHOWN_BYTES).collect();
            let detail =
                format!("no column is a title, lead, body or text; the header has: {found}. [fields] in a tracuu.toml says what they are");
            return sink(Err(Skip::file(file, SkipReason::NoText, &detail)));
        }
        let mut number = 0;
        loop {
            let place = Place { record: number, byte_offset: self.rows.stream.offset() };
            let outcome = match self.rows.next(separator) {
                Err(error) => return sink(Err(unpack::broken(file, &error))),
                Ok(RowEnd::Over) => break,
                Ok(RowEnd::Row) if self.rows.row.iter().all(u8::is_ascii_whitespace) => continue,
                Ok(RowEnd::Row) => article(file, settings, place, &columns, &self.rows.row, separator),
                Ok(RowEnd::Unclosed) => Err(Skip::record(file, number, SkipReason::Broken, "a quotation mark is never closed")),
                Ok(RowEnd::Oversized) => {
                    let detail = format!("a row longer than {} bytes", self.limits.max_record_bytes);
                    Err(Skip::record(file, number, SkipReason::Oversized, &detail))
                }
            };
            sink(outcome)?;
            number += 1;
        }
        if number > 0 { ControlFlow::Continue(()) } else { sink(Err(Skip::file(file, SkipReason::Empty, "a header without rows"))) }
    }

    /// The names of the columns and what separates them.
    fn header(&mut self, separator: Option<u8>) -> Result<Option<(Vec<String>, u8)>, Skip> {
        let mut said = separator;
        loop {
            // With no separator known, none can open a quotation mark within a line: a header of several lines begins with one.
            match self.rows.next(said.unwrap_or(b',')) {
                Err(error) => return Err(unpack::broken(self.file, &error)),
                Ok(RowEnd::Over) => return Ok(None),
                Ok(RowEnd::Row) => {}
                Ok(RowEnd::Unclosed | RowEnd::Oversized) => {
                    return Err(Skip::file(
                        self.file,
                        SkipReason::Broken,
                        "the header has no end: a quotation mark is never closed, or it is too long",
                    ));
                }
            }
            let row = &self.rows.row;
            if encoding::is_binary(row) {
                return Err(Skip::file(self.file, SkipReason::Binary, ""));
            }
            if row.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            // Excel's own note of the separator.
            if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', separator] = row[..] {
                said = Some(separator);
                continue;
            }
            let separator = said.unwrap_or_else(|| separator_of(row));
            let text = encoding::decode_source_named(row, self.file.settings.charset).text;
            return Ok(Some((cells(text.trim_start_matches('\u{feff}').as_bytes(), separator), separator)));
        }
    }
}

fn is_text(field: fields::Field) -> bool {
    matches!(field, fields::Field::Title | fields::Field::Lead | fields::Field::Body | fields::Field::Text)
}

/// The separator that a header has most of, outside quotation marks.
fn separator_of(header: &[u8]) -> u8 {
    let mut counts = [0; SEPARATORS.len()];
    let mut quoted = false;
    for byte in header {
        match SEPARATORS.iter().position(|separator| separator == byte) {
            Some(at) if !quoted => counts[at] += 1,
            _ => quoted ^= *byte == b'"',
        }
    }
    let best = (0..SEPARATORS.len()).max_by_key(|&at| (counts[at], std::cmp::Reverse(at))).unwrap_or(0);
    SEPARATORS[best]
}

fn article(
    file: &SourceFile,
    settings: &FolderSettings,
    place: Place,
    columns: &[Option<(fields::Field, fields::Rank)>],
    row: &[u8],
    separator: u8,
) -> Result<crate::article::RawArticle, Skip> {
    let decoded = encoding::decode_source_named(row, settings.charset);
    let mut record = Record::new();
    for (cell, column) in cells(decoded.text.as_bytes(), separator).into_iter().zip(columns) {
        if let (Some(field), false) = (*column, cell.trim().is_empty()) {
            record.set(field, Some(cell));
        }
    }
    record.article(file, place, row, decoded.charset, "no title, lead, body or text in this row")
}

/// The cells of one row, quotation marks taken off.
fn cells(row: &[u8], separator: u8) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(row);
    let mut record = csv::ByteRecord::new();
    // Reading from memory cannot fail, and any bytes are a row.
    let found = reader.read_byte_record(&mut record).unwrap_or(false);
    let cells = record.iter().take(MAX_COLUMNS).map(|cell| String::from_utf8_lossy(cell).into_owned());
    if found { cells.collect() } else { Vec::new() }
}

/// How a row ended.
enum RowEnd {
    Row,
    /// At the end of the file, within quotation marks.
    Unclosed,
    Oversized,
    Over,
}

/// A stream of rows, of bounded length.
struct Rows<'a> {
    stream: Reread<'a>,
    max_bytes: u64,
    /// The row that was read, without its line end.
    row: Vec<u8>,
    /// Whether every line is a row.
    by_line: bool,
}

impl<'a> Rows<'a> {
    fn new(stream: &'a mut dyn BufRead, max_bytes: u64) -> Rows<'a> {
        Rows { stream: Reread::new(stream), max_bytes, row: Vec::new(), by_line: false }
    }

    fn next(&mut self, separator: u8) -> io::Result<RowEnd> {
        self.row.clear();
        let (mut quotes, mut oversized, began) = (Quotes { at: Quote::Start, spans_lines: false }, false, self.stream.offset());
        loop {
            let chunk = self.stream.chunk()?;
            if chunk.is_empty() {
                break;
            }
            let end = if self.by_line { chunk.iter().position(|&byte| byte == b'\n') } else { quotes.row_end(chunk, separator) };
            let taken = end.map_or(chunk.len(), |end| end + 1);
            if self.row.len() as u64 + taken as u64 > self.max_bytes.saturating_add(2) {
                oversized = true;
            } else {
                self.row.extend_from_slice(&chunk[..taken]);
            }
            self.stream.consume(taken);
            if end.is_some() {
                break;
            }
            // A row without measure is one whose quotation mark is open: it ends with the line.
            self.by_line |= oversized && matches!(quotes.at, Quote::Within);
        }
        if !self.by_line && !oversized && matches!(quotes.at, Quote::Within | Quote::Stray) {
            self.cut_at_line();
            return Ok(RowEnd::Unclosed);
        }
        while self.row.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            self.row.pop();
        }
        Ok(match self.stream.offset() - began {
            0 => RowEnd::Over,
            _ if oversized => RowEnd::Oversized,
            _ => RowEnd::Row,
        })
    }

    /// Ends a row that has no end at its first line: what stands behind it is read again, by lines where that was done too often.
    fn cut_at_line(&mut self) {
        let end = self.row.iter().position(|&byte| byte == b'\n').map_or(self.row.len(), |end| end + 1);
        self.stream.give_back(self.row.split_off(end));
        self.by_line = !self.stream.may_give_back(0);
    }
}

/// Where in a cell the reader stands.
#[derive(Clone, Copy)]
enum Quote {
    /// At its beginning: a quotation mark opens.
    Start,
    /// In one without quotation marks: they mean nothing.
    Plain,
    /// Within quotation marks.
    Within,
    /// Behind one that closes, unless another follows.
    Closed,
    /// Behind one that closes a cell of several lines, and the cell goes on: it opened another cell, and one above it is open.
    Stray,
}

/// The quotation marks of a row.
struct Quotes {
    at: Quote,
    spans_lines: bool,
}

impl Quotes {
    /// Goes on through a chunk, up to the line end that ends the row, or to where it is seen that it has none.
    fn row_end(&mut self, chunk: &[u8], separator: u8) -> Option<usize> {
        for (at, &byte) in chunk.iter().enumerate() {
            self.at = match (self.at, byte) {
                (Quote::Start | Quote::Closed, b'"') => Quote::Within,
                (Quote::Within, b'"') => Quote::Closed,
                (Quote::Within, _) => {
                    self.spans_lines |= byte == b'\n';
                    Quote::Within
                }
                (_, b'\n') => {
                    self.at = Quote::Start;
                    return Some(at);
                }
                (_, byte) if byte == separator => Quote::Start,
                (Quote::Closed, b' ' | b'\r') => Quote::Closed,
                (Quote::Closed, _) if self.spans_lines => {
                    self.at = Quote::Stray;
                    return Some(at);
                }
                _ => Quote::Plain,
            };
        }
        None
    }
}
