//! The block of a WARC record → the page in it: HTTP headers read, chunks joined, packed content unpacked within bounds.

use super::charset_of;
use crate::read::SkipReason;
use crate::read::encoding::Charset;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::Read;

/// A page as a server sent it.
#[derive(Debug)]
pub struct Page {
    /// The encoding that its header names.
    pub charset: Option<Charset>,
    pub html: Vec<u8>,
}

type NoPage = (SkipReason, String);

impl Page {
    /// The page of a response with its HTTP headers.
    pub fn of_response(block: &[u8], max_bytes: u64) -> Result<Page, NoPage> {
        let (head, body) = split_head(block);
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.strip_prefix("HTTP/")?.split_whitespace().nth(1));
        match status {
            Some("200") => {}
            // A resolver's answer, or something of no protocol that is known.
            None => return Err((SkipReason::NotHtml, "a response without HTTP headers".to_owned())),
            Some(other) => return Err((SkipReason::HttpStatus, format!("{}, and others that are not 200", shown(other)))),
        }
        let header = |name: &str| {
            let mut fields = head.lines().skip(1).filter_map(|line| line.split_once(':'));
            fields.find(|(field, _)| field.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
        };
        let content_type = header("content-type");
        let is_chunked = header("transfer-encoding").is_some_and(|value| value.to_ascii_lowercase().contains("chunked"));
        let joined = is_chunked.then(|| unchunk(body)).flatten();
        let body = joined.as_deref().unwrap_or(body);
        if content_type.is_some_and(|kind| !is_html(kind)) {
            return Err((SkipReason::NotHtml, format!("{}, and others that are no page", shown(content_type.unwrap_or_default()))));
        }
        let html = unpack(body, header("content-encoding").unwrap_or_default(), max_bytes)?;
        if content_type.is_none() && !looks_like_html(&html) {
            return Err((SkipReason::NotHtml, "without a type, and no page by its looks".to_owned()));
        }
        Ok(Page { charset: content_type.and_then(charset_of), html })
    }

    /// The page of a resource: a file that was kept without a server's headers.
    pub fn of_resource(content_type: Option<&str>, block: &[u8]) -> Result<Page, NoPage> {
        match content_type {
            Some(kind) if is_html(kind) => Ok(Page { charset: charset_of(kind), html: block.to_vec() }),
            kind => Err((SkipReason::NotHtml, format!("{}, and others that are no page", shown(kind.unwrap_or("without a type"))))),
        }
    }
}

/// A header's value for a message.
fn shown(value: &str) -> String {
    value.chars().filter(|letter| !letter.is_control()).take(60).collect()
}

fn is_html(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(kind.as_str(), "text/html" | "application/xhtml+xml")
}

fn looks_like_html(body: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&body[..body.len().min(1000)]).to_ascii_lowercase();
    head.contains("<!doctype html") || head.contains("<html")
}

/// Headers, each letter of theirs as it is or replaced, and the body below the empty line.
fn split_head(block: &[u8]) -> (std::borrow::Cow<'_, str>, &[u8]) {
    let find = |end: &[u8]| block.windows(end.len()).position(|window| window == end).map(|at| (at, at + end.len()));
    let (head, body) = [find(b"\r\n\r\n"), find(b"\n\n")].into_iter().flatten().min().unwrap_or((block.len(), block.len()));
    (String::from_utf8_lossy(&block[..head]), &block[body..])
}

/// Joins chunks; `None` where the body is not in chunks, as with crawlers that joined them and kept the header.
fn unchunk(body: &[u8]) -> Option<Vec<u8>> {
    let (mut joined, mut rest) = (Vec::with_capacity(body.len()), body);
    loop {
        let end = rest.iter().take(100).position(|&byte| byte == b'\n')?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(joined);
        }
        let Some(chunk) = rest.get(..size) else {
            // The capture was cut off.
            joined.extend_from_slice(rest);
            return Some(joined);
        };
        joined.extend_from_slice(chunk);
        rest = &rest[size..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(joined);
        }
    }
}

/// Unpacks content as its header says, unless it was unpacked by the crawler.
fn unpack(body: &[u8], encoding: &str, max_bytes: u64) -> Result<Vec<u8>, NoPage> {
    let is = |magic: &[u8]| body.starts_with(magic);
    let stream: Box<dyn Read + '_> = match encoding.to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" if is(b"\x1f\x8b") => Box::new(MultiGzDecoder::new(body)),
        // Both forms are sent under this name.
        "deflate" if is(b"\x78") => Box::new(ZlibDecoder::new(body)),
        "deflate" if !looks_like_html(body) => Box::new(DeflateDecoder::new(body)),
        "zstd" if is(b"\x28\xb5\x2f\xfd") => {
            let decoder = zstd::Decoder::with_buffer(body).map_err(|error| (SkipReason::Broken, error.to_string()))?;
            Box::new(decoder)
        }
        other if other.contains("br") && !looks_like_html(body) => {
            return Err((SkipReason::UnknownFormat, format!("content-encoding {}", shown(other))));
        }
        _ => return Ok(body.to_vec()),
    };
    let mut unpacked = Vec::new();
    let damage = stream.take(max_bytes.saturating_add(1)).read_to_end(&mut unpacked).err();
    match damage {
        _ if unpacked.len() as u64 > max_bytes => Err((SkipReason::Oversized, format!("a page longer than {max_bytes} bytes"))),
        Some(error) => Err((SkipReason::Broken, format!("content-encoding {}: {error}", shown(encoding)))),
        None => Ok(unpacked),
    }
}
