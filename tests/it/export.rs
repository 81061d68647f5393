//! `tracuu export`: every hit in every form, long tables that fit each other, whole or not at all.

use crate::harness::{TestIndex, corpus_index, csv_rows, stdout, tracuu};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const TABLES: [&str; 5] = ["articles", "dates", "provinces", "officials", "evidence"];

/// A table of an export: its header and its rows.
type Rows = (Vec<String>, Vec<Vec<String>>);

fn export(folder: &Path, index: &str, arguments: &[&str], code: i32) -> String {
    stdout(folder, &[&["export", "--index", index], arguments].concat(), code)
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn tables(dir: &Path) -> BTreeMap<&'static str, Rows> {
    TABLES.map(|name| (name, csv_rows(&fs::read_to_string(dir.join(format!("{name}.csv"))).unwrap()))).into_iter().collect()
}

/// The values of a column.
fn column<'t>((header, rows): &'t Rows, name: &str) -> Vec<&'t str> {
    let at = header.iter().position(|column| column == name).unwrap_or_else(|| panic!("no column {name:?} in {header:?}"));
    rows.iter().map(|row| &*row[at]).collect()
}

#[test]
fn every_form_holds_what_search_finds_and_says_of_what_it_is() {
    let (_index, index) = corpus_index();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let asked: [&[&str]; 8] = [
        &[],
        &["chuyển đổi số"],
        &["chuyen doi so", "--sort", "oldest"],
        &["đất OR nước", "--province", "Lâm Đồng", "--boundaries", "as-written"],
        &["--year", "2024", "--not", "province:national"],
        &["hội nghị", "--from", "2024-03", "--to", "2024-09", "--precise"],
        &["lãnh đạo", "--collapse", "--sort", "newest"],
        &["không nơi nào có từ nàyy"],
    ];
    let mut all = 0;
    for (number, asked) in asked.iter().enumerate() {
        for (format, ending) in [("csv", "csv"), ("jsonl", "jsonl"), ("ris", "ris"), ("bibtex", "bib"), ("csl-json", "json")] {
            let search = [&["search", "--index", &index, "--limit", "all", "--format", format], *asked].concat();
            let found = tracuu(folder, &search);
            let code = found.status.code().unwrap();
            let file = format!("{number}.{ending}");
            export(folder, &index, &[*asked, &["--out", &file, "--format", format]].concat(), code);
            assert_eq!(fs::read(folder.join(&file)).unwrap(), found.stdout, "{search:?}");

            let totals: Value =
                serde_json::from_str(&stdout(folder, &[&search[..5], &["--format", "json"], *asked].concat(), code)).unwrap();
            let sidecar = json(&folder.join(format!("{file}.meta.json")));
            let total = &totals[if asked.contains(&"--collapse") { "total_stories" } else { "total" }];
            assert_eq!(&sidecar["files"][0]["rows"], total, "{search:?}");
            assert_eq!(sidecar["files"][0]["bytes"], found.stdout.len());
            assert_eq!(
                [&sidecar["total"], &sidecar["index"], &sidecar["filters"]],
                [&totals["total"], &totals["index"], &totals["filters"]]
            );
            assert_eq!(sidecar["query"]["canonical"], totals["query"]["canonical"]);
            let rows = match format {
                "csv" => csv_rows(&String::from_utf8(found.stdout).unwrap()).1.len(),
                "jsonl" => found.stdout.iter().filter(|byte| **byte == b'\n').count(),
                _ => continue,
            };
            assert_eq!(rows.to_string(), total.to_string(), "{search:?}");
            all += rows;
        }
    }
    assert!(all > 200, "{all}");
}

