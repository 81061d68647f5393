//! The province or district that a post belongs to: the one it names, else the one in context.
//!
//! Input → output: the place that a post's words name, or none, and where they stand → a province of the article.

use super::reader::PlaceSpan;
use crate::article::{Provinces, UnitId};
use crate::authority::{Authority, Level, UnitKind};

/// A province as a post needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Province {
    /// Name without "tỉnh" or "thành phố".
    pub label: String,
    /// Its id, where the article's provinces hold it.
    pub unit_id: Option<UnitId>,
    /// Whether it is a city of the central level.
    pub city: bool,
}

/// The places of an article.
pub struct Context<'a> {
    /// What the article is about, and what it mentions.
    pub provinces: &'a Provinces,
    /// The tables.
    pub authority: &'a Authority,
    /// Names of places in the text, by first byte.
    pub places: &'a [PlaceSpan<'a>],
    /// The title and the publisher, which may name the district of posts where the text names none.
    pub own_texts: [&'a str; 2],
}

/// A district that the title or the publisher names.
#[derive(Clone, Copy, Debug)]
struct OwnDistrict<'a> {
    /// As written there.
    written: &'a str,
    place: PlaceSpan<'a>,
}

/// Bytes of a title or a publisher's name that are read for its district, each time one is asked for.
const LONGEST_OWN_TEXT: usize = 300;

impl<'a> OwnDistrict<'a> {
    /// The one district that a title or publisher names with the word for it: "UBND huyện Kim Sơn, Ninh Bình".
    fn named(text: &'a str, authority: &'a Authority) -> Option<Self> {
        let mut end = text.len().min(LONGEST_OWN_TEXT);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        let called = |place: &PlaceSpan| {
            let before = text[..place.start].to_lowercase();
            !place.name.districts.is_empty() && DISTRICT_WORDS.iter().any(|word| ends_with_word(&before, word))
        };
        let mut named = authority.units.places(text).filter_map(|hit| PlaceSpan::of(&hit)).filter(called);
        let place = named.next()?;
        named
            .all(|other| text[other.start..other.end] == text[place.start..place.end])
            .then(|| OwnDistrict { written: &text[place.start..place.end], place })
    }
}

/// How far before a post a province may be named that completes it, where the article is about none; in bytes.
const REACH: usize = 600;

/// How far behind the start of a post its unit may be named by the next post of the same breath; in bytes.
const AHEAD: usize = 90;

/// Longest word that is looked at, in letters.
const MAX_WORD: usize = 20;

/// Words before the name of a district.
const DISTRICT_WORDS: [&str; 6] = ["huyện", "quận", "thị xã", "thành phố", "tp", "tx"];

/// Whether the word before is capitalised: "Vũ Kim Sơn" is no Kim Sơn.
fn follows_a_capital(text: &str) -> bool {
    let Some(text) = text.strip_suffix(' ') else { return false };
    let word = text.chars().rev().take(MAX_WORD).take_while(|letter| letter.is_alphanumeric());
    word.last().is_some_and(char::is_uppercase)
}

/// Whether a text ends with a word, in whatever capitals, and a space or a point behind it.
fn ends_with_word(text: &str, word: &str) -> bool {
    let text = text.strip_suffix([' ', '\n']).unwrap_or(text);
    let text = text.strip_suffix('.').unwrap_or(text);
    let tail: Vec<char> = text.chars().rev().take(word.chars().count()).collect();
    tail.into_iter().rev().flat_map(char::to_lowercase).eq(word.chars())
}

