//! The arguments of the command line: clap types only.

mod choice;
mod diff;
mod eval;
mod export;
mod index;
mod limits;
mod out;
mod people;
mod repair;
mod sample;
mod serve;
mod table;
mod trend;
mod watch;

pub(super) use choice::{
    BoundariesArg, CiteArg, CopiesFormatArg, FacetArg, FacetFormatArg, FormatArg, HistogramFormatArg, Limit, MatchArg, PeriodArg, SortArg,
    StreamArg, SuggestFormatArg,
};
pub(super) use diff::{DiffArgs, DiffFormatArg};
pub(super) use eval::{
    DocumentFieldArg, EvalArgs, EvalCommand, EvalFormatArg, EvalMetadataArgs, EvalRetrievalArgs, EvalSampleArgs, EvalSegmentationArgs,
};

pub(super) use export::ExportArgs;
pub(super) use index::IndexArgs;
pub(super) use limits::LimitArgs;
pub(super) use out::OutArgs;

pub(super) use people::{PeopleArgs, PeopleFormatArg, PostsArgs};
pub(super) use repair::{CheckArgs, RebuildArgs};
pub(super) use sample::{SampleArgs, SampleFormat};
pub(super) use serve::{McpArgs, ServeArgs};
pub(super) use table::{AxisArg, ChartArg, ManyArgs, TableArgs, TableFormatArg};
pub(super) use trend::{TrendArgs, TrendFormatArg};
pub(super) use watch::{WatchArgs, WatchFormatArg};

use crate::search::{Cursor, MAX_CONTEXT_WORDS};
use clap::{ArgAction, Args as ClapArgs, Parser, Subcommand};
use std::path::PathBuf;

/// Full-text search over archives of Vietnamese government news.
#[derive(Debug, Parser)]
#[command(name = "tracuu", version, about, max_term_width = 110, arg_required_else_help = true)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read, clean, extract and write: adds and updates articles; reports what was skipped, and why
    Index(IndexArgs),
    /// Ranked hits with snippets, exact totals and facets
    Search(SearchArgs),
    /// Counts of a facet, hierarchical and complete, with what stands under no value
    Facets(FacetsArgs),
    /// Counts over time: a bar for each year, month or day, and what stands in none
    Histogram(HistogramArgs),
    /// Counts by two values of what matches: province and year, official and post; with what stands under no value, so that they add up
    Table(TableArgs),
    /// Several queries over time, side by side, each relative to the archive of its period
    Trend(TrendArgs),
    /// All that matches, written to a file or as long tables, with what it is of beside it: CSV, JSON Lines, references
    Export(ExportArgs),
    /// Articles to be read and coded: drawn by strata from what matches, the same for the same seed; `eval sample` reads them back
    Sample(SampleArgs),
    /// Who held which post, from which day to which: a row for each person and post, with the articles that attest it
    Posts(PostsArgs),
    /// Who is named together with whom; who may be one person under two names, or two under one
    People(PeopleArgs),
    /// Words, officials and units that begin as typed, with or without diacritics
    Suggest(SuggestArgs),
    /// An article and its metadata
    Show(ShowArgs),
    /// The near-duplicates of an article: when and where each stood, how much of the text it shares, what was cut or changed
    Copies(CopiesArgs),
    /// What differs between two states of an archive, before and after an upgrade or a crawl: articles, and which values changed by which rule
    Diff(DiffArgs),
    /// Say what is wrong with an article's values: written to `corrections.jsonl` beside the articles, and applied
    Correct(CorrectArgs),
    /// What the pipeline reads out of raw files: one JSON line for each record, without an index
    Inspect(InspectArgs),
    /// The rules by which who, where and when are found, each with an example and how often it was right; as Markdown
    Rules,
    /// Standard input → segmented words, syllables joined by `_`; one line for one line
    Tokenize(TokenizeArgs),
    /// What the index holds
    Stats(StatsArgs),
    /// Whether the index is whole; with --deep, whether it holds what its articles say
    Check(CheckArgs),
    /// Build the index anew from the archive that its manifest names, and put it in the old one's place
    Rebuild(RebuildArgs),
    /// What is new to the queries of a file since the last run, after `index`
    Watch(WatchArgs),
    /// The page and the JSON API, over HTTP: read-only, on this machine alone unless --bind says otherwise
    Serve(ServeArgs),
    /// The archive as tools of an assistant, over the Model Context Protocol on standard input and output: read-only
    Mcp(McpArgs),
    /// Scores of this program on material that others have judged
    Eval(EvalArgs),
    /// A document on standard input → its text; for the program itself
    #[command(hide = true)]
    ParseDocument(ParseDocumentArgs),
    /// Segmented text and word lists → a model of the segmenter; the same input gives the same bytes
    TrainSegmenter(TrainSegmenterArgs),
}

