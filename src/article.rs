//! The values that stages hand on: [`RawArticle`] → [`CleanArticle`] → [`Metadata`] → [`Article`].
//!
//! Plain data, serialised as the JSON contract says. `null` is written, never left out; dates are
//! `YYYY-MM-DD`; spans are half-open byte ranges. Nothing here reads, decides or looks up.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

// ---------------------------------------------------------------- identity

/// 128 bits of a BLAKE3 hash, written as 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash128(u128);

/// What an article is called: a hash of its url, its record id or its path (in that order).
pub type ArticleId = Hash128;

impl Hash128 {
    /// Hashes parts in order; where one part ends and the next begins is part of the hash.
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Hash128 {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        let mut first = [0; 16];
        first.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Hash128(u128::from_be_bytes(first))
    }

    /// The hash as two numbers, high half first: how columns keep it.
    pub fn halves(self) -> (u64, u64) {
        ((self.0 >> 64) as u64, self.0 as u64)
    }

    /// The inverse of [`Hash128::halves`].
    pub fn from_halves(high: u64, low: u64) -> Hash128 {
        Hash128(u128::from(high) << 64 | u128::from(low))
    }

    /// Reads 32 hexadecimal digits; `None` for anything else.
    pub fn parse(text: &str) -> Option<Hash128> {
        let digits = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        digits.then(|| u128::from_str_radix(text, 16).ok().map(Hash128)).flatten()
    }
}

impl fmt::Display for Hash128 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for Hash128 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Hash128 {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash128 {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Hash128::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("not 32 hexadecimal digits: {text:?}")))
    }
}

/// Where an article was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Path relative to the collection's root, `/` between folders.
    pub path: String,
    /// Number of the record in its file, from 0.
    pub record: u64,
    /// Byte at which the record begins in the (unpacked) file.
    pub byte_offset: u64,
    /// Name of the character encoding that the bytes were read in.
    pub charset: String,
    /// Hash of the record's bytes (unpacked).
    pub raw_hash: Hash128,
}

// ---------------------------------------------------------------- dates

/// A span of days, both ends included; `from <= to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Interval {
    /// One day.
    pub fn day(day: Date) -> Interval {
        Interval { from: day, to: day }
    }

    /// A whole month; `None` if there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Interval> {
        let from = Date::new(year, month, 1).ok()?;
        Some(Interval { from, to: from.last_of_month() })
    }

    /// A whole year; `None` outside -9999 to 9999.
    pub fn year(year: i16) -> Option<Interval> {
        let from = Date::new(year, 1, 1).ok()?;
        Some(Interval { from, to: from.last_of_year() })
    }

    /// Reads `2024`, `2024-05` or `2024-05-13`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Interval> {
        match text.len() {
            4 => Interval::year(text.parse().ok()?),
            7 => match text.split_once('-')? {
                (year, month) if year.len() == 4 => Interval::month(year.parse().ok()?, month.parse().ok()?),
                _ => None,
            },
            10 => text.parse().ok().map(Interval::day),
            _ => None,
        }
    }

    /// Whether the two share a day.
    pub fn overlaps(&self, other: &Interval) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// Whether every day of `self` lies in `other`.
    pub fn within(&self, other: &Interval) -> bool {
        other.from <= self.from && self.to <= other.to
    }

    /// `2024`, `2024-05`, `2024-05-13`, or two days with `/` between.
    pub fn iso(&self) -> String {
        match DatePlace::of(Some(*self)) {
            DatePlace::Day(day) => day.to_string(),
            DatePlace::Month { year, month } if Interval::month(year, month) == Some(*self) => format!("{year:04}-{month:02}"),
            DatePlace::Year(year) if Interval::year(year) == Some(*self) => format!("{year:04}"),
            _ => format!("{}/{}", self.from, self.to),
        }
    }
}

/// How exactly an event's ends are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// Both ends are days that the article gives.
    Day,
    /// The ends are those of months.
    Month,
    /// The ends are those of years.
    Year,
    /// Nothing is known.
    #[default]
    None,
}

/// What an event's interval rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The text states it, year included.
    Stated,
    /// The text states none; it is the publication day that metadata claims.
    Published,
    /// The text states day and month; the year is that of the publication.
    YearFromPublished,
    /// The text states day and month; the year follows from other words of the text.
    YearFromContext,
    /// Nothing allows a date.
    #[default]
    None,
}

