//! Spans of bytes → spans of characters, as R and Python count a text.

use crate::article::{Article, Evidence, Official};
use crate::search::{Concordance, ContextLine, Hit, Snippet};

/// What spans are counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Offsets {
    /// Bytes of UTF-8, as everywhere in this program.
    #[default]
    Bytes,
    /// Unicode code points.
    Characters,
}

/// A whole hit, with all spans but those of evidence in characters.
pub(super) fn in_characters(hit: Hit) -> Hit {
    let title = hit.article.title.clone();
    let body = hit.article.body.clone().unwrap_or_default();
    let field = |name: &str| if name == "title" { title.as_str() } else { body.as_str() };
    let passage = |snippet: Snippet| {
        let (start, end) = span(field(&snippet.field), (snippet.start, snippet.end));
        Snippet { highlights: spans(&snippet.text, &snippet.highlights), start, end, ..snippet }
    };
    let line = |line: ContextLine| {
        let (start, end) = span(field(&line.field), (line.start, line.end));
        let (context_start, context_end) = span(field(&line.field), (line.context_start, line.context_end));
        ContextLine { start, end, context_start, context_end, ..line }
    };
    let officials = |officials: Vec<Official>| {
        let official = |official: Official| Official { mentions: spans(&body, &official.mentions), ..official };
        officials.into_iter().map(official).collect()
    };
    Hit {
        title_highlights: spans(&title, &hit.title_highlights),
        snippets: hit.snippets.into_iter().map(passage).collect(),
        context: hit.context.map(|context| Concordance { lines: context.lines.into_iter().map(line).collect(), ..context }),
        article: Article {
            officials: officials(hit.article.officials),
            foreign_officials: officials(hit.article.foreign_officials),
            ..hit.article
        },
        ..hit
    }
}

/// Where the words of evidence stand; in characters only where the text is one that the article keeps.
pub(super) fn span_of(evidence: &Evidence, article: &Article, offsets: Offsets) -> Option<(usize, usize)> {
    let bytes = (evidence.start, evidence.end);
    if offsets == Offsets::Bytes {
        return Some(bytes);
    }
    let text = match evidence.field.as_str() {
        "title" => Some(article.title.as_str()),
        "body" => article.body.as_deref(),
        "source" => article.source.as_ref().map(|source| source.name.as_str()),
        _ => None,
    };
    text.filter(|text| text.get(bytes.0..bytes.1) == Some(evidence.quote.as_str())).map(|text| span(text, bytes))
}

fn spans(text: &str, spans: &[(usize, usize)]) -> Vec<(usize, usize)> {
    spans.iter().map(|&bytes| span(text, bytes)).collect()
}

fn span(text: &str, (start, end): (usize, usize)) -> (usize, usize) {
    let start = start.min(text.len());
    let before = characters(&text.as_bytes()[..start]);
    (before, before + characters(&text.as_bytes()[start..end.clamp(start, text.len())]))
}

/// Characters that begin in some bytes of UTF-8: all but those that go on.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_as_a_text_has_them() {
        let text = "Ủy ban “Đà Nẵng”";
        for (start, letter) in text.char_indices() {
            let (from, to) = span(text, (start, start + letter.len_utf8()));
            assert_eq!((text.chars().nth(from), to), (Some(letter), from + 1));
        }
        assert_eq!(span(text, (0, text.len())), (0, text.chars().count()));
        assert_eq!(span(text, (900, 1000)), (16, 16));
    }
}
