//! The order of the hits hangs on the articles alone: not on the history of the index, on pages, or on threads.

use super::archive::{AUTHORITY, Archive, Draft, names, request};
use super::invariant::{drafts, query, with_copies};
use super::ranking::{any, scored};
use crate::dice::Dice;
use crate::search::{Filter, Hit, MatchMode, Request, SearchError, Sort, Unit, for_each_hit_as_stored};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

#[test]
fn equal_scores_go_by_date_then_by_id_and_unknown_dates_last() {
    let of = |name: &str| Draft::new(name, "Tin", "sửa đê làng");
    let dated = ["old", "older-twin", "new"].map(of);
    let [old, twin, new] = dated;
    let all =
        [of("unknown-1"), old.on("2023-01-01"), of("unknown-2"), new.on("2025-01-01"), twin.on("2023-01-01"), of("month").on("2024-05")];
    let archive = Archive::of(&all);
    let response = archive.search(&request("đê", &[]));
    let scores: BTreeSet<u64> = response.hits.iter().map(|hit| hit.score.to_bits()).collect();
    assert_eq!(scores.len(), 1, "they say the same");
    let by_id = |one: &str, other: &str| {
        let mut pair = [one, other].map(|name| (crate::article::Hash128::of([name.as_bytes()]), name.to_owned()));
        pair.sort();
        pair.map(|(_, name)| name)
    };
    let [first_old, second_old] = by_id("old", "older-twin");
    let [first_unknown, second_unknown] = by_id("unknown-1", "unknown-2");
    let expected = ["new".to_owned(), "month".to_owned(), first_old, second_old, first_unknown, second_unknown];
    assert_eq!(names(&response), expected);
    let oldest = archive.search(&Request { sort: Sort::Oldest, ..request("đê", &[]) });
    assert_eq!(names(&oldest)[2..4], ["month", "new"]);
    assert_eq!(archive.hits(""), expected, "where there is nothing to rank by");
}

fn random_text(dice: &mut Dice, words: usize) -> String {
    (0..words).map(|_| dice.pick(&WORDS)).collect::<Vec<_>>().join(" ")
}

const WORDS: [&str; 20] = [
    "tỉnh",
    "huyện",
    "chuyển đổi số",
    "ngân sách",
    "đất đai",
    "thanh tra",
    "họp",
    "bàn",
    "UBND",
    "Ủy ban nhân dân",
    "nông thôn mới",
    "Hoà Bình",
    "hòa",
    "hoa",
    "CA",
    "công an",
    "Sở TT&TT",
    "57-NQ/TW",
    "số",
    "đổi",
];

const QUERIES: [&str; 14] = [
    "chuyển đổi số",
    "chuyen doi so",
    "hoa binh",
    "UBND tỉnh",
    "uy ban nhan dan",
    "công an huyện",
    "CA tỉnh",
    "TT&TT họp",
    "57-NQ/TW",
    "\"thanh tra huyện\"~3",
    "ng* họp",
    "title:tỉnh bàn",
    "đất -họp",
    "số đổi hoà OR thanh",
];

/// A number for each name, so that an article of another edition differs.
fn random_drafts(seed: u64, numbers: std::ops::Range<usize>, edition: u32) -> Vec<Draft> {
    let draft = |number: usize| {
        let mut dice = Dice(seed.wrapping_mul(31).wrapping_add(number as u64 * 977 + u64::from(edition) * 7_919 + 1));
        dice.roll(2);
        let (title_words, body_words) = (dice.roll(4), 1 + dice.roll(90));
        let (title, body) = (random_text(&mut dice, title_words), random_text(&mut dice, body_words));
        let draft = Draft { edition, ..Draft::new(&format!("{number:04}"), &title, &body) };
        if dice.roll(4) == 0 { draft } else { draft.on(&format!("2024-{:02}-{:02}", 1 + dice.roll(3), 1 + dice.roll(5))) }
    };
    numbers.map(draft).collect()
}

/// Lists, scores and totals of a query, read both ways and in every order.
fn answers(archive: &Archive, query: &str) -> Vec<impl PartialEq + std::fmt::Debug + use<>> {
    let answer = |(matching, sort)| {
        let response = archive.search(&Request { matching, sort, ..request(query, &[]) });
        (response.total, response.total_phrase, response.total_loose, scored(&response))
    };
    let ways = [
        (MatchMode::All, Sort::Relevance),
        (MatchMode::All, Sort::Newest),
        (MatchMode::All, Sort::Oldest),
        (MatchMode::Any, Sort::Relevance),
    ];
    ways.map(answer).into()
}

