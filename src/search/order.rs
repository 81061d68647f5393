//! The order of hits: one key for each article, the same in every index that holds the same articles.

use super::ranking::Steps;
use super::request::Sort;
use crate::article::ArticleId;
use crate::index::day_of;
use jiff::ToSpan;

/// Where a hit stands: the smaller, the earlier. Ends in the id, so that no two are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    keys: [i64; 4],
    /// The article.
    pub id: ArticleId,
}

/// Stands in for the day of an article without a date: after all others, whichever way days are counted.
const UNKNOWN: i64 = i64::MAX;

impl Place {
    /// The place of an article by rank (the higher the better), event (days since 1970) and id.
    pub fn of(sort: Sort, rank: Steps, event: Option<(i64, i64)>, id: ArticleId) -> Place {
        let keys = match (sort, event) {
            (Sort::Relevance, Some((_, to))) => [-rank, -to, 0, 0],
            (Sort::Relevance, None) => [-rank, UNKNOWN, 0, 0],
            (_, None) => [UNKNOWN, 0, 0, 0],
            // A whole month or year stands behind its first day going back in time, and behind its last day going forward:
            // behind the exact days of its period either way.
            (Sort::Newest, Some((from, to))) if is_whole_period(from, to) => [-from, 1, to, 0],
            (Sort::Newest, Some((from, to))) => [-to, 0, -from, 0],
            (Sort::Oldest, Some((from, to))) if is_whole_period(from, to) => [to, 1, -from, 0],
            (Sort::Oldest, Some((from, to))) => [from, 0, to, 0],
        };
        Place { keys, id }
    }

    /// What a place is made of, to be written down.
    pub fn parts(self) -> ([i64; 4], ArticleId) {
        (self.keys, self.id)
    }

    /// The inverse of [`Place::parts`].
    pub fn from_parts(keys: [i64; 4], id: ArticleId) -> Place {
        Place { keys, id }
    }

    /// The place by relevance of the same article at another rank.
    pub fn with_rank(self, rank: Steps) -> Place {
        let [_, day, ..] = self.keys;
        Place { keys: [-rank, day, 0, 0], ..self }
    }
}

/// Whether an event is a run of whole months, which is how months and years are kept.
fn is_whole_period(from: i64, to: i64) -> bool {
    let (Some(first), Some(last)) = (day_of(from), day_of(to)) else { return false };
    first.day() == 1 && last.checked_add(1.day()).is_ok_and(|next| next.day() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Hash128;
    use crate::index::day_number;

    fn event(from: &str, to: &str) -> Option<(i64, i64)> {
        Some((day_number(from.parse().unwrap()), day_number(to.parse().unwrap())))
    }

    fn sorted(sort: Sort) -> Vec<&'static str> {
        let articles = [
            ("unknown", None),
            ("2024", event("2024-01-01", "2024-12-31")),
            ("2024-05", event("2024-05-01", "2024-05-31")),
            ("2024-01-01", event("2024-01-01", "2024-01-01")),
            ("2024-05-01", event("2024-05-01", "2024-05-01")),
            ("2024-05-31", event("2024-05-31", "2024-05-31")),
            ("2024-06-02", event("2024-06-02", "2024-06-02")),
            ("2024-12-31", event("2024-12-31", "2024-12-31")),
            ("2024-06-01/05", event("2024-06-01", "2024-06-05")),
        ];
        let mut places: Vec<(Place, &str)> =
            articles.iter().map(|&(name, event)| (Place::of(sort, 0, event, Hash128::of([name.as_bytes()])), name)).collect();
        places.sort();
        places.into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn a_coarse_date_stands_behind_the_exact_days_of_its_period() {
        let newest = ["2024-12-31", "2024-06-01/05", "2024-06-02", "2024-05-31", "2024-05-01", "2024-05", "2024-01-01", "2024", "unknown"];
        assert_eq!(sorted(Sort::Newest), newest);
        let oldest = ["2024-01-01", "2024-05-01", "2024-05-31", "2024-05", "2024-06-01/05", "2024-06-02", "2024-12-31", "2024", "unknown"];
        assert_eq!(sorted(Sort::Oldest), oldest);
    }

    #[test]
    fn ties_of_score_go_to_the_newer_then_to_the_smaller_id() {
        let ids = {
            let mut ids = [Hash128::of([b"a".as_slice()]), Hash128::of([b"b".as_slice()])];
            ids.sort();
            ids
        };
        let place = |score, day: Option<&str>, id: usize| Place::of(Sort::Relevance, score, day.and_then(|day| event(day, day)), ids[id]);
        let expected =
            [place(9, None, 0), place(5, Some("2025-01-01"), 1), place(5, Some("2024-01-01"), 0), place(5, None, 0), place(5, None, 1)];
        assert!(expected.is_sorted());
    }
}
