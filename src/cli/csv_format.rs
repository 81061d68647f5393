//! What only the command line writes as CSV: the answers to a batch, the counts of a facet, bars over time.

use super::output::Output;
use crate::error::Error;
use crate::export::{RowOf, Rows, Style};
use crate::search::{FacetCounts, FacetValue, Histogram, Hit, RemainderRow, Response};
use std::io::Write;

const QUERY_COLUMNS: [&str; 7] = ["query_id", "query", "total", "total_stories", "total_phrase", "total_loose", "error"];

/// The answers to a batch: rows behind what is known of their query, and one for each query without any.
pub(super) struct BatchRows<'a> {
    rows: Rows<&'a mut dyn Write>,
    of: RowOf,
}

impl<'a> BatchRows<'a> {
    /// Writes the header.
    pub fn begin(of: RowOf, output: &'a mut Output) -> Result<BatchRows<'a>, Error> {
        Ok(BatchRows {
            rows: Rows::begin(
                output.raw(),
                Style::Plain,
                &[QUERY_COLUMNS.as_slice(), &of.columns().iter().map(|column| column.name).collect::<Vec<_>>()].concat(),
            )?,
            of,
        })
    }

    /// The rows of a query, by an answer with its totals.
    pub fn of_query<'b>(&'b mut self, id: &str, query: &str, totals: &Response) -> QueryRows<'b, 'a> {
        let known = |total: Option<u64>| total.map(|total| total.to_string()).unwrap_or_default();
        let totals = [Some(totals.total), Some(totals.total_stories), totals.total_phrase, totals.total_loose].map(known);
        let [total, total_stories, total_phrase, total_loose] = totals;
        let front = [id.to_owned(), query.to_owned(), total, total_stories, total_phrase, total_loose, String::new()];
        QueryRows { batch: self, front, is_empty: true }
    }

    /// The row of a query that could not be answered.
    pub fn refuse(&mut self, id: &str, query: &str, error: &str) -> Result<(), Error> {
        self.alone(&[id, query, "", "", "", "", error])
    }

    /// What is known of a query without further rows.
    fn alone(&mut self, front: &[impl AsRef<str>]) -> Result<(), Error> {
        let columns = self.of.columns();
        let blank = columns.iter().map(|_| "");
        Ok(self.rows.write(&front.iter().map(AsRef::as_ref).chain(blank).collect::<Vec<_>>())?)
    }

    pub fn end(self) -> Result<(), Error> {
        Ok(self.rows.end()?)
    }
}

/// The rows of one query.
pub(super) struct QueryRows<'b, 'a> {
    batch: &'b mut BatchRows<'a>,
    front: [String; QUERY_COLUMNS.len()],
    is_empty: bool,
}

impl QueryRows<'_, '_> {
    pub fn write(&mut self, hit: &Hit) -> Result<(), Error> {
        self.batch.of.written(hit).try_for_each(|row| {
            self.is_empty = false;
            Ok(self.batch.rows.write(&[self.front.as_slice(), &row].concat())?)
        })
    }

    /// Writes the totals of a query of which no row was written.
    pub fn end(self) -> Result<(), Error> {
        if self.is_empty { self.batch.alone(&self.front) } else { Ok(()) }
    }
}

/// Every value and remainder row of a facet, parents before their children.
pub(super) fn facet(counts: &FacetCounts, output: &mut Output) -> Result<(), Error> {
    let mut table = Vec::new();
    for value in &counts.values {
        value_rows(value, 1, &mut table);
    }
    remainder_rows(&counts.remainder, 1, &mut table);
    let mut rows = Rows::begin(output.raw(), Style::Plain, &["level", "path", "label", "count"])?;
    table.iter().try_for_each(|row| rows.write(row))?;
    Ok(rows.end()?)
}

/// A row for each bar, then one for each kind of date that stands in none; those have no first and last day and no count of the archive.
pub(super) fn histogram(answer: &Histogram, output: &mut Output) -> Result<(), Error> {
    let mut rows = Rows::begin(output.raw(), Style::Plain, &["path", "label", "from", "to", "count", "archive"])?;
    for bar in &answer.bars {
        let (from, to) = (bar.from.to_string(), bar.to.to_string());
        rows.write(&[bar.path.as_str(), &bar.label, &from, &to, &bar.count.to_string(), &bar.archive.to_string()])?;
    }
    for row in answer.in_no_bar() {
        rows.write(&[row.kind.as_str(), &row.label, "", "", &row.count.to_string(), ""])?;
    }
    Ok(rows.end()?)
}

fn value_rows(value: &FacetValue, level: usize, table: &mut Vec<Vec<String>>) {
    table.push(vec![level.to_string(), value.path.clone(), value.label.clone(), value.count.to_string()]);
    for child in &value.children {
        value_rows(child, level + 1, table);
    }
    remainder_rows(&value.remainder, level + 1, table);
}

fn remainder_rows(remainder: &[RemainderRow], level: usize, table: &mut Vec<Vec<String>>) {
    table.extend(remainder.iter().map(|row| vec![level.to_string(), row.kind.clone(), row.label.clone(), row.count.to_string()]));
}
