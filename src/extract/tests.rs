//! What must hold for any text, held on texts composed of the pieces that the rules look for.

use super::*;
use crate::article::{EvidenceClass, Published};
use crate::text::canonical_phrase;
use proptest::prelude::*;
use std::collections::HashSet;
use std::sync::LazyLock;

static AUTHORITY: LazyLock<Authority> = LazyLock::new(Authority::bundled);

/// Posts, bodies, names, units, dates, and what stands between them, some of it damaged. All people are fictional.
const PIECES: &[&str] = &[
    // posts and bodies
    "Chủ tịch UBND tỉnh",
    "Phó Chủ tịch",
    "Bí thư Đảng ủy",
    "Bí thư Huyện ủy",
    "nguyên",
    "Quyền",
    "phụ trách",
    "khi còn là",
    "giữ chức",
    "đối với",
    "miễn nhiệm",
    "kiêm",
    "Giám đốc Sở",
    "Y tế",
    "NN&PTNT",
    "Trưởng CAP",
    "Trưởng phòng PC02",
    "Công an",
    "Cục trưởng Cục",
    "Tổng cục",
    "Bộ trưởng",
    "Bộ Nội vụ",
    "Thủ tướng",
    "Tư lệnh",
    "Quân khu 3",
    "các đồng chí",
    "ông",
    "bà",
    "Đại tá",
    "PGS.TS",
    "UBND",
    "ĐBQH",
    "đại biểu",
    "Tổng thống",
    "Giám đốc Công ty",
    "Đảng ủy",
    "HĐND",
    "CHỦ TỊCH UBND TỈNH",
    "kiểm toán trưởng KTNN khu vực",
    // names
    "Trần Văn Lộc",
    "Lê Thị Mận",
    "Lộc",
    "Mận",
    "Y Biêr Niê",
    "K'Sung",
    "H’ Lan",
    "VŨ ĐÌNH XOAN",
    "LêThị Mận",
    "Lê Thị Mận",
    "Trần  Văn Lộc",
    "Ivan Petrov",
    "Kim Jong-un",
    "Nguyễn Thái Bình",
    "Văn H.",
    // units
    "Ninh Bình",
    "tỉnh",
    "huyện Kim Sơn",
    "huyện Quảng Ninh",
    "xã Tân Lập",
    "phường",
    "quận 1",
    "TP.HCM",
    "TP. Huế",
    "Hà Nội",
    "Hà Nội",
    "trú tại",
    "tại",
    "Thái Bình Dương",
    "Trung Quốc",
    "Việt Nam",
    "Đắk R'lấp",
    "Điện Biên Phủ",
    "của xã hội",
    // dates
    "Sáng 5/6",
    "ngày 29/02",
    "30.4.1975 - 30.4.2025",
    "từ ngày 28.9 đến 4.10",
    "15, 16 và 17/8/2019",
    "quý IV/2018",
    "tháng 13/2020",
    "năm 2018",
    "6 tháng đầu năm 2019",
    "Tết Đinh Dậu",
    "Xuân Mậu",
    "Quyết định số 12/2019/QĐ-UBND ngày",
    "ban hành",
    "đến năm 2030",
    "hôm nay",
    "đêm qua",
    "tổng kết năm 2018",
    "99/99/9999",
    "(ngày 1/1",
    // what stands between
    ",",
    ".",
    ":",
    ";",
    "-",
    "–",
    "(",
    ")",
    "\"",
    "/",
    "&",
    "\n",
    "\r\n",
    "\n- ",
    "…",
    "\u{a0}",
    "\u{200b}",
    "\u{301}",
    "👩‍👩‍👧",
    "\u{0}",
    "\u{fffd}",
    "và",
    "của",
    "là",
    "cho biết",
    "12",
    "A",
    "Ảnh:",
    "ß",
    "İ",
];

fn text(pieces: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let piece = (0..PIECES.len(), prop_oneof![8 => Just(" "), 2 => Just(""), 1 => Just("  ")]);
    prop::collection::vec(piece, pieces).prop_map(|all| all.into_iter().flat_map(|(at, space)| [PIECES[at], space]).collect())
}

fn article() -> impl Strategy<Value = CleanArticle> {
    let published =
        prop_oneof![Just(None), Just(Some(("2024-01-01", "page"))), Just(Some(("2019-06", "header"))), Just(Some(("x", "jsonl:date")))];
    (text(0..8), text(0..60), prop::option::of(text(1..4)), prop::option::of(text(1..4)), published, any::<bool>()).prop_map(
        |(title, body, header, source, published, title_derived)| CleanArticle {
            title,
            title_derived,
            body,
            // A date is claimed by the header that holds it.
            header: if published.is_some_and(|(_, by)| by == "header") { Some("date 2019-06 ".to_owned()) } else { header },
            source,
            published: published.map(|(at, by)| Published { at: at.to_owned(), claimed_by: by.to_owned() }),
            ..CleanArticle::default()
        },
    )
}

/// The words of a name, as they are compared.
fn words(text: &str) -> HashSet<String> {
    canonical_phrase(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn holds(article: &CleanArticle, found: &Metadata) -> Result<(), TestCaseError> {
    for evidence in &found.evidence {
        let field = match evidence.field.as_str() {
            "title" => article.title.as_str(),
            "body" => article.body.as_str(),
            "header" => article.header.as_deref().unwrap_or(""),
            "source" => article.source.as_deref().unwrap_or(""),
            _ => article.published.as_ref().map_or("", |published| published.at.as_str()),
        };
        prop_assert!(evidence.start < evidence.end, "{evidence:?} is empty");
        // `get` is none where a span leaves the field or cuts a letter.
        prop_assert_eq!(field.get(evidence.start..evidence.end), Some(evidence.quote.as_str()), "{:?}", evidence);
        prop_assert!(!evidence.rule.is_empty() && evidence.class != EvidenceClass::Corrected, "{evidence:?}");
    }
    for official in found.officials.iter().chain(&found.foreign_officials) {
        prop_assert!(!official.posts.is_empty() && !official.name.trim().is_empty(), "{official:?}");
        let name = words(&official.name);
        for &(start, end) in &official.mentions {
            let mention = article.body.get(start..end);
            // Words may be typed together, so a word of the name is looked for inside them.
            let holds_part = |mention: &str| name.iter().any(|word| canonical_phrase(mention).contains(word));
            prop_assert!(mention.is_some_and(holds_part), "{official:?}: {mention:?}");
        }
        prop_assert!(official.mentions.is_sorted(), "{official:?}");
    }
    let about: HashSet<&str> = found.provinces.about.iter().map(|unit| unit.unit_id.0.as_str()).collect();
    prop_assert_eq!(about.len(), found.provinces.about.len());
    prop_assert!(found.provinces.mentioned.iter().all(|unit| !about.contains(unit.unit_id.0.as_str())), "{:?}", found.provinces);
    match (found.event.from, found.event.to) {
        (Some(from), Some(to)) => prop_assert!(from <= to, "{:?}", found.event),
        ends => prop_assert_eq!(ends, (None, None)),
    }
    prop_assert!(!found.event.why.is_empty());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_value_stands_on_words_of_the_article_and_none_contradicts_another(article in article()) {
        let found = extract(&article, &AUTHORITY);
        holds(&article, &found)?;
        prop_assert_eq!(format!("{found:?}"), format!("{:?}", extract(&article, &AUTHORITY)));
    }
}
