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
