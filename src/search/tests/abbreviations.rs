//! Abbreviations and what they stand for: the same articles, nothing else, highlighted where they stand.

use super::archive::{AUTHORITY, Archive, Draft, request};
use crate::index::FacetField;
use crate::search::{Request, Sort, count};

fn archive() -> Archive {
    Archive::of(&[
        Draft::new("ngan", "UBND tỉnh Cà Mau họp", "Sáng 3/4, các sở báo cáo."),
        Draft::new("dai", "Họp thường kỳ", "Chiều qua, Ủy ban nhân dân tỉnh Cà Mau họp bàn."),
        Draft::new("lai", "Kết luận", "Văn phòng UB nhân dân tỉnh Cà Mau ra thông báo."),
        Draft::new("roi", "Ủy ban và nhân dân", "Ủy ban họp, nhân dân chờ."),
        Draft::new("mat-tran", "Ngày hội", "Ủy ban MTTQ xã tổ chức ngày hội."),
        Draft::new("mat-tran-ngan", "Ngày hội", "UBMTTQ xã tổ chức ngày hội."),
        Draft::new("mat-tran-dai", "Ngày hội", "Ủy ban Mặt trận Tổ quốc xã tổ chức ngày hội."),
        Draft::new("nong-nghiep", "Sở Nông nghiệp và PTNT", "Sở báo cáo."),
        Draft::new("nong-nghiep-va", "Sở NN&PTNT", "Sở báo cáo."),
        Draft::new("nong-nghiep-dai", "Sở Nông nghiệp và Phát triển nông thôn", "Sở báo cáo."),
        Draft::new("nong-nghiep-gach", "Sở NN-PTNT", "Sở báo cáo."),
        Draft::new("ca-hoa", "Vụ trộm ở phường", "Theo CA phường, hai nghi can đã bị bắt giữ."),
        Draft::new("ca-thuong", "Dịch bệnh", "Ba ca nhiễm mới được ghi nhận trong ngày."),
        Draft::new("tw-tit", "HỘI NGHỊ TW 8", "HỘI NGHỊ TW 8 KHÓA MỚI"),
        Draft::new("ca-tit", "THÊM BA CA NHIỄM MỚI", "THÊM BA CA NHIỄM MỚI Ở HAI HUYỆN"),
        Draft::new("cong-an", "Ra quân", "Công an phường ra quân đầu năm."),
        Draft::new("cong-an-an", "Việc làm", "Nhà máy tạo công ăn việc làm cho lao động."),
        Draft::new("chi-thi", "Văn bản mới", "Tỉnh ban hành chỉ thị số 16/CT-UBND về mùa lũ."),
        Draft::new("chu-tich", "Bổ nhiệm", "Ông là chủ tịch huyện từ năm ngoái."),
        Draft::new("nghi-quyet", "Học nghị quyết", "Huyện học Nghị quyết 57-NQ/TW trong tháng."),
        Draft::new("trung-uong", "Trung ương họp", "Hội nghị Trung ương khai mạc sáng nay."),
    ])
}

#[test]
fn short_and_long_forms_find_the_same_articles_and_no_others() {
    let archive = archive();
    let cases: [(&str, &[&str], &[&str]); 8] = [
        (
            "an unambiguous one, in any case, quoted or not",
            &["UBND", "ubnd", "Ủy ban nhân dân", "\"Uỷ ban nhân dân\"", "\"UBND\"", "UB nhân dân"],
            &["chi-thi", "dai", "lai", "ngan"],
        ),
        (
            "within a phrase",
            &["\"UBND tỉnh Cà Mau\"", "\"Ủy ban nhân dân tỉnh Cà Mau\"", "\"ubnd tỉnh cà mau\"", "\"UB nhân dân tỉnh Cà Mau\""],
            &["dai", "lai", "ngan"],
        ),
        ("near each other", &["\"Cà Mau UBND\"~2", "\"Cà Mau Ủy ban nhân dân\"~2"], &["dai", "lai", "ngan"]),
        (
            "one within another",
            &["UBMTTQ", "Ủy ban MTTQ", "\"Ủy ban Mặt trận Tổ quốc\"", "ủy ban mặt trận tổ quốc"],
            &["mat-tran", "mat-tran-dai", "mat-tran-ngan"],
        ),
        (
            "with & in every spelling",
            &["NN&PTNT", "NN-PTNT", "NNPTNT", "Nông nghiệp và PTNT", "\"Nông nghiệp và Phát triển nông thôn\"", "\"sở NN & PTNT\""],
            &["nong-nghiep", "nong-nghiep-dai", "nong-nghiep-gach", "nong-nghiep-va"],
        ),
        ("an ambiguous one in capitals, and its long form", &["CA", "công an", "\"công an\"", "\"CA\""], &["ca-hoa", "cong-an"]),
        ("its phrase", &["\"công an phường\"", "\"CA phường\"", "CA phường"], &["ca-hoa", "cong-an"]),
        ("one that is no word, in numbers and headlines", &["TW", "trung ương", "TRUNG ƯƠNG"], &["nghi-quyet", "trung-uong", "tw-tit"]),
    ];
    for (name, queries, expected) in cases {
        for query in queries {
            assert_eq!(archive.found(query), expected, "{name}: {query}");
        }
    }
}

