//! Articles → what they attest of posts: how many give one, from when to when, and on which words.
//!
//! An attestation is an article and no more: between two of them nothing is claimed, and a former post (`nguyên …`) is a post of its own,
//! which extends none.

use super::error::SearchError;
use super::request::Budget;
use crate::article::{Article, ArticleId, Evidence, Interval, Post, PostStatus, Rank, UNKNOWN_SCOPE, UnitId};
use crate::index::{Generation, OrderColumns, PostKey, day_of};
use jiff::civil::Date;
use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Reverse;
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
    budget: Budget,
    posts_of: impl Fn(usize, DocId) -> Vec<u32>,
) -> Result<HashMap<u32, Attested>, SearchError> {
    let mut attested = HashMap::<u32, Attested>::new();
    for (segment, documents) in documents.iter().enumerate() {
        let columns = OrderColumns::open(generation.searcher().segment_reader(segment as u32))?;
        for &doc in documents {
            if budget.is_spent() {
                return Err(SearchError::OutOfTime);
            }
            let event = columns.event(doc).and_then(|(from, to)| Some(Interval { from: day_of(from)?, to: day_of(to)? }));
            let seen = Seen { event, id: columns.id(doc), address: DocAddress::new(segment as u32, doc) };
            for post in posts_of(segment, doc) {
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
        self.0.sort_unstable_by_key(|seen| seen.id);
        self.0.dedup_by_key(|seen| seen.id);
    }

    /// How many articles there are.
    pub fn articles(&self) -> usize {
        self.0.len()
    }

    /// Those that are about a day, and no longer time.
    pub fn days(&self) -> impl Iterator<Item = Date> + '_ {
        self.0.iter().filter_map(|seen| seen.event).filter(|event| event.from == event.to).map(|event| event.from)
    }

    /// The articles, by id.
    pub fn ids(&self) -> Vec<ArticleId> {
        let mut ids: Vec<ArticleId> = self.0.iter().map(|seen| seen.id).collect();
        ids.sort_unstable();
        ids
    }

    /// The first and the last article; any one of them where none has a date.
    fn ends(&self) -> Option<[Seen; 2]> {
        // Of one day the smaller id, so that the order of the index does not show.
        let dated = || self.0.iter().filter_map(|seen| Some((seen.event?, *seen)));
        let first = dated().min_by_key(|(event, seen)| (event.from, seen.id)).map(|(_, seen)| seen);
        let last = dated().min_by_key(|(event, seen)| (Reverse(event.to), seen.id)).map(|(_, seen)| seen);
        first.zip(last).or_else(|| self.0.iter().min_by_key(|seen| seen.id).map(|seen| (*seen, *seen))).map(<[_; 2]>::from)
    }
}

/// A post with what it is called in the index, the first before others, and the articles that give it.
pub(super) type Called<'a> = (Vec<&'a PostKey>, Attested);

/// What is known of posts, in the order given, of each its first and its last article read.
pub(super) fn held(generation: &Generation, posts: Vec<Called>, budget: Budget) -> Result<Vec<HeldPost>, SearchError> {
    // Articles that lie side by side are packed together, so they are read as they lie.
    let ends = posts.iter().map(|(_, attested)| attested.ends());
    let mut wanted: Vec<(Seen, usize)> =
        ends.enumerate().flat_map(|(at, ends)| ends.into_iter().flatten().map(move |seen| (seen, at))).collect();
    wanted.sort_unstable_by_key(|(seen, at)| (seen.address, *at));
    wanted.dedup();
    let read = |of_article: &[(Seen, usize)]| {
        if budget.is_spent() {
            return Err(SearchError::OutOfTime);
        }
        let article = generation.article(of_article[0].0.address)?.article;
        let said = Said::of(&article);
        Ok(of_article.iter().map(|(seen, at)| ((*at, seen.id), said.of_post(&posts[*at].0, seen.event))).collect())
    };
    let given = wanted.par_chunk_by(|one, other| one.0.address == other.0.address).map(read);
    let given: Vec<Vec<((usize, ArticleId), Given)>> = given.collect::<Result<_, SearchError>>()?;
    let given: HashMap<(usize, ArticleId), Given> = given.into_iter().flatten().collect();
    let held = |(at, (keys, attested)): (usize, Called)| {
        let ends = attested.ends().map(|ends| ends.map(|seen| given.get(&(at, seen.id))));
        HeldPost::of(&keys, attested, ends.unwrap_or_default())
    };
    Ok(posts.into_iter().enumerate().map(held).collect())
}

