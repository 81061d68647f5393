//! Where the words of a query stand in a text: by tokens, so that a phrase is one span and folded matches fit the accents;
//! by letters, where a word is to be exactly as typed.
//!
//! Input → output: words and a text → spans of bytes, piece by piece ([`super::piece`]), so that any text costs time in
//! proportion to its length and little memory. Does not choose what is shown.

use super::near::{Class, Occurrence, each_window};
use super::piece::{Piece, pieces};
use super::shape::{Edge, Graph, Place, Shape};
use super::spelling::is_bordered;
use super::verified::{Required, occurrences};
use super::word::Word;
use crate::analysis::{Analyzer, Stream, Token, Tokens};
use crate::index::Part;
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::{ControlFlow, Range};

/// Between the first and the last part of a match lie at most so many bytes for each part, else it is missed where a piece ends.
const BYTES_OF_PART: usize = 64;

/// Pieces overlap by no more: phrases that are longer are looked for within a piece only.
const MAX_OVERLAP_BYTES: usize = 8 << 10;

/// A place where a word stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// First byte.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Number of the word.
    pub word: usize,
}

/// Term → the patterns, and the edges of them, that begin with it.
type Beginnings = HashMap<String, Vec<(usize, usize)>>;

/// Finds the words of a query.
pub(super) struct Highlighter<'a> {
    analyzer: &'a Analyzer,
    patterns: Vec<Pattern>,
    /// The streams that something is looked for in, with what begins there.
    streams: Vec<(Stream, Beginnings)>,
    nears: Vec<Near>,
    spelled: Vec<Spelled>,
    /// How far pieces overlap.
    overlap: usize,
    /// Of the piece that is looked at. Kept, since a table of spellings is dear to make for each text.
    tokens: RefCell<Tokens>,
}

/// A graph that is looked for.
struct Pattern {
    word: usize,
    parts: &'static [Part],
    graph: Graph,
    /// Where it counts only near others: the number of the window, and of the unit in it.
    unit: Option<(usize, usize)>,
}

/// Units that count only near each other.
struct Near {
    word: usize,
    classes: Vec<Class>,
    slop: u32,
}

/// What has to stand there letter for letter.
struct Spelled {
    word: usize,
    parts: &'static [Part],
    required: Required,
}

