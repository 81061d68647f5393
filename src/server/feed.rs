//! What other programs of a reader subscribe to: an Atom feed of any query, and the description by which browsers add the archive to their search.

use super::answer::{Answer, Call};
use super::api::bounded;
use super::problem::Problem;
use crate::export::{ATOM, Feed, FeedEntry, FeedHead, Xml};
use crate::search::{self, Request, Sort};

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
    let here = format!("{}{}", call.site, asked.href("/feed.atom"));
    let head = FeedHead {
        title: &format!("tracuu: {what}"),
        id: &here,
        updated: changed.unwrap_or(&call.open.generation.manifest().run.started),
        language: call.lang.into(),
        links: &[("self", ATOM, here.clone()), ("alternate", "text/html", format!("{}{}", call.site, asked.href("/")))],
    };
    let mut feed = Feed::begin(Vec::new(), &head)?;
    for hit in &response.hits {
        let address = format!("{}/a/{}@{}", call.site, hit.article.id, hit.article.content_hash);
        feed.write(&FeedEntry { hit, link: Some(&address), found_by: &what })?;
    }
    Ok(Answer::new("application/atom+xml; charset=utf-8", feed.end()?))
}

/// `GET /opensearch.xml`.
pub(super) fn opensearch(call: &Call) -> Result<Answer, Problem> {
    let mut xml = Xml::begin(Vec::new(), "OpenSearchDescription", &[("xmlns", "http://a9.com/-/spec/opensearch/1.1/")])?;
    xml.text("ShortName", "tracuu")?;
    xml.text("Description", call.lang.say("Tra cứu kho tin bài", "Search the news archive"))?;
    xml.text("InputEncoding", "UTF-8")?;
    xml.empty("Url", &[("type", "text/html"), ("template", &format!("{}/?q={{searchTerms}}", call.site))])?;
    xml.empty("Url", &[("type", ATOM), ("template", &format!("{}/feed.atom?q={{searchTerms}}", call.site))])?;
    Ok(Answer::new("application/opensearchdescription+xml", xml.end("OpenSearchDescription")?))
}
