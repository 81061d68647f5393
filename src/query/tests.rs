//! The grammar as a table (`QUERY.md`), what must never happen, and that a printed tree is read again as itself.

use super::*;
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// A tree in one line: `All`, `text[…]`, `phrase[…]~n`, `prefix[…]`, `fuzzy[…]~n`, `exact[…]`, `field:…`, `and(…)`, `or(…)`, `not(…)`.
fn compact(ast: &Ast) -> String {
    let list = |parts: &[Ast]| parts.iter().map(compact).collect::<Vec<_>>().join(", ");
    match ast {
        Ast::All => "all".to_owned(),
        Ast::Text(text) => format!("text[{text}]"),
        Ast::Phrase { text, slop: 0 } => format!("phrase[{text}]"),
        Ast::Phrase { text, slop } => format!("phrase[{text}]~{slop}"),
        Ast::Prefix(text) => format!("prefix[{text}]"),
        Ast::Fuzzy { text, distance } => format!("fuzzy[{text}]~{distance}"),
        Ast::Exact(text) => format!("exact[{text}]"),
        Ast::Field { field, value } => format!("{}:{}", field.name(), compact(value)),
        Ast::Year(years) => format!("year:{years}"),
        Ast::Date(dates) => format!("date:{dates}"),
        Ast::And(parts) => format!("and({})", list(parts)),
        Ast::Or(parts) => format!("or({})", list(parts)),
        Ast::Not(inner) => format!("not({})", compact(inner)),
    }
}

fn read(query: &str) -> String {
    match parse(query) {
        Ok(ast) => compact(&ast),
        Err(error) => format!("error at {:?}: {}", error.found, error.expected),
    }
}

#[test]
fn the_examples_of_the_grammar_are_read_as_it_says() {
    let rows = include_str!("../../QUERY.md").lines().filter_map(|line| {
        let (query, reading) = line.strip_prefix("| ``")?.strip_suffix("`` |")?.split_once("`` | ``")?;
        // A pipe would end a cell of the table.
        Some((query.trim().replace("\\|", "|"), reading.trim().to_owned()))
    });
    let rows: Vec<_> = rows.collect();
    assert!(rows.len() > 40, "the table is not where it was: {} rows", rows.len());
    for (query, reading) in rows {
        assert_eq!(read(&query), reading, "{query}");
        check(&query);
    }
}

#[test]
fn what_people_paste_is_text() {
    let cases = [
        ("", "all"),
        (" \n\t\u{200b}", "all"),
        ("\"", "all"),
        ("()", "all"),
        ("!!!", "text[!!!]"),
        ("😀", "text[😀]"),
        ("ống 5\" dài", "text[ống 5, dài]"),
        ("f(x) = y", "text[f, x, = y]"),
        ("Lúc 12:30, xem http://abc.vn/a?b=c", "text[Lúc 12:30, xem http://abc.vn/a?b=c]"),
        ("Chủ tịch: ông Tuyên", "text[Chủ tịch: ông Tuyên]"),
        ("Năm: 2024 tỉnh :", "text[Năm: 2024 tỉnh :]"),
        ("Năm:\"hai ngàn\"", "and(text[Năm:], phrase[hai ngàn])"),
        ("Năm:hai ngàn", "text[Năm:hai ngàn]"),
        ("a * b ~ c", "text[a * b ~ c]"),
        ("kinh \"tế", "text[kinh, tế]"),
        ("a) b (c", "text[a, b, c]"),
        ("OR", "text[or]"),
        ("a OR", "text[a or]"),
        ("NOT", "text[not]"),
        ("a OR OR b", "or(text[a or], text[b])"),
        ("| a |", "text[a]"),
        ("C\u{1ea1}nh tranh\0 Vie\u{323}\u{302}t", "text[Cạnh tranh Việt]"),
        ("a OR !!!", "text[a]"),
        ("-\"...\" a", "text[a]"),
    ];
    for (query, expected) in cases {
        assert_eq!(read(query), expected, "{query:?}");
        check(query);
    }
}

#[test]
fn an_error_points_at_its_place() {
    let error = parse("tham nhũng năm:abc Ninh Bình").expect_err("no year");
    assert_eq!((error.found.as_str(), error.expected), ("abc", Expected::Year));
    let rendered = error.render();
    let lines: Vec<&str> = rendered.lines().collect();
    assert!(lines[0].starts_with("at character 16 of the query: found \"abc\", expected a year of four digits"), "{rendered}");
    assert_eq!(lines[1..], ["  tham nhũng năm:abc Ninh Bình", "                 ^^^"]);

    let long = format!("{} \"a b\"~9 {}", "chữ ".repeat(2_000), "chữ ".repeat(2_000));
    assert!(parse(&long).expect_err("too far").render().chars().count() < 400);
}

#[test]
fn hostile_queries_are_read_in_linear_time_and_little_stack() {
    for piece in ["(", ")", "\"", "“", "«a ", "-", "NOT ", "a OR ", "title:(", "year:", "=", "\"a\"", "(a) ", "-(", "|", "~1 ", "a:", "\"~"]
    {
        let query = piece.repeat(100_000);
        let began = Instant::now();
        match parse(&query) {
            Ok(_) => check(&query),
            Err(error) => assert!(query[error.span.clone()] == error.found && error.render().len() < 2_000, "{piece}"),
        }
        // Half a second at most where other tests run beside it; quadratic work would be minutes.
        assert!(began.elapsed() < Duration::from_secs(10), "{piece}: {:?}", began.elapsed());
    }
    let nested = format!("{}a{}", "(b -".repeat(1_000), ")".repeat(1_000));
    check(&nested);
}

/// A tree that is printed is read as itself.
fn check(query: &str) {
    if let Ok(ast) = parse(query) {
        let printed = ast.to_string();
        assert_eq!(parse(&printed).as_ref(), Ok(&ast), "{query:?} was printed as {printed:?}");
        assert!(serde_json::to_value(&ast).is_ok());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_query_is_read_and_printed(query in "\\PC{0,60}") {
        check(&query);
    }

    #[test]
    fn so_is_any_mixture_of_the_language(pieces in proptest::collection::vec(prop::sample::select(PIECES.as_slice()), 0..20)) {
        check(&pieces.concat());
        check(&pieces.join(" "));
    }
}

const PIECES: [&str; 46] = [
    "a",
    "số",
    "Ninh Bình",
    "57-NQ/TW",
    "12:30",
    "\"",
    "“",
    "”",
    "«",
    "»",
    "(",
    ")",
    "-",
    "=",
    "*",
    "~1",
    "~3",
    "~9",
    "~",
    "|",
    "OR",
    "AND",
    "NOT",
    " ",
    " ",
    " ",
    ",",
    ":",
    "title:",
    "tỉnh:",
    "tinh:",
    "Năm:",
    "year:",
    "2024",
    "2023..2025",
    "..",
    "date:",
    "2024-02",
    "29/02/2024",
    "!",
    "…",
    "e\u{302}\u{301}",
    "\u{301}",
    "\u{200b}",
    "\n",
    "đ",
];
