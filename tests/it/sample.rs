//! `tracuu sample` and `tracuu eval sample`: from a query to a precision.

use crate::harness::{TestIndex, csv_rows, repository, stdout, tracuu};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

#[test]
fn a_sample_is_drawn_coded_and_counted() {
    let index = TestIndex::of(&[repository().join("corpus")]);
    let dir = index.dir().to_str().unwrap().to_owned();
    let run = |arguments: &[&str], code| stdout(&repository(), &[arguments, &["--index", &dir]].concat(), code);
    let draw = |arguments: &[&str]| run(&[&["sample", "số"], arguments].concat(), 0);
    let arguments = ["-n", "9", "--seed", "42", "--by", "province,year"];
    let (header, drawn) = csv_rows(&draw(&arguments));
    assert_eq!(
        header,
        [
            "stratum",
            "province",
            "year",
            "stratum_size",
            "drawn",
            "population",
            "weight",
            "id",
            "date",
            "title",
            "source",
            "url",
            "snippet",
            "relevant",
            "note"
        ]
    );
    assert_eq!(drawn.len(), 9);
    assert!(drawn.iter().all(|row| row[13].is_empty() && row[14].is_empty() && row[12].to_lowercase().contains("số")), "{drawn:?}");
    assert_eq!(draw(&arguments), draw(&arguments));
    assert_ne!(draw(&arguments), draw(&["-n", "9", "--seed", "43", "--by", "province,year"]));

    // All of it: what search exports, each article once.
    let ids = |rows: &[Vec<String>], at: usize| rows.iter().map(|row| row[at].clone()).collect::<BTreeSet<String>>();
    let (header, exported) = csv_rows(&run(&["search", "số", "--limit", "all", "--format", "csv"], 0));
    let (_, all) = csv_rows(&draw(&["-n", "100000", "--by", "year"]));
    let id = header.iter().position(|name| name == "id").unwrap();
    assert_eq!(ids(&all, 6), ids(&exported, id));
    assert_eq!(all.len(), exported.len());
    let (_, stories) = csv_rows(&draw(&["-n", "100000", "--by", "year", "--collapse"]));
    let (_, collapsed) = csv_rows(&run(&["search", "số", "--limit", "all", "--format", "csv", "--collapse"], 0));
    assert_eq!(ids(&stories, 6), ids(&collapsed, id));
    assert!(stories.len() < all.len());

    // Coded by whether the title is long, which a machine can say of every article.
    let coded = |file: &str, code: fn(&str) -> &'static str| {
        let path = index.archive().join(file);
        let (header, rows) = csv_rows(&draw(&["-n", "12", "--by", "year", "--code", "long"]));
        let mut writer = csv::Writer::from_path(&path).unwrap();
        writer.write_record(&header).unwrap();
        for mut row in rows {
            *row.last_mut().unwrap() = code(&row[8]).to_owned();
            writer.write_record(&row).unwrap();
        }
        writer.flush().unwrap();
        path.to_str().unwrap().to_owned()
    };
    let file = coded("coded.csv", |title| if title.chars().count() > 60 { "Có" } else { "không" });
    let score: Value =
        serde_json::from_str(&stdout(&repository(), &["eval", "sample", &file, "--code", "long", "--format", "json"], 0)).unwrap();
    assert_eq!((score["drawn"].as_u64(), score["coded"].as_u64(), score["uncoded"].as_u64()), (Some(12), Some(12), Some(0)));
    assert_eq!(score["articles"].as_u64(), Some(all.len() as u64));
    let [precision, low, high] = ["precision", "low", "high"].map(|end| score["overall"][end].as_f64().unwrap());
    let truth = all.iter().filter(|row| row[8].chars().count() > 60).count() as f64 / all.len() as f64;
    assert!(0.0 <= low && low <= precision && precision <= high && high <= 1.0 && low <= truth && truth <= high, "{truth} {score}");
    let text = stdout(&repository(), &["eval", "sample", &file, "--code", "long"], 0);
    assert!(text.contains(&format!("precision {:.1} %", precision * 100.0)), "{text}");

    // Of whole strata no row is left: what the estimate holds for is said.
    let (header, rows) = csv_rows(&fs::read_to_string(&file).unwrap());
    let kept: Vec<&Vec<String>> = rows.iter().filter(|row| row[0] == rows[0][0]).collect();
    let mut writer = csv::Writer::from_path(index.archive().join("cut.csv")).unwrap();
    writer.write_record(&header).unwrap();
    kept.iter().for_each(|row| writer.write_record(*row).unwrap());
    drop(writer);
    let cut = index.archive().join("cut.csv").to_str().unwrap().to_owned();
    let text = stdout(&repository(), &["eval", "sample", &cut, "--code", "long"], 0);
    let (size, lost) = (kept[0][2].parse::<usize>().unwrap(), all.len());
    assert!(text.contains(&format!("{} articles stand in strata without a coded row", lost - size)), "{text}");

    // As a file, with what it is of beside it; a spreadsheet's is read back like any other.
    let path = index.archive().join("mau.csv").to_str().unwrap().to_owned();
    run(&["sample", "số", "-n", "9", "--seed", "42", "--by", "province,year", "--excel", "--out", &path], 0);
    let written = fs::read_to_string(&path).unwrap();
    assert_eq!(csv_rows(written.strip_prefix('\u{feff}').unwrap()), (csv_rows(&draw(&arguments))));
    let told: Value = serde_json::from_str(&fs::read_to_string(format!("{path}.meta.json")).unwrap()).unwrap();
    assert_eq!((&told["answer"], &told["wanted"]["seed"], &told["excel"]), (&"sample".into(), &42.into(), &true.into()));
    assert_eq!(told["queries"][0]["total"], all.len());
    assert_eq!(told["wanted"]["strata"].as_array().unwrap().iter().map(|stratum| stratum["drawn"].as_u64().unwrap()).sum::<u64>(), 9);
    assert_eq!(told["files"][0]["bytes"], written.len());
    stdout(&repository(), &["eval", "sample", &path], 0);

    let refused = |file: &str, expected: &str| {
        let output = tracuu(&repository(), &["eval", "sample", file, "--code", "long"]);
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && message.contains(expected), "{message}");
    };
    refused(&coded("wrong.csv", |_| "chắc vậy"), "row 2: \"chắc vậy\" is neither yes nor no");
    let empty = coded("empty.csv", |_| "");
    assert!(stdout(&repository(), &["eval", "sample", &empty, "--code", "long"], 0).contains("none of 12 rows is coded yet"));

    run(&["sample", "xyzzyxyzzy", "-n", "5"], 1);
    run(&["sample", "số"], 2);
    run(&["sample", "số", "-n", "5", "--per-stratum", "2"], 2);
    run(&["sample", "số", "-n", "5", "--code", "title"], 2);
}

#[test]
fn the_sample_of_a_seed_is_what_it_was() {
    let index = TestIndex::of(&[repository().join("corpus")]);
    let dir = index.dir().to_str().unwrap().to_owned();
    let sample = |arguments: &[&str]| stdout(&repository(), &[&["sample", "chuyển đổi số", "--index", &dir], arguments].concat(), 0);
    insta::with_settings!({ snapshot_path => "../golden", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("sample", sample(&["--per-stratum", "1", "--seed", "42", "--by", "year", "--code", "relevant"]));
    });
}
