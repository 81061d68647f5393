//! The lines of an article → the same without the list of other stories at its end.
//!
//! Careful rather than thorough: a kept list is a nuisance, a lost text is a loss. A list is cut
//! only where what follows its head looks like headlines (dated, doubled, without full stops), with
//! at most a teaser below each; text that goes on in paragraphs is never cut.

use super::boilerplate::{is_sidebar_head, tails};
use super::published;
use aho_corasick::{AhoCorasick, MatchKind};
use std::sync::LazyLock;

/// Heads that are examined; an article has one or two.
const MAX_HEADS: usize = 8;

/// Longest list that is recognised inside a line, in bytes.
const MAX_INLINE_BYTES: usize = 16 << 10;

/// Longest headline, in characters.
const MAX_HEADLINE_CHARS: usize = 220;

/// What stands below the head of a list.
#[derive(Clone, Copy, Debug, Default)]
struct Below {
    headlines: usize,
    paragraphs: usize,
    /// Most paragraphs in a row: a teaser stands alone, a text does not.
    longest_run: usize,
    /// Headlines with a date, and headlines that stand twice.
    proven: usize,
    bytes: usize,
}

/// Cuts the list of other stories, and says whether there was one.
pub fn cut(lines: &mut Vec<&str>) -> bool {
    cut_lines(lines) | cut_inline(lines)
}

fn cut_lines(lines: &mut Vec<&str>) -> bool {
    let heads: Vec<usize> = (0..lines.len()).filter(|&at| is_sidebar_head(lines[at])).take(MAX_HEADS).collect();
    let is_list = |&&at: &&usize| looks_like_a_list(lines[..at].iter().map(|line| line.len()).sum(), Below::of(&lines[at + 1..]));
    match heads.iter().find(is_list) {
        Some(&at) => {
            lines.truncate(at);
            true
        }
        None => false,
    }
}

impl Below {
    fn of(lines: &[&str]) -> Below {
        let (mut below, mut run) = (Below::default(), 0);
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| !is_sidebar_head(line)) {
            let headline = is_headline(line);
            let proven = is_dated(line) || (headline && at > 0 && lines[at - 1] == *line);
            below.bytes += line.len();
            if proven || headline {
                below.headlines += 1;
                below.proven += usize::from(proven);
                run = 0;
            } else {
                below.paragraphs += 1;
                run += 1;
                below.longest_run = below.longest_run.max(run);
            }
        }
        below
    }
}

fn looks_like_a_list(bytes_before: usize, below: Below) -> bool {
    let Below { headlines, paragraphs, longest_run, proven, bytes } = below;
    // Half of the headlines or more are dated or stand twice.
    let is_proven = proven > 0 && proven * 3 >= headlines;
    if bytes_before < 300 || bytes_before * 4 < bytes {
        // The head of a menu above the text, or of a list that is all there is.
        return is_proven && paragraphs == 0;
    }
    match paragraphs {
        0 => true,
        // Teasers: each below a headline of its own.
        _ if is_proven => longest_run <= 2 && paragraphs <= headlines,
        _ => longest_run <= 1 && paragraphs < headlines && bytes < bytes_before,
    }
}

/// Short, and no sentence.
fn is_headline(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '”', '’', ' ', ')']);
    let is_sentence = bare.ends_with(['.', ';', ':', ',']) && !bare.ends_with("...");
    !is_sentence && line.chars().count() <= MAX_HEADLINE_CHARS
}

/// A date of its own at either end: `Cà Mau họp (11/06/2019)`, `11/06/2019 Cà Mau họp`, `11/06/2019`.
fn is_dated(line: &str) -> bool {
    published::entry_day(line).is_some() || published::stamp(line).is_some() || line.get(..10).is_some_and(is_date)
}

/// `11/06/2019`, `11-06-2019`
fn is_date(text: &str) -> bool {
    text.bytes().enumerate().all(|(at, byte)| match at {
        2 | 5 => matches!(byte, b'/' | b'-' | b'.'),
        _ => byte.is_ascii_digit(),
    })
}

