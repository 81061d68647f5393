//! Queries that are asked again and again → what is new to each since it was last answered.
//!
//! Input → output: a [`Generation`], what is known from the run before ([`WatchState`]) → [`Watch`], which says of each query which articles are news
//! to it, and the state for the next run. Reads no file: where the state is kept is the caller's to know.
//!
//! *What is kept.* Of each article of the archive as the last run saw it: its id, a number for its text and one for its values, and the number of the
//! run that first saw each of these; of each query, the run that last answered it. An article is news to a query if something of it was first seen
//! by a later run. No clock decides anything: neither when `index` ran, nor whether it was killed, nor that the index was built anew, changes what
//! an article is. A query that could not be answered stays where it was, and hears of everything between when it can be.

mod state;

pub use state::{WatchError, WatchState};

use super::batch::{BatchError, BatchLine};
use super::error::SearchError;
use super::request::{Filter, Request, Sort, Unit};
use super::typed::TypedField;
use super::{check, count, for_each_hit};
use crate::article::ArticleId;
use crate::authority::Authority;
use crate::index::Generation;
use crate::search::Hit;
use serde::Serialize;
use state::{Known, seen};
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;

/// Why an article is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// It was not in the archive.
    Added,
    /// Its title or text was another.
    Text,
    /// The same text, and another date, place, person, post or publisher: by a correction, or by another version of the program or its tables.
    Values,
    /// It is not new; everything was asked for.
    Known,
}

/// One run over the queries.
pub struct Watch<'a> {
    generation: &'a Generation,
    /// Every article, by id.
    articles: Vec<Known>,
    /// What is kept of the run before.
    before: Option<WatchState>,
    run: u64,
    /// Up to which run each query of this one was answered.
    answered: HashMap<String, u64>,
    /// Whether there was a line that could not be read: it may be any query of the run before.
    is_unread: bool,
    /// Whether what was known before is told too.
    is_all: bool,
    /// What is news, by the run since which it is; queries have few such runs between them.
    since: HashMap<u64, Arc<HashSet<ArticleId>>>,
}

/// A query of which something is to be told.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The articles that are news to it and match, exactly.
    pub new: u64,
    request: Request,
    since: u64,
}

