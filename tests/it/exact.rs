//! `--exact` and `=từ` over some thousand real articles: every total against a scan of the stored texts.

#[path = "../../src/search/tests/exact/by_hand.rs"]
mod by_hand;

use crate::harness::{TestIndex, shared};
use by_hand::holds;
use tracuu::search::{Request, Response};
use tracuu::text::is_part_letter;

#[test]
fn exact_totals_are_those_of_a_scan_of_the_stored_texts() {
    let files = ["news/tuoitre.jsonl.zst", "news/dantri.jsonl.zst", "gov/pages.jsonl"];
    let Some(files) = files.map(shared).into_iter().collect::<Option<Vec<_>>>() else { return };
    let index = TestIndex::of(&files);
    let generation = index.generation();
    let texts: Vec<[String; 2]> =
        generation.articles().map(|stored| stored.unwrap().article).map(|article| [article.title, article.body.unwrap()]).collect();
    assert!(texts.len() > 3_500, "{}", texts.len());
    let scan =
        |words: &[&str]| texts.iter().filter(|text| words.iter().all(|word| text.iter().any(|text| holds(word, text)))).count() as u64;
    let run = |query: &str, exact: bool| -> Response {
        index.search(&Request { query: query.to_owned(), exact, limit: 3, ..Request::default() })
    };

    let mut differs = 0;
    for typed in [
        "hoà",
        "hòa",
        "Hòa",
        "HÒA",
        "Hoà Bình",
        "Hòa Bình",
        "thuỷ",
        "thủy",
        "kỹ",
        "kĩ",
        "tỷ",
        "tỉ",
        "lý do",
        "UBND",
        "ubnd",
        "TP.HCM",
        "TP HCM",
        "COVID-19",
        "Covid-19",
        "thanh tra",
        "Thanh tra",
        "chuyển đổi số",
        "số",
        "quý",
        "H'Hen",
        "Đắk Lắk",
        "Đăk Lăk",
        "và",
        "Nam",
        "2024",
        "30-4",
        "Bà Rịa - Vũng Tàu",
        "Bà Rịa-Vũng Tàu",
        "Nghị quyết",
        "QĐ-TTg",
        "đ",
    ] {
        let expected = scan(&[typed]);
        assert_eq!(run(&format!("=\"{typed}\""), false).total, expected, "{typed}");
        assert_eq!(run(&format!("\"{typed}\""), true).total, expected, "{typed}, --exact");
        differs += usize::from(run(&format!("\"{typed}\""), false).total != expected);
    }
    assert!(differs > 20, "{differs}: verifying makes a difference");

    for query in ["chuyển đổi số Hà Nội", "thu hồi đất", "Chủ tịch UBND tỉnh", "hoà bình thế giới", "kỹ sư thuỷ lợi", "TP.HCM kẹt xe"]
    {
        let response = run(query, true);
        let words: Vec<&str> = response.query.words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(response.total, scan(&words), "{query}: {words:?}");
        assert_eq!(response.total_phrase, Some(scan(&[query])), "{query} as one phrase");
        let pieces: Vec<&str> = query.split(|letter| !is_part_letter(letter)).filter(|piece| !piece.is_empty()).collect();
        assert_eq!(response.total_loose, Some(scan(&pieces)), "{query}, loose");
    }
}
