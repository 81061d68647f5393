//! What is looked for: the words of a query as terms, and the articles that hold one.
//!
//! Input → output: a piece of the query → [`Word`]s; a word → a query over title and body. A word of plain text is what
//! the analyzer cuts, or an abbreviation with what it stands for; its syllables must stand together, in title or body.

use super::abbreviation::{Expansions, QueryPart};
use super::error::SearchError;
use super::expand;
use super::near::{NearQuery, Slot, any_of};
use super::response::WordKind;
use crate::analysis::{Stream, Tokens};
use crate::index::{Generation, Part, Schema};
use crate::text::fold;
use std::ops::Range;
use tantivy::Term;
use tantivy::query::{BooleanQuery, EmptyQuery, PhraseQuery, Query};

/// A word of the query.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Its place among the words of the query.
    pub number: usize,
    /// As typed.
    pub text: String,
    /// What it was read as.
    pub kind: WordKind,
    /// The stream that it is looked for in.
    pub stream: Stream,
    /// The parts of an article that it is looked for in.
    pub parts: &'static [Part],
    /// What has to stand there.
    pub shape: Shape,
    /// The canonical terms as typed: what the exact spelling would be.
    pub spelt: Vec<String>,
}

/// What has to stand in an article.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    /// One of several sequences; the one that was typed first.
    OneOf(Vec<Vec<Slot>>),
    /// Sequences near each other, see [`NearQuery`].
    Near(Vec<Vec<Slot>>, u32),
}

impl Shape {
    /// The sequences in it.
    pub fn sequences(&self) -> &[Vec<Slot>] {
        match self {
            Shape::OneOf(sequences) | Shape::Near(sequences, _) => sequences,
        }
    }
}

impl Word {
    /// Articles that hold it.
    pub fn query(&self, schema: &Schema) -> Box<dyn Query> {
        match &self.shape {
            Shape::OneOf(forms) => any(self.parts.iter().flat_map(|&part| forms.iter().map(move |form| self.sequence(schema, part, form)))),
            Shape::Near(units, slop) => {
                let units: Vec<&[Slot]> = units.iter().map(Vec::as_slice).collect();
                let near = |&part| -> Box<dyn Query> { Box::new(NearQuery::new(schema.text(part, self.stream), &units, *slop)) };
                any(self.parts.iter().map(near))
            }
        }
    }

    /// Articles that hold its syllables, wherever.
    pub fn loose(&self, schema: &Schema) -> Box<dyn Query> {
        let anywhere = |slot: &Slot| any(self.parts.iter().map(|&part| sequence(schema, part, self.stream, std::slice::from_ref(slot))));
        any(self.shape.sequences().iter().map(|form| all(form.iter().map(anywhere).collect())))
    }

    /// Articles that hold a sequence in one part.
    pub fn sequence(&self, schema: &Schema, part: Part, slots: &[Slot]) -> Box<dyn Query> {
        sequence(schema, part, self.stream, slots)
    }

    /// Whether it stands for so many terms that their rarity says nothing.
    pub fn is_expanded(&self) -> bool {
        matches!(self.kind, WordKind::Prefix | WordKind::Fuzzy)
    }
}

/// Articles that hold a sequence of slots in a part, in one stream.
pub(super) fn sequence(schema: &Schema, part: Part, stream: Stream, slots: &[Slot]) -> Box<dyn Query> {
    let field = schema.text(part, stream);
    let terms = |slot: &Slot| -> Vec<Term> { slot.iter().map(|term| Term::from_field_text(field, term)).collect() };
    match slots {
        slots if slots.is_empty() || slots.iter().any(Vec::is_empty) => Box::new(EmptyQuery),
        [slot] => any_of(&terms(slot)),
        slots if slots.iter().all(|slot| slot.len() == 1) => Box::new(PhraseQuery::new(slots.iter().flat_map(terms).collect())),
        slots => Box::new(NearQuery::new(field, &[slots], 0)),
    }
}

/// Articles that one of some queries matches.
pub(super) fn any(queries: impl IntoIterator<Item = Box<dyn Query>>) -> Box<dyn Query> {
    let mut queries: Vec<_> = queries.into_iter().collect();
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.swap_remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

/// Articles that all of some queries match; there must be one.
pub(super) fn all(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.len() {
        1 => queries.swap_remove(0),
        _ => Box::new(BooleanQuery::intersection(queries)),
    }
}

/// Reads pieces of a query as words.
pub(super) struct WordReader<'a> {
    pub generation: &'a Generation,
    pub expansions: Expansions<'a>,
    /// Whether plain words are looked for without diacritics.
    pub is_folded: bool,
    /// Whether what is in capitals was put so on purpose: the query holds small letters too, or is one word.
    pub capitals_tell: bool,
    /// Words read so far.
    pub count: usize,
}

