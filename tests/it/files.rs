//! Files of each shape, made by code, and what a folder or a file gives.

use crate::harness::{PIPELINE, TestIndex};
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use tracuu::article::Article;
use tracuu::ingest::{IngestOptions, inspect_with};
use tracuu::read::{Limits, ReadOptions, Skip};
use tracuu::search::{Request, Response};

/// Documents are parsed by the program itself.
pub fn options() -> IngestOptions {
    let program = Some(PathBuf::from(env!("CARGO_BIN_EXE_tracuu")));
    IngestOptions { read: ReadOptions { program, ..ReadOptions::default() }, ..IngestOptions::default() }
}

pub fn limited(limits: Limits) -> IngestOptions {
    let options = options();
    IngestOptions { read: ReadOptions { limits, ..options.read }, ..options }
}

/// What a folder gives: articles, skips, notices.
pub fn read(folder: &Path, options: &IngestOptions) -> (Vec<Article>, Vec<Skip>, Vec<String>) {
    let (mut articles, mut skips) = (Vec::new(), Vec::new());
    let notices = inspect_with(&[folder.to_owned()], &PIPELINE, options, &mut |record| {
        match record {
            Ok(article) => articles.push(article),
            Err(skip) => skips.push(skip),
        }
        Ok(())
    })
    .unwrap();
    (articles, skips, notices)
}

pub fn one_file(name: &str, bytes: &[u8], options: &IngestOptions) -> (Vec<Article>, Vec<Skip>) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    let (articles, skips, _) = read(folder.path(), options);
    (articles, skips)
}

/// `path reason` of each skip.
pub fn reasons(skips: &[Skip]) -> Vec<String> {
    skips.iter().map(|skip| format!("{} {}", skip.path, skip.reason)).collect()
}

/// Every article of an index.
pub fn all(index: &TestIndex) -> Response {
    index.search(&Request { limit: 100, ..Request::default() })
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

pub fn text(place: &str) -> String {
    format!(
        "{place} sơ kết nông thôn mới\nNgày 12/3/2024, UBND tỉnh {place} sơ kết chương trình nông thôn mới tại xã mẫu. Bài viết hư cấu.\n"
    )
}

pub fn tar_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        // `set_path` refuses what hostile archives hold.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

pub fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub fn docx_of(body: &str, title: &str) -> Vec<u8> {
    let document = format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let core = format!("<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\"><dc:title>{title}</dc:title></cp:coreProperties>");
    zip_of(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes()), ("docProps/core.xml", core.as_bytes())])
}

/// A PDF of one page with a font that maps each code to a letter; a page without lines is a picture.
pub fn pdf_of(lines: &[&str], title: &str) -> Vec<u8> {
    let mut letters: Vec<char> = lines.concat().chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let code = |letter: char| letters.binary_search(&letter).unwrap() + 1;
    let hex = |line: &str| line.chars().map(|letter| format!("{:04x}", code(letter))).collect::<String>();
    let shown: String = lines.iter().map(|line| format!("<{}> Tj 0 -18 Td\n", hex(line))).collect();
    let content = format!("BT /F1 12 Tf 60 780 Td\n{shown}ET");
    let mapped: String = letters
        .chunks(100)
        .map(|chunk| {
            let line = |&letter: &char| format!("<{:04x}> <{}>\n", code(letter), utf16(letter));
            format!("{} beginbfchar\n{}endbfchar\n", chunk.len(), chunk.iter().map(line).collect::<String>())
        })
        .collect();
    let to_unicode = format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /X def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{mapped}endcmap\nend\nend"
    );
    let title: String = std::iter::once("feff".to_owned()).chain(title.chars().map(utf16)).collect();
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /FontDescriptor 8 0 R >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{to_unicode}\nendstream", to_unicode.len()),
        "<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>".to_owned(),
        format!("<< /Title <{title}> >>"),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        file.extend(format!("{number} 0 obj\n{object}\nendobj\n").into_bytes());
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    places.iter().for_each(|place| file.extend(format!("{place:010} 00000 n \n").into_bytes()));
    file.extend(format!("trailer\n<< /Size {} /Root 1 0 R /Info 9 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).into_bytes());
    file
}

fn utf16(letter: char) -> String {
    let mut units = [0; 2];
    letter.encode_utf16(&mut units).iter().map(|unit| format!("{unit:04x}")).collect()
}

pub fn warc_of(url: &str, date: &str, html: &str) -> String {
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}");
    let length = block.len();
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
    )
}

pub fn html(place: &str) -> String {
    let body = format!("Ngày 12/3/2024, UBND tỉnh {place} sơ kết chương trình nông thôn mới tại xã mẫu. Bài viết hư cấu.");
    format!("<html><head><title>{place} sơ kết</title></head><body><h1>{place} sơ kết</h1><p>{body}</p><p>{body}</p></body></html>")
}
