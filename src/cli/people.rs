//! `tracuu people`: who is named together with whom; who may be one person, or two.

use super::args::{Limit, PeopleArgs, PeopleFormatArg};
use super::destination::{self, Destination, Told};
use super::output::{Output, Style, note};
use super::search::request;
use super::text_format::{heading, thousands};
use super::{Outcome, open};
use crate::error::Error;
use crate::export::{AnsweredQuery, write_suggestions, write_together};
use crate::search::{People, PeopleRequest, Suggested, Suggestion, SuggestionKind, Suggestions, Unit, people, suggestions};
use jiff::civil::Date;

pub(super) fn run(args: &PeopleArgs, output: &mut Output) -> Result<Outcome, Error> {
    let format = destination::format(args.format, &args.out)?;
    destination::check_style(&args.out, format == PeopleFormatArg::Csv)?;
    let request = request(&args.query)?;
    let limit = match args.limit {
        Limit::At(limit) => limit,
        Limit::All => usize::MAX,
    };
    let mut to = Destination::of(&args.out, output)?;
    let output = to.output();
    let (pipeline, generation) = open(&args.query.index.dir)?;
    let (is_empty, wanted, told) = if args.suggest {
        let answer = suggestions(&generation, &pipeline.authority, &request)?;
        match format {
            PeopleFormatArg::Text => suggestions_text(&answer, limit, output)?,
            PeopleFormatArg::Json => output.json(&answer)?,
            PeopleFormatArg::Csv => {
                write_suggestions(&answer.suggestions, args.out.style(), output.raw())?;
                answer.notices.iter().for_each(|notice| note(&notice.text));
            }
        }
        let Suggestions { query, filters, total, notices, suggestions, .. } = &answer;
        (suggestions.is_empty(), None, AnsweredQuery::of(query, &request, query, filters, *total, notices))
    } else {
        let most = (format == PeopleFormatArg::Text).then_some(limit);
        let wanted = PeopleRequest { within: args.within.into(), at_least: args.at_least, most };
        let answer = people(&generation, &pipeline.authority, &request, wanted)?;
        match format {
            PeopleFormatArg::Text => pairs_text(&answer, output)?,
            PeopleFormatArg::Json => output.json(&answer)?,
            PeopleFormatArg::Csv => {
                write_together(&answer.pairs, args.out.style(), output.raw())?;
                answer.notices.iter().for_each(|notice| note(&notice.text));
            }
        }
        let People { query, filters, total, notices, pairs, .. } = &answer;
        (pairs.is_empty(), Some(wanted), AnsweredQuery::of(query, &request, query, filters, *total, notices))
    };
    let answer = if args.suggest { "suggestions" } else { "people" };
    to.end(Told { answer, wanted, queries: vec![told], counts_of: Unit::Articles, format, excel: args.out.excel }, &generation)?;
    Ok(if is_empty { Outcome::NoHit } else { Outcome::Done })
}

fn pairs_text(answer: &People, output: &mut Output) -> Result<(), Error> {
    let what = format!("{} cặp trong {} bài", thousands(answer.pairs.len() as u64 + answer.more), thousands(answer.total));
    heading(&what, &answer.filters, &answer.notices, output)?;
    for pair in &answer.pairs {
        output.line(format_args!("{:>7}  {} · {}", thousands(pair.articles), pair.person, pair.with))?;
    }
    more(answer.more, output)
}

fn suggestions_text(answer: &Suggestions, limit: usize, output: &mut Output) -> Result<(), Error> {
    let what = format!("{} gợi ý cho people.tsv, từ {} bài", thousands(answer.suggestions.len() as u64), thousands(answer.total));
    heading(&what, &answer.filters, &answer.notices, output)?;
    for suggestion in answer.suggestions.iter().take(limit) {
        output.line("")?;
        output.line(&suggestion.line)?;
        let Suggestion { kind, one, other, post, together, strength, .. } = suggestion;
        let why = match kind {
            SuggestionKind::Variants => {
                let together = if *together > 0 { format!("; {together} bài nêu cả hai") } else { String::new() };
                format!("cùng chức vụ: {} ({}){together}", post.as_deref().unwrap_or_default(), one.scope)
            }
            SuggestionKind::Namesakes => format!("{strength} ngày giữ chức vụ ở nơi này nằm giữa những ngày ở nơi kia"),
        };
        output.line(output.styled(Style::Dim, &format!("  {why}")))?;
        for one in [one, other] {
            output.line(output.styled(Style::Dim, &format!("  {}", attested(one, *kind))))?;
        }
    }
    more(answer.suggestions.len().saturating_sub(limit) as u64, output)
}

/// `Sơn La: 12 bài, 2020-01-05 – 2024-06-01, 0123abcd…`
fn attested(one: &Suggested, kind: SuggestionKind) -> String {
    let name = if kind == SuggestionKind::Variants { &one.name } else { &one.scope };
    let day = |day: Option<Date>| day.map_or_else(|| "không rõ ngày".to_owned(), |day| day.to_string());
    let days = if one.first == one.last { day(one.first) } else { format!("{} – {}", day(one.first), day(one.last)) };
    let id = one.ids.first().map(ToString::to_string).unwrap_or_default();
    format!("{name}: {} bài, {days}, {id}", thousands(one.ids.len() as u64))
}

/// Says how many rows are not shown.
fn more(rows: u64, output: &mut Output) -> Result<(), Error> {
    match rows {
        0 => Ok(()),
        more => output.line(format_args!("… và {} dòng nữa (--limit, --format csv)", thousands(more))),
    }
}
