//! Terms in order, each with its [`List`] ↔ two files of a segment: the terms, and the lists.
//!
//! Terms stand in blocks of 64; each but the first of a block is written as what differs from the one before. An index of the blocks, which is
//! searched by halves, and a table of the sections stand at the end of the file. A term in one document, as most are, has its
//! document beside it. Nothing that the bytes hold can cause a panic: damage is a term that is not there.

use super::list::{self, List};
use super::{Compounds, LISTS, TERMS};
use crate::index::posting_list::PostingList;
use std::io::{self, Write};
use tantivy::directory::{OwnedBytes, TerminatingWrite, WritePtr};
use tantivy::index::SegmentComponent;
use tantivy::{DocId, Segment, SegmentReader};

/// Terms of a block.
const BLOCK: u32 = 64;

/// Bytes of a block's entry in the index: where its terms begin, and where its lists do.
const ENTRY: usize = 16;

/// The first byte of a term: how many bytes it has in common with the one before, whether it stands in one document, and how many
/// bytes follow.
const MAX_SHARED: usize = 7;
const ONE_DOCUMENT: u8 = 0x10;
const LONG: usize = 15;

/// Where the parts of one dictionary lie in the file of terms.
#[derive(Clone, Copy, Debug, Default)]
struct Section {
    start: u64,
    index: u64,
    end: u64,
}

/// Numbers of a [`Section`] in the table at the end of the file.
const SECTION: usize = 24;

fn component(extension: &str) -> SegmentComponent {
    SegmentComponent::Custom(extension.to_owned())
}

/// Writes the dictionaries of a segment, one after the other.
pub(super) struct Writer {
    terms: Counted,
    lists: Counted,
    max_doc: u32,
    section: Section,
    sections: Vec<Section>,
    index: Vec<u8>,
    /// Terms of the block at hand.
    in_block: u32,
    last: Vec<u8>,
    buffer: Vec<u8>,
    list: Vec<u8>,
}

struct Counted {
    file: WritePtr,
    bytes: u64,
}

impl Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.bytes += bytes.len() as u64;
        self.file.write_all(bytes)
    }
}

impl Writer {
    /// The files of a segment of so many documents.
    pub fn new(segment: &Segment, max_doc: u32) -> tantivy::Result<Writer> {
        let open = |extension| Ok::<_, tantivy::TantivyError>(Counted { file: segment.open_write(component(extension))?, bytes: 0 });
        Ok(Writer {
            terms: open(TERMS)?,
            lists: open(LISTS)?,
            max_doc,
            section: Section::default(),
            sections: Vec::new(),
            index: Vec::new(),
            in_block: 0,
            last: Vec::new(),
            buffer: Vec::new(),
            list: Vec::new(),
        })
    }

    /// Adds a term, behind all others of the dictionary, with its documents in order.
    pub fn push(&mut self, term: &[u8], documents: &[DocId]) -> io::Result<()> {
        if self.in_block == 0 {
            self.index.extend_from_slice(&self.terms.bytes.to_le_bytes());
            self.index.extend_from_slice(&self.lists.bytes.to_le_bytes());
            self.last.clear();
        }
        self.in_block = (self.in_block + 1) % BLOCK;
        let shared = self.last.iter().zip(term).take_while(|(one, other)| one == other).count().min(MAX_SHARED);
        let rest = &term[shared..];
        self.last.truncate(shared);
        self.last.extend_from_slice(rest);

        self.list.clear();
        list::encode(documents, self.max_doc, &mut self.list);
        let buffer = &mut self.buffer;
        buffer.clear();
        let is_one = documents.len() == 1;
        buffer.push((shared as u8) << 5 | if is_one { ONE_DOCUMENT } else { 0 } | rest.len().min(LONG) as u8);
        if rest.len() >= LONG {
            write_number(rest.len() - LONG, buffer);
        }
        buffer.extend_from_slice(rest);
        if is_one {
            buffer.extend_from_slice(&self.list);
        } else {
            write_number(documents.len(), buffer);
            write_number(self.list.len(), buffer);
            self.lists.write(&self.list)?;
        }
        self.terms.write(buffer)
    }

    /// Ends a dictionary; the next one begins.
    pub fn end_dictionary(&mut self) -> io::Result<()> {
        self.section.index = self.terms.bytes;
        self.terms.write(&self.index)?;
        self.section.end = self.terms.bytes;
        self.sections.push(self.section);
        self.section.start = self.terms.bytes;
        self.index.clear();
        self.in_block = 0;
        Ok(())
    }

