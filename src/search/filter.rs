//! Filters as they are typed → what they select, how they were read, and what to tell the reader.
//!
//! Each kind of filter is resolved in a file of its own; here they are put together. Filters on person and post bind to one
//! person ([`post`]). Typed names are compared by canonical phrase, and folded where they were typed without diacritics.

mod among;
mod date;
mod local;
mod name;
mod nearest;
mod place;
mod post;

use among::Among;
pub(super) use date::RANGE;
pub use date::parse_range;
pub(super) use post::{Holders, without_status};

use super::error::SearchError;
use super::period::days_of;
use super::request::{Budget, Filter, Unit};
use super::response::{AppliedFilter, Notice, NoticeCode};
use super::word::{all, any};
use super::{collector, label};
use crate::article::{ArticleId, FacetPath, Interval};
use crate::authority::Authority;
use crate::index::{FacetField, Generation, Remainder};
use crate::text::{canonical_phrase, compose, fold, has_diacritics};
use std::collections::HashSet;
use std::sync::Arc;
use tantivy::query::{AllQuery, BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

/// What filters are resolved against.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    pub generation: &'a Generation,
    pub authority: &'a Authority,
    pub budget: Budget,
}

/// What a list of filters selects.
#[derive(Default)]
pub(super) struct Selection<'a> {
    /// All must match.
    pub matching: Vec<Box<dyn Query>>,
    /// How each was read, in the order given.
    pub applied: Vec<AppliedFilter>,
    /// What the reader should know.
    pub notices: Vec<Notice>,
    /// Who holds the roles that are asked for; none where none is.
    pub holders: Option<Holders<'a>>,
    /// The officials asked for: of each list, one is named.
    pub officials: Vec<Vec<FacetPath>>,
    /// Whether officials are left out.
    pub leaves_people_out: bool,
    /// Ranges of days that an article only may lie in.
    pub ranges: Vec<Interval>,
    /// The days that are asked for, if any filter says so: the first is behind the last where several leave none.
    pub days: Option<Interval>,
}

impl Selection<'_> {
    fn narrow_to(&mut self, days: Option<Interval>) {
        let Some(Interval { from, to }) = days else { return };
        let known = self.days.unwrap_or(Interval { from, to });
        self.days = Some(Interval { from: known.from.max(from), to: known.to.min(to) });
    }
}

/// Resolves filters that must all hold.
pub(super) fn select<'a>(facts: Facts<'a>, filters: &[Filter]) -> Result<Selection<'a>, SearchError> {
    let mut selection = Selection::default();
    let (mut officials, mut roles, mut people_left_out) = (Vec::new(), Vec::new(), Vec::new());
    for filter in filters {
        let read = read(facts, filter)?;
        match read.selects {
            Selects::Values(values) => {
                selection.matching.push(values.query(facts));
                selection.narrow_to(values.days());
                if values.facet == Some(FacetField::Official) && !values.paths.is_empty() {
                    officials.push(values.paths);
                }
            }
            Selects::Days { range, precise } => {
                selection.matching.extend(date::within(facts, range, precise));
                selection.narrow_to(Some(range));
                if !precise {
                    selection.ranges.push(range);
                }
            }
            Selects::Posts(posts) => roles.push(posts),
            Selects::Article(_) | Selects::Among(_) => selection.matching.push(read.selects.query(facts)?),
            Selects::Not(inner) => match *inner {
                Selects::Values(values) if values.facet == Some(FacetField::Official) && !values.paths.is_empty() => {
                    people_left_out.push(values)
                }
                inner => selection.matching.push(all_but(inner.query(facts)?)),
            },
        }
        selection.applied.push(read.applied);
        selection.notices.extend(read.notices);
    }
    if !roles.is_empty() {
        let holders = Holders::of(facts, roles)?;
        selection.matching.push(holders.query(facts, &officials));
        selection.holders = Some(holders);
    }
    selection.officials = officials;
    selection.leaves_people_out = !people_left_out.is_empty();
    for values in people_left_out {
        // What is left is the total less the count beside the person, who then counts as holder of the roles alone.
        let named = match &selection.holders {
            Some(holders) => holders.query(facts, &[values.paths]),
            None => values.query(facts),
        };
        selection.matching.push(all_but(named));
    }
    Ok(selection)
}

