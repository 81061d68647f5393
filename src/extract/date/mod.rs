//! A clean article → when what it reports happened, and the words that say so.
//!
//! Input → output: title, text, header, publication date → [`EventDate`] with its evidence. Dates that
//! do something else than date the event (deadlines, documents, birthdays, targets) are told apart in
//! [`role`]; a year that is not written is concluded in [`year`] or left out: none is better than a wrong one.

mod choose;
mod role;
mod rule;
mod stamp;
mod year;

use crate::article::{Basis, CleanArticle, EventDate, Evidence, EvidenceClass, Interval, Precision, Published};
use crate::extract::rule::RuleText;
use choose::Choice;
use rule::Rule;

/// The rules of dates.
pub(super) const RULES: &[&[RuleText]] = &[Rule::ALL];

/// The event's date and what it rests on.
#[derive(Debug)]
pub(super) struct DateFinding {
    /// The date.
    pub event: EventDate,
    /// For `dates.event`.
    pub evidence: Vec<Evidence>,
}

/// The value that the evidence is for.
const VALUE: &str = "dates.event";

/// Finds out when the event happened.
pub(super) fn event(article: &CleanArticle) -> DateFinding {
    let published = choose::believed(article);
    match choose::choose(article, published) {
        Some(choice) => found(article, choice),
        None => published.and_then(|published| given(article, published)).unwrap_or_else(unknown),
    }
}

fn found(article: &CleanArticle, choice: Choice) -> DateFinding {
    let Choice { interval, precision, basis, rule, why, field, span, year_from } = choice;
    let text = field.text(article);
    let class = if basis == Basis::Stated { EvidenceClass::Stated } else { EvidenceClass::Inferred };
    let mut evidence = vec![quote(field.name(), text, span, rule, class)];
    evidence.extend(year_from.map(|(field, span)| quote(field.name(), field.text(article), span, rule, EvidenceClass::Inferred)));
    DateFinding { event: dated(interval, precision, basis, why), evidence }
}

/// No day is stated: the publication date stands in.
fn given(article: &CleanArticle, published: &Published) -> Option<DateFinding> {
    let interval = published.interval()?;
    let precision = if interval.from == interval.to { Precision::Day } else { Precision::Month };
    let in_header = article.header.as_deref().and_then(|header| Some((header, header.find(&published.at)?)));
    let evidence = match in_header {
        Some((header, at)) if published.claimed_by == "header" => {
            quote("header", header, (at, at + published.at.len()), Rule::Published, EvidenceClass::Derived)
        }
        _ => quote(&published.claimed_by, &published.at, (0, published.at.len()), Rule::Published, EvidenceClass::Derived),
    };
    let why = format!("không nêu ngày; theo ngày đăng {} ({})", published.at, published.claimed_by);
    Some(DateFinding { event: dated(interval, precision, Basis::Published, why), evidence: vec![evidence] })
}

fn unknown() -> DateFinding {
    DateFinding {
        event: EventDate { why: "không có căn cứ để biết ngày".to_owned(), ..EventDate::default() }, evidence: Vec::new()
    }
}

fn dated(interval: Interval, precision: Precision, basis: Basis, why: String) -> EventDate {
    EventDate { from: Some(interval.from), to: Some(interval.to), precision, basis, why }
}

fn quote(field: &str, text: &str, (start, end): (usize, usize), rule: Rule, class: EvidenceClass) -> Evidence {
    let quote = text[start..end].to_owned();
    Evidence { value: VALUE.to_owned(), field: field.to_owned(), start, end, quote, rule: rule.id().to_owned(), class }
}

#[cfg(test)]
mod tests;
