//! The arguments of `tracuu eval`: clap types only.

use super::MatchArg;
use clap::{ArgAction, Args as ClapArgs, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct EvalArgs {
    #[command(subcommand)]
    pub what: EvalCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum EvalCommand {
    /// Precision, recall and F1 of words, on the text as it is, in capitals, in Title Case, decomposed, without diacritics …
    Segmentation(EvalSegmentationArgs),
    /// Who, where and when: precision, recall and F1 of officials and provinces, roles, dates right and wrong
    Metadata(EvalMetadataArgs),
    /// The search: MRR@10, nDCG@10, Recall@100 and hit@1 of judged queries, and how two settings differ query by query
    Retrieval(EvalRetrievalArgs),
    /// A sample that was coded: how much of what was found is right, by stratum and in all, with intervals of 95 %
    Sample(EvalSampleArgs),
}

#[derive(Debug, ClapArgs)]
#[command(after_long_help = SAMPLE_FORMULAS)]
pub(in crate::cli) struct EvalSampleArgs {
    /// The CSV of `tracuu sample`, coded: yes, y, 1, true, có, đúng or no, n, 0, false, không, sai, in any capitals; with commas, semicolons or
    /// tabs, as spreadsheets save it
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The column that is counted
    #[arg(long, value_name = "COLUMN", default_value = "relevant")]
    pub code: String,
    /// Output
    #[arg(long, value_enum, default_value_t)]
    pub format: EvalFormatArg,
}

const SAMPLE_FORMULAS: &str = "\
Each stratum has the share of yes among its coded rows, with Wilson's interval; one that was coded whole is known. The overall share weighs each
stratum by its size: p = sum N_h p_h / N, with the variance v = sum (N_h/N)^2 (1 - n_h/N_h) p_h (1 - p_h) / (n_h - 1) (Cochran, Sampling
Techniques, 3rd ed., section 5.10; strata with one coded row are taken together, section 5A.12), and Wilson's interval for p (1 - p) / v rows.
Rows without a code are counted, and taken to be like the coded ones of their stratum.

Examples:
  tracuu sample \"thu hồi đất\" -n 200 --seed 42 --by province,year > mau.csv
  tracuu eval sample mau.csv";

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct EvalRetrievalArgs {
    /// Documents: one JSON object a line (`id`, `text`, perhaps `title`), indexed in a temporary folder as `tracuu index` would;
    /// or the folder of an index, whose articles go by their `key`
    #[arg(value_name = "CORPUS")]
    pub corpus: PathBuf,
    /// Queries: one JSON object a line (`id`, `text`)
    #[arg(value_name = "QUERIES")]
    pub queries: PathBuf,
    /// Judgements: query, document and grade (0 for not relevant) by tabs
    #[arg(value_name = "QRELS")]
    pub qrels: PathBuf,
    /// Fields of the documents that are indexed, by comma [default: title,text]
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', value_enum)]
    pub fields: Vec<DocumentFieldArg>,
    /// Whether every word must match; unlike in `search`, any word is enough if this is not given, since judged queries are
    /// titles and questions
    #[arg(long = "match", value_enum, value_name = "MODE", default_value = "any")]
    pub matching: MatchArg,
    /// Take the words as spelt: diacritics always count
    #[arg(long)]
    pub exact: bool,
    /// Compare with another setting, as NAME=VALUE (`match=all`, `exact=true`, `fields=text`, or what else a column of
    /// `search --batch` is called; given twice, both hold), or with a TREC run of another program
    #[arg(long, value_name = "SETTING|RUN", action = ArgAction::Append)]
    pub against: Vec<String>,
    /// With --against: queries to show that are answered better, and as many that are answered worse, by nDCG@10
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub differences: usize,
    /// Write the first 100 documents of each query as a TREC run
    #[arg(long, value_name = "FILE")]
    pub run: Option<PathBuf>,
    /// Output
    #[arg(long, value_enum, default_value_t)]
    pub format: EvalFormatArg,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DocumentFieldArg {
    Title,
    Text,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum EvalFormatArg {
    /// For people
    #[default]
    Text,
    /// All figures, with all their digits
    Json,
}

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct EvalMetadataArgs {
    /// Judgements: one JSON object a line (`id`, `officials`, `provinces`, `date` …)
    #[arg(value_name = "GOLD")]
    pub gold: PathBuf,
    /// What a program found, by the same ids: lines of `tracuu inspect`, or of the form of the judgements
    #[arg(value_name = "PREDICTIONS")]
    pub predictions: PathBuf,
    /// Each miss and false alarm with its article
    #[arg(long)]
    pub errors: bool,
    /// Of each rule, how many of its values are right
    #[arg(long)]
    pub rules: bool,
    /// The whole report as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct EvalSegmentationArgs {
    /// Lines of words, syllables joined by `_`; or CoNLL-U
    #[arg(value_name = "GOLD")]
    pub gold: PathBuf,
    /// The same sentences as they are written, a line each; without it, what CoNLL-U says, or the words with spaces between
    #[arg(long, value_name = "FILE")]
    pub raw: Option<PathBuf>,
    /// A model of `train-segmenter` instead of the program's own
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,
    /// One JSON line for each variant
    #[arg(long)]
    pub json: bool,
}