/// A filter, resolved.
struct Read {
    selects: Selects,
    applied: AppliedFilter,
    notices: Vec<Notice>,
}

/// What a filter selects.
enum Selects {
    Values(Values),
    Days {
        range: Interval,
        precise: bool,
    },
    /// Numbers of posts, see [`crate::index::PostTable`].
    Posts(Vec<u32>),
    /// One article.
    Article(ArticleId),
    /// Some articles.
    Among(Arc<HashSet<ArticleId>>),
    /// All else.
    Not(Box<Selects>),
}

impl Selects {
    /// What it selects standing alone, no other filter being bound to it.
    fn query(&self, facts: Facts) -> Result<Box<dyn Query>, SearchError> {
        Ok(match self {
            Selects::Values(values) => values.query(facts),
            Selects::Days { range, precise } => all(date::within(facts, *range, *precise)),
            Selects::Posts(posts) => Holders::of(facts, vec![posts.clone()])?.query(facts, &[]),
            Selects::Article(id) => Box::new(TermQuery::new(facts.generation.schema().id_term(*id), IndexRecordOption::Basic)),
            Selects::Among(ids) => Box::new(Among(Arc::clone(ids))),
            Selects::Not(inner) => all_but(inner.query(facts)?),
        })
    }
}

/// Every article that a query does not select.
fn all_but(query: Box<dyn Query>) -> Box<dyn Query> {
    let all_but: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, Box::new(AllQuery)), (Occur::MustNot, query)];
    Box::new(BooleanQuery::new(all_but))
}

/// Values and remainder rows of a facet, any of them.
#[derive(Clone, Debug, Default)]
struct Values {
    facet: Option<FacetField>,
    paths: Vec<FacetPath>,
    remainders: Vec<Remainder>,
}

impl Values {
    fn paths(facet: FacetField, paths: Vec<FacetPath>) -> Values {
        Values { facet: Some(facet), paths, remainders: Vec::new() }
    }

    fn remainder(remainder: Remainder) -> Values {
        Values { facet: Some(remainder.facet()), paths: Vec::new(), remainders: vec![remainder] }
    }

    fn query(&self, facts: Facts) -> Box<dyn Query> {
        let schema = facts.generation.schema();
        let paths = self.paths.iter().flat_map(|path| self.facet.map(|facet| schema.facet_term(facet, path)));
        let terms = paths.chain(self.remainders.iter().map(|row| schema.remainder_term(row)));
        any(terms.map(|term| -> Box<dyn Query> { Box::new(TermQuery::new(term, IndexRecordOption::Basic)) }))
    }

    /// From the first day to the last of places in the date facet.
    fn days(&self) -> Option<Interval> {
        let of_paths = || self.paths.iter().filter(|_| self.facet == Some(FacetField::Date)).filter_map(days_of);
        let (from, to) = (of_paths().map(|days| days.from).min()?, of_paths().map(|days| days.to).max()?);
        self.remainders.is_empty().then_some(Interval { from, to })
    }

    /// What stands in [`AppliedFilter::resolved`].
    fn ids(&self) -> Vec<String> {
        self.paths.iter().map(FacetPath::to_string).chain(self.remainders.iter().map(Remainder::term)).collect()
    }
}

