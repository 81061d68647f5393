//! JSON lines, gold or predictions → records in the form in which they are compared.

use super::role::name_key;
use crate::article::{Interval, Precision};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer};
use std::collections::{BTreeMap, BTreeSet};

/// A line that is no record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct RecordError {
    /// Line, from 1; 0 where the text as a whole is meant.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

/// Who, where and when of one article, as someone judged or a program found it.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// By the key of the name.
    pub people: BTreeMap<String, Person>,
    /// By the key of the name.
    pub about: BTreeMap<String, Named>,
    pub mentioned: BTreeMap<String, Named>,
    pub event: Option<Interval>,
    pub precision: Precision,
    /// The rule of the date, where the record says it.
    pub event_rule: Option<String>,
    /// Other dates that are right as well.
    pub also: Vec<Interval>,
    /// Days inside a wide interval that are plainly not the event.
    pub not: Vec<Interval>,
    /// Whether no date at all is right as well.
    pub none_is_right: bool,
    /// Counted on neither side.
    pub optional_people: BTreeSet<String>,
    pub optional_provinces: BTreeSet<String>,
    pub foreign: BTreeSet<String>,
}

/// A value by the name it was given, with the rule that found it.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub name: String,
    pub rule: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Person {
    pub name: String,
    pub roles: Vec<Named>,
    /// Roles in the words of the text: as good as those written out.
    pub as_written: Vec<String>,
}

/// Reads one record from each line that is not empty, by `key` or `id`.
pub(super) fn read(jsonl: &str) -> Result<BTreeMap<String, Record>, RecordError> {
    let mut records = BTreeMap::new();
    for (number, line) in (1..).zip(jsonl.trim_start_matches('\u{feff}').split('\n')) {
        if line.trim().is_empty() {
            continue;
        }
        let error = |what: String| RecordError { line: number, what };
        let line: Line = serde_json::from_str(line).map_err(|problem| error(problem.to_string()))?;
        let (key, record) = line.record().map_err(error)?;
        if records.insert(key.clone(), record).is_some() {
            return Err(error(format!("{key:?} stands on an earlier line too")));
        }
    }
    match records.is_empty() {
        true => Err(RecordError { line: 0, what: "no record found: expected one JSON object a line".to_owned() }),
        false => Ok(records),
    }
}

/// A line of either file. What a program finds, it has to give, if only as null.
#[derive(Deserialize)]
struct Line {
    key: Option<String>,
    id: Option<String>,
    /// Null is an answer, and missing is none.
    #[serde(default, deserialize_with = "answered")]
    date: Option<Option<DateLine>>,
    dates: Option<DatesLine>,
    #[serde(deserialize_with = "Option::deserialize")]
    provinces: Option<ProvincesLine>,
    #[serde(deserialize_with = "Option::deserialize")]
    officials: Option<Vec<PersonLine>>,
    #[serde(default, deserialize_with = "or_default")]
    foreign_officials: Vec<PersonLine>,
    #[serde(default, deserialize_with = "or_default")]
    evidence: Vec<EvidenceLine>,
    #[serde(default, deserialize_with = "or_default")]
    date_also: Vec<DateLine>,
    #[serde(default, deserialize_with = "or_default")]
    date_not: Vec<DateLine>,
    #[serde(default, deserialize_with = "or_default")]
    date_none_ok: bool,
    #[serde(default, deserialize_with = "or_default")]
    optional_officials: Vec<String>,
    #[serde(default, deserialize_with = "or_default")]
    optional_provinces: Vec<String>,
}

#[derive(Deserialize)]
struct DatesLine {
    event: Option<DateLine>,
}

#[derive(Deserialize)]
struct DateLine {
    from: Option<Date>,
    to: Option<Date>,
    precision: Option<Precision>,
}

#[derive(Default, Deserialize)]
struct ProvincesLine {
    #[serde(default, deserialize_with = "or_default")]
    about: Vec<UnitLine>,
    #[serde(default, deserialize_with = "or_default")]
    mentioned: Vec<UnitLine>,
}

/// A name alone, as people write it, or a unit of the JSON contract.
#[derive(Deserialize)]
#[serde(untagged)]
enum UnitLine {
    Name(String),
    Unit { unit: String, rule: Option<String> },
}

#[derive(Deserialize)]
struct PersonLine {
    name: String,
    #[serde(default, deserialize_with = "or_default")]
    posts: Vec<PostLine>,
    #[serde(default, deserialize_with = "or_default")]
    roles: Vec<String>,
    #[serde(default, deserialize_with = "or_default")]
    as_written: Vec<String>,
}

#[derive(Deserialize)]
struct PostLine {
    role: Option<String>,
    rule: Option<String>,
}

#[derive(Deserialize)]
struct EvidenceLine {
    #[serde(rename = "for")]
    value: String,
    rule: String,
}

fn answered<'de, T: Deserialize<'de>, D: Deserializer<'de>>(value: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(value).map(Some)
}

/// Null is as good as nothing.
fn or_default<'de, T: Default + Deserialize<'de>, D: Deserializer<'de>>(value: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(value)?.unwrap_or_default())
}

