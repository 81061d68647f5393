//! What people say against extracted values: written beside the articles, applied, and never lost.

use crate::harness::{TestIndex, stdout, tracuu};
use std::fs;
use std::path::Path;
use tracuu::ingest::IngestOptions;
use tracuu::search::{Filter, Request};

const ARTICLES: [(&str, &str); 3] = [
    ("a.txt", "Sơn La họp bàn\nNgày 12/3/2024, Phó Chủ tịch UBND tỉnh Sơn La Lò Văn Thiêm làm việc với huyện Sốp Cộp. (Bài hư cấu.)\n"),
    ("b.txt", "Điện Biên trồng rừng\nNgày 15/3/2024, UBND tỉnh Điện Biên phát động trồng rừng. (Bài hư cấu.)\n"),
    ("c.txt", "Một ngày ở vườn\nNgười trồng vườn kể chuyện mùa màng. (Bài hư cấu.)\n"),
];

/// An archive with an index in the folder `index` beside it.
fn archive() -> TestIndex {
    let index = TestIndex::new();
    for (name, text) in ARTICLES {
        fs::write(index.archive().join(name), text).unwrap();
    }
    index.ingest(&[index.archive()], &IngestOptions::default());
    index
}

fn id_of(index: &TestIndex, key: &str) -> String {
    let response = index.search(&Request { limit: 10, ..Request::default() });
    response.hits.iter().find(|hit| hit.article.key == key).unwrap().article.id.to_string()
}

fn keys(index: &TestIndex, province: &str) -> Vec<String> {
    let request = Request { filters: vec![Filter::province(province)], limit: 10, ..Request::default() };
    let mut keys: Vec<String> = index.search(&request).hits.iter().map(|hit| hit.article.key.clone()).collect();
    keys.sort();
    keys
}

fn folder(index: &TestIndex) -> std::path::PathBuf {
    index.dir().parent().unwrap().to_owned()
}

#[test]
fn a_correction_counts_at_once_and_outlives_the_index() {
    let index = archive();
    let (here, id) = (folder(&index), id_of(&index, "a.txt"));
    let arguments =
        ["correct", &id[..8], "--remove", "province", "Sơn La", "--add", "province", "Điện Biên", "--why", "họp ở nơi khác", "--by", "Mơ"];
    let told = stdout(&here, &arguments, 0);
    assert!(told.contains("province add “Điện Biên”\twas Sơn La") && told.contains("2 lines written to"), "{told}");
    assert_eq!((keys(&index, "Sơn La"), keys(&index, "Điện Biên")), (vec![], vec!["a.txt".to_owned(), "b.txt".to_owned()]));

    let why = stdout(&here, &["show", &id, "--why"], 0);
    assert!(why.contains("provinces.about[0]\tcorrection.add (corrected)\tcorrection[0..") && why.contains("họp ở nơi khác"), "{why}");

    let before = index.generation().manifest().corpus_id;
    fs::remove_dir_all(index.dir()).unwrap();
    index.ingest(&[index.archive()], &IngestOptions::default());
    assert_eq!(keys(&index, "Điện Biên"), ["a.txt", "b.txt"]);
    assert_eq!(index.generation().manifest().corpus_id, before);
    assert!(
        stdout(&here, &["check"], 0)
            .contains("corrections: 2; 0 of a text that has changed since, 0 that cannot be applied, 0 of articles")
    );
}

#[test]
fn a_line_taken_back_brings_the_extracted_value_back_without_a_file_being_read() {
    let index = archive();
    let (here, id) = (folder(&index), id_of(&index, "a.txt"));
    stdout(&here, &["correct", &id, "--set", "province", "national", "--why", "tin chung", "--by", "Mơ"], 0);
    stdout(&here, &["correct", &id, "--set", "date", "2023", "--why", "ghi nhầm", "--by", "Mơ"], 0);
    assert!(keys(&index, "Sơn La").is_empty());

    let path = index.archive().join("corrections.jsonl");
    let second = fs::read_to_string(&path).unwrap().lines().nth(1).unwrap().to_owned();
    fs::write(&path, second).unwrap();
    assert!(stdout(&here, &["check"], 0).contains("not applied yet, or taken back"));
    let report = index.ingest(&[index.archive()], &IngestOptions::default());
    assert_eq!((report.run.changed, report.run.corrected, report.run.unchanged_files), (0, 1, 3));
    assert_eq!(keys(&index, "Sơn La"), ["a.txt"]);
    let year = Request { filters: vec![Filter::Year("2023".to_owned())], limit: 10, ..Request::default() };
    assert_eq!(index.search(&year).total, 1, "the other correction still counts");
}

