//! Indexing again: what is there already, what was edited, what is gone, what moved.

use crate::harness::{PIPELINE, TestIndex, stdout, tracuu};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tracuu::index::IndexError;
use tracuu::ingest::{IngestOptions, IngestReport, ingest};
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
    assert_eq!((second.run.added, second.run.changed, second.run.unchanged, second.run.unchanged_files), (0, 0, 3, 2));
    assert_eq!(second.extracted, 0);
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
    assert_eq!((report.run.added, report.run.changed, report.run.unchanged, report.articles), (0, 1, 2, 3));
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
    let report = index.ingest(&[archive], &IngestOptions { prune: true, force: true, ..IngestOptions::default() });
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
    let report = index.ingest(&[archive], &IngestOptions { prune: true, force: true, ..IngestOptions::default() });
    assert_eq!((report.run.removed, report.run.added, report.articles), (1, 1, 1));
    assert_eq!(all(&index).hits[0].article.title, "Bản đầu");
}

/// Sets the time of a file's last change, some seconds from now.
fn date(path: &Path, seconds: i64) {
    let (now, by) = (SystemTime::now(), Duration::from_secs(seconds.unsigned_abs()));
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_modified(if seconds < 0 { now - by } else { now + by }).unwrap();
}

#[test]
fn a_file_of_the_same_size_and_time_is_not_opened() {
    let text = |unit: &str| format!("Tin {unit}\nTỉnh {unit} họp bàn việc trồng rừng năm 2023.\n");
    let (one, other) = (text("Tuyên Quang"), text("Tuyên Quanh"));
    let hash = IngestOptions { hash: true, ..IngestOptions::default() };
    let plain = IngestOptions::default();
    // Seconds between the file's time and now; whether an edit that leaves size and time alone is seen.
    for (name, seconds, options, is_seen) in [
        ("long ago", -3600, &plain, false),
        ("long ago, with --hash", -3600, &hash, true),
        ("just now", 0, &plain, true),
        ("in the future", 3600, &plain, true),
        ("before 1970", -60 * 365 * 86_400, &plain, false),
    ] {
        let index = TestIndex::new();
        let archive = index.archive();
        let path = archive.join("a.txt");
        fs::write(&path, &one).unwrap();
        date(&path, seconds);
        let time = fs::metadata(&path).unwrap().modified().unwrap();
        index.ingest(std::slice::from_ref(&archive), &plain);
        fs::write(&path, &other).unwrap();
        fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        let report = index.ingest(std::slice::from_ref(&archive), options);
        assert_eq!((report.run.changed, report.run.unchanged_files), if is_seen { (1, 0) } else { (0, 1) }, "{name}: {report:?}");
    }
}

#[test]
fn other_settings_of_a_folder_read_its_files_again_though_their_time_is_the_same() {
    let index = TestIndex::new();
    let archive = index.archive();
    small_archive(&archive);
    ["so-ket.txt", "tin.jsonl"].iter().for_each(|name| date(&archive.join(name), -3600));
    let roots = std::slice::from_ref(&archive);
    index.ingest(roots, &IngestOptions::default());
    assert_eq!(index.ingest(roots, &IngestOptions::default()).run.unchanged_files, 2);
    write(&archive, "tracuu.toml", "source = \"Báo Duyên Hải\"\n");
    let report = index.ingest(roots, &IngestOptions::default());
    assert_eq!((report.run.changed, report.run.unchanged_files), (3, 0), "{report:?}");
    write(&archive, "sources.tsv", "");
    let report = index.ingest(roots, &IngestOptions::default());
    assert_eq!((report.run.unchanged, report.run.unchanged_files, report.extracted), (3, 0, 3), "{report:?}");
}

/// Records with ids, each a line; one of them edited.
fn records(number: usize, edited: Option<usize>) -> String {
    let line = |at: usize| {
        let more = if edited == Some(at) { " Bổ sung sau." } else { "" };
        format!("{{\"id\":\"{at}\",\"title\":\"Tin số {at}\",\"body\":\"Xã thứ {at} của tỉnh Lai Châu họp lần {at}.{more}\"}}\n")
    };
    (0..number).map(line).collect()
}

#[test]
fn of_an_edited_file_only_the_edited_record_is_cleaned_and_extracted() {
    let index = TestIndex::new();
    let archive = index.archive();
    write(&archive, "tin.jsonl", &records(1000, None));
    let roots = std::slice::from_ref(&archive);
    assert_eq!(index.ingest(roots, &IngestOptions::default()).extracted, 1000);
    write(&archive, "tin.jsonl", &records(1000, Some(700)));
    let report = index.ingest(roots, &IngestOptions::default());
    assert_eq!((report.extracted, report.run.changed, report.run.unchanged), (1, 1, 999), "{report:?}");
    write(&archive, "tin.jsonl", &records(1002, Some(700)));
    let report = index.ingest(roots, &IngestOptions::default());
    assert_eq!((report.extracted, report.run.added, report.run.unchanged), (2, 2, 1000), "{report:?}");
}

/// Files of one article each.
fn articles(archive: &Path, numbers: std::ops::Range<usize>) {
    for at in numbers {
        write(archive, &format!("{at}.txt"), &format!("Tin số {at}\nXã thứ {at} của tỉnh Lai Châu họp lần {at}.\n"));
    }
}

