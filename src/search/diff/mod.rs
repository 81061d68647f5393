//! Two states of an archive → what differs: articles added, removed and changed, and which values changed by which rule.
//!
//! Input → output: two [`Generation`]s, before and after a new version of the program, of its tables, or a crawl → [`Comparison`]: counts
//! at once, articles one by one. Articles are matched by id. Every pair is read: that the bytes and the version of the pipeline are the
//! same says nothing to who has changed the program. In memory are ids, addresses and counts, and a few articles at a time.

mod summary;
mod values;

pub use summary::{DiffSummary, FieldChanges, RuleChanges};
pub use values::{DiffField, ValueChange};

use super::error::SearchError;
use super::response::{CONTRACT, IndexState};
use super::tool;
use crate::article::{Article, ArticleId, Hash128};
use crate::index::Generation;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSlice;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use tantivy::DocAddress;

/// Pairs that a thread compares in a row: so many stand in a few blocks of the store.
const PAIRS_AT_ONCE: usize = 64;

/// Articles that are made side by side: no more than these are in memory at once.
const ARTICLES_AT_ONCE: usize = 32;

/// What differs between two states of an archive.
#[derive(Clone, Debug, Serialize)]
pub struct Diff {
    /// Version of the contract, [`CONTRACT`].
    pub contract: u32,
    /// The program that compared, not those that made the indexes.
    pub tool: String,
    /// The state before.
    pub before: DiffState,
    /// The state after.
    pub after: DiffState,
    /// Tables, lexicon and model that differ between the two, by name.
    pub tables: Vec<String>,
    /// The field that was looked at; null for all.
    pub field: Option<DiffField>,
    /// How many, by field and by rule.
    #[serde(flatten)]
    pub summary: DiffSummary,
    /// The articles that differ, by id, as many as were asked for.
    pub articles: Vec<ArticleDiff>,
}

/// A state of an index that is compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DiffState {
    /// Id, corpus id and generation.
    #[serde(flatten)]
    pub index: IndexState,
    /// The program that made it.
    pub tool: String,
    /// Hash over the version of the pipeline and all tables.
    pub pipeline: Hash128,
    /// Number of articles.
    pub articles: u64,
    /// Whether the last run came to its end.
    pub completed: bool,
}

impl DiffState {
    fn of(generation: &Generation) -> DiffState {
        let manifest = generation.manifest();
        DiffState {
            index: IndexState::of(generation),
            tool: manifest.tool.clone(),
            pipeline: manifest.pipeline,
            articles: manifest.articles,
            completed: manifest.run.completed,
        }
    }
}

/// What became of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ArticleChange {
    /// It stands in the later state alone.
    Added,
    /// It stands in the earlier state alone.
    Removed,
    /// It stands in both, and a value differs.
    Changed,
}

impl ArticleChange {
    /// The name, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            ArticleChange::Added => "added",
            ArticleChange::Removed => "removed",
            ArticleChange::Changed => "changed",
        }
    }
}

/// An article that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArticleDiff {
    /// What became of it.
    pub change: ArticleChange,
    /// Its id.
    pub id: ArticleId,
    /// Its title; of one that changed, in the later state.
    pub title: String,
    /// Its collection, likewise.
    pub collection: String,
    /// Where it was read from, likewise.
    pub path: String,
    /// The values that changed, by field; none of one that stands in one state alone.
    pub values: Vec<ValueChange>,
}

impl ArticleDiff {
    fn of(change: ArticleChange, article: Article, values: Vec<ValueChange>) -> ArticleDiff {
        ArticleDiff { change, id: article.id, title: article.title, collection: article.collection, path: article.origin.path, values }
    }
}

/// Two states, compared.
pub struct Comparison<'a> {
    before: &'a Generation,
    after: &'a Generation,
    field: Option<DiffField>,
    summary: DiffSummary,
    differing: Vec<Matched>,
}

/// An article of either state.
#[derive(Clone, Copy, Debug)]
struct Matched {
    id: ArticleId,
    stands: Stands,
}

/// Where it stands.
#[derive(Clone, Copy, Debug)]
enum Stands {
    Before(DocAddress),
    After(DocAddress),
    InBoth(DocAddress, DocAddress),
}

/// Compares two states; of one field alone, if wished: then articles in which nothing else differs count as the same, and those that
/// were added or removed are counted, not listed.
///
/// # Errors
/// [`SearchError::Index`] for an index that cannot be read.
pub fn compare<'a>(before: &'a Generation, after: &'a Generation, field: Option<DiffField>) -> Result<Comparison<'a>, SearchError> {
    let (mut summary, mut differing, mut pairs) = (DiffSummary::default(), Vec::new(), Vec::new());
    for one in matched(&before.addresses()?, &after.addresses()?) {
        match one.stands {
            Stands::Before(_) => summary.removed += 1,
            Stands::After(_) => summary.added += 1,
            Stands::InBoth(old, new) => {
                pairs.push((one.id, old, new));
                continue;
            }
        }
        differing.push(one);
    }
    if field.is_some() {
        differing.clear();
    }
    // In the order of the store, in which a block is unpacked once for all that stand in it.
    pairs.sort_unstable_by_key(|&(_, _, new)| new);
    let compared = pairs.par_chunks(PAIRS_AT_ONCE).map(|pairs| compare_pairs(before, after, field, pairs));
    let (of_pairs, changed) = compared.try_reduce(Default::default, |(mut summary, mut changed), (other, others)| {
        summary.add(other);
        changed.extend(others);
        Ok((summary, changed))
    })?;
    summary.add(of_pairs);
    differing.extend(changed);
    differing.sort_unstable_by_key(|one| one.id);
    Ok(Comparison { before, after, field, summary, differing })
}

