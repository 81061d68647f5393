//! The command line: arguments → calls of the library → text, JSON, JSONL, CSV, references or a TREC run.
//!
//! Thin: it decides nothing that the library does not offer. Exit codes: 0 hits or done, 1 no hit, 2 error.

mod args;
mod batch;
mod check;
mod concordance;
mod copies;
mod correct;
mod csv_format;
mod destination;
mod diff;
mod eval;
mod export;
mod facets;
mod histogram;
mod index;
mod inspect;
mod output;
mod parse_document;
mod people;
mod posts;
mod progress;
mod queries;
mod rebuild;
mod rules;
mod sample;
mod search;
mod serve;
mod show;
mod stats;
mod suggest;
mod table;
mod text_format;
mod tokenize;
mod train_segmenter;
mod trec_format;
mod trend;
mod watch;

pub use args::Args;

use crate::analysis::{Analyzer, Model};
use crate::error::Error;
use crate::index::{Generation, Reader};
use crate::ingest::Pipeline;
use crate::read::ReadOptions;
use args::{Command, LimitArgs};
use output::Output;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// What a command ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Hits, or the work is done.
    Done,
    /// Nothing matches.
    NoHit,
}

/// Runs a command on the process's own input and output.
pub fn run(args: &Args) -> ExitCode {
    let mut output = Output::stdout();
    let outcome = dispatch(args, &mut output).and_then(|outcome| output.finish().map(|()| outcome));
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NoHit) => ExitCode::from(1),
        // `| head` has read what it wanted.
        Err(Error::Output(error)) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&error);
            ExitCode::from(2)
        }
    }
}

/// Whether nobody reads what is written; a writer of rows wraps what it is told.
fn is_closed_pipe(error: &std::io::Error) -> bool {
    let of_rows = error.get_ref().and_then(|within| within.downcast_ref::<csv::Error>()).map(csv::Error::kind);
    error.kind() == std::io::ErrorKind::BrokenPipe || matches!(of_rows, Some(csv::ErrorKind::Io(error)) if is_closed_pipe(error))
}

fn dispatch(args: &Args, output: &mut Output) -> Result<Outcome, Error> {
    match &args.command {
        Command::Index(args) => index::run(args, output),
        Command::Search(args) => search::run(args, output),
        Command::Facets(args) => facets::run(args, output),
        Command::Histogram(args) => histogram::run(args, output),
        Command::Table(args) => table::run(args, output),
        Command::Trend(args) => trend::run(args, output),
        Command::Export(args) => export::run(args, output),
        Command::Posts(args) => posts::run(args, output),
        Command::People(args) => people::run(args, output),
        Command::Sample(args) => sample::run(args, output),
        Command::Suggest(args) => suggest::run(args, output),
        Command::Show(args) => show::run(args, output),
        Command::Copies(args) => copies::run(args, output),
        Command::Diff(args) => diff::run(args, output),
        Command::Correct(args) => correct::run(args, output),
        Command::Inspect(args) => inspect::run(args, output),
        Command::ParseDocument(args) => parse_document::run(args),
        Command::Rules => rules::run(output),
        Command::Tokenize(args) => tokenize::run(args, output),
        Command::Stats(args) => stats::run(args, output),
        Command::Check(args) => check::run(args, output),
        Command::Rebuild(args) => rebuild::run(args, output),
        Command::Serve(args) => serve::run(args, output),
        Command::Mcp(args) => serve::run_mcp(args),
        Command::Watch(args) => watch::run(args, output),
        Command::Eval(args) => eval::run(args, output),
        Command::TrainSegmenter(args) => train_segmenter::run(args, output),
    }
}

/// How files are read: within the limits given, documents by this program itself.
fn read_options(limits: LimitArgs) -> ReadOptions {
    ReadOptions { limits: limits.into(), program: std::env::current_exe().ok(), ..ReadOptions::default() }
}

/// A file that was given, as text; also packed.
fn read_text(path: &Path) -> Result<String, Error> {
    crate::read::read_text(path).map_err(|source| Error::Path { path: path.to_owned(), source })
}

/// The analyzer with a model of the user's, or with the program's own.
fn analyzer(model: Option<&Path>) -> Result<Analyzer, Error> {
    let Some(path) = model else { return Ok(Analyzer::bundled()) };
    let in_file = |source| Error::Path { path: path.to_owned(), source };
    let bytes = std::fs::read(path).map_err(in_file)?;
    let model = Model::read(bytes.into()).map_err(|error| in_file(std::io::Error::other(error)))?;
    Ok(Analyzer::with_model(model))
}

/// Goes on with what is handed over one by one, until something went wrong.
fn unless_failed<E>(outcome: &Result<(), E>) -> ControlFlow<()> {
    if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

/// This instant, RFC 3339, UTC.
fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The pipeline and the newest state of an index.
fn open(dir: &Path) -> Result<(Pipeline, Generation), Error> {
    let pipeline = Pipeline::bundled();
    let generation = Reader::open(dir, Arc::clone(&pipeline.analyzer))?.generation()?;
    Ok((pipeline, generation))
}
