//! The fields of an index: the only place where a field name is spelled.
//!
//! [`StoredArticle`] → the document that tantivy indexes, and back.

use super::compound::{self, CompoundField, Compounds};
use super::folded::{FoldedField, Known};
use super::post::PostKey;
use super::stored::StoredArticle;
use super::streams::Terms;
use crate::analysis::Stream;
use crate::article::{Article, ArticleId, DatePlace, FacetPath, FacetPaths, Interval, ProvinceStatus};
use jiff::Span;
use jiff::civil::Date;
use std::sync::Arc;
use tantivy::schema::{
    FAST, Facet, FacetOptions, Field, INDEXED, IndexRecordOption, STORED, STRING, TextFieldIndexing, TextOptions, Value,
};
use tantivy::{Searcher, TantivyDocument};

/// What stands between collection and path in the `file` field; no path holds it.
const FILE_SEPARATOR: char = '\u{1f}';

/// Levels of the province facet.
const PROVINCE_LEVELS: usize = 3;

/// Which part of an article a text field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The title.
    Title,
    /// The stored text, lead included.
    Body,
}

impl Part {
    /// Both, the title first.
    pub const ALL: [Part; 2] = [Part::Title, Part::Body];

    /// The name in the contract: `title`, `body`.
    pub fn name(self) -> &'static str {
        match self {
            Part::Title => "title",
            Part::Body => "body",
        }
    }
}

/// A facet of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FacetField {
    /// `/<today's unit>/<unit in its era>/<district or ward>`
    Province,
    /// `/<name>/<scope>`
    Official,
    /// `/year/month/day`
    Date,
    /// `/<publisher>`; flat.
    Source,
    /// `/<collection>`; flat.
    Collection,
}

impl FacetField {
    /// Every facet, in the order of the contract.
    pub const ALL: [FacetField; 5] =
        [FacetField::Province, FacetField::Official, FacetField::Date, FacetField::Source, FacetField::Collection];

    /// The name in the contract, and of the tantivy field.
    pub fn name(self) -> &'static str {
        match self {
            FacetField::Province => "province",
            FacetField::Official => "official",
            FacetField::Date => "date",
            FacetField::Source => "source",
            FacetField::Collection => "collection",
        }
    }
}

/// Why an article stands under no value of a facet, or under none deeper than a level.
///
/// Remainder rows can be selected like values, and with the values they add up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Remainder {
    /// Province: a story of the whole country.
    National,
    /// Province: a story of another country.
    Foreign,
    /// Province: nothing tells.
    UnknownPlace,
    /// Province: about this unit (`/ninh-binh/ninh-binh@1992`), and no district or ward of it is named.
    NoPlaceBelow(FacetPath),
    /// Official: nobody with a post is named.
    NoOfficial,
    /// Date: not known.
    UnknownDate,
    /// Date: the interval touches more than one year.
    SeveralYears,
    /// Date: the interval lies in this year or month (`/2024`, `/2024/05`), and no deeper place contains it.
    OnlyKnown(FacetPath),
    /// Source: none is named.
    NoSource,
}

impl Remainder {
    /// The facet that the row belongs to.
    pub fn facet(&self) -> FacetField {
        match self {
            Remainder::National | Remainder::Foreign | Remainder::UnknownPlace | Remainder::NoPlaceBelow(_) => FacetField::Province,
            Remainder::NoOfficial => FacetField::Official,
            Remainder::UnknownDate | Remainder::SeveralYears | Remainder::OnlyKnown(_) => FacetField::Date,
            Remainder::NoSource => FacetField::Source,
        }
    }

    /// The value that the row stands below; none for a row of the top level.
    pub fn below(&self) -> Option<&FacetPath> {
        match self {
            Remainder::OnlyKnown(path) | Remainder::NoPlaceBelow(path) => Some(path),
            _ => None,
        }
    }

    /// The term in the index; also what a filter is typed as: `national`, `unknown`, `only:/2024` …
    pub fn term(&self) -> String {
        match self {
            Remainder::National => "province:national".to_owned(),
            Remainder::Foreign => "province:foreign".to_owned(),
            Remainder::UnknownPlace => "province:unknown".to_owned(),
            Remainder::NoPlaceBelow(path) => format!("province:only:{path}"),
            Remainder::NoOfficial => "official:none".to_owned(),
            Remainder::UnknownDate => "date:unknown".to_owned(),
            Remainder::SeveralYears => "date:several".to_owned(),
            Remainder::OnlyKnown(path) => format!("date:only:{path}"),
            Remainder::NoSource => "source:none".to_owned(),
        }
    }

