//! `tracuu posts`: who held which post, as a succession in time, JSON or CSV.

use super::args::{PeopleFormatArg, PostsArgs};
use super::output::{Output, Style, note};
use super::search::request;
use super::text_format::thousands;
use super::{Outcome, open};
use crate::error::Error;
use crate::export::write_posts;
use crate::search::{HeldPost, PersonPost, Posts, posts};
use unicode_width::UnicodeWidthStr;

pub(super) fn run(args: &PostsArgs, output: &mut Output) -> Result<Outcome, Error> {
    let request = request(&args.query)?;
    let (pipeline, generation) = open(&args.query.index.dir)?;
    let answer = posts(&generation, &pipeline.authority, &request, None)?;
    match args.format {
        PeopleFormatArg::Text => text(&answer, output)?,
        PeopleFormatArg::Json => output.json(&answer)?,
        PeopleFormatArg::Csv => {
            write_posts(&answer.posts, output.raw())?;
            answer.notices.iter().for_each(|notice| note(&notice.text));
        }
    }
    Ok(if answer.posts.is_empty() { Outcome::NoHit } else { Outcome::Done })
}

fn text(answer: &Posts, output: &mut Output) -> Result<(), Error> {
    let (people, posts) = (thousands(answer.people), thousands(answer.posts.len() as u64));
    let heading = format!("{posts} chức vụ của {people} người trong {} bài", thousands(answer.total));
    output.line(output.styled(Style::Title, &heading))?;
    answer.filters.iter().try_for_each(|filter| output.line(format_args!("{}: {}", filter.field, filter.label)))?;
    answer.notices.iter().try_for_each(|notice| output.line(format_args!("({})", notice.text)))?;
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
            let others: Vec<&str> = names.iter().filter(|name| *name != person).map(String::as_str).collect();
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
