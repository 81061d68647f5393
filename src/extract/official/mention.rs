//! Every mention of the people found, full names and short ones ("ông Dũng").
//!
//! A short name is that of the person named last before whose name ends so, whether an official or not.

use super::person::{foreign_name, name_key, shown, vietnamese_name};
use super::reader::Reader;
use super::unit::is_rather_a_person;
use crate::authority::{Particle, Term};
use std::collections::HashMap;

/// Most syllables of a short name.
const MAX_SHORT: usize = 2;

/// The spans of each person's mentions, in order. `people` finds them by the keys of their names, `keys` holds the fullest.
pub fn mentions(reader: &Reader, people: &HashMap<String, usize>, keys: &[&str]) -> Vec<Vec<(usize, usize)>> {
    let mut spans = vec![Vec::new(); keys.len()];
    let mut owners: HashMap<String, Option<usize>> = HashMap::new();
    let mut at = 0;
    while at < reader.tokens.len() {
        let Some(found) = mention_at(reader, at, people, keys, &mut owners) else {
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

fn mention_at(
    reader: &Reader,
    at: usize,
    people: &HashMap<String, usize>,
    keys: &[&str],
    owners: &mut HashMap<String, Option<usize>>,
) -> Option<Mention> {
    if reader.is_capital(at) {
        if let Some((after, place)) = reader.place(at)
            && !is_rather_a_person(reader, at, after, &place)
        {
            return Some(Mention { start: at, end: after, person: None });
        }
        let names = [vietnamese_name(reader, at), foreign_name(reader, at)];
        for (rank, name) in names.into_iter().flatten().enumerate() {
            // A name may have taken a word too many: a shorter one that is known wins.
            for end in (name.tokens.start + 1..=name.tokens.end).rev() {
                let mut name = name.clone();
                name.tokens.end = end;
                let key = name_key(&shown(reader, &name));
                if let Some(&person) = people.get(&key) {
                    own(owners, &key, Some(person));
                    return Some(Mention { start: at, end, person: Some(person) });
                }
            }
            if rank == 0 && name.vietnamese && name.certain {
                let key = name_key(&shown(reader, &name));
                own(owners, &key, None);
                return Some(Mention { start: at, end: name.tokens.end, person: None });
            }
        }
    }
    let (after, Term::Particle(Particle::Honorific) | Term::Post(_)) = reader.term(at)? else { return None };
    if !reader.is_capital(after) {
        return None;
    }
    short_name(reader, after, keys, owners)
}

fn own(owners: &mut HashMap<String, Option<usize>>, key: &str, person: Option<usize>) {
    if let Some(last) = key.rsplit(' ').next() {
        owners.insert(last.to_owned(), person);
    }
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
