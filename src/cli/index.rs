//! `tracuu index`: paths → an index, with progress and a report.

use super::args::{FacetArg, FilterArgs, FormatArg, IndexArgs, Limit, QueryArgs, SearchArgs};
use super::output::{Output, note};
use super::{Outcome, search};
use crate::error::Error;
use crate::index::WriterOptions;
use crate::ingest::{IngestOptions, IngestReport, Pipeline, Progress, ingest};
use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// tantivy refuses to index with less memory for each thread.
pub(super) const MIN_THREAD_BYTES: usize = 15_000_000;

/// Time between lines of progress where there is no terminal.
const LOG_INTERVAL: Duration = Duration::from_secs(10);

pub(super) fn run(args: &IndexArgs, output: &mut Output) -> Result<Outcome, Error> {
    let default = WriterOptions::default();
    let threads = args.threads.map_or(default.threads, usize::from);
    let options = IngestOptions {
        collection: args.collection.clone(),
        moved: args.moved,
        prune: args.prune,
        read: super::read_options(args.limits),
        writer: WriterOptions {
            threads,
            memory_bytes: default.memory_bytes.max(threads * MIN_THREAD_BYTES),
            checkpoint_time: Duration::from_secs(args.checkpoint),
            ..default
        },
    };
    let began = Instant::now();
    let mut reporter = Reporter::new();
    let report = ingest(&args.paths, &args.index.dir, &Pipeline::bundled(), &options, &mut |progress| reporter.show(progress))?;
    reporter.finish();
    print_report(&report, args.verbose, began.elapsed(), output)?;

    match &args.search {
        None => Ok(Outcome::Done),
        Some(query) => {
            output.line("")?;
            search::run(&demonstration(query, args), output)
        }
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
        context: None,
        format: FormatArg::Text,
    }
}

fn print_report(report: &IngestReport, verbose: bool, elapsed: Duration, output: &mut Output) -> Result<(), Error> {
    let run = &report.run;
    output.line(format_args!(
        "{} articles in the index: {} added, {} changed, {} unchanged, {} superseded, {} removed; {} unchanged files passed over",
        report.articles, run.added, run.changed, run.unchanged, run.superseded, run.removed, run.unchanged_files
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

/// Shows progress: a bar on a terminal, a line now and then otherwise.
pub(super) struct Reporter {
    bar: ProgressBar,
    on_terminal: bool,
    last_line: Instant,
    began: Instant,
}

impl Reporter {
    pub fn new() -> Reporter {
        let on_terminal = std::io::stderr().is_terminal();
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} files  {msg}  {eta} left");
        let bar = if on_terminal { ProgressBar::new(0) } else { ProgressBar::hidden() };
        bar.set_style(style.expect("the template is a constant and valid"));
        Reporter { bar, on_terminal, last_line: Instant::now(), began: Instant::now() }
    }

    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    pub fn show(&mut self, progress: Progress) {
        let rate = progress.text_bytes as f64 / self.began.elapsed().as_secs_f64().max(0.001);
        let message = format!("{} records, {}/s", HumanCount(progress.records), HumanBytes(rate as u64));
        if self.on_terminal {
            self.bar.set_length(progress.all_files);
            self.bar.set_position(progress.files);
            self.bar.set_message(message);
        } else if self.last_line.elapsed() >= LOG_INTERVAL {
            note(format_args!("{}/{} files, {message}", progress.files, progress.all_files));
            self.last_line = Instant::now();
        }
    }
}
