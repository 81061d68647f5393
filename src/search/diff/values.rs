//! Two states of an article → the values that changed, each in words, with the rules that it stands on before and after.
//!
//! A value that reads the same and stands on another rule has changed too. Not compared: quotes and spans, the reason of a date in words, how a
//! post was written, offsets and hashes of the file; these follow from the text and the rules.

use crate::article::{Article, EventDate, Official, Post, UnitMention, name_of};
use crate::search::copies::{ChangeKind, changes as changes_of_text};
use serde::{Serialize, Serializer};
use std::collections::{BTreeSet, HashMap, VecDeque};

/// What is shown of a text that changed, of what was cut and of what was added.
const MAX_TEXT_CHARS: usize = 240;

/// What can change in an article, as evidence names it where it has some.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DiffField {
    /// Title, and whether it was derived from the text.
    Title,
    /// The stored text.
    Body,
    /// Interval, precision and basis of the event.
    Event,
    /// The claimed day of publication, and who claims it.
    Published,
    /// When a crawler took it.
    Captured,
    /// Whether it is about units, the whole country, another one, or nobody knows.
    Status,
    /// The units that it is about.
    About,
    /// Districts and wards of these.
    Places,
    /// The other units that it names.
    Mentioned,
    /// People and posts, a value for each post.
    Officials,
    /// The same of other countries.
    ForeignOfficials,
    /// The publisher, and its unit.
    Source,
    /// The address.
    Url,
    /// Collection, file and record.
    Origin,
    /// What a reader should know of how it was read.
    Flags,
    /// What people said against it.
    Corrections,
    /// The near-duplicates it is one of, by the id of the first.
    Group,
}

impl DiffField {
    /// All of them, in the order of the contract.
    pub const ALL: [DiffField; 17] = [
        DiffField::Title,
        DiffField::Body,
        DiffField::Event,
        DiffField::Published,
        DiffField::Captured,
        DiffField::Status,
        DiffField::About,
        DiffField::Places,
        DiffField::Mentioned,
        DiffField::Officials,
        DiffField::ForeignOfficials,
        DiffField::Source,
        DiffField::Url,
        DiffField::Origin,
        DiffField::Flags,
        DiffField::Corrections,
        DiffField::Group,
    ];

    /// The name, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            DiffField::Title => "title",
            DiffField::Body => "body",
            DiffField::Event => "dates.event",
            DiffField::Published => "dates.published",
            DiffField::Captured => "dates.captured",
            DiffField::Status => "provinces.status",
            DiffField::About => "provinces.about",
            DiffField::Places => "provinces.about.places",
            DiffField::Mentioned => "provinces.mentioned",
            DiffField::Officials => "officials",
            DiffField::ForeignOfficials => "foreign_officials",
            DiffField::Source => "source",
            DiffField::Url => "url",
            DiffField::Origin => "origin",
            DiffField::Flags => "flags",
            DiffField::Corrections => "corrections",
            DiffField::Group => "group",
        }
    }

    /// The field of a name; `None` for any other text.
    pub fn named(name: &str) -> Option<DiffField> {
        DiffField::ALL.into_iter().find(|field| field.name() == name)
    }
}

impl Serialize for DiffField {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// A value that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ValueChange {
    /// Which.
    pub field: DiffField,
    /// As it was, in words; null where it was not there. Of a text, what was cut.
    pub before: Option<String>,
    /// As it is, in words; null where it is gone. Of a text, what was added.
    pub after: Option<String>,
    /// Stable ids of the rules that it stood on.
    pub rules_before: Vec<String>,
    /// Stable ids of the rules that it stands on.
    pub rules_after: Vec<String>,
}

/// The values that changed between two states of an article, by field; of the body what was cut and added only if `with_text`.
pub(super) fn changes(before: &Article, after: &Article, field: Option<DiffField>, with_text: bool) -> Vec<ValueChange> {
    let mut changed = Vec::new();
    let (old_rules, new_rules) = (Rules::of(before), Rules::of(after));
    for field in DiffField::ALL.into_iter().filter(|one| field.is_none_or(|field| *one == field)) {
        if field == DiffField::Body {
            changed.extend(text_change(before, after, with_text));
        } else {
            changed.extend(of_field(field, values(before, &old_rules, field), values(after, &new_rules, field)));
        }
    }
    changed
}

