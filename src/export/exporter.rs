//! Hits, one after the other → a file in one of the forms of [`Format`], written as they come.
//!
//! Holds one hit at a time, so that an export of a whole archive takes no more memory than a page of it.

use super::citation::Citation;
use super::escape::json_line;
use super::table::{HitRows, RowOf};
use super::{Format, bibtex, csl, ris};
use crate::search::Hit;
use std::io::{self, Write};

/// A file that hits are written to.
pub struct Exporter<W: Write> {
    file: File<W>,
}

enum File<W: Write> {
    Rows(Box<HitRows<W>>),
    Lines(W),
    References(References<W>),
}

/// References, and how they stand in a file.
struct References<W: Write> {
    to: W,
    entry: fn(&Citation) -> String,
    between: &'static str,
    close: &'static str,
    is_empty: bool,
}

impl<W: Write> Exporter<W> {
    /// Begins a file of hits.
    pub fn begin(format: Format, writer: W) -> io::Result<Exporter<W>> {
        Exporter::begin_rows(RowOf::Hit, format, writer)
    }

    /// Begins a file in which, as CSV, rows are of what is said; the other forms know hits alone.
    pub fn begin_rows(of: RowOf, format: Format, mut writer: W) -> io::Result<Exporter<W>> {
        let (open, entry, between, close): (&str, fn(&Citation) -> String, _, _) = match format {
            Format::Csv => return Ok(Exporter { file: File::Rows(Box::new(HitRows::begin(of, writer)?)) }),
            Format::Jsonl => return Ok(Exporter { file: File::Lines(writer) }),
            Format::Ris => ("", ris::record, "\r\n", ""),
            Format::Bibtex => ("", bibtex::entry, "\n", ""),
            Format::CslJson => ("[\n", csl::item, ",\n", "\n]\n"),
        };
        writer.write_all(open.as_bytes())?;
        Ok(Exporter { file: File::References(References { to: writer, entry, between, close, is_empty: true }) })
    }

    /// Writes a hit.
    pub fn write(&mut self, hit: &Hit) -> io::Result<()> {
        match &mut self.file {
            File::Rows(rows) => rows.write(hit),
            File::Lines(to) => writeln!(to, "{}", json_line(hit)),
            File::References(references) => references.write(&Citation::of(&hit.article)),
        }
    }

    /// Writes what the form ends with, and writes out what is buffered. A file that was not ended is not whole.
    pub fn end(self) -> io::Result<()> {
        match self.file {
            File::Rows(rows) => rows.end(),
            File::Lines(mut to) => to.flush(),
            File::References(References { mut to, close, .. }) => {
                to.write_all(close.as_bytes())?;
                to.flush()
            }
        }
    }
}

impl<W: Write> References<W> {
    fn write(&mut self, citation: &Citation) -> io::Result<()> {
        if !std::mem::replace(&mut self.is_empty, false) {
            self.to.write_all(self.between.as_bytes())?;
        }
        self.to.write_all((self.entry)(citation).as_bytes())
    }
}
