//! Text → its stretches, and the words of those that could be of an older encoding.
//!
//! Text that is read rightly passes in one look at its bytes: Unicode's own letters (ơ, ư, ă, đ and
//! nearly all with a tone) outnumber there the letters that Western encodings have too.

use super::codes::code_of;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// A piece of a text without line end and tag.
pub struct Stretch {
    /// Where it stands.
    pub range: Range<usize>,
    /// Number of letters that only Unicode has.
    pub unicode_letters: usize,
    /// Number of other characters beside ASCII.
    pub western: usize,
}

impl Stretch {
    /// Whether its words have to be looked at.
    ///
    /// In Vietnamese the first kind is three in five; in an older encoding there is none of it.
    pub fn is_suspect(&self) -> bool {
        self.western > self.unicode_letters * 2
    }
}

/// The stretches of a text that are not ASCII.
pub fn stretches(text: &str) -> impl Iterator<Item = Stretch> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            let (mut unicode_letters, mut western) = (0, 0);
            while at < bytes.len() {
                let kind = KINDS[usize::from(bytes[at])];
                at += 1;
                unicode_letters += usize::from(kind == UNICODE);
                western += usize::from(kind == WESTERN);
                if kind == END {
                    break;
                }
            }
            if unicode_letters + western > 0 {
                return Some(Stretch { range: start..at, unicode_letters, western });
            }
        }
        None
    })
}

const OTHER: u8 = 0;
const UNICODE: u8 = 1;
const WESTERN: u8 = 2;
const END: u8 = 3;

/// What a byte of UTF-8 begins.
static KINDS: [u8; 256] = {
    let mut kinds = [OTHER; 256];
    let mut byte = 0xC2;
    while byte < 0xF5 {
        kinds[byte] = match byte {
            // ă đ ĩ, combining marks, and U+1E00 to U+1EFF with some more.
            0xC4 | 0xCC | 0xCD | 0xE1 => UNICODE,
            // ũ beside Š, ơ ư beside ƒ: both kinds.
            0xC5 | 0xC6 => OTHER,
            _ => WESTERN,
        };
        byte += 1;
    }
    kinds[b'\n' as usize] = END;
    kinds[b'\r' as usize] = END;
    kinds[b'<' as usize] = END;
    kinds[b'>' as usize] = END;
    kinds
};

/// The words of a stretch that are not ASCII, as ranges of the text.
///
/// A word goes from space to space, digit or ASCII punctuation: what is punctuation beside ASCII may
/// be a letter of an older encoding.
pub fn words(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let (mut at, end) = (range.start, range.end);
    std::iter::from_fn(move || {
        while at < end {
            let mut letters = text[at..end].chars();
            let start = at;
            let mut is_ascii = true;
            while let Some(letter) = letters.next().filter(|&letter| is_of_word(letter)) {
                at += letter.len_utf8();
                is_ascii &= letter.is_ascii() && letter.is_alphabetic();
            }
            if at > start && !is_ascii {
                return Some(start..at);
            }
            // `\n` and `\u00e0`, in the source of a record, begin no word with their letter.
            let mut separators = text[at..end].chars();
            if let Some(separator) = separators.next() {
                at += separator.len_utf8();
                at += usize::from(separator == '\\' && separators.next().is_some_and(|letter| letter.is_ascii()));
            }
        }
        None
    })
}

fn is_of_word(letter: char) -> bool {
    match letter {
        // The codes of rare capitals.
        '\u{1}'..='\u{6}' | '\u{11}'..='\u{19}' | '\u{1E}' => true,
        _ if letter.is_ascii() => letter.is_ascii_alphabetic(),
        _ => letter.is_alphabetic() || is_combining_mark(letter) || code_of(letter).is_some(),
    }
}

/// The codes of a word, where it has only characters of Western encodings.
pub fn codes(word: &str) -> Option<Vec<u8>> {
    word.chars().map(code_of).collect()
}
