//! The passages of an article that show why it matches.
//!
//! Input → output: a text and the matches in it → the best windows by how many of the words they hold, then by how often,
//! grown to sentences or words, within a number of characters. Without a match: the beginning of the text.

use super::highlight::{Match, spans};
use super::response::Snippet;
use crate::index::Part;
use std::ops::Range;

/// Marks that end a sentence when a space or the end of the line follows.
const SENTENCE_ENDS: [char; 5] = ['.', '!', '?', '…', ';'];

/// The best passages of a body, the best first.
pub(super) fn passages(body: &str, matches: &[Match], max_chars: usize, max_snippets: usize) -> Vec<Snippet> {
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut shown = std::collections::HashSet::new();
    while taken.len() < max_snippets {
        let free: Vec<&Match> =
            matches.iter().filter(|one| taken.iter().all(|span| one.end <= span.start || span.end <= one.start)).collect();
        let Some(core) = best_window(body, &free, max_chars, &shown) else { break };
        let span = grown(body, core, max_chars, &taken);
        shown.extend(matches.iter().filter(|one| span.start <= one.start && one.end <= span.end).map(|one| one.word));
        taken.push(span);
    }
    if taken.is_empty() && max_snippets > 0 {
        taken.push(grown(body, 0..0, max_chars, &[]));
    }
    taken.retain(|span| !span.is_empty());
    taken.into_iter().map(|span| snippet(body, matches, span)).collect()
}

fn snippet(body: &str, matches: &[Match], span: Range<usize>) -> Snippet {
    let highlights = spans(matches, span.clone());
    Snippet { field: Part::Body.name().to_owned(), start: span.start, end: span.end, text: body[span].to_owned(), highlights }
}

/// The window of neighbouring matches of one paragraph that holds most words not shown yet, most words, most matches.
fn best_window(body: &str, matches: &[&Match], max_chars: usize, shown: &std::collections::HashSet<usize>) -> Option<Range<usize>> {
    let mut best: Option<((usize, usize, usize), Range<usize>)> = None;
    for (at, first) in matches.iter().enumerate() {
        let mut words: Vec<usize> = Vec::new();
        let (mut end, mut chars, mut counted) = (first.end, 0, first.start);
        let mut count = 0;
        for next in &matches[at..] {
            // Counted on from where the last match ended, so that each letter is looked at once.
            if next.end > counted {
                let gap = &body[counted..next.end];
                chars += gap.chars().count();
                counted = next.end;
                if count > 0 && (chars > max_chars || body[end.min(next.start)..next.start].contains('\n')) {
                    break;
                }
            }
            end = end.max(next.end);
            count += 1;
            if !words.contains(&next.word) {
                words.push(next.word);
            }
        }
        let unseen = words.iter().filter(|word| !shown.contains(word)).count();
        let value = (unseen, words.len(), count);
        if best.as_ref().is_none_or(|(most, _)| value > *most) {
            best = Some((value, first.start..end));
        }
    }
    best.map(|(_, window)| window)
}

/// A window grown to whole sentences where they fit, else to whole words; never over a line end or into another one.
fn grown(body: &str, core: Range<usize>, max_chars: usize, taken: &[Range<usize>]) -> Range<usize> {
    let core_chars = body[core.clone()].chars().count();
    if core_chars >= max_chars {
        let end = body[core.start..].char_indices().nth(max_chars).map_or(body.len(), |(at, _)| core.start + at);
        return core.start..end.min(core.end);
    }
    let floor = taken.iter().map(|span| span.end).filter(|&end| end <= core.start).max().unwrap_or(0);
    let ceiling = taken.iter().map(|span| span.start).filter(|&start| start >= core.end).min().unwrap_or(body.len());
    let left = max_chars - core_chars;
    // What stands before a match is read first, what stands after it says more.
    let start = grown_back(body, floor..core.start, left / 2);
    let left = left - body[start..core.start].chars().count();
    let end = grown_forward(body, core.end..ceiling, left);
    trimmed(body, start..end)
}

/// Back to the beginning of the sentence, else to the first word that fits.
fn grown_back(body: &str, room: Range<usize>, max_chars: usize) -> usize {
    let mut word_start = room.end;
    let mut after = '\0';
    for (at, letter) in body[room.clone()].char_indices().rev().take(max_chars + 1) {
        let next = room.start + at + letter.len_utf8();
        let ends_sentence = SENTENCE_ENDS.contains(&letter) && after.is_whitespace();
        if letter == '\n' || ends_sentence {
            return next;
        }
        if letter.is_whitespace() {
            word_start = next;
        }
        after = letter;
    }
    let whole = body[room.clone()].chars().rev().take(max_chars + 1).count() <= max_chars;
    if whole && room.start == 0 { 0 } else { word_start }
}

