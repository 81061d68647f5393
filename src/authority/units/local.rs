//! Places below the provinces: the districts of the old map and the wards of the new one, each with an id.
//!
//! Input → output: a name, however it is spelt, or an id → places; a text → the wards that it names. What an article
//! means by a name is for `extract` to say.

use super::gazetteer::DistrictKind;
use super::table;
use crate::text::{canonical_into, canonical_phrase, fold, parts};
use aho_corasick::AhoCorasick;
use std::collections::{HashMap, HashSet};

/// The kind of a ward, the level below the provinces since 2025-07-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WardKind {
    /// *xã*
    Commune,
    /// *phường*
    Ward,
    /// *đặc khu*
    Zone,
}

/// The kind of a place below the provinces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LocalKind {
    /// Of the old map.
    District(DistrictKind),
    /// Of the new map.
    Ward(WardKind),
}

impl LocalKind {
    pub(super) const ALL: [LocalKind; 7] = [
        LocalKind::District(DistrictKind::Rural),
        LocalKind::District(DistrictKind::Urban),
        LocalKind::District(DistrictKind::Town),
        LocalKind::District(DistrictKind::City),
        LocalKind::Ward(WardKind::Commune),
        LocalKind::Ward(WardKind::Ward),
        LocalKind::Ward(WardKind::Zone),
    ];

    /// The word that stands before a name: `huyện`.
    pub fn word(self) -> &'static str {
        match self {
            LocalKind::District(DistrictKind::Rural) => "huyện",
            LocalKind::District(DistrictKind::Urban) => "quận",
            LocalKind::District(DistrictKind::Town) => "thị xã",
            LocalKind::District(DistrictKind::City) => "thành phố",
            LocalKind::Ward(WardKind::Commune) => "xã",
            LocalKind::Ward(WardKind::Ward) => "phường",
            LocalKind::Ward(WardKind::Zone) => "đặc khu",
        }
    }

    /// The kind of a word; none for any other word.
    pub fn of(word: &str) -> Option<LocalKind> {
        LocalKind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A place below the provinces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalPlace {
    /// `kim-son-huyen`: name and kind, unique among the places of its province. See [`local_id`].
    pub id: String,
    /// `Kim Sơn`
    pub name: &'static str,
    /// Its last kind.
    pub kind: LocalKind,
    /// Slug of its province: of the old map for a district, of the new one for a ward.
    pub province: &'static str,
}

impl LocalPlace {
    /// Its kind and name: `Huyện Kim Sơn`, `Quận 1`.
    pub fn label(&self) -> String {
        let word = self.kind.word();
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        if holds_its_kind(self.name, word) {
            self.name.to_owned()
        } else {
            format!("{}{} {}", first.collect::<String>(), letters.as_str(), self.name)
        }
    }
}

/// `Quận 1`
fn holds_its_kind(name: &str, word: &str) -> bool {
    name.split(' ').next().is_some_and(|first| first.to_lowercase() == word)
}

/// The id of a place: its name and then its kind, without diacritics, joined by hyphens (`kim-son-huyen`, `hoa-lu-phuong`; `quan-1`,
/// whose name holds the kind).
///
/// Where two places of a province would have one id (`Cẩm Giang`, `Cẩm Giàng`), the later one in the table ends with `-2`.
pub fn local_id(name: &str, kind: LocalKind) -> String {
    let joined = |phrase: &str| parts(phrase).map(|part| fold(&phrase[part])).collect::<Vec<_>>().join("-");
    if holds_its_kind(name, kind.word()) { joined(name) } else { format!("{}-{}", joined(name), joined(kind.word())) }
}

/// A ward in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WardHit<'a> {
    /// First byte: that of its kind, or of its name further on in a list.
    pub start: usize,
    /// One past the last byte of its name.
    pub end: usize,
    /// The wards of that kind and name; in several provinces, or one.
    pub wards: Vec<&'a LocalPlace>,
}

/// All places, by name and id.
#[derive(Debug)]
pub(super) struct Locals {
    /// Districts first, by their number.
    places: Vec<LocalPlace>,
    by_name: HashMap<String, Vec<u32>>,
    by_id: HashMap<String, Vec<u32>>,
    /// The words before a ward's name, in [`WARD_WORDS`]' order.
    words: AhoCorasick,
}

/// Words before the name of a ward.
const WARD_WORDS: [(&str, WardKind); 9] = [
    ("xã", WardKind::Commune),
    ("Xã", WardKind::Commune),
    ("XÃ", WardKind::Commune),
    ("phường", WardKind::Ward),
    ("Phường", WardKind::Ward),
    ("PHƯỜNG", WardKind::Ward),
    ("đặc khu", WardKind::Zone),
    ("Đặc khu", WardKind::Zone),
    ("ĐẶC KHU", WardKind::Zone),
];

