//! A person → the posts that articles give them: in how many articles, by year, from the first attestation to the last.
//!
//! Input → output: [`Generation`], a name as the official facet has it → [`Career`]. Namesakes stand apart by scope.

use super::attested::{HeldPost, attested, held};
use super::collector::each_document;
use super::error::SearchError;
use super::request::Budget;
use crate::article::FacetPath;
use crate::index::{FacetField, Generation};
use jiff::civil::Date;
use serde::Serialize;
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
    let mut documents = Vec::new();
    for reader in searcher.segment_readers() {
        let mut of_segment = Vec::new();
        each_document(reader, weight.as_ref(), budget, |doc| of_segment.push(doc))?;
        documents.push(of_segment);
    }
    let theirs = |&post: &u32| table.posts()[post as usize].path.is_at_or_below(&path);
    let attested = attested(generation, &documents, budget, |segment, doc| table.of(segment, doc).filter(theirs).collect())?;
    let called = attested.into_iter().map(|(post, attested)| (vec![&table.posts()[post as usize]], attested));
    let mut posts = held(generation, called.collect(), budget)?;
    let began = |post: &HeldPost| post.first.as_ref().map_or(Date::MAX, |first| first.from);
    posts.sort_by(|one, other| (&one.scope, began(one), &one.role).cmp(&(&other.scope, began(other), &other.role)));
    let articles = documents.iter().map(|documents| documents.len() as u64).sum();
    Ok(Some(Career { name: path.segments()[0].clone(), articles, posts }))
}
