//! Text → names of places in it: units, districts, other countries, words of the centre and of a locality.
//!
//! One pass of an Aho-Corasick automaton over the stored text; the longest name that begins first wins
//! (`Quảng Nam - Đà Nẵng`, `Thái Bình Dương`). Only whole words count. Says what stands there, not what it means.

use super::Unit;
use super::spelling::spellings;
use super::table::{self, Use};
use crate::text::is_word_letter;
use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};
use jiff::civil::Date;
use std::collections::HashMap;

/// The kind of a district.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DistrictKind {
    /// *huyện*
    Rural,
    /// *quận*
    Urban,
    /// *thị xã*
    Town,
    /// *thành phố* within a province or a city
    City,
}

impl DistrictKind {
    /// The kind of a word, `huyện` or `quận` …, in lower case.
    pub fn of(word: &str) -> Option<DistrictKind> {
        Some(match word {
            "huyện" => DistrictKind::Rural,
            "quận" => DistrictKind::Urban,
            "thị xã" => DistrictKind::Town,
            "thành phố" => DistrictKind::City,
            _ => return None,
        })
    }
}

/// A district of one of the 63 provinces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct District {
    /// Its place in the table.
    pub number: usize,
    /// `Krông Nô`
    pub name: &'static str,
    /// Its last kind.
    pub kind: DistrictKind,
    /// Slug of its province.
    pub province: &'static str,
    /// Its last day.
    pub valid_to: Date,
}

/// The class of a word that is no name of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceWord {
    /// Another country, its capital, its offices.
    Foreign,
    /// Bodies and words of the whole country.
    Central,
    /// Bodies and words of a province or district that is not named: `tỉnh ta`, `UBND huyện`.
    Local,
    /// Holds a unit's name and is something else: `Thái Bình Dương`.
    Decoy,
}

/// What a name may stand for: a unit, districts, or both (`Quảng Ninh`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceName {
    /// Slug of the unit.
    pub unit: Option<String>,
    /// The name alone says little: a person (`Hồ Chí Minh`), a battle (`Điện Biên Phủ`), a former unit, an old name (`Sài Gòn`).
    pub weak: bool,
    /// Districts of that name.
    pub districts: Vec<District>,
}

/// What stands at a place of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// A name of a unit or of districts.
    Name(&'a PlaceName),
    /// Another word.
    Word(PlaceWord),
}

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceHit<'a> {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What stands there.
    pub place: Place<'a>,
}

#[derive(Debug)]
enum Entry {
    Name(PlaceName),
    Word(PlaceWord),
}

#[derive(Debug)]
pub(super) struct Gazetteer {
    openings: Openings,
    /// Asked only where a name may begin: at the start of what it is given.
    automaton: AhoCorasick,
    entries: Vec<Entry>,
    /// Pattern → entry.
    entry_of: Vec<u32>,
}

/// Units that ended before this year are named mostly in other senses today (a river, a mountain range, a person).
const WEAK_BEFORE_YEAR: i16 = 2005;

/// The one unit of today whose bare name is a person.
const NAMED_FOR_A_PERSON: &str = "ho-chi-minh";

impl Gazetteer {
    pub(super) fn new(units: &[Unit]) -> Gazetteer {
        let mut builder = Builder::default();
        for (phrase, class) in table::place_words() {
            builder.word(phrase, class);
        }
        for eras in units.chunk_by(|one, next| one.slug == next.slug) {
            let Some(unit) = eras.last() else { continue };
            let ended = unit.valid_to.is_some_and(|last| last.year() < WEAK_BEFORE_YEAR);
            builder.unit(&unit.label, &unit.slug, ended || unit.slug == NAMED_FOR_A_PERSON);
        }
        for (name, slug, usage) in table::variants().filter(|&(.., usage)| usage != Use::Filter) {
            builder.unit(name, slug, usage == Use::Weak);
        }
        for district in table::districts() {
            builder.district(district);
        }
        for name in table::not_alone() {
            builder.name(name).weak = true;
        }
        builder.build()
    }

    pub(super) fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = PlaceHit<'a>> {
        let whole = |start: usize, end: usize| !text[..start].ends_with(is_word_letter) && !text[end..].starts_with(is_word_letter);
        let mut at = 0;
        let next = move || loop {
            at = self.openings.next(text.as_bytes(), at)?;
            match self.automaton.find(Input::new(text).range(at..).anchored(Anchored::Yes)) {
                Some(found) => {
                    at = found.end();
                    return Some(found);
                }
                None => at += 1,
            }
        };
        std::iter::from_fn(next).filter(move |found| whole(found.start(), found.end())).map(|found| {
            let place = match &self.entries[self.entry_of[found.pattern().as_usize()] as usize] {
                Entry::Name(name) => Place::Name(name),
                Entry::Word(class) => Place::Word(*class),
            };
            PlaceHit { start: found.start(), end: found.end(), place }
        })
    }
}