#[derive(Debug, ClapArgs)]
pub(super) struct IndexDir {
    /// Index folder
    #[arg(long = "index", value_name = "DIR", default_value = "index")]
    pub dir: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(super) struct FilterArgs {
    /// Province as of today's map, or of its time; a region; a district or ward (`huyện Kim Sơn`, `Hoa Lư, Ninh Bình`);
    /// `national`, `foreign`, `unknown`; `only:Ninh Bình` for those that name no district or ward of it
    #[arg(long, value_name = "NAME", action = ArgAction::Append)]
    pub province: Vec<String>,
    /// Whose borders a province's name means
    #[arg(long, value_enum, default_value_t)]
    pub boundaries: BoundariesArg,
    /// Person who holds a post; `none` for articles that name nobody
    #[arg(long, value_name = "NAME", action = ArgAction::Append)]
    pub official: Vec<String>,
    /// Post, from its first word on; with --official, a post of that person
    #[arg(long, value_name = "POST", action = ArgAction::Append)]
    pub role: Vec<String>,
    /// Year, month or day of the event: 2024, 2024-05, 2024-05-13; `several`, `unknown`, `only:2024`
    #[arg(long, value_name = "YEAR", action = ArgAction::Append)]
    pub year: Vec<String>,
    /// Events that may lie on or after this day, month or year
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Events that may lie on or before this day, month or year
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// With --from and --to: only events that certainly lie between them
    #[arg(long)]
    pub precise: bool,
    /// Publisher; `none` for articles that name none
    #[arg(long, value_name = "NAME", action = ArgAction::Append)]
    pub source: Vec<String>,
    /// Collection
    #[arg(long, value_name = "NAME", action = ArgAction::Append)]
    pub collection: Vec<String>,
    /// A facet value by its path, or a row for what stands under none, as answers have them: `province:/ninh-binh/ninh-binh@1992`,
    /// `date:/2024/05`, `province:national`, `date:only:/2024`
    #[arg(long, value_name = "VALUE", action = ArgAction::Append)]
    pub is: Vec<String>,
    /// The same, to leave its articles out
    #[arg(long, value_name = "VALUE", action = ArgAction::Append)]
    pub not: Vec<String>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct QueryArgs {
    /// Query: words, "a phrase", begi*, =letter-for-letter, title:… (see QUERY.md); without one, everything that the filters select
    #[arg(default_value = "", allow_hyphen_values = true)]
    pub query: String,
    #[command(flatten)]
    pub index: IndexDir,
    #[command(flatten)]
    pub filters: FilterArgs,
    /// Whether every word must match
    #[arg(long = "match", value_enum, value_name = "MODE", default_value_t)]
    pub matching: MatchArg,
    /// Words and phrases letter for letter, as in the stored text: tone marks and i/y as typed, no abbreviations; a small letter
    /// finds capitals too, a capital only itself. `chuy*` and `từ~1` stay as they are, diacritics counting
    #[arg(long)]
    pub exact: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct SearchArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    /// Answer every query of this file. The filters given here hold for all of them, beside those of each query
    ///
    /// By the file's ending (also .gz and .zst):
    ///
    /// .jsonl, .ndjson: an object a line, with `query` (or `text`) and perhaps `id` (or `name`), `province`, `official`, `role`, `year`,
    /// `source`, `collection`, `is`, `not` (a text or a list), `from`, `to`, `precise`, `boundaries`, `match`, `exact`, `sort`, `limit`, `offset`,
    /// `after`, `facets`, `collapse`, `all_copies`, `relax`, `fresh`, `context`, `explain`, each meaning what the option of its name does, and `max_values` and `inside`, as --max and --inside of `facets`; where an
    /// option has no value, `true` or `false`. As CSV, words in context have rows only with --context;
    ///
    /// .csv, .tsv: the same names in a header, several values in a cell with `;` between;
    ///
    /// anything else: a query a line.
    ///
    /// A query without an id goes by the number of its line. One that is wrong is reported with its line, and the rest go on.
    /// Exit code: 0 if any query finds something; else 2 if any could not be answered, else 1.
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    pub batch: Option<PathBuf>,
    /// Facets to count, by comma: province, official, date (or year), source, collection
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', value_enum)]
    pub facets: Vec<FacetArg>,
    /// Order of the hits
    #[arg(long, value_enum, default_value_t)]
    pub sort: SortArg,
    /// Hits to show, or `all`
    #[arg(long, value_name = "N", default_value = "10")]
    pub limit: Limit,
    /// Hits to pass over
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,
    /// Go on behind the last hit of another answer: `next` in its JSON. A page costs the same, however many lie before it
    #[arg(long, value_name = "CURSOR", conflicts_with_all = ["offset", "batch"])]
    pub after: Option<Cursor>,
    /// Show every article that matches. Without it, of near-duplicates only the earliest dated is shown, with the number of the others;
    /// exports (all formats but `text` and `json`) hold every article anyhow; `jsonl` and `csv` with the `group` it belongs to
    #[arg(long, conflicts_with = "collapse")]
    pub all_copies: bool,
    /// Count near-duplicates as one story, in facets too; one is shown for all of them, in every format
    #[arg(long)]
    pub collapse: bool,
    /// Articles like this one, by id: asks for any of its most telling words, which the answer shows
    #[arg(long, value_name = "ID", conflicts_with_all = ["query", "batch"])]
    pub like: Option<String>,
    /// When no article has every word, ask for less and say so: syllables anywhere, else without one word
    #[arg(long)]
    pub relax: bool,
    /// Prefer new events: each DAYS of age halve the score
    #[arg(long, value_name = "DAYS", num_args = 0..=1, require_equals = true, default_missing_value = "365", value_parser = clap::value_parser!(u32).range(1..))]
    pub fresh: Option<u32>,
    /// Say how the query was read and planned, and what made the score of each hit
    #[arg(long)]
    pub explain: bool,
    /// Words in context: instead of snippets every match of each hit, with N words (between spaces) on either side;
    /// as CSV, a row for each match; not for `trec` and references
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=MAX_CONTEXT_WORDS as i64))]
    pub context: Option<u16>,
    /// Output
    #[arg(long, value_enum, default_value_t)]
    pub format: FormatArg,
}

