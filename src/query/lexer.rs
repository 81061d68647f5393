//! Query string → tokens: what is text, what is quoted, what is an operator.
//!
//! Two passes, both linear: `pairs` tells which quotes and brackets have their other half, so that what stands alone is
//! known to be text; then the terms between them are told apart. Only these two know how the language is spelt.

use super::ast::{Ast, Field};
use super::error::Expected;
use super::pairs::{Mark, is_delimiter, pair};
use super::{MAX_DISTANCE, MAX_SLOP, date};
use crate::text;
use std::ops::Range;

/// A place in the query and what was expected there.
pub(super) type Fault = (Range<usize>, Expected);

/// One token of a query.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A term of plain text.
    Word(Range<usize>),
    /// A quote or bracket without its other half: parts what stands on its sides, and is nothing else.
    Comma,
    /// Whatever is complete in itself.
    Leaf(Ast),
    /// A field whose value is the group that follows.
    Group(Field),
    /// `(` that has its `)`.
    Open,
    /// `)` that has its `(`.
    Close,
    /// `-` directly before a term.
    Minus,
    /// `NOT`
    Not(Range<usize>),
    /// `AND`
    And(Range<usize>),
    /// `OR`, `|`
    Or(Range<usize>),
}

impl Token {
    /// Whether an operand can begin with it.
    fn begins(&self) -> bool {
        !matches!(self, Token::Comma | Token::Close | Token::And(_) | Token::Or(_))
    }

    /// Whether an operand can end with it.
    fn ends(&self) -> bool {
        matches!(self, Token::Word(_) | Token::Leaf(_) | Token::Close)
    }
}

/// What [`Field`]s and dates are called; without diacritics and with `_` between syllables, too.
const NAMES: [(&str, Key); 16] = [
    ("title", Key::Text(Field::Title)),
    ("tiêuđề", Key::Text(Field::Title)),
    ("province", Key::Text(Field::Province)),
    ("tỉnh", Key::Text(Field::Province)),
    ("place", Key::Text(Field::Province)),
    ("nơi", Key::Text(Field::Province)),
    ("official", Key::Text(Field::Official)),
    ("cánbộ", Key::Text(Field::Official)),
    ("role", Key::Text(Field::Role)),
    ("chứcvụ", Key::Text(Field::Role)),
    ("source", Key::Text(Field::Source)),
    ("nguồn", Key::Text(Field::Source)),
    ("year", Key::Year),
    ("năm", Key::Year),
    ("date", Key::Date),
    ("ngày", Key::Date),
];

/// No name is longer, in characters.
const MAX_NAME_CHARS: usize = 12;

#[derive(Clone, Copy)]
enum Key {
    Text(Field),
    Year,
    Date,
}

impl Key {
    fn of(name: &str) -> Option<Key> {
        let name = text::canonical(&name.replace('_', ""));
        NAMES.iter().find(|(key, _)| *key == name || text::fold(key) == name).map(|&(_, key)| key)
    }
}

/// Cuts a composed query into tokens; operators that lack an operand come out as text.
pub(super) fn lex(query: &str) -> Result<Vec<Token>, Fault> {
    let mut lexer = Lexer { query, marks: pair(query), next_mark: 0, at: 0, no_fields_before: 0, tokens: Vec::new() };
    while lexer.at < query.len() {
        lexer.step()?;
    }
    Ok(demote_operators(lexer.tokens))
}

// ---------------------------------------------------------------- terms

