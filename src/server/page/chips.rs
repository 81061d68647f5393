//! What is active, each with a click that takes it away.

use super::VIEW;
use crate::search::{AppliedFilter, Response};
use crate::server::asked::{Asked, QUERY};
use crate::server::lang::Lang;
use maud::{Markup, html};

/// Names of an address that are no filters: they say how the answer is shown, or what is asked.
const NO_FILTERS: [&str; 8] = [QUERY, "query", "text", "sort", "after", "offset", "limit", "all_copies"];

/// Every active filter.
pub fn active(asked: &Asked, response: &Response, lang: Lang) -> Markup {
    let active: Vec<(&str, &str)> = asked.pairs().filter(|(name, _)| !NO_FILTERS.contains(name) && !VIEW.contains(name)).collect();
    let cleared = active.iter().fold(asked.first_page(), |asked, (name, _)| asked.set(name, None));
    html! {
        @if !active.is_empty() {
            ul.chips aria-label=(lang.say("Đang lọc", "Active filters")) {
                @for (name, value) in &active {
                    @let label = label(name, value, &response.filters, lang);
                    li {
                        a href=(asked.without(name, value).href("/")) {
                            (label)
                            span.hidden { " " (lang.say("bỏ", "remove")) }
                            span aria-hidden="true" { " ×" }
                        }
                    }
                }
                @if active.len() > 1 { li { a.clear href=(cleared.href("/")) { (lang.say("Bỏ tất cả", "Clear all")) } } }
            }
        }
    }
}

/// What a filter means, as the answer says it read it.
fn label(name: &str, value: &str, applied: &[AppliedFilter], lang: Lang) -> String {
    let said = |filter: &&AppliedFilter| match name {
        "is" | "not" => {
            (filter.mode == "not") == (name == "not") && (filter.typed == value || format!("{}:{}", filter.field, filter.typed) == value)
        }
        _ => filter.field == name && filter.typed == value,
    };
    match applied.iter().find(said) {
        Some(filter) => format!("{}: {}", super::words::facet_or_field(&filter.field, lang), filter.label),
        None => format!("{}: {value}", super::words::facet_or_field(name, lang)),
    }
}
