//! The binary: exit codes, messages, formats.

use crate::harness::{corpus_index, fed, repository, start, stdout, tracuu};
use serde_json::Value;

#[test]
fn a_missing_index_says_which_command_to_run() {
    let empty = tempfile::tempdir().unwrap();
    let output = tracuu(empty.path(), &["search", "chuyển đổi số"]);
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("tracuu index PATH"), "{message}");
}

#[test]
fn exit_codes_tell_hits_from_none_and_from_errors() {
    let (_index, dir) = corpus_index();
    let run = |arguments: &[&str]| tracuu(&repository(), &[arguments, &["--index", &dir]].concat()).status.code();
    assert_eq!(run(&["search", "chuyển đổi số"]), Some(0));
    assert_eq!(run(&["search", "xyzzyxyzzy"]), Some(1));
    assert_eq!(run(&["search", "--province", "Atlantis"]), Some(2));
    assert_eq!(run(&["search", "--from", "hôm qua"]), Some(2));
    assert_eq!(run(&["show", "0000000000000000000000000000ffff"]), Some(1));
}

#[test]
fn json_jsonl_and_csv_hold_the_same_hits() {
    let (_index, dir) = corpus_index();
    let run = |format: &str| stdout(&repository(), &["search", "chuyển đổi số", "--limit", "all", "--index", &dir, "--format", format], 0);
    let json: Value = serde_json::from_str(&run("json")).unwrap();
    let ids: Vec<&str> = json["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len() as u64, json["total"].as_u64().unwrap());

    let jsonl = run("jsonl");
    let lines: Vec<Value> = jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.iter().map(|hit| hit["id"].as_str().unwrap()).collect::<Vec<_>>(), ids);

    let csv = run("csv");
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let column = rows.headers().unwrap().iter().position(|name| name == "id").unwrap();
    assert_eq!(rows.records().map(|row| row.unwrap()[column].to_owned()).collect::<Vec<_>>(), ids);
}

#[test]
fn references_are_of_every_article_and_those_that_show_gives() {
    let (_index, dir) = corpus_index();
    let run = |arguments: &[&str], code| stdout(&repository(), &[arguments, &["--index", &dir]].concat(), code);
    let search = |format: &str| run(&["search", "chòi ngao", "--limit", "all", "--format", format], 0);
    let ids: Vec<String> =
        search("jsonl").lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned()).collect();
    assert!(ids.len() > 1, "copies of one story are articles of their own");

    let (ris, bibtex) = (search("ris"), search("bibtex"));
    let csl: Value = serde_json::from_str(&search("csl-json")).unwrap();
    assert_eq!(ris.lines().filter_map(|line| line.strip_prefix("AN  - ")).collect::<Vec<_>>(), ids);
    assert_eq!(csl.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect::<Vec<_>>(), ids);
    for id in &ids {
        assert!(ris.contains(&run(&["show", id, "--cite", "ris"], 0)) && bibtex.contains(&run(&["show", id, "--cite", "bibtex"], 0)));
        let alone: Value = serde_json::from_str(&run(&["show", id, "--cite", "csl-json"], 0)).unwrap();
        assert!(csl.as_array().unwrap().contains(&alone[0]));
        let text = run(&["show", id, "--cite"], 0);
        assert!(text.lines().count() == 1 && text.contains(id.as_str()), "{text}");
    }
    assert_eq!(serde_json::from_str::<Value>(&run(&["search", "xyzzyxyzzy", "--format", "csl-json"], 1)).unwrap(), serde_json::json!([]));
    for refused in [["--context", "3"], ["--batch", "Cargo.toml"]] {
        run(&[&["search"], refused.as_slice(), &["--format", "bibtex"]].concat(), 2);
    }
}

