//! Hits → long tables: `articles`, and what they say of dates, provinces, officials and evidence, each row keyed by the id of its article.

use super::column::{Column, DateOf, Part, Row};
use super::columns::{DATE_COLUMNS, EVIDENCE_COLUMNS, OFFICIAL_COLUMNS, PROVINCE_COLUMNS};
use super::exporter::{FieldError, Style, article_columns, csv, header};
use super::offsets::{Offsets, in_characters, spans_of_evidence};
use crate::article::{Official, UnitMention};
use crate::search::{Hit, Request};

/// A table of the export.
pub struct LongTable {
    /// What it is called; its file is called so too, with `.csv`.
    pub name: &'static str,
    /// What it holds.
    pub says: &'static str,
    /// Its columns.
    pub columns: Vec<&'static Column>,
    parts: for<'h> fn(&Told<'h>) -> Vec<Part<'h>>,
}

/// A hit, and where the words of its evidence stand.
struct Told<'h> {
    hit: &'h Hit,
    spans: Vec<Option<(usize, usize)>>,
}

/// The columns of `articles`, if nothing is said: all but what other tables hold.
const FIELDS: [&str; 26] = [
    ID,
    "rank",
    "certain",
    "key",
    "content_hash",
    "title",
    "title_derived",
    "event_from",
    "event_to",
    "event_precision",
    "event_basis",
    "year",
    "published",
    "captured",
    "province_status",
    "source",
    "source_unit_id",
    "url",
    "collection",
    "path",
    "record",
    "group",
    "copies",
    "flags",
    "corrections",
    "body",
];

const ID: &str = "id";

/// How long tables are written.
pub struct LongTables {
    tables: [LongTable; 5],
    style: Style,
    offsets: Offsets,
}

impl LongTables {
    /// The tables, with these fields of articles; without any, with all that no other table holds. Their key is always there.
    ///
    /// # Errors
    /// [`FieldError`].
    pub fn new(fields: &[String], style: Style, offsets: Offsets) -> Result<LongTables, FieldError> {
        let usual = FIELDS.map(str::to_owned);
        let key = (!fields.iter().any(|field| field.trim() == ID)).then(|| ID.to_owned());
        let fields: Vec<String> = if fields.is_empty() { usual.to_vec() } else { key.into_iter().chain(fields.iter().cloned()).collect() };
        let table = |name, says, columns: &'static [Column], parts| LongTable { name, says, columns: columns.iter().collect(), parts };
        let tables = [
            LongTable {
                name: "articles",
                says: "What matches, an article a row",
                columns: article_columns(&fields)?,
                parts: |_| vec![Part::Article],
            },
            table("dates", "The dates of each article, a date a row", &DATE_COLUMNS, dates),
            table(
                "provinces",
                "The provinces that each article is about or mentions, a row for each, and one for each district or ward",
                &PROVINCE_COLUMNS,
                provinces,
            ),
            table("officials", "The people to whom each article gives a post, a post a row", &OFFICIAL_COLUMNS, officials),
            table("evidence", "The words that each value rests on, and the rule, a quotation a row", &EVIDENCE_COLUMNS, evidence),
        ];
        Ok(LongTables { tables, style, offsets })
    }

    /// The tables, that of articles first.
    pub fn tables(&self) -> &[LongTable; 5] {
        &self.tables
    }

    /// What their spans are counted in.
    pub fn offsets(&self) -> Offsets {
        self.offsets
    }

    /// The request, with all in its hits that the tables hold.
    pub fn asked(&self, request: &Request) -> Request {
        let has_snippet = self.tables[0].columns.iter().any(|column| column.name == super::columns::SNIPPET);
        Request { max_snippets: usize::from(has_snippet), facets: Vec::new(), explain: false, whole: true, ..request.clone() }
    }

    /// What each table begins with.
    pub fn heads(&self) -> [Vec<u8>; 5] {
        self.tables.each_ref().map(|table| header(&table.columns, self.style))
    }

    /// What stands in each table for a hit, and in how many rows.
    pub fn pieces(&self, hit: Hit) -> [(Vec<u8>, u64); 5] {
        // Evidence is looked up in the texts as their spans count them: by bytes.
        let spans = spans_of_evidence(&hit.article, self.offsets);
        let hit = if self.offsets == Offsets::Characters { in_characters(hit) } else { hit };
        let told = Told { hit: &hit, spans };
        self.tables.each_ref().map(|table| {
            let parts = (table.parts)(&told);
            let rows = parts.len() as u64;
            (csv(&table.columns, parts.into_iter().map(|part| Row { hit: &hit, part }), self.style), rows)
        })
    }
}

fn dates<'h>(told: &Told<'h>) -> Vec<Part<'h>> {
    let dates = &told.hit.article.dates;
    let known = [(DateOf::Event, true), (DateOf::Published, dates.published.is_some()), (DateOf::Captured, dates.captured.is_some())];
    known.into_iter().filter(|(_, is_known)| *is_known).map(|(date, _)| Part::Date(date)).collect()
}

fn provinces<'h>(told: &Told<'h>) -> Vec<Part<'h>> {
    let provinces = &told.hit.article.provinces;
    let list = |of, units: &'h [UnitMention]| {
        units.iter().enumerate().flat_map(move |(at, unit)| {
            let places = unit.places.iter().map(Some);
            std::iter::once(None).chain(places).map(move |place| Part::Unit { of, at, unit, place })
        })
    };
    list("about", &provinces.about).chain(list("mentioned", &provinces.mentioned)).collect()
}

fn officials<'h>(told: &Told<'h>) -> Vec<Part<'h>> {
    let article = &told.hit.article;
    let list = |of, officials: &'h [Official]| {
        officials.iter().enumerate().flat_map(move |(at, official)| {
            let without_post = official.posts.is_empty().then_some(None);
            let posts = official.posts.iter().enumerate().map(Some);
            without_post.into_iter().chain(posts).map(move |post| Part::Post { of, at, official, post })
        })
    };
    list("officials", &article.officials).chain(list("foreign_officials", &article.foreign_officials)).collect()
}

fn evidence<'h>(told: &Told<'h>) -> Vec<Part<'h>> {
    let evidence = told.hit.article.evidence.iter().flatten();
    evidence.zip(&told.spans).map(|(evidence, &span)| Part::Evidence { evidence, span }).collect()
}
