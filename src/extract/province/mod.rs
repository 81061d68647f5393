//! A clean article → the provincial units it is about, those it only mentions, and why.
//!
//! Input → output: title, header, text, publisher, the event's date → [`Provinces`] with evidence. Names are
//! found by the authority's gazetteer ([`survey`]), read from their surroundings ([`context`]), weighed
//! ([`weigh`]); the publisher's own province counts only for a text that speaks of its own locality.

mod context;
mod era;
mod places;
mod rule;
mod source;
mod survey;
mod ward;
mod weigh;

use super::places::Places;
use crate::article::{CleanArticle, EventDate, Evidence, EvidenceClass, ProvinceStatus, Provinces, UnitId, UnitMention, UnitName};
use crate::authority::{Authority, PlaceWord, Unit, Units};
use crate::extract::rule::RuleText;
use era::Era;
use jiff::civil::Date;
use rule::{PlaceRule, Rule, StatusRule};
use source::{Publisher, ToldBy};
use survey::Survey;
use weigh::{Evident, Field, Weighed};

/// The rules of provinces and places.
pub(super) const RULES: &[&[RuleText]] = &[Rule::ALL, StatusRule::ALL, PlaceRule::ALL];

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
    let publisher = source::publisher(article, units, &authority.publishers);
    let surveys = weigh::surveys(article, places, units, era.is_of_new_map());
    let era = era.narrowed(article, &surveys, units);
    let weighed = weigh::weigh(article, &surveys, publisher.as_ref().map(|publisher| publisher.slug.as_str()), units);

    let source_unit = publisher.as_ref().map(|publisher| era.unit(&publisher.slug, units).0);
    let mut evidence: Vec<Evidence> =
        publisher.iter().filter_map(|publisher| publisher_evidence(article, publisher, "source.unit_id")).collect();
    let mut about = mentions(article, &weighed.about, "about", &[], &era, units, publisher.as_ref(), &mut evidence);
    let mentioned = mentions(article, &weighed.mentioned, "mentioned", &about, &era, units, publisher.as_ref(), &mut evidence);
    evidence.extend(places::place(article, &surveys, &era, units, &mut about));
    let status = if about.is_empty() { weighed.status_without_units } else { ProvinceStatus::Units };
    evidence.extend(status_evidence(article, &surveys, status));
    PlaceFinding { provinces: Provinces { status, about, mentioned }, source_unit, evidence }
}

/// Words kept as evidence of a status.
const MAX_STATUS_WORDS: usize = 3;

/// The first words that make a story one of the country, or of another.
fn status_evidence(article: &CleanArticle, surveys: &[(Field, Survey<'_>)], status: ProvinceStatus) -> Vec<Evidence> {
    let (rule, class) = match status {
        ProvinceStatus::National => (StatusRule::National, PlaceWord::Central),
        ProvinceStatus::Foreign => (StatusRule::Foreign, PlaceWord::Foreign),
        ProvinceStatus::Units | ProvinceStatus::Unknown => return Vec::new(),
    };
    let words = surveys.iter().flat_map(|(field, survey)| survey.words.iter().map(move |&(start, end, of)| (*field, start, end, of)));
    let evidence = |(field, start, end): (Field, usize, usize)| Evidence {
        value: "provinces.status".to_owned(),
        field: field.name().to_owned(),
        start,
        end,
        quote: field.text(article)[start..end].to_owned(),
        rule: rule.id().to_owned(),
        class: EvidenceClass::Derived,
    };
    let of_class = words.filter(|&(.., of)| of == class).map(|(field, start, end, _)| evidence((field, start, end)));
    of_class.take(MAX_STATUS_WORDS).collect()
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
        evidence.extend(one.places.iter().map(|&place| named_evidence(article, &value, place)));
        evidence.extend(era.evidence(article, &value, &id, units));
        mentions.push(mention(id, one.rule.id(), units));
    }
    mentions
}

/// A unit, by slug or by id, as an article of a day names it; `rule` says why it does.
///
/// A slug stands for the unit of that name on that day, or the nearest; without a day, for one of unknown era where it had several.
pub fn unit_mention(slug_or_id: &str, day: Option<Date>, rule: &str, units: &Units) -> UnitMention {
    let id = if slug_or_id.contains('@') { UnitId(slug_or_id.to_owned()) } else { Era::of_day(day).unit(slug_or_id, units).0 };
    mention(id, rule, units)
}

fn mention(id: UnitId, rule: &str, units: &Units) -> UnitMention {
    let name = |unit: &Unit| UnitName { unit_id: UnitId(unit.id.clone()), unit: unit.label.clone() };
    UnitMention {
        unit: units.name(&id.0).to_owned(),
        era: units.era_label(&id.0).map(str::to_owned),
        today: units.todays_of(&id.0).into_iter().map(name).collect(),
        rule: rule.to_owned(),
        places: Vec::new(),
        unit_id: id,
    }
}

fn named_evidence(article: &CleanArticle, value: &str, Evident { field, start, end, rule }: Evident) -> Evidence {
    let class = if matches!(rule, Rule::District | Rule::Ward) { EvidenceClass::Derived } else { EvidenceClass::Stated };
    let quote = field.text(article)[start..end].to_owned();
    Evidence { value: value.to_owned(), field: field.name().to_owned(), start, end, quote, rule: rule.id().to_owned(), class }
}

/// The publisher's name, or its address or its folder's settings where these told the province.
fn publisher_evidence(article: &CleanArticle, publisher: &Publisher, value: &str) -> Option<Evidence> {
    let (field, text) = match (publisher.told_by, article.source.as_deref(), article.url.as_deref()) {
        (ToldBy::Folder, ..) => ("meta:tracuu.toml", article.folder_unit.as_deref()?),
        (ToldBy::Name(..), Some(source), _) => ("source", source),
        (ToldBy::Address, Some(source), None) => ("source", source),
        (_, _, Some(url)) => ("meta:url", url),
        _ => return None,
    };
    let (start, end) = match publisher.told_by {
        ToldBy::Name(start, end) => (start, end),
        ToldBy::Address | ToldBy::Folder => (0, text.len()),
    };
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

#[cfg(test)]
mod tests;
