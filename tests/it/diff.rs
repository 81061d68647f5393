//! What differs between two states of an archive: an index and itself, an edited archive, a corrected one, another order of indexing.

use crate::harness::{TestIndex, corpus_index, csv_rows, repository, stdout, tracuu};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use tracuu::index::WriterOptions;
use tracuu::ingest::IngestOptions;

const BEFORE: [(&str, &str); 4] = [
    ("a.txt", "Sơn La họp bàn\nNgày 12/3/2024, Phó Chủ tịch UBND tỉnh Sơn La Lò Văn Thiêm làm việc với huyện Sốp Cộp. (Bài hư cấu.)\n"),
    ("b.txt", "Điện Biên trồng rừng\nNgày 15/3/2024, UBND tỉnh Điện Biên phát động trồng rừng. (Bài hư cấu.)\n"),
    ("c.txt", "Một ngày ở vườn\nNgười trồng vườn kể chuyện mùa màng. (Bài hư cấu.)\n"),
    ("d.txt", "Cà Mau mở chợ\nNgày 2/4/2024, UBND tỉnh Cà Mau khai trương chợ nổi. (Bài hư cấu.)\n"),
];

/// Another day, another post, a word more; `b` is gone, `e` is new, `c` and `d` stay.
const AFTER: [(&str, &str); 4] = [
    ("a.txt", "Sơn La họp bàn\nNgày 13/3/2024, Chủ tịch UBND tỉnh Sơn La Lò Văn Thiêm làm việc với huyện Sốp Cộp. (Bài hư cấu.)\n"),
    ("c.txt", "Một ngày ở vườn\nNgười trồng vườn kể chuyện mùa màng. (Bài hư cấu.)\n"),
    ("d.txt", "Cà Mau mở chợ\nNgày 2/4/2024, UBND tỉnh Cà Mau khai trương chợ nổi. (Bài hư cấu.)\n"),
    ("e.txt", "Huế đón khách\nNgày 5/4/2024, UBND thành phố Huế đón đoàn khách. (Bài hư cấu.)\n"),
];

fn index(articles: &[(&str, &str)]) -> TestIndex {
    let index = TestIndex::new();
    for (name, text) in articles {
        fs::write(index.archive().join(name), text).unwrap();
    }
    // A collection's name is part of an id.
    index.ingest(&[index.archive()], &IngestOptions::default());
    index
}

fn diff(before: &TestIndex, after: &TestIndex, more: &[&str], code: i32) -> String {
    let (before, after) = (before.dir(), after.dir());
    stdout(Path::new("."), &[&["diff", before.to_str().unwrap(), after.to_str().unwrap()], more].concat(), code)
}

fn json_of(before: &TestIndex, after: &TestIndex, more: &[&str]) -> Value {
    serde_json::from_str(&diff(before, after, &[&["--format", "json", "--limit", "all"], more].concat(), 0)).unwrap()
}

#[test]
fn an_index_and_itself_do_not_differ() {
    let (_index, dir) = corpus_index();
    for format in ["text", "json", "jsonl", "csv"] {
        stdout(&repository(), &["diff", &dir, &dir, "--format", format], 1);
    }
    let told = stdout(&repository(), &["diff", &dir, &dir], 1);
    assert!(told.contains("0 bài thêm · 0 bài bớt · 0 bài đổi") && !told.contains("theo trường"), "{told}");
}

#[test]
fn the_same_articles_indexed_in_another_way_do_not_differ() {
    let paths = [repository().join("corpus")];
    let one = TestIndex::of(&paths);
    let other = TestIndex::new();
    let writer = WriterOptions {
        threads: 3,
        memory_bytes: 60_000_000,
        max_segment_articles: 20,
        checkpoint_articles: 5,
        ..WriterOptions::default()
    };
    other.ingest(&paths, &IngestOptions { writer, ..IngestOptions::default() });
    assert_ne!(one.generation().manifest().index_id, other.generation().manifest().index_id);
    diff(&one, &other, &[], 1);
}

