//! A request that was let in → its answer: from the cache, or made on a thread of its own within its budget.
//!
//! Computing blocks, so it has threads of its own; how many searches run at once is bounded, and a request waits for its place no longer than it may
//! take. What an answer says hangs on the archive's state, the address and the language alone, so these make its ETag and its place in the cache.

use super::App;
use super::archive::Open;
use super::asked::Asked;
use super::lang::Lang;
use super::page;
use super::problem::{Kind, Problem};
use super::routes::is_api;
use super::saving::Saving;
use crate::article::Hash128;
use crate::search::Budget;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use quick_cache::Weighter;
use std::sync::Arc;
use std::time::Duration;

/// What is sent.
#[derive(Clone)]
pub(super) struct Answer {
    pub content_type: &'static str,
    pub body: Bytes,
}

impl Answer {
    pub fn new(content_type: &'static str, body: impl Into<Bytes>) -> Answer {
        Answer { content_type, body: body.into() }
    }

    /// A value of the contract.
    pub fn json(value: &impl serde::Serialize) -> Answer {
        let json = serde_json::to_vec(value).expect("values of the contract have text keys only, so they always serialise");
        Answer::new(JSON, json)
    }
}

/// Of JSON.
pub(super) const JSON: &str = "application/json";
/// Of problem details.
const PROBLEM: &str = "application/problem+json";
/// Of pages.
pub(super) const HTML: &str = "text/html; charset=utf-8";

/// The cookie that holds the language that was chosen.
const LANG: &str = "lang";

/// A request that is being answered.
pub(super) struct Call {
    pub app: Arc<App>,
    pub open: Arc<Open>,
    pub asked: Asked,
    /// What stood in the path: an id, a facet, a name.
    pub named: String,
    pub lang: Lang,
    /// The path that was asked for.
    pub path: String,
    /// Scheme and host as the visitor wrote them, for what is read elsewhere (feeds).
    pub site: String,
    pub budget: Budget,
}

/// What makes an answer.
pub(super) type Maker = fn(&Call) -> Result<Answer, Problem>;

/// Who reads the answer: problems are told in their way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    Person,
    Program,
}

/// Finished answers.
pub(super) type Cache = quick_cache::sync::Cache<Hash128, Answer, ByBytes>;

/// Weighs answers by their bytes.
#[derive(Clone)]
pub(super) struct ByBytes;

impl Weighter<Hash128, Answer> for ByBytes {
    fn weight(&self, _: &Hash128, answer: &Answer) -> u64 {
        /// What an entry takes beside its body.
        const ENTRY: u64 = 128;
        answer.body.len() as u64 + ENTRY
    }
}

/// A cache of so many bytes.
pub(super) fn cache(bytes: u64) -> Cache {
    /// A page with its facets.
    const USUAL_ANSWER: u64 = 64 << 10;
    Cache::with_weighter((bytes / USUAL_ANSWER) as usize, bytes, ByBytes)
}

/// An answer that took a great part of the cache would drive out what others ask.
const CACHED_PART: usize = 16;

/// Who asks, and for what: what has to be known to tell a problem.
pub(super) struct Visit {
    pub reader: Reader,
    pub lang: Lang,
    /// The language, where the address chooses one.
    chosen: Option<Lang>,
    pub path: String,
    /// What is asked, without the language.
    pub asked: Asked,
}

impl Visit {
    /// Reads address and headers. The language is the one that the address chooses, else the one that was chosen before, else the browser's.
    pub fn of(uri: &Uri, headers: &HeaderMap) -> Visit {
        let asked = Asked::of(uri.query().unwrap_or(""));
        let chosen = asked.first(LANG).and_then(Lang::named);
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
        let lang = chosen.or_else(|| cookie(headers, LANG).and_then(Lang::named)).unwrap_or_else(|| Lang::preferred(accepted));
        let reader = if is_api(uri.path()) { Reader::Program } else { Reader::Person };
        Visit { reader, lang, chosen, path: uri.path().to_owned(), asked: asked.set_aside(LANG) }
    }
}

