//! The passages of an article that show why it matches.
//!
//! Input → output: a text and the matches in it → the best windows ([`super::window`]), grown to sentences or words within a
//! number of characters. No passage overlaps another one, and none ends within a match. Without a match: the beginning of the
//! text. Where no white space is near, a passage ends between two graphemes.

use super::highlight::{Match, spans};
use super::response::Snippet;
use super::window::Windows;
use crate::analysis::is_abbreviated;
use crate::index::Part;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Marks that end a sentence when a space or the end of the line follows.
const SENTENCE_ENDS: [char; 5] = ['.', '!', '?', '…', ';'];

/// What may stand between such a mark and the space.
const CLOSING: [char; 4] = ['"', '”', '»', ')'];

/// A word that is longer than this, and does not fit, is cut.
const LONG_WORD_CHARS: usize = 40;

/// So many of the matches before a passage are asked whether they end in it.
const MATCHES_BEFORE: usize = 64;

/// A grapheme that is longer than this is no letter that anybody reads, and may be cut.
const MAX_GRAPHEME_BYTES: usize = 256;

/// The best passages of a body, the best first; `weights` says how much of the query each word is.
pub(super) fn passages(body: &str, matches: &[Match], weights: &[u32], max_chars: usize, max_snippets: usize) -> Vec<Snippet> {
    let windows = Windows::of(body, matches, weights, max_chars);
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut shown = vec![false; weights.len()];
    while taken.len() < max_snippets {
        let Some(window) = windows.best(&taken, &shown) else { break };
        let span = grown(body, window.span, max_chars, &taken, matches);
        if span.is_empty() {
            break;
        }
        matches.iter().filter(|one| span.start <= one.start && one.end <= span.end).for_each(|one| shown[one.word] = true);
        taken.push(span);
    }
    if taken.is_empty() && max_snippets > 0 {
        taken.push(grown(body, 0..0, max_chars, &[], &[]));
    }
    taken.retain(|span| !span.is_empty());
    taken.into_iter().map(|span| snippet(body, matches, span)).collect()
}

fn snippet(body: &str, matches: &[Match], span: Range<usize>) -> Snippet {
    let highlights = spans(matches, span.clone());
    Snippet { field: Part::Body.name().to_owned(), start: span.start, end: span.end, text: body[span].to_owned(), highlights }
}

/// A window grown to whole sentences where they fit, else to whole words; never over a line end or into another passage.
fn grown(body: &str, core: Range<usize>, max_chars: usize, taken: &[Range<usize>], matches: &[Match]) -> Range<usize> {
    let core_chars = body[core.clone()].chars().take(max_chars.saturating_add(1)).count();
    if core_chars > max_chars {
        return trimmed(body, core.start..cut(body, core, max_chars));
    }
    let floor = taken.iter().map(|span| span.end).filter(|&end| end <= core.start).max().unwrap_or(0);
    let ceiling = taken.iter().map(|span| span.start).filter(|&start| start >= core.end).min().unwrap_or(body.len());
    let left = max_chars - core_chars;
    let chars = |span: Range<usize>| body[span].chars().count();
    // What stands before a match is read first, what stands after it says more; what one side does not need, the other may have.
    let start = grown_back(body, floor..core.start, left / 2);
    let end = grown_forward(body, core.end..ceiling, left - chars(start..core.start));
    let start = grown_back(body, floor..core.start, left - chars(core.end..end)).min(start);
    trimmed(body, without_parts_of_matches(start..end, &core, matches))
}

/// Back to the beginning of the sentence, else to the first word that fits.
fn grown_back(body: &str, room: Range<usize>, max_chars: usize) -> usize {
    let mut word_start = None;
    for (chars, (at, letter)) in body[room.clone()].char_indices().rev().enumerate() {
        let next = room.start + at + letter.len_utf8();
        if letter == '\n' {
            return next;
        }
        if letter.is_whitespace() {
            if ends_sentence(body, next - letter.len_utf8()) {
                return next;
            }
            word_start = Some(next);
        }
        if chars == max_chars {
            return word_start
                .unwrap_or_else(|| if chars < LONG_WORD_CHARS { room.end } else { grapheme_at(body, next).end.min(room.end) });
        }
    }
    room.start
}

