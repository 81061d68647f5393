//! Syllables ↔ a compound term, which begins with what they are without diacritics.
//!
//! So all spellings of one folded text are a range of the dictionary, and one dictionary serves queries with and without diacritics. A
//! syllable takes three bytes ([`SyllableCode`]); what is none is spelt out.

use crate::analysis::{Stream, Token, Tokens};
use crate::text::{SyllableCode, fold};

/// Around what is spelt out.
const LITERAL: char = '\u{1}';
const END_OF_LITERAL: char = '\u{2}';
/// Behind the syllables without their diacritics; nothing follows where they have none.
const MARKS: char = '\u{3}';
/// The marks of a syllable that has none.
const NONE: char = '\u{4}';
/// Number 0 of a group and of marks; the bytes below are those above.
const FIRST: u8 = 0x10;
/// A group is written in two bytes of seven bits.
const GROUP_BITS: u32 = 7;

/// Neighbours are a term if each is spelt like a syllable, or has at most so many letters, or digits: with others, which are
/// rare, they would be most of all terms, and are soon found by their positions.
const MAX_LETTERS: usize = 4;
const MAX_DIGITS: usize = 2;
/// Or is a year.
const CENTURIES: [&str; 2] = ["19", "20"];

/// A syllable, or what stands in its place.
pub(super) enum Piece<'a> {
    Syllable(SyllableCode),
    /// Spelt out; the group is that of the folded text.
    Other {
        spelt: &'a str,
        folded: &'a str,
        group: Option<u16>,
    },
}

impl<'a> Piece<'a> {
    pub fn of(spelt: &'a str, folded: &'a str) -> Piece<'a> {
        match SyllableCode::of(spelt) {
            Some(code) => Piece::Syllable(code),
            None => Piece::Other { spelt, folded, group: SyllableCode::of(folded).map(|code| code.group) },
        }
    }

    fn of_token(tokens: &'a Tokens, number: usize) -> Piece<'a> {
        match tokens.code(number) {
            Some(code) => Piece::Syllable(code),
            None => Piece::of(tokens.get(Stream::Syllable, number).term, tokens.get(Stream::Folded, number).term),
        }
    }

    /// Whether pairs with it are terms.
    pub fn is_listed(&self) -> bool {
        match self {
            Piece::Syllable(_) | Piece::Other { group: Some(_), .. } => true,
            Piece::Other { folded, .. } => is_short(folded),
        }
    }

    fn has_marks(&self) -> bool {
        match self {
            Piece::Syllable(code) => code.marks > 0,
            Piece::Other { spelt, folded, .. } => spelt != folded,
        }
    }

    fn write_folded(&self, term: &mut String) {
        match *self {
            Piece::Syllable(SyllableCode { group, .. }) | Piece::Other { group: Some(group), .. } => {
                term.push(char::from(FIRST + (group >> GROUP_BITS) as u8));
                term.push(char::from(group as u8 & ((1 << GROUP_BITS) - 1)));
            }
            Piece::Other { folded, .. } => write_literal(folded, term),
        }
    }

    fn write_marks(&self, term: &mut String) {
        match self {
            _ if !self.has_marks() => term.push(NONE),
            Piece::Syllable(code) => term.push(char::from(FIRST + code.marks)),
            Piece::Other { spelt, .. } => write_literal(spelt, term),
        }
    }
}

fn is_short(folded: &str) -> bool {
    let letters = folded.chars().count();
    match folded.bytes().all(|byte| byte.is_ascii_digit()) {
        true => (1..=MAX_DIGITS).contains(&letters) || letters == 4 && CENTURIES.iter().any(|century| folded.starts_with(century)),
        false => (1..=MAX_LETTERS).contains(&letters) && folded.chars().all(char::is_alphabetic),
    }
}

fn write_literal(text: &str, term: &mut String) {
    term.push(LITERAL);
    term.push_str(text);
    term.push(END_OF_LITERAL);
}

/// The term of some pieces, appended to a buffer.
pub(super) fn write_pieces(pieces: &[Piece], term: &mut String) {
    pieces.iter().for_each(|piece| piece.write_folded(term));
    term.push(MARKS);
    if pieces.iter().any(Piece::has_marks) {
        pieces.iter().for_each(|piece| piece.write_marks(term));
    }
}

/// The term of a word: of some syllables, which are canonical and have single spaces between.
pub fn term(spelt: &str) -> String {
    let mut term = String::with_capacity(spelt.len());
    write(spelt, &mut term);
    term
}

/// The term of two neighbours, which are canonical; `None` for what has to be found by its positions.
pub fn pair(first: &str, second: &str) -> Option<String> {
    let folded = [fold(first), fold(second)];
    let pieces = [Piece::of(first, &folded[0]), Piece::of(second, &folded[1])];
    let mut term = String::new();
    pieces.iter().all(Piece::is_listed).then(|| write_pieces(&pieces, &mut term)).map(|()| term)
}

