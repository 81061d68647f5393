//! Tokens → [`Ast`]: precedence `NOT` > `AND` > `OR`; neighbours are ANDed, neighbouring plain terms are one run of text.
//!
//! Recursion goes as deep as brackets that the lexer has paired, at most [`super::MAX_DEPTH`].

use super::ast::Ast;
use super::lexer::{Fault, Token};
use std::iter::Peekable;
use std::vec::IntoIter;

/// Builds the tree. Operands in which nothing is asked (`!!!`, `()`) fall away, and what joins them with them.
pub(super) fn parse(query: &str, tokens: Vec<Token>) -> Result<Ast, Fault> {
    let words = tokens.iter().filter_map(|token| if let Token::Word(word) = token { Some(&query[word.clone()]) } else { None });
    let without_letters = words.filter(|&word| word != "|").collect::<Vec<_>>().join(" ");
    let mut parser = Parser { query, tokens: tokens.into_iter().peekable() };
    let nothing = || if without_letters.is_empty() { Ast::All } else { Ast::Text(without_letters) };
    Ok(parser.any().unwrap_or_else(nothing))
}

struct Parser<'a> {
    query: &'a str,
    tokens: Peekable<IntoIter<Token>>,
}

impl Parser<'_> {
    /// `a b OR c d`
    fn any(&mut self) -> Option<Ast> {
        let mut parts = Vec::from_iter(self.all());
        while self.tokens.next_if(|token| matches!(token, Token::Or(_))).is_some() {
            parts.extend(self.all());
        }
        Ast::or(parts)
    }

    /// `a "b c" -d`, up to what ends a group or begins an alternative.
    fn all(&mut self) -> Option<Ast> {
        let mut parts = Vec::new();
        while self.tokens.peek().is_some_and(|token| !matches!(token, Token::Or(_) | Token::Close)) {
            parts.extend(self.operand());
        }
        Ast::and(parts)
    }

    /// One operand with what negates it. Takes at least one token.
    fn operand(&mut self) -> Option<Ast> {
        let mut negated = false;
        loop {
            match self.tokens.next()? {
                Token::Not(_) => negated = !negated,
                Token::Minus => {
                    let operand = self.term();
                    return if negated { operand } else { operand.map(Ast::not) };
                }
                Token::And(_) => return None,
                first => {
                    let operand = self.run_or(first);
                    return if negated { operand.map(Ast::not) } else { operand };
                }
            }
        }
    }

    /// What a minus stands before: one term, not a run.
    fn term(&mut self) -> Option<Ast> {
        match self.tokens.next()? {
            Token::Word(word) => text_of([&self.query[word]]),
            Token::Comma => None,
            other => self.run_or(other),
        }
    }

    /// The operand that begins with a token.
    fn run_or(&mut self, first: Token) -> Option<Ast> {
        match first {
            Token::Leaf(ast) => Some(ast),
            Token::Open => self.group(),
            Token::Group(field) => {
                self.tokens.next_if_eq(&Token::Open)?;
                Some(Ast::Field { field, value: Box::new(self.group()?) })
            }
            first => self.run(first),
        }
    }

    /// What stands between brackets, the closing one included.
    fn group(&mut self) -> Option<Ast> {
        let inner = self.any();
        self.tokens.next_if_eq(&Token::Close);
        inner
    }

    /// A run of plain text; stray quotes and brackets in it are commas.
    fn run(&mut self, first: Token) -> Option<Ast> {
        let mut words = vec![written(self.query, first)];
        while let Some(token) = self.tokens.next_if(|token| matches!(token, Token::Word(_) | Token::Comma)) {
            words.push(written(self.query, token));
        }
        text_of(words)
    }
}

fn written(query: &str, token: Token) -> &str {
    match token {
        Token::Word(word) => &query[word],
        _ => COMMA,
    }
}

/// How a stray quote or bracket is written in a run.
const COMMA: &str = "";

/// A run of words as one text, in which no operator is left; `None` if there is no letter or digit in it.
fn text_of<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<Ast> {
    let mut text = String::new();
    let mut comma = false;
    for word in words {
        if word == COMMA || word == "|" {
            comma = true;
            continue;
        }
        if !text.is_empty() {
            text.push_str(if comma && !text.ends_with(',') { ", " } else { " " });
        }
        comma = false;
        match word {
            "OR" | "AND" | "NOT" => text.push_str(&word.to_ascii_lowercase()),
            _ => text.push_str(word),
        }
    }
    text.contains(char::is_alphanumeric).then_some(Ast::Text(text))
}
