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
        ("days one by one", "Trong các ngày 15, 16 và 17/8/2019, huyện mở hội thi.", "2019-08-15/2019-08-17"),
        ("an anniversary lasts for years", "Lễ kỷ niệm 50 năm (30.4.1975 - 30.4.2025) do xã tổ chức.", "none"),
        ("a line of a notice", "Ngày họp: 05/06/2019; Chủ trì: Chủ tịch xã.", "2019-06-05"),
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
        ("the end of a year", "", "Chiều 27/12, xã tổng kết công tác năm 2018 và triển khai nhiệm vụ năm 2019.", "2018-12-27"),
        ("the beginning of a year", "", "Sáng 5/1, xã tổng kết công tác năm 2018, triển khai nhiệm vụ năm 2019.", "2019-01-05"),
        ("a year summed up at its end", "", "Sáng 20/12, xã tổng kết năm 2018.", "2018-12-20"),
        ("a year summed up in the next", "", "Sáng 5/1, xã tổng kết năm 2018.", "2019-01-05"),
        ("the middle of a year says nothing of the turn", "", "Sáng 5/6, xã tổng kết năm 2018.", "none"),
        ("counted until the month before", "", "Ngày 5/12, xã họp. Đến hết tháng 11/2018, thu ngân sách đạt 90%.", "2018-12-05"),
        ("the Tết of a lunar year", "", "Sáng 6/2, xã khai hội Xuân Đinh Dậu.", "2017-02-06"),
        ("a Tết beside a later year says nothing", "", "Sáng 6/2, xã khai hội như Xuân Đinh Dậu. Ngày 5/6/2018 xã mở chợ.", "none"),
        ("the number of a document", "", "Ngày 20/6, tỉnh ban hành Quyết định số 12/2019/QĐ-UBND về chợ.", "2019-06-20"),
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
        (
            "a dateline before the day",
            "(NBP) - Tối 28.4, lễ kỷ niệm (30.4.1975 - 30.4.2025) mở.",
            "2025-04-23",
            "2025-04-28",
            Basis::YearFromPublished,
        ),
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
fn a_stamp_of_the_page_far_from_every_day_of_the_text_is_that_of_a_move() {
    let stamped = |body: &str| CleanArticle {
        body: body.to_owned(),
        published: Some(Published { at: "2019-07-30".to_owned(), claimed_by: "page".to_owned() }),
        ..CleanArticle::default()
    };
    for (body, expected) in [
        ("Xã mở chợ. Hàng bán đến ngày 5/3 thì hết, ngày 10/3 chợ nghỉ.", "none"),
        ("Xã mở chợ. Chợ cũ nghỉ từ ngày 20/7.", "2019-07-30"),
        ("Sáng 28/7, xã mở chợ.", "2019-07-28"),
        ("Xã mở chợ.", "2019-07-30"),
        ("Ngày 13/9/2018, xã mở chợ.", "2018-09-13"),
    ] {
        assert_eq!(shown(&find(&stamped(body))), expected, "{body}");
    }
}

#[test]
fn a_day_with_its_year_deep_in_the_text_tells_an_earlier_stage() {
    let told = format!("Xã mở chợ mới. {}Ngày 5/6/2015, chợ cũ cháy.", "Bà con vui mừng. ".repeat(25));
    let said = format!("Xã mở chợ mới. {}Lễ diễn ra ngày 5/6/2015.", "Bà con vui mừng. ".repeat(25));
    let apart = format!("Xã có chợ. {}\nNgày 5/6/2015, đoàn đến thăm.", "Bà con vui mừng. ".repeat(60));
    assert_eq!(shown(&find(&article("", &apart, None))), "2015-06-05");
    assert_eq!(shown(&find(&article("", &told, None))), "none");
    assert_eq!(shown(&find(&article("", &said, None))), "2015-06-05");
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
