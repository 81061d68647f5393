use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn the_map_has_as_many_units_as_it_had_at_the_time() {
    let units = Units::bundled();
    let counted = [("1977-01-01", 38), ("1990-01-01", 44), ("1995-01-01", 53), ("2000-01-01", 61), ("2005-01-01", 64), ("2010-01-01", 63)];
    for (on, count) in counted.into_iter().chain([("2025-06-30", 63), ("2025-07-01", 34)]) {
        assert_eq!(units.units.iter().filter(|unit| unit.covers(day(on))).count(), count, "{on}");
    }
    assert_eq!(units.today().count(), 34);
    assert_eq!(units.today().filter(|unit| unit.kind == UnitKind::City).count(), 6);
}

#[test]
fn every_table_row_is_read_and_every_link_leads_somewhere() {
    let units = Units::bundled();
    for unit in &units.units {
        assert!(!unit.today.is_empty(), "{}: no unit of today", unit.id);
        assert!(unit.today.iter().all(|id| units.get(id).is_some_and(|today| today.valid_to.is_none())), "{}", unit.id);
        assert!(unit.valid_to.is_none_or(|last| unit.valid_from <= last), "{}", unit.id);
        assert!(unit.valid_to.is_some() || unit.today == [unit.id.clone()], "{}", unit.id);
    }
    for eras in units.units.chunk_by(|one, next| one.slug == next.slug) {
        assert!(eras.windows(2).all(|pair| pair[0].valid_to.is_some_and(|last| last < pair[1].valid_from)), "{}", eras[0].slug);
    }
    let known = |slug: &str| assert!(!units.by_slug(slug).is_empty(), "{slug}");
    table::districts().for_each(|district| known(district.province));
    table::variants().for_each(|(_, slug, _)| known(slug));
    assert_eq!(table::districts().count() + table::wards().count(), units.local_places().len());
    table::wards().for_each(|(_, _, slug)| assert!(units.by_slug(slug).last().is_some_and(|unit| unit.valid_to.is_none()), "{slug}"));
    table::regions().flat_map(|region| [region.before, region.since].concat()).for_each(known);
    assert!(table::place_words().count() > 100);
    assert_eq!(Units::TABLES.iter().filter(|(_, text)| text.starts_with("# ")).count(), Units::TABLES.len());
}

#[test]
fn a_name_means_the_unit_of_its_time() {
    let units = Units::bundled();
    let cases = [
        ("ninh-binh", "2024-02-29", "ninh-binh@1992", "Ninh Bình (đến 6/2025)", "ninh-binh@2025"),
        ("ninh-binh", "2026-01-01", "ninh-binh@2025", "Ninh Bình (từ 7/2025)", "ninh-binh@2025"),
        ("binh-phuoc", "2026-01-01", "binh-phuoc@1997", "Bình Phước", "dong-nai@2025"),
        ("ha-noi", "2024-01-01", "ha-noi@1976", "Hà Nội", "ha-noi@1976"),
        ("cao-bang", "2026-01-01", "cao-bang@1978", "Cao Bằng", "cao-bang@1978"),
        ("dak-lak", "2010-01-01", "dak-lak@2004", "Đắk Lắk (1/2004–6/2025)", "dak-lak@2025"),
        ("song-be", "1990-01-01", "song-be@1976", "Sông Bé", "ho-chi-minh@2025 dong-nai@2025"),
        ("hue", "2025-03-01", "hue@2025", "Huế", "hue@2025"),
        ("hue", "2020-03-01", "hue@2025", "Huế", "hue@2025"),
        ("thua-thien-hue", "2025-03-01", "thua-thien-hue@1989", "Thừa Thiên Huế", "hue@2025"),
    ];
    for (slug, on, id, label, todays) in cases {
        let unit = units.nearest_era(slug, day(on)).unwrap();
        assert_eq!(unit.id, id, "{slug} on {on}");
        assert_eq!(units.label(id), label);
        assert_eq!(units.todays_of(id).iter().map(|unit| unit.id.as_str()).collect::<Vec<_>>().join(" "), todays);
    }
    assert_eq!(units.at("binh-phuoc", day("2026-01-01")), None);
    assert_eq!(units.label(&of_unknown_era("ninh-binh")), "Ninh Bình (không rõ thời kỳ)");
    assert_eq!(units.todays_of("ninh-binh@?")[0].id, "ninh-binh@2025");
    assert_eq!(units.label("nowhere@1999"), "nowhere@1999");
}

