//! `tracuu diff`: what differs between two states of an archive, by field, by rule, and article by article.

use super::args::{DiffArgs, DiffFormatArg, Limit};
use super::output::{Output, Style, note};
use super::text_format::thousands;
use super::{Outcome, unless_failed};
use crate::error::Error;
use crate::export::DiffRows;
use crate::index::Reader;
use crate::ingest::Pipeline;
use crate::search::{ArticleChange, ArticleDiff, Comparison, Diff, DiffState, RuleChanges, compare};
use std::sync::Arc;

/// Articles that people and the whole answer get if nothing is said.
const LISTED: usize = 20;

/// Changes of rules that people get; JSON has all.
const MAX_RULES: usize = 30;

pub(super) fn run(args: &DiffArgs, output: &mut Output) -> Result<Outcome, Error> {
    let pipeline = Pipeline::bundled();
    let open = |dir| Reader::open(dir, Arc::clone(&pipeline.analyzer))?.generation();
    let (before, after) = (open(&args.before)?, open(&args.after)?);
    let found = compare(&before, &after, args.field)?;
    let limit = match args.limit {
        Some(Limit::At(limit)) => limit,
        Some(Limit::All) => usize::MAX,
        None if matches!(args.format, DiffFormatArg::Text | DiffFormatArg::Json) => LISTED,
        None => usize::MAX,
    };
    match args.format {
        DiffFormatArg::Text => text(&found, limit, output)?,
        DiffFormatArg::Json => output.json(&found.diff(limit)?)?,
        DiffFormatArg::Jsonl => each(&found, limit, |article| output.json_line(article))?,
        DiffFormatArg::Csv => {
            let mut rows = DiffRows::begin(output.raw())?;
            each(&found, limit, |article| Ok(rows.write(article)?))?;
            rows.end()?;
        }
    }
    if matches!(args.format, DiffFormatArg::Jsonl | DiffFormatArg::Csv) {
        note(totals(&found));
    }
    Ok(if found.summary().is_empty() { Outcome::NoHit } else { Outcome::Done })
}

/// Writes articles as they come.
fn each(found: &Comparison, limit: usize, mut write: impl FnMut(&ArticleDiff) -> Result<(), Error>) -> Result<(), Error> {
    let mut outcome = Ok(());
    found.each(limit, |article| {
        outcome = write(&article);
        unless_failed(&outcome)
    })?;
    outcome
}

fn totals(found: &Comparison) -> String {
    let summary = found.summary();
    let counts = [(summary.added, "bài thêm"), (summary.removed, "bài bớt"), (summary.changed, "bài đổi"), (summary.same, "bài như cũ")];
    counts.map(|(count, what)| format!("{} {what}", thousands(count))).join(" · ")
}

fn text(found: &Comparison, limit: usize, output: &mut Output) -> Result<(), Error> {
    let Diff { before, after, tables, .. } = found.diff(0)?;
    output.line(state("trước", &before))?;
    output.line(state("sau", &after))?;
    if !tables.is_empty() {
        output.line(format_args!("bảng khác nhau: {}", tables.join(", ")))?;
    }
    output.line(output.styled(Style::Title, &totals(found)))?;
    let fields = found.summary().fields();
    if !fields.is_empty() {
        output.line("")?;
        output.line(output.styled(Style::Title, "theo trường"))?;
    }
    for changes in fields {
        let (articles, values) = (thousands(changes.articles), thousands(changes.values));
        output.line(format_args!("  {articles:>9} bài  {values:>9} giá trị  {}", changes.field.name()))?;
    }
    let rules = found.summary().rules();
    if !rules.is_empty() {
        output.line("")?;
        output.line(output.styled(Style::Title, "theo quy tắc"))?;
    }
    for changes in rules.iter().take(MAX_RULES) {
        let RuleChanges { field, rules_before, rules_after, values, examples, .. } = changes;
        let examples: Vec<String> = examples.iter().map(|id| id.to_string()[..8].to_owned()).collect();
        let (field, rules) = (field.name(), from_to(rules_before, rules_after));
        output.line(format_args!("  {:>9} giá trị  {field}: {rules}  (vd. {})", thousands(*values), examples.join(", ")))?;
    }
    if rules.len() > MAX_RULES {
        output.line(format_args!("  … và {} cặp quy tắc khác (--format json có đủ)", thousands((rules.len() - MAX_RULES) as u64)))?;
    }
    each(found, limit, |difference| article(difference, output))?;
    let more = found.listed().saturating_sub(limit);
    if more > 0 {
        output.line("")?;
        output.line(format_args!("… và {} bài khác (--limit all)", thousands(more as u64)))?;
    }
    Ok(())
}

fn state(label: &str, state: &DiffState) -> String {
    let DiffState { index, tool, pipeline, articles, completed } = state;
    let run = if *completed { "" } else { " · LẦN LẬP CHỈ MỤC CHƯA XONG" };
    let (id, corpus, generation, articles) = (index.id, index.corpus_id, index.generation, thousands(*articles));
    format!("{label}: {articles} bài · kho {corpus} · chỉ mục {id}, lần ghi {generation} · {tool}, quy trình {pipeline}{run}")
}

/// Rules before and after, or the one that stayed.
fn from_to(before: &[String], after: &[String]) -> String {
    let side = |rules: &[String]| if rules.is_empty() { "—".to_owned() } else { rules.join(" + ") };
    if before == after { side(before) } else { format!("{} → {}", side(before), side(after)) }
}

fn article(article: &ArticleDiff, output: &mut Output) -> Result<(), Error> {
    let what = match article.change {
        ArticleChange::Added => "+",
        ArticleChange::Removed => "-",
        ArticleChange::Changed => "~",
    };
    output.line("")?;
    output.line(format_args!("{what} {}", article.title))?;
    for value in &article.values {
        let side = |words: &Option<String>, style| match words {
            Some(words) => output.styled(style, &words.replace('\n', " ")),
            None => "—".to_owned(),
        };
        let said = match value.before == value.after {
            true => value.after.as_ref().map(|words| words.replace('\n', " ")).unwrap_or_default(),
            false => format!("{} → {}", side(&value.before, Style::Cut), side(&value.after, Style::Added)),
        };
        let rules = match value.rules_before.is_empty() && value.rules_after.is_empty() {
            true => String::new(),
            false => output.styled(Style::Dim, &format!("  ({})", from_to(&value.rules_before, &value.rules_after))),
        };
        output.line(format_args!("    {}: {said}{rules}", value.field.name()))?;
    }
    output.line(output.styled(Style::Dim, &format!("    {} · {} · {}", article.id, article.collection, article.path)))
}
