//! Where the words of a query stand in a text: by tokens, so that a phrase is one span and folded matches fit the accents.
//!
//! Input → output: words and a text → spans of bytes. Bounded: of a long text so much is read as [`MAX_SCANNED_BYTES`] says,
//! piece by piece, and no more once enough has been seen.

use super::shape::{Edge, Graph, Place};
use super::word::Word;
use crate::analysis::{Analyzer, Stream, Token, Tokens};
use crate::index::Part;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

/// Of a text, so many bytes are looked at. A match further down gets no snippet of its own, which costs less than a second for it.
const MAX_SCANNED_BYTES: usize = 4 << 20;

/// A text is read in pieces of about this size, cut at line ends; a phrase over such a cut is not seen.
const PIECE_BYTES: usize = 16 << 10;

/// Once every word was seen, so many matches are enough to choose from.
const ENOUGH_MATCHES: usize = 200;

/// A place where a word stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Match {
    /// First byte.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Number of the word.
    pub word: usize,
}

/// Finds the words of a query.
pub(super) struct Highlighter<'a> {
    analyzer: &'a Analyzer,
    patterns: Vec<Pattern>,
    /// The streams that something is looked for in.
    streams: Vec<Stream>,
    /// Stream and term → patterns, and the edges of them, that begin with it.
    first: HashMap<(Stream, String), Vec<(usize, usize)>>,
    words: usize,
}

/// A graph that is looked for.
struct Pattern {
    word: usize,
    parts: &'static [Part],
    graph: Graph,
}

impl<'a> Highlighter<'a> {
    pub fn new(analyzer: &'a Analyzer, words: &[&Word]) -> Highlighter<'a> {
        let of_word = |word: &&Word| -> Vec<Pattern> {
            word.graphs().into_iter().map(|graph| Pattern { word: word.number, parts: word.parts, graph }).collect()
        };
        let patterns: Vec<Pattern> = words.iter().flat_map(of_word).collect();
        let mut streams: Vec<Stream> = Vec::new();
        let mut first: HashMap<(Stream, String), Vec<(usize, usize)>> = HashMap::new();
        for (number, pattern) in patterns.iter().enumerate() {
            for place in pattern.graph.edges.iter().flat_map(|edge| &edge.places) {
                if !streams.contains(&place.stream) {
                    streams.push(place.stream);
                }
            }
            for (at, edge) in pattern.graph.edges.iter().enumerate().filter(|(_, edge)| edge.from == 0) {
                if let Some(Place { stream, terms }) = edge.places.first() {
                    terms.iter().for_each(|term| first.entry((*stream, term.clone())).or_default().push((number, at)));
                }
            }
        }
        Highlighter { analyzer, patterns, streams, first, words: words.len() }
    }

    /// The matches in a text, in order; longer ones first where they begin together.
    pub fn matches(&self, part: Part, text: &str) -> Vec<Match> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let mut tokens = Tokens::default();
        for piece in pieces(text) {
            let from = found.len();
            // Capitals need the sentences, which are three quarters of the work.
            match self.streams.contains(&Stream::Capitals) {
                true => self.analyzer.analyze(&text[piece.clone()], &mut tokens),
                false => self.analyzer.parts(&text[piece.clone()], &mut tokens),
            }
            self.find(part, &tokens, piece.start, &mut found);
            seen.extend(found[from..].iter().map(|one| one.word));
            if found.len() >= ENOUGH_MATCHES && seen.len() == self.words {
                break;
            }
        }
        found.sort_by(|one, other| one.start.cmp(&other.start).then(other.end.cmp(&one.end)).then(one.word.cmp(&other.word)));
        found.dedup();
        found
    }

    fn find(&self, part: Part, tokens: &Tokens, offset: usize, found: &mut Vec<Match>) {
        let mut key = String::new();
        for &stream in &self.streams {
            for token in tokens.of(stream) {
                key.clear();
                key.push_str(token.term);
                let lookup = (stream, std::mem::take(&mut key));
                for &(number, edge) in self.first.get(&lookup).into_iter().flatten() {
                    let Pattern { word, parts, graph } = &self.patterns[number];
                    if parts.contains(&part) {
                        let ends = ends(tokens, graph, &graph.edges[edge], token.position);
                        found.extend(ends.map(|end| Match { start: offset + token.start, end: offset + end, word: *word }));
                    }
                }
                key = lookup.1;
            }
        }
    }
}

/// Where the ways of a graph end that begin with an edge at a position, in bytes.
fn ends(tokens: &Tokens, graph: &Graph, first: &Edge, position: u32) -> impl Iterator<Item = usize> {
    let mut ends = BTreeSet::new();
    let mut open = vec![(first, position)];
    let mut seen = HashSet::new();
    while let Some((edge, start)) = open.pop() {
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

/// The token at a position: rising, and in most streams the number of the token.
fn at_position(tokens: &Tokens, stream: Stream, position: u32) -> Option<Token<'_>> {
    let (mut low, mut high) = (0, tokens.len(stream).min(position as usize + 1));
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

/// Cuts a text into pieces at line ends, else at spaces, else between letters.
fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= text.len() || start >= MAX_SCANNED_BYTES {
            return None;
        }
        let from = start;
        start = match text.len() - from <= 2 * PIECE_BYTES {
            true => text.len(),
            false => {
                let bytes = &text.as_bytes()[from + PIECE_BYTES..from + 2 * PIECE_BYTES];
                let cut = bytes.iter().position(|&byte| byte == b'\n').or_else(|| bytes.iter().position(|&byte| byte == b' '));
                let wanted = from + PIECE_BYTES + cut.unwrap_or(0);
                (wanted..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
            }
        };
        Some(from..start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_cover_the_text_and_end_between_letters() {
        for text in
            [String::new(), "ế".repeat(100_000), "một hai ba\n".repeat(10_000), format!("{}\n{}", "ă".repeat(20_000), "b ".repeat(30_000))]
        {
            let mut end = 0;
            for piece in pieces(&text) {
                assert!(piece.start == end && piece.end > piece.start && text.is_char_boundary(piece.end));
                end = piece.end;
            }
            assert_eq!(end, text.len());
        }
    }

    #[test]
    fn spans_are_ordered_and_do_not_overlap() {
        let matches = [(2, 9), (2, 5), (4, 12), (20, 25), (24, 40)].map(|(start, end)| Match { start, end, word: 0 });
        assert_eq!(spans(&matches, 0..100), [(2, 12), (20, 40)]);
        assert_eq!(spans(&matches, 5..30), [(0, 7), (15, 25)]);
        assert_eq!(spans(&matches, 50..60), []);
    }
}
