//! What a search answers: the JSON contract, version 1.
//!
//! Field order is the order in JSON; null is written, never left out; spans are half-open byte offsets.
//! Output formats, page and API render these values and add nothing.

use super::cursor::Cursor;
use super::request::Unit;
use crate::article::{Article, Hash128};
use crate::index::Generation;
use crate::query::Ast;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Version of the contract.
pub const CONTRACT: u32 = 1;

/// The answer to a [`crate::search::Request`].
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Response {
    /// Version of the contract, [`CONTRACT`].
    pub contract: u32,
    /// The program that answered, `tracuu 0.1.0`.
    pub tool: String,
    /// The state of the index that was searched.
    pub index: IndexState,
    /// How the query was read.
    pub query: ReadQuery,
    /// The query that was probably meant, where this one finds little or carries no diacritics; null where it is fine as typed.
    pub did_you_mean: Option<DidYouMean>,
    /// How each filter was read, in the order given.
    pub filters: Vec<AppliedFilter>,
    /// Articles that match, exactly.
    pub total: u64,
    /// Of the same query, each run of plain text read as one phrase, in what `counts_of` says; null where the query has none or for
    /// `--match any`.
    pub total_phrase: Option<u64>,
    /// Of the same query, the syllables anywhere in the article; likewise.
    pub total_loose: Option<u64>,
    /// Stories that match, exactly: near-duplicates counted as one.
    pub total_stories: u64,
    /// `articles` or `stories`: what the counts of facets, `total_phrase` and `total_loose` are of. A story stands under each value under
    /// which one of its matching articles does.
    pub counts_of: Unit,
    /// `articles` or `stories`: whether every matching article is a hit, or of near-duplicates the earliest dated.
    pub hits_of: Unit,
    /// The hits asked for, best first.
    pub hits: Vec<Hit>,
    /// Behind the last of these hits, an opaque text: the same request with it as `after` gives the hits that follow. Null where none does.
    pub next: Option<Cursor>,
    /// The facets asked for, by name.
    pub facets: BTreeMap<String, FacetCounts>,
    /// What the reader should know.
    pub notices: Vec<Notice>,
    /// How the query was carried out; null where it was not asked for.
    pub explanation: Option<Explanation>,
    /// How long it took.
    pub timing: Timing,
}

/// Which state of which index was searched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IndexState {
    /// Name of the index.
    pub id: Hash128,
    /// Hash over ids and content hashes of its articles.
    pub corpus_id: Hash128,
    /// Number of the commit.
    pub generation: u64,
    /// Hash over what users say of words and people (`abbreviations.tsv`, `people.tsv`): it changes answers, and no article.
    pub user_tables: Hash128,
}

impl IndexState {
    /// That of an opened state.
    pub fn of(generation: &Generation) -> IndexState {
        let manifest = generation.manifest();
        IndexState {
            id: manifest.index_id,
            corpus_id: manifest.corpus_id,
            generation: manifest.generation,
            user_tables: manifest.user_tables(),
        }
    }
}

/// How a query was read.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReadQuery {
    /// As typed, composed.
    pub typed: String,
    /// In the query language, as it was understood.
    pub canonical: String,
    /// `all` or `any`: whether every word must match.
    pub matching: MatchMode,
    /// Whether diacritics counted; false where no term carried one.
    pub diacritics: bool,
    /// The words that were looked for, in order.
    pub words: Vec<ReadWord>,
}

/// A query that was probably meant, built of what stands in the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DidYouMean {
    /// The query, with its quotes, fields and operators as typed.
    pub query: String,
    /// Articles, or stories where these are counted, that it finds with the same filters: at least one.
    pub total: u64,
}

/// A word of a query.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReadWord {
    /// As typed.
    pub text: String,
    /// What it was read as.
    pub kind: WordKind,
    /// The written forms that it matched among the hits' articles, most frequent first; only for words typed without diacritics.
    pub matched_forms: Vec<MatchedForm>,
}

/// What a part of a query was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WordKind {
    /// A word of one or more syllables, from plain text.
    Word,
    /// A phrase in quotes.
    Phrase,
    /// A beginning (`chuy*`).
    Prefix,
    /// A word within some edits (`từ~1`).
    Fuzzy,
    /// A word exactly as written (`=từ`).
    Exact,
}

/// A written form that a word typed without diacritics matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MatchedForm {
    /// Its canonical syllables; `khác` for all that are not listed.
    pub form: String,
    /// Articles, among all that match, that hold it.
    pub count: u64,
}

/// How a filter was read.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AppliedFilter {
    /// `province`, `official`, `role`, `post`, `year`, `date`, `source`, `collection`, `except`, `among`.
    pub field: String,
    /// As typed.
    pub typed: String,
    /// Facet paths, remainder rows, roles or days that it selects.
    pub resolved: Vec<String>,
    /// What it means, in words: `Đồng Nai, gồm Bình Phước đến 6/2025`; of what is left out, `trừ …`.
    pub label: String,
    /// `not` where what it says is left out; else `today` or `as_written` for provinces, `overlap` or `precise` for dates, else `value`.
    pub mode: String,
}

