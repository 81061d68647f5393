//! The values that options choose from. No logic beyond the library's words for them.

use crate::export::Format;
use crate::search::{Boundaries, MatchMode, Period, Sort};
use clap::ValueEnum;

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(in crate::cli) enum BoundariesArg {
    /// Today's unit where one has that name, with all that is part of it now
    #[default]
    Today,
    /// The unit of that name, as it was at the time
    AsWritten,
}

impl From<BoundariesArg> for Boundaries {
    fn from(arg: BoundariesArg) -> Boundaries {
        match arg {
            BoundariesArg::Today => Boundaries::Today,
            BoundariesArg::AsWritten => Boundaries::AsWritten,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(in crate::cli) enum MatchArg {
    /// Every word
    #[default]
    All,
    /// At least one word; ranked by how much of the query an article answers
    Any,
}

impl From<MatchArg> for MatchMode {
    fn from(arg: MatchArg) -> MatchMode {
        match arg {
            MatchArg::All => MatchMode::All,
            MatchArg::Any => MatchMode::Any,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(in crate::cli) enum SortArg {
    /// Best first
    #[default]
    Relevance,
    /// Latest event first, unknown dates last
    Newest,
    /// Earliest event first, unknown dates last
    Oldest,
}

impl From<SortArg> for Sort {
    fn from(arg: SortArg) -> Sort {
        match arg {
            SortArg::Relevance => Sort::Relevance,
            SortArg::Newest => Sort::Newest,
            SortArg::Oldest => Sort::Oldest,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FormatArg {
    /// For people
    #[default]
    Text,
    /// The whole answer; with --batch as `jsonl`
    Json,
    /// One hit a line; with --batch one answer, with its `id`, its `line` and an `error` that is null if it could be answered
    Jsonl,
    /// One hit a row, with --context one match; with --batch behind id, query, totals and error of its query, which has a row without
    /// hits too
    Csv,
    /// A TREC run, for programs that score: query id, Q0, key of the article, rank, score, `tracuu`
    Trec,
    /// References for EndNote, Zotero, Mendeley: RIS; not with --batch, as the two below
    Ris,
    /// References for LaTeX: BibTeX
    Bibtex,
    /// References for Zotero, pandoc, citeproc: CSL-JSON
    CslJson,
}

impl FormatArg {
    /// The form that the library exports; none for what only the command line writes.
    pub fn exported(self) -> Option<Format> {
        match self {
            FormatArg::Text | FormatArg::Json | FormatArg::Trec => None,
            FormatArg::Csv => Some(Format::Csv),
            FormatArg::Jsonl => Some(Format::Jsonl),
            FormatArg::Ris => Some(Format::Ris),
            FormatArg::Bibtex => Some(Format::Bibtex),
            FormatArg::CslJson => Some(Format::CslJson),
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CiteArg {
    /// A line for people
    #[default]
    Text,
    /// BibTeX
    Bibtex,
    /// RIS
    Ris,
    /// CSL-JSON
    CslJson,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FacetFormatArg {
    /// For people
    #[default]
    Text,
    /// The whole answer
    Json,
    /// One value a line
    Jsonl,
    /// One value a row
    Csv,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum PeriodArg {
    Year,
    Month,
    Day,
}

impl From<PeriodArg> for Period {
    fn from(arg: PeriodArg) -> Period {
        match arg {
            PeriodArg::Year => Period::Year,
            PeriodArg::Month => Period::Month,
            PeriodArg::Day => Period::Day,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum HistogramFormatArg {
    /// For people
    #[default]
    Text,
    /// The whole answer
    Json,
    /// One bar a row, then what stands in none
    Csv,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SuggestFormatArg {
    /// For people
    #[default]
    Text,
    /// A list of `text`, `kind` (`word`, `official`, `province`), `count`, `path` (of the facet, to filter by; null for a word), `start`
    Json,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CopiesFormatArg {
    /// For people
    #[default]
    Text,
    /// `group`, and `members`: each an article with `jaccard`, `containment` and, with --diff, its `changes` (`field`, `kind`, `text`)
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FacetArg {
    Province,
    Official,
    #[value(alias = "year")]
    Date,
    Source,
    Collection,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum StreamArg {
    /// Canonical terms of all parts
    Syllable,
    /// The same without diacritics
    Folded,
    /// Words: one or more parts each
    Word,
    /// Parts in capitals, where case tells something
    Capitals,
    /// Lines that were typed without diacritics
    Undiacritic,
}

/// A number of hits.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) enum Limit {
    At(usize),
    All,
}

impl std::str::FromStr for Limit {
    type Err = String;

    fn from_str(text: &str) -> Result<Limit, String> {
        match text {
            "all" => Ok(Limit::All),
            _ => text.parse().map(Limit::At).map_err(|_| "a number, or `all`".to_owned()),
        }
    }
}
