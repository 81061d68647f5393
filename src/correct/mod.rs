//! An extracted article and what people said against it → the corrected article.
//!
//! Input → output: lines of `corrections.jsonl` → [`Corrections`]; an [`Article`] and its corrections → the article with these values,
//! each with its evidence of class `corrected`, and what stood there before. Reads no file. What cannot be applied is left
//! out, and says why in the article: a correction is never lost.

mod date;
mod listed;
mod official;
mod province;
mod table;

pub use table::{CorrectionError, Corrections};

use crate::article::{AppliedCorrection, Article, CorrectedField, Correction, CorrectionOp, Evidence, EvidenceClass, Source};
use crate::authority::Authority;
use crate::text::compose;

/// Applies corrections to an article that has none yet.
///
/// Dates go first, since the era of a unit follows the date; the rest in the order in which they were made.
pub fn correct(article: Article, corrections: &[Correction], authority: &Authority) -> Article {
    let mut corrected = article;
    let mut applied = Vec::new();
    for (number, correction) in in_order(corrections).enumerate() {
        let mut next = corrected.clone();
        let outcome = match number < MAX_CORRECTIONS {
            true => sound(&correction.value).and_then(|()| apply(&mut next, correction, authority)),
            false => Err(format!("an article takes {MAX_CORRECTIONS} corrections")),
        };
        // What cannot be applied changes nothing, not in part either.
        let (was, problem) = match outcome {
            Ok(was) => {
                corrected = next;
                (was, None)
            }
            Err(problem) => (Vec::new(), Some(problem)),
        };
        let text_changed = correction.content_hash != corrected.content_hash;
        applied.push(AppliedCorrection { correction: correction.clone(), was, text_changed, problem });
    }
    Article { corrections: applied, ..corrected }
}

/// Corrections of one article that are applied: a person makes a few, and each costs a copy of the article.
const MAX_CORRECTIONS: usize = 1_000;

/// The most characters of a value.
const MAX_VALUE_CHARS: usize = 400;

/// Whether a value may stand in an article at all.
fn sound(value: &str) -> Result<(), String> {
    match (value.chars().any(char::is_control), value.chars().nth(MAX_VALUE_CHARS)) {
        (true, _) => Err("a value holds no control characters".to_owned()),
        (_, Some(_)) => Err(format!("a value has at most {MAX_VALUE_CHARS} characters")),
        _ => Ok(()),
    }
}

/// Corrections in the order in which they are applied.
pub fn in_order(corrections: &[Correction]) -> impl Iterator<Item = &Correction> {
    let is_date = |correction: &&Correction| correction.field == CorrectedField::Date;
    corrections.iter().filter(is_date).chain(corrections.iter().filter(move |correction| !is_date(correction)))
}

/// Applies one correction: what stood there before, or why it cannot be.
fn apply(article: &mut Article, correction: &Correction, authority: &Authority) -> Result<Vec<String>, String> {
    match correction.field {
        CorrectedField::Date => date::apply(article, correction, authority),
        CorrectedField::Province | CorrectedField::Mentioned => province::apply(article, correction, authority),
        CorrectedField::Official => official::apply(article, correction, authority),
        CorrectedField::Source => source(article, correction),
    }
}

fn source(article: &mut Article, correction: &Correction) -> Result<Vec<String>, String> {
    let was: Vec<String> = article.source.iter().map(|source| source.name.clone()).collect();
    article.source = match (correction.op, compose(correction.value.trim())) {
        (CorrectionOp::Set, name) if name.is_empty() => return Err("expected the publisher's name".to_owned()),
        (CorrectionOp::Set, name) => Some(Source { name, unit_id: None }),
        (CorrectionOp::Add, _) => return Err("an article has one publisher: set it".to_owned()),
        (CorrectionOp::Remove, _) => None,
    };
    let evidence = article.evidence.get_or_insert_default();
    evidence.retain(|evidence| evidence.value != "source" && !evidence.value.starts_with("source."));
    evidence.push(stands_on(correction, "source"));
    Ok(was)
}

/// The evidence of a corrected value: the correction itself.
fn stands_on(correction: &Correction, value: &str) -> Evidence {
    Evidence {
        value: value.to_owned(),
        field: "correction".to_owned(),
        start: 0,
        end: correction.value.len(),
        quote: correction.value.clone(),
        rule: correction.op.rule().to_owned(),
        class: EvidenceClass::Corrected,
    }
}

#[cfg(test)]
mod tests;
