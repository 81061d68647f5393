//! `tracuu table` and `tracuu trend`: every format holds the same numbers, and those of `search`.

use crate::harness::{corpus_index, csv_rows, repository, stdout, tracuu};
use serde_json::Value;
use std::collections::HashMap;

/// The text of each label along the axes and of each cell does not matter here: only what the numbers are.
#[test]
fn a_table_is_the_same_in_every_format_and_a_cell_is_what_search_finds() {
    let (_index, dir) = corpus_index();
    let asked = ["table", "chuyển đổi số", "--rows", "province", "--columns", "year", "--per", "archive", "--index", &dir];
    let run = |format: &str| stdout(&repository(), &[&asked[..], &["--format", format]].concat(), 0);
    let json: Value = serde_json::from_str(&run("json")).unwrap();
    let lines = |side: &str| json[side]["lines"].as_array().unwrap().clone();
    let (rows, columns) = (lines("rows"), lines("columns"));

    let (header, cells) = csv_rows(&run("csv"));
    assert_eq!(header, ["row", "row_is", "column", "column_is", "count", "denominator", "share"]);
    assert_eq!(cells.len(), rows.len() * columns.len());
    let mut held = 0;
    for (at, cell) in cells.iter().enumerate() {
        let (row, column) = (at / columns.len(), at % columns.len());
        assert_eq!(
            [&rows[row]["label"], &rows[row]["is"], &columns[column]["label"], &columns[column]["is"]],
            [0, 1, 2, 3].map(|at| &*cell[at])
        );
        assert_eq!(json["cells"][row][column].to_string(), cell[4]);
        assert_eq!(json["base"]["cells"][row][column].to_string(), cell[5]);
        if cell[4] != "0" {
            held += 1;
            let search =
                ["search", "chuyển đổi số", "--is", &cell[1], "--is", &cell[3], "--index", &dir, "--limit", "0", "--format", "json"];
            let found: Value = serde_json::from_str(&stdout(&repository(), &search, 0)).unwrap();
            assert_eq!(found["total"].to_string(), cell[4], "{cell:?}");
        }
    }
    assert!(held > 10, "{held}");

    let (header, wide) = csv_rows(&run("csv-rows"));
    assert_eq!((header.len(), wide.len()), (2 + 3 * (columns.len() + 1) + 1, rows.len() + 1));
    for (at, row) in wide[..rows.len()].iter().enumerate() {
        let counts: Vec<&str> = row[2..].chunks_exact(3).take(columns.len()).map(|cell| &*cell[0]).collect();
        assert_eq!(counts, cells[at * columns.len()..][..columns.len()].iter().map(|cell| &*cell[4]).collect::<Vec<_>>());
    }
    assert_eq!(wide.last().unwrap()[2 + 3 * columns.len()], json["total"].to_string());

    let text = run("text");
    for line in rows.iter().chain(&columns) {
        assert!(text.contains(line["label"].as_str().unwrap()), "{line}\n{text}");
    }
}