#[test]
fn words_in_context_are_the_same_in_every_format() {
    let (_index, dir) = corpus_index();
    let run = |format: &str| {
        stdout(&repository(), &["search", "chuyển đổi số", "--limit", "all", "--context", "4", "--index", &dir, "--format", format], 0)
    };
    let jsonl = run("jsonl");
    let hits: Vec<Value> = jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let lines: Vec<&Value> = hits.iter().flat_map(|hit| hit["context"]["lines"].as_array().unwrap()).collect();
    assert!(lines.len() > hits.len() && hits.iter().all(|hit| hit["snippets"].as_array().unwrap().is_empty()));

    let csv = run("csv");
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let header: Vec<&str> = rows.headers().unwrap().iter().collect();
    assert_eq!(header, ["id", "title", "date", "provinces", "left", "match", "right", "start", "end", "field"]);
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), lines.len());
    for (row, line) in rows.iter().zip(&lines) {
        assert_eq!(row[5].to_lowercase(), line["match"].as_str().unwrap().to_lowercase().replace('\n', " "));
        assert_eq!(
            (row[7].parse().ok(), row[8].parse().ok(), Some(&row[9])),
            (line["start"].as_u64(), line["end"].as_u64(), line["field"].as_str())
        );
        assert_eq!(row[4], line["left"].as_str().unwrap().replace('\n', " "));
    }

    let text = run("text");
    let columns: Vec<usize> = text
        .lines()
        .filter(|line| line.starts_with("   ") && line.to_lowercase().contains("chuyển đổi số"))
        .map(|line| unicode_width::UnicodeWidthStr::width(&line[..line.to_lowercase().find("chuyển đổi số").unwrap()]))
        .collect();
    assert!(columns.len() >= lines.len() && columns.iter().all(|column| *column == columns[0]), "{columns:?}\n{text}");
}

#[test]
fn the_matches_within_one_article_are_listed() {
    let (_index, dir) = corpus_index();
    let hit =
        stdout(&repository(), &["search", "chuyển đổi số", "--limit", "1", "--context", "3", "--index", &dir, "--format", "jsonl"], 0);
    let hit: Value = serde_json::from_str(&hit).unwrap();
    let show = |arguments: &[&str], code| {
        stdout(&repository(), &[&["show", hit["id"].as_str().unwrap(), "--index", &dir], arguments].concat(), code)
    };
    let shown: Value = serde_json::from_str(&show(&["--match", "chuyển đổi số", "--context", "3", "--json"], 0)).unwrap();
    assert_eq!(shown, hit["context"]);
    let text = show(&["--match", "chuyển đổi số", "--context", "3"], 0);
    assert!(text.starts_with(&format!("{} chỗ khớp\n", shown["matches"])) && text.lines().count() > 1, "{text}");
    show(&["--match", "xyzzyxyzzy"], 1);
}

#[test]
fn a_bad_query_of_a_batch_does_not_stop_the_rest() {
    let (index, dir) = corpus_index();
    let file = index.archive().join("queries.txt");
    std::fs::write(&file, "chuyển đổi số\n\nnăm:abc\n\"nông thôn mới\"\n").unwrap();
    let output = tracuu(&repository(), &["search", "--batch", file.to_str().unwrap(), "--format", "jsonl", "--index", &dir]);
    assert_eq!(output.status.code(), Some(0));
    let answers: Vec<Value> = String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let queries: Vec<&str> =
        answers.iter().filter(|answer| answer["error"].is_null()).map(|answer| answer["query"]["typed"].as_str().unwrap()).collect();
    assert_eq!(queries, ["chuyển đổi số", "\"nông thôn mới\""]);
    assert!(String::from_utf8(output.stderr).unwrap().contains("line 3: "));
}

#[test]
fn the_contract_is_held() {
    let (_index, dir) = corpus_index();
    let arguments = [
        "search",
        "chuyển đổi số",
        "--year",
        "2024",
        "--facets",
        "province,date,official",
        "--limit",
        "2",
        "--format",
        "json",
        "--index",
        &dir,
    ];
    let mut response: Value = serde_json::from_str(&stdout(&repository(), &arguments, 0)).unwrap();
    // What differs from run to run.
    (response["index"]["id"], response["timing"]["elapsed_ms"]) = (Value::from("[index]"), Value::from("[time]"));
    insta::with_settings!({ snapshot_path => "../golden", prepend_module_to_snapshot => false }, {
        insta::assert_json_snapshot!("search_response", response);
    });
}

