//! A stream of WARC records → their headers and blocks, one after the other, past what is damaged.

use super::members::is_behind_member;
use crate::read::reread::Reread;
use std::io::{self, BufRead};

/// Longest header of a record, in bytes.
const MAX_HEADER_BYTES: usize = 64 << 10;

/// Errors of the stream without a byte between them, after which it is given up.
const MAX_ERRORS: u32 = 2;

/// A record as it stands in the file.
#[derive(Debug)]
pub struct Record {
    /// Where it begins, in unpacked bytes.
    pub byte_offset: u64,
    pub block: Vec<u8>,
    /// Names in small letters.
    headers: Vec<(String, String)>,
}

impl Record {
    /// The first value of a header, by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

/// What comes next.
#[derive(Debug)]
pub enum Found {
    Record(Record),
    /// Its block is too long, and was passed over.
    Oversized,
    /// Something that is no record, or half of one; the next begins behind it.
    Damaged(String),
    /// The stream cannot be read any further.
    Lost(io::Error),
    End,
}

/// Why a step found nothing.
enum Trouble {
    Damaged(String),
    Stream(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        Trouble::Stream(error)
    }
}

/// Records of a stream.
pub struct Records<'a> {
    stream: Reread<'a>,
    max_block_bytes: u64,
    /// A line that begins a record, already taken, with its place.
    start: Option<u64>,
    /// An error of the stream behind a record that is whole.
    pending: Option<io::Error>,
    errors: u32,
    line: Vec<u8>,
}

impl<'a> Records<'a> {
    pub fn new(stream: &'a mut dyn BufRead, max_block_bytes: u64) -> Records<'a> {
        Records { stream: Reread::new(stream), max_block_bytes, start: None, pending: None, errors: 0, line: Vec::new() }
    }

    /// The next record, or what stands in its place.
    pub fn next(&mut self) -> Found {
        let began = self.stream.offset();
        match self.record() {
            Ok(found) => found,
            Err(Trouble::Damaged(what)) => Found::Damaged(what),
            // A packed stream goes on at its next member.
            Err(Trouble::Stream(error)) => {
                self.errors = if self.stream.offset() == began { self.errors + 1 } else { 1 };
                match self.errors > MAX_ERRORS || crate::read::bound::is_bomb(&error) {
                    true => Found::Lost(error),
                    false => Found::Damaged(error.to_string()),
                }
            }
        }
    }

    fn record(&mut self) -> Result<Found, Trouble> {
        if let Some(error) = self.pending.take() {
            return Err(error.into());
        }
        let byte_offset = match self.start.take() {
            Some(start) => start,
            None => match self.find_start()? {
                (None, false) => return Ok(Found::End),
                (None, true) => return Err(Trouble::Damaged("no record: expected a line WARC/1.0".to_owned())),
                (Some(start), false) => start,
                (Some(start), true) => {
                    self.start = Some(start);
                    return Err(Trouble::Damaged("something between two records".to_owned()));
                }
            },
        };
        let headers = self.headers()?;
        let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse::<u64>().ok());
        let length = length.ok_or_else(|| Trouble::Damaged("a record without Content-Length".to_owned()))?;
        if length > self.max_block_bytes {
            self.pass_over(length)?;
            return Ok(Found::Oversized);
        }
        let block = self.block(length)?;
        Ok(Found::Record(Record { byte_offset, block, headers }))
    }

    /// Looks for the line that begins a record; says whether there was anything but blank lines before it.
    fn find_start(&mut self) -> Result<(Option<u64>, bool), Trouble> {
        let mut passed = false;
        loop {
            let at = self.stream.offset();
            if self.take_line(MAX_HEADER_BYTES)? == 0 {
                return Ok((None, passed));
            }
            if self.line.starts_with(b"WARC/") {
                return Ok((Some(at), passed));
            }
            passed |= !self.line.iter().all(u8::is_ascii_whitespace);
        }
    }

