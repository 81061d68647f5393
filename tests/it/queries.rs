//! The query language from outside: trees that are printed are read again as themselves, and reading takes the time that the length is worth.

use proptest::prelude::*;
use std::time::{Duration, Instant};
use tracuu::query::{Ast, Between, Field, MAX_DISTANCE, MAX_SLOP, PartialDate, parse};

const WORDS: [&str; 14] =
    ["đất", "rừng", "Ninh Bình", "chuyển", "đổi", "số", "57-NQ/TW", "TT&TT", "UBND", "or", "năm", "H'leo", "765.472", "a"];

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["đất", "Huế", "chuyển", "57", "UBND", "a"]).prop_map(str::to_owned)
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS.as_slice()), 1..5).prop_map(|words| words.join(" "))
}

fn several_words() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 2..4).prop_map(|words| words.join(" "))
}

fn between<T: Copy + std::fmt::Debug>(
    value: impl Strategy<Value = T> + Clone,
    in_order: fn(&T, &T) -> bool,
) -> impl Strategy<Value = Between<T>> {
    (prop::option::of(value.clone()), prop::option::of(value)).prop_filter_map("an end, and the earlier first", move |(from, to)| {
        match (from, to) {
            (None, None) => None,
            (Some(from), Some(to)) if !in_order(&from, &to) => None,
            (from, to) => Some(Between { from, to }),
        }
    })
}

fn date() -> impl Strategy<Value = PartialDate> + Clone {
    (1900..2100_i16, prop::option::of((1..=12_i8, prop::option::of(1..=28_i8)))).prop_map(|(year, rest)| PartialDate {
        year,
        month: rest.map(|(month, _)| month),
        day: rest.and_then(|(_, day)| day),
    })
}

/// What text is asked for.
fn leaf() -> impl Strategy<Value = Ast> {
    prop_oneof![
        4 => text().prop_map(Ast::Text),
        2 => (several_words(), 0..=MAX_SLOP).prop_map(|(text, slop)| Ast::Phrase { text, slop }),
        1 => word().prop_map(|text| Ast::Phrase { text, slop: 0 }),
        1 => prop_oneof![word(), several_words()].prop_map(Ast::Prefix),
        1 => (word(), 1..=MAX_DISTANCE).prop_map(|(text, distance)| Ast::Fuzzy { text, distance }),
        1 => prop_oneof![word(), several_words()].prop_map(Ast::Exact),
    ]
}

/// Trees as the parser makes them: flat, of at least two parts, without a double `NOT`.
fn joined(leaf: impl Strategy<Value = Ast> + 'static) -> impl Strategy<Value = Ast> {
    leaf.prop_recursive(4, 24, 4, |inner| {
        let parts = |is_other: fn(&Ast) -> bool| prop::collection::vec(inner.clone().prop_filter("flat", is_other), 2..4);
        prop_oneof![
            parts(|part| !matches!(part, Ast::And(_))).prop_map(Ast::And),
            parts(|part| !matches!(part, Ast::Or(_))).prop_map(Ast::Or),
            inner.clone().prop_filter("once", |inner| !matches!(inner, Ast::Not(_))).prop_map(|inner| Ast::Not(Box::new(inner))),
        ]
    })
}

fn tree() -> impl Strategy<Value = Ast> {
    let field = prop::sample::select(vec![Field::Title, Field::Province, Field::Official, Field::Role, Field::Source]);
    joined(prop_oneof![
        4 => leaf(),
        2 => (field, joined(leaf())).prop_map(|(field, value)| Ast::Field { field, value: Box::new(value) }),
        1 => between(1000..=9999_i16, i16::le).prop_map(Ast::Year),
        1 => between(date(), |from, to| from.first_day() <= to.last_day()).prop_map(Ast::Date),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_tree_that_is_printed_is_read_as_itself(ast in tree()) {
        let printed = ast.to_string();
        prop_assert_eq!(parse(&printed), Ok(ast), "printed as {}", printed);
    }
}

/// What hostile queries are made of.
const PIECES: [&str; 24] = [
    "(", ")", "()", "((a) ", "\"", "“", "«", "\"a\" ", "-", "- ", "-a ", "NOT ", "a OR ", "| ", "a AND ", "title:", "title:(", "năm:", "=",
    "*", "a* ", "~1 ", "chữ ", "x",
];

#[test]
fn a_megabyte_of_anything_is_read_within_two_seconds() {
    for piece in PIECES {
        let query = piece.repeat((1 << 20) / piece.len());
        let began = Instant::now();
        // What is no query is told so in the same time.
        let _ = parse(&query).map(|ast| ast.to_string().len());
        // Linear work takes some 50 ms; quadratic work would take minutes.
        assert!(began.elapsed() < Duration::from_secs(2), "{piece:?}: {:?}", began.elapsed());
    }
}
