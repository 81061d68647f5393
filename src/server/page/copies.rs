//! The near-duplicates of an article: when and where each stood, and what was cut from it or added.

use super::{Frame, hits, page};
use crate::search::{self, Change, ChangeKind};
use crate::server::answer::{Answer, Call};
use crate::server::api::Named;
use crate::server::asked::Asked;
use crate::server::problem::Problem;
use maud::{Markup, html};

/// Of what is kept, so many words are shown beside a change.
const BESIDE: usize = 12;

/// `GET /a/{id}/copies`.
pub fn copies(call: &Call) -> Result<Answer, Problem> {
    let named = Named::parse(&call.named)?;
    let copies =
        search::copies(&call.open.generation, named.id, true)?.ok_or_else(|| Problem::not_found(format_args!("article {}", named.id)))?;
    let (lang, nothing) = (call.lang, Asked::default());
    let title = lang.say("Các bản của một tin", "Copies of one story");
    Ok(page(
        &Frame::of(call, title, &nothing),
        html! {
            h1 { (title) ": " (copies.members.len()) }
            @for (place, copy) in copies.members.iter().enumerate() {
                article.copy {
                    h2 { a href=(hits::address(&copy.article, &nothing)) { (copy.article.title) } }
                    (hits::about(&copy.article, true, &nothing, lang))
                    @if place > 0 {
                        p.note {
                            (lang.say("giống bản đầu", "like the first")) ": Jaccard " (format!("{:.2}", copy.likeness.jaccard)) ", "
                            (lang.say("bản ngắn nằm trong bản dài", "of the shorter in the longer")) " " (format!("{:.2}", copy.likeness.containment))
                        }
                    }
                    @if let Some(changes) = &copy.changes {
                        @if changes.iter().all(|change| change.kind == ChangeKind::Kept) { p.note { (lang.say("không khác một chữ", "not a word differs")) } }
                        @else { div.changes lang="vi" { @for change in changes { (self::change(change)) } } }
                    }
                }
            }
        },
    ))
}

fn change(change: &Change) -> Markup {
    html! {
        @match change.kind {
            ChangeKind::Kept => (beside(&change.text)),
            ChangeKind::Cut => del { (change.text) },
            ChangeKind::Added => ins { (change.text) },
        }
        " "
    }
}

/// The words of a kept stretch that stand beside changes.
fn beside(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= 2 * BESIDE {
        words.join(" ")
    } else {
        format!("{} … {}", words[..BESIDE].join(" "), words[words.len() - BESIDE..].join(" "))
    }
}
