//! The page of an article: its text as cleaned, with what each value stands on marked in it; where it comes from, what is like it, how it is cited.

use super::marks::{Mark, MarkKind, marked};
use super::{Frame, hits, page, words};
use crate::article::{Article, ArticleId, Evidence, Official, UnitMention};
use crate::export::{Citation, Format, event_text};
use crate::index::StoredArticle;
use crate::search::{self, Request};
use crate::server::answer::{Answer, Call};
use crate::server::api::Named;
use crate::server::asked::{Asked, QUERY};
use crate::server::lang::Lang;
use crate::server::problem::Problem;
use maud::{Markup, html};

/// Similar articles that are listed.
const SIMILAR: usize = 5;

/// Words on either side of a match, of which only the match is marked here.
const CONTEXT: usize = 0;

/// `GET /a/{id}`, `GET /a/{id}@{content_hash}`.
pub fn article(call: &Call) -> Result<Answer, Problem> {
    let named = Named::parse(&call.named)?;
    let stored = named.find(&call.open.generation)?;
    let versions = versions(&stored, call.lang);
    let (first_indexed, last_changed) = (stored.first_indexed.clone(), stored.last_changed.clone());
    let newest = stored.article.content_hash;
    let article = named.article(stored)?;
    let lang = call.lang;
    let asked = Asked::default().set(QUERY, Some(call.asked.query()).filter(|query| !query.is_empty()));
    let (title_marks, body_marks) = marks(call, &article)?;
    let mut anchored = Vec::new();
    let nothing = Asked::default();
    let main = html! {
        article.whole {
            @if article.content_hash != newest {
                p.notice role="note" {
                    (lang.say("Đây là bản cũ của bài.", "This is an earlier text of the article.")) " "
                    a href=(format!("/a/{}", article.id)) { (lang.say("Bản mới nhất", "The newest one")) }
                }
            }
            h1 { (marked(&article.title, 0..article.title.len(), &title_marks, &mut anchored)) }
            @if article.title_derived { p.note { (lang.say("Bài không có tiêu đề; dòng này lấy từ thân bài.", "The article has no title; this line is taken from its text.")) } }
            (hits::about(&article, true, &nothing, lang))
            div.text lang="vi" data-citation=(Citation::of(&article).text(lang.into())) {
                @let body = article.body.as_deref().unwrap_or("");
                @for line in lines(body) { p { (marked(body, line, &body_marks, &mut anchored)) } }
            }
        }
        aside.facts {
            (values(&article, &anchored, lang))
            (origin(&article, &first_indexed, &last_changed, lang))
            (versions)
            (cite(&article, lang))
            (copies(call, article.id, article.group)?)
            (similar(call, &article)?)
        }
    };
    Ok(page(&Frame::of(call, &article.title, &asked), main))
}

/// The lines of a text that hold anything.
fn lines(body: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut at = 0;
    let ranges = body.split('\n').map(move |line| {
        let start = at;
        at += line.len() + 1;
        start..start + line.len()
    });
    ranges.filter(|range| !body[range.clone()].trim().is_empty())
}

/// What is marked in title and body: evidence, and what was searched for.
fn marks(call: &Call, article: &Article) -> Result<(Vec<Mark>, Vec<Mark>), Problem> {
    let (mut title, mut body) = (Vec::new(), Vec::new());
    for (number, evidence) in article.evidence.iter().flatten().enumerate() {
        let mark = Mark { span: evidence.start..evidence.end, kind: kind(evidence), number: Some(number) };
        match evidence.field.as_str() {
            "title" => title.push(mark),
            "body" => body.push(mark),
            _ => {}
        }
    }
    let query = call.asked.query();
    if !query.is_empty() {
        // A query that cannot be read marks nothing; the search page says what is wrong with it.
        let found = search::concordance(&call.open.generation, &call.app.authority, article, query, CONTEXT).ok();
        for line in found.into_iter().flat_map(|found| found.lines) {
            let mark = Mark { span: line.start..line.end, kind: MarkKind::Match, number: None };
            if line.field == "title" { title.push(mark) } else { body.push(mark) }
        }
    }
    Ok((title, body))
}

