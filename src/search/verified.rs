//! Articles whose stored text holds words letter for letter: `=hoà`, and every plain word under `--exact`.
//!
//! Input → output: a query for the candidates, which the terms of an index give, and what has to stand there → a query that
//! keeps those whose text holds it. An article is read from the store only where all the rest of the query matches already.
//! Terms alone never decide: those of `TônThị`, which was run together, are those of `Tôn Thị`. Scores nothing.
//!
//! What goes wrong meanwhile is kept in [`Texts`], because tantivy's scorers cannot fail: whoever has walked through a query
//! asks it before trusting the result.

use super::candidates::{Kept, Matcher, unscored};
use super::error::SearchError;
use super::near::{Class, Occurrence, each_window};
use super::request::Budget;
use super::spelling::Spelling;
use crate::analysis::{Analyzer, Stream, Tokens};
use crate::index::{Generation, Part, Schema};
use std::fmt;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocAddress, DocId, Score, Searcher, SeekDangerResult, SegmentReader, TantivyDocument};

/// The stored texts, as one search reads them.
pub(super) struct Texts {
    searcher: Searcher,
    schema: Schema,
    analyzer: Arc<Analyzer>,
    budget: Budget,
    failure: Mutex<Option<SearchError>>,
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Texts").finish_non_exhaustive()
    }
}

impl Texts {
    /// Those of an index; none is read once the budget is spent.
    pub fn of(generation: &Generation, budget: Budget) -> Arc<Texts> {
        Arc::new(Texts {
            searcher: generation.searcher().clone(),
            schema: generation.schema().clone(),
            analyzer: Arc::clone(generation.analyzer()),
            budget,
            failure: Mutex::new(None),
        })
    }

    /// Whether all that was asked for could be read.
    ///
    /// # Errors
    /// The first thing that went wrong: then what was counted is not to be trusted.
    pub fn all_read(&self) -> Result<(), SearchError> {
        self.failure().take().map_or(Ok(()), Err)
    }

    fn failure(&self) -> std::sync::MutexGuard<'_, Option<SearchError>> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether an article holds all that is required; `false`, and noted, where it cannot be read.
    fn hold(&self, address: DocAddress, required: &[Required], parts: &[Part], tokens: &mut Tokens) -> bool {
        let mut read = || {
            if self.budget.is_spent() {
                return Err(SearchError::OutOfTime);
            }
            let document: TantivyDocument = self.searcher.doc(address)?;
            let mut missing: Vec<&Required> = required.iter().collect();
            for &part in parts.iter().rev() {
                let text = self.schema.stored_text(&document, part).map_err(tantivy::TantivyError::InternalError)?;
                if !missing.iter().any(|required| required.may_stand_in(text.as_bytes())) {
                    continue;
                }
                missing.retain(|required| !required.stands_in(text, &self.analyzer, tokens));
                if missing.is_empty() {
                    return Ok(true);
                }
            }
            Ok(false)
        };
        if self.failure().is_some() {
            return false;
        }
        read().unwrap_or_else(|error| {
            self.failure().get_or_insert(error);
            false
        })
    }
}

/// Something that has to stand in one part of an article.
#[derive(Clone, Debug)]
pub(super) enum Required {
    /// One spelling.
    Spelled(Spelling),
    /// Several near each other, as [`super::near`] defines it.
    Near(Vec<Spelling>, u32),
}

impl Required {
    /// The spellings, of which highlights are made.
    pub fn spellings(&self) -> &[Spelling] {
        match self {
            Required::Spelled(spelling) => std::slice::from_ref(spelling),
            Required::Near(spellings, _) => spellings,
        }
    }

    fn may_stand_in(&self, bytes: &[u8]) -> bool {
        self.spellings().iter().all(|spelling| spelling.may_stand_in(bytes))
    }

    /// Whether positions are asked for.
    pub fn is_near(&self) -> bool {
        matches!(self, Required::Near(..))
    }

    fn stands_in(&self, text: &str, analyzer: &Analyzer, tokens: &mut Tokens) -> bool {
        match self {
            Required::Spelled(spelling) => spelling.stands_in(text),
            Required::Near(spellings, slop) => {
                if !spellings.iter().all(|spelling| spelling.stands_in(text)) {
                    return false;
                }
                analyzer.parts(text, tokens);
                let (occurrences, classes) = occurrences(spellings, text, tokens);
                let places: Vec<(u32, usize)> = occurrences.iter().map(|&(start, class, _)| (start, class)).collect();
                let mut near = false;
                each_window(&places, &classes, *slop, |_| {
                    near = true;
                    ControlFlow::Break(())
                });
                near
            }
        }
    }
}

