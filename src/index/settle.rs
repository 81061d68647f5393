//! Two records of one id → the article that stands, and the texts that stay as its versions.

use super::stored::{Entry, StoredArticle, Version};
use crate::article::{Hash128, Origin};
use std::cmp::Reverse;

/// What became of an article that was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Its id is new.
    Added,
    /// It replaces an earlier text or extraction.
    Changed,
    /// It is there already.
    Unchanged,
    /// Another capture of the same id wins; its text stays as a version.
    Superseded,
}

/// Decides between the article of the index and another record of its id.
///
/// From the same record: an edit, the new text replaces. From another: the later capture wins, ties by
/// path and record number; so the outcome does not depend on the order of reading. Texts that lose stay as versions.
pub(super) fn settle(stored: StoredArticle, entry: Entry, pipeline: Hash128) -> (StoredArticle, Outcome) {
    let Entry { article, extracted, signature } = entry;
    if place(&stored.article.collection, &stored.article.origin) == place(&article.collection, &article.origin) {
        let is_equal = stored.article == article && stored.extracted == extracted;
        if is_equal && stored.pipeline == pipeline {
            return (stored, Outcome::Unchanged);
        }
        let mut versions = stored.versions;
        if stored.article.content_hash != article.content_hash {
            versions.push(Version::of(&stored.article));
        }
        let outcome = if is_equal { Outcome::Unchanged } else { Outcome::Changed };
        return (StoredArticle { article, extracted, signature, pipeline, versions, ..stored }, outcome);
    }
    let (rival, current) = (Version::of(&article), Version::of(&stored.article));
    let (mut settled, winner, loser) = if precedence(&rival) > precedence(&current) {
        (StoredArticle { article, extracted, signature, pipeline, ..stored }, rival, current)
    } else {
        (stored, current, rival)
    };
    // The winner may have been a version until now, and the loser one already.
    settled.versions.retain(|version| *version != winner);
    if !settled.versions.contains(&loser) {
        settled.versions.push(loser);
        settled.versions.sort_by(|one, other| precedence(one).cmp(&precedence(other)));
    }
    (settled, Outcome::Superseded)
}

/// The record that a text was read from.
pub(super) fn place<'a>(collection: &'a str, origin: &'a Origin) -> (&'a str, &'a str, u64) {
    (collection, &origin.path, origin.record)
}

/// Which of two records of one id wins: the greater.
fn precedence(version: &Version) -> (Option<&str>, Reverse<(&str, &str, u64)>) {
    (version.captured.as_ref().map(|captured| captured.at.as_str()), Reverse(place(&version.collection, &version.origin)))
}
