//! The list of hits.

use super::marks::matched;
use super::words;
use crate::article::{Article, FacetPath, Official, UnitMention};
use crate::export::event_text;
use crate::search::{Hit, Unit};
use crate::server::asked::{Asked, QUERY};
use crate::server::lang::Lang;
use maud::{Markup, html};

/// Officials that are named in a line; the page of the article names all.
const OFFICIALS: usize = 4;

/// Hits as a numbered list.
pub fn list(hits: &[Hit], hits_of: Unit, asked: &Asked, lang: Lang) -> Markup {
    html! {
        ol.hits start=[hits.first().map(|hit| hit.rank)] {
            @for hit in hits { li { (self::hit(hit, hits_of, asked, lang)) } }
        }
    }
}

fn hit(hit: &Hit, hits_of: Unit, asked: &Asked, lang: Lang) -> Markup {
    let article = &hit.article;
    html! {
        article {
            h3 { a href=(address(article, asked)) { (matched(&article.title, &hit.title_highlights)) } }
            (about(article, hit.certain, asked, lang))
            @for snippet in &hit.snippets { p.snippet { (matched(&snippet.text, &snippet.highlights)) } }
            @if hits_of == Unit::Stories && hit.copies > 0 {
                p.copies { a href=(format!("/a/{}/copies", article.id)) { "+" (lang.number(hit.copies)) " " (lang.say("bản khác", if hit.copies == 1 { "other copy" } else { "other copies" })) } }
            }
        }
    }
}

/// The page of an article, which marks what was searched for.
pub fn address(article: &Article, asked: &Asked) -> String {
    let query = asked.query();
    Asked::default().set(QUERY, Some(query).filter(|query| !query.is_empty())).href(&format!("/a/{}", article.id))
}

/// When, where, who and by whom it was published, in a line of links that filter.
pub fn about(article: &Article, certain: bool, asked: &Asked, lang: Lang) -> Markup {
    let event = &article.dates.event;
    html! {
        p.about {
            span.when title=[words::basis(event.basis, lang)] {
                (event_text(event, lang.into()))
                @if !certain { " (" (lang.say("có thể", "possibly")) ")" }
                @if words::basis(event.basis, lang).is_some() { sup aria-hidden="true" { "*" } }
            }
            " · "
            @if article.provinces.about.is_empty() { (words::status(article, lang)) }
            @for (at, unit) in article.provinces.about.iter().enumerate() {
                @if at > 0 { ", " }
                (self::unit(unit, asked))
            }
            @for (at, official) in article.officials.iter().take(OFFICIALS).enumerate() {
                @if at == 0 { " · " } @else { ", " }
                (self::official(official, asked))
            }
            @if article.officials.len() > OFFICIALS { " +" (article.officials.len() - OFFICIALS) }
            @if let Some(source) = &article.source { " · " span.source { (source.name) } }
        }
    }
}

/// A unit as a link that filters by it, as it was at the time.
pub fn unit(unit: &UnitMention, asked: &Asked) -> Markup {
    html! {
        @match unit_path(unit) {
            Some(path) => a href=(asked.with("is", &format!("province:{path}")).href("/")) { (unit.unit) @if let Some(era) = &unit.era { small { " (" (era) ")" } } },
            None => (unit.unit),
        }
    }
}

/// Where a unit stands in the province facet.
pub fn unit_path(unit: &UnitMention) -> Option<FacetPath> {
    FacetPath::new([unit.today.first()?.unit_id.slug(), unit.unit_id.0.as_str()])
}

/// A person as a link that filters by them.
pub fn official(official: &Official, asked: &Asked) -> Markup {
    html! {
        @match official.name_path() {
            Some(path) => a href=(asked.with("is", &format!("official:{path}")).href("/")) { (official.name) },
            None => (official.name),
        }
    }
}