#[test]
fn what_was_added_removed_and_changed_is_told_with_its_rules() {
    let (before, after) = (index(&BEFORE), index(&AFTER));
    let answer = json_of(&before, &after, &[]);
    let counts = ["added", "removed", "changed", "same"].map(|name| answer[name].as_u64().unwrap());
    assert_eq!(counts, [1, 1, 1, 2]);
    assert_eq!(answer["before"]["corpus_id"], json!(before.generation().manifest().corpus_id.to_string()));
    assert_eq!(answer["after"]["articles"], json!(4));
    assert_eq!(answer["tables"], json!([]));

    let articles: BTreeMap<&str, &Value> =
        answer["articles"].as_array().unwrap().iter().map(|article| (article["path"].as_str().unwrap(), article)).collect();
    assert_eq!(articles.keys().copied().collect::<Vec<_>>(), ["a.txt", "b.txt", "e.txt"]);
    let what = |path: &str| articles[path]["change"].as_str().unwrap().to_owned();
    assert_eq!((what("a.txt"), what("b.txt"), what("e.txt")), ("changed".into(), "removed".into(), "added".into()));

    let values: BTreeMap<&str, &Value> =
        articles["a.txt"]["values"].as_array().unwrap().iter().map(|value| (value["field"].as_str().unwrap(), value)).collect();
    assert_eq!(values.keys().copied().collect::<Vec<_>>(), ["body", "dates.event", "officials"]);
    let words = |field: &str| (values[field]["before"].as_str().unwrap(), values[field]["after"].as_str().unwrap());
    assert_eq!(words("dates.event"), ("2024-03-12 [day; stated]", "2024-03-13 [day; stated]"));
    let (old, new) = words("officials");
    assert!(old.starts_with("Lò Văn Thiêm: Phó Chủ tịch Ủy ban nhân dân tỉnh Sơn La [deputy; current"), "{old}");
    assert!(new.starts_with("Lò Văn Thiêm: Chủ tịch Ủy ban nhân dân tỉnh Sơn La [head; current"), "{new}");
    let (cut, added) = words("body");
    assert!(cut.contains("12") && cut.contains("Phó") && added.contains("13") && !added.contains("Phó"), "{cut} → {added}");

    // The rules are those that the articles themselves name.
    let id = articles["a.txt"]["id"].as_str().unwrap();
    let rule_of = |index: &TestIndex| {
        let dir = index.dir();
        let article: Value =
            serde_json::from_str(&stdout(Path::new("."), &["show", id, "--json", "--index", dir.to_str().unwrap()], 0)).unwrap();
        article["officials"][0]["posts"][0]["rule"].clone()
    };
    assert_eq!(values["officials"]["rules_before"], json!([rule_of(&before)]));
    assert_eq!(values["officials"]["rules_after"], json!([rule_of(&after)]));
    let rules = answer["rules"].as_array().unwrap();
    let of_officials = rules.iter().find(|rules| rules["field"] == "officials").unwrap();
    assert_eq!((of_officials["values"].as_u64(), of_officials["examples"].clone()), (Some(1), json!([id])));

    let told = diff(&before, &after, &[], 0);
    assert!(told.contains("~ Sơn La họp bàn") && told.contains("- Điện Biên trồng rừng") && told.contains("+ Huế đón khách"), "{told}");
    assert!(told.contains("dates.event: 2024-03-12 [day; stated] → 2024-03-13 [day; stated]"), "{told}");
}

