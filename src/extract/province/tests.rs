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

#[test]
fn no_text_makes_it_panic_or_crawl() {
    let authority = Authority::bundled();
    for body in ["", "Hà", "TP.", "tỉnh Hà Nội", "é Hà Nội", "(Hà Nội", "huyện huyện huyện An Lão"] {
        let article = CleanArticle { body: body.to_owned(), title: body.to_owned(), ..CleanArticle::default() };
        provinces(&article, &EventDate::default(), &Places::of(&article, &authority.units), &authority);
    }
    let body = "huyện An Lão, xã Tân Phú, Châu Thành, Hà Nội và Mỹ. ".repeat(8_000);
    let article = CleanArticle { body, ..CleanArticle::default() };
    let started = std::time::Instant::now();
    provinces(&article, &EventDate::default(), &Places::of(&article, &authority.units), &authority);
    assert!(started.elapsed().as_secs() < 10, "{:?} for 500 kB", started.elapsed());
}