fn kind(evidence: &Evidence) -> MarkKind {
    match evidence.value.split(['.', '[']).next() {
        Some("dates") => MarkKind::Date,
        Some("provinces") => MarkKind::Province,
        Some("officials" | "foreign_officials") => MarkKind::Official,
        _ => MarkKind::Other,
    }
}

/// Who, where and when, each with what it stands on.
fn values(article: &Article, anchored: &[usize], lang: Lang) -> Markup {
    let nothing = Asked::default();
    let evidence = |value: &str| -> Markup { self::evidence(article, value, anchored, lang) };
    let unit = |unit: &UnitMention, value: String| html! { li { (hits::unit(unit, &nothing)) @for place in &unit.places { ", " (place.kind.word()) " " (place.place) } (evidence(&value)) } };
    let people = |people: &[Official], list: &str| {
        html! {
            @for (at, official) in people.iter().enumerate() {
                li {
                    @match official.name_path() {
                        Some(path) => a href=(Asked::default().set("name", Some(&path.segments()[0])).href("/o")) { (official.name) },
                        None => (official.name),
                    }
                    ul { @for (post, held) in official.posts.iter().enumerate() { li { (held.role) (evidence(&format!("{list}[{at}].posts[{post}]"))) } } }
                    (evidence(&format!("{list}[{at}]")))
                }
            }
        }
    };
    let event = &article.dates.event;
    html! {
        section {
            h2 { (lang.say("Khi nào, ở đâu, ai", "When, where, who")) }
            dl {
                dt { (lang.say("Sự việc", "Event")) }
                dd { (event_text(event, lang.into())) @if let Some(basis) = words::basis(event.basis, lang) { " (" (basis) ")" } @if !event.why.is_empty() { p.note { (event.why) } } ul { (evidence("dates.event")) } }
                @if let Some(published) = &article.dates.published { dt { (lang.say("Đăng", "Published")) } dd { (published.at) } }
                @if let Some(captured) = &article.dates.captured { dt { (lang.say("Thu thập", "Captured")) } dd { (captured.at) } }
                dt { (lang.say("Nơi", "Place")) }
                dd {
                    @if article.provinces.about.is_empty() { (words::status(article, lang)) ul { (evidence("provinces.status")) } }
                    ul { @for (at, about) in article.provinces.about.iter().enumerate() { (unit(about, format!("provinces.about[{at}]"))) } }
                    @if !article.provinces.mentioned.is_empty() {
                        p.note { (lang.say("Có nhắc", "Also named")) ": " @for (at, unit) in article.provinces.mentioned.iter().enumerate() { @if at > 0 { ", " } (unit.unit) } }
                    }
                }
                @if !article.officials.is_empty() { dt { (lang.say("Cán bộ", "Officials")) } dd { ul { (people(&article.officials, "officials")) } } }
                @if !article.foreign_officials.is_empty() { dt { (lang.say("Người nước ngoài", "Foreign officials")) } dd { ul { (people(&article.foreign_officials, "foreign_officials")) } } }
            }
            @for applied in &article.corrections {
                p.note { (lang.say("Đã sửa", "Corrected")) ": " (applied.correction.field.name()) " " (applied.correction.op.name()) " “" (applied.correction.value) "” · " (applied.correction.by) ", " (applied.correction.at) ": " (applied.correction.why) }
            }
        }
    }
}

/// The words that a value stands on, with the rule: links into the text where they stand in it.
fn evidence(article: &Article, value: &str, anchored: &[usize], lang: Lang) -> Markup {
    html! {
        @for (number, evidence) in article.evidence.iter().flatten().enumerate().filter(|(_, evidence)| evidence.value == value) {
            li.evidence {
                @if anchored.contains(&number) { a href=(format!("#e{number}")) { "“" (evidence.quote) "”" } } @else { "“" (evidence.quote) "” (" (evidence.field) ")" }
                " " small { code { (evidence.rule) } " · " (words::class(evidence.class, lang)) }
            }
        }
    }
}

