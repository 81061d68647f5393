//! The name of an official, a publisher or a collection as it is typed → top-level values of their facet.

use super::nearest::nearest;
use super::{Facts, Read, Selects, Typed, Values, ambiguous, values};
use crate::article::FacetPath;
use crate::index::{FacetField, Hierarchy, Remainder};
use crate::search::error::SearchError;
use crate::search::label;
use crate::search::people::known_people;
use crate::search::response::{Notice, NoticeCode};

/// A person: the whole name, else every name that holds what was typed as whole syllables in a row. With a scope behind a slash, as posts have it
/// for those of one name who are not one, only who holds posts there.
pub(super) fn official(facts: Facts, typed: &str) -> Result<Read, SearchError> {
    let of_name = |name| named(facts, FacetField::Official, name, &["none", "khong neu can bo"], Remainder::NoOfficial, true);
    let trimmed = typed.trim().trim_start_matches('/');
    let read = match trimmed.split_once('/') {
        Some((name, scope)) => of_scope(facts, typed, of_name(name)?, scope)?,
        None => of_name(trimmed)?,
    };
    Ok(with_the_same(facts, read))
}

/// Of people who were found by name those of a scope.
fn of_scope(facts: Facts, typed: &str, read: Read, scope: &str) -> Result<Read, SearchError> {
    let Selects::Values(values) = &read.selects else { return Ok(read) };
    let nodes = facts.generation.hierarchy(FacetField::Official)?.nodes();
    let below = || nodes.iter().map(|node| &node.path).filter(|path| values.paths.iter().any(|above| path.is_at_or_below(above)));
    let scopes = || below().filter_map(|path| Some((path, path.segments().get(1)?)));
    let wanted = Typed::new(scope);
    let is_wanted = |label: &str| {
        let label = Typed::new(label);
        if wanted.accented { label.canonical == wanted.canonical } else { label.folded == wanted.folded }
    };
    let mut paths: Vec<FacetPath> = scopes().filter(|(_, scope)| is_wanted(scope)).map(|(path, _)| path.clone()).collect();
    paths.sort();
    if paths.is_empty() {
        let label = |(path, _): (&FacetPath, &String)| (Typed::new(&path.segments()[1]).folded, path.segments().join("/"));
        let labels: Vec<(String, String)> = scopes().map(label).collect();
        let nearest = nearest(&wanted.folded, labels.iter().map(|(folded, shown)| (folded.as_str(), shown.clone())));
        return Err(SearchError::UnknownValue { field: FacetField::Official.name(), typed: typed.to_owned(), nearest });
    }
    let label = paths.iter().map(|path| path.segments().join("/")).collect::<Vec<_>>().join("; ");
    Ok(super::values(FacetField::Official.name(), typed, Values::paths(FacetField::Official, paths), label))
}

/// With everybody who is said to be the same as somebody who was found.
fn with_the_same(facts: Facts, mut read: Read) -> Read {
    let Selects::Values(values) = &mut read.selects else { return read };
    let known = known_people(facts.generation.manifest());
    let same_as = |path: &FacetPath| match path.segments() {
        [name, scope, ..] => known.same_as(name, scope),
        [name] => known.same_as_any(name),
        [] => Vec::new(),
    };
    let others: Vec<FacetPath> = values
        .paths
        .iter()
        .flat_map(same_as)
        .filter_map(|person| FacetPath::new(std::iter::once(&person.name).chain(&person.scope)))
        .filter(|path| !values.paths.contains(path))
        .collect();
    if others.is_empty() {
        return read;
    }
    let others: Vec<FacetPath> = std::collections::BTreeSet::from_iter(others).into_iter().collect();
    let names: Vec<String> = others.iter().map(|path| path.segments().join("/")).collect();
    let names = names.join("; ");
    let text = format!("{}: theo people.tsv, cùng một người với {names}, nên bài nêu những tên ấy cũng được tính.", read.applied.label);
    read.applied.label = format!("{}; {names}", read.applied.label);
    read.applied.resolved.extend(others.iter().map(FacetPath::to_string));
    values.paths.extend(others);
    read.notices.push(Notice { code: NoticeCode::SamePeople, text });
    read
}

/// A publisher, likewise.
pub(super) fn source(facts: Facts, typed: &str) -> Result<Read, SearchError> {
    named(facts, FacetField::Source, typed, &["none", "khong ro nguon", "khong ro"], Remainder::NoSource, true)
}

/// A collection: the whole name only.
pub(super) fn collection(facts: Facts, typed: &str) -> Result<Read, SearchError> {
    named(facts, FacetField::Collection, typed, &[], Remainder::NoSource, false)
}

fn named(facts: Facts, facet: FacetField, typed: &str, none: &[&str], remainder: Remainder, in_part: bool) -> Result<Read, SearchError> {
    let hierarchy = facts.generation.hierarchy(facet)?;
    let form = Typed::new(typed);
    if none.contains(&form.folded.as_str()) {
        return Ok(values(facet.name(), typed, Values::remainder(remainder.clone()), label::of_remainder(&remainder)));
    }
    let names = form.index(hierarchy.names());
    let mut found: Vec<u32> = names.get(form.key()).cloned().unwrap_or_default();
    if found.is_empty() && in_part && !form.key().is_empty() {
        found = names.iter().filter(|(name, _)| holds_in_a_row(name, form.key())).flat_map(|(_, nodes)| nodes.iter().copied()).collect();
    }
    if found.is_empty() {
        let labels = hierarchy.names().folded.iter().flat_map(|(folded, nodes)| nodes.iter().map(move |&node| (folded.as_str(), node)));
        let nearest = nearest(&form.folded, labels.map(|(folded, node)| (folded, top(hierarchy, node).segments()[0].clone())));
        return Err(SearchError::UnknownValue { field: facet.name(), typed: typed.to_owned(), nearest });
    }
    let mut paths: Vec<FacetPath> = found.iter().map(|&node| top(hierarchy, node).clone()).collect();
    paths.sort();
    let alternatives: Vec<(String, Values)> =
        paths.iter().map(|path| (path.segments()[0].clone(), Values::paths(facet, vec![path.clone()]))).collect();
    let labels: Vec<&str> = alternatives.iter().map(|(label, _)| label.as_str()).collect();
    let label = labels.join("; ");
    let notices = ambiguous(facts, typed, &alternatives)?;
    let read = values(facet.name(), typed, Values::paths(facet, paths), label);
    Ok(Read { notices, ..read })
}

fn top(hierarchy: &Hierarchy, node: u32) -> &FacetPath {
    &hierarchy.nodes()[node as usize].path
}

/// Whether a phrase holds another one, whole syllables in a row.
fn holds_in_a_row(phrase: &str, part: &str) -> bool {
    phrase.match_indices(part).any(|(at, _)| {
        let end = at + part.len();
        (at == 0 || phrase.as_bytes()[at - 1] == b' ') && (end == phrase.len() || phrase.as_bytes()[end] == b' ')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_name_is_whole_syllables() {
        assert!(holds_in_a_row("nguyễn mạnh hùng", "mạnh hùng") && holds_in_a_row("nguyễn mạnh hùng", "nguyễn mạnh hùng"));
        assert!(!holds_in_a_row("nguyễn mạnh hùng", "mạnh hù") && !holds_in_a_row("nguyễn mạnh hùng", "ạnh hùng"));
        assert!(!holds_in_a_row("nguyễn mạnh hùng", "nguyễn hùng"));
    }
}
