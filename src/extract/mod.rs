//! A clean article → [`Metadata`]: when, where and who, each value with the words it stands on.
//!
//! Input → output: [`CleanArticle`] and the [`Authority`] → dates, provinces, officials and evidence.
//! Reads no file, knows no index, and cannot fail: what is not known is `none`.

mod date;
mod official;
mod places;
mod province;
mod rule;
mod rules;

pub use official::posts_of;
pub use province::unit_mention;
pub use rule::RuleText;
pub use rules::{RuleExample, RuleMeasure, rule_examples, rule_measures, rules};

use crate::article::{CleanArticle, Metadata};
use crate::authority::Authority;
use places::Places;

/// Finds out when, where and who.
///
/// The order matters: the era of a unit follows the article's date, and a post without a
/// jurisdiction ("Phó Chủ tịch UBND tỉnh") is completed from the province at hand.
pub fn extract(article: &CleanArticle, authority: &Authority) -> Metadata {
    let date = date::event(article);
    let places = Places::of(article, &authority.units);
    let place = province::provinces(article, &date.event, &places, authority);
    let people = official::officials(article, &place.provinces, &places, authority);

    Metadata {
        evidence: [date.evidence, place.evidence, people.evidence].into_iter().flatten().collect(),
        event: date.event,
        provinces: place.provinces,
        source_unit: place.source_unit,
        officials: people.officials,
        foreign_officials: people.foreign_officials,
    }
}

#[cfg(test)]
mod tests;
