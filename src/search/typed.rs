//! What a person asks, field by field and in words as typed → a [`Request`]: one reading for command line, batch file and page.
//!
//! Looks into no index: whether a name fits something is seen when the request is answered.

use super::filter::{RANGE, parse_range};
use super::request::{Boundaries, Filter, Request, Sort};
use super::response::MatchMode;
use crate::article::Interval;
use crate::index::FacetField;
use jiff::civil::Date;

/// Query, filters and what the answer should hold, as typed. What is not said is left to the request that it is added to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedRequest {
    /// In the query language.
    pub query: Option<String>,
    /// Provinces, regions, districts, wards or remainder rows.
    pub province: Vec<String>,
    /// On which map a province's name is read.
    pub boundaries: Option<Boundaries>,
    /// People.
    pub official: Vec<String>,
    /// Posts.
    pub role: Vec<String>,
    /// Places in the date facet.
    pub year: Vec<String>,
    /// A day, month or year.
    pub from: Option<String>,
    /// A day, month or year.
    pub to: Option<String>,
    /// Whether an event must lie between these days with certainty.
    pub precise: Option<bool>,
    /// Publishers.
    pub source: Vec<String>,
    /// Collections.
    pub collection: Vec<String>,
    /// Whether every word must match.
    pub matching: Option<MatchMode>,
    /// Whether the words are taken as spelt.
    pub exact: Option<bool>,
    /// Order of the hits.
    pub sort: Option<Sort>,
    /// Number of hits; `usize::MAX` for all.
    pub limit: Option<usize>,
    /// Hits to pass over.
    pub offset: Option<usize>,
    /// Facets to count; none for those of the request that this is added to.
    pub facets: Vec<FacetField>,
}

/// A field of a [`TypedRequest`]: a column of a batch file, an option of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the field of that name")]
pub enum TypedField {
    Query,
    Province,
    Boundaries,
    Official,
    Role,
    Year,
    From,
    To,
    Precise,
    Source,
    Collection,
    Match,
    Exact,
    Sort,
    Limit,
    Offset,
    Facets,
}

/// Every field by its name, with what may stand in it. `text` is what test sets call a query.
const FIELDS: [(&str, TypedField, &str); 18] = [
    ("query", TypedField::Query, "one text"),
    ("text", TypedField::Query, "one text"),
    ("province", TypedField::Province, "names"),
    ("boundaries", TypedField::Boundaries, "today or as-written"),
    ("official", TypedField::Official, "names"),
    ("role", TypedField::Role, "posts"),
    ("year", TypedField::Year, "years, months or days"),
    ("from", TypedField::From, DATES),
    ("to", TypedField::To, DATES),
    ("precise", TypedField::Precise, "true or false"),
    ("source", TypedField::Source, "names"),
    ("collection", TypedField::Collection, "names"),
    ("match", TypedField::Match, "all or any"),
    ("exact", TypedField::Exact, "true or false"),
    ("sort", TypedField::Sort, "relevance, newest or oldest"),
    ("limit", TypedField::Limit, "a number or all"),
    ("offset", TypedField::Offset, "a number"),
    ("facets", TypedField::Facets, "province, official, date, source or collection"),
];

const DATES: &str = "one day, month or year: 2024-05-13, 13/5/2024, 2024-05 or 2024";

const BOUNDARIES: [(&str, Boundaries); 3] =
    [("today", Boundaries::Today), ("as-written", Boundaries::AsWritten), ("as_written", Boundaries::AsWritten)];
const MATCHES: [(&str, MatchMode); 2] = [("all", MatchMode::All), ("any", MatchMode::Any)];
const SORTS: [(&str, Sort); 3] = [("relevance", Sort::Relevance), ("newest", Sort::Newest), ("oldest", Sort::Oldest)];
/// As JSON, spreadsheets and people write it.
const TRUTHS: [(&str, bool); 6] = [("true", true), ("yes", true), ("1", true), ("false", false), ("no", false), ("0", false)];

