//! `tracuu suggest`: the beginning of a query → words, officials and units that begin so.

use super::args::{SuggestArgs, SuggestFormatArg};
use super::output::Output;
use super::text_format::thousands;
use super::{Outcome, open};
use crate::error::Error;
use crate::search::complete;

pub(super) fn run(args: &SuggestArgs, output: &mut Output) -> Result<Outcome, Error> {
    let (pipeline, generation) = open(&args.index.dir)?;
    let completions = complete(&generation, &pipeline.authority, &args.typed, args.limit)?;
    match args.format {
        SuggestFormatArg::Text => completions.iter().try_for_each(|completion| {
            output.line(format_args!("{:>8}  {} ({})", thousands(completion.count), completion.text, completion.kind.label()))
        })?,
        SuggestFormatArg::Json => output.json(&completions)?,
    }
    Ok(if completions.is_empty() { Outcome::NoHit } else { Outcome::Done })
}
