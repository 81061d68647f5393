//! Pieces that come in any order → the same pieces by their numbers.
//!
//! For exports, which read articles as they lie in the index and write them as they rank. Pieces lie in a file; what is kept in memory of each is
//! where.

use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

/// So many bytes are read back at once.
const READ_BYTES: usize = 1 << 20;

/// Pieces that are waiting for others.
pub struct InOrder<F: Read + Write + Seek> {
    file: BufWriter<F>,
    /// Number, first byte, length.
    pieces: Vec<(u64, u64, u32)>,
    end: u64,
}

impl<F: Read + Write + Seek> InOrder<F> {
    /// Keeps pieces in an empty file.
    pub fn new(file: F) -> InOrder<F> {
        InOrder { file: BufWriter::with_capacity(READ_BYTES, file), pieces: Vec::new(), end: 0 }
    }

    /// How many it has taken.
    pub fn pieces(&self) -> u64 {
        self.pieces.len() as u64
    }

    /// Takes a piece.
    pub fn put(&mut self, number: u64, piece: &[u8]) -> io::Result<()> {
        let length = u32::try_from(piece.len()).map_err(|_| io::Error::other("a row of more than 4 GiB"))?;
        self.file.write_all(piece)?;
        self.pieces.push((number, self.end, length));
        self.end += u64::from(length);
        Ok(())
    }

    /// Hands over all pieces, in the order of their numbers.
    pub fn read(self, mut each: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        let InOrder { file, mut pieces, .. } = self;
        let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        pieces.sort_unstable();
        let mut piece = Vec::new();
        for (_, start, length) in pieces {
            file.seek(SeekFrom::Start(start))?;
            piece.resize(length as usize, 0);
            file.read_exact(&mut piece)?;
            each(&piece)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn pieces_come_by_their_numbers() {
        let mut pieces = InOrder::new(Cursor::new(Vec::new()));
        for (number, piece) in [(3, "ba"), (1, "một"), (4, ""), (2, "hai\n")] {
            pieces.put(number, piece.as_bytes()).unwrap();
        }
        let mut read = Vec::new();
        let keep = |piece: &[u8]| {
            read.push(String::from_utf8(piece.to_vec()).unwrap());
            Ok(())
        };
        pieces.read(keep).unwrap();
        assert_eq!(read, ["một", "hai\n", "ba", ""]);
    }
}
