//! Years, months, days and spans of them as they are typed → paths of the date facet, or days that an event may share.

use super::{Facts, Read, Selects, Typed, Values, values};
use crate::article::{DatePlace, FacetPath, Interval};
use crate::index::{FacetField, Remainder, day_number};
use crate::query::PartialDate;
use crate::search::error::SearchError;
use crate::search::label;
use crate::search::response::AppliedFilter;
use jiff::civil::Date;
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{Query, RangeQuery};

/// What stands between the ends of a span.
pub(in crate::search) const RANGE: &str = "..";

/// What articles without a year are asked for by; folded.
const REMAINDERS: [(&str, Remainder); 6] = [
    ("unknown", Remainder::UnknownDate),
    ("khong ro", Remainder::UnknownDate),
    ("khong ro ngay", Remainder::UnknownDate),
    ("several", Remainder::SeveralYears),
    ("nhieu nam", Remainder::SeveralYears),
    ("trai qua nhieu nam", Remainder::SeveralYears),
];

/// Reads a year filter: a place in the date facet, or a span of places of one level.
pub(super) fn year(facts: Facts, typed: &str) -> Result<Read, SearchError> {
    let key = Typed::new(typed).folded;
    let only = || typed.trim().strip_prefix("only:").and_then(place).map(Remainder::OnlyKnown);
    if let Some(row) = REMAINDERS.iter().find(|(word, _)| *word == key).map(|(_, row)| row.clone()).or_else(only) {
        return Ok(values("year", typed, Values::remainder(row.clone()), label::of_remainder_alone(&row, facts.authority)));
    }
    let bad = || SearchError::BadDate { field: "year", typed: typed.to_owned() };
    let paths = match typed.split_once(RANGE) {
        None => vec![place(typed).ok_or_else(bad)?],
        Some((from, to)) => between(facts, from, to)?.ok_or_else(bad)?,
    };
    let label = match (typed.split_once(RANGE), paths.as_slice()) {
        (None, [path]) => label::of_value(FacetField::Date, path, facts.authority),
        _ => typed.trim().to_owned(),
    };
    Ok(values("year", typed, Values::paths(FacetField::Date, paths), label))
}

/// The path of a typed year, month or day.
fn place(typed: &str) -> Option<FacetPath> {
    let typed = typed.trim();
    let typed = typed.strip_prefix('/').map_or_else(|| typed.to_owned(), |path| path.replace('/', "-"));
    DatePlace::of(Some(period(&typed)?)).path()
}

/// The places of one level from one to another, either of which may be open; `None` if they are no places of one level.
fn between(facts: Facts, from: &str, to: &str) -> Result<Option<Vec<FacetPath>>, SearchError> {
    let end = |typed: &str| if typed.trim().is_empty() { Some(None) } else { place(typed).map(Some) };
    let (Some(from), Some(to)) = (end(from), end(to)) else { return Ok(None) };
    let Some(depth) = from.as_ref().or(to.as_ref()).map(|path| path.segments().len()) else { return Ok(None) };
    if [&from, &to].into_iter().flatten().any(|path| path.segments().len() != depth) {
        return Ok(None);
    }
    if let (Some(from), Some(to)) = (&from, &to)
        && to < from
    {
        return Ok(None);
    }
    let lies_between = |path: &FacetPath| from.as_ref().is_none_or(|from| from <= path) && to.as_ref().is_none_or(|to| path <= to);
    // Years, months and days are written with leading zeros, so paths of one level sort by time.
    let nodes = facts.generation.hierarchy(FacetField::Date)?.nodes().iter().map(|node| &node.path);
    let mut paths: Vec<FacetPath> = nodes.filter(|path| path.segments().len() == depth && lies_between(path)).cloned().collect();
    paths.sort();
    Ok(Some(paths))
}

/// Reads a range filter.
pub(super) fn days(range: Interval, precise: bool) -> Read {
    let day = |date: Date| format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year());
    let Interval { from, to } = range;
    let label = match (from == Date::MIN, to == Date::MAX) {
        (true, true) => "mọi ngày".to_owned(),
        (true, false) => format!("đến {}", day(to)),
        (false, true) => format!("từ {}", day(from)),
        (false, false) => format!("từ {} đến {}", day(from), day(to)),
    };
    let mode = if precise { "precise" } else { "overlap" };
    let end = |day: Date, open| if day == open { String::new() } else { day.to_string() };
    let span = format!("{}{RANGE}{}", end(from, Date::MIN), end(to, Date::MAX));
    let applied = AppliedFilter { field: "date".to_owned(), typed: span.clone(), resolved: vec![span], label, mode: mode.to_owned() };
    Read { selects: Selects::Days { range, precise }, applied, notices: Vec::new() }
}

/// The conditions on an event that shares a day with a range, or lies within it.
pub(super) fn within(facts: Facts, range: Interval, precise: bool) -> Vec<Box<dyn Query>> {
    let schema = facts.generation.schema();
    let (first, last) = (day_number(range.from), day_number(range.to));
    let at_least =
        |field, day| -> Box<dyn Query> { Box::new(RangeQuery::new(Bound::Included(Term::from_field_i64(field, day)), Bound::Unbounded)) };
    let at_most =
        |field, day| -> Box<dyn Query> { Box::new(RangeQuery::new(Bound::Unbounded, Bound::Included(Term::from_field_i64(field, day)))) };
    match precise {
        true => vec![at_least(schema.event_from(), first), at_most(schema.event_to(), last)],
        false => vec![at_most(schema.event_from(), last), at_least(schema.event_to(), first)],
    }
}

/// The days of a typed span, both ends included: `2024-01..2024-03`, `2024`, `..2023`, `5/2024..`; `None` if it is none.
pub fn parse_range(typed: &str) -> Option<Interval> {
    let Some((from, to)) = typed.split_once(RANGE) else { return period(typed) };
    let end = |text: &str, open: Date| if text.trim().is_empty() { Some(Interval::day(open)) } else { period(text) };
    let (from, to) = (end(from, Date::MIN)?.from, end(to, Date::MAX)?.to);
    (from <= to).then_some(Interval { from, to })
}

/// A typed year, month or day, as queries take them.
fn period(typed: &str) -> Option<Interval> {
    PartialDate::parse(typed.trim()).map(|date| Interval { from: date.first_day(), to: date.last_day() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_may_be_open() {
        let cases = [
            ("2024-01..2024-03", Some(("2024-01-01", "2024-03-31"))),
            ("2023..2025", Some(("2023-01-01", "2025-12-31"))),
            ("2024", Some(("2024-01-01", "2024-12-31"))),
            (" 5/2024 .. 13.6.2024 ", Some(("2024-05-01", "2024-06-13"))),
            ("2025..2024", None),
            ("x..y", None),
        ];
        for (typed, expected) in cases {
            let found = parse_range(typed).map(|range| (range.from.to_string(), range.to.to_string()));
            assert_eq!(found, expected.map(|(from, to)| (from.to_owned(), to.to_owned())), "{typed}");
        }
        assert_eq!(parse_range("..2024").unwrap().from, Date::MIN);
        assert_eq!(parse_range("2024..").unwrap().to, Date::MAX);
    }
}
