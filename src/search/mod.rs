//! A request and an index → the answer: hits with passages, exact totals and facets, how everything was read.
//!
//! Input → output: [`Generation`], [`Authority`], [`Request`] → [`Response`]. The same archive gives the same answer, however
//! its index came about. Reads no file, writes nothing; output formats render the [`Response`] and add nothing to it.
//!
//! The way of a query: [`crate::query::parse`] → `reading` (words, diacritics, conditions) → `plan` (tantivy queries for the
//! three readings, and what articles are ranked by) → `collector` (one pass: total, first hits, facets) → hits.

mod abbreviation;
mod any_spelling;
mod attested;
mod batch;
mod candidates;
mod career;
mod collector;
mod context;
mod copies;
mod cursor;
mod diff;
mod error;
mod expand;
mod explain;
mod facet;
mod filter;
mod forms;
mod graph;
mod highlight;
mod histogram;
mod hit;
mod label;
mod near;
mod order;
mod people;
mod period;
mod piece;
mod plan;
mod posts;
mod prepared;
mod ranking;
mod reading;
mod relax;
mod request;
mod response;
mod sample;
mod saved;
mod shape;
mod similar;
mod snippet;
mod spelling;
mod story;
mod suggest;
mod table;
mod trend;
mod typed;
mod verified;
mod watching;
mod window;
mod word;

pub use attested::{Attestation, HeldPost};
pub use batch::{BatchError, BatchFormat, BatchLine, read_batch};
pub use career::{Career, career};
pub use copies::{Change, ChangeKind, Copies, CopyOf, copies};
pub use cursor::{Cursor, CursorError};
pub use diff::{
    ArticleChange, ArticleDiff, Comparison, Diff, DiffField, DiffState, DiffSummary, FieldChanges, RuleChanges, ValueChange, compare,
};
pub use error::SearchError;
pub use filter::parse_range;
pub use histogram::{Bar, Histogram, HistogramRequest, histogram, histogram_of};
pub use people::{People, PeopleRequest, Suggested, Suggestion, SuggestionKind, Suggestions, Together, Within, people, suggestions};
pub use period::Period;
pub use posts::{PersonPost, Posts, posts};
pub use request::{Boundaries, Budget, Filter, MAX_CONTEXT_WORDS, Request, Sort, Unit};
pub use response::{
    AppliedFilter, CONTRACT, Concordance, ContextLine, DidYouMean, Explanation, FacetCounts, FacetValue, Hit, IndexState, MatchMode,
    MatchedForm, Notice, NoticeCode, ReadQuery, ReadWord, RemainderRow, Response, ScorePart, Snippet, Timing, WordKind,
};
pub use sample::{Drawn, Sample, SampleRequest, Stratum, StratumValue, Take, sample};
pub use saved::{MAX_ID_CHARS, SavedError, with_search};
pub use similar::more_like_this;
pub use suggest::{Completion, CompletionKind, complete};
pub use table::{Axis, Base, Line, LineKind, Lines, Per, Table, TableRequest, basis_label, table};
pub use trend::{Series, Trend, TrendQuery, TrendRequest, TrendRow, trend};
pub use typed::{TypedError, TypedField, TypedRequest};
pub use watching::{Asked, News, Watch, WatchError, WatchState};

use crate::article::Article;
use crate::authority::Authority;
use crate::index::Generation;
use collector::{Collected, Ranked, Wanted, collect};
use facet::Shown;
use highlight::Highlighter;
use hit::{HitMaker, is_cut};
use plan::Reading;
use prepared::Prepared;
use ranking::Ranking;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use relax::Relaxation;
use std::ops::ControlFlow;
use std::time::Instant;

/// Hits that are made side by side: no more than these are in memory at once.
const HITS_AT_ONCE: usize = 32;

/// Answers a request.
///
/// # Errors
/// [`SearchError::Query`] for a query that is none, [`SearchError::UnknownValue`] and [`SearchError::BadDate`] for a filter that
/// fits nothing, [`SearchError::OffsetAndCursor`] for a request with `offset` and `after`, [`SearchError::OutOfTime`] when the budget is
/// used up, [`SearchError::Index`] for an index that cannot be read.
pub fn search(generation: &Generation, authority: &Authority, request: &Request) -> Result<Response, SearchError> {
    let mut hits = Vec::new();
    let response = for_each_hit(generation, authority, request, |hit| {
        hits.push(hit);
        ControlFlow::Continue(())
    })?;
    Ok(Response { hits, ..response })
}

