//! Words in context: all matches of an article, each with some words on its left and on its right.
//!
//! Input → output: an article and the words of a query → a [`Concordance`]. Linear in the article; of one with more matches
//! than [`MAX_LINES`] the first are listed, and the answer says how many there are. A word here is what stands between spaces.

use super::error::SearchError;
use super::highlight::Highlighter;
use super::request::{Budget, MAX_CONTEXT_WORDS};
use super::response::{Concordance, ContextLine};
use crate::article::Article;
use crate::index::Part;
use std::ops::{ControlFlow, Range};

/// Lines of one article.
pub(super) const MAX_LINES: usize = 10_000;

/// Words are so long at most, on the average over those of a side; where they are not, a side has fewer.
const MAX_WORD_CHARS: usize = 24;

/// All matches of an article, title first, with so many words on each side.
pub(super) fn concordance(highlighter: &Highlighter, article: &Article, words: usize, budget: Budget) -> Result<Concordance, SearchError> {
    let mut concordance = Concordance { matches: 0, lines: Vec::new() };
    for (part, text) in [(Part::Title, article.title.as_str()), (Part::Body, article.body.as_deref().unwrap_or(""))] {
        let mut add = |span: Range<usize>| {
            concordance.matches += 1;
            if concordance.lines.len() < MAX_LINES {
                concordance.lines.push(line(part, text, span, words.min(MAX_CONTEXT_WORDS)));
            }
        };
        // Matches that overlap are one line.
        let mut open: Option<Range<usize>> = None;
        let mut spent = false;
        highlighter.walk(part, text, |matches, _| {
            for one in matches {
                match &mut open {
                    Some(span) if one.start < span.end => span.end = span.end.max(one.end),
                    _ => open.replace(one.start..one.end).into_iter().for_each(&mut add),
                }
            }
            spent = budget.is_spent();
            if spent { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if spent {
            return Err(SearchError::OutOfTime);
        }
        open.into_iter().for_each(add);
    }
    Ok(concordance)
}

fn line(part: Part, text: &str, span: Range<usize>, words: usize) -> ContextLine {
    let left = text[..span.start].char_indices().rev().map(|(at, letter)| (letter, at));
    let right = text[span.end..].char_indices().map(|(at, letter)| (letter, span.end + at + letter.len_utf8()));
    let context = end_of_words(left, span.start, words)..end_of_words(right, span.end, words);
    ContextLine {
        field: part.name().to_owned(),
        start: span.start,
        end: span.end,
        context_start: context.start,
        context_end: context.end,
        left: text[context.start..span.start].to_owned(),
        matched: text[span.clone()].to_owned(),
        right: text[span.end..context.end].to_owned(),
    }
}

/// How far so many words reach: letters from a match outwards, each with its outer end. What is written together with the match
/// comes beside them.
fn end_of_words(letters: impl Iterator<Item = (char, usize)>, from: usize, words: usize) -> usize {
    let (mut end, mut reached, mut left, mut in_word) = (from, from, words, true);
    let mut room = (words + 1) * MAX_WORD_CHARS;
    for (letter, outer) in letters {
        if letter.is_whitespace() {
            end = if in_word { reached } else { end };
            if left == 0 {
                return end;
            }
            in_word = false;
        } else {
            left -= usize::from(!in_word);
            in_word = true;
        }
        if room == 0 {
            // Of one word that is longer than all of them may be, a piece is better than nothing.
            return if end == from { reached } else { end };
        }
        room -= 1;
        reached = outer;
    }
    if in_word { reached } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_has_as_many_words_as_asked_for() {
        let text = "Sáng nay, (thanh tra) tỉnh\nkết luận về đất đai.";
        let at = text.find("thanh tra").unwrap();
        for (words, left, right) in
            [(0, "(", ")"), (1, "nay, (", ") tỉnh"), (2, "Sáng nay, (", ") tỉnh\nkết"), (50, "Sáng nay, (", ") tỉnh\nkết luận về đất đai.")]
        {
            let line = line(Part::Body, text, at..at + "thanh tra".len(), words);
            assert_eq!((line.left.as_str(), line.matched.as_str(), line.right.as_str()), (left, "thanh tra", right), "{words}");
            assert_eq!(&text[line.context_start..line.context_end], format!("{left}thanh tra{right}"));
        }
    }

    #[test]
    fn a_context_is_bounded_where_no_space_stands() {
        let text = format!("{} đất {}", "ế".repeat(10_000), "x".repeat(10_000));
        let at = text.find("đất").unwrap();
        let line = line(Part::Body, &text, at..at + "đất".len(), 3);
        assert!(line.left.chars().count() <= 97 && line.right.chars().count() <= 97, "{line:?}");
        assert!(!line.left.is_empty() && !line.right.is_empty());
    }
}
