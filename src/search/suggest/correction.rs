//! “Did you mean”: a query that finds little, or was typed without diacritics → the query that was probably meant.
//!
//! Input → output: a prepared request and its total → [`DidYouMean`]. Only plain text and phrases of the query are read; quotes, fields, filters and
//! operators stay as typed, so that the proposal is a query again. It is made only if it finds something.

use super::chain::{Typed, meant};
use super::counts::Counts;
use super::shown::{capitals_of, shown};
use super::variant::Marks;
use crate::analysis::{Stream, Tokens};
use crate::authority::Authority;
use crate::index::Generation;
use crate::query::{Ast, Field, parse};
use crate::search::error::SearchError;
use crate::search::prepared::Prepared;
use crate::search::request::Request;
use crate::search::response::{DidYouMean, MatchMode, ReadWord};
use crate::text::{canonical_phrase, fold};
use std::collections::HashMap;
use std::ops::Range;

/// A query with diacritics that finds more is taken at its word. One that finds as few may be misspelt as some articles are.
const FEW: u64 = 40;

/// So many times more articles than a query finds that finds few: else it is no slip, but something rare.
const TIMES_MORE: u64 = 10;

/// Of a query without diacritics, one proposed with them finds at least one in so many of the articles.
const SHARE: u64 = 20;

/// Of a longer query, only so many syllables are looked at.
const MAX_SYLLABLES: usize = 40;

/// What was probably meant by a request that finds so many articles; none if it is fine as typed.
pub(in crate::search) fn did_you_mean(
    prepared: &Prepared,
    authority: &Authority,
    request: &Request,
    total: u64,
) -> Result<Option<DidYouMean>, SearchError> {
    let is_asked_for_any = prepared.matching == MatchMode::Any && total > 0;
    if request.exact || is_asked_for_any || (!prepared.is_folded && total > FEW) {
        return Ok(None);
    }
    let marks = if prepared.is_folded { Marks::None } else { Marks::Some };
    let mut corrector = Corrector {
        generation: prepared.generation,
        counts: Counts::new(prepared.generation),
        known: most_frequent_forms(prepared),
        marks,
        letters: total <= FEW,
        left: MAX_SYLLABLES,
        changes: Vec::new(),
    };
    let ast = corrector.ast(&prepared.ast)?;
    if corrector.changes.is_empty() {
        return Ok(None);
    }
    let query = spliced(&prepared.read.typed, &corrector.changes, &ast).unwrap_or_else(|| ast.to_string());
    let found = crate::search::count(prepared.generation, authority, &Request { query: query.clone(), ..request.clone() })?;
    let has_only_other_marks = corrector.changes.iter().all(|(from, to)| fold(&canonical_phrase(from)) == fold(&canonical_phrase(to)));
    let is_worth_it = match prepared.is_folded && has_only_other_marks {
        // Nothing beside it says how a single syllable is meant.
        true if corrector.looked_at() == 1 => found >= total / 4 * 3,
        true => found >= total / SHARE,
        false => found > total * TIMES_MORE,
    };
    Ok((found > 0 && is_worth_it).then_some(DidYouMean { query, total: found }))
}

/// How the words of several syllables are written most often where a query without diacritics found them: counted as words, which tells
/// more than any two neighbours.
fn most_frequent_forms(prepared: &Prepared) -> HashMap<String, Vec<String>> {
    let form = |word: &ReadWord| -> Option<(String, Vec<String>)> {
        let form: Vec<String> = word.matched_forms.first()?.form.split(' ').map(str::to_owned).collect();
        (form.len() > 1).then(|| (word.text.clone(), form))
    };
    prepared.read.words.iter().filter_map(form).collect()
}

/// The typed query with the changed texts in their places, if it is then read as the changed tree.
fn spliced(typed: &str, changes: &[(String, String)], ast: &Ast) -> Option<String> {
    let (mut query, mut rest) = (String::with_capacity(typed.len()), typed);
    for (from, to) in changes {
        let at = rest.find(from.as_str())?;
        query.push_str(&rest[..at]);
        query.push_str(to);
        rest = &rest[at + from.len()..];
    }
    query.push_str(rest);
    (parse(&query).ok()? == *ast).then_some(query)
}

