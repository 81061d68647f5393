//! A posting list of a compound term: documents in rising order ↔ bytes.
//!
//! The gaps between documents are Golomb-Rice codes, which is within a few hundredths of the least that a list of documents at random can take; their
//! parameter follows from how many documents there are, so it is not written. Every 128 documents are a block that can be entered
//! without reading what stands before it. Nothing that the bytes hold can cause a panic: a damaged list ends early.

use tantivy::directory::OwnedBytes;
use tantivy::{DocId, DocSet, TERMINATED};

/// Documents of a block.
const BLOCK: usize = 128;

/// Bytes of a skip entry: the last document of a block, and the bit at which the next one begins.
const SKIP: usize = 8;

/// Bits that are surely there in a word that begins anywhere in a byte.
const SURE_BITS: u32 = 56;

/// Bytes of the only document of a list; a list of one has no other length.
pub(super) fn bytes_of_one(max_doc: u32) -> usize {
    (4 - max_doc.leading_zeros() as usize / 8).max(1)
}

/// Log₂ of what the gaps are divided by: the best for so many documents at random among all.
fn parameter(documents: u32, max_doc: u32) -> u32 {
    // 11/16 is ln 2.
    (u64::from(max_doc) * 11 / 16 / u64::from(documents.max(1))).checked_ilog2().unwrap_or(0)
}

/// Appends a list, which must rise and not be empty.
pub(super) fn encode(documents: &[DocId], max_doc: u32, bytes: &mut Vec<u8>) {
    if let [document] = documents {
        bytes.extend_from_slice(&document.to_le_bytes()[..bytes_of_one(max_doc)]);
        return;
    }
    let skips = bytes.len();
    bytes.resize(skips + (documents.len().div_ceil(BLOCK) - 1) * SKIP, 0);
    let start = bytes.len();
    let low_bits = parameter(documents.len() as u32, max_doc);
    let (mut held, mut held_bits, mut next) = (0_u64, 0, 0);
    for (number, &document) in documents.iter().enumerate() {
        if number > 0 && number % BLOCK == 0 {
            let bit = (bytes.len() - start) as u32 * 8 + held_bits;
            let skip = skips + (number / BLOCK - 1) * SKIP;
            bytes[skip..skip + 4].copy_from_slice(&(next - 1_u32).to_le_bytes());
            bytes[skip + 4..skip + SKIP].copy_from_slice(&bit.to_le_bytes());
        }
        let gap = document - next;
        next = document + 1;
        let mut write = |bits: u64, count: u32| {
            held |= bits << held_bits;
            held_bits += count;
            while held_bits >= 8 {
                bytes.push(held as u8);
                held >>= 8;
                held_bits -= 8;
            }
        };
        // So many zeros, a one, and the low bits.
        let mut zeros = gap >> low_bits;
        while zeros >= 32 {
            write(0, 32);
            zeros -= 32;
        }
        write(1 << zeros, zeros + 1);
        write(u64::from(gap & ((1 << low_bits) - 1)), low_bits);
    }
    if held_bits > 0 {
        bytes.push(held as u8);
    }
}

/// A list in the bytes of a segment.
#[derive(Clone, Debug)]
pub struct List {
    pub(super) bytes: OwnedBytes,
    /// Documents of the list, deleted ones included.
    pub doc_freq: u32,
    /// Documents of the segment.
    pub(super) max_doc: u32,
}

impl List {
    /// The documents, at the first.
    pub fn documents(&self) -> Documents {
        let mut documents = Documents { list: self.clone(), block: 0, documents: [TERMINATED; BLOCK], len: 0, at: 0 };
        documents.enter(0);
        documents
    }

    /// Calls `each` with all documents, in order.
    pub fn each(&self, mut each: impl FnMut(DocId)) {
        let mut documents = self.documents();
        while documents.len > 0 {
            documents.documents[..documents.len].iter().for_each(|&document| each(document));
            documents.enter(documents.block + 1);
        }
    }

    fn blocks(&self) -> usize {
        (self.doc_freq as usize).div_ceil(BLOCK)
    }

