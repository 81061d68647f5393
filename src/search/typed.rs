//! What a person asks, field by field and in words as typed → a [`Request`]: one reading for command line, batch file and page.
//!
//! Looks into no index: whether a name fits something is seen when the request is answered.

pub(super) mod field;

pub use field::TypedField;

use super::cursor::Cursor;
use super::filter::{RANGE, parse_range};
use super::request::{Boundaries, Filter, MAX_CONTEXT_WORDS, Request, Sort, Unit};
use super::response::MatchMode;
use crate::article::{FacetPath, Interval};
use crate::index::{FacetField, Remainder};
use field::{BOUNDARIES, MATCHES, POST, SORTS, TRUTHS, look_up};
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
    /// Facet values and remainder rows as answers have them, each of which must hold: `province:/ninh-binh`, `date:only:/2024`.
    pub is: Vec<String>,
    /// The same, none of which may hold.
    pub not: Vec<String>,
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
    /// What the hits lie behind: `next` of an answer.
    pub after: Option<Cursor>,
    /// Facets to count; none for those of the request that this is added to.
    pub facets: Vec<FacetField>,
    /// Values of each level of a facet.
    pub max_values: Option<usize>,
    /// What labels of facet values have in them.
    pub inside: Option<String>,
    /// Whether near-duplicates are counted as one story, and one is shown for them where `all_copies` does not say otherwise.
    pub collapse: Option<bool>,
    /// Whether every article that matches is a hit.
    pub all_copies: Option<bool>,
    /// Whether less is asked for when no article has every word.
    pub relax: Option<bool>,
    /// Days of age that halve a score.
    pub fresh: Option<u32>,
    /// Instead of snippets, all matches with so many words on either side, at most [`MAX_CONTEXT_WORDS`].
    pub context: Option<usize>,
    /// Whether the answer says how it came about.
    pub explain: Option<bool>,
}

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
            TypedField::Inside => put(&mut self.inside, field, values, |typed| Some(typed.to_owned())),
            TypedField::MaxValues => put(&mut self.max_values, field, values, |typed| typed.trim().parse().ok()),
            TypedField::After => put(&mut self.after, field, values, |typed| typed.parse().ok()),
            TypedField::Collapse => put(&mut self.collapse, field, values, |typed| look_up(TRUTHS, typed)),
            TypedField::AllCopies => put(&mut self.all_copies, field, values, |typed| look_up(TRUTHS, typed)),
            TypedField::Relax => put(&mut self.relax, field, values, |typed| look_up(TRUTHS, typed)),
            TypedField::Fresh => put(&mut self.fresh, field, values, |typed| typed.trim().parse().ok().filter(|&days| days > 0)),
            TypedField::Context => put(&mut self.context, field, values, context),
            TypedField::Explain => put(&mut self.explain, field, values, |typed| look_up(TRUTHS, typed)),
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
            TypedField::Is => extend(&mut self.is, values),
            TypedField::Not => extend(&mut self.not, values),
        }
    }

    /// The same, with names and dates read as `all` has it where it does not say so itself.
    pub fn read_as(self, all: &TypedRequest) -> TypedRequest {
        TypedRequest { boundaries: self.boundaries.or(all.boundaries), precise: self.precise.or(all.precise), ..self }
    }

    /// A request with its own filters after those of `all`, and else as `all` has it where it says nothing.
    ///
    /// # Errors
    /// A date that is none, or two that run backwards; what is no facet value and no remainder row.
    pub fn request(&self, all: &Request) -> Result<Request, TypedError> {
        Ok(Request {
            query: self.query.clone().unwrap_or_else(|| all.query.clone()),
            filters: all.filters.iter().cloned().chain(self.filters()?).collect(),
            matching: self.matching.unwrap_or(all.matching),
            exact: self.exact.unwrap_or(all.exact),
            sort: self.sort.unwrap_or(all.sort),
            limit: self.limit.unwrap_or(all.limit),
            offset: self.offset.unwrap_or(all.offset),
            after: self.after.clone().or_else(|| all.after.clone()),
            facets: if self.facets.is_empty() { all.facets.clone() } else { self.facets.clone() },
            max_facet_values: self.max_values.or(all.max_facet_values),
            facet_inside: self.inside.clone().or_else(|| all.facet_inside.clone()),
            hits_of: self.hits_of().unwrap_or(all.hits_of),
            counts_of: self.collapse.map_or(all.counts_of, Unit::of_stories),
            relax: self.relax.unwrap_or(all.relax),
            half_life_days: self.fresh.or(all.half_life_days),
            context: self.context.or(all.context),
            explain: self.explain.unwrap_or(all.explain),
            ..all.clone()
        })
    }

    /// What a hit is, where anything says so: stories that are counted are shown as such.
    fn hits_of(&self) -> Option<Unit> {
        let by_copies = self.all_copies.map(|all| Unit::of_stories(!all));
        by_copies.or_else(|| self.collapse.filter(|&collapse| collapse).map(Unit::of_stories))
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
        let (is, not) = (selected(TypedField::Is, &self.is)?, selected(TypedField::Not, &self.not)?);
        let not = not.into_iter().map(|filter| Filter::Not(Box::new(filter)));
        Ok(province.chain(others).chain(range).chain(is).chain(not).collect())
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

/// The filters that facet values and remainder rows stand for, as a click on them selects.
fn selected(field: TypedField, typed: &[String]) -> Result<Vec<Filter>, TypedError> {
    let filter = |typed: &String| selectable(typed.trim()).ok_or_else(|| TypedError::BadValue { field, typed: typed.clone() });
    typed.iter().map(filter).collect()
}

/// `<facet>:<path>`, the kind of a remainder row, or `post:<role>`.
fn selectable(typed: &str) -> Option<Filter> {
    if let Some(row) = Remainder::parse(typed) {
        return Some(Filter::Remainder(row));
    }
    let (name, path) = typed.split_once(':')?;
    if name == POST {
        return (!path.is_empty()).then(|| Filter::Post(path.to_owned()));
    }
    Some(Filter::Value(facet(name)?, FacetPath::try_from(path.to_owned()).ok()?))
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

fn limit(typed: &str) -> Option<usize> {
    match typed.trim() {
        "all" => Some(usize::MAX),
        number => number.parse().ok(),
    }
}

fn context(typed: &str) -> Option<usize> {
    typed.trim().parse().ok().filter(|&words| words <= MAX_CONTEXT_WORDS)
}

fn facet(typed: &str) -> Option<FacetField> {
    let facets = FacetField::ALL.map(|facet| (facet.name(), facet));
    look_up(facets.into_iter().chain([("year", FacetField::Date)]), typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Fields<'a> = &'a [(&'a str, &'a [&'a str])];

    fn typed_of(fields: Fields) -> Result<TypedRequest, TypedError> {
        let mut typed = TypedRequest::default();
        for (name, values) in fields {
            typed.set(TypedField::named(name)?, values.iter().map(|&value| value.to_owned()))?;
        }
        Ok(typed)
    }

    fn typed(fields: Fields) -> Result<Request, TypedError> {
        typed_of(fields)?.request(&Request::default())
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
            ("is", &["province:/ninh-binh/ninh-binh@1992", "date:only:/2024"]),
            ("not", &["official:/Lò Văn Thiêm/Sơn La", " official:none ", "post:Bộ trưởng"]),
            ("match", &["any"]),
            ("exact", &["true"]),
            ("sort", &["newest"]),
            ("limit", &["all"]),
            ("offset", &["3"]),
            ("facets", &["province", "year"]),
            ("max_values", &["20"]),
            ("inside", &["ninh"]),
            ("collapse", &["true"]),
            ("relax", &["1"]),
            ("fresh", &["30"]),
            ("context", &["100"]),
            ("explain", &["no"]),
            ("source", &["", " "]),
        ])
        .unwrap();
        let province = |typed: &str| Filter::Province { typed: typed.to_owned(), boundaries: Boundaries::AsWritten };
        let range = Interval { from: Date::constant(2024, 5, 1), to: Date::MAX };
        let value = |facet, path: &str| Filter::Value(facet, FacetPath::try_from(path.to_owned()).unwrap());
        let expected = [
            province("Huế"),
            province("Đà Nẵng"),
            Filter::Official("Lò Văn Thiêm".to_owned()),
            Filter::Role("Chủ tịch".to_owned()),
            Filter::Date { range, precise: true },
            value(FacetField::Province, "/ninh-binh/ninh-binh@1992"),
            Filter::Remainder(Remainder::OnlyKnown(FacetPath::new(["2024"]).unwrap())),
            Filter::Not(Box::new(value(FacetField::Official, "/Lò Văn Thiêm/Sơn La"))),
            Filter::Not(Box::new(Filter::Remainder(Remainder::NoOfficial))),
            Filter::Not(Box::new(Filter::Post("Bộ trưởng".to_owned()))),
        ];
        assert_eq!((request.query.as_str(), request.filters.as_slice()), ("thu hồi đất", expected.as_slice()));
        assert_eq!((request.matching, request.exact, request.sort), (MatchMode::Any, true, Sort::Newest));
        assert_eq!((request.limit, request.offset, request.facets), (usize::MAX, 3, vec![FacetField::Province, FacetField::Date]));
        assert_eq!((request.max_facet_values, request.facet_inside.as_deref()), (Some(20), Some("ninh")));
        assert_eq!((request.relax, request.half_life_days, request.context, request.explain), (true, Some(30), Some(100), false));
    }

    #[test]
    fn stories_that_are_counted_are_shown_unless_all_copies_are() {
        use Unit::{Articles, Stories};
        let export = Request { hits_of: Articles, ..Request::default() };
        let cases: [(Fields, &Request, (Unit, Unit)); 6] = [
            (&[], &export, (Articles, Articles)),
            (&[("collapse", &["yes"])], &export, (Stories, Stories)),
            (&[("collapse", &["no"])], &export, (Articles, Articles)),
            (&[("collapse", &["yes"]), ("all_copies", &["yes"])], &export, (Stories, Articles)),
            (&[("all_copies", &["no"])], &export, (Articles, Stories)),
            (&[("all_copies", &["yes"])], &Request { counts_of: Stories, ..Request::default() }, (Stories, Articles)),
        ];
        for (fields, all, expected) in cases {
            let request = typed_of(fields).and_then(|typed| typed.request(all)).unwrap();
            assert_eq!((request.counts_of, request.hits_of), expected, "{fields:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_what_would_be_right() {
        let cases: [(Fields, &str); 14] = [
            (&[("provnce", &["Huế"])], "no field is called \"provnce\"; there are query, text, province,"),
            (&[("sort", &["best"])], "sort: \"best\" cannot be used; write relevance, newest or oldest"),
            (&[("after", &["2"])], "after: \"2\" cannot be used; write the `next` of an answer"),
            (&[("fresh", &["0"])], "fresh: \"0\" cannot be used; write a number of days, at least 1"),
            (&[("context", &["101"])], "context: \"101\" cannot be used; write a number of words, at most 100"),
            (&[("collapse", &["stories"])], "collapse: \"stories\" cannot be used; write true or false"),
            (&[("query", &["một", "hai"])], "query has several values and takes one"),
            (&[("query", &["một"]), ("text", &["hai"])], "query has several values and takes one"),
            (&[("from", &["hôm qua"])], "from: \"hôm qua\" cannot be used; write one day, month or year: 2024-05-13"),
            (&[("from", &["2023..2024"])], "from: \"2023..2024\" cannot be used"),
            (&[("is", &["province:ninh-binh"])], "is: \"province:ninh-binh\" cannot be used; write facets with paths or remainder rows"),
            (&[("not", &["tỉnh:/ninh-binh"])], "not: \"tỉnh:/ninh-binh\" cannot be used; write facets with paths"),
            (&[("not", &["date:only:2024"])], "not: \"date:only:2024\" cannot be used"),
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