fn text_change(before: &Article, after: &Article, with_text: bool) -> Option<ValueChange> {
    let is_same = before.body == after.body;
    (!is_same).then(|| {
        let changes = if with_text { changes_of_text(before, after) } else { Vec::new() };
        let all = |kind: ChangeKind| {
            let texts = changes.iter().filter(|change| change.field == "body" && change.kind == kind).map(|change| change.text.trim());
            let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
            (!texts.is_empty()).then(|| cut(&texts.join(" … ")))
        };
        let (before, after) = (all(ChangeKind::Cut), all(ChangeKind::Added));
        ValueChange { field: DiffField::Body, before, after, rules_before: Vec::new(), rules_after: Vec::new() }
    })
}

/// The beginning of a text that is longer than what is shown.
fn cut(text: &str) -> String {
    match text.char_indices().nth(MAX_TEXT_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The rules that the values of an article stand on.
struct Rules<'a>(HashMap<&'a str, BTreeSet<&'a str>>);

impl<'a> Rules<'a> {
    fn of(article: &'a Article) -> Rules<'a> {
        let mut rules: HashMap<&str, BTreeSet<&str>> = HashMap::new();
        for evidence in article.evidence.iter().flatten() {
            rules.entry(&evidence.value).or_default().insert(&evidence.rule);
        }
        Rules(rules)
    }

    /// Those of some values together.
    fn of_values(&self, values: &[&str]) -> BTreeSet<String> {
        values.iter().filter_map(|value| self.0.get(value)).flatten().map(|rule| (*rule).to_owned()).collect()
    }
}

/// A value of an article.
#[derive(Clone, Debug)]
struct Value {
    /// By what it is the same value in another state: first by all that names it, then by what names it less exactly.
    keys: [String; 2],
    words: String,
    rules: BTreeSet<String>,
}

impl Value {
    /// The only one of its field.
    fn only(words: String, rules: BTreeSet<String>) -> Value {
        Value { keys: Default::default(), words, rules }
    }

    /// One of several, which stands on no rule.
    fn listed(words: String) -> Value {
        Value { keys: [words.clone(), words.clone()], words, rules: BTreeSet::new() }
    }
}

/// Pairs the values of a field, and keeps the pairs that differ: by their keys, and one that is left on each side with the other.
fn of_field(field: DiffField, before: Vec<Value>, after: Vec<Value>) -> Vec<ValueChange> {
    let mut old: Vec<Option<Value>> = before.into_iter().map(Some).collect();
    let mut new: Vec<Option<Value>> = after.into_iter().map(Some).collect();
    let mut pairs = Vec::new();
    for key in 0..2 {
        let mut named: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (at, value) in new.iter().enumerate().filter_map(|(at, value)| Some((at, value.as_ref()?))) {
            named.entry(value.keys[key].clone()).or_default().push_back(at);
        }
        for (at, old) in old.iter_mut().enumerate() {
            let fitting = old.as_ref().and_then(|value| named.get_mut(&value.keys[key])?.pop_front());
            if let Some(fitting) = fitting {
                pairs.push((at, old.take(), new[fitting].take()));
            }
        }
    }
    let behind = old.len();
    let mut old: Vec<(usize, Value)> = old.into_iter().enumerate().filter_map(|(at, value)| Some((at, value?))).collect();
    let mut new: Vec<Value> = new.into_iter().flatten().collect();
    if old.len() == 1 && new.len() == 1 {
        pairs.extend(old.pop().zip(new.pop()).map(|((at, value), other)| (at, Some(value), Some(other))));
    }
    pairs.extend(old.into_iter().map(|(at, value)| (at, Some(value), None)));
    pairs.extend(new.into_iter().map(|value| (behind, None, Some(value))));
    pairs.sort_by_key(|(at, _, _)| *at);

    let said = |value: &Option<Value>| value.as_ref().map(|value| value.words.clone());
    let rules = |value: Option<Value>| value.map(|value| value.rules.into_iter().collect()).unwrap_or_default();
    let changes = pairs.into_iter().map(|(_, before, after)| ValueChange {
        field,
        before: said(&before),
        after: said(&after),
        rules_before: rules(before),
        rules_after: rules(after),
    });
    changes.filter(|change| change.before != change.after || change.rules_before != change.rules_after).collect()
}

/// The values of a field but the body.
fn values(article: &Article, rules: &Rules, field: DiffField) -> Vec<Value> {
    let no_rule = BTreeSet::new;
    match field {
        DiffField::Title => {
            let derived = if article.title_derived { " [derived]" } else { "" };
            vec![Value::only(format!("{}{derived}", article.title), no_rule())]
        }
        DiffField::Body => Vec::new(),
        DiffField::Event => vec![Value::only(event(&article.dates.event), rules.of_values(&["dates.event"]))],
        DiffField::Published => {
            let published = article.dates.published.iter();
            published.map(|published| Value::only(format!("{} [{}]", published.at, published.claimed_by), no_rule())).collect()
        }
        DiffField::Captured => article.dates.captured.iter().map(|captured| Value::only(captured.at.clone(), no_rule())).collect(),
        DiffField::Status => {
            vec![Value::only(article.provinces.status.name().to_owned(), rules.of_values(&["provinces.status"]))]
        }
        DiffField::About => units(&article.provinces.about, "provinces.about", rules),
        DiffField::Mentioned => units(&article.provinces.mentioned, "provinces.mentioned", rules),
        DiffField::Places => places(article, rules),
        DiffField::Officials => posts(&article.officials, "officials", rules),
        DiffField::ForeignOfficials => posts(&article.foreign_officials, "foreign_officials", rules),
        DiffField::Source => {
            let of_source = || rules.of_values(&["source", "source.unit_id"]);
            article.source.iter().map(|source| Value::only(with_more(&source.name, source.unit_id.iter()), of_source())).collect()
        }
        DiffField::Url => article.url.iter().map(|url| Value::only(url.clone(), no_rule())).collect(),
        DiffField::Origin => {
            let origin = &article.origin;
            vec![Value::only(format!("{} · {} · {}", article.collection, origin.path, origin.record), no_rule())]
        }
        DiffField::Flags => article.flags.iter().map(|flag| Value::listed(name_of(flag))).collect(),
        DiffField::Corrections => {
            let said = article.corrections.iter().map(|applied| {
                let (one, problem) = (&applied.correction, applied.problem.as_ref().map(|problem| format!("NOT APPLIED: {problem}")));
                with_more(&format!("{} {} “{}” ({}, {})", one.field.name(), one.op.name(), one.value, one.by, one.at), problem.iter())
            });
            said.map(Value::listed).collect()
        }
        DiffField::Group => article.group.iter().map(|group| Value::only(group.to_string(), no_rule())).collect(),
    }
}

/// `2024-05-13 [day; stated]`
fn event(event: &EventDate) -> String {
    let interval = event.interval().map_or_else(|| "none".to_owned(), |interval| interval.iso());
    with_more(&interval, [name_of(&event.precision), name_of(&event.basis)].iter())
}

/// A text with others in brackets behind it.
fn with_more<T: std::fmt::Display>(text: &str, more: impl Iterator<Item = T>) -> String {
    let more: Vec<String> = more.map(|one| one.to_string()).collect();
    if more.is_empty() { text.to_owned() } else { format!("{text} [{}]", more.join("; ")) }
}

/// `Ninh Bình (đến 6/2025) [ninh-binh@1992]`; of a unit that is part of another today, with that one.
fn units(units: &[UnitMention], list: &str, rules: &Rules) -> Vec<Value> {
    let value = |(at, unit): (usize, &UnitMention)| {
        let mut rules = rules.of_values(&[&format!("{list}[{at}]"), &format!("{list}[{at}].era")]);
        rules.insert(unit.rule.clone());
        let name = unit.era.as_ref().map_or_else(|| unit.unit.clone(), |era| format!("{} ({era})", unit.unit));
        let today: Vec<&str> = unit.today.iter().map(|today| today.unit.as_str()).filter(|today| *today != unit.unit).collect();
        let today = (!today.is_empty()).then(|| format!("nay {}", today.join(", ")));
        let words = with_more(&name, [unit.unit_id.to_string()].into_iter().chain(today));
        Value { keys: [unit.unit_id.to_string(), unit.unit_id.slug().to_owned()], words, rules }
    };
    units.iter().enumerate().map(value).collect()
}

/// `huyện Kim Sơn [ninh-binh@1992]`
fn places(article: &Article, rules: &Rules) -> Vec<Value> {
    let mut values = Vec::new();
    for (at, unit) in article.provinces.about.iter().enumerate() {
        for (number, place) in unit.places.iter().enumerate() {
            let own = format!("provinces.about[{at}].places[{number}]");
            let words = with_more(&format!("{} {}", place.kind.word(), place.place), std::iter::once(&unit.unit_id));
            let keys = [format!("{} {}", unit.unit_id, place.place_id), place.place_id.clone()];
            values.push(Value { keys, words, rules: rules.of_values(&[&own]) });
        }
    }
    values
}

/// `Lò Văn Thiêm: Phó Chủ tịch Ủy ban nhân dân tỉnh Sơn La [deputy; current; Sơn La; son-la@1975]`
fn posts(people: &[Official], list: &str, rules: &Rules) -> Vec<Value> {
    let mut values = Vec::new();
    for (at, official) in people.iter().enumerate() {
        if official.posts.is_empty() {
            let (own, name) = (format!("{list}[{at}]"), official.name.clone());
            values.push(Value { keys: [name.clone(), name.clone()], words: name, rules: rules.of_values(&[&own]) });
        }
        for (number, post) in official.posts.iter().enumerate() {
            let own = format!("{list}[{at}].posts[{number}]");
            let mut rules = rules.of_values(&[&own]);
            rules.insert(post.rule.clone());
            let keys = [format!("{}\u{1f}{}", official.name, post.role), official.name.clone()];
            values.push(Value { keys, words: format!("{}: {}", official.name, post_in_words(post)), rules });
        }
    }
    values
}

fn post_in_words(post: &Post) -> String {
    let body = post.body.as_ref().filter(|body| !post.role.contains(body.as_str()));
    let unit = post.unit_id.as_ref().map(|unit| unit.0.clone());
    let more = [name_of(&post.rank), name_of(&post.status)].into_iter().chain(body.cloned()).chain(post.scope.clone()).chain(unit);
    with_more(&post.role, more)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(keys: [&str; 2], rule: &str) -> Value {
        Value { keys: keys.map(str::to_owned), words: keys[0].to_owned(), rules: [rule.to_owned()].into() }
    }

    /// `before (rules) → after (rules)`
    fn told(before: &[([&str; 2], &str)], after: &[([&str; 2], &str)]) -> Vec<String> {
        let values = |values: &[([&str; 2], &str)]| values.iter().map(|&(keys, rule)| value(keys, rule)).collect();
        let side = |words: &Option<String>, rules: &[String]| format!("{} ({})", words.as_deref().unwrap_or("-"), rules.join("+"));
        let told =
            |change: ValueChange| format!("{} → {}", side(&change.before, &change.rules_before), side(&change.after, &change.rules_after));
        of_field(DiffField::About, values(before), values(after)).into_iter().map(told).collect()
    }

    #[test]
    fn values_are_paired_by_what_names_them() {
        let (old, new, other) = (["ninh-binh@1992", "ninh-binh"], ["ninh-binh@2025", "ninh-binh"], ["hue@2025", "hue"]);
        let third = ["ca-mau@1997", "ca-mau"];
        let none: &[&str] = &[];
        assert_eq!(told(&[(old, "a"), (other, "b")], &[(other, "b"), (old, "a")]), none, "order is no change");
        assert_eq!(told(&[(old, "a")], &[(old, "b")]), ["ninh-binh@1992 (a) → ninh-binh@1992 (b)"], "another rule is one");
        assert_eq!(told(&[(old, "a"), (other, "b")], &[(new, "c"), (other, "b")]), ["ninh-binh@1992 (a) → ninh-binh@2025 (c)"]);
        assert_eq!(told(&[(old, "a")], &[(other, "b")]), ["ninh-binh@1992 (a) → hue@2025 (b)"], "the only ones left");
        assert_eq!(told(&[(old, "a")], &[]), ["ninh-binh@1992 (a) → - ()"]);
        assert_eq!(
            told(&[(third, "a")], &[(other, "b"), (old, "c")]),
            ["ca-mau@1997 (a) → - ()", "- () → hue@2025 (b)", "- () → ninh-binh@1992 (c)"],
            "of several left nobody can say which became which"
        );
    }

    #[test]
    fn every_field_has_a_name_of_its_own() {
        for field in DiffField::ALL {
            assert_eq!(DiffField::named(field.name()), Some(field));
        }
    }
}