/// How names begin: most places of a text are passed over by one look.
#[derive(Debug)]
struct Openings {
    /// By byte: where a name may begin with it.
    first: [Begins; 256],
    /// Hashes of the first [`OPENING_BYTES`] of every name that has so many.
    long: Vec<u64>,
    /// Hashes of the first two bytes of every other name.
    short: Vec<u64>,
}

/// Where the names may stand that begin with a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begins {
    /// There are none.
    Nowhere,
    /// Words with a small letter: not within another word.
    Words,
    /// Within a word too ("tỉnhThừa Thiên-Huế"), so that no part of the name is found there.
    Anywhere,
}

/// Two letters or more of a name.
const OPENING_BYTES: usize = 6;

/// Bits of a hash; of the places that some hundred openings leave, few are asked in vain.
const HASH_BITS: u32 = 15;

impl Openings {
    fn of(names: &[String]) -> Openings {
        let mut openings =
            Openings { first: [Begins::Nowhere; 256], long: vec![0; 1 << (HASH_BITS - 6)], short: vec![0; 1 << (HASH_BITS - 6)] };
        for name in names.iter().map(String::as_bytes) {
            let (set, hash) = match name.len() {
                OPENING_BYTES.. => (&mut openings.long, Self::hash(&name[..OPENING_BYTES])),
                2.. => (&mut openings.short, Self::hash(&name[..2])),
                _ => panic!("{name:?} is too short to be told from other words"),
            };
            set[hash / 64] |= 1 << (hash % 64);
            openings.first[usize::from(name[0])] = if name[0].is_ascii_lowercase() { Begins::Words } else { Begins::Anywhere };
        }
        openings
    }

    fn hash(opening: &[u8]) -> usize {
        let mut bytes = [0; 8];
        bytes[..opening.len()].copy_from_slice(opening);
        (u64::from_le_bytes(bytes).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - HASH_BITS)) as usize
    }

    /// The next place from `at` on where a name may begin.
    fn next(&self, text: &[u8], at: usize) -> Option<usize> {
        let holds = |set: &[u64], opening: &[u8]| {
            let hash = Self::hash(opening);
            set[hash / 64] >> (hash % 64) & 1 == 1
        };
        (at..text.len()).find(|&at| {
            let begins = match self.first[usize::from(text[at])] {
                Begins::Nowhere => false,
                Begins::Words => at == 0 || !text[at - 1].is_ascii_alphanumeric(),
                Begins::Anywhere => true,
            };
            begins
                && (text.get(at..at + OPENING_BYTES).is_some_and(|opening| holds(&self.long, opening))
                    || text.get(at..at + 2).is_some_and(|opening| holds(&self.short, opening)))
        })
    }
}

#[derive(Default)]
struct Builder {
    entries: Vec<Entry>,
    names: HashMap<String, u32>,
    patterns: Vec<String>,
    entry_of: Vec<u32>,
    taken: HashMap<String, u32>,
}

impl Builder {
    fn word(&mut self, phrase: &str, class: PlaceWord) {
        let entry = self.push(Entry::Word(class));
        self.spell(phrase, entry);
        if matches!(class, PlaceWord::Local | PlaceWord::Central) {
            let mut letters = phrase.chars();
            let Some(first) = letters.next() else { return };
            let tail = letters.as_str();
            self.spell(&format!("{}{tail}", first.to_uppercase()), entry);
            self.spell(&format!("{}{tail}", first.to_lowercase()), entry);
        }
    }

    fn unit(&mut self, name: &str, slug: &str, weak: bool) {
        let entry = self.name(name);
        entry.unit = Some(slug.to_owned());
        entry.weak = weak;
    }

    fn district(&mut self, district: District) {
        self.name(district.name).districts.push(district.clone());
        // "UBND quận 1": the word of a numbered district is part of its name, and is written small within a sentence.
        if let (Some(number), Some(&entry)) =
            (district.name.strip_prefix("Quận "), self.names.get(&crate::text::canonical_phrase(district.name)))
        {
            self.spell(&format!("quận {number}"), entry);
        }
        for name in highland_spellings(district.name) {
            let also = &mut self.name(&name).districts;
            if !also.contains(&district) {
                also.push(district.clone());
            }
        }
    }

