//! The user's own abbreviations: a table beside the articles, kept with the index, and nothing else changed by it.

use crate::harness::{TestIndex, stdout, tracuu};
use std::fs;
use std::path::Path;
use tracuu::ingest::IngestOptions;
use tracuu::search::Request;

fn write_archive(archive: &Path) {
    fs::write(archive.join("ngan.txt"), "Ra quân trồng rừng\nNgày 12/3/2024, BQLVQG Cúc Phương ra quân trồng rừng.\n").unwrap();
    fs::write(
        archive.join("dai.txt"),
        "Đón khách tham quan\nNgày 13/3/2024, Ban quản lý vườn quốc gia Cúc Phương đón những đoàn khách đầu tiên.\n",
    )
    .unwrap();
    fs::write(archive.join("khac.txt"), "Họp thôn\nNgày 14/3/2024, thôn họp bàn việc đường làng.\n").unwrap();
}

fn total(index: &TestIndex, query: &str) -> u64 {
    index.search(&Request { query: query.to_owned(), ..Request::default() }).total
}

const QUERIES: [&str; 4] = ["BQLVQG", "bqlvqg", "Ban quản lý vườn quốc gia", "\"Ban quản lý vườn quốc gia Cúc Phương\""];

#[test]
fn a_table_beside_the_articles_extends_the_programs_own_and_no_article_is_read_again_for_it() {
    let index = TestIndex::new();
    let archive = index.archive();
    write_archive(&archive);
    let ingest = || index.ingest(std::slice::from_ref(&archive), &IngestOptions::default());
    ingest();
    for query in QUERIES {
        assert_eq!(total(&index, query), 1, "without a table: {query}");
    }

    fs::write(archive.join("abbreviations.tsv"), "# short\tlong\tambiguous\nBQLVQG\tBan quản lý vườn quốc gia\tno\r\n").unwrap();
    let report = ingest();
    assert_eq!((report.run.added, report.run.changed, report.run.unchanged_files), (0, 0, 3), "queries change, articles do not");
    assert_eq!(report.notices, [""; 0]);
    assert_eq!(report.articles, 3, "the table is no article");
    for query in QUERIES {
        assert_eq!(total(&index, query), 2, "with the table: {query}");
    }
    let manifest = index.generation();
    assert!(manifest.manifest().collections["archive"].tables.abbreviations.as_ref().unwrap().text.contains("BQLVQG"));

    fs::remove_file(archive.join("abbreviations.tsv")).unwrap();
    ingest();
    assert_eq!(total(&index, "BQLVQG"), 1, "a table that is gone counts no more");
}

#[test]
fn an_index_that_was_moved_answers_with_its_table() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("archive");
    fs::create_dir(&archive).unwrap();
    write_archive(&archive);
    fs::write(archive.join("abbreviations.tsv"), "BQLVQG\tBan quản lý vườn quốc gia\tno\n").unwrap();
    stdout(folder.path(), &["index", "archive"], 0);
    fs::remove_dir_all(&archive).unwrap();
    fs::rename(folder.path().join("index"), folder.path().join("moved")).unwrap();
    for query in QUERIES {
        let answer = stdout(folder.path(), &["search", query, "--index", "moved", "--format", "json"], 0);
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer["total"], 2, "{query}");
    }
}

#[test]
fn a_broken_line_is_told_with_its_file_and_number_and_the_rest_counts() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("archive");
    fs::create_dir(&archive).unwrap();
    write_archive(&archive);
    let table = "BQLVQG\tBan quản lý vườn quốc gia\tno\nBQLVQG: Ban quản lý\n\nKBTTN\tkhu bảo tồn thiên nhiên\tmaybe\nx\tông\tyes\n";
    fs::write(archive.join("abbreviations.tsv"), table).unwrap();
    let output = tracuu(folder.path(), &["index", "archive"]);
    assert_eq!(output.status.code(), Some(0));
    let notes = String::from_utf8(output.stderr).unwrap();
    for line in ["line 2", "line 4", "line 5"] {
        assert!(notes.contains(&format!("abbreviations.tsv: {line}: expected three columns")), "{notes}");
    }
    assert_eq!(notes.lines().count(), 3, "{notes}");
    let answer = stdout(folder.path(), &["search", "BQLVQG", "--format", "json"], 0);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&answer).unwrap()["total"], 2);
}

#[test]
fn a_table_that_cannot_be_read_stops_nothing() {
    let index = TestIndex::new();
    let archive = index.archive();
    write_archive(&archive);
    fs::write(archive.join("abbreviations.tsv"), "BQLVQG\tBan quản lý vườn quốc gia\tno\n").unwrap();
    index.ingest(std::slice::from_ref(&archive), &IngestOptions::default());
    fs::write(archive.join("abbreviations.tsv"), "x".repeat(100_000)).unwrap();
    let report = index.ingest(std::slice::from_ref(&archive), &IngestOptions::default());
    assert!(report.notices.len() == 1 && report.notices[0].contains("expected at most 65536 bytes"), "{:?}", report.notices);
    assert_eq!(total(&index, "BQLVQG"), 2, "what an earlier run read still counts");
}

#[test]
fn two_collections_bring_a_table_each() {
    let index = TestIndex::new();
    let archive = index.archive();
    let roots = ["mot", "hai"].map(|name| archive.join(name));
    for (root, table) in roots.iter().zip(["BQLVQG\tBan quản lý vườn quốc gia\tno", "VQG\tvườn quốc gia\tno\n"]) {
        fs::create_dir(root).unwrap();
        write_archive(root);
        fs::write(root.join("abbreviations.tsv"), table).unwrap();
    }
    index.ingest(&roots, &IngestOptions::default());
    assert_eq!(total(&index, "BQLVQG"), 4);
    assert_eq!(total(&index, "\"Ban quản lý VQG Cúc Phương\""), 4, "one within another");
    assert_eq!(total(&index, "VQG"), 2);
}
