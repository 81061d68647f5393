//! Completion: the beginning of a query → words, officials and units that begin so, those first that stand most in the archive.
//!
//! Input → output: what stands in a search box → [`Completion`]s. What was typed with diacritics is never answered with others; typed without any, it is answered with
//! all spellings. A word is looked for in the table of words, and behind the syllables before it among the pairs of neighbours.

use super::begun::Begun;
use super::following::following;
use super::names::completions;
use super::shown::shown;
use crate::authority::Authority;
use crate::index::{Completed, FacetField, Generation, PrefixTable};
use crate::search::error::SearchError;
use crate::search::label;
use crate::text::{canonical_phrase, fold};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::HashSet;

/// Most completions that are given.
pub const MAX_COMPLETIONS: usize = 100;

/// Of the rows that begin so, so many are looked at for each that is wanted: names stand under several paths.
const LOOKED_AT: usize = 8;

/// One completion in so many may be a single syllable: they stand in more articles than any word, and say less.
const SYLLABLES: usize = 3;

/// One completion in so many is kept for officials, and one for units, whose whole name begins so, however many articles they stand in.
const NAMES: usize = 4;

/// What a search box may be filled up with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Completion {
    /// What to write in the place of what was typed from `start` on.
    pub text: String,
    /// What it is.
    pub kind: CompletionKind,
    /// Articles: whose body holds it, each two neighbours of it beside each other; of an official or unit, the total that its `path` selects.
    pub count: u64,
    /// The facet path of an official or unit; null for a word.
    pub path: Option<String>,
    /// The byte of what was typed (composed) that it begins at.
    pub start: usize,
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CompletionKind {
    /// A value of the province facet: a unit, a district, a ward.
    Province,
    /// A value of the official facet.
    Official,
    /// A word, or several.
    Word,
}

impl CompletionKind {
    /// Its name for people.
    pub fn label(self) -> &'static str {
        match self {
            CompletionKind::Province => "địa phương",
            CompletionKind::Official => "cán bộ",
            CompletionKind::Word => "từ",
        }
    }
}

/// What begins as typed, at most so many: the most frequent first.
///
/// The first call for a generation makes its tables.
///
/// # Errors
/// [`SearchError::Index`] for an index that cannot be read.
pub fn complete(generation: &Generation, authority: &Authority, typed: &str, limit: usize) -> Result<Vec<Completion>, SearchError> {
    let limit = limit.min(MAX_COMPLETIONS);
    let Some(begun) = Begun::of(typed, generation.analyzer()) else { return Ok(Vec::new()) };
    let tables = completions(generation, authority)?;
    let officials = names(&begun, generation, authority, FacetField::Official, &tables.officials, limit)?;
    let units = names(&begun, generation, authority, FacetField::Province, &tables.units, limit)?;
    let named: HashSet<String> = officials.iter().chain(&units).map(|name| canonical_phrase(&name.text)).collect();
    let mut words = words(&begun, generation, &tables.words, limit)?;
    words.retain(|word| !named.contains(&canonical_phrase(&word.text)));

    let mut chosen = Vec::new();
    let mut others = words;
    for names in [units, officials] {
        let (mut whole, mut rest): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| begun.begins(&name.text));
        rest.extend(whole.split_off(whole.len().min(limit.div_ceil(NAMES))));
        chosen.extend(whole);
        others.extend(rest);
    }
    let order = |one: &Completion, other: &Completion| {
        (Reverse(one.count), one.kind, &one.text, &one.path).cmp(&(Reverse(other.count), other.kind, &other.text, &other.path))
    };
    others.sort_by(order);
    chosen.truncate(limit);
    others.truncate(limit - chosen.len());
    chosen.extend(others);
    chosen.sort_by(order);
    Ok(chosen)
}

