//! The JSON API: each function answers one route with the values that the command line writes as JSON.

use super::answer::{Answer, Call};
use super::asked::Asked;
use super::openapi::parameter;
use super::problem::{Kind, Problem};
use crate::article::{Article, ArticleId, Hash128};
use crate::export::{Citation, Format};
use crate::index::{FacetField, FieldSize, Generation, RunReport, StoredArticle};
use crate::search::{self, HistogramRequest, Period, Request, SearchError, TypedRequest};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io;

/// Hits of one answer: more come page by page, or as an export.
pub(super) const MAX_HITS: usize = 1_000;

/// Hits that may be passed over by number: further ones are reached by `after`, which costs no more than the first page.
pub(super) const MAX_OFFSET: usize = 10_000;

/// `GET /search`: the whole [`search::Response`].
pub(super) fn search(call: &Call) -> Result<Answer, Problem> {
    let request = request(call, &[])?;
    Ok(Answer::json(&search::search(&call.open.generation, &call.app.authority, &request)?))
}

/// `GET /facets/{field}`: the [`search::Response`] without hits, with this facet.
pub(super) fn facets(call: &Call) -> Result<Answer, Problem> {
    let request = Request { facets: vec![facet_field(&call.named)?], ..request(call, &[])? };
    Ok(Answer::json(&search::facets(&call.open.generation, &call.app.authority, &request)?))
}

/// `GET /histogram`: a [`search::Histogram`].
pub(super) fn histogram(call: &Call) -> Result<Answer, Problem> {
    let request = request(call, &[BY])?;
    Ok(Answer::json(&search::histogram(&call.open.generation, &call.app.authority, &request, HistogramRequest { by: by(&call.asked)? })?))
}

/// The name of what a histogram counts by.
pub(super) const BY: &str = "by";

/// What it counts by, as a parameter.
pub(super) fn by_parameter(says: &str) -> Value {
    parameter(BY, says, json!({"type": "string", "enum": ["year", "month", "day"]}))
}

/// What a histogram is asked to count by.
pub(super) fn by(asked: &Asked) -> Result<Option<Period>, Problem> {
    let wrong = |typed: &str| Problem::new(Kind::BadRequest, format!("{BY}: {typed:?} cannot be used; write year, month or day"));
    asked.first(BY).map(|typed| Period::named(typed).ok_or_else(|| wrong(typed))).transpose()
}

/// `GET /suggest`: a list of [`search::Completion`]s.
pub(super) fn suggest(call: &Call) -> Result<Answer, Problem> {
    let limit = number_of(&call.asked, "limit", 10, 100)?;
    only(&call.asked, &[super::asked::QUERY, "query", "limit"])?;
    Ok(Answer::json(&search::complete(&call.open.generation, &call.app.authority, call.asked.query(), limit)?))
}

/// `GET /articles/{id}`: the [`Article`], or an earlier text of it by `id@content_hash`.
pub(super) fn article(call: &Call) -> Result<Answer, Problem> {
    only(&call.asked, &[])?;
    let named = Named::parse(&call.named)?;
    Ok(Answer::json(&named.article(named.find(&call.open.generation)?)?))
}

/// `GET /articles/{id}/similar`: a [`search::Response`] whose query is the article's most telling words.
pub(super) fn similar(call: &Call) -> Result<Answer, Problem> {
    let named = Named::parse(&call.named)?;
    let stored = named.find(&call.open.generation)?;
    let generation = &call.open.generation;
    let like = search::more_like_this(generation, &stored.article, &request(call, &[])?)?;
    // Where no word tells anything nothing is like it, which is an answer.
    let like = like.unwrap_or(Request { query: "\"\"".to_owned(), limit: 0, ..Request::default() });
    Ok(Answer::json(&search::search(generation, &call.app.authority, &like)?))
}