/// Answers a request without hits: totals and facets.
///
/// # Errors
/// As [`search`].
pub fn facets(generation: &Generation, authority: &Authority, request: &Request) -> Result<Response, SearchError> {
    search(generation, authority, &Request { limit: 0, ..request.clone() })
}

/// The exact number of articles that match, or of stories where the request counts these, and nothing else.
///
/// # Errors
/// As [`search`].
pub fn count(generation: &Generation, authority: &Authority, request: &Request) -> Result<u64, SearchError> {
    let prepared = Prepared::new(generation, authority, request)?;
    prepared.count(prepared.lowering(Reading::AsRead))
}

/// Whether a request can be answered: as [`search`], but it walks over no article.
///
/// For an export, which has to tell what is wrong before its first hit.
///
/// # Errors
/// As [`search`], but for what only the walk shows: a budget that is used up, articles that cannot be read.
pub fn check(generation: &Generation, authority: &Authority, request: &Request) -> Result<(), SearchError> {
    prepare(generation, authority, request).map(|_| ())
}

/// A request that is sound, ready to be carried out.
fn prepare<'a>(generation: &'a Generation, authority: &'a Authority, request: &Request) -> Result<Prepared<'a>, SearchError> {
    if request.after.is_some() && request.offset > 0 {
        return Err(SearchError::OffsetAndCursor);
    }
    Prepared::new(generation, authority, request)
}

/// The passages of an article that a request shows where the article is a hit.
///
/// # Errors
/// As [`search`].
pub fn snippets(generation: &Generation, authority: &Authority, article: &Article, request: &Request) -> Result<Vec<Snippet>, SearchError> {
    let prepared = Prepared::new(generation, authority, request)?;
    Ok(HitMaker::new(&prepared, request, None).snippets(article.body.as_deref().unwrap_or("")))
}

/// Where the words of a query stand in an article, each with so many words on either side, at most [`MAX_CONTEXT_WORDS`].
///
/// The article need not match the query as a whole.
///
/// # Errors
/// As [`search`].
pub fn concordance(
    generation: &Generation,
    authority: &Authority,
    article: &Article,
    query: &str,
    words: usize,
) -> Result<Concordance, SearchError> {
    let request = Request { query: query.to_owned(), ..Request::default() };
    let prepared = Prepared::new(generation, authority, &request)?;
    let highlighter = Highlighter::new(generation.analyzer(), &prepared.clause.words());
    context::concordance(&highlighter, article, words, request.budget)
}

/// Answers a request and hands over its hits one by one, in order; the response holds none.
///
/// With `limit: usize::MAX` every hit comes, and no more than a few are in memory. `each` may stop it; `next` of the response
/// is behind the last hit that it was given.
///
/// # Errors
/// As [`search`].
pub fn for_each_hit(
    generation: &Generation,
    authority: &Authority,
    request: &Request,
    mut each: impl FnMut(Hit) -> ControlFlow<()>,
) -> Result<Response, SearchError> {
    hand_over(generation, authority, request, Way::InOrder, |hit| hit, |_, hit| each(hit))
}

/// As [`for_each_hit`], but hits come as they lie in the index, each with its rank, and what is wanted of them is made on all cores.
///
/// For exports of many: articles that lie side by side are packed together, and reading one in order would unpack all of them for it.
///
/// # Errors
/// As [`search`].
pub fn for_each_hit_as_stored<T: Send>(
    generation: &Generation,
    authority: &Authority,
    request: &Request,
    make: impl Fn(Hit) -> T + Sync,
    each: impl FnMut(u64, T) -> ControlFlow<()>,
) -> Result<Response, SearchError> {
    hand_over(generation, authority, request, Way::AsStored, make, each)
}

/// The way through the hits of an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    InOrder,
    AsStored,
}