#[derive(Debug, ClapArgs)]
pub(super) struct FacetsArgs {
    /// Facet: province, official, date (or year), source, collection
    #[arg(value_enum, value_name = "FIELD")]
    pub field: FacetArg,
    #[command(flatten)]
    pub query: QueryArgs,
    /// Count near-duplicates as one story, which stands wherever one of its articles does
    #[arg(long)]
    pub collapse: bool,
    /// Only values and rows that have this in what they are called, and provinces with an older unit called so; whatever the diacritics,
    /// if typed without any
    #[arg(long, value_name = "TEXT")]
    pub inside: Option<String>,
    /// Of each level only so many values, most articles first
    #[arg(long, value_name = "N")]
    pub max: Option<usize>,
    /// Output
    #[arg(long, value_enum, default_value_t)]
    pub format: FacetFormatArg,
}

#[derive(Debug, ClapArgs)]
pub(super) struct HistogramArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    /// What a bar stands for; without it, chosen by the span so that there are at most about 60
    #[arg(long, value_enum, value_name = "PERIOD")]
    pub by: Option<PeriodArg>,
    /// Count near-duplicates as one story, which stands wherever one of its articles does
    #[arg(long)]
    pub collapse: bool,
    /// When no article has every word, ask for less and say so, as `search` does
    #[arg(long)]
    pub relax: bool,
    /// Output
    #[arg(long, value_enum, default_value_t)]
    pub format: HistogramFormatArg,
}

