//! Posts, pairs and proposals are what the articles say, counted by hand.

use super::archive::{AUTHORITY, Archive, Draft, request};
use super::invariant::drafts;
use crate::dice::Dice;
use crate::search::{Filter, PeopleRequest, Request, SearchError, SuggestionKind, Within, career, count, people, posts, suggestions};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Names of articles by person, scope and post.
type ByPost = BTreeMap<(String, String, String), BTreeSet<String>>;

fn posts_by_hand(drafts: &[Draft], is_wanted: impl Fn(&str, &str) -> bool) -> ByPost {
    let mut by_post = ByPost::new();
    for draft in drafts {
        for (name, role, scope) in draft.posts.iter().filter(|(name, role, _)| is_wanted(name, role)) {
            let scope = scope.clone().unwrap_or_else(|| "(không rõ)".to_owned());
            // One placement of tone marks, as facets have it.
            let key = (name.replace("Hoà", "Hòa"), scope, role.clone());
            by_post.entry(key).or_default().insert(draft.name.clone());
        }
    }
    by_post
}

#[test]
fn posts_are_those_that_articles_give_and_that_filters_ask_for() {
    let drafts = drafts(&mut Dice(3), 150);
    let archive = Archive::in_steps(&drafts, 37);
    let role = |typed: &str| Filter::Role(typed.to_owned());
    let official = |typed: &str| Filter::Official(typed.to_owned());
    type Wanted = fn(&str, &str) -> bool;
    let cases: [(Vec<Filter>, Wanted); 5] = [
        (vec![], |_, _| true),
        (vec![role("Bí thư Tỉnh ủy")], |_, role| role.ends_with("Bí thư Tỉnh ủy")),
        (vec![role("nguyên Bí thư")], |_, role| role.starts_with("nguyên")),
        (vec![official("Vũ Kỳ")], |name, _| name == "Vũ Kỳ"),
        (vec![official("Vũ Kỳ"), role("Bộ trưởng")], |name, role| name == "Vũ Kỳ" && role.starts_with("Bộ trưởng")),
    ];
    let mut selected = 0;
    for (filters, is_wanted) in cases {
        let request = request("", &filters);
        let answer = posts(&archive.generation, &AUTHORITY, &request, None).unwrap();
        assert_eq!(answer.total, count(&archive.generation, &AUTHORITY, &request).unwrap());
        let by_hand = posts_by_hand(&drafts, is_wanted);
        let events: BTreeMap<&str, _> = drafts.iter().map(|draft| (draft.name.as_str(), draft.event)).collect();
        let mut found = BTreeSet::new();
        for row in &answer.posts {
            let held = &row.held;
            let key = (row.person.clone(), held.scope.clone(), held.role.clone());
            let articles = &by_hand[&key];
            let of_events = || articles.iter().filter_map(|name| events[name.as_str()]);
            assert_eq!((held.articles, held.ids.len()), (articles.len() as u64, articles.len()), "{key:?}");
            assert_eq!(held.first.as_ref().map(|first| first.from), of_events().map(|event| event.from).min(), "{key:?}");
            assert_eq!(held.last.as_ref().map(|last| last.to), of_events().map(|event| event.to).max(), "{key:?}");
            assert_eq!(held.undated + held.by_year.values().sum::<u64>(), held.articles);
            // Beside a role, somebody who holds the post in two scopes is not selected by one of them.
            assert!(row.is.is_some() || filters.iter().any(|filter| matches!(filter, Filter::Role(_))), "{key:?}");
            for is in row.is.iter().cloned() {
                assert_eq!(archive.total_with(&request, is), held.articles, "{key:?}");
                selected += 1;
            }
            assert!(found.insert(key));
        }
        assert_eq!((found.len(), answer.more), (by_hand.len(), 0), "{filters:?}");
        let some = posts(&archive.generation, &AUTHORITY, &request, Some(3)).unwrap();
        let mut counts: Vec<u64> = answer.posts.iter().map(|row| row.held.articles).collect();
        counts.sort_by_key(|count| Reverse(*count));
        let mut listed: Vec<u64> = some.posts.iter().map(|row| row.held.articles).collect();
        listed.sort_by_key(|count| Reverse(*count));
        assert_eq!((listed.as_slice(), some.more), (&counts[..3], counts.len() as u64 - 3), "{filters:?}");
        assert!(some.people == answer.people && some.posts.iter().all(|row| answer.posts.contains(row)));
    }
    assert!(selected > 50, "{selected} rows are selected by filters");
    // What finds nothing finds less, as in a search.
    let relaxed = Request { relax: true, ..request("đất xyzzyxyzzy", &[]) };
    let total = archive.search(&relaxed).total;
    assert!(total > 0 && posts(&archive.generation, &AUTHORITY, &relaxed, None).unwrap().total == total);
    // The page of one person is made of the same.
    let of_one = posts(&archive.generation, &AUTHORITY, &request("", &[official("Vũ Kỳ")]), None).unwrap();
    let career = career(&archive.generation, "Vũ Kỳ", crate::search::Budget::unlimited()).unwrap().unwrap();
    let by_role = |mut held: Vec<crate::search::HeldPost>| {
        held.sort_by(|one, other| (&one.scope, &one.role).cmp(&(&other.scope, &other.role)));
        held
    };
    assert_eq!(by_role(of_one.posts.into_iter().map(|row| row.held).collect()), by_role(career.posts));
    assert_eq!(career.articles, of_one.total);
}

