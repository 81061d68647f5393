//! Abbreviations in a query: which of its parts are one, and what else is written for the same.
//!
//! Input → output: parts of a query → a graph of all the ways in which they are written. Its backbone is the long form, so that
//! `UBMTTQ`, `Ủy ban MTTQ` and the name in full words are one graph. Unambiguous short forms (`UBND`) stand for their long form
//! in any case, and it for them. Ambiguous ones (`CA`) count only in capitals, typed and found; and a long form stands for
//! such letters only where they have no other reading: `công an` finds `CA`, but `chủ tịch` no `CT`, which is `chỉ thị` too.

use super::shape::{Edge, Graph, Place, Sequence};
use crate::analysis::Stream;
use crate::authority::{Abbreviation, Abbreviations};
use crate::text::{canonical_phrase, fold, is_syllable};
use std::collections::BTreeSet;
use std::ops::Range;

/// The tables of abbreviations: the program's, and that of the archive.
pub(super) struct Expansions<'a> {
    tables: [&'a Abbreviations; 2],
}

/// A part of a query: a term of the syllable stream.
#[derive(Clone, Debug)]
pub(super) struct QueryPart {
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// Canonical term.
    pub canonical: String,
    /// The same without diacritics.
    pub folded: String,
}

/// How the letters of a query are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letters {
    /// Whether plain words are looked for without diacritics.
    pub is_folded: bool,
    /// Whether capitals say anything.
    pub capitals_tell: bool,
}

/// An abbreviation in a query.
struct Short<'a> {
    parts: usize,
    rows: Vec<&'a Abbreviation>,
}

impl Short<'_> {
    /// Where the letters are looked for as typed: in capitals only if each reading of theirs is.
    fn stream(&self, letters: Letters) -> Stream {
        match self.rows.iter().all(|row| counts_in_capitals(row)) {
            true => Stream::Capitals,
            false => stream(letters),
        }
    }
}

/// A syllable of the backbone.
struct Link {
    canonical: String,
    folded: String,
    /// Whether its diacritics are known: typed, or those of a long form.
    is_known: bool,
}