/// `GET /articles/{id}/copies`: [`search::Copies`]; with `diff=true`, what was cut and added.
pub(super) fn copies(call: &Call) -> Result<Answer, Problem> {
    only(&call.asked, &["diff"])?;
    let named = Named::parse(&call.named)?;
    let with_changes = match call.asked.first("diff") {
        None | Some("false") => false,
        Some("true") => true,
        Some(typed) => return Err(Problem::new(Kind::BadRequest, format!("diff: {typed:?} cannot be used; write true or false"))),
    };
    let copies = search::copies(&call.open.generation, named.id, with_changes)?;
    copies.map(|copies| Answer::json(&copies)).ok_or_else(|| named.unknown())
}

/// The name of what hits or articles are written as.
pub(super) const FORMAT: &str = "format";

/// What an article can be cited as.
pub(super) const CITATIONS: [Format; 3] = [Format::Bibtex, Format::Ris, Format::CslJson];

/// The form that is asked for, of those that there are; the first where none is.
pub(super) fn format(asked: &Asked, among: &[Format]) -> Result<Format, Problem> {
    Ok(one_of(asked, FORMAT, among, Format::name)?.unwrap_or(among[0]))
}

/// `GET /articles/{id}/citation`: as `format` says, BibTeX without it.
pub(super) fn citation(call: &Call) -> Result<Answer, Problem> {
    only(&call.asked, &[FORMAT])?;
    let format = format(&call.asked, &CITATIONS)?;
    let named = Named::parse(&call.named)?;
    let citation = Citation::of(&named.article(named.find(&call.open.generation)?)?);
    let text = match format {
        Format::Ris => citation.ris(),
        Format::CslJson => citation.csl_json(),
        // Tables are none of the citations.
        Format::Bibtex | Format::Csv | Format::Jsonl => citation.bibtex(),
    };
    Ok(Answer::new(format.mime(), text))
}

/// What the archive holds.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Stats {
    /// The program that answers.
    tool: String,
    /// Name of the index.
    index_id: Hash128,
    /// Hash over ids and content hashes of its articles.
    corpus_id: Hash128,
    /// Number of the commit.
    generation: u64,
    /// Articles.
    articles: u64,
    /// Stories: near-duplicates counted as one.
    stories: u64,
    /// Files that were read to their end, by collection.
    files: BTreeMap<String, u64>,
    /// Records that became no article, by reason.
    skipped: BTreeMap<String, u64>,
    /// The last run of `index`.
    run: RunReport,
    /// Bytes by field.
    sizes: Vec<FieldSize>,
}

/// `GET /stats`: [`Stats`]. Says nothing of where files lie on this machine.
pub(super) fn stats(call: &Call) -> Result<Answer, Problem> {
    only(&call.asked, &[])?;
    let generation = &call.open.generation;
    let manifest = generation.manifest();
    Ok(Answer::json(&Stats {
        tool: manifest.tool.clone(),
        index_id: manifest.index_id,
        corpus_id: manifest.corpus_id,
        generation: manifest.generation,
        articles: manifest.articles,
        stories: generation.stories()?,
        files: manifest
            .collections
            .keys()
            .map(|name| (name.clone(), manifest.files.get(name).map_or(0, |files| files.len() as u64)))
            .collect(),
        skipped: manifest.skipped().into_iter().collect(),
        run: manifest.run.clone(),
        sizes: generation.field_sizes()?,
    }))
}

/// The request of a call; of what `others` names the caller reads for itself.
fn request(call: &Call, others: &[&str]) -> Result<Request, Problem> {
    bounded(call.asked.typed(others)?, &within(call))
}

/// A request that asks nothing yet, with the time that there is.
pub(super) fn within(call: &Call) -> Request {
    Request { budget: call.budget, ..Request::default() }
}

/// A request, within what one answer may hold.
pub(super) fn bounded(typed: TypedRequest, all: &Request) -> Result<Request, Problem> {
    let request = typed.request(all)?;
    let too_many = |what: &str, most: usize, instead: &str| Problem::new(Kind::BadRequest, format!("{what} is at most {most}; {instead}"));
    if request.limit > MAX_HITS {
        return Err(too_many("limit", MAX_HITS, "go on with `after`, or take everything by /export"));
    }
    if request.offset > MAX_OFFSET {
        return Err(too_many("offset", MAX_OFFSET, "go on with `after`, which reaches the last hit"));
    }
    Ok(request)
}