    /// The inverse of [`Remainder::term`].
    pub fn parse(term: &str) -> Option<Remainder> {
        Some(match term {
            "province:national" => Remainder::National,
            "province:foreign" => Remainder::Foreign,
            "province:unknown" => Remainder::UnknownPlace,
            "official:none" => Remainder::NoOfficial,
            "date:unknown" => Remainder::UnknownDate,
            "date:several" => Remainder::SeveralYears,
            "source:none" => Remainder::NoSource,
            _ => {
                let path = |prefix: &str| FacetPath::try_from(term.strip_prefix(prefix)?.to_owned()).ok();
                let no_place = || path("province:only:").map(Remainder::NoPlaceBelow);
                return path("date:only:").map(Remainder::OnlyKnown).or_else(no_place);
            }
        })
    }

    /// The rows that an article stands in: one for each facet that has no value for it, and for each value below which it
    /// could stand deeper.
    fn of(article: &Article, facets: &FacetPaths) -> Vec<Remainder> {
        let units = facets.province.iter().filter(|path| path.segments().len() < PROVINCE_LEVELS);
        let place = match article.provinces.status {
            _ if !facets.province.is_empty() => None,
            ProvinceStatus::National => Some(Remainder::National),
            ProvinceStatus::Foreign => Some(Remainder::Foreign),
            ProvinceStatus::Units | ProvinceStatus::Unknown => Some(Remainder::UnknownPlace),
        };
        let date = match DatePlace::of(article.dates.event.interval()) {
            DatePlace::Unknown => Some(Remainder::UnknownDate),
            DatePlace::SeveralYears => Some(Remainder::SeveralYears),
            DatePlace::Day(_) => None,
            coarse => coarse.path().map(Remainder::OnlyKnown),
        };
        let official = facets.official.is_empty().then_some(Remainder::NoOfficial);
        let source = source_path(article).is_none().then_some(Remainder::NoSource);
        [place, official, date, source].into_iter().flatten().chain(units.cloned().map(Remainder::NoPlaceBelow)).collect()
    }
}

/// Handles of the fields of an index.
#[derive(Clone, Debug)]
pub struct Schema {
    tantivy: tantivy::schema::Schema,
    id: Field,
    id_high: Field,
    id_low: Field,
    content_high: Field,
    content_low: Field,
    raw_low: Field,
    record_low: Field,
    pipeline_low: Field,
    corrections: Field,
    title_derived: Field,
    signature: Field,
    file: Field,
    text: [[Field; 3]; 2],
    lead: Field,
    compounds: Arc<compound::Opened>,
    folded: Known,
    event_from: Field,
    event_to: Field,
    facets: [Field; 5],
    remainder: Field,
    post: Field,
    record: Field,
    title: Field,
    body: Field,
}

/// Names of the columns that are read back by name.
pub(super) mod column {
    pub const ID_HIGH: &str = "id_high";
    pub const ID_LOW: &str = "id_low";
    pub const CONTENT_HIGH: &str = "content_high";
    pub const CONTENT_LOW: &str = "content_low";
    pub const RAW_LOW: &str = "raw_low";
    pub const RECORD_LOW: &str = "record_low";
    pub const PIPELINE_LOW: &str = "pipeline_low";
    /// Digest of what people said of the article; 0 for nothing.
    pub const CORRECTIONS: &str = "corrections";
    /// 1 for a title that was derived from the body.
    pub const TITLE_DERIVED: &str = "title_derived";
    /// A sample of the text's shingles; several values, in rising order.
    pub const SIGNATURE: &str = "signature";
    pub const FILE: &str = "file";
    pub const EVENT_FROM: &str = "event_from";
    pub const EVENT_TO: &str = "event_to";
    pub const REMAINDER: &str = "remainder";
    pub const POST: &str = "post";
}

impl Default for Schema {
    fn default() -> Schema {
        Schema::new()
    }
}

