//! A sample → CSV that people code in a spreadsheet: what each article was drawn of, the article, the passage, empty columns.

use super::exporter::Style;
use super::table::{Rows, date};
use crate::search::{Axis, Drawn};
use std::io::{self, Write};

const STRATUM_COLUMNS: [&str; 5] = ["stratum", "stratum_size", "drawn", "population", "weight"];
const ARTICLE_COLUMNS: [&str; 6] = ["id", "date", "title", "source", "url", "snippet"];

/// The columns of a sample that is drawn by these axes, before those for codes: `stratum`, a column for each axis, `stratum_size`, `drawn`,
/// `population`, `weight`, `id`, `date`, `title`, `source`, `url`, `snippet`.
pub fn sample_columns(by: &[Axis]) -> Vec<&'static str> {
    let [stratum, numbers @ ..] = &STRATUM_COLUMNS;
    let axes = by.iter().map(|axis| axis.name());
    std::iter::once(*stratum).chain(axes).chain(numbers.iter().copied()).chain(ARTICLE_COLUMNS).collect()
}

/// A sample, one article a row.
pub struct SampleRows<W: Write> {
    rows: Rows<W>,
    codes: usize,
}

impl<W: Write> SampleRows<W> {
    /// Writes the header; `codes` are the columns that are left empty.
    pub fn begin(writer: W, style: Style, by: &[Axis], codes: &[String]) -> io::Result<SampleRows<W>> {
        let header = sample_columns(by).into_iter().chain(codes.iter().map(String::as_str)).collect::<Vec<_>>();
        Ok(SampleRows { rows: Rows::begin(writer, style, &header)?, codes: codes.len() })
    }

    /// Writes the row of an article.
    pub fn write(&mut self, drawn: &Drawn) -> io::Result<()> {
        let Drawn { stratum, population, article, snippet } = drawn;
        let one_line = |text: &str| text.replace('\n', " ");
        let front = std::iter::once(stratum.name()).chain(stratum.values.iter().map(|value| value.label.clone()));
        let cells = [
            stratum.size.to_string(),
            stratum.drawn.to_string(),
            population.to_string(),
            format!("{:.6}", stratum.weight()),
            article.id.to_string(),
            date(&article.dates.event),
            article.title.clone(),
            article.source.as_ref().map(|source| source.name.clone()).unwrap_or_default(),
            article.url.clone().unwrap_or_default(),
            snippet.as_ref().map(|snippet| one_line(&snippet.text)).unwrap_or_default(),
        ];
        let codes = std::iter::repeat_n(String::new(), self.codes);
        self.rows.write(&front.chain(cells).chain(codes).collect::<Vec<_>>())
    }

    /// Writes out what is buffered.
    pub fn end(self) -> io::Result<()> {
        self.rows.end()
    }
}
