//! Which address is answered by what: the pages here, the API as its table of calls has it.

use super::answer::{self, Maker, Visit, refuse};
use super::calls::{API, CALLS, Made};
use super::page::assets;
use super::problem::{Kind, Problem};
use super::{App, export, feed, guard, page, saving};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};
use axum::middleware;
use axum::response::Response;
use axum::routing::{get, post};
use std::pin::Pin;
use std::sync::Arc;
use tower_http::compression::CompressionLayer;
use tower_http::cors::CorsLayer;

/// Pages, by path; `{named}` is an id, a facet or a name.
const PAGES: [(&str, Maker); 9] = [
    ("/", page::results),
    ("/facet/{named}", page::facet),
    ("/a/{named}", page::article),
    ("/a/{named}/copies", page::copies),
    ("/o", page::official),
    ("/help", page::help),
    ("/api", page::api),
    ("/feed.atom", feed::atom),
    ("/opensearch.xml", feed::opensearch),
];

/// Everything that the server answers.
pub(super) fn router(app: Arc<App>) -> Router {
    let mut router = Router::new();
    for (path, make) in PAGES {
        router = router.route(path, get(maker(make)));
    }
    for call in CALLS {
        let answering = match call.made {
            Made::Whole(make) => get(maker(make)),
            Made::Streamed => get(export::export),
        };
        router = router.route(&format!("{API}{}", call.path), answering);
    }
    if app.saving.is_some() {
        router = router.route(saving::PATH, post(saving::save).layer(DefaultBodyLimit::max(saving::MAX_BODY_BYTES)));
    }
    router
        .route("/assets/{name}", get(assets::asset))
        .fallback(nowhere)
        .method_not_allowed_fallback(nowhere)
        .layer(cors(&app))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), guard::guard))
        .layer(CompressionLayer::new())
        .with_state(app)
}

/// Whether a path is the API's, so that its problems are told to a program.
pub(super) fn is_api(path: &str) -> bool {
    path.starts_with("/api/")
}

/// An answer that is on its way.
type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;

/// The handler of a route.
fn maker(make: Maker) -> impl Fn(State<Arc<App>>, Option<Path<String>>, Uri, HeaderMap) -> Answering + Clone {
    move |State(app), named, uri, headers| {
        let named = named.map(|Path(named)| named).unwrap_or_default();
        Box::pin(answer::answer(app, named, uri, headers, make))
    }
}

async fn nowhere(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let problem = match method {
        Method::GET | Method::HEAD => Problem::not_found("page of this address"),
        _ => Problem::new(Kind::MethodNotAllowed, "the archive is only read: GET and HEAD"),
    };
    refuse(&problem, &Visit::of(&uri, &headers))
}

/// Pages of the origins that the keeper allows may read the API.
fn cors(app: &App) -> CorsLayer {
    let origins = app.settings.allowed_origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok());
    let exposed: [HeaderName; 2] = [header::ETAG, header::CONTENT_DISPOSITION];
    CorsLayer::new()
        .allow_origin(origins.collect::<Vec<_>>())
        .allow_methods([Method::GET, Method::HEAD])
        .allow_headers([header::AUTHORIZATION])
        .expose_headers(exposed)
}
