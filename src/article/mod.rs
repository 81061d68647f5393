//! The values that stages hand on: [`RawArticle`] → [`CleanArticle`] → [`Metadata`] → [`Article`].
//!
//! Plain data, serialised as the JSON contract says. `null` is written, never left out; dates are
//! `YYYY-MM-DD`; spans are half-open byte ranges. Nothing here reads, decides or looks up.

mod correction;
mod date;
mod evidence;
mod facet;
mod identity;
mod likeness;
mod official;
mod province;
mod signature;

pub use correction::{AppliedCorrection, CorrectedField, Correction, CorrectionOp};
pub use date::{Basis, Captured, DatePlace, Dates, EventDate, Interval, Precision, Published};
pub use evidence::{Evidence, EvidenceClass};
pub use facet::{FacetPath, FacetPaths};
pub use identity::{ArticleId, FileStamp, Hash128, Origin, file_of};
pub use likeness::{Likeness, Resemblance, Story};
pub use official::{Official, Post, PostStatus, Rank, UNKNOWN_SCOPE};
pub use province::{PlaceKind, PlaceMention, ProvinceStatus, Provinces, UnitId, UnitMention, UnitName};
pub use signature::Signature;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What one file or record holds, decoded but not yet cleaned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawArticle {
    /// Where it was read from.
    pub origin: Origin,
    /// The record's own id, where it has one.
    pub key: Option<String>,
    /// Its text, as marked-up as it came.
    pub content: Content,
    /// Title, lead, date … where the format has fields for them.
    pub fields: RawFields,
}

/// The text of a raw article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Plain text that a crawler took off a page: title, captions, counters, sidebars and all.
    Page(String),
    /// An HTML document.
    Html(String),
    /// The body alone, from a format that keeps it apart from title and lead.
    Body(String),
}

impl Content {
    /// The text, as marked-up as it came.
    pub fn text(&self) -> &str {
        match self {
            Content::Page(text) | Content::Html(text) | Content::Body(text) => text,
        }
    }
}

/// Fields that a record gives beside its text; all as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawFields {
    /// Title.
    pub title: Option<String>,
    /// First paragraph, kept apart by some formats.
    pub lead: Option<String>,
    /// Publication date as claimed, in any form.
    pub date: Option<String>,
    /// When a crawler took it, in any form.
    pub captured: Option<String>,
    /// Publisher.
    pub source: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// The publisher's own section.
    pub category: Option<String>,
    /// Publisher of what names none itself, as the settings of its folder say.
    pub folder_source: Option<String>,
    /// The unit of that publisher, by name or id, likewise.
    pub folder_unit: Option<String>,
}

/// A cleaned article: what `extract` reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CleanArticle {
    /// Title, composed; empty only where there is no text at all.
    pub title: String,
    /// Whether the title was made from the text because there was none.
    pub title_derived: bool,
    /// Stored text: composed, without boilerplate; paragraphs by `\n`, the lead first.
    pub body: String,
    /// A crawler's header that stood before the text (`date 2023-10 Thanh Hóa:`), composed.
    pub header: Option<String>,
    /// Publisher's name as the page or its metadata gives it.
    pub source: Option<String>,
    /// The publisher's unit as the settings of the folder name it, where nothing else tells it.
    pub folder_unit: Option<String>,
    /// Canonical address.
    pub url: Option<String>,
    /// Publication date as claimed.
    pub published: Option<Published>,
    /// When a crawler took it.
    pub captured: Option<Captured>,
    /// What the reader of the article should know.
    pub flags: Vec<Flag>,
}

/// What a reader of an article should know about how it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// A list of links to other stories was cut off its end.
    SidebarRemoved,
    /// Characters could not be read in the file's encoding.
    DecodingLoss,
    /// The main text of the page could not be told from its frame; all of it was kept.
    FrameKept,
    /// The text of the article is its title or lead alone.
    NoBody,
}

/// Who, where and when: what `extract` finds in a clean article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// When what it reports happened.
    pub event: EventDate,
    /// Where it belongs.
    pub provinces: Provinces,
    /// Vietnamese officials.
    pub officials: Vec<Official>,
    /// Holders of foreign posts.
    pub foreign_officials: Vec<Official>,
    /// The provincial unit of the publisher, where its name tells one.
    pub source_unit: Option<UnitId>,
    /// What the values rest on.
    pub evidence: Vec<Evidence>,
}

/// Who published an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Name as given.
    pub name: String,
    /// The provincial unit whose portal or paper it is.
    pub unit_id: Option<UnitId>,
}

/// A whole article: what is indexed, stored and shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Article {
    /// Identity.
    pub id: ArticleId,
    /// The record's own id, else its path relative to the collection, with `#<record>` for JSON shapes.
    pub key: String,
    /// Hash of title and body as stored.
    pub content_hash: Hash128,
    /// Title.
    pub title: String,
    /// Whether the title was made from the text.
    pub title_derived: bool,
    /// Stored text; null in hits.
    pub body: Option<String>,
    /// Event, publication, capture.
    pub dates: Dates,
    /// Where it belongs.
    pub provinces: Provinces,
    /// Vietnamese officials.
    pub officials: Vec<Official>,
    /// Holders of foreign posts.
    pub foreign_officials: Vec<Official>,
    /// Publisher.
    pub source: Option<Source>,
    /// Canonical address.
    pub url: Option<String>,
    /// Name of the collection.
    pub collection: String,
    /// Where it was read from.
    pub origin: Origin,
    /// The group of near-duplicates it belongs to, named by its first member; null where it stands alone.
    pub group: Option<ArticleId>,
    /// What a reader should know about how it was read.
    pub flags: Vec<Flag>,
    /// What the values rest on; null in hits.
    pub evidence: Option<Vec<Evidence>>,
    /// What people have said against what was extracted, in the order in which it was applied.
    pub corrections: Vec<AppliedCorrection>,
}

/// The name that a value of a closed set has in the contract.
pub(crate) fn name_of(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
