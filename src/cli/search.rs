//! `tracuu search`: a query and filters → ranked hits.

use super::args::{FacetArg, FilterArgs, FormatArg, Limit, MatchArg, QueryArgs, SearchArgs};
use super::output::{Output, note};
use super::{Outcome, csv_format, open, text_format};
use crate::article::Interval;
use crate::error::Error;
use crate::index::{FacetField, Generation};
use crate::ingest::Pipeline;
use crate::search::{Filter, Hit, MatchMode, NoticeCode, Request, SearchError, for_each_hit, search};
use jiff::civil::Date;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

pub(super) fn run(args: &SearchArgs, output: &mut Output) -> Result<Outcome, Error> {
    let limit = match args.limit {
        Limit::At(limit) => limit,
        Limit::All => usize::MAX,
    };
    let request = Request {
        facets: args.facets.iter().copied().map(facet_field).collect(),
        sort: args.sort.into(),
        limit,
        offset: args.offset,
        context: args.context.map(usize::from),
        ..request(&args.query)?
    };
    let (pipeline, generation) = open(&args.query.index.dir)?;
    if let Some(path) = &args.batch {
        return batch(&generation, &pipeline, &request, path, args.format, output);
    }
    let total = match args.format {
        FormatArg::Text | FormatArg::Json => {
            let response = search(&generation, &pipeline.authority, &request)?;
            match args.format {
                FormatArg::Text => text_format::response(&response, output)?,
                _ => output.json(&response)?,
            }
            response.total
        }
        FormatArg::Jsonl => stream(&generation, &pipeline, &request, |hit| output.json_line(&hit))?,
        FormatArg::Csv if request.context.is_some() => {
            let mut rows = csv_format::ContextRows::begin(output)?;
            let total = stream(&generation, &pipeline, &request, |hit| rows.write(&hit))?;
            rows.end()?;
            total
        }
        FormatArg::Csv => {
            let mut rows = csv_format::HitRows::begin(output)?;
            let total = stream(&generation, &pipeline, &request, |hit| rows.write(&hit))?;
            rows.end()?;
            total
        }
    };
    Ok(if total == 0 { Outcome::NoHit } else { Outcome::Done })
}

/// Answers the queries of a file, a line each, all with the same filters; one that is wrong is reported, and the rest goes on.
fn batch(
    generation: &Generation,
    pipeline: &Pipeline,
    request: &Request,
    path: &Path,
    format: FormatArg,
    output: &mut Output,
) -> Result<Outcome, Error> {
    if format == FormatArg::Csv {
        let what = "--batch has no CSV form: an answer is more than its hits".to_owned();
        return Err(Error::Usage { what, repair: "use --format jsonl, one answer a line".to_owned() });
    }
    let queries = fs::read_to_string(path).map_err(|source| Error::Path { path: path.to_owned(), source })?;
    let mut outcome = Outcome::NoHit;
    for (number, query) in queries.lines().enumerate().filter(|(_, query)| !query.trim().is_empty()) {
        match search(generation, &pipeline.authority, &Request { query: query.to_owned(), ..request.clone() }) {
            Ok(response) => {
                if response.total > 0 {
                    outcome = Outcome::Done;
                }
                if format == FormatArg::Text {
                    output.line(format_args!("== {query}"))?;
                    text_format::response(&response, output)?;
                    output.line("")?;
                } else {
                    output.json_line(&response)?;
                }
            }
            Err(SearchError::Index(error)) => return Err(error.into()),
            Err(error) => note(format_args!("{}, line {}: {error}", path.display(), number + 1)),
        }
    }
    Ok(outcome)
}

/// Writes hits one by one, so that an export of a whole archive holds one article in memory; returns the total.
fn stream(
    generation: &Generation,
    pipeline: &Pipeline,
    request: &Request,
    mut write: impl FnMut(Hit) -> Result<(), Error>,
) -> Result<u64, Error> {
    let mut outcome = Ok(());
    let response = for_each_hit(generation, &pipeline.authority, request, |hit| {
        outcome = write(hit);
        if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    outcome?;
    // The other notices stand in the formats that hold the whole answer.
    response.notices.iter().filter(|notice| notice.code == NoticeCode::ContextCut).for_each(|notice| note(&notice.text));
    Ok(response.total)
}

/// The query and the filters of a request.
pub(super) fn request(args: &QueryArgs) -> Result<Request, Error> {
    Ok(Request {
        query: args.query.clone(),
        filters: filters(&args.filters)?,
        matching: match args.matching {
            MatchArg::All => MatchMode::All,
            MatchArg::Any => MatchMode::Any,
        },
        exact: args.exact,
        ..Request::default()
    })
}

fn filters(args: &FilterArgs) -> Result<Vec<Filter>, Error> {
    let boundaries = args.boundaries.into();
    let province = args.province.iter().map(|typed| Filter::Province { typed: typed.clone(), boundaries });
    let others = [
        (&args.official, Filter::Official as fn(String) -> Filter),
        (&args.role, Filter::Role),
        (&args.year, Filter::Year),
        (&args.source, Filter::Source),
        (&args.collection, Filter::Collection),
    ];
    let others = others.into_iter().flat_map(|(typed, filter)| typed.iter().cloned().map(filter));
    let range = date_range(args)?.map(|range| Filter::Date { range, precise: args.precise });
    Ok(province.chain(others).chain(range).collect())
}

/// The span of days between `--from` and `--to`; an end that is not given is open.
fn date_range(args: &FilterArgs) -> Result<Option<Interval>, Error> {
    if args.from.is_none() && args.to.is_none() {
        return Ok(None);
    }
    let end = |option: &str, typed: &Option<String>, open: Date| match typed {
        None => Ok(Interval::day(open)),
        Some(typed) => Interval::parse(typed).ok_or_else(|| Error::Usage {
            what: format!("{option} {typed} is no date"),
            repair: "write a day, month or year, as in 2024-05-13, 2024-05 or 2024".to_owned(),
        }),
    };
    let from = end("--from", &args.from, Date::MIN)?.from;
    let to = end("--to", &args.to, Date::MAX)?.to;
    if from > to {
        return Err(Error::Usage { what: format!("--from {from} lies after --to {to}"), repair: "exchange them".to_owned() });
    }
    Ok(Some(Interval { from, to }))
}

pub(super) fn facet_field(arg: FacetArg) -> FacetField {
    match arg {
        FacetArg::Province => FacetField::Province,
        FacetArg::Official => FacetField::Official,
        FacetArg::Date => FacetField::Date,
        FacetArg::Source => FacetField::Source,
        FacetArg::Collection => FacetField::Collection,
    }
}
