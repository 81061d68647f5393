//! Arguments of `tracuu export`.

use super::{QueryArgs, SortArg};
use crate::export::{Form, Format, Offsets};
use clap::{ArgGroup, Args as ClapArgs, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, ClapArgs)]
#[command(after_long_help = help(), group = ArgGroup::new("where").required(true))]
pub(in crate::cli) struct ExportArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    /// File to write; its ending says the format: .csv, .jsonl, .ris, .bib
    #[arg(short = 'o', long = "out", value_name = "FILE", group = "where")]
    pub file: Option<PathBuf>,
    /// Folder to write long tables to: articles, dates, provinces, officials, evidence as CSV, with a codebook and a data package
    #[arg(long, value_name = "DIR", group = "where", conflicts_with = "format")]
    pub tables: Option<PathBuf>,
    /// Format of the file, where its ending does not say it
    #[arg(long, value_enum)]
    pub format: Option<ExportFormatArg>,
    /// Fields of an article, by comma, in this order: the columns of CSV (of `articles` with --tables); JSON Lines become flat records of them
    #[arg(long, value_name = "FIELDS", value_delimiter = ',')]
    pub fields: Vec<String>,
    /// CSV for spreadsheets: with a byte order mark, and an apostrophe before what would be carried out as a formula
    #[arg(long)]
    pub excel: bool,
    /// What spans count
    #[arg(long, value_enum, value_name = "UNIT", default_value_t)]
    pub offsets: OffsetsArg,
    /// Order of the rows
    #[arg(long, value_enum, default_value_t)]
    pub sort: SortArg,
    /// Of near-duplicates only the earliest dated
    #[arg(long)]
    pub collapse: bool,
    /// Write over what an earlier export has left there
    #[arg(long)]
    pub force: bool,
}

/// What stands below the options; the fields from the table that the columns are made of.
fn help() -> String {
    EXAMPLES.replace("FIELDS", &Form::all_fields())
}

const EXAMPLES: &str = "\
Every article that matches is written, in the order that `search` shows. Beside FILE stands FILE.meta.json (in DIR: export.meta.json): version of the
program, archive, index, query and filters as they were read, totals, rows. Files are written under another name and get theirs when they are whole.

Fields: FIELDS.

Examples:
  tracuu export \"chuyển đổi số\" --province \"Đồng Nai\" -o chuyen-doi-so.csv
  tracuu export \"chuyển đổi số\" -o bai.jsonl --fields id,title,event_from,provinces,body
  tracuu export --year 2024 --tables nam-2024 --offsets char
  tracuu export \"sáp nhập tỉnh\" -o tham-khao.bib";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ExportFormatArg {
    /// One article a row
    Csv,
    /// One article a line, as in the answers of `search`
    Jsonl,
    /// References for EndNote, Zotero, Mendeley
    Ris,
    /// References for LaTeX
    Bibtex,
    /// References for Zotero, pandoc, citeproc
    CslJson,
}

impl From<ExportFormatArg> for Format {
    fn from(arg: ExportFormatArg) -> Format {
        match arg {
            ExportFormatArg::Csv => Format::Csv,
            ExportFormatArg::Jsonl => Format::Jsonl,
            ExportFormatArg::Ris => Format::Ris,
            ExportFormatArg::Bibtex => Format::Bibtex,
            ExportFormatArg::CslJson => Format::CslJson,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum OffsetsArg {
    /// Bytes of UTF-8
    #[default]
    Byte,
    /// Characters, as R and Python count them
    Char,
}

impl OffsetsArg {
    pub fn is_of_characters(self) -> bool {
        self == OffsetsArg::Char
    }
}

impl From<OffsetsArg> for Offsets {
    fn from(arg: OffsetsArg) -> Offsets {
        match arg {
            OffsetsArg::Byte => Offsets::Bytes,
            OffsetsArg::Char => Offsets::Characters,
        }
    }
}
