use super::*;
use crate::article::{Article, Basis, Captured, Dates, EventDate, Hash128, Origin, Precision, Provinces, Published, Source};
use crate::search::Hit;
use serde_json::{Value, json};

/// An article with all that can be cited.
fn article(title: &str) -> Article {
    let event = EventDate {
        from: "2024-04-11".parse().ok(),
        to: "2024-04-11".parse().ok(),
        precision: Precision::Day,
        basis: Basis::Stated,
        why: String::new(),
    };
    Article {
        id: Hash128::parse("e36c87b516a9bf5a3469bdffc19c0c20").unwrap(),
        key: "mau/1.txt".to_owned(),
        content_hash: Hash128::parse("1a2b0000000000000000000000000000").unwrap(),
        title: title.to_owned(),
        title_derived: false,
        body: None,
        dates: Dates {
            event,
            published: Some(Published { at: "2024-04-12".to_owned(), claimed_by: "page".to_owned() }),
            captured: Some(Captured { at: "2026-01-02T23:30:00+07:00".to_owned() }),
        },
        provinces: Provinces::default(),
        officials: Vec::new(),
        foreign_officials: Vec::new(),
        source: Some(Source { name: "Cổng TTĐT tỉnh".to_owned(), unit_id: None }),
        url: Some("https://mau.example/tin_1?a=1&b=%20".to_owned()),
        collection: "mau".to_owned(),
        origin: Origin {
            path: "1.txt".to_owned(),
            record: 0,
            byte_offset: 0,
            charset: "UTF-8".to_owned(),
            raw_hash: Hash128::of([b"1".as_slice()]),
        },
        group: None,
        flags: Vec::new(),
        evidence: None,
        corrections: Vec::new(),
    }
}

/// One that says nothing of itself but its title.
fn bare(title: &str) -> Article {
    Article { dates: Dates::default(), source: None, url: None, ..article(title) }
}

/// One that nobody claims a publication of, its event from one day to another.
fn undated(from: &str, to: &str, precision: Precision, basis: Basis) -> Article {
    let event = EventDate { from: from.parse().ok(), to: to.parse().ok(), precision, basis, why: String::new() };
    Article { dates: Dates { event, ..Dates::default() }, ..bare("Tin") }
}

fn hit(article: Article) -> Hit {
    Hit {
        rank: 1,
        score: 0.5,
        certain: true,
        copies: 0,
        title_highlights: Vec::new(),
        snippets: Vec::new(),
        context: None,
        explanation: None,
        last_changed: String::new(),
        article,
    }
}

fn exported(format: Format, articles: &[Article]) -> String {
    let mut file = Vec::new();
    let mut exporter = Exporter::begin(Form::new(format, RowOf::Hit), &mut file).unwrap();
    articles.iter().for_each(|article| exporter.write(hit(article.clone())).unwrap());
    exporter.end().unwrap();
    String::from_utf8(file).unwrap()
}

/// Titles that a format could stumble over.
const HOSTILE: [(&str, &str); 9] = [
    ("plain", "Ninh Bình giao chỉ tiêu"),
    ("quotes", "Ông nói: \"Không\", “thôi”, 'vâng'"),
    ("line ends", "Tin\r\nER  - \nTY  - BOOK\u{2028}hết\u{85}"),
    ("braces", "} } @misc{x, title = {y"),
    ("TeX", "100% \\input{x} A&B #1 $x_1$ ~ ^"),
    ("direction marks", "\u{202e}gnort\u{202c} tin\u{200f}"),
    ("commas and cells", "a,b;\"c\"\t=1+1"),
    ("JSON", "{\"a\":[1]}\\u0000"),
    ("empty", ""),
];

/// Tags and values of RIS.
fn ris_lines(text: &str) -> Vec<(&str, &str)> {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "{text:?}");
    text.split_terminator("\r\n").map(|line| line.split_once("  - ").unwrap()).collect()
}

