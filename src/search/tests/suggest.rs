//! Help with words: what was probably meant, and what begins as typed.

use super::archive::{AUTHORITY, Archive, Draft, request};
use crate::dice::Dice;
use crate::query::parse;
use crate::search::{Completion, CompletionKind, Filter, MatchMode, Request, complete};
use std::time::{Duration, Instant};

/// Sentences about fictional people; each stands in several articles, so that its words are usual.
const SENTENCES: [&str; 9] = [
    "Tỉnh đẩy mạnh chuyển đổi số trong cơ quan nhà nước",
    "Thanh tra tỉnh kết luận về phòng, chống tham nhũng",
    "Người dân chuyển đến ở đường mới, đổi đất đai lấy nhà",
    "Ủy ban nhân dân tỉnh Ninh Bình họp về thu hồi đất đai",
    "Công ty trả lương đúng kỳ, kỹ thuật tốt hơn trước",
    "Thanh niên xã tình nguyện làm đường, chuyển động cùng thành phố",
    "Thanh tra Chính phủ công bố kết luận về đất đai",
    "Ông Lò Văn Thiêm phát biểu về quy hoạch đô thị",
    "Đoàn kiểm tra các dự án đường bộ ven biển",
];

fn drafts() -> Vec<Draft> {
    (0..36)
        .map(|number| {
            let sentence = SENTENCES[number % SENTENCES.len()];
            let draft = Draft::new(&format!("{number:02}"), sentence, &format!("{sentence}. Tin {number}."));
            match number % 4 {
                0 => draft.about("ninh-binh@1992").names("Lò Văn Thiêm", "Chủ tịch", Some("Ninh Bình")),
                1 => draft.about("ninh-thuan@1992").names("Nông Thị Thúy", "Giám đốc", None),
                2 => draft.about("ha-noi@2008").names("Lò Văn Tuyên", "Chủ tịch", Some("Hà Nội")),
                _ => draft,
            }
        })
        .collect()
}

fn meant(archive: &Archive, query: &str) -> Option<String> {
    archive.search(&request(query, &[])).did_you_mean.map(|meant| meant.query)
}

#[test]
fn what_was_meant_is_proposed_and_what_is_right_is_left_alone() {
    let archive = Archive::of(&drafts());
    let cases: [(&str, &str, Option<&str>); 34] = [
        ("no diacritics", "chuyen doi so", Some("chuyển đổi số")),
        ("wrong diacritics", "chuyễn đổi sồ", Some("chuyển đổi số")),
        ("a wrong tone", "tham nhủng", Some("tham nhũng")),
        ("a tone forgotten", "tham nhung ở đất đai", None),
        ("marks on some", "chuyển doi số", Some("chuyển đổi số")),
        ("two letters swapped", "chuyển đỏi số", Some("chuyển đổi số")),
        ("a letter too much", "thanh trra", Some("thanh tra")),
        ("a letter missing", "thanh ta tỉnh kết luận", Some("thanh tra tỉnh kết luận")),
        ("another letter", "chuyểm đổi số", Some("chuyển đổi số")),
        ("letters that sound alike", "trính phủ", Some("chính phủ")),
        ("keys of Telex", "chuyeenr ddooir soos", Some("chuyển đổi số")),
        ("a space missing", "thanhtra", Some("thanh tra")),
        ("no diacritics and a slip", "chuyenn doi so", Some("chuyển đổi số")),
        ("capitals stay", "Chuyen Doi So", Some("Chuyển Đổi Số")),
        ("all capitals", "THAM NHUNG", Some("THAM NHŨNG")),
        ("as the press spells", "ky thuat tot hon", Some("kỹ thuật tốt hơn")),
        ("a phrase keeps its quotes", "\"tham nhủng\"", Some("\"tham nhũng\"")),
        ("a field", "title:\"tham nhủng\"", Some("title:\"tham nhũng\"")),
        ("filters stay as typed", "tham nhủng tỉnh:\"Ninh Bình\"", Some("tham nhũng tỉnh:\"Ninh Bình\"")),
        ("operators stay", "tham nhủng OR (chuyễn đổi sồ)", Some("tham nhũng OR (chuyển đổi số)")),
        ("what is excluded stays", "tham nhủng -\"đất đia\"", Some("tham nhũng -\"đất đia\"")),
        ("letter for letter stays", "=nhủng", None),
        ("a beginning stays", "nhủ*", None),
        ("right as typed", "chuyển đổi số", None),
        ("right without diacritics", "thanh tra", None),
        ("a rare name", "Lò Văn Thiêm", None),
        ("a rare pair", "ven biển", None),
        ("right words that no article holds together", "tham nhũng chuyển đổi số", None),
        ("an abbreviation", "UBND", None),
        ("nothing like it in the archive", "xyzzyxyzzy", None),
        ("a number", "57-NQ/TW", None),
        ("no word", "!!!", None),
        ("nothing", "", None),
        ("a slip beside a number", "tham nhủng 2024", None),
    ];
    for (name, query, expected) in cases {
        assert_eq!(meant(&archive, query).as_deref(), expected, "{name}: {query}");
    }
}