    /// The lines up to the empty one.
    fn headers(&mut self) -> Result<Vec<(String, String)>, Trouble> {
        let mut headers: Vec<(String, String)> = Vec::new();
        let mut left = MAX_HEADER_BYTES;
        loop {
            let at = self.stream.offset();
            let taken = self.take_line(left)?;
            if taken == 0 {
                return Err(Trouble::Damaged("the file ends within a record's header".to_owned()));
            }
            if self.line.starts_with(b"WARC/") {
                self.start = Some(at);
                return Err(Trouble::Damaged("a record's header has no end".to_owned()));
            }
            let Some(rest) = left.checked_sub(taken as usize) else {
                return Err(Trouble::Damaged(format!("a record's header is longer than {MAX_HEADER_BYTES} bytes")));
            };
            left = rest;
            let line = String::from_utf8_lossy(&self.line);
            if line.trim().is_empty() {
                return Ok(headers);
            }
            match (line.split_once(':'), headers.last_mut()) {
                // A long value may go on in the next line.
                (_, Some((_, value))) if line.starts_with([' ', '\t']) => value.extend([" ", line.trim()]),
                (Some((name, value)), _) => headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned())),
                (None, _) => return Err(Trouble::Damaged("a line of a record's header has no colon".to_owned())),
            }
        }
    }

    /// The block of a record, if another record or the end follows it.
    fn block(&mut self, length: u64) -> Result<Vec<u8>, Trouble> {
        // Where no more may be read again, a record ends where the next begins, whatever its length says.
        let is_trusted = self.stream.may_give_back(length);
        let mut block = Vec::new();
        while (block.len() as u64) < length {
            let at = self.stream.offset();
            let taken = self.take_line(usize::try_from(length).unwrap_or(usize::MAX).saturating_sub(block.len()).min(MAX_HEADER_BYTES));
            if taken.is_ok() && !is_trusted && self.line.starts_with(NEXT) {
                self.start = Some(at);
                return Err(Trouble::Damaged(OTHER_LENGTH.to_owned()));
            }
            block.extend_from_slice(&self.line);
            match taken {
                Ok(0) => return Err(self.again_from(block, "the file ends within a record")),
                Ok(_) => {}
                // What stands before the damage may be other records.
                Err(error) if next_record(&block).is_some() => return Err(self.again_from(block, &error.to_string())),
                Err(error) => return Err(error.into()),
            }
        }
        let at = self.stream.offset();
        self.take_line(MAX_HEADER_BYTES)?;
        if self.line.starts_with(b"WARC/") {
            self.start = Some(at);
        } else if !self.line.iter().all(u8::is_ascii_whitespace) {
            block.extend_from_slice(&self.line);
            return Err(self.again_from(block, OTHER_LENGTH));
        }
        // Only behind its last byte a packed member says whether it is whole.
        while self.start.is_none() {
            match self.stream.chunk() {
                Ok(chunk) if matches!(chunk.first(), Some(b'\r' | b'\n')) => self.stream.consume(1),
                Ok(_) => break,
                Err(error) if is_behind_member(&error) => {
                    self.pending = Some(error);
                    break;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(block)
    }

    /// Reads the block of a damaged record again from where another begins in it.
    fn again_from(&mut self, mut block: Vec<u8>, what: &str) -> Trouble {
        if let Some(at) = next_record(&block)
            && self.stream.may_give_back((block.len() - at) as u64)
        {
            block.drain(..at);
            self.stream.give_back(block);
        }
        Trouble::Damaged(what.to_owned())
    }

    /// Passes over a long block, unless another record begins in it: then its length is wrong.
    fn pass_over(&mut self, length: u64) -> Result<(), Trouble> {
        let end = self.stream.offset().saturating_add(length);
        while self.stream.offset() < end {
            let at = self.stream.offset();
            let most = usize::try_from(end - at).unwrap_or(usize::MAX);
            if self.take_line(most.min(MAX_HEADER_BYTES))? == 0 {
                break;
            }
            if self.line.starts_with(NEXT) {
                self.start = Some(at);
                break;
            }
        }
        Ok(())
    }

    /// Takes a line with its end, or so many bytes of it.
    fn take_line(&mut self, max_bytes: usize) -> io::Result<u64> {
        self.line.clear();
        while self.line.len() < max_bytes.max(1) {
            let room = max_bytes.max(1) - self.line.len();
            let chunk = self.stream.chunk()?;
            if chunk.is_empty() {
                break;
            }
            let chunk = &chunk[..chunk.len().min(room)];
            let end = chunk.iter().position(|&byte| byte == b'\n').map(|end| end + 1);
            let taken = end.unwrap_or(chunk.len());
            self.line.extend_from_slice(&chunk[..taken]);
            self.stream.consume(taken);
            if end.is_some() {
                break;
            }
        }
        Ok(self.line.len() as u64)
    }
}

/// What is wrong with a record whose end is not where it says.
const OTHER_LENGTH: &str = "a record is shorter or longer than its Content-Length";

/// What a record begins with.
const NEXT: &[u8] = b"WARC/1.";

/// Where a record begins in the middle of something else: a line's end that is missing is part of the damage.
fn next_record(block: &[u8]) -> Option<usize> {
    let begins = |at: &usize| block[*at..].starts_with(NEXT) && block.get(at + 8).is_some_and(|byte| matches!(byte, b'\r' | b'\n'));
    (0..block.len()).find(begins)
}