#[test]
fn long_tables_fit_each_other_and_what_is_said_of_them() {
    let (_index, index) = corpus_index();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    export(folder, &index, &["--tables", "bytes"], 0);
    export(folder, &index, &["--tables", "characters", "--offsets", "char"], 0);
    let (bytes, characters) = (tables(&folder.join("bytes")), tables(&folder.join("characters")));

    let ids = column(&bytes["articles"], "id");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    let total: Value =
        serde_json::from_str(&stdout(folder, &["search", "--index", &index, "--format", "json", "--limit", "0"], 0)).unwrap();
    assert_eq!([ids.len().to_string(), known.len().to_string()], [total["total"].to_string(), total["total"].to_string()]);
    for table in TABLES {
        assert!(column(&bytes[table], "id").iter().all(|id| known.contains(id)) && !bytes[table].1.is_empty(), "{table}");
    }

    // What stands in the tables is what the article says.
    let count = |table: &str, id: &str| column(&bytes[table], "id").iter().filter(|other| **other == id).count();
    for id in ids.iter().step_by(7) {
        let article: Value = serde_json::from_str(&stdout(folder, &["show", id, "--json", "--index", &index], 0)).unwrap();
        let of = |value: &Value| value.as_array().unwrap().len();
        let units = |list: &str| {
            let units = article["provinces"][list].as_array().unwrap();
            units.iter().map(|unit| 1 + of(&unit["places"])).sum::<usize>()
        };
        assert_eq!(count("provinces", id), units("about") + units("mentioned"), "{id}");
        assert_eq!(count("evidence", id), of(&article["evidence"]), "{id}");
        let people = ["officials", "foreign_officials"].map(|list| article[list].as_array().unwrap().clone()).concat();
        assert_eq!(count("officials", id), people.iter().map(|person| of(&person["posts"]).max(1)).sum::<usize>(), "{id}");
    }

    // Spans lead to the words that stand there, counted either way.
    let (mut checked, mut unlike) = (0, 0);
    let titles_and_bodies: BTreeMap<&str, [&str; 2]> = ids
        .iter()
        .copied()
        .zip(column(&bytes["articles"], "title").into_iter().zip(column(&bytes["articles"], "body")).map(|(t, b)| [t, b]))
        .collect();
    let spans = |tables: &BTreeMap<&'static str, Rows>| -> Vec<(String, String)> {
        let evidence = &tables["evidence"];
        column(evidence, "start").into_iter().zip(column(evidence, "end")).map(|(start, end)| (start.to_owned(), end.to_owned())).collect()
    };
    let evidence = &bytes["evidence"];
    let rows = column(evidence, "id").into_iter().zip(column(evidence, "field")).zip(column(evidence, "quote"));
    for (((id, field), quote), (in_bytes, in_characters)) in rows.zip(spans(&bytes).into_iter().zip(spans(&characters))) {
        let text = match field {
            "title" => titles_and_bodies[id][0],
            "body" => titles_and_bodies[id][1],
            "source" => continue,
            _ => {
                assert_eq!(in_characters, (String::new(), String::new()), "{field} is not kept");
                continue;
            }
        };
        let number = |text: &str| text.parse::<usize>().unwrap();
        let (start, end) = (number(&in_characters.0), number(&in_characters.1));
        assert_eq!(&text[number(&in_bytes.0)..number(&in_bytes.1)], quote);
        assert_eq!(text.chars().skip(start).take(end - start).collect::<String>(), quote);
        checked += 1;
        unlike += usize::from(in_bytes != in_characters);
    }
    assert!(checked > 100 && unlike > 50, "{checked} {unlike}");

    // Codebook and data package have the same columns as the files, and what stands in them is of the type that they say.
    let package = json(&folder.join("bytes/datapackage.json"));
    let codebook = fs::read_to_string(folder.join("bytes/codebook.md")).unwrap();
    for (resource, name) in package["resources"].as_array().unwrap().iter().zip(TABLES) {
        let table = &bytes[name];
        assert_eq!([&resource["name"], &resource["rows"]], [&Value::from(name), &Value::from(table.1.len())]);
        assert_eq!(resource["bytes"], fs::metadata(folder.join("bytes").join(resource["path"].as_str().unwrap())).unwrap().len());
        let fields = resource["schema"]["fields"].as_array().unwrap();
        assert_eq!(fields.iter().map(|field| field["name"].as_str().unwrap()).collect::<Vec<_>>(), table.0);
        let chapter = codebook.split("\n## ").find(|chapter| chapter.starts_with(name)).unwrap();
        let lines: Vec<&str> = chapter.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
        assert_eq!(lines, table.0);
        for field in fields {
            let is_one = |value: &str| match field["type"].as_str().unwrap() {
                "integer" => value.parse::<u64>().is_ok(),
                "number" => value.parse::<f64>().is_ok(),
                "boolean" => ["true", "false"].contains(&value),
                "date" => value.len() == 10 && value.parse::<jiff::civil::Date>().is_ok(),
                _ => match field["constraints"]["enum"].as_array() {
                    Some(values) => values.iter().any(|one| one == value),
                    None => true,
                },
            };
            let name = field["name"].as_str().unwrap();
            let wrong = column(table, name).into_iter().find(|value| !value.is_empty() && !is_one(value));
            assert_eq!(wrong, None, "{field}");
        }
    }
}

