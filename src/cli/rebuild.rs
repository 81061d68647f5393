//! `tracuu rebuild`: a damaged index → the same archive indexed anew, in its place.

use super::Outcome;
use super::args::RebuildArgs;
use super::output::{Output, note};
use super::progress::Reporter;
use crate::error::Error;
use crate::index::WriterOptions;
use crate::ingest::{IngestOptions, Pipeline, RebuildOptions, rebuild};

pub(super) fn run(args: &RebuildArgs, output: &mut Output) -> Result<Outcome, Error> {
    let default = WriterOptions::default();
    let threads = args.threads.map_or(default.threads, usize::from);
    let writer = WriterOptions { threads, memory_bytes: WriterOptions::memory_of(threads), ..default };
    let options = RebuildOptions {
        without: args.without.clone(),
        force: args.force,
        discard: args.discard,
        ingest: IngestOptions { read: super::read_options(args.limits), writer, ..IngestOptions::default() },
    };
    let mut reporter = Reporter::new();
    let report = rebuild(&args.index.dir, &Pipeline::bundled(), &options, &mut |progress| reporter.show(progress))?;
    reporter.finish();

    for (name, collection) in &report.collections {
        collection.notices.iter().for_each(note);
        let skipped: u64 = collection.skips.iter().map(|skip| skip.count).sum();
        output.line(format_args!("collection {name}: {} articles added, {skipped} records or files skipped", collection.run.added))?;
        if args.verbose {
            collection.skips.iter().try_for_each(|skip| output.line(format_args!("  {skip}")))?;
        }
    }
    match report.collections.values().last() {
        Some(_) => {
            let articles = report.collections.values().map(|collection| collection.articles).max().unwrap_or(0);
            output.line(format_args!("{articles} articles in the index, built anew in {}", args.index.dir.display()))?;
            output.line(format_args!("first days and earlier texts of {} articles were taken over", report.remembered))?;
            if report.damaged_stores > 0 {
                output.line(format_args!(
                    "{} parts of the old index were damaged: those of their articles are lost",
                    report.damaged_stores
                ))?;
            }
        }
        None => output.line(format_args!("an earlier rebuild was complete: {} holds its index now", args.index.dir.display()))?,
    }
    if let Some(kept) = report.kept {
        output.line(format_args!("the old index is kept in {}; remove it when you no longer need it", kept.display()))?;
    }
    Ok(Outcome::Done)
}
