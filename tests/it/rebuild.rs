//! `rebuild`: the index anew from its sources, with its history, or everything as it was.

use crate::harness::{PIPELINE, TestIndex, answers, articles, repository, tracuu};
use crate::worn::{article, copy, everything, files, run, stderr, worn_index, write};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use tracuu::index::Reader;
use tracuu::ingest::IngestOptions;

/// First days by article.
fn first_days(dir: &Path) -> BTreeMap<String, String> {
    let generation = Reader::open(dir, PIPELINE.analyzer.clone()).unwrap().generation().unwrap();
    generation.articles().map(|stored| stored.unwrap()).map(|stored| (stored.article.id.to_string(), stored.first_indexed)).collect()
}

#[test]
fn a_damaged_index_is_built_anew_with_its_history() {
    for damaged in ["idx", "meta.json", ".managed.json"] {
        let index = worn_index();
        let expected = everything(&index.dir()).unwrap();
        let days = first_days(&index.dir());
        let file = files(&index.dir()).into_iter().find(|file| file.to_str().unwrap().ends_with(damaged)).unwrap();
        fs::write(index.dir().join(file), "x").unwrap();
        fs::write(index.dir().join("README.md"), "Of another's.").unwrap();
        assert!(everything(&index.dir()).is_err());
        std::thread::sleep(Duration::from_millis(1_100));
        let output = run(&index.dir(), &["rebuild"]);
        assert_eq!(output.status.code(), Some(0), "{damaged}: {}", stderr(&output));
        let found = everything(&index.dir()).unwrap();
        assert!(found.0 == expected.0, "{damaged}: other answers");
        assert!(found.1 == expected.1, "{damaged}: other articles or versions");
        assert!(found.1.values().any(|stored| !stored.versions.is_empty()), "the edited article keeps its earlier text");
        assert_eq!(first_days(&index.dir()), days, "{damaged}");
        let kept = index.dir().with_file_name("index.damaged-1");
        assert!(kept.is_dir() && String::from_utf8_lossy(&output.stdout).contains("index.damaged-1"));
        assert!(!index.dir().with_file_name("index.rebuild").exists());
        assert!(index.dir().join("README.md").exists());
        assert_eq!(run(&index.dir(), &["check", "--deep"]).status.code(), Some(0));
        assert_eq!(run(&index.dir(), &["rebuild", "--discard"]).status.code(), Some(0));
        assert!(!index.dir().with_file_name("index.damaged-2").exists());
        assert!(everything(&index.dir()).unwrap() == expected);
    }
}

#[test]
fn nothing_is_touched_where_the_archive_is_gone() {
    let index = worn_index();
    let expected = everything(&index.dir()).unwrap();
    let archive = index.archive();
    let aside = archive.with_file_name("aside");
    fs::rename(&archive, &aside).unwrap();
    let output = run(&index.dir(), &["rebuild"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains(archive.to_str().unwrap()) && stderr(&output).contains("nothing was touched"), "{}", stderr(&output));
    // A folder of that name with next to nothing in it: a disk that is not there.
    fs::create_dir(&archive).unwrap();
    write(&archive, "1.txt", &article(1, "nước sạch"));
    let output = run(&index.dir(), &["rebuild"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--force"), "{}", stderr(&output));
    assert!(everything(&index.dir()).unwrap() == expected);
    assert!(!index.dir().with_file_name("index.rebuild").exists());
    for (arguments, message) in [(["--without", "x"], "knows no collection `x`"), (["--index", "/không/có"], "there is no index in")] {
        let output = tracuu(index.dir().parent().unwrap(), &[&["rebuild"], arguments.as_slice()].concat());
        assert!(output.status.code() == Some(2) && stderr(&output).contains(message), "{}", stderr(&output));
    }
}

#[test]
fn a_killed_rebuild_leaves_one_index_whole_and_the_next_one_goes_on() {
    let index = TestIndex::new();
    let corpus = repository().join("corpus");
    index.ingest(std::slice::from_ref(&corpus), &IngestOptions::default());
    let expected = (answers(&index.dir()).unwrap(), articles(&index.dir()).unwrap());
    let start = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tracuu"));
        command.args(["rebuild", "--discard", "--index"]).arg(index.dir()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let began = std::time::Instant::now();
    assert!(start().wait().unwrap().success());
    let duration = began.elapsed();
    let is_right = || (answers(&index.dir()).unwrap(), articles(&index.dir()).unwrap()) == expected;
    for share in [0.2, 0.5, 0.8, 0.9, 0.95, 1.0] {
        let mut run = start();
        std::thread::sleep(duration.mul_f64(share));
        let _ = run.kill();
        let _ = run.wait();
        assert!(is_right(), "killed at {share}");
    }
    // Each state of the swap, as a kill would leave it.
    let beside = index.dir().with_file_name("index.rebuild");
    let aside = index.dir().with_file_name("index.damaged-1");
    assert!(start().wait().unwrap().success());
    let states: [(&str, &dyn Fn()); 4] = [
        ("built, not swapped", &|| copy_marked(&index.dir(), &beside)),
        ("between the two steps", &|| {
            copy_marked(&index.dir(), &beside);
            fs::rename(index.dir(), &aside).unwrap();
        }),
        ("swapped, the old one beside", &|| {
            copy(&index.dir(), &beside);
            File::create(index.dir().join("rebuilt")).unwrap();
        }),
        ("swapped, the mark left", &|| drop(File::create(index.dir().join("rebuilt")).unwrap())),
    ];
    for (state, make) in states {
        make();
        let output = run(&index.dir(), &["rebuild"]);
        assert_eq!(output.status.code(), Some(0), "{state}: {}", stderr(&output));
        assert!(is_right(), "{state}");
        assert!(!beside.exists() && !index.dir().join("rebuilt").exists(), "{state}");
        let _ = fs::remove_dir_all(&aside);
    }
}

fn copy_marked(index: &Path, beside: &Path) {
    copy(index, beside);
    File::create(beside.join("rebuilt")).unwrap();
}