#[test]
fn a_correction_of_an_edited_text_counts_and_is_listed_and_so_is_an_orphan() {
    let index = archive();
    let (here, id) = (folder(&index), id_of(&index, "c.txt"));
    stdout(&here, &["correct", &id, "--add", "province", "Bến Tre", "--why", "tác giả cho biết", "--by", "Mơ"], 0);
    fs::write(index.archive().join("c.txt"), "Một ngày ở vườn\nNgười trồng vườn kể chuyện mùa hạ. (Bài hư cấu.)\n").unwrap();
    index.ingest(&[index.archive()], &IngestOptions::default());
    assert_eq!(keys(&index, "Bến Tre"), ["c.txt"]);
    let told = stdout(&here, &["check"], 0);
    assert!(told.contains("(the text has changed since)") && told.contains("corrections: 1; 1 of a text"), "{told}");

    fs::remove_file(index.archive().join("c.txt")).unwrap();
    index.ingest(&[index.archive()], &IngestOptions { prune: true, ..IngestOptions::default() });
    let told = stdout(&here, &["check"], 0);
    assert!(told.contains(&format!("orphan: no article has the id {id}")), "{told}");
}

#[test]
fn what_cannot_be_applied_is_not_written_and_a_broken_line_loses_no_other() {
    let index = archive();
    let (here, id) = (folder(&index), id_of(&index, "a.txt"));
    for (arguments, why) in [
        (["--remove", "province", "Hà Nội"], "does not stand there; what does: Sơn La"),
        (["--add", "province", "Hà Nọi"], "no province or city is called"),
        (["--set", "date", "12/3/2024"], "is no date"),
        (["--set", "title", "Tít"], "is no field"),
        (["--remove", "official", "Lê Văn A"], "is no official of this article"),
    ] {
        let output = tracuu(&here, &[&["correct", &id], arguments.as_slice(), &["--why", "thử", "--by", "Mơ"]].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(why), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let path = index.archive().join("corrections.jsonl");
    assert!(!path.exists());

    fs::write(&path, "{\"id\": 1}").unwrap();
    stdout(&here, &["correct", &id, "--set", "official", "Lò Văn Thiêm: Chủ tịch UBND tỉnh", "--why", "đã lên chức", "--by", "Mơ"], 0);
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 2);
    let notice = tracuu(&here, &["index", "archive"]);
    assert!(String::from_utf8_lossy(&notice.stderr).contains("corrections.jsonl: line 1:"));
    let head = Request {
        filters: vec![Filter::Official("Lò Văn Thiêm".to_owned()), Filter::Role("Chủ tịch UBND tỉnh Sơn La".to_owned())],
        limit: 10,
        ..Request::default()
    };
    assert_eq!(index.search(&head).total, 1);
}

#[test]
fn publishers_of_the_users_say_whose_portal_it_is() {
    let index = TestIndex::new();
    let article = |key: &str, source: &str| {
        format!(
            "{{\"id\":\"{key}\",\"title\":\"Tỉnh nhà vào vụ mới\",\"body\":\"Ngày 2/4/2024, UBND tỉnh họp bàn vụ mùa trên địa bàn tỉnh. (Bài hư cấu.)\",\"source\":\"{source}\"}}\n"
        )
    };
    fs::write(index.archive().join("tin.jsonl"), article("1", "Trang Vườn Cau") + &article("2", "Tin Hà Nội")).unwrap();
    index.ingest(&[index.archive()], &IngestOptions::default());
    let units = |index: &TestIndex| (keys(index, "Trà Vinh"), keys(index, "Hà Nội"));
    assert_eq!(units(&index), (vec![], vec!["2".to_owned()]));

    fs::write(index.archive().join("sources.tsv"), "Trang Vườn Cau\tTrà Vinh\tprovince\nTin Hà Nội\t-\tcentral\nx\n").unwrap();
    let report = index.ingest(&[index.archive()], &IngestOptions::default());
    assert!(report.notices.iter().any(|notice| notice.contains("sources.tsv: line 3: 1 columns")), "{:?}", report.notices);
    assert_eq!(units(&index), (vec!["1".to_owned()], vec![]));

    fs::remove_file(index.archive().join("sources.tsv")).unwrap();
    index.ingest(&[index.archive()], &IngestOptions::default());
    assert_eq!(units(&index), (vec![], vec!["2".to_owned()]));
}

#[test]
fn the_corrections_of_a_single_file_stand_beside_it() {
    let index = archive();
    let file: &Path = &index.archive().join("a.txt");
    fs::remove_dir_all(index.dir()).unwrap();
    index.ingest(&[file.to_owned()], &IngestOptions::default());
    let (here, id) = (folder(&index), id_of(&index, "a.txt"));
    stdout(&here, &["correct", &id, "--remove", "province", "Sơn La", "--why", "thử", "--by", "Mơ"], 0);
    assert!(index.archive().join("corrections.jsonl").exists() && keys(&index, "Sơn La").is_empty());
}

/// A record of a url, captured on a day.
fn captured(day: &str, text: &str) -> String {
    format!("{{\"url\":\"https://tin.example/1\",\"title\":\"Tin\",\"body\":\"{text}\",\"captured\":\"{day}\"}}\n")
}

#[test]
fn a_correction_counts_whichever_capture_wins_and_wherever_it_stands() {
    let index = archive();
    let (one, other) = (folder(&index).join("mot"), folder(&index).join("hai"));
    fs::create_dir_all(&one).unwrap();
    fs::create_dir_all(&other).unwrap();
    fs::write(one.join("t.jsonl"), captured("2024-06-01", "UBND tỉnh Sơn La họp bàn. (Bài hư cấu.)")).unwrap();
    index.ingest(std::slice::from_ref(&one), &IngestOptions::default());
    let found = Request { filters: vec![Filter::Collection("mot".to_owned())], limit: 1, ..Request::default() };
    let id = index.search(&found).hits[0].article.id;

    // The capture that loses brings the correction.
    fs::write(other.join("t.jsonl"), captured("2024-05-01", "UBND tỉnh Sơn La hoãn họp. (Bài hư cấu.)")).unwrap();
    let line = format!(
        "{{\"id\":\"{id}\",\"content_hash\":\"{id}\",\"field\":\"province\",\"op\":\"add\",\"value\":\"Bến Tre\",\"by\":\"Mơ\",\"at\":\"2024-07-01\",\"why\":\"thử\"}}\n"
    );
    fs::write(other.join("corrections.jsonl"), &line).unwrap();
    index.ingest(std::slice::from_ref(&other), &IngestOptions::default());
    assert_eq!(keys(&index, "Bến Tre").len(), 1);

    // The same line beside another collection says no more than once; taken back in both, it is gone.
    fs::write(one.join("corrections.jsonl"), &line).unwrap();
    index.ingest(&[one.clone(), other.clone()], &IngestOptions::default());
    let told = stdout(&folder(&index), &["check"], 0);
    assert!(told.contains("corrections: 1; 1 of a text that has changed since, 0 that cannot be applied"), "{told}");
    fs::remove_file(one.join("corrections.jsonl")).unwrap();
    fs::remove_file(other.join("corrections.jsonl")).unwrap();
    index.ingest(&[one], &IngestOptions::default());
    assert!(keys(&index, "Bến Tre").is_empty());
    assert!(!stdout(&folder(&index), &["check"], 0).contains("corrections:"));
}

#[test]
fn a_corrected_article_is_read_again_when_the_publishers_change() {
    let index = TestIndex::new();
    let article = |key: &str| {
        format!(
            "{{\"id\":\"{key}\",\"title\":\"Tỉnh nhà vào vụ mới\",\"body\":\"Ngày 2/4/2024, UBND tỉnh họp bàn vụ mùa trên địa bàn tỉnh. (Bài hư cấu.)\",\"source\":\"Trang Vườn Cau\"}}\n"
        )
    };
    fs::write(index.archive().join("tin.jsonl"), article("1") + &article("2")).unwrap();
    index.ingest(&[index.archive()], &IngestOptions::default());
    let id = index.search(&Request { limit: 1, ..Request::default() }).hits[0].article.id.to_string();
    fs::write(index.archive().join("sources.tsv"), "Trang Vườn Cau\tTrà Vinh\tprovince\n").unwrap();
    stdout(&folder(&index), &["correct", &id, "--set", "date", "2024-04-01", "--why", "thử", "--by", "Mơ"], 0);
    index.ingest(&[index.archive()], &IngestOptions::default());
    assert_eq!(keys(&index, "Trà Vinh").len(), 2);
}