#[test]
fn a_proposal_has_the_total_that_it_finds_with_the_same_filters() {
    let archive = Archive::of(&drafts());
    let filters = [Filter::province("Ninh Bình")];
    let proposed = archive.search(&request("tham nhủng", &filters)).did_you_mean.unwrap();
    assert_eq!(proposed.total, archive.search(&request(&proposed.query, &filters)).total);
    assert_eq!(archive.search(&request("tham nhủng", &[Filter::Year("1999".to_owned())])).did_you_mean, None);
    let any = Request { matching: MatchMode::Any, ..request("tham nhủng", &[]) };
    assert_eq!(archive.search(&any).did_you_mean, None, "it finds what holds one of the words");
    assert_eq!(archive.search(&Request { exact: true, ..request("tham nhủng", &[]) }).did_you_mean, None);
}

#[test]
fn spelling_of_the_input_and_history_of_the_index_change_nothing() {
    use unicode_normalization::UnicodeNormalization;
    let all = drafts();
    let names: Vec<&str> = all.iter().map(|draft| draft.name.as_str()).collect();
    let mut with_more = all.clone();
    with_more.extend((0..8).map(|number| Draft::new(&format!("more{number}"), "Thanh tre", "Thanh tre chuyển đỡ tham nhủng. Lò Văn Thử.")));
    let (fresh, steps) = (Archive::of(&all), Archive::in_steps(&all, 7));
    let edited = Archive::in_steps(&with_more, 5).edited(&all[..9], 3, &names);
    for query in ["chuyễn đổi sồ", "tham nhủng", "chuyen doi so", "thanhtra"] {
        let expected = meant(&fresh, query);
        assert!(expected.is_some(), "{query}");
        for archive in [&steps, &edited] {
            assert_eq!(meant(archive, query), expected, "{query}");
        }
        assert_eq!(meant(&fresh, &query.nfd().collect::<String>()), expected, "{query} in NFD");
        assert_eq!(meant(&fresh, &query.to_uppercase()).map(|meant| meant.to_lowercase()), expected, "{query} in capitals");
    }
    for typed in ["t", "chuyển đ", "lo van t", "thanh tra ", "ninh b", "hoà"] {
        let expected = completions(&fresh, typed);
        for archive in [&steps, &edited] {
            assert_eq!(completions(archive, typed), expected, "{typed}");
        }
        assert_eq!(completions(&fresh, &typed.nfd().collect::<String>()), expected, "{typed} in NFD");
        assert_eq!(completions(&fresh, &typed.to_uppercase()), expected, "{typed} in capitals");
    }
}

#[test]
fn every_proposal_is_a_query_that_finds_something() {
    let archive = Archive::of(&drafts());
    let mut dice = Dice(5);
    let mut proposals = 0;
    for _ in 0..400 {
        let sentence: Vec<&str> = SENTENCES[dice.roll(SENTENCES.len())].split(' ').collect();
        let from = dice.roll(sentence.len() - 2);
        let mut letters: Vec<char> = sentence[from..(from + 2 + dice.roll(3)).min(sentence.len())].join(" ").chars().collect();
        for _ in 0..1 + dice.roll(2) {
            let at = dice.roll(letters.len());
            match dice.roll(5) {
                0 => letters[at] = ['ả', 'ô', 't', 'n', 'đ', '"', '(', '-', ':'][dice.roll(9)],
                1 => letters.insert(at, ['a', 'h', '"', ' '][dice.roll(4)]),
                2 if letters.len() > 3 => _ = letters.remove(at),
                3 if at > 0 => letters.swap(at - 1, at),
                _ => letters = crate::text::fold(&letters.iter().collect::<String>()).chars().collect(),
            }
        }
        let query: String = letters.into_iter().collect();
        let Ok(response) = archive.try_search(&request(&query, &[])) else { continue };
        let Some(proposed) = response.did_you_mean else { continue };
        proposals += 1;
        assert!(parse(&proposed.query).is_ok(), "{query} → {}", proposed.query);
        assert!(proposed.total > 0 && archive.search(&request(&proposed.query, &[])).total == proposed.total, "{query} → {proposed:?}");
    }
    assert!(proposals > 100, "{proposals}");
}

