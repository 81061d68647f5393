//! A `.warc.gz` on disk → a stream of its unpacked bytes that goes on behind damage.
//!
//! Each record is a gzip member of its own, so that behind a damaged one the next can be found: the stream gives one error, and
//! then goes on at the next member that begins with `WARC/`.

use crate::read::bound::{Meter, Packed, Unpacking};
use crate::read::{BytesRead, ReadOptions, count::Counted};
use flate2::bufread::GzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::rc::Rc;

const BUFFER_BYTES: usize = 128 << 10;

/// What a gzip member begins with.
const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

/// Most times that a next member is looked for: each may read what was read before.
const MAX_SEARCHES: u32 = 1000;

/// What is wrong behind the last member that gave anything: that one is whole.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct BehindMember(String);

fn behind(error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), BehindMember(error.to_string()))
}

/// Whether what was read until an error is whole.
pub fn is_behind_member(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|what| what.is::<BehindMember>())
}

/// Opens a packed WARC.
pub fn open(path: &Path, options: &ReadOptions) -> io::Result<BufReader<Members>> {
    let (meter, bytes_read) = (Meter::new(&options.limits), options.bytes_read.clone());
    let members = Members { path: path.to_owned(), bytes_read, member: None, start: 0, gave: false, next: Some(0), searches: 0, meter };
    File::open(path)?;
    Ok(BufReader::with_capacity(BUFFER_BYTES, members))
}

type Source = BufReader<Packed<Counted>>;

/// The members of a file, one after the other.
pub struct Members {
    path: std::path::PathBuf,
    bytes_read: BytesRead,
    /// The member that is being read.
    member: Option<Unpacking<GzDecoder<Source>>>,
    /// Where it begins, and whether it gave anything.
    start: u64,
    gave: bool,
    /// Where the next one begins, where none is being read.
    next: Option<u64>,
    searches: u32,
    meter: Rc<Meter>,
}

impl Members {
    fn source(&self, at: u64) -> io::Result<Source> {
        let mut file = self.bytes_read.open(&self.path)?;
        file.seek(SeekFrom::Start(at))?;
        Ok(BufReader::with_capacity(BUFFER_BYTES, Packed::new(file, &self.meter)))
    }

    /// Opens the member at a place; `false` at the end of the file.
    fn enter(&mut self, at: u64) -> io::Result<bool> {
        if is_over(&mut self.source(at)?)? {
            return Ok(false);
        }
        let source = self.source(at)?;
        (self.start, self.gave, self.member) = (at, false, Some(Unpacking::new(GzDecoder::new(source), &self.meter)));
        Ok(true)
    }

    /// Where the next member begins that holds a record; looked for from a place on.
    fn search(&mut self, from: u64) -> io::Result<Option<u64>> {
        let mut from = from;
        while self.searches < MAX_SEARCHES {
            self.searches += 1;
            let Some(at) = self.magic(from)? else { return Ok(None) };
            let mut beginning = [0; 5];
            let begins = GzDecoder::new(self.source(at)?).read_exact(&mut beginning);
            if begins.is_ok() && &beginning == b"WARC/" {
                return Ok(Some(at));
            }
            from = at + 1;
        }
        Ok(None)
    }

    /// The next place with the bytes that begin a member.
    fn magic(&self, from: u64) -> io::Result<Option<u64>> {
        let mut source = self.source(from)?;
        let (mut matched, mut at) = (0, from);
        loop {
            let chunk = source.fill_buf()?;
            if chunk.is_empty() {
                return Ok(None);
            }
            for (offset, &byte) in chunk.iter().enumerate() {
                matched = if byte == MAGIC[matched] { matched + 1 } else { usize::from(byte == MAGIC[0]) };
                if matched == MAGIC.len() {
                    return Ok(Some(at + offset as u64 + 1 - MAGIC.len() as u64));
                }
            }
            let length = chunk.len();
            at += length as u64;
            source.consume(length);
        }
    }
}

impl Read for Members {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        loop {
            let Some(member) = &mut self.member else {
                let Some(at) = self.next.take() else { return Ok(0) };
                if !self.enter(at)? {
                    return Ok(0);
                }
                continue;
            };
            match member.read(into) {
                Ok(0) => {
                    // The next member begins where this one ended; the source has read ahead.
                    let decoder = self.member.take().map(Unpacking::into_inner);
                    let Some(mut source) = decoder.map(GzDecoder::into_inner) else { continue };
                    if source.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    let end = source_position(&mut source)?;
                    match source.fill_buf()?.starts_with(&MAGIC[..1]) {
                        true => {
                            (self.start, self.gave) = (end, false);
                            self.member = Some(Unpacking::new(GzDecoder::new(source), &self.meter));
                        }
                        false if is_over(&mut source)? => return Ok(0),
                        false => {
                            self.next = self.search(end)?;
                            return Err(behind(&io::Error::new(io::ErrorKind::InvalidData, "bytes that are no gzip member")));
                        }
                    }
                }
                Ok(read) => {
                    self.gave = true;
                    return Ok(read);
                }
                Err(error) if crate::read::bound::is_bomb(&error) => return Err(error),
                Err(error) => {
                    self.member = None;
                    self.next = self.search(self.start + 1)?;
                    return Err(if self.gave { error } else { behind(&error) });
                }
            }
        }
    }
}

/// Whether nothing but the zeros follows that some programs pad a file with.
fn is_over(source: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let chunk = source.fill_buf()?;
        if chunk.is_empty() || chunk.iter().any(|&byte| byte != 0) {
            return Ok(chunk.is_empty());
        }
        let zeros = chunk.len();
        source.consume(zeros);
    }
}

/// The place in the file that a source stands at.
fn source_position(source: &mut Source) -> io::Result<u64> {
    let ahead = source.buffer().len() as u64;
    Ok(source.get_mut().position()?.saturating_sub(ahead))
}
