//! A place in the order → the hit that is shown: the article, why it matches, where.

use super::collector::Ranked;
use super::context::{MAX_LINES, concordance};
use super::error::SearchError;
use super::explain::part;
use super::highlight::{Highlighter, Match, spans};
use super::prepared::Prepared;
use super::ranking::{Ranking, shown};
use super::request::{Budget, Request};
use super::response::{Hit, ScorePart, Snippet};
use super::snippet::passages;
use super::window::Windows;
use super::word::Word;
use crate::article::Article;
use crate::index::{Generation, Part, StoredArticle};
use std::ops::ControlFlow;

/// Of a body, so many bytes are looked at for snippets: a passage further down is not shown, which would cost a tenth of a second.
const MAX_SCANNED_BYTES: usize = 4 << 20;

/// So many matches are enough to choose from, once a window was seen that holds every word.
const ENOUGH_MATCHES: usize = 200;

/// Makes the hits of one answer.
pub(super) struct HitMaker<'a> {
    generation: &'a Generation,
    highlighter: Highlighter<'a>,
    /// How much of the query each word is, by its number: its syllables as typed.
    weights: Vec<u32>,
    max_snippet_chars: usize,
    max_snippets: usize,
    context: Option<usize>,
    whole: bool,
    /// What scores are explained by, where they are.
    ranking: Option<&'a Ranking<'a>>,
    budget: Budget,
}

impl<'a> HitMaker<'a> {
    pub fn new(prepared: &'a Prepared, request: &Request, ranking: Option<&'a Ranking<'a>>) -> HitMaker<'a> {
        let words = prepared.clause.words();
        HitMaker {
            generation: prepared.generation,
            highlighter: Highlighter::new(prepared.generation.analyzer(), &words),
            weights: weights(&words),
            max_snippet_chars: request.max_snippet_chars,
            max_snippets: request.max_snippets,
            context: request.context,
            whole: request.whole,
            ranking,
            budget: request.budget,
        }
    }

    /// The hit of a place; `rank` is counted from 1.
    pub fn hit(&self, rank: u64, ranked: &Ranked) -> Result<Hit, SearchError> {
        let StoredArticle { article, last_changed, .. } = self.generation.article(ranked.address)?;
        let context = self.context.map(|words| concordance(&self.highlighter, &article, words, self.budget)).transpose()?;
        let title_matches = self.matches(Part::Title, &article.title);
        let snippets = match article.body.as_deref() {
            Some(body) if self.max_snippets > 0 && context.is_none() => self.snippets(body),
            _ => Vec::new(),
        };
        Ok(Hit {
            rank,
            score: shown(ranked.score) * ranked.left_by_age,
            certain: ranked.certain,
            copies: ranked.copies,
            title_highlights: spans(&title_matches, 0..article.title.len()),
            snippets,
            context,
            explanation: self.ranking.map(|ranking| self.score_parts(ranking, ranked)).transpose()?,
            last_changed,
            article: if self.whole { article } else { Article { body: None, evidence: None, ..article } },
        })
    }

    fn score_parts(&self, ranking: &Ranking, ranked: &Ranked) -> Result<Vec<ScorePart>, SearchError> {
        let reader = self.generation.searcher().segment_reader(ranked.address.segment_ord);
        let parts = ranking.parts_of(ranked.address.segment_ord as usize, reader, ranked.address.doc_id)?;
        let of_all = |measure: &str, score: f64| ScorePart { text: String::new(), measure: measure.to_owned(), score };
        let whole = shown(ranked.score);
        let others = [
            of_all("near each other", shown(ranked.nearness)),
            of_all("all words spelt as typed", f64::from(parts.as_typed)),
            of_all("age", whole * ranked.left_by_age - whole),
        ];
        let parts = parts.clauses.into_iter().map(|(clause, score)| part(&clause.text, clause.measure, score));
        Ok(parts.chain(others.into_iter().filter(|part| part.score != 0.0)).collect())
    }

    /// The passages of a body.
    pub fn snippets(&self, body: &str) -> Vec<Snippet> {
        passages(body, &self.matches(Part::Body, body), &self.weights, self.max_snippet_chars, self.max_snippets)
    }

    /// The matches of a text, in order: of a long one, as many as are needed to choose from.
    fn matches(&self, part: Part, text: &str) -> Vec<Match> {
        let (mut found, mut holds_all) = (Vec::new(), false);
        let all: u32 = self.weights.iter().sum();
        self.highlighter.walk(part, text, |mut matches, end| {
            if end < text.len() && !holds_all {
                let best = Windows::of(text, &matches, &self.weights, self.max_snippet_chars).best(&[], &vec![false; self.weights.len()]);
                holds_all = best.is_some_and(|window| window.coverage == all);
            }
            found.append(&mut matches);
            let is_enough = holds_all && found.len() >= ENOUGH_MATCHES || end >= MAX_SCANNED_BYTES;
            if is_enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        found
    }
}

/// How much of the query each word is, by its number.
fn weights(words: &[&Word]) -> Vec<u32> {
    let mut weights = vec![0; words.iter().map(|word| word.number + 1).max().unwrap_or(0)];
    words.iter().for_each(|word| weights[word.number] = word.spelt.len().max(1) as u32);
    weights
}

/// Whether an article has more matches than are listed.
pub(super) fn is_cut(hit: &Hit) -> bool {
    hit.context.as_ref().is_some_and(|context| context.matches > MAX_LINES as u64)
}
