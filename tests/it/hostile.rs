//! Hostile input: random bytes and damaged articles through every parser, in a short loop on stable.
//!
//! `TRACUU_FUZZ_ROUNDS` makes the loop longer; coverage-guided fuzzing of the same functions is in `tests/fuzz`.

use crate::files::{docx_of, pdf_of, tar_of, warc_of, zip_of};
use crate::generator::Generator;
use crate::harness::{TestIndex, repository, start, stdout};
use std::io::Write;
use tracuu::ingest::IngestOptions;
use tracuu::read::{Limits, ReadOptions};
use tracuu::search::{Request, search};

#[path = "../fuzz/targets.rs"]
mod targets;

fn rounds() -> usize {
    std::env::var("TRACUU_FUZZ_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(400)
}

/// What queries, markup and Vietnamese text are made of.
const PIECES: [&str; 36] = [
    "\"",
    "(",
    ")",
    "-",
    "*",
    "~5",
    ":",
    "OR ",
    "NOT ",
    "year:",
    "tỉnh:",
    "=",
    " ",
    "\n",
    "<p>",
    "</div>",
    "<script>",
    "&amp;",
    "{\"id\":",
    "[",
    "\u{0}",
    "Chủ tịch UBND tỉnh ",
    "ngày 30/2/2024",
    "quý IV/",
    "ông ",
    "Nguyễn Văn ",
    "\u{301}",
    "👩‍👩‍👧",
    "Bí thư Đảng ủy, ",
    "Trưởng CAP ",
    "đối với ",
    "khi còn là ",
    "(trú xã Tân Lập, huyện Quảng Ninh) ",
    "quận 1",
    "Tết Kỷ Hợi",
    "15, 16 và 17/8/",
];

/// Random bytes, random pieces, or an article with bytes changed.
fn input(random: &mut Generator) -> Vec<u8> {
    let length = 1 + random.below(400);
    match random.below(3) {
        0 => (0..length).map(|_| random.below(256) as u8).collect(),
        1 => (0..length / 8).flat_map(|_| PIECES[random.below(PIECES.len())].bytes()).collect(),
        _ => {
            let mut bytes = random.next().map(|article| article.body.into_bytes()).unwrap_or_default();
            for _ in 0..1 + random.below(20) {
                let at = random.below(bytes.len());
                bytes[at] = random.below(256) as u8;
            }
            bytes
        }
    }
}

#[test]
fn no_parser_panics_on_anything() {
    let mut random = Generator::new(3);
    for _ in 0..rounds() {
        let bytes = input(&mut random);
        targets::read(&bytes);
        targets::article(&bytes);
        targets::query(&bytes);
        targets::batch(&bytes);
        targets::batch(&[b"id,query,province\n".as_slice(), &bytes].concat());
        targets::watched(&bytes);
        targets::watched(&[b"id\tquery\n".as_slice(), &bytes].concat());
        targets::watched(&[br#"{"format":1,"index":"#.as_slice(), &bytes].concat());
        targets::streams(&bytes);
    }
}

/// A query made of some words of a text, as the language may have them, and the text.
fn query_and_text(random: &mut Generator) -> Vec<u8> {
    let text = String::from_utf8_lossy(&input(random)).into_owned();
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut query = String::new();
    for _ in 0..1 + random.below(3) {
        let start = random.below(words.len().max(1));
        let some = words.iter().skip(start).take(1 + random.below(4)).copied().collect::<Vec<_>>().join(" ");
        let (before, after) = [("", ""), ("=\"", "\""), ("\"", "\"~3"), ("", "*"), ("", " OR")][random.below(5)];
        query.push_str(&format!("{before}{some}{after} "));
    }
    format!("{query}\n{text}").into_bytes()
}

#[test]
fn passages_stand_where_they_say_in_any_text_for_any_query() {
    let mut random = Generator::new(6);
    for _ in 0..rounds() {
        targets::passages(&query_and_text(&mut random));
        targets::passages(&input(&mut random));
    }
}

/// 20 MB each: what is linear takes seconds on a slow machine, what is not would take hours; the target holds the bound.
#[test]
fn passages_of_huge_texts_take_no_huge_time() {
    const BYTES: usize = 20 << 20;
    let fill = |piece: &str| piece.repeat(BYTES / piece.len());
    for (name, query, text) in [
        ("a match every other word", "đất thuế", fill("đất đai ")),
        ("the same in lines", "đất thuế", fill("đất đai thì là mà có, và cũng không\n")),
        ("the same, exact", "=đất =thuế", fill("đất đai ")),
        ("a phrase that begins everywhere", "\"a a a a a a a a a b\"", fill("a ")),
        ("the same, exact", "=\"a a a a a a a a a B\"", fill("a ")),
        ("near", "\"đất thuế\"~5", fill("đất đai ")),
        ("one line without a space", "đất thuế", fill("đấtthuế")),
        ("one line of signs and words", "đất", fill("đất-")),
        ("marks", "đất", fill("e\u{323}\u{310}")),
    ] {
        let began = std::time::Instant::now();
        targets::passages(format!("{query}\n{text}").as_bytes());
        println!("{name}: {:?}", began.elapsed());
    }
}

#[test]
fn any_query_is_answered_or_refused_with_a_message() {
    let index = TestIndex::of(&[repository().join("corpus")]);
    let generation = index.generation();
    let mut random = Generator::new(4);
    // A query of hundreds of words takes hundreds of look-ups, twice for its other readings.
    for _ in 0..rounds() / 8 {
        let query = String::from_utf8_lossy(&input(&mut random)).into_owned();
        let request = Request { query, limit: 3, ..Request::default() };
        match search(&generation, &crate::harness::PIPELINE.authority, &request) {
            Ok(response) => assert!(response.hits.len() as u64 <= response.total),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

#[test]
fn one_huge_article_takes_no_huge_time() {
    let index = TestIndex::new();
    let archive = index.archive();
    let body: String = Generator::new(5).take(3_000).map(|article| article.body).collect();
    assert!(body.len() > 4 << 20);
    std::fs::write(archive.join("huge.txt"), format!("Tuyển tập hư cấu\n{body}")).unwrap();
    std::fs::write(archive.join("deep.html"), "<div>".repeat(100_000)).unwrap();
    let began = std::time::Instant::now();
    let report = index.ingest(&[archive], &IngestOptions::default());
    assert_eq!(report.articles, 1, "{report:?}");
    let response = index.search(&Request { query: "chuyển đổi số".to_owned(), ..Request::default() });
    assert_eq!(response.total, 1);
    // Linear work takes a few seconds on a slow machine; quadratic work would take hours.
    assert!(began.elapsed().as_secs() < 120, "{:?}", began.elapsed());
}

/// The name of a fuzz target, the target, and the bytes of a file of its shape.
type WholeFile = (&'static str, fn(&[u8]), Vec<u8>);

/// A file of each shape that is whole, for each reader.
fn whole_files() -> Vec<WholeFile> {
    let article = "Lai Châu họp\nNgày 12/3/2024, UBND tỉnh Lai Châu họp bàn việc nước sạch. Bài viết hư cấu.\n";
    let html = format!("<html><body><p>{article}</p></body></html>");
    let table = format!("id;title;body\n1;Một;\"{article}\"\n2;\"Hai \"\"là\"\" hai\";x\n");
    let members: Vec<(&str, &[u8])> = vec![("a/b.txt", article.as_bytes()), ("c.html", html.as_bytes()), ("d.csv", table.as_bytes())];
    let paragraph = format!(
        "<w:tbl><w:tr><w:tc><w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>{article} &amp; &#7879;</w:t><w:tab/></w:r></w:p></w:tc></w:tr></w:tbl>"
    );
    let warc = warc_of("https://a.example/1", "2024-03-14T20:00:00Z", &html) + &warc_of("x", "?", &html);
    let settings = "source = \"Báo Mẫu\"\nunit = \"Lai Châu\"\ncharset = \"tcvn3\"\n[fields]\n\"nội dung chính\" = \"body\"\n";
    let object = serde_json::json!({"id": 1, "title": "Lai Châu họp", "nội dung": article, "date": 1_710_205_200, "url": null});
    vec![
        ("txt", targets::txt, article.into()),
        ("html", targets::html, html.clone().into_bytes()),
        ("jsonl", targets::jsonl, format!("{object}\n{object}\n").into_bytes()),
        ("csv", targets::csv, table.clone().into_bytes()),
        ("warc", targets::warc, warc.into_bytes()),
        ("archive", targets::archive, tar_of(&members)),
        ("archive", targets::archive, zip_of(&members)),
        ("docx", targets::docx, docx_of(&paragraph, "Lai Châu họp bàn")),
        ("pdf", targets::pdf, pdf_of(&article.lines().collect::<Vec<_>>(), "Lai Châu họp bàn")),
        ("settings", targets::settings, settings.into()),
        ("coded", targets::coded, CODED.into()),
        ("people", targets::people, PEOPLE.into()),
    ]
}

/// A sample that was coded.
const CODED: &str = "stratum,year,stratum_size,drawn,weight,id,title,relevant\ndate:/2024,2024,9,3,3.0,a,\"Một, hai\",có\n\
                     date:/2024,2024,9,3,3.0,b,Ba,không\ndate:/2024,2024,9,3,3.0,c,Bốn,\ndate:/2025,2025,1,1,1.0,d,Năm,Đúng\n";

/// A table of people.
const PEOPLE: &str = "# ai là ai\nsame\tTôn Thị Ngọc Mẫu\tTôn Ngọc Mẫu\nsame\tTôn Ngọc Mẫu\tTôn Mẫu/Sơn La\n\
                      different\tLò Văn Thiêm/Sơn La\tLò Văn Thiêm/Tây Ninh\nsame\tA\tB\nsame\tB\tC/Sơn La\n";

/// Damage as it comes: bytes changed, cut out, put in twice, cut off.
fn damaged(random: &mut Generator, whole: &[u8]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..1 + random.below(6) {
        if bytes.is_empty() {
            break;
        }
        let at = random.below(bytes.len());
        let end = at + random.below((bytes.len() - at).min(60) + 1);
        match random.below(8) {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            2 => bytes.truncate(bytes.len() - random.below(bytes.len().min(200))),
            3 => bytes[at..end].fill([0, 0xff, b'"', b'9'][random.below(4)]),
            4 => drop(bytes.splice(at..end, PIECES[random.below(PIECES.len())].bytes())),
            _ => bytes[at] = random.below(256) as u8,
        }
    }
    bytes
}

#[test]
fn readers_hold_for_damaged_files_of_their_shape() {
    let mut random = Generator::new(8);
    let files = whole_files();
    for (_, target, whole) in &files {
        target(whole);
    }
    // What the fuzzers begin with: `tests/fuzz/run` names the folder.
    if let Some(seeds) = std::env::var_os("TRACUU_FUZZ_SEEDS") {
        for (at, (name, _, whole)) in files.iter().enumerate() {
            let folder = std::path::Path::new(&seeds).join(name);
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join(format!("whole-{at}")), whole).unwrap();
        }
    }
    for _ in 0..rounds() {
        for (_, target, whole) in &files {
            target(&damaged(&mut random, whole));
        }
        // What is packed is damaged before it is packed, too.
        let paragraph = "<w:p><w:r><w:t>Họp</w:t></w:r><w:del><w:r><w:t>x</w:t></w:r></w:del></w:p>";
        let body = damaged(&mut random, paragraph.as_bytes());
        targets::docx(&docx_of(&String::from_utf8_lossy(&body), "x"));
    }
}

/// What each skip of a folder says, without its path.
fn skipped(files: &[(&str, Vec<u8>)], limits: Limits) -> Vec<String> {
    let index = TestIndex::new();
    let archive = index.archive();
    files.iter().for_each(|(name, bytes)| std::fs::write(archive.join(name), bytes).unwrap());
    let read = ReadOptions { limits, ..ReadOptions::default() };
    let report = index.ingest(&[archive], &IngestOptions { read, ..IngestOptions::default() });
    report.skipped.iter().map(|(reason, count)| format!("{reason} {count}")).collect()
}

#[test]
fn archives_that_unpack_without_end_are_skipped() {
    let packed = |bytes: u64| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::copy(&mut std::io::Read::take(std::io::repeat(b'a'), bytes), &mut packer).unwrap();
        packer.finish().unwrap()
    };
    let began = std::time::Instant::now();
    let bomb = packed(400 << 20);
    // A tar whose one member has a name of 400 MB.
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::GNULongName);
    header.set_size(400 << 20);
    header.set_path("x").unwrap();
    header.set_cksum();
    let mut long_name = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    long_name.write_all(header.as_bytes()).unwrap();
    std::io::copy(&mut std::io::Read::take(std::io::repeat(b'a'), 400 << 20), &mut long_name).unwrap();
    let big = vec![b'a'; 80 << 20];
    let files = vec![
        ("a.txt.gz", bomb.clone()),
        ("b.jsonl.gz", bomb.clone()),
        ("c.csv.gz", bomb.clone()),
        ("d.warc.gz", bomb.clone()),
        ("e.tar.gz", bomb),
        ("f.tar.gz", long_name.finish().unwrap()),
        ("g.zip", zip_of(&[("1.txt", &big), ("2.jsonl", &big), ("3.txt", b"Lai Ch\xc3\xa2u h\xe1\xbb\x8dp")])),
    ];
    let found = skipped(&files, Limits::default());
    // a: too long; b, c: their one line; d: no WARC, then the bomb; e, f: no tar; g: both members, then the archive itself.
    assert!(found.iter().any(|reason| reason.starts_with("oversized ")), "{found:?}");
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}

#[test]
fn depth_takes_no_stack_and_no_time() {
    const DEPTH: usize = 100_000;
    let began = std::time::Instant::now();
    let text = "<p>Ngày 12/3/2024, UBND tỉnh Lai Châu họp bàn việc nước sạch cho các bản vùng cao của tỉnh.</p>";
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for tag in [
        "div",
        "b",
        "table",
        "table><tr><td",
        "a href=x",
        "font",
        "ul><li",
        "p",
        "span",
        "svg",
        "math",
        "template",
        "select",
        "form",
        "object",
    ] {
        let name = tag.split(['>', ' ', '<']).next().unwrap();
        let (open, close) = (format!("<{tag}>").repeat(DEPTH), format!("</{name}>").repeat(DEPTH));
        files.push((format!("{}-open.html", files.len()), format!("{open}{text}").into_bytes()));
        files.push((format!("{}-closed.html", files.len()), format!("{open}{text}{close}").into_bytes()));
    }
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(DEPTH), close.repeat(DEPTH));
        for field in ["body", "khac"] {
            let line = format!("{{\"id\": \"{}\", \"title\": \"Lai Châu họp\", \"{field}\": {deep}}}", files.len());
            files.push((format!("{}.jsonl", files.len()), line.clone().into_bytes()));
            files.push((format!("{}.json", files.len()), line.into_bytes()));
        }
        files.push((format!("{}-open.json", files.len()), open.repeat(DEPTH).into_bytes()));
    }
    for (name, bytes) in files {
        let began = std::time::Instant::now();
        skipped(&[(name.as_str(), bytes)], Limits::default());
        println!("{name}: {:?}", began.elapsed());
    }
    assert!(began.elapsed().as_secs() < 120, "{:?}", began.elapsed());
}

#[test]
fn letters_that_mislead_do_not_reach_the_reader() {
    let folder = tempfile::tempdir().unwrap();
    // U+202E turns the writing direction: shown, the title would end in `gpj.` read backwards.
    let lines = "{\"id\":\"1\",\"title\":\"Lai Châu \\u202Egpj.exe\\u202C họp\",\"body\":\"Tỉnh\\u0000 Lai\\u2066 Châu\\u2069 họp.\"}\n";
    std::fs::create_dir(folder.path().join("tin")).unwrap();
    let bad = [lines.as_bytes(), b"{\"id\":\"2\",\"title\":\"Hu\xe1\xba h\xe1\xbb\x8dp\",\"body\":\"Th\xc3\xa0nh ph\xe1\xbb\x91 Hu\xe1\xba\xbf h\xe1\xbb\x8dp b\xc3\xa0n vi\xe1\xbb\x87c n\xc6\xb0\xe1\xbb\x9bc s\xe1\xba\xa1ch.\"}\n"].concat();
    std::fs::write(folder.path().join("tin/a.jsonl"), bad).unwrap();
    let found = stdout(folder.path(), &["inspect", "tin"], 0);
    let articles: Vec<serde_json::Value> = found.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(articles[0]["title"], "Lai Châu gpj.exe họp");
    assert_eq!(articles[0]["body"], "Tỉnh Lai Châu họp.");
    assert!(articles[1]["body"].as_str().unwrap().starts_with("Thành phố Huế họp"));
    assert!(articles[1]["flags"].as_array().unwrap().iter().any(|flag| flag == "decoding_loss"), "{}", articles[1]);
}

/// 1 GB in one line takes the memory of its limit, and the lines behind it are read.
#[test]
fn a_line_without_end_takes_bounded_memory() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = start(folder.path(), &["inspect", "-", "--max-record-bytes", "8M"]);
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"{\"id\":\"1\",\"body\":\"").unwrap();
    std::io::copy(&mut std::io::Read::take(std::io::repeat(b'a'), 1 << 30), &mut stdin).unwrap();
    let peak = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    stdin.write_all("\"}\n{\"id\":\"2\",\"title\":\"Huế họp\",\"body\":\"Thành phố Huế họp.\"}\n".as_bytes()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
    assert!(String::from_utf8_lossy(&output.stderr).contains("oversized"), "{}", String::from_utf8_lossy(&output.stderr));
    if let Some(line) = peak.lines().find(|line| line.starts_with("VmHWM:")) {
        println!("{line}");
        let kilobytes: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
        assert!(kilobytes < 300_000, "{line}");
    }
}
