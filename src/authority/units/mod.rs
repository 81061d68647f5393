//! Provincial units in their eras: which there were, which there are, what they are called.
//!
//! Input → output: a slug and a day, an id, or what a person typed → units. Finding their names in
//! a text is [`Gazetteer`]'s part, deciding what an article is about is that of `extract`.

mod gazetteer;
mod local;
mod resolve;
mod spelling;
mod table;

pub use gazetteer::{District, DistrictKind, Place, PlaceHit, PlaceName, PlaceWord};
pub use local::{LocalKind, LocalPlace, WardHit, WardKind, local_id};
pub use resolve::{Resolution, ResolutionKind};

use gazetteer::Gazetteer;
use jiff::civil::Date;
use local::Locals;
use resolve::NameIndex;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The day on which 63 units became 34.
pub const MERGER: Date = Date::constant(2025, 7, 1);

/// What a unit is in law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitKind {
    /// *tỉnh*
    Province,
    /// *thành phố trực thuộc trung ương*
    City,
    /// *đặc khu* of the level of a province
    Zone,
}

/// A provincial unit in one era: one name, one area, one stretch of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// `ninh-binh@1992`: slug and year of the first day.
    pub id: String,
    /// `ninh-binh`: what its eras have in common.
    pub slug: String,
    /// `Ninh Bình`, without "tỉnh" or "thành phố".
    pub label: String,
    /// Province or city.
    pub kind: UnitKind,
    /// First day; 1976-01-01 for whatever is older than the reforms of 1975/76.
    pub valid_from: Date,
    /// Last day; none for a unit of today.
    pub valid_to: Option<Date>,
    /// Ids of today's units that its land belongs to; itself for a unit of today.
    pub today: Vec<String>,
    /// Ids of the units that it became after its last day; none for a unit of today.
    pub next: Vec<String>,
    /// `đến 6/2025`, `từ 7/2025`: where the label alone would be ambiguous.
    pub era_label: Option<String>,
}

impl Unit {
    /// Whether the unit was there on a day.
    pub fn covers(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// All units, with the look-ups over them.
#[derive(Debug)]
pub struct Units {
    /// By slug, then by first day.
    units: Vec<Unit>,
    by_id: HashMap<String, usize>,
    by_slug: HashMap<String, std::ops::Range<usize>>,
    names: NameIndex,
    /// Made when the first text is read: to answer a query it is not needed.
    gazetteer: OnceLock<Gazetteer>,
    /// Made at the first call: most runs of the program need no place below the provinces.
    locals: OnceLock<Locals>,
}

/// What stands behind `@` where the era is not known.
const UNKNOWN_ERA: &str = "?";

/// How an unknown era is shown.
pub const UNKNOWN_ERA_LABEL: &str = "không rõ thời kỳ";

impl Units {
    /// Name and text of the tables that are part of the program.
    pub const TABLES: &[(&str, &str)] = &[
        ("units", table::UNITS),
        ("unit_variants", table::VARIANTS),
        ("districts", table::DISTRICTS),
        ("wards", table::WARDS),
        ("regions", table::REGIONS),
        ("place_words", table::PLACE_WORDS),
    ];

    /// The units of the bundled tables.
    pub fn bundled() -> Units {
        let units = table::units();
        let by_id = units.iter().enumerate().map(|(at, unit)| (unit.id.clone(), at)).collect();
        let by_slug = units.chunk_by(|one, next| one.slug == next.slug).scan(0, |start, eras| {
            let range = *start..*start + eras.len();
            *start = range.end;
            Some((eras[0].slug.clone(), range))
        });
        let by_slug = by_slug.collect();
        let names = NameIndex::new(&units);
        Units { units, by_id, by_slug, names, gazetteer: OnceLock::new(), locals: OnceLock::new() }
    }

    /// The unit of an id; none for `slug@?`.
    pub fn get(&self, id: &str) -> Option<&Unit> {
        self.by_id.get(id).map(|&at| &self.units[at])
    }

    /// The 34 units of today, by slug.
    pub fn today(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(|unit| unit.valid_to.is_none())
    }

    /// The last era of every slug that is no more, by slug.
    pub fn former(&self) -> impl Iterator<Item = &Unit> {
        self.units.chunk_by(|one, next| one.slug == next.slug).filter_map(<[Unit]>::last).filter(|unit| unit.valid_to.is_some())
    }

    /// Every era of a slug, the oldest first; empty for an unknown slug.
    pub fn by_slug(&self, slug: &str) -> &[Unit] {
        self.by_slug.get(slug).map_or(&[], |range| &self.units[range.clone()])
    }

    /// The era of a slug on a day.
    pub fn at(&self, slug: &str, day: Date) -> Option<&Unit> {
        self.by_slug(slug).iter().find(|unit| unit.covers(day))
    }

    /// The era of a slug on a day, or the nearest one: the last before it, else the first.
    ///
    /// A former unit keeps being talked about under its name; a unit is rarely named before it exists.
    pub fn nearest_era(&self, slug: &str, day: Date) -> Option<&Unit> {
        let eras = self.by_slug(slug);
        self.at(slug, day).or_else(|| eras.iter().rfind(|unit| unit.valid_from <= day)).or(eras.first())
    }

    /// The units of today's map behind an id, `slug@?` included: that of the slug, else those of its last era.
    pub fn todays_of(&self, id: &str) -> Vec<&Unit> {
        let last_of_slug = || self.by_slug(slug_of(id)).last();
        let unit = self.get(id).or_else(last_of_slug);
        unit.map(|unit| unit.today.iter().filter_map(|today| self.get(today)).collect()).unwrap_or_default()
    }

    /// The name of an id without its era; the id itself where it is unknown.
    pub fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.get(id).or_else(|| self.by_slug(slug_of(id)).last()).map_or(id, |unit| &unit.label)
    }

    /// The era of an id in words, where its name alone is ambiguous.
    pub fn era_label<'a>(&'a self, id: &'a str) -> Option<&'a str> {
        match self.get(id) {
            Some(unit) => unit.era_label.as_deref(),
            None => id.ends_with(UNKNOWN_ERA).then_some(UNKNOWN_ERA_LABEL),
        }
    }

    /// The name of an id, with its era where the name alone is ambiguous: `Ninh Bình (đến 6/2025)`.
    pub fn label(&self, id: &str) -> String {
        match self.era_label(id) {
            Some(era) => format!("{} ({era})", self.name(id)),
            None => self.name(id).to_owned(),
        }
    }

    /// The units that became a unit of that id, among others; empty for one of the reforms of 1975/76.
    pub fn before(&self, id: &str) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(move |unit| unit.next.iter().any(|next| next == id))
    }

