//! A JSON Lines file → one article for every line, as a stream.
//!
//! A line ends at `\n` and nowhere else: U+2028, U+2029 and U+0085 are letters of a text here.

use super::record::{self, Place};
use super::{Sink, Skip, SkipReason, SourceFile, encoding, unpack};
use std::io::{self, BufRead};
use std::ops::ControlFlow;

/// Reads every line; a bad one is a skip of its own and the rest goes on.
///
/// The number of a record is that of its line, from 0, blank lines counted.
pub fn read(file: &SourceFile, stream: &mut dyn BufRead, max_line_bytes: u64, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut place = Place { record: 0, byte_offset: 0 };
    let (mut line, mut any) = (Vec::new(), false);
    loop {
        let read = match read_line(stream, max_line_bytes, &mut line) {
            Ok(read) => read,
            Err(error) => return sink(Err(unpack::broken(file, &error))),
        };
        if read.bytes == 0 {
            break;
        }
        if place.byte_offset == 0 && encoding::is_binary(&line) {
            return sink(Err(Skip::file(file, SkipReason::Binary, "")));
        }
        if read.oversized {
            any = true;
            let detail = format!("a line longer than {max_line_bytes} bytes");
            sink(Err(Skip::record(file, place.record, SkipReason::Oversized, &detail)))?;
        } else if !line.iter().all(u8::is_ascii_whitespace) {
            any = true;
            sink(record::read(file, place, &line))?;
        }
        place = Place { record: place.record + 1, byte_offset: place.byte_offset + read.bytes };
    }
    if any { ControlFlow::Continue(()) } else { sink(Err(Skip::file(file, SkipReason::Empty, ""))) }
}

/// How far one line reached.
struct Line {
    /// Bytes taken from the stream, the line end included; 0 at the end of the stream.
    bytes: u64,
    /// Whether it was too long; then `line` holds only its beginning.
    oversized: bool,
}

/// Reads a line without its end (`\n` or `\r\n`) into `line`.
fn read_line(stream: &mut dyn BufRead, max_bytes: u64, line: &mut Vec<u8>) -> io::Result<Line> {
    line.clear();
    let mut read = Line { bytes: 0, oversized: false };
    loop {
        let chunk = match stream.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = chunk.iter().position(|&byte| byte == b'\n');
        let text = &chunk[..end.unwrap_or(chunk.len())];
        if (line.len() + text.len()) as u64 > max_bytes {
            read.oversized = true;
        } else {
            line.extend_from_slice(text);
        }
        let taken = text.len() + usize::from(end.is_some());
        stream.consume(taken);
        read.bytes += taken as u64;
        if end.is_some() || taken == 0 {
            if line.last() == Some(&b'\r') {
                line.pop();
            }
            return Ok(read);
        }
    }
}
