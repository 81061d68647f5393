//! Whole articles through [`clean`].

use super::*;
use crate::article::{Hash128, Origin};
use crate::dice::Dice;

const FIRST: &str = "Sáng 4/11, Ủy ban nhân dân tỉnh Cà Mau họp phiên thường kỳ để bàn về kế hoạch của năm tới và giao việc cho các sở.";
const SECOND: &str = "Ông Trần Văn Mẫu cho biết, các huyện phải nộp báo cáo trước ngày 20, nêu rõ việc đã làm và việc chưa làm được.";
const THIRD: &str = "Bà Lê Thị Ví Dụ đề nghị tỉnh dành thêm tiền cho những xã ven biển, nơi nước mặn vào sâu hơn mọi năm từ tháng hai.";

fn raw(content: Content, fields: RawFields) -> RawArticle {
    let origin = Origin { path: "a".into(), record: 0, byte_offset: 0, charset: "utf-8".into(), raw_hash: Hash128::of([b"".as_slice()]) };
    RawArticle { origin, key: None, content, fields }
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn fields_become_title_lead_body_and_metadata() {
    let fields = RawFields {
        title: some(" Cà  Mau\nbàn kế hoạch"),
        lead: some(FIRST),
        date: some("2024-11-03T20:00:00Z"),
        captured: some("1730700000"),
        url: some("https://CaMau.example/1#x"),
        ..RawFields::default()
    };
    let article = clean(raw(Content::Body(format!("CÀ MAU BÀN KẾ HOẠCH\n\n{SECOND}\r\n{THIRD}")), fields));
    assert_eq!((article.title.as_str(), article.title_derived), ("Cà Mau bàn kế hoạch", false));
    assert_eq!(article.body, format!("{FIRST}\n{SECOND}\n{THIRD}"));
    assert_eq!(article.published, Some(Published { at: "2024-11-04".into(), claimed_by: "jsonl:date".into() }));
    assert_eq!(article.captured, Some(Captured { at: "2024-11-04T13:00:00+07:00".into() }));
    assert_eq!((article.url.as_deref(), article.source.as_deref()), (Some("https://camau.example/1"), Some("camau.example")));
    assert_eq!(article.flags, []);
}

#[test]
fn the_lead_stands_once() {
    let short = "Sáng 4/11, Ủy ban nhân dân tỉnh Cà Mau họp…";
    let cases = [
        ("apart", SECOND, FIRST, format!("{FIRST}\n{SECOND}")),
        ("repeated", FIRST, FIRST, FIRST.to_owned()),
        ("cut off", FIRST, short, FIRST.to_owned()),
        ("repeated in another spelling", FIRST, "SÁNG 4/11 - Ủy ban nhân dân tỉnh Cà Mau họp", FIRST.to_owned()),
    ];
    for (name, body, lead, expected) in cases {
        let fields = RawFields { title: some("Cà Mau bàn kế hoạch"), lead: some(lead), ..RawFields::default() };
        assert_eq!(clean(raw(Content::Body(body.to_owned()), fields)).body, expected, "{name}");
    }
}

#[test]
fn an_article_without_a_body_says_so_and_one_without_anything_is_empty() {
    let title_only = clean(raw(Content::Body(String::new()), RawFields { title: some("Cà Mau họp"), ..RawFields::default() }));
    assert_eq!((title_only.title.as_str(), title_only.body.as_str(), title_only.flags.as_slice()), ("Cà Mau họp", "", &[Flag::NoBody][..]));
    let lead_only = clean(raw(Content::Body(String::new()), RawFields { lead: some(FIRST), ..RawFields::default() }));
    assert_eq!((lead_only.body.as_str(), lead_only.title_derived, lead_only.flags.as_slice()), (FIRST, true, &[Flag::NoBody][..]));
    for nothing in ["", " \n\u{200b}", "<html><body><script>x</script>"] {
        let article = clean(raw(Content::Page(nothing.into()), RawFields::default()));
        assert_eq!((article.title.as_str(), article.body.as_str()), ("", ""), "{nothing:?}");
    }
}

#[test]
fn loss_in_decoding_is_told() {
    let article = clean(raw(Content::Page(format!("{FIRST}\n{SECOND} \u{fffd}")), RawFields::default()));
    assert_eq!(article.flags, [Flag::DecodingLoss]);
}

const PAGE: &str = "<!doctype html><html><head><title>Trang thông tin điện tử huyện Mẫu</title></head><body>\
    <div id=menu><a href=/1>Trang chủ</a><a href=/2>Tin tức và sự kiện trong huyện</a></div><div>Thứ sáu, 08/11/2024</div>\
    <div class=box><table><tr><td class=FolderTitle>Tin nổi bật</td><td>04/11/2024</td></tr></table>\
    <p class=Title>Cà Mau b&agrave;n kế hoạch năm tới</p><p>{FIRST}</p><div><p>{SECOND}</p><p><b>{THIRD}</b></p></div>\
    <p>Theo Báo Đất Mũi điện tử</p><p class=OtherTitle>TIN ĐÃ ĐƯA</p><ul><li><a href=/3>Sóc Trăng trồng rừng</a> (01/11/2024)</li>\
    <li><a href=/4>Bạc Liêu bắc cầu mới</a> (02/11/2024)</li></ul></div>\
    <div class=counter><h3>SỐ LƯỢT TRUY CẬP</h3><i>1</i><p>2<p>3<p>4</div><div>Giấy phép số 1/GP do Sở Thông tin cấp ngày 01/01/2015</div></body></html>";

#[test]
fn a_page_gives_its_article_without_the_frame() {
    let html = PAGE.replace("{FIRST}", FIRST).replace("{SECOND}", SECOND).replace("{THIRD}", THIRD);
    for content in [Content::Html(html.clone()), Content::Page(html.clone()), Content::Body(html)] {
        let article = clean(raw(content, RawFields::default()));
        assert_eq!((article.title.as_str(), article.title_derived), ("Cà Mau bàn kế hoạch năm tới", false));
        assert_eq!(article.body, format!("{FIRST}\n{SECOND}\n{THIRD}"));
        assert_eq!(article.published, Some(Published { at: "2024-11-04".into(), claimed_by: "page".into() }));
        assert_eq!(article.source.as_deref(), Some("Trang thông tin điện tử huyện Mẫu"));
    }
}

#[test]
fn a_page_without_an_article_keeps_its_text() {
    let article = clean(raw(Content::Html("<title>Đảo Mẫu</title><ul><li>Lịch tàu<li>Giá vé".into()), RawFields::default()));
    assert_eq!(
        (article.title.as_str(), article.body.as_str(), article.flags.as_slice()),
        ("Đảo Mẫu", "Lịch tàu\nGiá vé", &[Flag::FrameKept][..])
    );
}

#[test]
fn a_body_that_was_exported_as_markup_is_read_as_text() {
    let body = format!("<p>{FIRST}</p><p>{SECOND}<br>{THIRD}&nbsp;</p>");
    let article = clean(raw(Content::Body(body), RawFields { title: some("C&agrave; Mau bàn kế hoạch"), ..RawFields::default() }));
    assert_eq!((article.title.as_str(), article.body), ("Cà Mau bàn kế hoạch", format!("{FIRST}\n{SECOND}\n{THIRD}")));
}

#[test]
fn line_ends_of_a_text_survive_stray_tags() {
    let article =
        clean(raw(Content::Page(format!("Cà Mau bàn kế hoạch\n{FIRST}<br>{SECOND}\n{THIRD} &quot;Xong&quot;.")), RawFields::default()));
    assert_eq!((article.title.as_str(), article.body), ("Cà Mau bàn kế hoạch", format!("{FIRST}\n{SECOND}\n{THIRD} \"Xong\".")));
}

#[test]
fn hostile_pages_cost_little() {
    let text = format!("<p>{FIRST}</p><p>{SECOND}</p>");
    let hostile = [
        format!("{}{text}", "<div>".repeat(100_000)),
        format!("{text}{}", "<b x=1><p>".repeat(50_000)),
        format!("{}{text}", "<table><tr><td>".repeat(30_000)),
        format!("{text}{}", "<a href='".repeat(100_000)),
        format!("{text}{}", "<!--".repeat(100_000)),
        format!("{text}{}", "&".repeat(500_000)),
        format!("{text}<script>{}", "</scrip".repeat(100_000)),
        format!("{}{text}", "<ul><li><a>".repeat(50_000)),
        format!("{text}{}", "<p>Tin liên quan</p>".repeat(50_000)),
    ];
    for (at, html) in hostile.into_iter().enumerate() {
        let article = clean(raw(Content::Html(html), RawFields::default()));
        assert!(article.body.contains("kế hoạch của năm tới"), "{at}: {:.200}", article.body);
    }
}

#[test]
fn damaged_pages_and_texts_cause_no_panic() {
    let mut dice = Dice(1);
    let pieces = [
        "<",
        ">",
        "</p>",
        "<p",
        "\"",
        "'",
        "=",
        "&",
        "&#",
        ";",
        "ế",
        "\u{323}",
        "\n",
        "TIN ĐÃ ĐƯA",
        "Tin liên quan",
        ">> ",
        "(01/11/2024)",
        "date 2023-10 ",
        ". ",
        "Theo ",
    ];
    let page: Vec<char> = PAGE.replace("{FIRST}", FIRST).replace("{SECOND}", SECOND).replace("{THIRD}", THIRD).chars().collect();
    for round in 0..400 {
        let mut text = page.clone();
        for _ in 0..1 + dice.roll(20) {
            let at = dice.roll(text.len());
            if dice.roll(3) == 0 {
                text.drain(at..(at + dice.roll(40)).min(text.len()));
            }
            let at = dice.roll(text.len() + 1);
            text.splice(at..at, pieces[dice.roll(pieces.len())].chars());
        }
        let text: String = text.into_iter().collect();
        let content = if round % 2 == 0 { Content::Html(text) } else { Content::Page(text.replace("<", "\n")) };
        let article = clean(raw(content, RawFields::default()));
        assert_eq!(compose(&article.body), article.body, "round {round}");
    }
}