#[derive(Debug, ClapArgs)]
pub(super) struct SuggestArgs {
    /// The beginning of a query: its last word is begun, or finished by a space
    #[arg(value_name = "PREFIX", allow_hyphen_values = true)]
    pub typed: String,
    #[command(flatten)]
    pub index: IndexDir,
    /// Completions to show, at most 100
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    /// Output
    #[arg(long, value_enum, default_value_t)]
    pub format: SuggestFormatArg,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ShowArgs {
    /// Id of the article, or enough of its first digits
    pub id: String,
    #[command(flatten)]
    pub index: IndexDir,
    /// The words that each value stands on, and the rule
    #[arg(long)]
    pub why: bool,
    /// Texts that stood under this id before
    #[arg(long)]
    pub versions: bool,
    /// The record as it was read, from the file it came from
    #[arg(long)]
    pub raw: bool,
    /// Where the words of this query stand in it, a line for each match
    #[arg(long = "match", value_name = "QUERY", allow_hyphen_values = true, conflicts_with_all = ["why", "versions", "raw"])]
    pub matching: Option<String>,
    /// With --match: words on either side
    #[arg(long, value_name = "N", requires = "matching", default_value_t = 8, value_parser = clap::value_parser!(u16).range(0..=MAX_CONTEXT_WORDS as i64))]
    pub context: u16,
    /// The article, or its matches, as JSON
    #[arg(long)]
    pub json: bool,
    /// How it is cited: publisher, title, date, address, id and version, in a line for people (`text`, if nothing is said) or for
    /// programs that keep references. A date that is not that of publication says so
    #[arg(long, value_enum, value_name = "FORMAT", num_args = 0..=1, default_missing_value = "text",
          conflicts_with_all = ["why", "versions", "raw", "matching", "json"])]
    pub cite: Option<CiteArg>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct CopiesArgs {
    /// Id of the article, or enough of its first digits
    pub id: String,
    #[command(flatten)]
    pub index: IndexDir,
    /// What was cut from the text of the first of them, and what was added, word by word
    #[arg(long)]
    pub diff: bool,
    /// Output
    #[arg(long, value_enum, default_value_t)]
    pub format: CopiesFormatArg,
}

#[derive(Debug, ClapArgs)]
pub(super) struct CorrectArgs {
    /// Id of the article, or enough of its first digits
    pub id: String,
    #[command(flatten)]
    pub index: IndexDir,
    /// The value is this and nothing else. Fields: province (a name, an id such as ninh-binh@1992, or national, foreign, unknown),
    /// mentioned, official ("Name: role"), date (2024, 2024-05, 2024-05-13, two with / between, or none), source
    #[arg(long, num_args = 2, value_names = ["FIELD", "VALUE"], action = ArgAction::Append)]
    pub set: Vec<String>,
    /// The value is this too
    #[arg(long, num_args = 2, value_names = ["FIELD", "VALUE"], action = ArgAction::Append)]
    pub add: Vec<String>,
    /// The value is not this; of an official, "Name" or "Name: role"
    #[arg(long, num_args = 2, value_names = ["FIELD", "VALUE"], action = ArgAction::Append)]
    pub remove: Vec<String>,
    /// The reason
    #[arg(long, value_name = "TEXT")]
    pub why: String,
    /// Who says so; without it, the name of the account
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct InspectArgs {
    /// Folders or files, as for `index`; `-` is JSON Lines on standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Name of the collection, from which ids are made; only with one PATH
    #[arg(long, value_name = "NAME")]
    pub collection: Option<String>,
    #[command(flatten)]
    pub limits: LimitArgs,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ParseDocumentArgs {
    /// docx or pdf
    pub kind: String,
    #[command(flatten)]
    pub limits: LimitArgs,
}

#[derive(Debug, ClapArgs)]
pub(super) struct TokenizeArgs {
    /// Show the terms of a stream instead
    #[arg(long, value_enum)]
    pub stream: Option<StreamArg>,
    /// Show each token of each stream (or of the one given) on a line: stream, position, length in positions, bytes of the
    /// composed line, term, as written; by tabs, an empty line after each line of input
    #[arg(long)]
    pub explain: bool,
    /// A model of `train-segmenter` instead of the program's own
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct StatsArgs {
    #[command(flatten)]
    pub index: IndexDir,
    /// The whole manifest, as JSON
    #[arg(long)]
    pub manifest: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct TrainSegmenterArgs {
    /// Segmented text: lines of words, syllables joined by `_`; or CoNLL-U; each also .zst or .gz
    #[arg(required = true, value_name = "CORPUS")]
    pub corpora: Vec<PathBuf>,
    /// Word list: one word a line, syllables by spaces or `_`, `#` begins a comment
    #[arg(long, required = true, value_name = "FILE")]
    pub words: Vec<PathBuf>,
    /// List of terms that stay whole in a query, though text may have them as several words
    #[arg(long, value_name = "FILE")]
    pub terms: Vec<PathBuf>,
    /// List of words that are one wherever they stand in the corpus, though it has them as several
    #[arg(long, value_name = "FILE")]
    pub joined: Vec<PathBuf>,
    /// Where the model is written to
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}