struct Lexer<'a> {
    query: &'a str,
    marks: Vec<Mark>,
    /// The first mark that does not stand before `at`.
    next_mark: usize,
    at: usize,
    /// Before this place, in the group of a field, there are no further fields.
    no_fields_before: usize,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    /// Reads what stands at the place: white space, a mark, or a term.
    fn step(&mut self) -> Result<(), Fault> {
        if let Some(mark) = self.mark_at(self.at) {
            return self.mark(mark);
        }
        match self.query[self.at..].chars().next() {
            Some(letter) if letter.is_whitespace() => self.at += letter.len_utf8(),
            Some('-') if self.term_begins(self.at + 1) && !self.is_within_name() => self.take(1, Token::Minus),
            Some('=') if self.value_begins(self.at + 1) => {
                self.at += 1;
                let exact = match self.quote() {
                    Some((text, end)) => {
                        self.at = end;
                        text
                    }
                    None => self.query[self.word()].to_owned(),
                };
                self.push_text(exact, Ast::Exact);
            }
            _ => match self.key() {
                Some((key, value)) => return self.field(key, value),
                None => {
                    let start = self.at;
                    let word = self.word();
                    let token = self.term(start, word)?;
                    self.tokens.push(token);
                }
            },
        }
        Ok(())
    }

    /// Whether the minus at the place stands before the number of a name that has come apart, as in `S -400`, `MiG -21` and `3 -2018`:
    /// behind a number, or behind a capital unless the number is a year. One headline in 70 of some crawls has such.
    fn is_within_name(&self) -> bool {
        let rest = &self.query[self.at + 1..];
        let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        let is_year =
            digits == 4 && ["19", "20"].iter().any(|century| rest.starts_with(century)) && !rest[4..].starts_with(char::is_alphanumeric);
        match self.tokens.last() {
            Some(Token::Word(word)) if digits > 0 => {
                let before = &self.query[word.clone()];
                before.starts_with(|letter: char| letter.is_ascii_digit()) || (before.starts_with(char::is_uppercase) && !is_year)
            }
            _ => false,
        }
    }

    fn take(&mut self, bytes: usize, token: Token) {
        self.at += bytes;
        self.tokens.push(token);
    }

    fn mark(&mut self, mark: Mark) -> Result<(), Fault> {
        self.next_mark += 1;
        match mark {
            Mark::Quote { start, close, end } => {
                let (phrase, end) = self.phrase(start, close, end)?;
                self.tokens.push(phrase.map_or(Token::Comma, Token::Leaf));
                self.at = end;
            }
            Mark::Open { .. } => self.take(1, Token::Open),
            Mark::Close { .. } => self.take(1, Token::Close),
            Mark::Stray { start } => self.take(self.query[start..].chars().next().map_or(1, char::len_utf8), Token::Comma),
        }
        Ok(())
    }

    /// A phrase and where it ends; `None` if there is no letter in it.
    fn phrase(&self, start: usize, close: usize, end: usize) -> Result<(Option<Ast>, usize), Fault> {
        let text = self.between(start, close);
        let (slop, end) = self.slop(end)?;
        let begun = text.trim_end_matches('*');
        let is_prefix = slop == 0 && begun.len() < text.len() && begun.rsplit(' ').next().is_some_and(has_letter);
        let ast = if is_prefix { Ast::Prefix(begun.to_owned()) } else { Ast::Phrase { text, slop } };
        let asks = matches!(&ast, Ast::Prefix(text) | Ast::Phrase { text, .. } if has_letter(text));
        Ok((asks.then_some(ast), end))
    }

    /// `~5` after a phrase: the number, and where it ends.
    fn slop(&self, end: usize) -> Result<(u8, usize), Fault> {
        let digits = |rest: &str| rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        match self.query[end..].strip_prefix('~').map(digits) {
            None | Some(0) => Ok((0, end)),
            Some(length) => {
                let number = end + 1..end + 1 + length;
                let slop = self.query[number.clone()].parse().ok().filter(|&slop| slop <= MAX_SLOP);
                slop.map(|slop| (slop, number.end)).ok_or((number, Expected::Slop))
            }
        }
    }

    /// The quoted text at the place, and where it ends.
    fn quote(&mut self) -> Option<(String, usize)> {
        let Some(Mark::Quote { start, close, end }) = self.mark_at(self.at) else { return None };
        self.next_mark += 1;
        Some((self.between(start, close), end))
    }

    /// The text between two quotes, its syllables one space apart.
    fn between(&self, open: usize, close: usize) -> String {
        let text = self.query[open..close].char_indices().nth(1).map_or("", |(first, _)| &self.query[open + first..close]);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The plain term at the place, to the next white space, quote or bracket; may be empty.
    fn word(&mut self) -> Range<usize> {
        let rest = &self.query[self.at..];
        let length = rest.find(|letter: char| letter.is_whitespace() || is_delimiter(letter)).unwrap_or(rest.len());
        let word = self.at..self.at + length;
        self.at = word.end;
        word
    }

    /// What a plain term is: an operator, a prefix, a fuzzy term, or a word.
    fn term(&self, start: usize, word: Range<usize>) -> Result<Token, Fault> {
        let written = &self.query[word.clone()];
        match written {
            "OR" | "|" => return Ok(Token::Or(word)),
            "AND" => return Ok(Token::And(word)),
            "NOT" => return Ok(Token::Not(word)),
            _ if !written.starts_with(char::is_alphanumeric) => return Ok(Token::Word(word)),
            _ => {}
        }
        let begun = written.trim_end_matches('*');
        if begun.len() < written.len() {
            return Ok(Token::Leaf(Ast::Prefix(begun.to_owned())));
        }
        match written.rsplit_once('~').map(|(text, number)| (text, number.as_bytes())) {
            Some((text, &[digit @ b'1'..=b'9'])) => {
                let distance = digit - b'0';
                let number = start + text.len() + 1..word.end;
                let ast = Ast::Fuzzy { text: text.to_owned(), distance };
                if distance <= MAX_DISTANCE { Ok(Token::Leaf(ast)) } else { Err((number, Expected::Distance)) }
            }
            _ => Ok(Token::Word(word)),
        }
    }

    /// The field whose name stands at the place, and where its value begins.
    fn key(&self) -> Option<(Key, usize)> {
        let rest = &self.query[self.at..];
        let (colon, _) = rest.char_indices().take(MAX_NAME_CHARS).find(|&(_, letter)| !(letter.is_alphabetic() || letter == '_'))?;
        let value = self.at + colon + 1;
        if self.at < self.no_fields_before || !rest[colon..].starts_with(':') {
            return None;
        }
        let key = Key::of(&rest[..colon])?;
        let begins = match key {
            Key::Text(_) => self.term_begins(value),
            Key::Year | Key::Date => self.query[value..].starts_with(char::is_alphanumeric) || self.query[value..].starts_with(".."),
        };
        begins.then_some((key, value))
    }

    /// Reads the value of a field.
    fn field(&mut self, key: Key, value: usize) -> Result<(), Fault> {
        let name_start = std::mem::replace(&mut self.at, value);
        match (key, self.mark_at(value)) {
            (Key::Text(field), Some(Mark::Open { close, .. })) => {
                self.no_fields_before = close;
                self.tokens.push(Token::Group(field));
            }
            (Key::Text(field), _) => {
                self.step_value()?;
                match self.tokens.pop() {
                    Some(Token::Leaf(ast)) => self.push_field(field, ast),
                    Some(Token::Word(word) | Token::Or(word) | Token::And(word) | Token::Not(word)) => {
                        self.push_field(field, Ast::Text(self.query[word].to_owned()));
                    }
                    other => self.tokens.extend(other),
                }
            }
            (Key::Year | Key::Date, _) => {
                let word = self.word();
                let written = self.query[word].trim_end_matches([',', ';']);
                let read = if matches!(key, Key::Year) { date::years(written).map(Ast::Year) } else { date::dates(written).map(Ast::Date) };
                match read {
                    Ok(ast) => self.tokens.push(Token::Leaf(ast)),
                    // "Năm:" at the head of a pasted line is text; `năm:` was meant.
                    Err(_) if self.query[name_start..value].contains(char::is_uppercase) => {
                        self.tokens.push(Token::Word(name_start..self.at))
                    }
                    Err(expected) => return Err((value..value + written.len(), expected)),
                }
            }
        }
        Ok(())
    }

    /// Reads a value as a term; a field's name in it is text.
    fn step_value(&mut self) -> Result<(), Fault> {
        let no_fields_before = std::mem::replace(&mut self.no_fields_before, usize::MAX);
        let read = self.step();
        self.no_fields_before = no_fields_before;
        read
    }

    fn push_field(&mut self, field: Field, value: Ast) {
        self.tokens.push(Token::Leaf(Ast::Field { field, value: Box::new(value) }));
    }

    fn push_text(&mut self, text: String, ast: impl Fn(String) -> Ast) {
        self.tokens.push(if has_letter(&text) { Token::Leaf(ast(text)) } else { Token::Comma });
    }

    /// Whether a term begins at a place: a letter or digit, a quote, a bracket, or `=` before one of these.
    fn term_begins(&self, at: usize) -> bool {
        let exact = self.query[at..].starts_with('=') && self.value_begins(at + 1);
        exact || self.value_begins(at) || matches!(self.mark_at(at), Some(Mark::Open { .. }))
    }

    fn value_begins(&self, at: usize) -> bool {
        self.query[at..].starts_with(char::is_alphanumeric) || matches!(self.mark_at(at), Some(Mark::Quote { .. }))
    }

    /// The mark at a place which no unread mark stands before.
    fn mark_at(&self, at: usize) -> Option<Mark> {
        self.marks.get(self.next_mark).copied().filter(|mark| mark.start() == at)
    }
}

fn has_letter(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

// ---------------------------------------------------------------- operators

/// Turns operators that lack an operand into text.
fn demote_operators(mut tokens: Vec<Token>) -> Vec<Token> {
    // Whether an operand follows: known from the right, where a demoted operator begins one.
    let mut follows = false;
    let mut has_right = vec![false; tokens.len()];
    for (at, token) in tokens.iter().enumerate().rev().filter(|(_, token)| **token != Token::Comma) {
        has_right[at] = follows;
        follows = token.begins();
    }
    let mut has_left = false;
    for (at, token) in tokens.iter_mut().enumerate().filter(|(_, token)| **token != Token::Comma) {
        let word = match token {
            Token::Or(word) | Token::And(word) if !(has_left && has_right[at]) => Some(word.clone()),
            Token::Not(word) if !has_right[at] => Some(word.clone()),
            _ => None,
        };
        if let Some(word) = word {
            *token = Token::Word(word);
        }
        has_left = token.ends();
    }
    tokens
}
