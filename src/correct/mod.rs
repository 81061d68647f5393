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

/// Applies corrections to an article that has none yet.
///
/// Dates go first, since the era of a unit follows the date; the rest in the order in which they were made.
pub fn correct(article: Article, corrections: &[Correction], authority: &Authority) -> Article {
    let mut corrected = article;
    for correction in in_order(corrections) {
        let mut next = corrected.clone();
        let outcome = apply(&mut next, correction, authority);
        let was = match &outcome {
            Ok(was) => was.clone(),
            Err(_) => Vec::new(),
        };
        // What cannot be applied changes nothing, not in part either.
        if outcome.is_ok() {
            corrected = next;
        }
        corrected.corrections.push(AppliedCorrection {
            correction: correction.clone(),
            was,
            text_changed: correction.content_hash != corrected.content_hash,
            problem: outcome.err(),
        });
    }
    corrected
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
    article.source = match (correction.op, correction.value.trim()) {
        (CorrectionOp::Set, "") => return Err("expected the publisher's name".to_owned()),
        (CorrectionOp::Set, name) => Some(Source { name: name.to_owned(), unit_id: None }),
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
