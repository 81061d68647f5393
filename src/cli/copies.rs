//! `tracuu copies`: the near-duplicates of an article, and what was cut or changed in each.

use super::args::{CopiesArgs, CopiesFormatArg};
use super::output::{Output, Style, note};
use super::text_format::about;
use super::{Outcome, open, show};
use crate::article::Likeness;
use crate::error::Error;
use crate::search::{Change, ChangeKind, CopyOf, copies};

/// Words on either side of a change.
const CONTEXT_WORDS: usize = 8;

pub(super) fn run(args: &CopiesArgs, output: &mut Output) -> Result<Outcome, Error> {
    let (_, generation) = open(&args.index.dir)?;
    let found = match show::find(&generation, &args.id)? {
        Some(stored) => copies(&generation, stored.article.id, args.diff)?,
        None => None,
    };
    let Some(found) = found else {
        note(format_args!("no article has the id {}", args.id));
        return Ok(Outcome::NoHit);
    };
    match args.format {
        CopiesFormatArg::Json => output.json(&found)?,
        CopiesFormatArg::Text => {
            let title = match found.members.len() {
                1 => "bài này không có bản khác".to_owned(),
                count => format!("{count} bản của một tin"),
            };
            output.line(output.styled(Style::Title, &title))?;
            found.members.iter().enumerate().try_for_each(|(place, copy)| member(place, copy, output))?;
        }
    }
    Ok(if found.members.len() > 1 { Outcome::Done } else { Outcome::NoHit })
}

fn member(place: usize, copy: &CopyOf, output: &mut Output) -> Result<(), Error> {
    let CopyOf { likeness: Likeness { jaccard, containment }, changes, article } = copy;
    output.line("")?;
    output.line(format_args!("{}. {}", place + 1, article.title))?;
    let published = article.dates.published.as_ref().map(|published| format!(" · đăng {}", published.at)).unwrap_or_default();
    output.line(output.styled(Style::Dim, &format!("   {}{published}", about(article, true))))?;
    if let Some(url) = &article.url {
        output.line(output.styled(Style::Dim, &format!("   {url}")))?;
    }
    if place > 0 {
        let likeness = format!("   giống bản 1: Jaccard {jaccard:.2}, bản ngắn nằm trong bản dài {containment:.2}");
        output.line(output.styled(Style::Dim, &likeness))?;
    }
    for field in ["title", "body"] {
        let of_field: Vec<&Change> = changes.iter().flatten().filter(|change| change.field == field).collect();
        if of_field.iter().any(|change| change.kind != ChangeKind::Kept) {
            let mut told = String::new();
            for (at, change) in of_field.iter().enumerate() {
                // White space stands behind words, and a text that ends with one has none there.
                if told.ends_with(char::is_alphanumeric) && change.text.starts_with(char::is_alphanumeric) {
                    told.push(' ');
                }
                told.push_str(&self::told(change, at == 0, at + 1 == of_field.len(), output));
            }
            told.lines().filter(|line| !line.trim().is_empty()).try_for_each(|line| output.line(format_args!("   {line}")))?;
        }
    }
    output.line(output.styled(Style::Dim, &format!("   {}", article.id)))
}

/// A change set off from what is kept, of which only the words beside it are shown.
fn told(change: &Change, is_first: bool, is_last: bool, output: &Output) -> String {
    let Change { kind, text, .. } = change;
    match kind {
        ChangeKind::Kept => beside(text, is_first, is_last),
        ChangeKind::Cut => marked(text, "[-", "-]", Style::Cut, output),
        ChangeKind::Added => marked(text, "{+", "+}", Style::Added, output),
    }
}

/// Each line in its marks, so that a terminal and `grep` see where it belongs; on a terminal the colour says it too.
fn marked(text: &str, open: &str, close: &str, style: Style, output: &Output) -> String {
    let mark = |line: &str| {
        let words = line.trim();
        let (before, after) = line.split_once(words).unwrap_or(("", ""));
        if words.is_empty() {
            line.to_owned()
        } else {
            format!("{before}{}{after}", output.styled(style, &format!("{open}{words}{close}")))
        }
    };
    text.split_inclusive('\n').map(mark).collect()
}

/// The words of a kept stretch that stand beside a change.
fn beside(text: &str, is_first: bool, is_last: bool) -> String {
    let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    let (head, tail) = (if is_first { 0 } else { CONTEXT_WORDS }, if is_last { 0 } else { CONTEXT_WORDS });
    if words.len() <= head + tail + 1 {
        return text.to_owned();
    }
    let (head, tail) = (words[..head].concat(), words[words.len() - tail..].concat());
    match (is_first, is_last) {
        (true, _) => format!("… {tail}"),
        (false, true) => format!("{head}…"),
        (false, false) => format!("{}\n… {tail}", head.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_what_is_kept_the_words_beside_a_change_are_shown() {
        let words: Vec<String> = (1..=30).map(|number| format!("t{number}")).collect();
        let text = words.join(" ");
        assert_eq!(beside(&text, true, false), "… t23 t24 t25 t26 t27 t28 t29 t30");
        assert_eq!(beside(&text, false, true), "t1 t2 t3 t4 t5 t6 t7 t8 …");
        assert_eq!(beside(&text, false, false), "t1 t2 t3 t4 t5 t6 t7 t8\n… t23 t24 t25 t26 t27 t28 t29 t30");
        assert_eq!(beside("một hai", false, false), "một hai");
    }
}