/// On to the last end of a sentence that fits, else to the last word.
fn grown_forward(body: &str, room: Range<usize>, max_chars: usize) -> usize {
    let (mut word_end, mut sentence_end) = (None, None);
    for (chars, (at, letter)) in body[room.clone()].char_indices().enumerate() {
        let here = room.start + at;
        if letter == '\n' {
            return here;
        }
        if letter.is_whitespace() {
            word_end = Some(here);
            if ends_sentence(body, here) {
                sentence_end = Some(here);
            }
        }
        if chars == max_chars {
            let in_word = || if chars < LONG_WORD_CHARS { room.start } else { grapheme_at(body, here).start.max(room.start) };
            return sentence_end.or(word_end).unwrap_or_else(in_word);
        }
    }
    room.end
}

/// Whether a sentence ends before a space.
pub(super) fn ends_sentence(body: &str, space: usize) -> bool {
    let before = &body[..space];
    let before = before.strip_suffix(CLOSING).unwrap_or(before);
    match before.chars().next_back() {
        Some('.') => !is_abbreviated(before, before.len() - 1),
        last => last.is_some_and(|letter| SENTENCE_ENDS.contains(&letter)),
    }
}

/// Where a span that is too long is cut: after a word, else between two graphemes.
fn cut(body: &str, span: Range<usize>, max_chars: usize) -> usize {
    let room = &body[span.clone()];
    let end = room.char_indices().nth(max_chars).map_or(room.len(), |(at, _)| at);
    if room[end..].starts_with(char::is_whitespace) {
        return span.start + end;
    }
    room[..end]
        .rfind(char::is_whitespace)
        .map_or_else(|| grapheme_at(body, span.start + end).start.max(span.start), |space| span.start + space)
}

/// A span that ends within no match beside its core: what could only be shown in part is left out.
fn without_parts_of_matches(span: Range<usize>, core: &Range<usize>, matches: &[Match]) -> Range<usize> {
    let Range { mut start, mut end } = span;
    let first_behind = matches.partition_point(|one| one.start < end);
    for one in matches[..first_behind].iter().rev().take_while(|one| one.start >= core.end) {
        if one.end > end {
            end = one.start;
        }
    }
    let first_inside = matches.partition_point(|one| one.start < start);
    for one in matches[first_inside.saturating_sub(MATCHES_BEFORE)..].iter().take_while(|one| one.end <= core.start) {
        if one.start < start && one.end > start {
            start = one.end;
        }
    }
    start..end
}

/// Without white space at its ends, and with whole graphemes there.
fn trimmed(body: &str, span: Range<usize>) -> Range<usize> {
    let text = &body[span.clone()];
    let start = span.start + (text.len() - text.trim_start().len());
    let end = start + text.trim().len();
    if start == end {
        return start..end;
    }
    let last = grapheme_at(body, end);
    grapheme_at(body, start).start..if last.start < end { last.end } else { end }
}