/// Officials or units whose names begin as what was typed, or as the last syllables of it.
fn names(
    begun: &Begun,
    generation: &Generation,
    authority: &Authority,
    facet: FacetField,
    table: &PrefixTable,
    limit: usize,
) -> Result<Vec<Completion>, SearchError> {
    let nodes = generation.hierarchy(facet)?.nodes();
    // One syllable alone says too little behind others.
    let syllables = begun.head.len() + usize::from(!begun.last.is_empty());
    for from in 0..=syllables.saturating_sub(2) {
        let mut seen = HashSet::new();
        let mut found = Vec::new();
        for row in beginning_so(begun, from, table).take(limit * LOOKED_AT) {
            let Some(node) = nodes.get(row.value as usize) else { continue };
            let (text, kind) = match facet {
                FacetField::Official => (node.path.segments()[0].clone(), CompletionKind::Official),
                _ => (label::of_value(facet, &node.path, authority), CompletionKind::Province),
            };
            let text = text.split(" (").next().unwrap_or(&text).to_owned();
            if seen.insert(text.clone()) {
                found.push(Completion {
                    text,
                    kind,
                    count: u64::from(row.count),
                    path: Some(node.path.to_string()),
                    start: begun.starts[from],
                });
            }
        }
        if !found.is_empty() {
            found.sort_by(|one, other| (Reverse(one.count), &one.text).cmp(&(Reverse(other.count), &other.text)));
            found.truncate(limit);
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// The rows of a table that begin as what was typed from a syllable on.
fn beginning_so<'a>(begun: &'a Begun, from: usize, table: &'a PrefixTable) -> impl Iterator<Item = Completed<'a>> + 'a {
    let head: String = begun.head[from..].iter().map(|syllable| format!("{syllable} ")).collect();
    let head = if begun.is_folded { fold(&head) } else { head };
    let beginnings = begun.last.iter().cloned().map(Some).chain(begun.last.is_empty().then_some(None));
    beginnings.flat_map(move |beginning| {
        let text = format!("{head}{}", beginning.as_ref().map_or("", |beginning| &beginning.text));
        let head_chars = head.chars().count();
        table.best(&text, begun.is_folded).take(MAX_COMPLETIONS * LOOKED_AT).filter(move |row| {
            let rest = row.phrase.char_indices().nth(head_chars).map_or("", |(at, _)| &row.phrase[at..]);
            beginning.as_ref().is_none_or(|beginning| if begun.is_folded { beginning.begins(&fold(rest)) } else { beginning.begins(rest) })
        })
    })
}

/// Words that begin as what was typed, or go on behind it; where there are none, behind the last syllables of it.
fn words(begun: &Begun, generation: &Generation, table: &PrefixTable, limit: usize) -> Result<Vec<Completion>, SearchError> {
    let syllables = limit.div_ceil(SYLLABLES);
    for from in 0..=begun.head.len() {
        if from == begun.head.len() && begun.last.is_empty() {
            break;
        }
        let (mut single, mut seen) = (0, HashSet::new());
        let mut found: Vec<(String, u64)> = Vec::new();
        let mut rows: Vec<Completed> = beginning_so(begun, from, table).collect();
        rows.sort_by_key(|row| Reverse(row.count));
        for row in rows {
            single += usize::from(!row.phrase.contains(' '));
            let is_wanted = row.phrase.contains(' ') || single <= syllables;
            if found.len() < limit && is_wanted && seen.insert(row.phrase.to_owned()) {
                found.push((row.phrase.to_owned(), u64::from(row.count)));
            }
        }
        if from < begun.head.len() {
            found.extend(following(begun, from, generation, table, limit)?.into_iter().filter(|(phrase, _)| seen.insert(phrase.clone())));
        }
        if !found.is_empty() {
            found.sort_by(|one, other| (Reverse(one.1), &one.0).cmp(&(Reverse(other.1), &other.0)));
            found.truncate(limit);
            let start = begun.starts[from];
            let word =
                |(phrase, count): (String, u64)| Completion { text: shown(&phrase), kind: CompletionKind::Word, count, path: None, start };
            return Ok(found.into_iter().map(word).collect());
        }
    }
    Ok(Vec::new())
}