/// On to the last end of a sentence that fits, else to the last word.
fn grown_forward(body: &str, room: Range<usize>, max_chars: usize) -> usize {
    let (mut word_end, mut sentence_end) = (room.start, None);
    let mut before = '\0';
    let mut end_of_room = true;
    for (chars, (at, letter)) in body[room.clone()].char_indices().enumerate() {
        let here = room.start + at;
        if letter == '\n' {
            return here;
        }
        if letter.is_whitespace() {
            word_end = here;
            if SENTENCE_ENDS.contains(&before) {
                sentence_end = Some(here);
            }
        }
        if chars == max_chars {
            end_of_room = letter.is_whitespace();
            break;
        }
        before = letter;
    }
    let fits = body[room.clone()].chars().take(max_chars + 1).count() <= max_chars;
    match sentence_end {
        _ if fits && end_of_room && room.end == body.len() => room.end,
        Some(end) => end,
        None => word_end,
    }
}

fn trimmed(body: &str, span: Range<usize>) -> Range<usize> {
    let text = &body[span.clone()];
    let start = span.start + (text.len() - text.trim_start().len());
    start..(start + text.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(body: &str, words: &[&str]) -> Vec<Match> {
        let of = |(word, text): (usize, &&str)| -> Vec<Match> {
            body.match_indices(*text).map(|(start, found)| Match { start, end: start + found.len(), word }).collect()
        };
        let mut found: Vec<Match> = words.iter().enumerate().flat_map(of).collect();
        found.sort();
        found
    }

    const BODY: &str = "Sáng 12/5, tỉnh họp bàn. Lãnh đạo tỉnh nghe báo cáo về chuyển đổi số của các sở.\n\
        Đoạn khác không có gì đáng nói ở đây cả. Công tác phí được nêu riêng.\n\
        Hội nghị kết luận: chuyển đổi số và ngân sách đi cùng nhau; ngân sách phải đủ. Hết.";

    #[test]
    fn the_passage_with_most_words_comes_first_and_is_cut_at_sentences() {
        let found = passages(BODY, &matches(BODY, &["chuyển đổi số", "ngân sách"]), 90, 2);
        assert_eq!(found[0].text, "Hội nghị kết luận: chuyển đổi số và ngân sách đi cùng nhau; ngân sách phải đủ. Hết.");
        assert_eq!(found[1].text, "Lãnh đạo tỉnh nghe báo cáo về chuyển đổi số của các sở.");
        let marked =
            |snippet: &Snippet| snippet.highlights.iter().map(|&(start, end)| snippet.text[start..end].to_owned()).collect::<Vec<_>>();
        assert_eq!(marked(&found[0]), ["chuyển đổi số", "ngân sách", "ngân sách"]);
        assert_eq!(marked(&found[1]), ["chuyển đổi số"]);
    }

    #[test]
    fn a_long_sentence_is_cut_at_words() {
        let body = "một hai ba bốn năm sáu bảy tám chín mười ".repeat(20);
        let found = passages(&body, &matches(&body, &["sáu bảy"]), 30, 3);
        assert_eq!(found.len(), 3);
        for snippet in &found {
            assert!(snippet.text.chars().count() <= 30 && snippet.text.contains("sáu bảy"), "{:?}", snippet.text);
            assert!(body[..snippet.start].is_empty() || body[..snippet.start].ends_with(' '));
            assert!(body[snippet.end..].starts_with(' '));
        }
    }

    #[test]
    fn without_a_match_the_lead_is_shown() {
        let found = passages(BODY, &[], 200, 2);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].text, "Sáng 12/5, tỉnh họp bàn. Lãnh đạo tỉnh nghe báo cáo về chuyển đổi số của các sở.");
        assert_eq!(passages("", &[], 200, 2), []);
        assert_eq!(passages(BODY, &[], 200, 0), []);
        assert_eq!(passages(BODY, &[], 30, 1)[0].text, "Sáng 12/5, tỉnh họp bàn.");
    }

    #[test]
    fn spans_are_those_of_the_body_on_any_text() {
        let bodies =
            [BODY.to_owned(), "ế".repeat(500), "a\n\n\nb".to_owned(), format!("{}chuyển đổi số", "ơ".repeat(300)), "số".to_owned()];
        for body in &bodies {
            for max_chars in [0, 1, 5, 40, 240] {
                for snippet in passages(body, &matches(body, &["chuyển đổi số", "ế", "số"]), max_chars, 3) {
                    assert_eq!(&body[snippet.start..snippet.end], snippet.text);
                    assert!(snippet.text.chars().count() <= max_chars && !snippet.text.contains('\n'));
                    assert!(snippet.highlights.iter().all(|&(start, end)| start < end && snippet.text.get(start..end).is_some()));
                }
            }
        }
    }
}