#[test]
fn articles_over_time_are_the_same_in_every_format() {
    let (_index, dir) = corpus_index();
    let run = |arguments: &[&str], code| stdout(&repository(), &[&["histogram", "số", "--index", &dir], arguments].concat(), code);
    for by in ["year", "month"] {
        let json: Value = serde_json::from_str(&run(&["--by", by, "--format", "json"], 0)).unwrap();
        let bars = json["bars"].as_array().unwrap();
        let count = |value: &Value| value["count"].as_u64().unwrap();
        let placed: u64 = bars.iter().chain(json["coarse"].as_array().unwrap()).map(count).sum();
        let unplaced = json["undated"].as_u64().unwrap() + json["several_years"].as_u64().unwrap();
        assert_eq!(placed + unplaced, json["total"].as_u64().unwrap());

        let csv = run(&["--by", by, "--format", "csv"], 0);
        let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(csv.as_bytes()).records().map(Result::unwrap).collect();
        for (bar, row) in bars.iter().zip(&rows) {
            let cells = ["path", "label", "from", "to"].map(|key| bar[key].as_str().unwrap().to_owned());
            let counts = ["count", "archive"].map(|key| bar[key].to_string());
            assert_eq!(row.iter().collect::<Vec<_>>(), [cells.as_slice(), &counts].concat());
        }
        assert_eq!(rows.iter().map(|row| row[4].parse::<u64>().unwrap()).sum::<u64>(), json["total"].as_u64().unwrap());

        let text = run(&["--by", by], 0);
        assert!(bars.iter().all(|bar| text.contains(bar["label"].as_str().unwrap())), "{text}");
        assert_eq!(text.lines().filter(|line| line.contains('█')).count(), bars.iter().filter(|bar| count(bar) > 0).count(), "{text}");
    }
    run(&["--province", "Lai Châu", "--year", "1999"], 1);
}

#[test]
fn inspect_writes_whole_articles() {
    let text = stdout(&repository(), &["inspect", "corpus"], 0);
    let first: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    insta::with_settings!({ snapshot_path => "../golden", prepend_module_to_snapshot => false }, {
        insta::assert_json_snapshot!("inspected_article", first);
    });
    for line in text.lines() {
        let article: Value = serde_json::from_str(line).unwrap();
        let body = article["body"].as_str().unwrap();
        for evidence in article["evidence"].as_array().unwrap() {
            let span = evidence["start"].as_u64().unwrap() as usize..evidence["end"].as_u64().unwrap() as usize;
            let field = match evidence["field"].as_str().unwrap() {
                "body" => body,
                "title" => article["title"].as_str().unwrap(),
                _ => continue,
            };
            assert_eq!(field.get(span), evidence["quote"].as_str(), "{}: {evidence}", article["key"]);
        }
    }
}

#[test]
fn tokenize_gives_a_line_for_a_line() {
    let text = "Tỉnh Ninh Bình đẩy mạnh thanh tra.\nchuyển đổi số\n\nNghị quyết 57-NQ/TW\n";
    let output = String::from_utf8(fed(&repository(), &["tokenize"], text).stdout).unwrap();
    let lines: Vec<&str> = output.lines().collect();
    assert_eq!(lines, ["Tỉnh Ninh_Bình đẩy_mạnh thanh_tra .", "chuyển_đổi_số", "", "Nghị_quyết 57-NQ/TW"]);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let (_index, dir) = corpus_index();
    let mut child = start(&repository(), &["search", "--limit", "all", "--format", "json", "--index", &dir]);
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn every_skip_is_counted_by_reason_and_listed_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("archive");
    std::fs::create_dir(&archive).unwrap();
    for (name, bytes) in [
        ("empty.txt", b"".as_slice()),
        ("picture.png", b"\x89PNG"),
        ("binary.txt", b"\0\x01\x02\0\0\x03\0\xff\0\0"),
        ("broken.json", b"{\"title\":"),
        ("broken.txt.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03 nonsense"),
        ("good.txt", "Tin mẫu\nTỉnh Sơn La tổ chức hội nghị tổng kết, theo bài viết hư cấu này.".as_bytes()),
    ] {
        std::fs::write(archive.join(name), bytes).unwrap();
    }
    let text = stdout(folder.path(), &["index", "archive", "--verbose"], 0);
    assert!(text.contains("1 articles in the index"), "{text}");
    for expected in ["empty 1", "unknown_format 1", "binary 1", "broken 2", "empty.txt", "picture.png", "broken.txt.gz"] {
        assert!(text.contains(expected), "{expected} is missing in\n{text}");
    }
}
