//! Asking for less, for newer, for more of the same, and why.

use super::archive::{AUTHORITY, Archive, Draft, names, request};
use crate::index::FacetField;
use crate::search::{Filter, MatchMode, NoticeCode, Request, more_like_this, search};

fn archive() -> Archive {
    Archive::of(&[
        Draft::new("flood", "Lũ ở Lai Châu", "Mưa lớn gây lũ quét ở Lai Châu, đường tỉnh bị sạt lở. Mưa lớn còn kéo dài.").on("2023-07-01"),
        Draft::new("road", "Sạt lở ở Hà Giang", "Đường tỉnh bị sạt lở sau mưa lớn, Hà Giang cấm xe tải.").on("2024-07-01"),
        Draft::new("rice", "Lúa ở Thái Bình", "Nông dân Thái Bình gặt lúa sớm trước mưa lớn.").on("2025-07-01"),
        Draft::new("school", "Trường mới ở Huế", "Học sinh Huế vào trường mới, lớp học sáng sủa."),
    ])
}

fn codes(archive: &Archive, request: &Request) -> Vec<NoticeCode> {
    archive.search(request).notices.iter().map(|notice| notice.code).collect()
}

#[test]
fn only_what_is_asked_for_is_relaxed() {
    let archive = archive();
    let strict = request("sạt lở lúa", &[]);
    assert_eq!(archive.search(&strict).total, 0);
    assert_eq!(codes(&archive, &strict), [NoticeCode::NothingFound]);
    let relaxed = archive.search(&Request { relax: true, ..strict });
    // Without “lúa” two articles are left, without “sạt lở” one.
    assert_eq!(names(&relaxed).len(), 2);
    assert_eq!((relaxed.total, relaxed.notices[0].code), (2, NoticeCode::Relaxed));
    assert!(relaxed.notices[0].text.contains("bỏ “lúa”"), "{}", relaxed.notices[0].text);
    // Scattered syllables come before a word that is left out, and what finds something is left alone.
    let scattered = archive.search(&Request { relax: true, ..request("lớp mới", &[]) });
    assert_eq!(names(&scattered), ["school"]);
    assert!(codes(&archive, &Request { relax: true, ..request("mưa lớn", &[]) }).is_empty());
    assert_eq!(archive.search(&Request { relax: true, ..request("zzz", &[]) }).total, 0);
}

#[test]
fn counts_beside_values_of_a_relaxed_answer_are_its_totals() {
    let archive = archive();
    let relaxed = Request { relax: true, facets: vec![FacetField::Date], ..request("sạt lở đường lúa", &[]) };
    let answer = archive.search(&relaxed);
    assert!(answer.total > 0);
    for value in &answer.facets["date"].values {
        let path = crate::article::FacetPath::try_from(value.path.clone()).unwrap();
        let click = Request { filters: vec![Filter::Value(FacetField::Date, path)], ..relaxed.clone() };
        assert_eq!(archive.search(&click).total, value.count, "{}", value.path);
    }
}

#[test]
fn fresh_puts_the_newer_first_and_a_filter_changes_no_order() {
    let archive = archive();
    let ranked = |half_life_days| names(&archive.search(&Request { half_life_days, ..request("mưa lớn", &[]) })).join(" ");
    let fresh = ranked(Some(30));
    assert_eq!(fresh, "rice road flood");
    assert_eq!(ranked(None), "flood rice road");
    let old = Request {
        half_life_days: Some(30),
        filters: vec![Filter::Date { range: crate::search::parse_range("..2024").unwrap(), precise: false }],
        ..request("mưa lớn", &[])
    };
    assert_eq!(names(&archive.search(&old)), ["road", "flood"]);
    let undated = Request { half_life_days: Some(30), matching: MatchMode::Any, ..request("học sinh mưa", &[]) };
    assert_eq!(archive.search(&undated).total, 4);
}

#[test]
fn articles_like_one_share_its_telling_words() {
    let archive = archive();
    let generation = &archive.generation;
    let hit = archive.search(&request("title:\"Hà Giang\"", &[])).hits.swap_remove(0);
    let article = generation.find(hit.article.id).unwrap().unwrap().article;
    let like = more_like_this(generation, &article, &request("", &[])).unwrap();
    assert!(like.query.contains("\"sạt lở\""), "{}", like.query);
    let found = search(generation, &AUTHORITY, &like).unwrap();
    let found = names(&found);
    assert_eq!(found[0], "flood");
    assert!(!found.iter().any(|name| name == "road" || name == "school"), "{found:?}");
}

#[test]
fn the_parts_of_a_score_are_its_sum() {
    let archive = archive();
    for query in ["mưa lớn", "mua lon", "\"sạt lở\" đường", "title:sạt", "UBND đường", "sạt* đường~1"] {
        let answer = archive.search(&Request { explain: true, matching: MatchMode::Any, ..request(query, &[]) });
        let explanation = answer.explanation.as_ref().unwrap();
        assert!(!explanation.plan.is_empty() && !explanation.ranked_by.is_empty(), "{query}");
        for hit in &answer.hits {
            let sum: f64 = hit.explanation.iter().flatten().map(|part| part.score).sum();
            let as_typed = if answer.query.diacritics || hit.score < 100.0 { 0.0 } else { 200.0 };
            assert!((sum + as_typed - hit.score).abs() < 0.05, "{query}: {sum} is not {}: {:?}", hit.score, hit.explanation);
        }
    }
    assert!(archive.search(&request("mưa", &[])).explanation.is_none());
}
