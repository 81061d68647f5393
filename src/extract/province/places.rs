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
use crate::article::{CleanArticle, Evidence, EvidenceClass, PlaceKind, PlaceMention, UnitMention};
use crate::authority::{DistrictKind, LocalKind, UnitKind, Units, WardKind, local_id};
use std::collections::HashMap;

/// A place that a name may stand for.
#[derive(Clone, Copy)]
struct Candidate<'a> {
    name: &'a str,
    kind: LocalKind,
    province: &'a str,
    /// Its id, where the table holds it.
    id: Option<&'a str>,
}

/// A name that is a place, or one of several.
struct Named<'a> {
    start: usize,
    end: usize,
    candidates: Vec<Candidate<'a>>,
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
    let mut land = Land { units, about: about.iter().map(|unit| unit.unit_id.0.clone()).collect(), known: HashMap::new() };
    for (field, survey) in surveys {
        let is_about_city = |found: &Found<'_>| is_city_at_hand(found, about, units);
        let districts = survey.names.iter().filter(|found| !is_about_city(found));
        let text = field.text(article);
        let districts = districts.filter_map(|found| district(text, found, &survey.names, era));
        let mut named: Vec<Named<'_>> = districts.chain(survey.wards.iter().map(ward)).collect();
        named.sort_by_key(|named| named.start);
        for named in named {
            let Some((at, candidate)) = land.settle(&named) else { continue };
            let places = &mut about[at].places;
            let kind = kind_of(candidate.kind);
            if places.iter().any(|place| place.place == candidate.name && place.kind == kind) {
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
            let place_id = candidate.id.map_or_else(|| local_id(candidate.name, candidate.kind), str::to_owned);
            places.push(PlaceMention { place_id, place: candidate.name.to_owned(), kind });
        }
    }
    evidence
}

/// A district; on the new map only with its kind before it, as there the name alone is a ward's or a region's.
fn district<'a>(text: &str, found: &Found<'a>, names: &[Found<'a>], era: &Era) -> Option<Named<'a>> {
    let stated = matches!(found.spot.around.prefix, Prefix::District(_) | Prefix::City);
    let candidate = |district: &'a crate::authority::District| Candidate {
        name: district.name,
        kind: LocalKind::District(district.kind),
        province: district.province,
        id: None,
    };
    let candidates: Vec<Candidate<'a>> = found.districts().map(candidate).collect();
    (!candidates.is_empty() && (stated || !era.is_of_new_map())).then(|| Named {
        start: found.spot.start,
        end: found.spot.end,
        behind: name_behind(text, found.spot.end, text.len(), names).and_then(Found::unit),
        candidates,
        rule: PlaceRule::District,
        class: if stated { EvidenceClass::Stated } else { EvidenceClass::Derived },
    })
}

fn ward<'a>(found: &WardFound<'a>) -> Named<'a> {
    let candidate = |place: &&'a crate::authority::LocalPlace| Candidate {
        name: place.name,
        kind: place.kind,
        province: place.province,
        id: Some(place.id.as_str()),
    };
    Named {
        start: found.spot.start,
        end: found.spot.end,
        candidates: found.wards.iter().map(candidate).collect(),
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

/// The units that the article is about, and which provinces' land lies in them.
struct Land<'a> {
    units: &'a Units,
    about: Vec<String>,
    known: HashMap<(usize, &'a str), bool>,
}

impl<'a> Land<'a> {
    /// The one place that a name can stand for, and the unit that it lies in.
    fn settle<'c>(&mut self, named: &Named<'c>) -> Option<(usize, Candidate<'c>)>
    where
        'c: 'a,
    {
        let of_slug = |at: usize, province: &str, about: &[String]| about[at].split('@').next() == Some(province);
        let mut found: Vec<(usize, Candidate<'c>)> = Vec::new();
        for exact in [true, false] {
            for &candidate in &named.candidates {
                for at in 0..self.about.len() {
                    let lies_there =
                        if exact { of_slug(at, candidate.province, &self.about) } else { self.shares_land(at, candidate.province) };
                    if lies_there {
                        found.push((at, candidate));
                    }
                }
            }
            if !found.is_empty() {
                break;
            }
        }
        if found.len() > 1 {
            found.retain(|(_, candidate)| Some(candidate.province) == named.behind);
        }
        match found.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    fn shares_land(&mut self, at: usize, province: &'a str) -> bool {
        let (units, about) = (self.units, &self.about);
        *self.known.entry((at, province)).or_insert_with(|| units.shares_land(&about[at], province))
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
