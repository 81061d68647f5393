//! The values of a facet: beside the hits the first of them, on a page of its own all, with a search among them.

use super::{Frame, VIEW, page, words};
use crate::index::FacetField;
use crate::search::{self, FacetCounts, FacetValue, RemainderRow, Request, Response};
use crate::server::answer::{Answer, Call};
use crate::server::api::{bounded, facet_field};
use crate::server::asked::Asked;
use crate::server::lang::Lang;
use crate::server::problem::Problem;
use maud::{Markup, html};

/// Values beside the hits.
const BESIDE: usize = 10;

/// Values on the page of a facet; what is beyond is found by searching among them.
const VALUES: usize = 500;

/// Values below a value.
const BELOW: usize = 31;

/// A list of values and what makes its links.
struct List<'a> {
    field: FacetField,
    asked: &'a Asked,
    /// Paths and rows that are filtered by already.
    active: Vec<&'a str>,
    lang: Lang,
    /// Levels that are shown below the first.
    depth: usize,
}

/// A facet beside the hits.
pub fn section(field: FacetField, counts: &FacetCounts, response: &Response, asked: &Asked, lang: Lang) -> Markup {
    let list = List { field, asked, active: asked.all("is").collect(), lang, depth: depth(field, counts) };
    let beside = if field == FacetField::Date { usize::MAX } else { BESIDE };
    let is_open = !matches!(field, FacetField::Collection) || counts.distinct > 1;
    html! {
        @if !(counts.values.is_empty() && counts.remainder.is_empty()) {
            details.facet open[is_open] id=(format!("facet-{}", field.name())) {
                summary { (words::facet(field.name(), lang)) " " span.count { (lang.number(counts.distinct)) } }
                @if field == FacetField::Province { (borders(asked, lang)) }
                @if matches!(field, FacetField::Province | FacetField::Official) { (search_inside(field, asked, lang)) }
                (list.values(&counts.values[..counts.values.len().min(beside)], &counts.remainder, 0))
                @if counts.distinct > beside as u64 || field == FacetField::Official {
                    p.more { a href=(all_of(field, asked)) { (lang.say("Xem và tìm trong", "See and search all")) " " (lang.number(counts.distinct)) } }
                }
                @if counts.repeats > 0 && response.total > 0 {
                    p.note { (lang.say("Một bài có thể đứng dưới nhiều giá trị.", "An article may stand under several values.")) }
                }
            }
        }
    }
}

/// One level at a time, or a list of ten years would be thousands of rows long.
fn depth(field: FacetField, counts: &FacetCounts) -> usize {
    let only = |values: &[FacetValue]| values.len() == 1;
    match field {
        FacetField::Date if only(&counts.values) && only(&counts.values[0].children) => 2,
        FacetField::Date => usize::from(counts.values.len() <= 2),
        // Districts and wards once a province is chosen.
        _ => 1 + usize::from(only(&counts.values)),
    }
}

fn all_of(field: FacetField, asked: &Asked) -> String {
    asked.first_page().href(&path(field))
}

/// The page of a facet.
fn path(field: FacetField) -> String {
    format!("/facet/{}", field.name())
}

/// A search among all values of a facet; what else is asked stays asked.
fn search_inside(field: FacetField, asked: &Asked, lang: Lang) -> Markup {
    let id = format!("inside-{}", field.name());
    let kept = asked.first_page().set_aside(INSIDE);
    html! {
        form.inside action=(path(field)) method="get" {
            label.hidden for=(id) { (lang.say("Tìm trong danh sách", "Search the list")) ": " (words::facet(field.name(), lang)) }
            input id=(id) type="search" name=(INSIDE) value=(asked.first(INSIDE).unwrap_or("")) maxlength="200"
                placeholder=(lang.say("Tìm trong danh sách", "Search the list"));
            @for (name, value) in kept.pairs() { input type="hidden" name=(name) value=(value); }
            button type="submit" { (lang.say("Tìm", "Search")) }
        }
    }
}

