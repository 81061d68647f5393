//! Administrative units as an article names them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An administrative unit in its era, `ninh-binh@1992`; `ninh-binh@?` where the era is unknown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct UnitId(pub String);

impl UnitId {
    /// The id without its era: `ninh-binh`. What the first level of the province facet holds.
    pub fn slug(&self) -> &str {
        self.0.split('@').next().unwrap_or(&self.0)
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A unit of today's map, with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitName {
    /// Id, era included.
    pub unit_id: UnitId,
    /// Name without "tỉnh" or "thành phố".
    pub unit: String,
}

/// A unit that an article is about, or mentions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitMention {
    /// Id, era included.
    pub unit_id: UnitId,
    /// Name without "tỉnh" or "thành phố".
    pub unit: String,
    /// Label of the era where the name alone is ambiguous: `đến 6/2025`, `từ 7/2025`, `không rõ thời kỳ`.
    pub era: Option<String>,
    /// The units of today's map that its land belongs to; several where it was split.
    pub today: Vec<UnitName>,
    /// Stable id of the rule that found it.
    pub rule: String,
    /// Districts and wards in it that the article names, in the order of their first mention; empty where it is only mentioned.
    pub places: Vec<PlaceMention>,
}

/// A place below the provinces that an article names: a district of the old map, or a ward of the new one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceMention {
    /// `kim-son-huyen`: name and kind without diacritics, unique within its unit.
    pub place_id: String,
    /// Name without its kind: `Kim Sơn`.
    pub place: String,
    /// What it is; of a district, what it was last.
    pub kind: PlaceKind,
}

/// The kind of a place below the provinces; in JSON its Vietnamese name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum PlaceKind {
    /// A rural district, until 2025-06-30.
    #[serde(rename = "huyện")]
    RuralDistrict,
    /// An urban district, until 2025-06-30.
    #[serde(rename = "quận")]
    UrbanDistrict,
    /// A town of the district level, until 2025-06-30.
    #[serde(rename = "thị xã")]
    Town,
    /// A city within a province or a city, until 2025-06-30.
    #[serde(rename = "thành phố")]
    City,
    /// A commune, since 2025-07-01.
    #[serde(rename = "xã")]
    Commune,
    /// An urban ward, since 2025-07-01.
    #[serde(rename = "phường")]
    Ward,
    /// A special zone, since 2025-07-01.
    #[serde(rename = "đặc khu")]
    SpecialZone,
}

impl PlaceKind {
    /// Its Vietnamese name, as in JSON.
    pub fn word(self) -> &'static str {
        match self {
            PlaceKind::RuralDistrict => "huyện",
            PlaceKind::UrbanDistrict => "quận",
            PlaceKind::Town => "thị xã",
            PlaceKind::City => "thành phố",
            PlaceKind::Commune => "xã",
            PlaceKind::Ward => "phường",
            PlaceKind::SpecialZone => "đặc khu",
        }
    }
}

/// Why an article has, or has not, units that it is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProvinceStatus {
    /// `about` holds at least one unit.
    Units,
    /// A story of the whole country or its central bodies.
    National,
    /// A story of another country.
    Foreign,
    /// Nothing in the article tells.
    #[default]
    Unknown,
}

impl ProvinceStatus {
    /// The name in the contract: `units`, `national`, `foreign`, `unknown`.
    pub fn name(self) -> &'static str {
        match self {
            ProvinceStatus::Units => "units",
            ProvinceStatus::National => "national",
            ProvinceStatus::Foreign => "foreign",
            ProvinceStatus::Unknown => "unknown",
        }
    }
}

/// Where an article belongs, and what else it names. No unit stands in both lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Provinces {
    /// `Units` exactly when `about` is not empty.
    pub status: ProvinceStatus,
    /// Units that the article belongs to; the only ones that become facet values.
    pub about: Vec<UnitMention>,
    /// Other units that it names.
    pub mentioned: Vec<UnitMention>,
}
