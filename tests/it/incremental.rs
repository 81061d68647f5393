//! Indexing again: what is there already, what was edited, what is gone, what moved.

use crate::harness::{PIPELINE, TestIndex};
use std::fs;
use std::path::Path;
use tracuu::index::IndexError;
use tracuu::ingest::{IngestOptions, ingest};
use tracuu::search::{Request, Response};

fn write(archive: &Path, name: &str, text: &str) {
    fs::write(archive.join(name), text).unwrap();
}

/// Three articles in two files, fictional.
fn small_archive(archive: &Path) {
    write(
        archive,
        "so-ket.txt",
        "Tuyên Quang sơ kết nông thôn mới\nNgày 12/3/2024, UBND tỉnh Tuyên Quang sơ kết chương trình nông thôn mới tại xã mẫu.\n",
    );
    write(
        archive,
        "tin.jsonl",
        "{\"id\":\"a\",\"title\":\"Hòa Bình trồng rừng\",\"body\":\"Tỉnh Hòa Bình trồng mới nhiều rừng trong năm 2023.\"}\n\
         {\"id\":\"b\",\"title\":\"Khánh Hòa đón khách\",\"body\":\"Tỉnh Khánh Hòa đón nhiều khách du lịch.\"}\n",
    );
}

fn all(index: &TestIndex) -> Response {
    index.search(&Request { limit: 100, ..Request::default() })
}

#[test]
fn the_same_folder_twice_changes_nothing() {
    let index = TestIndex::new();
    let archive = index.archive();
    small_archive(&archive);
    let first = index.ingest(std::slice::from_ref(&archive), &IngestOptions::default());
    assert_eq!((first.run.added, first.articles), (3, 3));
    let before = all(&index);
    let second = index.ingest(&[archive], &IngestOptions::default());
    assert_eq!((second.run.added, second.run.changed, second.run.unchanged_files), (0, 0, 2));
    let after = all(&index);
    assert_eq!(before.index.corpus_id, after.index.corpus_id);
    assert_eq!(
        before.hits.iter().map(|hit| hit.article.id).collect::<Vec<_>>(),
        after.hits.iter().map(|hit| hit.article.id).collect::<Vec<_>>()
    );
}

#[test]
fn an_edited_article_is_replaced_and_its_earlier_text_kept() {
    let index = TestIndex::new();
    let archive = index.archive();
    small_archive(&archive);
    index.ingest(std::slice::from_ref(&archive), &IngestOptions::default());
    write(
        &archive,
        "tin.jsonl",
        "{\"id\":\"a\",\"title\":\"Hòa Bình trồng rừng gỗ lớn\",\"body\":\"Tỉnh Hòa Bình trồng mới nhiều rừng gỗ lớn trong năm 2023.\"}\n\
         {\"id\":\"b\",\"title\":\"Khánh Hòa đón khách\",\"body\":\"Tỉnh Khánh Hòa đón nhiều khách du lịch.\"}\n",
    );
    let report = index.ingest(&[archive], &IngestOptions::default());
    assert_eq!((report.run.added, report.run.changed, report.run.unchanged, report.articles), (0, 1, 1, 3));
    let response = index.search(&Request { query: "\"rừng gỗ lớn\"".to_owned(), ..Request::default() });
    assert_eq!(response.total, 1);
    let stored = index.generation().find(response.hits[0].article.id).unwrap().unwrap();
    assert_eq!(stored.versions.iter().map(|version| version.title.as_str()).collect::<Vec<_>>(), ["Hòa Bình trồng rừng"]);
}

#[test]
fn what_is_gone_stays_until_it_is_pruned() {
    let index = TestIndex::new();
    let archive = index.archive();
    small_archive(&archive);
    index.ingest(std::slice::from_ref(&archive), &IngestOptions::default());
    fs::remove_file(archive.join("so-ket.txt")).unwrap();
    write(&archive, "tin.jsonl", "{\"id\":\"b\",\"title\":\"Khánh Hòa đón khách\",\"body\":\"Tỉnh Khánh Hòa đón nhiều khách du lịch.\"}\n");
    assert_eq!(index.ingest(std::slice::from_ref(&archive), &IngestOptions::default()).articles, 3);
    let report = index.ingest(&[archive], &IngestOptions { prune: true, ..IngestOptions::default() });
    // The edited file was read by the run before; that it lost a record is still known.
    assert_eq!((report.run.removed, report.articles), (2, 1), "{report:?}");
    assert_eq!(all(&index).hits[0].article.key, "b");
}