#[test]
fn what_people_corrected_is_told_with_the_rule_of_corrections() {
    let (before, after) = (index(&BEFORE), index(&BEFORE));
    let id = diff_id(&after);
    let here = after.dir().parent().unwrap().to_owned();
    stdout(&here, &["correct", &id, "--set", "province", "Điện Biên", "--why", "họp ở nơi khác", "--by", "Mơ"], 0);
    let answer = json_of(&before, &after, &[]);
    assert_eq!((answer["changed"].as_u64(), answer["same"].as_u64()), (Some(1), Some(3)));
    let values = answer["articles"][0]["values"].as_array().unwrap();
    let about = values.iter().find(|value| value["field"] == "provinces.about").unwrap();
    assert!(about["before"].as_str().unwrap().starts_with("Sơn La") && about["after"].as_str().unwrap().starts_with("Điện Biên"));
    assert_eq!(about["rules_after"], json!(["correction.set"]));
    let corrections = values.iter().find(|value| value["field"] == "corrections").unwrap();
    assert!(corrections["before"].is_null() && corrections["after"].as_str().unwrap().contains("province set “Điện Biên” (Mơ, "));
}

/// The id of `a.txt`.
fn diff_id(index: &TestIndex) -> String {
    let articles = crate::harness::articles(&index.dir()).unwrap();
    articles.into_iter().find(|(_, stored)| stored.article.key == "a.txt").unwrap().0
}

#[test]
fn every_format_holds_the_same_and_a_field_narrows_it() {
    let (before, after) = (index(&BEFORE), index(&AFTER));
    let answer = json_of(&before, &after, &[]);
    let lines: Vec<Value> =
        diff(&before, &after, &["--format", "jsonl"], 0).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(json!(lines), answer["articles"]);

    let (header, rows) = csv_rows(&diff(&before, &after, &["--format", "csv"], 0));
    let expected: usize = lines.iter().map(|article| article["values"].as_array().unwrap().len().max(1)).sum();
    assert_eq!((header[5].as_str(), rows.len()), ("field", expected));

    let one = json_of(&before, &after, &["--field", "officials"]);
    assert_eq!((one["changed"].as_u64(), one["added"].as_u64(), one["articles"].as_array().unwrap().len()), (Some(1), Some(1), 1));
    let fields: BTreeSet<&str> =
        one["articles"][0]["values"].as_array().unwrap().iter().map(|value| value["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["officials"].into());
    let none = json_of(&before, &after, &["--field", "url"]);
    assert_eq!((none["changed"].as_u64(), none["same"].as_u64(), none["articles"].clone()), (Some(0), Some(3), json!([])));

    let limited = diff(&before, &after, &["--limit", "1", "--format", "jsonl"], 0);
    assert_eq!(serde_json::from_str::<Value>(&limited).unwrap(), lines[0]);
    assert!(diff(&before, &after, &["--limit", "1"], 0).contains("… và 2 bài khác"));
}

#[test]
fn the_two_ways_round_tell_the_same() {
    let (before, after) = (index(&BEFORE), index(&AFTER));
    let (forth, back) = (json_of(&before, &after, &[]), json_of(&after, &before, &[]));
    assert_eq!((&forth["added"], &forth["removed"]), (&back["removed"], &back["added"]));
    let values = |answer: &Value, one: &str, other: &str| -> BTreeSet<String> {
        let values = answer["articles"].as_array().unwrap().iter().flat_map(|article| article["values"].as_array().unwrap());
        values.map(|value| format!("{} {} {}", value["field"], value[one], value[other])).collect()
    };
    assert_eq!(values(&forth, "before", "after"), values(&back, "after", "before"));
}

#[test]
fn a_folder_without_an_index_and_a_field_that_is_none_are_errors() {
    let (_index, dir) = corpus_index();
    let empty = tempfile::tempdir().unwrap();
    for arguments in [["diff", &dir, empty.path().to_str().unwrap()], ["diff", empty.path().to_str().unwrap(), &dir]] {
        let output = tracuu(&repository(), &arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("there is no index in"));
    }
    let output = tracuu(&repository(), &["diff", &dir, &dir, "--field", "offcials"]);
    assert!(output.status.code() == Some(2) && String::from_utf8_lossy(&output.stderr).contains("officials"));
}