impl Context<'_> {
    /// The province of that slug.
    pub fn province(&self, slug: &str) -> Province {
        let known = self.provinces.about.iter().chain(&self.provinces.mentioned).find(|unit| unit.unit_id.slug() == slug);
        let unit_id = known.map(|unit| unit.unit_id.clone());
        let units = &self.authority.units;
        let unit = unit_id.as_ref().and_then(|id| units.get(&id.0)).or_else(|| units.by_slug(slug).last());
        Province {
            label: known.map(|unit| unit.unit.clone()).or_else(|| unit.map(|unit| unit.label.clone())).unwrap_or_else(|| slug.to_owned()),
            unit_id,
            city: unit.is_some_and(|unit| unit.kind == UnitKind::City),
        }
    }

    /// The only city whose districts have numbers.
    pub fn city_of_numbered_districts(&self) -> Province {
        self.province("ho-chi-minh")
    }

    /// The province of a named place, read at a level: a province by that name, or that of a district.
    pub fn province_of(&self, place: &PlaceSpan, level: Level) -> Option<Province> {
        let name = place.name;
        let unit = name.unit.as_deref().map(|slug| self.province(slug));
        match level {
            Level::Province => unit,
            Level::City => unit.filter(|unit| unit.city || name.districts.is_empty()).or_else(|| self.province_of_district(place)),
            Level::District => self.province_of_district(place),
            _ => None,
        }
    }

    fn province_of_district(&self, place: &PlaceSpan) -> Option<Province> {
        let districts = &place.name.districts;
        let here = |slug: &str| self.provinces.about.iter().any(|unit| unit.unit_id.slug() == slug);
        let first = districts.first()?;
        let one = match districts.iter().all(|district| district.province == first.province) {
            true => Some(first),
            false => districts.iter().find(|district| here(district.province)),
        };
        one.map(|district| self.province(district.province))
    }

    /// The province in context: the one the article is about; of several, or of none, the last one named before.
    ///
    /// `city` asks for a city of the central level, or for none.
    pub fn province_before(&self, byte: usize, city: Option<bool>) -> Option<Province> {
        let about = &self.provinces.about;
        if let [one] = about.as_slice() {
            return Some(self.province(one.unit_id.slug()));
        }
        let reach = if about.is_empty() { REACH } else { usize::MAX };
        let fits = |slug: &str| about.is_empty() || about.iter().any(|unit| unit.unit_id.slug() == slug);
        let named = self
            .ahead(byte)
            .chain(self.before(byte, reach))
            .filter_map(|place| place.name.unit.as_deref().filter(|slug| !place.name.weak && fits(slug)));
        named.map(|slug| self.province(slug)).find(|province| city.is_none_or(|city| province.city == city))
    }

    /// The district named last before with a word for it ("huyện Tây Sơn"), in the province at hand.
    pub fn district_before(&self, text: &str, byte: usize) -> Option<&PlaceSpan<'_>> {
        let about = &self.provinces.about;
        let here = |place: &PlaceSpan, sure: bool| {
            let in_it = |slug: &str| about.is_empty() && !sure || about.iter().any(|unit| unit.unit_id.slug() == slug);
            place.name.districts.iter().any(|district| in_it(district.province))
        };
        let called_so =
            |place: &&PlaceSpan| here(place, false) && DISTRICT_WORDS.iter().any(|word| ends_with_word(&text[..place.start], word));
        let by_itself = |place: &&PlaceSpan| place.name.unit.is_none() && here(place, true) && !follows_a_capital(&text[..place.start]);
        // "Bí thư Huyện ủy, Chủ tịch UBND huyện Kim Sơn" names it a moment later.
        self.ahead(byte)
            .find(called_so)
            .or_else(|| self.before(byte, REACH * 8).find(called_so))
            .or_else(|| self.before(byte, REACH * 8).find(by_itself))
    }

    /// The district of title or publisher, if it is in a province that the article is about.
    pub fn own_district(&self) -> Option<(&str, Province)> {
        let own = self.own_texts.into_iter().find_map(|text| OwnDistrict::named(text, self.authority))?;
        let province = self.province_of_district(&own.place)?;
        let here = self.provinces.about.iter().any(|unit| unit.unit == province.label);
        here.then_some((own.written, province))
    }

    /// The province of the district or province that stands behind a name near a byte: "xã Tân Lập, huyện Vũ Thư", "xã Tân Lập (Thái Bình)".
    pub fn province_beside(&self, text: &str, name: &str, byte: usize) -> Option<Province> {
        const BEFORE: usize = 4000;
        const BEHIND: usize = 1000;
        const GAP: usize = 24;
        if name.len() < 3 {
            return None;
        }
        let mut start = byte.saturating_sub(BEFORE);
        while !text.is_char_boundary(start) {
            start += 1;
        }
        let mut end = (byte + BEHIND).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text[start..end].match_indices(name).find_map(|(at, _)| {
            let from = start + at + name.len();
            let next = self.places.partition_point(|place| place.start < from);
            let place = self.places.get(next).filter(|place| place.start - from <= GAP)?;
            let between = text[from..place.start].strip_prefix([',', ' '])?;
            let joined = text[from..].starts_with(',') || between.starts_with(['(', '-']);
            if !joined || between.contains(['\n', ';', ':']) || between.split(' ').any(|word| word.ends_with('.') && word.len() > 4) {
                return None;
            }
            // "xã Tân Lập, huyện Quảng Ninh" is not of the province of that name.
            let a_district = ["huyện", "quận", "thị xã", "tx"].iter().any(|word| ends_with_word(&text[..place.start], word));
            let level = if place.name.unit.is_some() && !place.name.weak && !a_district { Level::Province } else { Level::District };
            self.province_of(place, level)
        })
    }

    /// The places a few words behind a byte.
    fn ahead(&self, byte: usize) -> impl Iterator<Item = &PlaceSpan<'_>> {
        let start = self.places.partition_point(|place| place.start < byte);
        self.places[start..].iter().take_while(move |place| place.start - byte <= AHEAD)
    }

    /// The places before a byte, the nearest first.
    fn before(&self, byte: usize, reach: usize) -> impl Iterator<Item = &PlaceSpan<'_>> {
        let end = self.places.partition_point(|place| place.start < byte);
        self.places[..end].iter().rev().take(500).take_while(move |place| byte - place.start <= reach)
    }
}