/// Words before `xã` that make another word of it: `thị xã`, `hợp tác xã`.
const NOT_A_COMMUNE: [&str; 3] = ["thị", "tác", "làng"];

/// Words before `xã` or `phường` that announce several names.
const SEVERAL: [&str; 10] = ["các", "những", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

/// Most parts of a ward's name (`Văn Miếu - Quốc Tử Giám`), with one to spare.
const MAX_NAME_PARTS: usize = 6;

/// What stands between two parts of a name.
const NAME_GAPS: [&str; 9] = [" ", " - ", "-", " – ", "–", "'", "\u{2019}", "\u{2018}", "\n"];

/// What stands between two names of a list.
const LIST_GAPS: [&str; 4] = [", ", " và ", ", và ", ","];

impl Locals {
    pub(super) fn bundled() -> Locals {
        let districts = table::districts().map(|district| (district.name, LocalKind::District(district.kind), district.province));
        let wards = table::wards().map(|(name, kind, province)| (name, LocalKind::Ward(kind), province));
        let words = AhoCorasick::new(WARD_WORDS.map(|(word, _)| word)).expect("nine short words are an automaton");
        let mut locals = Locals { places: Vec::new(), by_name: HashMap::new(), by_id: HashMap::new(), words };
        let mut taken = HashSet::new();
        for (name, kind, province) in districts.chain(wards) {
            let mut id = local_id(name, kind);
            if !taken.insert((province, id.clone())) {
                id.push_str("-2");
            }
            let number = locals.places.len() as u32;
            locals.by_name.entry(canonical_phrase(name)).or_default().push(number);
            locals.by_id.entry(id.clone()).or_default().push(number);
            locals.places.push(LocalPlace { id, name, kind, province });
        }
        locals
    }

    pub(super) fn all(&self) -> &[LocalPlace] {
        &self.places
    }

    /// The places of a name, as a canonical phrase.
    pub(super) fn named(&self, phrase: &str) -> impl Iterator<Item = &LocalPlace> {
        self.by_name.get(phrase).into_iter().flatten().map(|&number| &self.places[number as usize])
    }

    /// The places of a name without diacritics, likewise.
    pub(super) fn named_folded(&self, phrase: &str) -> impl Iterator<Item = &LocalPlace> {
        self.places.iter().filter(move |place| fold(&canonical_phrase(place.name)) == phrase)
    }

    pub(super) fn of_id(&self, id: &str) -> impl Iterator<Item = &LocalPlace> {
        self.by_id.get(id).into_iter().flatten().map(|&number| &self.places[number as usize])
    }

    /// The wards that a text names with their kind before them, in order; `các xã A, B và C` are three.
    pub(super) fn wards(&self, text: &str) -> Vec<WardHit<'_>> {
        let mut hits: Vec<WardHit<'_>> = Vec::new();
        for word in self.words.find_iter(text) {
            let (before, kind) = (&text[..word.start()], WARD_WORDS[word.pattern().as_usize()].1);
            if before.ends_with(char::is_alphanumeric) || hits.last().is_some_and(|last| word.start() < last.end) {
                continue;
            }
            let previous = canonical_phrase(last_word(before));
            if NOT_A_COMMUNE.contains(&previous.as_str()) {
                continue;
            }
            let Some(mut at) = text[word.end()..].starts_with([' ', '\n']).then(|| word.end() + 1) else { continue };
            let mut start = word.start();
            let several = SEVERAL.contains(&previous.as_str()) || previous.parse::<u16>().is_ok_and(|number| number > 1);
            while let Some((end, wards)) = self.ward_at(text, at, kind) {
                hits.push(WardHit { start, end, wards });
                let gap = LIST_GAPS.iter().find(|gap| text[end..].starts_with(**gap)).filter(|_| several);
                let Some(gap) = gap else { break };
                at = end + gap.len();
                start = at;
            }
        }
        hits
    }

    /// The longest name of wards of a kind that begins at a byte.
    fn ward_at(&self, text: &str, at: usize, kind: WardKind) -> Option<(usize, Vec<&LocalPlace>)> {
        let mut name = String::new();
        let mut found = None;
        let mut last_end = at;
        for part in parts(&text[at..]).take(MAX_NAME_PARTS) {
            let (start, end) = (at + part.start, at + part.end);
            let gap = &text[last_end..start];
            let first = text[start..end].chars().next().unwrap_or(' ');
            let after_apostrophe = matches!(gap, "'" | "\u{2019}" | "\u{2018}");
            let joined = if name.is_empty() { gap.is_empty() } else { NAME_GAPS.contains(&gap) };
            if !joined || !(first.is_uppercase() || first.is_ascii_digit() || after_apostrophe) {
                break;
            }
            if !name.is_empty() {
                name.push(' ');
            }
            canonical_into(&text[start..end], &mut name);
            last_end = end;
            let wards: Vec<&LocalPlace> = self.named(&name).filter(|place| place.kind == LocalKind::Ward(kind)).collect();
            if !wards.is_empty() {
                found = Some((end, wards));
            }
        }
        found
    }
}

