//! A province, region, district, ward or remainder row as it is typed → paths of the province facet.

use super::{Facts, Read, Selects, Typed, Values, ambiguous, local, values};
use crate::article::{FacetPath, UnitId};
use crate::authority::{Resolution, ResolutionKind};
use crate::index::{FacetField, Remainder};
use crate::search::error::SearchError;
use crate::search::label;
use crate::search::request::Boundaries;
use crate::search::response::AppliedFilter;
use crate::text::compose;
use std::collections::BTreeMap;

/// What articles about no unit are asked for by; folded.
const REMAINDERS: [(&str, Remainder); 9] = [
    ("national", Remainder::National),
    ("toan quoc", Remainder::National),
    ("ca nuoc", Remainder::National),
    ("trung uong", Remainder::National),
    ("foreign", Remainder::Foreign),
    ("nuoc ngoai", Remainder::Foreign),
    ("quoc te", Remainder::Foreign),
    ("unknown", Remainder::UnknownPlace),
    ("khong ro", Remainder::UnknownPlace),
];

/// What stands before a unit, to ask for the articles about it that name no district or ward of it.
const ONLY: &str = "only:";

/// Most proposals for a name that is not known.
const PROPOSALS: usize = 3;

/// Reads a province filter.
pub(super) fn read(facts: Facts, typed: &str, boundaries: Boundaries) -> Result<Read, SearchError> {
    let key = Typed::new(typed).folded;
    if let Some((_, row)) = REMAINDERS.iter().find(|(word, _)| *word == key) {
        return Ok(values("province", typed, Values::remainder(row.clone()), label::of_remainder(row)));
    }
    if let Some(unit) = typed.trim().strip_prefix(ONLY) {
        return only(facts, typed, unit, boundaries);
    }
    let alternatives = alternatives(facts, typed, boundaries)?;
    let notices = ambiguous(facts, typed, &alternatives)?;
    let labels: Vec<&str> = alternatives.iter().map(|(label, _)| label.as_str()).collect();
    let mut all: Vec<FacetPath> = alternatives.iter().flat_map(|(_, values)| values.paths.clone()).collect();
    all.sort();
    all.dedup();
    let selected = Values::paths(FacetField::Province, all);
    let mode = match boundaries {
        Boundaries::Today => "today",
        Boundaries::AsWritten => "as_written",
    };
    let applied = AppliedFilter {
        field: "province".to_owned(),
        typed: typed.to_owned(),
        resolved: selected.ids(),
        label: labels.join("; "),
        mode: mode.to_owned(),
    };
    Ok(Read { selects: Selects::Values(selected), applied, notices })
}

/// All that a name may mean: units and regions, else districts and wards.
fn alternatives(facts: Facts, typed: &str, boundaries: Boundaries) -> Result<Vec<(String, Values)>, SearchError> {
    let units = &facts.authority.units;
    let resolutions = units.resolve(&compose(typed));
    let mut alternatives = Vec::new();
    for resolution in &resolutions {
        alternatives.push(paths(facts, resolution, boundaries)?);
    }
    if alternatives.is_empty() {
        alternatives = local::places(facts, typed)?;
    }
    if alternatives.is_empty() {
        let units = units.nearest(typed).into_iter().map(str::to_owned);
        let nearest = units.chain(local::near(facts, typed)).take(PROPOSALS).collect();
        return Err(SearchError::UnknownValue { field: "province", typed: typed.to_owned(), nearest });
    }
    Ok(alternatives)
}

/// The remainder rows below units: `only:Ninh Bình`, `only:/ninh-binh/ninh-binh@1992`.
fn only(facts: Facts, typed: &str, unit: &str, boundaries: Boundaries) -> Result<Read, SearchError> {
    let above: Vec<FacetPath> = match FacetPath::try_from(unit.trim().to_owned()) {
        Ok(path) => vec![path],
        Err(_) => alternatives(facts, unit, boundaries)?.into_iter().flat_map(|(_, values)| values.paths).collect(),
    };
    let nodes = facts.generation.hierarchy(FacetField::Province)?.nodes().iter().map(|node| &node.path);
    let is_below = |path: &&FacetPath| path.segments().len() == 2 && above.iter().any(|above| path.is_at_or_below(above));
    let mut below: Vec<FacetPath> = nodes.filter(is_below).cloned().collect();
    below.sort();
    let rows: Vec<Remainder> = below.into_iter().map(Remainder::NoPlaceBelow).collect();
    let unit_label = |row: &Remainder| row.below().map(|path| label::of_value(FacetField::Province, path, facts.authority));
    let labels: Vec<String> = rows.iter().filter_map(unit_label).collect();
    let row = Remainder::NoPlaceBelow(above.into_iter().next().ok_or_else(|| unknown(typed))?);
    let label = format!("{}: {}", labels.join("; "), label::of_remainder(&row));
    let selected =
        Values { facet: Some(FacetField::Province), paths: Vec::new(), remainders: if rows.is_empty() { vec![row] } else { rows } };
    Ok(values("province", typed, selected, label))
}

