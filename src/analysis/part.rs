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
#[derive(Clone, Copy, PartialEq, Eq)]
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
            '\0'..='\x7f' | '\u{2010}'..='\u{2027}' | '\u{A0}' | '\u{2BC}' => Kind::Outside,
            '\u{C0}'..='\u{24F}' if letter != '×' && letter != '÷' => Kind::Plain,
            '\u{1E00}'..='\u{1EFF}' => Kind::Plain,
            _ if letter.is_alphanumeric() || is_combining_mark(letter) => Kind::Other,
            _ => Kind::Outside,
        }
    }
}

/// How many bytes the [`Kind::Plain`] character takes that the bytes begin with; 0 if it is of another kind.
fn plain_bytes(bytes: &[u8]) -> usize {
    let Some((&first, rest)) = bytes.split_first() else { return 0 };
    match (PLAIN_BYTES[usize::from(first)], first) {
        // × and ÷ stand among the letters; after U+024F come the phonetic ones; before U+1E00 other scripts.
        (2, 0xC3) if matches!(rest, [0x97 | 0xB7, ..]) => 0,
        (2, 0xC9) if !matches!(rest, [0x80..=0x8F, ..]) => 0,
        (3, _) if !matches!(rest, [0xB8..=0xBB, ..]) => 0,
        (length, _) => usize::from(length),
    }
}

/// How many bytes a character takes that begins with a byte and may be [`Kind::Plain`].
const PLAIN_BYTES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => 1,
            0xC3..=0xC9 => 2,
            0xE1 => 3,
            _ => 0,
        };
        byte += 1;
    }
    table
};

impl<'a> Parts<'a> {
    /// The parts of a text.
    pub fn of(text: &'a str) -> Parts<'a> {
        Parts { text, at: 0, chunk: 0, pending: Vec::new().into_iter() }
    }

    /// Where the next letter, digit or mark is.
    fn skip_outside(&mut self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        loop {
            match *bytes.get(self.at)? {
                byte if byte.is_ascii_alphanumeric() => return Some(self.at),
                byte if byte.is_ascii() => {
                    self.at += 1;
                    if byte.is_ascii_whitespace() {
                        self.chunk = self.at;
                    }
                }
                _ => {
                    let letter = self.text[self.at..].chars().next()?;
                    if Kind::of(letter) != Kind::Outside {
                        return Some(self.at);
                    }
                    self.at += letter.len_utf8();
                }
            }
        }
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
            let bytes = self.text.as_bytes();
            let start = self.skip_outside()?;
            self.at = start;
            while let length @ 1.. = plain_bytes(&bytes[self.at..]) {
                self.at += length;
            }
            if bytes.get(self.at).is_none_or(u8::is_ascii) || self.text[self.at..].chars().next().map(Kind::of) == Some(Kind::Outside) {
                return Some(start..self.at);
            }
            self.ask_unicode(start);
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
        fn also_where_letters_marks_and_punctuation_meet(text in "[aếĐ0·\u{2bc}'’.,:_\\- \n\u{301}\u{fe0f}\u{200d}\u{ad}²½中カ가ไא\"❤🇻🅰µªŉ]{0,16}") {
            check(&text);
        }
    }
}
