//! A stream → the same stream, of which what was taken for too much may be given back: those bytes are read again.
//!
//! Where a record has no end, or another than it says, its bytes hold the records behind it. Knows nothing of what a record is.

use std::io::{self, BufRead};

/// Bytes may be read again so many times what was read, so that hostile lengths and quotation marks cost no more than a few readings.
const MAX_REREAD: u64 = 8;
const FREE_BYTES: u64 = 1 << 20;

/// A stream that can go back.
pub struct Reread<'a> {
    stream: &'a mut dyn BufRead,
    /// Bytes that were given back: those from `at` on are still to be read.
    again: Vec<u8>,
    at: usize,
    offset: u64,
    reread: u64,
}

impl<'a> Reread<'a> {
    pub fn new(stream: &'a mut dyn BufRead) -> Reread<'a> {
        Reread { stream, again: Vec::new(), at: 0, offset: 0, reread: 0 }
    }

    /// Where it stands: bytes taken, without those that were given back.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The bytes at hand; empty at the end.
    pub fn chunk(&mut self) -> io::Result<&[u8]> {
        if self.at < self.again.len() {
            return Ok(&self.again[self.at..]);
        }
        (self.again, self.at) = (Vec::new(), 0);
        loop {
            match self.stream.fill_buf() {
                Ok(_) => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.stream.fill_buf()
    }

    /// Takes so many of the bytes at hand.
    pub fn consume(&mut self, bytes: usize) {
        self.offset += bytes as u64;
        if self.at < self.again.len() {
            self.at += bytes;
        } else {
            self.stream.consume(bytes);
        }
    }

    /// Whether so many more bytes may be read again.
    pub fn may_give_back(&self, bytes: u64) -> bool {
        self.reread.saturating_add(bytes) <= MAX_REREAD * (self.offset + FREE_BYTES)
    }

    /// Gives back the bytes that were taken last.
    pub fn give_back(&mut self, bytes: Vec<u8>) {
        self.offset -= bytes.len() as u64;
        self.reread += bytes.len() as u64;
        // While there are bytes to be read again, the last that were taken stand before them.
        if self.at < self.again.len() {
            self.at -= bytes.len();
        } else {
            (self.again, self.at) = (bytes, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn take(from: &mut Reread<'_>, bytes: usize) -> Vec<u8> {
        let mut taken = Vec::new();
        while taken.len() < bytes {
            let chunk = from.chunk().unwrap();
            let some = chunk.len().min(bytes - taken.len());
            assert!(some > 0, "the stream has an end");
            taken.extend_from_slice(&chunk[..some]);
            from.consume(some);
        }
        taken
    }

    #[test]
    fn what_is_given_back_is_read_again_in_its_place() {
        let mut stream = io::BufReader::with_capacity(4, b"0123456789".as_slice());
        let mut bytes = Reread::new(&mut stream);
        for (taken, given_back, offset) in
            [("012345", 4, 2), ("234", 2, 3), ("345", 3, 3), ("34567", 5, 3), ("3456789", 1, 9), ("9", 0, 10)]
        {
            let mut found = take(&mut bytes, taken.len());
            assert_eq!(found, taken.as_bytes());
            bytes.give_back(found.split_off(taken.len() - given_back));
            assert_eq!(bytes.offset(), offset, "{taken}");
        }
        assert!(bytes.chunk().unwrap().is_empty());
    }

    #[test]
    fn only_so_much_may_be_read_again() {
        let mut stream = io::repeat(b'a').take(1 << 20);
        let mut stream = io::BufReader::new(&mut stream);
        let mut bytes = Reread::new(&mut stream);
        let mut times = 0;
        while bytes.may_give_back(1 << 19) {
            let taken = take(&mut bytes, 1 << 19);
            bytes.give_back(taken);
            times += 1;
        }
        assert_eq!((times, bytes.may_give_back(u64::MAX)), (16, false));
    }
}
