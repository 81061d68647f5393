//! Standard output: buffered, styled only for people on a terminal, and escaped where a format asks for it.

use crate::error::Error;
use serde::Serialize;
use std::io::{self, BufWriter, IsTerminal, Write};

/// Where a command writes to.
pub(super) struct Output {
    to: BufWriter<io::Stdout>,
    styled: bool,
}

/// How a piece of text is set off on a terminal.
#[derive(Clone, Copy)]
pub(super) enum Style {
    Title,
    Match,
    Dim,
    Cut,
    Added,
}

impl Output {
    pub fn stdout() -> Output {
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Output { styled: io::stdout().is_terminal() && !no_color, to: BufWriter::new(io::stdout()) }
    }

    /// Writes a line.
    pub fn line(&mut self, line: impl std::fmt::Display) -> Result<(), Error> {
        Ok(writeln!(self.to, "{line}")?)
    }

    /// A piece of text in a style, or as it is where output is plain.
    pub fn styled(&self, style: Style, text: &str) -> String {
        let code = match style {
            Style::Title => "1",
            Style::Match => "1;33",
            Style::Dim => "2",
            Style::Cut => "31",
            Style::Added => "32",
        };
        if self.styled { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Writes a value as one line of JSON.
    pub fn json_line(&mut self, value: &impl Serialize) -> Result<(), Error> {
        let json = serde_json::to_string(value).expect("values of the contract have text keys only, so they always serialise");
        self.line(escape_json(&json))
    }

    /// Writes a value as indented JSON.
    pub fn json(&mut self, value: &impl Serialize) -> Result<(), Error> {
        let json = serde_json::to_string_pretty(value).expect("values of the contract have text keys only, so they always serialise");
        self.line(escape_json(&json))
    }

    /// Whatever a writer of rows wants to write to.
    pub fn raw(&mut self) -> &mut dyn Write {
        &mut self.to
    }

    /// Writes out what is buffered.
    pub fn finish(&mut self) -> Result<(), Error> {
        Ok(self.to.flush()?)
    }
}

/// Line ends that other programs see and JSON does not: escaped, so that one record stays one line.
fn is_hidden_line_end(letter: char) -> bool {
    matches!(letter, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{7f}')
}

fn escape_json(json: &str) -> String {
    // These only stand inside strings, where an escape means the same.
    escape(json, is_hidden_line_end)
}

/// Writes control characters and line ends that split rows as JSON escapes them (`\u2028`); for CSV cells.
pub(super) fn escape_cell(cell: &str) -> String {
    escape(cell, |letter| is_hidden_line_end(letter) || letter.is_control())
}

fn escape(text: &str, is_escaped: impl Fn(char) -> bool) -> String {
    if !text.contains(&is_escaped) {
        return text.to_owned();
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if is_escaped(letter) {
            escaped.push_str(&format!("\\u{:04x}", u32::from(letter)));
        } else {
            escaped.push(letter);
        }
    }
    escaped
}

/// Writes an error, and what caused it, to standard error.
#[allow(clippy::print_stderr, reason = "the one place where the program complains")]
pub(super) fn complain(error: &Error) {
    eprintln!("tracuu: {error}");
}

/// Writes a note that is no part of the answer to standard error.
#[allow(clippy::print_stderr, reason = "notes are no part of the output")]
pub(super) fn note(text: impl std::fmt::Display) {
    eprintln!("{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_record_stays_one_line() {
        assert_eq!(escape_json("{\"a\":\"x\u{2028}y\u{85}z\"}"), "{\"a\":\"x\\u2028y\\u0085z\"}");
        assert_eq!(escape_cell("một\nhai\u{2029}ba\u{1b}"), "một\\u000ahai\\u2029ba\\u001b");
        assert_eq!(escape_cell("chuyển đổi số"), "chuyển đổi số");
    }
}