/// When what the article reports happened. `from` and `to` are null together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDate {
    /// First day.
    pub from: Option<Date>,
    /// Last day, included.
    pub to: Option<Date>,
    /// How exactly the ends are known.
    pub precision: Precision,
    /// What the interval rests on.
    pub basis: Basis,
    /// The reason in words; for an inferred year, what it was inferred from.
    pub why: String,
}

impl EventDate {
    /// The interval, where one is known.
    pub fn interval(&self) -> Option<Interval> {
        Some(Interval { from: self.from?, to: self.to? })
    }
}

/// A publication date that metadata claims.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// `YYYY-MM-DD` or `YYYY-MM`, in Vietnamese local time.
    pub at: String,
    /// `meta:<key>`, `json-ld:datePublished`, `jsonl:date`, `header`, `page` (shown on the page): who claims it.
    pub claimed_by: String,
}

impl Published {
    /// The claimed day or month as an interval; `None` where `at` is neither.
    pub fn interval(&self) -> Option<Interval> {
        Interval::parse(&self.at)
    }
}

/// When a crawler took the article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Captured {
    /// RFC 3339, with `+07:00`; or a bare day where only that is known.
    pub at: String,
}

/// The three dates of an article: facts of their own, which differ in a quarter of real articles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dates {
    /// When what it reports happened.
    pub event: EventDate,
    /// When it was published, as metadata claims.
    pub published: Option<Published>,
    /// When a crawler took it.
    pub captured: Option<Captured>,
}

/// Where an event stands in the date facet: the narrowest of day, month, year that contains it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatePlace {
    /// `/2024/02/29`
    Day(Date),
    /// `/2023/10`
    Month {
        /// The year, four digits.
        year: i16,
        /// 1 to 12.
        month: i8,
    },
    /// `/2022`
    Year(i16),
    /// The interval touches more than one year ("trải qua nhiều năm").
    SeveralYears,
    /// No date ("không rõ ngày").
    Unknown,
}

impl DatePlace {
    /// The place of an interval.
    pub fn of(interval: Option<Interval>) -> DatePlace {
        match interval {
            None => DatePlace::Unknown,
            Some(Interval { from, to }) if from == to => DatePlace::Day(from),
            Some(Interval { from, to }) if from.year() != to.year() => DatePlace::SeveralYears,
            Some(Interval { from, to }) if from.month() != to.month() => DatePlace::Year(from.year()),
            Some(Interval { from, .. }) => DatePlace::Month { year: from.year(), month: from.month() },
        }
    }

    /// The facet path; `None` for the two remainder rows.
    pub fn path(self) -> Option<FacetPath> {
        let segments = match self {
            DatePlace::Day(day) => vec![format!("{:04}", day.year()), format!("{:02}", day.month()), format!("{:02}", day.day())],
            DatePlace::Month { year, month } => vec![format!("{year:04}"), format!("{month:02}")],
            DatePlace::Year(year) => vec![format!("{year:04}")],
            DatePlace::SeveralYears | DatePlace::Unknown => return None,
        };
        FacetPath::new(segments)
    }
}

// ---------------------------------------------------------------- provinces

/// An administrative unit in its era, `ninh-binh@1992`; `ninh-binh@?` where the era is unknown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitName {
    /// Id, era included.
    pub unit_id: UnitId,
    /// Name without "tỉnh" or "thành phố".
    pub unit: String,
}

/// A unit that an article is about, or mentions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
}

/// Why an article has, or has not, units that it is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provinces {
    /// `Units` exactly when `about` is not empty.
    pub status: ProvinceStatus,
    /// Units that the article belongs to; the only ones that become facet values.
    pub about: Vec<UnitMention>,
    /// Other units that it names.
    pub mentioned: Vec<UnitMention>,
}

// ---------------------------------------------------------------- officials

/// Standing of a post within its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Official {
    /// Fullest form in the article, normal capitals.
    pub name: String,
    /// Every post given, each once.
    pub posts: Vec<Post>,
    /// Byte spans in the body, in order, short names ("ông Dũng") too.
    pub mentions: Vec<(usize, usize)>,
}

