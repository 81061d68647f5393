//! The lines of the tables that are exported: articles, matches in context, and the long tables of what an article says.

use super::column::{Cell, Column, ColumnKind::*, DateOf, Part, Row, values_of};
use super::table::date;
use crate::article::{
    Article, Basis, EventDate, EvidenceClass, Interval, Official, PlaceKind, PlaceMention, Post, PostStatus, Precision, ProvinceStatus,
    Rank, UnitMention, name_of,
};
use jiff::civil::Date as Day;

/// What is known of a hit and its article, a hit a row.
pub static ARTICLE_COLUMNS: [Column; 40] = [
    Column::new("rank", Integer, "Place in the order that was asked for, from 1", |row| Cell::Integer(row.hit.rank)),
    Column::new("score", Number, "What it is ranked by; 0 where there is nothing to rank by", |row| Cell::Number(row.hit.score)),
    Column::new("certain", Boolean, "Whether its date certainly lies within the days asked for; false where it only may", |row| {
        Cell::Boolean(row.hit.certain)
    }),
    ID,
    Column::new("key", Text, "The record's own id, else its path and number in the collection", |row| Cell::text(&of(row).key)),
    Column::new("content_hash", Text, "Hash of title and text as stored: which version this is", |row| {
        Cell::text(of(row).content_hash.to_string())
    }),
    Column::new("title", Text, "Title", |row| Cell::text(&of(row).title)),
    Column::new("title_derived", Boolean, "Whether the title was made from the text because there was none", |row| {
        Cell::Boolean(of(row).title_derived)
    }),
    Column::new("event_from", Date, "First day of what it reports", |row| event(row).from.into()),
    Column::new("event_to", Date, "Last day of what it reports, included", |row| event(row).to.into()),
    Column::new("event_precision", Text, "How exactly these days are known", |row| name_of(&event(row).precision).into())
        .of_values(values_of::<Precision>),
    Column::new("event_basis", Text, "What these days rest on", |row| name_of(&event(row).basis).into()).of_values(values_of::<Basis>),
    Column::new("event_why", Text, "The reason in words; for an inferred year, what it was inferred from", |row| {
        Cell::text(&event(row).why)
    }),
    Column::new("published", Text, "Day or month of publication, as metadata claims it: YYYY-MM-DD or YYYY-MM, Vietnamese time", |row| {
        of(row).dates.published.as_ref().map(|published| &published.at).into()
    }),
    Column::new("published_by", Text, "Who claims it: `meta:<key>`, `json-ld:datePublished`, `jsonl:date`, `header`, `page`", |row| {
        of(row).dates.published.as_ref().map(|published| &published.claimed_by).into()
    }),
    Column::new("captured", Date, "The day on which a crawler took it, Vietnamese time", |row| captured(of(row)).into()),
    Column::new("province_status", Text, "Why it has, or has not, provinces that it is about", |row| {
        Cell::text(of(row).provinces.status.name())
    })
    .of_values(values_of::<ProvinceStatus>),
    Column::new("provinces", List, "Provinces that it is about, under their names of the time", |row| {
        units(&of(row).provinces.about, name)
    }),
    Column::new("province_ids", List, "The same, each with the year from which it existed within these borders: ninh-binh@1992", |row| {
        units(&of(row).provinces.about, |unit| &unit.unit_id.0)
    }),
    Column::new("provinces_today", List, "The provinces of today's map that their land belongs to", |row| today(&of(row).provinces.about)),
    Column::new("places", List, "Districts and wards of these provinces that it names", |row| {
        let places = of(row).provinces.about.iter().flat_map(|unit| &unit.places);
        Cell::list(places.map(|place| format!("{} {}", place.kind.word(), place.place)))
    }),
    Column::new("mentioned", List, "Provinces that it names without being about them", |row| units(&of(row).provinces.mentioned, name)),
    Column::new("officials", List, "People to whom it gives a post", |row| {
        Cell::list(of(row).officials.iter().map(|official| &official.name))
    }),
    Column::new("posts", List, "Their posts: name, colon, post in full words", |row| posts(&of(row).officials)),
    Column::new("foreign_officials", List, "People to whom it gives a post in another country", |row| {
        Cell::list(of(row).foreign_officials.iter().map(|official| &official.name))
    }),
    Column::new("source", Text, "Publisher", |row| of(row).source.as_ref().map(|source| &source.name).into()),
    Column::new("source_unit_id", Text, "The province whose portal or paper the publisher is", |row| {
        of(row).source.as_ref().and_then(|source| source.unit_id.as_ref()).map(|unit| &unit.0).into()
    }),
    Column::new("url", Text, "Address", |row| of(row).url.as_ref().into()),
    Column::new("collection", Text, "Name of the collection that it was read from", |row| Cell::text(&of(row).collection)),
    Column::new("path", Text, "File that it was read from, within the collection", |row| Cell::text(&of(row).origin.path)),
    Column::new("record", Integer, "Number of its record in the file, from 0", |row| Cell::Integer(of(row).origin.record)),
    Column::new("group", Text, "Its near-duplicates, by the id of the first of them; empty where it stands alone", |row| {
        of(row).group.map(|group| group.to_string()).into()
    }),
    Column::new("copies", Integer, "How many others of these match too", |row| Cell::Integer(row.hit.copies)),
    Column::new("flags", List, "What its reader should know of how it was read", |row| Cell::list(of(row).flags.iter().map(name_of))),
    Column::new("corrections", Integer, "How often people have said something against what was extracted", |row| {
        of(row).corrections.len().into()
    }),
    Column::new(
        "date",
        Text,
        "Days of the event, no more exactly than they are known: 2024-02-29, 2024-02, 2024, else first/last",
        |row| date(event(row)).into(),
    ),
    Column::new("year", Integer, "Year of the event, where all of it lies in one", |row| match event(row).interval() {
        Some(Interval { from, to }) if from.year() == to.year() => u64::try_from(from.year()).map_or(Cell::Nothing, Cell::Integer),
        _ => Cell::Nothing,
    }),
    Column::new(SNIPPET, Text, "The passage that shows best why it matches", |row| {
        row.hit.snippets.first().map(|snippet| snippet.text.replace('\n', " ")).into()
    }),
    Column::new("citation", Text, "How it is cited, with id and version", |row| {
        super::Citation::of(of(row)).text(super::Language::Vietnamese).into()
    }),
    Column::new(BODY, Stored, "Text as stored, paragraphs by line ends: what the spans count in", |row| {
        of(row).body.as_deref().map_or(Cell::Nothing, Cell::Stored)
    }),
];

