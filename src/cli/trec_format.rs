//! Hits as lines of a TREC run: query, `Q0`, document, rank, score, name of the run, by spaces.

use crate::search::Hit;

/// The name of the run.
const TAG: &str = "tracuu";

/// A hit; the document is the article's key.
pub(super) fn line(query: &str, hit: &Hit) -> String {
    ranked(query, &hit.article.key, hit.rank, hit.score)
}

/// A document at a rank.
pub(super) fn ranked(query: &str, document: &str, rank: u64, score: f64) -> String {
    format!("{} Q0 {} {rank} {score} {TAG}", field(query), field(document))
}

/// A text that stays one field: what other programs may split at is `_`.
fn field(text: &str) -> String {
    text.chars().map(|letter| if letter.is_whitespace() || letter.is_control() { '_' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stay_apart_whatever_stands_in_them() {
        let cases = [
            (("q1", "tin/001.txt"), "q1 Q0 tin/001.txt 3 2.5 tracuu"),
            (("câu hỏi", "tin tức\u{a0}mới\t\u{1f}.txt"), "câu_hỏi Q0 tin_tức_mới__.txt 3 2.5 tracuu"),
        ];
        for ((query, document), expected) in cases {
            assert_eq!(ranked(query, document, 3, 2.5), expected);
        }
    }
}
