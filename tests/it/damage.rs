//! A damaged index, or one of another version: told with what to do, never another answer.

use crate::harness::{PIPELINE, TestIndex, answers, articles};
use crate::worn::{article, copy, everything, files, run, stderr, worn_index, write};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tracuu::article::Hash128;
use tracuu::index::WriterOptions;
use tracuu::ingest::{IngestOptions, ingest};

/// Each way in which a file is damaged, with its name.
fn damages(whole: &[u8]) -> Vec<(String, Vec<u8>)> {
    const REGIONS: usize = 20;
    let lengths = [0, whole.len() / 2, whole.len().saturating_sub(1)];
    let truncated = lengths.into_iter().map(|length| (format!("cut to {length}"), whole[..length].to_vec()));
    let flipped = (0..REGIONS.min(whole.len())).flat_map(|region| {
        let at = (region * whole.len() + whole.len() / 2) / REGIONS.min(whole.len());
        [1_u8, 0x80].map(|bit| {
            let mut bytes = whole.to_vec();
            bytes[at.min(whole.len() - 1)] ^= bit;
            (format!("bit {bit:#x} of byte {at} flipped"), bytes)
        })
    });
    truncated.chain(flipped).filter(|(_, bytes)| bytes != whole).collect()
}

#[test]
fn a_damaged_index_gives_an_error_or_the_right_answer() {
    let index = worn_index();
    let pristine = index.dir();
    let expected = everything(&pristine).unwrap();
    let (archive, folder) = (index.archive(), tempfile::tempdir().unwrap());
    let (mut damaged, mut harmless) = (0, 0);
    for (number, file) in files(&pristine).into_iter().enumerate() {
        let whole = fs::read(pristine.join(&file)).unwrap();
        for (damage, bytes) in damages(&whole) {
            let what = format!("{}: {damage}", file.display());
            let dir = folder.path().join(format!("index-{number}-{damaged}-{harmless}"));
            copy(&pristine, &dir);
            fs::write(dir.join(&file), &bytes).unwrap();
            let found = catch_unwind(AssertUnwindSafe(|| everything(&dir))).unwrap_or_else(|_| panic!("{what}: panic"));
            let written = catch_unwind(AssertUnwindSafe(|| {
                ingest(std::slice::from_ref(&archive), &dir, &PIPELINE, &IngestOptions::default(), &mut |_| {})
            }));
            let written = written.unwrap_or_else(|_| panic!("{what}: panic of the writer"));
            match found {
                Ok(found) => {
                    assert!(found == expected, "{what}: another answer");
                    written.unwrap_or_else(|error| panic!("{what}: can be read, but not written: {error}"));
                    assert!(everything(&dir).unwrap() == expected, "{what}: another answer after the next run");
                    harmless += 1;
                }
                Err(error) => {
                    assert!(error.to_string().contains("rebuild"), "{what}: {error}");
                    match written {
                        Err(error) => assert!(error.to_string().contains("rebuild"), "{what}: {error}"),
                        // The table of near-duplicates is made of the articles, by every run that finds it damaged.
                        Ok(_) => assert!(everything(&dir).unwrap() == expected, "{what}: another answer after the next run"),
                    }
                    damaged += 1;
                }
            }
            fs::remove_dir_all(dir).unwrap();
        }
    }
    println!("{damaged} damages were told, {harmless} changed no answer");
    assert!(damaged > 10 * harmless.min(30), "{damaged} {harmless}");
}

#[test]
fn every_command_tells_damage_and_what_to_do() {
    let index = worn_index();
    let id = articles(&index.dir()).unwrap().into_keys().next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    let archive = index.archive();
    let commands: [&[&str]; 6] =
        [&["search", "nước sạch"], &["index", archive.to_str().unwrap()], &["check"], &["check", "--deep"], &["stats"], &["show", &id]];
    for command in commands {
        let whole = run(&index.dir(), command);
        assert_eq!(whole.status.code(), Some(0), "{command:?}: {}", stderr(&whole));
    }
    for ending in ["store", "meta.json", "del"] {
        let file = files(&index.dir()).into_iter().find(|file| file.to_str().unwrap().ends_with(ending)).unwrap();
        copy(&index.dir(), &dir);
        let mut bytes = fs::read(dir.join(&file)).unwrap();
        bytes.truncate(bytes.len() / 2);
        fs::write(dir.join(&file), bytes).unwrap();
        for command in commands {
            let told = run(&dir, command);
            assert_eq!(told.status.code(), Some(2), "{command:?}, {ending}: {}", stderr(&told));
            let text = stderr(&told);
            assert!(text.contains("damaged") && text.contains("rebuild --index") && text.contains(dir.to_str().unwrap()), "{text}");
        }
        fs::remove_dir_all(&dir).unwrap();
    }
    // What is gone is not taken for what never was.
    copy(&index.dir(), &dir);
    fs::remove_file(dir.join("segments/meta.json")).unwrap();
    let told = run(&dir, &["index", archive.to_str().unwrap()]);
    assert!(told.status.code() == Some(2) && stderr(&told).contains("meta.json is gone"), "{}", stderr(&told));
}

