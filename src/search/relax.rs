//! When nothing is found: how many articles each way to ask for less would find. It only tells; nothing is relaxed.

use super::error::SearchError;
use super::plan::{Lowering, Reading};
use super::prepared::Prepared;
use super::response::{MatchMode, Notice, NoticeCode};

/// Of so many words it is told what leaving one out would find.
const MAX_WORDS: usize = 8;

/// The notice of an empty answer; none where nothing could be left out.
pub(super) fn notice(prepared: &Prepared, total_loose: Option<u64>) -> Result<Option<Notice>, SearchError> {
    let mut ways = Vec::new();
    let mut way = |name: String, articles: u64| ways.push(format!("{name}: {articles} bài"));
    if let Some(articles) = total_loose {
        way("các tiếng đứng rời".to_owned(), articles);
    }
    let words = prepared.clause.words();
    if words.len() > 1 && prepared.matching == MatchMode::All {
        for word in words.iter().take(MAX_WORDS) {
            let lowering = Lowering { without: Some(word.number), ..prepared.lowering(Reading::AsRead) };
            way(format!("bỏ “{}”", word.text), prepared.count(lowering)?);
        }
    }
    if !words.is_empty() && !prepared.selection.matching.is_empty() {
        let query = prepared.lowering(Reading::AsRead).query(&prepared.clause);
        way("bỏ mọi bộ lọc".to_owned(), prepared.count_of(query.as_ref())?);
    }
    let text = format!("Không có bài nào khớp. Nếu nới ra: {}.", ways.join("; "));
    Ok((!ways.is_empty()).then_some(Notice { code: NoticeCode::NothingFound, text }))
}
