//! Every mention of the people found, full names and short ones ("ông Dũng").
//!
//! A short name is that of the person named last before whose name ends so, whether an official or not.

use super::person::{PersonName, foreign_name, name_key, shown, vietnamese_name};
use super::reader::Reader;
use super::unit::is_rather_a_person;
use crate::authority::{Particle, Term, Word};
use crate::text::{canonical, parts};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Most syllables of a short name.
const MAX_SHORT: usize = 2;

/// The spans of each person's mentions, in order. `people` finds them by the keys of their names, `keys` holds the fullest.
pub fn mentions(reader: &Reader, people: &HashMap<String, usize>, keys: &[&str]) -> Vec<Vec<(usize, usize)>> {
    let mut spans = vec![Vec::new(); keys.len()];
    let first_words = FirstWords::of(people, reader);
    let mut search = Search { reader, people, first_words, keys, owners: HashMap::new() };
    let mut at = 0;
    while at < reader.tokens.len() {
        let Some(found) = search.mention_at(at) else {
            at += 1;
            continue;
        };
        if let Some(person) = found.person {
            let bytes = reader.bytes(found.start..found.end);
            spans[person].push((bytes.start, bytes.end));
        }
        at = found.end.max(at + 1);
    }
    spans
}

struct Mention {
    start: usize,
    end: usize,
    person: Option<usize>,
}

struct Search<'s, 'a> {
    reader: &'s Reader<'a>,
    people: &'s HashMap<String, usize>,
    /// Where none of them stands, no name is put together.
    first_words: FirstWords<'s>,
    keys: &'s [&'s str],
    /// By the last word of a name: who was named so last; nobody where it was a private person.
    owners: HashMap<String, Option<usize>>,
}

impl Search<'_, '_> {
    fn mention_at(&mut self, at: usize) -> Option<Mention> {
        let reader = self.reader;
        if reader.is_capital(at) {
            if let Some((after, place)) = reader.place(at)
                && !is_rather_a_person(reader, at, after, &place)
            {
                return Some(Mention { start: at, end: after, person: None });
            }
            if let Some(found) = self.full_name(at) {
                return Some(found);
            }
        }
        let (after, Term::Particle(Particle::Honorific) | Term::Post(_)) = reader.term(at)? else { return None };
        if !reader.is_capital(after) {
            return None;
        }
        short_name(reader, after, self.keys, &self.owners)
    }

    /// A whole name: of one of the people, or surely of somebody else.
    fn full_name(&mut self, at: usize) -> Option<Mention> {
        let name = vietnamese_name(self.reader, at);
        let known = self.first_words.begin(self.reader, at);
        if known && let Some(found) = name.as_ref().and_then(|name| self.known_name(name)) {
            return Some(found);
        }
        if let Some(name) = name.filter(|name| name.certain) {
            let last = self.reader.word(name.tokens.end - 1);
            if let Some(owner) = self.owners.get_mut(&term(last, parts(last).last())) {
                *owner = None;
            }
            return Some(Mention { start: at, end: name.tokens.end, person: None });
        }
        let foreign = if known { foreign_name(self.reader, at) } else { None };
        self.known_name(&foreign?)
    }

    /// One of the people. The name may have taken a word too many: a shorter one that is known wins.
    fn known_name(&mut self, name: &PersonName) -> Option<Mention> {
        let start = name.tokens.start;
        (start + 1..=name.tokens.end).rev().find_map(|end| {
            let key = name_key(&shown(self.reader, &PersonName { tokens: start..end, ..name.clone() }));
            let &person = self.people.get(&key)?;
            if let Some(last) = key.rsplit(' ').next() {
                self.owners.insert(last.to_owned(), Some(person));
            }
            Some(Mention { start, end, person: Some(person) })
        })
    }
}

/// The first words of people's names.
struct FirstWords<'s> {
    terms: HashSet<&'s str>,
    /// Those that stand in the tables: told without making a term.
    words: HashSet<Word>,
}

impl<'s> FirstWords<'s> {
    fn of(people: &'s HashMap<String, usize>, reader: &Reader) -> FirstWords<'s> {
        let terms: HashSet<&str> = people.keys().filter_map(|key| key.split(' ').next()).collect();
        let words = terms.iter().map(|term| reader.authority.words().of(term)).filter(|&word| word != Word::NONE);
        FirstWords { words: words.collect(), terms }
    }

    /// Whether one of them begins a token, "K'Thanh" too.
    fn begin(&self, reader: &Reader, at: usize) -> bool {
        let word = reader.word(at);
        match (reader.table_word(at), parts(word).next()) {
            (known, Some(first)) if known != Word::NONE && first.len() == word.len() => self.words.contains(&known),
            (_, first) => self.terms.contains(term(word, first).as_str()),
        }
    }
}

/// The term of a part of a word.
fn term(word: &str, part: Option<Range<usize>>) -> String {
    part.map(|part| canonical(&word[part])).unwrap_or_default()
}

/// The name behind an address: one or two words that end some full name.
fn short_name(reader: &Reader, start: usize, keys: &[&str], owners: &HashMap<String, Option<usize>>) -> Option<Mention> {
    let run = (start..start + MAX_SHORT + 1).take_while(|&at| reader.is_capital(at)).count();
    if run == 0 || run > MAX_SHORT {
        return None;
    }
    let key = name_key(reader.quote(start..start + run));
    let person = (*owners.get(key.rsplit(' ').next()?)?)?;
    let ends = keys[person].strip_suffix(key.as_str()).is_some_and(|before| before.ends_with(' '));
    ends.then_some(Mention { start, end: start + run, person: Some(person) })
}
