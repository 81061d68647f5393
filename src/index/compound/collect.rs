//! The compound terms of articles, one after the other → the dictionaries of a segment.
//!
//! What is met is noted as numbers, in the order of the articles, and sorted at the end. A table of terms, each with a list that grows, would be the
//! plainer way; but of a million terms each is met at random, far away in memory, and that took five times as long.

use super::Compounds;
use super::dictionary::Writer;
use super::term::{Piece, is_spaced, write_pieces, write_word};
use crate::analysis::{Stream, Token, Tokens};
use crate::text::{SyllableCode, fold};
use std::collections::HashMap;
use std::io;
use std::ops::Range;
use tantivy::DocId;

/// Numbers of syllables are below; behind them come those of other texts.
const SYLLABLES: u32 = (SyllableCode::GROUPS as u32) << MARKS_BITS;
const MARKS_BITS: u32 = 6;
const MARKS: u32 = (1 << MARKS_BITS) - 1;

/// Bits of [`SyllableCode::GROUPS`].
const GROUP_BITS: u32 = 14;
const GROUP: u32 = (1 << GROUP_BITS) - 1;

/// Bits that are left for the document in the number of a pair.
const DOCUMENT_BITS: u32 = 24;

/// Stands in the place of a second syllable: the first is the number of a whole term.
const WHOLE: u32 = u32::MAX;

/// About what a text takes in the table beside its letters.
const BYTES_OF_TEXT: usize = 64;

/// The terms of a dictionary in the articles.
#[derive(Default)]
struct Met {
    /// Two syllables and a document as one number, in the order of the terms: first what they are without diacritics, then their marks.
    pairs: Vec<u64>,
    /// First, second and document of what is no pair of syllables.
    others: Vec<(u32, u32, DocId)>,
}

impl Met {
    fn push(&mut self, first: u32, second: u32, document: DocId) {
        if first.max(second) >= SYLLABLES || document >> DOCUMENT_BITS > 0 {
            self.others.push((first, second, document));
            return;
        }
        let groups = (first >> MARKS_BITS) << GROUP_BITS | second >> MARKS_BITS;
        let marks = (first & MARKS) << MARKS_BITS | second & MARKS;
        self.pairs.push((u64::from(groups) << (2 * MARKS_BITS) | u64::from(marks)) << DOCUMENT_BITS | u64::from(document));
    }

    fn bytes(&self) -> usize {
        self.pairs.capacity() * size_of::<u64>() + self.others.capacity() * size_of::<(u32, u32, DocId)>()
    }
}

/// The numbers of the syllables of a pair.
fn syllables(pair: u64) -> (u32, u32) {
    let (groups, marks) = ((pair >> (DOCUMENT_BITS + 2 * MARKS_BITS)) as u32, (pair >> DOCUMENT_BITS) as u32);
    let number = |groups: u32, marks: u32| (groups & GROUP) << MARKS_BITS | marks & MARKS;
    (number(groups >> GROUP_BITS, marks >> MARKS_BITS), number(groups, marks))
}

/// See the module.
#[derive(Default)]
pub(super) struct Collector {
    met: [Met; Compounds::ALL.len()],
    /// Numbers of what is no syllable, and of whole terms.
    texts: HashMap<Box<str>, u32>,
    text_bytes: usize,
    /// Numbers of the syllables of the text at hand; none for what is in no pair.
    numbers: Vec<Option<u32>>,
    term: String,
}

impl Collector {
    /// Notes each two neighbours of a text.
    pub fn add_pairs(&mut self, compounds: Compounds, tokens: &Tokens, document: DocId) {
        let mut numbers = std::mem::take(&mut self.numbers);
        numbers.clear();
        numbers.extend((0..tokens.len(Stream::Syllable)).map(|number| self.syllable(tokens, number)));
        let met = &mut self.met[compounds as usize];
        let pairs = numbers.windows(2).filter_map(|pair| Some((pair[0]?, pair[1]?)));
        pairs.for_each(|(first, second)| met.push(first, second, document));
        self.numbers = numbers;
    }

    /// Notes the words of several syllables of a text.
    pub fn add_words(&mut self, tokens: &Tokens, document: DocId) {
        for word in tokens.of(Stream::Word).filter(|word| word.position_length > 1) {
            let (first, second) = Collector::pair(tokens, word).unwrap_or_else(|| {
                let mut term = std::mem::take(&mut self.term);
                term.clear();
                write_word(tokens, word, &mut term);
                let number = self.number_of(&term);
                self.term = term;
                (number, WHOLE)
            });
            self.met[Compounds::Words as usize].push(first, second, document);
        }
    }

    /// Bytes of memory.
    pub fn memory(&self) -> usize {
        let met: usize = self.met.iter().map(Met::bytes).sum();
        met + self.texts.len() * BYTES_OF_TEXT + self.text_bytes
    }

    /// Writes all dictionaries.
    pub fn write(self, writer: &mut Writer) -> io::Result<()> {
        let mut texts: Vec<&str> = vec![""; self.texts.len()];
        self.texts.iter().for_each(|(text, number)| texts[(number - SYLLABLES) as usize] = text);
        for met in self.met {
            write_dictionary(met, &texts, writer)?;
            writer.end_dictionary()?;
        }
        Ok(())
    }

    /// A word of two syllables with nothing but a space between: a pair, of which no term has to be made yet.
    fn pair(tokens: &Tokens, word: Token) -> Option<(u32, u32)> {
        let first = word.position as usize;
        let is_pair = word.position_length == 2 && is_spaced(tokens, word);
        is_pair.then(|| Some((number_of(tokens.code(first)?), number_of(tokens.code(first + 1)?)))).flatten()
    }

