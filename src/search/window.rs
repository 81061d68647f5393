//! The best window of a text: the neighbouring matches that answer most of the query, nearest together.
//!
//! Input → output: the matches in a text, and how much each word weighs → the span from the first match of the window to the
//! last. One walk over the matches for each window. Where a passage around it is cut is [`super::snippet`]'s.

use super::highlight::Match;
use std::cmp::Reverse;
use std::ops::Range;

/// The matches of a text, measured once.
pub(super) struct Windows<'a> {
    matches: &'a [Match],
    places: Vec<Place>,
    weights: &'a [u32],
    max_chars: usize,
}

/// Where a match stands, counted in letters.
#[derive(Clone, Copy)]
struct Place {
    from: usize,
    to: usize,
    paragraph: usize,
}

/// A window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// From the first match to the last.
    pub span: Range<usize>,
    /// What the words in it weigh together.
    pub coverage: u32,
}

impl<'a> Windows<'a> {
    /// Of matches in order; each word weighs by its number. A window has at most so many letters, and lies in one paragraph.
    pub fn of(text: &str, matches: &'a [Match], weights: &'a [u32], max_chars: usize) -> Windows<'a> {
        let first = matches.first().map_or(0, |one| one.start);
        let (mut at, mut chars, mut end, mut paragraph) = (first, 0, first, 0);
        let mut places = Vec::with_capacity(matches.len());
        for one in matches {
            chars += text[at..one.start].chars().count();
            at = one.start;
            paragraph += usize::from(text[end.min(one.start)..one.start].contains('\n'));
            end = end.max(one.end);
            // Of a match that is too long for any window, no more than that is counted.
            let length = text[one.start..one.end].chars().take(max_chars.saturating_add(1)).count();
            places.push(Place { from: chars, to: chars + length, paragraph });
        }
        Windows { matches, places, weights, max_chars }
    }

    /// The best window outside of some spans: the one whose words weigh most, those in `shown` not counted; then those in
    /// `shown` counted; then the one whose matches stand nearest together; then where most of them are; then the first.
    pub fn best(&self, taken: &[Range<usize>], shown: &[bool]) -> Option<Window> {
        let mut best = None;
        let mut window = Contents { counts: vec![0; self.weights.len()], coverage: 0, fresh: 0, letters: 0 };
        let mut open: Vec<(usize, usize)> = Vec::new();
        // The first match that fits into a window with the last one, and the first that such a window needs.
        let (mut fitting, mut first) = (0, 0);
        for (number, one) in self.matches.iter().enumerate() {
            if taken.iter().any(|span| one.start < span.end && span.start < one.end) {
                continue;
            }
            open.push((number, taken.iter().filter(|span| span.start <= one.start).count()));
            let last = open.len() - 1;
            window.add(self, number, shown);
            while fitting < last && !self.fits(open[fitting], open[last]) {
                fitting += 1;
            }
            while first < last && (first < fitting || window.counts[self.matches[open[first].0].word] > 1) {
                window.remove(self, open[first].0, shown);
                first += 1;
            }
            let (from, to) = (self.places[open[first].0].from, self.places[number].to);
            let looseness = to.saturating_sub(from).saturating_sub(window.letters);
            let value = (window.fresh, window.coverage, Reverse(looseness), last - fitting);
            if best.as_ref().is_none_or(|(most, _)| value > *most) {
                best = Some((value, (open[first].0, number)));
            }
        }
        best.map(|((_, coverage, ..), (first, last))| {
            let end = self.matches[first..=last].iter().map(|one| one.end).max().unwrap_or(0);
            Window { span: self.matches[first].start..end, coverage }
        })
    }

    /// Whether two matches, each with the number of spans taken before it, stand in one window.
    fn fits(&self, first: (usize, usize), last: (usize, usize)) -> bool {
        let (from, to) = (self.places[first.0], self.places[last.0]);
        first.1 == last.1 && from.paragraph == to.paragraph && to.to - from.from <= self.max_chars
    }
}

/// What a window holds.
struct Contents {
    /// Matches, by word.
    counts: Vec<u32>,
    /// What its words weigh.
    coverage: u32,
    /// What those weigh that are not shown yet.
    fresh: u32,
    /// Letters of its matches.
    letters: usize,
}

impl Contents {
    fn add(&mut self, windows: &Windows, number: usize, shown: &[bool]) {
        let word = windows.matches[number].word;
        self.counts[word] += 1;
        if self.counts[word] == 1 {
            self.coverage += windows.weights[word];
            self.fresh += if shown[word] { 0 } else { windows.weights[word] };
        }
        self.letters += windows.places[number].to - windows.places[number].from;
    }

    fn remove(&mut self, windows: &Windows, number: usize, shown: &[bool]) {
        let word = windows.matches[number].word;
        self.counts[word] -= 1;
        if self.counts[word] == 0 {
            self.coverage -= windows.weights[word];
            self.fresh -= if shown[word] { 0 } else { windows.weights[word] };
        }
        self.letters -= windows.places[number].to - windows.places[number].from;
    }
}
