//! A packed stream → the same stream, with an end: an error where it unpacks to more than its limits allow.
//!
//! Counts what goes in and what comes out; knows nothing of what is in it.

use super::Limits;
use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// Bytes that anything may unpack to, whatever its ratio: small files of one letter are no attack.
const FREE_BYTES: u64 = 64 << 20;

/// A stream unpacks to too much. The inner error of an [`io::Error`].
#[derive(Debug, thiserror::Error)]
#[error("unpacks to more than {limit}; --max-unpacked-bytes and --max-unpacked-ratio set the limits")]
pub struct Bomb {
    limit: String,
}

/// What went in and came out of one packed file.
#[derive(Debug)]
pub struct Meter {
    packed: Cell<u64>,
    unpacked: Cell<u64>,
    max_bytes: u64,
    max_ratio: u64,
}

impl Meter {
    /// A meter of a file of which nothing was read yet.
    pub fn new(limits: &Limits) -> Rc<Meter> {
        Meter::of_size(limits, 0)
    }

    /// A meter of a file of so many packed bytes, whatever part of them is read how often.
    pub fn of_size(limits: &Limits, packed: u64) -> Rc<Meter> {
        let (max_bytes, max_ratio) = (limits.max_unpacked_bytes, limits.max_unpacked_ratio);
        Rc::new(Meter { packed: Cell::new(packed), unpacked: Cell::new(0), max_bytes, max_ratio })
    }

    fn take(&self, bytes: usize) -> io::Result<()> {
        self.unpacked.set(self.unpacked.get().saturating_add(bytes as u64));
        self.check()
    }

    /// Whether it is still within its limits.
    pub fn check(&self) -> io::Result<()> {
        let unpacked = self.unpacked.get();
        let limit = if unpacked > self.max_bytes {
            format!("{} bytes", self.max_bytes)
        } else if unpacked > FREE_BYTES && unpacked / self.max_ratio.max(1) > self.packed.get() {
            format!("{} times its size", self.max_ratio)
        } else {
            return Ok(());
        };
        Err(io::Error::other(Bomb { limit }))
    }
}

/// The packed bytes, counted.
pub struct Packed<R> {
    inner: R,
    meter: Rc<Meter>,
}

impl<R> Packed<R> {
    pub fn new(inner: R, meter: &Rc<Meter>) -> Packed<R> {
        Packed { inner, meter: Rc::clone(meter) }
    }
}

impl<R: io::Seek> Packed<R> {
    /// Where in the packed bytes it stands.
    pub fn position(&mut self) -> io::Result<u64> {
        self.inner.stream_position()
    }
}

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.meter.packed.set(self.meter.packed.get().saturating_add(read as u64));
        Ok(read)
    }
}

/// The unpacked bytes, counted and bounded.
pub struct Unpacking<R> {
    inner: R,
    meter: Rc<Meter>,
}

impl<R> Unpacking<R> {
    pub fn new(inner: R, meter: &Rc<Meter>) -> Unpacking<R> {
        Unpacking { inner, meter: Rc::clone(meter) }
    }

    pub fn into_inner(self) -> R {
        self.inner
    }
}

impl<R: Read> Read for Unpacking<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.meter.take(read).map(|()| read)
    }
}

/// Whether an error says that a stream unpacks to too much.
pub fn is_bomb(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Bomb>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_ends_in_an_error_beyond_its_limits() {
        let limits = |max_unpacked_bytes, max_unpacked_ratio| Limits { max_unpacked_bytes, max_unpacked_ratio, ..Limits::default() };
        let read = |limits: Limits, packed, bytes: u64| {
            let stream = Unpacking::new(io::repeat(b'a').take(bytes), &Meter::of_size(&limits, packed));
            io::copy(&mut { stream }, &mut io::sink()).map_err(|error| is_bomb(&error))
        };
        assert_eq!(read(limits(1000, 10), 1, 1000), Ok(1000));
        assert_eq!(read(limits(1000, 10), 1, 1001), Err(true));
        assert_eq!(read(limits(u64::MAX, 10), 1, FREE_BYTES), Ok(FREE_BYTES));
        assert_eq!(read(limits(u64::MAX, 10), 1, FREE_BYTES + 1), Err(true));
        assert_eq!(read(limits(u64::MAX, 10), FREE_BYTES, FREE_BYTES * 2), Ok(FREE_BYTES * 2));
    }
}
