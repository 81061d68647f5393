//! Lines of `corrections.jsonl` → corrections by article, and the lines that cannot be read.

use crate::article::{ArticleId, Correction, Hash128};
use std::collections::{BTreeMap, HashSet};

/// Corrections by article.
#[derive(Clone, Debug, Default)]
pub struct Corrections {
    by_id: BTreeMap<ArticleId, Vec<Correction>>,
    /// Hashes of the lines that were read.
    lines: HashSet<Hash128>,
}

/// A line that is no correction.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}; expected a JSON object with id, content_hash, field, op, value, by, at, why")]
pub struct CorrectionError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

impl Corrections {
    /// Adds what can be read of a file; the lines that cannot are returned. Empty lines count for nothing.
    pub fn add(&mut self, jsonl: &str) -> Vec<CorrectionError> {
        let mut errors = Vec::new();
        for (line, text) in (1..).zip(jsonl.trim_start_matches('\u{feff}').split('\n')) {
            match serde_json::from_str::<Correction>(text) {
                // The same line twice says no more than once.
                Ok(_) if !self.lines.insert(Hash128::of([text.trim().as_bytes()])) => {}
                Ok(correction) => self.by_id.entry(correction.id).or_default().push(correction),
                Err(_) if text.trim().is_empty() => {}
                Err(error) => errors.push(CorrectionError { line, what: error.to_string() }),
            }
        }
        errors
    }

    /// Puts those of each article in the order in which they were made; of one moment, as they were read.
    pub fn sort(&mut self) {
        self.by_id.values_mut().for_each(|corrections| corrections.sort_by(|one, next| one.at.cmp(&next.at)));
    }

    /// Those of an article.
    pub fn of(&self, id: ArticleId) -> &[Correction] {
        self.by_id.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The articles that have any.
    pub fn ids(&self) -> impl Iterator<Item = ArticleId> {
        self.by_id.keys().copied()
    }
}
