//! The article's day → which of the units of a name it means.
//!
//! Input → output: event, publication and, where neither is known, what the text speaks of as in force → the map that counts.
//! A former unit keeps its name, a name with several units and no day stays of unknown era.

use super::context::{Context, Prefix};
use super::rule::Rule;
use super::survey::{Found, Reading, Survey};
use super::weigh::{Field, Weighed};
use crate::article::{CleanArticle, EventDate, Evidence, EvidenceClass, UnitId};
use crate::authority::{MERGER, Unit, Units, of_unknown_era};
use jiff::civil::Date;

/// The map that counts.
pub(super) enum Era {
    /// That of a day.
    Day(Date),
    /// No day is known, but the text speaks of a body that was dissolved with the merger as in force; where it names it.
    OldMap {
        /// The text.
        field: Field,
        /// First byte of the name.
        start: usize,
        /// One past its last byte.
        end: usize,
    },
    /// Nothing is known.
    Unknown,
}

/// The city of Huế under its two names, and the day between them.
const HUE: (&str, &str, Date) = ("thua-thien-hue", "hue", Date::constant(2025, 1, 1));

/// Words of a text that may look back on the old map.
const HINDSIGHT: [&str; 9] = ["sáp nhập", "hợp nhất", "hai cấp", "2 cấp", " cũ", "(cũ", "trước đây", "2026", "7/2025"];

impl Era {
    /// The map of a day, if one is known.
    pub fn of_day(day: Option<Date>) -> Era {
        day.map_or(Era::Unknown, Era::Day)
    }

    /// The event's day, else that of the publication.
    pub fn of(article: &CleanArticle, event: &EventDate) -> Era {
        let published = || article.published.as_ref().and_then(|published| published.interval()).map(|interval| interval.from);
        Era::of_day(event.from.or_else(published))
    }

    /// Without a day: the old map, where the text speaks of its districts or provinces as in force.
    pub fn narrowed(self, article: &CleanArticle, surveys: &[(Field, Survey<'_>)], units: &Units) -> Era {
        if !matches!(self, Era::Unknown) {
            return self;
        }
        let names = surveys.iter().flat_map(|(field, survey)| survey.names.iter().map(move |found| (*field, found)));
        let in_force = names.into_iter().find(|(_, found)| is_dissolved_body(found, units));
        let looks_back = || HINDSIGHT.iter().any(|word| article.title.contains(word) || article.body.contains(word));
        match in_force {
            Some((field, found)) if !looks_back() => Era::OldMap { field, start: found.spot.start, end: found.spot.end },
            _ => self,
        }
    }

    /// What the era of a unit rests on, where it is not the article's day.
    pub fn evidence(&self, article: &CleanArticle, value: &str, id: &UnitId, units: &Units) -> Option<Evidence> {
        let Era::OldMap { field, start, end } = *self else { return None };
        let was_unclear = units.get(&id.0).is_some() && units.by_slug(id.slug()).len() > 1;
        was_unclear.then(|| Evidence {
            value: format!("{value}.era"),
            field: field.name().to_owned(),
            start,
            end,
            quote: field.text(article)[start..end].to_owned(),
            rule: Rule::Era.id().to_owned(),
            class: EvidenceClass::Derived,
        })
    }

    /// Whether the day lies on the map since the merger.
    pub fn is_of_new_map(&self) -> bool {
        matches!(self, Era::Day(day) if *day >= MERGER)
    }

    /// The id of a weighed unit; a district stands for the unit that its land belonged to that day.
    pub fn unit_named(&self, one: &Weighed, units: &Units) -> UnitId {
        let (id, unit) = self.unit(&one.slug, units);
        let is_over = |unit: &&Unit| matches!(self, Era::Day(day) if !unit.covers(*day) && *day > unit.valid_from);
        let merged = || unit.filter(is_over)?.today.first().cloned();
        if one.only_districts { merged().map_or(id, UnitId) } else { id }
    }

    /// The unit of a slug on that map, or the nearest; of unknown era where the map is unknown and the name has several.
    pub fn unit<'a>(&self, slug: &str, units: &'a Units) -> (UnitId, Option<&'a Unit>) {
        let (before, since, change) = HUE;
        let slug = match self {
            Era::Day(day) if slug == since && *day < change => before,
            Era::Day(day) if slug == before && *day >= change => since,
            _ => slug,
        };
        let unit = match (self, units.by_slug(slug)) {
            (Era::Day(day), _) => units.nearest_era(slug, *day),
            (_, [only]) => Some(only),
            (Era::OldMap { .. }, [old, new]) if new.valid_from == MERGER => Some(old),
            _ => None,
        };
        (UnitId(unit.map_or_else(|| of_unknown_era(slug), |unit| unit.id.clone())), unit)
    }
}

/// `UBND huyện X`, `Công an tỉnh Y` of a province that is no more.
fn is_dissolved_body(found: &Found<'_>, units: &Units) -> bool {
    let around = found.spot.around;
    around.context == Context::Body
        && match (around.prefix, found.reading()) {
            (Prefix::District(_), _) => found.districts().next().is_some(),
            (Prefix::Province, Reading::Unit(slug)) => units.by_slug(slug).last().is_some_and(|unit| unit.valid_to.is_some()),
            _ => false,
        }
}
