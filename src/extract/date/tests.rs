//! Articles written for these tests.

use super::*;

fn article(title: &str, body: &str, published: Option<&str>) -> CleanArticle {
    CleanArticle {
        title: title.to_owned(),
        body: body.to_owned(),
        published: published.map(|at| Published { at: at.to_owned(), claimed_by: "jsonl:date".to_owned() }),
        ..CleanArticle::default()
    }
}

fn find(article: &CleanArticle) -> EventDate {
    let found = event(article);
    for one in &found.evidence {
        let text = match one.field.as_str() {
            "title" => &article.title,
            "body" => &article.body,
            "header" => article.header.as_ref().unwrap(),
            _ => &article.published.as_ref().unwrap().at,
        };
        assert_eq!(text.get(one.start..one.end), Some(one.quote.as_str()), "{}", article.body);
    }
    assert_eq!(found.event.from.is_some(), !found.evidence.is_empty(), "{}", article.body);
    found.event
}

fn shown(event: &EventDate) -> String {
    event.interval().map_or("none".to_owned(), |interval| interval.iso())
}

#[test]
fn a_stated_day_is_the_events_and_not_that_of_its_background() {
    let cases = [
        ("day, month, year", "Ngày 26/11/2024, tại xã nhà, chợ mới mở cửa.", "2024-11-26"),
        ("in words", "Ngày 2 tháng 9 năm 2024, lễ chào cờ diễn ra.", "2024-09-02"),
        ("a slip in the year", "Sáng nay (12/8/20230), hội nghị khai mạc.", "2023-08-12"),
        ("a span", "Trong hai ngày 3-4/6/2024, đoàn đã khảo sát ba xã.", "2024-06-03/2024-06-04"),
        ("a month", "Trong tháng 10/2023, huyện trồng 200 ha rừng.", "2023-10"),
        ("a deadline is not it", "Các xã nộp báo cáo trước ngày 20/5/2018.", "none"),
        ("a document's day is not it", "Theo Quyết định số 749/QĐ-TTg ngày 3/6/2020, việc này do xã làm.", "none"),
        ("a birthday is not it", "Cụ An (sinh ngày 5/6/1930) vẫn khỏe.", "none"),
        ("a target is not it", "Đến năm 2030, huyện trồng thêm rừng.", "none"),
        ("a later year says that it is background", "Anh An rời quê ngày 5/6/2015. Năm 2019 anh về mở xưởng.", "none"),
        ("what was told before is not it", "Xã mở chợ mới Trước đó, ngày 5/6/2019, chợ cũ cháy.", "none"),
        ("a part of the year", "Huyện sơ kết 6 tháng đầu năm 2019, nhiều việc đạt.", "2019"),
        ("nothing", "Huyện trồng thêm rừng.", "none"),
    ];
    for (name, body, expected) in cases {
        assert_eq!(shown(&find(&article("", body, None))), expected, "{name}");
    }
}

