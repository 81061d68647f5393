//! The bundled tables → rows: the only place that knows their columns.

use super::gazetteer::{District, DistrictKind, PlaceWord};
use super::local::{LocalKind, WardKind};
use super::{Unit, UnitKind};
use jiff::civil::Date;

pub(super) const UNITS: &str = include_str!("../units.tsv");
pub(super) const VARIANTS: &str = include_str!("../unit_variants.tsv");
pub(super) const DISTRICTS: &str = include_str!("../districts.tsv");
pub(super) const WARDS: &str = include_str!("../wards.tsv");
pub(super) const REGIONS: &str = include_str!("../regions.tsv");
pub(super) const PLACE_WORDS: &str = include_str!("../place_words.tsv");

/// What another name of a unit is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Found in articles, and typed in filters.
    Text,
    /// In articles no more than a passing mention.
    Weak,
    /// Only typed in filters.
    Filter,
}

/// A region: its members before and since the merger, as slugs.
pub(super) struct Region {
    pub name: &'static str,
    pub before: Vec<&'static str>,
    pub since: Vec<&'static str>,
}

/// The rows of a table, without its head of `#` lines.
fn rows<const COLUMNS: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; COLUMNS]> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| {
        let mut columns = line.split('\t');
        std::array::from_fn(|_| columns.next().expect("a test reads every row of the bundled tables"))
    })
}

fn day(text: &str) -> Option<Date> {
    (text != "-").then(|| text.parse().expect("a test reads every row of the bundled tables"))
}

/// All units by slug and first day, with ids, links and era labels made.
pub(super) fn units() -> Vec<Unit> {
    let mut todays: Vec<Vec<&str>> = Vec::new();
    let mut units: Vec<Unit> = Vec::new();
    for [slug, label, kind, from, to, today] in rows(UNITS) {
        let valid_from = day(from).expect("every unit has a first day");
        todays.push(today.split(' ').collect());
        units.push(Unit {
            id: format!("{slug}@{}", valid_from.year()),
            slug: slug.to_owned(),
            label: label.to_owned(),
            kind: match kind {
                "city" => UnitKind::City,
                "zone" => UnitKind::Zone,
                _ => UnitKind::Province,
            },
            valid_from,
            valid_to: day(to),
            today: Vec::new(),
            next: Vec::new(),
            era_label: None,
        });
    }
    let id_today = |slug: &&str| units.iter().find(|unit| unit.slug == **slug && unit.valid_to.is_none()).map(|unit| unit.id.clone());
    let links: Vec<Vec<String>> = todays.iter().map(|slugs| slugs.iter().filter_map(id_today).collect()).collect();
    for (unit, today) in units.iter_mut().zip(links) {
        unit.today = today;
    }
    let next: Vec<Vec<String>> = units.iter().map(|unit| next_of(unit, &units)).collect();
    for (unit, next) in units.iter_mut().zip(next) {
        unit.next = next;
    }
    for eras in units.chunk_by_mut(|one, next| one.slug == next.slug).filter(|eras| eras.len() > 1) {
        let last = eras.len() - 1;
        for (at, unit) in eras.iter_mut().enumerate() {
            unit.era_label = Some(era_label(unit, at == 0, at == last));
        }
    }
    units
}

/// What a unit became: those that begin the day after its last and lie on its land, else the unit that took it in.
fn next_of(unit: &Unit, units: &[Unit]) -> Vec<String> {
    let Some(next_day) = unit.valid_to.and_then(|last| last.tomorrow().ok()) else { return Vec::new() };
    let lies_in = |other: &&Unit| other.valid_from == next_day && other.today.iter().all(|today| unit.today.contains(today));
    let next: Vec<String> = units.iter().filter(lies_in).map(|other| other.id.clone()).collect();
    if next.is_empty() { unit.today.clone() } else { next }
}

/// `đến 6/2025` for the first era of a name, `từ 7/2025` for the last, `1/2004–6/2025` between.
fn era_label(unit: &Unit, first: bool, last: bool) -> String {
    let month = |day: Date| format!("{}/{}", day.month(), day.year());
    let from = month(unit.valid_from);
    match unit.valid_to {
        Some(to) if first => format!("đến {}", month(to)),
        Some(to) if !last => format!("{from}–{}", month(to)),
        _ => format!("từ {from}"),
    }
}

/// Other names: (name, slug, use).
pub(super) fn variants() -> impl Iterator<Item = (&'static str, &'static str, Use)> {
    rows(VARIANTS).map(|[name, slug, usage]| {
        let usage = match usage {
            "text" => Use::Text,
            "weak" => Use::Weak,
            _ => Use::Filter,
        };
        (name, slug, usage)
    })
}

/// Districts in the order of the table.
pub(super) fn districts() -> impl Iterator<Item = District> {
    rows(DISTRICTS).enumerate().map(|(number, [name, kind, province, last_day])| District {
        number,
        name,
        kind: DistrictKind::of(kind).expect("a test reads every row of the bundled tables"),
        province,
        valid_to: day(last_day).expect("every district has a last day"),
    })
}

/// Wards in the order of the table: (name, kind, slug of the unit).
pub(super) fn wards() -> impl Iterator<Item = (&'static str, WardKind, &'static str)> {
    rows(WARDS).map(|[name, kind, unit]| match LocalKind::of(kind) {
        Some(LocalKind::Ward(kind)) => (name, kind, unit),
        _ => unreachable!("a test reads every row of the bundled tables"),
    })
}

/// Regions in the order of the table.
pub(super) fn regions() -> impl Iterator<Item = Region> {
    let slugs = |list: &'static str| list.split(' ').filter(|&slug| slug != "-").collect();
    rows(REGIONS).map(move |[name, before, since]| Region { name, before: slugs(before), since: slugs(since) })
}

/// Words that tell what kind of place a story has.
pub(super) fn place_words() -> impl Iterator<Item = (&'static str, PlaceWord)> {
    rows(PLACE_WORDS).filter_map(|[phrase, class]| {
        let class = match class {
            "foreign" => PlaceWord::Foreign,
            "central" => PlaceWord::Central,
            "local" => PlaceWord::Local,
            "decoy" => PlaceWord::Decoy,
            _ => return None,
        };
        Some((phrase, class))
    })
}

/// Districts that are something else where their name stands alone.
pub(super) fn not_alone() -> impl Iterator<Item = &'static str> {
    rows(PLACE_WORDS).filter(|[_, class]| *class == "not-alone").map(|[phrase, _]| phrase)
}