impl<'a> Expansions<'a> {
    pub fn new(bundled: &'a Abbreviations, of_archive: &'a Abbreviations) -> Expansions<'a> {
        Expansions { tables: [bundled, of_archive] }
    }

    /// How many parts from `at` on are an abbreviation, the longest one; 0 for none.
    pub fn short_length_at(&self, text: &str, parts: &[QueryPart], at: usize, capitals_tell: bool) -> usize {
        self.short_at(text, parts, at, capitals_tell).map_or(0, |short| short.parts)
    }

    /// How many parts from `at` on are an abbreviation or the long form of one, the longest; 0 for none. A long form may itself
    /// be abbreviated in part: `Ủy ban MTTQ`. It counts only where `may_end` says so of the part after it.
    pub fn length_at(&self, text: &str, parts: &[QueryPart], at: usize, letters: Letters, may_end: impl Fn(usize) -> bool) -> usize {
        let short = self.short_length_at(text, parts, at, letters.capitals_tell);
        if is_in_code(text, &parts[at].span) {
            return short;
        }
        let (mut phrase, mut found, mut end) = (String::new(), 0, at);
        while end < parts.len() && phrase.split(' ').count() <= self.longest() {
            phrase.extend((end > at).then_some(' '));
            end += match self.short_at(text, parts, end, letters.capitals_tell) {
                Some(inner) => {
                    let long = inner.rows.first().map_or(String::new(), |row| canonical_phrase(&row.long));
                    phrase.push_str(&if letters.is_folded { fold(&long) } else { long });
                    inner.parts
                }
                None => {
                    phrase.push_str(if letters.is_folded { &parts[end].folded } else { &parts[end].canonical });
                    1
                }
            };
            if may_end(end) && self.shorts_of(&phrase, letters.is_folded).next().is_some() {
                found = end - at;
            }
        }
        found.max(short)
    }

    /// What was typed, abbreviations not written out.
    pub fn typed(&self, text: &str, parts: &[QueryPart], range: Range<usize>, letters: Letters) -> Sequence {
        let mut typed = Vec::with_capacity(range.len());
        while typed.len() < range.len() {
            let at = range.start + typed.len();
            let short = self.short_at(text, &parts[..range.end], at, letters.capitals_tell);
            let length = short.as_ref().map_or(1, |short| short.parts);
            let stream = short.map_or(stream(letters), |short| short.stream(letters));
            typed.extend(parts[at..at + length].iter().map(|part| place(stream, &part.canonical, &part.folded)));
        }
        typed
    }

    /// Some parts in every way that they are written.
    pub fn graph(&self, text: &str, parts: &[QueryPart], range: Range<usize>, letters: Letters) -> Graph {
        let mut backbone: Vec<Link> = Vec::new();
        let mut edges: Vec<Edge> = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let from = backbone.len();
            match self.short_at(text, &parts[..range.end], at, letters.capitals_tell) {
                None => {
                    let QueryPart { canonical, folded, .. } = parts[at].clone();
                    if !letters.is_folded && is_in_code(text, &parts[at].span) {
                        let terms = with_barred_d(&canonical);
                        if !terms.is_empty() {
                            push(&mut edges, from, from + 1, vec![Place { stream: Stream::Syllable, terms }]);
                        }
                    }
                    backbone.push(Link { canonical, folded, is_known: !letters.is_folded });
                    at += 1;
                }
                Some(short) => {
                    let stream = short.stream(letters);
                    let typed = parts[at..at + short.parts].iter().map(|part| place(stream, &part.canonical, &part.folded)).collect();
                    let longs: Vec<Vec<Link>> =
                        distinct(short.rows.iter().map(|row| canonical_phrase(&row.long))).map(|long| links(&long)).collect();
                    let to = from + longs.first().map_or(0, Vec::len);
                    push(&mut edges, from, to, typed);
                    for other in &longs[1..] {
                        written(other, letters).into_iter().for_each(|places| push(&mut edges, from, to, places));
                        let long = phrase_of(other);
                        self.shorts_of(&long, false).for_each(|row| push(&mut edges, from, to, short_places(row, letters)));
                    }
                    backbone.extend(longs.into_iter().next().unwrap_or_default());
                    at += short.parts;
                }
            }
        }
        let key = |link: &Link| if letters.is_folded { link.folded.clone() } else { link.canonical.clone() };
        for from in 0..backbone.len() {
            self.each_phrase(backbone[from..].iter().map(key), |phrase, length| {
                for row in self.shorts_of(phrase, letters.is_folded) {
                    push(&mut edges, from, from + length, short_places(row, letters));
                }
            });
        }
        with_plain_edges(backbone, edges, letters)
    }

    /// The abbreviation that begins at a part, the longest one.
    fn short_at(&self, text: &str, parts: &[QueryPart], at: usize, capitals_tell: bool) -> Option<Short<'a>> {
        let mut found = None;
        self.each_phrase(parts[at..].iter().map(|part| part.folded.clone()), |phrase, length| {
            let span = parts[at].span.start..parts[at + length - 1].span.end;
            let in_capitals = capitals_tell && !text[span.clone()].chars().any(char::is_lowercase);
            let mut rows: Vec<&Abbreviation> = self.tables.iter().flat_map(|table| table.by_folded_short(phrase)).collect();
            rows.retain(|row| !row.ambiguous || in_capitals);
            // CD is CĐ only where nothing is written CD; and VH-TT is not what VH&TT is.
            let spelt = parts[at..at + length].iter().map(|part| part.canonical.as_str()).collect::<Vec<_>>().join(" ");
            let typed = text[span.clone()].to_lowercase();
            keep_if_any(&mut rows, |row| canonical_phrase(&row.short) == spelt);
            keep_if_any(&mut rows, |row| row.short.to_lowercase() == typed);
            if !rows.is_empty() && !is_in_code(text, &span) {
                found = Some(Short { parts: length, rows });
            }
        });
        found
    }

    /// The short forms that a long form stands for.
    fn shorts_of(&self, long: &str, is_folded: bool) -> impl Iterator<Item = &'a Abbreviation> {
        let rows = move |table: &&'a Abbreviations| -> Vec<&'a Abbreviation> {
            if is_folded { table.by_folded_long(long).collect() } else { table.by_long(long).collect() }
        };
        let rows: Vec<&Abbreviation> = self.tables.iter().flat_map(rows).collect();
        rows.into_iter().filter(|row| !row.ambiguous || self.has_one_reading(row))
    }

    fn has_one_reading(&self, row: &Abbreviation) -> bool {
        let (short, long) = (canonical_phrase(&row.short), canonical_phrase(&row.long));
        self.tables.iter().flat_map(|table| table.by_short(&short)).all(|other| canonical_phrase(&other.long) == long)
    }

    /// Number of parts of the longest form.
    fn longest(&self) -> usize {
        self.tables.iter().map(|table| table.longest()).max().unwrap_or(0)
    }

    /// Calls `each` with the phrases of the first one, two … terms, and how many they are.
    fn each_phrase(&self, terms: impl Iterator<Item = String>, mut each: impl FnMut(&str, usize)) {
        let mut phrase = String::new();
        for (length, term) in (1..).zip(terms.take(self.longest())) {
            phrase.extend((length > 1).then_some(' '));
            phrase.push_str(&term);
            each(&phrase, length);
        }
    }
}