#[test]
fn a_year_is_concluded_from_the_text_or_left_out() {
    let cases = [
        ("a part of the year", "", "Ngày 8/7, huyện sơ kết 6 tháng đầu năm 2019.", "2019-07-08"),
        ("a quarter", "", "Ngày 4/4, xã họp. Trong quý I năm 2019, thu ngân sách tăng.", "2019-04-04"),
        ("the month before", "", "Sáng 6-2, xã đánh giá công tác tháng 1-2017.", "2017-02-06"),
        ("a neighbouring day", "", "Chiều 5/6, đoàn đến xã. Trạm được lập ngày 1/6/2017.", "2017-06-05"),
        ("no year in the title", "Hơn 2000 khách đến chợ", "Khách đến chợ đông.", "none"),
        ("the title", "Hội thi tay nghề năm 2019", "Sáng 18/5, hội thi khai mạc.", "2019-05-18"),
        ("a leap day", "", "Ngày 29/02, hai bên gặp nhau. Trong quý I/2024, hai bên sẽ ký kết. Năm 2023 đã thu hút 5 dự án.", "2024-02-29"),
        (
            "papers of a congress ahead",
            "",
            "Chiều 26/11, tỉnh góp ý văn kiện Đại hội Đảng bộ nhiệm kỳ 2025 - 2030. Năm 2023 tăng hạng.",
            "2024-11-26",
        ),
        ("a target says nothing", "", "Ngày 5/6, xã họp. Đến năm 2030 xã có chợ.", "none"),
        ("history says nothing", "", "Ngày 5/6, xã họp. Chợ cũ cháy ngày 20/11/2012.", "none"),
        ("a competition's name says nothing", "", "Tối 13/6, đội tuyển thắng ở vòng loại Asian Cup 2019.", "none"),
        ("no year at all", "", "Ngày 5/6, xã họp.", "none"),
    ];
    for (name, title, body, expected) in cases {
        let event = find(&article(title, body, None));
        assert_eq!(shown(&event), expected, "{name}");
        assert_eq!(event.basis, if expected == "none" { Basis::None } else { Basis::YearFromContext }, "{name}");
        assert!(!event.why.is_empty(), "{name}");
    }
}

#[test]
fn a_publication_day_gives_the_year_and_stands_in_for_the_day() {
    let cases = [
        ("the day before", "Sáng 9-11, đoàn đến xã.", "2024-11-10", "2024-11-09", Basis::YearFromPublished),
        ("over the new year", "Chiều 30/12, xã họp.", "2025-01-02", "2024-12-30", Basis::YearFromPublished),
        ("today", "Xã hôm nay mở chợ mới.", "2024-11-10", "2024-11-10", Basis::YearFromPublished),
        ("last night", "Đêm qua, nước lên nhanh.", "2024-11-10", "2024-11-09", Basis::YearFromPublished),
        ("none stated", "Xã vừa mở chợ mới.", "2024-11-10", "2024-11-10", Basis::Published),
        ("background far off", "Xã mở chợ. Khu chợ cũ bị cháy hôm 5-3.", "2024-11-10", "2024-11-10", Basis::Published),
        ("a publication stamp that is wrong", "Sáng 27.4, phường tổ chức lễ.", "2025-03-21", "2025-04-27", Basis::YearFromPublished),
        ("only a month known", "Xã vừa mở chợ mới.", "2023-10", "2023-10", Basis::Published),
        ("stated in full", "Ngày 9/11/2024, xã mở chợ.", "2024-11-10", "2024-11-09", Basis::Stated),
    ];
    for (name, body, published, expected, basis) in cases {
        let event = find(&article("", body, Some(published)));
        assert_eq!((shown(&event).as_str(), event.basis), (expected, basis), "{name}");
    }
}

#[test]
fn a_crawlers_header_is_quoted_where_it_stands() {
    let article = CleanArticle {
        body: "Ông A phát biểu khai mạc.".to_owned(),
        header: Some("date 2023-10 Thanh Hóa:".to_owned()),
        published: Some(Published { at: "2023-10".to_owned(), claimed_by: "header".to_owned() }),
        ..CleanArticle::default()
    };
    assert_eq!((shown(&find(&article)).as_str(), find(&article).precision), ("2023-10", Precision::Month));
    let evidence = &event(&article).evidence[0];
    assert_eq!((evidence.field.as_str(), evidence.start, evidence.end), ("header", 5, 12));
}

#[test]
fn no_text_makes_it_panic_or_crawl() {
    for text in ["1/1", "ngày", "sáng 9/", "–1/1", "é1/1", "hôm qua", "sáng nay (", "(ngày 1/1)", "năm 2024"] {
        for published in [None, Some("2024-01-01"), Some("2024-01"), Some("x")] {
            event(&article(text, text, published));
        }
    }
    let body = "Ngày 5/6, xã họp năm 2019 – 2020. ".repeat(10_000);
    let started = std::time::Instant::now();
    event(&article("", &body, None));
    assert!(started.elapsed().as_secs() < 10, "{:?} for 400 kB", started.elapsed());
}
