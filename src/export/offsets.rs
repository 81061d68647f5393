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

/// Bytes between two places up to which the characters of a text are counted once: however many spans a text has, each costs no more than that.
const STRETCH: usize = 256;

/// A whole hit, with all spans but those of evidence in characters.
pub(super) fn in_characters(hit: Hit) -> Hit {
    let (title, body) = (hit.article.title.clone(), hit.article.body.clone().unwrap_or_default());
    let (title, body) = (Characters::of(&title), Characters::of(&body));
    let field = |name: &str| if name == "title" { &title } else { &body };
    let passage = |snippet: Snippet| {
        let (start, end) = field(&snippet.field).span((snippet.start, snippet.end));
        Snippet { highlights: Characters::of(&snippet.text).spans(&snippet.highlights), start, end, ..snippet }
    };
    let line = |line: ContextLine| {
        let (start, end) = field(&line.field).span((line.start, line.end));
        let (context_start, context_end) = field(&line.field).span((line.context_start, line.context_end));
        ContextLine { start, end, context_start, context_end, ..line }
    };
    let officials = |officials: Vec<Official>| {
        let official = |official: Official| Official { mentions: body.spans(&official.mentions), ..official };
        officials.into_iter().map(official).collect()
    };
    Hit {
        title_highlights: title.spans(&hit.title_highlights),
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

/// Where the words of an article's evidence stand; in characters only where the text is one that the article keeps.
pub(super) fn spans_of_evidence(article: &Article, offsets: Offsets) -> Vec<Option<(usize, usize)>> {
    let evidence = article.evidence.iter().flatten();
    if offsets == Offsets::Bytes {
        return evidence.map(|evidence| Some((evidence.start, evidence.end))).collect();
    }
    let [title, body, source] =
        [Some(article.title.as_str()), article.body.as_deref(), article.source.as_ref().map(|source| source.name.as_str())]
            .map(|text| text.map(Characters::of));
    let span = |evidence: &Evidence| {
        let text = match evidence.field.as_str() {
            "title" => title.as_ref(),
            "body" => body.as_ref(),
            "source" => source.as_ref(),
            _ => None,
        };
        let bytes = (evidence.start, evidence.end);
        text.filter(|text| text.text.get(bytes.0..bytes.1) == Some(evidence.quote.as_str())).map(|text| text.span(bytes))
    };
    evidence.map(span).collect()
}

/// A text of which it is known how many characters stand before each stretch.
struct Characters<'t> {
    text: &'t str,
    before: Vec<usize>,
}

impl<'t> Characters<'t> {
    fn of(text: &'t str) -> Characters<'t> {
        let counted = text.as_bytes().chunks(STRETCH).scan(0, |sum, stretch| {
            *sum += characters(stretch);
            Some(*sum)
        });
        Characters { text, before: std::iter::once(0).chain(counted).collect() }
    }

    /// Characters that begin before a byte; all of them, for one behind the end.
    fn up_to(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let stretch = byte / STRETCH;
        self.before[stretch] + characters(&self.text.as_bytes()[stretch * STRETCH..byte])
    }

    fn span(&self, (start, end): (usize, usize)) -> (usize, usize) {
        (self.up_to(start), self.up_to(end.max(start)))
    }

    fn spans(&self, spans: &[(usize, usize)]) -> Vec<(usize, usize)> {
        spans.iter().map(|&bytes| self.span(bytes)).collect()
    }
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
        for times in [1, 12, 64] {
            // Its length in bytes is odd, so that stretches end at every one of them, within letters too.
            let text = "Ủy ban “Đà Nẵng”, số liệu của kho bài báo mẫu. ".repeat(times);
            let counted = Characters::of(&text);
            for (at, (start, letter)) in text.char_indices().enumerate() {
                assert_eq!(counted.span((start, start + letter.len_utf8())), (at, at + 1), "{letter} at {start}");
            }
            let all = text.chars().count();
            assert_eq!(counted.span((0, text.len())), (0, all));
            assert_eq!(counted.span((9_000, 10_000)), (all, all));
        }
        assert_eq!(Characters::of("").span((0, 1)), (0, 0));
    }
}
