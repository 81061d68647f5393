//! `=từ` and `--exact` against the stored texts: by examples, and by a scan of every text of a generated archive.

mod by_hand;

use super::archive::{AUTHORITY, Archive, Draft, names, request};
use crate::dice::Dice;
use crate::index::{FacetField, Part};
use crate::search::{Filter, MatchMode, Request, Response, count};
use crate::text::is_part_letter;
use by_hand::holds;

fn archive() -> Archive {
    Archive::of(&[
        Draft::new("moi", "Hoà nhập", "Anh Thuỷ ở Hoà Bình, kỹ sư."),
        Draft::new("cu", "Hòa nhập", "Chị Thủy ở Hòa Bình, kĩ sư."),
        Draft::new("hoa", "HÒA NHẬP", "UBND TỈNH HOÀ BÌNH họp."),
        Draft::new("so", "Văn bản 57-NQ/TW", "Nghị quyết 57-NQ/TW của trung ương."),
        Draft::new("roi", "Văn bản", "Nghị quyết 57 NQ TW, thường viết 57-nq-tw."),
        Draft::new("cham", "Việc thanh. Tra thì sau", "thanh\ntra; ubnd tỉnh."),
        Draft::new("dinh", "Ông TônThị", "Bà Tôn Thị Lý, tổ thanhtra."),
        Draft::new("khong-dau", "Thanh tra tinh", "Thanh tra tinh Hoa Binh hop ve hoa qua, khong co gi moi, co gang."),
    ])
}

#[test]
fn exact_words_are_those_of_the_stored_text() {
    let archive = archive();
    for (query, expected) in [
        ("=hoà", &["hoa", "moi"][..]),
        ("=hòa", &["cu", "hoa"]),
        ("=Hoà", &["hoa", "moi"]),
        ("=HOÀ", &["hoa"]),
        ("=\"Hoà Bình\"", &["hoa", "moi"]),
        ("=\"hoà bình\"", &["hoa", "moi"]),
        ("=kỹ", &["moi"]),
        ("=UBND", &["hoa"]),
        ("=ubnd", &["cham", "hoa"]),
        ("=57-NQ/TW", &["so"]),
        ("=57-nq-tw", &["roi"]),
        ("=\"57 NQ TW\"", &["roi"]),
        ("=\"thanh tra\"", &["cham", "khong-dau"]),
        ("=\"thanh. Tra\"", &["cham"]),
        ("=tôn", &["dinh"]),
        ("=TônThị", &["dinh"]),
        ("=thanhtra", &["dinh"]),
        ("title:=hoà", &["moi"]),
        ("title:=57-NQ/TW", &["so"]),
        ("=hoa", &["khong-dau"]),
        ("hoà -=hoà", &["cu", "khong-dau"]),
        ("=hoà OR =kĩ", &["cu", "hoa", "moi"]),
        ("=hoà =kỹ", &["moi"]),
        ("=hoà sư", &["moi"]),
    ] {
        assert_eq!(archive.found(query), expected, "{query}");
    }
}

