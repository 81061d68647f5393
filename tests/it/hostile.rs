//! Hostile input: random bytes and damaged articles through every parser, in a short loop on stable.
//!
//! `TRACUU_FUZZ_ROUNDS` makes the loop longer; coverage-guided fuzzing of the same functions is in `tests/fuzz`.

use crate::generator::Generator;
use crate::harness::{TestIndex, repository};
use tracuu::ingest::IngestOptions;
use tracuu::search::{Request, search};

#[path = "../fuzz/targets.rs"]
mod targets;

fn rounds() -> usize {
    std::env::var("TRACUU_FUZZ_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(400)
}

/// What queries, markup and Vietnamese text are made of.
const PIECES: [&str; 36] = [
    "\"",
    "(",
    ")",
    "-",
    "*",
    "~5",
    ":",
    "OR ",
    "NOT ",
    "year:",
    "tỉnh:",
    "=",
    " ",
    "\n",
    "<p>",
    "</div>",
    "<script>",
    "&amp;",
    "{\"id\":",
    "[",
    "\u{0}",
    "Chủ tịch UBND tỉnh ",
    "ngày 30/2/2024",
    "quý IV/",
    "ông ",
    "Nguyễn Văn ",
    "\u{301}",
    "👩‍👩‍👧",
    "Bí thư Đảng ủy, ",
    "Trưởng CAP ",
    "đối với ",
    "khi còn là ",
    "(trú xã Tân Lập, huyện Quảng Ninh) ",
    "quận 1",
    "Tết Kỷ Hợi",
    "15, 16 và 17/8/",
];

/// Random bytes, random pieces, or an article with bytes changed.
fn input(random: &mut Generator) -> Vec<u8> {
    let length = 1 + random.below(400);
    match random.below(3) {
        0 => (0..length).map(|_| random.below(256) as u8).collect(),
        1 => (0..length / 8).flat_map(|_| PIECES[random.below(PIECES.len())].bytes()).collect(),
        _ => {
            let mut bytes = random.next().map(|article| article.body.into_bytes()).unwrap_or_default();
            for _ in 0..1 + random.below(20) {
                let at = random.below(bytes.len());
                bytes[at] = random.below(256) as u8;
            }
            bytes
        }
    }
}

#[test]
fn no_parser_panics_on_anything() {
    let mut random = Generator::new(3);
    for _ in 0..rounds() {
        let bytes = input(&mut random);
        targets::read(&bytes);
        targets::article(&bytes);
        targets::query(&bytes);
        targets::batch(&bytes);
        targets::batch(&[b"id,query,province\n".as_slice(), &bytes].concat());
        targets::streams(&bytes);
    }
}

/// A query made of some words of a text, as the language may have them, and the text.
fn query_and_text(random: &mut Generator) -> Vec<u8> {
    let text = String::from_utf8_lossy(&input(random)).into_owned();
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut query = String::new();
    for _ in 0..1 + random.below(3) {
        let start = random.below(words.len().max(1));
        let some = words.iter().skip(start).take(1 + random.below(4)).copied().collect::<Vec<_>>().join(" ");
        let (before, after) = [("", ""), ("=\"", "\""), ("\"", "\"~3"), ("", "*"), ("", " OR")][random.below(5)];
        query.push_str(&format!("{before}{some}{after} "));
    }
    format!("{query}\n{text}").into_bytes()
}

#[test]
fn passages_stand_where_they_say_in_any_text_for_any_query() {
    let mut random = Generator::new(6);
    for _ in 0..rounds() {
        targets::passages(&query_and_text(&mut random));
        targets::passages(&input(&mut random));
    }
}

/// 20 MB each: what is linear takes seconds on a slow machine, what is not would take hours; the target holds the bound.
#[test]
fn passages_of_huge_texts_take_no_huge_time() {
    const BYTES: usize = 20 << 20;
    let fill = |piece: &str| piece.repeat(BYTES / piece.len());
    for (name, query, text) in [
        ("a match every other word", "đất thuế", fill("đất đai ")),
        ("the same in lines", "đất thuế", fill("đất đai thì là mà có, và cũng không\n")),
        ("the same, exact", "=đất =thuế", fill("đất đai ")),
        ("a phrase that begins everywhere", "\"a a a a a a a a a b\"", fill("a ")),
        ("the same, exact", "=\"a a a a a a a a a B\"", fill("a ")),
        ("near", "\"đất thuế\"~5", fill("đất đai ")),
        ("one line without a space", "đất thuế", fill("đấtthuế")),
        ("one line of signs and words", "đất", fill("đất-")),
        ("marks", "đất", fill("e\u{323}\u{310}")),
    ] {
        let began = std::time::Instant::now();
        targets::passages(format!("{query}\n{text}").as_bytes());
        println!("{name}: {:?}", began.elapsed());
    }
}

#[test]
fn any_query_is_answered_or_refused_with_a_message() {
    let index = TestIndex::of(&[repository().join("corpus")]);
    let generation = index.generation();
    let mut random = Generator::new(4);
    // A query of hundreds of words takes hundreds of look-ups, twice for its other readings.
    for _ in 0..rounds() / 8 {
        let query = String::from_utf8_lossy(&input(&mut random)).into_owned();
        let request = Request { query, limit: 3, ..Request::default() };
        match search(&generation, &crate::harness::PIPELINE.authority, &request) {
            Ok(response) => assert!(response.hits.len() as u64 <= response.total),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

#[test]
fn one_huge_article_takes_no_huge_time() {
    let index = TestIndex::new();
    let archive = index.archive();
    let body: String = Generator::new(5).take(3_000).map(|article| article.body).collect();
    assert!(body.len() > 4 << 20);
    std::fs::write(archive.join("huge.txt"), format!("Tuyển tập hư cấu\n{body}")).unwrap();
    std::fs::write(archive.join("deep.html"), "<div>".repeat(100_000)).unwrap();
    let began = std::time::Instant::now();
    let report = index.ingest(&[archive], &IngestOptions::default());
    assert_eq!(report.articles, 1, "{report:?}");
    let response = index.search(&Request { query: "chuyển đổi số".to_owned(), ..Request::default() });
    assert_eq!(response.total, 1);
    // Linear work takes a few seconds on a slow machine; quadratic work would take hours.
    assert!(began.elapsed().as_secs() < 120, "{:?}", began.elapsed());
}
