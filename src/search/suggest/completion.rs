//! Completion: the beginning of a query → words, officials and units that begin so, those first that stand most in the archive.
//!
//! Input → output: what stands in a search box → [`Completion`]s. What was typed with diacritics is never answered with others; typed without any, it is answered with
//! all spellings. A word is looked for in the table of words, and behind the syllables before it among the pairs of neighbours.

use super::begun::Begun;
use super::following::following;
use super::names::{completions, full_label, short_label};
use super::shown::shown;
use crate::article::FacetPath;
use crate::authority::Authority;
use crate::index::{Completed, FacetField, Generation, PrefixTable};
use crate::search::error::SearchError;
use crate::text::{canonical_phrase, fold};
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Most completions that are given.
pub const MAX_COMPLETIONS: usize = 100;

/// Of the rows that begin so, so many are looked at for each that is wanted: a name may begin so in several of its parts.
const LOOKED_AT: usize = 8;

/// One completion in so many may be a single syllable: they stand in more articles than any word, and say less.
const SYLLABLES: usize = 3;

/// One completion in so many is kept for officials, and one for units, whose whole name begins so, however many articles they stand in.
const NAMES: usize = 4;

/// What a search box may be filled up with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Completion {
    /// What to write in the place of what was typed from `start` on.
    pub text: String,
    /// What it is.
    pub kind: CompletionKind,
    /// Articles whose title or body holds it, each two neighbours of it side by side; of an official or unit, the total that its `path` selects.
    pub count: u64,
    /// The facet path of an official or unit; null for a word.
    pub path: Option<String>,
    /// The byte of what was typed (composed) that it begins at.
    pub start: usize,
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
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
    // Without what tells it apart.
    let bare = |name: &Completion| canonical_phrase(name.text.split([',', '(']).next().unwrap_or(&name.text).trim_end());
    let named: HashSet<String> = officials.iter().chain(&units).map(bare).collect();
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
    others.sort_by(in_order);
    chosen.truncate(limit);
    others.truncate(limit - chosen.len());
    chosen.extend(others);
    chosen.sort_by(in_order);
    Ok(chosen)
}

/// Most articles first.
fn in_order(one: &Completion, other: &Completion) -> Ordering {
    (Reverse(one.count), one.kind, &one.text, &one.path).cmp(&(Reverse(other.count), other.kind, &other.text, &other.path))
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
    let kind = if facet == FacetField::Official { CompletionKind::Official } else { CompletionKind::Province };
    // One syllable alone says too little behind others.
    let syllables = begun.head.len() + usize::from(!begun.last.is_empty());
    for from in 0..=syllables.saturating_sub(2) {
        let mut found: BTreeMap<&FacetPath, u32> = BTreeMap::new();
        for row in beginning_so(begun, from, table).take(limit * LOOKED_AT) {
            found.extend(nodes.get(row.value as usize).map(|node| (&node.path, row.count)));
        }
        if !found.is_empty() {
            let labels = labels(facet, found.keys().copied(), authority);
            let named = |((path, count), text): ((&FacetPath, u32), String)| Completion {
                text,
                kind,
                count: u64::from(count),
                path: Some(path.to_string()),
                start: begun.starts[from],
            };
            let mut names: Vec<Completion> = found.into_iter().zip(labels).map(named).collect();
            names.sort_by(in_order);
            names.truncate(limit);
            return Ok(names);
        }
    }
    Ok(Vec::new())
}

/// What facet values are called side by side: more is said of those that are called alike.
fn labels<'a>(facet: FacetField, paths: impl Iterator<Item = &'a FacetPath> + Clone, authority: &Authority) -> Vec<String> {
    let mut alike: HashMap<String, usize> = HashMap::new();
    let short: Vec<String> = paths.clone().map(|path| short_label(facet, path, authority)).collect();
    short.iter().for_each(|label| *alike.entry(label.clone()).or_default() += 1);
    paths.zip(short).map(|(path, label)| if alike[&label] > 1 { full_label(facet, path, authority) } else { label }).collect()
}

/// The rows of a table that begin as what was typed from a syllable on, in any of its spellings; the most frequent first.
fn beginning_so<'a>(begun: &'a Begun, from: usize, table: &'a PrefixTable) -> impl Iterator<Item = Completed<'a>> + 'a {
    let head: String = begun.head[from..].iter().map(|syllable| format!("{syllable} ")).collect();
    let head = if begun.is_folded { fold(&head) } else { head };
    let head_chars = head.chars().count();
    let beginnings = begun.last.iter().map(Some).chain(begun.last.is_empty().then_some(None));
    let rows = beginnings.map(|beginning| {
        let text = format!("{head}{}", beginning.map_or("", |beginning| &beginning.text));
        table.best(&text, begun.is_folded).take(MAX_COMPLETIONS * LOOKED_AT).filter(move |row| {
            let rest = row.phrase.char_indices().nth(head_chars).map_or("", |(at, _)| &row.phrase[at..]);
            beginning.is_none_or(|beginning| if begun.is_folded { beginning.begins(&fold(rest)) } else { beginning.begins(rest) })
        })
    });
    let mut spellings: Vec<_> = rows.map(Iterator::peekable).collect();
    std::iter::from_fn(move || {
        let first = spellings.iter_mut().enumerate().filter_map(|(at, rows)| Some((rows.peek()?.count, Reverse(at))));
        let (_, Reverse(at)) = first.max()?;
        spellings[at].next()
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
        for row in beginning_so(begun, from, table) {
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
