//! Text → tokens: the named streams of an article, and the words of a query.
//!
//! Input → output: composed text ([`crate::text::compose`]) → tokens with byte spans and positions. A position is one
//! *part*: a run of letters or digits, so that `57-NQ/TW` has three, typed in one or apart.
//!
//! - [`Stream::Syllable`]: the canonical term of every part;
//! - [`Stream::Folded`]: the same without diacritics, same spans, same positions;
//! - [`Stream::Word`]: words of one or more parts, which cover every part once;
//! - [`Stream::Capitals`], [`Stream::Undiacritic`]: sparse ones, which hold some tokens of the first two, at their positions.
//!
//! Knows nothing of fields, queries or an index.
//!
//! ```
//! use tracuu::analysis::{Analyzer, Stream, Tokens};
//! let (analyzer, mut tokens) = (Analyzer::bundled(), Tokens::default());
//! let mut terms = |stream| {
//!     analyzer.analyze(stream, "Hoà Bình chuyển đổi số", &mut tokens);
//!     tokens.iter().map(|token| token.term.to_owned()).collect::<Vec<_>>()
//! };
//! assert_eq!(terms(Stream::Syllable), ["hòa", "bình", "chuyển", "đổi", "số"]);
//! assert_eq!(terms(Stream::Folded), ["hoa", "binh", "chuyen", "doi", "so"]);
//! assert_eq!(terms(Stream::Word), ["hòa bình", "chuyển đổi số"]);
//! ```

mod item;
mod lexicon;
mod line;
mod part;
mod segment;
mod sparse;
mod tokens;

pub use lexicon::{LEXICON, Lexicon, LexiconError, LexiconProblem};
pub use tokens::{MAX_TERM_BYTES, Token, Tokens};

use crate::text;
use part::Parts;
use segment::{Case, Sentence};
use std::ops::Range;

/// A token stream: what the terms of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stream {
    /// Canonical terms of the parts, diacritics kept: matching and phrases.
    Syllable,
    /// The same without diacritics: for queries that were typed without.
    Folded,
    /// Words: ranking.
    Word,
    /// Of the syllable stream, the parts of two letters or more that are written all in capitals, in sentences whose case
    /// tells something: what an ambiguous abbreviation is looked for in.
    Capitals,
    /// Of the folded stream, the lines that were typed without diacritics: where a query with diacritics is looked for
    /// without them.
    Undiacritic,
}

impl Stream {
    /// The streams that hold every part of a text.
    pub const ALL: [Stream; 3] = [Stream::Syllable, Stream::Folded, Stream::Word];

    /// The streams that hold few.
    pub const SPARSE: [Stream; 2] = [Stream::Capitals, Stream::Undiacritic];
}

/// A word of a short text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// The bytes of its parts, one for each position; at least one.
    pub syllables: Vec<Range<usize>>,
}

/// Cuts text into tokens by a lexicon. A value without state: share one between threads.
#[derive(Debug)]
pub struct Analyzer {
    lexicon: Lexicon,
}

impl Analyzer {
    /// With the lexicon that comes with the program; a few milliseconds, so make one and share it.
    pub fn bundled() -> Analyzer {
        Analyzer::with_lexicon(Lexicon::bundled())
    }

    /// With a lexicon of the caller's.
    pub fn with_lexicon(lexicon: Lexicon) -> Analyzer {
        Analyzer { lexicon }
    }

