//! `tracuu people`: who is named together with whom; who may be one person, or two.

use super::args::{PeopleArgs, PeopleFormatArg};
use super::output::{Output, Style, note};
use super::search::request;
use super::text_format::thousands;
use super::{Outcome, open};
use crate::error::Error;
use crate::export::{write_suggestions, write_together};
use crate::search::{
    AppliedFilter, Notice, People, PeopleRequest, Suggested, Suggestion, SuggestionKind, Suggestions, people, suggestions,
};
use jiff::civil::Date;

pub(super) fn run(args: &PeopleArgs, output: &mut Output) -> Result<Outcome, Error> {
    let request = request(&args.query)?;
    let (pipeline, generation) = open(&args.query.index.dir)?;
    let is_empty = if args.suggest {
        let answer = suggestions(&generation, &pipeline.authority, &request)?;
        match args.format {
            PeopleFormatArg::Text => suggestions_text(&answer, args.limit, output)?,
            PeopleFormatArg::Json => output.json(&answer)?,
            PeopleFormatArg::Csv => {
                write_suggestions(&answer.suggestions, output.raw())?;
                answer.notices.iter().for_each(|notice| note(&notice.text));
            }
        }
        answer.suggestions.is_empty()
    } else {
        let most = (args.format == PeopleFormatArg::Text).then_some(args.limit);
        let wanted = PeopleRequest { within: args.within.into(), at_least: args.at_least, most };
        let answer = people(&generation, &pipeline.authority, &request, wanted)?;
        match args.format {
            PeopleFormatArg::Text => pairs_text(&answer, output)?,
            PeopleFormatArg::Json => output.json(&answer)?,
            PeopleFormatArg::Csv => {
                write_together(&answer.pairs, output.raw())?;
                answer.notices.iter().for_each(|notice| note(&notice.text));
            }
        }
        answer.pairs.is_empty()
    };
    Ok(if is_empty { Outcome::NoHit } else { Outcome::Done })
}

fn heading(what: &str, filters: &[AppliedFilter], notices: &[Notice], output: &mut Output) -> Result<(), Error> {
    output.line(output.styled(Style::Title, what))?;
    filters.iter().try_for_each(|filter| output.line(format_args!("{}: {}", filter.field, filter.label)))?;
    notices.iter().try_for_each(|notice| output.line(format_args!("({})", notice.text)))
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
