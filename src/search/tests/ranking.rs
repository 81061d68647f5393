//! Why this article before that one: each case is a reason, and the articles in the order that it asks for.

use super::archive::{Archive, Draft, request};
use crate::search::{MatchMode, Request, Response};
use unicode_normalization::UnicodeNormalization;

/// Syllables that no query asks for, so many of them: `…80` in a text stands for 80.
fn with_padding(text: &str) -> String {
    const NEUTRAL: [&str; 7] = ["mây", "gió", "nắng", "sương", "trăng", "tuyết", "mưa"];
    let padded = |word: &str| match word.strip_prefix('…').map(|count| count.parse::<usize>().unwrap()) {
        Some(count) => NEUTRAL.iter().cycle().take(count).copied().collect::<Vec<_>>().join(" "),
        None => word.to_owned(),
    };
    text.split(' ').map(padded).collect::<Vec<_>>().join(" ")
}

/// Articles by title and body, named `a`, `b`, `c` …, among others that have nothing to do with any query.
fn drafts(articles: &[(&str, &str)]) -> Vec<Draft> {
    let named = |(number, (title, body)): (usize, &(&str, &str))| {
        let name = char::from(b'a' + u8::try_from(number).unwrap()).to_string();
        Draft::new(&name, &with_padding(title), &with_padding(body))
    };
    let others = (0..8).map(|number| Draft::new(&format!("other-{number}"), "Trời hôm nay", &with_padding(&format!("…{}", 20 + number))));
    // Not in the order that is expected.
    articles.iter().enumerate().map(named).rev().chain(others).collect()
}

pub fn scored(response: &Response) -> Vec<(String, f64)> {
    response.hits.iter().map(|hit| (hit.article.key.clone(), hit.score)).collect()
}

pub fn any(query: &str) -> Request {
    Request { matching: MatchMode::Any, ..request(query, &[]) }
}

/// Whether all words must match, or any.
#[derive(Clone, Copy)]
enum Words {
    All,
    Any,
}
use Words::{All, Any};

