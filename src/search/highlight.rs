//! Where the words of a query stand in a text: by tokens, so that a phrase is one span and folded matches fit the accents.
//!
//! Input → output: words and a text → spans of bytes. Bounded: of a long text so much is read as [`MAX_SCANNED_BYTES`] says,
//! piece by piece, and no more once enough has been seen.

use super::near::Slot;
use super::word::Word;
use crate::analysis::{Analyzer, Stream, Tokens};
use crate::index::Part;
use std::collections::{HashMap, HashSet};
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
    matchers: Vec<Matcher<'a>>,
    words: usize,
}

/// The words that are looked for in one stream.
struct Matcher<'a> {
    stream: Stream,
    patterns: Vec<Pattern<'a>>,
    /// Term → patterns that begin with it.
    first: HashMap<&'a str, Vec<usize>>,
}

struct Pattern<'a> {
    word: usize,
    parts: &'static [Part],
    slots: Vec<HashSet<&'a str>>,
}

impl<'a> Highlighter<'a> {
    pub fn new(analyzer: &'a Analyzer, words: &[&'a Word]) -> Highlighter<'a> {
        let mut matchers = Vec::new();
        for stream in [Stream::Syllable, Stream::Folded] {
            let of_stream = words.iter().filter(|word| word.stream == stream);
            let patterns: Vec<Pattern> = of_stream
                .flat_map(|word| word.shape.sequences().iter().map(|slots| Pattern::new(word, slots)))
                .filter(|pattern| !pattern.slots.is_empty())
                .collect();
            let mut first: HashMap<&str, Vec<usize>> = HashMap::new();
            for (number, pattern) in patterns.iter().enumerate() {
                pattern.slots[0].iter().for_each(|term| first.entry(term).or_default().push(number));
            }
            if !patterns.is_empty() {
                matchers.push(Matcher { stream, patterns, first });
            }
        }
        Highlighter { analyzer, matchers, words: words.len() }
    }

    /// The matches in a text, in order; longer ones first where they begin together.
    pub fn matches(&self, part: Part, text: &str) -> Vec<Match> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let mut tokens = Tokens::default();
        for piece in pieces(text) {
            let from = found.len();
            for matcher in &self.matchers {
                self.analyzer.analyze(matcher.stream, &text[piece.clone()], &mut tokens);
                matcher.find(part, &tokens, piece.start, &mut found);
            }
            seen.extend(found[from..].iter().map(|one| one.word));
            if found.len() >= ENOUGH_MATCHES && seen.len() == self.words {
                break;
            }
        }
        found.sort_by(|one, other| one.start.cmp(&other.start).then(other.end.cmp(&one.end)).then(one.word.cmp(&other.word)));
        found
    }
}

impl<'a> Pattern<'a> {
    fn new(word: &Word, slots: &'a [Slot]) -> Pattern<'a> {
        let slots = slots.iter().map(|slot| slot.iter().map(String::as_str).collect()).collect();
        Pattern { word: word.number, parts: word.parts, slots }
    }
}

impl Matcher<'_> {
    fn find(&self, part: Part, tokens: &Tokens, offset: usize, found: &mut Vec<Match>) {
        for at in 0..tokens.len() {
            let token = tokens.get(at);
            for &number in self.first.get(token.term).into_iter().flatten() {
                let Pattern { word, parts, slots } = &self.patterns[number];
                let fits = parts.contains(&part)
                    && at + slots.len() <= tokens.len()
                    && slots.iter().enumerate().skip(1).all(|(next, slot)| slot.contains(tokens.get(at + next).term));
                if fits {
                    let end = tokens.get(at + slots.len() - 1).end;
                    found.push(Match { start: offset + token.start, end: offset + end, word: *word });
                }
            }
        }
    }
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
