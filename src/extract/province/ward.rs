//! Text of an article of the new map → the wards it names, each with the units that it may lie in.
//!
//! Input → output: the wards that the authority's tables know by kind and name, and the names around them → those that
//! are named as wards of today. A ward that was, a part of a longer name, or one whose province is named behind it
//! and is another, is left out. Weighs nothing.

use super::context::{Context, Prefix, Surroundings, is_surname, surroundings};
use super::survey::{Found, Spot, Text};
use crate::authority::{LocalKind, LocalPlace, Units, WardHit, WardKind};
use std::collections::BTreeSet;

/// Wards that are read of one text: more than any news has.
const MAX_WARDS: usize = 5_000;

/// A ward in a text.
#[derive(Clone, Debug)]
pub(super) struct WardFound<'a> {
    pub spot: Spot,
    /// What it may be: the wards of that name and kind, those of the province that is named behind it if one is.
    pub wards: Vec<&'a LocalPlace>,
}

impl<'a> WardFound<'a> {
    /// The one unit that it lies in, as far as the name and what stands behind it tell.
    pub fn sole_unit(&self) -> Option<&'a str> {
        match self.wards.as_slice() {
            [only] => Some(only.province),
            _ => None,
        }
    }
}

/// The wards of a text; `names` are those of its provinces and districts, in order.
pub(super) fn wards<'a>(text: Text<'_>, names: &[Found<'a>], units: &'a Units) -> Vec<WardFound<'a>> {
    let hits: Vec<WardHit<'_>> = units.wards(text.text).into_iter().take(MAX_WARDS).collect();
    let mut found = Vec::new();
    for (at, hit) in hits.iter().enumerate() {
        if is_where_a_storm_is(text.text, hit) || has_ended(text.text, hit.end) || a_longer_name(text, hit.end) {
            continue;
        }
        let next_ward = hits.get(at + 1).map_or(text.text.len(), |next| next.start);
        let behind = name_behind(text.text, hit.end, next_ward, names);
        if behind.is_none() && is_a_province(hit, names) {
            continue;
        }
        let mut wards = hit.wards.clone();
        if let Some(place) = behind {
            let parents = todays(place, units);
            wards.retain(|ward| parents.contains(ward.province));
        }
        // Its kind stands before it: what makes another name of a province's (a school, a road) lies in the ward.
        let context = match surroundings(text.text, hit.start, hit.end, text.capitals_tell).context {
            Context::Other => Context::Plain,
            context => context,
        };
        if !wards.is_empty() {
            let around = Surroundings { prefix: Prefix::None, context };
            found.push(WardFound { spot: Spot { start: hit.start, end: hit.end, around, list_len: 1 }, wards });
        }
    }
    found
}

/// `cách đặc khu Hoàng Sa 300 km`, `vùng biển đặc khu Hoàng Sa`: no news of the place.
fn is_where_a_storm_is(text: &str, hit: &WardHit<'_>) -> bool {
    let before = text[..hit.start].trim_end_matches(' ');
    let is_zone = || hit.wards.iter().all(|ward| ward.kind == LocalKind::Ward(WardKind::Zone));
    before.ends_with("cách") || before.ends_with("biển") && is_zone()
}

/// Whether a name further on in a list is a province's: `các xã Kim Sơn, Phát Diệm, Ninh Bình`.
fn is_a_province(hit: &WardHit<'_>, names: &[Found<'_>]) -> bool {
    let same = names.get(names.partition_point(|found| found.spot.start < hit.start)).filter(|found| found.spot.start == hit.start);
    same.is_some_and(|found| found.unit().is_some())
}

/// `xã Kim Sơn cũ`, `xã Kim Sơn (cũ)`, `xã Kim Sơn trước đây`
fn has_ended(text: &str, end: usize) -> bool {
    let after = text[end..].trim_start_matches([' ', '(', ',']);
    ["cũ", "trước đây", "trước kia"].iter().any(|word| after.starts_with(word))
}

/// Whether the name goes on with a capital: a ward of the old map, `xã Tân Phú Tây`. A person may follow.
fn a_longer_name(text: Text<'_>, end: usize) -> bool {
    let next = text.text[end..].strip_prefix(' ').and_then(|after| after.split(|letter: char| !letter.is_alphanumeric()).next());
    let goes_on = |word: &str| word.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit());
    text.capitals_tell && next.is_some_and(|word| goes_on(word) && !is_surname(word) && !["TP", "Tp"].contains(&word))
}

/// The name of a province or district right behind a place's: `xã Kim Sơn, tỉnh Ninh Bình`.
///
/// None from the byte `limit` on.
pub(super) fn name_behind<'f, 'a>(text: &str, end: usize, limit: usize, names: &'f [Found<'a>]) -> Option<&'f Found<'a>> {
    let next = names.get(names.partition_point(|found| found.spot.start < end))?;
    (next.spot.start < limit && is_parent_gap(text, end, next.spot.start)).then_some(next)
}

/// The units of today's map that a place lies in.
fn todays<'a>(place: &Found<'a>, units: &'a Units) -> BTreeSet<&'a str> {
    let unit = place.unit().filter(|_| !matches!(place.spot.around.prefix, Prefix::District(_)));
    let districts = place.provinces().filter(|_| unit.is_none());
    unit.into_iter().chain(districts).flat_map(|slug| units.todays_of_slug(slug)).map(|unit| unit.slug.as_str()).collect()
}

/// Whether no more than a comma, a bracket or a dash and the kind of a place stand between a name and the next one.
fn is_parent_gap(text: &str, from: usize, to: usize) -> bool {
    const KINDS: [&str; 12] = ["tỉnh", "thành", "phố", "TP", "Tp", "tp", "T", "huyện", "quận", "thị", "xã", "TX"];
    /// ` (thuộc thành phố `, in bytes.
    const MAX_GAP: usize = 32;
    if to <= from || to - from > MAX_GAP {
        return false;
    }
    let between = &text[from..to];
    !between.contains(['\n', ';', ')'])
        && between.starts_with([',', ' '])
        && between
            .split(|letter: char| !letter.is_alphanumeric())
            .all(|word| word.is_empty() || word == "thuộc" || word == "của" || KINDS.contains(&word))
}
