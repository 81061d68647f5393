//! Searches that are saved to be watched: the form beneath the results, and the page that says so.

use super::{Frame, VIEW};
use crate::search::MAX_ID_CHARS;
use crate::server::answer::Visit;
use crate::server::asked::Asked;
use crate::server::lang::Lang;
use crate::server::saving::{NAME, PATH, SECRET};
use maud::{Markup, html};

/// Asks for the name under which what is asked is saved; nothing where nothing is asked.
pub fn form(secret: &str, asked: &Asked, lang: Lang) -> Markup {
    let asked = VIEW.iter().fold(asked.first_page(), |asked, name| asked.set_aside(name));
    html! {
        @if asked.pairs().next().is_some() {
            form.takeaway action=(asked.href(PATH)) method="post" {
                input type="hidden" name=(SECRET) value=(secret);
                label for="save-name" { (lang.say("Báo khi có bài mới, dưới tên", "Tell of new articles, under the name")) }
                " " input #save-name type="text" name=(NAME) required maxlength=(MAX_ID_CHARS) autocomplete="off";
                " " button type="submit" { (lang.say("Lưu tìm kiếm", "Save the search")) }
            }
        }
    }
}

/// Says that a search was saved.
pub fn saved(name: &str, visit: &Visit) -> String {
    let Visit { lang, asked, .. } = visit;
    let lang = *lang;
    let title = lang.say("Đã lưu tìm kiếm", "The search is saved");
    let frame = Frame { lang, title, here: ("/", asked), search: asked, foot: None, feed: None };
    frame.render(html! {
        section.problem {
            h1 { (title) }
            p role="status" {
                "“" (name.trim()) "” · "
                (lang.say("từ lần chạy tới, tracuu watch báo bài mới của tìm kiếm này.", "from its next run on, tracuu watch tells what is new to this search."))
            }
            p { a href=(asked.href("/")) { (lang.say("Trở lại kết quả", "Back to the results")) } }
        }
    })
}
