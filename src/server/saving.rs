//! `POST /watch`: a search of the page → a row of its keeper's file of watched queries. The one thing that the server writes, and only where its keeper
//! said so; else there is no such route.
//!
//! A page elsewhere must not make a visitor's browser write here. So a request has to come from a page of this server (`Origin`, or where a browser
//! sends none `Sec-Fetch-Site`), and to carry the secret that stands in such a page alone, new in every process. What was read before may still be in a
//! browser's cache, so the secret is part of what tells answers apart.

use super::App;
use super::answer::{Answer, HTML, Visit, apart, host, refuse};
use super::guard::is_same;
use super::page;
use super::problem::{Kind, Problem};
use crate::article::Hash128;
use crate::search::{self, BatchFormat, Budget, Request, SavedError, TypedField, with_search};
use crate::whole_file;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use std::collections::hash_map::RandomState;
use std::fs::{self, File};
use std::hash::BuildHasher;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// The address.
pub(super) const PATH: &str = "/watch";

/// The most that a request to save may hold beside its address.
pub(super) const MAX_BODY_BYTES: usize = 4 << 10;

/// What the name that is given is called in the form.
pub(super) const NAME: &str = "name";

/// What the secret is called in the form.
pub(super) const SECRET: &str = "secret";

/// Where searches are saved.
pub(super) struct Saving {
    file: PathBuf,
    secret: String,
    /// One search at a time is added to the file.
    writing: Mutex<()>,
}

impl Saving {
    /// To a file, which need not be there yet.
    pub fn to(file: PathBuf) -> Saving {
        // Each state has keys from the system's source of chance, or of such.
        let chance: Vec<[u8; 8]> = (0..4u64).map(|number| RandomState::new().hash_one(number).to_le_bytes()).collect();
        let secret = Hash128::of(chance.iter().map(|bytes| bytes.as_slice())).to_string();
        Saving { file, secret, writing: Mutex::new(()) }
    }

    /// What a page has to carry from which a search may be saved.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// Another server over the same file waits meanwhile.
    fn lock(&self) -> io::Result<File> {
        let mut path = self.file.as_os_str().to_owned();
        path.push(".saving.lock");
        let lock = File::options().create(true).write(true).truncate(false).open(path)?;
        lock.lock().map(|()| lock)
    }

    /// Adds a search to the file, which is there whole or not at all.
    fn add(&self, name: &str, asked: &[(TypedField, String)]) -> Result<(), Unsaved> {
        let _one = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let _of_all = self.lock().map_err(Unsaved::File)?;
        let before = match fs::read(&self.file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(Unsaved::File(error)),
        };
        let format = BatchFormat::of(&self.file.to_string_lossy());
        let after = with_search(&before, format, name, asked.iter().map(|(field, value)| (*field, value.as_str())))?;
        whole_file::write(&self.file, &after).map_err(Unsaved::File)
    }
}

/// Why a search was not saved.
enum Unsaved {
    Search(SavedError),
    File(io::Error),
}

impl From<SavedError> for Unsaved {
    fn from(error: SavedError) -> Unsaved {
        Unsaved::Search(error)
    }
}

/// Answers the request.
pub(super) async fn save(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let visit = Visit::of(&uri, &headers);
    let saved = match admit(&app, &uri, &headers, &body) {
        Ok(name) => {
            let (app, asked) = (Arc::clone(&app), visit.asked.clone());
            apart(move || add(&app, &name, &asked).map(|()| name)).await
        }
        Err(problem) => Err(problem),
    };
    match saved {
        Err(problem) => refuse(&problem, &visit),
        Ok(name) => {
            let Answer { body, .. } = Answer::new(HTML, page::saved(&name, &visit));
            let mut response = Response::new(Body::from(body));
            *response.status_mut() = StatusCode::CREATED;
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(HTML));
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
    }
}

/// Whether the request comes from a page of this server; gives the name that was typed.
fn admit(app: &App, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Result<String, Problem> {
    let refused = || {
        Problem::new(Kind::Forbidden, "searches are saved from a page of this server alone; open the search again and save it from there")
    };
    let saving = app.saving.as_ref().ok_or_else(refused)?;
    let said = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let is_from_here = match said(header::ORIGIN) {
        Some(origin) => origin.split_once("://").is_some_and(|(_, of_page)| of_page.eq_ignore_ascii_case(host(headers, uri))),
        None => said(header::HeaderName::from_static("sec-fetch-site")) == Some("same-origin"),
    };
    let form: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
    let first = |name: &str| form.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    if is_from_here && is_same(first(SECRET), saving.secret()) { Ok(first(NAME).to_owned()) } else { Err(refused()) }
}

fn add(app: &App, name: &str, asked: &super::asked::Asked) -> Result<(), Problem> {
    let asked = asked.clone().known(&[]).first_page();
    let typed = asked.typed(&[])?;
    // What cannot be answered would be reported at every run.
    let open = app.archive.now().map_err(|error| Problem::from(error.as_ref()))?;
    search::check(
        &open.generation,
        &app.authority,
        &typed.request(&Request { budget: Budget::within(app.settings.budget), ..Request::default() })?,
    )?;
    let field = |name: &str| if name == super::asked::QUERY { Ok(TypedField::Query) } else { TypedField::named(name) };
    let pairs: Vec<(TypedField, String)> =
        asked.pairs().map(|(name, value)| Ok((field(name)?, value.to_owned()))).collect::<Result<_, Problem>>()?;
    let Some(saving) = &app.saving else { return Err(Problem::not_found("page of this address")) };
    saving.add(name, &pairs).map_err(|unsaved| match unsaved {
        Unsaved::Search(error) => Problem::new(Kind::BadRequest, error.to_string()),
        Unsaved::File(error) => {
            (app.log)(&format!("a search could not be saved: {}: {error}", saving.file.display()));
            Problem::new(
                Kind::Internal,
                "the file of watched queries could not be written; its keeper finds the reason in the server's log",
            )
        }
    })
}
