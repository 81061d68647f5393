//! The pages: whole without JavaScript, in Vietnamese and English; everything that was typed or read is escaped as it is put in.
//!
//! Input → output: a [`Call`] → HTML. What stands on a page stands in the address too, so that every view can be sent to somebody.

mod api;
mod article;
pub(super) mod assets;
mod bars;
mod chips;
mod copies;
mod facets;
mod help;
mod hits;
mod map;
mod marks;
mod official;
mod results;
mod saved;
pub(super) mod words;

pub(super) use api::api;
pub(super) use article::article;
pub(super) use copies::copies;
pub(super) use facets::facet;
pub(super) use help::help;
pub(super) use official::official;
pub(super) use results::results;
pub(super) use saved::saved;

use super::answer::{Answer, Call, HTML, Visit};
use super::asked::{Asked, QUERY};
use super::lang::Lang;
use super::problem::{Kind, Problem};
use maud::{DOCTYPE, Markup, html};

/// What an address may say beside the fields of a request: how the answer is shown.
const VIEW: [&str; 3] = [super::api::BY, RELATIVE, MAP];

/// In the address: bars as shares of the archive.
const RELATIVE: &str = "relative";

/// In the address: which map is shown.
const MAP: &str = "map";

/// A page and what stands around it.
struct Frame<'a> {
    lang: Lang,
    /// What the window is called, before the name of the program.
    title: &'a str,
    /// The address without its language, so that the other one is a click away.
    here: (&'a str, &'a Asked),
    /// What stands in the search box, and the filters that a new query keeps.
    search: &'a Asked,
    /// What the archive is, at the foot.
    foot: Option<Markup>,
    /// The feed of what is shown.
    feed: Option<String>,
}

impl<'a> Frame<'a> {
    fn of(call: &'a Call, title: &'a str, search: &'a Asked) -> Frame<'a> {
        Frame { lang: call.lang, title, here: (&call.path, &call.asked), search, foot: Some(foot(call)), feed: None }
    }

    fn render(&self, main: Markup) -> String {
        let lang = self.lang;
        let (path, asked) = self.here;
        let switch = asked.set("lang", Some(lang.other().code())).href(path);
        html! {
            (DOCTYPE)
            html lang=(lang.code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { @if !self.title.is_empty() { (self.title) " · " } "tracuu" }
                    link rel="stylesheet" href=(assets::STYLE.href());
                    link rel="icon" href=(assets::ICON.href()) type="image/svg+xml";
                    link rel="search" type="application/opensearchdescription+xml" title="tracuu" href="/opensearch.xml";
                    @if let Some(feed) = &self.feed {
                        link rel="alternate" type="application/atom+xml" title=(lang.say("Tin mới của câu hỏi này", "New articles for this query")) href=(feed);
                    }
                    script src=(assets::SCRIPT.href()) defer {}
                }
                body {
                    a.skip href="#main" { (lang.say("Tới nội dung", "Skip to content")) }
                    header.top {
                        a.logo href="/" { "tra" b { "cuu" } }
                        (search_form(self.search, lang))
                        nav aria-label=(lang.say("Trang", "Pages")) {
                            a href="/help" { (lang.say("Cách hỏi", "Query help")) }
                            a href="/api" { "API" }
                            a href=(switch) hreflang=(lang.other().code()) lang=(lang.other().code()) { (lang.other().say("Tiếng Việt", "English")) }
                        }
                    }
                    main #main tabindex="-1" { (main) }
                    footer { @if let Some(foot) = &self.foot { (foot) } }
                }
            }
        }
        .into_string()
    }
}

/// The search box; what else is asked stays asked.
fn search_form(search: &Asked, lang: Lang) -> Markup {
    let kept = search.first_page();
    html! {
        form.search role="search" action="/" method="get" {
            label.hidden for="q" { (lang.say("Tìm trong kho bài", "Search the archive")) }
            input #q type="search" name=(QUERY) value=(search.query()) placeholder=(lang.say("chuyển đổi số, \"thu hồi đất\", -đấu thầu …", "chuyển đổi số, \"thu hồi đất\", -đấu thầu …"))
                autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="2000";
            @for (name, value) in kept.pairs().filter(|(name, _)| *name != QUERY && *name != "query") {
                input type="hidden" name=(name) value=(value);
            }
            button type="submit" { (lang.say("Tìm", "Search")) }
        }
    }
}

/// Which archive answered.
fn foot(call: &Call) -> Markup {
    let manifest = call.open.generation.manifest();
    let lang = call.lang;
    html! {
        p {
            (lang.number(manifest.articles)) " " (lang.say("bài", "articles")) " · "
            (lang.say("kho", "corpus")) " " code { (manifest.corpus_id) } " · "
            (lang.say("chỉ mục", "index")) " " code { (manifest.index_id) } " " (lang.say("lần ghi", "generation")) " " (manifest.generation) " · "
            (manifest.tool)
        }
    }
}

/// A page as an answer.
fn page(frame: &Frame, main: Markup) -> Answer {
    Answer::new(HTML, frame.render(main))
}

/// The page of a problem. It needs no archive, since there may be none.
pub(super) fn problem(problem: &Problem, visit: &Visit) -> String {
    let Visit { lang, path, asked, .. } = visit;
    let lang = *lang;
    let title = problem.kind.title(lang);
    let frame = Frame { lang, title, here: (path, asked), search: asked, foot: None, feed: None };
    frame.render(html! {
        section.problem {
            h1 { (title) }
            p role="alert" { (problem.detail) }
            @match problem.kind {
                Kind::Unauthorized => {
                    form action="/" method="get" {
                        label { (lang.say("Mã truy cập", "Token")) " " input type="password" name="token" autocomplete="current-password"; }
                        " " button type="submit" { (lang.say("Vào", "Enter")) }
                    }
                },
                Kind::BadQuery | Kind::BadRequest => p { a href="/help" { (lang.say("Cách viết câu hỏi", "How to write a query")) } },
                _ => {},
            }
            p { a href="/" { (lang.say("Về trang đầu", "To the first page")) } }
        }
    })
}