/// The word that a text ends with, spaces set aside.
fn last_word(text: &str) -> &str {
    let text = text.trim_end_matches(' ');
    text.rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_map_has_3321_wards_in_34_units_and_no_id_twice() {
        let locals = Locals::bundled();
        let of = |kind: LocalKind| locals.all().iter().filter(|place| place.kind == kind).count();
        let kinds = LocalKind::ALL.map(|kind| (kind.word(), of(kind)));
        let expected = [("huyện", 528), ("quận", 52), ("thị xã", 53), ("thành phố", 89), ("xã", 2_621), ("phường", 687), ("đặc khu", 13)];
        assert_eq!(kinds, expected);
        let wards = || locals.all().iter().filter(|place| matches!(place.kind, LocalKind::Ward(_)));
        assert_eq!(wards().count(), 3_321);
        let units = super::super::Units::bundled();
        let by_unit: HashSet<&str> = wards().map(|place| place.province).collect();
        assert_eq!(by_unit, units.today().map(|unit| unit.slug.as_str()).collect());
        let ids: HashSet<(&str, &str)> = locals.all().iter().map(|place| (place.province, place.id.as_str())).collect();
        assert_eq!(ids.len(), locals.all().len());
        assert!(locals.all().iter().all(|place| crate::text::compose(place.name) == place.name && !place.name.contains('\u{2019}')));
        for (province, wards_of_it) in
            [("ninh-binh", 129), ("ha-noi", 126), ("ho-chi-minh", 168), ("hue", 40), ("lai-chau", 38), ("thanh-hoa", 166)]
        {
            assert_eq!(wards().filter(|place| place.province == province).count(), wards_of_it, "{province}");
        }
    }

    #[test]
    fn an_id_says_name_and_kind() {
        let locals = Locals::bundled();
        let cases = [
            ("kim-son-huyen", "Huyện Kim Sơn", "ninh-binh"),
            ("hoa-lu-phuong", "Phường Hoa Lư", "ninh-binh"),
            ("hoa-lu-thanh-pho", "Thành phố Hoa Lư", "ninh-binh"),
            ("quan-1", "Quận 1", "ho-chi-minh"),
            ("phu-quoc-dac-khu", "Đặc khu Phú Quốc", "an-giang"),
            ("dak-r-lap-huyen", "Huyện Đắk R'Lấp", "dak-nong"),
            ("van-mieu-quoc-tu-giam-phuong", "Phường Văn Miếu - Quốc Tử Giám", "ha-noi"),
            ("cam-giang-xa", "Xã Cẩm Giang", "hai-phong"),
            ("cam-giang-xa-2", "Xã Cẩm Giàng", "hai-phong"),
        ];
        for (id, label, province) in cases {
            let place = locals.of_id(id).find(|place| place.province == province).unwrap_or_else(|| panic!("{id}"));
            assert_eq!(place.label(), label);
        }
    }

    #[test]
    fn wards_are_found_behind_their_kind() {
        let locals = Locals::bundled();
        let cases: [(&str, &[&str]); 17] = [
            ("tại phường Hoa Lư, tỉnh", &["phường Hoa Lư"]),
            ("UBND XÃ KIM SƠN HỌP", &["XÃ KIM SƠN"]),
            ("phường Văn Miếu – Quốc Tử Giám.", &["phường Văn Miếu – Quốc Tử Giám"]),
            ("xã M\u{2019}Drắk", &["xã M\u{2019}Drắk"]),
            ("đặc khu Phú Quốc", &["đặc khu Phú Quốc"]),
            ("phường 1 Bảo Lộc", &["phường 1 Bảo Lộc"]),
            ("phường Hà Giang 1 và", &["phường Hà Giang 1"]),
            ("các xã Kim Sơn, Phát Diệm và Bình Minh", &["xã Kim Sơn", "Phát Diệm", "Bình Minh"]),
            ("3 xã Kim Sơn, Phát Diệm", &["xã Kim Sơn", "Phát Diệm"]),
            ("xã Kim Sơn, Phát Diệm", &["xã Kim Sơn"]),
            ("quốc lộ 1 xã Kim Sơn, Phát Diệm", &["xã Kim Sơn"]),
            ("thị xã Kim Sơn", &[]),
            ("hợp tác xã Kim Sơn", &[]),
            ("xã kim sơn", &[]),
            ("xã Hoa Lư", &[]),
            ("xã", &[]),
            ("phường Hoàng", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<&str> = locals.wards(text).iter().map(|hit| &text[hit.start..hit.end]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
