//! Counts as the API gives them: tables of two axes, queries side by side over time, posts and people.

use super::answer::{Answer, Call, JSON};
use super::api::{self, FORMAT};
use super::asked::{Asked, QUERY};
use super::openapi::{number, parameter};
use super::problem::{Kind, Problem};
use crate::export::{CellRows, Chart, FigureError, Format, Style, table_chart, trend_chart, write_posts, write_together, write_trend};
use crate::search::{self, Axis, PeopleRequest, Per, Period, Request, TableRequest, TrendQuery, TrendRequest, TypedField, Within};
use serde_json::{Value, json};
use std::io;

/// Names of what a table is asked for, beside the fields of a request.
const ROWS: &str = "rows";
const COLUMNS: &str = "columns";
const PER: &str = "per";
const TOP: &str = "top";
const TOP_COLUMNS: &str = "top_columns";

/// Rows and columns of an answer, where nothing else is said: of more, the others are summed up.
const USUAL_TOP: usize = 100;
const MAX_TOP: usize = 1_000;

/// What counts are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AnswerForm {
    /// The whole answer.
    Json,
    /// The rows that the command line writes as CSV.
    Csv,
    /// The chart that it draws.
    Svg,
}

impl AnswerForm {
    /// Every one, that which is usual first.
    pub const ALL: [AnswerForm; 3] = [AnswerForm::Json, AnswerForm::Csv, AnswerForm::Svg];

    /// Those of what nobody can draw.
    pub const ROWS: [AnswerForm; 2] = [AnswerForm::Json, AnswerForm::Csv];

    /// Its name in an address.
    fn name(self) -> &'static str {
        match self {
            AnswerForm::Json => "json",
            AnswerForm::Csv => "csv",
            AnswerForm::Svg => "svg",
        }
    }

    /// Its media type.
    pub fn mime(self) -> &'static str {
        match self {
            AnswerForm::Json => JSON,
            AnswerForm::Csv => Format::Csv.mime(),
            AnswerForm::Svg => "image/svg+xml",
        }
    }

    /// The form that is asked for, of those that there are.
    fn of(asked: &Asked, among: &[AnswerForm]) -> Result<AnswerForm, Problem> {
        Ok(api::one_of(asked, FORMAT, among, AnswerForm::name)?.unwrap_or(AnswerForm::Json))
    }

    /// The name of the form as a parameter.
    fn parameter(among: &[AnswerForm]) -> Value {
        let names: Vec<&str> = among.iter().map(|form| form.name()).collect();
        parameter(
            FORMAT,
            "As what; json without it, which alone says of which archive and question it is",
            json!({"type": "string", "enum": names}),
        )
    }
}

