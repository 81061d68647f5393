//! All rules of extraction, each with an example of it at work.

use super::rule::RuleText;
use super::{date, official, province};

const EXAMPLES: &str = include_str!("examples.tsv");
const MEASURED: &str = include_str!("measured.tsv");

/// How often a rule was right on articles that people have judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleMeasure {
    /// Id of the rule.
    pub rule: &'static str,
    /// Values that stood on it.
    pub values: usize,
    /// Those that were right.
    pub right: usize,
}

/// An article in which a rule is at work; people and events are fictional.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleExample {
    /// Id of the rule.
    pub rule: &'static str,
    /// What it gives: a date; `about` or `mentioned` and a unit; `national` or `foreign`; a name, a colon and a role.
    pub value: &'static str,
    /// Publisher.
    pub source: Option<&'static str>,
    /// Publication date.
    pub published: Option<&'static str>,
    /// Title.
    pub title: &'static str,
    /// Text.
    pub body: String,
}

/// Every rule, by kind of value, in the order in which the code has them.
pub fn rules() -> Vec<RuleText> {
    [date::RULES, province::RULES, official::RULES].concat().concat()
}

/// The examples, in the order of the rules.
pub fn rule_examples() -> Vec<RuleExample> {
    let given = |column: &'static str| Some(column).filter(|column| !column.is_empty());
    let rows = EXAMPLES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let [rule, value, source, published, title, body] = line.split('\t').collect::<Vec<_>>()[..] else { return None };
        let (source, published, body) = (given(source), given(published), body.replace("\\n", "\n"));
        Some(RuleExample { rule, value, source, published, title, body })
    });
    rows.collect()
}

/// What was measured of the rules; those that no judged value stood on are not in it.
pub fn rule_measures() -> Vec<RuleMeasure> {
    let rows = MEASURED.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let [rule, values, right] = line.split('\t').collect::<Vec<_>>()[..] else { return None };
        Some(RuleMeasure { rule, values: values.parse().ok()?, right: right.parse().ok()? })
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{CleanArticle, Metadata, ProvinceStatus, Published};
    use crate::authority::Authority;
    use crate::extract::extract;
    use std::collections::BTreeSet;

    /// Values that an article gets, as the examples write them, with their rules.
    fn values(metadata: &Metadata) -> Vec<(String, String)> {
        let mut values = Vec::new();
        let rules_of = |value: &str| {
            let of_value = metadata.evidence.iter().filter(move |evidence| evidence.value == value);
            of_value.map(|evidence| evidence.rule.clone()).collect::<BTreeSet<_>>()
        };
        let date = metadata.event.interval().map(|interval| interval.iso());
        values.extend(date.iter().flat_map(|date| rules_of("dates.event").into_iter().map(move |rule| (rule, date.clone()))));
        for (list, units) in [("about", &metadata.provinces.about), ("mentioned", &metadata.provinces.mentioned)] {
            for (at, unit) in units.iter().enumerate() {
                let rules = rules_of(&format!("provinces.{list}[{at}]"));
                assert!(rules.contains(&unit.rule), "{}: {}", unit.unit, unit.rule);
                let rules = rules.into_iter().chain(rules_of(&format!("provinces.{list}[{at}].era")));
                values.extend(rules.map(|rule| (rule, format!("{list} {}", unit.unit))));
                for (number, place) in unit.places.iter().enumerate() {
                    let rules = rules_of(&format!("provinces.{list}[{at}].places[{number}]"));
                    let place = format!("{} {} of {}", place.kind.word(), place.place, unit.unit);
                    values.extend(rules.into_iter().map(|rule| (rule, place.clone())));
                }
            }
        }
        if metadata.provinces.status != ProvinceStatus::Units {
            let status = metadata.provinces.status.name();
            values.extend(rules_of("provinces.status").into_iter().map(|rule| (rule, status.to_owned())));
        }
        for official in &metadata.officials {
            values.extend(official.posts.iter().map(|post| (post.rule.clone(), format!("{}: {}", official.name, post.role))));
        }
        values
    }

    #[test]
    fn every_rule_has_an_example_in_which_it_is_at_work() {
        let authority = Authority::bundled();
        let examples = rule_examples();
        let mut wrong = Vec::new();
        for example in &examples {
            let published = example.published.map(|at| Published { at: at.to_owned(), claimed_by: "meta:date".to_owned() });
            let article = CleanArticle {
                title: example.title.to_owned(),
                body: example.body.clone(),
                source: example.source.map(str::to_owned),
                published,
                ..CleanArticle::default()
            };
            let values = values(&extract(&article, &authority));
            if !values.contains(&(example.rule.to_owned(), example.value.to_owned())) {
                wrong.push(format!("{} of {:?}: {} expected, found {values:#?}", example.rule, example.body, example.value));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let shown: BTreeSet<&str> = examples.iter().map(|example| example.rule).collect();
        let all: BTreeSet<&str> = rules().iter().map(|rule| rule.id).collect();
        assert_eq!(shown, all);
        assert_eq!(all.len(), rules().len(), "ids are unique");
    }

    #[test]
    fn a_rule_says_a_sentence() {
        for RuleText { id, says } in rules() {
            assert!(says.len() > 10 && (says.ends_with('.') || says.ends_with('…')), "{id}: {says:?}");
        }
    }
}