    /// Ends the files.
    pub fn finish(mut self) -> io::Result<()> {
        for Section { start, index, end } in std::mem::take(&mut self.sections) {
            for number in [start, index, end] {
                self.terms.write(&number.to_le_bytes())?;
            }
        }
        self.terms.file.terminate()?;
        self.lists.file.terminate()
    }
}

/// The terms of one kind in a segment.
#[derive(Clone, Debug)]
pub struct Dictionary {
    terms: OwnedBytes,
    index: OwnedBytes,
    lists: OwnedBytes,
    /// Where the terms begin in their file.
    start: u64,
    max_doc: u32,
}

impl Dictionary {
    /// The dictionary of a segment; reads nothing yet.
    ///
    /// # Errors
    /// tantivy's, if the files of the segment cannot be read.
    pub fn open(reader: &SegmentReader, compounds: Compounds) -> tantivy::Result<Dictionary> {
        let terms = reader.open_read(component(TERMS))?.read_bytes()?;
        let lists = reader.open_read(component(LISTS))?.read_bytes()?;
        let section = section(&terms, compounds as usize);
        let damaged = || tantivy::TantivyError::InternalError(format!("the compound terms of segment {} are damaged", reader.segment_id()));
        let Section { start, index, end } = section.ok_or_else(damaged)?;
        Ok(Dictionary {
            index: terms.slice(index as usize..end as usize),
            terms: terms.slice(start as usize..index as usize),
            lists,
            start,
            max_doc: reader.max_doc(),
        })
    }

    /// The list of a term.
    pub fn get(&self, term: &[u8]) -> Option<List> {
        let mut terms = self.from(term);
        (terms.advance() && terms.term() == term).then(|| terms.list())
    }

    /// The terms that begin so, in order, before the first of them.
    pub fn beginning<'a>(&'a self, beginning: &'a [u8]) -> Terms<'a> {
        Terms { beginning, ..self.from(beginning) }
    }

    /// All terms, in order, before the first.
    pub fn terms(&self) -> Terms<'_> {
        self.block(0)
    }

    /// Bytes of terms and of their lists.
    pub fn bytes(&self) -> u64 {
        let from = self.entry(0).map_or(0, |(_, lists)| lists);
        // Behind the lists of the last block's last term.
        let end = self.blocks().checked_sub(1).map_or(from, |last| {
            let mut terms = self.block(last);
            while terms.advance() {}
            terms.next_list
        });
        (self.terms.len() + self.index.len()) as u64 + (end - from) as u64
    }

    /// The terms that are not before one, before the first of them.
    fn from(&self, term: &[u8]) -> Terms<'_> {
        // The last block that does not begin behind the term.
        let (mut low, mut high) = (0, self.blocks());
        while low + 1 < high {
            let middle = usize::midpoint(low, high);
            let mut first = self.block(middle);
            match first.advance() && first.term() <= term {
                true => low = middle,
                false => high = middle,
            }
        }
        let mut terms = self.block(low);
        loop {
            let before = terms.at;
            if !terms.advance() || terms.term() >= term {
                terms.is_held = terms.at > before;
                return terms;
            }
        }
    }

    fn blocks(&self) -> usize {
        self.index.len() / ENTRY
    }

    fn entry(&self, block: usize) -> Option<(usize, usize)> {
        let entry = self.index.get(block * ENTRY..(block + 1) * ENTRY)?;
        let (terms, lists) = entry.split_first_chunk::<8>()?;
        let terms = u64::from_le_bytes(*terms).checked_sub(self.start)?;
        Some((usize::try_from(terms).ok()?, usize::try_from(u64::from_le_bytes(*lists.first_chunk()?)).ok()?))
    }

    /// The terms of a block and those behind it, before the first.
    fn block(&self, block: usize) -> Terms<'_> {
        let (at, next_list) = self.entry(block).unwrap_or((self.terms.len(), 0));
        Terms { dictionary: self, beginning: &[], at, term: Vec::new(), doc_freq: 0, list: (0, 0), next_list, is_held: false }
    }
}

fn section(terms: &OwnedBytes, number: usize) -> Option<Section> {
    let table = terms.len().checked_sub(Compounds::ALL.len() * SECTION)?;
    let bytes = terms.get(table + number * SECTION..table + (number + 1) * SECTION)?;
    let mut numbers = bytes.chunks_exact(8).filter_map(|bytes| Some(u64::from_le_bytes(*bytes.first_chunk()?)));
    let section = Section { start: numbers.next()?, index: numbers.next()?, end: numbers.next()? };
    (section.start <= section.index && section.index <= section.end && section.end <= table as u64).then_some(section)
}

