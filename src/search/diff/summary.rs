//! Changed values of many articles → how many there are, by field, and by the rules before and after.

use super::values::{DiffField, ValueChange};
use crate::article::ArticleId;
use serde::{Serialize, Serializer};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Ids that stand for a change of rules.
const EXAMPLES: usize = 3;

/// How many articles differ, and in what. The order in which articles were counted makes no difference.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DiffSummary {
    /// Articles that stand in the later state alone.
    pub added: u64,
    /// Articles that stand in the earlier state alone.
    pub removed: u64,
    /// Articles that stand in both and differ.
    pub changed: u64,
    /// Articles that stand in both and do not.
    pub same: u64,
    /// Changes by field, those of most articles first.
    #[serde(rename = "fields", serialize_with = "fields")]
    by_field: ByField,
    /// Changes by field and by the rules on either side, the most frequent first.
    #[serde(rename = "rules", serialize_with = "rules")]
    by_rule: ByRule,
}

/// Counts by field.
type ByField = BTreeMap<DiffField, Count>;

/// Counts by field and the rules before and after, with some of the articles.
type ByRule = BTreeMap<(DiffField, Vec<String>, Vec<String>), (Count, BTreeSet<ArticleId>)>;

/// Of which kind of change there are so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    articles: u64,
    values: u64,
}

/// How often a field changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChanges {
    /// The field.
    pub field: DiffField,
    /// Articles in which it did.
    pub articles: u64,
    /// Values of it that did.
    pub values: u64,
}

/// How often one rule took the place of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleChanges {
    /// The field.
    pub field: DiffField,
    /// The rules before; none for a value that was not there.
    pub rules_before: Vec<String>,
    /// The rules after; none for a value that is gone.
    pub rules_after: Vec<String>,
    /// Articles in which it did.
    pub articles: u64,
    /// Values for which it did.
    pub values: u64,
    /// Some of these articles: those with the least ids.
    pub examples: Vec<ArticleId>,
}

impl DiffSummary {
    /// Counts an article that stands in both states, with the values that changed.
    pub(super) fn count(&mut self, id: ArticleId, values: &[ValueChange]) {
        *if values.is_empty() { &mut self.same } else { &mut self.changed } += 1;
        let (mut fields, mut rules) = (BTreeSet::new(), BTreeSet::new());
        for value in values {
            let of_field = self.by_field.entry(value.field).or_default();
            of_field.values += 1;
            of_field.articles += u64::from(fields.insert(value.field));
            if value.rules_before.is_empty() && value.rules_after.is_empty() {
                continue;
            }
            let key = (value.field, value.rules_before.clone(), value.rules_after.clone());
            let is_first = rules.insert(key.clone());
            let (of_rule, examples) = self.by_rule.entry(key).or_default();
            of_rule.values += 1;
            of_rule.articles += u64::from(is_first);
            examples.insert(id);
            while examples.len() > EXAMPLES {
                examples.pop_last();
            }
        }
    }

    /// Adds what was counted elsewhere, of other articles.
    pub(super) fn add(&mut self, other: DiffSummary) {
        self.added += other.added;
        self.removed += other.removed;
        self.changed += other.changed;
        self.same += other.same;
        for (field, count) in other.by_field {
            self.by_field.entry(field).or_default().add(count);
        }
        for (key, (count, ids)) in other.by_rule {
            let (of_rule, examples) = self.by_rule.entry(key).or_default();
            of_rule.add(count);
            examples.extend(ids);
            while examples.len() > EXAMPLES {
                examples.pop_last();
            }
        }
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.added + self.removed + self.changed == 0
    }

    /// Changes by field, those of most articles first.
    pub fn fields(&self) -> Vec<FieldChanges> {
        most_articles_first(&self.by_field)
    }

    /// Changes by field and by the rules on either side, those of most values first. Titles, texts and what else stands on no rule are not
    /// among them.
    pub fn rules(&self) -> Vec<RuleChanges> {
        most_values_first(&self.by_rule)
    }
}

impl Count {
    fn add(&mut self, other: Count) {
        self.articles += other.articles;
        self.values += other.values;
    }
}

fn most_articles_first(by_field: &ByField) -> Vec<FieldChanges> {
    let of_field = |(&field, &Count { articles, values }): (&DiffField, &Count)| FieldChanges { field, articles, values };
    let mut fields: Vec<FieldChanges> = by_field.iter().map(of_field).collect();
    fields.sort_by_key(|changes| Reverse(changes.articles));
    fields
}

fn most_values_first(by_rule: &ByRule) -> Vec<RuleChanges> {
    let changes = by_rule.iter().map(|((field, before, after), (count, examples))| RuleChanges {
        field: *field,
        rules_before: before.clone(),
        rules_after: after.clone(),
        articles: count.articles,
        values: count.values,
        examples: examples.iter().copied().collect(),
    });
    let mut rules: Vec<RuleChanges> = changes.collect();
    rules.sort_by_key(|changes| Reverse(changes.values));
    rules
}

fn fields<S: Serializer>(by_field: &ByField, to: S) -> Result<S::Ok, S::Error> {
    most_articles_first(by_field).serialize(to)
}

fn rules<S: Serializer>(by_rule: &ByRule, to: S) -> Result<S::Ok, S::Error> {
    most_values_first(by_rule).serialize(to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Hash128;

    fn change(field: DiffField, before: &[&str], after: &[&str]) -> ValueChange {
        let rules = |rules: &[&str]| rules.iter().map(|&rule| rule.to_owned()).collect();
        ValueChange { field, before: None, after: None, rules_before: rules(before), rules_after: rules(after) }
    }

    #[test]
    fn counts_do_not_hang_on_the_order_nor_on_who_counted() {
        let official = || change(DiffField::Officials, &["a"], &["b"]);
        let articles: Vec<(ArticleId, Vec<ValueChange>)> = (0..9u8)
            .map(|number| {
                let values = match number % 3 {
                    0 => vec![official(), official(), change(DiffField::Title, &[], &[])],
                    1 => vec![change(DiffField::Event, &[], &["c"])],
                    _ => Vec::new(),
                };
                (Hash128::of([[number].as_slice()]), values)
            })
            .collect();
        let counted = |some: &mut dyn Iterator<Item = &(ArticleId, Vec<ValueChange>)>| {
            let mut summary = DiffSummary::default();
            some.for_each(|(id, values)| summary.count(*id, values));
            summary
        };
        let whole = counted(&mut articles.iter());
        let mut parts = counted(&mut articles[5..].iter().rev());
        parts.add(counted(&mut articles[..5].iter()));
        assert_eq!(parts, whole);
        assert_eq!((whole.changed, whole.same), (6, 3));
        let fields: Vec<_> = whole.fields().into_iter().map(|changes| (changes.field, changes.articles, changes.values)).collect();
        assert_eq!(fields, [(DiffField::Title, 3, 3), (DiffField::Event, 3, 3), (DiffField::Officials, 3, 6)]);
        let rules = whole.rules();
        assert_eq!(rules.len(), 2, "a title stands on no rule");
        let mut ids: Vec<ArticleId> = articles.iter().step_by(3).map(|(id, _)| *id).collect();
        ids.sort();
        assert_eq!((rules[0].articles, rules[0].values, &rules[0].examples), (3, 6, &ids));
    }
}
