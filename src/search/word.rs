//! What is looked for: the words of a query as terms, and the articles that hold one.
//!
//! Input → output: a piece of the query → [`Word`]s; a word → a query over title and body. A word of plain text is what
//! the analyzer cuts, or an abbreviation or long form with what else is written for it; its syllables must stand together,
//! in title or body. What was typed with diacritics is also looked for, without them, where text was typed so.

use super::abbreviation::{Expansions, Letters, QueryPart};
use super::error::SearchError;
use super::expand;
use super::response::WordKind;
use super::shape::{Graph, Place, Sequence, Shape};
use super::spelling::Spelling;
use super::verified::{Required, Texts, Verbatim};
use crate::analysis::{Stream, Tokens};
use crate::index::{Generation, Part, Schema};
use crate::text::fold;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;
use tantivy::query::{BooleanQuery, EmptyQuery, Occur, Query};

/// Of words near each other, so many units in all combinations of abbreviations and long forms are looked for: of four words 512 combinations,
/// of hundreds what was typed.
const MAX_COMBINED_UNITS: usize = 2_048;

/// A word of the query.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Its place among the words of the query.
    pub number: usize,
    /// As typed.
    pub text: String,
    /// What it was read as.
    pub kind: WordKind,
    /// The parts of an article that it is looked for in.
    pub parts: &'static [Part],
    /// What was typed, without what else is written for it.
    pub typed: Sequence,
    /// What has to stand there: one of these, of which the first has what was typed.
    pub shapes: Vec<Shape>,
    /// The canonical terms as typed: what the exact spelling would be.
    pub spelt: Vec<String>,
    /// What has to stand in the stored text, where the word is to be exactly as typed.
    pub verbatim: Option<Verbatim>,
}

impl Word {
    /// Articles that hold it.
    ///
    /// Without `verify`, those that hold its terms: where it has to stand there letter for letter, more than hold it.
    pub fn query(&self, schema: &Schema, verify: bool) -> Box<dyn Query> {
        let candidates = any(self.parts.iter().flat_map(|&part| self.shapes.iter().map(move |shape| shape.query(schema, part))));
        match &self.verbatim {
            Some(verbatim) if verify => verbatim.query(candidates, self.parts),
            _ => candidates,
        }
    }

    /// Articles that hold its syllables, wherever; as [`Word::query`].
    pub fn loose(&self, schema: &Schema, verify: bool) -> Box<dyn Query> {
        let candidates = any(self.graphs().iter().map(|graph| graph.loose(schema, self.parts)));
        match &self.verbatim {
            Some(verbatim) if verify => verbatim.apart().query(candidates, self.parts),
            _ => candidates,
        }
    }

    /// The graphs in its shapes.
    pub fn graphs(&self) -> Vec<Graph> {
        self.shapes.iter().flat_map(Shape::graphs).collect()
    }

    /// The graph that it is in a phrase: as spelt, or as it is where text was typed without diacritics.
    pub fn graph(&self, accented: bool) -> Option<&Graph> {
        let shape = if accented { self.shapes.first() } else { self.shapes.last() };
        shape.and_then(|shape| if let Shape::Graph(graph) = shape { Some(graph) } else { None })
    }

    /// Whether it stands for so many terms that their rarity says nothing.
    pub fn is_expanded(&self) -> bool {
        matches!(self.kind, WordKind::Prefix | WordKind::Fuzzy)
    }
}