/// The reason; the query; title and body of articles, the better first, each with a better score than the next.
type Case = (&'static str, Words, &'static str, &'static [(&'static str, &'static str)]);

const CASES: [Case; 49] = [
    // Where a word stands.
    (
        "a title names what an article is about, a body only mentions it",
        All,
        "ngân sách",
        &[("Ngân sách năm tới", "…40 ngân sách …40"), ("Hội đồng bàn việc", "…40 ngân sách …40")],
    ),
    (
        "an article that is named after a thing comes before one that mentions it in its lead, though its body says it in other words",
        All,
        "thu hồi đất",
        &[("Huyện bàn việc thu hồi đất", "…60"), ("Huyện bàn việc trong năm", "…20 thu hồi đất …9 đất …28")],
    ),
    ("the lead sums an article up, far down is an aside", All, "ngân sách", &[("Tin", "ngân sách …90"), ("Tin", "…90 ngân sách")]),
    (
        "named in title and body is more than named in the title alone",
        All,
        "lúa nếp",
        &[("Vụ lúa nếp", "…70 lúa nếp …8"), ("Vụ lúa nếp", "…80")],
    ),
    (
        "two words side by side in a title are one thing, apart they may be two",
        All,
        "bưởi Kim",
        &[("Bưởi Kim và cam …2", "…30"), ("Bưởi và cam …2 Kim", "…30")],
    ),
    ("a short title is about its words more than a long one", All, "title:lụt", &[("Lụt lớn", "…20"), ("Lụt lớn …8", "…20")]),
    (
        "asked of the title, what stands in the body adds nothing",
        All,
        "title:lụt",
        &[("Lụt lớn", "…20"), ("Lụt lớn …6", "lụt lụt lụt lụt …16")],
    ),
    ("a word early in the body is in its lead", Any, "đê kè", &[("Tin", "đê kè …100"), ("Tin", "…100 đê kè")]),
    // How often, and in how much.
    ("an article that comes back to a word is about it", All, "đê", &[("Tin", "…70 đê …5 đê …5 đê …5"), ("Tin", "…70 đê …5 kè …5 hồ …5")]),
    ("twice is more than once", All, "đê", &[("Tin", "…70 đê …5 đê"), ("Tin", "…70 đê …5 kè")]),
    (
        "a word said often says less than two words said once",
        Any,
        "chè mía",
        &[("Tin", "chè …10 mía …16"), ("Tin", "chè chè chè chè chè chè chè chè …20")],
    ),
    ("a short article about a thing is about it more than a long one", All, "đê", &[("Tin", "đê …20"), ("Tin", "đê …200")]),
    ("of two articles that say it as often, the shorter", All, "chè", &[("Tin", "chè …9 chè …30"), ("Tin", "chè …9 chè …300")]),
    // How rare.
    (
        "a rare word tells more than a common one",
        Any,
        "chè lợn",
        &[("Tin", "…20 chè …10"), ("Tin", "…20 lợn …10"), ("Tin", "…20 lợn …11"), ("Tin", "…20 lợn …12")],
    ),
    (
        "a rare word in one article is worth more than a common one in its title",
        Any,
        "yến của",
        &[("Tin", "yến …30"), ("Của ai", "…10 của …20"), ("Tin", "của …30"), ("Tin", "của …31"), ("Tin", "của …32"), ("Tin", "của …33")],
    ),
    (
        "words that stand everywhere do not lift an article above one that names the thing",
        Any,
        "lễ hội của các làng",
        &[
            ("Tin", "…9 lễ hội …20"),
            ("Tin", "…9 của các …20"),
            ("Tin", "…9 của các …21"),
            ("Tin", "…9 của các …22"),
            ("Tin", "…9 của các …23"),
        ],
    ),
    // How much of the query.
    (
        "all words are more than some, however often",
        Any,
        "lợn mía chè",
        &[("Tin", "…30 lợn …5 mía …5 chè …5"), ("Tin", "…30 lợn lợn lợn …5 mía mía mía …7")],
    ),
    (
        "more of the words come before fewer",
        Any,
        "đê lợn mương chè",
        &[("Tin", "đê …3 lợn …3 mương …3 chè"), ("Tin", "đê …3 lợn …3 mương …4"), ("Tin", "đê …3 lợn …8"), ("Tin", "đê …12")],
    ),
    ("both sides of OR are more than one", All, "chè OR mía", &[("Tin", "…30 chè …5 mía …5"), ("Tin", "…30 chè …11")]),
    ("a word that was typed twice counts twice", Any, "chè chè mía", &[("Tin", "…30 chè …10"), ("Tin", "…30 mía …10")]),
    (
        "a headline finds its article before those that share words with it",
        Any,
        "Bản Lầm dựng lại cầu treo sau lũ",
        &[
            ("Tin", "Sau lũ, bản Lầm dựng lại cầu treo bằng tre …40"),
            ("Tin", "Huyện dựng lại nhà sau lũ …48"),
            ("Tin", "Cầu …30 treo …18 bản"),
        ],
    ),
    // Together, in order, near.
    (
        "words together are what was asked, scattered they may be something else",
        All,
        "thu hồi đất rừng",
        &[("Tin", "Tỉnh sẽ thu hồi đất rừng ở ba xã trong năm nay."), ("Tin", "Rừng được giao; ở ba xã sẽ thu hồi đất trong năm.")],
    ),
    ("in the order of the query before out of it", All, "chè cam mía", &[("Tin", "…70 chè cam mía …5"), ("Tin", "…70 mía cam chè …5")]),
    (
        "two of three together are more than all apart",
        All,
        "chè cam mía",
        &[("Tin", "…70 chè cam …4 mía …3"), ("Tin", "…70 cam …2 chè …2 mía …3")],
    ),
    ("any word: neighbours come before the same words apart", Any, "đê lợn", &[("Tin", "…70 đê lợn …20"), ("Tin", "…70 đê …10 lợn …10")]),
    (
        "a name stands in one piece, its syllables in three names do not make it",
        Any,
        "Lò Thiêm Quyên",
        &[("Tin", "…70 Ông Lò Thiêm Quyên ở bản …8"), ("Tin", "…70 Ông Lò An, bà Thiêm, bà Nông Quyên …5")],
    ),
    (
        "a name and a place beside it, not the place of another name",
        Any,
        "chợ Nà Lạnh",
        &[("Tin", "…70 ở chợ Nà Lạnh và ở bản …5"), ("Tin", "…70 ở chợ bản và ở Nà Lạnh …5")],
    ),
    (
        "two words in one sentence are about each other, far apart they may not be",
        All,
        "chè lợn",
        &[("Tin", "…100 chè …8 lợn …60"), ("Tin", "…100 chè …60 lợn …8")],
    ),
    (
        "typed without diacritics: near each other before far apart",
        All,
        "bun mam",
        &[("Tin", "…100 bún …8 mắm …60"), ("Tin", "…100 bún …60 mắm …8")],
    ),
    (
        "a word in quotes within a headline is still beside its neighbours",
        Any,
        "xóm \"cát\" chè",
        &[("Tin", "…100 xóm cát chè …20"), ("Tin", "…100 xóm …4 chè …8 cát …8")],
    ),
    (
        "a document's number in the title before one in the body",
        All,
        "57-NQ/TW",
        &[("Nghị quyết 57-NQ/TW", "…70 57-NQ/TW …10"), ("Nghị quyết mới", "…70 57-NQ/TW …10")],
    ),
    ("near each other, touching before apart", All, "\"kè mương\"~5", &[("Tin", "…70 kè mương …5"), ("Tin", "…70 kè …3 mương …2")]),
    (
        "near each other, in the order typed before the other",
        All,
        "\"kè mương\"~5",
        &[("Tin", "…70 kè mương …5"), ("Tin", "…70 mương kè …5")],
    ),
    (
        "a word is one thing, two syllables that happen to meet are two",
        All,
        "học sinh",
        &[("Tin", "…70 các học sinh vùng cao đến trường …2"), ("Tin", "…70 ngành khoa học sinh thái ở trường …2")],
    ),
    // Operators.
    ("a phrase in the title before one in the body", All, "\"đê kè\"", &[("Sửa đê kè", "…70 đê kè …10"), ("Sửa đường", "…70 đê kè …10")]),
    ("a beginning in title and body before one in the body", All, "mươ*", &[("Đào mương", "…70 mương …9"), ("Đào giếng", "…70 mương …9")]),
    (
        "a misspelling in title and body before one in the body",
        All,
        "mươn~1",
        &[("Đào mương", "…70 mương …9"), ("Đào giếng", "…70 mương …9")],
    ),
    (
        "beside a beginning, the word that was spelt out ranks",
        All,
        "mươ* chè",
        &[("Tin", "…70 mương …4 chè …4 chè"), ("Tin", "…70 mương …4 chè …5")],
    ),
    ("a word letter for letter: more often before once", All, "=kè", &[("Tin", "…70 kè …3 kè …3 kè …3"), ("Tin", "…70 kè …3 đê …3 đê …3")]),
    (
        "a word letter for letter: in the title before in the body",
        All,
        "=\"Hoà Bình\"",
        &[("Tin Hoà Bình", "…70 Hoà Bình …5"), ("Tin trong ngày", "…70 Hoà Bình …5")],
    ),
    // Spellings.
    (
        "typed without diacritics: what is written just so comes first",
        All,
        "hoa",
        &[("Tin", "Chợ hoa mở cửa."), ("Hóa, hòa, hoá", "Hóa chất, hòa nhạc, hỏa hoạn, hóa đơn.")],
    ),
    (
        "typed without diacritics: written just so, and first, though the others have it in the title and often",
        All,
        "ba be",
        &[("Tin", "…90 ba be"), ("Ba Bể", "Ba Bể ở đâu, Ba Bể xưa, Ba Bể nay.")],
    ),
    (
        "typed without diacritics: title and lead count as ever",
        All,
        "ngan sach",
        &[("Ngân sách năm tới", "ngân sách …90"), ("Hội đồng bàn việc", "…90 ngân sách")],
    ),
    (
        "typed without diacritics: together before apart",
        All,
        "thu hoi dat rung",
        &[("Tin", "Tỉnh sẽ thu hồi đất rừng ở ba xã trong năm nay."), ("Tin", "Rừng được giao; ở ba xã sẽ thu hồi đất trong năm.")],
    ),
    (
        "typed with diacritics: text without any is found, behind",
        All,
        "tham nhũng",
        &[
            ("Thư bạn đọc", "Tòa soạn nhận được thư.\nTôi ở xa xin hỏi về tham nhũng ở xã tôi và ở huyện."),
            ("Thư bạn đọc", "Tòa soạn nhận được thư.\nToi o xa xin hoi ve tham nhung o xa toi va o huyen."),
        ],
    ),
    (
        "text without diacritics stands behind even with the word in its title",
        All,
        "tham nhũng",
        &[("Thư bạn đọc", "…20 tham nhũng …30"), ("Ve tham nhung", "Toi xin hoi ve tham nhung o xa toi va o huyen ben.")],
    ),
    (
        "letters of several readings stand behind the word that was typed",
        All,
        "công an",
        &[("Tin", "Tối qua công an huyện đến ngay sau khi có tin báo."), ("Tin", "Tối qua CA huyện đến ngay sau khi có tin báo cháy.")],
    ),
    (
        "an abbreviation in the title counts as its long form there",
        All,
        "Ủy ban nhân dân họp",
        &[("UBND họp", "…30 UBND họp …9"), ("Tin trong ngày", "…30 UBND họp …9")],
    ),
    (
        "an abbreviation beside its neighbour is together as the long form is",
        All,
        "UBND xã",
        &[("Tin", "…70 Ủy ban nhân dân xã và huyện …3"), ("Tin", "…70 xã và huyện có Ủy ban nhân dân …3")],
    ),
];

#[test]
fn the_better_article_comes_first_for_a_reason() {
    let mut wrong = Vec::new();
    for (reason, words, query, articles) in CASES {
        let archive = Archive::of(&drafts(articles));
        let matching = if matches!(words, Any) { MatchMode::Any } else { MatchMode::All };
        let found = scored(&archive.search(&Request { matching, ..request(query, &[]) }));
        let names: Vec<u8> = found.iter().flat_map(|(name, _)| name.bytes()).collect();
        let is_better = found.windows(2).all(|pair| pair[0].1 > pair[1].1);
        if !is_better || !names.iter().copied().eq((b'a'..).take(articles.len())) {
            wrong.push(format!("{reason} ({query}): {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The hits of an archive of everything that the spellings below may stand in.
fn spellings() -> Archive {
    Archive::of(&drafts(&[
        ("Hoà Bình chuyển đổi số", "Kỹ sư Thuý ở Hoà Bình nói về chuyển đổi số ở quý này. …30"),
        ("Hòa Bình họp", "UBND tỉnh họp về công nghiệp, thuỷ lợi. …20 chuyển đổi số …10"),
        ("Thủy lợi", "Ủy ban nhân dân tỉnh bàn việc thủy lợi với kĩ sư ở Hòa Bình. …40"),
        ("Tin", "…30 chuyển …10 đổi …10 số thuỷ lợi …4 UBND …4 tỉnh"),
        ("Đắk Lắk", "Ở Đắk Lắk, quý một, ủy ban nhân dân các xã họp về chuyển đổi số. …8"),
    ]))
}

#[test]
fn another_spelling_of_a_query_gives_the_same_list_with_the_same_scores() {
    let archive = spellings();
    let mut different = Vec::new();
    let cases = [
        ("capitals", "chuyển đổi số", "CHUYỂN ĐỔI SỐ"),
        ("white space of any kind", "chuyển đổi số", " chuyển\u{a0}đổi \t số\n"),
        ("the tone on the other vowel", "hòa bình", "hoà bình"),
        ("the tone on the other vowel, y", "thủy lợi", "thuỷ lợi"),
        ("i and y", "kỹ sư", "kĩ sư"),
        ("small letters of an abbreviation", "UBND tỉnh", "ubnd tỉnh"),
        ("an abbreviation and its long form", "UBND tỉnh", "Ủy ban nhân dân tỉnh"),
        ("a sign between", "họp chuyển đổi số", "họp, chuyển đổi số"),
        ("nested in brackets", "thủy lợi", "((thủy lợi))"),
    ];
    for (name, query, other) in cases {
        for other in [other.to_owned(), other.nfd().collect()] {
            for matching in [MatchMode::All, MatchMode::Any] {
                let list = |query: &str| scored(&archive.search(&Request { matching, ..request(query, &[]) }));
                assert!(list(query).len() > 1, "{name}: {query}");
                if list(query) != list(&other) {
                    different.push(format!("{name}: {query}, {other}: {:?} {:?}", list(query), list(&other)));
                }
            }
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

#[test]
fn another_spelling_of_an_article_gives_the_same_score() {
    let cases = [
        ("capitals", "hòa bình", "Ở Hòa Bình có hội …20", "Ở HÒA BÌNH có hội …20"),
        ("the tone on the other vowel", "hòa bình", "Ở Hòa Bình có hội …20", "Ở Hoà Bình có hội …20"),
        ("i and y", "kỹ sư", "Có kỹ sư về bản …20", "Có kĩ sư về bản …20"),
        ("a no-break space", "hòa bình", "Ở Hòa Bình có hội …20", "Ở Hòa\u{a0}Bình có hội …20"),
        ("the other apostrophe", "Ea H'leo", "Ở Ea H'leo có hội …20", "Ở Ea H\u{2019}leo có hội …20"),
    ];
    for (name, query, one, other) in cases {
        let archive = Archive::of(&drafts(&[("Tin", one), ("Tin", other)]));
        for request in [request(query, &[]), any(query)] {
            let hits = scored(&archive.search(&request));
            assert_eq!(hits.len(), 2, "{name}");
            assert_eq!(hits[0].1, hits[1].1, "{name}: {hits:?}");
        }
    }
}

#[test]
fn an_article_without_a_title_does_not_stand_behind_one_for_that() {
    let body = "Sửa đê làng trước mùa lũ …40";
    let archive = Archive::of(&[
        Draft::new("untitled", "", &with_padding(body)).on("2025-01-01"),
        Draft::new("titled", "Tin trong ngày", &with_padding(body)).on("2024-01-01"),
        Draft::new("other", "Đường mới", &with_padding("…50")),
    ]);
    for request in [request("sửa đê", &[]), any("sửa đê"), request("sua de", &[])] {
        let hits = scored(&archive.search(&request));
        assert_eq!(hits[0].0, "untitled", "{hits:?}");
        assert_eq!(hits[0].1, hits[1].1, "the title has nothing to do with the query: {hits:?}");
    }
}
