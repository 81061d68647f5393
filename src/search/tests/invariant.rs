//! The promise of the counts: beside each facet value stands the total of the same request with that value added.

use super::archive::{AUTHORITY, Archive, Draft, request};
use crate::article::{FacetPath, ProvinceStatus};
use crate::dice::Dice;
use crate::index::{FacetField, Remainder};
use crate::search::{Boundaries, FacetValue, Filter, RemainderRow, Request, Unit, count};

const UNITS: [&str; 8] =
    ["ninh-binh@1992", "ninh-binh@2025", "ha-nam@1997", "dong-nai@1975", "binh-phuoc@1997", "song-be@1976", "ninh-binh@?", "lao-cai@2025"];
const PLACES: [(&str, &str); 8] = [
    ("ninh-binh@1992", "kim-son-huyen"),
    ("ninh-binh@1992", "yen-mo-huyen"),
    ("ninh-binh@2025", "hoa-lu-phuong"),
    ("ninh-binh@2025", "kim-son-huyen"),
    ("ninh-binh@?", "kim-son-huyen"),
    ("binh-phuoc@1997", "dong-xoai-thanh-pho"),
    ("song-be@1976", "dong-phu-huyen"),
    ("song-be@1976", "ben-cat-thanh-pho"),
];
const NAMES: [&str; 5] = ["Lò Văn Thiêm", "Tạ Quang Hoà", "Đặng Thị Bưởi", "Vũ Kỳ", "Ma Seo Chư"];
const ROLES: [&str; 6] = [
    "Chủ tịch Ủy ban nhân dân tỉnh",
    "Phó Chủ tịch Ủy ban nhân dân tỉnh",
    "Bí thư Tỉnh ủy",
    "nguyên Bí thư Tỉnh ủy",
    "Bộ trưởng Bộ Y tế",
    "Đại biểu Quốc hội",
];
const SCOPES: [&str; 3] = ["Ninh Bình", "Đồng Nai", "Bộ Y tế"];
const DATES: [&str; 8] =
    ["2023", "2024", "2024-05", "2024-05-13", "2024-05-14", "2025-01-01", "2023-12-30..2024-01-02", "2024-05-13..2024-05-20"];
const WORDS: [&str; 6] = ["chuyển đổi số", "ngân sách", "đất đai", "họp", "tỉnh", "UBND"];
const SOURCES: [&str; 3] = ["Báo A", "Báo B", "Cổng C"];

pub fn drafts(dice: &mut Dice, count: usize) -> Vec<Draft> {
    (0..count)
        .map(|number| {
            let words: Vec<&str> = (0..1 + dice.roll(5)).map(|_| dice.pick(&WORDS)).collect();
            let mut draft = Draft::new(&format!("{number:04}"), dice.pick(&WORDS), &words.join(" "));
            for _ in 0..dice.roll(4) {
                draft = draft.about(dice.pick(&UNITS));
            }
            if draft.units.is_empty() {
                draft = draft.status([ProvinceStatus::National, ProvinceStatus::Foreign, ProvinceStatus::Unknown][dice.roll(3)]);
            }
            draft.units.sort();
            draft.units.dedup();
            for _ in 0..dice.roll(6) {
                let (unit, place) = PLACES[dice.roll(PLACES.len())];
                draft = draft.at(unit, place);
            }
            draft.places.sort();
            draft.places.dedup();
            for _ in 0..dice.roll(5) {
                let scope = (dice.roll(4) > 0).then(|| dice.pick(&SCOPES));
                draft = draft.names(dice.pick(&NAMES), dice.pick(&ROLES), scope);
            }
            if dice.roll(5) > 0 {
                draft = draft.on(dice.pick(&DATES));
            }
            if dice.roll(4) > 0 { draft.from(dice.pick(&SOURCES)) } else { draft }
        })
        .collect()
}

/// Puts the words of articles under others, so that groups of near-duplicates come about.
pub fn with_copies(dice: &mut Dice, mut drafts: Vec<Draft>) -> Vec<Draft> {
    for at in 1..drafts.len() {
        if dice.roll(2) == 0 {
            let earlier = drafts[dice.roll(at)].clone();
            let event = if dice.roll(3) > 0 { earlier.event } else { None };
            drafts[at] = Draft { title: earlier.title, body: earlier.body, event, ..drafts[at].clone() };
        }
    }
    drafts
}