fn unknown(typed: &str) -> SearchError {
    SearchError::UnknownValue { field: "province", typed: typed.to_owned(), nearest: Vec::new() }
}

/// What one reading of a name covers, and what that is called.
fn paths(facts: Facts, resolution: &Resolution, boundaries: Boundaries) -> Result<(String, Values), SearchError> {
    let units = &facts.authority.units;
    if let (ResolutionKind::Name(slug), Boundaries::Today) = (&resolution.kind, boundaries)
        && units.by_slug(slug).last().is_some_and(|unit| unit.valid_to.is_none())
    {
        let path = FacetPath::new([slug]).into_iter().collect();
        return Ok((with_older_units(facts, slug)?, Values::paths(FacetField::Province, path)));
    }
    // A name means every era of it, the unknown one too; an id or a region only the units that it lists.
    let covers = |unit: &UnitId| match &resolution.kind {
        ResolutionKind::Name(slug) => unit.slug() == slug,
        ResolutionKind::Era => resolution.units.contains(&unit.0),
        ResolutionKind::Region => {
            resolution.units.contains(&unit.0)
                || (units.get(&unit.0).is_none() && resolution.units.iter().any(|id| UnitId(id.clone()).slug() == unit.slug()))
        }
    };
    let nodes = facts.generation.hierarchy(FacetField::Province)?.nodes().iter();
    let mut found: Vec<FacetPath> = nodes
        .filter(|node| matches!(node.path.segments(), [_, unit] if covers(&UnitId(unit.clone()))))
        .map(|node| node.path.clone())
        .collect();
    if found.is_empty() {
        // Known, and no article is about it: it selects what it would select.
        let path = |id: &String| units.todays_of(id).into_iter().filter_map(|today| FacetPath::new([&today.slug, id])).collect::<Vec<_>>();
        found = resolution.units.iter().flat_map(path).collect();
    }
    found.sort();
    Ok((as_it_was(facts, resolution), Values::paths(FacetField::Province, found)))
}

/// `Đồng Nai, gồm Bình Phước đến 6/2025`: a unit of today with the older units on its land that the index has articles of.
fn with_older_units(facts: Facts, slug: &str) -> Result<String, SearchError> {
    let units = &facts.authority.units;
    let mut by_end: BTreeMap<Option<jiff::civil::Date>, Vec<&str>> = BTreeMap::new();
    for node in facts.generation.hierarchy(FacetField::Province)?.nodes() {
        if let [top, id] = node.path.segments()
            && top == slug
            && UnitId(id.clone()).slug() != slug
        {
            let names = by_end.entry(units.get(id).and_then(|unit| unit.valid_to)).or_default();
            names.push(units.name(id));
        }
    }
    let mut older = Vec::new();
    for (end, mut names) in by_end.into_iter().rev() {
        names.sort_unstable();
        names.dedup();
        let end = end.map_or(String::new(), |last| format!(" đến {}/{}", last.month(), last.year()));
        older.push(format!("{}{end}", names.join(", ")));
    }
    let name = units.name(slug);
    Ok(if older.is_empty() { name.to_owned() } else { format!("{name}, gồm {}", older.join("; ")) })
}

/// `Bình Phước (nay thuộc Đồng Nai)`: a unit of the time.
fn as_it_was(facts: Facts, resolution: &Resolution) -> String {
    let units = &facts.authority.units;
    let (ResolutionKind::Name(slug), Some(last)) = (&resolution.kind, resolution.units.last()) else { return resolution.label.clone() };
    let todays: Vec<&str> =
        units.todays_of(last).into_iter().filter(|today| today.slug != *slug).map(|today| today.label.as_str()).collect();
    match todays.as_slice() {
        [] => resolution.label.clone(),
        todays => format!("{} (nay thuộc {})", resolution.label, todays.join(", ")),
    }
}
