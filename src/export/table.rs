//! Rows of CSV under a header; of what the rows of an answer are.
//!
//! What stands in front of a row (the query of a batch) is not known here.

use super::column::{Column, Part, Row};
use super::columns::{ARTICLE_COLUMNS, HIT_COLUMNS, MATCH_COLUMNS};
use super::escape::{escape_cell, neutralised};
use super::exporter::{BYTE_ORDER_MARK, Style};
use crate::article::{EventDate, Interval, Precision};
use crate::search::{Hit, Request};
use std::io::{self, Write};

/// Rows under a header, written as they come; control characters and line ends within a cell are escaped.
pub struct Rows<W: Write> {
    csv: csv::Writer<W>,
    style: Style,
}

impl<W: Write> Rows<W> {
    /// Writes the header.
    pub fn begin(mut writer: W, style: Style, header: &[&str]) -> io::Result<Rows<W>> {
        if style == Style::Excel {
            writer.write_all(BYTE_ORDER_MARK.as_bytes())?;
        }
        let mut rows = Rows { csv: csv::Writer::from_writer(writer), style };
        rows.write(header)?;
        Ok(rows)
    }

    /// Writes a row; an error where it has not as many cells as the header.
    pub fn write(&mut self, cells: &[impl AsRef<str>]) -> io::Result<()> {
        let written = |cell: &str| {
            let escaped = escape_cell(cell);
            if self.style == Style::Excel { neutralised(&escaped).into_owned() } else { escaped.into_owned() }
        };
        Ok(self.csv.write_record(cells.iter().map(|cell| written(cell.as_ref())))?)
    }

    /// Writes out what is buffered.
    pub fn end(mut self) -> io::Result<()> {
        self.csv.flush()
    }
}

/// What has a row of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowOf {
    /// A hit.
    Hit,
    /// A match in its context.
    Match,
}

impl RowOf {
    /// What the answer to a request has rows of.
    pub fn answer_to(request: &Request) -> RowOf {
        if request.context.is_some() { RowOf::Match } else { RowOf::Hit }
    }

    /// The columns, if nothing is said.
    pub fn columns(self) -> Vec<&'static Column> {
        match self {
            RowOf::Hit => HIT_COLUMNS.iter().filter_map(|name| ARTICLE_COLUMNS.iter().find(|column| column.name == *name)).collect(),
            RowOf::Match => MATCH_COLUMNS.iter().collect(),
        }
    }

    /// The rows of a hit: one, or one for each of its matches.
    pub(super) fn rows(self, hit: &Hit) -> impl Iterator<Item = Row<'_>> {
        let whole = (self == RowOf::Hit).then_some(Part::Article);
        let lines = hit.context.iter().filter(move |_| self == RowOf::Match).flat_map(|context| &context.lines);
        whole.into_iter().chain(lines.map(Part::Match)).map(move |part| Row { hit, part })
    }

    /// The rows of a hit, each with as many cells as there are columns.
    pub fn written<'h>(self, hit: &'h Hit) -> impl Iterator<Item = Vec<String>> + 'h {
        let columns = self.columns();
        self.rows(hit).map(move |row| columns.iter().map(|column| column.cell(&row).written().into_owned()).collect())
    }
}

/// A date as precise as it is known: `2024-02-29`, `2024-02`, `2024`, else `first/last`.
pub(super) fn date(event: &EventDate) -> String {
    let Some(Interval { from, to }) = event.interval() else { return String::new() };
    match event.precision {
        _ if from == to => from.to_string(),
        Precision::Month if from.first_of_month() == to.first_of_month() => from.strftime("%Y-%m").to_string(),
        Precision::Year if from.year() == to.year() => from.strftime("%Y").to_string(),
        _ => format!("{from}/{to}"),
    }
}