/// Articles by id, from two lists in order of ids.
fn matched(before: &[(ArticleId, DocAddress)], after: &[(ArticleId, DocAddress)]) -> Vec<Matched> {
    let (mut one, mut other) = (before.iter().copied().peekable(), after.iter().copied().peekable());
    let mut matched = Vec::with_capacity(before.len().max(after.len()));
    while let Some(id) = one.peek().into_iter().chain(other.peek()).map(|(id, _)| *id).min() {
        let stands = match (one.next_if(|(one, _)| *one == id), other.next_if(|(other, _)| *other == id)) {
            (Some((_, old)), Some((_, new))) => Stands::InBoth(old, new),
            (Some((_, old)), None) => Stands::Before(old),
            (None, Some((_, new))) => Stands::After(new),
            (None, None) => break,
        };
        matched.push(Matched { id, stands });
    }
    matched
}

/// An article that stands in both states, with its two addresses.
type Pair = (ArticleId, DocAddress, DocAddress);

fn compare_pairs(
    before: &Generation,
    after: &Generation,
    field: Option<DiffField>,
    pairs: &[Pair],
) -> Result<(DiffSummary, Vec<Matched>), SearchError> {
    let (mut summary, mut changed) = (DiffSummary::default(), Vec::new());
    for &(id, old, new) in pairs {
        let values = values::changes(&before.article(old)?.article, &after.article(new)?.article, field, false);
        summary.count(id, &values);
        if !values.is_empty() {
            changed.push(Matched { id, stands: Stands::InBoth(old, new) });
        }
    }
    Ok((summary, changed))
}

impl Comparison<'_> {
    /// How many differ, by field and by rule.
    pub fn summary(&self) -> &DiffSummary {
        &self.summary
    }

    /// Number of articles that [`Comparison::each`] hands over if nothing stops it.
    pub fn listed(&self) -> usize {
        self.differing.len()
    }

    /// Everything, with at most so many articles.
    ///
    /// # Errors
    /// As [`compare`].
    pub fn diff(&self, limit: usize) -> Result<Diff, SearchError> {
        let mut articles = Vec::new();
        self.each(limit, |article| {
            articles.push(article);
            ControlFlow::Continue(())
        })?;
        let (before, after) = (self.before.manifest(), self.after.manifest());
        let [old, new] = [before, after].map(|manifest| {
            let bundled = manifest.tables.iter().map(|(name, hash)| (name.clone(), *hash));
            bundled.chain(manifest.tables_for_queries()).collect::<BTreeMap<_, _>>()
        });
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let tables = names.into_iter().filter(|name| old.get(*name) != new.get(*name)).cloned().collect();
        Ok(Diff {
            contract: CONTRACT,
            tool: tool(),
            before: DiffState::of(self.before),
            after: DiffState::of(self.after),
            tables,
            field: self.field,
            summary: self.summary.clone(),
            articles,
        })
    }

    /// Hands over the articles that differ, by id, at most so many; ids are hashes, so the first are as good as any. `each` may stop it.
    ///
    /// # Errors
    /// As [`compare`].
    pub fn each(&self, limit: usize, mut each: impl FnMut(ArticleDiff) -> ControlFlow<()>) -> Result<(), SearchError> {
        for some in self.differing[..limit.min(self.differing.len())].chunks(ARTICLES_AT_ONCE) {
            let made: Vec<ArticleDiff> = some.par_iter().with_max_len(1).map(|one| self.article(one)).collect::<Result<_, _>>()?;
            for article in made {
                if each(article).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn article(&self, one: &Matched) -> Result<ArticleDiff, SearchError> {
        let read = |generation: &Generation, address| -> Result<Article, SearchError> { Ok(generation.article(address)?.article) };
        Ok(match one.stands {
            Stands::Before(old) => ArticleDiff::of(ArticleChange::Removed, read(self.before, old)?, Vec::new()),
            Stands::After(new) => ArticleDiff::of(ArticleChange::Added, read(self.after, new)?, Vec::new()),
            Stands::InBoth(old, new) => {
                let (before, after) = (read(self.before, old)?, read(self.after, new)?);
                let values = values::changes(&before, &after, self.field, true);
                ArticleDiff::of(ArticleChange::Changed, after, values)
            }
        })
    }
}
