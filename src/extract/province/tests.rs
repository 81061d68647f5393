//! Articles written for these tests: fictional people and events in real provinces.

use super::*;
use crate::article::{EventDate, Interval, Published};

/// An article with its title, text, source and the day of its event.
struct Case {
    title: &'static str,
    body: &'static str,
    source: Option<&'static str>,
    day: Option<&'static str>,
}

const PLAIN: Case = Case { title: "", body: "", source: None, day: Some("2024-05-10") };

fn find(case: &Case, authority: &Authority) -> PlaceFinding {
    let article = CleanArticle {
        title: case.title.to_owned(),
        body: case.body.to_owned(),
        source: case.source.map(str::to_owned),
        ..CleanArticle::default()
    };
    let interval = case.day.map(|day| Interval::day(day.parse().unwrap()));
    let event = EventDate { from: interval.map(|day| day.from), to: interval.map(|day| day.to), ..EventDate::default() };
    let found = provinces(&article, &event, &Places::of(&article, &authority.units), authority);
    for one in &found.evidence {
        let text = match one.field.as_str() {
            "title" => &article.title,
            "body" => &article.body,
            "source" => article.source.as_ref().unwrap(),
            other => panic!("{other}"),
        };
        assert_eq!(text.get(one.start..one.end), Some(one.quote.as_str()), "{}", case.body);
    }
    found
}

