//! An index with a history behind it, and what the tests of faults do with it.

use crate::harness::{PIPELINE, TestIndex, answers, articles, tracuu};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use tracuu::index::{Reader, StoredArticle, WriterOptions};
use tracuu::ingest::IngestOptions;

pub fn write(archive: &Path, name: &str, text: &str) {
    fs::write(archive.join(name), text).unwrap();
}

pub fn article(number: usize, word: &str) -> String {
    format!(
        "Lai Châu họp bàn việc số {number}\nNgày {}/3/2024, UBND tỉnh Lai Châu họp bàn {word} tại huyện mẫu số {number}. Bài viết hư cấu.\n",
        number % 28 + 1
    )
}

/// An index of two segments, one with a deleted article, with copies, versions and three manifests behind it.
pub fn worn_index() -> TestIndex {
    let index = TestIndex::new();
    let archive = index.archive();
    for number in 0..12 {
        write(&archive, &format!("{number}.txt"), &article(number, "nước sạch"));
    }
    write(&archive, "ban-sao.jsonl", &format!("{{\"id\":\"x\",\"body\":{:?}}}\n", article(3, "nước sạch").repeat(3)));
    write(&archive, "ban-sao-2.jsonl", &format!("{{\"id\":\"y\",\"body\":{:?}}}\n", article(3, "nước sạch").repeat(3)));
    let options = IngestOptions { writer: WriterOptions { threads: 1, ..WriterOptions::default() }, ..IngestOptions::default() };
    index.ingest(std::slice::from_ref(&archive), &options);
    write(&archive, "5.txt", &article(5, "nông thôn mới"));
    index.ingest(std::slice::from_ref(&archive), &options);
    index
}

pub fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().flatten() {
        let place = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(place).unwrap();
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

pub fn files(index: &Path) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(index).sort_by_file_name().into_iter().flatten().filter(|entry| entry.file_type().is_file());
    files.map(|entry| entry.path().strip_prefix(index).unwrap().to_owned()).collect()
}

/// Runs the binary on an index, whatever comes of it.
pub fn run(index: &Path, arguments: &[&str]) -> Output {
    tracuu(index.parent().unwrap(), &[arguments, &["--index", index.to_str().unwrap()]].concat())
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Everything that a reader can ask an index.
pub fn everything(dir: &Path) -> Result<(Vec<serde_json::Value>, BTreeMap<String, StoredArticle>), tracuu::Error> {
    let generation = Reader::open(dir, PIPELINE.analyzer.clone())?.generation()?;
    generation.field_sizes()?;
    generation.groups()?;
    Ok((answers(dir)?, articles(dir)?))
}
