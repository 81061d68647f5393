//! A tar stream → its members, in order.

use super::Archive;
use crate::read::{ReadOptions, Sink, Skip, SkipReason, SourceFile, unpack};
use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::rc::Rc;
use tar::EntryType;

/// Most bytes that may stand between two members: headers and long names.
const MAX_HEADER_BYTES: u64 = 1 << 20;

/// Reads every member. Damage ends the reading with one skip; the members before it were handed on.
pub fn read(file: &SourceFile, stream: &mut dyn BufRead, options: &ReadOptions, depth: u32, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut archive = Archive::new(file, options, depth);
    // tar reads long names whole, however long: between members, its stream ends.
    let left = Rc::new(Cell::new(u64::MAX));
    let mut opened = tar::Archive::new(Allowance { inner: stream, left: Rc::clone(&left) });
    let mut entries = match opened.entries() {
        Ok(entries) => entries,
        Err(error) => return sink(Err(unpack::broken(file, &error))),
    };
    loop {
        left.set(MAX_HEADER_BYTES);
        let entry = match entries.next() {
            None => break,
            Some(Ok(entry)) => entry,
            Some(Err(error)) => return sink(Err(unpack::broken(file, &error))),
        };
        left.set(u64::MAX);
        let kind = entry.header().entry_type();
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let mut member = Whole { left: entry.size(), inner: entry };
        let no_file = what_it_is(kind);
        if no_file.is_some() || is_article(kind, &name) {
            if let Some(skip) = archive.is_full() {
                return sink(Err(skip));
            }
            match (archive.member(&name), no_file) {
                (Ok(file), None) => archive.read(&file, &mut BufReader::new(&mut member), sink)?,
                (Ok(file), Some(what)) => sink(Err(Skip::file(&file, SkipReason::NotAFile, what)))?,
                (Err(skip), _) => sink(Err(skip))?,
            }
        }
        // A hole in a sparse file has no bytes to be passed over.
        if kind.is_gnu_sparse() {
            left.set(options.limits.max_file_bytes);
        } else if let Err(error) = io::copy(&mut member, &mut io::sink()) {
            return sink(Err(unpack::broken(file, &error)));
        }
    }
    if archive.members == 0 { sink(Err(Skip::file(file, SkipReason::Empty, ""))) } else { ControlFlow::Continue(()) }
}

fn is_article(kind: EntryType, name: &str) -> bool {
    (kind.is_file() || kind.is_contiguous()) && !name.ends_with('/')
}

/// What a member is that is no file; `None` for folders and for what only describes others.
fn what_it_is(kind: EntryType) -> Option<&'static str> {
    Some(match kind {
        EntryType::Symlink => "symbolic link",
        EntryType::Link => "hard link",
        EntryType::Char | EntryType::Block => "device",
        EntryType::Fifo => "pipe",
        EntryType::GNUSparse => "file with holes",
        _ => return None,
    })
}

/// A stream of which only so much may be read.
struct Allowance<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Allowance<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        let left = self.left.get().checked_sub(read as u64);
        self.left.set(left.ok_or_else(|| io::Error::other("a header or a name without measure"))?);
        Ok(read)
    }
}

/// A member's bytes: an error where the archive ends before they do.
struct Whole<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        if read == 0 && self.left > 0 && !into.is_empty() {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the archive ends within a member"));
        }
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}