fn read(facts: Facts, filter: &Filter) -> Result<Read, SearchError> {
    match filter {
        Filter::Province { typed, boundaries } => place::read(facts, typed, *boundaries),
        Filter::Official(typed) => name::official(facts, typed),
        Filter::Role(typed) => post::read(facts, typed),
        Filter::Post(role) => post::exactly(facts, role),
        Filter::Year(typed) => date::year(facts, typed),
        Filter::Date { range, precise } => Ok(date::days(*range, *precise)),
        Filter::Source(typed) => name::source(facts, typed),
        Filter::Collection(typed) => name::collection(facts, typed),
        Filter::Value(facet, path) => {
            let levels = (1..=path.segments().len()).filter_map(|depth| FacetPath::new(&path.segments()[..depth]));
            let labels: Vec<String> = levels.map(|level| label::of_value(*facet, &level, facts.authority)).collect();
            Ok(values(facet.name(), &path.to_string(), Values::paths(*facet, vec![path.clone()]), labels.join(" › ")))
        }
        Filter::Not(inner) => Ok(left_out(read(facts, inner)?)),
        Filter::Except(id) => {
            let (typed, label) = (id.to_string(), format!("bài {id}"));
            let applied =
                AppliedFilter { field: "except".to_owned(), resolved: vec![typed.clone()], typed, label, mode: "value".to_owned() };
            Ok(left_out(Read { selects: Selects::Article(*id), applied, notices: Vec::new() }))
        }
        Filter::Among(ids) => {
            let label = format!("trong {} bài", ids.len());
            let applied =
                AppliedFilter { field: "among".to_owned(), typed: String::new(), resolved: Vec::new(), label, mode: "value".to_owned() };
            Ok(Read { selects: Selects::Among(Arc::clone(ids)), applied, notices: Vec::new() })
        }
        Filter::Remainder(row) => {
            let label = label::of_remainder_alone(row, facts.authority);
            Ok(values(row.facet().name(), &row.term(), Values::remainder(row.clone()), label))
        }
    }
}

/// The same filter, what it selects being left out.
fn left_out(read: Read) -> Read {
    let Read { selects, applied, notices } = read;
    let applied = AppliedFilter { label: format!("trừ {}", applied.label), mode: "not".to_owned(), ..applied };
    Read { selects: Selects::Not(Box::new(selects)), applied, notices }
}

/// A filter that selects values and says no more.
fn values(field: &str, typed: &str, values: Values, label: String) -> Read {
    let applied =
        AppliedFilter { field: field.to_owned(), typed: typed.to_owned(), resolved: values.ids(), label, mode: "value".to_owned() };
    Read { selects: Selects::Values(values), applied, notices: Vec::new() }
}

/// What was typed, in the forms that it is compared in.
pub(super) struct Typed {
    canonical: String,
    folded: String,
    /// Whether it carries a diacritic: then it is taken as spelt.
    accented: bool,
}

impl Typed {
    pub fn new(typed: &str) -> Typed {
        let composed = compose(typed);
        let canonical = canonical_phrase(&composed);
        Typed { folded: fold(&canonical), canonical, accented: has_diacritics(&composed) }
    }

    /// The phrase that is compared with those of [`Typed::index`].
    pub fn key(&self) -> &str {
        if self.accented { &self.canonical } else { &self.folded }
    }

    /// Whether a label holds what was typed, be it in the middle of a word.
    pub fn is_within(&self, label: &str) -> bool {
        let label = canonical_phrase(label);
        if self.accented { label.contains(&self.canonical) } else { fold(&label).contains(&self.folded) }
    }

    /// The phrases that [`Typed::key`] is compared with.
    pub fn index<'a>(&self, names: &'a crate::index::PhraseIndex) -> &'a std::collections::BTreeMap<String, Vec<u32>> {
        if self.accented { &names.canonical } else { &names.folded }
    }
}

/// Tells that a filter fits several things, and how many articles each has in the whole index.
fn ambiguous(facts: Facts, typed: &str, alternatives: &[(String, Values)]) -> Result<Vec<Notice>, SearchError> {
    /// More are counted in the text, not listed.
    const LISTED: usize = 10;
    if alternatives.len() < 2 {
        return Ok(Vec::new());
    }
    let mut listed = Vec::new();
    for (label, values) in alternatives.iter().take(LISTED) {
        let count = collector::count(facts.generation, values.query(facts).as_ref(), Unit::Articles, facts.budget)?;
        listed.push(format!("{label} ({count} bài)"));
    }
    let more = alternatives.len() - listed.len();
    if more > 0 {
        listed.push(format!("và {more} tên khác"));
    }
    let text = format!("“{typed}” có thể là nhiều giá trị, đã lấy tất cả: {}", listed.join(", "));
    Ok(vec![Notice { code: NoticeCode::AmbiguousFilter, text }])
}