#[test]
fn a_citation_is_one_line_for_people() {
    let id = "tracuu id e36c87b516a9bf5a3469bdffc19c0c20";
    let hash = "1a2b0000000000000000000000000000";
    let month = Dates { published: Some(Published { at: "2024-04".to_owned(), claimed_by: "header".to_owned() }), ..Dates::default() };
    let named = |name: &str| Some(Source { name: name.to_owned(), unit_id: None });
    let address = "https://mau.example/tin_1?a=1&b=%20 ";
    let cases = [
        (
            "all that can be said",
            article("Giao chỉ tiêu"),
            format!("Cổng TTĐT tỉnh. “Giao chỉ tiêu”. 12/04/2024. {address}. {id}, bản {hash}"),
            format!("Cổng TTĐT tỉnh. “Giao chỉ tiêu”. 12 April 2024. {address}. {id}, version {hash}"),
        ),
        (
            "nothing is known",
            bare(""),
            format!("(không có tiêu đề). không rõ ngày. {id}, bản {hash}"),
            format!("(untitled). n.d. {id}, version {hash}"),
        ),
        (
            "a month of publication, a publisher of spaces",
            Article { dates: month, source: named(" \n"), ..bare("Tin") },
            format!("“Tin”. tháng 4/2024. {id}, bản {hash}"),
            format!("“Tin”. April 2024. {id}, version {hash}"),
        ),
        (
            "the date of the event alone",
            undated("2024-04-01", "2024-04-30", Precision::Month, Basis::Stated),
            format!("“Tin”. tháng 4/2024 (ngày sự kiện). {id}, bản {hash}"),
            format!("“Tin”. April 2024 (date of event). {id}, version {hash}"),
        ),
        (
            "an inferred year",
            undated("2024-04-12", "2024-04-12", Precision::Day, Basis::YearFromContext),
            format!("“Tin”. 12/04/2024 (ngày sự kiện, năm suy ra từ bài). {id}, bản {hash}"),
            format!("“Tin”. 12 April 2024 (date of event, year inferred). {id}, version {hash}"),
        ),
        (
            "a publisher that ends with a point",
            Article { source: named("Báo Mẫu Co."), ..bare("Một\nhai\u{202e}") },
            format!("Báo Mẫu Co. “Một hai”. không rõ ngày. {id}, bản {hash}"),
            format!("Báo Mẫu Co. “Một hai”. n.d. {id}, version {hash}"),
        ),
    ];
    for (name, article, vietnamese, english) in cases {
        let citation = Citation::of(&article);
        assert_eq!(citation.text(Language::Vietnamese), vietnamese, "{name}");
        assert_eq!(citation.text(Language::English), english, "{name}");
    }
}

#[test]
fn a_quotation_says_where_it_stands() {
    let identity = "tracuu id e36c87b516a9bf5a3469bdffc19c0c20, bản 1a2b0000000000000000000000000000";
    let cases = [
        (
            "all that can be said",
            article("Tin"),
            "Một câu.\nHai “câu”.",
            format!("“Một câu. Hai “câu”.” (“Tin”, Cổng TTĐT tỉnh, 12/04/2024, https://mau.example/tin_1?a=1&b=%20 , {identity})"),
        ),
        ("nothing is known", bare(""), "Câu", format!("“Câu” ((không có tiêu đề), không rõ ngày, {identity})")),
    ];
    for (name, article, passage, expected) in cases {
        assert_eq!(quotation(&article, passage, Language::Vietnamese), expected, "{name}");
    }
}

