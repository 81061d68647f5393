//! Filters as people type them, over an archive of fictional people in real provinces.

use super::archive::{Archive, Draft, names, request};
use crate::article::{FacetPath, Interval, ProvinceStatus};
use crate::index::{FacetField, Remainder};
use crate::search::{Boundaries, Filter, NoticeCode, SearchError, parse_range};
use unicode_normalization::UnicodeNormalization;

fn archive() -> Archive {
    Archive::of(&[
        Draft::new("nb-2024", "Ninh Bình đẩy mạnh chuyển đổi số", "Chuyển đổi số ở Hoà Lư.")
            .on("2024-02-29")
            .about("ninh-binh@1992")
            .at("ninh-binh@1992", "hoa-lu-huyen")
            .at("ninh-binh@1992", "kim-son-huyen")
            .names("Lò Văn Thiêm", "Phó Chủ tịch Ủy ban nhân dân tỉnh Ninh Bình", Some("Ninh Bình"))
            .names("Tạ Quang Hoà", "Bộ trưởng Bộ Y tế", Some("Bộ Y tế"))
            .from("Báo Ninh Bình"),
        Draft::new("nb-2024-thang", "Chuyển đổi số", "Chuyển đổi số.").on("2024-10").about("ninh-binh@1992").from("Cổng TTĐT Ninh Bình"),
        Draft::new("nb-2026", "Chuyển đổi số", "Chuyển đổi số.")
            .on("2026-01-05")
            .about("ninh-binh@2025")
            .at("ninh-binh@2025", "hoa-lu-phuong")
            .names("Lò Văn Thiêm", "Bí thư Tỉnh ủy Ninh Bình", Some("Ninh Bình")),
        Draft::new("ha-nam", "Chuyển đổi số", "Chuyển đổi số.").on("2023").about("ha-nam@1997"),
        Draft::new("binh-phuoc", "Tin", "Tin.").on("2024-05-13").about("binh-phuoc@1997").names(
            "Tạ Quang Hoà",
            "nguyên Thứ trưởng Bộ Y tế",
            Some("Bộ Y tế"),
        ),
        Draft::new("dong-nai", "Tin", "Tin.").on("2025-12-30..2026-01-02").about("dong-nai@2025"),
        Draft::new("ninh-thuan", "Tin", "Tin.").about("ninh-thuan@1992").names("Lò Văn Thiềm", "nguyên Bộ trưởng Bộ Công Thương", None),
        Draft::new("dak-lak", "Tin", "Tin.").on("2024-05-14").about("dak-lak@2004"),
        Draft::new("ca-nuoc", "Tin", "Tin.").status(ProvinceStatus::National).names(
            "Lò Văn Thiêm",
            "Bộ trưởng Bộ Xây dựng",
            Some("Bộ Xây dựng"),
        ),
        Draft::new("nuoc-ngoai", "Tin", "Tin.").status(ProvinceStatus::Foreign),
    ])
}

fn province(typed: &str) -> Filter {
    Filter::Province { typed: typed.to_owned(), boundaries: Boundaries::Today }
}

fn as_written(typed: &str) -> Filter {
    Filter::Province { typed: typed.to_owned(), boundaries: Boundaries::AsWritten }
}

fn official(typed: &str) -> Filter {
    Filter::Official(typed.to_owned())
}

fn role(typed: &str) -> Filter {
    Filter::Role(typed.to_owned())
}

fn year(typed: &str) -> Filter {
    Filter::Year(typed.to_owned())
}

fn date(typed: &str, precise: bool) -> Filter {
    Filter::Date { range: parse_range(typed).unwrap(), precise }
}

fn found(archive: &Archive, query: &str, filters: &[Filter]) -> Vec<String> {
    let mut found = archive.hits_with(query, filters);
    found.sort();
    found
}