/// The grapheme that a place lies in or before.
fn grapheme_at(body: &str, at: usize) -> Range<usize> {
    let (before, after) = (body[..at].chars().next_back(), body[at..].chars().next());
    match (before, after) {
        (None, _) | (_, None) => return at..at,
        (_, Some(after)) if after.is_whitespace() => return at..at,
        (Some(before), Some(after)) if before.is_ascii() && after.is_ascii() => return at..at,
        _ => {}
    }
    let from = body.floor_char_boundary(at.saturating_sub(MAX_GRAPHEME_BYTES));
    let near = &body[from..body.ceil_char_boundary(at.saturating_add(MAX_GRAPHEME_BYTES).min(body.len()))];
    let mut spans = near.grapheme_indices(true).map(|(start, grapheme)| from + start..from + start + grapheme.len());
    spans.find(|span| at < span.end).filter(|span| span.start < at).unwrap_or(at..at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn matches(body: &str, words: &[&str]) -> Vec<Match> {
        let of = |(word, text): (usize, &&str)| -> Vec<Match> {
            body.match_indices(*text).map(|(start, found)| Match { start, end: start + found.len(), word }).collect()
        };
        let mut found: Vec<Match> = words.iter().enumerate().flat_map(of).collect();
        found.sort_by_key(|one| (one.start, std::cmp::Reverse(one.end), one.word));
        found
    }

    fn passages_of(body: &str, words: &[&str], max_chars: usize, max_snippets: usize) -> Vec<Snippet> {
        let weights: Vec<u32> = words.iter().map(|word| word.split(' ').count() as u32).collect();
        passages(body, &matches(body, words), &weights, max_chars, max_snippets)
    }

    const BODY: &str = "Sáng 12/5, tỉnh họp bàn. Lãnh đạo tỉnh nghe báo cáo về chuyển đổi số của các sở.\n\
        Đoạn khác không có gì đáng nói ở đây cả. Công tác phí được nêu riêng.\n\
        Hội nghị kết luận: chuyển đổi số và ngân sách đi cùng nhau; ngân sách phải đủ. Hết.";

    #[test]
    fn the_passage_with_most_words_comes_first_and_is_cut_at_sentences() {
        let found = passages_of(BODY, &["chuyển đổi số", "ngân sách"], 90, 2);
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
        let found = passages_of(&body, &["sáu bảy"], 30, 3);
        assert_eq!(found.len(), 3);
        for snippet in &found {
            assert!(snippet.text.chars().count() <= 30 && snippet.text.contains("sáu bảy"), "{:?}", snippet.text);
            assert!(body[..snippet.start].is_empty() || body[..snippet.start].ends_with(' '));
            assert!(body[snippet.end..].starts_with(' '));
        }
    }

    #[test]
    fn without_a_match_the_lead_is_shown() {
        let found = passages_of(BODY, &[], 200, 2);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].text, "Sáng 12/5, tỉnh họp bàn. Lãnh đạo tỉnh nghe báo cáo về chuyển đổi số của các sở.");
        assert_eq!(passages_of("", &[], 200, 2), []);
        assert_eq!(passages_of(BODY, &[], 200, 0), []);
        assert_eq!(passages_of(BODY, &[], 30, 1)[0].text, "Sáng 12/5, tỉnh họp bàn.");
    }

    #[test]
    fn spans_are_those_of_the_body_on_any_text() {
        let bodies =
            [BODY.to_owned(), "ế".repeat(500), "a\n\n\nb".to_owned(), format!("{}chuyển đổi số", "ơ".repeat(300)), "số".to_owned()];
        for body in &bodies {
            for max_chars in [0, 1, 5, 40, 240] {
                for snippet in passages_of(body, &["chuyển đổi số", "ế", "số"], max_chars, 3) {
                    assert_eq!(&body[snippet.start..snippet.end], snippet.text);
                    assert!(snippet.text.chars().count() <= max_chars && !snippet.text.contains('\n'));
                    assert!(snippet.highlights.iter().all(|&(start, end)| start < end && snippet.text.get(start..end).is_some()));
                }
            }
        }
    }

    /// The first passages, with `[…]` around what is marked.
    fn first(body: &str, words: &[&str], max_chars: usize) -> String {
        let Some(snippet) = passages_of(body, words, max_chars, 1).into_iter().next() else { return String::new() };
        let mut marked = snippet.text.clone();
        for &(start, end) in snippet.highlights.iter().rev() {
            marked.insert(end, ']');
            marked.insert(start, '[');
        }
        marked
    }

    #[test]
    fn the_best_passage_is_shown_as_a_whole() {
        let far = "Đất thì rộng mà người thì thưa, nên việc ấy còn phải chờ đến lúc bàn về thuế. Nay xét đất, thuế cùng lúc.";
        for (name, body, words, max_chars, expected) in [
            ("nearer together", far, &["ất", "thuế"][..], 120, "Nay xét đ[ất], [thuế] cùng lúc."),
            (
                "more of the query, though fewer words",
                "Của ai thì của người ấy, ở đâu cũng vậy.
Tỉnh lo chuyển đổi số.",
                &["chuyển đổi số", "ở", "của"],
                60,
                "Tỉnh lo [chuyển đổi số].",
            ),
            ("a short form ends no sentence", "Hôm qua TP. Huế họp. Mai nghỉ.", &["họp"], 60, "Hôm qua TP. Huế [họp]. Mai nghỉ."),
            ("a quotation ends", "Ông nói: “Được.” Rồi họp ngay.", &["họp"], 60, "Rồi [họp] ngay."),
            (
                "what stands before, where nothing stands behind",
                "một hai ba bốn năm sáu bảy tám chín mười họp",
                &["họp"],
                36,
                "ba bốn năm sáu bảy tám chín mười [họp]",
            ),
            ("no half of a match", "họp bàn về thu hồi đất đai", &["họp bàn về", "thu hồi đất"], 18, "[họp bàn về]"),
            ("a match that is too long ends at a word", "xin nói thu hồi đất đai", &["thu hồi đất đai"], 12, "[thu hồi đất]"),
            ("without a space near", &"x".repeat(200), &[], 50, &"x".repeat(50)),
            ("whole graphemes", &"e\u{323}\u{310}".repeat(100), &[], 100, &"e\u{323}\u{310}".repeat(33)),
        ] {
            assert_eq!(first(body, words, max_chars), expected, "{name}");
        }
    }

    #[test]
    fn passages_do_not_overlap_where_matches_stand_on_both_sides() {
        let body = "họp x thuế thuế thuế x họp ".repeat(8);
        let found = passages_of(&body, &["họp", "thuế"], 40, 5);
        assert_eq!(found.len(), 5);
        let mut spans: Vec<(usize, usize)> = found.iter().map(|snippet| (snippet.start, snippet.end)).collect();
        spans.sort_unstable();
        assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{spans:?}");
    }

    /// Whether no word goes on at a place.
    fn is_border(body: &str, at: usize) -> bool {
        body[..at].chars().next_back().is_none_or(char::is_whitespace) || body[at..].chars().next().is_none_or(char::is_whitespace)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn passages_are_whole_apart_and_short_enough(
            pieces in proptest::collection::vec("( |  |\n|đất |thuế|họp|TP\\. |x{1,9} |e\u{323}\u{310}|👩‍👩‍👧|ận? |Được\\. |“Vâng\\.” )", 0..60),
            max_chars in 1_usize..90,
        ) {
            let body = pieces.concat();
            let words = ["đất", "thuế", "họp", "đất thuế"];
            let all = matches(&body, &words);
            let found = passages_of(&body, &words, max_chars, 4);
            let mut spans: Vec<(usize, usize)> = found.iter().map(|snippet| (snippet.start, snippet.end)).collect();
            spans.sort_unstable();
            prop_assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0));
            let borders: Vec<usize> = body.grapheme_indices(true).map(|(at, _)| at).chain([body.len()]).collect();
            for snippet in &found {
                prop_assert_eq!(&body[snippet.start..snippet.end], &snippet.text);
                let chars = snippet.text.chars().count();
                prop_assert!(chars <= max_chars + 5, "a grapheme too long at either end");
                prop_assert!(borders.contains(&snippet.start) && borders.contains(&snippet.end), "{:?}", snippet);
                let shown = |one: &&Match| snippet.start < one.end && one.start < snippet.end;
                let cut = all.iter().filter(shown).any(|one| one.start < snippet.start || one.end > snippet.end);
                prop_assert!(!cut || all.iter().any(|one| body[one.start..one.end].chars().count() >= max_chars), "{:?}", snippet);
            }
            let is_spaced = |one: &Match| is_border(&body, one.start) && is_border(&body, one.end);
            if let Some(best) = found.first() && all.iter().all(is_spaced) && body.split_whitespace().all(|word| word.chars().count() < max_chars / 4) {
                prop_assert!(is_border(&body, best.start) && is_border(&body, best.end), "{:?}", best);
            }
        }
    }
}