/// The columns of hits, if nothing is said.
pub(super) const HIT_COLUMNS: [&str; 24] = [
    "rank",
    "score",
    "certain",
    "id",
    "key",
    "title",
    "event_from",
    "event_to",
    "event_precision",
    "event_basis",
    "published",
    "province_status",
    "provinces",
    "province_ids",
    "mentioned",
    "officials",
    "posts",
    "source",
    "url",
    "collection",
    "path",
    "record",
    "group",
    "copies",
];

/// The column that needs the text of an article.
pub(super) const BODY: &str = "body";

/// The column that needs a passage of it.
pub(super) const SNIPPET: &str = "snippet";

/// A match in its context, a match a row.
pub static MATCH_COLUMNS: [Column; 10] = [
    ID,
    Column::new("title", Text, "Title", |row| Cell::text(&of(row).title)),
    Column::new("date", Text, "Days of the event, no more exactly than they are known", |row| date(event(row)).into()),
    Column::new("provinces", List, "Provinces that it is about", |row| units(&of(row).provinces.about, name)),
    Column::new("left", Text, "The words before the match", |row| line(row).map(|line| line.left.replace('\n', " ")).into()),
    Column::new("match", Text, "The match", |row| line(row).map(|line| line.matched.replace('\n', " ")).into()),
    Column::new("right", Text, "The words behind it", |row| line(row).map(|line| line.right.replace('\n', " ")).into()),
    Column::new("start", Integer, "Where the match begins in the field", |row| line(row).map(|line| line.start).into()),
    Column::new("end", Integer, "One past where it ends", |row| line(row).map(|line| line.end).into()),
    Column::new("field", Text, "`title` or `body`", |row| line(row).map(|line| &line.field).into()),
];

const ID: Column = Column::new("id", Text, "Id of the article", |row| Cell::text(of(row).id.to_string()));

impl DateOf {
    fn name(self) -> &'static str {
        match self {
            DateOf::Event => "event",
            DateOf::Published => "published",
            DateOf::Captured => "captured",
        }
    }
}

/// The dates of articles, a date a row.
pub(super) static DATE_COLUMNS: [Column; 8] = [
    ID,
    Column::new("date", Text, "`event`: of what it reports; `published`: as metadata claims; `captured`: by a crawler", |row| {
        date_of(row).map(DateOf::name).into()
    }),
    Column::new("from", Date, "First day", |row| span_of(row).map(|span| span.from).into()),
    Column::new("to", Date, "Last day, included", |row| span_of(row).map(|span| span.to).into()),
    Column::new("precision", Text, "How exactly these days are known", |row| name_of(&precision_of(row)).into())
        .of_values(values_of::<Precision>),
    Column::new("basis", Text, "Of an event: what its days rest on", |row| {
        date_of(row).filter(|date| *date == DateOf::Event).map(|_| name_of(&event(row).basis)).into()
    })
    .of_values(values_of::<Basis>),
    Column::new("claimed_by", Text, "Of a publication: who claims it", |row| {
        let published = of(row).dates.published.as_ref().filter(|_| date_of(row) == Some(DateOf::Published));
        published.map(|published| &published.claimed_by).into()
    }),
    Column::new("why", Text, "Of an event: the reason in words", |row| {
        date_of(row).filter(|date| *date == DateOf::Event).map(|_| &event(row).why).into()
    }),
];

