//! Near-duplicates as one: what is shown for them, how they are counted, that pages lose none.

use super::archive::{Archive, Draft, names};
use crate::article::Hash128;
use crate::dice::Dice;
use crate::search::{ChangeKind, Filter, Request, Sort, Unit, copies};
use std::collections::{BTreeMap, BTreeSet};

const FLOOD: &str = "Sáng nay UBND huyện Kim Sơn họp bàn việc gia cố tuyến đê biển Bình Minh ba trước mùa mưa bão. Lãnh đạo huyện yêu cầu các xã ven \
                     biển chuẩn bị đủ vật tư, phương tiện và lực lượng tại chỗ. Đến cuối tháng này toàn bộ số rọ đá phải có mặt ở chân đê, \
                     mỗi xã cử một tổ tuần tra ban đêm trong suốt mùa lũ.";
const MARKET: &str = "Chợ nổi Ngã Năm họp phiên đầu năm với gần ba trăm ghe xuồng chở trái cây và hoa kiểng từ các huyện lân cận về. Ban quản lý chợ \
                      cho biết giá bưởi và cam xoàn tăng nhẹ, sức mua cao hơn năm ngoái khoảng một phần năm, nhiều ghe bán hết hàng từ lúc \
                      trời chưa sáng.";

fn all(query: &str, hits_of: Unit) -> Request {
    Request { query: query.to_owned(), hits_of, limit: usize::MAX, ..Request::default() }
}

/// A story in three copies, one of them cut, one in another frame; another story; the first one's words on another day.
fn archive() -> Archive {
    let cut = FLOOD.rsplit_once(", mỗi xã").unwrap().0;
    let framed = format!("{FLOOD}\nNguồn tin được đăng lại theo thỏa thuận giữa hai cơ quan.");
    Archive::of(&[
        Draft::new("a", "Kim Sơn gia cố đê", FLOOD).on("2024-05-13").from("Báo A"),
        Draft::new("b", "Kim Sơn: gia cố đê biển", cut).on("2024-05-13").from("Báo B"),
        Draft::new("c", "Gia cố đê biển Bình Minh ba", &framed).from("Cổng C"),
        Draft::new("d", "Kim Sơn gia cố đê", FLOOD).on("2024-09-01").from("Báo A"),
        Draft::new("e", "Chợ nổi đầu năm", MARKET).on("2024-05-13").from("Báo A"),
    ])
}

/// So many words, drawn by a seed.
fn drawn(seed: u64, count: usize) -> String {
    let mut dice = Dice(seed);
    let words = ["rừng", "biển", "lúa", "đường", "trường", "chợ", "cầu", "sông", "núi", "làng", "đê", "ruộng", "thuyền", "vườn", "giếng"];
    (0..count).map(|_| dice.pick(&words)).collect::<Vec<_>>().join(" ")
}

fn id(name: &str) -> Hash128 {
    Hash128::of([name.as_bytes()])
}

#[test]
fn one_of_a_group_is_shown_and_both_totals_are_told() {
    let archive = archive();
    let response = archive.search(&all("huyện", Unit::Stories));
    assert_eq!((response.total, response.total_stories), (5, 3));
    let shown: BTreeMap<String, (u64, bool)> =
        response.hits.iter().map(|hit| (hit.article.key.clone(), (hit.copies, hit.article.group.is_some()))).collect();
    // Of a and b, of one day, the id decides; the undated c comes last.
    let first = if id("a") < id("b") { "a" } else { "b" };
    let expected = [(first, (2, true)), ("d", (0, false)), ("e", (0, false))];
    assert_eq!(shown, expected.map(|(name, told)| (name.to_owned(), told)).into());
    assert_eq!(response.hits.iter().find(|hit| hit.copies > 0).unwrap().article.group, Some(id(first)));

    let every = archive.search(&all("huyện", Unit::Articles));
    assert_eq!((every.hits.len(), every.total, every.total_stories), (5, 5, 3));
    assert!(every.hits.iter().filter(|hit| hit.article.group == Some(id(first))).all(|hit| hit.copies == 2));
}

#[test]
fn the_earliest_of_those_that_match_stands_for_them() {
    let archive = archive();
    let of = |source: &str| archive.search(&Request { filters: vec![Filter::Source(source.to_owned())], ..all("đê", Unit::Stories) });
    assert_eq!(names(&of("Báo B")), ["b"]);
    let undated = of("Cổng C");
    assert_eq!((names(&undated), undated.hits[0].copies, undated.total_stories), (vec!["c".to_owned()], 0, 1));
}

#[test]
fn counts_are_of_stories_where_these_are_asked_for() {
    let archive = archive();
    let counted = |counts_of| {
        let request = Request { counts_of, facets: vec![crate::index::FacetField::Source], ..all("huyện", Unit::Stories) };
        let response = archive.search(&request);
        let sources = &response.facets["source"];
        let counts: Vec<(String, u64)> = sources.values.iter().map(|value| (value.label.clone(), value.count)).collect();
        (counts, sources.repeats, response.total_loose)
    };
    let named = |counts: &[(&str, u64)]| counts.iter().map(|&(name, count)| (name.to_owned(), count)).collect::<Vec<_>>();
    assert_eq!(counted(Unit::Articles), (named(&[("Báo A", 3), ("Báo B", 1), ("Cổng C", 1)]), 0, Some(5)));
    // The story of three copies stands under three publishers.
    assert_eq!(counted(Unit::Stories), (named(&[("Báo A", 3), ("Báo B", 1), ("Cổng C", 1)]), 2, Some(3)));
}

