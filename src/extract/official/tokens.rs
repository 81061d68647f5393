//! Text → tokens for the grammar: words with their shape and their number in the tables, and single marks.
//!
//! One pass, no allocation per token. Words that were typed together ("TônThị", "tướngTrần") are parted where a
//! capital follows a small letter. Knows no grammar.

use crate::authority::{Word, Words};
use crate::text::{is_capital, is_letter};

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Begins with a small letter.
    Lower,
    /// Begins with a capital; one capital letter by itself too.
    Title,
    /// Two or more capitals, no small letter.
    Caps,
    /// Digits.
    Number,
    /// Punctuation.
    Mark(Mark),
}

/// Punctuation, as the grammar tells it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// `:`
    Colon,
    /// `.` with no space after it: part of an abbreviation or a number.
    Point,
    /// `.` at the end of a word; `!`, `?`, `…`
    Stop,
    /// `-`, `–`, `—`
    Dash,
    /// `(`, `[`
    Open,
    /// `)`, `]`
    Close,
    /// `&`
    And,
    /// `/`
    Slash,
    /// End of a line.
    Line,
    /// Any other.
    Other,
}

/// A word, a number or a mark.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Its number in the tables.
    pub word: Word,
    /// How it is written.
    pub shape: Shape,
    /// Whether white space stands before it.
    pub spaced: bool,
}

impl Token {
    /// Its bytes.
    pub fn span(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether it begins with a capital.
    pub fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Title | Shape::Caps)
    }
}

/// The tokens of a text; of its first 4 GiB, which no article reaches.
pub fn tokens(text: &str, words: &Words) -> Vec<Token> {
    let mut all = Vec::with_capacity(text.len() / 5);
    let (mut start, mut spaced) = (0, true);
    while let Some(letter) = text[start..].chars().next() {
        if letter == ' ' {
            (start, spaced) = (start + 1, true);
            continue;
        }
        let width = letter.len_utf8();
        if letter != '\n' && letter.is_whitespace() {
            (start, spaced) = (start + width, true);
            continue;
        }
        let (end, shape) = match letter {
            _ if is_letter(letter) => word_end(text, start, letter),
            _ if letter.is_ascii_digit() => (number_end(text, start), Shape::Number),
            _ => (start + width, Shape::Mark(mark(letter, text[start + width..].chars().next()))),
        };
        let (Ok(start32), Ok(end32)) = (u32::try_from(start), u32::try_from(end)) else { break };
        let word = if matches!(shape, Shape::Mark(_)) { Word::NONE } else { words.of(&text[start..end]) };
        all.push(Token { start: start32, end: end32, word, shape, spaced });
        (start, spaced) = (end, false);
    }
    all
}

/// End of the word at `start`, and its shape. An apostrophe between letters, or after one capital, belongs to it.
fn word_end(text: &str, start: usize, first: char) -> (usize, Shape) {
    let title = is_capital(first);
    let (mut small, mut count, mut before_small) = (!title, 1, !title);
    let mut end = start + first.len_utf8();
    let mut rest = text[end..].chars();
    while let Some(letter) = rest.next() {
        if letter.is_ascii_lowercase() {
            (count, before_small, small, end) = (count + 1, true, true, end + 1);
            continue;
        }
        let capital = is_capital(letter);
        let inside = match letter {
            '\'' | '\u{2019}' | '\u{2018}' | '\u{2BC}' => rest.clone().next().is_some_and(is_letter) && count <= 4 || count == 1 && !small,
            _ if capital => !before_small,
            _ => is_letter(letter),
        };
        if !inside {
            break;
        }
        count += 1;
        before_small = is_letter(letter) && !capital;
        small |= before_small;
        end += letter.len_utf8();
    }
    let shape = match title {
        false => Shape::Lower,
        true if count > 1 && !small => Shape::Caps,
        true => Shape::Title,
    };
    (end, shape)
}

fn number_end(text: &str, start: usize) -> usize {
    let digits = text.as_bytes()[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    start + digits
}

fn mark(letter: char, next: Option<char>) -> Mark {
    match letter {
        ',' => Mark::Comma,
        ';' => Mark::Semicolon,
        ':' => Mark::Colon,
        '.' if next.is_some_and(char::is_alphanumeric) => Mark::Point,
        '.' | '!' | '?' | '…' | '|' => Mark::Stop,
        '-' | '–' | '—' | '−' | '‐' | '‑' => Mark::Dash,
        '(' | '[' => Mark::Open,
        ')' | ']' => Mark::Close,
        '&' => Mark::And,
        '/' => Mark::Slash,
        '\n' => Mark::Line,
        _ => Mark::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_marks_and_shapes_are_told_apart() {
        let words = Words::default();
        let cases: [(&str, &[&str]); 9] = [
            ("TP.HCM, ngày 3/6", &["TP", ".", "HCM", ",", "ngày", "3", "/", "6"]),
            ("TônThị Hạnh", &["Tôn", "Thị", "Hạnh"]),
            ("Đại tướngTrần", &["Đại", "tướng", "Trần"]),
            ("K'Thanh và H’ Yô, H'Hen Niê", &["K'Thanh", "và", "H’", "Yô", ",", "H'Hen", "Niê"]),
            ("huyện Đắk R’lấp", &["huyện", "Đắk", "R’lấp"]),
            ("‘cán bộ’ nói", &["‘", "cán", "bộ", "’", "nói"]),
            ("TT&TT", &["TT", "&", "TT"]),
            ("a\nb", &["a", "\n", "b"]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<&str> = tokens(text, &words).iter().map(|token| &text[token.span()]).collect();
            assert_eq!(found, expected, "{text}");
        }
        let shapes: Vec<Shape> = tokens("Hà TP y Y 12.", &words).iter().map(|token| token.shape).collect();
        assert_eq!(shapes, [Shape::Title, Shape::Caps, Shape::Lower, Shape::Title, Shape::Number, Shape::Mark(Mark::Stop)]);
    }
}
