//! Counts as the API gives them: tables of two axes, queries side by side over time, posts and people.

use super::answer::{Answer, Call};
use super::api;
use super::asked::{Asked, QUERY};
use super::openapi::{number, parameter};
use super::problem::{Kind, Problem};
use crate::search::{self, Axis, PeopleRequest, Per, Period, Request, TableRequest, TrendQuery, TrendRequest, TypedField, Within};
use serde_json::{Value, json};

/// Names of what a table is asked for, beside the fields of a request.
const ROWS: &str = "rows";
const COLUMNS: &str = "columns";
const PER: &str = "per";
const TOP: &str = "top";
const TOP_COLUMNS: &str = "top_columns";

/// Rows and columns of an answer, where nothing else is said: of more, the others are summed up.
const USUAL_TOP: usize = 100;
const MAX_TOP: usize = 1_000;

/// Queries of one trend.
const MAX_QUERIES: usize = 20;

/// `GET /table`: a [`search::Table`].
pub(super) fn table(call: &Call) -> Result<Answer, Problem> {
    let asked = &call.asked;
    let typed = asked.typed(&[ROWS, COLUMNS, PER, TOP, TOP_COLUMNS])?;
    let axis = |name, usual| Ok::<_, Problem>(api::one_of(asked, name, &Axis::ALL, Axis::name)?.unwrap_or(usual));
    let wanted = TableRequest {
        rows: axis(ROWS, Axis::Province)?,
        columns: axis(COLUMNS, Axis::Year)?,
        boundaries: typed.boundaries.unwrap_or_default(),
        top_rows: Some(api::number_of(asked, TOP, USUAL_TOP, MAX_TOP)?),
        top_columns: Some(api::number_of(asked, TOP_COLUMNS, USUAL_TOP, MAX_TOP)?),
        per: api::one_of(asked, PER, &Per::ALL, Per::name)?,
    };
    let request = api::bounded(typed, &api::within(call))?;
    Ok(Answer::json(&search::table(&call.open.generation, &call.app.authority, &request, wanted)?))
}

/// What [`table`] takes beside the fields of a request.
pub(super) fn of_table() -> Vec<Value> {
    let axes = json!({"type": "string", "enum": Axis::ALL.map(Axis::name)});
    vec![
        parameter(ROWS, "What a row stands for; province without it", axes.clone()),
        parameter(COLUMNS, "What a column stands for; year without it", axes),
        parameter(PER, "Beside each count that of other articles", json!({"type": "string", "enum": Per::ALL.map(Per::name)})),
        parameter(TOP, "So many rows, the others in one; periods are all listed", number(MAX_TOP)),
        parameter(TOP_COLUMNS, "Likewise of the columns", number(MAX_TOP)),
    ]
}

/// `GET /trend`: a [`search::Trend`] of each `q`; the filters hold for all.
pub(super) fn trend(call: &Call) -> Result<Answer, Problem> {
    let mut queries: Vec<&str> = [QUERY, TypedField::Query.name()].into_iter().flat_map(|name| call.asked.all(name)).collect();
    if queries.is_empty() {
        queries.push("");
    }
    if queries.len() > MAX_QUERIES {
        return Err(Problem::new(
            Kind::BadRequest,
            format!("{QUERY}: {} queries are more than {MAX_QUERIES}; ask in parts", queries.len()),
        ));
    }
    let filters = Asked::clone(&call.asked).set_aside(QUERY).set_aside(TypedField::Query.name());
    let all = api::bounded(filters.typed(&[api::BY])?, &api::within(call))?;
    let named = |query: &str| TrendQuery { name: query.to_owned(), request: Request { query: query.to_owned(), ..all.clone() } };
    let queries: Vec<TrendQuery> = queries.into_iter().map(named).collect();
    let wanted = TrendRequest { by: api::by(&call.asked)?.unwrap_or(Period::Year), by_basis: false };
    Ok(Answer::json(&search::trend(&call.open.generation, &call.app.authority, &queries, wanted)?))
}

/// What [`trend`] takes beside the fields of a request.
pub(super) fn of_trend() -> Vec<Value> {
    let queries = json!({"type": "array", "items": {"type": "string"}, "maxItems": MAX_QUERIES});
    vec![api::by_parameter("By what; by year without it"), parameter(QUERY, "The queries, each of them", queries)]
}

/// How many ids of articles stand beside a count.
const IDS: &str = "ids";
const USUAL_IDS: usize = 10;
const MAX_IDS: usize = 1_000;

/// `GET /posts`: [`search::Posts`].
pub(super) fn posts(call: &Call) -> Result<Answer, Problem> {
    let asked = &call.asked;
    let request = api::bounded(asked.typed(&[TOP, IDS])?, &api::within(call))?;
    let (most, ids) = (api::number_of(asked, TOP, USUAL_TOP, MAX_TOP)?, api::number_of(asked, IDS, USUAL_IDS, MAX_IDS)?);
    let mut answer = search::posts(&call.open.generation, &call.app.authority, &request, Some(most))?;
    answer.posts.iter_mut().for_each(|post| post.held.ids.truncate(ids));
    Ok(Answer::json(&answer))
}

/// What [`posts`] takes beside the fields of a request.
pub(super) fn of_posts() -> Vec<Value> {
    vec![parameter(TOP, "So many posts, those that most articles give", number(MAX_TOP)), of_ids()]
}

/// How near two people are named, and in how many articles at least.
const WITHIN: &str = "within";
const AT_LEAST: &str = "at_least";
const MAX_AT_LEAST: usize = 1_000_000;

/// `GET /people`: [`search::People`].
pub(super) fn people(call: &Call) -> Result<Answer, Problem> {
    let asked = &call.asked;
    let request = api::bounded(asked.typed(&[WITHIN, AT_LEAST, TOP, IDS])?, &api::within(call))?;
    let wanted = PeopleRequest {
        within: api::one_of(asked, WITHIN, &Within::ALL, Within::name)?.unwrap_or_default(),
        at_least: api::number_of(asked, AT_LEAST, 1, MAX_AT_LEAST)? as u64,
        most: Some(api::number_of(asked, TOP, USUAL_TOP, MAX_TOP)?),
    };
    let ids = api::number_of(asked, IDS, USUAL_IDS, MAX_IDS)?;
    let mut answer = search::people(&call.open.generation, &call.app.authority, &request, wanted)?;
    answer.pairs.iter_mut().for_each(|pair| pair.ids.truncate(ids));
    Ok(Answer::json(&answer))
}

/// What [`people`] takes beside the fields of a request.
pub(super) fn of_people() -> Vec<Value> {
    vec![
        parameter(WITHIN, "How near two are named; article without it", json!({"type": "string", "enum": Within::ALL.map(Within::name)})),
        parameter(AT_LEAST, "Leave out pairs that fewer articles name", number(MAX_AT_LEAST)),
        parameter(TOP, "So many pairs, those of most articles", number(MAX_TOP)),
        of_ids(),
    ]
}

fn of_ids() -> Value {
    parameter(IDS, "Of each so many ids of its articles, the first; `articles` counts all", number(MAX_IDS))
}
