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
    dense.start - above..dense.end + below
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
