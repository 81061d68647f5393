//! The page of a person: posts over time with their first and last attestation, where, and who is named beside them. Namesakes stand apart.

use super::{Frame, hits, page, words};
use crate::article::FacetPath;
use crate::export::{DatePart, KnownDate};
use crate::index::FacetField;
use crate::search::{self, Attestation, Career, FacetCounts, Filter, HeldPost, Request, Sort};
use crate::server::answer::{Answer, Call};
use crate::server::asked::Asked;
use crate::server::lang::Lang;
use crate::server::problem::{Kind, Problem};
use maud::{Markup, html};

/// Articles that are listed.
const NEWEST: usize = 10;

/// People and provinces that are listed.
const VALUES: usize = 20;

/// Years that a row of dots holds, the last of them: careers are shorter.
const YEARS: usize = 60;

/// `GET /o?name=…`.
pub fn official(call: &Call) -> Result<Answer, Problem> {
    let lang = call.lang;
    let name = call.asked.first("name").ok_or_else(|| Problem::new(Kind::BadRequest, "say whose page: /o?name=…"))?;
    let path = FacetPath::new([name]).ok_or_else(|| Problem::not_found("official of this name"))?;
    let career = search::career(&call.open.generation, &path.segments()[0], call.budget)?;
    let career = career.ok_or_else(|| Problem::not_found(format_args!("official called {name:?} in the archive")))?;
    let request = Request {
        filters: vec![Filter::Value(FacetField::Official, path.clone())],
        facets: vec![FacetField::Province, FacetField::Official],
        max_facet_values: Some(VALUES + 1),
        sort: Sort::Newest,
        limit: NEWEST,
        budget: call.budget,
        ..Request::default()
    };
    let response = search::search(&call.open.generation, &call.app.authority, &request)?;
    let theirs = Asked::default().with("is", &format!("official:{path}"));
    let nothing = Asked::default();
    Ok(page(
        &Frame::of(call, &career.name, &nothing),
        html! {
            h1 { (career.name) }
            p { a href=(theirs.href("/")) { (lang.number(response.total)) " " (lang.say("bài", "articles")) } }
            p.note { (lang.say(
                "Tên chung không phải là một người: các dòng dưới tách theo cơ quan hoặc địa phương. Mỗi chấm là một năm có bài; khoảng trống là không có bài, không suy ra.",
                "A name is not a person: rows are kept apart by body or place. Each dot is a year with articles; a gap means no article, and nothing is concluded from it.")) }
            (posts(&career, lang))
            div.columns.two {
                (values("province", response.facets.get("province"), None, &theirs, lang))
                (values("official", response.facets.get("official"), Some(&path), &theirs, lang))
            }
            h2 { (lang.say("Mới nhất", "Newest")) }
            (hits::list(&response.hits, request.hits_of, &nothing, lang))
        },
    ))
}

/// Posts by scope, a row each.
fn posts(career: &Career, lang: Lang) -> Markup {
    let years: Vec<i16> = career.posts.iter().flat_map(|post| post.by_year.keys().copied()).collect();
    let span = years.iter().min().zip(years.iter().max()).map(|(&first, &last)| first.max(last.saturating_sub(YEARS as i16 - 1))..=last);
    html! {
        table.posts {
            thead { tr {
                th scope="col" { (lang.say("Cơ quan, địa phương", "Body or place")) }
                th scope="col" { (lang.say("Chức vụ", "Post")) }
                th scope="col" { (lang.say("Bài đầu", "First")) }
                th scope="col" { (lang.say("Bài cuối", "Last")) }
                th scope="col" { (lang.say("Bài", "Articles")) }
                th scope="col" { (lang.say("Theo năm", "By year")) @if let Some(span) = &span { " " small { (span.start()) "–" (span.end()) } } }
            } }
            tbody {
                @for post in &career.posts {
                    tr {
                        td { a href=(Asked::default().with("is", &format!("official:{}", post.path)).href("/")) { (post.scope) } }
                        th scope="row" { (post.role) }
                        td { (attestation(post.first.as_ref(), lang)) }
                        td { (attestation(post.last.as_ref(), lang)) }
                        td { a href=(of_post(post)) { (lang.number(post.articles)) } @if post.undated > 0 { br; small { (lang.number(post.undated)) " " (lang.say("không rõ ngày", "undated")) } } }
                        td { @if let Some(span) = &span { (dots(post, span.clone())) } }
                    }
                }
            }
        }
    }
}

fn of_post(post: &HeldPost) -> String {
    Asked::default().with("is", &format!("official:{}", post.path)).with("role", &post.role).href("/")
}

/// A day, or the days between which it lies, with the article that says so.
fn attestation(seen: Option<&Attestation>, lang: Lang) -> Markup {
    html! {
        @match seen {
            None => "–",
            Some(seen) => a href=(format!("/a/{}", seen.id)) title=(seen.title) { (KnownDate { from: DatePart::Day(seen.from), to: DatePart::Day(seen.to) }.text(lang.into())) },
        }
    }
}

/// A dot for each year, filled where there are articles.
fn dots(post: &HeldPost, span: std::ops::RangeInclusive<i16>) -> Markup {
    const STEP: usize = 10;
    let told: Vec<String> = post.by_year.iter().map(|(year, count)| format!("{year}: {count}")).collect();
    html! {
        svg.dots viewBox=(format!("0 0 {} {STEP}", span.clone().count() * STEP)) width=(span.clone().count() * STEP) height=(STEP) role="img" aria-label=(told.join(", ")) {
            title { (told.join(", ")) }
            @for (at, year) in span.enumerate() {
                @let count = post.by_year.get(&year).copied().unwrap_or(0);
                circle class=(if count > 0 { "on" } else { "off" }) cx=(at * STEP + STEP / 2) cy=(STEP / 2) r=(if count > 0 { 4 } else { 1 }) {}
            }
        }
    }
}

/// Values of a facet among a person's articles, without themselves.
fn values(name: &str, counts: Option<&FacetCounts>, but: Option<&FacetPath>, theirs: &Asked, lang: Lang) -> Markup {
    let but = but.map(FacetPath::to_string);
    let values = counts.into_iter().flat_map(|counts| &counts.values).filter(|value| Some(&value.path) != but.as_ref()).take(VALUES);
    html! {
        section {
            h2 { @if name == "official" { (lang.say("Cùng được nêu tên", "Named together")) } @else { (words::facet(name, lang)) } }
            ul { @for value in values { li { a href=(theirs.with("is", &format!("{name}:{}", value.path)).href("/")) { (value.label) } " " span.count { (lang.number(value.count)) } } } }
        }
    }
}
