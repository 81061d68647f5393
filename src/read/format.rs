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
        let (packing, name) = Packing::of(&name);
        let shape = match name.rsplit_once('.')?.1 {
            "txt" => Shape::Text,
            "html" | "htm" => Shape::Html,
            "json" => Shape::Json,
            "jsonl" | "ndjson" => Shape::JsonLines,
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
            ("a.pdf", None),
            ("a.gz", None),
            ("txt", None),
            ("thư.txt/mục", None),
        ];
        for (name, expected) in cases {
            assert_eq!(Format::of(name).map(|format| (format.shape, format.packing)), expected, "{name}");
        }
    }
}
