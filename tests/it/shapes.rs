//! Every shape that archives come in, through the whole program: what is read, what is skipped and why, and what stays so on the
//! second run.

use crate::harness::{PIPELINE, TestIndex, stdout, tracuu};
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tracuu::article::Article;
use tracuu::ingest::{IngestOptions, inspect_with};
use tracuu::read::{Limits, ReadOptions, Skip};
use tracuu::search::{Request, Response};

/// Documents are parsed by the program itself.
fn options() -> IngestOptions {
    let program = Some(PathBuf::from(env!("CARGO_BIN_EXE_tracuu")));
    IngestOptions { read: ReadOptions { program, ..ReadOptions::default() }, ..IngestOptions::default() }
}

fn limited(limits: Limits) -> IngestOptions {
    let options = options();
    IngestOptions { read: ReadOptions { limits, ..options.read }, ..options }
}

/// What a folder gives: articles, skips, notices.
fn read(folder: &Path, options: &IngestOptions) -> (Vec<Article>, Vec<Skip>, Vec<String>) {
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

fn one_file(name: &str, bytes: &[u8], options: &IngestOptions) -> (Vec<Article>, Vec<Skip>) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    let (articles, skips, _) = read(folder.path(), options);
    (articles, skips)
}

/// `path reason` of each skip.
fn reasons(skips: &[Skip]) -> Vec<String> {
    skips.iter().map(|skip| format!("{} {}", skip.path, skip.reason)).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn text(place: &str) -> String {
    format!(
        "{place} sơ kết nông thôn mới\nNgày 12/3/2024, UBND tỉnh {place} sơ kết chương trình nông thôn mới tại xã mẫu. Bài viết hư cấu.\n"
    )
}

/// What no packer makes smaller.
fn noise(number: usize) -> String {
    (0..30).map(|line| format!("{}\n", blake3::hash(&[number as u8, line]))).collect()
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

fn html(place: &str) -> String {
    let body = format!("Ngày 12/3/2024, UBND tỉnh {place} sơ kết chương trình nông thôn mới tại xã mẫu. Bài viết hư cấu.");
    format!("<html><head><title>{place} sơ kết</title></head><body><h1>{place} sơ kết</h1><p>{body}</p><p>{body}</p></body></html>")
}

#[test]
fn a_table_is_read_by_the_names_of_its_columns() {
    let row = "Lai Châu trồng rừng;\"Sáng nay, xã mẫu ra quân.\nDân bản \"\"rất\"\" vui.\";13/03/2024;Báo Mẫu;https://a.example/1;Kinh tế";
    let vietnamese = format!("Tiêu đề;Nội dung;Ngày đăng;Nguồn;Đường dẫn;Chuyên mục\r\n{row}\r\n");
    let english = vietnamese.replace("Tiêu đề;Nội dung;Ngày đăng;Nguồn;Đường dẫn;Chuyên mục", "title;content;date;source;url;section");
    let marked = format!("\u{feff}{vietnamese}");
    let noted = format!("sep=;\r\n{vietnamese}");
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(vietnamese.replace(';', "\t").encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let cases: [(&str, &[u8]); 6] = [
        ("a.csv", vietnamese.as_bytes()),
        ("a.csv", english.as_bytes()),
        ("a.csv", marked.as_bytes()),
        ("a.csv", noted.as_bytes()),
        ("a.tsv", &wide),
        ("a.csv.gz", &gzip(vietnamese.as_bytes())),
    ];
    for (at, (name, bytes)) in cases.into_iter().enumerate() {
        let (articles, skips) = one_file(name, bytes, &options());
        let [article] = &articles[..] else { panic!("{at}: {skips:?}") };
        assert_eq!(article.title, "Lai Châu trồng rừng", "{at}");
        assert_eq!(article.body.as_deref(), Some("Sáng nay, xã mẫu ra quân.\nDân bản \"rất\" vui."), "{at}");
        assert_eq!(article.dates.published.as_ref().unwrap().at, "2024-03-13", "{at}");
        assert_eq!(article.source.as_ref().unwrap().name, "Báo Mẫu", "{at}");
        assert_eq!(article.url.as_deref(), Some("https://a.example/1"), "{at}");
    }
}

#[test]
fn a_slip_in_a_table_costs_one_row() {
    let table = "id,title,body\n1,Một,Họp ở Lai Châu\n2,\"Hai,Họp ở Sơn La\n3,Ba,Họp ở Huế\n4,,\n5,Năm,\"Họp, ở Cà Mau\"\n";
    let (articles, skips) = one_file("a.csv", table.as_bytes(), &options());
    assert_eq!(articles.iter().map(|article| article.key.as_str()).collect::<Vec<_>>(), ["1", "3", "5"]);
    assert_eq!(reasons(&skips), ["a.csv broken", "a.csv no_text"]);
    assert_eq!((skips[0].record, skips[1].record), (Some(1), Some(3)));

    let (articles, skips) = one_file("a.csv", "ten,tuoi\nMẫu,30\n".as_bytes(), &options());
    assert!(articles.is_empty() && skips.len() == 1, "{skips:?}");
    assert!(skips[0].detail.contains("the header has: ten, tuoi"), "{}", skips[0].detail);

    let long = format!("id,title,body\n1,Một,{}\n2,Hai,Họp ở Huế\n", "x".repeat(5000));
    let (articles, skips) = one_file("a.csv", long.as_bytes(), &limited(Limits { max_record_bytes: 1000, ..Limits::default() }));
    assert_eq!((articles[0].key.as_str(), reasons(&skips)), ("2", vec!["a.csv oversized".to_owned()]));
}

#[test]
fn several_captures_of_one_address_are_versions() {
    let index = TestIndex::new();
    let archive = index.archive();
    let records = [
        warc_of("https://a.example/tin?utm_source=x", "2024-03-14T20:00:00Z", &html("Lai Châu")),
        warc_of("https://a.example/tin", "2024-03-13T01:00:00Z", &html("Sơn La")),
        warc_of("https://a.example/khac", "2024-03-13T01:00:00Z", &html("Cà Mau")),
    ];
    let packed: Vec<u8> = records.iter().flat_map(|record| gzip(record.as_bytes())).collect();
    fs::write(archive.join("crawl.warc.gz"), packed).unwrap();
    let report = index.ingest(std::slice::from_ref(&archive), &options());
    assert_eq!(report.articles, 2, "{report:?}");
    let found = all(&index);
    let tin = found.hits.iter().find(|hit| hit.article.url.as_deref() == Some("https://a.example/tin")).unwrap();
    assert_eq!(tin.article.title, "Lai Châu sơ kết");
    assert_eq!(tin.article.dates.captured.as_ref().unwrap().at, "2024-03-15T03:00:00+07:00");
    let stored = index.generation().find(tin.article.id).unwrap().unwrap();
    assert_eq!(stored.versions.iter().map(|version| version.title.as_str()).collect::<Vec<_>>(), ["Sơn La sơ kết"]);
    let again = index.ingest(&[archive], &options());
    assert_eq!((again.run.added, again.run.changed, again.run.unchanged_files), (0, 0, 1));
}

fn all(index: &TestIndex) -> Response {
    index.search(&Request { limit: 100, ..Request::default() })
}

fn members() -> Vec<(&'static str, Vec<u8>)> {
    let line = |id: &str, place: &str| format!("{{\"id\":\"{id}\",\"title\":\"{place} họp\",\"body\":\"Tỉnh {place} họp.\"}}\n");
    vec![
        ("tin/lai-chau.txt", text("Lai Châu").into_bytes()),
        ("tin/son-la.html", html("Sơn La").into_bytes()),
        ("tin/goi.jsonl.gz", gzip((line("1", "Huế") + &line("2", "Cà Mau")).as_bytes())),
        ("bang.csv", "title,body\nBắc Ninh họp,Tỉnh Bắc Ninh họp.\n".into()),
        ("anh.png", b"\x89PNG".to_vec()),
        ("../tren.txt", text("Hà Nội").into_bytes()),
        ("/etc/goc.txt", text("Hà Nội").into_bytes()),
        ("trong.zip", zip_of(&[("a.txt", text("Yên Bái").as_bytes())])),
    ]
}

#[test]
fn members_of_archives_are_articles_of_their_own() {
    let members = members();
    let members: Vec<(&str, &[u8])> = members.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let tar = tar_of(&members);
    let cases = [
        ("a.tar", tar.clone()),
        ("a.tar.gz", gzip(&tar)),
        ("a.tgz", gzip(&tar)),
        ("a.tar.zst", zstd::encode_all(&tar[..], 1).unwrap()),
        ("a.zip", zip_of(&members)),
    ];
    for (name, bytes) in cases {
        let (articles, skips) = one_file(name, &bytes, &options());
        let found: Vec<(&str, u64, &str)> =
            articles.iter().map(|article| (article.origin.path.as_str(), article.origin.record, article.title.as_str())).collect();
        let path = |member: &str| format!("{name}!/{member}");
        assert_eq!(
            found,
            [
                (path("tin/lai-chau.txt").as_str(), 0, "Lai Châu sơ kết nông thôn mới"),
                (path("tin/son-la.html").as_str(), 0, "Sơn La sơ kết"),
                (path("tin/goi.jsonl.gz").as_str(), 0, "Huế họp"),
                (path("tin/goi.jsonl.gz").as_str(), 1, "Cà Mau họp"),
                (path("bang.csv").as_str(), 0, "Bắc Ninh họp"),
            ]
        );
        assert_eq!(
            reasons(&skips),
            [
                format!("{name}!/anh.png unknown_format"),
                format!("{name} unsafe_name"),
                format!("{name} unsafe_name"),
                format!("{name}!/trong.zip nested_archive")
            ]
        );
        let deep = limited(Limits { max_archive_depth: 2, ..Limits::default() });
        let (articles, _) = one_file(name, &bytes, &deep);
        assert_eq!(articles.last().unwrap().origin.path, format!("{name}!/trong.zip!/a.txt"));
        let few = limited(Limits { max_archive_members: 2, ..Limits::default() });
        let (articles, skips) = one_file(name, &bytes, &few);
        assert_eq!((articles.len(), reasons(&skips)), (2, vec![format!("{name} oversized")]));
    }
}

#[test]
fn an_archive_that_was_edited_is_brought_in_step() {
    let index = TestIndex::new();
    let archive = index.archive();
    let pack = |members: &[(&str, String)]| {
        let members: Vec<(&str, &[u8])> = members.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        fs::write(archive.join("a.zip"), zip_of(&members)).unwrap();
        fs::write(archive.join("b.tar"), tar_of(&members)).unwrap();
    };
    let prune = IngestOptions { prune: true, force: true, ..options() };
    let roots = std::slice::from_ref(&archive);
    pack(&[("a.txt", text("Lai Châu")), ("b.txt", text("Sơn La")), ("anh.png", String::new())]);
    assert_eq!(index.ingest(roots, &options()).articles, 4);
    let before = all(&index).index.corpus_id;
    let report = index.ingest(roots, &prune);
    assert_eq!((report.run.unchanged_files, report.run.removed, report.articles), (2, 0, 4), "{report:?}");
    assert_eq!(all(&index).index.corpus_id, before);

    // A member before the others, and one that was edited: the others keep their ids.
    pack(&[("0.txt", text("Huế")), ("a.txt", text("Lai Châu")), ("b.txt", text("Cà Mau")), ("anh.png", String::new())]);
    let report = index.ingest(roots, &options());
    assert_eq!((report.run.added, report.run.changed, report.run.unchanged, report.articles), (2, 2, 2, 6), "{report:?}");

    pack(&[("0.txt", text("Huế")), ("anh.png", String::new())]);
    assert_eq!(index.ingest(roots, &options()).articles, 6);
    let report = index.ingest(roots, &prune);
    assert_eq!((report.run.removed, report.articles), (4, 2), "{report:?}");
    fs::remove_file(archive.join("a.zip")).unwrap();
    let report = index.ingest(roots, &prune);
    assert_eq!((report.run.removed, report.articles), (1, 1), "{report:?}");
    assert_eq!(all(&index).hits[0].article.origin.path, "b.tar!/0.txt");
}

#[test]
fn a_damaged_archive_gives_what_stands_before_the_damage() {
    let texts: Vec<(String, String)> = (0..20).map(|number| (format!("{number:02}.txt"), text("Lai Châu") + &noise(number))).collect();
    let members: Vec<(&str, &[u8])> = texts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    for (name, bytes) in [("a.tar", tar_of(&members)), ("a.tar.gz", gzip(&tar_of(&members))), ("a.zip", zip_of(&members))] {
        let (articles, skips) = one_file(name, &bytes[..bytes.len() * 2 / 3], &options());
        assert!(articles.len() > 5 && articles.len() < 20, "{name}: {}", articles.len());
        assert!(skips.iter().all(|skip| skip.reason.name() == "broken") && !skips.is_empty(), "{name}: {skips:?}");
        assert_eq!(skips.last().unwrap().path, name);
        let expected: Vec<String> = (0..articles.len()).map(|number| format!("{name}!/{number:02}.txt")).collect();
        assert_eq!(articles.iter().map(|article| article.origin.path.clone()).collect::<Vec<_>>(), expected);
    }
    // One damaged member of a zip costs that member alone.
    let mut bytes = zip_of(&members);
    bytes[200..230].fill(0xAA);
    let (articles, skips) = one_file("a.zip", &bytes, &options());
    assert_eq!((articles.len(), reasons(&skips)), (19, vec!["a.zip!/00.txt broken".to_owned()]));
}

#[test]
fn links_devices_and_secrets_in_archives_are_skipped() {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, kind) in [
        ("link.txt", tar::EntryType::Symlink),
        ("hard.txt", tar::EntryType::Link),
        ("dev.txt", tar::EntryType::Char),
        ("pipe.txt", tar::EntryType::Fifo),
    ] {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        header.set_path(name).unwrap();
        header.set_link_name("/etc/passwd").unwrap();
        header.set_cksum();
        builder.append(&header, std::io::empty()).unwrap();
    }
    let (articles, skips) = one_file("a.tar", &builder.into_inner().unwrap(), &options());
    assert!(articles.is_empty());
    assert_eq!(reasons(&skips), ["link", "hard", "dev", "pipe"].map(|name| format!("a.tar!/{name}.txt not_a_file")));

    let mut secret = zip_of(&[("a.txt", text("Huế").as_bytes())]);
    // The first flag says that a member is encrypted, in its own header and in the directory.
    let directory = secret.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    secret[6] |= 1;
    secret[directory + 8] |= 1;
    assert_eq!(reasons(&one_file("a.zip", &secret, &options()).1), ["a.zip!/a.txt encrypted"]);
}

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

#[test]
fn a_folder_says_what_holds_for_its_files() {
    let index = TestIndex::new();
    let archive = index.archive();
    fs::create_dir_all(archive.join("cu/sau")).unwrap();
    let line = r#"{"ma":"1","dau_bai":"Họp bàn nước sạch","than_bai":"UBND tỉnh yêu cầu các huyện trên địa bàn tỉnh làm xong việc trong năm 2023."}"#;
    fs::write(archive.join("cu/sau/tin.jsonl"), line).unwrap();
    fs::write(archive.join("cu/co.jsonl"), line.replace("\"ma\":\"1\"", "\"ma\":\"2\",\"source\":\"Báo Nam Định\"")).unwrap();
    fs::write(
        archive.join("cu/tracuu.toml"),
        "source = \"Bản tin Mẫu\"\nunit = \"Lai Châu\"\n[fields]\nma = \"id\"\ndau_bai = \"title\"\nthan_bai = \"body\"\n",
    )
    .unwrap();
    let (articles, skips, notices) = read(&archive, &options());
    assert!(skips.is_empty() && notices.is_empty(), "{skips:?} {notices:?}");
    let said: Vec<_> = articles
        .iter()
        .map(|article| (article.key.as_str(), article.source.as_ref().unwrap().name.as_str(), article.provinces.about[0].unit.as_str()))
        .collect();
    assert_eq!(said, [("2", "Báo Nam Định", "Nam Định"), ("1", "Bản tin Mẫu", "Lai Châu")]);
    let evidence = articles[1].evidence.as_ref().unwrap().iter().find(|evidence| evidence.value == "provinces.about[0]").unwrap();
    assert_eq!(
        (evidence.field.as_str(), evidence.quote.as_str(), evidence.rule.as_str()),
        ("meta:tracuu.toml", "Lai Châu", "province.source")
    );

    let roots = std::slice::from_ref(&archive);
    assert_eq!(index.ingest(roots, &options()).run.added, 2);
    assert_eq!(index.ingest(roots, &options()).run.unchanged_files, 2);
    // Other settings: the same files are read anew.
    fs::write(archive.join("cu/sau/tracuu.toml"), "unit = \"Sơn La\"\nnguon = \"x\"\n").unwrap();
    let report = index.ingest(roots, &options());
    assert_eq!((report.run.changed, report.run.unchanged_files, report.articles), (1, 1, 2), "{report:?}");
    assert!(matches!(&report.notices[..], [notice] if notice.contains("sau/tracuu.toml: unknown key \"nguon\"")), "{:?}", report.notices);
    let found = all(&index);
    assert!(found.hits.iter().any(|hit| hit.article.provinces.about[0].unit == "Sơn La"));
    fs::write(archive.join("cu/sau/tracuu.toml"), "unit = \"Xứ Mơ\"\n").unwrap();
    let (_, _, notices) = read(&archive, &options());
    assert!(matches!(&notices[..], [notice] if notice.contains("no unit is called \"Xứ Mơ\"")), "{notices:?}");
}

#[test]
fn a_folder_names_an_older_encoding() {
    let folder = tempfile::tempdir().unwrap();
    // Two words of TCVN3 are too few to be told by themselves.
    fs::write(folder.path().join("a.csv"), b"title,body\nH\xb5 Nam,T\xd8nh H\xb5 Nam h\xe4p.\n").unwrap();
    fs::write(folder.path().join("tracuu.toml"), "charset = \"tcvn3\"\n").unwrap();
    let (articles, skips, notices) = read(folder.path(), &options());
    assert!(skips.is_empty() && notices.is_empty(), "{skips:?} {notices:?}");
    assert_eq!(articles[0].title, "Hà Nam");
    assert_eq!(articles[0].body.as_deref(), Some("Tỉnh Hà Nam họp."));
}

#[test]
fn json_lines_come_through_a_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let lines = "{\"id\":\"1\",\"title\":\"Lai Châu họp\",\"body\":\"Tỉnh Lai Châu họp.\"}\n{\"id\":\n{\"id\":\"2\",\"title\":\"Huế họp\",\"body\":\"Thành phố Huế họp.\"}\n";
    let piped = |arguments: &[&str]| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tracuu"))
            .args(arguments)
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let report = piped(&["index", "-"]);
    assert!(report.contains("2 articles in the index: 2 added") && report.contains("broken 1"), "{report}");
    let report = piped(&["index", "-"]);
    assert!(report.contains("0 added, 0 changed, 2 unchanged"), "{report}");
    let found = stdout(folder.path(), &["search", "họp", "--format", "jsonl", "--collection", "stdin"], 0);
    assert_eq!(found.lines().count(), 2, "{found}");
    let report = piped(&["index", "-", "--collection", "ống"]);
    assert!(report.contains("4 articles in the index: 2 added"), "{report}");
    assert_eq!(piped(&["inspect", "-"]).lines().count(), 2);
    // A file of that name is a file.
    fs::write(folder.path().join("-"), "x").unwrap();
    assert_eq!(tracuu(folder.path(), &["inspect", "./-"]).status.code(), Some(1));
}