/// A facet by its name.
pub(super) fn facet_field(name: &str) -> Result<FacetField, Problem> {
    let named = FacetField::ALL.into_iter().find(|facet| facet.name() == name);
    named.ok_or_else(|| Problem::not_found(format_args!("facet {name:?}; there are province, official, date, source and collection")))
}

/// The value that is named, of those that there are.
pub(super) fn one_of<T: Copy>(asked: &Asked, name: &str, all: &[T], name_of: fn(T) -> &'static str) -> Result<Option<T>, Problem> {
    let Some(typed) = asked.first(name) else { return Ok(None) };
    let names = || all.iter().map(|&one| name_of(one)).collect::<Vec<_>>().join(", ");
    let wrong = || Problem::new(Kind::BadRequest, format!("{name}: {typed:?} cannot be used; write one of {}", names()));
    all.iter().copied().find(|&one| name_of(one) == typed).map(Some).ok_or_else(wrong)
}

/// A number that is wished.
pub(super) fn number_of(asked: &Asked, name: &str, usual: usize, most: usize) -> Result<usize, Problem> {
    let Some(typed) = asked.first(name) else { return Ok(usual) };
    let number = typed.parse().ok().filter(|number| *number <= most);
    number.ok_or_else(|| Problem::new(Kind::BadRequest, format!("{name}: {typed:?} cannot be used; write a number up to {most}")))
}

/// That nothing else is asked.
fn only(asked: &Asked, names: &[&str]) -> Result<(), Problem> {
    match asked.pairs().find(|(name, _)| !names.contains(name)) {
        None => Ok(()),
        Some((name, _)) if names.is_empty() => Err(Problem::new(Kind::BadRequest, format!("nothing called {name:?} can be asked here"))),
        Some((name, _)) => {
            Err(Problem::new(Kind::BadRequest, format!("nothing called {name:?} can be asked here; there are {}", names.join(", "))))
        }
    }
}

/// An article as it is named in an address: by its id, and perhaps which text of it.
pub(super) struct Named {
    pub id: ArticleId,
    pub text: Option<Hash128>,
}

impl Named {
    /// `<id>` or `<id>@<content_hash>`.
    pub fn parse(named: &str) -> Result<Named, Problem> {
        let (id, text) = named.split_once('@').map_or((named, None), |(id, text)| (id, Some(text)));
        let hash = |digits: &str| Hash128::parse(&digits.to_ascii_lowercase());
        let parsed = hash(id).map(|id| (id, text.map(hash)));
        match parsed {
            Some((id, None)) => Ok(Named { id, text: None }),
            Some((id, Some(Some(text)))) => Ok(Named { id, text: Some(text) }),
            _ => Err(Problem::not_found("article of this id: an id has 32 hexadecimal digits")),
        }
    }

    fn unknown(&self) -> Problem {
        Problem::not_found(format_args!("article {}", self.id))
    }

    /// What the index has under the id.
    pub fn find(&self, generation: &Generation) -> Result<StoredArticle, Problem> {
        generation.find(self.id)?.ok_or_else(|| self.unknown())
    }

    /// The text that is named. Who, where and when were found in the newest one, so an earlier one has no evidence.
    pub fn article(&self, stored: StoredArticle) -> Result<Article, Problem> {
        let newest = stored.article.content_hash;
        let Some(text) = self.text.filter(|text| *text != newest) else { return Ok(stored.article) };
        let version = stored.versions.into_iter().find(|version| version.content_hash == text);
        let version = version.ok_or_else(|| Problem::not_found(format_args!("text {text} of article {}", self.id)))?;
        Ok(Article {
            content_hash: version.content_hash,
            title: version.title,
            body: Some(version.body),
            collection: version.collection,
            origin: version.origin,
            evidence: None,
            ..stored.article
        })
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Problem {
        Problem::from(SearchError::from(error))
    }
}
