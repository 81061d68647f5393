//! A Word document (a zip of XML) → its title and paragraphs: tables by rows, tracked deletions and field codes left out.

use super::{DocumentError, ParsedDocument};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// What old Word files and encrypted ones begin with.
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0";

/// Elements whose content is no text of the document: what was deleted or moved away, codes of fields, the second
/// of two ways to show a drawing, what is said about paragraphs.
const LEFT_OUT: [&str; 12] =
    ["del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback", "pPr", "sectPr", "tblPr", "trPr", "tcPr", "object"];

/// Parses a document.
pub fn parse(bytes: &[u8], max_bytes: u64) -> Result<ParsedDocument, DocumentError> {
    if bytes.starts_with(COMPOUND_FILE) {
        // Word keeps encrypted documents in the old container.
        return Err(DocumentError::Encrypted);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|problem| DocumentError::Broken(problem.to_string()))?;
    let Some(part) = main_part(&archive) else {
        return Err(DocumentError::Broken("no word/document.xml in it".to_owned()));
    };
    let document = text_of(&mut archive, &part, max_bytes)?;
    let said = text_of(&mut archive, "docProps/core.xml", max_bytes).ok().and_then(|core| core_title(&core));
    let mut body = Body::default();
    body.read(&document)?;
    Ok(ParsedDocument { title: said.or(body.title), text: body.text })
}

fn main_part(archive: &ZipArchive<Cursor<&[u8]>>) -> Option<String> {
    let mut names = archive.file_names().filter_map(Result::ok);
    names.find(|name| name.starts_with("word/document") && name.ends_with(".xml")).map(std::borrow::Cow::into_owned)
}

fn text_of(archive: &mut ZipArchive<Cursor<&[u8]>>, part: &str, max_bytes: u64) -> Result<String, DocumentError> {
    let broken = |problem: &dyn std::fmt::Display| DocumentError::Broken(format!("{part}: {problem}"));
    let file = archive.by_name(part).map_err(|problem| broken(&problem))?;
    let mut bytes = Vec::new();
    file.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(|problem| broken(&problem))?;
    if bytes.len() as u64 > max_bytes {
        return Err(DocumentError::Oversized);
    }
    Ok(crate::read::encoding::decode_source(&bytes).text.into_owned())
}

/// The title that the document's properties give.
fn core_title(core: &str) -> Option<String> {
    let mut reader = Reader::from_str(core);
    let (mut title, mut within) = (String::new(), false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => within = element.local_name().as_ref() == "title",
            Ok(Event::End(_)) => within = false,
            Ok(Event::Text(text)) if within => title.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(reference)) if within => title.extend(letter_of(&reference)),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    (!title.trim().is_empty()).then_some(title)
}

/// The letter of a reference: `&amp;`, `&#7879;`.
fn letter_of(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return Some(letter);
    }
    let names = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];
    let name = reference.xml10_content();
    names.iter().find(|(known, _)| *known == name).map(|(_, letter)| *letter)
}

/// A row of a table that is being read.
#[derive(Default)]
struct Row {
    cells: Vec<String>,
    /// Paragraphs of the cell at hand.
    cell: String,
}

/// The text of a document, as far as it was read.
#[derive(Default)]
struct Body {
    title: Option<String>,
    text: String,
    paragraph: String,
    is_title: bool,
    /// How many elements deep the reader is within one that is left out.
    left_out: usize,
    is_hidden: bool,
    is_text: bool,
    rows: Vec<Row>,
}

impl Body {
    fn read(&mut self, xml: &str) -> Result<(), DocumentError> {
        let mut reader = Reader::from_str(xml);
        loop {
            match reader.read_event() {
                Ok(Event::Start(element)) => self.start(&element),
                Ok(Event::Empty(element)) => self.single(&element),
                Ok(Event::End(element)) => self.end(element.local_name().as_ref()),
                Ok(Event::Text(text)) if self.is_shown() => self.paragraph.push_str(&text.xml10_content()),
                Ok(Event::CData(text)) if self.is_shown() => self.paragraph.push_str(&text.xml10_content()),
                Ok(Event::GeneralRef(reference)) if self.is_shown() => self.paragraph.extend(letter_of(&reference)),
                Ok(Event::Eof) => break,
                Ok(_) => {}
                // Half a document is no article: what is missing cannot be seen.
                Err(problem) => return Err(DocumentError::Broken(problem.to_string())),
            }
        }
        self.end_paragraph();
        Ok(())
    }

