//! Bytes → text: byte order mark, UTF-8, an older Vietnamese encoding, the page's own word, a guess; in that order.
//!
//! Characters that cannot be read become U+FFFD, which is how later stages know of the loss. What a
//! page says of its encoding is often not so: syllables that are valid say more.

use super::legacy;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use std::borrow::Cow;

/// How many bytes are looked at for the page's own word, as browsers do, with room for long heads.
const DECLARED_WITHIN_BYTES: usize = 8 << 10;

/// How many bytes are looked at to tell text from other things.
const BINARY_WITHIN_BYTES: usize = 8 << 10;

/// First bytes of file types that get a text's name by mistake and look like text at first.
const MAGIC: [&[u8]; 9] =
    [b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"{\\rtf", b"\xd0\xcf\x11\xe0"];

/// An encoding that somebody names: a folder's settings, or the header of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// One of those that browsers know.
    Web(&'static Encoding),
    /// An older Vietnamese one.
    Older(legacy::Legacy),
}

impl Charset {
    /// Looks an encoding up by its name, in any case.
    pub fn named(name: &str) -> Option<Charset> {
        let name = name.trim().to_ascii_lowercase();
        let older = legacy::LEGACIES.into_iter().find(|older| *older != legacy::Legacy::Utf8 && older.name() == name);
        older.map(Charset::Older).or_else(|| Encoding::for_label(name.as_bytes()).map(Charset::Web))
    }
}

/// Text and the encoding that it was read in.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// Without byte order mark.
    pub text: Cow<'a, str>,
    /// The encoding's name as the WHATWG writes it, in lower case.
    pub charset: String,
}

/// Decodes a whole file: as [`decode_source`], and text within Unicode that is of an older encoding.
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    let Decoded { text, charset } = decode_source(bytes);
    match legacy::within_unicode(&[&text]) {
        Some(found) => Decoded { text: legacy::convert(&text, found, true).into(), charset: with_legacy(&charset, found) },
        None => Decoded { text, charset },
    }
}

/// As [`decode`]; of bytes that are neither marked nor UTF-8, an encoding that was named counts.
pub fn decode_named(bytes: &[u8], named: Option<Charset>) -> Decoded<'_> {
    as_named(bytes, named).unwrap_or_else(|| decode(bytes))
}

/// As [`decode_source`]; of bytes that are neither marked nor UTF-8, an encoding that was named counts.
pub fn decode_source_named(bytes: &[u8], named: Option<Charset>) -> Decoded<'_> {
    as_named(bytes, named).unwrap_or_else(|| decode_source(bytes))
}

/// Decodes bytes as an encoding that was named says, unless they say otherwise themselves.
fn as_named(bytes: &[u8], named: Option<Charset>) -> Option<Decoded<'_>> {
    let named = named?;
    let tells_itself = Encoding::for_bom(bytes).is_some() || unmarked_utf16(bytes).is_some() || std::str::from_utf8(bytes).is_ok();
    if tells_itself {
        return None;
    }
    Some(match named {
        // Said of bytes that are not so.
        Charset::Web(encoding) if [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding) => return None,
        Charset::Web(encoding) => decode_as(encoding, bytes),
        Charset::Older(older) => {
            Decoded { text: legacy::convert(&line_by_line(bytes).0, older, false).into(), charset: older.name().to_owned() }
        }
    })
}

/// Decodes bytes to what was written, be it the text of a record that is yet to be taken apart.
pub fn decode_source(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, mark_bytes)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, &bytes[mark_bytes..]);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return decode_as(encoding, bytes);
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Decoded { text: Cow::Borrowed(text), charset: charset(UTF_8) },
        Err(error) => error,
    };
    let (text, has_utf8) = line_by_line(bytes);
    if let Some(found) = legacy::of_bytes(&text) {
        let charset = if has_utf8 { with_legacy("utf-8", found) } else { found.name().to_owned() };
        return Decoded { text: legacy::convert(&text, found, false).into(), charset };
    }
    if is_damaged_utf8(bytes, error) {
        return decode_as(UTF_8, bytes);
    }
    decode_as(declared(bytes).unwrap_or_else(|| guessed(bytes)), bytes)
}

/// The name of an encoding in which there is text of another.
pub fn with_legacy(charset: &str, legacy: legacy::Legacy) -> String {
    format!("{charset}, {}", legacy.name())
}

/// Whether bytes are UTF-16, with a byte order mark or without.
pub fn is_utf16(bytes: &[u8]) -> bool {
    Encoding::for_bom(bytes).is_some_and(|(encoding, _)| encoding != UTF_8) || unmarked_utf16(bytes).is_some()
}