fn completions(archive: &Archive, typed: &str) -> Vec<Completion> {
    complete(&archive.generation, &AUTHORITY, typed, 10).unwrap()
}

#[test]
fn what_is_begun_is_completed_in_the_order_of_the_archive() {
    let archive = Archive::of(&drafts());
    let cases: [(&str, &str, &[&str]); 13] = [
        ("a word begun", "chuyển đ", &["chuyển đến", "chuyển đổi", "chuyển động"]),
        ("without diacritics", "chuyen d", &["chuyển đến", "chuyển đổi", "chuyển động"]),
        ("a tone that was typed", "thà", &["Hà Nội", "thành", "thành phố"]),
        ("and one that was not", "tha", &["thanh", "Hà Nội", "thanh tra", "tham", "tham nhũng", "thanh niên", "thành", "thành phố"]),
        ("an official", "lo van th", &["Lò Văn Thiêm"]),
        ("by the given name", "tuyê", &["Lò Văn Tuyên"]),
        ("a unit", "ninh b", &["Ninh Bình"]),
        ("with its kind", "tỉnh ninh b", &["Ninh Bình", "tỉnh ninh bình"]),
        (
            "behind other words",
            "ubnd tỉnh ninh t",
            &["tin", "thanh", "tra", "tỉnh", "Ninh Thuận", "thanh tra", "tham nhũng", "thanh niên", "thu hồi", "thành phố"],
        ),
        ("behind a sign", "đất; ninh b", &["Ninh Bình"]),
        ("a finished word", "thanh tra ", &["thanh tra chính phủ", "thanh tra tỉnh"]),
        ("as the press spells", "kỹ th", &["kỹ thuật"]),
        ("by the letter that was typed", "ky th", &["kỹ thuật"]),
    ];
    for (name, typed, expected) in cases {
        let found: Vec<String> = completions(&archive, typed).into_iter().map(|completion| completion.text).collect();
        assert_eq!(found, expected, "{name}: {typed}");
    }
    for (typed, other) in [("chuyển d", "đ"), ("thà", "thanh"), ("lồ v", "Lò"), ("đât", "đất")] {
        let found = completions(&archive, typed);
        assert!(found.iter().all(|completion| !completion.text.contains(other)), "{typed} → {found:?}");
    }
    assert!(completions(&archive, "").is_empty() && completions(&archive, "!!!").is_empty());
}

/// The completions of a text, each with its count.
fn counted(archive: &Archive, typed: &str, limit: usize) -> Vec<(String, u64)> {
    let found = complete(&archive.generation, &AUTHORITY, typed, limit).unwrap();
    found.into_iter().map(|completion| (completion.text, completion.count)).collect()
}

#[test]
fn namesakes_are_all_offered_in_one_order_each_with_what_it_lies_in() {
    let units = ["long-an@1976", "tra-vinh@1992", "tay-ninh@1976", "tay-ninh@?", "tra-vinh@1992"];
    let mut drafts: Vec<Draft> = (0..)
        .zip(units)
        .map(|(number, unit)| Draft::new(&format!("{number}"), "Mưa", "Mưa lớn.").about(unit).at(unit, "chau-thanh-huyen"))
        .collect();
    let forwards = Archive::in_steps(&drafts, 1);
    drafts.reverse();
    let backwards = Archive::in_steps(&drafts, 1);
    for typed in ["huyện châu t", "chau thanh", "Châu Th"] {
        let found = completions(&forwards, typed);
        assert_eq!(found, completions(&backwards, typed), "{typed}");
        let texts: Vec<(&str, u64)> = found.iter().map(|completion| (completion.text.as_str(), completion.count)).collect();
        let expected = [
            ("Huyện Châu Thành, Trà Vinh", 2),
            ("Huyện Châu Thành, Long An", 1),
            ("Huyện Châu Thành, Tây Ninh (không rõ thời kỳ)", 1),
            ("Huyện Châu Thành, Tây Ninh (đến 6/2025)", 1),
        ];
        assert_eq!(texts, expected, "{typed}");
    }
    for found in completions(&forwards, "huyện châu t").iter().take(2) {
        let total = forwards.search(&request("", &[Filter::province(&found.text)])).total;
        assert_eq!(total, found.count, "{}", found.text);
    }
}

