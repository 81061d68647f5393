//! Whole files, packed and damaged, through [`read_file`].

use super::*;
use crate::article::{Content, Hash128};
use crate::dice::Dice;
use std::io::Write;

const LINES: &str = "{\"id\": 1, \"body\": \"Họp ở Lai Châu.\"}\n\n{\"id\": 2,\r\n{\"id\": \"3\", \"text\": \"a\u{2028}b\"}\r\n";

fn read(name: &str, bytes: &[u8], limits: Limits) -> Vec<Result<RawArticle, Skip>> {
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join(name), bytes).unwrap();
    let (mut found, options) = (Vec::new(), ReadOptions { limits, ..ReadOptions::default() });
    for file in walk(root.path()).files {
        read_file(&file, &options, &mut |record| {
            found.push(record);
            ControlFlow::Continue(())
        });
    }
    found
}

/// `id@offset` of an article, or `reason#record` of a skip.
fn summary(found: &[Result<RawArticle, Skip>]) -> Vec<String> {
    let one = |record: &Result<RawArticle, Skip>| match record {
        Ok(article) => format!("{}@{}", article.key.as_deref().unwrap_or("-"), article.origin.byte_offset),
        Err(skip) => format!("{}#{}", skip.reason, skip.record.map_or("-".to_owned(), |record| record.to_string())),
    };
    found.iter().map(one).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

#[test]
fn a_bad_line_is_skipped_and_the_rest_goes_on() {
    let found = read("a.jsonl", LINES.as_bytes(), Limits::default());
    let third = LINES.find("{\"id\": \"3\"").unwrap();
    assert_eq!(summary(&found), ["1@0", "broken#2", &format!("3@{third}")]);
    let third = found[2].as_ref().unwrap();
    assert_eq!(third.content, Content::Body("a\u{2028}b".into()));
    assert_eq!(third.origin.raw_hash, Hash128::of(["{\"id\": \"3\", \"text\": \"a\u{2028}b\"}".as_bytes()]));
}

#[test]
fn packed_files_read_like_plain_ones() {
    let plain = summary(&read("a.jsonl", LINES.as_bytes(), Limits::default()));
    let halves = LINES.split_at(20);
    let several = [gzip(halves.0.as_bytes()), gzip(halves.1.as_bytes())].concat();
    assert_eq!(summary(&read("a.jsonl.gz", &several, Limits::default())), plain);
    assert_eq!(summary(&read("a.jsonl.zst", &zstd::encode_all(LINES.as_bytes(), 1).unwrap(), Limits::default())), plain);
}

#[test]
fn records_before_the_damage_are_delivered() {
    let lines: String =
        (0..20_000).map(|id| format!("{{\"id\": {id}, \"body\": \"{}\"}}\n", blake3::hash(&[id as u8, (id >> 8) as u8]))).collect();
    let objects = format!("[{}]", lines.trim_end().replace('\n', ","));
    for (name, packed) in [
        ("a.jsonl.gz", gzip(lines.as_bytes())),
        ("a.jsonl.zst", zstd::encode_all(lines.as_bytes(), 1).unwrap()),
        ("a.json.gz", gzip(objects.as_bytes())),
    ] {
        let found = read(name, &packed[..packed.len() * 2 / 3], Limits::default());
        let (last, before) = found.split_last().unwrap();
        assert_eq!(last.as_ref().unwrap_err().reason, SkipReason::Broken, "{name}");
        assert!(before.len() > 5_000 && before.iter().all(Result::is_ok), "{name}: {}", before.len());
    }
    let text = gzip("Họp ở Lai Châu. ".repeat(500).as_bytes());
    assert_eq!(summary(&read("a.txt.gz", &text[..text.len() / 2], Limits::default())), ["broken#-"]);
}

#[test]
fn what_is_too_long_is_not_read_to_its_end() {
    let limits = Limits { max_file_bytes: 1000, max_record_bytes: 40, ..Limits::default() };
    let bomb = vec![b'a'; 5_000_000];
    assert_eq!(summary(&read("a.txt.gz", &gzip(&bomb), limits)), ["oversized#-"]);
    assert_eq!(summary(&read("a.html.zst", &zstd::encode_all(&bomb[..], 1).unwrap(), limits)), ["oversized#-"]);
    let lines = [b"{\"id\": 1, \"text\": \"a\"}\n", &bomb[..], b"\n{\"id\": 3, \"text\": \"b\"}"].concat();
    assert_eq!(summary(&read("a.jsonl.gz", &gzip(&lines), limits)), ["1@0", "oversized#1", "3@5000024"]);
}

#[test]
fn every_skip_has_its_reason() {
    let cases: [(&str, &[u8], &str); 10] = [
        ("a.doc", b"x", "unknown_format#-"),
        ("a.txt", b" \r\n", "empty#-"),
        ("a.jsonl", b"\n \n", "empty#-"),
        ("a.html", b"%PDF-1.7", "binary#-"),
        ("a.jsonl", b"\x00\x01\x02", "binary#-"),
        ("a.txt.gz", b"not gzip", "broken#-"),
        ("a.txt.zst", b"not zstd", "broken#-"),
        ("a.json", b"{\"title\": \"a\"", "broken#0"),
        ("a.json", b"[]", "no_text#-"),
        ("a.json", b"{\"x\": 1}", "no_text#0"),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(summary(&read(name, bytes, Limits::default())), [expected], "{name} {bytes:?}");
    }
}

#[test]
fn the_reader_stops_when_told() {
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join("a.jsonl"), "{\"text\": \"a\"}\n".repeat(9)).unwrap();
    let mut calls = 0;
    read_file(&walk(root.path()).files[0], &ReadOptions::default(), &mut |_| {
        calls += 1;
        if calls == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(calls, 2);
}

#[test]
fn damaged_bytes_of_any_kind_cause_no_panic() {
    let mut dice = Dice(7);
    let packed = gzip(LINES.as_bytes());
    for round in 0..300 {
        let (name, mut bytes) = match round % 4 {
            0 => ("a.jsonl.gz", packed.clone()),
            1 => ("a.jsonl", LINES.as_bytes().to_vec()),
            2 => ("a.json", LINES.as_bytes().to_vec()),
            _ => ("a.txt", LINES.as_bytes().to_vec()),
        };
        for _ in 0..1 + dice.roll(4) {
            let at = dice.roll(bytes.len());
            bytes[at] = dice.roll(256) as u8;
        }
        assert!(!read(name, &bytes, Limits::default()).is_empty());
    }
}
