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
    let mut at = 0;
    let pieces = text.split_inclusive('\n').flat_map(|line| {
        let has_tags = !line.is_ascii() && line.contains('<');
        split_if(line.as_bytes(), has_tags)
    });
    pieces.filter_map(move |piece| {
        let range = at..at + piece.len();
        at = range.end;
        let [unicode_letters, western] = if piece.is_ascii() { [0, 0] } else { counts(piece) };
        (unicode_letters + western > 0).then_some(Stretch { range, unicode_letters, western })
    })
}

/// A line at its tags, or whole.
fn split_if(line: &[u8], has_tags: bool) -> impl Iterator<Item = &[u8]> {
    let (whole, tagged) = if has_tags { (None, Some(line)) } else { (Some(line), None) };
    let pieces = tagged.into_iter().flat_map(|line| line.split_inclusive(|&byte| matches!(byte, b'<' | b'>')));
    whole.into_iter().chain(pieces)
}

/// How many characters of UTF-8 are letters that only Unicode has, and how many are other ones beside ASCII.
///
/// ă đ ĩ, combining marks, and U+1E00 to U+1EFF with some more are of the first kind; ũ begins with the
/// byte of Š, ơ and ư with that of ƒ: they count for neither.
fn counts(bytes: &[u8]) -> [usize; 2] {
    // Sums of a byte, so that the compiler takes many at once.
    let (mut unicode, mut other) = (0, 0);
    for chunk in bytes.chunks(usize::from(u8::MAX)) {
        let sum = |is_counted: fn(u8) -> bool| usize::from(chunk.iter().map(|&byte| u8::from(is_counted(byte))).sum::<u8>());
        unicode += sum(|byte| matches!(byte, 0xC4 | 0xCC | 0xCD | 0xE1));
        other += sum(|byte| byte >= 0xC2 && !matches!(byte, 0xC4 | 0xC5 | 0xC6 | 0xCC | 0xCD | 0xE1));
    }
    [unicode, other]
}

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