#[test]
fn a_deep_check_finds_postings_that_are_not_those_of_the_text() {
    let one_segment = |word: &str| {
        let index = TestIndex::new();
        let archive = index.archive();
        for number in 0..30 {
            write(&archive, &format!("{number:02}.txt"), &article(number, if number == 7 { word } else { "nước sạch" }));
        }
        let options = IngestOptions { writer: WriterOptions { threads: 1, ..WriterOptions::default() }, ..IngestOptions::default() };
        index.ingest(&[archive], &options);
        index
    };
    let segment = |index: &TestIndex| {
        let store = files(&index.dir()).into_iter().find(|file| file.extension().is_some_and(|ending| ending == "store")).unwrap();
        index.dir().join(store).with_extension("")
    };
    let (index, other) = (one_segment("nước sạch"), one_segment("giá thịt lợn hơi"));
    assert_eq!(run(&index.dir(), &["check", "--deep"]).status.code(), Some(0));
    for endings in [["term", "idx", "pos"].as_slice(), &["fast"], &["fieldnorm"]] {
        for ending in endings {
            fs::copy(segment(&other).with_extension(ending), segment(&index).with_extension(ending)).unwrap();
        }
        // Each file agrees with its checksum.
        let quick = run(&index.dir(), &["check"]);
        assert_eq!(quick.status.code(), Some(0), "{}", stderr(&quick));
        let deep = run(&index.dir(), &["check", "--deep"]);
        assert_eq!(deep.status.code(), Some(2), "{endings:?}");
        assert!(stderr(&deep).contains("are not those of its text"), "{}", stderr(&deep));
        let back = one_segment("nước sạch");
        for ending in endings {
            fs::copy(segment(&back).with_extension(ending), segment(&index).with_extension(ending)).unwrap();
        }
    }
    assert_eq!(run(&index.dir(), &["check", "--deep"]).status.code(), Some(0));
}

#[test]
fn an_index_of_another_version_is_told() {
    let index = worn_index();
    let newest = files(&index.dir()).into_iter().rfind(|file| file.to_str().unwrap().starts_with("manifest-")).unwrap();
    let text = fs::read_to_string(index.dir().join(&newest)).unwrap();
    let meta = fs::read_to_string(index.dir().join("segments/meta.json")).unwrap();
    let payload = serde_json::from_str::<serde_json::Value>(&meta).unwrap()["payload"].as_str().unwrap().to_owned();
    let generation = payload.split(' ').next().unwrap();
    let format = text.split_once("\"format\":").unwrap().1.split(',').next().unwrap().to_owned();
    for (other, names_hash) in [("1", false), ("5", false), ("6", false), ("99", true)] {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("index");
        copy(&index.dir(), &dir);
        let changed = text.replacen(&format!("\"format\":{format}"), &format!("\"format\":{other}"), 1);
        fs::write(dir.join(&newest), &changed).unwrap();
        let hash = Hash128::of([changed.as_bytes()]);
        let name = if names_hash { format!("{generation} {hash}") } else { generation.to_owned() };
        fs::write(dir.join("segments/meta.json"), meta.replace(&payload, &name)).unwrap();
        for command in [["search", "họp"].as_slice(), &["stats"], &["check"], &["index", index.archive().to_str().unwrap()]] {
            let told = run(&dir, command);
            assert_eq!(told.status.code(), Some(2), "{other} {command:?}");
            let said = stderr(&told);
            assert!(said.contains(&format!("has format {other}, this program reads format {format}")), "{said}");
            assert!(said.contains("builds it anew from the archive"), "{said}");
        }
        let rebuilt = run(&dir, &["rebuild"]);
        assert_eq!(rebuilt.status.code(), Some(0), "{}", stderr(&rebuilt));
        assert!(everything(&dir).unwrap().0 == answers(&index.dir()).unwrap());
    }
}
