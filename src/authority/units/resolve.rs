//! What a person typed as a place → units: names, variants, abbreviations, regions, with or without diacritics.

use super::gazetteer::DistrictKind;
use super::local::{LocalKind, LocalPlace};
use super::table;
use super::{MERGER, Unit, Units};
use crate::text::{canonical_phrase, fold, has_diacritics};
use std::collections::HashMap;

/// Words that may stand before a unit's name, as canonical terms.
const UNIT_WORDS: [&str; 5] = ["tỉnh ", "thành phố ", "tp ", "tinh ", "thanh pho "];

/// Words that stand before a place's name besides its kind.
const SHORT_KINDS: [(&str, LocalKind); 2] =
    [("tp", LocalKind::District(DistrictKind::City)), ("tx", LocalKind::District(DistrictKind::Town))];

/// What something typed stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// Its name, for people: `Đồng Nai`, `Tây Nguyên`.
    pub label: String,
    /// What it is.
    pub kind: ResolutionKind,
    /// Ids of its units: every era of a name, the members of a region.
    pub units: Vec<String>,
}

/// What kind of place was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResolutionKind {
    /// A unit's name, in all its eras; holds the slug.
    Name(String),
    /// One unit in its era, typed as an id or with its era.
    Era,
    /// A region.
    Region,
}

#[derive(Debug)]
pub(super) struct NameIndex {
    entries: Vec<Resolution>,
    /// Canonical phrase → entries.
    exact: HashMap<String, Vec<usize>>,
    /// The same without diacritics.
    folded: HashMap<String, Vec<usize>>,
    /// (folded name, name) of every label, for near misses.
    labels: Vec<(String, String)>,
}

impl NameIndex {
    pub(super) fn new(units: &[Unit]) -> NameIndex {
        let mut index = NameIndex { entries: Vec::new(), exact: HashMap::new(), folded: HashMap::new(), labels: Vec::new() };
        let mut entry_of_slug: HashMap<&str, usize> = HashMap::new();
        for eras in units.chunk_by(|one, next| one.slug == next.slug) {
            let Some(unit) = eras.last() else { continue };
            let ids = eras.iter().map(|era| era.id.clone()).collect();
            let entry = index.push(Resolution { label: unit.label.clone(), kind: ResolutionKind::Name(unit.slug.clone()), units: ids });
            entry_of_slug.insert(&unit.slug, entry);
            index.name(&unit.label, entry);
            for era in eras {
                let label = era.era_label.as_ref().map_or(era.label.clone(), |words| format!("{} ({words})", era.label));
                let entry = index.push(Resolution { label: label.clone(), kind: ResolutionKind::Era, units: vec![era.id.clone()] });
                index.key(&era.id, entry);
                if era.era_label.is_some() {
                    index.key(&label, entry);
                }
            }
        }
        for (name, slug, _) in table::variants() {
            if let Some(&entry) = entry_of_slug.get(slug) {
                index.key(name, entry);
            }
        }
        for region in table::regions() {
            let before = units.iter().filter(|unit| unit.valid_from < MERGER && region.before.contains(&unit.slug.as_str()));
            let since = units.iter().filter(|unit| unit.valid_to.is_none() && region.since.contains(&unit.slug.as_str()));
            let mut ids: Vec<String> = before.chain(since).map(|unit| unit.id.clone()).collect();
            ids.sort();
            ids.dedup();
            let entry = index.push(Resolution { label: region.name.to_owned(), kind: ResolutionKind::Region, units: ids });
            index.name(region.name, entry);
        }
        index
    }

    fn push(&mut self, resolution: Resolution) -> usize {
        self.entries.push(resolution);
        self.entries.len() - 1
    }

    fn name(&mut self, label: &str, entry: usize) {
        self.key(label, entry);
        self.labels.push((fold(&canonical_phrase(label)), label.to_owned()));
    }

    fn key(&mut self, name: &str, entry: usize) {
        let key = canonical_phrase(name);
        let add = |entries: &mut Vec<usize>| {
            if !entries.contains(&entry) {
                entries.push(entry);
            }
        };
        add(self.folded.entry(fold(&key)).or_default());
        add(self.exact.entry(key).or_default());
    }

