//! `tracuu facets`: the counts of a facet over what a query and filters select.

use super::args::{FacetFormatArg, FacetsArgs};
use super::output::Output;
use super::search::{facet_field, request};
use super::{Outcome, csv_format, open, text_format};
use crate::error::Error;
use crate::search::{Request, Unit, search};

pub(super) fn run(args: &FacetsArgs, output: &mut Output) -> Result<Outcome, Error> {
    let field = facet_field(args.field);
    let request = Request {
        facets: vec![field],
        limit: 0,
        max_facet_values: args.max,
        facet_inside: args.inside.clone(),
        counts_of: Unit::of_stories(args.collapse),
        ..request(&args.query)?
    };
    let (pipeline, generation) = open(&args.query.index.dir)?;
    let response = search(&generation, &pipeline.authority, &request)?;
    let counts = &response.facets[field.name()];
    match args.format {
        FacetFormatArg::Text => {
            text_format::reading(&response, output)?;
            text_format::facet(field.name(), counts, usize::MAX, output)?;
        }
        FacetFormatArg::Json => output.json(&response)?,
        FacetFormatArg::Jsonl => counts.values.iter().try_for_each(|value| output.json_line(value))?,
        FacetFormatArg::Csv => csv_format::facet(counts, output)?,
    }
    Ok(if response.total == 0 { Outcome::NoHit } else { Outcome::Done })
}
