//! A text whose last word is begun: the syllables before it, and the beginnings that it may be.
//!
//! Input → output: what stands in a search box → [`Begun`]. Looks into no index.

use crate::analysis::{Analyzer, Stream, Tokens};
use crate::search::expand;
use crate::text::{canonical_phrase, compose, fold, has_diacritics};

/// Of what was typed, so many bytes at the end are looked at.
const MAX_BYTES: usize = 400;

/// So many syllables before the begun one say what it may be.
pub(super) const MAX_HEAD: usize = 5;

/// A text whose last word is begun.
#[derive(Debug)]
pub(super) struct Begun {
    /// The canonical syllables before the last, back to the last sign between: the nearest [`MAX_HEAD`].
    pub head: Vec<String>,
    /// The byte where each of them begins, and the last, in what was typed, composed.
    pub starts: Vec<usize>,
    /// What the last syllable may begin with; empty where it is not begun yet.
    pub last: Vec<Beginning>,
    /// Whether nothing carries diacritics, so that any spelling may be meant.
    pub is_folded: bool,
}

/// A beginning of a syllable.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Beginning {
    /// Without diacritics, if nothing carries any.
    pub text: String,
    /// Whether the syllable is complete: `ky` is `kĩ`, but begins no `kinh`.
    pub is_whole: bool,
}

impl Beginning {
    /// Whether a phrase, past so many bytes, begins so.
    pub fn begins(&self, rest: &str) -> bool {
        rest.strip_prefix(self.text.as_str()).is_some_and(|rest| !self.is_whole || rest.is_empty() || rest.starts_with(' '))
    }
}

impl Begun {
    /// None where nothing is begun.
    pub fn of(typed: &str, analyzer: &Analyzer) -> Option<Begun> {
        let typed = composed(typed);
        let from = typed.len().saturating_sub(MAX_BYTES);
        let from = (from..typed.len()).find(|&at| typed.is_char_boundary(at) && (from == 0 || typed[at..].starts_with(' '))).unwrap_or(0);
        let mut tokens = Tokens::default();
        analyzer.parts(&typed[from..], &mut tokens);
        let mut parts: Vec<(usize, usize, &str)> =
            tokens.of(Stream::Syllable).map(|token| (from + token.start, from + token.end, token.term)).collect();
        let is_joint = |gap: &str| gap == " " || gap == "-" || gap == " - ";
        let apart = parts.windows(2).rposition(|pair| !is_joint(&typed[pair[0].1..pair[1].0]));
        parts.drain(..apart.map_or(0, |at| at + 1));
        let (_, end, _) = *parts.last()?;
        let is_finished = match &typed[end..] {
            "" => false,
            " " => true,
            _ => return None,
        };
        let is_folded = !parts.iter().any(|&(start, end, _)| has_diacritics(&typed[start..end]));
        let begun = if is_finished { None } else { parts.pop() };
        let last = begun.map_or(Vec::new(), |(start, end, term)| beginnings(&typed[start..end], term, is_folded));
        let last_start = begun.map_or(typed.len(), |(start, _, _)| start);
        let parts = &parts[parts.len().saturating_sub(MAX_HEAD)..];
        let head = parts.iter().map(|(_, _, term)| (*term).to_owned()).collect();
        let starts = parts.iter().map(|part| part.0).chain([last_start]).collect();
        Some(Begun { head, starts, last, is_folded })
    }
}

impl Begun {
    /// Whether a name begins as what was typed, or as the last syllables of it; not only one of its later syllables does.
    pub fn begins(&self, name: &str) -> bool {
        let name = canonical_phrase(name);
        let name = if self.is_folded { fold(&name) } else { name };
        (0..=self.head.len()).any(|from| {
            let head: String = self.head[from..].iter().map(|syllable| format!("{syllable} ")).collect();
            let head = if self.is_folded { fold(&head) } else { head };
            let rest = name.strip_prefix(&head);
            rest.is_some_and(|rest| {
                self.last.is_empty() && from < self.head.len() || self.last.iter().any(|beginning| beginning.begins(rest))
            })
        })
    }
}

/// Composed, with the space at its end that says that the last word is finished.
fn composed(typed: &str) -> String {
    let mut composed = compose(typed);
    if typed.ends_with(char::is_whitespace) && !composed.is_empty() {
        composed.push(' ');
    }
    composed
}

/// What a syllable begins with, and what it is if it is whole.
fn beginnings(typed: &str, canonical: &str, is_folded: bool) -> Vec<Beginning> {
    let open = expand::beginnings(typed, is_folded);
    let whole = Beginning { text: if is_folded { fold(canonical) } else { canonical.to_owned() }, is_whole: true };
    let whole = (!open.contains(&whole.text)).then_some(whole);
    open.into_iter().map(|text| Beginning { text, is_whole: false }).chain(whole).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_begun_stands_behind_the_last_sign() {
        let analyzer = Analyzer::bundled();
        let read = |typed: &str| {
            Begun::of(typed, &analyzer).map(|begun| {
                let last: Vec<&str> = begun.last.iter().map(|beginning| beginning.text.as_str()).collect();
                (begun.head.join(" "), last.join("|"), begun.is_folded, composed(typed)[begun.starts[0]..].to_owned())
            })
        };
        let row = |head: &str, last: &str, is_folded, rest: &str| Some((head.to_owned(), last.to_owned(), is_folded, rest.to_owned()));
        assert_eq!(read("chuyển đ"), row("chuyển", "đ", false, "chuyển đ"));
        assert_eq!(read("Chuyen D"), row("chuyen", "d", true, "Chuyen D"));
        assert_eq!(read("ninh "), row("ninh", "", true, "ninh "));
        assert_eq!(read("hoà"), row("", "hoà|hòa", false, "hoà"));
        assert_eq!(read("ky"), row("", "ky|ki", true, "ky"));
        assert_eq!(read("đất; tỉnh:ninh b"), row("ninh", "b", true, "ninh b"));
        assert_eq!(read("\"thu h"), row("thu", "h", true, "thu h"));
        for sign in ["đất; ", "tỉnh:", "\"", "(", "- ", "a. ", "x\n"] {
            assert_eq!(read(&format!("{sign}n")), row("", "n", true, "n"), "{sign}");
        }
        assert_eq!(read("Bà Rịa - V"), row("bà rịa", "v", false, "Bà Rịa - V"));
        for nothing in ["", " ", "\"", "đất.", "…"] {
            assert_eq!(read(nothing), None, "{nothing}");
        }
        assert_eq!(read(&"a b ".repeat(5_000)).map(|begun| begun.3.len()), Some(10));
    }
}
