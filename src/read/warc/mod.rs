//! A WARC file (what a crawler kept of the web) → an article for each page: its address, the moment of capture, its HTML.
//!
//! Responses with status 200 and resources count, if they are HTML; other records are counted by reason. Several captures of one
//! address are versions of one article, as any records of one id are. A damaged record is a skip, and reading goes on at
//! the next one: at the next line that begins with `WARC/`, and in a packed file at the next member ([`members`]).
//!
//! The `warc` crate keeps whole records however long they are, and ends at the first damage: hence a parser of our own.

mod http;
mod members;
mod records;

pub use members::open as open_members;

use super::encoding::{self, Charset};
use super::{Limits, Sink, Skip, SkipReason, SourceFile, record, unpack};
use crate::article::{Content, RawArticle, RawFields};
use http::Page;
use records::{Found, Record, Records};
use std::collections::BTreeMap;
use std::io::BufRead;
use std::ops::ControlFlow;

/// Reads every record. The number of a record is that in the file, from 0, records of all types counted.
pub fn read(file: &SourceFile, stream: &mut dyn BufRead, limits: &Limits, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut records = Records::new(stream, limits.max_record_bytes);
    let mut others: BTreeMap<SkipReason, (u64, String)> = BTreeMap::new();
    let mut number = 0;
    loop {
        match records.next() {
            Found::End => break,
            Found::Record(found) => match article(file, number, &found, limits) {
                Ok(article) => sink(Ok(article))?,
                Err((reason, detail)) if reason.may_hide_articles() => sink(Err(Skip::record(file, number, reason, &detail)))?,
                Err((reason, detail)) => others.entry(reason).or_insert((0, detail)).0 += 1,
            },
            Found::Oversized => {
                let detail = format!("a record longer than {} bytes", limits.max_record_bytes);
                sink(Err(Skip::record(file, number, SkipReason::Oversized, &detail)))?;
            }
            Found::Damaged(what) => sink(Err(Skip::record(file, number, SkipReason::Broken, &what)))?,
            Found::Lost(error) => {
                sink(Err(unpack::broken(file, &error)))?;
                number += 1;
                break;
            }
        }
        number += 1;
    }
    for (reason, (count, detail)) in others {
        sink(Err(Skip { count, ..Skip::file(file, reason, &detail) }))?;
    }
    if number == 0 { sink(Err(Skip::file(file, SkipReason::Empty, ""))) } else { ControlFlow::Continue(()) }
}

/// The page of a record, or why it holds none: the reason, and the first example of it.
fn article(file: &SourceFile, number: u64, found: &Record, limits: &Limits) -> Result<RawArticle, (SkipReason, String)> {
    let kind = found.header("warc-type").unwrap_or_default().to_ascii_lowercase();
    let page = match kind.as_str() {
        "response" => Page::of_response(&found.block, limits.max_record_bytes)?,
        "resource" => Page::of_resource(found.header("content-type"), &found.block)?,
        _ => return Err((SkipReason::OtherRecord, format!("a record of the type {kind:?}, and others that hold no page"))),
    };
    if page.html.iter().all(u8::is_ascii_whitespace) {
        return Err((SkipReason::Empty, String::new()));
    }
    if encoding::is_binary(&page.html) {
        return Err((SkipReason::Binary, String::new()));
    }
    let decoded = encoding::decode_named(&page.html, file.settings.charset.or(page.charset));
    let url = found.header("warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
    let origin = record::origin(file, number, found.byte_offset, decoded.charset, &found.block);
    let fields = RawFields { url, captured: found.header("warc-date").map(str::to_owned), ..RawFields::default() };
    let key =
        found.header("warc-record-id").map_or_else(|| format!("{}#{number}", file.relative), |id| id.trim_matches(['<', '>']).to_owned());
    Ok(RawArticle { origin, key: Some(key), content: Content::Html(decoded.text.into_owned()), fields })
}

/// The encoding that a header names, if it is one.
fn charset_of(content_type: &str) -> Option<Charset> {
    let at = content_type.to_ascii_lowercase().find("charset=")? + "charset=".len();
    let value = content_type[at..].split([';', ',']).next()?;
    Charset::named(value.trim_matches(|letter: char| letter.is_whitespace() || letter == '"' || letter == '\''))
}

#[cfg(test)]
mod tests;
