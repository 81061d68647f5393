//! When nothing is found: how many articles each way to ask for less would find, and the first of them, if that is wished.
//!
//! Input → output: a prepared query without a hit → a notice, or a looser lowering. Nothing is relaxed unasked.

use super::error::SearchError;
use super::plan::{Lowering, Reading};
use super::prepared::Prepared;
use super::response::{MatchMode, Notice, NoticeCode};
use std::cmp::Reverse;

/// Of so many words it is told what leaving one out would find.
const MAX_WORDS: usize = 8;

/// A way to ask for less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relaxation {
    /// The syllables of each word anywhere.
    Loose,
    /// Without the word of this number.
    Without(usize),
}

impl Relaxation {
    /// A lowering, relaxed.
    pub fn of(self, lowering: Lowering<'_>) -> Lowering<'_> {
        match self {
            Relaxation::Loose => Lowering { reading: Reading::Loose, ..lowering },
            Relaxation::Without(number) => Lowering { without: Some(number), ..lowering },
        }
    }

    fn name(self, prepared: &Prepared) -> String {
        match self {
            Relaxation::Loose => "các tiếng đứng rời".to_owned(),
            Relaxation::Without(number) => {
                let words = prepared.clause.words();
                let text = words.iter().find(|word| word.number == number).map_or("", |word| &word.text);
                format!("bỏ “{text}”")
            }
        }
    }
}

/// Every way there is: scattered syllables first, then without a word.
fn ways(prepared: &Prepared) -> Vec<Relaxation> {
    let words = prepared.clause.words();
    let loose = (prepared.matching == MatchMode::All && !prepared.clause.runs().is_empty()).then_some(Relaxation::Loose);
    let may_leave_out = words.len() > 1 && prepared.matching == MatchMode::All;
    let without = words.iter().take(if may_leave_out { MAX_WORDS } else { 0 }).map(|word| Relaxation::Without(word.number));
    loose.into_iter().chain(without).collect()
}

/// The first way that finds something: syllables anywhere, else without the word whose lack finds most.
///
/// What each way finds is counted without the filters, so that a further filter, and a click on a facet value is one, never leads to
/// another way: the count beside the value stays the total that it gives.
pub(super) fn first_that_finds(prepared: &Prepared) -> Result<Option<Relaxation>, SearchError> {
    let mut found = Vec::new();
    for (place, way) in ways(prepared).into_iter().enumerate() {
        let query = way.of(prepared.lowering(Reading::AsRead)).query(&prepared.clause);
        let articles = if way == Relaxation::Loose { u64::MAX } else { prepared.count_of(query.as_ref())? };
        found.push((Reverse(articles), place, way));
    }
    found.sort_by_key(|&(articles, place, _)| (articles, place));
    for (_, _, way) in found {
        if prepared.articles(way.of(prepared.lowering(Reading::AsRead)))? > 0 {
            return Ok(Some(way));
        }
    }
    Ok(None)
}

/// What is said of an answer that was relaxed.
pub(super) fn relaxed(prepared: &Prepared, way: Relaxation) -> Notice {
    let text = format!("Không có bài nào có đủ mọi từ; đã nới ra: {}.", way.name(prepared));
    Notice { code: NoticeCode::Relaxed, text }
}

/// The notice of an empty answer; none where nothing could be left out.
pub(super) fn notice(prepared: &Prepared) -> Result<Option<Notice>, SearchError> {
    let mut told = Vec::new();
    for way in ways(prepared) {
        let articles = prepared.articles(way.of(prepared.lowering(Reading::AsRead)))?;
        told.push(format!("{}: {articles} bài", way.name(prepared)));
    }
    if !prepared.clause.words().is_empty() && !prepared.selection.matching.is_empty() {
        let query = prepared.lowering(Reading::AsRead).query(&prepared.clause);
        told.push(format!("bỏ mọi bộ lọc: {} bài", prepared.count_of(query.as_ref())?));
    }
    let text = format!("Không có bài nào khớp. Nếu nới ra: {}.", told.join("; "));
    Ok((!told.is_empty()).then_some(Notice { code: NoticeCode::NothingFound, text }))
}
