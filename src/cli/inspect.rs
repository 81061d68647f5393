//! `tracuu inspect`: raw files → what the pipeline reads out of them, one JSON line a record.

use super::Outcome;
use super::args::InspectArgs;
use super::output::{Output, note};
use crate::error::Error;
use crate::ingest::{Pipeline, inspect};

pub(super) fn run(args: &InspectArgs, output: &mut Output) -> Result<Outcome, Error> {
    let mut articles = 0_u64;
    inspect(&args.paths, &Pipeline::bundled(), &mut |record| match record {
        Ok(article) => {
            articles += 1;
            output.json_line(&article)
        }
        Err(skip) => {
            let record = skip.record.map(|record| format!(", record {record}")).unwrap_or_default();
            note(format_args!("skipped: {}{record}: {}: {}", skip.path, skip.reason.name(), skip.detail));
            Ok(())
        }
    })?;
    Ok(if articles == 0 { Outcome::NoHit } else { Outcome::Done })
}
