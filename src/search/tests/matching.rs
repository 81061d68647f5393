//! Which articles match, how the query was read, and what is shown of them.

use super::archive::{Archive, Draft, request};
use crate::dice::Dice;
use crate::search::{Budget, MatchMode, NoticeCode, Request, SearchError, WordKind};
use std::time::Duration;

fn archive() -> Archive {
    Archive::of(&[
        Draft::new("so", "Sở họp về chuyển đổi số", "Tỉnh đẩy mạnh chuyển đổi số trong các cơ quan."),
        Draft::new("roi", "Đổi xe", "Việc chuyển trường và đổi lớp, số học sinh tăng."),
        Draft::new("thanh-tra", "Kết luận thanh tra tỉnh", "Thanh tra tỉnh Hà Tĩnh công bố kết luận."),
        Draft::new("thanh-pho", "Thành phố trả lời", "Thành phố đã trả lời cử tri, tỉnh cũng vậy."),
        Draft::new("tham-nhung", "Phòng, chống tham nhũng", "Ban Chỉ đạo họp về phòng, chống tham nhũng, tiêu cực."),
        Draft::new("khong-dau", "Tham nhung trong dau thau", "Bai viet khong dau ve tham nhung."),
        Draft::new("duong", "Con đường mới", "Khởi công đường ven biển."),
        Draft::new("duong-khong-dau", "Dương tính", "Mẫu thử dương tính."),
        Draft::new("ubnd", "UBND tỉnh họp", "Chủ tịch UBND tỉnh chủ trì. Công an huyện dự."),
        Draft::new("uy-ban", "Phiên họp", "Chủ tịch Ủy ban nhân dân tỉnh chủ trì. CA huyện dự."),
        Draft::new("tttt", "Sở TT&TT", "Sở TT&TT ban hành văn bản 57-NQ/TW và 150/2020/NĐ-CP."),
        Draft::new("thong-tin", "Bộ Thông tin và Truyền thông", "Bộ ban hành quy định."),
        Draft::new("hoa", "Thành phố Hoà Bình", "Ở Hoà Bình, kỹ sư Thuý làm việc; Ea H\u{2019}leo cũng vậy."),
        Draft::new("khoang", "Khoảng cách", "nhà một hai ba bốn năm cửa rồi tường. nhà nhà"),
    ])
}

#[test]
fn each_query_finds_its_articles() {
    let archive = archive();
    let cases: [(&str, &[&str]); 64] = [
        ("chuyển đổi số", &["so"]),
        ("CHUYỂN ĐỔI SỐ", &["so"]),
        ("chuye\u{302}\u{309}n đổi số", &["so"]),
        ("chuyen doi so", &["so"]),
        ("\"chuyển đổi số\"", &["so"]),
        ("số chuyển", &["roi", "so"]),
        ("thanh tra tỉnh", &["thanh-tra"]),
        ("\"thanh tra\"", &["thanh-tra"]),
        ("thanh tra -tỉnh", &[]),
        ("tham nhũng", &["khong-dau", "tham-nhung"]),
        ("=\"tham nhũng\"", &["tham-nhung"]),
        ("tham nhung", &["khong-dau", "tham-nhung"]),
        ("=tham", &["khong-dau", "tham-nhung"]),
        ("=\"tham nhung\"", &["khong-dau"]),
        ("đường", &["duong"]),
        ("dương", &["duong-khong-dau"]),
        ("duong", &["duong", "duong-khong-dau"]),
        ("UBND", &["ubnd", "uy-ban"]),
        ("ubnd tỉnh", &["ubnd", "uy-ban"]),
        ("Ủy ban nhân dân tỉnh", &["ubnd", "uy-ban"]),
        ("uỷ ban nhân dân", &["ubnd", "uy-ban"]),
        ("uy ban nhan dan tinh", &["ubnd", "uy-ban"]),
        ("CHỦ TỊCH UBND TỈNH", &["ubnd", "uy-ban"]),
        ("TT&TT", &["thong-tin", "tttt"]),
        ("TTTT", &["thong-tin", "tttt"]),
        ("Thông tin và Truyền thông", &["thong-tin", "tttt"]),
        ("CA", &["ubnd", "uy-ban"]),
        ("công an", &["ubnd", "uy-ban"]),
        ("ca", &["uy-ban"]),
        ("57-NQ/TW", &["tttt"]),
        ("57", &["tttt"]),
        ("150/2020/ND-CP", &["tttt"]),
        ("150/2020/NĐ-CP", &["tttt"]),
        ("hòa bình", &["hoa"]),
        ("hoà bình", &["hoa"]),
        ("hoa binh", &["hoa"]),
        ("kĩ sư Thúy", &["hoa"]),
        ("Ea H'leo", &["hoa"]),
        ("hoà*", &["hoa"]),
        ("hòa*", &["hoa"]),
        ("chuy*", &["roi", "so"]),
        ("\"chuyển đ*\"", &["so"]),
        ("\"chuyển l*\"", &[]),
        ("trương~1", &["roi"]),
        ("đương~1", &["duong", "duong-khong-dau"]),
        ("title:chuyển", &["so"]),
        ("title:(tham nhũng)", &["khong-dau", "tham-nhung"]),
        ("title:\"tham nhũng\" tiêu cực", &["tham-nhung"]),
        ("tỉnh -chuyển", &["thanh-pho", "thanh-tra", "ubnd", "uy-ban"]),
        ("-tỉnh", &["duong", "duong-khong-dau", "hoa", "khoang", "khong-dau", "roi", "tham-nhung", "thong-tin", "tttt"]),
        ("chuyển OR \"kết luận\"", &["roi", "so", "thanh-tra"]),
        ("(chuyển OR kết) luận", &["thanh-tra"]),
        ("NOT (tỉnh OR sở OR bộ OR đường)", &["duong-khong-dau", "hoa", "khoang", "khong-dau", "roi", "tham-nhung"]),
        ("\"nhà cửa\"~5", &["khoang"]),
        ("\"cửa nhà\"~5", &["khoang"]),
        ("\"một tường\"~5", &[]),
        ("\"tường rồi nhà\"~5", &["khoang"]),
        ("\"nhà nhà\"~0", &["khoang"]),
        ("\"nhà nhà nhà\"~5", &[]),
        ("\"nhà hai cửa\"~3", &[]),
        ("\"nhà hai cửa\"~4", &["khoang"]),
        ("!!!", &[]),
        ("không-có-chữ-này", &[]),
        ("chuyển , đổi", &["roi", "so"]),
    ];
    for (query, expected) in cases {
        assert_eq!(archive.found(query), expected, "{query}");
    }
    assert_eq!(archive.hits("").len(), 14);
}