/// UTF-16 without a byte order mark, told by the high bytes that Vietnamese has.
pub fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(BINARY_WITHIN_BYTES)];
    let units = |of: fn([u8; 2]) -> u16| head.as_chunks::<2>().0.iter().map(move |&pair| of(pair));
    let is_text = |of: fn([u8; 2]) -> u16| {
        let (mut ascii, mut other, mut odd) = (0, 0, 0);
        for unit in units(of) {
            match unit {
                0x09 | 0x0A | 0x0D | 0x20..=0x7E => ascii += 1,
                0xA0..=0x1B0 | 0x300..=0x323 | 0x1EA0..=0x1EF9 | 0x2010..=0x2026 => other += 1,
                _ => odd += 1,
            }
        }
        // A zero byte in every ASCII letter is what UTF-8 never has.
        ascii >= 2 && ascii > other && odd * 20 <= ascii
    };
    if !head.contains(&0) {
        None
    } else if is_text(u16::from_le_bytes) {
        Some(UTF_16LE)
    } else {
        is_text(u16::from_be_bytes).then_some(UTF_16BE)
    }
}

/// Bytes that are not UTF-8 as a whole: each line as UTF-8 where it is, else as windows-1252, which has
/// a character for every byte; and whether there was a line of the first kind.
fn line_by_line(bytes: &[u8]) -> (String, bool) {
    let (mut text, mut has_utf8) = (String::with_capacity(bytes.len() + bytes.len() / 2), false);
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        match std::str::from_utf8(line) {
            Ok(line) if line.is_ascii() => text.push_str(line),
            Ok(line) if is_plausible(line) => {
                has_utf8 = true;
                text.push_str(line);
            }
            Err(error) if is_damaged_utf8(line, error) => {
                has_utf8 = true;
                text.push_str(&String::from_utf8_lossy(line));
            }
            _ => text.push_str(&WINDOWS_1252.decode_without_bom_handling(line).0),
        }
    }
    (text, has_utf8)
}

/// Whether a line has only characters that a text in Vietnamese may have: two letters of VISCII side by
/// side (`\xDF\xB6`) may be valid UTF-8 by chance, but of a script that nobody here writes.
fn is_plausible(line: &str) -> bool {
    line.chars().all(|letter| matches!(letter, '\0'..='\u{24F}' | '\u{300}'..='\u{36F}' | '\u{1E00}'..='\u{FFFF}'))
}

/// Whether bytes are something else than text in any encoding read here.
pub fn is_binary(bytes: &[u8]) -> bool {
    if Encoding::for_bom(bytes).is_some() || unmarked_utf16(bytes).is_some() {
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
    // The bytes are known to be neither by now.
    Encoding::for_label(meta.as_bytes()).filter(|encoding| ![UTF_8, UTF_16LE, UTF_16BE].contains(encoding))
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    match detector.guess(Some(b"vn"), Utf8Detection::Allow) {
        // Its syllables would have been valid.
        guess if guess == WINDOWS_1258 => WINDOWS_1252,
        guess => guess,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_found_by_mark_by_validity_by_syllables_and_by_declaration() {
        let utf16 = |text: &str| [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect::<Vec<u8>>();
        // e with a circumflex and a combining dot below is how windows-1258 writes ệ.
        let vietnamese = b"Vi\xea\xf2t Nam: c\xf4ng an ph\xfd\xf5\xccng, h\xf4\xf2i \xf0\xf4\xccng nh\xe2n d\xe2n".to_vec();
        let page =
            [b"<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1252\">".as_slice(), b"caf\xe9"].concat();
        let cut = [&"Ủy ban nhân dân tỉnh Cà Mau họp ".repeat(4).into_bytes()[..], b"\xe1\xbb"].concat();
        let cases = [
            ("mark", [b"\xef\xbb\xbf".as_slice(), "Huế".as_bytes()].concat(), "utf-8", "Huế"),
            ("UTF-16", utf16("Huế họp"), "utf-16le", "Huế họp"),
            ("UTF-16 without mark", utf16("Huế họp")[2..].to_vec(), "utf-16le", "Huế họp"),
            ("the other UTF-16", "Huế họp".encode_utf16().flat_map(u16::to_be_bytes).collect(), "utf-16be", "Huế họp"),
            ("UTF-8", "Cà Mau".into(), "utf-8", "Cà Mau"),
            ("declared", page, "windows-1252", "café"),
            ("cut within a letter", cut, "utf-8", "họp \u{fffd}"),
            ("valid syllables", vietnamese, "windows-1258", "Việt Nam"),
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
        for no in ["Bến Tre\r\n\tlà".as_bytes(), b"\xff\xfeB\x00", b"B\x00a\x00", b"caf\xe9"] {
            assert!(!is_binary(no), "{no:?}");
        }
    }
}
