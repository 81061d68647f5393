//! `tracuu tokenize`: standard input → words, line by line; or the tokens of a stream; or all there is to know of them.

use super::args::{StreamArg, TokenizeArgs};
use super::output::Output;
use super::{Outcome, analyzer};
use crate::analysis::{Stream, Token, Tokens};
use crate::error::Error;
use crate::text;
use std::io::BufRead;

pub(super) fn run(args: &TokenizeArgs, output: &mut Output) -> Result<Outcome, Error> {
    let analyzer = analyzer(args.model.as_deref())?;
    let mut input = std::io::stdin().lock();
    let (mut bytes, mut tokens) = (Vec::new(), Tokens::default());
    let stream = args.stream.map(stream_of);
    loop {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(Outcome::Done);
        }
        let written = String::from_utf8_lossy(&bytes);
        let line = written.strip_suffix('\n').unwrap_or(&written);
        if stream.is_none() && !args.explain {
            output.line(analyzer.segment_line(line))?;
            continue;
        }
        // Streams are of stored text.
        let line = text::compose(line);
        analyzer.analyze(&line, &mut tokens);
        match stream {
            Some(stream) if !args.explain => {
                let terms: Vec<String> = tokens.of(stream).map(|token| token.term.replace(' ', "_")).collect();
                output.line(terms.join(" "))?;
            }
            chosen => {
                let streams = Stream::ALL.into_iter().chain(Stream::SPARSE).filter(|&stream| chosen.is_none_or(|chosen| chosen == stream));
                streams.flat_map(|stream| tokens.of(stream).map(move |token| (stream, token))).try_for_each(|(stream, token)| {
                    let Token { term, start, end, position, position_length } = token;
                    let name = stream.name();
                    output.line(format!("{name}\t{position}\t{position_length}\t{start}..{end}\t{term}\t{}", &line[start..end]))
                })?;
                output.line("")?;
            }
        }
    }
}

fn stream_of(arg: StreamArg) -> Stream {
    match arg {
        StreamArg::Syllable => Stream::Syllable,
        StreamArg::Folded => Stream::Folded,
        StreamArg::Word => Stream::Word,
        StreamArg::Capitals => Stream::Capitals,
        StreamArg::Undiacritic => Stream::Undiacritic,
    }
}
