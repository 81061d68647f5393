//! A request that is ready to be carried out: query parsed and understood, filters resolved.

use super::collector;
use super::error::SearchError;
use super::filter::{Facts, Selection, select};
use super::plan::{Clause, Lowering, Reading};
use super::ranking::{Ranking, ranked_by};
use super::reading::{Understood, understand};
use super::request::{Budget, Request, Unit};
use super::response::{MatchMode, ReadQuery, ReadWord};
use super::verified::Texts;
use super::word::all;
use crate::authority::Authority;
use crate::index::Generation;
use crate::query::{Ast, parse};
use crate::text::compose;
use std::sync::Arc;
use tantivy::query::Query;

/// See the module.
pub(super) struct Prepared<'a> {
    pub generation: &'a Generation,
    pub clause: Clause,
    pub selection: Selection<'a>,
    /// What exact words are verified against.
    pub texts: Arc<Texts>,
    pub is_folded: bool,
    pub matching: MatchMode,
    pub counts_of: Unit,
    pub budget: Budget,
    pub ast: Ast,
    /// How the query was read; written forms are still missing.
    pub read: ReadQuery,
}

impl<'a> Prepared<'a> {
    pub fn new(generation: &'a Generation, authority: &'a Authority, request: &Request) -> Result<Prepared<'a>, SearchError> {
        let facts = Facts { generation, authority, budget: request.budget };
        let ast = parse(&request.query)?;
        let Understood { clause, is_folded, filters, texts, applied, notices } = understand(facts, &ast, request.exact)?;
        let mut selection = select(facts, &[request.filters.as_slice(), &filters].concat())?;
        selection.applied.extend(applied);
        selection.notices.extend(notices);
        let words = clause.words().into_iter().map(|word| ReadWord { text: word.text.clone(), kind: word.kind, matched_forms: Vec::new() });
        let read = ReadQuery {
            typed: compose(&request.query),
            canonical: ast.to_string(),
            matching: request.matching,
            diacritics: !is_folded,
            words: words.collect(),
        };
        Ok(Prepared {
            generation,
            clause,
            selection,
            texts,
            is_folded,
            matching: request.matching,
            counts_of: request.counts_of,
            budget: request.budget,
            ast,
            read,
        })
    }

    /// What its hits are ranked by.
    pub fn ranking(&self) -> Result<Ranking<'a>, SearchError> {
        let (clauses, as_typed) = ranked_by(&self.clause, self.generation.schema(), self.is_folded);
        Ranking::new(clauses, as_typed, self.generation)
    }

    /// The lowering of a reading.
    pub fn lowering(&self, reading: Reading) -> Lowering<'_> {
        Lowering { schema: self.generation.schema(), reading, matching: self.matching, without: None, verify: true }
    }

    /// How many articles, or stories where these are counted, match the query, so lowered, and every filter.
    pub fn count(&self, lowering: Lowering) -> Result<u64, SearchError> {
        self.count_in(self.counts_of, self.query(lowering).as_ref())
    }

    /// How many articles match the query, so lowered, and every filter.
    pub fn articles(&self, lowering: Lowering) -> Result<u64, SearchError> {
        self.count_of(self.query(lowering).as_ref())
    }

    /// How many articles a query matches.
    pub fn count_of(&self, query: &dyn Query) -> Result<u64, SearchError> {
        self.count_in(Unit::Articles, query)
    }

    fn count_in(&self, unit: Unit, query: &dyn Query) -> Result<u64, SearchError> {
        let total = collector::count(self.generation, query, unit, self.budget)?;
        self.texts.all_read().map(|()| total)
    }

    /// The articles that match the query, so lowered, and every filter.
    pub fn query(&self, lowering: Lowering) -> Box<dyn Query> {
        let conditions = self.selection.matching.iter().map(|condition| condition.box_clone());
        all(std::iter::once(lowering.query(&self.clause)).chain(conditions).collect())
    }
}
