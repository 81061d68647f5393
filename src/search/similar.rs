//! Articles like one: a query of its most telling words, which a person can read, change and ask again.
//!
//! Input → output: an article of the index and a request → the request that asks for it, but for the article itself.

use super::error::SearchError;
use super::request::{Filter, Request};
use super::response::MatchMode;
use crate::analysis::{Stream, Tokens};
use crate::article::Article;
use crate::index::{Generation, Spellings, compound};
use std::collections::HashMap;

/// A query of so many words: fewer miss what an article is about, more bring in what it also says.
const TELLING_WORDS: usize = 16;

/// A word that more than one article in so many holds tells nothing.
const MOST_COMMON: u64 = 5;

/// A word of the title counts as so many in the body.
const TITLE_COUNT: f32 = 3.0;

/// From so many occurrences on a further one says little.
const SATURATION: f32 = 1.5;

/// The request for articles like one: its query is the article's most telling words, of which one is enough; filters and everything else
/// are those of `request`. The answer shows the words as `query.typed`. None where no word tells anything: nothing is like it.
///
/// # Errors
/// [`SearchError::Index`] for an index that cannot be read.
pub fn more_like_this(generation: &Generation, article: &Article, request: &Request) -> Result<Option<Request>, SearchError> {
    let words = telling_words(generation, article)?;
    if words.is_empty() {
        return Ok(None);
    }
    let query = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" ");
    let filters = request.filters.iter().cloned().chain([Filter::Except(article.id)]).collect();
    Ok(Some(Request { query, filters, matching: MatchMode::Any, exact: false, relax: false, ..request.clone() }))
}

/// The words of two or more syllables that are frequent in an article and rare in the archive, the most telling first.
fn telling_words(generation: &Generation, article: &Article) -> Result<Vec<String>, SearchError> {
    let mut counts: HashMap<String, f32> = HashMap::new();
    let mut tokens = Tokens::default();
    for (text, count) in [(article.title.as_str(), TITLE_COUNT), (article.body.as_deref().unwrap_or(""), 1.0)] {
        generation.analyzer().analyze(text, &mut tokens);
        for word in tokens
            .of(Stream::Word)
            .filter(|token| token.position_length > 1 && token.term.chars().all(|letter| letter.is_alphanumeric() || letter == ' '))
        {
            *counts.entry(word.term.to_owned()).or_default() += count;
        }
    }
    let all = generation.statistics().articles();
    let mut telling: Vec<(f32, String)> = Vec::new();
    for (word, count) in counts {
        let articles = Spellings::Compound(generation.schema().words(), compound::term(&word)).articles(generation.searcher())?;
        // What only this article has leads nowhere.
        if articles > 1 && articles <= (all / MOST_COMMON).max(2) {
            let rarity = (all as f32 / articles as f32).ln_1p();
            telling.push((count / (count + SATURATION) * rarity, word));
        }
    }
    telling.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    telling.truncate(TELLING_WORDS);
    Ok(telling.into_iter().map(|(_, word)| word).collect())
}
