//! Facets of which not all is shown: what is shown is the beginning of the whole, and all sums stay those of the whole.

use super::archive::{Archive, Draft, request};
use super::invariant::drafts;
use crate::article::ProvinceStatus;
use crate::dice::Dice;
use crate::index::FacetField;
use crate::search::{FacetCounts, FacetValue, Filter, Request};

fn counts(archive: &Archive, facet: FacetField, request: &Request) -> FacetCounts {
    let request = Request { facets: vec![facet], limit: 0, ..request.clone() };
    archive.search(&request).facets.remove(facet.name()).unwrap()
}

/// The first values of each level.
fn cut(values: &[FacetValue], most: usize) -> Vec<FacetValue> {
    let cut = |value: &FacetValue| {
        let (children, more) = (cut(&value.children, most), value.children.len().saturating_sub(most) as u64);
        FacetValue { children, more, ..value.clone() }
    };
    values.iter().take(most).map(cut).collect()
}

#[test]
fn the_first_values_of_each_level_are_those_of_the_whole() {
    let mut dice = Dice(4_711);
    let archive = Archive::in_steps(&drafts(&mut dice, 150), 41);
    let requests = [
        request("", &[]),
        request("ngân sách", &[]),
        request("", &[Filter::Role("Chủ tịch".to_owned())]),
        request("", &[Filter::Role("Viện trưởng".to_owned())]),
    ];
    for all in requests {
        for facet in FacetField::ALL {
            let whole = counts(&archive, facet, &all);
            assert_eq!(whole.more, 0);
            for most in [0, 1, 2, 3, 1_000] {
                let bounded = counts(&archive, facet, &Request { max_facet_values: Some(most), ..all.clone() });
                let more = whole.values.len().saturating_sub(most) as u64;
                assert_eq!(bounded, FacetCounts { values: cut(&whole.values, most), more, ..whole.clone() }, "{most} of {facet:?}");
            }
        }
    }
}

#[test]
fn what_was_typed_is_looked_for_in_labels() {
    let archive = Archive::of(&[
        Draft::new("a", "Tin", "Tin.").about("ninh-binh@1992").on("2024-05-13").names("Lò Văn Thiêm", "Chủ tịch", None),
        Draft::new("b", "Tin", "Tin.").about("ha-nam@1997").on("2024").names("Lò Thị Văn", "Chủ tịch", None),
        Draft::new("c", "Tin", "Tin.").about("ha-noi@2008").about("ninh-binh@2025").on("2023-01-02").names("Tạ Vân", "Bí thư", None),
        Draft::new("d", "Tin", "Tin.").status(ProvinceStatus::National),
    ]);
    use FacetField::{Date, Official, Province};
    let cases: [(FacetField, &str, &[&str]); 14] = [
        (Province, "ninh", &["Ninh Bình"]),
        (Province, "NIN", &["Ninh Bình"]),
        (Province, "ha n", &["Ninh Bình", "Hà Nội"]),
        (Province, "Hà Nam", &["Ninh Bình"]),
        (Province, "Hạ", &[]),
        (Province, "toan", &["toàn quốc"]),
        (Province, "", &["Ninh Bình", "Hà Nội", "toàn quốc"]),
        (Official, "lo van", &["Lò Văn Thiêm"]),
        (Official, "van", &["Lò Thị Văn", "Lò Văn Thiêm", "Tạ Vân"]),
        (Official, "văn", &["Lò Thị Văn", "Lò Văn Thiêm"]),
        (Official, "ta va", &["Tạ Vân"]),
        (Official, "khong neu", &["không nêu cán bộ"]),
        (Date, "23", &["2023"]),
        (Date, "05", &[]),
    ];
    for (facet, inside, expected) in cases {
        let whole = counts(&archive, facet, &request("", &[]));
        let inside_of = |max_facet_values| {
            let request = Request { facet_inside: Some(inside.to_owned()), max_facet_values, ..request("", &[]) };
            counts(&archive, facet, &request)
        };
        let found = inside_of(None);
        let values = found.values.iter().map(|value| value.label.as_str());
        let labels: Vec<&str> = values.chain(found.remainder.iter().map(|row| row.label.as_str())).collect();
        assert_eq!(labels, expected, "{facet:?}: {inside}");
        assert_eq!((found.distinct, found.repeats, found.more), (whole.distinct, whole.repeats, 0), "{facet:?}: {inside}");
        assert!(found.values.iter().all(|value| whole.values.contains(value)), "{facet:?}: {inside}");
        let first = inside_of(Some(1));
        assert_eq!((first.values.len() as u64 + first.more, first.values.len()), (found.values.len() as u64, found.values.len().min(1)));
    }
}