#[test]
fn pages_show_every_story_once() {
    let drafts: Vec<Draft> = (0..60)
        .map(|number| {
            let text = format!("{} {}", if number % 2 == 0 { FLOOD } else { MARKET }, drawn(number as u64 % 14, 200));
            let draft = Draft::new(&format!("{number:02}"), "Tin huyện", &text);
            if number % 5 == 0 { draft } else { draft.on(["2024-05-13", "2024-06-01", "2024-06"][number % 3]) }
        })
        .collect();
    let archive = Archive::in_steps(&drafts, 7);
    for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
        let whole = archive.search(&Request { sort, ..all("huyện", Unit::Stories) });
        assert_eq!((whole.total, whole.hits.len() as u64), (60, whole.total_stories));
        assert!(whole.total_stories < 60);
        assert_eq!(whole.hits.iter().map(|hit| 1 + hit.copies).sum::<u64>(), whole.total);
        let pages: Vec<String> = (0..whole.hits.len())
            .step_by(4)
            .flat_map(|offset| names(&archive.search(&Request { sort, offset, limit: 4, ..all("huyện", Unit::Stories) })))
            .collect();
        assert_eq!(pages, names(&whole));
        let stories: BTreeSet<Hash128> = whole.hits.iter().map(|hit| hit.article.group.unwrap_or(hit.article.id)).collect();
        assert_eq!(stories.len() as u64, whole.total_stories);
    }
}

#[test]
fn groups_do_not_hang_on_how_an_index_came_about() {
    let drafts: Vec<Draft> = (0..40)
        .map(|number| {
            let (story, copy) = (number / 4, number % 4);
            let text = format!("{FLOOD} {}", drawn(story as u64, 300));
            let text = if copy == 1 { text.replacen("yêu cầu", "đề nghị", 1) } else { text };
            let draft = Draft::new(&format!("{number:02}"), &format!("Tin {number}"), text.trim());
            match copy {
                2 => draft,
                3 if story % 2 == 0 => draft.on("2024-07-02"),
                _ => draft.on("2024-05-13"),
            }
        })
        .collect();
    let groups = |archive: &Archive| -> Vec<Option<Hash128>> {
        let groups = archive.generation.groups().unwrap();
        drafts.iter().map(|draft| groups.name_of(id(&draft.name))).collect()
    };
    let expected = groups(&Archive::of(&drafts));
    assert!(expected.iter().flatten().count() > 20 && expected.iter().any(Option::is_none));
    let mut backwards = drafts.clone();
    backwards.reverse();
    for (name, archive) in [
        ("another order", Archive::in_steps(&backwards, 3)),
        ("threads", Archive::with_threads(&drafts, 3)),
        ("an edit and back", {
            let mut edited = drafts.clone();
            edited.iter_mut().for_each(|draft| draft.body = MARKET.to_owned());
            let again: Vec<Draft> = drafts.iter().cloned().map(|draft| Draft { edition: 1, ..draft }).collect();
            let keep: Vec<&str> = drafts.iter().map(|draft| draft.name.as_str()).collect();
            Archive::in_steps(&edited, 9).edited(&again, 11, &keep)
        }),
    ] {
        assert_eq!(groups(&archive), expected, "{name}");
    }
}

#[test]
fn copies_tell_what_each_did_to_the_first() {
    let archive = archive();
    let found = copies(&archive.generation, id("c"), true).unwrap().unwrap();
    assert_eq!((found.members.len(), found.group), (3, Some(found.members[0].article.id)));
    let bodies: BTreeMap<Hash128, &str> =
        [("a", FLOOD), ("b", FLOOD.rsplit_once(", mỗi xã").unwrap().0)].map(|(name, body)| (id(name), body)).into();
    let first = bodies[&found.members[0].article.id];
    assert!(found.members[0].changes.is_none());
    for member in &found.members[1..] {
        let changes = member.changes.as_ref().unwrap();
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        let kept_and = |other: ChangeKind| -> String {
            let of_body =
                changes.iter().filter(|change| change.field == "body" && (change.kind == ChangeKind::Kept || change.kind == other));
            letters(&of_body.map(|change| change.text.as_str()).collect::<String>())
        };
        assert_eq!(kept_and(ChangeKind::Cut), letters(first));
        if let Some(body) = bodies.get(&member.article.id) {
            assert_eq!(kept_and(ChangeKind::Added), letters(body));
        }
        assert!(member.likeness.containment > 0.9, "{:?}", member.likeness);
    }
    let alone = copies(&archive.generation, id("e"), true).unwrap().unwrap();
    assert_eq!((alone.members.len(), alone.group), (1, None));
    assert!(copies(&archive.generation, id("nobody"), true).unwrap().is_none());
}