    /// Whether a place lies in a unit, as far as the tables tell: in one of that slug, or in one that became it or that it became.
    ///
    /// Of `slug@?`, only the slug is known.
    pub fn holds(&self, id: &str, place: &LocalPlace) -> bool {
        let last_day = match place.kind {
            LocalKind::District(_) => MERGER.yesterday().unwrap_or(MERGER),
            LocalKind::Ward(_) => MERGER,
        };
        let own = self.nearest_era(place.province, last_day).map_or("", |unit| unit.id.as_str());
        slug_of(id) == place.province || self.becomes(id, own) || self.becomes(own, id)
    }

    /// Whether a unit became another one, at once or later.
    fn becomes(&self, id: &str, later: &str) -> bool {
        let mut open: Vec<&str> = vec![id];
        while let Some(unit) = open.pop().and_then(|id| self.get(id)) {
            if unit.next.iter().any(|next| next == later) {
                return true;
            }
            open.extend(unit.next.iter().map(String::as_str));
        }
        false
    }

    /// The wards of the new map that a text names, in order.
    ///
    /// One pass. Spans are bytes of `text`, which must be composed ([`crate::text::compose`]).
    pub fn wards(&self, text: &str) -> Vec<WardHit<'_>> {
        self.locals().wards(text)
    }

    /// The place of an id within a unit of today's map.
    pub fn local_place(&self, today: &str, id: &str) -> Option<&LocalPlace> {
        let in_today = |place: &&LocalPlace| self.todays_of_slug(place.province).any(|unit| unit.slug == today);
        let mut places = self.locals().of_id(id);
        places.find(in_today).or_else(|| self.locals().of_id(id).next())
    }

    /// The units of today's map that a slug's last unit lies in.
    pub fn todays_of_slug(&self, slug: &str) -> impl Iterator<Item = &Unit> {
        self.by_slug(slug).last().into_iter().flat_map(|unit| unit.today.iter().filter_map(|today| self.get(today)))
    }

    /// A district as a place, with its id.
    pub fn place_of_district(&self, district: &District) -> &LocalPlace {
        &self.locals().all()[district.number]
    }

    fn locals(&self) -> &Locals {
        self.locals.get_or_init(Locals::bundled)
    }

    /// Names of places in a text, in order, not overlapping; see [`Place`].
    ///
    /// One pass. Spans are bytes of `text`, which must be composed ([`crate::text::compose`]).
    pub fn places<'a>(&'a self, text: &'a str) -> impl Iterator<Item = PlaceHit<'a>> {
        self.gazetteer.get_or_init(|| Gazetteer::new(&self.units)).find(text)
    }
}

/// The id of a slug whose era is not known: `ninh-binh@?`.
pub fn of_unknown_era(slug: &str) -> String {
    format!("{slug}@{UNKNOWN_ERA}")
}

fn slug_of(id: &str) -> &str {
    id.split('@').next().unwrap_or(id)
}

#[cfg(test)]
mod tests;