/// The syllables of a term, as spelt, with single spaces between; `None` for what is no such term.
pub fn spelling(term: &[u8]) -> Option<String> {
    let mut rest = std::str::from_utf8(term).ok()?;
    let mut folded: Vec<Result<u16, &str>> = Vec::new();
    loop {
        let mut letters = rest.chars();
        match letters.next()? {
            MARKS => break rest = letters.as_str(),
            LITERAL => {
                let (text, behind) = letters.as_str().split_once(END_OF_LITERAL)?;
                folded.push(Err(text));
                rest = behind;
            }
            high => {
                let high = u16::try_from(u32::from(high)).ok()?.checked_sub(u16::from(FIRST))?;
                let low = u16::try_from(u32::from(letters.next()?)).ok()?;
                folded.push(Ok(high << GROUP_BITS | low));
                rest = letters.as_str();
            }
        }
    }
    let mut spelling = String::new();
    for piece in folded {
        if !spelling.is_empty() {
            spelling.push(' ');
        }
        let mut letters = rest.chars();
        let marks = match letters.next() {
            None | Some(NONE) => 0,
            Some(LITERAL) => {
                let (text, behind) = letters.as_str().split_once(END_OF_LITERAL)?;
                spelling.push_str(text);
                rest = behind;
                continue;
            }
            Some(marks) => u8::try_from(u32::from(marks)).ok()?.checked_sub(FIRST)?,
        };
        rest = letters.as_str();
        match piece {
            Ok(group) => spelling.push_str(&SyllableCode { group, marks }.spelling()),
            Err(text) => spelling.push_str(text),
        }
    }
    Some(spelling)
}

/// What the terms of all spellings of a folded text begin with.
pub fn folded(text: &str) -> String {
    let mut beginning = first(text);
    beginning.push(MARKS);
    beginning
}

/// What the terms begin with whose first syllables fold to these.
pub fn first(folded: &str) -> String {
    let mut beginning = String::new();
    folded.split(' ').for_each(|piece| Piece::of(piece, piece).write_folded(&mut beginning));
    beginning
}

/// [`term`], appended to a buffer of the caller's.
fn write(spelt: &str, term: &mut String) {
    let folded = fold(spelt);
    // Folding changes no space.
    let pieces: Vec<Piece> = spelt.split(' ').zip(folded.split(' ')).map(|(spelt, folded)| Piece::of(spelt, folded)).collect();
    write_pieces(&pieces, term);
}

/// Whether nothing but single spaces stands between the syllables of a word, as nearly always.
pub(super) fn is_spaced(tokens: &Tokens, word: Token) -> bool {
    let parts = word.position as usize..(word.position + word.position_length) as usize;
    let gaps = parts.len() - 1;
    let letters: usize = parts.map(|part| tokens.get(Stream::Syllable, part).term.len()).sum();
    word.term.len() == letters + gaps && word.term.bytes().filter(|&byte| byte == b' ').count() == gaps
}

/// The term of a word of a text, appended to a buffer.
pub(super) fn write_word(tokens: &Tokens, word: Token, term: &mut String) {
    if is_spaced(tokens, word) {
        let parts = word.position as usize..(word.position + word.position_length) as usize;
        let pieces: Vec<Piece> = parts.map(|part| Piece::of_token(tokens, part)).collect();
        write_pieces(&pieces, term);
    } else {
        write(word.term, term);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_tells_its_syllables() {
        for spelt in
            ["đất đai", "dat dai", "đạt đài", "thanh tra", "57-nq/tw", "hđnd tỉnh", "covid 19", "ngü đường", "năm 2024", "ủy ban nhân dân"]
        {
            assert_eq!(spelling(term(spelt).as_bytes()).as_deref(), Some(spelt));
        }
        for damaged in ["", "\u{1}abc", "\u{7f}", "đ"] {
            assert_eq!(spelling(damaged.as_bytes()), None);
        }
    }

    #[test]
    fn spellings_of_one_folded_text_are_a_range() {
        let within = |folded: &str, spelt: &str| term(spelt).starts_with(&super::folded(folded));
        for spelt in ["đất đai", "dat dai", "đạt đài"] {
            assert!(within("dat dai", spelt), "{spelt}");
        }
        assert!(within("hdnd tinh", "hđnd tỉnh") && within("cafe", "café"));
        assert!(!within("dat", "đất đai") && !within("dat dai", "đất đài các") && !within("thanh tra", "thanh trà mi"));
    }

    #[test]
    fn neighbours_are_a_term_unless_one_of_them_is_long_and_no_syllable() {
        for (first, second) in [("đổi", "số"), ("ubnd", "tỉnh"), ("năm", "2024"), ("tháng", "3"), ("viet", "nam"), ("covi", "19")]
        {
            assert_eq!(pair(first, second), Some(term(&format!("{first} {second}"))), "{first} {second}");
        }
        for (first, second) in [("covid", "19"), ("giá", "765"), ("thành", "facebook"), ("", "tỉnh")] {
            assert_eq!(pair(first, second), None, "{first} {second}");
        }
    }
}
