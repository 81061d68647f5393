//! A place in the order → the hit that is shown: the article, why it matches, where.

use super::collector::Ranked;
use super::error::SearchError;
use super::explain::part;
use super::highlight::{Highlighter, spans};
use super::prepared::Prepared;
use super::ranking::{Ranking, shown};
use super::request::Request;
use super::response::{Hit, ScorePart};
use super::snippet::passages;
use crate::article::Article;
use crate::index::{Generation, Part};

/// Makes the hits of one answer.
pub(super) struct HitMaker<'a> {
    generation: &'a Generation,
    highlighter: Highlighter<'a>,
    max_snippet_chars: usize,
    max_snippets: usize,
    /// Made again only where scores are explained.
    ranking: Option<Ranking<'a>>,
}

impl<'a> HitMaker<'a> {
    pub fn new(prepared: &'a Prepared, request: &Request) -> Result<HitMaker<'a>, SearchError> {
        Ok(HitMaker {
            generation: prepared.generation,
            highlighter: Highlighter::new(prepared.generation.analyzer(), &prepared.clause.words()),
            max_snippet_chars: request.max_snippet_chars,
            max_snippets: request.max_snippets,
            ranking: request.explain.then(|| prepared.ranking()).transpose()?,
        })
    }

    /// The hit of a place; `rank` is counted from 1.
    pub fn hit(&self, rank: u64, ranked: &Ranked) -> Result<Hit, SearchError> {
        let article = self.generation.article(ranked.address)?.article;
        let title_matches = self.highlighter.matches(Part::Title, &article.title);
        let snippets = match (self.max_snippets, article.body.as_deref()) {
            (0, _) | (_, None) => Vec::new(),
            (_, Some(body)) => passages(body, &self.highlighter.matches(Part::Body, body), self.max_snippet_chars, self.max_snippets),
        };
        Ok(Hit {
            rank,
            score: shown(ranked.score),
            certain: ranked.certain,
            title_highlights: spans(&title_matches, 0..article.title.len()),
            snippets,
            explanation: self.ranking.as_ref().map(|ranking| self.score_parts(ranking, ranked)).transpose()?,
            article: Article { body: None, evidence: None, ..article },
        })
    }

    fn score_parts(&self, ranking: &Ranking, ranked: &Ranked) -> Result<Vec<ScorePart>, SearchError> {
        let reader = self.generation.searcher().segment_reader(ranked.address.segment_ord);
        let parts = ranking.parts_of(ranked.address.segment_ord as usize, reader, ranked.address.doc_id)?;
        Ok(parts.into_iter().map(|(clause, score)| part(&clause.text, clause.measure, score)).collect())
    }
}
