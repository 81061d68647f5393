//! Whole WARC files, plain, packed and damaged.

use super::*;
use crate::read::{ReadOptions, read_file};
use std::io::Write;

const PAGE: &str = "<html><body><p>Họp ở Lai Châu.</p></body></html>";

fn record(kind: &str, url: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-03-01T02:00:00Z\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(url: &str, status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    record("response", url, &[format!("HTTP/1.1 {status}\r\n{headers}\r\n").as_bytes(), body].concat())
}

fn page(url: &str) -> Vec<u8> {
    response(url, "200 OK", "Content-Type: text/html; charset=utf-8\r\n", PAGE.as_bytes())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn read_warc(name: &str, bytes: &[u8], limits: Limits) -> Vec<Result<RawArticle, Skip>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let mut found = Vec::new();
    read_file(&SourceFile::new(path, name), &ReadOptions { limits, ..ReadOptions::default() }, &mut |record| {
        found.push(record);
        ControlFlow::Continue(())
    });
    found
}

/// The address of an article, or `reason*count` of a skip.
fn summary(found: &[Result<RawArticle, Skip>]) -> Vec<String> {
    let one = |record: &Result<RawArticle, Skip>| match record {
        Ok(article) => article.fields.url.clone().unwrap_or_default(),
        Err(skip) => format!("{}*{}", skip.reason, skip.count),
    };
    found.iter().map(one).collect()
}

#[test]
fn pages_are_read_and_other_records_counted() {
    let chunks = format!("10\r\n{}\r\n{:x};x=y\r\n{}\r\n0\r\n\r\n", &PAGE[..16], PAGE.len() - 16, &PAGE[16..]);
    let older = encoding_rs::WINDOWS_1258.encode("<html><p>Hà Nội</p></html>").0.into_owned();
    let file = [
        record("warcinfo", "", b"software: x\r\n"),
        record("request", "http://a.example/1", b"GET / HTTP/1.1\r\n\r\n"),
        page("http://a.example/1"),
        response("http://a.example/2", "301 Moved", "Location: x\r\n", b""),
        response("http://a.example/3", "404 Not Found", "Content-Type: text/html\r\n", PAGE.as_bytes()),
        response("http://a.example/4.png", "200 OK", "Content-Type: image/png\r\n", b"\x89PNG"),
        response("http://a.example/5", "200 OK", "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n", chunks.as_bytes()),
        response("http://a.example/6", "200 OK", "content-type:text/html\r\nContent-Encoding: gzip\r\n", &gzip(PAGE.as_bytes())),
        response("http://a.example/7", "200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", PAGE.as_bytes()),
        response("http://a.example/8", "200 OK", "Content-Type: text/html; charset=windows-1258\r\n", &older),
        [
            b"WARC/1.1\nwarc-type: resource\nWARC-Target-URI: <http://a.example/9>\nContent-Type: text/html\nContent-Length: 53\n\n"
                .as_slice(),
            PAGE.as_bytes(),
        ]
        .concat(),
    ]
    .concat();
    let expected = [
        "http://a.example/1",
        "http://a.example/5",
        "http://a.example/6",
        "http://a.example/7",
        "http://a.example/8",
        "http://a.example/9",
        "other_record*2",
        "not_html*1",
        "http_status*2",
    ];
    for (name, bytes) in [("a.warc", file.clone()), ("a.warc.gz", gzip(&file)), ("a.warc.zst", zstd::encode_all(&file[..], 1).unwrap())] {
        let found = read_warc(name, &bytes, Limits::default());
        assert_eq!(summary(&found), expected, "{name}");
        let first = found[0].as_ref().unwrap();
        assert_eq!(first.fields.captured.as_deref(), Some("2024-03-01T02:00:00Z"));
        assert_eq!((first.content.text(), first.origin.record), (PAGE, 2));
        assert_eq!(found[1].as_ref().unwrap().content.text(), PAGE);
        assert_eq!(found[4].as_ref().unwrap().origin.charset, "windows-1258");
    }
}

#[test]
fn a_damaged_record_is_a_skip_and_reading_goes_on_behind_it() {
    let (a, b, c) = (page("http://a.example/a"), page("http://a.example/b"), page("http://a.example/c"));
    let length = |bytes: &[u8], length: &str| {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let at = text.find("Content-Length: ").unwrap() + 16;
        let end = at + text[at..].find('\r').unwrap();
        format!("{}{length}{}", &text[..at], &text[end..]).into_bytes()
    };
    let cases: [(&str, Vec<u8>, &[&str]); 7] = [
        ("too long", length(&b, "300"), &["http://a.example/a", "broken*1", "http://a.example/c"]),
        ("far too long", length(&b, "40000"), &["http://a.example/a", "broken*1", "http://a.example/c"]),
        ("beyond the limit", length(&b, "999999999999"), &["http://a.example/a", "oversized*1", "http://a.example/c"]),
        ("too short", length(&b, "20"), &["http://a.example/a", "broken*1", "broken*1", "http://a.example/c"]),
        ("no length", length(&b, "x"), &["http://a.example/a", "broken*1", "broken*1", "http://a.example/c"]),
        ("cut off", b[..b.len() - 20].to_vec(), &["http://a.example/a", "broken*1", "http://a.example/c"]),
        ("noise", b"\x00\xffxyz\n".repeat(9), &["http://a.example/a", "broken*1", "http://a.example/c"]),
    ];
    for (name, damaged, expected) in cases {
        let found = summary(&read_warc("a.warc", &[a.clone(), damaged, c.clone()].concat(), Limits::default()));
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn a_damaged_member_of_a_packed_file_is_a_skip_and_reading_goes_on_behind_it() {
    let pages: Vec<Vec<u8>> = ["a", "b", "c"].iter().map(|name| gzip(&page(&format!("http://a.example/{name}")))).collect();
    let mut flipped = pages[1].clone();
    let middle = flipped.len() / 2;
    flipped[middle..middle + 8].fill(0xff);
    let mut headless = pages[1].clone();
    headless[..4].fill(0);
    for (name, damaged) in [("flipped", flipped), ("cut off", pages[1][..pages[1].len() / 2].to_vec()), ("headless", headless)] {
        let found = summary(&read_warc("a.warc.gz", &[pages[0].clone(), damaged, pages[2].clone()].concat(), Limits::default()));
        assert_eq!(
            (found.first().map(String::as_str), found.last().map(String::as_str)),
            (Some("http://a.example/a"), Some("http://a.example/c")),
            "{name}: {found:?}"
        );
        assert!(found[1..found.len() - 1].iter().all(|skip| skip == "broken*1"), "{name}: {found:?}");
    }
    let found = summary(&read_warc("a.warc.gz", &pages.concat()[..pages[0].len() + 40], Limits::default()));
    assert_eq!(found[0], "http://a.example/a");
    assert!(found.len() > 1 && found[1..].iter().all(|skip| skip == "broken*1"), "{found:?}");
}

#[test]
fn zeros_end_a_packed_file_only_where_nothing_follows() {
    let (a, b) = (gzip(&page("http://a.example/a")), gzip(&page("http://a.example/b")));
    let zeros = vec![0; 400_000];
    let cases: [(&str, Vec<u8>, &[&str]); 4] = [
        ("behind", [&a[..], &b, &zeros].concat(), &["http://a.example/a", "http://a.example/b"]),
        ("between", [&a[..], &zeros, &b].concat(), &["http://a.example/a", "broken*1", "http://a.example/b"]),
        ("before", [&zeros[..], &a, &b].concat(), &["broken*1", "http://a.example/a", "http://a.example/b"]),
        ("alone", zeros.clone(), &["empty*1"]),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(summary(&read_warc("a.warc.gz", &bytes, Limits::default())), expected, "{name}");
    }
}

#[test]
fn a_length_that_reaches_into_a_damaged_member_costs_no_record_in_between() {
    let mut pages: Vec<Vec<u8>> = ["a", "b", "c", "d"].iter().map(|name| page(&format!("http://a.example/{name}"))).collect();
    let lying = String::from_utf8(pages[0].clone()).unwrap().replace("Content-Length: ", "Content-Length: 9");
    pages[0] = lying.into_bytes();
    let mut packed: Vec<Vec<u8>> = pages.iter().map(|page| gzip(page)).collect();
    let end = packed[2].len();
    packed[2][end - 8..].fill(0x55);
    let found = summary(&read_warc("a.warc.gz", &packed.concat(), Limits::default()));
    assert!(found.iter().any(|found| found == "http://a.example/b"), "{found:?}");
    assert_eq!(found.last().map(String::as_str), Some("http://a.example/d"), "{found:?}");
}

#[test]
fn lengths_that_lie_cost_no_more_than_a_few_readings() {
    let began = std::time::Instant::now();
    let one = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 4000000\r\n\r\nx\r\n";
    let found = read_warc("a.warc", &one.repeat(60_000), Limits::default());
    assert_eq!(summary(&found), vec!["broken*1"; 60_000]);
    assert!(began.elapsed().as_secs() < 30, "{:?}", began.elapsed());
}
