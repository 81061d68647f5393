use super::*;
use crate::article::{CleanArticle, Dates, Hash128, Origin, Published};
use crate::extract::extract;

const BODY: &str =
    "Ngày 12/3/2024, Phó Chủ tịch UBND tỉnh Phú Thọ Lò Văn Thiêm làm việc với xã Mường Và. Cùng dự có bà Quàng Thị Hoa, Giám đốc Sở Y tế.";

fn article(authority: &Authority) -> Article {
    let clean = CleanArticle { title: "Phú Thọ họp bàn".to_owned(), body: BODY.to_owned(), ..CleanArticle::default() };
    let metadata = extract(&clean, authority);
    Article {
        id: Hash128::of([b"id".as_slice()]),
        key: "a".to_owned(),
        content_hash: Hash128::of([b"text".as_slice()]),
        title: clean.title,
        title_derived: false,
        body: Some(clean.body),
        dates: Dates { event: metadata.event, published: None::<Published>, captured: None },
        provinces: metadata.provinces,
        officials: metadata.officials,
        foreign_officials: Vec::new(),
        source: None,
        url: None,
        collection: "thu".to_owned(),
        origin: Origin { path: "a.txt".to_owned(), record: 0, byte_offset: 0, charset: "utf-8".to_owned(), raw_hash: Hash128::of([]) },
        group: None,
        flags: Vec::new(),
        evidence: Some(metadata.evidence),
        corrections: Vec::new(),
    }
}

fn correction(field: CorrectedField, op: CorrectionOp, value: &str) -> Correction {
    let id = Hash128::of([b"id".as_slice()]);
    let content_hash = Hash128::of([b"text".as_slice()]);
    let (by, at, why) = ("Đinh Thị Mơ".to_owned(), "2026-11-22T08:00:00Z".to_owned(), "đã đối chiếu văn bản".to_owned());
    Correction { id, content_hash, field, op, value: value.to_owned(), by, at, why }
}

/// What people read off an article: units, people with their posts, date.
fn values(article: &Article) -> String {
    let units: Vec<&str> = article.provinces.about.iter().map(|unit| unit.unit_id.0.as_str()).collect();
    let people: Vec<String> = article.officials.iter().map(|official| format!("{} {}", official.name, official.posts.len())).collect();
    let date = article.dates.event.interval().map_or("none".to_owned(), |interval| interval.iso());
    format!("{} {} | {} | {date}", article.provinces.status.name(), units.join(" "), people.join(", "))
}

/// Every value that evidence is given for is there, and the words stand where they are said to stand.
fn assert_evidence_holds(article: &Article) {
    for evidence in article.evidence.iter().flatten() {
        let number = |list: &str| evidence.value.strip_prefix(list)?.strip_prefix('[')?.split(']').next()?.parse::<usize>().ok();
        for (list, len) in [("provinces.about", article.provinces.about.len()), ("officials", article.officials.len())] {
            assert!(number(list).is_none_or(|at| at < len), "{evidence:?}");
        }
        if evidence.field == "body" {
            assert_eq!(&BODY[evidence.start..evidence.end], evidence.quote, "{evidence:?}");
        }
    }
    for (at, unit) in article.provinces.about.iter().enumerate() {
        let value = format!("provinces.about[{at}]");
        let rules: Vec<&str> =
            article.evidence.iter().flatten().filter(|evidence| evidence.value == value).map(|evidence| evidence.rule.as_str()).collect();
        assert!(rules.contains(&unit.rule.as_str()), "{}: {rules:?}", unit.unit);
    }
}