#[test]
fn an_index_that_was_edited_ranks_as_a_fresh_one_for_any_seed() {
    const ALL: usize = 60;
    for seed in 0..12 {
        let mut dice = Dice(seed);
        // A fifth is changed and a tenth removed, in several commits.
        let (changed, removed) = (0..ALL / 5, ALL - ALL / 10..ALL);
        let kept: Vec<String> = (0..removed.start).map(|number| format!("{number:04}")).collect();
        let kept: Vec<&str> = kept.iter().map(String::as_str).collect();
        let first = Archive::in_steps(&random_drafts(seed, 0..ALL, 0), 5 + dice.roll(40) as u64);
        let again = random_drafts(seed, changed.clone(), 1);
        let edited = first.edited(&again, 1 + dice.roll(6) as u64, &kept).edited(&random_drafts(seed, 3..6, 2), 1, &kept);

        let mut drafts: Vec<Draft> = random_drafts(seed, 0..removed.start, 0);
        drafts.splice(changed.clone(), again);
        drafts.splice(3..6, random_drafts(seed, 3..6, 2));
        let fresh = Archive::of(&drafts);
        for query in QUERIES {
            assert_eq!(answers(&edited, query), answers(&fresh, query), "seed {seed}: {query}");
        }
    }
}

#[test]
fn the_order_of_reading_and_the_number_of_threads_change_nothing() {
    let drafts = random_drafts(99, 0..150, 0);
    let shuffled: Vec<Draft> = drafts.iter().rev().cloned().collect();
    let archives =
        [Archive::of(&drafts), Archive::in_steps(&shuffled, 11), Archive::with_threads(&shuffled, 4), Archive::with_threads(&drafts, 3)];
    let segments = archives.each_ref().map(|archive| archive.generation.searcher().segment_readers().len());
    assert!(segments[1] > 1 && segments[2] > 1, "{segments:?}");
    for query in QUERIES {
        let expected = answers(&archives[0], query);
        for archive in &archives[1..] {
            assert_eq!(answers(archive, query), expected, "{query}");
        }
    }
}

#[test]
fn pages_filters_and_exclusions_only_leave_out() {
    let archive = Archive::in_steps(&random_drafts(7, 0..90, 0), 17);
    for query in QUERIES {
        for matching in [MatchMode::All, MatchMode::Any] {
            let whole = Request { matching, ..request(query, &[]) };
            let all = scored(&archive.search(&whole));
            let page = |offset, limit| scored(&archive.search(&Request { offset, limit, ..whole.clone() }));
            assert_eq!([page(0, 3), page(3, 3)].concat(), page(0, 6), "{query}: pages");
            assert_eq!(page(0, 6), all[..all.len().min(6)], "{query}: the first of all");

            let in_january = [Filter::Year("2024-01".to_owned())];
            let filtered = scored(&archive.search(&Request { filters: in_january.to_vec(), ..whole.clone() }));
            let kept: BTreeSet<&str> = filtered.iter().map(|(name, _)| name.as_str()).collect();
            let expected: Vec<(String, f64)> = all.iter().filter(|(name, _)| kept.contains(name.as_str())).cloned().collect();
            assert!(!filtered.is_empty() && filtered.len() < all.len(), "{query}: a filter leaves some");
            assert_eq!(filtered, expected, "{query}: a filter changes no order");
        }
    }
    let excluded = scored(&archive.search(&request("tỉnh -họp", &[])));
    let all = scored(&archive.search(&request("tỉnh", &[])));
    let kept: Vec<(String, f64)> = all.into_iter().filter(|hit| excluded.contains(hit)).collect();
    assert_eq!(excluded, kept, "what is excluded does not count for the others");
}

/// Every hit, by pages of so many, each behind the cursor of the one before.
fn paged(archive: &Archive, whole: &Request, limit: usize) -> Vec<(u64, String, f64)> {
    let (mut hits, mut after) = (Vec::new(), None);
    loop {
        let response = archive.search(&Request { limit, after, ..whole.clone() });
        assert!(response.hits.len() <= limit && (response.next.is_none() || response.hits.len() == limit));
        hits.extend(response.hits.iter().map(|hit| (hit.rank, hit.article.key.clone(), hit.score)));
        // As a client has it.
        after = response.next.map(|cursor| cursor.to_string().parse().unwrap());
        if after.is_none() {
            return hits;
        }
    }
}