#[test]
fn a_post_reads_as_a_succession() {
    let draft =
        |name: &str, day: &str, person: &str, role: &str| Draft::new(name, "Tin", "một").on(day).names(person, role, Some("Sơn La"));
    let archive = Archive::of(&[
        draft("a", "2024-02-01", "Cầm Thị Sâm", "Bí thư Tỉnh ủy Sơn La"),
        draft("b", "2019-02-01", "Lò Văn Thiêm", "Bí thư Tỉnh ủy Sơn La"),
        draft("c", "2022-02-01", "Lò Văn Thiêm", "Bí thư Tỉnh ủy Sơn La"),
        draft("d", "2025-02-01", "Lò Văn Thiêm", "nguyên Bí thư Tỉnh ủy Sơn La"),
        draft("e", "2023-02-01", "Mùa A Chử", "quyền Bí thư Tỉnh ủy Sơn La"),
        draft("f", "2018-02-01", "Tạ Quang Hòa", "Chủ tịch Ủy ban nhân dân tỉnh Sơn La"),
    ]);
    let answer = posts(&archive.generation, &AUTHORITY, &request("", &[]), None).unwrap();
    let rows: Vec<(&str, &str)> = answer.posts.iter().map(|row| (row.base_role(), row.person.as_str())).collect();
    let secretary = "Bí thư Tỉnh ủy Sơn La";
    let expected = [
        (secretary, "Lò Văn Thiêm"),
        (secretary, "Mùa A Chử"),
        (secretary, "Cầm Thị Sâm"),
        (secretary, "Lò Văn Thiêm"),
        ("Chủ tịch Ủy ban nhân dân tỉnh Sơn La", "Tạ Quang Hòa"),
    ];
    assert_eq!((rows.as_slice(), answer.people), (expected.as_slice(), 4));
    let first = &answer.posts[0].held;
    assert_eq!((first.articles, first.first.as_ref().unwrap().from.to_string().as_str()), (2, "2019-02-01"));
    assert_eq!(first.last.as_ref().unwrap().to.to_string(), "2022-02-01", "a former post extends none");
}

#[test]
fn pairs_are_those_whom_articles_name_together() {
    let drafts = drafts(&mut Dice(9), 120);
    let archive = Archive::in_steps(&drafts, 31);
    let pairs = |filters: &[Filter], at_least| {
        let wanted = PeopleRequest { within: Within::Article, at_least, most: None };
        let answer = people(&archive.generation, &AUTHORITY, &request("", filters), wanted).unwrap();
        assert!(answer.pairs.is_sorted_by_key(|pair| std::cmp::Reverse(pair.articles)));
        assert!(answer.pairs.iter().all(|pair| pair.ids.len() as u64 == pair.articles && pair.ids.is_sorted()));
        answer.pairs.into_iter().map(|pair| ((pair.person, pair.with), pair.articles)).collect::<BTreeMap<_, _>>()
    };
    let mut by_hand: BTreeMap<(String, String), u64> = BTreeMap::new();
    for draft in &drafts {
        let names: BTreeSet<String> = draft.posts.iter().map(|(name, ..)| name.replace("Hoà", "Hòa")).collect();
        for one in &names {
            names.iter().filter(|other| one < *other).for_each(|other| *by_hand.entry((one.clone(), other.clone())).or_default() += 1);
        }
    }
    assert_eq!(pairs(&[], 1), by_hand);
    for ((one, other), articles) in &by_hand {
        let is = [one, other].map(|name| format!("official:/{name}"));
        assert_eq!(archive.total_with(&request("", &[]), is), *articles, "{one}, {other}");
    }
    let most = *by_hand.values().max().unwrap();
    assert_eq!(pairs(&[], most), by_hand.iter().filter(|(_, count)| **count == most).map(|(pair, count)| (pair.clone(), *count)).collect());

    let mut of_one: BTreeMap<(String, String), u64> = BTreeMap::new();
    for ((one, other), count) in &by_hand {
        if one == "Vũ Kỳ" || other == "Vũ Kỳ" {
            let other = if one == "Vũ Kỳ" { other } else { one };
            of_one.insert(("Vũ Kỳ".to_owned(), other.clone()), *count);
        }
    }
    assert_eq!(pairs(&[Filter::Official("Vũ Kỳ".to_owned())], 1), of_one);
    // Who holds the post stands first, and somebody who does is in every pair.
    let mut of_role: BTreeMap<(String, String), u64> = BTreeMap::new();
    for draft in &drafts {
        let names = |is_wanted: &dyn Fn(&str) -> bool| -> BTreeSet<String> {
            draft.posts.iter().filter(|(_, role, _)| is_wanted(role)).map(|(name, ..)| name.replace("Hoà", "Hòa")).collect()
        };
        let (holders, all) = (names(&|role| role.starts_with("Bộ trưởng")), names(&|_| true));
        for one in &holders {
            for other in all.iter().filter(|other| *other != one && !(holders.contains(*other) && *other < one)) {
                *of_role.entry((one.clone(), other.clone())).or_default() += 1;
            }
        }
    }
    assert_eq!(pairs(&[Filter::Role("Bộ trưởng".to_owned())], 1), of_role);
}

