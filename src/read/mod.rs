//! Bytes → [`RawArticle`]: finds the files of a collection, unpacks and decodes them, takes them apart into records.
//!
//! One call of the sink for every record, in the order of the file. What cannot be read is handed
//! on as a [`Skip`] with its place and reason, and the rest goes on. Nothing here tidies text,
//! looks for a title or throws boilerplate away; that is `clean`.
//!
//! Memory is bounded by one record: JSON Lines, tables, WARC and archives are streamed, the other shapes hold one article
//! (or one bounded array of them) in a file. Word and PDF are parsed in a process of their own.

mod archive;
mod bound;
mod count;
mod csv;
mod document;
mod encoding;
mod fields;
mod format;
mod html;
mod json;
mod jsonl;
mod legacy;
mod limits;
mod own_output;
mod record;
mod reread;
mod settings;
mod skip;
mod steady;
mod table;
mod txt;
mod unpack;
mod walk;
mod warc;
mod watch;

pub use count::BytesRead;
pub use document::{DocumentError, DocumentKind, ParsedDocument, parse_document, serve_document};
pub use format::{Format, Packing, Shape};
pub use limits::{Limits, ReadOptions};
pub use settings::{FolderSettings, SETTINGS};
pub use skip::{Skip, SkipReason};
pub use steady::read_steady;
pub use table::{read_table, table_path};
pub use unpack::{file_hash, file_stamp, nanoseconds, read_bytes, read_text};
pub use walk::{STDIN, SourceFile, Walk, resolved, walk};
pub use watch::{Watch, WatchError};

use crate::article::RawArticle;
use std::io::BufRead;
use std::ops::ControlFlow;

/// Where records go. `Break` ends the reading of the file.
pub type Sink<'a> = dyn FnMut(Result<RawArticle, Skip>) -> ControlFlow<()> + 'a;

/// Reads one file: one call of `sink` for every record, in order.
///
/// Never fails and never panics: what cannot be read is a [`Skip`], with its record where the file
/// holds several. A damaged archive gives the records before the damage, then one
/// [`SkipReason::Broken`].
pub fn read_file(file: &SourceFile, options: &ReadOptions, sink: &mut Sink<'_>) {
    let settings = &file.settings;
    let mut sink = |record: Result<RawArticle, Skip>| {
        sink(record.map(|mut raw| {
            raw.fields.folder_source = settings.source.clone();
            raw.fields.folder_unit = settings.unit.clone();
            raw
        }))
    };
    // Nobody reads after the last call, so its answer does not matter.
    let _ = read_outermost(file, options, &mut sink);
}

fn read_outermost(file: &SourceFile, options: &ReadOptions, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let Some(Format { shape, packing }) = Format::of(&file.relative) else {
        return sink(Err(Skip::file(file, SkipReason::UnknownFormat, "")));
    };
    let unreadable = |error: std::io::Error| Err(Skip::file(file, SkipReason::Unreadable, &error.to_string()));
    match (shape, packing) {
        // They are read where they are needed, not from beginning to end.
        (Shape::Zip, Packing::Plain) => match options.bytes_read.open(&file.path) {
            Ok(opened) => archive::zip(file, std::io::BufReader::new(opened), options, 1, sink),
            Err(error) => sink(unreadable(error)),
        },
        (Shape::Warc, Packing::Gzip) => match warc::open_members(&file.path, options) {
            Ok(mut stream) => warc::read(file, &mut stream, &options.limits, sink),
            Err(error) => sink(unreadable(error)),
        },
        _ => match unpack::open_bounded(file, packing, options) {
            Ok(mut stream) => read_stream(file, shape, &mut stream, options, 1, sink),
            Err(error) => sink(unreadable(error)),
        },
    }
}

/// Reads a file, or a member of an archive, as a stream of its unpacked bytes. `depth` is that of an archive: 1 for one that
/// is in none.
fn read_stream(
    file: &SourceFile,
    shape: Shape,
    stream: &mut dyn BufRead,
    options: &ReadOptions,
    depth: u32,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    let limits = &options.limits;
    match shape {
        Shape::JsonLines => jsonl::read(file, stream, limits.max_record_bytes, sink),
        Shape::Json => json::read(file, stream, limits.max_file_bytes, sink),
        Shape::Text => sink(txt::read(file, stream, limits.max_file_bytes)),
        Shape::Html => sink(html::read(file, stream, limits.max_file_bytes)),
        Shape::Csv => csv::read(file, stream, None, limits, sink),
        Shape::Tsv => csv::read(file, stream, Some(b'\t'), limits, sink),
        Shape::Warc => warc::read(file, stream, limits, sink),
        Shape::Tar => archive::tar(file, stream, options, depth, sink),
        Shape::Zip => match unpack::read_any(file, stream, limits.max_file_bytes) {
            Ok(whole) => archive::zip(file, std::io::Cursor::new(whole.bytes), options, depth, sink),
            Err(skip) => sink(Err(skip)),
        },
        Shape::Docx => sink(document::read(file, DocumentKind::Docx, stream, options)),
        Shape::Pdf => sink(document::read(file, DocumentKind::Pdf, stream, options)),
    }
}

#[cfg(test)]
mod tests;