#[test]
fn exact_takes_plain_words_and_phrases_letter_for_letter() {
    let archive = archive();
    for (query, expected) in [
        ("hoà bình", &["hoa", "moi"][..]),
        ("Hoà Bình", &["hoa", "moi"]),
        ("hòa bình", &["cu"]),
        ("\"ở Hoà Bình, kỹ\"", &["moi"]),
        ("\"ở Hoà Bình kỹ\"", &[]),
        ("\"bình hoà\"~1", &["hoa", "moi"]),
        ("\"Bình kỹ sư\"~3", &["moi"]),
        ("\"kỹ Thuỷ\"~1", &[]),
        ("57-NQ/TW", &["so"]),
        ("UBND", &["hoa"]),
        ("thanh tra", &["cham", "khong-dau"]),
        ("hò*", &["cu", "hoa", "moi"]),
        ("NOT hoà", &["cham", "cu", "dinh", "khong-dau", "roi", "so"]),
    ] {
        let response = archive.search(&Request { exact: true, ..request(query, &[]) });
        let mut found = names(&response);
        found.sort();
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn highlights_of_exact_words_are_the_verified_places() {
    let archive = Archive::of(&[Draft::new("a", "Hoà và hòa", "Ở Hòa Bình có chợ, ở Hoà Bình có sông; thanh. Tra, thanh tra.")]);
    for (query, title, body) in [
        ("=hoà", &["Hoà"][..], &["Hoà"][..]),
        ("=\"Hoà Bình\"", &[], &["Hoà Bình"]),
        ("=\"thanh tra\"", &[], &["thanh tra"]),
        ("=hoà hòa", &["Hoà", "hòa"], &["Hòa", "Hoà"]),
    ] {
        let response = archive.search(&request(query, &[]));
        let hit = &response.hits[0];
        let marked =
            |text: &str, spans: &[(usize, usize)]| spans.iter().map(|&(start, end)| text[start..end].to_owned()).collect::<Vec<_>>();
        assert_eq!(marked(&hit.article.title, &hit.title_highlights), title, "{query}");
        let snippets = hit.snippets.iter().flat_map(|snippet| marked(&snippet.text, &snippet.highlights)).collect::<Vec<_>>();
        assert_eq!(snippets, body, "{query}");
    }
}

// ---------------------------------------------------------------- against a scan

const WORDS: [&str; 24] = [
    "hoà",
    "hòa",
    "Hoà",
    "HÒA",
    "kỹ",
    "kĩ",
    "57",
    "NQ",
    "nq",
    "TW",
    "thanh",
    "Thanh",
    "thành",
    "tra",
    "TônThị",
    "Tôn",
    "thị",
    "Đắk",
    "Ðắk",
    "UBND",
    "ubnd",
    "việt",
    "vịêt",
    "H’Hen",
];
const GAPS: [&str; 12] = [" ", " ", " ", " ", " ", "\n", ". ", "-", " - ", "/", ", ", "\n\n"];

fn text(dice: &mut Dice, words: usize) -> String {
    let mut text = dice.pick(&WORDS).to_owned();
    for _ in 1..words {
        text.push_str(dice.pick(&GAPS));
        text.push_str(dice.pick(&WORDS));
    }
    text
}

fn scan(drafts: &[Draft], mut fits: impl FnMut(&Draft) -> bool) -> Vec<&str> {
    drafts.iter().filter(|draft| fits(draft)).map(|draft| draft.name.as_str()).collect()
}

fn sorted(response: &Response) -> Vec<String> {
    let mut names = names(response);
    names.sort();
    names
}

#[test]
fn totals_are_those_of_a_scan_of_every_text() {
    let mut dice = Dice(5);
    let drafts: Vec<Draft> = (0..300)
        .map(|number| {
            let (title, body) = (2 + dice.roll(3), 4 + dice.roll(30));
            let draft = Draft::new(&format!("{number:03}"), &text(&mut dice, title), &text(&mut dice, body));
            if number % 3 == 0 { draft.on("2024-05-13") } else { draft }
        })
        .collect();
    let archive = Archive::in_steps(&drafts, 70);
    let in_draft = |typed: &str, draft: &Draft| holds(typed, &draft.title) || holds(typed, &draft.body);
    let (mut found, mut passed_over) = (0, 0);
    for _ in 0..300 {
        let (first, second) = (1 + dice.roll(3), 1 + dice.roll(2));
        let phrase = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (one, other) = (phrase(text(&mut dice, first)), phrase(text(&mut dice, second)));
        let (one, other) = (one.as_str(), other.as_str());
        let year = Filter::Year("2024".to_owned());
        let cases: [(String, bool, Vec<Filter>, Vec<&str>); 6] = [
            (format!("=\"{one}\""), false, vec![], scan(&drafts, |draft| in_draft(one, draft))),
            (format!("\"{one}\""), true, vec![year], scan(&drafts, |draft| in_draft(one, draft) && draft.event.is_some())),
            (format!("title:=\"{one}\""), false, vec![], scan(&drafts, |draft| holds(one, &draft.title))),
            (format!("\"{one}\" \"{other}\""), true, vec![], scan(&drafts, |draft| in_draft(one, draft) && in_draft(other, draft))),
            (format!("=\"{one}\" -=\"{other}\""), false, vec![], scan(&drafts, |draft| in_draft(one, draft) && !in_draft(other, draft))),
            (format!("=\"{one}\" OR =\"{other}\""), false, vec![], scan(&drafts, |draft| in_draft(one, draft) || in_draft(other, draft))),
        ];
        for (query, exact, filters, expected) in cases {
            let request = Request { exact, facets: vec![FacetField::Date], ..request(&query, &filters) };
            let response = archive.search(&request);
            assert_eq!(sorted(&response), expected, "{query}");
            assert_eq!(response.total, expected.len() as u64);
            assert_eq!(count(&archive.generation, &AUTHORITY, &request).unwrap(), response.total);
            let dates = &response.facets["date"];
            let counted: u64 = dates.values.iter().map(|value| value.count).chain(dates.remainder.iter().map(|row| row.count)).sum();
            assert_eq!(counted, response.total + dates.repeats);
            found += expected.len();
            let loosely = archive.search(&Request { exact: false, ..super::archive::request(&query.replace('=', ""), &request.filters) });
            passed_over += usize::from(loosely.total > response.total);
        }
    }
    assert!(found > 1_000 && passed_over > 300, "{found} {passed_over}");
}

#[test]
fn under_exact_the_three_totals_are_of_one_kind() {
    let mut dice = Dice(8);
    let drafts: Vec<Draft> = (0..200).map(|number| Draft::new(&format!("{number:03}"), "x", &text(&mut dice, 20))).collect();
    let archive = Archive::of(&drafts);
    for _ in 0..100 {
        let length = 2 + dice.roll(2);
        let typed = (0..length).map(|_| dice.pick(&WORDS)).collect::<Vec<_>>().join(" ");
        let response = archive.search(&Request { exact: true, ..request(&typed, &[]) });
        let phrase = scan(&drafts, |draft| holds(&typed, &draft.body)).len() as u64;
        let pieces: Vec<&str> = typed.split(|letter| !is_part_letter(letter)).collect();
        let loose = scan(&drafts, |draft| pieces.iter().all(|piece| holds(piece, &draft.body))).len() as u64;
        assert_eq!((response.total_phrase, response.total_loose), (Some(phrase), Some(loose)), "{typed}");
        assert!((phrase..=loose).contains(&response.total), "{typed}");
        let words: Vec<String> = response.query.words.iter().map(|word| word.text.clone()).collect();
        let as_read = scan(&drafts, |draft| words.iter().all(|word| holds(word, &draft.body))).len() as u64;
        assert_eq!(response.total, as_read, "{typed}");
        let any = archive.search(&Request { exact: true, matching: MatchMode::Any, ..request(&typed, &[]) });
        assert_eq!(any.total, scan(&drafts, |draft| words.iter().any(|word| holds(word, &draft.body))).len() as u64, "{typed}");
        for hit in &response.hits {
            let draft = drafts.iter().find(|draft| draft.name == hit.article.key).unwrap();
            for snippet in &hit.snippets {
                assert_eq!(snippet.field, Part::Body.name());
                for &(start, end) in &snippet.highlights {
                    let marked = &draft.body[snippet.start + start..snippet.start + end];
                    assert!(words.iter().any(|word| holds(word, marked)), "{typed}: {marked}");
                }
            }
        }
    }
}

#[test]
fn a_spent_budget_is_said_though_no_candidate_was_kept() {
    let drafts: Vec<Draft> = (0..50).map(|number| Draft::new(&number.to_string(), "x", "hòa")).collect();
    let archive = Archive::of(&drafts);
    let request = Request { budget: crate::search::Budget::within(std::time::Duration::ZERO), ..request("=hoà", &[]) };
    assert!(matches!(archive.try_search(&request), Err(crate::search::SearchError::OutOfTime)));
}