impl<'a> Highlighter<'a> {
    pub fn new(analyzer: &'a Analyzer, words: &[&Word]) -> Highlighter<'a> {
        let mut highlighter = Highlighter {
            analyzer,
            patterns: Vec::new(),
            streams: Vec::new(),
            nears: Vec::new(),
            spelled: Vec::new(),
            overlap: 0,
            tokens: RefCell::default(),
        };
        let mut longest = 0;
        for word in words {
            match &word.verbatim {
                Some(verbatim) => {
                    let spelled = |required: &Required| Spelled { word: word.number, parts: word.parts, required: required.clone() };
                    highlighter.spelled.extend(verbatim.required().iter().map(spelled));
                }
                None => word.shapes.iter().for_each(|shape| highlighter.add(word, shape)),
            }
            let slop = word.shapes.iter().map(|shape| if let Shape::Near(_, slop) = shape { *slop as usize } else { 0 }).max();
            longest = longest.max(word.graphs().iter().map(Graph::longest).sum::<usize>() + slop.unwrap_or(0));
        }
        highlighter.overlap = (longest * BYTES_OF_PART).min(MAX_OVERLAP_BYTES);
        highlighter.look_up();
        highlighter
    }

    fn add(&mut self, word: &Word, shape: &Shape) {
        let pattern = |graph, unit| Pattern { word: word.number, parts: word.parts, graph, unit };
        match shape {
            Shape::Graph(graph) => self.patterns.push(pattern(graph.clone(), None)),
            Shape::Near(units, slop) => {
                let first = |unit| units.iter().position(|other| other == unit).unwrap_or(0);
                let classes: Vec<Class> = units.iter().map(|unit| Class { first: first(unit), length: unit.len() as u32 }).collect();
                for (number, unit) in units.iter().enumerate().filter(|&(number, _)| classes[number].first == number) {
                    self.patterns.push(pattern(Graph::of(unit.clone()), Some((self.nears.len(), number))));
                }
                self.nears.push(Near { word: word.number, classes, slop: *slop });
            }
        }
    }

    /// Makes the tables of what begins with a term.
    fn look_up(&mut self) {
        for (number, pattern) in self.patterns.iter().enumerate() {
            for place in pattern.graph.edges.iter().flat_map(|edge| &edge.places) {
                if self.streams.iter().all(|(stream, _)| *stream != place.stream) {
                    self.streams.push((place.stream, HashMap::new()));
                }
            }
            for (at, edge) in pattern.graph.edges.iter().enumerate().filter(|(_, edge)| edge.from == 0) {
                let Some(Place { stream, terms }) = edge.places.first() else { continue };
                for (_, first) in self.streams.iter_mut().filter(|(other, _)| other == stream) {
                    terms.iter().for_each(|term| first.entry(term.clone()).or_default().push((number, at)));
                }
            }
        }
    }

    /// Calls `each` with the matches of a text, piece after piece, with where the next piece begins; in order, longer ones
    /// first where they begin together. It may stop it.
    pub fn walk(&self, part: Part, text: &str, mut each: impl FnMut(Vec<Match>, usize) -> ControlFlow<()>) {
        if self.patterns.is_empty() && self.spelled.is_empty() {
            return;
        }
        let mut carried = Vec::new();
        for piece in pieces(text, self.overlap) {
            let mut found = self.in_piece(part, text, &piece, &mut self.tokens.borrow_mut());
            found.append(&mut carried);
            // Of a window, the next piece may not see the beginning.
            carried.extend(found.iter().filter(|one| one.start >= piece.owned_end && self.is_near(one.word)).cloned());
            found.retain(|one| one.start < piece.owned_end);
            found.sort_by(|one, other| one.start.cmp(&other.start).then(other.end.cmp(&one.end)).then(one.word.cmp(&other.word)));
            found.dedup();
            if each(found, piece.owned_end).is_break() {
                return;
            }
        }
    }

    /// Whether a word counts only near others.
    fn is_near(&self, word: usize) -> bool {
        self.nears.iter().any(|near| near.word == word)
            || self.spelled.iter().any(|spelled| spelled.word == word && spelled.required.is_near())
    }

    fn in_piece(&self, part: Part, text: &str, piece: &Piece, tokens: &mut Tokens) -> Vec<Match> {
        let written = &text[piece.span.clone()];
        // Capitals need the sentences, which are three quarters of the work.
        match self.streams.iter().any(|(stream, _)| *stream == Stream::Capitals) {
            true => self.analyzer.analyze(written, tokens),
            false if !self.patterns.is_empty() || self.spelled.iter().any(|spelled| spelled.required.is_near()) => {
                self.analyzer.parts(written, tokens);
            }
            false => {}
        }
        let mut found = Vec::new();
        self.find(part, tokens, &mut found);
        let from = piece.span.start;
        let stands_alone = |place: &Range<usize>| is_bordered(text, &(from + place.start..from + place.end));
        for Spelled { word, required, .. } in self.spelled.iter().filter(|spelled| spelled.parts.contains(&part)) {
            let mut add = |place: Range<usize>| found.push(Match { start: place.start, end: place.end, word: *word });
            match required {
                Required::Spelled(spelling) => spelling.places(written).filter(stands_alone).for_each(add),
                Required::Near(spellings, slop) => {
                    let (occurrences, classes) = occurrences(spellings, written, tokens);
                    near(&occurrences, &classes, *slop).for_each(&mut add);
                }
            }
        }
        found.iter().map(|one| Match { start: from + one.start, end: from + one.end, word: one.word }).collect()
    }

    /// What is looked for by tokens, in bytes of the piece.
    fn find(&self, part: Part, tokens: &Tokens, found: &mut Vec<Match>) {
        let mut units: Vec<Vec<Occurrence>> = vec![Vec::new(); self.nears.len()];
        for (stream, first) in &self.streams {
            for token in tokens.of(*stream) {
                for &(number, edge) in first.get(token.term).into_iter().flatten() {
                    let Pattern { word, parts, graph, unit } = &self.patterns[number];
                    if !parts.contains(&part) {
                        continue;
                    }
                    let ends = ends(tokens, graph, &graph.edges[edge], token.position);
                    match unit {
                        None => found.extend(ends.map(|end| Match { start: token.start, end, word: *word })),
                        Some((near, unit)) => units[*near].extend(ends.map(|end| (token.position, *unit, token.start..end))),
                    }
                }
            }
        }
        for (Near { word, classes, slop }, mut occurrences) in self.nears.iter().zip(units) {
            occurrences.sort_unstable_by_key(|(position, unit, _)| (*position, *unit));
            found.extend(near(&occurrences, classes, *slop).map(|place| Match { start: place.start, end: place.end, word: *word }));
        }
    }
}

/// The units that stand in a window with all the others.
fn near(occurrences: &[Occurrence], classes: &[Class], slop: u32) -> impl Iterator<Item = Range<usize>> {
    let places: Vec<(u32, usize)> = occurrences.iter().map(|&(position, class, _)| (position, class)).collect();
    let (mut kept, mut end) = (Vec::new(), 0);
    each_window(&places, classes, slop, |window| {
        kept.extend(window.start.max(end)..window.end);
        end = window.end;
        ControlFlow::Continue(())
    });
    kept.into_iter().map(|number: usize| occurrences[number].2.clone())
}

/// Where the ways of a graph end that begin with an edge at a position, in bytes.
fn ends(tokens: &Tokens, graph: &Graph, first: &Edge, position: u32) -> impl Iterator<Item = usize> {
    let (mut ends, mut open, mut seen) = (BTreeSet::new(), Vec::new(), HashSet::new());
    // Most ways end at their first edge: nothing is allocated for them.
    let mut next = Some((first, position));
    while let Some((edge, start)) = next.take().or_else(|| open.pop()) {
        let Some(end) = end_of(tokens, edge, start) else { continue };
        let next = start + edge.places.len() as u32;
        if edge.to == graph.end {
            ends.insert(end);
        } else if seen.insert((edge.to, next)) {
            open.extend(graph.edges.iter().filter(|following| following.from == edge.to).map(|following| (following, next)));
        }
    }
    ends.into_iter()
}

/// Where the places of an edge end in the text, if they stand from a position on.
fn end_of(tokens: &Tokens, edge: &Edge, start: u32) -> Option<usize> {
    let mut end = None;
    for (position, place) in (start..).zip(&edge.places) {
        let token = at_position(tokens, place.stream, position).filter(|token| place.terms.iter().any(|term| term == token.term))?;
        end = Some(token.end);
    }
    end
}

/// The token at a position: rising, and in the full streams the number of the token.
fn at_position(tokens: &Tokens, stream: Stream, position: u32) -> Option<Token<'_>> {
    let (mut low, mut high) = (0, tokens.len(stream).min(position as usize + 1));
    if matches!(stream, Stream::Syllable | Stream::Folded) && high > position as usize {
        low = position as usize;
    }
    while low < high {
        let token = tokens.get(stream, low + (high - low) / 2);
        match token.position.cmp(&position) {
            Ordering::Equal => return Some(token),
            Ordering::Less => low += (high - low) / 2 + 1,
            Ordering::Greater => high = low + (high - low) / 2,
        }
    }
    None
}

/// Spans of matches as they are shown: ordered, not overlapping, inside a window and relative to it.
pub(super) fn spans(matches: &[Match], window: Range<usize>) -> Vec<(usize, usize)> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for one in matches {
        let (start, end) = (one.start.max(window.start), one.end.min(window.end));
        if start >= end {
            continue;
        }
        match spans.last_mut() {
            Some(last) if start < last.1 => last.1 = last.1.max(end),
            _ => spans.push((start, end)),
        }
    }
    spans.into_iter().map(|(start, end)| (start - window.start, end - window.start)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_ordered_and_do_not_overlap() {
        let matches = [(2, 9), (2, 5), (4, 12), (20, 25), (24, 40)].map(|(start, end)| Match { start, end, word: 0 });
        assert_eq!(spans(&matches, 0..100), [(2, 12), (20, 40)]);
        assert_eq!(spans(&matches, 5..30), [(0, 7), (15, 25)]);
        assert_eq!(spans(&matches, 50..60), []);
    }
}
