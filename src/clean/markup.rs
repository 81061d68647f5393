//! An HTML page → its main text, and what the page says about it.

use super::blocks::{Block, blocks};
use super::main_text::{self, MainText};
use super::meta::{self, Meta};
use super::{headline, published, source};
use crate::article::Published;
use crate::text::canonical_phrase;
use std::borrow::Cow;

/// How many blocks above its title a page may give its date. Further up it is the clock of the site.
const STAMP_ABOVE_BLOCKS: usize = 2;

/// How many dated entries of other stories on a page, all of its own day, make that day suspicious.
const UPLOADED_TOGETHER: usize = 3;

/// What a page gives; all as it stands there, not yet composed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup {
    /// Headline.
    pub title: Option<String>,
    /// Main text, a line for every block.
    pub text: String,
    /// Publisher.
    pub publisher: Option<String>,
    /// Address that the page gives itself.
    pub url: Option<String>,
    /// Date that the page gives itself.
    pub published: Option<Published>,
    /// Whether this was a whole page.
    pub is_page: bool,
    /// Whether the main text could not be told from the rest, and all of the page was kept.
    pub frame_kept: bool,
}

/// Whether a text is a whole HTML document, whatever its file is called.
pub fn is_document(text: &str) -> bool {
    let start = text.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{FEFF}');
    ["<!doctype html", "<html"].iter().any(|tag| start.get(..tag.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(tag)))
}

/// Whether a text is marked up: a body that was exported as HTML.
pub fn is_fragment(text: &str) -> bool {
    const TAGS: [&str; 9] = ["</p>", "</P>", "</div>", "<br>", "<BR>", "<br/>", "<br />", "</li>", "</span>"];
    text.contains('<') && TAGS.iter().any(|tag| text.contains(tag))
}

/// Reads a part of a page that is main text as it is.
///
/// Where only line breaks and spans are marked, the line ends of the text are its paragraphs.
pub fn fragment(html: &str) -> Markup {
    let has_paragraphs = ["</p>", "</P>", "</div>", "</li>"].iter().any(|tag| html.contains(tag));
    let html = if has_paragraphs { Cow::Borrowed(html) } else { Cow::Owned(html.replace('\n', "<br>")) };
    Markup { text: joined(&blocks(&html)), ..Markup::default() }
}

/// Reads a whole page.
pub fn page(html: &str) -> Markup {
    let meta = meta::read(html);
    let page = blocks(html);
    let main = main_text::find(html, &page);
    let publisher = meta.publisher.clone().or_else(|| meta.document_title.as_deref().and_then(site_name));
    let Some(MainText { blocks: main, first_paragraph }) = main else {
        return Markup {
            title: told_title(&meta),
            text: joined(&page),
            publisher,
            url: meta.url,
            published: meta.published,
            is_page: true,
            frame_kept: true,
        };
    };
    let title = headline::find(&meta, &page, first_paragraph);
    let title_text = title.map(|at| page[at].text.clone()).or_else(|| told_title(&meta));
    let published = meta.published.clone().or_else(|| own_stamp(&page, title?, first_paragraph));
    let text = joined(without_title(&main, title_text.as_deref()));
    Markup { title: title_text, text, publisher, url: meta.url, published, is_page: true, frame_kept: false }
}

/// What the head of the page calls the article; the name of a site is no title.
fn told_title(meta: &Meta) -> Option<String> {
    let told = meta.headline.clone().or_else(|| meta.document_title.clone())?;
    (site_name(&told).is_none()).then_some(told)
}

/// The publisher's name in a document's title: `Trang chủ - Sở Y tế tỉnh Cà Mau`.
fn site_name(title: &str) -> Option<String> {
    let bare = title.trim();
    let home = bare.get(.."trang chủ".len()).filter(|begin| begin.to_lowercase() == "trang chủ");
    let name = home.map_or(bare, |home| &bare[home.len()..]).trim_matches(|letter: char| letter.is_whitespace() || "-–|:".contains(letter));
    if home.is_some() && !name.is_empty() { Some(name.to_owned()) } else { source::named(name) }
}

/// The main text below its title, where that stands in it with a menu or a date above.
fn without_title<'a>(main: &'a [Block], title: Option<&str>) -> &'a [Block] {
    let Some(key) = title.map(canonical_phrase) else { return main };
    let head = main.iter().take_while(|block| main_text::worth(block) <= 0 || canonical_phrase(&block.text) == key);
    let below = head.enumerate().filter(|(_, block)| canonical_phrase(&block.text) == key).last().map_or(0, |(at, _)| at + 1);
    &main[below..]
}

/// The date that the page shows beside its title or in its own entry of a list of stories.
///
/// None where the other stories of that list all bear the same day: a site moved or uploaded at once.
fn own_stamp(page: &[Block], title: usize, first_paragraph: usize) -> Option<Published> {
    let around = &page[title.saturating_sub(STAMP_ABOVE_BLOCKS)..first_paragraph.max(title)];
    let entry = |block: &Block| published::entry_day(block.text.strip_prefix(page[title].text.as_str())?);
    let day = around.iter().rev().find_map(|block| published::stamp(&block.text)).or_else(|| page.iter().find_map(entry))?;
    let listed: Vec<String> = page.iter().filter_map(|block| published::entry_day(&block.text)).collect();
    let same = listed.iter().filter(|other| **other == day).count();
    (same < UPLOADED_TOGETHER || same * 4 < listed.len() * 3).then(|| Published { at: day, claimed_by: "page".to_owned() })
}

fn joined(blocks: &[Block]) -> String {
    blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n")
}
