//! What other programs of a reader subscribe to: an Atom feed of any query, and the description by which browsers add the archive to their search.

use super::answer::{Answer, Call};
use super::api::bounded;
use super::page::words;
use super::problem::Problem;
use crate::export::event_text;
use crate::search::{self, Hit, Request, Sort};
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::writer::Writer;
use std::io;

/// The media type of a feed.
const ATOM: &str = "application/atom+xml";

/// Entries of a feed.
const ENTRIES: usize = 50;

/// `GET /feed.atom`: the newest articles that a query finds, each saying which query found it and where.
///
/// Ids are those of articles, so that a reader shows each once; an edited article comes again, since its address names its text.
pub(super) fn atom(call: &Call) -> Result<Answer, Problem> {
    let all = Request { sort: Sort::Newest, limit: ENTRIES, budget: call.budget, ..Request::default() };
    let asked = call.asked.clone().known(&[]);
    let request = Request { sort: Sort::Newest, ..bounded(asked.typed(&[])?, &all)? };
    let response = search::search(&call.open.generation, &call.app.authority, &request)?;
    let filters = response.filters.iter().map(|filter| filter.label.as_str());
    let what: Vec<&str> = [response.query.typed.as_str()].into_iter().filter(|typed| !typed.is_empty()).chain(filters).collect();
    let what = if what.is_empty() { call.lang.say("mọi bài", "all articles").to_owned() } else { what.join(" · ") };
    // Of a feed without entries it is the moment of the index.
    let changed = response.hits.iter().map(|hit| &hit.last_changed).max();
    let updated = changed.unwrap_or(&call.open.generation.manifest().run.started);
    let here = format!("{}{}", call.site, asked.href("/feed.atom"));
    let mut feed = Xml::begin("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", call.lang.code())])?;
    feed.text("title", &format!("tracuu: {what}"))?;
    feed.text("id", &here)?;
    feed.text("updated", updated)?;
    feed.empty("link", &[("rel", "self"), ("type", ATOM), ("href", &here)])?;
    feed.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &format!("{}{}", call.site, asked.href("/")))])?;
    for hit in &response.hits {
        entry(&mut feed, call, hit, &what)?;
    }
    Ok(Answer::new("application/atom+xml; charset=utf-8", feed.end("feed")?))
}

fn entry(feed: &mut Xml, call: &Call, hit: &Hit, what: &str) -> io::Result<()> {
    let article = &hit.article;
    // Articles are Vietnamese, whatever language the reader has the feed in.
    feed.open("entry", &[("xml:lang", "vi")])?;
    feed.text("title", &article.title)?;
    feed.text("id", &format!("urn:tracuu:{}", article.id))?;
    feed.text("updated", &hit.last_changed)?;
    feed.empty(
        "link",
        &[("rel", "alternate"), ("type", "text/html"), ("href", &format!("{}/a/{}@{}", call.site, article.id, article.content_hash))],
    )?;
    let source = article.source.as_ref().map(|source| source.name.as_str());
    feed.open("author", &[])?;
    feed.text("name", source.unwrap_or(call.lang.say("không rõ nguồn", "source unknown")))?;
    feed.close("author")?;
    for unit in &article.provinces.about {
        feed.empty("category", &[("term", &unit.unit_id.0), ("label", &unit.unit)])?;
    }
    let places: Vec<&str> = article.provinces.about.iter().map(|unit| unit.unit.as_str()).collect();
    let place = if places.is_empty() { words::status(article, call.lang).to_owned() } else { places.join(", ") };
    let passages: Vec<&str> = hit.snippets.iter().map(|snippet| snippet.text.as_str()).collect();
    let summary = format!("{} · {place}\n{}\n[{what}]", event_text(&article.dates.event, call.lang.into()), passages.join(" … "));
    feed.text("summary", &summary)?;
    feed.close("entry")
}

/// `GET /opensearch.xml`.
pub(super) fn opensearch(call: &Call) -> Result<Answer, Problem> {
    let mut xml = Xml::begin("OpenSearchDescription", &[("xmlns", "http://a9.com/-/spec/opensearch/1.1/")])?;
    xml.text("ShortName", "tracuu")?;
    xml.text("Description", call.lang.say("Tra cứu kho tin bài", "Search the news archive"))?;
    xml.text("InputEncoding", "UTF-8")?;
    xml.empty("Url", &[("type", "text/html"), ("template", &format!("{}/?q={{searchTerms}}", call.site))])?;
    xml.empty("Url", &[("type", ATOM), ("template", &format!("{}/feed.atom?q={{searchTerms}}", call.site))])?;
    Ok(Answer::new("application/opensearchdescription+xml", xml.end("OpenSearchDescription")?))
}

/// XML as it is written; texts are escaped, and letters that XML does not have are left out.
struct Xml {
    to: Writer<Vec<u8>>,
}

impl Xml {
    fn begin(root: &str, attributes: &[(&str, &str)]) -> io::Result<Xml> {
        let mut xml = Xml { to: Writer::new(Vec::new()) };
        xml.to.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.open(root, attributes)?;
        Ok(xml)
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.to.write_event(Event::Start(start(name, attributes)))
    }

    fn close(&mut self, name: &str) -> io::Result<()> {
        self.to.write_event(Event::End(BytesEnd::new(name)))
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.to.write_event(Event::Empty(start(name, attributes)))
    }

    fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.open(name, &[])?;
        self.to.write_event(Event::Text(BytesText::new(&allowed(text))))?;
        self.close(name)
    }

    fn end(mut self, root: &str) -> io::Result<Vec<u8>> {
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