impl Official {
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

// ---------------------------------------------------------------- evidence

/// What a value rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

// ---------------------------------------------------------------- facets

/// A path in a hierarchical facet, `/ninh-binh/ninh-binh@1992`. Holds ids; labels are made on showing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FacetPath(Vec<String>);

impl FacetPath {
    /// A path of cleaned segments: control characters go (tantivy splits at NUL), `/` becomes `-`.
    ///
    /// `None` if a segment is empty after that, or there is none.
    pub fn new(segments: impl IntoIterator<Item = impl AsRef<str>>) -> Option<FacetPath> {
        let clean = |segment: &str| -> String {
            segment.chars().filter(|letter| !letter.is_control()).map(|letter| if letter == '/' { '-' } else { letter }).collect()
        };
        let segments: Vec<String> = segments.into_iter().map(|segment| clean(segment.as_ref()).trim().to_owned()).collect();
        (!segments.is_empty() && segments.iter().all(|segment| !segment.is_empty())).then_some(FacetPath(segments))
    }

    /// Its segments, the topmost first.
    pub fn segments(&self) -> &[String] {
        &self.0
    }

    /// Whether `self` is `other` or lies below it.
    pub fn is_at_or_below(&self, other: &FacetPath) -> bool {
        self.0.starts_with(&other.0)
    }
}

impl fmt::Display for FacetPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|segment| write!(f, "/{segment}"))
    }
}

impl From<FacetPath> for String {
    fn from(path: FacetPath) -> String {
        path.to_string()
    }
}

impl TryFrom<String> for FacetPath {
    type Error = String;

    fn try_from(text: String) -> Result<FacetPath, String> {
        let segments = text.strip_prefix('/').ok_or_else(|| format!("a facet path begins with '/': {text:?}"))?;
        FacetPath::new(segments.split('/')).ok_or_else(|| format!("a facet path has no empty level: {text:?}"))
    }
}

/// The facet paths of an article, complete, so that `index` needs no authority tables.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetPaths {
    /// `/<today's unit>/<unit in its era>`, for each unit in `about` and each of its todays.
    pub province: Vec<FacetPath>,
    /// `/<name>/<scope>`, each once.
    pub official: Vec<FacetPath>,
    /// `/year/month/day`, as deep as is known; null for the remainder rows.
    pub date: Option<FacetPath>,
}

// ---------------------------------------------------------------- the article, stage by stage

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// Paths for the index.
    pub facets: FacetPaths,
}

/// Who published an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Name as given.
    pub name: String,
    /// The provincial unit whose portal or paper it is.
    pub unit_id: Option<UnitId>,
}

/// A whole article: what is indexed, stored and shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(from: &str, to: &str) -> Interval {
        Interval { from: from.parse().unwrap(), to: to.parse().unwrap() }
    }

    #[test]
    fn an_event_stands_at_the_narrowest_place_that_contains_it() {
        let cases = [
            ("2024-02-29", "2024-02-29", Some("/2024/02/29"), "2024-02-29"),
            ("2023-10-01", "2023-10-31", Some("/2023/10"), "2023-10"),
            ("2023-10-05", "2023-10-07", Some("/2023/10"), "2023-10-05/2023-10-07"),
            ("2022-01-01", "2022-12-31", Some("/2022"), "2022"),
            ("2022-03-30", "2022-04-02", Some("/2022"), "2022-03-30/2022-04-02"),
            ("2024-12-30", "2025-01-02", None, "2024-12-30/2025-01-02"),
        ];
        for (from, to, path, iso) in cases {
            let interval = interval(from, to);
            assert_eq!(DatePlace::of(Some(interval)).path().map(|path| path.to_string()).as_deref(), path);
            assert_eq!(interval.iso(), iso);
        }
        assert_eq!(DatePlace::of(None), DatePlace::Unknown);
    }

    #[test]
    fn a_facet_path_never_breaks_into_other_levels() {
        assert_eq!(FacetPath::new(["Nguyễn\0 Văn A", "Sở VH/TT"]).unwrap().to_string(), "/Nguyễn Văn A/Sở VH-TT");
        assert_eq!(FacetPath::new(["\0"]), None);
        assert_eq!(FacetPath::new(Vec::<String>::new()), None);
    }

    #[test]
    fn a_hash_survives_its_text_and_its_halves() {
        let hash = Hash128::of([b"a".as_slice(), b"b"]);
        assert_ne!(hash, Hash128::of([b"ab".as_slice()]));
        assert_eq!(Hash128::parse(&hash.to_string()), Some(hash));
        let (high, low) = hash.halves();
        assert_eq!(Hash128::from_halves(high, low), hash);
        assert_eq!(Hash128::parse("+0000000000000000000000000000000"), None);
    }
}