    /// The last document of a block, and where the next one begins.
    fn skip(&self, block: usize) -> Option<(DocId, usize)> {
        let entry = self.bytes.get(block * SKIP..(block + 1) * SKIP)?;
        let (document, bit) = entry.split_first_chunk::<4>()?;
        Some((u32::from_le_bytes(*document), u32::from_le_bytes(*bit.first_chunk()?) as usize))
    }

    /// Reads a block; returns how many documents it has, which is fewer than it should where the bytes are damaged.
    fn read(&self, block: usize, documents: &mut [DocId; BLOCK]) -> Option<usize> {
        let wanted = (self.doc_freq as usize).checked_sub(block * BLOCK)?.min(BLOCK);
        if self.doc_freq == 1 {
            let mut document = [0; 4];
            document.get_mut(..bytes_of_one(self.max_doc))?.copy_from_slice(self.bytes.get(..bytes_of_one(self.max_doc))?);
            documents[0] = u32::from_le_bytes(document);
            return Some(usize::from(documents[0] < self.max_doc));
        }
        let (mut next, mut bit) = match block.checked_sub(1) {
            None => (0, 0),
            Some(before) => self.skip(before).map(|(last, bit)| (last.saturating_add(1), bit))?,
        };
        let bits = self.bytes.get((self.blocks() - 1) * SKIP..)?;
        let low_bits = parameter(self.doc_freq, self.max_doc);
        for (read, place) in documents.iter_mut().enumerate().take(wanted) {
            let mut word = word_at(bits, bit)?;
            let mut zeros = word.trailing_zeros();
            while zeros >= SURE_BITS {
                bit += SURE_BITS as usize;
                next = SURE_BITS.checked_shl(low_bits).and_then(|zeros| next.checked_add(zeros))?;
                word = word_at(bits, bit)?;
                zeros = word.trailing_zeros();
            }
            bit += zeros as usize + 1;
            if zeros + 1 + low_bits > SURE_BITS {
                word = word_at(bits, bit)?;
            } else {
                word >>= zeros + 1;
            }
            let gap = zeros << low_bits | (word as u32 & ((1 << low_bits) - 1));
            bit += low_bits as usize;
            let document = next.checked_add(gap).filter(|&document| document < self.max_doc);
            let Some(document) = document else { return Some(read) };
            *place = document;
            next = document + 1;
        }
        Some(wanted)
    }
}

/// The bits from a place on, at least [`SURE_BITS`] of them where there are so many.
fn word_at(bytes: &[u8], bit: usize) -> Option<u64> {
    let rest = bytes.get(bit / 8..).filter(|rest| !rest.is_empty())?;
    let word = match rest.first_chunk() {
        Some(word) => u64::from_le_bytes(*word),
        None => rest.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
    };
    Some(word >> (bit % 8))
}

/// The documents of a [`List`], one by one.
pub struct Documents {
    list: List,
    block: usize,
    documents: [DocId; BLOCK],
    len: usize,
    at: usize,
}

impl Documents {
    /// Goes to the beginning of a block; to the end, if there is none.
    fn enter(&mut self, block: usize) {
        (self.block, self.at) = (block, 0);
        self.len = if block < self.list.blocks() { self.list.read(block, &mut self.documents).unwrap_or(0) } else { 0 };
    }
}