/// Articles that one of some queries matches.
pub(super) fn any(queries: impl IntoIterator<Item = Box<dyn Query>>) -> Box<dyn Query> {
    let mut queries: Vec<_> = queries.into_iter().flat_map(alternatives).collect();
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.swap_remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

/// What a query is the union of: one walk over all of it costs less than walks within walks.
fn alternatives(query: Box<dyn Query>) -> Vec<Box<dyn Query>> {
    match query.downcast_ref::<BooleanQuery>() {
        Some(union) if union.clauses().iter().all(|(occur, _)| *occur == Occur::Should) => {
            union.clauses().iter().map(|(_, query)| query.box_clone()).collect()
        }
        _ => vec![query],
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
    /// What words are verified against.
    pub texts: Arc<Texts>,
    /// Whether plain words are looked for without diacritics.
    pub is_folded: bool,
    /// Whether what is in capitals was put so on purpose: the query holds small letters too, or is one word.
    pub capitals_tell: bool,
    /// Whether plain words and phrases are taken letter for letter, and nothing else is written for them.
    pub is_exact: bool,
    /// Words read so far.
    pub count: usize,
}

impl WordReader<'_> {
    /// The parts of a text.
    pub fn parts(&self, text: &str) -> Vec<QueryPart> {
        let mut tokens = Tokens::default();
        self.generation.analyzer().parts(text, &mut tokens);
        let part = |token: crate::analysis::Token| QueryPart {
            span: token.start..token.end,
            canonical: token.term.to_owned(),
            folded: fold(token.term),
        };
        tokens.of(Stream::Syllable).map(part).collect()
    }

    /// Plain text: its words, abbreviations in one piece.
    pub fn run(&mut self, text: &str, parts_of_article: &'static [Part]) -> Vec<Word> {
        let parts = self.parts(text);
        let mut words = Vec::new();
        for range in self.cut(text, &parts) {
            let shapes = vec![Shape::Graph(self.graph(text, &parts, range.clone()))];
            words.push(self.word(text, &parts, range, WordKind::Word, shapes, parts_of_article));
        }
        words
    }

    /// A phrase in quotes, with at most `slop` other syllables between its words, which may then stand in any order.
    pub fn phrase(&mut self, text: &str, slop: u32, parts_of_article: &'static [Part]) -> Option<Word> {
        let parts = self.parts(text);
        if parts.is_empty() {
            return None;
        }
        if slop == 0 || parts.len() == 1 {
            let shapes = vec![Shape::Graph(self.graph(text, &parts, 0..parts.len()))];
            return Some(self.word(text, &parts, 0..parts.len(), WordKind::Phrase, shapes, parts_of_article));
        }
        let words = self.cut(text, &parts);
        // Of one word, the syllables are what may stand apart.
        let single = || (0..parts.len()).map(|at| at..at + 1).collect();
        let units = if words.len() > 1 { words } else { single() };
        let spelling = |unit: &Range<usize>| Spelling::of(&text[parts[unit.start].span.start..parts[unit.end - 1].span.end]);
        let near = Required::Near(units.iter().filter_map(spelling).collect(), slop);
        let shapes = self.combinations(text, &parts, units).into_iter().map(|units| Shape::Near(units, slop)).collect();
        let word = self.word(text, &parts, 0..parts.len(), WordKind::Phrase, shapes, parts_of_article);
        Some(Word { verbatim: self.is_exact.then(|| Verbatim::new(vec![near], &self.texts)), ..word })
    }

    /// Text of which the last part is a beginning.
    pub fn prefix(&mut self, text: &str, parts_of_article: &'static [Part]) -> Result<Option<Word>, SearchError> {
        let parts = self.parts(text);
        let Some((last, before)) = parts.split_last() else { return Ok(None) };
        let bare = (!self.is_folded && !self.is_exact).then_some(Stream::Undiacritic);
        let mut shapes = Vec::new();
        for stream in std::iter::once(self.stream()).chain(bare) {
            let term = |part: &QueryPart| if stream == Stream::Syllable { part.canonical.clone() } else { part.folded.clone() };
            let terms = expand::beginning(self.generation, stream, &text[last.span.clone()])?;
            let places = before.iter().map(|part| Place::of(stream, term(part))).chain([Place { stream, terms }]);
            shapes.push(Shape::Graph(Graph::of(places.collect())));
        }
        Ok(Some(self.word(text, &parts, 0..parts.len(), WordKind::Prefix, shapes, parts_of_article)))
    }

    /// Text each of whose parts may be misspelt by some letters; not also by its diacritics, which would be too much.
    pub fn fuzzy(&mut self, text: &str, edits: u8, parts_of_article: &'static [Part]) -> Result<Option<Word>, SearchError> {
        let parts = self.parts(text);
        let similar = |part: &QueryPart| {
            let term = if self.is_folded { &part.folded } else { &part.canonical };
            Ok(Place { stream: self.stream(), terms: expand::similar(self.generation, self.stream(), term, edits)? })
        };
        let places = parts.iter().map(similar).collect::<Result<Sequence, SearchError>>()?;
        let shapes = vec![Shape::Graph(Graph::of(places))];
        Ok((!parts.is_empty()).then(|| self.word(text, &parts, 0..parts.len(), WordKind::Fuzzy, shapes, parts_of_article)))
    }

    /// Text that has to stand in articles letter for letter, whatever holds for the rest of the query.
    pub fn exact(&mut self, text: &str, parts_of_article: &'static [Part]) -> Option<Word> {
        let parts = self.parts(text);
        let typed: Sequence = parts.iter().map(|part| Place::of(Stream::Syllable, &part.canonical)).collect();
        let shapes = vec![Shape::Graph(Graph::of(typed.clone()))];
        let word = (!parts.is_empty()).then(|| self.word(text, &parts, 0..parts.len(), WordKind::Exact, shapes, parts_of_article))?;
        Some(Word { typed, ..word })
    }

    fn stream(&self) -> Stream {
        if self.is_folded { Stream::Folded } else { Stream::Syllable }
    }

    /// Some parts, in every way that they are written.
    fn graph(&self, text: &str, parts: &[QueryPart], range: Range<usize>) -> Graph {
        match self.is_exact {
            true => Graph::of(parts[range].iter().map(|part| Place::of(Stream::Syllable, &part.canonical)).collect()),
            false => self.expansions.graph(text, parts, range, self.reading()),
        }
    }

    /// Units near each other, in every combination of the ways that they are written; what was typed first.
    fn combinations(&self, text: &str, parts: &[QueryPart], units: Vec<Range<usize>>) -> Vec<Vec<Sequence>> {
        let most = (MAX_COMBINED_UNITS / units.len()).max(1);
        let ways: Vec<Vec<Sequence>> = units.into_iter().map(|unit| self.graph(text, parts, unit).paths(most)).collect();
        let all = ways.iter().fold(1, |all: usize, ways| all.saturating_mul(ways.len()));
        let combination = |number: usize| {
            let mut rest = number;
            let mut units: Vec<Sequence> = Vec::with_capacity(ways.len());
            for ways in ways.iter().rev() {
                units.push(ways[rest % ways.len()].clone());
                rest /= ways.len();
            }
            units.reverse();
            units
        };
        (0..all.min(most)).map(combination).collect()
    }

    /// How the letters of the query are read.
    pub fn reading(&self) -> Letters {
        Letters { is_folded: self.is_folded, capitals_tell: self.capitals_tell }
    }

    fn word(
        &mut self,
        text: &str,
        parts: &[QueryPart],
        range: Range<usize>,
        kind: WordKind,
        mut shapes: Vec<Shape>,
        parts_of_article: &'static [Part],
    ) -> Word {
        let number = self.count;
        self.count += 1;
        let typed = match self.is_exact {
            true => parts[range.clone()].iter().map(|part| Place::of(Stream::Syllable, &part.canonical)).collect(),
            false => self.expansions.typed(text, parts, range.clone(), self.reading()),
        };
        let parts = &parts[range];
        let is_plain = matches!(kind, WordKind::Word | WordKind::Phrase);
        if is_plain && !self.is_folded && !self.is_exact {
            let without: Vec<Shape> = shapes.iter().filter_map(Shape::without_diacritics).collect();
            shapes.extend(without);
        }
        let span = parts.first().map_or(0, |part| part.span.start)..parts.last().map_or(0, |part| part.span.end);
        let spelt = parts.iter().map(|part| part.canonical.clone()).collect();
        let is_verified = kind == WordKind::Exact || is_plain && self.is_exact;
        let required = || Spelling::of(&text[span.clone()]).into_iter().map(Required::Spelled).collect();
        let verbatim = is_verified.then(|| Verbatim::new(required(), &self.texts));
        Word { number, text: text[span.clone()].to_owned(), kind, parts: parts_of_article, typed, shapes, spelt, verbatim }
    }

    /// Cuts plain text into words. Abbreviations and long forms win over the segmenter, but a long form does not end within a
    /// word: `đầu tư công khai` holds no `đầu tư công`. Without diacritics the segmenter is not sure enough to say so.
    fn cut(&self, text: &str, parts: &[QueryPart]) -> Vec<Range<usize>> {
        let words = self.segmented(text, parts);
        if self.is_exact {
            return joined_as_typed(words, parts);
        }
        let ends: HashSet<usize> = words.iter().map(|word| word.end).collect();
        let may_end = |end: usize| self.is_folded || ends.contains(&end);
        let mut cut: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        for word in words {
            let mut start = at.max(word.start);
            at = start;
            while at < word.end {
                let length = self.expansions.length_at(text, parts, at, self.reading(), may_end);
                if length == 0 {
                    at += 1;
                } else {
                    cut.extend((start < at).then_some(start..at));
                    cut.push(at..at + length);
                    at += length;
                    start = at;
                }
            }
            cut.extend((start < at).then_some(start..at));
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

/// Words of which none ends where a text goes on without a sign between: `TônThị` is one to those who look for it as it is.
fn joined_as_typed(words: Vec<Range<usize>>, parts: &[QueryPart]) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(words.len());
    for word in words {
        match joined.last_mut() {
            Some(last) if parts[last.end - 1].span.end == parts[word.start].span.start => last.end = word.end,
            _ => joined.push(word),
        }
    }
    joined
}