/// The provinces of articles, with districts and wards; a unit or place a row.
pub(super) static PROVINCE_COLUMNS: [Column; 12] = [
    ID,
    Column::new("relation", Text, "`about`: the article belongs there; `mentioned`: it only names it", |row| {
        unit(row).map(|(relation, ..)| relation).into()
    }),
    Column::new("number", Integer, "Place in that list, from 0, as evidence names it: provinces.about[0]", |row| {
        unit(row).map(|(_, at, ..)| at).into()
    }),
    Column::new("level", Text, "`province`, a row for each, or `place`, a row for each district or ward of it", |row| {
        Cell::text(if place(row).is_some() { "place" } else { "province" })
    }),
    Column::new("unit_id", Text, "The province, with the year from which it existed within these borders: ninh-binh@1992", |row| {
        unit(row).map(|(.., unit)| &unit.unit_id.0).into()
    }),
    Column::new("unit", Text, "Its name, without tỉnh or thành phố", |row| unit(row).map(|(.., unit)| &unit.unit).into()),
    Column::new("today_ids", List, "The provinces of today's map that its land belongs to; several where it was split", |row| {
        unit(row).map(|(.., unit)| Cell::list(unit.today.iter().map(|unit| &unit.unit_id.0))).into()
    }),
    Column::new("today", List, "Their names", |row| {
        unit(row).map(|(.., unit)| Cell::list(unit.today.iter().map(|unit| &unit.unit))).into()
    }),
    Column::new("place_id", Text, "The district or ward, unique within its province", |row| place(row).map(|place| &place.place_id).into()),
    Column::new("place", Text, "Its name, without its kind", |row| place(row).map(|place| &place.place).into()),
    Column::new("place_kind", Text, "Its kind", |row| place(row).map(|place| place.kind.word()).into()).of_values(values_of::<PlaceKind>),
    Column::new("rule", Text, "The rule that found the province; RULES.md says it", |row| unit(row).map(|(.., unit)| &unit.rule).into()),
];

/// The officials of articles, a post that an article gives to a person a row.
pub(super) static OFFICIAL_COLUMNS: [Column; 14] = [
    ID,
    Column::new("list", Text, "`officials`, or `foreign_officials` for posts of other countries", |row| {
        holder(row).map(|(list, ..)| list).into()
    }),
    Column::new("number", Integer, "Place of the person in that list, from 0, as evidence names it: officials[1]", |row| {
        holder(row).map(|(_, at, _)| at).into()
    }),
    Column::new("name", Text, "The fullest form of the name in the article", |row| holder(row).map(|(.., person)| &person.name).into()),
    Column::new("mentions", Integer, "How often the text names the person, by short names too", |row| {
        holder(row).map(|(.., person)| person.mentions.len()).into()
    }),
    Column::new("post", Integer, "Place of the post among those of the person, from 0: officials[1].posts[0]", |row| {
        post(row).map(|(at, _)| at).into()
    }),
    Column::new("role", Text, "The post in full words, with its jurisdiction", |row| post(row).map(|(_, post)| &post.role).into()),
    Column::new("rank", Text, "Standing within the body", |row| post(row).map(|(_, post)| name_of(&post.rank)).into())
        .of_values(values_of::<Rank>),
    Column::new("body", Text, "The body in full words", |row| post(row).and_then(|(_, post)| post.body.as_ref()).into()),
    Column::new("unit_id", Text, "The province of a local body", |row| {
        post(row).and_then(|(_, post)| post.unit_id.as_ref()).map(|unit| &unit.0).into()
    }),
    Column::new("scope", Text, "What the facet shows: the body of a central post, the province of a local one", |row| {
        post(row).and_then(|(_, post)| post.scope.as_ref()).into()
    }),
    Column::new("status", Text, "Whether it is held at the time of the article", |row| {
        post(row).map(|(_, post)| name_of(&post.status)).into()
    })
    .of_values(values_of::<PostStatus>),
    Column::new("as_written", Text, "The words of the text", |row| post(row).map(|(_, post)| &post.as_written).into()),
    Column::new("rule", Text, "The rule that found it; RULES.md says it", |row| post(row).map(|(_, post)| &post.rule).into()),
];

