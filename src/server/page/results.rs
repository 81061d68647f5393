//! The first page and the page of results, which are one: what a query and filters select, over time, on the map and under each facet.

use super::{Frame, MAP, RELATIVE, VIEW, bars, chips, facets, hits, map, page, saved};
use crate::index::FacetField;
use crate::query::{Ast, parse};
use crate::search::{self, NoticeCode, Request, Response, Sort};
use crate::server::answer::{Answer, Call};
use crate::server::api::{bounded, by};
use crate::server::asked::{Asked, QUERY};
use crate::server::lang::Lang;
use crate::server::problem::Problem;
use crate::text::{is_syllable_in_any_case, parts};
use maud::{Markup, html};

/// Hits of a page.
const HITS: usize = 20;

/// Values of each level of a facet that are counted out: every unit of a map, and more than stand beside the hits.
const FACET_VALUES: usize = 64;

/// Facets beside the hits.
const FACETS: [FacetField; 5] = [FacetField::Province, FacetField::Official, FacetField::Date, FacetField::Source, FacetField::Collection];

/// `GET /`: what is asked, or all of the archive, the newest first.
pub fn results(call: &Call) -> Result<Answer, Problem> {
    let asked = call.asked.clone().known(&VIEW);
    let request =
        Request { limit: HITS, facets: FACETS.to_vec(), max_facet_values: Some(FACET_VALUES), budget: call.budget, ..Request::default() };
    let request = bounded(asked.typed(&VIEW)?, &request)?;
    let response = search::search(&call.open.generation, &call.app.authority, &request)?;
    let lang = call.lang;
    let title = if asked.query().is_empty() { lang.say("kho bài", "the archive").to_owned() } else { asked.query().to_owned() };
    let mut frame = Frame::of(call, &title, &asked);
    frame.feed = Some(asked.first_page().href("/feed.atom"));
    let histogram = bars::of(call, &request, &response, by(&asked)?)?;
    Ok(page(
        &frame,
        html! {
            h1.hidden { (title) }
            div.columns.three {
                aside.facets aria-label=(lang.say("Lọc", "Filters")) {
                    @for field in FACETS {
                        @if let Some(counts) = response.facets.get(field.name()) {
                            (facets::section(field, counts, &response, &asked, lang))
                        }
                    }
                }
                div.answer {
                    (reading(&response, &asked, lang))
                    (chips::active(&asked, &response, lang))
                    (bars::figure(&histogram, &asked, asked.first(RELATIVE).is_some(), lang))
                    (order(&asked, request.sort, lang))
                    @if response.hits.is_empty() { (nothing(&response, lang)) } @else { (hits::list(&response.hits, request.hits_of, &asked, lang)) }
                    (pages(&response, &asked, lang))
                    (takeaway(&asked, lang))
                    @if let Some(saving) = &call.app.saving { (saved::form(saving.secret(), &asked, lang)) }
                }
                div.where { (map::figure(&call.app.authority, &response, &asked, asked.first(MAP) == Some(map::BEFORE), lang)) }
            }
        },
    ))
}

/// Totals, and how the query was read.
fn reading(response: &Response, asked: &Asked, lang: Lang) -> Markup {
    let typed = &response.query.typed;
    let text = match parse(typed) {
        Ok(Ast::Text(text)) => Some(text),
        _ => None,
    };
    let link = |query: String| asked.set(QUERY, Some(&query)).set("query", None).href("/");
    let stricter = text.as_ref().map(|text| link(format!("\"{text}\"")));
    // Letters that stand for a longer name stay together however loosely a query is read, and no query asks for less of them.
    let are_syllables = |text: &&String| parts(text).all(|part| is_syllable_in_any_case(&text[part]));
    let one_by_one = |text: &String| parts(text).map(|part| format!("\"{}\"", &text[part])).collect::<Vec<_>>().join(" ");
    let looser = text.as_ref().filter(are_syllables).map(|text| link(one_by_one(text)));
    let other = |total: Option<u64>, href: Option<String>, words: &str| {
        let total = total.filter(|total| *total != response.total)?;
        Some(
            html! { " · " @match href { Some(href) => a href=(href) { (lang.number(total)) " " (words) }, None => { (lang.number(total)) " " (words) } } },
        )
    };
    html! {
        section.reading aria-live="polite" {
            p.total {
                strong { (lang.number(response.total)) " " (lang.say("bài", if response.total == 1 { "article" } else { "articles" })) }
                " · " (lang.number(response.total_stories)) " " (lang.say("tin", if response.total_stories == 1 { "story" } else { "stories" }))
                @if let Some(other) = other(response.total_phrase, stricter, lang.say("nếu là một cụm", "as one phrase")) { (other) }
                @if let Some(other) = other(response.total_loose, looser, lang.say("nếu các tiếng đứng rời", "with the syllables anywhere")) { (other) }
            }
            @if !response.query.words.is_empty() {
                p.words {
                    (lang.say("đọc là", "read as")) ": "
                    @for word in &response.query.words { span.word { (word.text) } " " }
                }
            }
            @for word in response.query.words.iter().filter(|word| !word.matched_forms.is_empty()) {
                p.forms {
                    (word.text) " → "
                    @for (at, form) in word.matched_forms.iter().enumerate() { @if at > 0 { " · " } (form.form) " " (lang.number(form.count)) }
                }
            }
            @if let Some(meant) = &response.did_you_mean {
                p.meant {
                    (lang.say("Có phải bạn muốn tìm", "Did you mean")) ": "
                    a href=(asked.set(QUERY, Some(&meant.query)).set("query", None).href("/")) { (meant.query) }
                    " (" (lang.number(meant.total)) ")"
                }
            }
            @for notice in &response.notices { p.notice { (self::notice(notice.code, &notice.text, lang)) } }
        }
    }
}