#[test]
fn what_is_no_abbreviation_stays_what_it_is() {
    let archive = archive();
    let cases: [(&str, &str, &[&str]); 9] = [
        ("small letters are a word", "=ca", &["ca-hoa", "ca-thuong", "ca-tit"]),
        ("a word is no abbreviation of another", "ca nhiễm", &["ca-thuong", "ca-tit"]),
        ("letters with two readings are found by none of them", "chủ tịch", &["chu-tich"]),
        ("but find both", "tỉnh CT", &["chi-thi"]),
        ("a number is found as it is", "57-NQ/TW", &["nghi-quyet"]),
        ("in small letters too", "57-nq/tw", &["nghi-quyet"]),
        ("exactly as written", "=UBND", &["chi-thi", "ngan"]),
        ("a beginning is not written out", "UBN*", &["chi-thi", "ngan"]),
        ("nor is a misspelling", "UBNND~1", &["chi-thi", "ngan"]),
    ];
    for (name, query, expected) in cases {
        assert_eq!(archive.found(query), expected, "{name}: {query}");
    }
    let exact = archive.search(&Request { exact: true, ..request("UBND", &[]) });
    assert_eq!(exact.total, 2, "--exact writes nothing out");
}

#[test]
fn typed_without_diacritics_an_abbreviation_keeps_those_of_its_long_form() {
    let archive = archive();
    for (query, expected) in [
        ("UBND tinh ca mau", vec!["dai", "lai", "ngan"]),
        ("\"uy ban nhan dan tinh ca mau\"", vec!["dai", "lai", "ngan"]),
        ("CA phuong", vec!["ca-hoa", "cong-an"]),
        ("cong an", vec!["ca-hoa", "cong-an", "cong-an-an"]),
    ] {
        assert_eq!(archive.found(query), expected, "{query}");
    }
    let response = archive.search(&request("CA phuong", &[]));
    let forms: Vec<_> = response.query.words[0].matched_forms.iter().map(|form| (form.form.as_str(), form.count)).collect();
    assert_eq!(forms, [], "nothing of it was typed without diacritics: {forms:?}");
    let response = archive.search(&request("cong an", &[]));
    let forms: Vec<_> = response.query.words[0].matched_forms.iter().map(|form| (form.form.as_str(), form.count)).collect();
    assert_eq!(forms, [("CA", 1), ("công an", 1), ("công ăn", 1)]);
}

#[test]
fn the_three_totals_follow() {
    let archive = archive();
    for (query, total, phrase, loose) in [
        ("CA phường bắt", 1, Some(0), Some(1)),
        ("công an phường", 2, Some(2), Some(2)),
        ("UBND tỉnh họp", 2, Some(0), Some(2)),
        ("Ủy ban nhân dân tỉnh Cà Mau họp", 2, Some(2), Some(2)),
        ("UBND tỉnh Cà Mau họp", 2, Some(2), Some(2)),
        ("UB nhân dân", 4, Some(4), Some(5)),
    ] {
        let response = archive.search(&request(query, &[]));
        assert_eq!((response.total, response.total_phrase, response.total_loose), (total, phrase, loose), "{query}");
        let facets = Request { facets: FacetField::ALL.to_vec(), sort: Sort::Newest, ..request(query, &[]) };
        assert_eq!(count(&archive.generation, &AUTHORITY, &facets).unwrap(), total, "{query}");
    }
}

#[test]
fn what_was_found_is_marked_where_it_stands() {
    let archive = archive();
    for (query, key, marked) in [
        ("công an", "ca-hoa", "CA"),
        ("\"công an phường\"", "ca-hoa", "CA phường"),
        ("CA phường", "cong-an", "Công an"),
        ("\"UBND tỉnh Cà Mau\"", "dai", "Ủy ban nhân dân tỉnh Cà Mau"),
        ("\"Ủy ban nhân dân tỉnh\"", "lai", "UB nhân dân tỉnh"),
        ("UBMTTQ", "mat-tran", "Ủy ban MTTQ"),
    ] {
        let response = archive.search(&request(query, &[]));
        let hit = response.hits.iter().find(|hit| hit.article.key == key).unwrap();
        let snippet = &hit.snippets[0];
        let (start, end) = snippet.highlights[0];
        assert_eq!(&snippet.text[start..end], marked, "{query}");
    }
    let response = archive.search(&request("công an nhiễm OR công an", &[]));
    assert!(response.hits.iter().all(|hit| hit.article.key != "ca-tit"));
}

#[test]
fn many_ways_to_write_a_phrase_are_all_found() {
    // Three ways for each of five bodies: far more than are looked for one by one.
    let long = "Ủy ban nhân dân, Hội đồng nhân dân, Mặt trận Tổ quốc, Liên đoàn Lao động, Giải phóng mặt bằng";
    let short = "UBND, HĐND, MTTQ, LĐLĐ, GPMB";
    let mixed = "UB nhân dân, HĐND, Mặt trận Tổ quốc, LĐLĐ, Giải phóng mặt bằng";
    let other = "UB nhân dân, HĐND, Mặt trận, Tổ quốc ta, LĐLĐ, Giải phóng mặt bằng";
    let drafts = [("long", long), ("short", short), ("mixed", mixed), ("other", other)];
    let archive = Archive::of(&drafts.map(|(name, body)| Draft::new(name, "Họp", body)));
    for query in [long, short, mixed] {
        assert_eq!(archive.found(&format!("\"{query}\"")), ["long", "mixed", "short"], "{query}");
        assert_eq!(archive.search(&request(query, &[])).total_phrase, Some(3), "{query}");
    }
}
