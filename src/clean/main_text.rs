//! The blocks of a page → those of its article.
//!
//! Two opinions are joined: a readability score over the tree of the page, which knows containers
//! but keeps widgets where the article is short; and the run of blocks with most text in it, which
//! knows text but no containers. Where the first finds no text to speak of, the second decides.

use super::blocks::{Block, Mark, blocks};
use super::boilerplate::is_frame;
use super::published::is_clock;
use super::shallow::shallow;
use crate::text::canonical_phrase;
use dom_smoothie::{Config, Readability};
use std::collections::HashMap;
use std::ops::Range;

/// Worth of a block that is a link: an entry of a menu. In characters of text, as all worths here.
const LINK: i64 = -40;
/// Worth of a short line that is no sentence: a widget, or a heading between paragraphs.
const SHORT_LINE: i64 = -20;
/// Worth of a line about the publisher.
const FOOTER: i64 = -100;

/// Shortest line that is text without being a sentence, and with, in characters.
const TEXT_CHARS: i64 = 80;
const SENTENCE_CHARS: i64 = 30;

/// Least worth of a main text, in characters: a short notice.
const MAIN_TEXT: i64 = 100;

/// How far above its main text an article may begin (its lead in a container of its own), in blocks.
const LEAD_BLOCKS: usize = 4;

/// Digits in a row that are a counter of visitors and not cells of a table.
const COUNTER_DIGITS: usize = 4;

/// First words of the lines about the publisher at the foot of a page.
const FOOTERS: [&str; 16] = [
    "giấy phép",
    "cơ quan chủ quản",
    "cơ quan quản lý",
    "đơn vị quản lý",
    "chịu trách nhiệm",
    "trưởng ban biên tập",
    "tổng biên tập",
    "địa chỉ",
    "điện thoại",
    "email",
    "bản quyền",
    "copyright",
    "ghi rõ nguồn",
    "trang thông tin điện tử",
    "cổng thông tin điện tử",
    "đơn vị chủ quản",
];

/// The article's blocks, and where its text begins in the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MainText {
    /// Blocks in order; the title may be the first, where it stands in the same container.
    pub blocks: Vec<Block>,
    /// Index, in the page, of its first paragraph.
    pub first_paragraph: usize,
}

/// Finds the article; `None` where no part of the page has text to speak of.
pub fn find(html: &str, page: &[Block]) -> Option<MainText> {
    let text_of = |blocks: &[Block]| blocks.iter().map(|block| worth(block).max(0)).sum::<i64>();
    let dense = densest(page);
    let readable = readable(html);
    let readable = &readable[without_widgets(&readable)];
    let (readable_chars, dense_chars) = (text_of(readable), text_of(&page[dense.clone()]));
    if readable_chars.max(dense_chars) < MAIN_TEXT {
        return None;
    }
    match placed(readable, page) {
        Some(first) if readable_chars * 2 >= dense_chars => {
            let start = first - lead_above(&page[..first]);
            let blocks = page[start..first].iter().filter(|block| !block.is_link()).chain(readable).cloned().collect();
            Some(MainText { blocks, first_paragraph: start })
        }
        _ => Some(MainText { blocks: page[dense.clone()].to_vec(), first_paragraph: dense.start }),
    }
}

/// How many blocks right above belong to the article: its lead, in a container of its own.
fn lead_above(above: &[Block]) -> usize {
    let near =
        above.iter().rev().take(LEAD_BLOCKS).take_while(|block| block.mark == Mark::Plain && !block.is_link() && !is_clock(&block.text));
    near.enumerate().filter(|(_, block)| worth(block) > 0).last().map_or(0, |(at, _)| at + 1)
}

fn readable(html: &str) -> Vec<Block> {
    let config = Config { disable_json_ld: true, ..Config::default() };
    let article = shallow(html).and_then(|flat| Readability::new(flat, None, Some(config)).ok()?.parse().ok());
    article.map_or_else(Vec::new, |article| blocks(&article.content))
}

/// Where the first of these blocks that is text stands in the page.
fn placed(blocks: &[Block], page: &[Block]) -> Option<usize> {
    let mut first_of: HashMap<&str, usize> = HashMap::new();
    for (at, block) in page.iter().enumerate() {
        first_of.entry(&block.text).or_insert(at);
    }
    blocks.iter().filter(|block| worth(block) > 0).find_map(|block| first_of.get(block.text.as_str()).copied())
}

/// The run of blocks with the greatest worth; begins and ends with text. Empty where there is none.
fn densest(blocks: &[Block]) -> Range<usize> {
    let (mut best, mut best_worth) = (0..0, 0);
    let (mut start, mut sum) = (0, 0);
    for (at, block) in blocks.iter().enumerate() {
        if sum <= 0 {
            (start, sum) = (at, 0);
        }
        sum += worth(block);
        if sum > best_worth {
            (best, best_worth) = (start..at + 1, sum);
        }
    }
    best
}