#[test]
fn fields_are_chosen_and_spans_of_lines_are_counted_in_characters() {
    let (_index, index) = corpus_index();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    export(folder, &index, &["-o", "a.csv", "--fields", "title,id,body"], 0);
    let (header, rows) = csv_rows(&fs::read_to_string(folder.join("a.csv")).unwrap());
    assert_eq!(header, ["title", "id", "body"]);
    assert!(rows.iter().any(|row| row[2].contains('\n')), "texts are not changed");

    export(folder, &index, &["chuyển đổi số", "-o", "a.jsonl", "--fields", "id,rank,certain,url,snippet,citation,year"], 0);
    let lines = fs::read_to_string(folder.join("a.jsonl")).unwrap();
    let first: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert!(lines.starts_with("{\"id\":\""), "in the order given");
    assert!(first["rank"] == 1 && first["certain"] == true && first["citation"].as_str().unwrap().contains(first["id"].as_str().unwrap()));
    assert!(first["snippet"].as_str().unwrap().to_lowercase().contains("chuyển đổi số"), "{first}");

    let mentions = |file: &str, more: &[&str]| -> Vec<(Value, Value)> {
        export(folder, &index, &[&["--out", file], more].concat(), 0);
        let text = fs::read_to_string(folder.join(file)).unwrap();
        let hits = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        hits.map(|hit| (hit["id"].clone(), hit["officials"].clone())).collect()
    };
    let (bytes, characters) = (mentions("b.jsonl", &[]), mentions("c.jsonl", &["--offsets", "char"]));
    let mut people = 0;
    for ((id, in_bytes), (_, in_characters)) in bytes.into_iter().zip(characters) {
        let body = rows.iter().find(|row| row[1] == id.as_str().unwrap()).map(|row| row[2].clone()).unwrap();
        for (one, other) in in_bytes.as_array().unwrap().iter().zip(in_characters.as_array().unwrap()) {
            for (span, other) in one["mentions"].as_array().unwrap().iter().zip(other["mentions"].as_array().unwrap()) {
                let at = |span: &Value, end: usize| span[end].as_u64().unwrap() as usize;
                let text: String = body.chars().skip(at(other, 0)).take(at(other, 1) - at(other, 0)).collect();
                assert_eq!(body[at(span, 0)..at(span, 1)], text);
                people += 1;
            }
        }
    }
    assert!(people > 30, "{people}");
}

#[test]
fn a_spreadsheet_carries_nothing_out() {
    let index = TestIndex::new();
    let archive = index.archive();
    let record = |title: &str| serde_json::json!({"title": title, "text": "-1+1 là chuyện giả. Xã mẫu họp bàn."}).to_string();
    let titles = ["=HYPERLINK(\"http://mau.example\")", "+84 là đầu số", "@mau", "Họp bàn", "－1"];
    fs::write(archive.join("a.jsonl"), titles.map(record).join("\n")).unwrap();
    index.ingest(&[archive], &Default::default());
    let dir = index.dir().to_str().unwrap().to_owned();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    export(folder, &dir, &["-o", "a.csv", "--excel", "--fields", "title,body,copies"], 0);
    let text = fs::read_to_string(folder.join("a.csv")).unwrap();
    let (header, rows) = csv_rows(text.strip_prefix('\u{feff}').unwrap());
    assert_eq!(header[0], "title");
    let shown: BTreeSet<&str> = rows.iter().map(|row| &*row[0]).collect();
    let safe: BTreeSet<String> =
        titles.iter().map(|title| if *title == "Họp bàn" { (*title).to_owned() } else { format!("'{title}") }).collect();
    assert_eq!(shown, safe.iter().map(String::as_str).collect());
    assert!(rows.iter().all(|row| row[1].starts_with("'-1+1") && !row[2].starts_with('\'')), "{rows:?}");

    export(folder, &dir, &["--tables", "a", "--excel"], 0);
    for table in TABLES {
        assert!(fs::read_to_string(folder.join("a").join(format!("{table}.csv"))).unwrap().starts_with('\u{feff}'), "{table}");
    }
}