#[test]
fn a_correction_changes_one_field_and_says_what_stood_there() {
    use CorrectedField::{Date, Mentioned, Official, Province, Source};
    use CorrectionOp::{Add, Remove, Set};
    let authority = Authority::bundled();
    let cases = [
        (Province, Remove, "Phú Thọ", "unknown  | Lò Văn Thiêm 1, Quàng Thị Hoa 1 | 2024-03-12", "Phú Thọ (đến 6/2025)"),
        (
            Province,
            Add,
            "tỉnh Điện Biên",
            "units phu-tho@1997 dien-bien@2004 | Lò Văn Thiêm 1, Quàng Thị Hoa 1 | 2024-03-12",
            "Phú Thọ (đến 6/2025)",
        ),
        (Province, Set, "hoa binh", "units hoa-binh@1991 | Lò Văn Thiêm 1, Quàng Thị Hoa 1 | 2024-03-12", "Phú Thọ (đến 6/2025)"),
        (Province, Set, "national", "national  | Lò Văn Thiêm 1, Quàng Thị Hoa 1 | 2024-03-12", "Phú Thọ (đến 6/2025)"),
        (Mentioned, Add, "Phú Thọ", "unknown  | Lò Văn Thiêm 1, Quàng Thị Hoa 1 | 2024-03-12", ""),
        (
            Official,
            Remove,
            "lò văn thiêm",
            "units phu-tho@1997 | Quàng Thị Hoa 1 | 2024-03-12",
            "lò văn thiêm: Phó Chủ tịch Ủy ban nhân dân tỉnh Phú Thọ",
        ),
        (
            Official,
            Add,
            "Quàng Thị Hoa: Tỉnh ủy viên",
            "units phu-tho@1997 | Lò Văn Thiêm 1, Quàng Thị Hoa 2 | 2024-03-12",
            "Quàng Thị Hoa: Giám đốc Sở Y tế tỉnh Phú Thọ",
        ),
        (
            Official,
            Set,
            "Vì Văn Pao: Chủ tịch UBND xã Mường Và",
            "units phu-tho@1997 | Lò Văn Thiêm 1, Quàng Thị Hoa 1, Vì Văn Pao 1 | 2024-03-12",
            "",
        ),
        (Date, Set, "2025-08", "units phu-tho@2025 | Lò Văn Thiêm 1, Quàng Thị Hoa 1 | 2025-08", "2024-03-12"),
        (Date, Remove, "", "units phu-tho@? | Lò Văn Thiêm 1, Quàng Thị Hoa 1 | none", "2024-03-12"),
        (Source, Set, "Báo Mường Và", "units phu-tho@1997 | Lò Văn Thiêm 1, Quàng Thị Hoa 1 | 2024-03-12", ""),
    ];
    for (field, op, value, expected, was) in cases {
        let corrected = correct(article(&authority), &[correction(field, op, value)], &authority);
        assert_eq!(corrected.corrections[0].problem, None, "{field:?} {op:?} {value}");
        assert_eq!(values(&corrected), expected, "{field:?} {op:?} {value}");
        assert_eq!(corrected.corrections[0].was.join("; "), was, "{field:?} {op:?} {value}");
        assert!(corrected.evidence.iter().flatten().any(|evidence| evidence.class == EvidenceClass::Corrected));
        assert_evidence_holds(&corrected);
    }
}

#[test]
fn what_cannot_be_applied_changes_nothing_and_says_why() {
    use CorrectedField::{Date, Official, Province};
    use CorrectionOp::{Add, Remove, Set};
    let authority = Authority::bundled();
    for (field, op, value, why) in [
        (Province, Remove, "Hà Nội", "what does: Phú Thọ"),
        (Province, Add, "Phú Thó", "near it: Phú Thọ"),
        (Province, Add, "Tây Nguyên", "no province or city is called"),
        (Date, Set, "12/3/2024", "expected 2024, 2024-05"),
        (Date, Add, "2024", "one date"),
        (Official, Remove, "Lê Văn A", "is no official"),
        (Official, Remove, "Lò Văn Thiêm: Chủ tịch", "what stands there: Lò Văn Thiêm: Phó Chủ tịch"),
        (Official, Add, "Lê Văn A", "expected a name and a role"),
    ] {
        let before = article(&authority);
        let corrected = correct(before.clone(), &[correction(field, op, value)], &authority);
        let problem = corrected.corrections[0].problem.clone().unwrap_or_default();
        assert!(problem.contains(why), "{value}: {problem}");
        assert_eq!(Article { corrections: Vec::new(), ..corrected }, before, "{value}");
    }
}

