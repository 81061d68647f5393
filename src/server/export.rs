//! `GET /export`: every hit of a request, sent as it is made; no budget, no cap.
//!
//! Input → output: an address → a body that is streamed. What is wrong with the request is told before the first byte; what goes wrong later breaks
//! the body off.

use super::App;
use super::answer::{Visit, apart, refuse};
use super::api::{FORMAT, format};
use super::asked::Asked;
use super::body::streamed;
use super::problem::{Kind, Problem};
use crate::export::{Exporter, Form, Format};
use crate::search::{self, Request, Unit};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::Response;
use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Answers the call.
pub(super) async fn export(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Response {
    let asked = Asked::of(uri.query().unwrap_or(""));
    apart(move || begin_export(&app, &asked)).await.unwrap_or_else(|problem| refuse(&problem, &Visit::of(&uri, &headers)))
}

fn begin_export(app: &Arc<App>, asked: &Asked) -> Result<Response, Problem> {
    let open = app.archive.now().map_err(|error| Problem::from(error.as_ref()))?;
    let format = format(asked, &Format::ALL)?;
    let all = Request { limit: usize::MAX, hits_of: Unit::Articles, ..Request::default() };
    let request = asked.typed(&[FORMAT])?.request(&all)?;
    let form = Form::answer_to(&request, format);
    let request = form.asked(&request);
    let place =
        Arc::clone(&app.exports).try_acquire_owned().map_err(|_| Problem::new(Kind::Busy, "too many exports at once; try again later"))?;
    // What can be wrong with a request is told before anything is sent.
    search::check(&open.generation, &app.authority, &request)?;
    let app = Arc::clone(app);
    let body = streamed(move |to| {
        let _place = place;
        let mut exporter = Exporter::begin(form, to)?;
        let mut written = Ok(());
        let told = search::for_each_hit(&open.generation, &app.authority, &request, |hit| {
            written = exporter.write(hit);
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        written?;
        told.map_err(|error| {
            (app.log)(&format!("an export was broken off: {error}"));
            io::Error::other(error)
        })?;
        exporter.end()
    });
    let mut response = Response::new(body);
    let file = format!("attachment; filename=\"tracuu.{}\"", format.file_ending());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(format.mime()));
    response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&file).expect("plain letters"));
    Ok(response)
}