/// The densest run, and what stands around it up to the next widget: short lines of a list or a table.
fn without_widgets(blocks: &[Block]) -> Range<usize> {
    let dense = densest(blocks);
    let above = (0..dense.start).rev().take_while(|&at| !is_widget(blocks, at)).count();
    let below = (dense.end..blocks.len()).take_while(|&at| !is_widget(blocks, at)).count();
    // A heading at the end heads the widget below it.
    let headings = blocks[dense.end..dense.end + below].iter().rev().take_while(|block| block.mark != Mark::Plain).count();
    dense.start - above..dense.end + below - headings
}

/// A link, a counter (digits, each in a box of its own), a line that pages put around their articles.
fn is_widget(blocks: &[Block], at: usize) -> bool {
    let is_digit = |block: &Block| block.text.len() == 1 && block.text.bytes().all(|byte| byte.is_ascii_digit());
    let Block { text, .. } = &blocks[at];
    let counter = blocks[at.saturating_sub(COUNTER_DIGITS - 1)..(at + COUNTER_DIGITS).min(blocks.len())]
        .windows(COUNTER_DIGITS)
        .any(|digits| digits.iter().all(is_digit));
    blocks[at].is_link() || counter || is_footer(text) || (is_frame(text) && text.contains(char::is_alphabetic))
}

/// How much a block speaks for being the article's, in characters of text.
pub fn worth(block: &Block) -> i64 {
    if block.is_link() {
        return LINK;
    }
    let chars = block.text.chars().count() as i64;
    let is_sentence = block.text.trim_end_matches(['"', '”', ')', ' ', '/']).ends_with(['.', '!', '?', ';', ':', '…']);
    if chars < if is_sentence { SENTENCE_CHARS } else { TEXT_CHARS } {
        return SHORT_LINE;
    }
    if is_footer(&block.text) {
        return FOOTER;
    }
    let linked = block.link_bytes as i64 * chars / (block.text.len() as i64).max(1);
    chars - 2 * linked
}

fn is_footer(text: &str) -> bool {
    let head: String = text.chars().take(40).collect();
    let key = canonical_phrase(&head);
    FOOTERS.iter().any(|footer| key.starts_with(&canonical_phrase(footer)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str =
        "Sáng 4/11, Ủy ban nhân dân tỉnh Cà Mau họp phiên thường kỳ để bàn về kế hoạch của năm tới và giao việc cho các sở.";
    const SECOND: &str = "Ông Trần Văn Mẫu cho biết, các huyện phải nộp báo cáo trước ngày 20, nêu rõ việc đã làm và việc chưa làm được.";

    const THIRD: &str = "Bà Lê Thị Ví Dụ đề nghị tỉnh dành thêm tiền cho những xã ven biển, nơi nước mặn vào sâu hơn mọi năm.";

    fn texts(html: &str) -> Vec<String> {
        find(html, &blocks(html)).map_or_else(Vec::new, |main| main.blocks.into_iter().map(|block| block.text).collect())
    }

    #[test]
    fn the_article_is_found_between_menus_and_footers() {
        let menu = "<ul><li><a href=/1>Trang chủ</a><li><a href=/2>Tin tức</a></ul>";
        let counter = "<div><h3>Đang xem</h3><p>1</p><p>2</p><p>3</p><p>4</p></div>";
        let footer = "<div><p>Giấy phép số 1/GP-STTTT do Sở Thông tin và Truyền thông tỉnh Cà Mau cấp ngày 1 tháng 1 năm 2015</p></div>";
        let table = "<table><tr><td>Tân Mẫu</td><td>12</td></tr><tr><td>Phú Ví Dụ</td><td>7</td></tr></table>";
        let cases = [
            ("plain", format!("{menu}<div><p>{FIRST}</p><p>{SECOND}</p></div>{footer}"), vec![FIRST, SECOND]),
            ("short, with widgets in its container", format!("<div>{menu}<p>{FIRST}</p>{counter}</div>{footer}"), vec![FIRST]),
            (
                "lead in a box of its own",
                format!("{menu}<div><p>{FIRST}</p></div><div><p>{SECOND}</p><p>{THIRD}</p></div>"),
                vec![FIRST, SECOND, THIRD],
            ),
            (
                "table in the text",
                format!("<div><p>{FIRST}</p>{table}<p>{SECOND}</p></div>"),
                vec![FIRST, "Tân Mẫu", "12", "Phú Ví Dụ", "7", SECOND],
            ),
        ];
        for (name, html, expected) in &cases {
            assert_eq!(texts(html), *expected, "{name}");
        }
        assert!(texts(&format!("{menu}{counter}{footer}")).is_empty());
    }

    #[test]
    fn a_page_too_large_for_a_tree_is_judged_by_its_text() {
        let cells = "<p><a href=/1>x</a></p>".repeat(30_000);
        assert_eq!(texts(&format!("{cells}<p>{FIRST}</p><p>{SECOND}</p>")), [FIRST, SECOND]);
    }
}
