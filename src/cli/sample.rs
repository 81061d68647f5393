//! `tracuu sample`: what a query and filters select → some of it, drawn by strata, as CSV to be coded.

use super::args::{SampleArgs, SampleFormat};
use super::destination::{Destination, Told, usage};
use super::output::{Output, note};
use super::search::request;
use super::{Outcome, open, unless_failed};
use crate::error::Error;
use crate::export::{AnsweredQuery, SampleRows, sample_columns};
use crate::search::{Axis, Request, Sample, SampleRequest, Stratum, Take, Unit, sample};
use serde::Serialize;

/// What is coded, if nothing is said.
const CODES: [&str; 2] = ["relevant", "note"];

pub(super) fn run(args: &SampleArgs, output: &mut Output) -> Result<Outcome, Error> {
    let mut by: Vec<Axis> = Vec::new();
    for axis in args.by.iter().copied().map(Axis::from) {
        if !by.contains(&axis) {
            by.push(axis);
        }
    }
    let codes = if args.codes.is_empty() { CODES.map(str::to_owned).to_vec() } else { args.codes.clone() };
    if let Some(taken) = taken(&sample_columns(&by), &codes) {
        let what = if taken.trim().is_empty() { "has no name" } else { "has the name of another one" };
        return Err(usage(format!("--code {taken:?}: the column {what}"), "give each column a name of its own"));
    }
    let take = args.per_stratum.map(Take::PerStratum).or(args.number.map(Take::InAll)).unwrap_or(Take::InAll(0));
    let wanted = SampleRequest { seed: args.seed, boundaries: args.query.filters.boundaries.into(), take, by };
    let request = Request { hits_of: Unit::of_stories(args.collapse), ..request(&args.query)? };
    let mut to = Destination::of(&args.out, output)?;
    let (pipeline, generation) = open(&args.query.index.dir)?;

    let mut rows = SampleRows::begin(to.output().raw(), args.out.style(), &wanted.by, &codes)?;
    let mut outcome = Ok(());
    let drawn = sample(&generation, &pipeline.authority, &request, &wanted, |drawn| {
        outcome = rows.write(&drawn);
        unless_failed(&outcome)
    })?;
    outcome?;
    rows.end()?;
    tell(&drawn);
    let Sample { query, filters, total, notices, .. } = &drawn;
    let told = Told {
        answer: "sample",
        queries: vec![AnsweredQuery::of(query, &request, query, filters, *total, notices)],
        counts_of: drawn.hits_of,
        wanted: DrawnOf { wanted: &wanted, codes: &codes, in_several: drawn.in_several, drawn: drawn.drawn, strata: &drawn.strata },
        format: SampleFormat::Csv,
        excel: args.out.excel,
    };
    to.end(told, &generation)?;
    Ok(if drawn.total == 0 { Outcome::NoHit } else { Outcome::Done })
}

/// What stands beside a sample: whoever reads it back can see whether rows of it are gone.
#[derive(Serialize)]
struct DrawnOf<'a> {
    #[serde(flatten)]
    wanted: &'a SampleRequest,
    codes: &'a [String],
    in_several: u64,
    drawn: u64,
    strata: &'a [Stratum],
}

/// A column of codes that is called like another one, or by nothing.
fn taken<'a>(columns: &[&str], codes: &'a [String]) -> Option<&'a str> {
    let is_taken = |(at, code): (usize, &String)| code.trim().is_empty() || columns.contains(&code.as_str()) || codes[..at].contains(code);
    codes.iter().enumerate().find(|&one| is_taken(one)).map(|(_, code)| code.as_str())
}

/// What the rows do not say, on standard error.
fn tell(sample: &Sample) {
    let unit = if sample.hits_of == Unit::Stories { "stories" } else { "articles" };
    let Sample { drawn, total, seed, in_several, strata, .. } = sample;
    note(format_args!("{drawn} of {total} {unit} drawn, seed {seed}, from {} strata", strata.len()));
    if *in_several > 0 {
        note(format_args!("{in_several} of the {total} stand in several strata, and were put in the first"));
    }
    if let Some(others) = strata.iter().find(|stratum| stratum.merged > 1) {
        let Stratum { merged, size, .. } = others;
        note(format_args!("{merged} strata are too small for so few to be drawn; their {size} {unit} are one stratum, `others`"));
    }
    sample.notices.iter().for_each(|notice| note(&notice.text));
}