#[test]
fn nothing_is_written_over_and_nothing_is_left_behind() {
    let (_index, index) = corpus_index();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("mine.csv"), "mine").unwrap();
    fs::write(folder.join("b.csv.meta.json"), "mine").unwrap();
    fs::create_dir(folder.join("mine")).unwrap();
    fs::write(folder.join("mine/notes.txt"), "mine").unwrap();
    fs::create_dir(folder.join("empty")).unwrap();
    let listed = || {
        let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    let before = listed();
    let cases: [(&[&str], &str); 15] = [
        (&[], "--out <FILE>"),
        (&["-o", "mine.csv"], "mine.csv is there already; give another name, or --force"),
        (&["-o", "b.csv"], "b.csv.meta.json is there already"),
        (&["-o", "mine", "--format", "csv", "--force"], "mine is there already; give another name"),
        (&["-o", "a.txt"], "its ending says no format"),
        (&["-o", "a.csv", "--fields", "id,titel"], "there is no field \"titel\"; there are rank, score"),
        (&["-o", "a.csv", "--fields", "id,id"], "given twice"),
        (&["-o", "a.ris", "--fields", "id"], "ris has no fields to choose from"),
        (&["-o", "a.jsonl", "--excel"], "not for spreadsheets"),
        (&["-o", "a.bib", "--offsets", "char"], "has no spans"),
        (&["-o", "nowhere/a.csv"], "nowhere: no such folder"),
        (&["-o", "-"], "standard output has no file beside it"),
        (&["--tables", "mine", "--force"], "mine holds other files (notes.txt)"),
        (&["-o", "a.csv", "--province", "Nơi Không Có"], "Nơi Không Có"),
        (&["--tables", "a", "--year", "hôm qua"], "is no year"),
    ];
    for (arguments, says) in cases {
        let output = tracuu(folder, &[&["export", "--index", &index], arguments].concat());
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && told.contains(says), "{arguments:?}: {told}");
    }
    assert_eq!(listed(), before);

    for (arguments, again) in [(["--tables", "empty"], ["--tables", "empty"]), (["-o", "a.csv"], ["-o", "a.csv"])] {
        export(folder, &index, &arguments, 0);
        assert_eq!(tracuu(folder, &[&["export", "--index", &index], &again[..]].concat()).status.code(), Some(2));
        export(folder, &index, &[&["đất", "--force"], &again[..]].concat(), 0);
    }
    let rows = csv_rows(&fs::read_to_string(folder.join("a.csv")).unwrap()).1.len();
    assert_eq!(json(&folder.join("a.csv.meta.json"))["files"][0]["rows"], rows);
    assert_eq!(json(&folder.join("empty/export.meta.json"))["files"][0]["rows"], rows);
    assert_eq!(listed(), ["a.csv", "a.csv.meta.json", "b.csv.meta.json", "empty", "mine", "mine.csv"]);
    #[cfg(unix)]
    for path in ["a.csv", "empty", "empty/articles.csv"] {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        let others = if path == "empty" { folder.join("mine") } else { folder.join("mine.csv") };
        assert_eq!(mode(&folder.join(path)), mode(&others), "{path}");
    }
    // A link stays, and what it leads to is replaced.
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink("a.csv", folder.join("link.csv")).unwrap();
        symlink("nothing.csv", folder.join("lost.csv")).unwrap();
        export(folder, &index, &["-o", "link.csv", "--force"], 0);
        assert!(folder.join("link.csv").is_symlink() && csv_rows(&fs::read_to_string(folder.join("a.csv")).unwrap()).1.len() > rows);
        assert_eq!(tracuu(folder, &["export", "--index", &index, "-o", "lost.csv"]).status.code(), Some(2));
        assert!(folder.join("lost.csv").is_symlink() && !folder.join("nothing.csv").exists());
    }
}