#[test]
fn each_filter_selects_its_articles() {
    let archive = archive();
    let value = |facet, path: &str| Filter::Value(facet, FacetPath::try_from(path.to_owned()).unwrap());
    let cases: Vec<(Vec<Filter>, &[&str])> = vec![
        (vec![province("Ninh Bình")], &["ha-nam", "nb-2024", "nb-2024-thang", "nb-2026"]),
        (vec![province("tỉnh Ninh Bình"), year("2024")], &["nb-2024", "nb-2024-thang"]),
        (vec![as_written("Ninh Bình")], &["nb-2024", "nb-2024-thang", "nb-2026"]),
        (vec![province("Ninh Bình (đến 6/2025)")], &["nb-2024", "nb-2024-thang"]),
        (vec![province("ninh-binh@2025")], &["nb-2026"]),
        (vec![province("Hà Nam")], &["ha-nam"]),
        (vec![province("Đồng Nai")], &["binh-phuoc", "dong-nai"]),
        (vec![as_written("Đồng Nai")], &["dong-nai"]),
        (vec![province("Lào Cai")], &[]),
        (vec![province("Yên Bái")], &[]),
        (vec![province("Tây Nguyên")], &["dak-lak"]),
        (vec![province("toàn quốc")], &["ca-nuoc"]),
        (vec![province("national")], &["ca-nuoc"]),
        (vec![province("nước ngoài")], &["nuoc-ngoai"]),
        (vec![province("unknown")], &[]),
        (vec![value(FacetField::Province, "/ninh-binh/ha-nam@1997")], &["ha-nam"]),
        (vec![value(FacetField::Province, "/ninh-binh/ninh-binh@1992/kim-son-huyen")], &["nb-2024"]),
        (vec![province("huyện Kim Sơn")], &["nb-2024"]),
        (vec![province("kim son")], &["nb-2024"]),
        (vec![province("Kim Sơn, Ninh Bình")], &["nb-2024"]),
        (vec![province("phuong hoa lu")], &["nb-2026"]),
        (vec![province("Hoa Lư")], &["nb-2024", "nb-2026"]),
        (vec![as_written("Hoa Lư")], &["nb-2024", "nb-2026"]),
        (vec![province("huyện Yên Mô")], &[]),
        (vec![province("only:Ninh Bình")], &["ha-nam", "nb-2024-thang"]),
        (vec![province("only:/ninh-binh/ninh-binh@1992")], &["nb-2024-thang"]),
        (vec![province("only:Lào Cai")], &[]),
        (vec![official("Lò Văn Thiêm")], &["ca-nuoc", "nb-2024", "nb-2026"]),
        (vec![official("Văn Thiêm")], &["ca-nuoc", "nb-2024", "nb-2026"]),
        (vec![official("Tạ Quang Hòa")], &["binh-phuoc", "nb-2024"]),
        (vec![official("none")], &["dak-lak", "dong-nai", "ha-nam", "nb-2024-thang", "nuoc-ngoai"]),
        (vec![role("Bộ trưởng")], &["ca-nuoc", "nb-2024", "ninh-thuan"]),
        (vec![role("nguyên Bộ trưởng")], &["ninh-thuan"]),
        (vec![role("Viện trưởng")], &[]),
        (vec![role("cựu Bộ trưởng")], &["ninh-thuan"]),
        (vec![role("Thứ trưởng")], &["binh-phuoc"]),
        (vec![role("PCT UBND")], &["nb-2024"]),
        (vec![role("Phó Chủ tịch UBND tỉnh Ninh Bình")], &["nb-2024"]),
        // Person and post bind to one person, never to two of one article.
        (vec![official("Lò Văn Thiêm"), role("Bộ trưởng")], &["ca-nuoc"]),
        (vec![official("Lò Văn Thiêm"), role("Thứ trưởng")], &[]),
        (vec![official("Tạ Quang Hoà"), role("Phó Chủ tịch")], &[]),
        (vec![official("Tạ Quang Hoà"), role("Bộ trưởng")], &["nb-2024"]),
        (vec![official("Tạ Quang Hoà"), official("Lò Văn Thiêm"), role("Bộ trưởng")], &[]),
        (vec![role("Bộ trưởng"), role("Phó Chủ tịch")], &[]),
        (vec![value(FacetField::Official, "/Lò Văn Thiêm/Ninh Bình"), role("Bộ trưởng")], &[]),
        (vec![value(FacetField::Official, "/Lò Văn Thiêm/Ninh Bình"), role("Bí thư")], &["nb-2026"]),
        (vec![year("2024")], &["binh-phuoc", "dak-lak", "nb-2024", "nb-2024-thang"]),
        (vec![year("2024-05")], &["binh-phuoc", "dak-lak"]),
        (vec![year("13/5/2024")], &["binh-phuoc"]),
        (vec![year("2023..2024")], &["binh-phuoc", "dak-lak", "ha-nam", "nb-2024", "nb-2024-thang"]),
        (vec![year("only:2023")], &["ha-nam"]),
        (vec![year("only:2024-10")], &["nb-2024-thang"]),
        (vec![year("several")], &["dong-nai"]),
        (vec![year("không rõ")], &["ca-nuoc", "ninh-thuan", "nuoc-ngoai"]),
        (vec![Filter::Remainder(Remainder::SeveralYears)], &["dong-nai"]),
        (vec![date("2024-10-15", false)], &["nb-2024-thang"]),
        (vec![date("2024-10-15", true)], &[]),
        (vec![date("2024-10", true)], &["nb-2024-thang"]),
        (vec![date("2026..", false)], &["dong-nai", "nb-2026"]),
        (vec![date("..2023", false)], &["ha-nam"]),
        (vec![Filter::Source("báo ninh bình".to_owned())], &["nb-2024"]),
        (vec![Filter::Source("Ninh Bình".to_owned())], &["nb-2024", "nb-2024-thang"]),
        (vec![Filter::Source("none".to_owned()), year("2026")], &["nb-2026"]),
        (vec![Filter::Collection("TIN TUC".to_owned()), year("2026")], &["nb-2026"]),
    ];
    for (filters, expected) in cases {
        assert_eq!(found(&archive, "", &filters), expected, "{filters:?}");
        if let [filter] = filters.as_slice() {
            let all = found(&archive, "", &[]);
            let others: Vec<String> = all.iter().filter(|name| !expected.contains(&name.as_str())).cloned().collect();
            let not = Filter::Not(Box::new(filter.clone()));
            assert_eq!(found(&archive, "", std::slice::from_ref(&not)), others, "{not:?}");
            assert_eq!(found(&archive, "", &[Filter::Not(Box::new(not))]), expected, "left out twice: {filter:?}");
        }
    }
}

