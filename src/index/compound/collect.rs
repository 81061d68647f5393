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

/// Stands in the place of a second syllable: the first is the number of a whole term.
const WHOLE: u32 = u32::MAX;

/// About what a text takes in the table beside its letters.
const BYTES_OF_TEXT: usize = 64;

/// A term in an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Met {
    first: u32,
    second: u32,
    document: DocId,
}

/// See the module.
#[derive(Default)]
pub(super) struct Collector {
    met: [Vec<Met>; Compounds::ALL.len()],
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
        let pairs = numbers.windows(2).filter_map(|pair| Some((pair[0]?, pair[1]?)));
        self.met[compounds as usize].extend(pairs.map(|(first, second)| Met { first, second, document }));
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
            self.met[Compounds::Words as usize].push(Met { first, second, document });
        }
    }

    /// Bytes of memory.
    pub fn memory(&self) -> usize {
        let met: usize = self.met.iter().map(Vec::capacity).sum();
        met * size_of::<Met>() + self.texts.len() * BYTES_OF_TEXT + self.text_bytes
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

/// A term, and where what was met of it stands.
struct Run {
    /// The first bytes of the term, which nearly always tell it from others.
    beginning: [u8; 8],
    term: Range<u32>,
    met: Range<u32>,
}

fn write_dictionary(mut met: Vec<Met>, texts: &[&str], writer: &mut Writer) -> io::Result<()> {
    // Articles come in order, so it is enough to sort by term, and to keep the order of equal ones.
    met.sort_by_key(|met| u64::from(met.first) << 32 | u64::from(met.second));
    met.dedup();
    let (mut terms, mut runs) = (String::new(), Vec::new());
    let mut at = 0;
    for same in met.chunk_by(|one, other| (one.first, one.second) == (other.first, other.second)) {
        let start = terms.len();
        write_term(same[0], texts, &mut terms);
        let mut beginning = [0; 8];
        beginning.iter_mut().zip(&terms.as_bytes()[start..]).for_each(|(to, from)| *to = *from);
        runs.push(Run { beginning, term: start as u32..terms.len() as u32, met: at..at + same.len() as u32 });
        at += same.len() as u32;
    }
    let term_of = |run: &Run| &terms.as_bytes()[run.term.start as usize..run.term.end as usize];
    runs.sort_unstable_by(|one, other| one.beginning.cmp(&other.beginning).then_with(|| term_of(one).cmp(term_of(other))));
    let mut documents: Vec<DocId> = Vec::new();
    // Two ways to note a term, as a pair and as a whole, are one.
    for same in runs.chunk_by(|one, other| term_of(one) == term_of(other)) {
        documents.clear();
        for run in same {
            documents.extend(met[run.met.start as usize..run.met.end as usize].iter().map(|met| met.document));
        }
        if same.len() > 1 {
            documents.sort_unstable();
            documents.dedup();
        }
        writer.push(term_of(&same[0]), &documents)?;
    }
    Ok(())
}

fn write_term(met: Met, texts: &[&str], terms: &mut String) {
    let text = |number: u32| texts[(number - SYLLABLES) as usize];
    if met.second == WHOLE {
        terms.push_str(text(met.first));
        return;
    }
    let numbers = [met.first, met.second];
    let folded = numbers.map(|number| if number < SYLLABLES { String::new() } else { fold(text(number)) });
    let piece = |at: usize| match numbers[at] {
        number if number < SYLLABLES => {
            Piece::Syllable(SyllableCode { group: (number >> MARKS_BITS) as u16, marks: (number & ((1 << MARKS_BITS) - 1)) as u8 })
        }
        number => Piece::of(text(number), &folded[at]),
    };
    write_pieces(&[piece(0), piece(1)], terms);
}
