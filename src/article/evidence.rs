//! What a value rests on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a value rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// The value: `dates.event`, `provinces.about[0]`, `officials[1].posts[0]`.
    #[serde(rename = "for")]
    pub value: String,
    /// The text it stands in: `body`, `title`, `meta:<key>`, `header`, `source`.
    pub field: String,
    /// First byte of the quote in that text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// What stands there.
    pub quote: String,
    /// Stable id of the rule.
    pub rule: String,
    /// How the value follows from the words.
    pub class: EvidenceClass,
}

/// How a value follows from the words it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceClass {
    /// The words say it.
    Stated,
    /// A table or the grammar leads from the words to it (a district to its province).
    Derived,
    /// It was concluded, and might be otherwise (a year).
    Inferred,
    /// A person set it.
    Corrected,
}
