//! Standard output, or a file: buffered, styled only for people on a terminal, and escaped where a format asks for it.

use crate::error::Error;
use crate::export::{escape_json, json_line};
use serde::Serialize;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};

/// Where a command writes to.
pub(super) struct Output {
    to: BufWriter<Box<dyn Write>>,
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
        Output { styled: io::stdout().is_terminal() && !no_color, to: BufWriter::new(Box::new(io::stdout())) }
    }

    /// A file, for programs and people.
    pub fn file(file: File) -> Output {
        Output { styled: false, to: BufWriter::new(Box::new(file)) }
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
        self.line(json_line(value))
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

/// Writes an error, and what caused it, to standard error.
pub(super) fn complain(error: &Error) {
    note(format_args!("tracuu: {error}"));
}

/// Writes a note that is no part of the answer to standard error.
pub(super) fn note(text: impl std::fmt::Display) {
    // Where nobody reads them, as behind `2>&1 | head`, nothing is lost.
    let _ = writeln!(io::stderr(), "{text}");
}
