//! Bytes → text: byte order mark, UTF-8, the page's own word, a guess; in that order.
//!
//! Characters that cannot be read become U+FFFD, which is how later stages know of the loss. The
//! Vietnamese encodings that look like Latin text (TCVN3, VNI) are read as what they look like.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use std::borrow::Cow;

/// How many bytes are looked at for the page's own word, as browsers do, with room for long heads.
const DECLARED_WITHIN_BYTES: usize = 8 << 10;

/// How many bytes are looked at to tell text from other things.
const BINARY_WITHIN_BYTES: usize = 8 << 10;

/// First bytes of file types that get a text's name by mistake and look like text at first.
const MAGIC: [&[u8]; 9] =
    [b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"{\\rtf", b"\xd0\xcf\x11\xe0"];

/// Text and the encoding that it was read in.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// Without byte order mark.
    pub text: Cow<'a, str>,
    /// The encoding's name as the WHATWG writes it, in lower case.
    pub charset: String,
}

/// Decodes a whole file or record.
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, mark_bytes)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, &bytes[mark_bytes..]);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: Cow::Borrowed(text), charset: charset(UTF_8) },
        Err(error) if is_damaged_utf8(bytes, error) => decode_as(UTF_8, bytes),
        Err(_) => decode_as(declared(bytes).unwrap_or_else(|| guessed(bytes)), bytes),
    }
}

/// Whether bytes are something else than text in any encoding read here.
pub fn is_binary(bytes: &[u8]) -> bool {
    if Encoding::for_bom(bytes).is_some() {
        return false;
    }
    let head = &bytes[..bytes.len().min(BINARY_WITHIN_BYTES)];
    let controls = head.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)).count();
    MAGIC.iter().any(|magic| bytes.starts_with(magic)) || head.contains(&0) || controls * 20 > head.len()
}

fn decode_as<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, charset: charset(encoding) }
}

fn charset(encoding: &'static Encoding) -> String {
    encoding.name().to_ascii_lowercase()
}

/// Whether this is UTF-8 with a few bad bytes (cut off, or pasted together) rather than another encoding.
///
/// Text of another encoding has hardly a valid sequence of several bytes; here nine in ten are.
fn is_damaged_utf8(bytes: &[u8], first_error: std::str::Utf8Error) -> bool {
    let (mut letters, mut errors, mut at) = (0, 0, 0);
    let mut error = Some(first_error);
    loop {
        let valid = error.map_or(bytes.len() - at, |error| error.valid_up_to());
        letters += bytes[at..at + valid].iter().filter(|&&byte| byte >= 0xC0).count();
        let Some(found) = error else { break };
        errors += 1;
        match found.error_len() {
            Some(length) => at += valid + length,
            None => break,
        }
        error = std::str::from_utf8(&bytes[at..]).err();
        // Another encoding fails all the time: no need to read 64 MiB of it to know.
        if errors > 1000 && errors > letters {
            return false;
        }
    }
    letters >= errors * 9
}

/// `<meta charset="…">` or `<meta … content="text/html; charset=…">`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(DECLARED_WITHIN_BYTES)].to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let meta = head.match_indices("charset").find_map(|(at, word)| {
        let tag = head[..at].rfind('<')?;
        head[tag..].starts_with("<meta").then_some(())?;
        let value = head[at + word.len()..].trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
        Some(value.split(|letter: char| !letter.is_ascii_alphanumeric() && !"-_:".contains(letter)).next()?.to_owned())
    })?;
    // The bytes are known not to be UTF-8 by now.
    Encoding::for_label(meta.as_bytes()).filter(|&encoding| encoding != UTF_8)
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"vn"), Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_found_by_mark_by_validity_by_declaration_and_by_guess() {
        let utf16 = |text: &str| [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect::<Vec<u8>>();
        // e with a circumflex and a combining dot below is how windows-1258 writes ệ.
        let vietnamese = b"Vi\xea\xf2t Nam: c\xf4ng an ph\xfd\xf2\xf6ng, h\xf4\xf2i \xf1\xf4\xecng nh\xe2n d\xe2n".to_vec();
        let page =
            [b"<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1252\">".as_slice(), b"caf\xe9"].concat();
        let cut = [&"Ủy ban nhân dân tỉnh Cà Mau họp ".repeat(4).into_bytes()[..], b"\xe1\xbb"].concat();
        let cases = [
            ("mark", [b"\xef\xbb\xbf".as_slice(), "Huế".as_bytes()].concat(), "utf-8", "Huế"),
            ("UTF-16", utf16("Huế họp"), "utf-16le", "Huế họp"),
            ("UTF-8", "Cà Mau".into(), "utf-8", "Cà Mau"),
            ("declared", page, "windows-1252", "café"),
            ("cut within a letter", cut, "utf-8", "họp \u{fffd}"),
            ("guessed", vietnamese, "windows-1258", "Viê\u{323}t Nam"),
        ];
        for (name, bytes, charset, within) in cases {
            let decoded = decode(&bytes);
            assert_eq!(decoded.charset, charset, "{name}");
            assert!(decoded.text.contains(within), "{name}: {}", decoded.text);
        }
    }

    #[test]
    fn text_is_told_from_other_things() {
        for yes in [b"\x00\x01\x02".as_slice(), b"%PDF-1.4 text", b"ab\x01\x02\x03\x04cd", b"PK\x03\x04abc"] {
            assert!(is_binary(yes), "{yes:?}");
        }
        for no in ["Bến Tre\r\n\tlà".as_bytes(), b"\xff\xfeB\x00", b"caf\xe9"] {
            assert!(!is_binary(no), "{no:?}");
        }
    }
}