#[test]
fn what_is_only_out_of_reach_is_not_pruned() {
    let index = TestIndex::new();
    let archive = index.archive();
    small_archive(&archive);
    index.ingest(std::slice::from_ref(&archive), &IngestOptions::default());
    // A damaged line and a link in a file's place: neither says that an article is gone.
    write(&archive, "tin.jsonl", "{\"id\":\"a\",\"title\":\"Hòa Bình");
    fs::remove_file(archive.join("so-ket.txt")).unwrap();
    std::os::unix::fs::symlink("/dev/null", archive.join("so-ket.txt")).unwrap();
    let report = index.ingest(&[archive], &IngestOptions { prune: true, ..IngestOptions::default() });
    assert_eq!((report.run.removed, report.articles), (0, 3), "{report:?}");
    assert_eq!(report.skipped.values().sum::<u64>(), 2, "{report:?}");
}

#[test]
fn a_moved_folder_keeps_its_ids_and_a_clash_of_names_is_an_error() {
    let (index, other) = (TestIndex::new(), TestIndex::new());
    let archive = index.archive();
    small_archive(&archive);
    index.ingest(std::slice::from_ref(&archive), &IngestOptions::default());

    let moved = other.archive();
    small_archive(&moved);
    other.ingest(std::slice::from_ref(&moved), &IngestOptions::default());
    assert_eq!(all(&index).index.corpus_id, all(&other).index.corpus_id);

    let clash = ingest(std::slice::from_ref(&moved), &index.dir(), &PIPELINE, &IngestOptions::default(), &mut |_| {}).unwrap_err();
    assert!(matches!(clash, tracuu::Error::Index(IndexError::NameClash { .. })), "{clash}");
    assert!(clash.to_string().contains("--collection NAME"));

    fs::remove_dir_all(&archive).unwrap();
    let report = index.ingest(&[moved], &IngestOptions::default());
    assert_eq!((report.run.added, report.run.changed, report.articles), (0, 0, 3));
}

#[test]
fn of_two_records_of_one_id_the_later_capture_wins_in_any_order() {
    let early = "{\"url\":\"https://bao.example/1\",\"title\":\"Bản đầu\",\"body\":\"Bản thứ nhất của bài hư cấu.\",\"captured\":\"2024-01-01T08:00:00+07:00\"}\n";
    let late = "{\"url\":\"https://bao.example/1\",\"title\":\"Bản sau\",\"body\":\"Bản thứ hai của bài hư cấu.\",\"captured\":\"2024-02-01T08:00:00+07:00\"}\n";
    for (first, second) in [(early, late), (late, early)] {
        let index = TestIndex::new();
        let archive = index.archive();
        write(&archive, "1.jsonl", first);
        write(&archive, "2.jsonl", second);
        let report = index.ingest(&[archive], &IngestOptions::default());
        assert_eq!((report.articles, report.run.added, report.run.superseded), (1, 1, 1));
        let stored = index.generation().articles().next().unwrap().unwrap();
        assert_eq!(stored.article.title, "Bản sau");
        assert_eq!(stored.versions.iter().map(|version| version.title.as_str()).collect::<Vec<_>>(), ["Bản đầu"]);
    }
}

#[test]
fn pruning_the_winner_brings_the_other_capture_back() {
    let index = TestIndex::new();
    let archive = index.archive();
    let record = |title: &str, day: &str| {
        format!(
            "{{\"url\":\"https://bao.example/1\",\"title\":\"{title}\",\"body\":\"{title} của bài.\",\"captured\":\"2024-01-{day}\"}}\n"
        )
    };
    write(&archive, "1.jsonl", &record("Bản đầu", "01"));
    write(&archive, "2.jsonl", &record("Bản sau", "02"));
    index.ingest(std::slice::from_ref(&archive), &IngestOptions::default());
    fs::remove_file(archive.join("2.jsonl")).unwrap();
    let report = index.ingest(&[archive], &IngestOptions { prune: true, ..IngestOptions::default() });
    assert_eq!((report.run.removed, report.run.added, report.articles), (1, 1, 1));
    assert_eq!(all(&index).hits[0].article.title, "Bản đầu");
}
