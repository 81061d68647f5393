//! What could not be read, where, and why.

use super::SourceFile;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Longest detail, in characters.
const MAX_DETAIL_CHARS: usize = 500;

/// Why a file or a record was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// The ending of its name is not one that is read.
    UnknownFormat,
    /// A link, a pipe, a device: links are not followed, so that no file is read twice.
    NotAFile,
    /// It, or its folder, cannot be opened.
    Unreadable,
    /// It holds nothing, or white space alone.
    Empty,
    /// It is not text.
    Binary,
    /// It is damaged: an archive that ends too early, a record that is not JSON.
    Broken,
    /// It is longer than the limit.
    Oversized,
    /// It is whole, and has neither title nor text.
    NoText,
    /// A record of an archive that holds no page: a request, what a crawler says of itself, a repeated capture.
    OtherRecord,
    /// A page's address answered with something else than a page.
    NotHtml,
    /// A page's address answered with a redirection or an error.
    HttpStatus,
    /// A member's name leads out of its archive (`../`, `/etc`).
    UnsafeName,
    /// It cannot be read without a password.
    Encrypted,
    /// An archive within an archive, deeper than the limit.
    NestedArchive,
    /// Its pages are pictures.
    NoTextLayer,
    /// Its parser took longer than the limit.
    Timeout,
    /// This program has written it: an export is no article.
    OwnOutput,
    /// It was written to, or went, while it was read.
    #[serde(rename = "changed_while_read")]
    Changed,
}

impl SkipReason {
    /// The name in reports: `unknown_format`, `no_text` …
    pub fn name(self) -> &'static str {
        match self {
            SkipReason::UnknownFormat => "unknown_format",
            SkipReason::NotAFile => "not_a_file",
            SkipReason::Unreadable => "unreadable",
            SkipReason::Empty => "empty",
            SkipReason::Binary => "binary",
            SkipReason::Broken => "broken",
            SkipReason::Oversized => "oversized",
            SkipReason::NoText => "no_text",
            SkipReason::OtherRecord => "other_record",
            SkipReason::NotHtml => "not_html",
            SkipReason::HttpStatus => "http_status",
            SkipReason::UnsafeName => "unsafe_name",
            SkipReason::Encrypted => "encrypted",
            SkipReason::NestedArchive => "nested_archive",
            SkipReason::NoTextLayer => "no_text_layer",
            SkipReason::Timeout => "timeout",
            SkipReason::OwnOutput => "own_output",
            SkipReason::Changed => "changed_while_read",
        }
    }

    /// Whether there may be articles in what was passed over: what an earlier run found there is not gone.
    pub fn may_hide_articles(self) -> bool {
        !matches!(
            self,
            SkipReason::OtherRecord
                | SkipReason::NotHtml
                | SkipReason::HttpStatus
                | SkipReason::UnsafeName
                | SkipReason::NotAFile
                | SkipReason::UnknownFormat
                | SkipReason::OwnOutput
        )
    }

    /// Whether the next run may find otherwise, with the same bytes.
    pub fn may_pass(self) -> bool {
        matches!(self, SkipReason::Unreadable | SkipReason::Timeout | SkipReason::Changed)
    }
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A file or record that was passed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skip {
    /// Path relative to the collection's root.
    pub path: String,
    /// Number of the record, from 0; null where the whole file (or the rest of it) is meant.
    pub record: Option<u64>,
    /// Why.
    pub reason: SkipReason,
    /// What was found, for a person; may be empty.
    pub detail: String,
    /// How many records are meant: those of an archive that hold no article are told together.
    pub count: u64,
}

impl Skip {
    /// A whole file, or the rest of one.
    pub fn file(file: &SourceFile, reason: SkipReason, detail: &str) -> Skip {
        // What was found may be said in the words of the file.
        let detail = detail.chars().filter(|letter| !letter.is_control()).take(MAX_DETAIL_CHARS).collect();
        Skip { path: file.relative.clone(), record: None, reason, detail, count: 1 }
    }

    /// One record of a file.
    pub fn record(file: &SourceFile, record: u64, reason: SkipReason, detail: &str) -> Skip {
        Skip { record: Some(record), ..Skip::file(file, reason, detail) }
    }
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(record) = self.record {
            write!(f, "#{record}")?;
        }
        write!(f, ": {}", self.reason)?;
        if !self.detail.is_empty() {
            write!(f, " ({})", self.detail)?;
        }
        if self.count > 1 {
            write!(f, ", {} times", self.count)?;
        }
        Ok(())
    }
}
