//! Every shape that archives come in, through the whole program: what is read, what is skipped and why, and what stays so on the
//! second run. Archives of files and documents have files of their own.

use crate::files::{all, gzip, html, limited, one_file, options, read, reasons, warc_of};
use crate::harness::{TestIndex, fed, stdout, tracuu};
use std::fs;
use tracuu::read::Limits;

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
        let output = fed(folder.path(), arguments, lines);
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