#[test]
fn the_three_totals_are_those_of_the_three_readings() {
    let archive = archive();
    let cases = [
        ("chuyển đổi số", 1, Some(1), Some(2)),
        ("chủ tịch tỉnh chủ trì", 2, Some(0), Some(2)),
        ("Chủ tịch UBND tỉnh chủ trì", 2, Some(2), Some(2)),
        ("\"chuyển đổi số\"", 1, None, None),
        ("title:đổi", 2, Some(2), Some(2)),
        ("", 14, None, None),
    ];
    for (query, total, phrase, loose) in cases {
        let response = archive.search(&request(query, &[]));
        assert_eq!((response.total, response.total_phrase, response.total_loose), (total, phrase, loose), "{query}");
    }
}

#[test]
fn the_answer_says_how_the_query_was_read() {
    let archive = archive();
    let response = archive.search(&request("thanh tra tỉnh \"kết luận\" côn*", &[]));
    let words: Vec<_> = response.query.words.iter().map(|word| (word.text.as_str(), word.kind)).collect();
    let expected = [("thanh tra", WordKind::Word), ("tỉnh", WordKind::Word), ("kết luận", WordKind::Phrase), ("côn", WordKind::Prefix)];
    assert_eq!(words, expected);
    assert!(response.query.diacritics);

    let response = archive.search(&request("tham nhung", &[]));
    assert!(!response.query.diacritics);
    let forms: Vec<_> =
        response.query.words.iter().flat_map(|word| &word.matched_forms).map(|form| (form.form.as_str(), form.count)).collect();
    assert_eq!(forms, [("tham nhung", 1), ("tham nhũng", 1)]);
    assert_eq!(response.hits[0].article.key, "khong-dau", "the spelling as typed comes first");
    assert!(response.notices.iter().any(|notice| notice.code == NoticeCode::Folded));

    for (query, diacritics) in [
        ("UBND", true),
        ("57", true),
        ("HĐND", true),
        ("HĐND tinh", false),
        ("UBND tỉnh", true),
        ("thanh tra", true),
        ("\"thanh tra\"", true),
        ("thanh tra tinh", false),
        ("hoa", false),
        ("thanh", false),
        ("150/2020/ND-CP", false),
        ("tinh OR tỉnh", true),
    ] {
        assert_eq!(archive.search(&request(query, &[])).query.diacritics, diacritics, "{query}");
    }
}

#[test]
fn forms_beyond_the_fifth_are_counted_together() {
    let forms = ["ma", "má", "mà", "mả", "mã", "mạ", "mâ"];
    let drafts: Vec<Draft> = (0..forms.len())
        .flat_map(|number| (number..forms.len()).map(move |copy| Draft::new(&format!("{number}-{copy}"), "x", forms[number])))
        .chain([Draft::new("both", "mạ", "mâ")])
        .collect();
    let response = Archive::of(&drafts).search(&request("ma", &[]));
    let counted: Vec<_> = response.query.words[0].matched_forms.iter().map(|form| (form.form.as_str(), form.count)).collect();
    assert_eq!(counted, [("ma", 7), ("má", 6), ("mà", 5), ("mả", 4), ("mã", 3), ("khác", 4)]);
}

#[test]
fn exact_makes_diacritics_count() {
    let archive = archive();
    let response = archive.search(&Request { exact: true, ..request("tham nhung", &[]) });
    assert_eq!(super::archive::names(&response), ["khong-dau"]);
}

