//! What a search found, for other programs and for the page of a book: tables, lines, references, citations.
//!
//! Input → output: hits, one by one → CSV, JSON Lines, RIS, BibTeX, CSL-JSON, written to any [`std::io::Write`]; an article → how it is
//! cited. Nothing is looked up and nothing decided: which hits, in which order and how many, the request has said.

mod atom;
mod bibtex;
mod chart;
mod citation;
mod codebook;
mod column;
mod columns;
mod counts;
mod csl;
mod date;
mod diff;
mod escape;
mod exporter;
mod figures;
mod in_order;
mod long;
mod offsets;
mod people;
mod ris;
mod sample;
mod sidecar;
mod table;
#[cfg(test)]
mod tests;

pub use atom::{ATOM, Feed, FeedEntry, FeedHead, Xml, place_text, status_text};
pub use chart::{Chart, ChartKind, ChartSeries, MAX_SERIES, blocks};
pub use citation::{Citation, Issued, quotation};
pub use codebook::Written;
pub use column::{ClosedValue, Column, ColumnKind};
pub use columns::{ARTICLE_COLUMNS, MATCH_COLUMNS};
pub use counts::{CellRows, write_rows, write_trend};
pub use date::{DatePart, KnownDate, event_text};
pub use diff::DiffRows;
pub use escape::{escape_cell, escape_json, json_line};
pub use exporter::{Exporter, FieldError, Form, Style};
pub use figures::{FigureError, table_chart, trend_chart};
pub use in_order::InOrder;
pub use long::{LongTable, LongTables};
pub use offsets::Offsets;
pub use people::{write_posts, write_suggestions, write_together};
pub use sample::{SampleRows, sample_columns};
pub use sidecar::{AnswerFile, AnswerSidecar, AnsweredQuery, Files, QueryOf, Sidecar};
pub use table::{RowOf, Rows};

/// The forms that hits are exported in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table under a header, one hit a row.
    Csv,
    /// One hit a line, as in a [`crate::search::Response`].
    Jsonl,
    /// References as RIS.
    Ris,
    /// References as BibTeX.
    Bibtex,
    /// References as CSL-JSON.
    CslJson,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 5] = [Format::Csv, Format::Jsonl, Format::Ris, Format::Bibtex, Format::CslJson];

    /// The name by which it is asked for: `csv`, `jsonl`, `ris`, `bibtex`, `csl-json`.
    pub fn name(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Jsonl => "jsonl",
            Format::Ris => "ris",
            Format::Bibtex => "bibtex",
            Format::CslJson => "csl-json",
        }
    }

    /// The form of a name; `None` for any other text.
    pub fn named(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The media type, with the encoding where the type alone does not tell it.
    pub fn mime(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8",
            Format::Jsonl => "application/x-ndjson",
            Format::Ris => "application/x-research-info-systems; charset=utf-8",
            Format::Bibtex => "application/x-bibtex; charset=utf-8",
            Format::CslJson => "application/vnd.citationstyles.csl+json",
        }
    }

    /// What a file of it ends with, without a point: `bib`.
    pub fn file_ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Jsonl => "jsonl",
            Format::Ris => "ris",
            Format::Bibtex => "bib",
            Format::CslJson => "json",
        }
    }

    /// Whether it is a list of references, which holds nothing of a hit but its article.
    pub fn is_of_references(self) -> bool {
        match self {
            Format::Csv | Format::Jsonl => false,
            Format::Ris | Format::Bibtex | Format::CslJson => true,
        }
    }
}

/// The languages that a citation is written in for people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Vietnamese.
    #[default]
    Vietnamese,
    /// English.
    English,
}

impl Language {
    /// Its code, as in `xml:lang`.
    pub fn code(self) -> &'static str {
        self.say("vi", "en")
    }

    /// The text in this language.
    pub(crate) fn say(self, vietnamese: &'static str, english: &'static str) -> &'static str {
        match self {
            Language::Vietnamese => vietnamese,
            Language::English => english,
        }
    }
}
