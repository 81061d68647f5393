//! Style, script and icon, which are part of the program; their addresses hold a hash, so that browsers keep them for good.

use crate::article::Hash128;
use crate::server::answer::{Visit, refuse};
use crate::server::problem::Problem;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::Response;
use std::sync::OnceLock;

/// A file of the page.
pub struct Asset {
    stem: &'static str,
    ending: &'static str,
    content_type: &'static str,
    text: &'static str,
    /// Of the text; made when it is first asked for.
    hash: OnceLock<String>,
}

/// The digits of a hash that tell versions of a file apart.
const DIGITS: usize = 12;

/// The style of all pages.
pub static STYLE: Asset = Asset::new("style", "css", "text/css; charset=utf-8", include_str!("../assets/style.css"));

/// What the page can do better with JavaScript.
pub static SCRIPT: Asset = Asset::new("page", "js", "text/javascript; charset=utf-8", include_str!("../assets/page.js"));

/// The icon of the window.
pub static ICON: Asset = Asset::new("icon", "svg", "image/svg+xml", include_str!("../assets/icon.svg"));

impl Asset {
    const fn new(stem: &'static str, ending: &'static str, content_type: &'static str, text: &'static str) -> Asset {
        Asset { stem, ending, content_type, text, hash: OnceLock::new() }
    }

    fn name(&self) -> String {
        let hash = self.hash.get_or_init(|| Hash128::of([self.text.as_bytes()]).to_string()[..DIGITS].to_owned());
        format!("{}.{hash}.{}", self.stem, self.ending)
    }

    /// Its address.
    pub fn href(&self) -> String {
        format!("/assets/{}", self.name())
    }
}

/// `GET /assets/{name}`.
pub async fn asset(Path(name): Path<String>, uri: Uri, headers: HeaderMap) -> Response {
    let Some(asset) = [&STYLE, &SCRIPT, &ICON].into_iter().find(|asset| asset.name() == name) else {
        return refuse(&Problem::not_found("file of this name"), &Visit::of(&uri, &headers));
    };
    let mut response = Response::new(Body::from(asset.text));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    response
}