/// Answers a request.
pub(super) async fn answer(app: Arc<App>, named: String, uri: Uri, headers: HeaderMap, make: Maker) -> Response {
    let visit = Visit::of(&uri, &headers);
    let mut response = match make_or_find(app, &visit, named, &uri, &headers, make).await {
        Ok(response) => response,
        Err(problem) => refuse(&problem, &visit),
    };
    if let Some(lang) = visit.chosen {
        let cookie = format!("{LANG}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly", lang.code());
        response.headers_mut().insert(header::SET_COOKIE, HeaderValue::from_str(&cookie).expect("a code of two letters"));
    }
    response
}

async fn make_or_find(
    app: Arc<App>,
    visit: &Visit,
    named: String,
    uri: &Uri,
    headers: &HeaderMap,
    make: Maker,
) -> Result<Response, Problem> {
    let open = app.archive.now().map_err(|error| Problem::from(error.as_ref()))?;
    let site = format!("http://{}", host(headers, uri));
    let Visit { lang, path, asked, .. } = visit;
    let key = Hash128::of([
        open.stamp.to_string().as_bytes(),
        lang.code().as_bytes(),
        site.as_bytes(),
        path.as_bytes(),
        asked.to_string().as_bytes(),
        app.saving.as_ref().map_or("", Saving::secret).as_bytes(),
    ]);
    let etag = format!("W/\"{key}\"");
    if headers.get_all(header::IF_NONE_MATCH).iter().any(|value| value.to_str().is_ok_and(|value| value.contains(&etag))) {
        return Ok(with_caching(Response::new(Body::empty()), StatusCode::NOT_MODIFIED, &etag));
    }
    let found = app.cache.get(&key);
    let answer = match found {
        Some(answer) => answer,
        None => {
            let time = app.settings.budget;
            let cache = Arc::clone(&app);
            let call = Call { app, open, asked: asked.clone(), named, lang: *lang, path: path.clone(), site, budget: Budget::within(time) };
            let answer = make_apart(call, time, make).await?;
            if answer.body.len() as u64 * CACHED_PART as u64 <= super::CACHE_BYTES {
                cache.cache.insert(key, answer.clone());
            }
            answer
        }
    };
    let mut response = Response::new(Body::from(answer.body));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
    Ok(with_caching(response, StatusCode::OK, &etag))
}

/// Makes an answer on a thread of its own, when there is a place.
async fn make_apart(call: Call, time: Duration, make: Maker) -> Result<Answer, Problem> {
    let searches = Arc::clone(&call.app.searches);
    let busy = || Problem::new(Kind::Busy, "too many searches at once; try again in a moment");
    let place = tokio::time::timeout(time, searches.acquire_owned()).await.map_err(|_| busy())?.map_err(|_| busy())?;
    apart(move || {
        let _place = place;
        make(&call)
    })
    .await
}

/// Does what blocks on a thread of its own.
pub(super) async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T, Problem> + Send + 'static) -> Result<T, Problem> {
    let defect = |_| Err(Problem::new(Kind::Internal, "the request met a defect of the program; please report what was asked"));
    tokio::task::spawn_blocking(work).await.unwrap_or_else(defect)
}

/// To be asked for again each time, which costs nothing while the archive is the same.
fn with_caching(mut response: Response, status: StatusCode, etag: &str) -> Response {
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::ETAG, HeaderValue::from_str(etag).expect("hexadecimal digits in quotes"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Language, Cookie, Host, Accept-Encoding"));
    response
}

/// Tells a problem; a page keeps what was asked in its search box.
pub(super) fn refuse(problem: &Problem, visit: &Visit) -> Response {
    let answer = match visit.reader {
        Reader::Person => Answer::new(HTML, page::problem(problem, visit)),
        Reader::Program => Answer { content_type: PROBLEM, ..Answer::json(&problem.details()) },
    };
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = problem.kind.status();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    match problem.kind {
        Kind::Busy | Kind::OutOfTime | Kind::NoIndex => drop(headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"))),
        Kind::Unauthorized => drop(headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))),
        Kind::MethodNotAllowed => drop(headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"))),
        _ => {}
    }
    response
}

/// The value of a cookie.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|value| value.split(';')).find_map(|cookie| cookie.trim().strip_prefix(name)?.strip_prefix('='))
}

/// The host that a request is for, as the visitor wrote it.
pub(super) fn host<'a>(headers: &'a HeaderMap, uri: &'a Uri) -> &'a str {
    let of_header = headers.get(header::HOST).and_then(|value| value.to_str().ok());
    of_header.or_else(|| uri.authority().map(|authority| authority.as_str())).unwrap_or("")
}