/// Whose borders count.
fn borders(asked: &Asked, lang: Lang) -> Markup {
    let as_written = asked.first("boundaries").is_some_and(|typed| typed.starts_with("as"));
    let (other, label) = match as_written {
        true => (None, lang.say("gõ tên tỉnh theo bản đồ hiện nay", "read names on today's map")),
        false => (Some("as-written"), lang.say("gõ tên tỉnh theo thời của bài", "read names as of their time")),
    };
    html! { p.note { a href=(asked.set("boundaries", other).href("/")) { (label) } } }
}

impl List<'_> {
    fn values(&self, values: &[FacetValue], remainder: &[RemainderRow], level: usize) -> Markup {
        let mut values: Vec<&FacetValue> = values.iter().collect();
        if self.field == FacetField::Date {
            // Time has an order of its own.
            values.sort_by(|one, other| other.path.cmp(&one.path));
        }
        html! {
            ul {
                @for value in values { li { (self.value(value, level)) } }
                @for row in remainder {
                    li.rest { (self.row(&row.kind, &words::remainder(row, self.lang), row.count)) }
                }
            }
        }
    }

    fn value(&self, value: &FacetValue, level: usize) -> Markup {
        let selects = format!("{}:{}", self.field.name(), value.path);
        let says_more = value.children.len() > 1 || value.children.first().is_some_and(|child| child.label != value.label);
        html! {
            (self.row(&selects, &value.label, value.count))
            @if says_more && level < self.depth {
                details.below open[self.active.iter().any(|active| active.starts_with(&selects))] {
                    summary { span.hidden { (value.label) ": " (self.lang.say("chi tiết", "details")) } }
                    (self.values(&value.children[..value.children.len().min(BELOW)], &value.remainder, level + 1))
                }
            }
        }
    }

    /// A row that includes, and beside it a click that excludes.
    fn row(&self, selects: &str, label: &str, count: u64) -> Markup {
        let lang = self.lang;
        let is_active = self.active.contains(&selects);
        let toggled = if is_active { self.asked.without("is", selects) } else { self.asked.with("is", selects) };
        html! {
            span.row {
                a href=(toggled.href("/")) aria-current=[is_active.then_some("true")] { (label) }
                span.count { (lang.number(count)) }
                a.not href=(self.asked.without("is", selects).with("not", selects).href("/")) rel="nofollow"
                    aria-label=(format!("{} {label}", lang.say("loại trừ", "exclude"))) title=(lang.say("loại trừ", "exclude")) { "−" }
            }
        }
    }
}

/// The name of what is searched for among values.
const INSIDE: &str = "inside";

/// `GET /facet/{field}`: all values of a facet.
pub fn facet(call: &Call) -> Result<Answer, Problem> {
    let field = facet_field(&call.named)?;
    let asked = call.asked.clone().known(&VIEW);
    let request = Request { limit: 0, facets: vec![field], max_facet_values: Some(VALUES), budget: call.budget, ..Request::default() };
    let response = search::search(&call.open.generation, &call.app.authority, &bounded(asked.typed(&VIEW)?, &request)?)?;
    let lang = call.lang;
    let counts = &response.facets[field.name()];
    let here = asked.clone().set_aside(INSIDE);
    let list = List { field, asked: &here, active: asked.all("is").collect(), lang, depth: if field == FacetField::Date { 1 } else { 2 } };
    let name = words::facet(field.name(), lang);
    Ok(page(
        &Frame::of(call, name, &here),
        html! {
            h1 { (name) ": " (lang.number(counts.distinct)) }
            p { a href=(here.href("/")) { "← " (lang.number(response.total)) " " (lang.say("bài", "articles")) } }
            (search_inside(field, &asked, lang))
            div.facet.whole { (list.values(&counts.values, &counts.remainder, 0)) }
            @if counts.more > 0 {
                p.note { "+" (lang.number(counts.more)) " " (lang.say("giá trị khác; tìm trong danh sách, hoặc lấy tất cả bằng API", "more values; search the list, or take all of them by the API")) }
            }
            p { a href=(here.first_page().href(&format!("/api/v1/facets/{}", field.name()))) { "JSON" } }
        },
    ))
}
