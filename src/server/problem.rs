//! What went wrong, as problem details for programs (RFC 9457) and as a page for people.

use super::lang::Lang;
use crate::index::IndexError;
use crate::search::{SearchError, TypedError};
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;

/// The kinds of problems there are: what a program tells them apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    BadRequest,
    BadQuery,
    UnknownValue,
    Unauthorized,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    TooLong,
    WrongHost,
    Busy,
    OutOfTime,
    NoIndex,
    DamagedIndex,
    Internal,
}

impl Kind {
    /// Its name in addresses, the status, and what it is called in both languages.
    fn facts(self) -> (&'static str, StatusCode, &'static str, &'static str) {
        match self {
            Kind::BadRequest => ("bad-request", StatusCode::BAD_REQUEST, "Yêu cầu không hợp lệ", "The request cannot be read"),
            Kind::BadQuery => ("bad-query", StatusCode::BAD_REQUEST, "Câu hỏi chưa đúng", "The query cannot be read"),
            Kind::UnknownValue => ("unknown-value", StatusCode::BAD_REQUEST, "Không có giá trị này", "Nothing is called so"),
            Kind::Unauthorized => ("unauthorized", StatusCode::UNAUTHORIZED, "Cần mã truy cập", "A token is needed"),
            Kind::Forbidden => ("forbidden", StatusCode::FORBIDDEN, "Không được phép", "This is not allowed"),
            Kind::NotFound => ("not-found", StatusCode::NOT_FOUND, "Không tìm thấy", "Not found"),
            Kind::MethodNotAllowed => ("method-not-allowed", StatusCode::METHOD_NOT_ALLOWED, "Chỉ đọc", "Read only"),
            Kind::TooLong => ("too-long", StatusCode::URI_TOO_LONG, "Địa chỉ quá dài", "The address is too long"),
            Kind::WrongHost => ("wrong-host", StatusCode::MISDIRECTED_REQUEST, "Sai tên máy chủ", "Not this server"),
            Kind::Busy => ("busy", StatusCode::SERVICE_UNAVAILABLE, "Máy chủ đang bận", "The server is busy"),
            Kind::OutOfTime => ("out-of-time", StatusCode::SERVICE_UNAVAILABLE, "Tìm quá lâu", "The search took too long"),
            Kind::NoIndex => ("no-index", StatusCode::SERVICE_UNAVAILABLE, "Chưa có chỉ mục", "There is no index"),
            Kind::DamagedIndex => ("damaged-index", StatusCode::SERVICE_UNAVAILABLE, "Chỉ mục không đọc được", "The index cannot be read"),
            Kind::Internal => ("internal", StatusCode::INTERNAL_SERVER_ERROR, "Lỗi của chương trình", "A defect of the program"),
        }
    }

    /// All of them, for the documentation.
    pub const ALL: [Kind; 14] = [
        Kind::BadRequest,
        Kind::BadQuery,
        Kind::UnknownValue,
        Kind::Unauthorized,
        Kind::Forbidden,
        Kind::NotFound,
        Kind::MethodNotAllowed,
        Kind::TooLong,
        Kind::WrongHost,
        Kind::Busy,
        Kind::OutOfTime,
        Kind::NoIndex,
        Kind::DamagedIndex,
        Kind::Internal,
    ];

    /// Its name, `bad-query`.
    pub fn name(self) -> &'static str {
        self.facts().0
    }

    /// The HTTP status.
    pub fn status(self) -> StatusCode {
        self.facts().1
    }

    /// What it is called.
    pub fn title(self, lang: Lang) -> &'static str {
        let (_, _, vi, en) = self.facts();
        lang.say(vi, en)
    }
}

/// A request that has no answer.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    pub kind: Kind,
    /// What is wrong in this request, and what would be right.
    pub detail: String,
}

/// Problem details (RFC 9457).
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ProblemDetails {
    /// Where the kind of problem is described; its last part tells kinds apart: `/api#bad-query`.
    #[serde(rename = "type")]
    kind: String,
    /// The kind of problem, in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What is wrong in this request, and what would be right.
    detail: String,
}

impl Problem {
    pub fn new(kind: Kind, detail: impl Into<String>) -> Problem {
        Problem { kind, detail: detail.into() }
    }

    /// Nothing of that id or name is there.
    pub fn not_found(what: impl std::fmt::Display) -> Problem {
        Problem::new(Kind::NotFound, format!("there is no {what}"))
    }

    /// As a program reads it.
    pub fn details(&self) -> ProblemDetails {
        ProblemDetails {
            kind: format!("/api#{}", self.kind.name()),
            title: self.kind.title(Lang::En).to_owned(),
            status: self.kind.status().as_u16(),
            detail: self.detail.clone(),
        }
    }
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Problem {
        let kind = match &error {
            SearchError::Query(_) => Kind::BadQuery,
            SearchError::UnknownValue { .. } => Kind::UnknownValue,
            SearchError::OutOfTime => Kind::OutOfTime,
            SearchError::Index(error) => return Problem::from(error),
            _ => Kind::BadRequest,
        };
        Problem::new(kind, error.to_string())
    }
}

impl From<TypedError> for Problem {
    fn from(error: TypedError) -> Problem {
        Problem::new(Kind::BadRequest, error.to_string())
    }
}

impl From<&IndexError> for Problem {
    fn from(error: &IndexError) -> Problem {
        // The messages name folders of this machine, which are nobody's business: they stand in the server's log.
        let (kind, detail) = match error {
            IndexError::Missing { .. } => (Kind::NoIndex, "there is no index here, or none yet; this page works as soon as there is one"),
            IndexError::Busy { .. } => (Kind::Busy, "the index changes faster than it can be read; try again"),
            _ => (Kind::DamagedIndex, "the index cannot be read; its keeper finds the reason in the server's log"),
        };
        Problem::new(kind, detail)
    }
}

impl From<IndexError> for Problem {
    fn from(error: IndexError) -> Problem {
        Problem::from(&error)
    }
}