    /// The number of a syllable, if pairs with it are listed.
    fn syllable(&mut self, tokens: &Tokens, number: usize) -> Option<u32> {
        if let Some(code) = tokens.code(number) {
            return Some(number_of(code));
        }
        let (spelt, folded) = (tokens.get(Stream::Syllable, number).term, tokens.get(Stream::Folded, number).term);
        Piece::of(spelt, folded).is_listed().then(|| self.number_of(spelt))
    }

    fn number_of(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.texts.get(text) {
            return number;
        }
        let number = SYLLABLES + self.texts.len() as u32;
        self.text_bytes += text.len();
        self.texts.insert(text.into(), number);
        number
    }
}

fn number_of(code: SyllableCode) -> u32 {
    u32::from(code.group) << MARKS_BITS | u32::from(code.marks)
}

/// A term that is no pair of syllables, and where what was met of it stands.
struct Run {
    term: Range<u32>,
    met: Range<u32>,
}

fn write_dictionary(Met { mut pairs, mut others }: Met, texts: &[&str], writer: &mut Writer) -> io::Result<()> {
    pairs.sort_unstable();
    pairs.dedup();
    others.sort_unstable();
    others.dedup();
    let (mut terms, mut runs) = (String::new(), Vec::new());
    let mut at = 0;
    for same in others.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
        let start = terms.len() as u32;
        write_term((same[0].0, same[0].1), texts, &mut terms);
        runs.push(Run { term: start..terms.len() as u32, met: at..at + same.len() as u32 });
        at += same.len() as u32;
    }
    let term_of = |run: &Run| &terms.as_bytes()[run.term.start as usize..run.term.end as usize];
    runs.sort_unstable_by(|one, other| term_of(one).cmp(term_of(other)));
    // Two ways to note a term, as a pair and as a whole, are one.
    let mut runs = runs.chunk_by(|one, other| term_of(one) == term_of(other)).peekable();
    let (mut term, mut documents) = (String::new(), Vec::new());
    let add = |runs: &[Run], documents: &mut Vec<DocId>| {
        let of_run = |run: &Run| run.met.start as usize..run.met.end as usize;
        documents.extend(runs.iter().flat_map(|run| others[of_run(run)].iter().map(|(.., document)| *document)));
        documents.sort_unstable();
        documents.dedup();
    };
    for same in pairs.chunk_by(|one, other| one >> DOCUMENT_BITS == other >> DOCUMENT_BITS) {
        term.clear();
        write_term(syllables(same[0]), texts, &mut term);
        while let Some(before) = runs.next_if(|runs| term_of(&runs[0]) < term.as_bytes()) {
            documents.clear();
            add(before, &mut documents);
            writer.push(term_of(&before[0]), &documents)?;
        }
        documents.clear();
        documents.extend(same.iter().map(|pair| (pair & ((1 << DOCUMENT_BITS) - 1)) as DocId));
        if let Some(equal) = runs.next_if(|runs| term_of(&runs[0]) == term.as_bytes()) {
            add(equal, &mut documents);
        }
        writer.push(term.as_bytes(), &documents)?;
    }
    for behind in runs {
        documents.clear();
        add(behind, &mut documents);
        writer.push(term_of(&behind[0]), &documents)?;
    }
    Ok(())
}

fn write_term((first, second): (u32, u32), texts: &[&str], terms: &mut String) {
    let text = |number: u32| texts[(number - SYLLABLES) as usize];
    if second == WHOLE {
        terms.push_str(text(first));
        return;
    }
    let numbers = [first, second];
    let folded = numbers.map(|number| if number < SYLLABLES { String::new() } else { fold(text(number)) });
    let piece = |at: usize| match numbers[at] {
        number if number < SYLLABLES => {
            Piece::Syllable(SyllableCode { group: (number >> MARKS_BITS) as u16, marks: (number & MARKS) as u8 })
        }
        number => Piece::of(text(number), &folded[at]),
    };
    write_pieces(&[piece(0), piece(1)], terms);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    #[test]
    fn pairs_are_in_the_order_of_their_terms() {
        let mut dice = Dice(22);
        let syllable = |dice: &mut Dice| {
            number_of(SyllableCode {
                group: dice.roll(usize::from(SyllableCode::GROUPS)) as u16 & !0x3f0,
                marks: dice.roll(3) as u8 * dice.roll(16) as u8,
            })
        };
        let drawn: Vec<(u32, u32)> = (0..2_000).map(|_| (syllable(&mut dice), syllable(&mut dice))).collect();
        let mut met = Met::default();
        drawn.iter().for_each(|&(first, second)| met.push(first, second, (1 << DOCUMENT_BITS) - 1));
        assert_eq!(met.pairs.iter().map(|&pair| syllables(pair)).collect::<Vec<_>>(), drawn);
        met.pairs.sort_unstable();
        let term = |&pair: &u64| {
            let mut term = String::new();
            write_term(syllables(pair), &[], &mut term);
            term
        };
        assert!(met.pairs.iter().map(term).is_sorted());
    }

    #[test]
    fn what_has_no_room_beside_a_document_is_noted_elsewhere() {
        let mut met = Met::default();
        met.push(1, 2, 1 << DOCUMENT_BITS);
        met.push(SYLLABLES, 2, 0);
        met.push(SYLLABLES + 1, WHOLE, 0);
        assert!(met.pairs.is_empty());
        assert_eq!(met.others, [(1, 2, 1 << DOCUMENT_BITS), (SYLLABLES, 2, 0), (SYLLABLES + 1, WHOLE, 0)]);
    }
}