impl WordReader<'_> {
    /// The parts of a text.
    pub fn parts(&self, text: &str) -> Vec<QueryPart> {
        let mut tokens = Tokens::default();
        self.generation.analyzer().analyze(Stream::Syllable, text, &mut tokens);
        let part = |token: crate::analysis::Token| QueryPart {
            span: token.start..token.end,
            canonical: token.term.to_owned(),
            folded: fold(token.term),
        };
        tokens.iter().map(part).collect()
    }

    /// Plain text: its words, abbreviations in one piece.
    pub fn run(&mut self, text: &str, parts_of_article: &'static [Part]) -> Vec<Word> {
        let parts = self.parts(text);
        let mut words = Vec::new();
        for (range, others) in self.cut(text, &parts) {
            let mut forms = vec![self.slots(&parts[range.clone()])];
            for other in others {
                let form = self.slots(&self.parts(&other));
                if !forms.contains(&form) {
                    forms.push(form);
                }
            }
            words.push(self.word(text, &parts[range], WordKind::Word, Shape::OneOf(forms), parts_of_article));
        }
        words
    }

    /// A phrase in quotes, with at most `slop` other syllables between its words, which may then stand in any order.
    pub fn phrase(&mut self, text: &str, slop: u32, parts_of_article: &'static [Part]) -> Option<Word> {
        let parts = self.parts(text);
        let shape = match slop {
            1.. if parts.len() > 1 => {
                let words = self.segmented(text, &parts);
                // Of one word, the syllables are what may stand apart.
                let single = || (0..parts.len()).map(|at| at..at + 1).collect();
                let units = if words.len() > 1 { words } else { single() };
                Shape::Near(units.into_iter().map(|unit| self.slots(&parts[unit])).collect(), slop)
            }
            _ => Shape::OneOf(vec![self.slots(&parts)]),
        };
        (!parts.is_empty()).then(|| self.word(text, &parts, WordKind::Phrase, shape, parts_of_article))
    }

    /// Text of which the last part is a beginning.
    pub fn prefix(&mut self, text: &str, parts_of_article: &'static [Part]) -> Result<Option<Word>, SearchError> {
        let parts = self.parts(text);
        let Some(last) = parts.last() else { return Ok(None) };
        let mut slots = self.slots(&parts);
        if let Some(slot) = slots.last_mut() {
            *slot = expand::beginning(self.generation, self.stream(), &text[last.span.clone()])?;
        }
        Ok(Some(self.word(text, &parts, WordKind::Prefix, Shape::OneOf(vec![slots]), parts_of_article)))
    }

    /// Text each of whose parts may be misspelt by some letters.
    pub fn fuzzy(&mut self, text: &str, edits: u8, parts_of_article: &'static [Part]) -> Result<Option<Word>, SearchError> {
        let parts = self.parts(text);
        let mut slots = self.slots(&parts);
        for slot in &mut slots {
            *slot = expand::similar(self.generation, self.stream(), &slot[0], edits)?;
        }
        let shape = Shape::OneOf(vec![slots]);
        Ok((!parts.is_empty()).then(|| self.word(text, &parts, WordKind::Fuzzy, shape, parts_of_article)))
    }

    /// Text that is taken as spelt, whatever holds for the rest of the query.
    pub fn exact(&mut self, text: &str, parts_of_article: &'static [Part]) -> Option<Word> {
        let parts = self.parts(text);
        let slots = parts.iter().map(|part| vec![part.canonical.clone()]).collect();
        let word = (!parts.is_empty()).then(|| self.word(text, &parts, WordKind::Exact, Shape::OneOf(vec![slots]), parts_of_article))?;
        Some(Word { stream: Stream::Syllable, ..word })
    }

    fn stream(&self) -> Stream {
        if self.is_folded { Stream::Folded } else { Stream::Syllable }
    }

    fn slots(&self, parts: &[QueryPart]) -> Vec<Slot> {
        parts.iter().map(|part| vec![if self.is_folded { part.folded.clone() } else { part.canonical.clone() }]).collect()
    }

    fn word(&mut self, text: &str, parts: &[QueryPart], kind: WordKind, shape: Shape, parts_of_article: &'static [Part]) -> Word {
        let number = self.count;
        self.count += 1;
        let span = parts.first().map_or(0, |part| part.span.start)..parts.last().map_or(0, |part| part.span.end);
        let spelt = parts.iter().map(|part| part.canonical.clone()).collect();
        Word { number, text: text[span].to_owned(), kind, stream: self.stream(), parts: parts_of_article, shape, spelt }
    }

    /// Cuts plain text into words; with each, what else is written for it. Abbreviations win over the segmenter.
    fn cut(&self, text: &str, parts: &[QueryPart]) -> Vec<(Range<usize>, Vec<String>)> {
        let mut cut: Vec<(Range<usize>, Vec<String>)> = Vec::new();
        let mut at = 0;
        for word in self.segmented(text, parts) {
            let mut start = at.max(word.start);
            at = start;
            while at < word.end {
                match self.expansions.at(text, parts, at, self.capitals_tell, self.is_folded) {
                    None => at += 1,
                    Some(expansion) => {
                        cut.extend((start < at).then(|| (start..at, Vec::new())));
                        cut.push((at..at + expansion.parts, expansion.others));
                        at += expansion.parts;
                        start = at;
                    }
                }
            }
            cut.extend((start < at).then(|| (start..at, Vec::new())));
        }
        cut
    }

    /// The words that the analyzer cuts, as ranges of parts.
    fn segmented(&self, text: &str, parts: &[QueryPart]) -> Vec<Range<usize>> {
        let mut at = 0;
        let words = self.generation.analyzer().words(text);
        let ranges = words.iter().map(|word| {
            let start = at;
            at = (at + word.syllables.len()).min(parts.len());
            start..at
        });
        ranges.filter(|range| !range.is_empty()).collect()
    }
}