#[test]
fn any_word_is_enough_where_it_is_asked_for_and_the_answer_says_so() {
    let archive = archive();
    let response =
        archive.search(&Request { matching: MatchMode::Any, ..request("chuyển đổi số thanh tra -\"thành phố\"", &[]) });
    assert_eq!((response.total, response.total_phrase, response.total_loose), (2, None, None));
    assert!(response.notices.iter().any(|notice| notice.code == NoticeCode::MatchAny));
    let both = archive.search(&Request { matching: MatchMode::Any, ..request("tỉnh kết luận công bố", &[]) });
    assert_eq!(both.hits[0].article.key, "thanh-tra", "the article that answers most of the query comes first");
}

#[test]
fn an_empty_answer_says_what_less_would_find() {
    let archive = archive();
    let response = archive.search(&request("chuyển đổi số tham nhũng", &[]));
    let notice = response.notices.iter().find(|notice| notice.code == NoticeCode::NothingFound).unwrap();
    assert_eq!(
        notice.text,
        "Không có bài nào khớp. Nếu nới ra: các tiếng đứng rời: 0 bài; bỏ “chuyển đổi số”: 2 bài; bỏ “tham nhũng”: 1 bài."
    );
}

#[test]
fn highlights_are_whole_phrases_on_the_stored_text() {
    let archive = archive();
    for (query, title, marked) in [
        ("chuyen doi so", vec!["chuyển đổi số"], vec!["chuyển đổi số"]),
        ("\"đẩy mạnh chuyển đổi số\"", vec![], vec!["đẩy mạnh chuyển đổi số"]),
        ("chuy* số", vec!["chuyển", "số"], vec!["chuyển", "số"]),
    ] {
        let response = archive.search(&request(query, &[]));
        let hit = response.hits.iter().find(|hit| hit.article.key == "so").unwrap();
        let of_title: Vec<&str> = hit.title_highlights.iter().map(|&(start, end)| &hit.article.title[start..end]).collect();
        let snippet = &hit.snippets[0];
        let of_body: Vec<&str> = snippet.highlights.iter().map(|&(start, end)| &snippet.text[start..end]).collect();
        assert_eq!((of_title, of_body), (title, marked), "{query}");
        assert!(hit.article.body.is_none() && hit.article.evidence.is_none());
    }
    let response = archive.search(&request("ubnd", &[]));
    let long = response.hits.iter().find(|hit| hit.article.key == "uy-ban").unwrap();
    let snippet = &long.snippets[0];
    assert_eq!(snippet.highlights.iter().map(|&(start, end)| &snippet.text[start..end]).collect::<Vec<_>>(), ["Ủy ban nhân dân"]);
}

#[test]
fn a_spent_budget_is_an_error_and_not_a_part_of_the_answer() {
    let request = Request { budget: Budget::within(Duration::ZERO), ..request("tỉnh", &[]) };
    assert!(matches!(archive().try_search(&request), Err(SearchError::OutOfTime)));
}

#[test]
fn hostile_queries_are_answered() {
    let archive = archive();
    let long = "tỉnh ".repeat(2_000);
    for query in [long.as_str(), "\0", "💥*", "\"\"~5", "a*", "=", "(((((", "\u{301}", "title:*", "ﷺ~2", "''''*"] {
        let _ = archive.try_search(&request(query, &[]));
    }
}

#[test]
fn near_is_what_its_definition_says() {
    // Every text of up to seven syllables out of three, against a search by hand.
    let alphabet = ["ghế", "vịt", "xúc"];
    let mut dice = Dice(12_345);
    let texts: Vec<Vec<&str>> = (0..200).map(|_| (0..1 + dice.roll(9)).map(|_| dice.pick(&alphabet)).collect()).collect();
    let drafts: Vec<Draft> =
        texts.iter().enumerate().map(|(number, text)| Draft::new(&format!("{number:03}"), "-", &text.join(" "))).collect();
    let archive = Archive::in_steps(&drafts, 60);
    for wanted in [vec!["ghế", "vịt"], vec!["ghế", "ghế"], vec!["xúc", "ghế", "vịt"], vec!["ghế", "vịt", "ghế"]] {
        for slop in 1..=5 {
            let by_hand: Vec<String> =
                (0..texts.len()).filter(|&number| holds_near(&texts[number], &wanted, slop)).map(|number| format!("{number:03}")).collect();
            assert_eq!(archive.found(&format!("\"{}\"~{slop}", wanted.join(" "))), by_hand, "{wanted:?}~{slop}");
        }
    }
}

/// Whether some window of at most so many further syllables holds all of the wanted ones.
fn holds_near(text: &[&str], wanted: &[&str], slop: usize) -> bool {
    let holds = |window: &[&str]| {
        let mut left: Vec<&str> = window.to_vec();
        wanted.iter().all(|syllable| left.iter().position(|one| one == syllable).map(|at| left.swap_remove(at)).is_some())
    };
    text.windows(text.len().min(wanted.len() + slop)).any(holds)
}
