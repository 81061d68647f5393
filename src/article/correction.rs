//! What a person says of an article against what was extracted.

use super::{ArticleId, Hash128};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A line of `corrections.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Correction {
    /// The article.
    pub id: ArticleId,
    /// Its text when the correction was made; that of a later text has to be looked at again.
    pub content_hash: Hash128,
    /// What is corrected.
    pub field: CorrectedField,
    /// How.
    pub op: CorrectionOp,
    /// A unit's name or id; `<name>: <role>`; a day, month, year or two days with `/` between; a publisher's name.
    pub value: String,
    /// Who says so.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
    /// The reason.
    pub why: String,
}

impl Correction {
    /// A number that tells one list of corrections from another; 0 for none.
    pub fn digest<'a>(corrections: impl Iterator<Item = &'a Correction>) -> u64 {
        let lines: Vec<Vec<u8>> = corrections.map(|one| serde_json::to_vec(one).expect("plain data always serialises")).collect();
        if lines.is_empty() { 0 } else { Hash128::of(lines.iter().map(Vec::as_slice)).halves().1 }
    }
}

/// A value that can be corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CorrectedField {
    /// The units that the article is about; `national`, `foreign` and `unknown` can be set.
    Province,
    /// The units that it names besides.
    Mentioned,
    /// A person with a post.
    Official,
    /// The event's date; `none` can be set.
    Date,
    /// The publisher.
    Source,
}

impl CorrectedField {
    /// Every field.
    pub const ALL: [CorrectedField; 5] =
        [CorrectedField::Province, CorrectedField::Mentioned, CorrectedField::Official, CorrectedField::Date, CorrectedField::Source];

    /// The name, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            CorrectedField::Province => "province",
            CorrectedField::Mentioned => "mentioned",
            CorrectedField::Official => "official",
            CorrectedField::Date => "date",
            CorrectedField::Source => "source",
        }
    }
}

/// What is done to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CorrectionOp {
    /// It is this and nothing else; of an official: this person has this post and no other.
    Set,
    /// It is this too.
    Add,
    /// It is not this.
    Remove,
}

impl CorrectionOp {
    /// The name, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            CorrectionOp::Set => "set",
            CorrectionOp::Add => "add",
            CorrectionOp::Remove => "remove",
        }
    }

    /// The stable id of the rule that a corrected value stands on.
    pub fn rule(self) -> &'static str {
        match self {
            CorrectionOp::Set => "correction.set",
            CorrectionOp::Add => "correction.add",
            CorrectionOp::Remove => "correction.remove",
        }
    }
}

/// A correction of an article, with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AppliedCorrection {
    /// The correction as it was made.
    #[serde(flatten)]
    pub correction: Correction,
    /// What the field held before, in the form of a correction's value; nothing where it held none.
    pub was: Vec<String>,
    /// Whether the article's text is no longer the one that the correction was made for. It is applied all the same.
    pub text_changed: bool,
    /// Why it could not be applied; null where it was.
    pub problem: Option<String>,
}
