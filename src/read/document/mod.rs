//! A Word or PDF file → one article, parsed in a process of its own, which may take only so much time and memory.
//!
//! Parsers of such formats are large, and made for files of friends. Whatever a file does to its parser (a panic, a loop, all
//! memory), here it is a skip. The parent sends the bytes and bounds the time ([`child`]); the child bounds its own memory, parses
//! and answers in one line of JSON ([`serve_document`]).

mod child;
mod docx;
mod layout;
mod pdf;

use super::{ReadOptions, Skip, SkipReason, SourceFile, record, unpack};
use crate::article::{Content, RawArticle, RawFields};
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, Read, Write};

/// What kind of document it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// Word, since 2007.
    Docx,
    /// PDF.
    Pdf,
}

impl DocumentKind {
    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            DocumentKind::Docx => "docx",
            DocumentKind::Pdf => "pdf",
        }
    }

    /// Looks a kind up by its name.
    pub fn named(name: &str) -> Option<DocumentKind> {
        [DocumentKind::Docx, DocumentKind::Pdf].into_iter().find(|kind| kind.name() == name)
    }
}

/// What stands in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParsedDocument {
    /// Its title, where its properties or a paragraph's style say one.
    pub title: Option<String>,
    /// Its paragraphs, a line each.
    pub text: String,
}

/// Why a document gives no text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentError {
    /// It wants a password.
    Encrypted,
    /// It is made of pictures.
    NoTextLayer,
    /// It is longer than allowed, unpacked.
    Oversized,
    /// It is damaged, or another kind of file.
    Broken(String),
}

/// Reads the whole file as one record.
pub(super) fn read(file: &SourceFile, kind: DocumentKind, stream: &mut dyn BufRead, options: &ReadOptions) -> Result<RawArticle, Skip> {
    let unpack::Unpacked { bytes, damage } = unpack::read_any(file, stream, options.limits.max_file_bytes)?;
    if let Some(error) = damage {
        return Err(unpack::broken(file, &error));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Skip::file(file, SkipReason::Empty, ""));
    }
    let Some(program) = &options.program else {
        let detail = "Word and PDF files are parsed by the tracuu program, and none is given (ReadOptions::program)";
        return Err(Skip::file(file, SkipReason::Unreadable, detail));
    };
    let parsed = child::parse(program, kind, &bytes, &options.limits).map_err(|(reason, detail)| Skip::file(file, reason, &detail))?;
    Ok(RawArticle {
        origin: record::origin(file, 0, 0, "utf-8".to_owned(), &bytes),
        key: None,
        content: Content::Page(parsed.text),
        fields: RawFields { title: parsed.title, ..RawFields::default() },
    })
}

/// Parses a document in this process: with untrusted files, let [`super::read_file`] start another.
///
/// # Errors
/// As [`DocumentError`] says; a panic of a parser is one of them.
pub fn parse_document(kind: DocumentKind, bytes: &[u8], max_text_bytes: u64) -> Result<ParsedDocument, DocumentError> {
    let parse = || match kind {
        DocumentKind::Docx => docx::parse(bytes, max_text_bytes),
        DocumentKind::Pdf => pdf::parse(bytes),
    };
    let parsed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(parse));
    let document = parsed.unwrap_or_else(|_| Err(DocumentError::Broken("its parser gave up".to_owned())))?;
    if document.text.len() as u64 > max_text_bytes {
        return Err(DocumentError::Oversized);
    }
    Ok(ParsedDocument { title: document.title.filter(|title| is_title(title)), ..document })
}

/// The child's part: bounds itself, reads a document from `from`, and writes what stands in it as one line of JSON.
///
/// # Errors
/// As reading and writing report. What is wrong with the document is part of the answer.
pub fn serve_document(kind: DocumentKind, limits: &super::Limits, mut from: impl Read, mut to: impl Write) -> io::Result<()> {
    bound_this_process(limits)?;
    // One line for its parent, whatever a parser has to say.
    std::panic::set_hook(Box::new(|_| {}));
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    let parsed = parse_document(kind, &bytes, limits.max_file_bytes);
    to.write_all(b"\n")?;
    serde_json::to_writer(&mut to, &parsed)?;
    to.write_all(b"\n")?;
    to.flush()
}

#[cfg(unix)]
fn bound_this_process(limits: &super::Limits) -> io::Result<()> {
    use rlimit::Resource;
    // What whoever started us allows may be less.
    let bound = |resource: Resource, to: u64| resource.get().and_then(|(_, hard)| resource.set(to.min(hard), to.min(hard)));
    bound(Resource::AS, limits.max_document_memory_bytes)?;
    // Its parent ends it before; this is for a child whose parent was killed.
    bound(Resource::CPU, limits.max_document_seconds.saturating_add(1))?;
    // Nothing that it does belongs into a file.
    bound(Resource::CORE, 0)?;
    bound(Resource::FSIZE, 0)
}

#[cfg(not(unix))]
fn bound_this_process(_: &super::Limits) -> io::Result<()> {
    Ok(())
}

/// Whether a property is a title that a person gave: programs write the file's name there, or their own.
fn is_title(title: &str) -> bool {
    const PROGRAMS: [&str; 8] = ["microsoft ", "untitled", "document", "slide ", "powerpoint", "print", "scan", "văn bản"];
    const ENDINGS: [&str; 7] = [".doc", ".docx", ".pdf", ".rtf", ".odt", ".tif", ".indd"];
    let title = title.trim();
    let lower = title.to_lowercase();
    let words = title.split_whitespace().count();
    words >= 3
        && title.chars().count() <= 300
        && !PROGRAMS.iter().any(|program| lower.starts_with(program))
        && !ENDINGS.iter().any(|ending| lower.ends_with(ending))
        && !title.contains('\u{FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_that_a_person_gave() {
        let cases = [
            ("Kế hoạch chuyển đổi số tỉnh Cà Mau", true),
            ("Microsoft Word - KH 12 cai cach hanh chinh.doc", false),
            ("KH 12 final.docx", false),
            ("Untitled", false),
            ("BC", false),
            ("", false),
        ];
        for (title, expected) in cases {
            assert_eq!(is_title(title), expected, "{title}");
        }
    }
}
