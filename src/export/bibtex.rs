//! A citation → an entry of BibTeX, which BibTeX and biblatex both read.
//!
//! `@misc`, since older styles know no `@online`. `date` is for biblatex, as exact as it is known; `year` for styles that know no `date`.

use super::citation::Citation;
use super::date::DatePart;
use super::escape::percent_encode;

impl Citation {
    /// A file of BibTeX with this entry alone.
    pub fn bibtex(&self) -> String {
        entry(self)
    }
}

/// The entry, with a line end.
pub(super) fn entry(citation: &Citation) -> String {
    let date = citation.issued().date();
    let year = date.map(|date| DatePart::Year(date.from.numbers()[0]).iso());
    let title = (!citation.title.is_empty()).then(|| format!("{{{}}}", escape(&citation.title)));
    let fields = [
        ("title", title),
        ("howpublished", citation.publisher.as_deref().map(escape)),
        ("date", date.map(|date| date.iso())),
        ("year", year),
        ("url", citation.url.as_deref().map(verbatim)),
        ("urldate", citation.visited().map(|day| day.to_string())),
        ("note", Some(escape(&citation.notes().join("; ")))),
    ];
    let mut entry = format!("@misc{{{},\n", citation.key());
    for (name, value) in fields {
        if let Some(value) = value {
            entry.push_str(&format!("  {name} = {{{value}}},\n"));
        }
    }
    entry + "}\n"
}

/// A text as TeX prints it. Braces by name: BibTeX counts them even behind a backslash.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '%' | '&' | '#' | '$' | '_' => escaped.extend(['\\', letter]),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// An address is read as it stands, but for braces and backslashes, which would end it.
fn verbatim(url: &str) -> String {
    percent_encode(url, |letter| matches!(letter, '{' | '}' | '\\'))
}
