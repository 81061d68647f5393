//! A line of a page → whether it belongs to the page rather than to the article.
//!
//! Judges one line by itself: counters, share bars, rating widgets, file names of pictures. Lists
//! of other stories need their surroundings and are the business of [`super::sidebar`]. A caption
//! that is a sentence is text and stays.

use crate::text::{canonical_phrase, parts};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Lines longer than this (in bytes) are text; no pattern is as long.
const MAX_LINE_BYTES: usize = 300;

/// Longest line that is compared as a whole, in bytes.
const MAX_PATTERN_BYTES: usize = 100;

/// Longest root of a breadcrumb, in bytes: two words and what stands around them.
const MAX_ROOT_BYTES: usize = 30;

/// Most words of a pattern.
const MAX_PATTERN_WORDS: usize = 12;

/// What the words of a pattern are, as `lines.tsv` explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole line of the frame.
    Exact,
    /// Words before a number.
    Counter,
    /// Words before a colon and anything.
    Label,
    /// Capitals at the head of a widget.
    Widget,
    /// The head of a list of other stories.
    Sidebar,
    /// The same, told inside a line too.
    Tail,
    /// The beginning of a publisher's name.
    Publisher,
}

struct Patterns {
    kinds: HashMap<String, Vec<Kind>>,
    tails: Vec<&'static str>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let mut patterns = Patterns { kinds: HashMap::new(), tails: Vec::new() };
    for (kind, words) in include_str!("lines.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')) {
        let kind = match kind {
            "exact" => Kind::Exact,
            "counter" => Kind::Counter,
            "label" => Kind::Label,
            "widget" => Kind::Widget,
            "sidebar" => Kind::Sidebar,
            "tail" => Kind::Tail,
            "publisher" => Kind::Publisher,
            other => unreachable!("lines.tsv is part of the program and has no kind {other}"),
        };
        if kind == Kind::Tail {
            patterns.tails.push(words);
        }
        patterns.kinds.entry(canonical_phrase(words)).or_default().push(kind);
    }
    patterns
});

/// The heads of lists that are told inside a line too, in lower case.
pub fn tails() -> &'static [&'static str] {
    &PATTERNS.tails
}

/// Whether a phrase (canonical) is a pattern of this kind.
fn is(kind: Kind, key: &str) -> bool {
    PATTERNS.kinds.get(key).is_some_and(|kinds| kinds.contains(&kind))
}

/// Whether a phrase (canonical) begins with a pattern of this kind; what follows it.
pub fn begins(kind: Kind, key: &str) -> Option<&str> {
    let ends = key.match_indices(' ').map(|(at, _)| at).chain([key.len()]).take(MAX_PATTERN_WORDS);
    ends.filter(|&end| is(kind, &key[..end])).last().map(|end| key[end..].trim_start())
}

/// Whether a line is the head of a list of other stories.
pub fn is_sidebar_head(line: &str) -> bool {
    line.len() <= 80 && {
        let key = canonical_phrase(line);
        is(Kind::Sidebar, &key) || is(Kind::Tail, &key)
    }
}

/// Whether a line belongs to the page around the article.
pub fn is_frame(line: &str) -> bool {
    if line.len() > MAX_LINE_BYTES {
        return false;
    }
    if is_picture(line) || is_figure(line) || is_link(line) || is_breadcrumb(line) {
        return true;
    }
    if line.len() > MAX_PATTERN_BYTES {
        return line.split_once(':').is_some_and(|(label, _)| is_label(label));
    }
    let key = canonical_phrase(line);
    let is_number = |text: &str| parts(text).all(|part| text[part].bytes().all(|byte| byte.is_ascii_digit()));
    // A bullet before a lone number is a rating; a lone number may be a cell of a table.
    if key.is_empty() || (is_number(&key) && line.starts_with(|letter: char| !letter.is_alphanumeric() && !"(+-".contains(letter))) {
        return true;
    }
    is(Kind::Exact, &key)
        || begins(Kind::Counter, &key).is_some_and(is_number)
        || line.split_once(':').is_some_and(|(label, _)| is_label(label))
        || (begins(Kind::Widget, &key).is_some() && line == line.to_uppercase() && line.split(' ').count() <= 10)
}