fn ids(units: &[UnitMention]) -> String {
    units.iter().map(|unit| unit.unit_id.0.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn an_article_belongs_to_the_province_that_its_news_is_of() {
    let authority = Authority::bundled();
    let cases = [
        (
            "named in the title",
            Case {
                title: "Ninh Bình khởi công trường học mới", body: "Ngày 10/5, lễ khởi công được tổ chức.", ..PLAIN
            },
            "ninh-binh@1992",
            "",
        ),
        (
            "the home of one of the people",
            Case {
                body: "Ngày 10/5, Công an tỉnh Nghệ An bắt Trần Văn Lộc (SN 1990, trú xã Tân Lập, huyện Vũ Thư, tỉnh Thái Bình).",
                ..PLAIN
            },
            "nghe-an@1991",
            "thai-binh@1976",
        ),
        (
            "a home where no other place is named",
            Case { body: "Ngày 10/5, xe của anh Lê Văn Mít (trú huyện Vũ Thư, tỉnh Thái Bình) lật.", ..PLAIN },
            "thai-binh@1976",
            "",
        ),
        (
            "a numbered district",
            Case {
                body: "Sáng 10/5, UBND quận 1 họp. Theo Bí thư Quận ủy quận 1, TP.HCM, vỉa hè quận 1 đã sạch.", ..PLAIN
            },
            "ho-chi-minh@1976",
            "",
        ),
        (
            "a body of it, in the new tone placement",
            Case { body: "Chiều 10/5, UBND tỉnh Thanh Hoá họp bàn về giải ngân vốn.", ..PLAIN },
            "thanh-hoa@1976",
            "",
        ),
        (
            "after the merger",
            Case { body: "UBND tỉnh Ninh Bình họp phiên thường kỳ.", day: Some("2026-01-05"), ..PLAIN },
            "ninh-binh@2025",
            "",
        ),
        (
            "a former unit keeps its name",
            Case {
                title: "Bình Phước: thêm một khu chợ", body: "Chợ nằm ở Bình Phước.", day: Some("2026-01-05"), ..PLAIN
            },
            "binh-phuoc@1997",
            "",
        ),
        ("no day", Case { body: "UBND tỉnh Ninh Bình họp phiên thường kỳ.", day: None, ..PLAIN }, "ninh-binh@?", ""),
        (
            "only a district",
            Case { body: "Ngày 10/5, UBND huyện Krông Nô tổ chức lễ ra quân. Huyện Krông Nô có 12 xã.", ..PLAIN },
            "dak-nong@2004",
            "",
        ),
        (
            "a district after the districts are gone stands for today's unit",
            Case {
                body: "Ngày 5/1, lễ hội khai mạc tại thành phố Quy Nhơn cũ. Du khách đổ về TP Quy Nhơn.",
                day: Some("2026-01-05"),
                ..PLAIN
            },
            "gia-lai@2025",
            "",
        ),
        (
            "a district that has a province's name",
            Case { body: "UBND huyện Quảng Ninh (Quảng Bình) vừa trao quà. Huyện Quảng Ninh có 15 xã.", ..PLAIN },
            "quang-binh@1989",
            "",
        ),
        (
            "a district of two provinces, settled by the other names",
            Case { body: "Công an tỉnh Bình Định cho biết vụ việc xảy ra tại huyện An Lão.", ..PLAIN },
            "binh-dinh@1989",
            "",
        ),
        (
            "Huế before it was a city of its own",
            Case { body: "UBND TP Huế họp báo. TP Huế sẽ sửa cầu.", ..PLAIN },
            "thua-thien-hue@1989",
            "",
        ),
        ("Huế since", Case { body: "UBND TP Huế họp báo. TP Huế sẽ sửa cầu.", day: Some("2025-03-01"), ..PLAIN }, "hue@2025", ""),
        (
            "the venue of a national meeting",
            Case {
                body: "Ngày 10/5, tại Hà Nội, Thủ tướng Chính phủ chủ trì hội nghị toàn quốc về đê điều của các bộ, ngành.", ..PLAIN
            },
            "",
            "ha-noi@1976",
        ),
        (
            "an enumeration",
            Case {
                body: "Bộ Y tế yêu cầu cả nước tiêm chủng. Các tỉnh Nghệ An, Hà Tĩnh, Quảng Bình, Quảng Trị và Quảng Nam báo cáo sớm.",
                ..PLAIN
            },
            "",
            "nghe-an@1991 ha-tinh@1991 quang-binh@1989 quang-nam@1997 quang-tri@1989",
        ),
        (
            "the locality's end of a video conference",
            Case {
                body: "Sáng 10/5, Thủ tướng chủ trì hội nghị trực tuyến toàn quốc.\nTại điểm cầu Ninh Bình, dự hội nghị có lãnh đạo UBND tỉnh.\nHình ảnh tại điểm cầu Ninh Bình. Tỉnh Ninh Bình đã cấp 900 thẻ.",
                ..PLAIN
            },
            "ninh-binh@1992",
            "",
        ),
    ];
    for (name, case, about, mentioned) in cases {
        let found = find(&case, &authority);
        assert_eq!(ids(&found.provinces.about), about, "{name}: about");
        assert_eq!(ids(&found.provinces.mentioned), mentioned, "{name}: mentioned");
        assert_eq!(found.provinces.status == ProvinceStatus::Units, !about.is_empty(), "{name}: status");
    }
}

#[test]
fn a_name_that_is_something_else_is_no_province() {
    let authority = Authority::bundled();
    let bodies = [
        "Chủ tịch Hồ Chí Minh về thăm xưởng năm xưa. Đoàn TNCS Hồ Chí Minh tổ chức trại hè.",
        "Nhóm sinh viên Đại học Thái Nguyên đoạt giải.",
        "Ông Nguyễn Thái Bình đứng lớp đã 20 năm. Anh Lê Quảng Ninh là học trò cũ.",
        "Quán nhỏ nằm trên đường Điện Biên Phủ, gần phố Hà Nội.",
        "Mong ước hòa bình ở vùng châu Á - Thái Bình Dương.",
        "Kỷ niệm chiến thắng Điện Biên Phủ.",
        "Đội bóng FLC Thanh Hóa thắng trận.",
        "Giáo sư Hạ Long nhận giải. Giáo sư Hạ Long quê miền biển.",
        "Tiền vệ Xuân Trường ghi bàn, Xuân Trường được khen, cả đội mừng với Xuân Trường.",
        "Đàm Vĩnh Hưng ra đĩa mới. Vĩnh Hưng hát mười bài.",
    ];
    for body in bodies {
        let found = find(&Case { body, ..PLAIN }, &authority).provinces;
        assert_eq!((ids(&found.about), ids(&found.mentioned)), (String::new(), String::new()), "{body}");
    }
}

#[test]
fn the_publishers_province_counts_only_for_a_text_that_reads_local() {
    let authority = Authority::bundled();
    let portal = Some("UBND huyện Krông Nô, Đắk Nông");
    let local =
        Case {
            body: "Sáng 10/5, UBND tỉnh họp. Trên địa bàn tỉnh có mưa lớn, các xã trong huyện đã ứng phó.", source: portal, ..PLAIN
        };
    let found = find(&local, &authority);
    assert_eq!(ids(&found.provinces.about), "dak-nong@2004");
    assert_eq!(found.provinces.about[0].rule, "province.source");
    assert_eq!(found.source_unit, Some(UnitId("dak-nong@2004".to_owned())));

    let national =
        Case {
            body: "Thủ tướng Chính phủ vừa ký nghị định. Quốc hội và Chính phủ sẽ giám sát việc thực hiện.", source: portal, ..PLAIN
        };
    let found = find(&national, &authority).provinces;
    assert_eq!((ids(&found.about), found.status), (String::new(), ProvinceStatus::National));

    let foreign = Case {
        title: "Tổng thống Pháp thăm Nhật Bản", body: "Tổng thống Pháp đến Tokyo ngày 10/5.", source: portal, ..PLAIN
    };
    assert_eq!(find(&foreign, &authority).provinces.status, ProvinceStatus::Foreign);

    let of_a_commune = Case { body: "Trong năm qua, người dân trong xã đã làm 5 km đường.", source: portal, ..PLAIN };
    assert_eq!(ids(&find(&of_a_commune, &authority).provinces.about), "dak-nong@2004");
    let of_society = Case { body: "Đó là trách nhiệm của xã hội và toàn xã hội.", source: portal, ..PLAIN };
    assert_eq!(ids(&find(&of_society, &authority).provinces.about), "");

    let other = Case {
        body: "Công an tỉnh Nghệ An vừa bắt ba người. Công an tỉnh cho biết vụ án còn mở rộng.", source: portal, ..PLAIN
    };
    assert_eq!(ids(&find(&other, &authority).provinces.about), "nghe-an@1991");
}

#[test]
fn the_publication_day_stands_in_for_an_unknown_event() {
    let authority = Authority::bundled();
    let published = Some(Published { at: "2023-10".to_owned(), claimed_by: "header".to_owned() });
    let article = CleanArticle {
        body: "UBND tỉnh Ninh Bình họp.".to_owned(),
        header: Some("date 2023-10 Ninh Bình:".to_owned()),
        published,
        ..CleanArticle::default()
    };
    let found = provinces(&article, &EventDate::default(), &Places::of(&article, &authority.units), &authority).provinces;
    assert_eq!(found.about[0].unit_id.0, "ninh-binh@1992");
    assert_eq!(found.about[0].era.as_deref(), Some("đến 6/2025"));
    assert_eq!(found.about[0].today[0].unit_id.0, "ninh-binh@2025");
    assert_eq!(found.about[0].rule, "province.dateline");
}

fn places(found: &PlaceFinding) -> String {
    let unit = |unit: &UnitMention| unit.places.iter().map(|place| place.place_id.as_str()).collect::<Vec<_>>().join(" ");
    found.provinces.about.iter().map(unit).collect::<Vec<_>>().join("|")
}

#[test]
fn a_ward_speaks_for_its_unit_on_the_new_map_only() {
    let authority = Authority::bundled();
    let new = Some("2026-01-05");
    let cases = [
        ("unique of its kind", "UBND phường Hoa Lư vừa tổ chức ngày hội. Phường Hoa Lư có 40 tổ.", new, "ninh-binh@2025", "hoa-lu-phuong"),
        ("before the merger", "UBND phường Hoa Lư vừa tổ chức ngày hội. Phường Hoa Lư có 40 tổ.", Some("2025-06-30"), "", ""),
        ("undated", "UBND phường Hoa Lư vừa tổ chức ngày hội. Phường Hoa Lư có 40 tổ.", None, "", ""),
        ("of several units, none of them named", "UBND xã Tân Thành vừa tổ chức ngày hội ở xã Tân Thành.", new, "", ""),
        ("of several units, one of them named", "UBND xã Tân Tiến, tỉnh Bắc Ninh họp. Xã Tân Tiến có 40 thôn.", new, "bac-ninh@2025", ""),
        ("whose province behind it is another", "Ông An sống ở xã Phát Diệm, tỉnh Lào Cai.", new, "lao-cai@2025", ""),
        ("as the measure of a storm", "Tâm bão cách đặc khu Hoàng Sa 300 km, trên vùng biển đặc khu Hoàng Sa.", new, "", ""),
        ("that was", "Lễ hội diễn ra ở phường Hoa Lư cũ. Phường Hoa Lư (cũ) đông khách.", new, "", ""),
        ("part of a longer name", "Bà con xã Phát Diệm Trung góp công làm đường ở xã Phát Diệm Trung.", new, "", ""),
        (
            "with a person behind it",
            "Chủ tịch UBND phường Hoa Lư Nguyễn Thị Sen nói ở UBND phường Hoa Lư.",
            new,
            "ninh-binh@2025",
            "hoa-lu-phuong",
        ),
        (
            "in a list",
            "Tỉnh Ninh Bình trao quà ở các xã Phát Diệm, Kim Sơn và Bình Minh.",
            new,
            "ninh-binh@2025",
            "phat-diem-xa kim-son-xa binh-minh-xa",
        ),
        (
            "a list that ends with the province",
            "Nước rút chậm ở các xã Diên Khánh, Khánh Hòa. Tỉnh Khánh Hòa cử người giúp.",
            new,
            "khanh-hoa@2025",
            "dien-khanh-xa",
        ),
        (
            "a list with a ward of a province's name",
            "Nước ngập các phường Phan Thiết, Phú Thủy, Bình Thuận, tỉnh Lâm Đồng.",
            new,
            "lam-dong@2025",
            "phan-thiet-phuong phu-thuy-phuong binh-thuan-phuong",
        ),
        ("a special zone", "UBND đặc khu Phú Quốc họp báo. Đặc khu Phú Quốc đón khách.", new, "an-giang@2025", "phu-quoc-dac-khu"),
        (
            "on the land of a former unit that is named",
            "Ở Bình Phước, bà con xã Bù Đăng trồng điều. Bình Phước có nhiều điều.",
            new,
            "binh-phuoc@1997",
            "bu-dang-xa",
        ),
    ];
    for (name, body, day, about, expected) in cases {
        let found = find(&Case { body, day, ..PLAIN }, &authority);
        assert_eq!(ids(&found.provinces.about), about, "{name}: about");
        assert_eq!(places(&found), expected, "{name}: places");
    }
    let found = find(&Case { body: cases[0].1, day: new, ..PLAIN }, &authority);
    assert_eq!(found.provinces.about[0].rule, "province.ward");
    assert_eq!(found.evidence[0].class, EvidenceClass::Derived);
}

#[test]
fn districts_and_wards_of_an_articles_units_are_its_places() {
    let authority = Authority::bundled();
    let cases = [
        ("a district with its kind", "UBND tỉnh Ninh Bình làm việc với huyện Kim Sơn.", "2024-05-10", "kim-son-huyen"),
        (
            "each once, in order",
            "UBND tỉnh Ninh Bình, huyện Yên Mô và huyện Kim Sơn. Huyện Yên Mô về sớm.",
            "2024-05-10",
            "yen-mo-huyen kim-son-huyen",
        ),
        ("a bare name of the old map", "Sở Y tế Ninh Bình mở lớp ở Kim Sơn.", "2024-05-10", "kim-son-huyen"),
        ("a bare name on the new map", "Sở Y tế Ninh Bình mở lớp ở Kim Sơn.", "2026-01-05", ""),
        ("a district that was, by its kind", "UBND tỉnh Ninh Bình thăm vùng biển huyện Kim Sơn xưa.", "2026-01-05", "kim-son-huyen"),
        ("a city of the province's name", "UBND tỉnh Thanh Hóa và UBND thành phố Thanh Hóa cùng họp.", "2024-05-10", "thanh-hoa-thanh-pho"),
        ("of two kinds, by its kind", "UBND tỉnh Hà Tĩnh làm việc với thị xã Kỳ Anh.", "2024-05-10", "ky-anh-thi-xa"),
        ("of two kinds, without it", "UBND tỉnh Hà Tĩnh làm việc tại Kỳ Anh.", "2024-05-10", ""),
        ("the city Huế in its province", "UBND tỉnh Thừa Thiên Huế và TP Huế cùng họp.", "2020-05-10", "hue-thanh-pho"),
        ("the city Huế itself", "UBND TP Huế họp báo. TP Huế sẽ sửa cầu.", "2025-03-01", ""),
        ("of another province", "UBND tỉnh Ninh Bình họp. UBND tỉnh Ninh Bình cảm ơn huyện Krông Nô.", "2024-05-10", ""),
        ("a numbered district", "UBND TP.HCM họp. TP.HCM sẽ sửa đường ở Quận 1.", "2024-05-10", "quan-1"),
        (
            "a name of two of the units, by what stands behind",
            "UBND tỉnh Tiền Giang và UBND tỉnh Đồng Tháp họp tại huyện Châu Thành, tỉnh Tiền Giang.",
            "2024-05-10",
            "chau-thanh-huyen|",
        ),
        ("a name of two of the units", "UBND tỉnh Tiền Giang và UBND tỉnh Đồng Tháp họp tại huyện Châu Thành.", "2024-05-10", "|"),
        ("of a province of the reforms", "UBND tỉnh Hà Nam Ninh họp về huyện Kim Sơn.", "1985-05-10", "kim-son-huyen"),
    ];
    for (name, body, day, expected) in cases {
        let found = find(&Case { body, day: Some(day), ..PLAIN }, &authority);
        assert_eq!(places(&found), expected, "{name}: {}", ids(&found.provinces.about));
        assert!(found.provinces.mentioned.iter().all(|unit| unit.places.is_empty()), "{name}");
        for (at, unit) in found.provinces.about.iter().enumerate() {
            for number in 0..unit.places.len() {
                let value = format!("provinces.about[{at}].places[{number}]");
                assert_eq!(found.evidence.iter().filter(|one| one.value == value).count(), 1, "{name}: {value}");
            }
        }
    }
}

#[test]
fn an_undated_article_is_of_the_map_whose_bodies_it_names_in_force() {
    let authority = Authority::bundled();
    let cases = [
        ("a district's committee", "UBND huyện Kim Sơn, tỉnh Ninh Bình họp. UBND tỉnh Ninh Bình dự.", "ninh-binh@1992"),
        ("a province's that is no more", "UBND tỉnh Nam Định và UBND tỉnh Ninh Bình ký kết hợp tác.", "nam-dinh@1997 ninh-binh@1992"),
        ("looking back", "UBND huyện Kim Sơn (cũ), tỉnh Ninh Bình từng họp. UBND tỉnh Ninh Bình dự.", "ninh-binh@?"),
        ("no such body", "Ở huyện Kim Sơn, tỉnh Ninh Bình có mưa. UBND tỉnh Ninh Bình họp.", "ninh-binh@?"),
        ("several eras of the old map", "UBND huyện Krông Ana, tỉnh Đắk Lắk họp. UBND tỉnh Đắk Lắk dự.", "dak-lak@?"),
    ];
    for (name, body, about) in cases {
        assert_eq!(ids(&find(&Case { body, day: None, ..PLAIN }, &authority).provinces.about), about, "{name}");
    }
}

#[test]
fn no_text_makes_it_panic_or_crawl() {
    let authority = Authority::bundled();
    for body in
        ["", "Hà", "TP.", "tỉnh Hà Nội", "é Hà Nội", "(Hà Nội", "huyện huyện huyện An Lão", "xã", "xã ", "các xã A, ", "phường Hoa Lư, "]
    {
        let article = CleanArticle { body: body.to_owned(), title: body.to_owned(), ..CleanArticle::default() };
        provinces(&article, &EventDate::default(), &Places::of(&article, &authority.units), &authority);
    }
    let body = "huyện An Lão, các xã Tân Phú, Châu Thành, Hà Nội và Mỹ. ".repeat(8_000);
    let article = CleanArticle { body, ..CleanArticle::default() };
    let started = std::time::Instant::now();
    let day = Some("2026-01-05".parse().unwrap());
    for event in [EventDate::default(), EventDate { from: day, to: day, ..EventDate::default() }] {
        provinces(&article, &event, &Places::of(&article, &authority.units), &authority);
    }
    assert!(started.elapsed().as_secs() < 10, "{:?} for 500 kB", started.elapsed());
}
