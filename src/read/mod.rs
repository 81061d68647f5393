//! Bytes → [`RawArticle`]: finds the files of a collection, unpacks and decodes them, takes them apart into records.
//!
//! One call of the sink for every record, in the order of the file. What cannot be read is handed
//! on as a [`Skip`] with its place and reason, and the rest goes on. Nothing here tidies text,
//! looks for a title or throws boilerplate away; that is `clean`.
//!
//! Memory is bounded by one record: JSON Lines are streamed, the other shapes hold one article (or
//! one bounded array of them) in a file.

mod encoding;
mod format;
mod html;
mod json;
mod jsonl;
mod legacy;
mod record;
mod skip;
mod table;
mod txt;
mod unpack;
mod walk;

pub use format::{Format, Packing, Shape};
pub use skip::{Skip, SkipReason};
pub use table::{read_table, table_path};
pub use unpack::{file_hash, read_bytes, read_text};
pub use walk::{SourceFile, Walk, walk};

use crate::article::RawArticle;
use std::ops::ControlFlow;

/// How much of a hostile file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Longest `.txt`, `.html` or `.json` file, in bytes, unpacked.
    pub max_file_bytes: u64,
    /// Longest line of JSON Lines, in bytes. The number of lines has no limit.
    pub max_record_bytes: u64,
}

impl Default for Limits {
    /// 64 MiB for either: a hundred times the longest article known to us.
    fn default() -> Limits {
        Limits { max_file_bytes: 64 << 20, max_record_bytes: 64 << 20 }
    }
}

/// Where records go. `Break` ends the reading of the file.
pub type Sink<'a> = dyn FnMut(Result<RawArticle, Skip>) -> ControlFlow<()> + 'a;

/// Reads one file: one call of `sink` for every record, in order.
///
/// Never fails and never panics: what cannot be read is a [`Skip`], with its record where the file
/// holds several. A damaged archive gives the records before the damage, then one
/// [`SkipReason::Broken`].
pub fn read_file(file: &SourceFile, limits: &Limits, sink: &mut Sink<'_>) {
    let Some(Format { shape, packing }) = Format::of(&file.relative) else {
        // Nobody reads after the last call, so its answer does not matter: here and below.
        let _ = sink(Err(Skip::file(file, SkipReason::UnknownFormat, "")));
        return;
    };
    let stream = match unpack::open(&file.path, packing) {
        Ok(stream) => stream,
        Err(error) => {
            let _ = sink(Err(Skip::file(file, SkipReason::Unreadable, &error.to_string())));
            return;
        }
    };
    let _ = match shape {
        Shape::JsonLines => jsonl::read(file, stream, limits.max_record_bytes, sink),
        Shape::Json => json::read(file, stream, limits.max_file_bytes, sink),
        Shape::Text => sink(txt::read(file, stream, limits.max_file_bytes)),
        Shape::Html => sink(html::read(file, stream, limits.max_file_bytes)),
    };
}

#[cfg(test)]
mod tests;
