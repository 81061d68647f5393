//! What differs between two states of an archive → CSV, a row for each value that changed, and one for each article that was added or removed.

use super::exporter::Style;
use super::table::Rows;
use crate::search::{ArticleDiff, ValueChange};
use std::io::{self, Write};

const COLUMNS: [&str; 10] = ["change", "id", "title", "collection", "path", "field", "before", "after", "rules_before", "rules_after"];

/// Changed values, one a row.
pub struct DiffRows<W: Write> {
    rows: Rows<W>,
}

impl<W: Write> DiffRows<W> {
    /// Writes the header.
    pub fn begin(writer: W) -> io::Result<DiffRows<W>> {
        Ok(DiffRows { rows: Rows::begin(writer, Style::Plain, &COLUMNS)? })
    }

    /// Writes the rows of an article.
    pub fn write(&mut self, article: &ArticleDiff) -> io::Result<()> {
        let ArticleDiff { change, id, title, collection, path, values } = article;
        let front = [change.name().to_owned(), id.to_string(), title.clone(), collection.clone(), path.clone()];
        if values.is_empty() {
            return self.rows.write(&[front.as_slice(), &["", "", "", "", ""].map(str::to_owned)].concat());
        }
        values.iter().try_for_each(|value| {
            let ValueChange { field, before, after, rules_before, rules_after } = value;
            let said = |words: &Option<String>| words.clone().unwrap_or_default();
            let own = [field.name().to_owned(), said(before), said(after), rules_before.join("; "), rules_after.join("; ")];
            self.rows.write(&[front.as_slice(), &own].concat())
        })
    }

    /// Writes out what is buffered.
    pub fn end(self) -> io::Result<()> {
        self.rows.end()
    }
}
