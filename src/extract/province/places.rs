//! The districts and wards that an article names → places of the units that it is about, each with its evidence.
//!
//! Input → output: the surveyed names, the units → [`PlaceMention`]s in them. A name of several places is the one that lies
//! in a unit which the article is about; if two do, the one whose province stands behind it, else none.

use super::context::Prefix;
use super::era::Era;
use super::rule::PlaceRule;
use super::survey::{Found, Survey};
use super::ward::{WardFound, name_behind};
use super::weigh::Field;
use crate::article::{CleanArticle, Evidence, EvidenceClass, PlaceKind, PlaceMention, UnitId, UnitMention};
use crate::authority::{DistrictKind, LocalKind, LocalPlace, UnitKind, Units, WardKind};
use std::collections::HashMap;

/// A name that is a place, or one of several.
struct Named<'a> {
    start: usize,
    end: usize,
    candidates: Vec<&'a LocalPlace>,
    /// The province that stands behind it.
    behind: Option<&'a str>,
    rule: PlaceRule,
    class: EvidenceClass,
}

/// Puts the places that the article names into the units that it is about.
pub(super) fn place(
    article: &CleanArticle,
    surveys: &[(Field, Survey<'_>)],
    era: &Era,
    units: &Units,
    about: &mut [UnitMention],
) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    if about.is_empty() {
        return evidence;
    }
    let mut land = Land { units, about: about.iter().map(|unit| unit.unit_id.clone()).collect(), known: HashMap::new() };
    for (field, survey) in surveys {
        let is_about_city = |found: &Found<'_>| is_city_at_hand(found, about, units);
        let districts = survey.names.iter().filter(|found| !is_about_city(found));
        let text = field.text(article);
        let districts = districts.filter_map(|found| district(text, found, &survey.names, era, units));
        let mut named: Vec<Named<'_>> = districts.chain(survey.wards.iter().map(ward)).collect();
        named.sort_by_key(|named| named.start);
        for named in named {
            let Some((at, place)) = land.settle(&named) else { continue };
            let places = &mut about[at].places;
            if places.iter().any(|known| known.place_id == place.id) {
                continue;
            }
            evidence.push(Evidence {
                value: format!("provinces.about[{at}].places[{}]", places.len()),
                field: field.name().to_owned(),
                start: named.start,
                end: named.end,
                quote: text[named.start..named.end].to_owned(),
                rule: named.rule.id().to_owned(),
                class: named.class,
            });
            places.push(PlaceMention { place_id: place.id.clone(), place: place.name.to_owned(), kind: kind_of(place.kind) });
        }
    }
    evidence
}

/// A district; on the new map only with its kind before it, as there the name alone is a ward's or a region's.
fn district<'a>(text: &str, found: &Found<'a>, names: &[Found<'a>], era: &Era, units: &'a Units) -> Option<Named<'a>> {
    let stated = matches!(found.spot.around.prefix, Prefix::District(_) | Prefix::City);
    if !stated && era.is_of_new_map() {
        return None;
    }
    let candidates: Vec<&LocalPlace> = found.districts().map(|district| units.place_of_district(district)).collect();
    (!candidates.is_empty()).then(|| Named {
        start: found.spot.start,
        end: found.spot.end,
        behind: name_behind(text, found.spot.end, text.len(), names).and_then(Found::unit),
        candidates,
        rule: PlaceRule::District,
        class: if stated { EvidenceClass::Stated } else { EvidenceClass::Derived },
    })
}

fn ward<'a>(found: &WardFound<'a>) -> Named<'a> {
    Named {
        start: found.spot.start,
        end: found.spot.end,
        candidates: found.wards.clone(),
        behind: None,
        rule: PlaceRule::Ward,
        class: EvidenceClass::Stated,
    }
}

/// `TP Huế` is the unit itself where the article is about the city, and a place where it is about Thừa Thiên Huế.
fn is_city_at_hand(found: &Found<'_>, about: &[UnitMention], units: &Units) -> bool {
    let is_city = |unit: &UnitMention| units.get(&unit.unit_id.0).is_some_and(|unit| unit.kind == UnitKind::City);
    found.unit().is_some_and(|slug| about.iter().any(|unit| unit.unit_id.slug() == slug && is_city(unit)))
}

/// The units that the article is about, and which provinces' places lie in them.
struct Land<'a> {
    units: &'a Units,
    about: Vec<UnitId>,
    /// By unit, province and map: the new one for wards.
    known: HashMap<(usize, &'static str, bool), bool>,
}

impl Land<'_> {
    /// The one place that a name can stand for, and the unit that it lies in: one of its own province's name, else one of its land.
    fn settle<'c>(&mut self, named: &Named<'c>) -> Option<(usize, &'c LocalPlace)> {
        let pairs = (0..self.about.len()).flat_map(|at| named.candidates.iter().map(move |&place| (at, place)));
        let mut found: Vec<(usize, &LocalPlace)> = pairs.clone().filter(|&(at, place)| self.about[at].slug() == place.province).collect();
        if found.is_empty() {
            found = pairs.filter(|&(at, place)| self.holds(at, place)).collect();
        }
        if found.len() > 1 {
            found.retain(|(_, place)| Some(place.province) == named.behind);
        }
        match found.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    fn holds(&mut self, at: usize, place: &LocalPlace) -> bool {
        let (units, id) = (self.units, &self.about[at]);
        let key = (at, place.province, matches!(place.kind, LocalKind::Ward(_)));
        *self.known.entry(key).or_insert_with(|| units.holds(&id.0, place))
    }
}

fn kind_of(kind: LocalKind) -> PlaceKind {
    match kind {
        LocalKind::District(DistrictKind::Rural) => PlaceKind::RuralDistrict,
        LocalKind::District(DistrictKind::Urban) => PlaceKind::UrbanDistrict,
        LocalKind::District(DistrictKind::Town) => PlaceKind::Town,
        LocalKind::District(DistrictKind::City) => PlaceKind::City,
        LocalKind::Ward(WardKind::Commune) => PlaceKind::Commune,
        LocalKind::Ward(WardKind::Ward) => PlaceKind::Ward,
        LocalKind::Ward(WardKind::Zone) => PlaceKind::SpecialZone,
    }
}