#[test]
fn corrections_follow_each_other_and_dates_go_first() {
    use CorrectedField::{Date, Province};
    use CorrectionOp::{Add, Remove, Set};
    let authority = Authority::bundled();
    let corrections = [
        correction(Province, Add, "Ninh Bình"),
        correction(Province, Remove, "Phú Thọ"),
        Correction { content_hash: Hash128::of([b"another".as_slice()]), ..correction(Date, Set, "2025-09-02") },
    ];
    let corrected = correct(article(&authority), &corrections, &authority);
    assert_eq!(values(&corrected), "units ninh-binh@2025 | Lò Văn Thiêm 1, Quàng Thị Hoa 1 | 2025-09-02");
    let changed: Vec<bool> = corrected.corrections.iter().map(|applied| applied.text_changed).collect();
    assert_eq!(changed, [true, false, false], "the date's was made for another text");
    assert_evidence_holds(&corrected);
}

#[test]
fn a_broken_line_is_named_and_the_others_count() {
    let line = serde_json::to_string(&correction(CorrectedField::Province, CorrectionOp::Add, "Phú Thọ")).expect("plain data");
    let mut corrections = Corrections::default();
    let earlier = line.replace("2026-", "2025-");
    let errors = corrections.add(&format!("\u{feff}{line}\n\n{{\"id\":1}}\n{earlier}\nx\n{line}"));
    assert_eq!(errors.iter().map(|error| error.line).collect::<Vec<_>>(), [3, 5]);
    corrections.sort();
    let id = corrections.ids().next().expect("two lines can be read");
    let made: Vec<&str> = corrections.of(id).iter().map(|correction| &correction.at[..4]).collect();
    assert_eq!(made, ["2025", "2026"], "in the order in which they were made, the same line once");
}

#[test]
fn places_and_evidence_go_with_their_unit() {
    use CorrectedField::{Date, Mentioned, Province};
    use CorrectionOp::{Add, Set};
    let authority = Authority::bundled();
    let body = "Ngày 12/3/2024, huyện Thanh Sơn, tỉnh Phú Thọ họp bàn trồng rừng.";
    let clean = CleanArticle { title: "Phú Thọ trồng rừng".to_owned(), body: body.to_owned(), ..CleanArticle::default() };
    let metadata = extract(&clean, &authority);
    let before =
        Article { body: Some(clean.body), provinces: metadata.provinces, evidence: Some(metadata.evidence), ..article(&authority) };
    assert_eq!(before.provinces.about[0].places.len(), 1);
    let after = |corrections: &[Correction]| {
        let corrected = correct(before.clone(), corrections, &authority);
        assert!(corrected.corrections.iter().all(|applied| applied.problem.is_none()), "{:?}", corrected.corrections);
        let places: usize = corrected.provinces.about.iter().map(|unit| unit.places.len()).sum();
        let count = |part: &str| corrected.evidence.iter().flatten().filter(|one| one.value.contains(part)).count();
        (places, count(".places["), count("provinces.status"))
    };
    for (corrections, expected) in [
        (vec![correction(Province, Add, "Phú Thọ")], (1, 1, 0)),
        (vec![correction(Province, Set, "Phú Thọ")], (1, 1, 0)),
        (vec![correction(Mentioned, Add, "Phú Thọ")], (0, 0, 0)),
        (vec![correction(Date, Set, "2024-02")], (1, 1, 0)),
        (vec![correction(Date, Set, "2025-08")], (0, 0, 0)),
        (vec![correction(Province, Set, "national")], (0, 0, 1)),
        (vec![correction(Province, Set, "national"), correction(Province, Add, "Phú Thọ")], (0, 0, 0)),
        (vec![correction(Province, Set, "national"), correction(Province, Set, "foreign")], (0, 0, 1)),
    ] {
        assert_eq!(after(&corrections), expected, "{corrections:?}");
    }
}

#[test]
fn fields_and_operations_are_called_as_in_json() {
    for field in CorrectedField::ALL {
        assert_eq!(serde_json::json!(field), field.name());
    }
    for op in [CorrectionOp::Set, CorrectionOp::Add, CorrectionOp::Remove] {
        assert_eq!(serde_json::json!(op), op.name());
        assert_eq!(op.rule(), format!("correction.{}", op.name()));
    }
}