    fn is_shown(&self) -> bool {
        self.is_text && self.left_out == 0 && !self.is_hidden
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        let name: &str = name.as_ref();
        if self.left_out > 0 {
            self.left_out += 1;
            return self.style(name, element);
        }
        match name {
            name if LEFT_OUT.contains(&name) => self.left_out = 1,
            "p" => self.end_paragraph(),
            "r" => self.is_hidden = false,
            "t" => self.is_text = true,
            "tr" => {
                self.end_paragraph();
                self.rows.push(Row::default());
            }
            _ => self.single(element),
        }
    }

    /// An element without content.
    fn single(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        let name: &str = name.as_ref();
        if self.left_out > 0 {
            return self.style(name, element);
        }
        match name {
            "tab" | "ptab" => self.paragraph.push('\t'),
            "br" | "cr" => self.paragraph.push('\n'),
            "noBreakHyphen" => self.paragraph.push('-'),
            "vanish" => self.is_hidden = value_of(element).is_none_or(|value| !matches!(value.as_str(), "0" | "false")),
            _ => {}
        }
    }

    /// Says that the paragraph at hand is the document's title.
    fn style(&mut self, name: &str, element: &BytesStart<'_>) {
        if name == "pStyle" {
            self.is_title = value_of(element).is_some_and(|style| style.eq_ignore_ascii_case("title"));
        }
    }

    fn end(&mut self, name: &str) {
        if self.left_out > 0 {
            self.left_out -= 1;
            return;
        }
        match name {
            "t" => self.is_text = false,
            "r" => self.is_hidden = false,
            "p" => self.end_paragraph(),
            "tc" => {
                self.end_paragraph();
                if let Some(row) = self.rows.last_mut() {
                    row.cells.push(std::mem::take(&mut row.cell));
                }
            }
            "tr" => {
                self.end_paragraph();
                if let Some(row) = self.rows.pop() {
                    let several = row.cells.iter().any(|cell| cell.contains('\n'));
                    let cells: Vec<&str> = row.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
                    self.push(&cells.join(if several { "\n" } else { " | " }));
                }
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        if std::mem::take(&mut self.is_title) && self.title.is_none() && !paragraph.trim().is_empty() {
            self.title = Some(paragraph.trim().to_owned());
        }
        self.push(paragraph.trim());
    }

    /// Appends a paragraph to the cell at hand, or to the text.
    fn push(&mut self, paragraph: &str) {
        let to = self.rows.last_mut().map_or(&mut self.text, |row| &mut row.cell);
        if !paragraph.is_empty() {
            if !to.is_empty() {
                to.push('\n');
            }
            to.push_str(paragraph);
        }
    }
}

/// `w:val`
fn value_of(element: &BytesStart<'_>) -> Option<String> {
    let mut attributes = element.attributes().filter_map(Result::ok);
    attributes.find(|attribute| attribute.key.local_name().as_ref() == "val").map(|attribute| attribute.value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(body: &str) -> ParsedDocument {
        let mut read = Body::default();
        read.read(&format!("<w:document><w:body>{body}</w:body></w:document>")).unwrap();
        ParsedDocument { title: read.title, text: read.text }
    }

    #[test]
    fn paragraphs_tables_and_changes_are_read_as_they_are_shown() {
        let cases = [
            (
                "runs",
                "<w:p><w:r><w:t>Lai </w:t></w:r><w:r><w:t>Châu</w:t></w:r></w:p><w:p><w:r><w:t>họp</w:t></w:r></w:p>",
                "Lai Châu\nhọp",
            ),
            ("references", "<w:p><w:r><w:t>TT&amp;TT &#7879;</w:t></w:r></w:p>", "TT&TT ệ"),
            (
                "tab and break",
                "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>",
                "a\tb\nc",
            ),
            (
                "a deletion",
                "<w:p><w:r><w:t>một</w:t></w:r><w:del><w:r><w:delText> hai</w:delText><w:t>x</w:t></w:r></w:del><w:ins><w:r><w:t> ba</w:t></w:r></w:ins></w:p>",
                "một ba",
            ),
            ("a field", "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>3</w:t></w:r></w:p>", "3"),
            ("hidden", "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>kín</w:t></w:r><w:r><w:t>hở</w:t></w:r></w:p>", "hở"),
            (
                "two ways to show",
                "<w:p><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>a</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>a</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>",
                "a",
            ),
            (
                "a table",
                "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Xã</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
                "Xã | 12",
            ),
            (
                "a page within a table",
                "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
                "a\nb",
            ),
        ];
        for (name, body, expected) in cases {
            assert_eq!(text(body).text, expected, "{name}");
        }
        let titled = "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>Kế hoạch</w:t></w:r></w:p>";
        assert_eq!(text(titled).title.as_deref(), Some("Kế hoạch"));
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = "<w:tbl><w:tr><w:tc>".repeat(100_000);
        let mut read = Body::default();
        let _ = read.read(&deep);
        assert_eq!(read.rows.len(), 100_000);
    }
}
