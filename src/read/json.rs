//! A `.json` file → its articles: one object, an array of objects, or objects one after another.

use super::record::{self, Place};
use super::unpack::{self, Unpacked};
use super::{Sink, Skip, SkipReason, SourceFile, encoding};
use std::ops::ControlFlow;

/// Reads every object; a bad one is a skip of its own and the rest goes on.
pub fn read(file: &SourceFile, stream: &mut dyn std::io::BufRead, max_bytes: u64, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let Unpacked { bytes, damage } = match unpack::read_bounded(file, stream, max_bytes) {
        Ok(unpacked) => unpacked,
        Err(skip) => return sink(Err(skip)),
    };
    // An object's bytes are those of the file only where the file is read as it is.
    let utf8 = to_utf8(bytes);
    let mut rest = Objects { bytes: &utf8, at: 0 };
    let mut records = 0;
    for (byte_offset, object) in rest.by_ref() {
        sink(record::read(file, Place { record: records, byte_offset: byte_offset as u64 }, object))?;
        records += 1;
    }
    match damage {
        Some(error) => sink(Err(unpack::broken(file, &error))),
        None if rest.at < utf8.len() => sink(Err(Skip::record(file, records, SkipReason::Broken, "an object without an end"))),
        None if records == 0 => sink(Err(Skip::file(file, SkipReason::NoText, "no object"))),
        None => ControlFlow::Continue(()),
    }
}

/// Brings UTF-16 and a file with a byte order mark to plain UTF-8, so that brackets are single bytes.
fn to_utf8(bytes: Vec<u8>) -> Vec<u8> {
    match encoding_rs::Encoding::for_bom(&bytes).is_some() || encoding::unmarked_utf16(&bytes).is_some() {
        true => encoding::decode_source(&bytes).text.into_owned().into_bytes(),
        false => bytes,
    }
}

/// The outermost `{…}` of a file, each with its byte offset.
///
/// Counts brackets outside strings, in one pass and without recursion; stops with `at` before the
/// end at an object that has none.
struct Objects<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Objects<'a> {
    type Item = (usize, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let Some(start) = self.bytes[self.at..].iter().position(|&byte| byte == b'{').map(|skipped| self.at + skipped) else {
            self.at = self.bytes.len();
            return None;
        };
        let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
        for (end, &byte) in self.bytes.iter().enumerate().skip(start) {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_string => escaped = true,
                b'"' => in_string = !in_string,
                b'{' if !in_string => depth += 1,
                b'}' if !in_string => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                self.at = end + 1;
                return Some((start, &self.bytes[start..=end]));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_found_with_their_places() {
        let cases = [
            (r#"{"a": "}"}"#, vec![(0, r#"{"a": "}"}"#)]),
            (r#" [{"a": 1}, {"b": {"c": "\"{"}}] "#, vec![(2, r#"{"a": 1}"#), (12, r#"{"b": {"c": "\"{"}}"#)]),
            ("{}\n{}", vec![(0, "{}"), (3, "{}")]),
            (r#"[{"a": 1}, {"b": "#, vec![(1, r#"{"a": 1}"#)]),
            ("[1, 2]", vec![]),
        ];
        for (text, expected) in cases {
            let found: Vec<(usize, &[u8])> = Objects { bytes: text.as_bytes(), at: 0 }.collect();
            assert_eq!(found, expected.iter().map(|&(at, object)| (at, object.as_bytes())).collect::<Vec<_>>(), "{text}");
        }
    }
}