impl DocSet for Documents {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        if self.at >= self.len && self.len > 0 {
            self.enter(self.block + 1);
        }
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.len > 0 && self.documents[self.len - 1] < target {
            // The first block behind this one whose last document is not before the target; the very last has no entry.
            let (mut low, mut high) = (self.block + 1, self.list.blocks() - 1);
            while low < high {
                let middle = usize::midpoint(low, high);
                match self.list.skip(middle) {
                    Some((last, _)) if last < target => low = middle + 1,
                    _ => high = middle,
                }
            }
            self.enter(low);
        }
        let rest = self.documents.get(self.at..self.len).unwrap_or(&[]);
        self.at += rest.partition_point(|&document| document < target);
        // A damaged block may have lost its end.
        if self.at >= self.len && self.len > 0 {
            self.enter(self.block + 1);
        }
        self.doc()
    }

    fn doc(&self) -> DocId {
        if self.at < self.len { self.documents[self.at] } else { TERMINATED }
    }

    fn size_hint(&self) -> u32 {
        self.list.doc_freq
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    fn list(documents: &[DocId], max_doc: u32) -> List {
        let mut bytes = Vec::new();
        encode(documents, max_doc, &mut bytes);
        List { bytes: OwnedBytes::new(bytes), doc_freq: documents.len() as u32, max_doc }
    }

    /// Lists of all densities, evenly spread, in one corner, and with a hole.
    fn lists() -> Vec<(Vec<DocId>, u32)> {
        let mut dice = Dice(11);
        let mut lists = vec![(vec![0], 1), (vec![0, 70_000], 70_001), ((0..1000).collect(), 1000), ((99_000..100_000).collect(), 100_000)];
        for one_in in [1, 2, 7, 100, 3_000] {
            let max_doc = 300 * one_in as u32 + 5;
            let drawn: Vec<DocId> = (0..max_doc).filter(|_| dice.roll(one_in) == 0).collect();
            let with_hole = drawn.iter().copied().filter(|document| !(max_doc / 4..max_doc / 2).contains(document)).collect();
            lists.extend([(drawn, max_doc), (with_hole, max_doc)]);
        }
        lists.retain(|(documents, _)| !documents.is_empty());
        lists
    }

    #[test]
    fn a_list_is_read_as_it_was_written() {
        for (documents, max_doc) in lists() {
            let mut read = Vec::new();
            list(&documents, max_doc).each(|document| read.push(document));
            assert_eq!(read, documents);
        }
    }

    #[test]
    fn whoever_seeks_finds_what_is_there() {
        let mut dice = Dice(12);
        for (documents, max_doc) in lists() {
            let list = list(&documents, max_doc);
            for _ in 0..50 {
                let mut found = list.documents();
                let mut target = 0;
                while found.doc() != TERMINATED {
                    target += dice.roll(max_doc as usize / 3 + 2) as u32;
                    if target > found.doc() {
                        let expected = documents.iter().copied().find(|&document| document >= target).unwrap_or(TERMINATED);
                        assert_eq!(found.seek(target), expected, "{target}");
                    }
                    let next = documents.iter().copied().find(|&document| document > found.doc()).unwrap_or(TERMINATED);
                    if found.doc() != TERMINATED {
                        assert_eq!(found.advance(), next);
                    }
                }
            }
        }
    }

    #[test]
    fn documents_at_random_take_little_more_than_they_must() {
        let mut dice = Dice(13);
        for (one_in, bits) in [(2, 2.1), (10, 5.0), (1_000, 11.8)] {
            let documents: Vec<DocId> = (0..2_000_000).filter(|_| dice.roll(one_in) == 0).collect();
            let list = list(&documents, 2_000_000);
            let taken = list.bytes.len() as f64 * 8.0 / documents.len() as f64;
            assert!(taken < bits + 0.5, "{taken} bits for one in {one_in}, of which {bits} are needed");
        }
    }

    #[test]
    fn damaged_bytes_end_a_list_and_nothing_else() {
        let mut dice = Dice(14);
        for (documents, max_doc) in lists() {
            let whole = list(&documents, max_doc);
            for _ in 0..200 {
                let mut bytes = whole.bytes.to_vec();
                let at = dice.roll(bytes.len());
                bytes[at] ^= 1 << dice.roll(8);
                bytes.truncate(bytes.len() - dice.roll(2) * dice.roll(bytes.len()));
                let damaged = List { bytes: OwnedBytes::new(bytes), ..whole.clone() };
                let mut read = 0;
                damaged.each(|document| read += u32::from(document < max_doc));
                assert!(read <= whole.doc_freq);
                let (mut found, mut target) = (damaged.documents(), 0);
                while target < max_doc {
                    found.seek(target);
                    target += 1 + dice.roll(max_doc as usize / 4 + 1) as u32;
                }
            }
        }
    }
}
