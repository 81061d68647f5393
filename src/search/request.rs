//! What is asked of an index.

use super::cursor::Cursor;
use super::response::MatchMode;
use crate::article::{ArticleId, FacetPath, Interval};
use crate::index::{FacetField, Remainder};
use schemars::JsonSchema;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The most words on either side of a match in its context.
pub const MAX_CONTEXT_WORDS: usize = 100;

/// A search: query, filters, and what the answer should hold.
#[derive(Clone, Debug)]
pub struct Request {
    /// In the query language; empty lists what the filters select.
    pub query: String,
    /// All must hold.
    pub filters: Vec<Filter>,
    /// Whether every word of the query must match.
    pub matching: MatchMode,
    /// Plain words and phrases have to stand in the stored text letter for letter, at word borders; a small letter typed stands for
    /// either case. Beginnings (`chuy*`) and misspellings (`từ~1`) are found by their terms as ever, diacritics counting.
    pub exact: bool,
    /// When no article has every word, ask for less: the answer says for what. Otherwise it only says what that would find.
    pub relax: bool,
    /// Order of the hits.
    pub sort: Sort,
    /// Of a ranked order: after so many days an event counts for half of what it counts on the newest day of all hits; one without
    /// a date counts as the oldest.
    pub half_life_days: Option<u32>,
    /// Number of hits; 0 for counts alone.
    pub limit: usize,
    /// Hits to pass over.
    pub offset: usize,
    /// Only hits behind this one, with no `offset`: what another page of the same request gave as `next`. However far behind the first,
    /// a page by cursor costs the same.
    pub after: Option<Cursor>,
    /// Whether every matching article is a hit, or the earliest dated of its near-duplicates for all of them.
    pub hits_of: Unit,
    /// What facets and the totals of other readings count; of what matches, both totals are always given.
    pub counts_of: Unit,
    /// Facets to count.
    pub facets: Vec<FacetField>,
    /// Of each level of a facet only so many values, those of most articles; none for all. What is counted stays the same.
    pub max_facet_values: Option<usize>,
    /// Only the top-level values and remainder rows of facets that have this in their label, and the provinces that have it in that of
    /// an older unit below them; compared without diacritics if typed so. What is counted stays the same.
    pub facet_inside: Option<String>,
    /// Length of a snippet, in characters.
    pub max_snippet_chars: usize,
    /// Snippets of a hit.
    pub max_snippets: usize,
    /// Whether the answer says how it came about.
    pub explain: bool,
    /// Instead of snippets, all matches of each hit with so many words on either side, at most [`MAX_CONTEXT_WORDS`].
    pub context: Option<usize>,
    /// Whether hits hold the text and the evidence of their articles too.
    pub whole: bool,
    /// When to give up.
    pub budget: Budget,
}

impl Request {
    /// All that the archive holds, whatever this request asks: in its unit, within its budget, without hits.
    pub(super) fn of_everything(&self) -> Request {
        Request { limit: 0, counts_of: self.counts_of, budget: self.budget, ..Request::default() }
    }
}

impl Default for Request {
    fn default() -> Request {
        Request {
            query: String::new(),
            filters: Vec::new(),
            matching: MatchMode::All,
            exact: false,
            relax: false,
            sort: Sort::Relevance,
            half_life_days: None,
            limit: 10,
            offset: 0,
            after: None,
            hits_of: Unit::Stories,
            counts_of: Unit::Articles,
            facets: Vec::new(),
            max_facet_values: None,
            facet_inside: None,
            max_snippet_chars: 240,
            max_snippets: 2,
            explain: false,
            context: None,
            whole: false,
            budget: Budget::unlimited(),
        }
    }
}

/// A condition on metadata. Repeated filters must all hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// A province, region, district, ward or remainder row, as a person types it.
    Province {
        /// As typed.
        typed: String,
        /// On which map the name is read.
        boundaries: Boundaries,
    },
    /// A person, as typed; with [`Filter::Role`]s, holding all of them in the article.
    Official(String),
    /// A post, as typed: matches posts that begin with it.
    Role(String),
    /// A post in full words, letter for letter as articles have it, and no longer one; else as [`Filter::Role`]: what a row of a table by
    /// post selects.
    Post(String),
    /// A year, month or day as a place in the date facet, as typed (`2024`, `2024-05`, `unknown`, `several`, `only:2024`).
    Year(String),
    /// Articles whose event may lie in a span of days.
    Date {
        /// The span.
        range: Interval,
        /// Only those whose event certainly does.
        precise: bool,
    },
    /// A publisher, as typed.
    Source(String),
    /// A collection, as typed.
    Collection(String),
    /// A value of a facet by its path: what a click on it selects.
    Value(FacetField, FacetPath),
    /// A remainder row: what a click on it selects.
    Remainder(Remainder),
    /// Articles that the filter does not select. With [`Filter::Role`]s asked for, an official is left out as holder of all of them, as
    /// the official facet counts people then.
    Not(Box<Filter>),
    /// Any article but this.
    Except(ArticleId),
    /// These articles and no others.
    Among(Arc<HashSet<ArticleId>>),
}

impl Filter {
    /// A province as a person types it, on today's map where it has one of that name.
    pub fn province(typed: impl Into<String>) -> Filter {
        Filter::Province { typed: typed.into(), boundaries: Boundaries::Today }
    }
}

/// On which map a province's name is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Boundaries {
    /// Today's unit where one has that name, with the older units on its land; else the unit of the time.
    #[default]
    Today,
    /// The unit of that name, as it was at the time of the article.
    AsWritten,
}

/// What is shown and counted one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Every article.
    Articles,
    /// Near-duplicates as one; an article without any is a story of its own.
    Stories,
}

impl Unit {
    /// Stories, or every article.
    pub fn of_stories(stories: bool) -> Unit {
        if stories { Unit::Stories } else { Unit::Articles }
    }
}

/// Order of the hits. Ties: the later date first (unknown last), then by id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first; newest first where there is nothing to rank by.
    #[default]
    Relevance,
    /// By the event's last day, the latest first; unknown last.
    Newest,
    /// By the event's first day, the earliest first; a coarse date after the exact days of its period; unknown last.
    Oldest,
}

impl Sort {
    /// Every one.
    pub const ALL: [Sort; 3] = [Sort::Relevance, Sort::Newest, Sort::Oldest];

    /// The name by which it is asked for: `relevance`, `newest`, `oldest`.
    pub const fn name(self) -> &'static str {
        match self {
            Sort::Relevance => "relevance",
            Sort::Newest => "newest",
            Sort::Oldest => "oldest",
        }
    }
}

/// How long a search may take.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    deadline: Option<Instant>,
}

impl Budget {
    /// As long as it takes.
    pub fn unlimited() -> Budget {
        Budget { deadline: None }
    }

    /// From now on.
    pub fn within(time: Duration) -> Budget {
        Budget { deadline: Instant::now().checked_add(time) }
    }

    /// Whether it is used up.
    pub fn is_spent(&self) -> bool {
        self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }
}