impl Schema {
    /// The schema of this format version.
    pub fn new() -> Schema {
        let mut builder = tantivy::schema::Schema::builder();
        let label = || STRING.set_fast("raw");
        let mut text = |name: &str, terms: Terms| {
            let detail = match terms {
                Terms::Stream(_) => IndexRecordOption::WithFreqsAndPositions,
                // Where a word of the lead stands does not matter.
                Terms::Lead => IndexRecordOption::WithFreqs,
            };
            // The length of an article is the number of its syllables, for all its fields.
            let has_lengths = terms == Terms::Stream(Stream::Syllable);
            let indexing = TextFieldIndexing::default().set_tokenizer(terms.name()).set_index_option(detail).set_fieldnorms(has_lengths);
            builder.add_text_field(&format!("{name}{}", terms.name()), TextOptions::default().set_indexing_options(indexing))
        };
        let title = Terms::MATCHED.map(|stream| text("title_", Terms::Stream(stream)));
        let body = Terms::MATCHED.map(|stream| text("body_", Terms::Stream(stream)));
        let lead = text("body_", Terms::Lead);
        Schema {
            text: [title, body],
            lead,
            compounds: Arc::default(),
            folded: Known::default(),
            id: builder.add_text_field("id", STRING),
            id_high: builder.add_u64_field(column::ID_HIGH, FAST),
            id_low: builder.add_u64_field(column::ID_LOW, FAST),
            content_high: builder.add_u64_field(column::CONTENT_HIGH, FAST),
            content_low: builder.add_u64_field(column::CONTENT_LOW, FAST),
            raw_low: builder.add_u64_field(column::RAW_LOW, FAST),
            record_low: builder.add_u64_field(column::RECORD_LOW, FAST),
            pipeline_low: builder.add_u64_field(column::PIPELINE_LOW, FAST),
            corrections: builder.add_u64_field(column::CORRECTIONS, FAST),
            title_derived: builder.add_u64_field(column::TITLE_DERIVED, FAST),
            signature: builder.add_u64_field(column::SIGNATURE, FAST),
            file: builder.add_text_field(column::FILE, label()),
            event_from: builder.add_i64_field(column::EVENT_FROM, INDEXED | FAST),
            event_to: builder.add_i64_field(column::EVENT_TO, INDEXED | FAST),
            facets: FacetField::ALL.map(|facet| builder.add_facet_field(facet.name(), FacetOptions::default())),
            remainder: builder.add_text_field(column::REMAINDER, label()),
            post: builder.add_text_field(column::POST, label()),
            record: builder.add_bytes_field("record", STORED),
            title: builder.add_text_field("title", STORED),
            body: builder.add_text_field("body", STORED),
            tantivy: builder.build(),
        }
    }

    /// The schema in tantivy's terms.
    pub fn tantivy(&self) -> &tantivy::schema::Schema {
        &self.tantivy
    }

    /// The field of a part of the article in which a stream is looked for.
    ///
    /// The folded stream has none of its own: its terms are looked up among those of the syllable stream ([`super::Spellings::Folded`]). Nor has the
    /// word stream, whose words of one syllable are among those, and all others in [`Schema::words`].
    pub fn text(&self, part: Part, stream: Stream) -> Field {
        let fields = &self.text[part as usize];
        match stream {
            Stream::Syllable | Stream::Folded | Stream::Word => fields[0],
            Stream::Capitals => fields[1],
            Stream::Undiacritic => fields[2],
        }
    }

    /// Neighbouring syllables, for matching and ranking.
    pub fn pairs(&self, part: Part) -> CompoundField {
        self.compounds(Compounds::pairs(part))
    }

    /// The words of several syllables in title and body, for ranking.
    pub fn words(&self) -> CompoundField {
        self.compounds(Compounds::Words)
    }

    /// A dictionary of compound terms.
    pub(super) fn compounds(&self, compounds: Compounds) -> CompoundField {
        CompoundField::new(compounds, &self.compounds)
    }

    /// A field of syllables, as it is searched without diacritics.
    pub fn folded(&self, field: Field) -> FoldedField {
        FoldedField::new(field, &self.folded)
    }

    /// The same schema for one state of an index: with the compound terms of its segments at hand, and keeping what is looked up in them.
    pub(super) fn of_searcher(self, searcher: &Searcher) -> tantivy::Result<Schema> {
        Ok(Schema { compounds: Arc::new(compound::Opened::of(searcher)?), folded: Known::default(), ..self })
    }

    /// The field of the first [`super::LEAD_SYLLABLES`] of the body, for ranking.
    pub fn lead(&self) -> Field {
        self.lead
    }

    /// The field of a facet; a term of it is an encoded [`Facet`].
    pub fn facet(&self, facet: FacetField) -> Field {
        self.facets[facet as usize]
    }

    /// The term that selects an article.
    pub fn id_term(&self, id: ArticleId) -> tantivy::Term {
        tantivy::Term::from_field_text(self.id, &id.to_string())
    }

    /// The term that selects the articles at a facet path or below it.
    pub fn facet_term(&self, facet: FacetField, path: &FacetPath) -> tantivy::Term {
        tantivy::Term::from_facet(self.facet(facet), &Facet::from_path(path.segments()))
    }

    /// The term that selects the articles of a remainder row.
    pub fn remainder_term(&self, remainder: &Remainder) -> tantivy::Term {
        tantivy::Term::from_field_text(self.remainder, &remainder.term())
    }

    /// The term that selects the articles that give a person a post.
    pub fn post_term(&self, post: &PostKey) -> tantivy::Term {
        tantivy::Term::from_field_text(self.post, &post.encode())
    }

    /// The column of first days, in days since 1970; absent where no date is known.
    pub fn event_from(&self) -> Field {
        self.event_from
    }

    /// The column of last days.
    pub fn event_to(&self) -> Field {
        self.event_to
    }