/// An article that matches.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Hit {
    /// From 1, over all pages.
    pub rank: u64,
    /// As ranked, quantised; 0 where there is nothing to rank by.
    pub score: f64,
    /// Whether the article's date lies within the range asked for; false where it only may.
    pub certain: bool,
    /// Other articles that match, of the near-duplicates of this one; `group` names these, `tracuu copies` lists them.
    pub copies: u64,
    /// Spans in `title`.
    pub title_highlights: Vec<(usize, usize)>,
    /// Passages that show why it matches; empty where `context` was asked for.
    pub snippets: Vec<Snippet>,
    /// All matches with the words around them; null where they were not asked for.
    pub context: Option<Concordance>,
    /// What made its score, the most first; null where it was not asked for.
    pub explanation: Option<Vec<ScorePart>>,
    /// When its text or values last changed, RFC 3339, UTC. No part of the contract: it tells of the index, which may be built anew, and the same
    /// archive gives the same answer.
    #[serde(skip)]
    pub last_changed: String,
    /// The article; body and evidence null, unless whole articles were asked for.
    #[serde(flatten)]
    pub article: Article,
}

/// How a query was carried out.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Explanation {
    /// What was asked.
    pub ast: Ast,
    /// What has to match, for people: each word with the terms and streams that it is looked for in.
    pub plan: String,
    /// What articles are ranked by, with the most that each can add for one occurrence in an article of average length.
    pub ranked_by: Vec<ScorePart>,
}

/// A part of a score.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ScorePart {
    /// The syllables or words that it is for.
    pub text: String,
    /// How they count: `syllable in body`, `neighbours in title` …
    pub measure: String,
    /// What it adds.
    pub score: f64,
}

/// A passage of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Snippet {
    /// `body` or `title`.
    pub field: String,
    /// Where it begins in the field.
    pub start: usize,
    /// One past where it ends.
    pub end: usize,
    /// What stands there.
    pub text: String,
    /// Spans in `text`, ordered, not overlapping.
    pub highlights: Vec<(usize, usize)>,
}

/// The matches of an article, each in its context, in the order of the text, the title first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Concordance {
    /// How many there are; above 10,000, more than are listed.
    pub matches: u64,
    /// One line for each; matches that overlap are one.
    pub lines: Vec<ContextLine>,
}

/// A match with the words around it. `left + match + right` is what stands in the field from `context_start` to `context_end`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ContextLine {
    /// `title` or `body`.
    pub field: String,
    /// Where the match begins in the field.
    pub start: usize,
    /// One past where it ends.
    pub end: usize,
    /// Where the words on the left begin.
    pub context_start: usize,
    /// One past where those on the right end.
    pub context_end: usize,
    /// What stands before the match.
    pub left: String,
    /// The match.
    #[serde(rename = "match")]
    pub matched: String,
    /// What stands behind it.
    pub right: String,
}

/// Counts of a facet. `sum(values) + sum(remainder) = total + repeats`; where stories are counted, `total_stories + repeats`, and
/// wherever a count is said to be of articles it is of stories. That holds for complete lists: where the request bounds them, fewer
/// values are listed (`more` counts the others of each level), while `repeats` and `distinct` stay what they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FacetCounts {
    /// Top-level values, most articles first, then by path.
    pub values: Vec<FacetValue>,
    /// Articles that stand under no value, by reason.
    pub remainder: Vec<RemainderRow>,
    /// How often articles are counted again because they stand under several top-level values.
    pub repeats: u64,
    /// Number of top-level values.
    pub distinct: u64,
    /// Top-level values that are not listed; of those that have in their label what was asked for, if anything was. 0 in complete lists.
    pub more: u64,
}

/// A value of a facet. Where it has children: `sum(children) + sum(remainder) = count + repeats`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FacetValue {
    /// Its path of ids: what a filter selects.
    pub path: String,
    /// Its name for people.
    pub label: String,
    /// Articles at it or below: the `total` of the same request with this value as a further filter.
    pub count: u64,
    /// Values below it, likewise.
    pub children: Vec<FacetValue>,
    /// Articles at it and no deeper.
    pub remainder: Vec<RemainderRow>,
    /// How often its articles are counted again because they stand under several children.
    pub repeats: u64,
    /// Values below it that are not listed; 0 in complete lists.
    pub more: u64,
}

/// Articles that stand under no (deeper) value; can be selected like a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RemainderRow {
    /// `province:national`, `date:unknown`, `date:only:/2024` …: what a filter selects.
    pub kind: String,
    /// Its name for people.
    pub label: String,
    /// Articles: the `total` of the same request with this row as a further filter.
    pub count: u64,
}

/// Something that the reader of an answer should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Notice {
    /// Stable, for programs.
    pub code: NoticeCode,
    /// For people.
    pub text: String,
}

/// The notices there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeCode {
    /// The query carries no diacritics and was matched without them.
    Folded,
    /// Nothing matches; the text says what relaxing would find.
    NothingFound,
    /// No article has every word, and the query was relaxed as was wished; the text says how.
    Relaxed,
    /// A filter typed without diacritics fits several values, which are listed.
    AmbiguousFilter,
    /// Some hits only may lie in the date range.
    PossibleDates,
    /// The total counts articles with any of the words.
    MatchAny,
    /// The last run of `index` did not complete.
    IncompleteIndex,
    /// Some articles have more matches than are listed.
    ContextCut,
    /// People of several names are one, as `people.tsv` says.
    SamePeople,
    /// Officials are counted by the names that articles have, though `people.tsv` knows more of them.
    NamesAsWritten,
    /// `people.tsv` names somebody whom no article names.
    UnknownPeople,
}

/// Time taken.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Timing {
    /// Milliseconds from request to response.
    pub elapsed_ms: f64,
}

/// Whether every word of a query must match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MatchMode {
    /// Every word.
    #[default]
    All,
    /// At least one; ranked by how much of the query an article answers.
    Any,
}