/// What cannot be read as a request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypedError {
    /// No field has the name.
    #[error("no field is called {name:?}; there are {}", TypedField::names())]
    UnknownField {
        /// As typed.
        name: String,
    },
    /// The value is not one of those that the field takes.
    #[error("{}: {typed:?} cannot be used; write {}", field.name(), field.expected())]
    BadValue {
        /// The field.
        field: TypedField,
        /// As typed.
        typed: String,
    },
    /// A field that takes one value has several.
    #[error("{} has several values and takes one; write {}", field.name(), field.expected())]
    Several {
        /// The field.
        field: TypedField,
    },
    /// A span of days that runs backwards.
    #[error("from {from} lies after to {to}; exchange them")]
    Backwards {
        /// Its first day.
        from: Date,
        /// Its last day.
        to: Date,
    },
}

impl TypedField {
    /// The field of a name, in any case.
    ///
    /// # Errors
    /// If there is none.
    pub fn named(name: &str) -> Result<TypedField, TypedError> {
        look_up(FIELDS.iter().map(|&(known, field, _)| (known, field)), name)
            .ok_or_else(|| TypedError::UnknownField { name: name.to_owned() })
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.row().0
    }

    /// What may stand in it, in words.
    pub fn expected(self) -> &'static str {
        self.row().2
    }

    fn row(self) -> &'static (&'static str, TypedField, &'static str) {
        FIELDS.iter().find(|(_, field, _)| *field == self).expect("the table has a row for every field")
    }

    /// Whether it takes several values.
    pub fn is_list(self) -> bool {
        use TypedField::{Collection, Facets, Official, Province, Role, Source, Year};
        matches!(self, Province | Official | Role | Year | Source | Collection | Facets)
    }

    /// All names, for messages.
    pub fn names() -> String {
        FIELDS.map(|(name, ..)| name).join(", ")
    }
}

impl TypedRequest {
    /// Adds what was typed into a field. Values that are blank say nothing.
    ///
    /// # Errors
    /// If the field takes only one and there are several, now or before; if it is none of those that it takes.
    pub fn set(&mut self, field: TypedField, values: impl IntoIterator<Item = String>) -> Result<(), TypedError> {
        let values: Vec<String> = values.into_iter().filter(|value| !value.trim().is_empty()).collect();
        match field {
            TypedField::Query => put(&mut self.query, field, values, |typed| Some(typed.to_owned())),
            TypedField::From => put(&mut self.from, field, values, |typed| Some(typed.to_owned())),
            TypedField::To => put(&mut self.to, field, values, |typed| Some(typed.to_owned())),
            TypedField::Boundaries => put(&mut self.boundaries, field, values, |typed| look_up(BOUNDARIES, typed)),
            TypedField::Precise => put(&mut self.precise, field, values, |typed| look_up(TRUTHS, typed)),
            TypedField::Match => put(&mut self.matching, field, values, |typed| look_up(MATCHES, typed)),
            TypedField::Exact => put(&mut self.exact, field, values, |typed| look_up(TRUTHS, typed)),
            TypedField::Sort => put(&mut self.sort, field, values, |typed| look_up(SORTS, typed)),
            TypedField::Limit => put(&mut self.limit, field, values, limit),
            TypedField::Offset => put(&mut self.offset, field, values, |typed| typed.trim().parse().ok()),
            TypedField::Facets => {
                for typed in values {
                    self.facets.push(facet(&typed).ok_or(TypedError::BadValue { field, typed })?);
                }
                Ok(())
            }
            TypedField::Province => extend(&mut self.province, values),
            TypedField::Official => extend(&mut self.official, values),
            TypedField::Role => extend(&mut self.role, values),
            TypedField::Year => extend(&mut self.year, values),
            TypedField::Source => extend(&mut self.source, values),
            TypedField::Collection => extend(&mut self.collection, values),
        }
    }

