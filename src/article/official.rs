//! People who are given a public post, and their posts as tuples.

use super::{FacetPath, UnitId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Standing of a post within its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// Leads the body: Chủ tịch, Bí thư, Bộ trưởng, Giám đốc …
    Head,
    /// Second to the head: Phó …, Thứ trưởng.
    Deputy,
    /// Belongs to the body: Ủy viên, đại biểu.
    Member,
}

/// Whether a post is held at the time of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PostStatus {
    /// Held.
    Current,
    /// Held before (`nguyên`, `cựu`).
    Former,
    /// Held for the time being (`quyền`, `phụ trách`).
    Acting,
    /// About to be taken up.
    Incoming,
}

/// A post (*chức vụ*) that the article gives to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Post {
    /// In full words with its jurisdiction, `nguyên` or `quyền` included:
    /// `Phó Chủ tịch Ủy ban nhân dân tỉnh Ninh Bình`.
    pub role: String,
    /// Standing within the body.
    pub rank: Rank,
    /// The body in full words, `Ủy ban nhân dân tỉnh Ninh Bình`; null where the post has none of its own.
    pub body: Option<String>,
    /// The provincial unit of a local body; null for a central one or where it is unknown.
    pub unit_id: Option<UnitId>,
    /// What the facet's second level shows: the body of a central post, the province of a local one.
    pub scope: Option<String>,
    /// Whether it is held at the time of the article.
    pub status: PostStatus,
    /// The words of the text.
    pub as_written: String,
    /// Stable id of the rule that found it.
    pub rule: String,
}

/// A person to whom the article gives a public post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Official {
    /// Fullest form in the article, normal capitals.
    pub name: String,
    /// Every post given, each once.
    pub posts: Vec<Post>,
    /// Byte spans in the body, in order, short names ("ông Dũng") too.
    pub mentions: Vec<(usize, usize)>,
}

impl Official {
    /// Where they stand in the official facet, namesakes together: `/<name>`.
    pub fn name_path(&self) -> Option<FacetPath> {
        FacetPath::new([canonical_name(&self.name)])
    }

    /// Where one of their posts stands in the official facet: `/<name>/<scope>`.
    pub fn facet_path(&self, post: &Post) -> Option<FacetPath> {
        FacetPath::new([canonical_name(&self.name).as_str(), post.scope.as_deref().unwrap_or(UNKNOWN_SCOPE)])
    }
}

/// Shown, and indexed, as the scope of a post whose body and place are not known.
pub const UNKNOWN_SCOPE: &str = "(không rõ)";

/// A name in the one spelling that facet keys have: composed, one tone placement, single spaces, capitals kept.
fn canonical_name(name: &str) -> String {
    name.split_whitespace().map(crate::text::respelt).collect::<Vec<_>>().join(" ")
}
