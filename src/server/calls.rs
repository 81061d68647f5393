//! The calls of the API, one table: the path of each, what answers it, what it takes and gives. Routes, OpenAPI document and the page about the API
//! are made of it.

use super::answer::Maker;
use super::api::{self, CITATIONS, Stats};
use super::counts::{self, AnswerForm};
use super::openapi::{self, number, parameter};
use crate::article::Article;
use crate::export::Format;
use crate::search::{Completion, Copies, Histogram, People, Posts, Response, Table, Trend};
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Value, json};

/// Where the API begins; its version is that of the contract.
pub(super) const API: &str = "/api/v1";

/// A call of the API.
pub(super) struct ApiCall {
    /// Below [`API`]. `{id}` names an article, `{field}` a facet.
    pub path: &'static str,
    /// What it is for.
    pub says: &'static str,
    pub made: Made,
    pub takes: Takes,
    pub gives: Gives,
}

/// How an answer comes about.
pub(super) enum Made {
    /// Whole, before any of it is sent; such answers are kept.
    Whole(Maker),
    /// Row by row, by [`super::export`].
    Streamed,
}

/// What stands behind the `?` of an address.
pub(super) enum Takes {
    /// The fields of a request.
    Request,
    /// The fields of a request and these parameters.
    RequestAnd(fn() -> Vec<Value>),
    /// The fields of a request that concern counts, and these parameters.
    CountsAnd(fn() -> Vec<Value>),
    /// These parameters.
    Only(fn() -> Vec<Value>),
}

/// What an answer is.
pub(super) enum Gives {
    /// JSON of a schema.
    Json(fn(&mut SchemaGenerator) -> Value),
    /// The same, or another form, as `format` says.
    JsonOr(fn(&mut SchemaGenerator) -> Value, &'static [AnswerForm]),
    /// One of these forms, as `format` says.
    Formats(&'static [Format]),
}

/// Every call, in the order of the documentation.
pub(super) const CALLS: [ApiCall; 15] = [
    ApiCall {
        path: "/search",
        says: "Ranked hits with passages, exact totals, facets",
        made: Made::Whole(api::search),
        takes: Takes::Request,
        gives: Gives::Json(of::<Response>),
    },
    ApiCall {
        path: "/facets/{field}",
        says: "The counts of a facet, complete, with what stands under no value",
        made: Made::Whole(api::facets),
        takes: Takes::Request,
        gives: Gives::Json(of::<Response>),
    },
    ApiCall {
        path: "/histogram",
        says: "Articles by year, month or day, with those of the whole archive beside them",
        made: Made::Whole(api::histogram),
        takes: Takes::CountsAnd(|| vec![api::by_parameter("By what; without it, what suits the span")]),
        gives: Gives::Json(of::<Histogram>),
    },
    ApiCall {
        path: "/table",
        says: "Articles by two of province, year, month, day, official, post, source and collection; with what stands under none, so that they add up",
        made: Made::Whole(counts::table),
        takes: Takes::CountsAnd(counts::of_table),
        gives: Gives::JsonOr(of::<Table>, &AnswerForm::ALL),
    },
    ApiCall {
        path: "/trend",
        says: "Several queries over time, side by side, with the whole archive beside them",
        made: Made::Whole(counts::trend),
        takes: Takes::CountsAnd(counts::of_trend),
        gives: Gives::JsonOr(of::<Trend>, &AnswerForm::ALL),
    },
    ApiCall {
        path: "/posts",
        says: "Who held which post: the first and the last article that says so, and how many do; with `role` and `official` only those that fit",
        made: Made::Whole(counts::posts),
        takes: Takes::CountsAnd(counts::of_posts),
        gives: Gives::JsonOr(of::<Posts>, &AnswerForm::ROWS),
    },
    ApiCall {
        path: "/people",
        says: "Who is named together, in one article or one sentence; with `role` and `official` only with these",
        made: Made::Whole(counts::people),
        takes: Takes::CountsAnd(counts::of_people),
        gives: Gives::JsonOr(of::<People>, &AnswerForm::ROWS),
    },
    ApiCall {
        path: "/export",
        says: "Every hit, streamed",
        made: Made::Streamed,
        takes: Takes::RequestAnd(|| vec![format(&Format::ALL)]),
        gives: Gives::Formats(&Format::ALL),
    },
    ApiCall {
        path: "/suggest",
        says: "Words, officials and units that begin as typed",
        made: Made::Whole(api::suggest),
        takes: Takes::Only(begun),
        gives: Gives::Json(of::<Vec<Completion>>),
    },
    ApiCall {
        path: "/articles/{id}",
        says: "An article with its evidence; an earlier text of it by `id@content_hash`",
        made: Made::Whole(api::article),
        takes: Takes::Only(Vec::new),
        gives: Gives::Json(of::<Article>),
    },
    ApiCall {
        path: "/articles/{id}/similar",
        says: "Articles like one",
        made: Made::Whole(api::similar),
        takes: Takes::Request,
        gives: Gives::Json(of::<Response>),
    },
    ApiCall {
        path: "/articles/{id}/copies",
        says: "Its near-duplicates; with `diff=true`, what was cut and added",
        made: Made::Whole(api::copies),
        takes: Takes::Only(|| vec![diff()]),
        gives: Gives::Json(of::<Copies>),
    },
    ApiCall {
        path: "/articles/{id}/citation",
        says: "How it is cited",
        made: Made::Whole(api::citation),
        takes: Takes::Only(|| vec![format(&CITATIONS)]),
        gives: Gives::Formats(&CITATIONS),
    },
    ApiCall {
        path: "/stats",
        says: "What the archive holds",
        made: Made::Whole(api::stats),
        takes: Takes::Only(Vec::new),
        gives: Gives::Json(of::<Stats>),
    },
    ApiCall {
        path: "/openapi.json",
        says: "This document",
        made: Made::Whole(openapi::document),
        takes: Takes::Only(Vec::new),
        gives: Gives::Json(|_| json!({"type": "object"})),
    },
];

fn of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Value {
    generator.subschema_for::<T>().into()
}

fn format(among: &[Format]) -> Value {
    let names: Vec<&str> = among.iter().map(|format| format.name()).collect();
    parameter(api::FORMAT, &format!("As what; {} without it", names[0]), json!({"type": "string", "enum": names}))
}

fn begun() -> Vec<Value> {
    vec![parameter("q", "What was typed so far", json!({"type": "string"})), parameter("limit", "Completions, at most 100", number(100))]
}

fn diff() -> Value {
    parameter("diff", "Whether to compare the texts", json!({"type": "string", "enum": ["true", "false"]}))
}
