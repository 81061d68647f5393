//! Abbreviations in a query: which of its syllables are one, and what else is written for the same.
//!
//! Unambiguous ones (`UBND`) stand for their long form in any case, and the long form for them. Ambiguous ones (`CA`) only
//! where they are typed in capitals and capitals tell something, and never the other way round.

use crate::authority::{Abbreviation, Abbreviations};
use crate::text::{canonical_phrase, fold};
use std::collections::HashMap;

/// The table of abbreviations, found however their letters are typed.
pub(super) struct Expansions<'a> {
    by_short: HashMap<String, Vec<&'a Abbreviation>>,
    /// Unambiguous ones by canonical long form.
    by_long: HashMap<String, Vec<&'a Abbreviation>>,
    /// The same, folded.
    by_folded_long: HashMap<String, Vec<&'a Abbreviation>>,
    longest: usize,
}

/// A part of a query: a term of the syllable stream.
#[derive(Clone, Debug)]
pub(super) struct QueryPart {
    /// Its bytes in the text.
    pub span: std::ops::Range<usize>,
    /// Canonical term.
    pub canonical: String,
    /// The same without diacritics.
    pub folded: String,
}

/// What is written for the same as some parts of a query.
pub(super) struct Expansion {
    /// How many parts were read as one.
    pub parts: usize,
    /// Other ways to write it.
    pub others: Vec<String>,
}

impl<'a> Expansions<'a> {
    pub fn new(abbreviations: &'a Abbreviations) -> Expansions<'a> {
        let mut table = Expansions { by_short: HashMap::new(), by_long: HashMap::new(), by_folded_long: HashMap::new(), longest: 1 };
        for row in abbreviations.iter() {
            let (short, long) = (fold(&canonical_phrase(&row.short)), canonical_phrase(&row.long));
            table.longest = table.longest.max(long.split(' ').count());
            table.by_short.entry(short).or_default().push(row);
            if !row.ambiguous {
                table.by_folded_long.entry(fold(&long)).or_default().push(row);
                table.by_long.entry(long).or_default().push(row);
            }
        }
        table
    }

    /// How many parts from `at` on are an abbreviation, the longest one; 0 for none.
    pub fn short_at(&self, text: &str, parts: &[QueryPart], at: usize, capitals_tell: bool) -> usize {
        self.short_rows(text, parts, at, capitals_tell).map_or(0, |(length, _)| length)
    }

    /// What stands from `at` on as an abbreviation or as a long form, the longest reading.
    pub fn at(&self, text: &str, parts: &[QueryPart], at: usize, capitals_tell: bool, is_folded: bool) -> Option<Expansion> {
        if let Some((parts, rows)) = self.short_rows(text, parts, at, capitals_tell) {
            let mut others: Vec<String> = rows.iter().map(|row| row.long.clone()).collect();
            for row in rows.iter().filter(|row| !row.ambiguous) {
                others.extend(self.by_long.get(&canonical_phrase(&row.long)).into_iter().flatten().map(|other| other.short.clone()));
            }
            return Some(Expansion { parts, others });
        }
        let index = if is_folded { &self.by_folded_long } else { &self.by_long };
        let rows = |length| index.get(&joined(&parts[at..at + length], is_folded));
        let (length, rows) = self.lengths(parts, at).find_map(|length| Some((length, rows(length)?)))?;
        Some(Expansion { parts: length, others: rows.iter().map(|row| row.short.clone()).collect() })
    }

    fn short_rows(&self, text: &str, parts: &[QueryPart], at: usize, capitals_tell: bool) -> Option<(usize, Vec<&'a Abbreviation>)> {
        self.lengths(parts, at).find_map(|length| {
            let run = &parts[at..at + length];
            let typed = &text[run[0].span.start..run[length - 1].span.end];
            let in_capitals = capitals_tell && !typed.chars().any(char::is_lowercase);
            let rows: Vec<_> = self.by_short.get(&joined(run, true))?.iter().copied().filter(|row| !row.ambiguous || in_capitals).collect();
            (!rows.is_empty()).then_some((length, rows))
        })
    }

    fn lengths(&self, parts: &[QueryPart], at: usize) -> impl Iterator<Item = usize> {
        (1..=self.longest.min(parts.len() - at)).rev()
    }
}

fn joined(parts: &[QueryPart], is_folded: bool) -> String {
    let terms: Vec<&str> = parts.iter().map(|part| if is_folded { part.folded.as_str() } else { part.canonical.as_str() }).collect();
    terms.join(" ")
}
