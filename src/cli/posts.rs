//! `tracuu posts`: who held which post, as a succession in time, JSON or CSV.

use super::args::{PeopleFormatArg, PostsArgs};
use super::destination::{self, Destination, Told};
use super::output::{Output, Style, note};
use super::search::request;
use super::text_format::{heading, thousands};
use super::{Outcome, open};
use crate::error::Error;
use crate::export::{AnsweredQuery, write_posts};
use crate::search::{HeldPost, PersonPost, Posts, Unit, posts};
use unicode_width::UnicodeWidthStr;

pub(super) fn run(args: &PostsArgs, output: &mut Output) -> Result<Outcome, Error> {
    let format = destination::format(args.format, &args.out)?;
    destination::check_style(&args.out, format == PeopleFormatArg::Csv)?;
    let request = request(&args.query)?;
    let mut to = Destination::of(&args.out, output)?;
    let output = to.output();
    let (pipeline, generation) = open(&args.query.index.dir)?;
    let answer = posts(&generation, &pipeline.authority, &request, None)?;
    match format {
        PeopleFormatArg::Text => text(&answer, output)?,
        PeopleFormatArg::Json => output.json(&answer)?,
        PeopleFormatArg::Csv => {
            write_posts(&answer.posts, args.out.style(), output.raw())?;
            answer.notices.iter().for_each(|notice| note(&notice.text));
        }
    }
    let Posts { query, filters, total, notices, .. } = &answer;
    let queries = vec![AnsweredQuery::of(query, &request, query, filters, *total, notices)];
    to.end(Told { answer: "posts", wanted: (), queries, counts_of: Unit::Articles, format, excel: args.out.excel }, &generation)?;
    Ok(if answer.posts.is_empty() { Outcome::NoHit } else { Outcome::Done })
}

fn text(answer: &Posts, output: &mut Output) -> Result<(), Error> {
    let (people, posts) = (thousands(answer.people), thousands(answer.posts.len() as u64));
    let what = format!("{posts} chức vụ của {people} người trong {} bài", thousands(answer.total));
    heading(&what, &answer.filters, &answer.notices, output)?;
    for of_post in answer.posts.chunk_by(PersonPost::is_post_of) {
        output.line("")?;
        output.line(output.styled(Style::Title, &format!("{} · {}", of_post[0].held.scope, of_post[0].base_role())))?;
        let width = of_post.iter().map(|post| post.person.width()).max().unwrap_or(0);
        for PersonPost { person, names, held, .. } in of_post {
            let days = match (&held.first, &held.last) {
                (Some(first), Some(last)) if first.from == last.to => first.from.to_string(),
                (Some(first), Some(last)) => format!("{} – {}", first.from, last.to),
                _ => "không rõ ngày".to_owned(),
            };
            let padding = " ".repeat(width - person.width());
            let status = if held.role == of_post[0].base_role() { String::new() } else { format!("  {}", held.role) };
            // Whoever is told apart by scope goes by one name still.
            let own_name = person.split('/').next();
            let others: Vec<&str> = names.iter().map(String::as_str).filter(|name| Some(*name) != own_name).collect();
            let others = if others.is_empty() { String::new() } else { format!("  (cả {})", others.join(", ")) };
            let articles = format!("{} bài", thousands(held.articles));
            let undated = match held.undated {
                0 => String::new(),
                count if count == held.articles => String::new(),
                count => format!("  ({} không rõ ngày)", thousands(count)),
            };
            output.line(format!("  {days:<23}  {person}{padding}  {articles:>9}{undated}{status}{others}").trim_end())?;
            output.line(output.styled(Style::Dim, &format!("  {}", attested_by(held))))?;
        }
    }
    Ok(())
}

/// The articles that attest a post first and last; one of those that do, where none has a date.
fn attested_by(held: &HeldPost) -> String {
    match (&held.first, &held.last) {
        (Some(first), Some(last)) if first.id != last.id => format!("{} – {}", first.id, last.id),
        (Some(only), _) => only.id.to_string(),
        _ => held.ids.first().map(ToString::to_string).unwrap_or_default(),
    }
}