#[test]
fn pages_by_cursor_are_one_list() {
    let drafts = random_drafts(21, 0..230, 0);
    let copies = drafts.iter().step_by(3).map(|draft| Draft { name: format!("copy-{}", draft.name), ..draft.clone() });
    let archive = Archive::in_steps(&drafts.iter().cloned().chain(copies).collect::<Vec<_>>(), 71);
    let ways = [(Sort::Relevance, None), (Sort::Relevance, Some(10)), (Sort::Newest, None), (Sort::Oldest, None)];
    for (sort, half_life_days) in ways {
        for hits_of in [Unit::Articles, Unit::Stories] {
            for (query, page) in [("số họp bàn", 1), ("huyện tỉnh", 7), ("đất đai thanh tra", 40), ("", 40)] {
                let whole = Request { sort, half_life_days, hits_of, ..any(query) };
                let response = archive.search(&whole);
                assert!(response.hits.len() > 120 && response.next.is_none(), "{query}: {}", response.hits.len());
                let expected: Vec<(u64, String, f64)> =
                    response.hits.into_iter().map(|hit| (hit.rank, hit.article.key, hit.score)).collect();
                assert_eq!(paged(&archive, &whole, page), expected, "{whole:?} by {page}");
            }
        }
    }
}

#[test]
fn an_offset_leads_on_to_cursors_and_never_stands_beside_one() {
    let archive = Archive::in_steps(&random_drafts(22, 0..130, 0), 40);
    let whole = any("số họp");
    let all = names(&archive.search(&whole));
    for offset in [0, 1, 95, 99, 100, 101] {
        let page = archive.search(&Request { offset, limit: 4, ..whole.clone() });
        let next = archive.search(&Request { after: page.next.clone(), limit: 4, ..whole.clone() });
        assert_eq!([names(&page), names(&next)].concat(), all[offset..all.len().min(offset + 8)], "behind {offset}");
        let both = archive.try_search(&Request { after: page.next, offset: 1, ..whole.clone() });
        assert!(matches!(both, Err(SearchError::OffsetAndCursor)));
    }
    let counts = archive.search(&Request { limit: 0, ..whole });
    assert!(counts.next.is_none() && counts.total > 100);
}

#[test]
fn newest_and_oldest_first_list_the_same_articles() {
    let archive = Archive::in_steps(&random_drafts(8, 0..60, 0), 17);
    for query in QUERIES {
        let sorted = |sort| {
            let mut names = names(&archive.search(&Request { sort, ..request(query, &[]) }));
            names.sort();
            names
        };
        assert_eq!(sorted(Sort::Newest), sorted(Sort::Relevance), "{query}");
        assert_eq!(sorted(Sort::Oldest), sorted(Sort::Relevance), "{query}");
    }
}

#[test]
fn all_words_list_their_articles_as_any_words_list_the_same() {
    for seed in 0..4 {
        let archive = Archive::in_steps(&random_drafts(seed + 50, 0..80, 0), 29);
        for query in QUERIES {
            let all = scored(&archive.search(&request(query, &[])));
            let any = scored(&archive.search(&any(query)));
            let names: BTreeSet<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
            let same: Vec<(String, f64)> = any.into_iter().filter(|(name, _)| names.contains(name.as_str())).collect();
            assert_eq!(all, same, "seed {seed}: {query}");
        }
    }
}

#[test]
fn hits_as_they_are_stored_are_those_in_order() {
    let mut dice = Dice(61);
    let drafts = drafts(&mut dice, 120);
    let archive = Archive::in_steps(&with_copies(&mut dice, drafts), 17);
    let mut out_of_order = 0;
    for round in 0..60 {
        let (hits_of, limit) = ([Unit::Articles, Unit::Stories][round % 2], [usize::MAX, 5][round / 2 % 2]);
        let request = Request { hits_of, limit, offset: round % 3, ..request(&query(&mut dice), &[]) };
        let expected = archive.search(&request);
        let mut stored = Vec::new();
        let told = for_each_hit_as_stored(
            &archive.generation,
            &AUTHORITY,
            &request,
            |hit| hit,
            |rank, hit| {
                assert_eq!(hit.rank, rank);
                stored.push(hit);
                ControlFlow::Continue(())
            },
        )
        .unwrap();
        out_of_order += usize::from(!stored.is_sorted_by_key(|hit| hit.rank));
        stored.sort_by_key(|hit| hit.rank);
        let names = |hits: &[Hit]| hits.iter().map(|hit| (hit.rank, hit.article.key.clone())).collect::<Vec<_>>();
        assert_eq!(names(&stored), names(&expected.hits), "{request:?}");
        assert_eq!((told.total, told.total_stories, told.next), (expected.total, expected.total_stories, expected.next), "{request:?}");
    }
    assert!(out_of_order > 20, "{out_of_order}");
}