/// Whether letters are part of a longer code, as `TW` in `57-NQ/TW`: then they are looked for as they stand.
fn is_in_code(text: &str, span: &Range<usize>) -> bool {
    /// No code is longer on either side, in letters.
    const MAX_SIDE: usize = 64;
    let is_inside = |letter: &char| !letter.is_whitespace();
    let before: String = text[..span.start].chars().rev().take_while(is_inside).take(MAX_SIDE).collect();
    let after: String = text[span.end..].chars().take_while(is_inside).take(MAX_SIDE).collect();
    let has = |kind: fn(char) -> bool| [before.as_str(), &text[span.clone()], &after].iter().any(|side| side.contains(kind));
    let is_joined = before.contains(char::is_alphanumeric) || after.contains(char::is_alphanumeric);
    is_joined && has(|letter| letter.is_numeric() || letter == '/')
}

/// The letters of a code that was typed without đ, as it is written with it: `nd` → nđ, `qd` → qđ.
fn with_barred_d(code: &str) -> Vec<String> {
    /// Kinds of documents and the bodies that issue them are short.
    const MAX_LETTERS: usize = 5;
    if code.len() > MAX_LETTERS || !code.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Vec::new();
    }
    code.match_indices('d').map(|(at, d)| format!("{}đ{}", &code[..at], &code[at + d.len()..])).collect()
}

/// Whether letters count only where they stand in capitals: those of several readings that are a word too. `ca` is one; `tw` is none, so
/// that `TW` is found in a headline that is all in capitals.
fn counts_in_capitals(row: &Abbreviation) -> bool {
    row.ambiguous && canonical_phrase(&row.short).split(' ').all(is_syllable)
}

fn stream(letters: Letters) -> Stream {
    if letters.is_folded { Stream::Folded } else { Stream::Syllable }
}

fn place(stream: Stream, canonical: &str, folded: &str) -> Place {
    Place::of(stream, if matches!(stream, Stream::Folded | Stream::Undiacritic) { folded } else { canonical })
}

/// A short form as it stands in articles.
fn short_places(row: &Abbreviation, letters: Letters) -> Sequence {
    let stream = if counts_in_capitals(row) { Stream::Capitals } else { stream(letters) };
    canonical_phrase(&row.short).split(' ').map(|term| place(stream, term, &fold(term))).collect()
}

fn links(long: &str) -> Vec<Link> {
    long.split(' ').map(|term| Link { canonical: term.to_owned(), folded: fold(term), is_known: true }).collect()
}

fn phrase_of(links: &[Link]) -> String {
    links.iter().map(|link| link.canonical.as_str()).collect::<Vec<_>>().join(" ")
}

/// Syllables as they stand in articles. In a query without diacritics, those of a long form are known all the same:
/// they are looked for as spelt, and in text that was typed without.
fn written(links: &[Link], letters: Letters) -> Vec<Sequence> {
    let in_stream = |stream| links.iter().map(|link| place(stream, &link.canonical, &link.folded)).collect::<Sequence>();
    match (letters.is_folded, links.iter().all(|link| link.is_known)) {
        (false, _) => vec![in_stream(Stream::Syllable)],
        (true, true) => vec![in_stream(Stream::Syllable), in_stream(Stream::Undiacritic)],
        (true, false) => vec![in_stream(Stream::Folded)],
    }
}

/// The backbone itself, in as few edges as the others leave whole.
fn with_plain_edges(backbone: Vec<Link>, edges: Vec<Edge>, letters: Letters) -> Graph {
    let mut nodes: BTreeSet<usize> = edges.iter().flat_map(|edge| [edge.from, edge.to]).chain([0, backbone.len()]).collect();
    if letters.is_folded {
        nodes.extend((1..backbone.len()).filter(|&at| backbone[at - 1].is_known != backbone[at].is_known));
    }
    let nodes: Vec<usize> = nodes.into_iter().collect();
    let mut graph = Graph { edges, end: backbone.len() };
    for pair in nodes.windows(2) {
        written(&backbone[pair[0]..pair[1]], letters).into_iter().for_each(|places| push(&mut graph.edges, pair[0], pair[1], places));
    }
    graph
}

fn push(edges: &mut Vec<Edge>, from: usize, to: usize, places: Sequence) {
    let edge = Edge { from, to, places };
    if !edges.contains(&edge) {
        edges.push(edge);
    }
}

fn keep_if_any<'a>(rows: &mut Vec<&'a Abbreviation>, fits: impl Fn(&'a Abbreviation) -> bool) {
    if rows.iter().any(|row| fits(row)) {
        rows.retain(|row| fits(row));
    }
}

fn distinct(phrases: impl Iterator<Item = String>) -> impl Iterator<Item = String> {
    let mut seen = BTreeSet::new();
    phrases.filter(move |phrase| seen.insert(phrase.clone()))
}