/// A notice; those that say the same of every query have an English text.
fn notice(code: NoticeCode, text: &str, lang: Lang) -> &str {
    match code {
        _ if lang == Lang::Vi => text,
        NoticeCode::Folded => "The query has no diacritics, so it was matched without them; articles spelt just as typed come first.",
        NoticeCode::MatchAny => "The total counts articles that hold only some of the words.",
        NoticeCode::IncompleteIndex => "The last run of the indexer has not completed.",
        _ => text,
    }
}

fn nothing(response: &Response, lang: Lang) -> Markup {
    html! {
        p.nothing {
            @if response.total == 0 { (lang.say("Không có bài nào khớp.", "No article matches.")) }
            @else { (lang.say("Hết danh sách.", "The list ends here.")) }
        }
    }
}

/// The orders that hits may have.
fn order(asked: &Asked, sort: Sort, lang: Lang) -> Markup {
    let orders = [
        (Sort::Relevance, "relevance", lang.say("sát nhất", "relevance")),
        (Sort::Newest, "newest", lang.say("mới nhất", "newest")),
        (Sort::Oldest, "oldest", lang.say("cũ nhất", "oldest")),
    ];
    let all_copies = asked.first("all_copies") == Some("true");
    html! {
        nav.order aria-label=(lang.say("Thứ tự", "Order")) {
            @for (order, name, label) in orders {
                a href=(asked.set("sort", Some(name).filter(|_| order != Sort::Relevance)).href("/")) aria-current=[(order == sort).then_some("true")] { (label) }
            }
            @if all_copies {
                a.copies href=(asked.set("all_copies", None).href("/")) { (lang.say("gộp bản trùng", "group copies")) }
            } @else {
                a.copies href=(asked.set("all_copies", Some("true")).href("/")) { (lang.say("hiện mọi bản", "show every copy")) }
            }
        }
    }
}

fn pages(response: &Response, asked: &Asked, lang: Lang) -> Markup {
    html! {
        nav.pages aria-label=(lang.say("Các trang", "Pages of results")) {
            @if asked.first("after").is_some() || asked.first("offset").is_some() {
                a href=(asked.first_page().href("/")) rel="first" { (lang.say("Trang đầu", "First page")) }
            }
            @if let Some(next) = &response.next {
                a.next href=(asked.after(&next.to_string()).href("/")) rel="next" { (lang.say("Trang sau", "Next page")) " →" }
            }
        }
    }
}

/// The whole result, to take away.
fn takeaway(asked: &Asked, lang: Lang) -> Markup {
    let asked = VIEW.iter().fold(asked.first_page(), |asked, name| asked.set_aside(name));
    let export = |format: &str| asked.set("format", Some(format)).href("/api/v1/export");
    html! {
        p.takeaway {
            (lang.say("Tải toàn bộ kết quả", "Take the whole result")) ": "
            @for (format, label) in [("csv", "CSV"), ("jsonl", "JSONL"), ("ris", "RIS"), ("bibtex", "BibTeX"), ("csl-json", "CSL-JSON")] {
                a href=(export(format)) download { (label) } " "
            }
            "· " a href=(asked.href("/feed.atom")) { (lang.say("Theo dõi (Atom)", "Follow (Atom)")) }
            " · " a href=(asked.href("/api/v1/search")) { "JSON" }
        }
    }
}
