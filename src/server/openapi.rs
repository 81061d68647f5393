//! The OpenAPI document of the API: its parameters are the fields of a request, its schemas those of the values that are sent.
//!
//! Input → output: the table of calls below, the fields of [`TypedRequest`](crate::search::TypedRequest), the types → one JSON document.

use super::answer::{Answer, Call, JSON};
use super::api::{MAX_HITS, MAX_OFFSET, Stats};
use super::problem::{Kind, Problem, ProblemDetails};
use super::routes::API;
use crate::article::{Article, ArticleId};
use crate::export::Format;
use crate::index::FacetField;
use crate::search::{Completion, Copies, Histogram, Response, TypedField};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What a call takes beside or instead of the fields of a request.
enum Takes {
    Request,
    RequestAnd(fn() -> Value),
    Only(fn() -> Vec<Value>),
}

/// Makes a JSON schema.
type MakeSchema = fn() -> Value;

/// A call of the API.
pub(super) struct Described {
    pub path: &'static str,
    pub says: &'static str,
    /// What stands in the path.
    named: Option<(&'static str, MakeSchema)>,
    takes: Takes,
    gives: fn(&mut SchemaGenerator) -> Value,
}

fn of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Value {
    generator.subschema_for::<T>().into()
}

/// Every call, in the order of the documentation.
pub(super) const CALLS: [Described; 11] = [
    Described {
        path: "/search",
        says: "Ranked hits with passages, exact totals, facets",
        named: None,
        takes: Takes::Request,
        gives: of::<Response>,
    },
    Described {
        path: "/facets/{field}",
        says: "The counts of a facet, complete, with what stands under no value",
        named: Some(("field", facet_names)),
        takes: Takes::Request,
        gives: of::<Response>,
    },
    Described {
        path: "/histogram",
        says: "Articles by year, month or day, with those of the whole archive beside them",
        named: None,
        takes: Takes::RequestAnd(by),
        gives: of::<Histogram>,
    },
    Described {
        path: "/export",
        says: "Every hit, streamed",
        named: None,
        takes: Takes::RequestAnd(format),
        gives: |_| json!({"type": "string"}),
    },
    Described {
        path: "/suggest",
        says: "Words, officials and units that begin as typed",
        named: None,
        takes: Takes::Only(|| {
            vec![
                parameter("q", "What was typed so far", json!({"type": "string"})),
                parameter("limit", "Completions, at most 100", number(100)),
            ]
        }),
        gives: of::<Vec<Completion>>,
    },
    Described {
        path: "/articles/{id}",
        says: "An article with its evidence; an earlier text of it by `id@content_hash`",
        named: Some(("id", id)),
        takes: Takes::Only(Vec::new),
        gives: of::<Article>,
    },
    Described {
        path: "/articles/{id}/similar",
        says: "Articles like one",
        named: Some(("id", id)),
        takes: Takes::Request,
        gives: of::<Response>,
    },
    Described {
        path: "/articles/{id}/copies",
        says: "Its near-duplicates; with `diff=true`, what was cut and added",
        named: Some(("id", id)),
        takes: Takes::Only(|| {
            vec![parameter("diff", "Whether to compare the texts", json!({"type": "string", "enum": ["true", "false"]}))]
        }),
        gives: of::<Copies>,
    },
    Described {
        path: "/articles/{id}/citation",
        says: "How it is cited",
        named: Some(("id", id)),
        takes: Takes::Only(|| vec![parameter("format", "As what", json!({"type": "string", "enum": ["bibtex", "ris", "csl-json"]}))]),
        gives: |_| json!({"type": "string"}),
    },
    Described { path: "/stats", says: "What the archive holds", named: None, takes: Takes::Only(Vec::new), gives: of::<Stats> },
    Described {
        path: "/openapi.json",
        says: "This document",
        named: None,
        takes: Takes::Only(Vec::new),
        gives: |_| json!({"type": "object"}),
    },
];

fn facet_names() -> Value {
    json!({"type": "string", "enum": FacetField::ALL.map(FacetField::name)})
}

fn id() -> Value {
    json!({"type": "string", "pattern": "^[0-9a-f]{32}(@[0-9a-f]{32})?$"})
}

fn by() -> Value {
    parameter("by", "By what; without it, what suits the span", json!({"type": "string", "enum": ["year", "month", "day"]}))
}

fn format() -> Value {
    parameter("format", "As what; csv without it", json!({"type": "string", "enum": Format::ALL.map(Format::name)}))
}

fn number(most: usize) -> Value {
    json!({"type": "integer", "minimum": 0, "maximum": most})
}

fn parameter(name: &str, says: &str, schema: Value) -> Value {
    json!({"name": name, "in": "query", "description": says, "required": false, "schema": schema})
}

/// A field of a request as a parameter.
fn of_field(field: TypedField) -> Value {
    let one = match field {
        TypedField::Limit => number(MAX_HITS),
        TypedField::Offset => number(MAX_OFFSET),
        _ => match field.choices() {
            Some(choices) => json!({"type": "string", "enum": choices}),
            None => json!({"type": "string"}),
        },
    };
    let schema = if field.is_list() { json!({"type": "array", "items": one}) } else { one };
    parameter(field.name(), field.expected(), schema)
}

/// `GET /openapi.json`.
pub(super) fn document(call: &Call) -> Result<Answer, Problem> {
    let mut generator = SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = "/components/schemas".into())
        .for_serialize()
        .into_generator();
    let mut paths = serde_json::Map::new();
    let an_id = call.open.generation.articles().next().transpose()?.map(|stored| stored.article.id);
    for call in &CALLS {
        paths.insert(format!("{API}{}", call.path), json!({"get": operation(call, an_id, &mut generator)}));
    }
    let problem: Value = generator.subschema_for::<ProblemDetails>().into();
    let by_status = |status: u16| {
        let kinds: Vec<&str> = Kind::ALL.into_iter().filter(|kind| kind.status().as_u16() == status).map(Kind::name).collect();
        json!({"description": kinds.join(", "), "content": {"application/problem+json": {"schema": problem}}})
    };
    let statuses: BTreeSet<u16> = Kind::ALL.into_iter().map(|kind| kind.status().as_u16()).collect();
    let responses: serde_json::Map<String, Value> = statuses.into_iter().map(|status| (status.to_string(), by_status(status))).collect();
    Ok(Answer::json(&json!({
        "openapi": "3.1.0",
        "info": {
            "title": "tracuu",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Full-text search over an archive of Vietnamese government news. Counts are exact; the count beside a facet value is the total of the same request with `is` of it. Spans are half-open byte offsets into UTF-8.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "paths": paths,
        "components": {"schemas": generator.take_definitions(true), "responses": responses},
    })))
}

/// A call; `an_id` is one that there is in this archive.
fn operation(call: &Described, an_id: Option<ArticleId>, generator: &mut SchemaGenerator) -> Value {
    let of_request = || TypedField::all().map(of_field);
    let mut parameters: Vec<Value> = match &call.takes {
        Takes::Request => of_request().collect(),
        Takes::RequestAnd(more) => of_request().chain([more()]).collect(),
        Takes::Only(parameters) => parameters(),
    };
    if let Some((name, schema)) = call.named {
        let mut parameter = json!({"name": name, "in": "path", "required": true, "schema": schema()});
        if let Some(id) = an_id.filter(|_| name == "id") {
            parameter["example"] = json!(id.to_string());
        }
        parameters.push(parameter);
    }
    let gives = (call.gives)(generator);
    let as_format = |format: Format| match format {
        Format::CslJson => (format.mime().to_owned(), json!({"schema": {"type": "array"}})),
        _ => (format.mime().to_owned(), json!({"schema": gives})),
    };
    let content: serde_json::Map<String, Value> = match call.path {
        "/export" => Format::ALL.into_iter().map(as_format).collect(),
        "/articles/{id}/citation" => Format::ALL.into_iter().filter(|format| format.is_of_references()).map(as_format).collect(),
        _ => [(JSON.to_owned(), json!({"schema": gives}))].into_iter().collect(),
    };
    let mut responses = serde_json::Map::from_iter([("200".to_owned(), json!({"description": call.says, "content": content}))]);
    for status in Kind::ALL.into_iter().map(|kind| kind.status().as_u16()) {
        responses.insert(status.to_string(), json!({"$ref": format!("#/components/responses/{status}")}));
    }
    let name = call.path.trim_matches('/').replace("/{", "-").replace(['{', '}'], "").replace(['/', '.'], "-");
    json!({"operationId": name, "summary": call.says, "parameters": parameters, "responses": responses})
}
