//! A PDF with a text layer → its title and paragraphs; one of pictures is told.
//!
//! Letters and their places come from the crate; lines and paragraphs are made of them by [`super::layout`].

use super::layout::{Glyph, Layout};
use super::{DocumentError, ParsedDocument};
use pdf_extract::{ColorSpace, Document, MediaBox, Object, OutputDev, OutputError, Path, Transform};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Parses a document. A page that cannot be read is left out, unless none can.
pub fn parse(bytes: &[u8]) -> Result<ParsedDocument, DocumentError> {
    let broken = |what: &dyn std::fmt::Display| DocumentError::Broken(what.to_string());
    let mut document = Document::load_mem(bytes).map_err(|problem| broken(&problem))?;
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(DocumentError::Encrypted);
    }
    let (mut output, mut problem) = (Output::default(), None);
    let pages = document.get_pages();
    for (&page, &object) in &pages {
        if !has_a_root(&document, object) {
            problem = Some("a page belongs to itself".to_owned());
            continue;
        }
        // Its parser panics at what it does not expect: one page is lost then, not all.
        let read = catch_unwind(AssertUnwindSafe(|| pdf_extract::output_doc_page(&document, &mut output, page)));
        problem = match read {
            Ok(Ok(())) => problem,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("its parser gave up".to_owned()),
        };
        output.layout.end_page();
    }
    let text = output.layout.text();
    match problem {
        _ if text.chars().any(char::is_alphabetic) => Ok(ParsedDocument { title: title(&document), text }),
        Some(problem) => Err(DocumentError::Broken(problem)),
        None if pages.is_empty() => Err(DocumentError::Broken("no page".to_owned())),
        None => Err(DocumentError::NoTextLayer),
    }
}

/// Deepest tree of pages.
const MAX_PAGE_DEPTH: usize = 1000;

/// Whether a page's parents come to an end: its parser follows them until it has no stack left.
fn has_a_root(document: &Document, page: (u32, u16)) -> bool {
    let parent = |of| document.get_dictionary(of).and_then(|dictionary| dictionary.get(b"Parent")?.as_reference()).ok();
    std::iter::successors(Some(page), |&of| parent(of)).take(MAX_PAGE_DEPTH).count() < MAX_PAGE_DEPTH
}

/// The title of the document's properties.
fn title(document: &Document) -> Option<String> {
    let info = match document.trailer.get(b"Info").ok()? {
        Object::Reference(id) => document.get_object(*id).ok()?,
        object => object,
    };
    let Object::String(bytes, _) = info.as_dict().ok()?.get(b"Title").ok()? else { return None };
    let text = match bytes.as_slice() {
        [0xFE, 0xFF, wide @ ..] => encoding_rs::UTF_16BE.decode(wide).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        plain => match std::str::from_utf8(plain) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode(plain).0.into_owned(),
        },
    };
    (!text.trim().is_empty()).then(|| text.trim().to_owned())
}

#[derive(Default)]
struct Output {
    layout: Layout,
    top: f64,
}

impl OutputDev for Output {
    fn begin_page(&mut self, _: u32, page: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        self.top = page.ury;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(&mut self, place: &Transform, width: f64, _: f64, font_size: f64, text: &str) -> Result<(), OutputError> {
        // The side of a square with the letter's area, as the crate measures it too.
        let size = (place.m11 * place.m22 - place.m12 * place.m21).abs().sqrt() * font_size.abs();
        let (x, y) = (place.m31, self.top - place.m32);
        if x.is_finite() && y.is_finite() && size.is_finite() && width.is_finite() {
            self.layout.push(Glyph { x, y, width: width * size, size, text });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn stroke(&mut self, _: &Transform, _: &ColorSpace, _: &[f64], _: &Path) -> Result<(), OutputError> {
        Ok(())
    }

    fn fill(&mut self, _: &Transform, _: &ColorSpace, _: &[f64], _: &Path) -> Result<(), OutputError> {
        Ok(())
    }
}