/// Where the article comes from.
fn origin(article: &Article, first_indexed: &str, last_changed: &str, lang: Lang) -> Markup {
    let origin = &article.origin;
    html! {
        section {
            h2 { (lang.say("Từ đâu", "Where from")) }
            dl {
                @if let Some(source) = &article.source { dt { (lang.say("Nguồn", "Source")) } dd { (source.name) } }
                @if let Some(url) = &article.url { dt { "URL" } dd.long { (link(url)) } }
                dt { (lang.say("Tệp gốc", "Original file")) } dd.long { (article.collection) " / " (origin.path) " · " (lang.say("bản ghi", "record")) " " (origin.record) }
                dt { "id" } dd.long { a href=(format!("/a/{}", article.id)) { code { (article.id) } } }
                dt { (lang.say("Bản", "Version")) } dd.long { a href=(format!("/a/{}@{}", article.id, article.content_hash)) { code { (article.content_hash) } } }
                dt { (lang.say("Vào chỉ mục", "Indexed")) } dd { (first_indexed) @if last_changed != first_indexed { " · " (lang.say("đổi", "changed")) " " (last_changed) } }
            }
            p { a href=(format!("/api/v1/articles/{}", article.id)) { "JSON" } }
        }
    }
}

/// An address as a link, if it leads to the web; anything else is shown and leads nowhere.
pub fn link(url: &str) -> Markup {
    let is_web =
        ["http://", "https://"].iter().any(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    html! { @if is_web { a href=(url) rel="noopener noreferrer nofollow external" { (url) } } @else { (url) } }
}

/// Texts that stood under the id before.
fn versions(stored: &StoredArticle, lang: Lang) -> Markup {
    html! {
        @if !stored.versions.is_empty() {
            section {
                h2 { (lang.say("Các bản trước", "Earlier texts")) }
                ul {
                    @for version in &stored.versions {
                        li { a href=(format!("/a/{}@{}", stored.article.id, version.content_hash)) { (version.title) } @if let Some(captured) = &version.captured { " · " (captured.at) } }
                    }
                }
            }
        }
    }
}

/// How the article is cited.
fn cite(article: &Article, lang: Lang) -> Markup {
    let citation = Citation::of(article);
    html! {
        section.cite {
            h2 { (lang.say("Trích dẫn", "Cite")) }
            p #citation.citation { (citation.text(lang.into())) }
            p {
                button.copy type="button" data-copy="citation" hidden { (lang.say("Chép", "Copy")) } " "
                @for format in [Format::Bibtex, Format::Ris, Format::CslJson] {
                    a href=(format!("/api/v1/articles/{}/citation?format={}", article.id, format.name())) { (format.name()) } " "
                }
            }
            p.note { (lang.say("Bôi đen một đoạn trong bài để chép kèm nguồn.", "Select a passage of the text to copy it with its source.")) }
        }
    }
}

/// Other copies of the story.
fn copies(call: &Call, id: ArticleId, group: Option<ArticleId>) -> Result<Markup, Problem> {
    let lang = call.lang;
    let others = call.open.generation.groups()?.of(id).map_or(0, |ids| ids.len().saturating_sub(1));
    Ok(html! {
        @if group.is_some() && others > 0 {
            section {
                h2 { (lang.say("Bản khác", "Other copies")) }
                p { a href=(format!("/a/{id}/copies")) { (others) " " (lang.say("bản khác của tin này: đã cắt hay sửa gì", "other copies of this story: what was cut or changed")) } }
            }
        }
    })
}

/// Articles like this one.
fn similar(call: &Call, article: &Article) -> Result<Markup, Problem> {
    let request = Request { limit: SIMILAR, max_snippets: 0, budget: call.budget, ..Request::default() };
    let Some(like) = search::more_like_this(&call.open.generation, article, &request)? else { return Ok(html! {}) };
    let response = search::search(&call.open.generation, &call.app.authority, &like)?;
    let nothing = Asked::default();
    Ok(html! {
        @if !response.hits.is_empty() {
            section {
                h2 { (call.lang.say("Bài tương tự", "Similar articles")) }
                ul.similar { @for hit in &response.hits { li { a href=(hits::address(&hit.article, &nothing)) { (hit.article.title) } (hits::about(&hit.article, true, &nothing, call.lang)) } } }
            }
        }
    })
}