#[test]
fn a_whole_citation_in_each_form() {
    let citation = Citation::of(&article("Giao 100% chỉ tiêu"));
    assert_eq!(
        citation.bibtex(),
        "@misc{tracuu_e36c87b516a9,\n  title = {{Giao 100\\% chỉ tiêu}},\n  howpublished = {Cổng TTĐT tỉnh},\n  date = {2024-04-12},\n  \
         year = {2024},\n  url = {https://mau.example/tin_1?a=1&b=%20},\n  urldate = {2026-01-02},\n  \
         note = {tracuu id e36c87b516a9bf5a3469bdffc19c0c20, version 1a2b0000000000000000000000000000, collection mau},\n}\n"
    );
    let note = "tracuu id e36c87b516a9bf5a3469bdffc19c0c20, version 1a2b0000000000000000000000000000, collection mau";
    let ris = citation.ris();
    assert_eq!(
        ris_lines(&ris),
        [
            ("TY", "NEWS"),
            ("TI", "Giao 100% chỉ tiêu"),
            ("T2", "Cổng TTĐT tỉnh"),
            ("PB", "Cổng TTĐT tỉnh"),
            ("PY", "2024"),
            ("DA", "2024/04/12/"),
            ("UR", "https://mau.example/tin_1?a=1&b=%20"),
            ("Y2", "2026/01/02/"),
            ("AN", "e36c87b516a9bf5a3469bdffc19c0c20"),
            ("LA", "vi"),
            ("N1", note),
            ("ER", ""),
        ]
    );
    let expected = json!([{
        "id": "e36c87b516a9bf5a3469bdffc19c0c20",
        "type": "article-newspaper",
        "title": "Giao 100% chỉ tiêu",
        "container-title": "Cổng TTĐT tỉnh",
        "issued": { "date-parts": [[2024, 4, 12]] },
        "accessed": { "date-parts": [[2026, 1, 2]] },
        "URL": "https://mau.example/tin_1?a=1&b=%20",
        "language": "vi",
        "note": note,
    }]);
    assert_eq!(serde_json::from_str::<Value>(&citation.csl_json()).unwrap(), expected);
}

#[test]
fn a_date_is_as_exact_in_references_as_it_is_known() {
    let cases = [
        ("a day", "2024-04-12", "2024-04-12", Precision::Day, "2024/04/12/", json!([[2024, 4, 12]]), "2024-04-12"),
        ("a month", "2024-04-01", "2024-04-30", Precision::Month, "2024/04//", json!([[2024, 4]]), "2024-04"),
        ("a year", "2024-01-01", "2024-12-31", Precision::Year, "2024///", json!([[2024]]), "2024"),
        ("days", "2024-12-30", "2025-01-02", Precision::Day, "2024/12/30/", json!([[2024, 12, 30], [2025, 1, 2]]), "2024-12-30/2025-01-02"),
    ];
    for (name, from, to, precision, ris_date, parts, iso) in cases {
        let citation = Citation::of(&undated(from, to, precision, Basis::Stated));
        let note = format!("date of the event ({iso}), date of publication unknown");
        let ris = citation.ris();
        let ris = ris_lines(&ris);
        assert!(ris.contains(&("DA", ris_date)) && ris.contains(&("PY", "2024")) && ris.contains(&("N1", &note)), "{name}: {ris:?}");
        let csl: Value = serde_json::from_str(&citation.csl_json()).unwrap();
        assert_eq!(csl[0]["issued"]["date-parts"], parts, "{name}");
        assert!(csl[0]["note"].as_str().unwrap().ends_with(&note), "{name}: {csl}");
        let bibtex = citation.bibtex();
        assert!(bibtex.contains(&format!("  date = {{{iso}}},\n  year = {{2024}},\n")) && bibtex.contains(&note), "{name}: {bibtex}");
    }
}

#[test]
fn what_is_not_known_has_no_place_in_references() {
    // Captured, but from no address.
    let captured = Dates { captured: Some(Captured { at: "2026-01-02".to_owned() }), ..Dates::default() };
    let citation = Citation::of(&Article { dates: captured, ..bare("") });
    let ris = citation.ris();
    assert_eq!(ris_lines(&ris).iter().map(|(tag, _)| *tag).collect::<Vec<_>>(), ["TY", "AN", "LA", "N1", "ER"]);
    let csl: Value = serde_json::from_str(&citation.csl_json()).unwrap();
    assert_eq!(csl[0].as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "language", "note", "type"]);
    assert_eq!(citation.bibtex().lines().count(), 3);
}

