//! Hits → an Atom feed, which other programs of a reader subscribe to; and XML as it is written.
//!
//! Ids of entries are those of articles, so that a reader shows each once; which articles a feed holds, and under which address each is read, is
//! not known here.

use super::Language;
use super::date::event_text;
use crate::article::{Article, ProvinceStatus};
use crate::search::Hit;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::writer::Writer;
use std::io::{self, Write};

/// The media type of a feed.
pub const ATOM: &str = "application/atom+xml";

/// What stands before the entries of a feed.
#[derive(Clone, Debug)]
pub struct FeedHead<'a> {
    /// What it is called.
    pub title: &'a str,
    /// What it is told apart by, an IRI that stays the same.
    pub id: &'a str,
    /// When anything in it last changed, RFC 3339.
    pub updated: &'a str,
    /// The language of its title, and of what entries say beside their articles.
    pub language: Language,
    /// Relation, media type and address of what belongs to it.
    pub links: &'a [(&'a str, &'a str, String)],
}

/// An entry of a feed.
#[derive(Clone, Copy, Debug)]
pub struct FeedEntry<'a> {
    /// The article, with its passages.
    pub hit: &'a Hit,
    /// Where it is read; an entry without an address carries its summary as content.
    pub link: Option<&'a str>,
    /// What found it.
    pub found_by: &'a str,
}

/// A feed, written entry by entry.
pub struct Feed<W: Write> {
    xml: Xml<W>,
    language: Language,
}

impl<W: Write> Feed<W> {
    /// Writes what stands before the entries.
    pub fn begin(writer: W, head: &FeedHead) -> io::Result<Feed<W>> {
        let mut xml = Xml::begin(writer, "feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", head.language.code())])?;
        xml.text("title", head.title)?;
        xml.text("id", head.id)?;
        xml.text("updated", head.updated)?;
        for (relation, media, address) in head.links {
            xml.empty("link", &[("rel", relation), ("type", media), ("href", address)])?;
        }
        Ok(Feed { xml, language: head.language })
    }

    /// Writes an entry.
    pub fn write(&mut self, entry: &FeedEntry) -> io::Result<()> {
        let FeedEntry { hit, link, found_by } = entry;
        let (xml, article) = (&mut self.xml, &hit.article);
        // Articles are Vietnamese, whatever language the reader has the feed in.
        xml.open("entry", &[("xml:lang", "vi")])?;
        xml.text("title", &article.title)?;
        xml.text("id", &format!("urn:tracuu:{}", article.id))?;
        xml.text("updated", &hit.last_changed)?;
        if let Some(address) = link {
            xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", address)])?;
        }
        let source = article.source.as_ref().map(|source| source.name.as_str());
        xml.open("author", &[])?;
        xml.text("name", source.unwrap_or(self.language.say("không rõ nguồn", "source unknown")))?;
        xml.close("author")?;
        for unit in &article.provinces.about {
            xml.empty("category", &[("term", &unit.unit_id.0), ("label", &unit.unit)])?;
        }
        let passages: Vec<&str> = hit.snippets.iter().map(|snippet| snippet.text.as_str()).collect();
        let (date, place) = (event_text(&article.dates.event, self.language), place_text(article, self.language));
        let summary = format!("{date} · {place}\n{}\n[{found_by}]", passages.join(" … "));
        // RFC 4287: what has no address to be read at has to have content.
        xml.text(if link.is_some() { "summary" } else { "content" }, &summary)?;
        xml.close("entry")
    }

    /// Writes the end, and gives the writer back.
    pub fn end(self) -> io::Result<W> {
        self.xml.end("feed")
    }
}

/// The units that an article is about, or what is said where there are none.
pub fn place_text(article: &Article, language: Language) -> String {
    let places: Vec<&str> = article.provinces.about.iter().map(|unit| unit.unit.as_str()).collect();
    if places.is_empty() { status_text(article, language).to_owned() } else { places.join(", ") }
}

/// Where an article belongs that is about no unit.
pub fn status_text(article: &Article, language: Language) -> &'static str {
    match article.provinces.status {
        ProvinceStatus::National => language.say("toàn quốc", "national"),
        ProvinceStatus::Foreign => language.say("nước ngoài", "foreign"),
        ProvinceStatus::Units | ProvinceStatus::Unknown => language.say("không rõ nơi", "place unknown"),
    }
}

/// XML as it is written; texts are escaped, and letters that XML does not have are left out.
pub struct Xml<W: Write> {
    to: Writer<W>,
}

impl<W: Write> Xml<W> {
    /// Opens a document, and its root.
    pub fn begin(writer: W, root: &str, attributes: &[(&str, &str)]) -> io::Result<Xml<W>> {
        let mut xml = Xml { to: Writer::new(writer) };
        xml.to.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.open(root, attributes)?;
        Ok(xml)
    }

    /// Opens an element.
    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.to.write_event(Event::Start(start(name, attributes)))
    }

    /// Closes it.
    pub fn close(&mut self, name: &str) -> io::Result<()> {
        self.to.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element that holds nothing.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.to.write_event(Event::Empty(start(name, attributes)))
    }

    /// An element that holds a text.
    pub fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.open(name, &[])?;
        self.to.write_event(Event::Text(BytesText::new(&allowed(text))))?;
        self.close(name)
    }

    /// Closes the root, and gives the writer back.
    pub fn end(mut self, root: &str) -> io::Result<W> {
        self.close(root)?;
        Ok(self.to.into_inner())
    }
}

fn start<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, allowed(value).as_str()));
    }
    start
}

/// What may stand in XML 1.0.
fn allowed(text: &str) -> String {
    let is_allowed = |letter: &char| matches!(letter, '\t' | '\n' | '\r') || (*letter >= ' ' && !matches!(letter, '\u{fffe}' | '\u{ffff}'));
    text.chars().filter(is_allowed).collect()
}
