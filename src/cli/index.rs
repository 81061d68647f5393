//! `tracuu index`: paths → an index, with progress and a report, once or whenever they change.

use super::args::{FacetArg, FilterArgs, FormatArg, IndexArgs, Limit, QueryArgs, SearchArgs};
use super::output::{Output, complain, note};
use super::progress::Reporter;
use super::{Outcome, search};
use crate::error::Error;
use crate::index::{IndexError, WriterOptions};
use crate::ingest::{IngestOptions, IngestReport, Pipeline, ingest};
use crate::read::{STDIN, Watch, WatchError};
use indicatif::HumanBytes;
use std::time::{Duration, Instant};

/// Between two tries to write where another process does.
const LOCKED_WAIT: Duration = Duration::from_secs(5);

pub(super) fn run(args: &IndexArgs, output: &mut Output) -> Result<Outcome, Error> {
    let options = options(args)?;
    let pipeline = Pipeline::bundled();
    if args.watch {
        return watch(args, &options, &pipeline, output);
    }
    index(args, &options, &pipeline, output)?;
    match &args.search {
        None => Ok(Outcome::Done),
        Some(query) => {
            output.line("")?;
            search::run(&demonstration(query, args), output)
        }
    }
}

fn options(args: &IndexArgs) -> Result<IngestOptions, Error> {
    let default = WriterOptions::default();
    let threads = args.threads.map_or(default.threads, usize::from);
    let memory_bytes = args.memory.map_or(WriterOptions::memory_of(threads), |megabytes| megabytes as usize * 1_000_000);
    if memory_bytes < threads * WriterOptions::MIN_THREAD_BYTES {
        let least = WriterOptions::MIN_THREAD_BYTES / 1_000_000;
        return Err(Error::Usage {
            what: format!("--memory {} is too little for {threads} threads, which take {least} MB each", memory_bytes / 1_000_000),
            repair: format!("say --memory {}, or fewer --threads", threads * least),
        });
    }
    Ok(IngestOptions {
        collection: args.collection.clone(),
        moved: args.moved,
        prune: args.prune || args.watch,
        force: args.force,
        hash: args.hash,
        read: super::read_options(args.limits),
        writer: WriterOptions {
            threads,
            memory_bytes: memory_bytes.min(threads * WriterOptions::MAX_THREAD_BYTES),
            max_segment_articles: args.max_segment as usize,
            checkpoint_time: Duration::from_secs(args.checkpoint),
            ..default
        },
    })
}

/// One run, with its report.
fn index(args: &IndexArgs, options: &IngestOptions, pipeline: &Pipeline, output: &mut Output) -> Result<(), Error> {
    let began = Instant::now();
    let mut reporter = Reporter::new();
    let report = ingest(&args.paths, &args.index.dir, pipeline, options, &mut |progress| reporter.show(progress));
    reporter.finish();
    print_report(&report?, args.verbose, began.elapsed(), output)
}

/// Runs again and again, until the process is killed.
fn watch(args: &IndexArgs, options: &IngestOptions, pipeline: &Pipeline, output: &mut Output) -> Result<Outcome, Error> {
    if args.paths.iter().any(|path| path.as_os_str() == STDIN) {
        let what = "standard input cannot be watched".to_owned();
        return Err(Error::Usage { what, repair: "leave out `-`, or --watch".to_owned() });
    }
    let unwatchable = |error: WatchError| Error::Usage { what: error.to_string(), repair: error.repair() };
    // From before the first run, so that no change falls in between.
    let poll = args.poll.map(Duration::from_secs);
    let mut watch = Watch::new(&args.paths, &args.index.dir, poll).map_err(unwatchable)?;
    let mut is_first = true;
    loop {
        match index(args, options, pipeline, output) {
            Ok(()) => output.finish()?,
            Err(error @ Error::Path { .. }) if is_first => return Err(error),
            Err(error @ (Error::Path { .. } | Error::RootGone { .. } | Error::TooManyGone { .. })) => complain(&error),
            Err(error @ Error::Index(IndexError::Locked { .. })) => {
                complain(&error);
                std::thread::sleep(LOCKED_WAIT);
                continue;
            }
            Err(error) => return Err(error),
        }
        is_first = false;
        note("watching for changes");
        watch.wait().map_err(unwatchable)?;
    }
}

/// The search that follows `index --search QUERY`.
fn demonstration(query: &str, args: &IndexArgs) -> SearchArgs {
    let filters = FilterArgs {
        province: Vec::new(),
        boundaries: Default::default(),
        official: Vec::new(),
        role: Vec::new(),
        year: Vec::new(),
        from: None,
        to: None,
        precise: false,
        source: Vec::new(),
        collection: Vec::new(),
        is: Vec::new(),
        not: Vec::new(),
    };
    let index = super::args::IndexDir { dir: args.index.dir.clone() };
    SearchArgs {
        query: QueryArgs { query: query.to_owned(), index, filters, matching: Default::default(), exact: false },
        batch: None,
        all_copies: false,
        collapse: false,
        facets: vec![FacetArg::Province, FacetArg::Date],
        sort: Default::default(),
        like: None,
        relax: false,
        fresh: None,
        explain: false,
        limit: Limit::At(5),
        offset: 0,
        after: None,
        context: None,
        format: FormatArg::Text,
    }
}

fn print_report(report: &IngestReport, verbose: bool, elapsed: Duration, output: &mut Output) -> Result<(), Error> {
    let run = &report.run;
    output.line(format_args!(
        "{} articles in the index: {} added, {} changed, {} unchanged, {} superseded, {} removed; {} duplicate; {} unchanged files passed over",
        report.articles, run.added, run.changed, run.unchanged, run.superseded, run.removed, run.duplicate, run.unchanged_files
    ))?;
    if run.corrected > 0 {
        output.line(format_args!("{} articles brought in line with corrections", run.corrected))?;
    }
    if !report.skipped.is_empty() {
        let reasons: Vec<String> = report.skipped.iter().map(|(reason, count)| format!("{reason} {count}")).collect();
        let hint = if verbose { "" } else { " (--verbose lists those of this run)" };
        output.line(format_args!("skipped: {}{hint}", reasons.join(", ")))?;
    }
    report.notices.iter().for_each(note);
    if verbose {
        for skip in &report.skips {
            let record = skip.record.map(|record| format!(", record {record}")).unwrap_or_default();
            let times = if skip.count > 1 { format!(" {} times", skip.count) } else { String::new() };
            output.line(format_args!("  {}{record}: {}{times}: {}", skip.path, skip.reason.name(), skip.detail))?;
        }
    }
    let seconds = elapsed.as_secs_f64();
    output.line(format_args!("{} of text read in {seconds:.1} s", HumanBytes(report.text_bytes)))
}