fn filter(dice: &mut Dice) -> Filter {
    let boundaries = [Boundaries::Today, Boundaries::AsWritten][dice.roll(2)];
    match dice.roll(10) {
        0 => Filter::Province {
            typed: dice
                .pick(&[
                    "Ninh Bình",
                    "dong nai",
                    "Hà Nam",
                    "Bình Phước",
                    "national",
                    "Đông Nam Bộ",
                    "huyện Kim Sơn",
                    "hoa lu, ninh binh",
                    "only:Ninh Bình",
                    "only:/dong-nai/song-be@1976",
                ])
                .to_owned(),
            boundaries,
        },
        1 | 2 => Filter::Official(dice.pick(&NAMES).to_owned()),
        3..6 => Filter::Role(dice.pick(&["Chủ tịch", "Phó Chủ tịch UBND", "bi thu", "nguyên Bí thư", "Bộ trưởng", "Đại biểu"]).to_owned()),
        6 => Filter::Year(dice.pick(&["2023", "2024", "2024-05", "several", "unknown", "2023..2024"]).to_owned()),
        7 => {
            let range = crate::search::parse_range(dice.pick(&["2024", "2024-05-10..2024-05-15", "..2023"])).unwrap();
            Filter::Date { range, precise: dice.roll(2) == 0 }
        }
        8 => Filter::Source(dice.pick(&SOURCES).to_owned()),
        _ => {
            let unit = FacetPath::new(["ninh-binh", "ninh-binh@1992"]).unwrap();
            let rows = [Remainder::NoOfficial, Remainder::UnknownDate, Remainder::National, Remainder::NoPlaceBelow(unit)];
            Filter::Remainder(rows[dice.roll(4)].clone())
        }
    }
}

pub fn perhaps_left_out(dice: &mut Dice) -> Filter {
    let filter = filter(dice);
    if dice.roll(5) == 0 { Filter::Not(Box::new(filter)) } else { filter }
}

pub fn query(dice: &mut Dice) -> String {
    let words: Vec<&str> = (0..dice.roll(3)).map(|_| dice.pick(&WORDS)).collect();
    let condition = dice.pick(&[
        "",
        "",
        "",
        "-họp",
        "official:\"Vũ Kỳ\"",
        "role:\"Chủ tịch\"",
        "year:2024",
        "(role:\"Bí thư\" OR ngân)",
        "-official:\"Vũ Kỳ\"",
    ]);
    format!("{} {condition}", words.join(" ")).trim().to_owned()
}

#[test]
fn the_count_beside_a_value_is_the_total_with_that_value_added() {
    let mut dice = Dice(20_261_122);
    let drafts = drafts(&mut dice, 160);
    let archive = Archive::in_steps(&with_copies(&mut dice, drafts), 37);
    assert!(archive.generation.groups().unwrap().len() > 10);
    let mut checked = 0;
    for round in 0..120 {
        let filters: Vec<Filter> = (0..dice.roll(4)).map(|_| perhaps_left_out(&mut dice)).collect();
        let counts_of = [Unit::Articles, Unit::Stories][round % 2];
        let request = Request { facets: FacetField::ALL.to_vec(), limit: 3, counts_of, ..request(&query(&mut dice), &filters) };
        let response = archive.search(&request);
        let total = if counts_of == Unit::Articles { response.total } else { response.total_stories };
        assert_eq!(count(&archive.generation, &AUTHORITY, &request).unwrap(), total, "{request:?}");
        for facet in FacetField::ALL {
            let counts = &response.facets[facet.name()];
            assert_eq!(sum(&counts.values, &counts.remainder), total + counts.repeats, "{facet:?} {request:?}");
            assert_eq!(counts.values.len() as u64, counts.distinct);
            checked += check_level(&archive, &request, total, facet, &counts.values, &counts.remainder);
        }
    }
    assert!(checked > 3_000, "{checked}");
}

fn path_depth(value: &FacetValue) -> usize {
    value.path.split('/').count() - 1
}

fn sum(values: &[FacetValue], remainder: &[RemainderRow]) -> u64 {
    values.iter().map(|value| value.count).chain(remainder.iter().map(|row| row.count)).sum()
}

/// Checks every value and row below, and returns how many there were; `total` is that of the request.
fn check_level(
    archive: &Archive,
    request: &Request,
    total: u64,
    facet: FacetField,
    values: &[FacetValue],
    remainder: &[RemainderRow],
) -> usize {
    let total_with = |filter: Filter| {
        let filters = [request.filters.as_slice(), &[filter]].concat();
        count(&archive.generation, &AUTHORITY, &Request { filters, ..request.clone() }).unwrap()
    };
    let check = |selected: Filter, count: u64| {
        assert_eq!(total_with(selected.clone()), count, "{selected:?} of {request:?}");
        let without = total_with(Filter::Not(Box::new(selected.clone())));
        match request.counts_of {
            Unit::Articles => assert_eq!(without, total - count, "without {selected:?} of {request:?}"),
            // A story may have articles on both sides.
            Unit::Stories => assert!((total - count..=total).contains(&without), "without {selected:?} of {request:?}"),
        }
    };
    let mut checked = 0;
    for value in values {
        let path = FacetPath::try_from(value.path.clone()).unwrap();
        check(Filter::Value(facet, path), value.count);
        if !value.children.is_empty() || !value.remainder.is_empty() {
            assert_eq!(sum(&value.children, &value.remainder), value.count + value.repeats, "{} of {request:?}", value.path);
        }
        assert!(value.count > 0 && !value.label.is_empty());
        assert!(facet != FacetField::Province || path_depth(value) == 3 || !value.children.is_empty() || !value.remainder.is_empty());
        checked += 1 + check_level(archive, request, total, facet, &value.children, &value.remainder);
    }
    for row in remainder {
        check(Filter::Remainder(Remainder::parse(&row.kind).unwrap()), row.count);
        checked += 1;
    }
    checked
}