#[test]
fn a_typed_place_is_resolved_with_and_without_diacritics() {
    let units = Units::bundled();
    let cases: [(&str, &[&str]); 18] = [
        ("Ninh Bình", &["Ninh Bình"]),
        ("ninh binh", &["Ninh Bình"]),
        ("NINH BÌNH", &["Ninh Bình"]),
        ("Thanh Hoá", &["Thanh Hóa"]),
        ("thanh hoa", &["Thanh Hóa"]),
        ("tỉnh Hà Tĩnh", &["Hà Tĩnh"]),
        ("ha tinh", &["Hà Tĩnh"]),
        ("TP.HCM", &["Hồ Chí Minh"]),
        ("tp hcm", &["Hồ Chí Minh"]),
        ("thành phố Hồ Chí Minh", &["Hồ Chí Minh"]),
        ("thanh pho ho chi minh", &["Hồ Chí Minh"]),
        ("dak lak", &["Đắk Lắk"]),
        ("Đăk Lăk", &["Đắk Lắk"]),
        ("brvt", &["Bà Rịa - Vũng Tàu"]),
        ("bà rịa vũng tàu", &["Bà Rịa - Vũng Tàu"]),
        ("tay nguyen", &["Tây Nguyên"]),
        ("Ninh Bình (đến 6/2025)", &["Ninh Bình (đến 6/2025)"]),
        ("Ninh Bính", &[]),
    ];
    for (typed, expected) in cases {
        assert_eq!(units.resolve(typed).iter().map(|one| one.label.as_str()).collect::<Vec<_>>(), expected, "{typed}");
    }
    assert_eq!(units.resolve("Ninh Bình")[0].units, ["ninh-binh@1992", "ninh-binh@2025"]);
    assert_eq!(units.resolve("ninh-binh@1992")[0].units, ["ninh-binh@1992"]);
    let highlands = &units.resolve("Tây Nguyên")[0].units;
    assert!(["kon-tum@1991", "gia-lai@1991", "dak-lak@2004", "lam-dong@2025"].iter().all(|id| highlands.iter().any(|one| one == id)));
}

#[test]
fn a_mistyped_place_has_near_names() {
    let units = Units::bundled();
    assert_eq!(units.nearest("Nin Binh").first(), Some(&"Ninh Bình"));
    assert_eq!(units.nearest("Bắc Gian").first(), Some(&"Bắc Giang"));
    assert!(units.nearest("xyzxyzxyz").is_empty());
    assert!(units.nearest(&"a".repeat(1_000_000)).is_empty());
}