    fn look_up(&self, typed: &str) -> Vec<Resolution> {
        let key = canonical_phrase(typed);
        let found = |key: &str| match has_diacritics(typed) {
            true => self.exact.get(key),
            false => self.folded.get(key),
        };
        let bare = || UNIT_WORDS.iter().find_map(|word| key.strip_prefix(word)).and_then(found);
        let entries = found(&key).or_else(bare);
        entries.map(|entries| entries.iter().map(|&entry| self.entries[entry].clone()).collect()).unwrap_or_default()
    }
}

impl Units {
    /// What was typed as a place: names, variants, abbreviations, ids, labels with their era, regions.
    ///
    /// With diacritics the spelling must be right (up to tone placement and i/y); without any, all that
    /// fit are given. Empty where nothing fits; [`Units::nearest`] then has proposals.
    pub fn resolve(&self, typed: &str) -> Vec<Resolution> {
        self.names.look_up(typed)
    }

    /// What was typed as a place below the provinces: `huyện Kim Sơn`, `kim son`, `TP Vinh`, `Hoa Lư, Ninh Bình`; all that fit.
    ///
    /// With diacritics the spelling must be right, as in [`Units::resolve`]. The kind need not be typed; a former kind of a
    /// district (`thị xã` for what became `thành phố`) is taken too.
    pub fn resolve_place(&self, typed: &str) -> Vec<&LocalPlace> {
        let (name, unit) = match typed.rsplit_once(',') {
            Some((name, unit)) => (name, self.resolve(unit)),
            None => (typed, Vec::new()),
        };
        if typed.contains(',') && unit.is_empty() {
            return Vec::new();
        }
        let slugs: Vec<&str> = unit.iter().flat_map(|one| one.units.iter().map(|id| super::slug_of(id))).collect();
        let of_unit = |place: &&LocalPlace| {
            slugs.is_empty()
                || slugs.contains(&place.province)
                || self.todays_of_slug(place.province).any(|today| slugs.contains(&today.slug.as_str()))
        };
        self.places_named(name).into_iter().filter(of_unit).collect()
    }

    /// The places of a name, with its kind before it or without.
    fn places_named(&self, typed: &str) -> Vec<&LocalPlace> {
        let (key, accented) = (canonical_phrase(typed), has_diacritics(typed));
        let whole = self.places_spelt(&key, accented);
        let Some((kind, name)) = kind_before(&key, accented).filter(|_| whole.is_empty()) else { return whole };
        let named = self.places_spelt(name, accented);
        let of_kind: Vec<&LocalPlace> = named.iter().copied().filter(|place| place.kind == kind).collect();
        if !of_kind.is_empty() {
            return of_kind;
        }
        let is_district = |kind: LocalKind| matches!(kind, LocalKind::District(_));
        named.into_iter().filter(|place| is_district(kind) && is_district(place.kind)).collect()
    }

    fn places_spelt(&self, key: &str, accented: bool) -> Vec<&LocalPlace> {
        if accented { self.locals().named(key).collect() } else { self.locals().named_folded(key).collect() }
    }

    /// Every place below the provinces, in the order of the tables.
    pub fn local_places(&self) -> &[LocalPlace] {
        self.locals().all()
    }

    /// Up to three names that are spelt most like what was typed, for an error message.
    pub fn nearest(&self, typed: &str) -> Vec<&str> {
        let typed = fold(&canonical_phrase(typed));
        let limit = (typed.chars().count() / 3).clamp(2, 4);
        let scored = self.names.labels.iter().map(|(folded, label)| (edit_distance(&typed, folded), label.as_str()));
        let mut near: Vec<(usize, &str)> = scored.filter(|&(distance, _)| distance <= limit).collect();
        near.sort();
        near.into_iter().take(3).map(|(_, label)| label).collect()
    }
}

/// The kind that a phrase begins with, and the rest.
fn kind_before(key: &str, accented: bool) -> Option<(LocalKind, &str)> {
    let kinds = LocalKind::ALL.into_iter().map(|kind| (kind.word(), kind)).chain(SHORT_KINDS);
    kinds.into_iter().find_map(|(word, kind)| {
        let rest = if accented { key.strip_prefix(word) } else { key.strip_prefix(fold(word).as_str()) };
        Some((kind, rest?.strip_prefix(' ')?))
    })
}

/// Insertions, deletions and substitutions of letters between two words.
///
/// Only the first 64 letters count, so that a long input costs no more than a short one.
fn edit_distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().take(64).enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (column, &against) in other.iter().enumerate() {
            let substituted = diagonal + usize::from(letter != against);
            diagonal = row[column + 1];
            row[column + 1] = substituted.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}
