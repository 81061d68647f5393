//! Text with spans set off: what was searched for, and what values stand on.
//!
//! Spans may overlap, begin or end anywhere; what is no span of the text is left out. Nothing here trusts an index to give sound ones.

use maud::{Markup, html};
use std::ops::Range;

/// A span with what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// In bytes of the text.
    pub span: Range<usize>,
    /// How it is shown.
    pub kind: MarkKind,
    /// The number of the evidence, where it is some.
    pub number: Option<usize>,
}

/// What a mark is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// What was searched for.
    Match,
    /// A date stands on it.
    Date,
    /// A province stands on it.
    Province,
    /// A person or a post stands on it.
    Official,
    /// Something else stands on it.
    Other,
}

impl MarkKind {
    /// Its class in the page.
    pub fn class(self) -> &'static str {
        match self {
            MarkKind::Match => "match",
            MarkKind::Date => "date",
            MarkKind::Province => "province",
            MarkKind::Official => "official",
            MarkKind::Other => "other",
        }
    }
}

/// A text with the matches of a query.
pub fn matched(text: &str, spans: &[(usize, usize)]) -> Markup {
    let marks: Vec<Mark> = spans.iter().map(|&(start, end)| Mark { span: start..end, kind: MarkKind::Match, number: None }).collect();
    marked(text, 0..text.len(), &marks, &mut vec![])
}

/// A part of a text with its marks. Each piece of evidence has its anchor, `e<number>`, where its quotation begins; `anchored` learns of it.
pub fn marked(text: &str, part: Range<usize>, marks: &[Mark], anchored: &mut Vec<usize>) -> Markup {
    let is_sound = |mark: &&Mark| {
        let Range { start, end } = mark.span;
        start < end && end > part.start && start < part.end && text.get(start..end).is_some()
    };
    let marks: Vec<&Mark> = marks.iter().filter(is_sound).collect();
    let mut borders: Vec<usize> = marks.iter().flat_map(|mark| [mark.span.start, mark.span.end]).collect();
    borders.extend([part.start, part.end]);
    borders.retain(|border| part.start <= *border && *border <= part.end);
    borders.sort_unstable();
    borders.dedup();
    html! {
        @for piece in borders.windows(2) {
            @let words = text.get(piece[0]..piece[1]).unwrap_or("");
            @let over: Vec<&&Mark> = marks.iter().filter(|mark| mark.span.start <= piece[0] && piece[1] <= mark.span.end).collect();
            @if over.is_empty() {
                (words)
            } @else {
                @let mut classes: Vec<&str> = over.iter().map(|mark| mark.kind.class()).collect();
                @let () = classes.dedup();
                @let begun: Vec<usize> = over.iter().filter(|mark| mark.span.start == piece[0]).filter_map(|mark| mark.number).collect();
                @let () = anchored.extend(&begun);
                mark class=(classes.join(" ")) {
                    @for number in begun { span id=(format!("e{number}")) tabindex="-1" {} }
                    (words)
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(span: Range<usize>, kind: MarkKind, number: Option<usize>) -> Mark {
        Mark { span, kind, number }
    }

    #[test]
    fn spans_may_overlap_and_be_unsound() {
        let text = "Lào Cai <b>";
        let cases = [
            (vec![mark(0..4, MarkKind::Match, None)], "<mark class=\"match\">Lào</mark> Cai &lt;b&gt;"),
            (vec![mark(2..4, MarkKind::Match, None), mark(9..99, MarkKind::Match, None)], "Lào Cai &lt;b&gt;"),
            (
                vec![mark(0..8, MarkKind::Province, Some(3)), mark(5..8, MarkKind::Match, None)],
                "<mark class=\"province\"><span id=\"e3\" tabindex=\"-1\"></span>Lào </mark><mark class=\"province match\">Cai</mark> &lt;b&gt;",
            ),
        ];
        for (marks, expected) in cases {
            assert_eq!(marked(text, 0..text.len(), &marks, &mut Vec::new()).into_string(), expected);
        }
    }
}
