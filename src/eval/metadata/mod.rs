//! Who, where and when: judgements and predictions, both as JSON lines → scores, and of each rule how often it was right.
//!
//! Measures: officials by name, precision, recall and F1; of the people rightly named, whether one of their posts is right (0.6 of the
//! words of a judged one, and the same standing: deputy, former, acting), and whether one is word for word; provinces that an article
//! is *about*, precision, recall and F1; those *mentioned*, recall; dates right, vague (more than one step of their precision too wide),
//! wrong (the judgement excludes them) or missing. What the judge calls optional counts on neither side.

mod record;
mod role;
mod score;

pub use record::RecordError;
pub use score::{DateScore, MetadataScore, Recall, Retrieval, RoleScore, RuleScore};

use crate::article::{Interval, Precision};
use crate::authority::Abbreviations;
use record::{Person, Record, default_precision};
use role::Role;
use score::Tally;
use std::collections::BTreeMap;

/// Judgements, or predictions, by the key of the article.
#[derive(Clone, Debug)]
pub struct MetadataRecords(BTreeMap<String, Record>);

/// Articles that were judged and not predicted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} judged articles have no prediction: {}", .0.len(), .0.iter().take(5).cloned().collect::<Vec<_>>().join(", "))]
pub struct Unpredicted(pub Vec<String>);

impl MetadataRecords {
    /// Reads JSON lines: judgements (`id`, `officials` with `roles`, `provinces`, `date` …), or articles as `tracuu inspect` writes them.
    ///
    /// # Errors
    /// The first line that is no record, or if there is none.
    pub fn read(jsonl: &str) -> Result<MetadataRecords, RecordError> {
        record::read(jsonl).map(MetadataRecords)
    }

    /// Scores predictions against `self`; further predictions are left out.
    ///
    /// # Errors
    /// If an article of `self` was not predicted.
    pub fn score(&self, predictions: &MetadataRecords, abbreviations: &Abbreviations) -> Result<MetadataScore, Unpredicted> {
        let absent: Vec<String> = self.0.keys().filter(|key| !predictions.0.contains_key(*key)).cloned().collect();
        if !absent.is_empty() {
            return Err(Unpredicted(absent));
        }
        let mut judge = Judge { abbreviations, tally: Tally::default() };
        for (key, gold) in &self.0 {
            judge.tally.article = key.clone();
            let predicted = &predictions.0[key];
            judge.officials(gold, predicted);
            judge.provinces(gold, predicted);
            judge.date(gold, predicted);
        }
        Ok(judge.tally.score(self.0.len(), predictions.0.keys().filter(|key| !self.0.contains_key(*key)).count()))
    }
}

struct Judge<'a> {
    abbreviations: &'a Abbreviations,
    tally: Tally,
}