/// The heads inside lines, as they are written there, and the arrows before links.
static INLINE_HEADS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let capital = |words: &str| words.chars().take(1).flat_map(char::to_uppercase).chain(words.chars().skip(1)).collect::<String>();
    let heads = tails().iter().flat_map(|words| [words.to_uppercase(), capital(words)]);
    let labelled = ["Xem thêm:", "XEM THÊM:", "Đọc thêm:", "ĐỌC THÊM:"].map(str::to_owned);
    let arrows = [">>", "=>"].map(str::to_owned);
    let patterns: Vec<String> = heads.chain(labelled).chain(arrows).collect();
    AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns).expect("a few short patterns make an automaton")
});

/// Cuts a list that was run together with the end of the text in one line.
fn cut_inline(lines: &mut Vec<&str>) -> bool {
    let mut bytes = 0;
    let last_lines = lines.iter().rev().take_while(|line| {
        bytes += line.len();
        bytes <= MAX_INLINE_BYTES
    });
    let first = lines.len() - last_lines.count().max(1).min(lines.len());
    for at in first..lines.len() {
        let line = lines[at];
        let window = (line.len().saturating_sub(MAX_INLINE_BYTES)..=line.len()).find(|&start| line.is_char_boundary(start)).unwrap_or(0);
        for head in INLINE_HEADS.find_iter(&line[window..]).take(MAX_HEADS) {
            let (start, end) = (window + head.start(), window + head.end());
            if ends_a_sentence(&line[..start]) && is_run_of_headlines(&line[end..], &lines[at + 1..]) {
                let kept = line[..start].trim_end();
                lines.truncate(at);
                if !kept.is_empty() {
                    lines.push(kept);
                }
                return true;
            }
        }
    }
    false
}

/// Whether a sentence, a byline with its time, or nothing stands before.
fn ends_a_sentence(before: &str) -> bool {
    before.trim_end().chars().next_back().is_none_or(|letter| letter.is_ascii_digit() || ".!?…”\")|/:".contains(letter))
        && !before.is_empty()
}

/// Whether the rest of a text is headlines run together: no sentence ends in it, or every item is dated.
fn is_run_of_headlines(rest: &str, lines: &[&str]) -> bool {
    let mut pieces = std::iter::once(rest).chain(lines.iter().copied()).filter(|piece| !piece.trim().is_empty());
    let bytes: usize = pieces.clone().map(str::len).sum();
    let dated = pieces.clone().all(|piece| published::entry_day(piece).is_some());
    bytes > 0 && (dated || (bytes <= 3000 && pieces.all(|piece| !has_sentence(piece))))
}

