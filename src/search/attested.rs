//! Articles → what they attest of posts: how many give one, from when to when, and on which words.
//!
//! An attestation is an article and no more: between two of them nothing is claimed, and a former post (`nguyên …`) is a post of its own,
//! which extends none.

use super::error::SearchError;
use crate::article::{Article, ArticleId, Evidence, FacetPath, Interval, Post, PostStatus, Rank, UNKNOWN_SCOPE, UnitId};
use crate::index::{Generation, OrderColumns, PostKey, day_of};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use tantivy::{DocAddress, DocId};

/// A post of a person, as articles attest it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HeldPost {
    /// The path of person and scope in the official facet: `/Lò Văn Thiêm/Sơn La`.
    pub path: String,
    /// Its last level, by which namesakes are told apart.
    pub scope: String,
    /// The post in full words, `nguyên` or `quyền` included.
    pub role: String,
    /// Standing within the body.
    pub rank: Rank,
    /// Whether it is held at the time of the article.
    pub status: PostStatus,
    /// The body in full words; null where the post has none of its own.
    pub body: Option<String>,
    /// The provincial units of a local body, in their eras, as the first and the last article have them.
    pub unit_ids: Vec<UnitId>,
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
    /// All of them, by first day, those without a date last; of one day by id.
    pub ids: Vec<ArticleId>,
}

/// An article that gives somebody a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Attestation {
    /// First day of its event.
    pub from: Date,
    /// Last day of its event.
    pub to: Date,
    /// The article.
    pub id: ArticleId,
    /// Its title.
    pub title: String,
    /// The words of it that the post stands on, with their places.
    pub evidence: Vec<Evidence>,
}

/// An article that gives a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    event: Option<Interval>,
    id: ArticleId,
    address: DocAddress,
}

/// The articles that give a post.
#[derive(Clone, Debug, Default)]
pub(super) struct Attested(Vec<Seen>);

/// The posts that articles give, with these articles, by number of the post; `posts_of` says which of an article's count, by segment
/// and document.
///
/// Reads columns alone, no article.
pub(super) fn attested(
    generation: &Generation,
    documents: &[Vec<DocId>],
    posts_of: impl Fn(usize, DocId) -> Vec<u32>,
) -> Result<HashMap<u32, Attested>, SearchError> {
    let mut attested = HashMap::<u32, Attested>::new();
    for (segment, documents) in documents.iter().enumerate() {
        let columns = OrderColumns::open(generation.searcher().segment_reader(segment as u32))?;
        for &doc in documents {
            for post in posts_of(segment, doc) {
                let event = columns.event(doc).and_then(|(from, to)| Some(Interval { from: day_of(from)?, to: day_of(to)? }));
                let seen = Seen { event, id: columns.id(doc), address: DocAddress::new(segment as u32, doc) };
                attested.entry(post).or_default().0.push(seen);
            }
        }
    }
    Ok(attested)
}

impl Attested {
    /// Adds the articles of another post that is the same.
    pub fn join(&mut self, other: Attested) {
        self.0.extend(other.0);
    }

    /// Those that are about a day, and no longer time.
    pub fn days(&self) -> impl Iterator<Item = Date> + '_ {
        self.0.iter().filter_map(|seen| seen.event).filter(|event| event.from == event.to).map(|event| event.from)
    }

    /// The articles, by id.
    pub fn ids(&self) -> Vec<ArticleId> {
        let mut ids: Vec<ArticleId> = self.0.iter().map(|seen| seen.id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// What is known of a post, its first and its last article read; `keys` are what it is called in the index, the first before others.
    pub fn held(mut self, generation: &Generation, keys: &[&PostKey]) -> Result<HeldPost, SearchError> {
        // Of one day the smaller id, so that the order of the index does not show.
        self.0.sort_unstable_by_key(|seen| (seen.event.map_or(Date::MAX, |event| event.from), seen.id));
        self.0.dedup_by_key(|seen| seen.id);
        let dated = || self.0.iter().filter_map(|seen| Some((seen.event?, seen)));
        let first = dated().next();
        let last = dated().min_by_key(|(event, seen)| (std::cmp::Reverse(event.to), seen.id));
        let read = |seen: &Seen| generation.article(seen.address).map(|stored| stored.article);
        let known = match first {
            Some((event, seen)) => Some((Some(event), read(seen)?)),
            None => self.0.first().map(|seen| Ok::<_, SearchError>((None, read(seen)?))).transpose()?,
        };
        let latest = match (first, last) {
            (Some((_, first)), Some((event, last))) if first != last => Some((Some(event), read(last)?)),
            _ => known.clone(),
        };
        let attestation = |found: &Option<(Option<Interval>, Article)>| {
            let (event, article) = found.as_ref()?;
            let Interval { from, to } = (*event)?;
            Some(Attestation { from, to, id: article.id, title: article.title.clone(), evidence: evidence(article, keys) })
        };
        let post = known.as_ref().and_then(|(_, article)| posts(article, keys).first().map(|(_, post)| *post));
        let mut unit_ids: Vec<UnitId> = Vec::new();
        for (_, article) in known.iter().chain(&latest) {
            unit_ids.extend(posts(article, keys).into_iter().filter_map(|(_, post)| post.unit_id.clone()));
        }
        unit_ids.dedup();
        let mut by_year = BTreeMap::new();
        dated().for_each(|(event, _)| *by_year.entry(event.to.year()).or_default() += 1);
        let key = keys.first().copied();
        Ok(HeldPost {
            path: key.map(|key| key.path.to_string()).unwrap_or_default(),
            scope: key.map_or(UNKNOWN_SCOPE, scope_of).to_owned(),
            role: key.map(|key| key.role.clone()).unwrap_or_default(),
            rank: post.map_or(Rank::Member, |post| post.rank),
            status: post.map_or(PostStatus::Current, |post| post.status),
            body: post.and_then(|post| post.body.clone()),
            unit_ids,
            articles: self.0.len() as u64,
            undated: self.0.iter().filter(|seen| seen.event.is_none()).count() as u64,
            first: attestation(&known),
            last: attestation(&latest),
            by_year,
            ids: self.0.iter().map(|seen| seen.id).collect(),
        })
    }
}

/// The scope of a post.
pub(super) fn scope_of(key: &PostKey) -> &str {
    scope(&key.path)
}

/// The last level of a person's path, by which namesakes are told apart.
pub(super) fn scope(path: &FacetPath) -> &str {
    path.segments().last().map_or(UNKNOWN_SCOPE, String::as_str)
}

/// The posts of an article that are called so, with their place among its values.
fn posts<'a>(article: &'a Article, keys: &[&PostKey]) -> Vec<((usize, usize), &'a Post)> {
    let mut found = Vec::new();
    for (person, official) in article.officials.iter().enumerate() {
        for (at, post) in official.posts.iter().enumerate() {
            if PostKey::of_post(official, post).is_some_and(|key| keys.contains(&&key)) {
                found.push(((person, at), post));
            }
        }
    }
    found
}

/// The words that a post stands on.
fn evidence(article: &Article, keys: &[&PostKey]) -> Vec<Evidence> {
    let values: Vec<String> =
        posts(article, keys).into_iter().map(|((person, post), _)| format!("officials[{person}].posts[{post}]")).collect();
    article.evidence.iter().flatten().filter(|evidence| values.contains(&evidence.value)).cloned().collect()
}
