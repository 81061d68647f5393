//! Who may come in, and what every answer carries: the host that was meant, the token, the length of what is asked; headers that keep a hostile
//! article from doing anything but being read; a line in the log.

use super::App;
use super::answer::{self, Visit, cookie, refuse};
use super::asked::Asked;
use super::problem::{Kind, Problem};
use super::saving;
use crate::article::Hash128;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

/// The longest address, in bytes: a pasted paragraph of a thousand words with its diacritics encoded is shorter.
const MAX_ADDRESS_BYTES: usize = 16 << 10;

/// The cookie and the name in an address that hold the token.
const TOKEN: &str = "token";

/// Headers of every answer. Nothing is loaded from elsewhere, no script or style stands in a page, no page may be framed, and nobody is told where a
/// reader came from.
const HEADERS: [(HeaderName, &str); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    (HeaderName::from_static("x-robots-tag"), "noindex"),
];

/// Judges a request, has it answered, and puts the headers on.
pub(super) async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let visit = Visit::of(request.uri(), request.headers());
    let mut response = match admit(&app, &request) {
        Ok(Admitted::In) => next.run(request).await,
        Ok(Admitted::WithCookie(response)) => response,
        Err(problem) => refuse(&problem, &visit),
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if app.saving.is_some() {
        // Browsers tell nobody else either, but this server where a search that is saved comes from.
        response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    }
    (app.log)(&format!("{method} {route} {} {:.1} ms", response.status().as_u16(), began.elapsed().as_secs_f64() * 1_000.0));
    response
}

/// What becomes of a request that is sound.
enum Admitted {
    In,
    /// It brought the token in its address: the cookie is set, and the address asked for again without it.
    WithCookie(Response),
}

fn admit(app: &App, request: &Request) -> Result<Admitted, Problem> {
    let (uri, headers) = (request.uri(), request.headers());
    let is_saving = app.saving.is_some() && *request.method() == Method::POST && uri.path() == saving::PATH;
    if !is_saving && !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Err(Problem::new(Kind::MethodNotAllowed, "the archive is only read: GET and HEAD"));
    }
    let length = uri.path_and_query().map_or(0, |address| address.as_str().len());
    if length > MAX_ADDRESS_BYTES {
        return Err(Problem::new(
            Kind::TooLong,
            format!("the address has {length} bytes, at most {MAX_ADDRESS_BYTES} are read; ask for less at once"),
        ));
    }
    let host = answer::host(headers, uri);
    if !is_ours(app, host) {
        // A page elsewhere whose name was made to lead here must not read what is here (DNS rebinding).
        return Err(Problem::new(
            Kind::WrongHost,
            "the server does not go by the name that was asked for; its keeper may add it with --host",
        ));
    }
    let Some(token) = &app.settings.token else { return Ok(Admitted::In) };
    let asked = Asked::of(uri.query().unwrap_or(""));
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    if bearer.or_else(|| cookie(headers, TOKEN)).is_some_and(|shown| is_same(shown, token)) {
        return Ok(Admitted::In);
    }
    if asked.first(TOKEN).is_some_and(|shown| is_same(shown, token)) {
        return Ok(Admitted::WithCookie(set_cookie(token, &asked.set_aside(TOKEN).href(uri.path()))));
    }
    Err(Problem::new(Kind::Unauthorized, "send the token as `Authorization: Bearer …`, or open /?token=… once in a browser"))
}

/// Compares hashes, so that how long it takes tells nothing of the token.
pub(super) fn is_same(shown: &str, token: &str) -> bool {
    Hash128::of([shown.as_bytes()]) == Hash128::of([token.as_bytes()])
}

fn set_cookie(token: &str, address: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let cookie = format!("{TOKEN}={token}; Path=/; SameSite=Strict; HttpOnly");
    for (name, value) in [(header::SET_COOKIE, cookie), (header::LOCATION, address.to_owned())] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// Whether a host is this server: `localhost`, a name that its keeper gave, or an address, which nobody can make lead elsewhere.
fn is_ours(app: &App, host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(""),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    let is_address = match name.parse::<IpAddr>() {
        Ok(address) => !app.settings.bind.ip().is_loopback() || address.is_loopback(),
        Err(_) => false,
    };
    is_address || name.eq_ignore_ascii_case("localhost") || app.settings.hosts.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether a text can be a token: what a cookie can hold.
pub fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && !b";,\"\\".contains(&byte))
}
