//! Word and PDF files, through the whole program, and what becomes of parsers that go wrong.

use crate::files::{docx_of, limited, one_file, options, pdf_of, reasons, zip_of};
use crate::harness::TestIndex;
use std::fs;
use tracuu::index::WriterOptions;
use tracuu::ingest::IngestOptions;
use tracuu::read::{Limits, ReadOptions};

#[test]
fn word_documents_are_read() {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let body = paragraph("Ngày 12/3/2024, UBND tỉnh Lai Châu sơ kết chương trình nông thôn mới tại xã mẫu.")
        + "<w:p><w:del><w:r><w:delText>Câu đã xóa.</w:delText></w:r></w:del></w:p>"
        + &paragraph("Bài viết hư cấu.");
    let (articles, skips) = one_file("a.docx", &docx_of(&body, "Lai Châu sơ kết nông thôn mới"), &options());
    let [article] = &articles[..] else { panic!("{skips:?}") };
    assert_eq!((article.title.as_str(), article.title_derived), ("Lai Châu sơ kết nông thôn mới", false));
    assert_eq!(article.body.as_deref().unwrap().lines().count(), 2);
    assert!(!article.body.as_deref().unwrap().contains("xóa"));
    let cases: [(&str, Vec<u8>, &str); 4] = [
        ("a.docx", b"no zip at all".to_vec(), "broken"),
        ("a.docx", zip_of(&[("x.xml", b"<a/>")]), "broken"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "encrypted"),
        ("a.docx", docx_of("", ""), "no_text"),
    ];
    for (name, bytes, reason) in cases {
        let (articles, skips) = one_file(name, &bytes, &options());
        assert!(articles.is_empty());
        assert_eq!(reasons(&skips), [format!("{name} {reason}")]);
    }
    let (_, skips) = one_file("a.docx", &docx_of(&body, ""), &IngestOptions::default());
    assert_eq!(reasons(&skips), ["a.docx unreadable"]);
}

#[test]
fn pdfs_with_text_are_read_and_pictures_told() {
    // Decomposed, as many programs write Vietnamese.
    let lines = [
        "Lai Cha\u{302}u so\u{31b} ke\u{302}\u{301}t no\u{302}ng tho\u{302}n mo\u{31b}\u{301}i",
        "",
        "Ngày 12/3/2024, UBND tỉnh Lai Châu sơ kết chương trình xây dựng",
        "nông thôn mới tại xã mẫu. Bài viết hư cấu.",
    ];
    let (articles, skips) = one_file("a.pdf", &pdf_of(&lines, "Lai Châu sơ kết nông thôn mới"), &options());
    let [article] = &articles[..] else { panic!("{skips:?}") };
    assert_eq!(article.title, "Lai Châu sơ kết nông thôn mới");
    let body = article.body.as_deref().unwrap();
    assert!(body.contains("chương trình xây dựng nông thôn mới tại xã mẫu."), "{body}");
    let (_, skips) = one_file("a.pdf", &pdf_of(&[], "x"), &options());
    assert_eq!(reasons(&skips), ["a.pdf no_text_layer"]);
    let (_, skips) = one_file("a.pdf", b"%PDF-1.4 and nothing else", &options());
    assert_eq!(reasons(&skips), ["a.pdf broken"]);
}

/// What fuzzing found: its parser has no end for such pages.
#[test]
fn a_page_that_is_its_own_parent_is_told() {
    let mut pdf = pdf_of(&["Lai Châu"], "x");
    for (from, to) in [(b"/Parent 2 0 R", b"/Parent 3 0 R"), (b"/MediaBox [0 ", b"/MediaBux [0 ")] {
        let at = pdf.windows(from.len()).position(|window| window == from).unwrap();
        pdf[at..at + to.len()].copy_from_slice(to);
    }
    let (_, skips) = one_file("a.pdf", &pdf, &options());
    assert_eq!((reasons(&skips), skips[0].detail.as_str()), (vec!["a.pdf broken".to_owned()], "a page belongs to itself"));
}

/// A program that parses nothing until it runs twice at the same time.
#[cfg(unix)]
#[test]
fn documents_in_a_row_are_parsed_at_once_and_stay_in_order() {
    use std::os::unix::fs::PermissionsExt;
    let index = TestIndex::new();
    let archive = index.archive();
    for number in 0..5 {
        let lines = [format!("Tài liệu mẫu số {number} của tỉnh Lai Châu về việc nước sạch.")];
        let pdf = pdf_of(&[lines[0].as_str()], &format!("Tài liệu {number}"));
        fs::write(archive.join(format!("{number}.pdf")), pdf).unwrap();
    }
    fs::write(archive.join("3.pdf"), "%PDF-1.4 and nothing else").unwrap();
    let program = archive.with_file_name("program");
    let wait = "touch \"$0.$$\"; while [ $(ls \"$0\".* | wc -l) -lt 2 ]; do sleep 0.1; done";
    fs::write(&program, format!("#!/bin/sh\n{wait}\nexec {} \"$@\"\n", env!("CARGO_BIN_EXE_tracuu"))).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let read = ReadOptions { program: Some(program), ..ReadOptions::default() };
    let writer = WriterOptions { threads: 2, ..WriterOptions::default() };
    let options = IngestOptions { read, writer, ..IngestOptions::default() };
    let report = index.ingest(std::slice::from_ref(&archive), &options);
    assert_eq!((report.articles, reasons(&report.skips)), (4, vec!["3.pdf broken".to_owned()]));
    assert_eq!(index.ingest(&[archive], &options).run.unchanged_files, 5);
}

/// A program that stands for a parser gone wrong.
#[cfg(unix)]
#[test]
fn a_parser_that_hangs_or_dies_is_a_skip() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let cases = [("exec sleep 100", "timeout"), ("kill -SEGV $$", "broken"), ("echo nonsense", "broken"), ("exec yes", "broken")];
    for (script, reason) in cases {
        let program = folder.path().join("program");
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let limits = Limits { max_document_seconds: 1, max_file_bytes: 1 << 20, ..Limits::default() };
        let options =
            IngestOptions { read: ReadOptions { limits, program: Some(program), ..ReadOptions::default() }, ..IngestOptions::default() };
        let began = std::time::Instant::now();
        let (_, skips) = one_file("a.pdf", &pdf_of(&["x"], "x"), &options);
        assert_eq!(reasons(&skips), [format!("a.pdf {reason}")], "{script}: {skips:?}");
        assert!(began.elapsed().as_secs() < 10);
    }
    // Less memory than the program itself needs.
    let limits = Limits { max_document_memory_bytes: 80 << 20, ..Limits::default() };
    let big = docx_of(&"<w:p><w:r><w:t>Lai Châu họp</w:t></w:r></w:p>".repeat(600_000), "");
    let (articles, skips) = one_file("a.docx", &big, &limited(limits));
    assert!(articles.is_empty() && matches!(skips[0].reason.name(), "oversized" | "broken"), "{skips:?}");
}