/// What the values of articles rest on, a quotation a row.
pub(super) static EVIDENCE_COLUMNS: [Column; 8] = [
    ID,
    Column::new("value", Text, "The value: dates.event, provinces.about[0], officials[1].posts[0]", |row| {
        evidence(row).map(|(evidence, _)| &evidence.value).into()
    }),
    Column::new("field", Text, "The text it stands in: `body`, `title`, `header`, `source`, `meta:<key>`", |row| {
        evidence(row).map(|(evidence, _)| &evidence.field).into()
    }),
    Column::new("start", Integer, "Where the quotation begins in that text", |row| {
        evidence(row).and_then(|(_, span)| span).map(|(start, _)| start).into()
    }),
    Column::new("end", Integer, "One past where it ends", |row| evidence(row).and_then(|(_, span)| span).map(|(_, end)| end).into()),
    Column::new("quote", Stored, "What stands there", |row| {
        evidence(row).map_or(Cell::Nothing, |(evidence, _)| Cell::Stored(&evidence.quote))
    }),
    Column::new("rule", Text, "The rule that led from it to the value; RULES.md says it", |row| {
        evidence(row).map(|(evidence, _)| &evidence.rule).into()
    }),
    Column::new("class", Text, "How the value follows from it", |row| evidence(row).map(|(evidence, _)| name_of(&evidence.class)).into())
        .of_values(values_of::<EvidenceClass>),
];

fn of<'h>(row: &Row<'h>) -> &'h Article {
    &row.hit.article
}

fn event<'h>(row: &Row<'h>) -> &'h EventDate {
    &of(row).dates.event
}

/// An instant begins with its day in Vietnamese local time.
fn captured(article: &Article) -> Option<Day> {
    article.dates.captured.as_ref()?.at.get(..10)?.parse().ok()
}

fn line<'h>(row: &Row<'h>) -> Option<&'h crate::search::ContextLine> {
    if let Part::Match(line) = row.part { Some(line) } else { None }
}

fn date_of(row: &Row) -> Option<DateOf> {
    if let Part::Date(date) = row.part { Some(date) } else { None }
}

fn span_of(row: &Row) -> Option<Interval> {
    match date_of(row)? {
        DateOf::Event => event(row).interval(),
        DateOf::Published => of(row).dates.published.as_ref()?.interval(),
        DateOf::Captured => captured(of(row)).map(Interval::day),
    }
}

fn precision_of(row: &Row) -> Precision {
    match (date_of(row), span_of(row)) {
        (Some(DateOf::Event), _) => event(row).precision,
        (_, Some(Interval { from, to })) if from == to => Precision::Day,
        (_, Some(_)) => Precision::Month,
        (_, None) => Precision::None,
    }
}

fn unit<'h>(row: &Row<'h>) -> Option<(&'static str, usize, &'h UnitMention)> {
    if let Part::Unit { of, at, unit, .. } = row.part { Some((of, at, unit)) } else { None }
}

fn place<'h>(row: &Row<'h>) -> Option<&'h PlaceMention> {
    if let Part::Unit { place, .. } = row.part { place } else { None }
}

fn holder<'h>(row: &Row<'h>) -> Option<(&'static str, usize, &'h Official)> {
    if let Part::Post { of, at, official, .. } = row.part { Some((of, at, official)) } else { None }
}

fn post<'h>(row: &Row<'h>) -> Option<(usize, &'h Post)> {
    if let Part::Post { post, .. } = row.part { post } else { None }
}

fn evidence<'h>(row: &Row<'h>) -> Option<(&'h crate::article::Evidence, Option<(usize, usize)>)> {
    if let Part::Evidence { evidence, span } = row.part { Some((evidence, span)) } else { None }
}

fn name(unit: &UnitMention) -> &str {
    &unit.unit
}

fn units<'h>(units: &[UnitMention], part: fn(&UnitMention) -> &str) -> Cell<'h> {
    Cell::list(units.iter().map(part))
}

/// The units of today's map, each once, in order.
fn today<'h>(units: &[UnitMention]) -> Cell<'h> {
    let mut names: Vec<&str> = Vec::new();
    for unit in units.iter().flat_map(|unit| &unit.today) {
        if !names.contains(&unit.unit.as_str()) {
            names.push(&unit.unit);
        }
    }
    Cell::list(names)
}

fn posts<'h>(officials: &[Official]) -> Cell<'h> {
    let of = |official: &Official| official.posts.iter().map(|post| format!("{}: {}", official.name, post.role)).collect::<Vec<_>>();
    Cell::list(officials.iter().flat_map(of))
}