#[test]
fn tables_trends_posts_and_people_are_files_with_what_they_are_of() {
    let (_index, index) = corpus_index();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let run = |arguments: &[&str], code| stdout(folder, &[arguments, &["--index", &index]].concat(), code);
    let cases: [(&[&str], &str, &str); 8] = [
        (&["table", "--query", "số", "--query", "đất", "--rows", "province", "--columns", "year"], "a.csv", "table"),
        (&["table", "số", "--rows", "province", "--columns", "year", "--top", "3"], "b.svg", "table"),
        (&["table", "số", "--rows", "province", "--columns", "year", "--year", "2024"], "c.json", "table"),
        (&["trend", "--query", "số", "--query", "đất"], "d.csv", "trend"),
        (&["trend", "số"], "e.text", "trend"),
        (&["posts", "--role", "Bí thư Tỉnh ủy"], "f.csv", "posts"),
        (&["people", "số"], "g.csv", "people"),
        (&["people", "--suggest"], "h.csv", "suggestions"),
    ];
    for (arguments, file, answer) in cases {
        let output = tracuu(folder, &[arguments, &["--index", &index, "--out", file]].concat());
        let code = output.status.code().unwrap();
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(code < 2 && output.stdout.is_empty() && message.contains(&format!("→ {file} (")), "{arguments:?}: {message}");
        let (_, format) = file.split_once('.').unwrap();
        let timed = |text: &str| text.lines().filter(|line| !line.contains("elapsed_ms")).map(str::to_owned).collect::<Vec<_>>();
        let printed = run(&[arguments, &["--format", format]].concat(), code);
        let written = fs::read_to_string(folder.join(file)).unwrap();
        assert_eq!(timed(&written), timed(&printed), "{arguments:?}");
        let told = json(&folder.join(format!("{file}.meta.json")));
        assert_eq!((&told["answer"], &told["format"], &told["files"][0]["path"]), (&answer.into(), &format.into(), &file.into()));
        assert_eq!(told["files"][0]["bytes"], written.len());
        for query in told["queries"].as_array().unwrap() {
            let typed = query["query"]["typed"].as_str().unwrap();
            let filters: &[&str] = if file == "c.json" {
                &["--year", "2024"]
            } else if file == "f.csv" {
                &["--role", "Bí thư Tỉnh ủy"]
            } else {
                &[]
            };
            let answer = run(&[&["search", typed, "--format", "json"], filters].concat(), 0);
            let found: Value = serde_json::from_str(&answer).unwrap();
            assert_eq!((&query["total"], &told["index"]), (&found["total"], &found["index"]), "{arguments:?}");
        }
        // Nothing is written over, and what is refused leaves nothing.
        assert_eq!(tracuu(folder, &[arguments, &["--index", &index, "--out", file]].concat()).status.code(), Some(2));
        assert_eq!(tracuu(folder, &[arguments, &["--index", &index, "--out", file, "--force"]].concat()).status.code(), Some(code));
    }
    let queries = json(&folder.join("a.csv.meta.json"))["queries"].as_array().unwrap().len();
    assert_eq!((queries, fs::read_dir(folder).unwrap().count()), (2, 16));
    for wrong in [["--out", "a.xyz"], ["--out", "nowhere/a.csv"], ["--out", "-"]] {
        run(&[&["trend", "số"], &wrong[..]].concat(), 2);
    }
    run(&["trend", "số", "--format", "json", "--excel"], 2);
    run(&["trend", "số", "--force"], 2);
    assert_eq!(fs::read_dir(folder).unwrap().count(), 16);
}

#[test]
fn what_was_exported_into_an_archive_is_no_article() {
    let index = TestIndex::of(&[crate::harness::repository().join("corpus/bao-mau")]);
    let dir = index.dir().to_str().unwrap().to_owned();
    let archive = &*index.archive();
    fs::write(archive.join("a.txt"), "Chợ đêm mở lại\nNgày 15/6/2023, chợ đêm Sơn La mở lại. (Bài hư cấu.)\n").unwrap();
    export(archive, &dir, &["-o", "bai.csv"], 0);
    export(archive, &dir, &["-o", "bai.jsonl"], 0);
    export(archive, &dir, &["--tables", "bang"], 0);
    let own = TestIndex::of(&[archive.to_owned()]);
    let found: Value =
        serde_json::from_str(&stdout(archive, &["search", "--index", own.dir().to_str().unwrap(), "--format", "json"], 0)).unwrap();
    assert_eq!(found["total"], 1);
    let stats = stdout(archive, &["stats", "--index", own.dir().to_str().unwrap()], 0);
    assert!(stats.contains("own_output 12"), "{stats}");
}