impl Judge<'_> {
    fn officials(&mut self, gold: &Record, predicted: &Record) {
        let counts = |key: &String| !gold.optional_people.contains(key);
        for (key, person) in gold.people.iter().filter(|(key, _)| counts(key)) {
            match predicted.people.get(key) {
                Some(found) => {
                    self.tally.officials.hits += 1;
                    self.roles(person, found);
                }
                None => {
                    self.tally.officials.missed += 1;
                    self.tally.error(format!("official missed: {} ({})", person.name, roles(person)));
                }
            }
        }
        for (key, person) in predicted.people.iter().filter(|(key, _)| counts(key) && !gold.people.contains_key(*key)) {
            self.tally.officials.false_alarms += 1;
            let foreign = if gold.foreign.contains(key) { " (foreign)" } else { "" };
            self.tally.error(format!("official false alarm{foreign}: {} ({})", person.name, roles(person)));
            for role in &person.roles {
                self.tally.rule(role.rule.as_deref(), false);
            }
        }
    }

    fn roles(&mut self, gold: &Person, predicted: &Person) {
        if gold.roles.is_empty() && gold.as_written.is_empty() {
            return;
        }
        let read = |role: &str| Role::read(role, self.abbreviations);
        let written_out: Vec<Role> = gold.roles.iter().map(|role| read(&role.name)).collect();
        let as_written: Vec<Role> = gold.as_written.iter().map(|role| read(role)).collect();
        let (mut matching, mut exact) = (false, false);
        for role in &predicted.roles {
            let pieces = Role::pieces(&role.name, self.abbreviations);
            let any = |is: &dyn Fn(&Role, &Role) -> bool, of: &[Role]| of.iter().any(|gold| pieces.iter().any(|piece| is(piece, gold)));
            let right = any(&Role::matches, &written_out) || any(&Role::matches, &as_written);
            matching |= right;
            exact |= any(&Role::equals, &written_out);
            self.tally.rule(role.rule.as_deref(), right);
        }
        self.tally.people_with_roles += 1;
        self.tally.matching_roles += usize::from(matching);
        self.tally.exact_roles += usize::from(exact);
        if !matching {
            self.tally.error(format!("role: {}: got [{}], gold [{}]", predicted.name, roles(predicted), roles(gold)));
        }
    }

    fn provinces(&mut self, gold: &Record, predicted: &Record) {
        let counts = |key: &String| !gold.optional_provinces.contains(key);
        for (key, unit) in gold.about.iter().filter(|(key, _)| counts(key)) {
            if predicted.about.contains_key(key) {
                self.tally.about.hits += 1;
            } else {
                self.tally.about.missed += 1;
                let as_mentioned = if predicted.mentioned.contains_key(key) { " (given as mentioned)" } else { "" };
                self.tally.error(format!("about missed: {}{as_mentioned}", unit.name));
            }
        }
        for (key, unit) in predicted.about.iter().filter(|(key, _)| counts(key)) {
            let right = gold.about.contains_key(key);
            self.tally.rule(unit.rule.as_deref(), right);
            if !right {
                self.tally.about.false_alarms += 1;
                let only_mentioned = if gold.mentioned.contains_key(key) { " (only mentioned)" } else { "" };
                self.tally.error(format!("about false alarm: {}{only_mentioned}", unit.name));
            }
        }
        for (key, unit) in gold.mentioned.iter().filter(|(key, _)| counts(key)) {
            if predicted.mentioned.contains_key(key) || predicted.about.contains_key(key) {
                self.tally.mentioned_hits += 1;
            } else {
                self.tally.mentioned_missed += 1;
                self.tally.error(format!("mentioned missed: {}", unit.name));
            }
        }
    }

    fn date(&mut self, gold: &Record, predicted: &Record) {
        let verdict = verdict(gold, predicted);
        match verdict {
            Verdict::Right => self.tally.right_dates += 1,
            Verdict::Vague => self.tally.vague_dates += 1,
            Verdict::Wrong => self.tally.wrong_dates += 1,
            Verdict::Missing => self.tally.missing_dates += 1,
        }
        if predicted.event.is_some() {
            self.tally.rule(predicted.event_rule.as_deref(), verdict == Verdict::Right);
        }
        let finer = |record: &Record| fineness(record.precision);
        if verdict == Verdict::Right && predicted.event.is_some() && gold.event.is_some() && finer(predicted) > finer(gold) {
            self.tally.finer_dates += 1;
        }
        if verdict != Verdict::Right {
            let show = |event: Option<Interval>| event.map_or_else(|| "none".to_owned(), |event| event.iso());
            self.tally.error(format!("date {}: got {}, gold {}", verdict.name(), show(predicted.event), show(gold.event)));
        }
    }
}

fn roles(person: &Person) -> String {
    person.roles.iter().map(|role| role.name.as_str()).collect::<Vec<_>>().join("; ")
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Right,
    Vague,
    Wrong,
    Missing,
}

impl Verdict {
    fn name(self) -> &'static str {
        match self {
            Verdict::Right => "right",
            Verdict::Vague => "vague",
            Verdict::Wrong => "wrong",
            Verdict::Missing => "missing",
        }
    }
}

fn verdict(gold: &Record, predicted: &Record) -> Verdict {
    let Some(claim) = predicted.event else {
        return if gold.event.is_none() || gold.none_is_right { Verdict::Right } else { Verdict::Missing };
    };
    if gold.not.iter().any(|not| claim.within(not)) {
        return Verdict::Wrong;
    }
    let also = gold.also.iter().map(|&interval| (interval, default_precision(interval)));
    let answers = gold.event.map(|event| (event, gold.precision)).into_iter().chain(also);
    let overlapping: Vec<(Interval, Precision)> = answers.filter(|(interval, _)| interval.overlaps(&claim)).collect();
    if overlapping.is_empty() {
        return Verdict::Wrong;
    }
    let fits = |&(interval, precision): &(Interval, Precision)| days(claim) - days(interval) <= step_days(precision);
    if overlapping.iter().any(fits) { Verdict::Right } else { Verdict::Vague }
}

/// Days of an interval, both ends included.
fn days(interval: Interval) -> i64 {
    i64::from(interval.to.since(interval.from).map_or(0, |span| span.get_days())) + 1
}

/// So many days wider an answer may be.
fn step_days(precision: Precision) -> i64 {
    match precision {
        Precision::Day => 1,
        Precision::Month => 31,
        Precision::Year | Precision::None => 366,
    }
}

fn fineness(precision: Precision) -> u8 {
    match precision {
        Precision::None => 0,
        Precision::Year => 1,
        Precision::Month => 2,
        Precision::Day => 3,
    }
}

#[cfg(test)]
mod tests;
