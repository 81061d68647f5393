//! `tracuu search`: a query and filters → ranked hits.

use super::args::{FacetArg, FilterArgs, FormatArg, Limit, QueryArgs, SearchArgs};
use super::batch::{self, Asking, for_rows};
use super::output::{Output, note};
use super::{Outcome, open, show, text_format, trec_format, unless_failed};
use crate::error::Error;
use crate::export::{Exporter, Form, Format};
use crate::index::{FacetField, Generation};
use crate::ingest::Pipeline;
use crate::search::{Hit, NoticeCode, Request, Response, SearchError, TypedRequest, Unit, for_each_hit, more_like_this, search};

/// The id of the query in the run of a single search.
const SINGLE: &str = "1";

pub(super) fn run(args: &SearchArgs, output: &mut Output) -> Result<Outcome, Error> {
    let is_of_references = args.format.exported().is_some_and(Format::is_of_references);
    if args.context.is_some() && (is_of_references || args.format == FormatArg::Trec) {
        let form = if is_of_references { "a list of references" } else { "a TREC run" };
        return Err(Error::Usage {
            what: format!("--context: {form} has no place for words in context"),
            repair: "write them with --format text, json, jsonl or csv".to_owned(),
        });
    }
    let limit = match args.limit {
        Limit::At(limit) => limit,
        Limit::All => usize::MAX,
    };
    let request = Request {
        facets: args.facets.iter().copied().map(facet_field).collect(),
        sort: args.sort.into(),
        limit,
        offset: args.offset,
        after: args.after.clone(),
        hits_of: hits_of(args),
        counts_of: Unit::of_stories(args.collapse),
        relax: args.relax,
        half_life_days: args.fresh,
        explain: args.explain,
        context: args.context.map(usize::from),
        ..request(&args.query)?
    };
    let (pipeline, generation) = open(&args.query.index.dir)?;
    if let Some(path) = &args.batch {
        let asking = Asking { generation: &generation, pipeline: &pipeline, all: &request, typed: &typed(&args.query) };
        return batch::run(path, &asking, args.format, output);
    }
    let request = match &args.like {
        Some(id) => match show::find(&generation, id)? {
            Some(stored) => match more_like_this(&generation, &stored.article, &request)? {
                Some(request) => request,
                None => {
                    note(format_args!("the article {id} has no words that others have too"));
                    return Ok(Outcome::NoHit);
                }
            },
            None => {
                note(format_args!("no article has the id {id}"));
                return Ok(Outcome::NoHit);
            }
        },
        None => request,
    };
    let total = match args.format.exported() {
        Some(format) => export(&generation, &pipeline, &request, format, output)?,
        None if args.format == FormatArg::Trec => {
            stream(&generation, &pipeline, &for_rows(&request), |hit| output.line(trec_format::line(SINGLE, &hit)))?
        }
        None => {
            let response = search(&generation, &pipeline.authority, &request)?;
            match args.format {
                FormatArg::Text => text_format::response(&response, output)?,
                _ => output.json(&response)?,
            }
            response.total
        }
    };
    Ok(if total == 0 { Outcome::NoHit } else { Outcome::Done })
}

/// Writes what is found in a form of the library's; returns the total.
fn export(generation: &Generation, pipeline: &Pipeline, request: &Request, format: Format, output: &mut Output) -> Result<u64, Error> {
    let form = Form::answer_to(request, format);
    let asked = form.asked(request);
    let mut exporter = Exporter::begin(form, output.raw())?;
    let total = stream(generation, pipeline, &asked, |hit| Ok(exporter.write(hit)?))?;
    exporter.end()?;
    Ok(total)
}

/// What an answer shows: an export is of every article, unless it is said to be of stories.
fn hits_of(args: &SearchArgs) -> Unit {
    let is_export = match args.format {
        FormatArg::Text | FormatArg::Json => false,
        FormatArg::Jsonl => args.batch.is_none(),
        FormatArg::Csv | FormatArg::Trec | FormatArg::Ris | FormatArg::Bibtex | FormatArg::CslJson => true,
    };
    Unit::of_stories(!args.all_copies && (!is_export || args.collapse))
}

/// Writes hits one by one, so that an export of a whole archive holds one article in memory; returns the total.
pub(super) fn stream(
    generation: &Generation,
    pipeline: &Pipeline,
    request: &Request,
    mut write: impl FnMut(Hit) -> Result<(), Error>,
) -> Result<u64, Error> {
    let mut outcome = Ok(());
    let response = for_each_hit(generation, &pipeline.authority, request, |hit| {
        outcome = write(hit);
        unless_failed(&outcome)
    })?;
    outcome?;
    tell_of_cut_contexts(&response);
    Ok(response.total)
}

/// The other notices stand in the formats that hold the whole answer.
pub(super) fn tell_of_cut_contexts(response: &Response) {
    response.notices.iter().filter(|notice| notice.code == NoticeCode::ContextCut).for_each(|notice| note(&notice.text));
}

/// The query and the filters of a request.
pub(super) fn request(args: &QueryArgs) -> Result<Request, Error> {
    Ok(typed(args).request(&Request::default()).map_err(SearchError::from)?)
}

/// The same, as they were typed.
pub(super) fn typed(args: &QueryArgs) -> TypedRequest {
    let FilterArgs { province, boundaries, official, role, year, from, to, precise, source, collection, is, not } = &args.filters;
    TypedRequest {
        query: Some(args.query.clone()),
        province: province.clone(),
        boundaries: Some((*boundaries).into()),
        official: official.clone(),
        role: role.clone(),
        year: year.clone(),
        from: from.clone(),
        to: to.clone(),
        precise: Some(*precise),
        source: source.clone(),
        collection: collection.clone(),
        is: is.clone(),
        not: not.clone(),
        matching: Some(args.matching.into()),
        exact: Some(args.exact),
        ..TypedRequest::default()
    }
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

#[cfg(test)]
mod tests {
    use super::super::args::{BoundariesArg, MatchArg, SortArg};
    use super::*;
    use crate::search::TypedField;
    use clap::ValueEnum;

    /// A field of a batch file that holds what an option's value is called.
    fn in_a_file(field: TypedField, arg: &impl ValueEnum) -> TypedRequest {
        let mut typed = TypedRequest::default();
        let name = arg.to_possible_value().map(|value| value.get_name().to_owned());
        typed.set(field, name).unwrap();
        typed
    }

    #[test]
    fn a_batch_file_takes_the_values_that_the_command_line_takes() {
        for arg in BoundariesArg::value_variants() {
            assert_eq!(in_a_file(TypedField::Boundaries, arg).boundaries, Some((*arg).into()));
        }
        for arg in MatchArg::value_variants() {
            assert_eq!(in_a_file(TypedField::Match, arg).matching, Some((*arg).into()));
        }
        for arg in SortArg::value_variants() {
            assert_eq!(in_a_file(TypedField::Sort, arg).sort, Some((*arg).into()));
        }
        for arg in FacetArg::value_variants() {
            assert_eq!(in_a_file(TypedField::Facets, arg).facets, [facet_field(*arg)]);
        }
    }
}
