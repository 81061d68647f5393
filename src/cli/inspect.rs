//! `tracuu inspect`: raw files → what the pipeline reads out of them, one JSON line a record.

use super::Outcome;
use super::args::InspectArgs;
use super::output::{Output, note};
use crate::error::Error;
use crate::ingest::{IngestOptions, Pipeline, inspect_with};

pub(super) fn run(args: &InspectArgs, output: &mut Output) -> Result<Outcome, Error> {
    let mut articles = 0_u64;
    let options = IngestOptions { collection: args.collection.clone(), read: super::read_options(args.limits), ..IngestOptions::default() };
    let notices = inspect_with(&args.paths, &Pipeline::bundled(), &options, &mut |record| match record {
        Ok(article) => {
            articles += 1;
            output.json_line(&article)
        }
        Err(skip) => {
            let record = skip.record.map(|record| format!(", record {record}")).unwrap_or_default();
            let times = if skip.count > 1 { format!(" {} times", skip.count) } else { String::new() };
            note(format_args!("skipped: {}{record}: {}{times}: {}", skip.path, skip.reason.name(), skip.detail));
            Ok(())
        }
    })?;
    notices.iter().for_each(note);
    Ok(if articles == 0 { Outcome::NoHit } else { Outcome::Done })
}
