//! A person → the posts that articles give them: in how many articles, by year, from the first attestation to the last.
//!
//! Input → output: [`Generation`], a name as the official facet has it → [`Career`]. An attestation is an article and no more: between two of them nothing
//! is claimed, a former post (`nguyên …`) is a row of its own and extends none, and namesakes stand apart by scope.

use super::collector::each_document;
use super::error::SearchError;
use super::request::Budget;
use crate::article::{ArticleId, FacetPath, Interval};
use crate::index::{FacetField, Generation, OrderColumns, day_of};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use tantivy::DocAddress;
use tantivy::query::{EnableScoring, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

/// The posts of everybody who goes by a name.
#[derive(Clone, Debug, Serialize)]
pub struct Career {
    /// The name, as the official facet has it.
    pub name: String,
    /// Articles that give somebody of this name a post.
    pub articles: u64,
    /// The posts, those of one scope together, by first attestation.
    pub posts: Vec<HeldPost>,
}

/// A post of a person.
#[derive(Clone, Debug, Serialize)]
pub struct HeldPost {
    /// The path of person and scope in the official facet: `/Lò Văn Thiêm/Sơn La`.
    pub path: String,
    /// Its last level, by which namesakes are told apart.
    pub scope: String,
    /// The post in full words, `nguyên` or `quyền` included.
    pub role: String,
    /// Articles that give it.
    pub articles: u64,
    /// Those among them without a date.
    pub undated: u64,
    /// The earliest by its first day; null where none has a date.
    pub first: Option<Attestation>,
    /// The latest by its last day.
    pub last: Option<Attestation>,
    /// Articles by year of their last day; years without any are left out.
    pub by_year: BTreeMap<i16, u64>,
}

/// An article that gives somebody a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attestation {
    /// First day of its event.
    pub from: Date,
    /// Last day of its event.
    pub to: Date,
    /// The article.
    pub id: ArticleId,
    /// Its title.
    pub title: String,
}

/// What is known of a post so far.
#[derive(Default)]
struct Held {
    articles: u64,
    undated: u64,
    first: Option<(Interval, ArticleId, DocAddress)>,
    last: Option<(Interval, ArticleId, DocAddress)>,
    by_year: BTreeMap<i16, u64>,
}

impl Held {
    fn add(&mut self, event: Option<Interval>, id: ArticleId, address: DocAddress) {
        self.articles += 1;
        let Some(event) = event else {
            self.undated += 1;
            return;
        };
        *self.by_year.entry(event.to.year()).or_default() += 1;
        // Of one day the smaller id, so that the order of the index does not show.
        if self.first.is_none_or(|(first, other, _)| (event.from, id) < (first.from, other)) {
            self.first = Some((event, id, address));
        }
        if self.last.is_none_or(|(last, other, _)| event.to > last.to || (event.to == last.to && id < other)) {
            self.last = Some((event, id, address));
        }
    }
}

/// The posts of everybody of a name; none where no article names such a person.
///
/// Costs one walk over the articles that name them.
///
/// # Errors
/// [`SearchError::OutOfTime`], [`SearchError::Index`].
pub fn career(generation: &Generation, name: &str, budget: Budget) -> Result<Option<Career>, SearchError> {
    let Some(path) = FacetPath::new([name]) else { return Ok(None) };
    if generation.hierarchy(FacetField::Official)?.find(&path).is_none() {
        return Ok(None);
    }
    let term = generation.schema().facet_term(FacetField::Official, &path);
    let searcher = generation.searcher();
    let weight = TermQuery::new(term, IndexRecordOption::Basic).weight(EnableScoring::disabled_from_searcher(searcher))?;
    let table = generation.posts()?;
    let (mut held, mut articles) = (HashMap::<u32, Held>::new(), 0);
    for (segment, reader) in searcher.segment_readers().iter().enumerate() {
        let columns = OrderColumns::open(reader)?;
        each_document(reader, weight.as_ref(), budget, |doc| {
            articles += 1;
            let event = columns.event(doc).and_then(|(from, to)| Some(Interval { from: day_of(from)?, to: day_of(to)? }));
            let theirs = table.of(segment, doc).filter(|&post| table.posts()[post as usize].path.is_at_or_below(&path));
            for post in theirs {
                held.entry(post).or_default().add(event, columns.id(doc), DocAddress::new(segment as u32, doc));
            }
        })?;
    }
    let mut posts = held.into_iter().map(|(post, held)| held_post(generation, post, held)).collect::<Result<Vec<_>, _>>()?;
    let began = |post: &HeldPost| post.first.as_ref().map_or(Date::MAX, |first| first.from);
    posts.sort_by(|one, other| (&one.scope, began(one), &one.role).cmp(&(&other.scope, began(other), &other.role)));
    Ok(Some(Career { name: path.segments()[0].clone(), articles, posts }))
}

fn held_post(generation: &Generation, post: u32, held: Held) -> Result<HeldPost, SearchError> {
    let key = &generation.posts()?.posts()[post as usize];
    let attestation = |seen: Option<(Interval, ArticleId, DocAddress)>| -> Result<Option<Attestation>, SearchError> {
        let Some((event, id, address)) = seen else { return Ok(None) };
        let title = generation.article(address)?.article.title;
        Ok(Some(Attestation { from: event.from, to: event.to, id, title }))
    };
    Ok(HeldPost {
        path: key.path.to_string(),
        scope: key.path.segments().last().cloned().unwrap_or_default(),
        role: key.role.clone(),
        articles: held.articles,
        undated: held.undated,
        first: attestation(held.first)?,
        last: attestation(held.last)?,
        by_year: held.by_year,
    })
}