/// Whether a full stop ends a word in small letters, at the end or before a capital.
fn has_sentence(text: &str) -> bool {
    text.match_indices('.').any(|(at, _)| {
        let ends_a_word = text[..at].chars().next_back().is_some_and(|letter| letter.is_lowercase() || "\"”)".contains(letter));
        let mut after = text[at + 1..].chars();
        let begins_another = match after.next() {
            None => true,
            Some(' ' | '"' | '”') => after.next().is_none_or(|letter| !letter.is_lowercase()),
            Some(_) => false,
        };
        ends_a_word && begins_another
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "Sáng 4/11, UBND tỉnh Cà Mau họp phiên thường kỳ để bàn về kế hoạch của năm tới, giao việc cho các sở và nghe báo cáo.";
    const TEASER: &str = "Chiều 5/11, Sở Y tế tỉnh Sóc Trăng tổ chức lớp tập huấn cho cán bộ của các trạm y tế xã trong toàn tỉnh.";

    fn left(lines: &[&'static str]) -> (usize, bool) {
        let mut lines = lines.to_vec();
        let was_cut = cut(&mut lines);
        (lines.len(), was_cut)
    }

    #[test]
    fn a_list_of_other_stories_is_cut_and_a_text_that_goes_on_is_not() {
        let dated = "Sóc Trăng trồng rừng (11/06/2019)";
        let cases: [(&str, &[&str], (usize, bool)); 11] = [
            ("headlines", &[TEXT, TEXT, TEXT, "Tin khác", "Sóc Trăng trồng rừng", "Bạc Liêu bắc cầu"], (3, true)),
            ("dated", &[TEXT, TEXT, TEXT, "TIN ĐÃ ĐƯA", dated, dated], (3, true)),
            ("two heads", &[TEXT, TEXT, TEXT, "Có thể bạn quan tâm", "Tin cùng chuyên mục", "Sóc Trăng trồng rừng"], (3, true)),
            (
                "doubled, with teasers",
                &[TEXT, TEXT, TEXT, "Tin cùng chuyên mục", "Lớp tập huấn", "Lớp tập huấn", TEASER, "Cầu mới", "Cầu mới", TEASER],
                (3, true),
            ),
            ("head alone", &[TEXT, TEXT, TEXT, "Tin liên quan"], (3, true)),
            ("the text goes on", &[TEXT, TEXT, TEXT, "Tin liên quan", "Sóc Trăng trồng rừng", TEXT, TEXT, TEXT], (8, false)),
            ("subheads in a text", &[TEXT, TEXT, TEXT, "Xem thêm", "Về y tế", TEXT, TEXT, "Về giáo dục", TEXT, TEXT], (10, false)),
            ("one headline and a text", &[TEXT, TEXT, TEXT, "Xem thêm", "Sóc Trăng trồng rừng", TEXT], (6, false)),
            ("menu above the text", &["Tin nổi bật", "Cà Mau họp", TEXT, TEXT], (4, false)),
            ("list below very little", &["Xem tệp", "TIN ĐÃ ĐƯA", dated, dated], (1, true)),
            (
                "undated list below very little",
                &["Xem tệp", "Tin khác", "Danh sách trúng tuyển", "Trần Văn Mẫu", "Lê Thị Ví Dụ"],
                (5, false),
            ),
        ];
        for (name, lines, expected) in cases {
            assert_eq!(left(lines), expected, "{name}");
        }
    }

    #[test]
    fn a_list_run_together_with_the_text_is_cut_inside_the_line() {
        let cases = [
            ("dated", "Họp xong. TIN ĐÃ ĐƯA Sóc Trăng trồng rừng (11/06/2019) Bạc Liêu bắc cầu (12/06/2019)", "Họp xong."),
            (
                "after a byline with time",
                "Họp xong. Mẫu | 10:45 06/02/2017 Tin liên quan Sóc Trăng trồng rừng Bạc Liêu bắc cầu",
                "Họp xong. Mẫu | 10:45 06/02/2017",
            ),
            ("arrows", "Họp xong. >> Sóc Trăng trồng rừng >> Bạc Liêu bắc cầu Lê Ví Dụ", "Họp xong."),
        ];
        for (name, line, kept) in cases {
            let mut lines = vec![TEXT, line];
            assert!(cut(&mut lines), "{name}");
            assert_eq!(lines, [TEXT, kept], "{name}");
        }
        for text in [
            "Như tin đã đưa, sáng 4/11 tỉnh họp.",
            "Các thông tin liên quan được công khai.",
            "Tin liên quan đến vụ việc được công bố. Công an đã vào cuộc.",
            "Ông nói rõ. Tin liên quan được gửi đi. Ngày mai họp tiếp.",
            "Nhiệt độ > 30. >> Hôm sau trời mưa. Người dân ra đồng.",
        ] {
            assert_eq!(left(&[TEXT, text.to_owned().leak()]), (2, false), "{text}");
        }
    }

    #[test]
    fn hostile_lines_take_no_time() {
        let heads = vec!["Tin liên quan"; 200_000];
        let mut lines = heads.clone();
        cut(&mut lines);
        let long = ">> a. ".repeat(500_000);
        assert!(!cut(&mut vec![long.as_str()]));
        cut(&mut Vec::new());
    }
}
