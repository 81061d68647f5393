//! A clean article → the provincial units it is about, those it only mentions, and why.
//!
//! Input → output: title, header, text, publisher, the event's date → [`Provinces`] with evidence. Names are
//! found by the authority's gazetteer ([`survey`]), read from their surroundings ([`context`]), weighed
//! ([`weigh`]); the publisher's own province counts only for a text that speaks of its own locality.

mod context;
mod rule;
mod source;
mod survey;
mod weigh;

use super::places::Places;
use crate::article::{CleanArticle, EventDate, Evidence, EvidenceClass, ProvinceStatus, Provinces, UnitId, UnitMention, UnitName};
use crate::authority::{Authority, Unit, Units};
use jiff::civil::Date;
use rule::Rule;
use source::Publisher;
use weigh::{Field, Weighed};

/// The provinces of an article, that of its publisher, and what they rest on.
#[derive(Debug)]
pub(super) struct PlaceFinding {
    /// What the article is about, and mentions.
    pub provinces: Provinces,
    /// The publisher's own province.
    pub source_unit: Option<UnitId>,
    /// For `provinces.about[…]`, `provinces.mentioned[…]`, `source.unit_id`.
    pub evidence: Vec<Evidence>,
}

/// Finds out where the article belongs.
pub(super) fn provinces(article: &CleanArticle, event: &EventDate, places: &Places, authority: &Authority) -> PlaceFinding {
    let units = &authority.units;
    let era = Era::of(article, event);
    let publisher = source::publisher(article, units);
    let weighed = weigh::weigh(article, publisher.as_ref().map(|publisher| publisher.slug.as_str()), places);

    let source_unit = publisher.as_ref().map(|publisher| era.unit(&publisher.slug, units).0);
    let mut evidence: Vec<Evidence> =
        publisher.iter().filter_map(|publisher| publisher_evidence(article, publisher, "source.unit_id")).collect();
    let about = mentions(article, &weighed.about, "about", &[], &era, units, publisher.as_ref(), &mut evidence);
    let mentioned = mentions(article, &weighed.mentioned, "mentioned", &about, &era, units, publisher.as_ref(), &mut evidence);
    let status = if about.is_empty() { weighed.status_without_units } else { ProvinceStatus::Units };
    PlaceFinding { provinces: Provinces { status, about, mentioned }, source_unit, evidence }
}

#[expect(clippy::too_many_arguments, reason = "a step of `provinces`, not an interface")]
fn mentions(
    article: &CleanArticle,
    weighed: &[Weighed],
    list: &str,
    taken: &[UnitMention],
    era: &Era,
    units: &Units,
    publisher: Option<&Publisher>,
    evidence: &mut Vec<Evidence>,
) -> Vec<UnitMention> {
    let mut mentions: Vec<UnitMention> = Vec::new();
    for one in weighed {
        let id = era.unit_named(one, units);
        if taken.iter().chain(&mentions).any(|mention| mention.unit_id == id) {
            continue;
        }
        let value = format!("provinces.{list}[{}]", mentions.len());
        if one.rule == Rule::Source {
            evidence.extend(publisher.and_then(|publisher| publisher_evidence(article, publisher, &value)));
        }
        evidence.extend(one.places.iter().map(|&(field, start, end)| named_evidence(article, &value, field, (start, end), one)));
        mentions.push(mention(id, one.rule, units));
    }
    mentions
}

fn mention(id: UnitId, rule: Rule, units: &Units) -> UnitMention {
    let name = |unit: &Unit| UnitName { unit_id: UnitId(unit.id.clone()), unit: unit.label.clone() };
    UnitMention {
        unit: units.name(&id.0).to_owned(),
        era: units.era_label(&id.0).map(str::to_owned),
        today: units.todays_of(&id.0).into_iter().map(name).collect(),
        rule: rule.id().to_owned(),
        unit_id: id,
    }
}

fn named_evidence(article: &CleanArticle, value: &str, field: Field, (start, end): (usize, usize), one: &Weighed) -> Evidence {
    let class = if one.rule == Rule::District { EvidenceClass::Derived } else { EvidenceClass::Stated };
    let quote = field.text(article)[start..end].to_owned();
    Evidence { value: value.to_owned(), field: field.name().to_owned(), start, end, quote, rule: one.rule.id().to_owned(), class }
}

/// The publisher's name, or its address where that told the province.
fn publisher_evidence(article: &CleanArticle, publisher: &Publisher, value: &str) -> Option<Evidence> {
    let (field, text) = match (publisher.span, article.source.as_deref(), article.url.as_deref()) {
        (Some(_), Some(source), _) => ("source", source),
        (None, Some(source), None) => ("source", source),
        (_, _, Some(url)) => ("meta:url", url),
        _ => return None,
    };
    let (start, end) = publisher.span.unwrap_or((0, text.len()));
    Some(Evidence {
        value: value.to_owned(),
        field: field.to_owned(),
        start,
        end,
        quote: text[start..end].to_owned(),
        rule: Rule::Source.id().to_owned(),
        class: EvidenceClass::Inferred,
    })
}

// ---------------------------------------------------------------- eras

/// The day whose map counts.
struct Era(Option<Date>);

/// The city of Huế under its two names, and the day between them.
const HUE: (&str, &str, Date) = ("thua-thien-hue", "hue", Date::constant(2025, 1, 1));

impl Era {
    /// The event's day, else that of the publication.
    fn of(article: &CleanArticle, event: &EventDate) -> Era {
        let published = || article.published.as_ref().and_then(|published| published.interval()).map(|interval| interval.from);
        Era(event.from.or_else(published))
    }

    /// The id of a weighed unit; a district stands for the unit that its land belonged to that day.
    fn unit_named(&self, one: &Weighed, units: &Units) -> UnitId {
        let (id, unit) = self.unit(&one.slug, units);
        let merged = || unit.filter(|unit| self.0.is_some_and(|day| !unit.covers(day) && day > unit.valid_from))?.today.first().cloned();
        if one.only_districts { merged().map_or(id, UnitId) } else { id }
    }

    /// The unit of a slug that day, or the nearest; of unknown era where the day is unknown and the name has several.
    fn unit<'a>(&self, slug: &str, units: &'a Units) -> (UnitId, Option<&'a Unit>) {
        let (before, since, change) = HUE;
        let slug = match self.0 {
            Some(day) if slug == since && day < change => before,
            Some(day) if slug == before && day >= change => since,
            _ => slug,
        };
        let unit = match (self.0, units.by_slug(slug)) {
            (Some(day), _) => units.nearest_era(slug, day),
            (None, [only]) => Some(only),
            (None, _) => None,
        };
        (UnitId(unit.map_or_else(|| crate::authority::of_unknown_era(slug), |unit| unit.id.clone())), unit)
    }
}

#[cfg(test)]
mod tests;