#[test]
fn several_queries_stand_one_below_the_other_and_a_wrong_one_is_reported() {
    let (_index, dir) = corpus_index();
    let axes = ["--rows", "source", "--columns", "year", "--index", &dir];
    let two = ["table", "--query", "đất", "--query", "chuyển đổi số", "--province", "Lâm Đồng", "--format", "csv"];
    let (header, rows) = csv_rows(&stdout(&repository(), &[&two[..], &axes].concat(), 0));
    assert_eq!(header[..2], ["query_id", "query"]);
    let mut sums: HashMap<&str, u64> = HashMap::new();
    for row in &rows {
        *sums.entry(&row[1]).or_default() += row[6].parse::<u64>().unwrap();
    }
    for (query, sum) in sums {
        let search = ["search", query, "--province", "Lâm Đồng", "--index", &dir, "--limit", "0", "--format", "json"];
        let found: Value = serde_json::from_str(&stdout(&repository(), &search, 0)).unwrap();
        assert_eq!(found["total"].as_u64(), Some(sum), "{query}: one source and one year each");
    }

    let batch = "{\"query\": \"đất\", \"id\": \"a\"}\n{\"query\": \"đất\", \"province\": \"Atlantis\", \"id\": \"b\"}\n";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hoi.jsonl");
    std::fs::write(&file, batch).unwrap();
    let output = tracuu(&repository(), &[&["table", "--batch", file.to_str().unwrap(), "--format", "json"][..], &axes].concat());
    let (told, answers) = (String::from_utf8(output.stderr).unwrap(), String::from_utf8(output.stdout).unwrap());
    assert!(told.contains("Atlantis"), "{told}");
    let answers: Vec<Value> = answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(answers.len() == 1 && answers[0]["id"] == "a", "{answers:?}");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_trend_is_the_same_in_every_format_with_the_archive_last() {
    let (_index, dir) = corpus_index();
    let asked = ["trend", "--query", "chuyển đổi số", "--query", "đất", "--by", "year", "--index", &dir];
    let run = |more: &[&str]| stdout(&repository(), &[&asked[..], more].concat(), 0);
    let json: Value = serde_json::from_str(&run(&["--format", "json"])).unwrap();
    let rows = json["rows"].as_array().unwrap();
    let (header, counts) = csv_rows(&run(&["--format", "csv", "--absolute"]));
    assert_eq!(header, ["is", "label", "from", "to", "chuyển đổi số", "đất", "archive"]);
    let (_, shares) = csv_rows(&run(&["--format", "csv"]));
    for ((row, counts), shares) in rows.iter().zip(&counts).zip(&shares) {
        assert_eq!([row["counts"][0].to_string(), row["counts"][1].to_string(), row["archive"].to_string()], counts[4..]);
        for at in [4, 5] {
            let share: f64 = shares[at].parse().unwrap();
            assert!((share - counts[at].parse::<f64>().unwrap() / counts[6].parse::<f64>().unwrap()).abs() < 1e-6);
        }
    }
    assert_eq!((rows.len(), rows.len()), (counts.len(), shares.len()));
}

#[test]
fn dates_of_a_trend_are_told_apart_by_what_they_rest_on() {
    let (_index, dir) = corpus_index();
    let run = ["trend", "đất", "--by", "year", "--stack", "basis", "--absolute", "--format", "csv", "--index", &dir];
    let (header, rows) = csv_rows(&stdout(&repository(), &run, 0));
    let by_basis = &header[4..header.len() - 1];
    assert!(by_basis.contains(&"đất (stated)".to_owned()) && by_basis.contains(&"đất (published)".to_owned()), "{by_basis:?}");
    let total: u64 = rows.iter().flat_map(|row| &row[4..row.len() - 1]).map(|count| count.parse::<u64>().unwrap()).sum();
    let search = ["search", "đất", "--index", &dir, "--limit", "0", "--format", "json"];
    let found: Value = serde_json::from_str(&stdout(&repository(), &search, 0)).unwrap();
    assert_eq!(found["total"].as_u64(), Some(total));
    assert!((4..header.len() - 1).filter(|&at| rows.iter().any(|row| row[at] != "0")).count() > 1, "more than one basis");
}

#[test]
fn charts_say_in_words_what_they_show_and_refuse_what_cannot_be_told_apart() {
    let (_index, dir) = corpus_index();
    let run = |arguments: &[&str], format| stdout(&repository(), &[arguments, &["--index", &dir, "--format", format]].concat(), 0);
    let table = ["table", "đất", "--rows", "year", "--columns", "collection"];
    let trend = ["trend", "đất", "--by", "year"];
    for arguments in [table.as_slice(), &trend] {
        let drawn = run(arguments, "chart");
        assert!(drawn.starts_with("đất") && drawn.contains("2024") && drawn.contains('●'), "{drawn}");
        let svg = run(arguments, "svg");
        assert!(svg.starts_with("<svg ") && svg.contains("<title") && svg.contains("<desc") && svg.contains("18 bài"), "{svg}");
    }
    let refused = tracuu(&repository(), &["table", "--rows", "year", "--columns", "official", "--index", &dir, "--format", "svg"]);
    let message = String::from_utf8(refused.stderr).unwrap();
    assert!(refused.status.code() == Some(2) && message.contains("--top"), "{message}");
}

#[test]
fn what_cannot_be_counted_is_refused_with_what_to_do() {
    let (_index, dir) = corpus_index();
    let message = |arguments: &[&str]| {
        let output = tracuu(&repository(), &[arguments, &["--index", &dir]].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let posts = message(&["table", "--rows", "official", "--columns", "post", "--official", "Lại Xuân Trứ"]);
    assert!(posts.contains("posts"), "{posts}");
    stdout(&repository(), &["table", "--rows", "year", "--columns", "year", "--index", &dir], 0);
}
