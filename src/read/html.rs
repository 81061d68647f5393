//! An `.html` file → one article: the page as it is; `clean` finds its main text.

use super::unpack::read_whole;
use super::{Skip, SourceFile, encoding, record};
use crate::article::{Content, RawArticle, RawFields};
use std::io::BufRead;

/// Reads the whole file as one record.
pub fn read(file: &SourceFile, stream: &mut dyn BufRead, max_bytes: u64) -> Result<RawArticle, Skip> {
    let bytes = read_whole(file, stream, max_bytes)?;
    let decoded = encoding::decode_named(&bytes, file.settings.charset);
    Ok(RawArticle {
        origin: record::origin(file, 0, 0, decoded.charset, &bytes),
        key: None,
        content: Content::Html(decoded.text.into_owned()),
        fields: RawFields::default(),
    })
}