#[test]
fn each_reform_since_1975_is_a_link_in_both_directions() {
    let units = Units::bundled();
    // The unit, its last day, what it became the day after, the units of today's map on its land.
    let reforms = [
        ("cao-lang@1976", "1978-12-28", "cao-bang@1978 lang-son@1978", "cao-bang lang-son"),
        ("nghia-binh@1976", "1989-06-30", "binh-dinh@1989 quang-ngai@1989", "quang-ngai gia-lai"),
        ("phu-khanh@1976", "1989-06-30", "khanh-hoa@1989 phu-yen@1989", "dak-lak khanh-hoa"),
        ("binh-tri-thien@1976", "1989-06-30", "quang-binh@1989 quang-tri@1989 thua-thien-hue@1989", "quang-tri hue"),
        ("ha-son-binh@1976", "1991-09-30", "ha-tay@1991 hoa-binh@1991", "ha-noi phu-tho"),
        ("ha-tuyen@1976", "1991-09-30", "ha-giang@1991 tuyen-quang@1991", "tuyen-quang"),
        ("hoang-lien-son@1976", "1991-09-30", "lao-cai@1991 yen-bai@1991", "lao-cai"),
        ("nghe-tinh@1976", "1991-09-30", "ha-tinh@1991 nghe-an@1991", "nghe-an ha-tinh"),
        ("gia-lai-kon-tum@1976", "1991-09-30", "gia-lai@1991 kon-tum@1991", "gia-lai quang-ngai"),
        ("vung-tau-con-dao@1979", "1991-09-30", "ba-ria-vung-tau@1991", "ho-chi-minh"),
        ("dong-nai@1976", "1991-09-30", "ba-ria-vung-tau@1991 dong-nai@1991", "dong-nai ho-chi-minh"),
        ("ha-nam-ninh@1976", "1992-03-31", "nam-ha@1992 ninh-binh@1992", "ninh-binh"),
        ("cuu-long@1976", "1992-03-31", "tra-vinh@1992 vinh-long@1992", "vinh-long"),
        ("hau-giang@1976", "1992-03-31", "can-tho@1992 soc-trang@1992", "can-tho"),
        ("thuan-hai@1976", "1992-03-31", "binh-thuan@1992 ninh-thuan@1992", "khanh-hoa lam-dong"),
        ("bac-thai@1976", "1996-12-31", "bac-kan@1997 thai-nguyen@1997", "thai-nguyen"),
        ("ha-bac@1976", "1996-12-31", "bac-giang@1997 bac-ninh@1997", "bac-ninh"),
        ("nam-ha@1992", "1996-12-31", "ha-nam@1997 nam-dinh@1997", "ninh-binh"),
        ("hai-hung@1976", "1996-12-31", "hai-duong@1997 hung-yen@1997", "hai-phong hung-yen"),
        ("vinh-phu@1976", "1996-12-31", "phu-tho@1997 vinh-phuc@1997", "phu-tho"),
        ("quang-nam-da-nang@1976", "1996-12-31", "da-nang@1997 quang-nam@1997", "da-nang"),
        ("song-be@1976", "1996-12-31", "binh-duong@1997 binh-phuoc@1997", "ho-chi-minh dong-nai"),
        ("minh-hai@1976", "1996-12-31", "bac-lieu@1997 ca-mau@1997", "ca-mau"),
        ("can-tho@1992", "2003-12-31", "can-tho@2004 hau-giang@2004", "can-tho"),
        ("dak-lak@1976", "2003-12-31", "dak-lak@2004 dak-nong@2004", "dak-lak lam-dong"),
        ("lai-chau@1976", "2003-12-31", "dien-bien@2004 lai-chau@2004", "lai-chau dien-bien"),
        ("ha-tay@1991", "2008-07-31", "ha-noi@1976", "ha-noi"),
        ("thua-thien-hue@1989", "2024-12-31", "hue@2025", "hue"),
        ("binh-phuoc@1997", "2025-06-30", "dong-nai@2025", "dong-nai"),
    ];
    for (id, last, next, todays) in reforms {
        let unit = units.get(id).unwrap_or_else(|| panic!("{id}"));
        assert_eq!(unit.valid_to, Some(day(last)), "{id}");
        assert_eq!(unit.next.join(" "), next, "{id}");
        assert_eq!(units.todays_of(id).iter().map(|today| today.slug.as_str()).collect::<Vec<_>>().join(" "), todays, "{id}");
        assert!(unit.next.iter().all(|next| units.before(next).any(|before| before.id == id)), "{id}");
    }
    let ended_before_2025 = units.units.iter().filter(|unit| unit.valid_to.is_some_and(|last| last < day("2025-06-30")));
    assert_eq!(ended_before_2025.count(), reforms.len() - 1);
    // Of the 63 of June 2025, 52 became 23 others, and 11 went on.
    let merged: Vec<&Unit> = units.units.iter().filter(|unit| unit.valid_to == Some(day("2025-06-30"))).collect();
    assert_eq!(merged.len(), 52);
    assert!(merged.iter().all(|unit| unit.next == unit.today && unit.next.len() == 1));
    assert_eq!(units.today().filter(|unit| unit.valid_from == MERGER).count(), 23);
    let before = |id: &str| units.before(id).map(|unit| unit.id.as_str()).collect::<Vec<_>>().join(" ");
    assert_eq!(before("ninh-binh@2025"), "ha-nam@1997 nam-dinh@1997 ninh-binh@1992");
    assert_eq!(before("ha-noi@1976"), "ha-tay@1991");
}

#[test]
fn a_place_lies_in_the_units_of_its_land() {
    let units = Units::bundled();
    let cases = [
        ("ninh-binh@1992", "kim-son-huyen", "ninh-binh", true),
        ("ninh-binh@2025", "kim-son-huyen", "ninh-binh", true),
        ("ninh-binh@?", "kim-son-huyen", "ninh-binh", true),
        ("ha-nam-ninh@1976", "kim-son-huyen", "ninh-binh", true),
        ("ninh-binh@2025", "hai-hau-huyen", "nam-dinh", true),
        ("nam-ha@1992", "hai-hau-huyen", "nam-dinh", true),
        ("ninh-binh@1992", "hai-hau-huyen", "nam-dinh", false),
        ("ninh-binh@?", "hai-hau-huyen", "nam-dinh", false),
        ("nam-dinh@1997", "hoa-lu-phuong", "ninh-binh", true),
        ("song-be@1976", "dong-phu-huyen", "binh-phuoc", true),
        ("hue@2025", "a-luoi-huyen", "thua-thien-hue", true),
        // Part of Đồng Nai went to Bà Rịa - Vũng Tàu in 1991, and so to the city in 2025; these lie in what stayed.
        ("ho-chi-minh@2025", "tam-phuoc-phuong", "dong-nai", false),
        ("ho-chi-minh@2025", "long-thanh-huyen", "dong-nai", false),
        ("dong-nai@1976", "xuyen-moc-huyen", "ba-ria-vung-tau", true),
        ("nowhere@1976", "kim-son-huyen", "ninh-binh", false),
    ];
    for (id, place_id, province, holds) in cases {
        let place = units.local_places().iter().find(|place| place.id == place_id && place.province == province);
        assert_eq!(units.holds(id, place.unwrap_or_else(|| panic!("{place_id}"))), holds, "{id} {place_id}");
    }
}