    /// The entry of a name, made with all its spellings if it is new.
    fn name(&mut self, name: &str) -> &mut PlaceName {
        let key = crate::text::canonical_phrase(name);
        let entry = match self.names.get(&key) {
            Some(&entry) => entry,
            None => {
                let entry = self.push(Entry::Name(PlaceName::default()));
                self.names.insert(key, entry);
                entry
            }
        };
        self.spell(name, entry);
        match &mut self.entries[entry as usize] {
            Entry::Name(name) => name,
            Entry::Word(_) => unreachable!("names are looked up among names"),
        }
    }

    fn push(&mut self, entry: Entry) -> u32 {
        self.entries.push(entry);
        (self.entries.len() - 1) as u32
    }

    /// Adds the spellings; one that stands already keeps its first meaning.
    fn spell(&mut self, name: &str, entry: u32) {
        for spelling in spellings(name) {
            if !self.taken.contains_key(&spelling) {
                self.taken.insert(spelling.clone(), entry);
                self.patterns.push(spelling);
                self.entry_of.push(entry);
            }
        }
    }

    fn build(self) -> Gazetteer {
        let builder = &mut AhoCorasick::builder();
        let automaton = builder.match_kind(MatchKind::LeftmostLongest).start_kind(StartKind::Anchored).build(&self.patterns);
        let automaton = automaton.expect("a few thousand short patterns stay far below the limits of the automaton");
        Gazetteer { openings: Openings::of(&self.patterns), automaton, entries: self.entries, entry_of: self.entry_of }
    }
}

/// Spellings of highland syllables that the press mixes: (as in the table, as also written).
const HIGHLAND_SYLLABLES: [(&str, &str); 10] = [
    ("Đắk", "Đăk"),
    ("Đắk", "Đak"),
    ("Đắk", "Đắc"),
    ("Đắk", "Dak"),
    ("Đăk", "Đắk"),
    ("Đăk", "Đak"),
    ("Krông", "Krong"),
    ("R'Lấp", "R'lấp"),
    ("Pleiku", "Plei Ku"),
    ("Buôn Ma Thuột", "Ban Mê Thuột"),
];

fn highland_spellings(name: &str) -> Vec<String> {
    let mut spelt: Vec<String> = vec![name.to_owned()];
    for (standard, other) in HIGHLAND_SYLLABLES {
        let also: Vec<String> = spelt.iter().filter(|one| one.contains(standard)).map(|one| one.replace(standard, other)).collect();
        spelt.extend(also);
    }
    spelt.sort();
    spelt.dedup();
    spelt.retain(|one| one != name);
    spelt
}

#[cfg(test)]
mod tests {
    use super::super::Units;
    use super::*;

    fn found(units: &Units, text: &str) -> Vec<String> {
        let describe = |hit: PlaceHit<'_>| match hit.place {
            Place::Name(name) => {
                let districts = name.districts.iter().map(|district| district.province).collect::<Vec<_>>().join(",");
                format!("{}={}/{districts}", &text[hit.start..hit.end], name.unit.as_deref().unwrap_or(""))
            }
            Place::Word(class) => format!("{}={class:?}", &text[hit.start..hit.end]),
        };
        units.places(text).map(describe).collect()
    }

    #[test]
    fn names_are_found_at_their_bytes_in_every_spelling() {
        let units = Units::bundled();
        let cases: [(&str, &[&str]); 12] = [
            ("ở Thanh Hoá và HÒA BÌNH", &["Thanh Hoá=thanh-hoa/thanh-hoa", "HÒA BÌNH=hoa-binh/bac-lieu,hoa-binh"]),
            ("mong muốn hòa bình", &[]),
            ("Quảng Nam - Đà Nẵng", &["Quảng Nam - Đà Nẵng=quang-nam-da-nang/"]),
            ("châu Á - Thái Bình Dương", &["Thái Bình Dương=Decoy"]),
            ("huyện Quảng Ninh", &["Quảng Ninh=quang-ninh/quang-binh"]),
            ("TP.HCM và TPHCM", &["HCM=ho-chi-minh/", "TPHCM=ho-chi-minh/"]),
            ("TP.\nHCM", &["HCM=ho-chi-minh/"]),
            ("Bà Rịa – Vũng Tàu", &["Bà Rịa – Vũng Tàu=ba-ria-vung-tau/"]),
            ("Đăk R’lấp", &["Đăk R’lấp=/dak-nong"]),
            ("Đak Lak", &["Đak Lak=dak-lak/"]),
            ("Bình Thuậnh", &[]),
            ("quận Tân Phú", &["Tân Phú=/dong-nai,ho-chi-minh"]),
        ];
        for (text, expected) in cases {
            assert_eq!(found(&units, text), expected, "{text}");
        }
    }
}
