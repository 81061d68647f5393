//! Posts, pairs of people and proposals → CSV, one of them a row.

use super::exporter::Style;
use super::table::Rows;
use crate::article::ArticleId;
use crate::article::name_of;
use crate::search::{Attestation, PersonPost, Suggestion, Together};
use std::io::{self, Write};

/// Writes posts: `person`, `names`, `post`, `status`, `scope`, `body`, `unit_ids`, then of the first and the last article that attests it
/// first day, last day and id, `articles`, `undated`, `ids`. Lists are joined by `; `.
pub fn write_posts(posts: &[PersonPost], style: Style, writer: impl Write) -> io::Result<()> {
    let header = [
        "person",
        "names",
        "post",
        "status",
        "scope",
        "body",
        "unit_ids",
        "first_from",
        "first_to",
        "first_id",
        "last_from",
        "last_to",
        "last_id",
        "articles",
        "undated",
        "ids",
    ];
    let mut rows = Rows::begin(writer, style, &header)?;
    for PersonPost { person, names, held, .. } in posts {
        let units: Vec<&str> = held.unit_ids.iter().map(|unit| unit.0.as_str()).collect();
        let front = [
            person.clone(),
            names.join("; "),
            held.role.clone(),
            name_of(&held.status),
            held.scope.clone(),
            held.body.clone().unwrap_or_default(),
            units.join("; "),
        ];
        let end = [held.articles.to_string(), held.undated.to_string(), joined(&held.ids)];
        rows.write(&[front.as_slice(), &attestation(held.first.as_ref()), &attestation(held.last.as_ref()), &end].concat())?;
    }
    rows.end()
}

fn attestation(attested: Option<&Attestation>) -> [String; 3] {
    attested.map(|one| [one.from.to_string(), one.to.to_string(), one.id.to_string()]).unwrap_or_default()
}

/// Writes pairs of people who are named together: `person`, `with`, `articles`, `ids`.
pub fn write_together(pairs: &[Together], style: Style, writer: impl Write) -> io::Result<()> {
    let mut rows = Rows::begin(writer, style, &["person", "with", "articles", "ids"])?;
    pairs
        .iter()
        .try_for_each(|pair| rows.write(&[pair.person.clone(), pair.with.clone(), pair.articles.to_string(), joined(&pair.ids)]))?;
    rows.end()
}

/// Writes proposals: `kind`, of each of the two `name`, `scope`, `first`, `last`, `articles` and `ids`, then `post`, `together`, `strength` and
/// `line`, with spaces for its tabs.
pub fn write_suggestions(suggestions: &[Suggestion], style: Style, writer: impl Write) -> io::Result<()> {
    let of_each = ["name", "scope", "first", "last", "articles", "ids"];
    let of_other = of_each.map(|column| format!("other_{column}"));
    let other = of_other.iter().map(String::as_str);
    let header: Vec<&str> = ["kind"].into_iter().chain(of_each).chain(other).chain(["post", "together", "strength", "line"]).collect();
    let mut rows = Rows::begin(writer, style, &header)?;
    for suggestion in suggestions {
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let two = [&suggestion.one, &suggestion.other].into_iter().flat_map(|one| {
            [one.name.clone(), one.scope.clone(), day(one.first), day(one.last), one.ids.len().to_string(), joined(&one.ids)]
        });
        let end = [
            suggestion.post.clone().unwrap_or_default(),
            suggestion.together.to_string(),
            suggestion.strength.to_string(),
            suggestion.line.replace('\t', " "),
        ];
        rows.write(&std::iter::once(name_of(&suggestion.kind)).chain(two).chain(end).collect::<Vec<_>>())?;
    }
    rows.end()
}

fn joined(ids: &[ArticleId]) -> String {
    ids.iter().map(ArticleId::to_string).collect::<Vec<_>>().join("; ")
}
