//! Hits → a file in one of the forms of [`Format`].
//!
//! A [`Form`] says what stands for a hit, whatever stands before and behind it, so that hits can be written on all cores; an [`Exporter`] puts
//! that one after the other. Neither holds more than a hit, so that an export of a whole archive takes no more memory than a page of it.

use super::citation::Citation;
use super::column::{Cell, Column, Record, Row};
use super::columns::{ARTICLE_COLUMNS, BODY, SNIPPET};
use super::escape::{escape_cell, json_line, neutralised};
use super::offsets::{Offsets, in_characters};
use super::table::RowOf;
use super::{Format, bibtex, csl, ris};
use crate::search::{Hit, Request};
use std::io::{self, Write};
use thiserror::Error;

/// What makes UTF-8 known as such to spreadsheets.
pub(super) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What a file of hits looks like.
pub struct Form {
    format: Format,
    rows_of: RowOf,
    /// Of CSV: its columns. Of JSON Lines: the names of flat records; empty for hits as the contract has them.
    columns: Vec<&'static Column>,
    style: Style,
    offsets: Offsets,
}

/// How CSV is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// UTF-8 as it is.
    #[default]
    Plain,
    /// For spreadsheets: with a byte order mark, and nothing in it that would be carried out as a formula.
    Excel,
}

/// Fields that a file cannot have.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FieldError {
    /// There is none of that name.
    #[error("there is no field {name:?}; there are {}", Form::all_fields())]
    Unknown {
        /// As given.
        name: String,
    },
    /// It was given twice.
    #[error("the field {name:?} is given twice; give each once")]
    Repeated {
        /// As given.
        name: String,
    },
    /// The form has no fields to choose from.
    #[error("{} has no fields to choose from; csv and jsonl have", .format.name())]
    OfReferences {
        /// The form.
        format: Format,
    },
}

/// The columns of articles by their names, in the order given.
pub(super) fn article_columns(fields: &[String]) -> Result<Vec<&'static Column>, FieldError> {
    let mut columns: Vec<&'static Column> = Vec::new();
    for name in fields {
        let column = ARTICLE_COLUMNS.iter().find(|column| column.name == name.trim());
        let column = column.ok_or_else(|| FieldError::Unknown { name: name.clone() })?;
        if columns.iter().any(|other| other.name == column.name) {
            return Err(FieldError::Repeated { name: name.clone() });
        }
        columns.push(column);
    }
    Ok(columns)
}

impl Form {
    /// The form of a name; as CSV, with a row for each of what is said.
    pub fn new(format: Format, rows_of: RowOf) -> Form {
        let columns = if format == Format::Csv { rows_of.columns() } else { Vec::new() };
        Form { format, rows_of, columns, style: Style::Plain, offsets: Offsets::Bytes }
    }

    /// The form in which `search` answers a request.
    pub fn answer_to(request: &Request, format: Format) -> Form {
        Form::new(format, RowOf::answer_to(request))
    }

    /// Only these fields of articles, in this order: the columns of CSV; JSON Lines become flat records of them.
    ///
    /// # Errors
    /// [`FieldError`].
    pub fn with_fields(self, fields: &[String]) -> Result<Form, FieldError> {
        if self.format.is_of_references() {
            return Err(FieldError::OfReferences { format: self.format });
        }
        Ok(Form { columns: article_columns(fields)?, rows_of: RowOf::Hit, ..self })
    }

    /// CSV written so.
    pub fn with_style(self, style: Style) -> Form {
        Form { style, ..self }
    }

    /// Spans counted so.
    pub fn with_offsets(self, offsets: Offsets) -> Form {
        Form { offsets, ..self }
    }

    /// The names that [`Form::with_fields`] knows, with commas between.
    pub fn all_fields() -> String {
        ARTICLE_COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
    }

    /// The names of its fields, where it has fields.
    pub fn fields(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().map(|column| column.name)
    }

    /// The request, with all in its hits that the form writes, and nothing that it would leave out.
    pub fn asked(&self, request: &Request) -> Request {
        let has = |name: &str| self.columns.iter().any(|column| column.name == name);
        let is_of_hits = self.format == Format::Jsonl && self.columns.is_empty();
        let whole = has(BODY) || self.offsets == Offsets::Characters;
        match is_of_hits {
            true => Request { whole, ..request.clone() },
            false => Request { max_snippets: usize::from(has(SNIPPET)), facets: Vec::new(), explain: false, whole, ..request.clone() },
        }
    }

