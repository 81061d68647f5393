//! The names of officials and units as they are typed: the tables that completion looks them up in.
//!
//! Input → output: the values of a facet, with their counts → [`PrefixTable`], whose values are nodes of the facet.

use crate::article::FacetPath;
use crate::authority::{Authority, UnitKind};
use crate::index::{Completions, FacetField, Generation, Node, PrefixTable};
use crate::search::error::SearchError;
use crate::search::label;
use crate::text::canonical_phrase;

/// What can be completed in an archive; made at the first call for a generation.
pub(super) fn completions<'a>(generation: &'a Generation, authority: &Authority) -> Result<&'a Completions, SearchError> {
    generation.completions(|facet, counts| {
        let nodes = generation.hierarchy(facet)?.nodes();
        let mut counted: Vec<((u32, &Node), &u32)> = (0..).zip(nodes).zip(counts).filter(|(_, count)| **count > 0).collect();
        // The numbers of nodes hang on the order of segments; the order of namesakes must not.
        counted.sort_by_key(|((_, node), _)| &node.path);
        let mut rows = Vec::new();
        for ((number, node), &count) in counted {
            let names = if facet == FacetField::Official { of_official(node) } else { of_unit(node, authority) };
            rows.extend(names.into_iter().map(|name| (name, count, number)));
        }
        Ok(PrefixTable::of(rows))
    })
}

/// A person by the whole name, and by its later parts: people are called by their given names.
fn of_official(node: &Node) -> Vec<String> {
    match node.path.segments() {
        [name] => tails(&canonical_phrase(name)),
        _ => Vec::new(),
    }
}

/// A unit with and without its kind: `tỉnh ninh bình`, `ninh bình`. A unit of the time that is called as one of today is no other.
fn of_unit(node: &Node, authority: &Authority) -> Vec<String> {
    let units = &authority.units;
    let kinds = |kind: Option<UnitKind>| match kind {
        Some(UnitKind::City) => ["thành phố ", "tp "].as_slice(),
        Some(_) => &["tỉnh "],
        None => &[],
    };
    let named = |label: &str, kind: Option<UnitKind>| {
        let name = canonical_phrase(label);
        kinds(kind).iter().map(|kind| format!("{kind}{name}")).chain([name.clone()]).collect()
    };
    match node.path.segments() {
        [slug] => named(units.name(slug), units.todays_of_slug(slug).next().map(|unit| unit.kind)),
        [today, unit] if units.name(today) != units.name(unit) => named(units.name(unit), units.get(unit).map(|unit| unit.kind)),
        [today, _, place] => {
            let label = canonical_phrase(&label::of_value(FacetField::Province, &node.path, authority));
            let name = units.local_place(today, place).map(|place| canonical_phrase(place.name));
            std::iter::once(label).chain(name).collect()
        }
        _ => Vec::new(),
    }
}

/// What a value is called in a list of completions: a district or ward with what it lies in, since names come back in many provinces.
pub(super) fn short_label(facet: FacetField, path: &FacetPath, authority: &Authority) -> String {
    let units = &authority.units;
    match (facet, path.segments()) {
        (FacetField::Official, [name, ..]) => name.clone(),
        (FacetField::Province, [_, unit]) => units.name(unit).to_owned(),
        (FacetField::Province, [_, unit, _]) => format!("{}, {}", label::of_value(facet, path, authority), units.name(unit)),
        _ => label::of_value(facet, path, authority),
    }
}

/// The same, told apart from values that are called alike: by the era of the unit, and the unit of today.
pub(super) fn full_label(facet: FacetField, path: &FacetPath, authority: &Authority) -> String {
    let units = &authority.units;
    match (facet, path.segments()) {
        (FacetField::Province, [today, unit]) => format!("{}, {}", units.label(unit), units.name(today)),
        (FacetField::Province, [_, unit, _]) => format!("{}, {}", label::of_value(facet, path, authority), units.label(unit)),
        _ => short_label(facet, path, authority),
    }
}

/// A phrase and what is left of it from each later syllable on.
fn tails(phrase: &str) -> Vec<String> {
    let later = phrase.match_indices(' ').map(|(space, _)| phrase[space + 1..].to_owned());
    std::iter::once(phrase.to_owned()).chain(later).collect()
}