#[test]
fn an_article_that_names_a_city_is_refused_unless_somebody_of_it_is_asked_for() {
    let directory = (0..7_000)
        .fold(Draft::new("a", "Tin", "một"), |draft, number| draft.names(&format!("Vũ Kỳ {number:04}"), "Chánh án", Some("Sơn La")));
    let archive = Archive::of(&[directory]);
    let pairs = |filters: &[Filter]| {
        let wanted = PeopleRequest { within: Within::Article, at_least: 1, most: Some(10) };
        people(&archive.generation, &AUTHORITY, &request("", filters), wanted)
    };
    assert!(matches!(pairs(&[]), Err(SearchError::TooManyMeetings { .. })));
    let of_one = pairs(&[Filter::Official("Vũ Kỳ 0007".to_owned())]).unwrap();
    assert_eq!((of_one.pairs.len(), of_one.more, of_one.pairs[9].with.as_str()), (10, 6_989, "Vũ Kỳ 0010"));
}

#[test]
fn who_may_be_one_or_two_is_proposed_with_what_speaks_for_it() {
    let draft = |name: &str, day: &str, person: &str, role: &str, scope: &str| {
        Draft::new(name, "Tin", "một").on(day).names(person, role, Some(scope))
    };
    let chair = "Chủ tịch Ủy ban nhân dân tỉnh";
    let archive = Archive::of(&[
        // Two at one time.
        draft("a", "2022-01-01", "Lò Văn Thiêm", chair, "Sơn La"),
        draft("b", "2022-06-01", "Lò Văn Thiêm", chair, "Tây Ninh"),
        draft("c", "2023-01-01", "Lò Văn Thiêm", chair, "Sơn La"),
        // One after the other may be one; so may units that became one.
        draft("d", "2020-01-01", "Tạ Quang Hòa", chair, "Sơn La"),
        draft("e", "2021-01-01", "Tạ Quang Hòa", chair, "Tây Ninh"),
        draft("f", "2022-01-01", "Mùa A Chử", chair, "Hà Nam"),
        draft("g", "2022-06-01", "Mùa A Chử", chair, "Ninh Bình"),
        draft("h", "2023-01-01", "Mùa A Chử", chair, "Hà Nam"),
        // What was held before does not count.
        draft("i", "2022-06-01", "Cầm Thị Sâm", "nguyên Chủ tịch", "Sơn La"),
        draft("j", "2022-01-01", "Cầm Thị Sâm", chair, "Tây Ninh"),
        draft("k", "2023-01-01", "Cầm Thị Sâm", chair, "Tây Ninh"),
        // One post, two names; another post is another person.
        draft("l", "2022-01-01", "Tôn Thị Ngọc Mẫu", "Bí thư Tỉnh ủy", "Sơn La"),
        draft("m", "2022-02-01", "Tôn Ngọc Mẫu", "Bí thư Tỉnh ủy", "Sơn La"),
        draft("n", "2022-02-01", "Tôn Ngọc Mậu", "Chánh án", "Sơn La"),
    ]);
    let answer = suggestions(&archive.generation, &AUTHORITY, &request("", &[])).unwrap();
    let found: Vec<(SuggestionKind, &str, u64)> =
        answer.suggestions.iter().map(|one| (one.kind, one.line.as_str(), one.strength)).collect();
    let expected = [
        (SuggestionKind::Variants, "same\tTôn Thị Ngọc Mẫu\tTôn Ngọc Mẫu", 1),
        (SuggestionKind::Namesakes, "different\tLò Văn Thiêm/Sơn La\tLò Văn Thiêm/Tây Ninh", 1),
    ];
    assert_eq!(found, expected);
    assert_eq!((answer.suggestions[0].post.as_deref(), answer.suggestions[0].together), (Some("Bí thư Tỉnh ủy"), 0));
    assert_eq!(answer.suggestions[1].one.ids.len(), 2);
}
