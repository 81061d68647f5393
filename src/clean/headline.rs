//! The blocks of a page around the beginning of its text → the block that is its title.
//!
//! Sites mark titles in every way there is, and mark much else as titles: so every block above the
//! first paragraph is weighed by its mark, its place, its shape, and what the head of the page says.

use super::blocks::{Block, Mark};
use super::boilerplate::{is_frame, is_sidebar_head};
use super::main_text::worth;
use super::meta::Meta;
use super::{published, source};
use crate::text::canonical_phrase;

/// How far above the first paragraph a title may stand, in blocks: share bars and dates are between.
const ABOVE_BLOCKS: usize = 25;

/// How far below what was taken for the first paragraph: that may have been a long title.
const BELOW_BLOCKS: usize = 3;

/// Longest title, and longest that ends in a full stop, in characters.
const MAX_TITLE_CHARS: usize = 300;
const MAX_SENTENCE_CHARS: usize = 150;

/// Least weight of a title. A plain line of the right shape right above the text has 6, a sentence there 3.
const LEAST_WEIGHT: i32 = 4;

/// Where the title stands in the page, if anything above the first paragraph looks like one.
pub fn find(meta: &Meta, page: &[Block], first_paragraph: usize) -> Option<usize> {
    let told: Vec<String> = [&meta.headline, &meta.document_title].into_iter().flatten().map(|title| canonical_phrase(title)).collect();
    let weigh = |at: usize| (weight(&told, page, at, first_paragraph), at);
    let candidates = first_paragraph.saturating_sub(ABOVE_BLOCKS)..(first_paragraph + BELOW_BLOCKS).min(page.len());
    // Of two that weigh the same, the one nearer to the text.
    candidates.filter(|&at| can_be_title(&page[at])).map(weigh).max().filter(|&(weight, _)| weight >= LEAST_WEIGHT).map(|(_, at)| at)
}

fn can_be_title(block: &Block) -> bool {
    let words = block.text.split(' ').count();
    let chars = block.text.chars().count();
    words >= 2
        && chars <= if block.text.ends_with('.') { MAX_SENTENCE_CHARS } else { MAX_TITLE_CHARS }
        && !block.text.contains(". ")
        && block.text.chars().any(char::is_alphabetic)
        && (!block.is_link() || block.mark != Mark::Plain)
        && !published::is_clock(&block.text)
        && !is_frame(&block.text)
        && !is_sidebar_head(&block.text)
        && source::named(&block.text).is_none()
}

fn weight(told: &[String], page: &[Block], at: usize, first_paragraph: usize) -> i32 {
    let block = &page[at];
    let key = canonical_phrase(&block.text);
    let words = block.text.split(' ').count();
    let next = page.get(at + 1);
    let by_mark = match block.mark {
        Mark::First => 3,
        Mark::Titled => 3,
        Mark::Heading => 2,
        Mark::Plain => 0,
    };
    let is_told = told.iter().any(|title| *title == key || (words > 4 && title.starts_with(&key)));
    let is_doubled = next.is_some_and(|next| next.text == block.text);
    let below = &page[(at + 1).min(page.len())..(at + 4).min(page.len())];
    let is_above_text = below.iter().take(2).any(|next| worth(next) > 0 && next.text != block.text);
    let is_sentence = block.text.ends_with(['.', ';', ':', ',']) && !block.text.ends_with("...");
    let bonus = [
        (is_told, 8),
        (is_doubled && !is_sentence, 3),
        (is_above_text, 3),
        (words > 4, 3),
        (is_sentence && worth(block) > 0, -3),
        (below.iter().all(|next| worth(next) <= 0), -3),
        (at > first_paragraph, -6),
    ];
    let distance = first_paragraph.abs_diff(at) as i32;
    by_mark + bonus.into_iter().filter(|(applies, _)| *applies).map(|(_, weight)| weight).sum::<i32>() - distance / 2
}

#[cfg(test)]
mod tests {
    use super::super::blocks::blocks;
    use super::*;

    const TEXT: &str =
        "<p>Sáng 4/11, Ủy ban nhân dân tỉnh Cà Mau họp phiên thường kỳ để bàn về kế hoạch của năm tới và giao việc cho các sở.</p>";

    #[test]
    fn the_title_is_told_from_what_else_is_marked_as_one() {
        let title = "Cà Mau bàn kế hoạch năm tới";
        let long = "Ủy ban nhân dân tỉnh Cà Mau họp phiên thường kỳ bàn kế hoạch phát triển kinh tế - xã hội của năm tới";
        let cases = [
            ("heading", format!("<h1>{title}</h1>"), Some(title)),
            (
                "class, below that of a section",
                format!("<p class=FolderTitle>Tin trong tỉnh</p><p>04/11/2024</p><p class=news-title>{title}</p>"),
                Some(title),
            ),
            ("no mark", format!("<h2>Liên kết Website</h2><p>{title}</p>"), Some(title)),
            ("doubled", format!("<p>{title}</p><p>{title}</p>"), Some(title)),
            ("long", format!("<h3>Tin tức</h3><p class=tieude>{long}</p>"), Some(long)),
            ("name of the site", "<h1>Báo Cà Mau</h1>".to_owned(), None),
            ("menu", format!("<p><a href=/1>{title}</a></p>"), None),
            ("nothing", String::new(), None),
        ];
        for (name, above, expected) in cases {
            let page = blocks(&format!("{above}{TEXT}{TEXT}"));
            let first = page.iter().position(|block| worth(block) > 0).unwrap();
            let found = find(&Meta::default(), &page, first).map(|at| page[at].text.as_str());
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn what_the_head_of_the_page_says_counts_most() {
        let meta = Meta { headline: Some("CÀ MAU HỌP".into()), ..Meta::default() };
        let page = blocks(&format!("<p>Cà Mau họp</p><h2>Những việc của năm tới ở tỉnh</h2>{TEXT}"));
        assert_eq!(find(&meta, &page, 2), Some(0));
    }
}
