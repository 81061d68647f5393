//! [`RawArticle`] → [`CleanArticle`]: title and stored text, composed, without the page around them.
//!
//! What a crawler, a page or a record says *about* the article (publisher, address, dates) is read
//! here too; what the article itself says is the business of `extract`. Nothing here can fail: an
//! article of which nothing is left has an empty title and body, and the caller skips it.
//!
//! The body has its paragraphs by single `\n`: blank lines mean nothing that holds across sources.

mod address;
mod blocks;
mod boilerplate;
mod fingerprint;
mod headline;
mod main_text;
mod markup;
mod meta;
mod page;
mod published;
mod shallow;
mod sidebar;
mod source;
mod tags;
mod title;

pub use fingerprint::{content_hash, signature};

use crate::article::{Captured, CleanArticle, Content, Flag, Published, RawArticle, RawFields};
use crate::text::compose;
use markup::Markup;

/// Cleans one article.
///
/// A field of the record goes before what its page says, and that before what its text says.
pub fn clean(raw: RawArticle) -> CleanArticle {
    let RawFields { title, lead, date, captured, source, url, folder_source, folder_unit, .. } = raw.fields;
    let markup = match raw.content {
        Content::Html(html) => markup::page(&html),
        Content::Page(text) | Content::Body(text) if markup::is_document(&text) => markup::page(&text),
        Content::Page(text) | Content::Body(text) if markup::is_fragment(&text) => markup::fragment(&text),
        Content::Page(text) | Content::Body(text) => Markup { text: tags::decode(&text).into_owned(), ..Markup::default() },
    };
    let lost = |text: &str| text.contains('\u{FFFD}');
    let decoding_loss = lost(&markup.text) || title.as_deref().is_some_and(lost) || lead.as_deref().is_some_and(lost);

    let field = |text: Option<String>| text.map(|text| line(&text)).filter(|text| !text.is_empty());
    let title = field(title).or(field(markup.title));
    let page = page::read(&compose(&markup.text), title.as_deref());
    let lead = field(lead).filter(|lead| Some(lead) != title.as_ref());
    let has_body = !page.body.is_empty();
    let body = with_lead(page.body, lead);

    let known_title = title.or(page.title);
    let title_derived = known_title.is_none();
    let title = known_title.unwrap_or_else(|| title::derive(&body));

    let address = url.as_deref().or(markup.url.as_deref()).map(address::read).unwrap_or_default();
    // Who is named below the text was copied from; where the page has an address, its owner publishes, whose name the folder may say.
    let source = field(source).or(field(markup.publisher)).or(field(folder_source)).or_else(|| address.host()).or(page.source);
    let by_field = date.and_then(|date| published::day_or_month(&date)).map(|at| Published { at, claimed_by: "jsonl:date".to_owned() });
    let captured = captured.as_deref().and_then(published::instant_or_day).or(address.captured);

    let flags = [
        (Flag::SidebarRemoved, page.sidebar_removed),
        (Flag::DecodingLoss, decoding_loss),
        (Flag::FrameKept, markup.frame_kept),
        (Flag::NoBody, !has_body),
    ];
    CleanArticle {
        title,
        title_derived,
        body,
        header: page.header,
        source,
        folder_unit: field(folder_unit),
        url: address.url,
        // The lines of a markup page have lost their places: only the page itself tells its date from the site's clock.
        published: by_field.or(markup.published).or(page.published.filter(|published| !markup.is_page || published.claimed_by == "header")),
        captured: captured.map(|at| Captured { at }),
        flags: flags.into_iter().filter(|(_, is_set)| *is_set).map(|(flag, _)| flag).collect(),
    }
}

/// A field as one line of stored text; references that a careless export left in it are decoded.
fn line(text: &str) -> String {
    compose(&tags::decode(text)).replace("\n\n", " ").replace('\n', " ")
}

/// The lead as the first paragraph, unless the body begins with it.
fn with_lead(body: String, lead: Option<String>) -> String {
    match lead {
        None => body,
        Some(lead) if begins_with(&body, &lead) => body,
        Some(lead) if body.is_empty() => lead,
        Some(lead) => format!("{lead}\n{body}"),
    }
}

/// Whether a text begins with the letters of another, punctuation and capitals aside.
fn begins_with(text: &str, beginning: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    let mut text = letters(text);
    letters(beginning).all(|letter| text.next() == Some(letter))
}

#[cfg(test)]
mod tests;