#[test]
fn an_official_who_is_left_out_is_left_out_as_holder_of_the_role() {
    let archive = archive();
    let not = |filter: Filter| Filter::Not(Box::new(filter));
    let cases: [(&[Filter], &[&str]); 5] = [
        (&[role("Bộ trưởng"), not(official("Lò Văn Thiêm"))], &["nb-2024", "ninh-thuan"]),
        (&[not(official("Tạ Quang Hoà")), role("Bộ trưởng")], &["ca-nuoc", "ninh-thuan"]),
        (&[official("Lò Văn Thiêm"), not(role("Bộ trưởng"))], &["nb-2026"]),
        (&[official("Lò Văn Thiêm"), not(official("Tạ Quang Hoà"))], &["ca-nuoc", "nb-2026"]),
        (&[role("Bộ trưởng"), not(official("none"))], &["ca-nuoc", "nb-2024", "ninh-thuan"]),
    ];
    for (filters, expected) in cases {
        assert_eq!(found(&archive, "", filters), expected, "{filters:?}");
    }
}

#[test]
fn conditions_in_the_query_are_the_same_filters() {
    let archive = archive();
    let cases: [(&str, &[&str]); 13] = [
        ("tỉnh:\"huyện Kim Sơn\"", &["nb-2024"]),
        ("chuyển đổi số province:\"Ninh Bình\" year:2024", &["nb-2024", "nb-2024-thang"]),
        ("tỉnh:\"Đồng Nai\"", &["binh-phuoc", "dong-nai"]),
        ("official:\"Lò Văn Thiêm\" role:\"Bộ trưởng\"", &["ca-nuoc"]),
        ("official:\"Lò Văn Thiêm\" role:\"Thứ trưởng\"", &[]),
        ("province:(\"Đồng Nai\" OR \"Đắk Lắk\")", &["binh-phuoc", "dak-lak", "dong-nai"]),
        ("chuyển đổi số -province:\"Hà Nam\"", &["nb-2024", "nb-2024-thang", "nb-2026"]),
        ("year:2023 OR year:2026", &["ha-nam", "nb-2026"]),
        ("year:2025..", &["nb-2026"]),
        ("date:2024-05-01..2024-05-13", &["binh-phuoc"]),
        ("(official:\"Tạ Quang Hoà\" role:\"Phó Chủ tịch\") OR year:2023", &["ha-nam"]),
        ("source:\"Báo Ninh Bình\"", &["nb-2024"]),
        ("NOT province:\"Ninh Bình\" NOT year:2024", &["ca-nuoc", "dong-nai", "ninh-thuan", "nuoc-ngoai"]),
    ];
    for (query, expected) in cases {
        assert_eq!(found(&archive, query, &[]), expected, "{query}");
    }
}

