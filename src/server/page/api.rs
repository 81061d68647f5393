//! The API for people: what there is to call, a form to try each, the kinds of problems.

use super::{Frame, page};
use crate::server::answer::{Answer, Call};
use crate::server::asked::Asked;
use crate::server::calls::{API, CALLS};
use crate::server::problem::{Kind, Problem};
use maud::html;

/// `GET /api`.
pub fn api(visit: &Call) -> Result<Answer, Problem> {
    let lang = visit.lang;
    let nothing = Asked::default();
    Ok(page(
        &Frame::of(visit, "API", &nothing),
        html! {
            article.prose {
                h1 { "API" }
                p {
                    (lang.say(
                        "Chỉ đọc, JSON, cùng các trường với `tracuu search --format json`. Tham số là các tùy chọn của dòng lệnh.",
                        "Read only, JSON, the same values as `tracuu search --format json`. Parameters are the options of the command line."))
                    " " a href=(format!("{API}/openapi.json")) { "OpenAPI 3.1" }
                }
                @for call in &CALLS {
                    section {
                        h2 { code { "GET " (API) (call.path) } }
                        p { (call.says) }
                        @if !call.path.contains('{') && call.path != "/openapi.json" {
                            form.try action=(format!("{API}{}", call.path)) method="get" {
                                @if call.path != "/stats" { label { "q " input type="text" name="q" value="chuyển đổi số"; } " " }
                                @if matches!(call.path, "/search" | "/suggest") { label { "limit " input type="number" name="limit" value="3" min="0" max="100"; } " " }
                                button type="submit" { (lang.say("Thử", "Try")) }
                            }
                        }
                    }
                }
                h2 { (lang.say("Lỗi", "Problems")) }
                p { "RFC 9457, " code { "application/problem+json" } }
                dl { @for kind in Kind::ALL { dt #(kind.name()) { code { (kind.name()) } " " (kind.status().as_u16()) } dd { (kind.title(lang)) } } }
            }
        },
    ))
}