/// Answers a request, makes something of each hit and hands that over with its rank.
fn hand_over<T: Send>(
    generation: &Generation,
    authority: &Authority,
    request: &Request,
    way: Way,
    make: impl Fn(Hit) -> T + Sync,
    mut each: impl FnMut(u64, T) -> ControlFlow<()>,
) -> Result<Response, SearchError> {
    let started = Instant::now();
    let mut prepared = prepare(generation, authority, request)?;
    let is_ranked = request.sort == Sort::Relevance && request.limit > 0;
    let ranking = (is_ranked || request.explain).then(|| prepared.ranking()).transpose()?;
    let ranked_by = ranking.as_ref().filter(|_| is_ranked);
    let (found, relaxation) = find(&prepared, authority, request, ranked_by)?;
    let total_as_read = if relaxation.is_some() { 0 } else { found.count(request.counts_of) };
    let (total_phrase, total_loose) =
        (other_total(&prepared, total_as_read, Reading::OnePhrase)?, other_total(&prepared, total_as_read, Reading::Loose)?);
    read_forms(&mut prepared, &found)?;
    let did_you_mean = suggest::did_you_mean(&prepared, authority, request, total_as_read)?;
    let mut notices = notices(&prepared, &found, relaxation)?;

    let explained = ranking.as_ref().filter(|_| request.explain);
    let explanation = explained.map(|ranking| explain::explanation(&prepared.ast, &prepared.clause, ranking));
    let before = request.after.as_ref().map_or(request.offset as u64, |cursor| cursor.rank);
    let shown = &found.page[..found.page.len().min(request.limit)];
    let mut ranked: Vec<(u64, &Ranked)> = (before + 1..).zip(shown).collect();
    if way == Way::AsStored {
        ranked.sort_unstable_by_key(|(_, ranked)| ranked.address);
    }
    let (mut cut, mut last): (_, Option<(u64, &Ranked)>) = (0, None);
    // Reading an article and looking for the words in it is most of the work of an answer, and no hit needs another.
    'hits: for chunk in ranked.chunks(HITS_AT_ONCE) {
        let maker = || HitMaker::new(&prepared, request, explained);
        let made = chunk.par_iter().map_init(maker, |maker, &(rank, ranked)| {
            let hit = maker.hit(rank, ranked)?;
            Ok((is_cut(&hit), make(hit)))
        });
        let made = made.collect::<Result<Vec<_>, SearchError>>()?;
        for ((is_cut, made), &(rank, ranked)) in made.into_iter().zip(chunk) {
            cut += u64::from(is_cut);
            last = last.filter(|(last, _)| *last > rank).or(Some((rank, ranked)));
            if each(rank, made).is_break() {
                break 'hits;
            }
        }
    }
    let is_followed = |rank: u64| rank - before < found.page.len() as u64;
    let next = last.filter(|&(rank, _)| is_followed(rank)).map(|(rank, ranked)| Cursor { rank, place: ranked.place });
    if cut > 0 {
        let text = format!("{cut} bài có nhiều chỗ khớp hơn số được liệt kê; mỗi bài chỉ liệt kê {} chỗ đầu tiên.", context::MAX_LINES);
        notices.push(Notice { code: NoticeCode::ContextCut, text });
    }
    Ok(Response {
        contract: CONTRACT,
        tool: tool(),
        index: IndexState::of(generation),
        query: prepared.read,
        did_you_mean,
        filters: prepared.selection.applied,
        total: found.total,
        total_phrase,
        total_loose,
        total_stories: found.stories,
        counts_of: request.counts_of,
        hits_of: request.hits_of,
        hits: Vec::new(),
        next,
        facets: found.facets,
        notices,
        explanation,
        timing: Timing { elapsed_ms: started.elapsed().as_secs_f64() * 1_000.0 },
    })
}

/// This program, as answers name it.
fn tool() -> String {
    crate::index::TOOL.to_owned()
}

/// What a request finds; where that is nothing and it is wished, by the first way of asking for less that finds something.
fn find(
    prepared: &Prepared,
    authority: &Authority,
    request: &Request,
    ranking: Option<&Ranking>,
) -> Result<(Collected, Option<Relaxation>), SearchError> {
    let found = pass(prepared, authority, request, ranking, None)?;
    let relaxation = if found.total == 0 && request.relax { relax::first_that_finds(prepared)? } else { None };
    match relaxation {
        Some(_) => pass(prepared, authority, request, ranking, relaxation).map(|found| (found, relaxation)),
        None => Ok((found, None)),
    }
}