/// Terms of a [`Dictionary`] in order.
pub struct Terms<'a> {
    dictionary: &'a Dictionary,
    /// What all terms have to begin with.
    beginning: &'a [u8],
    at: usize,
    term: Vec<u8>,
    doc_freq: u32,
    /// Where the list of the term lies: in the terms for that of one document, else in the lists.
    list: (usize, usize),
    next_list: usize,
    /// Whether the next step stays, since the term at hand was only looked at.
    is_held: bool,
}

impl Terms<'_> {
    /// Goes to the next term; false at the end.
    pub fn advance(&mut self) -> bool {
        (std::mem::take(&mut self.is_held) || self.step().is_some()) && self.term.starts_with(self.beginning)
    }

    fn step(&mut self) -> Option<()> {
        let terms = self.dictionary.terms.as_slice();
        let head = *terms.get(self.at)?;
        self.at += 1;
        let mut length = usize::from(head) & LONG;
        if length == LONG {
            length += read_number(terms, &mut self.at)?;
        }
        self.term.truncate(usize::from(head >> 5));
        self.term.extend_from_slice(terms.get(self.at..self.at.checked_add(length)?)?);
        self.at += length;
        if head & ONE_DOCUMENT != 0 {
            self.doc_freq = 1;
            self.list = (self.at, self.at + list::bytes_of_one(self.dictionary.max_doc));
            self.at = self.list.1;
        } else {
            self.doc_freq = u32::try_from(read_number(terms, &mut self.at)?).ok()?;
            let length = read_number(terms, &mut self.at)?;
            self.list = (self.next_list, self.next_list.checked_add(length)?);
            self.next_list = self.list.1;
        }
        Some(())
    }

    /// The term at hand.
    pub fn term(&self) -> &[u8] {
        &self.term
    }

    /// Documents that hold it, deleted ones included.
    pub fn doc_freq(&self) -> u32 {
        self.doc_freq
    }

    /// How many living documents hold it, of the segment that it is of.
    ///
    /// # Errors
    /// tantivy's, if the index cannot be read.
    pub fn living(&self, reader: &SegmentReader) -> tantivy::Result<u32> {
        // A list does not have to be found where nothing was deleted.
        if reader.has_deletes() { PostingList::Compound(self.list()).living(reader) } else { Ok(self.doc_freq) }
    }

    /// Its list.
    pub fn list(&self) -> List {
        let Dictionary { terms, lists, max_doc, .. } = self.dictionary;
        let bytes = if self.doc_freq == 1 { terms } else { lists };
        // A damaged term has an empty list.
        let (start, end) = if self.list.1 <= bytes.len() { self.list } else { (0, 0) };
        List { bytes: bytes.slice(start..end), doc_freq: self.doc_freq, max_doc: *max_doc }
    }
}

/// The terms of several dictionaries in one order.
pub struct Merged<'a> {
    /// None at their end.
    terms: Vec<Option<Terms<'a>>>,
    held: Vec<usize>,
}

impl<'a> Merged<'a> {
    /// Before the first term.
    pub fn of(dictionaries: impl Iterator<Item = &'a Dictionary>) -> Merged<'a> {
        let terms: Vec<_> = dictionaries.map(|dictionary| Some(dictionary.terms())).collect();
        Merged { held: (0..terms.len()).collect(), terms }
    }

    /// Goes to the next term; gives the numbers of the dictionaries that hold it, with their terms at it.
    pub fn next_term(&mut self) -> Option<impl Iterator<Item = (usize, &Terms<'a>)>> {
        for &number in &self.held {
            let terms = &mut self.terms[number];
            if !terms.as_mut().is_some_and(Terms::advance) {
                *terms = None;
            }
        }
        self.held.clear();
        let mut least: Option<&[u8]> = None;
        for (number, terms) in self.terms.iter().enumerate() {
            let Some(term) = terms.as_ref().map(Terms::term) else { continue };
            if least.is_none_or(|least| term < least) {
                least = Some(term);
                self.held.clear();
            }
            if least == Some(term) {
                self.held.push(number);
            }
        }
        least?;
        Some(self.held.iter().filter_map(|&number| Some((number, self.terms[number].as_ref()?))))
    }
}

/// Seven bits a byte, the lowest first.
fn write_number(mut number: usize, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn read_number(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let (mut number, mut shift) = (0_usize, 0);
    loop {
        let byte = *bytes.get(*at)?;
        *at += 1;
        number |= usize::from(byte & 0x7f).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}
