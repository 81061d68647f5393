//! The OpenAPI document of the API: its parameters are the fields of a request, its schemas those of the values that are sent.
//!
//! Input → output: the table of calls, the fields of [`TypedRequest`](crate::search::TypedRequest), the types → one JSON document.

use super::answer::{Answer, Call, JSON};
use super::api::{MAX_HITS, MAX_OFFSET};
use super::calls::{API, ApiCall, CALLS, Gives, Takes};
use super::counts::AnswerForm;
use super::problem::{Kind, Problem, ProblemDetails};
use crate::article::ArticleId;
use crate::export::Format;
use crate::index::FacetField;
use crate::search::TypedField;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What may stand in a path between braces.
pub(super) fn in_path(name: &str) -> Value {
    match name {
        "id" => json!({"type": "string", "pattern": "^[0-9a-f]{32}(@[0-9a-f]{32})?$"}),
        _ => json!({"type": "string", "enum": FacetField::ALL.map(FacetField::name)}),
    }
}

/// A number of at most so much.
pub(super) fn number(most: usize) -> Value {
    json!({"type": "integer", "minimum": 0, "maximum": most})
}

/// What may stand behind the `?` of an address.
pub(super) fn parameter(name: &str, says: &str, schema: Value) -> Value {
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

/// What may stand behind the `?` of a call's address.
pub(super) fn parameters(call: &ApiCall) -> Vec<Value> {
    let of_request = || TypedField::all().map(of_field);
    match &call.takes {
        Takes::Request => of_request().collect(),
        Takes::RequestAnd(more) => of_request().chain(more()).collect(),
        Takes::CountsAnd(more) => {
            let concerns_counts = |field: &TypedField| field.selects() || matches!(field, TypedField::Collapse | TypedField::Relax);
            TypedField::all().filter(concerns_counts).map(of_field).chain(more()).collect()
        }
        Takes::Only(parameters) => parameters(),
    }
}

/// A call; `an_id` is one that there is in this archive.
fn operation(call: &ApiCall, an_id: Option<ArticleId>, generator: &mut SchemaGenerator) -> Value {
    let mut parameters = parameters(call);
    let named = call.path.split_once('{').and_then(|(_, rest)| rest.split_once('}'));
    if let Some((name, _)) = named {
        let mut parameter = json!({"name": name, "in": "path", "required": true, "schema": in_path(name)});
        if let Some(id) = an_id.filter(|_| name == "id") {
            parameter["example"] = json!(id.to_string());
        }
        parameters.push(parameter);
    }
    let as_format = |format: &Format| match format {
        Format::CslJson => (format.mime().to_owned(), json!({"schema": {"type": "array"}})),
        _ => (format.mime().to_owned(), json!({"schema": {"type": "string"}})),
    };
    let content: serde_json::Map<String, Value> = match call.gives {
        Gives::Json(schema) => [(JSON.to_owned(), json!({"schema": schema(generator)}))].into_iter().collect(),
        Gives::JsonOr(schema, forms) => forms
            .iter()
            .map(|form| match form {
                AnswerForm::Json => (JSON.to_owned(), json!({"schema": schema(generator)})),
                _ => (form.mime().to_owned(), json!({"schema": {"type": "string"}})),
            })
            .collect(),
        Gives::Formats(formats) => formats.iter().map(as_format).collect(),
    };
    let mut responses = serde_json::Map::from_iter([("200".to_owned(), json!({"description": call.says, "content": content}))]);
    for status in Kind::ALL.into_iter().map(|kind| kind.status().as_u16()) {
        responses.insert(status.to_string(), json!({"$ref": format!("#/components/responses/{status}")}));
    }
    let name = call.path.trim_matches('/').replace("/{", "-").replace(['{', '}'], "").replace(['/', '.'], "-");
    json!({"operationId": name, "summary": call.says, "parameters": parameters, "responses": responses})
}
