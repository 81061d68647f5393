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
//! analyzer.analyze("Hoà Bình tổ chức thanh tra", &mut tokens);
//! let terms = |stream| tokens.of(stream).map(|token| token.term).collect::<Vec<_>>();
//! assert_eq!(terms(Stream::Syllable), ["hòa", "bình", "tổ", "chức", "thanh", "tra"]);
//! assert_eq!(terms(Stream::Folded), ["hoa", "binh", "to", "chuc", "thanh", "tra"]);
//! assert_eq!(terms(Stream::Word), ["hòa bình", "tổ chức", "thanh tra"]);
//! ```

mod form;
mod item;
mod lexicon;
mod line;
mod model;
mod part;
mod segment;
mod segmented;
mod sentence;
mod sparse;
mod tokens;
mod train;

pub use lexicon::WordList;
pub use model::{Model, ModelError, SEGMENTER};
pub use segmented::SegmentedSentence;
pub(crate) use sentence::is_abbreviated;
pub use tokens::{MAX_TERM_BYTES, Token, Tokens};
pub use train::{Corpus, TrainError, train};

use crate::text;
use form::Capitals;
use item::{Gap, Glue, Item};
use part::Parts;
use segment::{Cut, Mode};
use sparse::Line;
use std::ops::Range;
use tokens::Scratch;

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

    /// What it is called: in the names of fields and of tokenizers.
    pub fn name(self) -> &'static str {
        match self {
            Stream::Syllable => "syllable",
            Stream::Folded => "folded",
            Stream::Word => "word",
            Stream::Capitals => "capitals",
            Stream::Undiacritic => "undiacritic",
        }
    }
}

/// A word of a short text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// The bytes of its parts, one for each position; at least one.
    pub syllables: Vec<Range<usize>>,
}

/// Sentences are cut here, so that the buffer is bounded on any input.
const MAX_SENTENCE_ITEMS: usize = 2_048;

/// Cuts text into tokens by a model. A value without state: share one between threads.
#[derive(Debug)]
pub struct Analyzer {
    model: Model,
}

impl Analyzer {
    /// With the model that comes with the program; one or two milliseconds, so make one and share it.
    pub fn bundled() -> Analyzer {
        Analyzer::with_model(Model::bundled())
    }

    /// With a model of the caller's.
    pub fn with_model(model: Model) -> Analyzer {
        Analyzer { model }
    }

    /// Writes the tokens of a composed text in all streams into `tokens`, which is cleared first.
    ///
    /// Spans are ordered, inside the text, on char boundaries, and do not overlap; positions rise. Linear in the text, of
    /// which only the first 4 GiB are looked at.
    pub fn analyze(&self, text: &str, tokens: &mut Tokens) {
        self.analyze_running(text, tokens, |_| ());
    }

    /// As [`Analyzer::analyze`]; `mend` may change how a sentence was cut.
    fn analyze_running(&self, text: &str, tokens: &mut Tokens, mend: impl Fn(&mut Cut)) {
        let text = addressable(text);
        let is_marked = text::has_diacritics(text);
        let sentence = |scratch: &mut Scratch, tokens: &mut Tokens| {
            let mode = Mode::of(&scratch.items, is_marked);
            scratch.cut.cut(&scratch.items, mode, &self.model);
            mend(&mut scratch.cut);
            push_words(text, scratch, tokens);
            if mode == Mode::Cased {
                tokens.push_capitals(&scratch.capitals);
            }
        };
        self.scan(text, tokens, Some(sentence));
    }

    /// As [`Analyzer::analyze`], but only the streams that need no sentences: syllable, folded, undiacritic.
    pub fn parts(&self, text: &str, tokens: &mut Tokens) {
        self.scan(addressable(text), tokens, None::<fn(&mut Scratch, &mut Tokens)>);
    }

