//! Which quotes and brackets of a query have their other half.
//!
//! Input → output: query string → the place of every quote and bracket, in order, as what it is. Linear. What stands
//! between them is not looked at.

use super::MAX_DEPTH;

/// What a quote or bracket is, by its place.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mark {
    /// Opening quote; where the closing one stands, and where the query goes on.
    Quote { start: usize, close: usize, end: usize },
    /// Opening bracket; where the closing one stands.
    Open { start: usize, close: usize },
    /// Closing bracket.
    Close { start: usize },
    /// Without its other half.
    Stray { start: usize },
}

impl Mark {
    /// Where it stands.
    pub fn start(self) -> usize {
        match self {
            Mark::Quote { start, .. } | Mark::Open { start, .. } | Mark::Close { start } | Mark::Stray { start } => start,
        }
    }
}

/// Whether a letter ends a plain term.
pub(super) fn is_delimiter(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '«' | '»' | '(' | ')')
}

fn closing(open: char) -> Option<char> {
    match open {
        '"' => Some('"'),
        '“' => Some('”'),
        '«' => Some('»'),
        _ => None,
    }
}

/// Pairs quotes and brackets. A pair begins where a term can; what stands in quotes is not looked at.
pub(super) fn pair(query: &str) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    // Open brackets: number of the mark, and whether a term can begin there.
    let mut open: Vec<(usize, bool)> = Vec::new();
    let (mut depth, mut quote_end, mut before) = (0, 0, ' ');
    // Without a closing quote after it, a quote is not looked for: the search would be quadratic.
    let last = ['"', '”', '»'].map(|close| (close, query.rfind(close).unwrap_or(0)));
    for (start, letter) in query.char_indices() {
        let begins = before.is_whitespace() || is_delimiter(before) || matches!(before, '-' | ':' | '=');
        before = letter;
        if start < quote_end || !is_delimiter(letter) {
            continue;
        }
        let after = start + letter.len_utf8();
        let close = closing(letter)
            .filter(|close| begins && last.iter().any(|(mark, at)| mark == close && after <= *at))
            .and_then(|close| Some((query[after..].find(close)? + after, close)));
        let mark = match (letter, close) {
            (_, Some((close, mark))) => {
                quote_end = close + mark.len_utf8();
                Mark::Quote { start, close, end: quote_end }
            }
            ('(', _) => {
                let pairs = begins && depth < MAX_DEPTH;
                depth += usize::from(pairs);
                open.push((marks.len(), pairs));
                Mark::Stray { start }
            }
            (')', _) => match open.pop() {
                Some((opened, true)) => {
                    depth -= 1;
                    marks[opened] = Mark::Open { start: marks[opened].start(), close: start };
                    Mark::Close { start }
                }
                _ => Mark::Stray { start },
            },
            _ => Mark::Stray { start },
        };
        marks.push(mark);
    }
    marks
}
