//! Arguments of `tracuu diff`.

use super::Limit;
use crate::search::DiffField;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, ClapArgs)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct DiffArgs {
    /// Index folder of the earlier state
    #[arg(value_name = "BEFORE")]
    pub before: PathBuf,
    /// Index folder of the later state
    #[arg(value_name = "AFTER")]
    pub after: PathBuf,
    /// Look at this field alone: articles in which nothing else differs count as the same; those added or removed are counted, not listed
    #[arg(long, value_name = "FIELD", value_parser = field())]
    pub field: Option<DiffField>,
    /// Articles to list, by id, or `all`; counts are always of all
    #[arg(long, value_name = "N")]
    pub limit: Option<Limit>,
    /// Output
    #[arg(long, value_enum, default_value_t)]
    pub format: DiffFormatArg,
}

fn field() -> impl TypedValueParser<Value = DiffField> {
    PossibleValuesParser::new(DiffField::ALL.map(DiffField::name))
        .map(|name| DiffField::named(&name).expect("names that can be typed are those of fields"))
}

const EXAMPLES: &str = "\
Articles are matched by id. What changed is told value by value, in words, with the rules that it stands on before and after; a value that reads
the same and stands on another rule has changed too. Quotes, spans and offsets are not compared. Every article of both is read, so two archives
of 100,000 articles take some seconds.

Without --limit, `text` and `json` list 20 articles, `jsonl` and `csv` all.

Exit code, as of every command: 0 if anything differs, 1 if nothing does, 2 for an error. (That of diff(1) is the other way round.)

Examples:
  cp -r index index.before; tracuu rebuild; tracuu diff index.before index
  tracuu diff index.before index --field officials --limit 5
  tracuu diff index.before index --format csv > thay-doi.csv";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DiffFormatArg {
    /// For people: the counts, by field and by rule, then articles
    #[default]
    Text,
    /// The whole answer: the two states, the counts, the articles with their `values`
    Json,
    /// One article a line: `change` (added, removed, changed), `id`, `title`, `collection`, `path`, `values`
    Jsonl,
    /// One changed value a row, and a row for each article that was added or removed
    Csv,
}