#[test]
fn a_region_has_its_members_of_every_time() {
    let units = Units::bundled();
    let cases = [
        ("Tây Nguyên", "gia-lai-kon-tum@1976 dak-lak@1976 kon-tum@1991 dak-nong@2004 gia-lai@2025 quang-ngai@2025", "quang-ngai@1989"),
        ("Đông Nam Bộ", "song-be@1976 vung-tau-con-dao@1979 binh-phuoc@1997 tay-ninh@2025", "long-an@1976"),
        ("dong bang song cuu long", "cuu-long@1976 minh-hai@1976 hau-giang@1976 hau-giang@2004 ca-mau@2025", "tay-ninh@2025"),
        ("ĐBSH", "ha-tay@1991 ha-nam-ninh@1976 nam-ha@1992 hai-hung@1976 bac-ninh@2025", "ha-bac@1976"),
        ("Bắc Trung Bộ", "nghe-tinh@1976 binh-tri-thien@1976 thua-thien-hue@1989 hue@2025", "da-nang@1997"),
        ("Nam Trung Bộ", "phu-khanh@1976 nghia-binh@1976 quang-nam-da-nang@1976 khanh-hoa@1989", "khanh-hoa@2025"),
        ("Duyên hải Nam Trung Bộ và Tây Nguyên", "khanh-hoa@2025 khanh-hoa@1989 kon-tum@1991", "ninh-thuan@2025"),
        ("Trung du và miền núi phía Bắc", "hoang-lien-son@1976 cao-lang@1976 bac-thai@1976 phu-tho@2025", "bac-ninh@2025"),
    ];
    for (typed, members, stranger) in cases {
        let resolved = units.resolve(typed);
        assert_eq!(resolved.len(), 1, "{typed}");
        let has = |id: &str| resolved[0].units.iter().any(|one| one == id);
        assert!(members.split(' ').all(has), "{typed}: {:?}", resolved[0].units);
        assert!(!has(stranger), "{typed}: {stranger}");
    }
}

#[test]
fn a_typed_place_below_the_provinces_is_resolved() {
    let units = Units::bundled();
    let cases: [(&str, &[&str]); 20] = [
        ("huyện Kim Sơn", &["kim-son-huyen ninh-binh"]),
        ("huyen kim son", &["kim-son-huyen ninh-binh"]),
        ("phường Hoa Lư", &["hoa-lu-phuong ninh-binh"]),
        ("Hoa Lư, Ninh Bình", &["hoa-lu-huyen ninh-binh", "hoa-lu-thanh-pho ninh-binh", "hoa-lu-phuong ninh-binh"]),
        ("phường hoa lư, ninh bình", &["hoa-lu-phuong ninh-binh"]),
        ("TP Vinh", &["vinh-thanh-pho nghe-an"]),
        ("thành phố Vinh", &["vinh-thanh-pho nghe-an"]),
        ("tx gia nghia", &["gia-nghia-thanh-pho dak-nong"]),
        ("quận 1", &["quan-1 ho-chi-minh"]),
        ("QUAN 1", &["quan-1 ho-chi-minh"]),
        ("đặc khu Phú Quốc", &["phu-quoc-dac-khu an-giang"]),
        ("Quy Nhơn, Gia Lai", &["quy-nhon-thanh-pho binh-dinh", "quy-nhon-phuong gia-lai"]),
        ("huyện An Lão", &["an-lao-huyen binh-dinh", "an-lao-huyen hai-phong"]),
        ("huyện An Lão, Hải Phòng", &["an-lao-huyen hai-phong"]),
        ("huyện Đắk R'Lấp", &["dak-r-lap-huyen dak-nong"]),
        ("xã Kim Sơn, Atlantis", &[]),
        ("huyện Kim Sớn", &[]),
        ("phường Kim Sơn, Ninh Bình", &[]),
        ("huyện", &[]),
        ("", &[]),
    ];
    for (typed, expected) in cases {
        let found: Vec<String> = units.resolve_place(typed).iter().map(|place| format!("{} {}", place.id, place.province)).collect();
        assert_eq!(found, expected, "{typed}");
    }
}