    /// The same, with names and dates read as `all` has it where it does not say so itself.
    pub fn read_as(self, all: &TypedRequest) -> TypedRequest {
        TypedRequest { boundaries: self.boundaries.or(all.boundaries), precise: self.precise.or(all.precise), ..self }
    }

    /// A request with its own filters after those of `all`, and else as `all` has it where it says nothing.
    ///
    /// # Errors
    /// A date that is none, or two that run backwards.
    pub fn request(&self, all: &Request) -> Result<Request, TypedError> {
        Ok(Request {
            query: self.query.clone().unwrap_or_else(|| all.query.clone()),
            filters: all.filters.iter().cloned().chain(self.filters()?).collect(),
            matching: self.matching.unwrap_or(all.matching),
            exact: self.exact.unwrap_or(all.exact),
            sort: self.sort.unwrap_or(all.sort),
            limit: self.limit.unwrap_or(all.limit),
            offset: self.offset.unwrap_or(all.offset),
            facets: if self.facets.is_empty() { all.facets.clone() } else { self.facets.clone() },
            ..all.clone()
        })
    }

    fn filters(&self) -> Result<Vec<Filter>, TypedError> {
        let boundaries = self.boundaries.unwrap_or_default();
        let province = self.province.iter().map(|typed| Filter::Province { typed: typed.clone(), boundaries });
        let others = [
            (&self.official, Filter::Official as fn(String) -> Filter),
            (&self.role, Filter::Role),
            (&self.year, Filter::Year),
            (&self.source, Filter::Source),
            (&self.collection, Filter::Collection),
        ];
        let others = others.into_iter().flat_map(|(typed, filter)| typed.iter().cloned().map(filter));
        let range = self.range()?.map(|range| Filter::Date { range, precise: self.precise.unwrap_or_default() });
        Ok(province.chain(others).chain(range).collect())
    }

    /// The span of days between `from` and `to`; an end that is not given is open.
    fn range(&self) -> Result<Option<Interval>, TypedError> {
        if self.from.is_none() && self.to.is_none() {
            return Ok(None);
        }
        let end = |field, typed: &Option<String>, open| match typed {
            None => Ok(Interval::day(open)),
            Some(typed) if typed.contains(RANGE) => Err(TypedError::BadValue { field, typed: typed.clone() }),
            Some(typed) => parse_range(typed).ok_or_else(|| TypedError::BadValue { field, typed: typed.clone() }),
        };
        let from = end(TypedField::From, &self.from, Date::MIN)?.from;
        let to = end(TypedField::To, &self.to, Date::MAX)?.to;
        if from > to { Err(TypedError::Backwards { from, to }) } else { Ok(Some(Interval { from, to })) }
    }
}

fn extend(list: &mut Vec<String>, values: Vec<String>) -> Result<(), TypedError> {
    list.extend(values);
    Ok(())
}

fn put<T>(slot: &mut Option<T>, field: TypedField, values: Vec<String>, read: impl Fn(&str) -> Option<T>) -> Result<(), TypedError> {
    let mut values = values.into_iter();
    let Some(typed) = values.next() else { return Ok(()) };
    if slot.is_some() || values.next().is_some() {
        return Err(TypedError::Several { field });
    }
    *slot = Some(read(&typed).ok_or(TypedError::BadValue { field, typed })?);
    Ok(())
}

