//! A district or ward as it is typed → paths of the third level of the province facet.

use super::nearest::nearest;
use super::{Facts, Typed, Values};
use crate::article::FacetPath;
use crate::authority::LocalPlace;
use crate::index::FacetField;
use crate::search::error::SearchError;
use crate::text::{canonical_phrase, compose, fold};

/// Every place that fits, with what it is called: `Huyện Kim Sơn, Ninh Bình`.
pub(super) fn places(facts: Facts, typed: &str) -> Result<Vec<(String, Values)>, SearchError> {
    let places = facts.authority.units.resolve_place(&compose(typed)).into_iter();
    places.map(|place| Ok((label(facts, place), Values::paths(FacetField::Province, paths(facts, place)?)))).collect()
}

fn label(facts: Facts, place: &LocalPlace) -> String {
    format!("{}, {}", place.label(), facts.authority.units.name(place.province))
}

/// The paths of a place, in whichever units of its land articles stand.
fn paths(facts: Facts, place: &LocalPlace) -> Result<Vec<FacetPath>, SearchError> {
    let units = &facts.authority.units;
    let is_today = |slug: &str| units.todays_of_slug(place.province).any(|today| today.slug == slug);
    let is_of_place = |path: &&FacetPath| match path.segments() {
        [today, unit, id] => *id == place.id && is_today(today) && units.holds(unit, place),
        _ => false,
    };
    let nodes = facts.generation.hierarchy(FacetField::Province)?.nodes().iter().map(|node| &node.path);
    let mut found: Vec<FacetPath> = nodes.filter(is_of_place).cloned().collect();
    if found.is_empty() {
        // Known, and no article names it: it selects what it would select.
        let unit = units.by_slug(place.province).last();
        let path = |today: &str| FacetPath::new([today, unit?.id.as_str(), &place.id]);
        found = units.todays_of_slug(place.province).filter_map(|today| path(&today.slug)).collect();
    }
    found.sort();
    Ok(found)
}

/// The places that are spelt most like what was typed, with their kind or without.
pub(super) fn near(facts: Facts, typed: &str) -> Vec<String> {
    let typed = Typed::new(typed.rsplit_once(',').map_or(typed, |(name, _)| name)).folded;
    let spelt: Vec<(String, String)> = facts
        .authority
        .units
        .local_places()
        .iter()
        .flat_map(|place| [place.name.to_owned(), place.label()].map(|name| (fold(&canonical_phrase(&name)), label(facts, place))))
        .collect();
    nearest(&typed, spelt.iter().map(|(folded, label)| (folded.as_str(), label.clone())))
}