impl<'a> Watch<'a> {
    /// Sees what is new to the archive. Without a state everything is known from now on, and nothing is new.
    ///
    /// # Errors
    /// [`WatchError::OtherArchive`] for a state of another archive, [`WatchError::Index`] for an index that cannot be read.
    pub fn begin(generation: &'a Generation, before: Option<WatchState>, is_all: bool) -> Result<Watch<'a>, WatchError> {
        let fingerprints = generation.fingerprints()?;
        let run = before.as_ref().map_or(Ok(1), WatchState::next_run)?;
        let articles = seen(&fingerprints, before.as_ref(), run);
        if let Some(before) = &before {
            before.is_of(generation.manifest().index_id, &articles, run)?;
        }
        Ok(Watch { generation, articles, before, run, answered: HashMap::new(), is_unread: false, is_all, since: HashMap::new() })
    }

    /// Whether there was a run before this one.
    pub fn is_first(&self) -> bool {
        self.before.is_none()
    }

    /// Number of articles in the archive.
    pub fn articles(&self) -> usize {
        self.articles.len()
    }

    /// How many articles have something that this run is the first to see.
    pub fn news(&self) -> usize {
        if self.is_first() { 0 } else { self.articles.iter().filter(|known| known.last_seen() == self.run).count() }
    }

    /// Asks how much is news to a query of a watch file.
    ///
    /// # Errors
    /// As [`super::search`], and [`SearchError::Watched`] for a query that would hide some of what it finds. Then it stays unanswered: the next
    /// run tells what this one would have told.
    pub fn ask(&mut self, authority: &Authority, line: &BatchLine) -> Result<Asked, SearchError> {
        let since = self.since_of(&line.id);
        // Another line of the same id is no query of its own.
        if !matches!(line.asked, Err(BatchError::RepeatedId { .. })) {
            self.answered.entry(line.id.clone()).or_insert(since);
        }
        self.is_unread |= line.asked.is_err();
        let typed = line.asked.clone()?;
        let hiding = [(typed.limit.is_some(), TypedField::Limit), (typed.offset.is_some(), TypedField::Offset)];
        let hiding = hiding.into_iter().chain([(typed.after.is_some(), TypedField::After)]);
        if let Some((_, field)) = hiding.into_iter().find(|(is_there, _)| *is_there) {
            return Err(SearchError::Watched { field });
        }
        let all = Request { sort: Sort::Newest, hits_of: Unit::Articles, limit: usize::MAX, ..Request::default() };
        let request = typed.request(&all)?;
        let request = Request { facets: Vec::new(), explain: false, relax: false, ..request };
        let (request, new) = match self.news_since(since) {
            None => {
                let new = count(self.generation, authority, &request)?;
                (request, new)
            }
            Some(news) if news.is_empty() => {
                check(self.generation, authority, &request)?;
                (request, 0)
            }
            Some(news) => {
                let filters = request.filters.into_iter().chain([Filter::Among(news)]).collect();
                let request = Request { filters, ..request };
                let new = count(self.generation, authority, &request)?;
                (request, new)
            }
        };
        Ok(Asked { new, request, since })
    }

    /// Hands over what is news to a query, the latest event first, each with the reason; after this the query counts as answered.
    ///
    /// # Errors
    /// As [`super::search`].
    pub fn tell(
        &mut self,
        authority: &Authority,
        line: &BatchLine,
        asked: &Asked,
        mut each: impl FnMut(News, Hit) -> ControlFlow<()>,
    ) -> Result<(), SearchError> {
        let mut is_whole = true;
        if asked.new > 0 {
            for_each_hit(self.generation, authority, &asked.request, |hit| {
                let told = each(self.why(hit.article.id, asked.since), hit);
                is_whole &= told.is_continue();
                told
            })?;
        }
        if is_whole {
            self.answered.insert(line.id.clone(), self.run);
        }
        Ok(())
    }

    /// What is kept for the next run: the queries of this one; with a line that could not be read, those that are missing too, since it may be
    /// any of them. Of an index whose run has not ended, the articles that are not there yet are kept as they were.
    pub fn state(self) -> WatchState {
        let Watch { generation, mut articles, before, run, mut answered, is_unread, .. } = self;
        let manifest = generation.manifest();
        if let Some(before) = &before {
            if is_unread {
                for (id, since) in before.queries() {
                    answered.entry(id.to_owned()).or_insert(since);
                }
            }
            if !manifest.run.completed {
                let here: HashSet<ArticleId> = articles.iter().map(|known| known.id).collect();
                articles.extend(before.articles().filter(|known| !here.contains(&known.id)));
                articles.sort_unstable_by_key(|known| known.id);
            }
        }
        WatchState::of(manifest, run, answered, articles)
    }

    /// The run up to which a query has been answered. One that is new begins with the run before this one, so it hears what this run
    /// is the first to see.
    fn since_of(&self, id: &str) -> u64 {
        let Some(before) = &self.before else { return self.run };
        before.answered(id)
    }

    /// What is news since a run; none where all is asked for.
    fn news_since(&mut self, since: u64) -> Option<Arc<HashSet<ArticleId>>> {
        if self.is_all {
            return None;
        }
        let articles = &self.articles;
        let news = || Arc::new(articles.iter().filter(|known| known.last_seen() > since).map(|known| known.id).collect());
        Some(Arc::clone(self.since.entry(since).or_insert_with(news)))
    }

    fn why(&self, id: ArticleId, since: u64) -> News {
        let known = self.articles.binary_search_by_key(&id, |known| known.id).ok().map(|at| self.articles[at]);
        match known {
            Some(known) if known.added > since => News::Added,
            Some(known) if known.text_seen > since => News::Text,
            Some(known) if known.values_seen > since => News::Values,
            _ => News::Known,
        }
    }
}