fn look_up<T>(table: impl IntoIterator<Item = (&'static str, T)>, typed: &str) -> Option<T> {
    let typed = typed.trim().to_lowercase();
    table.into_iter().find(|(name, _)| *name == typed).map(|(_, value)| value)
}

fn limit(typed: &str) -> Option<usize> {
    match typed.trim() {
        "all" => Some(usize::MAX),
        number => number.parse().ok(),
    }
}

fn facet(typed: &str) -> Option<FacetField> {
    let facets = FacetField::ALL.map(|facet| (facet.name(), facet));
    look_up(facets.into_iter().chain([("year", FacetField::Date)]), typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Fields<'a> = &'a [(&'a str, &'a [&'a str])];

    fn typed(fields: Fields) -> Result<Request, TypedError> {
        let mut typed = TypedRequest::default();
        for (name, values) in fields {
            typed.set(TypedField::named(name)?, values.iter().map(|&value| value.to_owned()))?;
        }
        typed.request(&Request::default())
    }

    #[test]
    fn each_field_becomes_what_it_says() {
        let request = typed(&[
            ("text", &["thu hồi đất"]),
            ("Province", &["Huế", "Đà Nẵng"]),
            ("boundaries", &["as-written"]),
            ("official", &["Lò Văn Thiêm"]),
            ("role", &["Chủ tịch"]),
            ("from", &["5/2024"]),
            ("precise", &["YES"]),
            ("match", &["any"]),
            ("exact", &["true"]),
            ("sort", &["newest"]),
            ("limit", &["all"]),
            ("offset", &["3"]),
            ("facets", &["province", "year"]),
            ("source", &["", " "]),
        ])
        .unwrap();
        let province = |typed: &str| Filter::Province { typed: typed.to_owned(), boundaries: Boundaries::AsWritten };
        let range = Interval { from: Date::constant(2024, 5, 1), to: Date::MAX };
        let expected = [
            province("Huế"),
            province("Đà Nẵng"),
            Filter::Official("Lò Văn Thiêm".to_owned()),
            Filter::Role("Chủ tịch".to_owned()),
            Filter::Date { range, precise: true },
        ];
        assert_eq!((request.query.as_str(), request.filters.as_slice()), ("thu hồi đất", expected.as_slice()));
        assert_eq!((request.matching, request.exact, request.sort), (MatchMode::Any, true, Sort::Newest));
        assert_eq!((request.limit, request.offset, request.facets), (usize::MAX, 3, vec![FacetField::Province, FacetField::Date]));
    }

    #[test]
    fn what_cannot_be_read_says_what_would_be_right() {
        let cases: [(Fields, &str); 7] = [
            (&[("provnce", &["Huế"])], "no field is called \"provnce\"; there are query, text, province,"),
            (&[("sort", &["best"])], "sort: \"best\" cannot be used; write relevance, newest or oldest"),
            (&[("query", &["một", "hai"])], "query has several values and takes one"),
            (&[("query", &["một"]), ("text", &["hai"])], "query has several values and takes one"),
            (&[("from", &["hôm qua"])], "from: \"hôm qua\" cannot be used; write one day, month or year: 2024-05-13"),
            (&[("from", &["2023..2024"])], "from: \"2023..2024\" cannot be used"),
            (&[("from", &["2025"]), ("to", &["2024"])], "from 2025-01-01 lies after to 2024-12-31; exchange them"),
        ];
        for (fields, expected) in cases {
            let message = typed(fields).unwrap_err().to_string();
            assert!(message.starts_with(expected), "{message}");
        }
    }

    #[test]
    fn what_is_said_for_all_holds_beside_what_each_says() {
        let all = Request { filters: vec![Filter::Year("2024".to_owned())], limit: 3, exact: true, ..Request::default() };
        let own = TypedRequest { province: vec!["Huế".to_owned()], exact: Some(false), ..TypedRequest::default() };
        let request = own.request(&all).unwrap();
        assert_eq!(request.filters, [Filter::Year("2024".to_owned()), Filter::province("Huế")]);
        assert_eq!((request.limit, request.exact), (3, false));
        let as_written = TypedRequest { boundaries: Some(Boundaries::AsWritten), ..TypedRequest::default() };
        assert_eq!(own.clone().read_as(&as_written).boundaries, Some(Boundaries::AsWritten));
        let today = TypedRequest { boundaries: Some(Boundaries::Today), ..own };
        assert_eq!(today.read_as(&as_written).boundaries, Some(Boundaries::Today), "its own word counts");
    }
}