fn is_label(text: &str) -> bool {
    text.len() < 60 && is(Kind::Label, &canonical_phrase(text))
}

/// A picture's file name, which crawlers keep for want of a caption: `1-3345.jpg`.
fn is_picture(line: &str) -> bool {
    const ENDINGS: [&str; 8] = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".jfif", ".svg"];
    let ends_with = |ending: &&str| {
        line.len().checked_sub(ending.len()).is_some_and(|at| line.as_bytes()[at..].eq_ignore_ascii_case(ending.as_bytes()))
    };
    ENDINGS.iter().any(ends_with) && !line.contains(". ") && line.split(' ').count() <= 12
}

/// A title that the page repeats below a picture: `… - Ảnh 1.`
fn is_figure(line: &str) -> bool {
    let line = line.trim_end_matches(['.', ' ']);
    let stem = line.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let before =
        (stem.len() < line.len()).then(|| stem.trim_end()).and_then(|stem| stem.strip_suffix("Ảnh").or_else(|| stem.strip_suffix("ảnh")));
    before.is_some_and(|before| before.trim_end().ends_with(['-', '–', '—']) || before.is_empty())
}

/// A line that is a link to another story: `>> Cà Mau họp`, `Xem thêm: Cà Mau họp`.
fn is_link(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '”', ' ']);
    if bare.ends_with(['.', ';']) && !bare.ends_with("...") {
        return false;
    }
    let arrow = [">>", "> >", "=>", "»", "►", "▶"].iter().any(|arrow| line.starts_with(arrow));
    let label = line.split_once([':', '>']).is_some_and(|(label, link)| !link.trim().is_empty() && is_sidebar_head(label));
    arrow || label
}

/// `Trang chủ > Tin tức > Kinh tế`
fn is_breadcrumb(line: &str) -> bool {
    line.split_once(['>', '»', '›', '/']).is_some_and(|(root, _)| root.len() <= MAX_ROOT_BYTES && canonical_phrase(root) == "trang chủ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_page_are_told_from_lines_of_the_text() {
        let frame = [
            "Lượt xem: 54",
            "Lượt xem : 1.234",
            "Từ khóa :",
            "• Từ khoá: cà mau, họp",
            "Đánh giá - Nhận xét",
            "• 0",
            "fb yt zl tw",
            "image",
            "BẢN ĐỒ TỈNH CÀ MAU",
            "1-3345.jpg",
            "anh tin bai",
            "Cà Mau họp bàn kế hoạch - Ảnh 1.",
            "Cà Mau họp– Ảnh 12",
            "Xem chi tiết Tại đây",
            ">> Cà Mau họp bàn",
            "Xem thêm: Cà Mau họp bàn",
            "Đọc thêm > > > Cà Mau họp",
            "Trang chủ > Tin tức",
            "***",
            "|",
        ];
        for line in frame {
            assert!(is_frame(line), "{line}");
        }
        let text = [
            "Ông A phát biểu tại hội nghị.",
            "12",
            "1.234",
            "(5)",
            "- 7",
            "Đánh giá kết quả năm 2024",
            "Bản đồ tỉnh Cà Mau được công bố",
            "Ảnh hưởng của bão số 3",
            "Lượt xem tăng 54 lần so với năm trước",
            "Tệp a.jpg được gửi kèm. Xem b.jpg",
            "Ảnh: Trần Văn Mẫu",
            "Xem thêm: bà Mẫu nói rằng việc này phải làm ngay.",
            "In bài thơ đầu tay",
        ];
        for line in text {
            assert!(!is_frame(line), "{line}");
        }
    }

    #[test]
    fn heads_of_lists_are_known_however_they_are_typed() {
        for head in ["TIN ĐÃ ĐƯA", "Tin cùng chuyên mục:", "Có thể bạn quan tâm", "» Các tin khác", "Tin Liên Quan"] {
            assert!(is_sidebar_head(head), "{head}");
        }
        for text in ["Như tin đã đưa", "Các tin khác nhau", "Có thể bạn quan tâm đến giá đất"] {
            assert!(!is_sidebar_head(text), "{text}");
        }
    }
}
