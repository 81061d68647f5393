//! A place in the order → the hit that is shown: the article, why it matches, where.

use super::collector::Ranked;
use super::error::SearchError;
use super::highlight::{Highlighter, spans};
use super::prepared::Prepared;
use super::ranking::shown;
use super::request::Request;
use super::response::Hit;
use super::snippet::passages;
use crate::article::Article;
use crate::index::{Generation, Part};

/// Makes the hits of one answer.
pub(super) struct HitMaker<'a> {
    generation: &'a Generation,
    highlighter: Highlighter<'a>,
    max_snippet_chars: usize,
    max_snippets: usize,
}

impl<'a> HitMaker<'a> {
    pub fn new(prepared: &'a Prepared, request: &Request) -> HitMaker<'a> {
        HitMaker {
            generation: prepared.generation,
            highlighter: Highlighter::new(prepared.generation.analyzer(), &prepared.clause.words()),
            max_snippet_chars: request.max_snippet_chars,
            max_snippets: request.max_snippets,
        }
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
            article: Article { body: None, evidence: None, ..article },
        })
    }
}