#[test]
fn a_hostile_title_stays_a_title_in_every_form() {
    for (name, title) in HOSTILE {
        let articles = [article(title), bare(title)];
        let plain = Citation::of(&articles[0]).title;
        let title_of = |value: Option<&str>| value.unwrap_or("").to_owned();

        let ris = exported(Format::Ris, &articles);
        let records: Vec<&str> = ris.split("\r\n\r\n").collect();
        assert_eq!(records.len(), 2, "{name}: {ris}");
        for record in records {
            let record = format!("{}\r\n", record.trim_end_matches("\r\n"));
            let lines = ris_lines(&record);
            assert_eq!((lines[0], *lines.last().unwrap()), (("TY", "NEWS"), ("ER", "")), "{name}");
            assert_eq!(title_of(lines.iter().find(|(tag, _)| *tag == "TI").map(|(_, value)| *value)), plain, "{name}");
            assert!(!lines[1..].iter().any(|(tag, _)| *tag == "TY"), "{name}");
        }

        let csl: Value = serde_json::from_str(&exported(Format::CslJson, &articles)).unwrap();
        for item in csl.as_array().unwrap() {
            assert_eq!(title_of(item["title"].as_str()), plain, "{name}");
        }

        let bibtex = exported(Format::Bibtex, &articles);
        let depths: Vec<i32> = bibtex
            .chars()
            .scan(0, |depth, letter| {
                *depth += i32::from(letter == '{') - i32::from(letter == '}');
                Some(*depth)
            })
            .collect();
        assert!(depths.iter().all(|depth| *depth >= 0) && depths.last() == Some(&0), "{name}: {bibtex}");
        assert_eq!(bibtex.lines().filter(|line| line.starts_with('@')).count(), 2, "{name}: {bibtex}");

        let csv = exported(Format::Csv, &articles);
        let mut rows = csv::Reader::from_reader(csv.as_bytes());
        let column = rows.headers().unwrap().iter().position(|name| name == "title").unwrap();
        let titles: Vec<String> = rows.records().map(|row| row.unwrap()[column].to_owned()).collect();
        assert_eq!(titles, [escape_cell(title), escape_cell(title)], "{name}");

        let jsonl = exported(Format::Jsonl, &articles);
        let titles: Vec<String> =
            jsonl.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["title"].as_str().unwrap().to_owned()).collect();
        assert_eq!(titles, [title, title], "{name}");

        let text = Citation::of(&articles[0]).text(Language::Vietnamese);
        assert!(!text.chars().any(|letter| letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}')), "{name}: {text}");
    }
}

#[test]
fn what_tex_reads_is_escaped_and_an_address_is_not() {
    let citation = Citation::of(&Article { url: Some("https://mau.example/{a}_\\%20&#~^$".to_owned()), ..article("\\ { } % & # $ _ ~ ^") });
    let bibtex = citation.bibtex();
    let title = "{{\\textbackslash{} \\textbraceleft{} \\textbraceright{} \\% \\& \\# \\$ \\_ \\textasciitilde{} \\textasciicircum{}}}";
    assert!(bibtex.contains(&format!("  title = {title},\n")), "{bibtex}");
    assert!(bibtex.contains("  url = {https://mau.example/%7Ba%7D_%5C%20&#~^$},\n"), "{bibtex}");
}

#[test]
fn an_export_of_one_hit_is_the_file_of_its_citation() {
    let article = article("Tin");
    let citation = Citation::of(&article);
    let cases = [(Format::Ris, citation.ris()), (Format::Bibtex, citation.bibtex()), (Format::CslJson, citation.csl_json())];
    for (format, expected) in cases {
        assert_eq!(exported(format, std::slice::from_ref(&article)), expected, "{}", format.name());
    }
}

#[test]
fn an_export_of_nothing_is_whole() {
    for format in Format::ALL {
        let file = exported(format, &[]);
        match format {
            Format::Csv => assert!(file.starts_with("rank,score,") && file.lines().count() == 1, "{file}"),
            Format::CslJson => assert_eq!(serde_json::from_str::<Value>(&file).unwrap(), json!([])),
            Format::Jsonl | Format::Ris | Format::Bibtex => assert_eq!(file, ""),
        }
    }
}

#[test]
fn a_form_goes_by_its_name() {
    for format in Format::ALL {
        assert_eq!(Format::named(format.name()), Some(format));
    }
    assert_eq!(Format::named("bib"), None);
}