#[test]
fn no_spelling_of_a_beginning_hides_what_another_begins() {
    let people = (0..9).map(|number| {
        (
            number,
            [
                "Hoàng Văn Ất",
                "Hoàng Văn Bính",
                "Hoàng Văn Đinh",
                "Hoàng Văn Giáp",
                "Hoàng Văn Kỷ",
                "Hoàng Văn Mậu",
                "Hoàng Văn Nhâm",
                "Hoàng Văn Quý",
                "Hoàng Văn Tân",
            ][number],
        )
    });
    let people = people.chain((9..12).map(|number| (number, "Lò Hòa Nhã")));
    let drafts: Vec<Draft> =
        people.map(|(number, name)| Draft::new(&format!("{number}"), "Tin", "Tin ngắn.").names(name, "Chủ tịch", None)).collect();
    let archive = Archive::of(&drafts);
    for typed in ["hòa", "hoà"] {
        assert_eq!(counted(&archive, typed, 1), [("Lò Hòa Nhã".to_owned(), 3)], "{typed}");
    }
}

#[test]
fn what_a_title_alone_says_is_counted_and_nothing_is_counted_twice() {
    let archive = Archive::of(&[
        Draft::new("title", "Kiểm lâm Sơn La", "Tin ngắn về rừng."),
        Draft::new("body", "Tin ngắn", "Kiểm lâm tuần tra rừng."),
        Draft::new("both", "Kiểm lâm Sơn La họp", "Kiểm lâm Sơn La họp về rừng."),
        Draft::new("neither", "Tin ngắn", "Người dân trồng rừng."),
    ]);
    for (typed, text, count) in [
        ("kiể", "kiểm", 3),
        ("kiể", "kiểm lâm", 3),
        ("kiểm l", "kiểm lâm", 3),
        ("kiểm lâm s", "kiểm lâm sơn la", 2),
        ("lâm s", "lâm sơn la", 2),
        ("kiểm lâm t", "kiểm lâm tuần tra", 1),
        ("tin ", "tin ngắn", 3),
    ] {
        let found = counted(&archive, typed, 10);
        assert!(found.contains(&(text.to_owned(), count)), "{typed} → {found:?}, not {text} {count}");
    }
}

#[test]
fn completions_say_what_they_are_and_how_often_they_stand_there() {
    let archive = Archive::of(&drafts());
    for (typed, filter) in [("ninh b", "--province"), ("lo van th", "--official")] {
        let found = completions(&archive, typed);
        let name = found.iter().find(|completion| completion.kind != CompletionKind::Word).unwrap();
        let filters = match name.kind {
            CompletionKind::Province => [Filter::province(&name.text)],
            _ => [Filter::Official(name.text.clone())],
        };
        assert_eq!(name.count, archive.search(&request("", &filters)).total, "{filter}");
        assert_eq!((name.start, name.path.is_some()), (0, true));
    }
    let found = completions(&archive, "t");
    assert!(found.windows(2).all(|pair| pair[0].count >= pair[1].count), "{found:?}");
    assert_eq!(complete(&archive.generation, &AUTHORITY, "t", 3).unwrap().len(), 3);
    assert!(complete(&archive.generation, &AUTHORITY, "t", 0).unwrap().is_empty());
    let behind = completions(&archive, "đất; ninh b");
    assert_eq!(behind[0].start, "đất; ".len());
}

#[test]
fn any_text_takes_little_time() {
    let archive = Archive::of(&drafts());
    completions(&archive, "t");
    for piece in ["chuyễn đổi sồ ", "chuyeenrddooirsoos", "a", "\"", "đ đ đ ", "(((", "nhủng-", "🙂 ", "e\u{302}\u{323}"] {
        let typed = piece.repeat(10_000 / piece.chars().count());
        let began = Instant::now();
        completions(&archive, &typed);
        meant(&archive, &typed);
        assert!(began.elapsed() < Duration::from_secs(5), "{piece}: {:?}", began.elapsed());
    }
}