impl Line {
    fn record(self) -> Result<(String, Record), String> {
        let key = self.key.or(self.id).filter(|key| !key.is_empty()).ok_or("expected a \"key\" or an \"id\"")?;
        if self.date.is_none() && self.dates.is_none() {
            return Err("expected a \"date\", or \"dates\" with an \"event\"".to_owned());
        }
        let date = self.date.flatten().or(self.dates.and_then(|dates| dates.event));
        let event = date.as_ref().map(DateLine::interval).transpose()?.flatten();
        let precision = date.and_then(|date| date.precision).or(event.map(default_precision)).filter(|_| event.is_some());
        let provinces = self.provinces.unwrap_or_default();
        let intervals = |dates: Vec<DateLine>| dates.iter().filter_map(|date| date.interval().transpose()).collect::<Result<Vec<_>, _>>();
        let record = Record {
            people: people(self.officials.unwrap_or_default())?,
            about: units(provinces.about),
            mentioned: units(provinces.mentioned),
            event,
            precision: precision.unwrap_or_default(),
            event_rule: self.evidence.into_iter().find(|evidence| evidence.value == "dates.event").map(|evidence| evidence.rule),
            also: intervals(self.date_also)?,
            not: intervals(self.date_not)?,
            none_is_right: self.date_none_ok,
            optional_people: self.optional_officials.iter().map(|name| name_key(name)).collect(),
            optional_provinces: self.optional_provinces.iter().map(|name| unit_key(name)).collect(),
            foreign: self.foreign_officials.iter().map(|person| name_key(&person.name)).collect(),
        };
        Ok((key, record))
    }
}

impl DateLine {
    fn interval(&self) -> Result<Option<Interval>, String> {
        match (self.from, self.to, self.precision) {
            (None, None, _) | (_, _, Some(Precision::None)) => Ok(None),
            (Some(from), Some(to), _) if from <= to => Ok(Some(Interval { from, to })),
            (from, to, _) => Err(format!("expected two days in order, or null for both; found {from:?} and {to:?}")),
        }
    }
}

/// The same name twice is one person with both lists of posts.
fn people(lines: Vec<PersonLine>) -> Result<BTreeMap<String, Person>, String> {
    let mut people: BTreeMap<String, Person> = BTreeMap::new();
    for line in lines {
        let key = name_key(&line.name);
        if key.is_empty() {
            return Err(format!("an official needs a name, found {:?}", line.name));
        }
        let person = people.entry(key).or_insert_with(|| Person { name: line.name, ..Person::default() });
        let posts = line.posts.into_iter().filter_map(|post| Some(Named { name: post.role?, rule: post.rule }));
        person.roles.extend(posts.chain(line.roles.into_iter().map(|name| Named { name, rule: None })));
        person.as_written.extend(line.as_written);
    }
    Ok(people)
}

fn units(lines: Vec<UnitLine>) -> BTreeMap<String, Named> {
    let named = |line| match line {
        UnitLine::Name(name) => Named { name, rule: None },
        UnitLine::Unit { unit, rule } => Named { name: unit, rule },
    };
    lines.into_iter().map(named).map(|unit| (unit_key(&unit.name), unit)).collect()
}

/// The name of a unit without what it is in law.
fn unit_key(name: &str) -> String {
    let key = name_key(name);
    let bare = ["tỉnh ", "thành phố ", "tp "].iter().find_map(|kind| key.strip_prefix(kind)).unwrap_or(&key);
    if matches!(bare, "hcm" | "tphcm") { "hồ chí minh".to_owned() } else { bare.to_owned() }
}

/// How exact an interval is that does not say so: up to a week its days count, up to a month the month.
pub(super) fn default_precision(interval: Interval) -> Precision {
    match super::days(interval) {
        ..=7 => Precision::Day,
        8..=31 => Precision::Month,
        _ => Precision::Year,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_no_record_is_named() {
        let good = r#"{"id":"a","date":null,"dates":{"event":null},"provinces":null,"officials":null}"#;
        assert_eq!(read(good).expect("a record").len(), 1);
        for (jsonl, line) in [
            (format!("{good}\n{good}"), 2),
            (format!("{good}\n\nx"), 3),
            (String::new(), 0),
            (r#"{"id":"a","date":{"from":"2024-03-12","to":"2024-03-11"},"provinces":{},"officials":[]}"#.to_owned(), 1),
            (r#"{"id":"a","date":{"from":"2024-02-30","to":"2024-02-30"},"provinces":{},"officials":[]}"#.to_owned(), 1),
            (r#"{"id":"a","provinces":{},"officials":[]}"#.to_owned(), 1),
            (r#"{"id":"a","date":{"from":null,"to":null},"officials":[]}"#.to_owned(), 1),
            (r#"{"date":{"from":null,"to":null},"provinces":{},"officials":[]}"#.to_owned(), 1),
            (r#"{"id":"a","date":{"from":null,"to":null},"provinces":{},"officials":[{"name":"…"}]}"#.to_owned(), 1),
        ] {
            assert_eq!(read(&jsonl).map(|records| records.len()).unwrap_err().line, line, "{jsonl}");
        }
    }

    #[test]
    fn a_unit_is_compared_by_its_bare_name() {
        for (name, key) in [("Tỉnh Hoà Bình", "hòa bình"), ("TP. HCM", "hồ chí minh"), ("Thành phố Huế", "huế")] {
            assert_eq!(unit_key(name), key);
        }
    }
}