#[test]
fn pruning_more_than_half_of_a_collection_is_refused_without_force() {
    // Articles before, removed, added; whether pruning is refused.
    for (before, removed, added, is_refused) in [(10, 5, 0, false), (10, 6, 0, true), (9, 5, 0, true), (10, 6, 20, true), (1, 1, 0, true)] {
        let index = TestIndex::new();
        let archive = index.archive();
        articles(&archive, 0..before);
        let roots = [archive.clone()];
        index.ingest(&roots, &IngestOptions::default());
        (0..removed).for_each(|at| fs::remove_file(archive.join(format!("{at}.txt"))).unwrap());
        articles(&archive, before..before + added);
        let prune = IngestOptions { prune: true, ..IngestOptions::default() };
        let outcome = ingest(&roots, &index.dir(), &PIPELINE, &prune, &mut |_| {});
        let (kept, all) = (all(&index).total as usize, before + added);
        if is_refused {
            let error = outcome.unwrap_err();
            assert!(matches!(error, tracuu::Error::TooManyGone { gone, .. } if gone as usize == removed), "{error}");
            assert!(error.to_string().contains("--force"), "{error}");
            assert_eq!(kept, all, "nothing is removed, and what is new is there");
            let report = index.ingest(&roots, &IngestOptions { force: true, ..prune });
            assert_eq!((report.run.removed as usize, report.articles as usize), (removed, all - removed));
        } else {
            assert_eq!((outcome.unwrap().run.removed as usize, kept), (removed, all - removed));
        }
    }
}

#[test]
fn pruning_where_a_root_is_missing_is_refused_without_force() {
    let index = TestIndex::new();
    let (one, other) = (index.archive().join("một"), index.archive().join("hai"));
    for folder in [&one, &other] {
        fs::create_dir(folder).unwrap();
        articles(folder, 0..3);
    }
    let run = |paths: &[&PathBuf], options: IngestOptions| -> Result<IngestReport, tracuu::Error> {
        let paths: Vec<PathBuf> = paths.iter().map(|&path| path.clone()).collect();
        ingest(&paths, &index.dir(), &PIPELINE, &options, &mut |_| {})
    };
    let prune = IngestOptions { prune: true, ..IngestOptions::default() };
    let force = IngestOptions { force: true, ..prune.clone() };
    run(&[&one, &other], IngestOptions::default()).unwrap();
    fs::remove_dir_all(&one).unwrap();
    articles(&other, 3..4);

    let error = run(&[&other, &one], prune.clone()).unwrap_err();
    assert!(matches!(&error, tracuu::Error::RootGone { articles: 3, collection, .. } if collection == "một"), "{error}");
    assert!(matches!(run(&[&one], IngestOptions::default()).unwrap_err(), tracuu::Error::Path { .. }), "only pruning knows it");
    let unknown = index.archive().join("ba");
    assert!(matches!(run(&[&unknown], force.clone()).unwrap_err(), tracuu::Error::Path { .. }), "the index does not know it either");
    // What is not given is not pruned, whatever became of it.
    assert_eq!(run(&[&other], force.clone()).unwrap().articles, 7);
    let report = run(&[&other, &one], force).unwrap();
    assert_eq!((report.run.removed, report.articles), (3, 4));
}

#[test]
fn a_refusal_ends_with_code_2_and_the_report_counts_everything() {
    let index = TestIndex::new();
    let archive = index.archive();
    let story = "Ngày 12/3/2024, UBND xã mẫu của tỉnh Lai Châu tổ chức hội nghị sơ kết chương trình trồng rừng gỗ lớn, giao chỉ tiêu cho từng bản \
                 và khen thưởng mười hộ gia đình có diện tích rừng mới lớn nhất trong vùng.";
    write(&archive, "1.txt", &format!("Sơ kết trồng rừng\n{story}\n"));
    write(&archive, "2.txt", &format!("Sơ kết trồng rừng\n{story}\n"));
    write(&archive, "3.txt", "");
    let here = archive.parent().unwrap();
    let report = stdout(here, &["index", "archive"], 0);
    assert!(report.contains("2 articles in the index: 2 added, 0 changed, 0 unchanged, 0 superseded, 0 removed; 1 duplicate"), "{report}");
    assert!(report.contains("skipped: empty 1"), "{report}");
    let manifest = index.generation();
    let run = &manifest.manifest().run;
    assert_eq!((run.duplicate, run.skipped.get("empty").copied()), (1, Some(1)), "{run:?}");

    fs::remove_file(archive.join("1.txt")).unwrap();
    fs::remove_file(archive.join("2.txt")).unwrap();
    let refused = tracuu(here, &["index", "archive", "--prune"]);
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2), "{told}");
    assert!(told.contains("2 of the 2 articles of the collection `archive` are gone") && told.contains("--force"), "{told}");
    let report = stdout(here, &["index", "archive", "--prune", "--force"], 0);
    assert!(report.contains("0 articles in the index") && report.contains("2 removed; 0 duplicate"), "{report}");
}

#[test]
fn settings_of_memory_are_checked() {
    let index = TestIndex::new();
    small_archive(&index.archive());
    let here = index.archive().parent().unwrap().to_owned();
    let refused = tracuu(&here, &["index", "archive", "--threads", "4", "--memory", "20"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--memory 60"), "{refused:?}");
    stdout(&here, &["index", "archive", "--threads", "1", "--memory", "15", "--max-segment", "1000"], 0);
}