    /// Writes the tokens of a composed text into `tokens`, which is cleared first.
    ///
    /// Spans are ordered, inside the text, on char boundaries, and do not overlap; positions rise. Linear in the text.
    pub fn analyze(&self, stream: Stream, text: &str, tokens: &mut Tokens) {
        tokens.clear();
        match stream {
            Stream::Syllable => each_part(text, |part, position| {
                tokens.push(part.clone(), position, 1, |terms| text::canonical_into(&text[part], terms));
            }),
            Stream::Folded => {
                let mut canonical = String::new();
                each_part(text, |part, position| {
                    canonical.clear();
                    text::canonical_into(&text[part.clone()], &mut canonical);
                    tokens.push(part, position, 1, |terms| write_folded(&canonical, terms));
                });
            }
            Stream::Capitals => each_part_in(text, &sparse::telling_sentences(text), |part, position| {
                if sparse::is_in_capitals(&text[part.clone()]) {
                    tokens.push(part.clone(), position, 1, |terms| text::canonical_into(&text[part], terms));
                }
            }),
            Stream::Undiacritic => each_part_in(text, &sparse::undiacritic_lines(text), |part, position| {
                let canonical = text::canonical(&text[part.clone()]);
                tokens.push(part, position, 1, |terms| write_folded(&canonical, terms));
            }),
            Stream::Word => {
                let view = self.lexicon.view(text::has_diacritics(text));
                let mut buffer = std::mem::take(&mut tokens.sentence);
                segment::each_word(text, view, Case::Asked, &mut buffer, |word, sentence| {
                    let parts = word.iter().map(|item| item.parts).sum();
                    let position = word.first().map_or(0, |item| item.position);
                    tokens.push(segment::span(word), position, parts, |terms| terms.push_str(segment::term(word, sentence)));
                });
                tokens.sentence = buffer;
            }
        }
    }

    /// The words of a short composed text, for a query: the parts of each are what must stand together.
    ///
    /// Case is not asked: a query is read the same in capitals. Text without any diacritic is cut by the folded lexicon.
    ///
    /// ```
    /// # use tracuu::analysis::Analyzer;
    /// let text = "thanh tra tỉnh";
    /// let words = Analyzer::bundled().words(text);
    /// assert_eq!(words.iter().map(|word| &text[word.span.clone()]).collect::<Vec<_>>(), ["thanh tra", "tỉnh"]);
    /// assert_eq!(words[0].syllables, [0..5, 6..9]);
    /// ```
    pub fn words(&self, text: &str) -> Vec<Word> {
        let view = self.lexicon.view(text::has_diacritics(text));
        let mut words = Vec::new();
        segment::each_word(text, view, Case::Ignored, &mut Sentence::default(), |word, _| {
            let syllables = word.iter().flat_map(|item| {
                text::parts(&text[item.span.clone()]).map(|part| item.span.start + part.start..item.span.start + part.end)
            });
            words.push(Word { span: segment::span(word), syllables: syllables.collect() });
        });
        words
    }

    /// A line with its words marked: tokens by single spaces, syllables of a word joined by `_`, punctuation apart.
    ///
    /// Changes no character, composed or not; only white space and underscores differ from the line.
    ///
    /// ```
    /// # use tracuu::analysis::Analyzer;
    /// assert_eq!(Analyzer::bundled().segment_line("Thanh tra tỉnh kết luận."), "Thanh_tra tỉnh kết_luận .");
    /// ```
    pub fn segment_line(&self, line: &str) -> String {
        line::segment_line(self, line)
    }
}

/// The folded term; a part of nothing but marks stays as it is, so that no term is empty.
fn write_folded(canonical: &str, terms: &mut String) {
    let start = terms.len();
    text::fold_into(canonical, terms);
    if terms.len() == start {
        terms.push_str(canonical);
    }
}

fn each_part(text: &str, mut sink: impl FnMut(Range<usize>, u32)) {
    for (position, part) in Parts::of(text).enumerate() {
        sink(part, u32::try_from(position).unwrap_or(u32::MAX));
    }
}

/// The parts that begin in some ranges, in order.
fn each_part_in(text: &str, ranges: &[Range<usize>], mut sink: impl FnMut(Range<usize>, u32)) {
    let mut next = 0;
    if ranges.is_empty() {
        return;
    }
    each_part(text, |part, position| {
        while ranges.get(next).is_some_and(|range| range.end <= part.start) {
            next += 1;
        }
        if ranges.get(next).is_some_and(|range| range.start <= part.start) {
            sink(part, position);
        }
    });
}

#[cfg(test)]
mod contract;
#[cfg(test)]
mod tests;