/// Where each of several spellings stands, in order; and the classes of the spellings. `tokens` are
/// those of the text.
pub(super) fn occurrences(spellings: &[Spelling], text: &str, tokens: &Tokens) -> (Vec<Occurrence>, Vec<Class>) {
    let mut found = Vec::new();
    let mut classes: Vec<Class> = Vec::with_capacity(spellings.len());
    for (number, spelling) in spellings.iter().enumerate() {
        let first = spellings.iter().position(|other| other == spelling).unwrap_or(number);
        let mut length = classes.get(first).map_or(0, |class| class.length);
        if first == number {
            for place in spelling.places(text) {
                let start = position_at(tokens, place.start);
                length = position_at(tokens, place.end) - start;
                found.push((start, number, place));
            }
        }
        classes.push(Class { first, length });
    }
    found.sort_unstable_by_key(|(start, class, _)| (*start, *class));
    (found, classes)
}

/// The position of the first part that does not begin before a byte.
fn position_at(tokens: &Tokens, start: usize) -> u32 {
    let (mut low, mut high) = (0, tokens.len(Stream::Syllable));
    while low < high {
        let middle = low + (high - low) / 2;
        match tokens.get(Stream::Syllable, middle).start < start {
            true => low = middle + 1,
            false => high = middle,
        }
    }
    low as u32
}

/// What a word of the query has to be, letter for letter.
#[derive(Clone, Debug)]
pub(super) struct Verbatim {
    required: Arc<[Required]>,
    texts: Arc<Texts>,
}

impl Verbatim {
    /// All of these, each somewhere.
    pub fn new(required: Vec<Required>, texts: &Arc<Texts>) -> Verbatim {
        Verbatim { required: required.into(), texts: Arc::clone(texts) }
    }

    /// Another text instead, in one piece.
    pub fn of_text(&self, text: &str) -> Verbatim {
        Verbatim::new(Spelling::of(text).into_iter().map(Required::Spelled).collect(), &self.texts)
    }

    /// The same, its runs of letters and digits wherever they stand.
    pub fn apart(&self) -> Verbatim {
        let pieces = self.required.iter().flat_map(Required::spellings).flat_map(Spelling::pieces);
        Verbatim::new(pieces.map(Required::Spelled).collect(), &self.texts)
    }

    /// What has to stand there.
    pub fn required(&self) -> &[Required] {
        &self.required
    }

    /// Those of some candidates that hold it in these parts.
    pub fn query(&self, candidates: Box<dyn Query>, parts: &'static [Part]) -> Box<dyn Query> {
        Box::new(VerifiedQuery { candidates: candidates.into(), verbatim: self.clone(), parts })
    }
}

/// See the module.
#[derive(Clone, Debug)]
struct VerifiedQuery {
    candidates: Arc<dyn Query>,
    verbatim: Verbatim,
    parts: &'static [Part],
}

impl Query for VerifiedQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let unscored = EnableScoring::Disabled { schema: scoring.schema(), searcher_opt: scoring.searcher() };
        Ok(Box::new(VerifiedWeight { candidates: self.candidates.weight(unscored)?, query: self.clone() }))
    }
}

struct VerifiedWeight {
    candidates: Box<dyn Weight>,
    query: VerifiedQuery,
}

impl VerifiedWeight {
    fn matcher(&self, reader: &SegmentReader) -> TextMatcher {
        let segments = self.query.verbatim.texts.searcher.segment_readers();
        // A query is only walked through in the searcher that it was made for.
        let segment = segments.iter().position(|segment| segment.segment_id() == reader.segment_id()).unwrap_or(segments.len());
        TextMatcher { query: self.query.clone(), segment: segment as u32, tokens: Tokens::default() }
    }
}

impl Weight for VerifiedWeight {
    fn scorer(&self, reader: &SegmentReader, _boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Kept::boxed(self.candidates.scorer(reader, 1.0)?, self.matcher(reader)))
    }

    fn scorer_danger(&self, reader: &SegmentReader, target: DocId, _boost: Score) -> tantivy::Result<(SeekDangerResult, Box<dyn Scorer>)> {
        // Without looking for the first match, which the rest of the query may pass over.
        let (found, candidates) = self.candidates.scorer_danger(reader, target, 1.0)?;
        Ok(Kept::boxed_at(target, found, candidates, self.matcher(reader)))
    }

    fn explain(&self, _reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        unscored(doc)
    }
}

struct TextMatcher {
    query: VerifiedQuery,
    segment: u32,
    tokens: Tokens,
}

impl Matcher for TextMatcher {
    // A text is read from the store and unpacked: everything else is asked first.
    const COST: u64 = 1_000;

    fn matches(&mut self, doc: DocId) -> bool {
        let VerifiedQuery { verbatim, parts, .. } = &self.query;
        verbatim.texts.hold(DocAddress::new(self.segment, doc), &verbatim.required, parts, &mut self.tokens)
    }
}
