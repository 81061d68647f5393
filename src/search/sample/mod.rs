//! A sample of what matches, for people to read and code: reproducible, by strata, each with its weight.
//!
//! Input → output: [`Request`] and [`SampleRequest`] → [`Sample`], and the articles that were drawn, one by one. What matches is what a
//! search finds.
//!
//! Each article has a rank, a hash of the seed and its id ([`rank`]); of each stratum the first so many by rank are drawn. So an article
//! that was drawn stays drawn when others come, unless these rank before it: of a stratum, what remains are always the first of what was
//! drawn. BLAKE3 is a hash whose values are fixed by its specification, for every version and machine.

mod allocate;
mod strata;

pub use allocate::Take;

use super::error::SearchError;
use super::hit::HitMaker;
use super::prepared::Prepared;
use super::request::{Boundaries, Request, Unit};
use super::response::{AppliedFilter, CONTRACT, IndexState, Notice, Snippet, Timing};
use super::story::Stories;
use super::table::{Axis, counts_alone, label, selector};
use super::{HITS_AT_ONCE, find, notices};
use crate::article::{Article, ArticleId, Hash128};
use crate::authority::Authority;
use crate::index::{Generation, OrderColumns};
use allocate::{allocate, too_small};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::Instant;
use strata::Strata;
use tantivy::DocAddress;

/// Told apart from every other use of the hash; another number is another way of ranking.
const RANKS: &str = "tracuu sample 1";

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SampleRequest {
    /// Another seed is another sample.
    pub seed: u64,
    /// What makes a stratum: each combination of these. None for one stratum of all.
    pub by: Vec<Axis>,
    /// On which map provinces are told apart.
    pub boundaries: Boundaries,
    /// How many are drawn.
    pub take: Take,
}

/// What was drawn from what.
#[derive(Clone, Debug, Serialize)]
pub struct Sample {
    /// Version of the contract, [`CONTRACT`].
    pub contract: u32,
    /// The program that answered.
    pub tool: String,
    /// The state of the index that was searched.
    pub index: IndexState,
    /// The query, in the query language, as it was understood.
    pub query: String,
    /// How each filter was read, in the order given.
    pub filters: Vec<AppliedFilter>,
    /// `articles` or `stories`: what is drawn; of a story the article that stands for it.
    pub hits_of: Unit,
    /// The seed.
    pub seed: u64,
    /// What makes a stratum.
    pub by: Vec<Axis>,
    /// On which map provinces are told apart.
    pub boundaries: Boundaries,
    /// What matches: the sum of the strata's sizes.
    pub total: u64,
    /// What was drawn: the sum of what was drawn of each.
    pub drawn: u64,
    /// Those of what matches that stand in several strata, and were put in the first.
    pub in_several: u64,
    /// The strata, in the order of what selects them; those that are too small to stand alone, as one, at the end.
    pub strata: Vec<Stratum>,
    /// What the reader should know.
    pub notices: Vec<Notice>,
    /// How long it took.
    pub timing: Timing,
}

/// Articles of which so many are drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stratum {
    /// What its articles have in common, by axis.
    pub values: Vec<StratumValue>,
    /// How many strata it is made of: more than 1 for those that are too small to stand alone.
    pub merged: u64,
    /// How many match.
    pub size: u64,
    /// How many of them are drawn.
    pub drawn: u64,
}

/// What the articles of a stratum have in common on one axis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StratumValue {
    /// What selects it as a further filter: `province:/ninh-binh`; null where several strata are one.
    pub is: Option<String>,
    /// Its name for people.
    pub label: String,
}

impl Stratum {
    /// What it goes by: what selects it, ` + ` between axes; `all` for the only one, `others` for those that are too small.
    pub fn name(&self) -> String {
        if self.values.is_empty() {
            return "all".to_owned();
        }
        if self.merged > 1 {
            return "others".to_owned();
        }
        self.values.iter().map(|value| value.is.as_deref().unwrap_or("none")).collect::<Vec<_>>().join(" + ")
    }

    /// How many articles each that was drawn stands for; 0 where none was.
    pub fn weight(&self) -> f64 {
        if self.drawn == 0 { 0.0 } else { self.size as f64 / self.drawn as f64 }
    }
}

/// An article that was drawn.
#[derive(Clone, Debug)]
pub struct Drawn<'a> {
    /// What it was drawn of.
    pub stratum: &'a Stratum,
    /// What matches in all strata together: who reads a sample back sees whether strata are missing.
    pub population: u64,
    /// The article, whole.
    pub article: Article,
    /// The passage that matches best; the beginning, where no word of the query stands in the body.
    pub snippet: Option<Snippet>,
}

/// The rank of an article under a seed: the first 128 bits of BLAKE3 over three parts, each behind its length in bytes as eight bytes,
/// the lowest first: `tracuu sample 1`, the seed in decimal digits, the id in hexadecimal ones.
fn rank(seed: u64, id: ArticleId) -> Hash128 {
    Hash128::of([RANKS.as_bytes(), seed.to_string().as_bytes(), id.to_string().as_bytes()])
}

/// An article that may be drawn.
struct Candidate {
    stratum: usize,
    address: DocAddress,
}