    /// The words of a short composed text, for a query: the parts of each are what must stand together.
    ///
    /// Case is not asked: a query is read the same in capitals. Text without any diacritic is cut by the folded lexicon.
    /// What people type as one term (`cải cách hành chính`) is one word.
    ///
    /// ```
    /// # use tracuu::analysis::Analyzer;
    /// let text = "thanh tra tỉnh";
    /// let words = Analyzer::bundled().words(text);
    /// assert_eq!(words.iter().map(|word| &text[word.span.clone()]).collect::<Vec<_>>(), ["thanh tra", "tỉnh"]);
    /// assert_eq!(words[0].syllables, [0..5, 6..9]);
    /// ```
    pub fn words(&self, text: &str) -> Vec<Word> {
        let mut tokens = Tokens::default();
        let text = addressable(text);
        let mode = if text::has_diacritics(text) { Mode::Caseless } else { Mode::Folded };
        let sentence = |scratch: &mut Scratch, tokens: &mut Tokens| {
            scratch.cut.cut_query(&scratch.items, mode, &self.model);
            push_words(text, scratch, tokens);
        };
        self.scan(text, &mut tokens, Some(sentence));
        let word = |token: Token| Word { span: token.start..token.end, syllables: tokens.parts_of(token).collect() };
        tokens.of(Stream::Word).map(word).collect()
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

    /// Writes the streams of parts; hands each sentence to `sink`, in the scratch, if there is one.
    fn scan(&self, text: &str, tokens: &mut Tokens, mut sink: Option<impl FnMut(&mut Scratch, &mut Tokens)>) {
        tokens.clear();
        let mut scratch = Scratch::take();
        scratch.forms.prepare(&self.model.lexicon, text.len());
        // The first part of the line, and how many of its parts carry a diacritic.
        let (mut line, mut marked) = (0, 0);
        let (mut glue, mut end) = (Glue::new(), None);
        let (mut parts, mut fused) = (Parts::of(text), None);
        for number in 0.. {
            let Some(mut part) = fused.take().or_else(|| parts.next()) else { break };
            let between = end.map(|end| &text[end..part.start]);
            let (joins, gap) = match between {
                None => (false, Gap::SentenceEnd),
                // Nearly always: spared the rules of what else can stand there. Nothing stands within what was written as one.
                Some(" " | "") => (false, Gap::Space),
                Some(_) if glue.joins(text, &part) => (true, Gap::Space),
                Some(between) => {
                    if between.contains('\n') {
                        self.end_line(text, line..number, marked, &mut scratch, tokens);
                        (line, marked) = (number, 0);
                    }
                    (false, sentence::gap(text, part.start - between.len(), between))
                }
            };
            if let Some(sink) = &mut sink
                && !joins
                && (gap == Gap::SentenceEnd || scratch.items.len() >= MAX_SENTENCE_ITEMS)
            {
                end_sentence(&mut scratch, tokens, sink);
            }
            let mut form = scratch.forms.of(text, part.clone(), &self.model.lexicon);
            if let at @ 1.. = usize::from(form.fused_at) {
                fused = Some(part.start + at..part.end);
                part.end = part.start + at;
                form = scratch.forms.of(text, part.clone(), &self.model.lexicon);
            }
            end = Some(part.end);
            tokens.push_part(part.clone(), form);
            marked += u32::from(form.shape.is_marked);
            if sink.is_none() {
                continue;
            }
            glue.add(text, &part, !joins);
            if form.shape.is_in_capitals {
                scratch.capitals.push(number);
            }
            match scratch.items.last_mut() {
                Some(item) if joins => item.extend(between.unwrap_or(""), form),
                _ => scratch.items.push(Item::of(form, number, gap)),
            }
        }
        self.end_line(text, line..tokens.len(Stream::Syllable) as u32, marked, &mut scratch, tokens);
        if let Some(sink) = &mut sink {
            end_sentence(&mut scratch, tokens, sink);
        }
        scratch.put();
    }

    /// Keeps the parts of a line that was typed without diacritics.
    fn end_line(&self, text: &str, parts: Range<u32>, marked: u32, scratch: &mut Scratch, tokens: &mut Tokens) {
        if !sparse::may_be_undiacritic(parts.end - parts.start, marked) {
            return;
        }
        let mut line = Line::default();
        for part in parts.clone() {
            let form = scratch.forms.of(text, tokens.span(part..part + 1), &self.model.lexicon);
            line.add(form.shape, form.capitals == Capitals::Lower);
        }
        if line.is_undiacritic() {
            tokens.push_undiacritic(parts);
        }
    }
}

fn end_sentence(scratch: &mut Scratch, tokens: &mut Tokens, sink: &mut impl FnMut(&mut Scratch, &mut Tokens)) {
    sink(scratch, tokens);
    scratch.items.clear();
    scratch.capitals.clear();
}

/// Writes the words of a sentence that was cut.
fn push_words(text: &str, scratch: &Scratch, tokens: &mut Tokens) {
    let mut items = scratch.items.iter().zip(&scratch.cut.joins).peekable();
    while let Some((first, _)) = items.next() {
        let mut end = first.first + first.parts;
        while let Some((item, _)) = items.next_if(|(_, joins)| **joins) {
            end = item.first + item.parts;
        }
        tokens.push_word(text, first.first..end);
    }
}

/// As much of a text as spans can address.
fn addressable(text: &str) -> &str {
    &text[..text.floor_char_boundary(u32::MAX as usize)]
}

#[cfg(test)]
mod contract;
#[cfg(test)]
mod tests;