/// What one article says of a post.
struct Given {
    rank: Rank,
    status: PostStatus,
    body: Option<String>,
    unit_ids: Vec<UnitId>,
    /// None where it has no date.
    attestation: Option<Attestation>,
}

/// A post, with its place among the values of its article.
type Placed<'a> = ((usize, usize), &'a Post);

/// What one article says of posts, looked through once for all of them.
struct Said<'a> {
    article: &'a Article,
    posts: HashMap<PostKey, Vec<Placed<'a>>>,
    /// By value, its places in the list of evidence.
    evidence: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Said<'a> {
    fn of(article: &'a Article) -> Said<'a> {
        let (mut posts, mut evidence): (HashMap<_, Vec<_>>, HashMap<_, Vec<_>>) = Default::default();
        for (person, official) in article.officials.iter().enumerate() {
            for (at, post) in official.posts.iter().enumerate() {
                if let Some(key) = PostKey::of_post(official, post) {
                    posts.entry(key).or_default().push(((person, at), post));
                }
            }
        }
        for (at, one) in article.evidence.iter().flatten().enumerate() {
            evidence.entry(one.value.as_str()).or_default().push(at);
        }
        Said { article, posts, evidence }
    }

    fn of_post(&self, keys: &[&PostKey], event: Option<Interval>) -> Given {
        let article = self.article;
        let mut posts: Vec<Placed> = keys.iter().filter_map(|key| self.posts.get(key)).flatten().copied().collect();
        posts.sort_unstable_by_key(|(place, _)| *place);
        let post = posts.first().map(|(_, post)| *post);
        let evidence = || {
            let values = posts.iter().map(|((person, post), _)| format!("officials[{person}].posts[{post}]"));
            let mut places: Vec<usize> = values.filter_map(|value| self.evidence.get(value.as_str())).flatten().copied().collect();
            places.sort_unstable();
            places.into_iter().filter_map(|at| article.evidence.as_ref()?.get(at).cloned()).collect()
        };
        Given {
            rank: post.map_or(Rank::Member, |post| post.rank),
            status: post.map_or(PostStatus::Current, |post| post.status),
            body: post.and_then(|post| post.body.clone()),
            unit_ids: posts.iter().filter_map(|(_, post)| post.unit_id.clone()).collect(),
            attestation: event.map(|Interval { from, to }| Attestation {
                from,
                to,
                id: article.id,
                title: article.title.clone(),
                evidence: evidence(),
            }),
        }
    }
}

impl HeldPost {
    fn of(keys: &[&PostKey], Attested(mut seen): Attested, [first, last]: [Option<&Given>; 2]) -> HeldPost {
        seen.sort_unstable_by_key(|seen| (seen.event.map_or(Date::MAX, |event| event.from), seen.id));
        let mut unit_ids: Vec<UnitId> = Vec::new();
        for unit_id in first.into_iter().chain(last).flat_map(|given| &given.unit_ids) {
            if !unit_ids.contains(unit_id) {
                unit_ids.push(unit_id.clone());
            }
        }
        let mut by_year = BTreeMap::new();
        seen.iter().filter_map(|seen| seen.event).for_each(|event| *by_year.entry(event.to.year()).or_default() += 1);
        let key = keys.first().copied();
        HeldPost {
            path: key.map(|key| key.path.to_string()).unwrap_or_default(),
            scope: key.map_or(UNKNOWN_SCOPE, scope_of).to_owned(),
            role: key.map(|key| key.role.clone()).unwrap_or_default(),
            rank: first.map_or(Rank::Member, |given| given.rank),
            status: first.map_or(PostStatus::Current, |given| given.status),
            body: first.and_then(|given| given.body.clone()),
            unit_ids,
            articles: seen.len() as u64,
            undated: seen.iter().filter(|seen| seen.event.is_none()).count() as u64,
            first: first.and_then(|given| given.attestation.clone()),
            last: last.and_then(|given| given.attestation.clone()),
            by_year,
            ids: seen.iter().map(|seen| seen.id).collect(),
        }
    }
}

/// The scope of a post: the last level of the person's path, by which namesakes are told apart.
pub(super) fn scope_of(key: &PostKey) -> &str {
    key.path.segments().last().map_or(UNKNOWN_SCOPE, String::as_str)
}