#[test]
fn the_same_is_found_however_it_is_typed() {
    type Form = fn(&str) -> String;
    let archive = archive();
    let forms: [(&str, Form); 5] = [
        ("NFD", |text| text.nfd().collect()),
        ("capitals", |text| text.to_uppercase()),
        ("no diacritics", |text| crate::text::fold(text)),
        ("other tone placement", |text| text.replace("Hoà", "Hòa").replace("hoà", "hòa")),
        ("spaces", |text| format!("  {}  ", text.replace(' ', "   "))),
    ];
    let cases = [
        ("chuyển đổi số", vec![province("Ninh Bình"), year("2024")]),
        ("hoà lư", vec![]),
        ("", vec![official("Tạ Quang Hoà"), role("Bộ trưởng")]),
        ("", vec![official("Tạ Quang Hoà"), role("Thứ trưởng")]),
        ("", vec![official("Tạ Quang Hoà"), role("Phó Chủ tịch")]),
        ("", vec![province("Đồng Nai")]),
        ("", vec![province("huyện Kim Sơn")]),
        ("", vec![province("phường Hoa Lư, Ninh Bình")]),
        ("", vec![province("Đắk Lắk")]),
        ("", vec![Filter::Source("Báo Ninh Bình".to_owned())]),
        ("", vec![role("Phó Chủ tịch UBND tỉnh")]),
    ];
    for (query, filters) in cases {
        let expected = found(&archive, query, &filters);
        for (name, form) in forms {
            let retyped: Vec<Filter> = filters
                .iter()
                .map(|filter| match filter {
                    Filter::Province { typed, boundaries } => Filter::Province { typed: form(typed), boundaries: *boundaries },
                    Filter::Official(typed) => Filter::Official(form(typed)),
                    Filter::Role(typed) => Filter::Role(form(typed)),
                    Filter::Source(typed) => Filter::Source(form(typed)),
                    other => other.clone(),
                })
                .collect();
            assert_eq!(found(&archive, &form(query), &retyped), expected, "{name}: {query} {filters:?}");
        }
    }
}

#[test]
fn filters_are_echoed_as_they_were_read() {
    let archive = archive();
    let cases = [
        (province("dong nai"), "Đồng Nai, gồm Bình Phước đến 6/2025", "today", vec!["/dong-nai"]),
        (province("Bình Phước"), "Bình Phước (nay thuộc Đồng Nai)", "today", vec!["/dong-nai/binh-phuoc@1997"]),
        (as_written("Đồng Nai"), "Đồng Nai", "as_written", vec!["/dong-nai/dong-nai@2025"]),
        (province("huyen kim son"), "Huyện Kim Sơn, Ninh Bình", "today", vec!["/ninh-binh/ninh-binh@1992/kim-son-huyen"]),
        (
            province("only:Ninh Bình (đến 6/2025)"),
            "Ninh Bình (đến 6/2025): không nêu huyện, xã",
            "value",
            vec!["province:only:/ninh-binh/ninh-binh@1992"],
        ),
        (province("toan quoc"), "toàn quốc", "value", vec!["province:national"]),
        (year("05/2024"), "Tháng 5/2024", "value", vec!["/2024/05"]),
        (official("ta quang hoa"), "Tạ Quang Hòa", "value", vec!["/Tạ Quang Hòa"]),
        (date("2024-01..2024-03", true), "từ 01/01/2024 đến 31/03/2024", "precise", vec!["2024-01-01..2024-03-31"]),
        (date("..2024", false), "đến 31/12/2024", "overlap", vec!["..2024-12-31"]),
        (date("5.2024..", false), "từ 01/05/2024", "overlap", vec!["2024-05-01.."]),
        (Filter::Not(Box::new(province("dong nai"))), "trừ Đồng Nai, gồm Bình Phước đến 6/2025", "not", vec!["/dong-nai"]),
        (Filter::Not(Box::new(Filter::Remainder(Remainder::NoOfficial))), "trừ không nêu cán bộ", "not", vec!["official:none"]),
    ];
    for (filter, label, mode, resolved) in cases {
        let response = archive.search(&request("", std::slice::from_ref(&filter)));
        let applied = &response.filters[0];
        assert_eq!((applied.label.as_str(), applied.mode.as_str()), (label, mode), "{filter:?}");
        assert_eq!(applied.resolved, resolved, "{filter:?}");
    }
}

