//! `tracuu train-segmenter`: segmented text and word lists → a model file.

use super::args::TrainSegmenterArgs;
use super::output::Output;
use super::{Outcome, read_text};
use crate::analysis::{Corpus, WordList, train};
use crate::error::Error;

pub(super) fn run(args: &TrainSegmenterArgs, output: &mut Output) -> Result<Outcome, Error> {
    let (mut words, mut corpus) = (WordList::default(), Corpus::default());
    for (paths, add) in [
        (&args.words, WordList::add_words as fn(&mut WordList, &str)),
        (&args.terms, WordList::add_terms),
        (&args.joined, WordList::add_joined),
    ] {
        for path in paths {
            add(&mut words, &read_text(path)?);
        }
    }
    for path in &args.corpora {
        corpus.add(&read_text(path)?);
    }
    let model = train(&words, &corpus)?;
    std::fs::write(&args.out, &model).map_err(|source| Error::Path { path: args.out.clone(), source })?;
    let (words, sentences) = (words.len(), corpus.len());
    output.line(format!("{}: {} bytes, of {words} words and {sentences} sentences", args.out.display(), model.len()))?;
    Ok(Outcome::Done)
}