/// The one pass over all matching articles.
fn pass(
    prepared: &Prepared,
    authority: &Authority,
    request: &Request,
    ranking: Option<&Ranking>,
    relaxation: Option<Relaxation>,
) -> Result<Collected, SearchError> {
    let generation = prepared.generation;
    let wanted = Wanted {
        sort: request.sort,
        offset: request.offset,
        after: request.after.as_ref(),
        limit: request.limit,
        ranking,
        hits_of: request.hits_of,
        counts_of: request.counts_of,
        facets: &request.facets,
        shown: Shown { most: request.max_facet_values, inside: request.facet_inside.as_deref() },
        holders: prepared.selection.holders.as_ref(),
        ranges: &prepared.selection.ranges,
        half_life_days: request.half_life_days,
        budget: request.budget,
    };
    let as_read = prepared.lowering(Reading::AsRead);
    let lowering = relaxation.map_or(as_read, |way| way.of(as_read));
    let found = collect(generation, authority, prepared.query(lowering).as_ref(), &wanted)?;
    prepared.texts.all_read().map(|()| found)
}

/// The total of another reading; none where the query has no plain text, or any word is enough.
fn other_total(prepared: &Prepared, total: u64, reading: Reading) -> Result<Option<u64>, SearchError> {
    if prepared.matching == MatchMode::Any || prepared.clause.runs().is_empty() {
        return Ok(None);
    }
    if prepared.clause.is_the_same(reading) {
        return Ok(Some(total));
    }
    prepared.count(prepared.lowering(reading)).map(Some)
}

/// Fills in which written forms each word of a folded query matched.
fn read_forms(prepared: &mut Prepared, found: &Collected) -> Result<(), SearchError> {
    if !prepared.is_folded || found.total > forms::MAX_ARTICLES {
        return Ok(());
    }
    let words = prepared.clause.words();
    let forms: Vec<Vec<MatchedForm>> =
        words.iter().map(|word| forms::of(prepared.generation, word, &found.documents, prepared.budget)).collect::<Result<_, _>>()?;
    for (word, matched_forms) in prepared.read.words.iter_mut().zip(forms) {
        word.matched_forms = matched_forms;
    }
    Ok(())
}

/// What the reader of the answer should know; of what was found by asking for less, also in which way.
fn notices(prepared: &Prepared, found: &Collected, relaxation: Option<Relaxation>) -> Result<Vec<Notice>, SearchError> {
    let mut notices = prepared.selection.notices.clone();
    let mut tell = |code, text| notices.push(Notice { code, text });
    if prepared.is_folded {
        let unlisted = match found.total > forms::MAX_ARTICLES {
            true => format!(" Trên {} bài thì không liệt kê các dạng chữ.", forms::MAX_ARTICLES),
            false => String::new(),
        };
        tell(
            NoticeCode::Folded,
            format!("Câu hỏi không có dấu nên được tìm không phân biệt dấu; bài viết đúng như đã gõ đứng trước.{unlisted}"),
        );
    }
    if prepared.matching == MatchMode::Any && !prepared.clause.words().is_empty() {
        tell(NoticeCode::MatchAny, "Tổng số tính cả các bài chỉ có một vài từ của câu hỏi.".to_owned());
    }
    if found.possible > 0 {
        tell(NoticeCode::PossibleDates, format!("{} bài chỉ có thể nằm trong khoảng ngày đã chọn.", found.possible));
    }
    if !prepared.generation.manifest().run.completed {
        tell(NoticeCode::IncompleteIndex, "Lần lập chỉ mục gần nhất chưa hoàn tất; chạy lại `tracuu index` để tiếp tục.".to_owned());
    }
    if found.total == 0 {
        notices.extend(relax::notice(prepared)?);
    }
    notices.extend(relaxation.map(|way| relax::relaxed(prepared, way)));
    Ok(notices)
}

#[cfg(test)]
mod tests;