    /// What stands in the file for a hit.
    pub fn piece(&self, hit: Hit) -> Vec<u8> {
        let hit = match self.offsets {
            Offsets::Bytes => hit,
            Offsets::Characters => in_characters(hit),
        };
        match self.format {
            Format::Csv => csv(&self.columns, self.rows_of.rows(&hit), self.style),
            Format::Jsonl if self.columns.is_empty() => json(&without_text(hit)),
            Format::Jsonl => {
                let of = |row| json(&Record { columns: &self.columns, row });
                self.rows_of.rows(&hit).flat_map(of).collect()
            }
            Format::Ris => ris::record(&Citation::of(&hit.article)).into_bytes(),
            Format::Bibtex => bibtex::entry(&Citation::of(&hit.article)).into_bytes(),
            Format::CslJson => csl::item(&Citation::of(&hit.article)).into_bytes(),
        }
    }

    /// What the file begins with.
    pub fn head(&self) -> Vec<u8> {
        match self.format {
            Format::Csv => header(&self.columns, self.style),
            Format::CslJson => b"[\n".to_vec(),
            Format::Jsonl | Format::Ris | Format::Bibtex => Vec::new(),
        }
    }

    /// What stands between two pieces.
    pub fn between(&self) -> &'static [u8] {
        match self.format {
            Format::Csv | Format::Jsonl => b"",
            Format::Ris => b"\r\n",
            Format::Bibtex => b"\n",
            Format::CslJson => b",\n",
        }
    }

    /// What it ends with.
    pub fn foot(&self) -> &'static [u8] {
        if self.format == Format::CslJson { b"\n]\n" } else { b"" }
    }
}

/// A hit as the contract has it.
fn without_text(hit: Hit) -> Hit {
    Hit { article: crate::article::Article { body: None, evidence: None, ..hit.article }, ..hit }
}

fn json(value: &impl serde::Serialize) -> Vec<u8> {
    let mut line = json_line(value).into_bytes();
    line.push(b'\n');
    line
}

/// The header of a table, with what stands before it.
pub(super) fn header(columns: &[&'static Column], style: Style) -> Vec<u8> {
    let mut rows = csv_writer();
    write_row(&mut rows, columns.iter().map(|column| column.name));
    let mark = if style == Style::Excel { BYTE_ORDER_MARK } else { "" };
    [mark.as_bytes(), &written(rows)].concat()
}

/// Rows of a table.
pub(super) fn csv<'h>(columns: &[&'static Column], rows: impl Iterator<Item = Row<'h>>, style: Style) -> Vec<u8> {
    let mut csv = csv_writer();
    for row in rows {
        for column in columns {
            let cell = column.cell(&row);
            let written = cell.written();
            let written = if matches!(cell, Cell::Stored(_)) { written } else { escape_cell(&written).into_owned().into() };
            let is_text = matches!(cell, Cell::Text(_) | Cell::Stored(_));
            let written = if style == Style::Excel && is_text { neutralised(&written).into_owned().into() } else { written };
            csv.write_field(written.as_bytes()).expect(MEMORY);
        }
        csv.write_record(None::<&[u8]>).expect(MEMORY);
    }
    written(csv)
}

const MEMORY: &str = "memory can be written to, and no number of cells is asked for";

fn csv_writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().flexible(true).buffer_capacity(1 << 10).from_writer(Vec::new())
}

fn write_row<T: AsRef<[u8]>>(csv: &mut csv::Writer<Vec<u8>>, cells: impl Iterator<Item = T>) {
    csv.write_record(cells).expect(MEMORY);
}

fn written(csv: csv::Writer<Vec<u8>>) -> Vec<u8> {
    csv.into_inner().expect(MEMORY)
}

/// A file that hits are written to, one after the other.
pub struct Exporter<W: Write> {
    form: Form,
    to: W,
    is_empty: bool,
}

impl<W: Write> Exporter<W> {
    /// Begins a file.
    pub fn begin(form: Form, mut to: W) -> io::Result<Exporter<W>> {
        to.write_all(&form.head())?;
        Ok(Exporter { form, to, is_empty: true })
    }

    /// Writes a hit.
    pub fn write(&mut self, hit: Hit) -> io::Result<()> {
        let piece = self.form.piece(hit);
        self.write_piece(&piece)
    }

    /// Writes what the form has made of a hit.
    pub fn write_piece(&mut self, piece: &[u8]) -> io::Result<()> {
        if !std::mem::replace(&mut self.is_empty, false) {
            self.to.write_all(self.form.between())?;
        }
        self.to.write_all(piece)
    }

    /// Writes what the form ends with, and writes out what is buffered. A file that was not ended is not whole.
    pub fn end(mut self) -> io::Result<()> {
        self.to.write_all(self.form.foot())?;
        self.to.flush()
    }
}
