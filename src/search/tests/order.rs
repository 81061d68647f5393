//! The order of the hits: why this article before that one, and that the history of an index has no say in it.

use super::archive::{Archive, Draft, names, request};
use crate::dice::Dice;
use crate::search::{Request, Sort};

#[test]
fn the_better_article_comes_first() {
    let cases = [
        (
            "in the title before in the body",
            "ngân sách",
            [
                ("a", "Ngân sách năm tới", "Hội đồng bàn nhiều việc trong ngày."),
                ("b", "Hội đồng bàn việc", "Có nói đến ngân sách một lần trong ngày."),
            ],
        ),
        (
            "words together before words apart",
            "thu hồi đất rừng",
            [
                ("a", "Tin", "Tỉnh sẽ thu hồi đất rừng ở ba xã trong năm nay."),
                ("b", "Tin", "Rừng được giao; ở ba xã sẽ thu hồi đất trong năm."),
            ],
        ),
        (
            "often before once",
            "tham nhũng",
            [
                ("a", "Tin", "Chống tham nhũng, phòng tham nhũng, xử lý tham nhũng là việc chung của các cấp."),
                ("b", "Tin", "Chống tham nhũng, phòng cháy rừng, xử lý vi phạm là việc chung của các cấp."),
            ],
        ),
        (
            "a short article about it before a long one that names it",
            "bão số 3",
            [("a", "Tin", "Bão số 3 đã tan."), ("b", "Tin", "Bão số 3 đã tan. Cuộc họp còn bàn về lúa, cá, đường, trường và trạm y tế.")],
        ),
        (
            "as typed before other spellings",
            "hoa",
            [("a", "Tin", "Chợ hoa mở cửa."), ("b", "Hóa, hòa, hoá", "Hóa chất, hòa nhạc, hỏa hoạn, hóa đơn.")],
        ),
    ];
    for (reason, query, articles) in cases {
        let drafts: Vec<Draft> = articles.iter().rev().map(|(name, title, body)| Draft::new(name, title, body)).collect();
        assert_eq!(Archive::of(&drafts).hits(query), ["a", "b"], "{reason}");
    }
}

#[test]
fn equal_scores_go_by_date_and_unknown_dates_last() {
    let drafts = [
        Draft::new("unknown", "Tin", "cùng một chữ"),
        Draft::new("old", "Tin", "cùng một chữ").on("2023-01-01"),
        Draft::new("new", "Tin", "cùng một chữ").on("2025-01-01"),
    ];
    assert_eq!(Archive::of(&drafts).hits("chữ"), ["new", "old", "unknown"]);
    assert_eq!(Archive::of(&drafts).hits(""), ["new", "old", "unknown"]);
    let oldest = Archive::of(&drafts).search(&Request { sort: Sort::Oldest, ..request("chữ", &[]) });
    assert_eq!(names(&oldest), ["old", "new", "unknown"]);
}

/// Articles that vary in length and words, from a seed.
fn drafts(from: usize, to: usize, edition: u32) -> Vec<Draft> {
    let words = ["tỉnh", "huyện", "chuyển đổi số", "ngân sách", "đất đai", "thanh tra", "họp", "bàn", "UBND", "nông thôn mới"];
    (from..to)
        .map(|number| {
            let mut dice = Dice((number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(u64::from(edition)));
            let (title_words, body_words) = (1 + dice.roll(3), 3 + dice.roll(60));
            let mut text = |count: usize| (0..count).map(|_| dice.pick(&words)).collect::<Vec<_>>().join(" ");
            let (title, body) = (text(title_words), text(body_words));
            let day = format!("2024-{:02}-{:02}", 1 + dice.roll(12), 1 + dice.roll(28));
            Draft { edition, ..Draft::new(&format!("{number:04}"), &title, &body) }.on(&day)
        })
        .collect()
}

#[test]
fn an_edited_index_answers_as_a_fresh_one_whatever_its_segments() {
    let kept: Vec<String> = (0..120).map(|number| format!("{number:04}")).collect();
    let kept: Vec<&str> = kept.iter().map(String::as_str).collect();
    let edited = Archive::in_steps(&drafts(0, 160, 0), 13).edited(&drafts(0, 50, 1), 7, &kept);
    let fresh: Vec<Draft> = drafts(0, 50, 1).into_iter().chain(drafts(50, 120, 0)).collect();
    let shuffled: Vec<Draft> = fresh.iter().rev().cloned().collect();
    let (fresh, steps) = (Archive::of(&fresh), Archive::in_steps(&shuffled, 23));
    assert!(steps.generation.searcher().segment_readers().len() > 1);
    for query in ["chuyển đổi số", "chuyen doi so", "tỉnh ngân sách", "ubnd -đất", "\"thanh tra huyện\"~3", "ng* họp", "title:tỉnh bàn", ""]
    {
        for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
            let answer = |archive: &Archive| {
                let response = archive.search(&Request { sort, ..request(query, &[]) });
                let hits: Vec<_> = response.hits.iter().map(|hit| (hit.article.key.clone(), hit.score.to_bits())).collect();
                (response.total, response.total_phrase, response.total_loose, hits)
            };
            let expected = answer(&fresh);
            assert!(expected.0 > 0, "{query}");
            assert_eq!(answer(&steps), expected, "{query} {sort:?}");
            assert_eq!(answer(&edited), expected, "{query} {sort:?}");
        }
    }
}

#[test]
fn pages_follow_each_other() {
    let archive = Archive::in_steps(&drafts(0, 60, 0), 11);
    let all = archive.hits("tỉnh");
    let mut paged = Vec::new();
    while paged.len() < all.len() {
        let page = archive.search(&Request { limit: 7, offset: paged.len(), ..request("tỉnh", &[]) });
        assert_eq!(page.hits[0].rank as usize, paged.len() + 1);
        paged.extend(names(&page));
    }
    assert_eq!(paged, all);
}