/// What is written to memory as rows.
fn rows(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Result<Answer, Problem> {
    let mut written = Vec::new();
    write(&mut written)?;
    Ok(Answer::new(AnswerForm::Csv.mime(), written))
}

/// A chart, or why there is none.
fn drawn(chart: Result<Chart, FigureError>) -> Result<Answer, Problem> {
    let wrong = |error: FigureError| Problem::new(Kind::BadRequest, format!("{FORMAT}: no chart: {error}; json and csv hold everything"));
    Ok(Answer::new(AnswerForm::Svg.mime(), chart.map_err(wrong)?.svg()))
}

/// Queries of one trend.
const MAX_QUERIES: usize = 20;

/// `GET /table`: a [`search::Table`].
pub(super) fn table(call: &Call) -> Result<Answer, Problem> {
    let asked = &call.asked;
    let typed = asked.typed(&[ROWS, COLUMNS, PER, TOP, TOP_COLUMNS, FORMAT])?;
    let form = AnswerForm::of(asked, &AnswerForm::ALL)?;
    let axis = |name, usual| Ok::<_, Problem>(api::one_of(asked, name, &Axis::ALL, Axis::name)?.unwrap_or(usual));
    // Periods are a bounded number as they are.
    let top = |name, axis: Axis| match asked.first(name) {
        None if axis.period().is_some() => Ok(None),
        _ => api::number_of(asked, name, USUAL_TOP, MAX_TOP).map(Some),
    };
    let (of_rows, of_columns) = (axis(ROWS, Axis::Province)?, axis(COLUMNS, Axis::Year)?);
    let wanted = TableRequest {
        rows: of_rows,
        columns: of_columns,
        boundaries: typed.boundaries.unwrap_or_default(),
        top_rows: top(TOP, of_rows)?,
        top_columns: top(TOP_COLUMNS, of_columns)?,
        per: api::one_of(asked, PER, &Per::ALL, Per::name)?,
    };
    let request = api::bounded(typed, &api::within(call))?;
    let answer = search::table(&call.open.generation, &call.app.authority, &request, wanted)?;
    match form {
        AnswerForm::Json => Ok(Answer::json(&answer)),
        AnswerForm::Csv => rows(|to| {
            let mut cells = CellRows::begin(to, Style::Plain, false, answer.base.is_some())?;
            cells.write("", &answer)?;
            cells.end()
        }),
        AnswerForm::Svg => drawn(table_chart(&answer, None)),
    }
}

/// What [`table`] takes beside the fields of a request.
pub(super) fn of_table() -> Vec<Value> {
    let axes = json!({"type": "string", "enum": Axis::ALL.map(Axis::name)});
    vec![
        parameter(ROWS, "What a row stands for; province without it", axes.clone()),
        parameter(COLUMNS, "What a column stands for; year without it", axes),
        parameter(PER, "Beside each count that of other articles", json!({"type": "string", "enum": Per::ALL.map(Per::name)})),
        parameter(
            TOP,
            "So many rows, those of most articles, of periods those in a row that have most; the others summed up",
            number(MAX_TOP),
        ),
        parameter(TOP_COLUMNS, "Likewise of the columns", number(MAX_TOP)),
        AnswerForm::parameter(&AnswerForm::ALL),
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
    let form = AnswerForm::of(&call.asked, &AnswerForm::ALL)?;
    let all = api::bounded(filters.typed(&[api::BY, FORMAT])?, &api::within(call))?;
    let named = |query: &str| TrendQuery { name: query.to_owned(), request: Request { query: query.to_owned(), ..all.clone() } };
    let queries: Vec<TrendQuery> = queries.into_iter().map(named).collect();
    let wanted = TrendRequest { by: api::by(&call.asked)?.unwrap_or(Period::Year), by_basis: false };
    let answer = search::trend(&call.open.generation, &call.app.authority, &queries, wanted)?;
    match form {
        AnswerForm::Json => Ok(Answer::json(&answer)),
        AnswerForm::Csv => rows(|to| write_trend(&answer, true, Style::Plain, to)),
        AnswerForm::Svg => drawn(trend_chart(&answer, true, None)),
    }
}

/// What [`trend`] takes beside the fields of a request.
pub(super) fn of_trend() -> Vec<Value> {
    let queries = json!({"type": "array", "items": {"type": "string"}, "maxItems": MAX_QUERIES});
    vec![
        api::by_parameter("By what; by year without it"),
        parameter(QUERY, "The queries, each of them", queries),
        AnswerForm::parameter(&AnswerForm::ALL),
    ]
}

/// How many ids of articles stand beside a count.
const IDS: &str = "ids";
const USUAL_IDS: usize = 10;
const MAX_IDS: usize = 1_000;

/// `GET /posts`: [`search::Posts`].
pub(super) fn posts(call: &Call) -> Result<Answer, Problem> {
    let asked = &call.asked;
    let request = api::bounded(asked.typed(&[TOP, IDS, FORMAT])?, &api::within(call))?;
    let (most, ids) = (api::number_of(asked, TOP, USUAL_TOP, MAX_TOP)?, api::number_of(asked, IDS, USUAL_IDS, MAX_IDS)?);
    let mut answer = search::posts(&call.open.generation, &call.app.authority, &request, Some(most))?;
    answer.posts.iter_mut().for_each(|post| post.held.ids.truncate(ids));
    match AnswerForm::of(asked, &AnswerForm::ROWS)? {
        AnswerForm::Csv => rows(|to| write_posts(&answer.posts, Style::Plain, to)),
        _ => Ok(Answer::json(&answer)),
    }
}

/// What [`posts`] takes beside the fields of a request.
pub(super) fn of_posts() -> Vec<Value> {
    vec![
        parameter(TOP, "So many posts, those that most articles give", number(MAX_TOP)),
        of_ids(),
        AnswerForm::parameter(&AnswerForm::ROWS),
    ]
}

/// How near two people are named, and in how many articles at least.
const WITHIN: &str = "within";
const AT_LEAST: &str = "at_least";
const MAX_AT_LEAST: usize = 1_000_000;

/// `GET /people`: [`search::People`].
pub(super) fn people(call: &Call) -> Result<Answer, Problem> {
    let asked = &call.asked;
    let request = api::bounded(asked.typed(&[WITHIN, AT_LEAST, TOP, IDS, FORMAT])?, &api::within(call))?;
    let wanted = PeopleRequest {
        within: api::one_of(asked, WITHIN, &Within::ALL, Within::name)?.unwrap_or_default(),
        at_least: api::number_of(asked, AT_LEAST, 1, MAX_AT_LEAST)? as u64,
        most: Some(api::number_of(asked, TOP, USUAL_TOP, MAX_TOP)?),
    };
    let ids = api::number_of(asked, IDS, USUAL_IDS, MAX_IDS)?;
    let mut answer = search::people(&call.open.generation, &call.app.authority, &request, wanted)?;
    answer.pairs.iter_mut().for_each(|pair| pair.ids.truncate(ids));
    match AnswerForm::of(asked, &AnswerForm::ROWS)? {
        AnswerForm::Csv => rows(|to| write_together(&answer.pairs, Style::Plain, to)),
        _ => Ok(Answer::json(&answer)),
    }
}

/// What [`people`] takes beside the fields of a request.
pub(super) fn of_people() -> Vec<Value> {
    vec![
        parameter(WITHIN, "How near two are named; article without it", json!({"type": "string", "enum": Within::ALL.map(Within::name)})),
        parameter(AT_LEAST, "Leave out pairs that fewer articles name", number(MAX_AT_LEAST)),
        parameter(TOP, "So many pairs, those of most articles", number(MAX_TOP)),
        of_ids(),
        AnswerForm::parameter(&AnswerForm::ROWS),
    ]
}

fn of_ids() -> Value {
    parameter(IDS, "Of each so many ids of its articles, the first; `articles` counts all", number(MAX_IDS))
}
