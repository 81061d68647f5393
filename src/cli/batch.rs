//! `tracuu search --batch`: a file of queries → their answers in the order of the file; a bad one is reported, and the rest go on.

use super::args::FormatArg;
use super::csv_format::BatchRows;
use super::output::{Output, note};
use super::search::{stream, tell_of_cut_contexts};
use super::{Outcome, text_format, trec_format};
use crate::error::Error;
use crate::export::RowOf;
use crate::index::Generation;
use crate::ingest::Pipeline;
use crate::read::read_bytes;
use crate::search::{BatchFormat, BatchLine, Request, Response, SearchError, TypedRequest, facets, read_batch, search};
use serde::Serialize;
use std::path::Path;

/// What the queries are asked of, and what was said for all of them.
pub(super) struct Asking<'a> {
    pub generation: &'a Generation,
    pub pipeline: &'a Pipeline,
    /// What each query is added to.
    pub all: &'a Request,
    /// The same as typed, for how names are read.
    pub typed: &'a TypedRequest,
}

pub(super) fn run(path: &Path, asking: &Asking, format: FormatArg, output: &mut Output) -> Result<Outcome, Error> {
    let lines = lines(path)?;
    let mut answers = Answers::begin(format, RowOf::answer_to(asking.all), output)?;
    let (mut any_hit, mut refused) = (false, 0);
    for line in &lines {
        match answer(asking, line, &mut answers) {
            Ok(total) => any_hit |= total > 0,
            // A bad index stops the run, a bad query does not.
            Err(Error::Search(error)) if !matches!(error, SearchError::Index(_)) => {
                refused += 1;
                note(format_args!("{}, line {}: {error}", path.display(), line.line));
                answers.refuse(line, &error)?;
            }
            Err(error) => return Err(error),
        }
    }
    answers.end()?;
    match (any_hit, refused) {
        (true, _) => Ok(Outcome::Done),
        (false, 0) => Ok(Outcome::NoHit),
        (false, _) => Err(Error::Usage {
            what: format!("{}: {refused} of {} queries could not be answered, and no other finds anything", path.display(), lines.len()),
            repair: "mend the lines named above".to_owned(),
        }),
    }
}

/// The queries of a file, in its order.
pub(super) fn lines(path: &Path) -> Result<Vec<BatchLine>, Error> {
    let bytes = read_bytes(path).map_err(|source| Error::Path { path: path.to_owned(), source })?;
    Ok(read_batch(&bytes, BatchFormat::of(&path.to_string_lossy())))
}

/// Answers one query; returns its total.
fn answer(asking: &Asking, line: &BatchLine, answers: &mut Answers) -> Result<u64, Error> {
    let typed = line.asked.clone().map_err(SearchError::from)?.read_as(asking.typed);
    let request = typed.request(asking.all).map_err(SearchError::from)?;
    answers.write(asking, line, &request)
}

/// Totals stand in front of hits as CSV: up to so many hits are held until they are known, for more they are asked for beforehand.
const HELD: usize = 1_000;

/// Where answers go.
enum Answers<'a> {
    Text(&'a mut Output),
    Json(&'a mut Output),
    Csv(Box<BatchRows<'a>>),
    Trec(&'a mut Output),
}

/// An answer as a line of JSON.
#[derive(Serialize)]
struct JsonAnswer<'a> {
    id: &'a str,
    line: u64,
    error: Option<String>,
    #[serde(flatten)]
    response: Option<Response>,
}

impl<'a> Answers<'a> {
    fn begin(format: FormatArg, rows: RowOf, output: &'a mut Output) -> Result<Answers<'a>, Error> {
        Ok(match format {
            FormatArg::Text => Answers::Text(output),
            FormatArg::Json | FormatArg::Jsonl => Answers::Json(output),
            FormatArg::Csv => Answers::Csv(Box::new(BatchRows::begin(rows, output)?)),
            FormatArg::Trec => Answers::Trec(output),
            FormatArg::Ris | FormatArg::Bibtex | FormatArg::CslJson => {
                return Err(Error::Usage {
                    what: "--batch: a list of references has no place for the query that found them".to_owned(),
                    repair: "write the answers with --format text, jsonl, csv or trec, or ask each query by itself".to_owned(),
                });
            }
        })
    }

    /// Answers a request and writes what is found; returns the total.
    fn write(&mut self, asking: &Asking, line: &BatchLine, request: &Request) -> Result<u64, Error> {
        let Asking { generation, pipeline, .. } = asking;
        let whole = || search(generation, &pipeline.authority, request);
        match self {
            Answers::Text(output) => {
                let response = whole()?;
                output.line(format_args!("== {}", request.query))?;
                text_format::response(&response, output)?;
                output.line("")?;
                Ok(response.total)
            }
            Answers::Json(output) => {
                let response = whole()?;
                let total = response.total;
                output.json_line(&JsonAnswer { id: &line.id, line: line.line, error: None, response: Some(response) })?;
                Ok(total)
            }
            Answers::Csv(rows) => {
                let request = for_rows(request);
                let is_held = request.limit <= HELD;
                let ask = if is_held { search } else { facets };
                let response = ask(generation, &pipeline.authority, &request)?;
                let mut query = rows.of_query(&line.id, &request.query, &response);
                if is_held {
                    tell_of_cut_contexts(&response);
                    response.hits.iter().try_for_each(|hit| query.write(hit))?;
                } else {
                    stream(generation, pipeline, &request, |hit| query.write(&hit))?;
                }
                query.end()?;
                Ok(response.total)
            }
            Answers::Trec(output) => stream(generation, pipeline, &for_rows(request), |hit| output.line(trec_format::line(&line.id, &hit))),
        }
    }

    /// Writes that a query was not answered, where the format has a place for it.
    fn refuse(&mut self, line: &BatchLine, error: &SearchError) -> Result<(), Error> {
        let message = error.to_string();
        match self {
            Answers::Text(_) | Answers::Trec(_) => Ok(()),
            Answers::Json(output) => output.json_line(&JsonAnswer { id: &line.id, line: line.line, error: Some(message), response: None }),
            Answers::Csv(rows) => {
                let query = line.asked.as_ref().ok().and_then(|typed| typed.query.as_deref());
                rows.refuse(&line.id, query.unwrap_or_default(), &message)
            }
        }
    }

    fn end(self) -> Result<(), Error> {
        match self {
            Answers::Csv(rows) => rows.end(),
            Answers::Text(_) | Answers::Json(_) | Answers::Trec(_) => Ok(()),
        }
    }
}

/// For forms that have rows of hits or of their matches, and nothing else.
pub(super) fn for_rows(request: &Request) -> Request {
    Request { max_snippets: 0, facets: Vec::new(), explain: false, ..request.clone() }
}