#[test]
fn what_fits_several_takes_all_and_lists_them() {
    let archive = archive();
    let response = archive.search(&request("", &[official("lo van thiem")]));
    assert_eq!(response.total, 4);
    let notice = response.notices.iter().find(|notice| notice.code == NoticeCode::AmbiguousFilter).unwrap();
    assert!(notice.text.contains("Lò Văn Thiêm (3 bài)") && notice.text.contains("Lò Văn Thiềm (1 bài)"), "{}", notice.text);
    assert!(archive.search(&request("", &[official("Lò Văn Thiêm")])).notices.is_empty());

    let response = archive.search(&request("", &[province("hoa lu")]));
    assert_eq!(response.total, 2);
    let notice = response.notices.iter().find(|notice| notice.code == NoticeCode::AmbiguousFilter).unwrap();
    for listed in ["Huyện Hoa Lư, Ninh Bình (1 bài)", "Phường Hoa Lư, Ninh Bình (1 bài)", "Thành phố Hoa Lư, Ninh Bình (0 bài)"]
    {
        assert!(notice.text.contains(listed), "{listed}: {}", notice.text);
    }
}

#[test]
fn what_fits_nothing_is_an_error_with_the_nearest_names() {
    let archive = archive();
    let cases = [
        (province("Nin Bình"), "province", "Ninh Bình"),
        (province("huyện Kim Sớn"), "province", "Huyện Kim Sơn, Ninh Bình"),
        (official("Lò Văn Thim"), "official", "Lò Văn Thiêm"),
        (role("Bộ truởng"), "role", "Bộ trưởng"),
        (Filter::Source("Báo Ninh Bính".to_owned()), "source", "Báo Ninh Bình"),
        (Filter::Collection("tin-túc".to_owned()), "collection", "tin-tuc"),
    ];
    for (filter, field, near) in cases {
        match archive.try_search(&request("", std::slice::from_ref(&filter))) {
            Err(SearchError::UnknownValue { field: found, nearest, .. }) => {
                assert_eq!(found, field);
                assert!(nearest.iter().any(|name| name == near), "{filter:?}: {nearest:?}");
            }
            other => panic!("{filter:?}: {:?}", other.map(|response| names(&response))),
        }
    }
    for typed in ["20245", "năm nay", "2024-13", "2024..2023", ""] {
        assert!(matches!(archive.try_search(&request("", &[year(typed)])), Err(SearchError::BadDate { .. })), "{typed}");
    }
}

#[test]
fn hits_that_only_may_lie_in_the_range_are_marked() {
    let archive = archive();
    let response = archive.search(&request("", &[date("2023-06-01..2024-03-01", false)]));
    let certain: Vec<(String, bool)> = response.hits.iter().map(|hit| (hit.article.key.clone(), hit.certain)).collect();
    assert_eq!(certain, [("nb-2024".to_owned(), true), ("ha-nam".to_owned(), false)]);
    let notice = response.notices.iter().find(|notice| notice.code == NoticeCode::PossibleDates).unwrap();
    assert!(notice.text.starts_with("1 bài"));
    let everything = Interval { from: jiff::civil::Date::MIN, to: jiff::civil::Date::MAX };
    assert_eq!(archive.search(&request("", &[Filter::Date { range: everything, precise: true }])).total, 7);
}
