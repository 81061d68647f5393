//! Text → parts: the runs of letters and digits that stand at positions of their own.
//!
//! The definition: [`crate::text::parts`] of each word of `unicode_word_indices`. Nearly all text is Latin letters and
//! digits, where the definition comes down to "a maximal run of them"; only what is not is asked the long way.
//! A property test holds the two equal. Builds no terms.

use crate::text;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// The parts of a text, in order.
pub(super) struct Parts<'a> {
    text: &'a str,
    at: usize,
    /// First byte after the last ASCII white space: word boundaries never look behind it.
    chunk: usize,
    /// Parts of a chunk that was asked the long way.
    pending: std::vec::IntoIter<Range<usize>>,
}

/// What a character does to a part.
#[derive(PartialEq, Eq)]
enum Kind {
    /// Latin letter or ASCII digit: never a word boundary beside another one.
    Plain,
    /// Neither letter, digit nor mark: ends a part.
    Outside,
    /// Any other letter, digit or mark: Unicode's rules decide.
    Other,
}

impl Kind {
    fn of(letter: char) -> Kind {
        match letter {
            '0'..='9' | 'a'..='z' | 'A'..='Z' => Kind::Plain,
            '\0'..='\x7f' | '\u{2010}'..='\u{2027}' | '\u{A0}' => Kind::Outside,
            '\u{C0}'..='\u{24F}' if letter != '×' && letter != '÷' => Kind::Plain,
            '\u{1E00}'..='\u{1EFF}' => Kind::Plain,
            _ if letter.is_alphanumeric() || is_combining_mark(letter) => Kind::Other,
            _ => Kind::Outside,
        }
    }
}

impl<'a> Parts<'a> {
    /// The parts of a text.
    pub fn of(text: &'a str) -> Parts<'a> {
        Parts { text, at: 0, chunk: 0, pending: Vec::new().into_iter() }
    }

    /// The definition, asked of the rest of the chunk in which `from` lies.
    fn ask_unicode(&mut self, from: usize) {
        let chunk_end = self.text[from..].find(|letter: char| letter.is_ascii_whitespace()).map_or(self.text.len(), |found| from + found);
        let chunk = self.chunk;
        self.at = chunk_end;
        self.pending = defined(&self.text[chunk..chunk_end])
            .map(|part| chunk + part.start..chunk + part.end)
            .filter(|part| part.start >= from)
            .collect::<Vec<_>>()
            .into_iter();
    }
}

/// The definition of a part.
fn defined(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.unicode_word_indices().flat_map(|(start, word)| text::parts(word).map(move |part| start + part.start..start + part.end))
}

impl Iterator for Parts<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            if let Some(part) = self.pending.next() {
                return Some(part);
            }
            let mut start = None;
            let mut letters = self.text[self.at..].char_indices();
            let found = loop {
                let Some((offset, letter)) = letters.next() else { break None };
                match Kind::of(letter) {
                    Kind::Plain => _ = start.get_or_insert(self.at + offset),
                    Kind::Other => break Some(Err(start.unwrap_or(self.at + offset))),
                    Kind::Outside => {
                        if let Some(start) = start {
                            break Some(Ok(start..self.at + offset));
                        }
                        if letter.is_ascii_whitespace() {
                            self.chunk = self.at + offset + 1;
                        }
                    }
                }
            };
            match found {
                Some(Ok(part)) => {
                    self.at = part.end;
                    return Some(part);
                }
                Some(Err(from)) => self.ask_unicode(from),
                None => {
                    self.at = self.text.len();
                    return start.map(|start| start..self.text.len());
                }
            }
            if self.at == self.text.len() && self.pending.len() == 0 {
                return None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str) {
        assert_eq!(Parts::of(text).collect::<Vec<_>>(), defined(text).collect::<Vec<_>>(), "{text:?}");
    }

    #[test]
    fn parts_are_what_unicode_and_the_definition_say() {
        for text in [
            "",
            " ",
            "a",
            "57-NQ/TW, H’Hen Niê",
            "m² ½ ①x",
            "một_hai",
            "ภาษาไทย 中文abc",
            "a\u{301}b c\u{200d}d",
            "❤\u{fe0f}abc a'\u{301}b",
            "x×y÷z",
        ] {
            check(text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_fast_way_equals_the_definition(text in "\\PC{0,40}") {
            check(&text);
        }

        #[test]
        fn also_where_letters_marks_and_punctuation_meet(text in "[aếĐ0·'’.,:_\\- \n\u{301}\u{fe0f}\u{200d}\u{ad}²½中カ가ไא\"❤🇻🅰µªŉ]{0,16}") {
            check(&text);
        }
    }
}