    /// Makes the document that is indexed.
    pub(super) fn document(&self, stored: &StoredArticle) -> TantivyDocument {
        let article = &stored.article;
        let body = article.body.as_deref().unwrap_or("");
        let mut document = TantivyDocument::default();

        document.add_text(self.id, article.id.to_string());
        let (id_high, id_low) = article.id.halves();
        let (content_high, content_low) = article.content_hash.halves();
        for (field, number) in [
            (self.id_high, id_high),
            (self.id_low, id_low),
            (self.content_high, content_high),
            (self.content_low, content_low),
            (self.raw_low, article.origin.raw_hash.halves().1),
            (self.record_low, article.origin.record),
            (self.pipeline_low, stored.pipeline.halves().1),
            (self.corrections, stored.corrections_digest()),
            (self.title_derived, u64::from(article.title_derived)),
        ] {
            document.add_u64(field, number);
        }
        for hash in stored.signature.hashes() {
            document.add_u64(self.signature, u64::from(*hash));
        }
        document.add_text(self.file, file_key(&article.collection, &article.origin.path));

        for (part, text) in [(Part::Title, article.title.as_str()), (Part::Body, body)] {
            for field in self.text[part as usize] {
                document.add_text(field, text);
            }
        }
        document.add_text(self.lead, body);
        if let Some(Interval { from, to }) = article.dates.event.interval() {
            document.add_i64(self.event_from, day_number(from));
            document.add_i64(self.event_to, day_number(to));
        }
        let facets = FacetPaths::of(article);
        for facet in FacetField::ALL {
            for path in facet_paths(article, &facets, facet) {
                document.add_facet(self.facet(facet), Facet::from_path(path.segments()));
            }
        }
        for remainder in Remainder::of(article, &facets) {
            document.add_text(self.remainder, remainder.term());
        }
        for post in PostKey::of(article) {
            document.add_text(self.post, post.encode());
        }
        document.add_bytes(self.record, &stored.encode_record());
        document.add_text(self.title, &article.title);
        document.add_text(self.body, body);
        document
    }

    /// Title or body of a document alone, as stored; the message says what is wrong with the document.
    pub fn stored_text<'a>(&self, document: &'a TantivyDocument, part: Part) -> Result<&'a str, String> {
        let field = match part {
            Part::Title => self.title,
            Part::Body => self.body,
        };
        document.get_first(field).and_then(|value| value.as_str()).ok_or_else(|| format!("a document has no {}", part.name()))
    }

    /// Whether a document has a title that was derived from its body.
    pub(super) fn has_derived_title(&self, document: &TantivyDocument) -> bool {
        document.get_first(self.title_derived).and_then(|value| value.as_u64()) == Some(1)
    }

    /// Reads an article back; the message says what is wrong with the document.
    pub(super) fn stored(&self, document: &TantivyDocument) -> Result<StoredArticle, String> {
        let record = document.get_first(self.record).and_then(|value| value.as_bytes()).ok_or("a document has no record")?;
        StoredArticle::decode(record, self.stored_text(document, Part::Title)?, self.stored_text(document, Part::Body)?)
    }
}

/// The paths that an article stands under in a facet.
fn facet_paths(article: &Article, facets: &FacetPaths, facet: FacetField) -> Vec<FacetPath> {
    match facet {
        FacetField::Province => facets.province.clone(),
        FacetField::Official => facets.official.clone(),
        FacetField::Date => facets.date.iter().cloned().collect(),
        FacetField::Source => source_path(article).into_iter().collect(),
        FacetField::Collection => FacetPath::new([&article.collection]).into_iter().collect(),
    }
}

fn source_path(article: &Article) -> Option<FacetPath> {
    FacetPath::new([&article.source.as_ref()?.name])
}

/// What names a file over all collections.
pub fn file_key(collection: &str, path: &str) -> String {
    format!("{collection}{FILE_SEPARATOR}{path}")
}

/// A day as a number: days since 1 January 1970.
pub fn day_number(day: Date) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    i64::from((day - epoch).get_days())
}

/// The day of such a number; none where it lies beyond what a calendar holds.
pub fn day_of(number: i64) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(Span::new().try_days(number).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remainder_survives_its_term() {
        let month = FacetPath::new(["2024", "05"]).unwrap();
        let unit = FacetPath::new(["ninh-binh", "ninh-binh@1992"]).unwrap();
        let below = [Remainder::OnlyKnown(month), Remainder::NoPlaceBelow(unit)];
        for remainder in [Remainder::National, Remainder::SeveralYears, Remainder::NoSource].into_iter().chain(below) {
            assert_eq!(Remainder::parse(&remainder.term()), Some(remainder));
        }
        assert_eq!(Remainder::parse("date:only:nonsense"), None);
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(day_number(Date::constant(1970, 1, 2)), 1);
        assert_eq!(day_number(Date::constant(1969, 12, 31)), -1);
    }
}
