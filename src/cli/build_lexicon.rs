//! `tracuu build-lexicon`: word lists → a lexicon in this program's format.

use super::Outcome;
use super::args::BuildLexiconArgs;
use super::output::Output;
use crate::analysis::Lexicon;
use crate::error::Error;
use std::fs;

pub(super) fn run(args: &BuildLexiconArgs, output: &mut Output) -> Result<Outcome, Error> {
    let mut words = Vec::new();
    for path in &args.files {
        let text = fs::read_to_string(path).map_err(|source| Error::Path { path: path.clone(), source })?;
        words.extend(text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned));
    }
    output.line(Lexicon::build(words.into_iter()).trim_end())?;
    Ok(Outcome::Done)
}
