//! A file's name → how it is packed, and what shape is inside.

/// What a file holds, once unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// One article as plain text.
    Text,
    /// One HTML page.
    Html,
    /// One JSON object, or an array of them.
    Json,
    /// One JSON object in every line.
    JsonLines,
    /// A table with a header: one article a row. Commas, or what its header has instead.
    Csv,
    /// A table with tabs.
    Tsv,
    /// What a crawler kept of the web: WARC.
    Warc,
    /// An archive of files.
    Tar,
    /// An archive of files.
    Zip,
    /// A Word document.
    Docx,
    /// A PDF.
    Pdf,
}

impl Shape {
    /// Whether it is parsed in a process of its own.
    pub fn is_document(self) -> bool {
        matches!(self, Shape::Docx | Shape::Pdf)
    }

    /// Whether it holds files.
    pub fn is_archive(self) -> bool {
        matches!(self, Shape::Tar | Shape::Zip)
    }
}

/// How the bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Packing {
    /// As they are.
    Plain,
    /// gzip, one member or several.
    Gzip,
    /// Zstandard, one frame or several.
    Zstd,
}

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Format {
    /// What it holds.
    pub shape: Shape,
    /// How it is packed.
    pub packing: Packing,
}

/// Endings that say packing and shape in one.
const SHORT_TAR: [(Packing, &str); 2] = [(Packing::Gzip, ".tgz"), (Packing::Zstd, ".tzst")];

impl Packing {
    /// Tells the packing by the ending of a name in small letters, and takes the ending off.
    pub fn of(name: &str) -> (Packing, &str) {
        let packed = [(".gz", Packing::Gzip), (".zst", Packing::Zstd)];
        let found = packed.into_iter().find_map(|(ending, packing)| Some((packing, name.strip_suffix(ending)?)));
        found.unwrap_or((Packing::Plain, name))
    }
}

impl Format {
    /// Tells the format by the name's endings, in any case; `None` for a name that is not known.
    pub fn of(name: &str) -> Option<Format> {
        let name = name.rsplit('/').next().unwrap_or(name).to_lowercase();
        if let Some((packing, _)) = SHORT_TAR.iter().find(|(_, ending)| name.ends_with(ending)) {
            return Some(Format { shape: Shape::Tar, packing: *packing });
        }
        let (packing, name) = Packing::of(&name);
        let shape = match name.rsplit_once('.')?.1 {
            "txt" => Shape::Text,
            "html" | "htm" => Shape::Html,
            "json" => Shape::Json,
            "jsonl" | "ndjson" => Shape::JsonLines,
            "csv" => Shape::Csv,
            "tsv" | "tab" => Shape::Tsv,
            "warc" => Shape::Warc,
            "tar" => Shape::Tar,
            "zip" => Shape::Zip,
            "docx" => Shape::Docx,
            "pdf" => Shape::Pdf,
            _ => return None,
        };
        Some(Format { shape, packing })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_endings_of_a_name_tell_the_format() {
        let cases = [
            ("tin/001.txt", Some((Shape::Text, Packing::Plain))),
            ("TRANG.HTM", Some((Shape::Html, Packing::Plain))),
            ("bài.html.gz", Some((Shape::Html, Packing::Gzip))),
            ("2024.jsonl.zst", Some((Shape::JsonLines, Packing::Zstd))),
            ("a.ndjson", Some((Shape::JsonLines, Packing::Plain))),
            ("a.json", Some((Shape::Json, Packing::Plain))),
            ("a.PDF", Some((Shape::Pdf, Packing::Plain))),
            ("a.csv.gz", Some((Shape::Csv, Packing::Gzip))),
            ("CC-MAIN-1.warc.gz", Some((Shape::Warc, Packing::Gzip))),
            ("a.tar.zst", Some((Shape::Tar, Packing::Zstd))),
            ("a.tgz", Some((Shape::Tar, Packing::Gzip))),
            ("a.zip", Some((Shape::Zip, Packing::Plain))),
            ("a.doc", None),
            ("a.gz", None),
            ("txt", None),
            ("thư.txt/mục", None),
        ];
        for (name, expected) in cases {
            assert_eq!(Format::of(name).map(|format| (format.shape, format.packing)), expected, "{name}");
        }
    }
}