/// Corrects the texts of a tree.
struct Corrector<'a> {
    generation: &'a Generation,
    counts: Counts<'a>,
    /// Words, as typed, whose spelling is known.
    known: HashMap<String, Vec<String>>,
    marks: Marks,
    letters: bool,
    /// How many more syllables may be looked at.
    left: usize,
    /// The texts that were changed, in the order of the query, and what they are now.
    changes: Vec<(String, String)>,
}

impl Corrector<'_> {
    fn looked_at(&self) -> usize {
        MAX_SYLLABLES - self.left
    }

    /// Calls itself for what stands below, as deep as the parser lets queries be.
    fn ast(&mut self, ast: &Ast) -> Result<Ast, SearchError> {
        let mut each = |parts: &[Ast]| parts.iter().map(|part| self.ast(part)).collect::<Result<Vec<_>, _>>();
        Ok(match ast {
            Ast::And(parts) => Ast::And(each(parts)?),
            Ast::Or(parts) => Ast::Or(each(parts)?),
            Ast::Field { field: Field::Title, value } => Ast::Field { field: Field::Title, value: Box::new(self.ast(value)?) },
            Ast::Text(text) => Ast::Text(self.text(text)?),
            Ast::Phrase { text, slop } => Ast::Phrase { text: self.text(text)?, slop: *slop },
            other => other.clone(),
        })
    }

    fn text(&mut self, text: &str) -> Result<String, SearchError> {
        let mut tokens = Tokens::default();
        self.generation.analyzer().parts(text, &mut tokens);
        let has_small = text.contains(char::is_lowercase);
        let known = self.known_syllables(text);
        let parts: Vec<(Range<usize>, Typed)> = tokens
            .of(Stream::Syllable)
            .take(self.left)
            .map(|token| {
                let span = token.start..token.end;
                let written = &text[span.clone()];
                let is_put_in_capitals = has_small && written.chars().count() > 1 && !written.contains(char::is_lowercase);
                let may_change = !is_put_in_capitals && written.chars().all(char::is_alphabetic);
                match known.get(&token.start) {
                    Some(known) => (span, Typed { syllable: known.clone(), may_change: false }),
                    None => (span, Typed { syllable: token.term.to_owned(), may_change }),
                }
            })
            .collect();
        self.left -= parts.len();
        let run: Vec<Typed> = parts.iter().map(|(_, typed)| typed.clone()).collect();
        let (mut corrected, mut at) = (String::with_capacity(text.len()), 0);
        for ((span, _), meant) in parts.iter().zip(meant(&run, self.marks, self.letters, &self.counts)?) {
            let known = known.get(&span.start).map(|known| vec![known.clone()]);
            let Some(meant) = meant.or(known) else { continue };
            corrected.push_str(&text[at..span.start]);
            corrected.push_str(&capitals_of(&text[span.clone()], &shown(&meant.join(" "))));
            at = span.end;
        }
        corrected.push_str(&text[at..]);
        if corrected != text {
            self.changes.push((text.to_owned(), corrected.clone()));
        }
        Ok(corrected)
    }

    /// The syllables of a text whose spelling is known, by where they begin.
    fn known_syllables(&self, text: &str) -> HashMap<usize, String> {
        let words = self.generation.analyzer().words(text);
        let all = words.iter().flat_map(|word| word.syllables.iter().map(|syllable| syllable.start)).collect();
        let whole = std::iter::once((text, all));
        let each = words.iter().map(|word| (&text[word.span.clone()], word.syllables.iter().map(|syllable| syllable.start).collect()));
        let mut known = HashMap::new();
        for (typed, starts) in whole.chain(each) {
            let starts: Vec<usize> = starts;
            if let Some(form) = self.known.get(typed).filter(|form| form.len() == starts.len()) {
                known.extend(starts.into_iter().zip(form.iter().cloned()));
            }
        }
        known
    }
}