/// Draws a sample and hands over what was drawn one by one, stratum by stratum, each in the order of ranks.
///
/// Holds only a few articles at a time; `each` may stop it. What the request says of order, number of hits and facets does not matter;
/// `hits_of` says whether articles are drawn, or stories.
///
/// # Errors
/// As [`crate::search::search`].
pub fn sample(
    generation: &Generation,
    authority: &Authority,
    request: &Request,
    wanted: &SampleRequest,
    mut each: impl FnMut(Drawn) -> ControlFlow<()>,
) -> Result<Sample, SearchError> {
    let started = Instant::now();
    let request = Request { counts_of: request.hits_of, max_snippets: 1, context: None, ..counts_alone(request) };
    let prepared = Prepared::new(generation, authority, &request)?;
    let (found, relaxation) = find(&prepared, authority, &request, None)?;
    let told = notices(&prepared, &found, relaxation)?;

    let mut strata = Strata::of(generation, &wanted.by, wanted.boundaries, prepared.selection.holders.as_ref(), &found)?;
    let mut cells: BTreeMap<strata::Cell, Vec<(Hash128, DocAddress)>> = BTreeMap::new();
    let mut in_several = 0;
    let shown = shown(generation, request.hits_of, &found.documents)?;
    for (segment, documents) in shown.iter().enumerate() {
        let columns = OrderColumns::open(generation.searcher().segment_reader(segment as u32))?;
        for &doc in documents {
            let (cell, is_in_several) = strata.cell(segment, doc);
            in_several += u64::from(is_in_several);
            cells.entry(cell).or_default().push((rank(wanted.seed, columns.id(doc)), DocAddress::new(segment as u32, doc)));
        }
    }
    let (drawn_of, candidates) = drawn(&strata, cells, wanted, authority);

    let population = found.count(request.hits_of);
    let maker = || HitMaker::new(&prepared, &request, None);
    'drawn: for chunk in candidates.chunks(HITS_AT_ONCE) {
        let made = chunk.par_iter().map_init(maker, |maker, candidate| {
            let article = generation.article(candidate.address)?.article;
            let snippet = maker.snippets(article.body.as_deref().unwrap_or("")).into_iter().next();
            Ok(Drawn { stratum: &drawn_of[candidate.stratum], population, article, snippet })
        });
        for one in made.collect::<Result<Vec<_>, SearchError>>()? {
            if each(one).is_break() {
                break 'drawn;
            }
        }
    }
    Ok(Sample {
        contract: CONTRACT,
        tool: super::tool(),
        index: IndexState::of(generation),
        query: prepared.read.canonical.clone(),
        filters: prepared.selection.applied.clone(),
        hits_of: request.hits_of,
        seed: wanted.seed,
        by: wanted.by.clone(),
        boundaries: wanted.boundaries,
        total: population,
        drawn: drawn_of.iter().map(|stratum| stratum.drawn).sum(),
        in_several,
        strata: drawn_of,
        notices: told,
        timing: Timing { elapsed_ms: started.elapsed().as_secs_f64() * 1_000.0 },
    })
}

/// The articles that a search would show: all that match, or the first of each story.
fn shown(generation: &Generation, hits_of: Unit, documents: &[Vec<tantivy::DocId>]) -> Result<Vec<Vec<tantivy::DocId>>, SearchError> {
    if hits_of == Unit::Articles {
        return Ok(documents.to_vec());
    }
    let mut stories = Stories::new(generation.groups()?);
    for (segment, documents) in documents.iter().enumerate() {
        documents.iter().for_each(|&doc| stories.add(segment, doc));
    }
    let first = |(segment, documents): (usize, &Vec<_>)| documents.iter().copied().filter(|&doc| stories.is_first(segment, doc)).collect();
    Ok(documents.iter().enumerate().map(first).collect())
}

/// The strata as they are drawn of, and what is drawn, in order.
fn drawn(
    strata: &Strata,
    cells: BTreeMap<strata::Cell, Vec<(Hash128, DocAddress)>>,
    wanted: &SampleRequest,
    authority: &Authority,
) -> (Vec<Stratum>, Vec<Candidate>) {
    let size = |members: &Vec<_>| members.len() as u64;
    let mut small = too_small(&cells.values().map(size).collect::<Vec<_>>(), wanted.take);
    let merged = small.iter().filter(|is_small| **is_small).count() as u64;
    if merged == 1 {
        small.fill(false);
    }
    let (mut drawn_of, mut members_of, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for ((cell, members), is_small) in cells.into_iter().zip(&small) {
        if *is_small {
            others.extend(members);
            continue;
        }
        let value = |key: Option<&super::table::Key>| StratumValue {
            is: key.and_then(selector),
            label: key.map_or_else(|| "(không có)".to_owned(), |key| label(key, authority)),
        };
        let values = strata.keys(&cell).into_iter().map(value).collect();
        drawn_of.push(Stratum { values, merged: 1, size: size(&members), drawn: 0 });
        members_of.push(members);
    }
    if !others.is_empty() {
        let value = |_: &Axis| StratumValue { is: None, label: format!("({merged} tầng nhỏ gộp lại)") };
        drawn_of.push(Stratum { values: wanted.by.iter().map(value).collect(), merged, size: size(&others), drawn: 0 });
        members_of.push(others);
    }
    let sizes: Vec<u64> = drawn_of.iter().map(|stratum| stratum.size).collect();
    let mut candidates = Vec::new();
    for (number, (mut members, drawn)) in members_of.into_iter().zip(allocate(&sizes, wanted.take)).enumerate() {
        drawn_of[number].drawn = drawn;
        members.sort_unstable();
        let first = members.into_iter().take(drawn as usize);
        candidates.extend(first.map(|(_, address)| Candidate { stratum: number, address }));
    }
    (drawn_of, candidates)
}
