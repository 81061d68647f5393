//! `tracuu tokenize`: standard input → words, line by line.

use super::Outcome;
use super::args::{StreamArg, TokenizeArgs};
use super::output::Output;
use crate::analysis::{Analyzer, Stream, Tokens};
use crate::error::Error;
use std::io::BufRead;

pub(super) fn run(args: &TokenizeArgs, output: &mut Output) -> Result<Outcome, Error> {
    let analyzer = Analyzer::bundled();
    let mut input = std::io::stdin().lock();
    let (mut bytes, mut tokens) = (Vec::new(), Tokens::default());
    loop {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(Outcome::Done);
        }
        let text = String::from_utf8_lossy(&bytes);
        let line = text.strip_suffix('\n').unwrap_or(&text);
        match args.stream {
            None => output.line(analyzer.segment_line(line))?,
            Some(stream) => {
                analyzer.analyze(stream_of(stream), line, &mut tokens);
                let terms: Vec<String> = tokens.iter().map(|token| token.term.replace(' ', "_")).collect();
                output.line(terms.join(" "))?;
            }
        }
    }
}

fn stream_of(arg: StreamArg) -> Stream {
    match arg {
        StreamArg::Syllable => Stream::Syllable,
        StreamArg::Folded => Stream::Folded,
        StreamArg::Word => Stream::Word,
    }
}
