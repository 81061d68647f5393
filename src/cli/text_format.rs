//! Answers as text for people: what was read, the totals, hits, facets.

use super::concordance;
use super::output::{Output, Style};
use crate::article::Article;
use crate::error::Error;
use crate::export::{Language, event_text, place_text};
use crate::index::FacetField;
use crate::query::{Ast, parse};
use crate::search::{AppliedFilter, Explanation, FacetCounts, FacetValue, Hit, Notice, RemainderRow, Response, Unit};
use crate::text::grouped;

/// Values of a facet that are shown beside hits.
const FACET_VALUES: usize = 8;

/// The columns of the longest bar: with label and count it fits a narrow terminal.
pub(super) const BAR_COLUMNS: usize = 50;

pub(super) fn response(response: &Response, output: &mut Output) -> Result<(), Error> {
    reading(response, output)?;
    let column = concordance::left_width(response.hits.iter().filter_map(|hit| hit.context.as_ref()));
    for hit in &response.hits {
        output.line("")?;
        self::hit(hit, response.hits_of, column, output)?;
    }
    for field in FacetField::ALL {
        if let Some(counts) = response.facets.get(field.name()) {
            output.line("")?;
            facet(field.name(), counts, FACET_VALUES, output)?;
        }
    }
    Ok(())
}

/// Whether a tree says more than which words are looked for.
fn has_operators(tree: &Ast) -> bool {
    match tree {
        Ast::And(parts) => parts.iter().any(has_operators),
        Ast::Or(_) | Ast::Not(_) => true,
        _ => false,
    }
}

/// How the query and the filters were read, and the totals.
pub(super) fn reading(response: &Response, output: &mut Output) -> Result<(), Error> {
    let mut totals = vec![format!("{} bài", thousands(response.total)), format!("{} tin", thousands(response.total_stories))];
    if response.counts_of == Unit::Stories {
        totals.reverse();
    }
    totals.extend(response.total_phrase.map(|total| format!("{} nếu là một cụm", thousands(total))));
    totals.extend(response.total_loose.map(|total| format!("{} nếu các tiếng đứng rời", thousands(total))));
    output.line(output.styled(Style::Title, &totals.join(" · ")))?;

    if !response.query.words.is_empty() {
        let words: Vec<String> = response.query.words.iter().map(|word| format!("[{}]", word.text)).collect();
        output.line(format_args!("đọc là: {}", words.join(" ")))?;
    }
    // What is excluded, and what is one or the other, the words alone do not show.
    if let Some(tree) = parse(&response.query.typed).ok().filter(has_operators) {
        output.line(format_args!("nghĩa là: {tree}"))?;
    }
    if let Some(meant) = &response.did_you_mean {
        let unit = if response.counts_of == Unit::Stories { "tin" } else { "bài" };
        output.line(format_args!("Có phải bạn muốn tìm: {} ({} {unit})", meant.query, thousands(meant.total)))?;
    }
    for word in response.query.words.iter().filter(|word| !word.matched_forms.is_empty()) {
        let forms: Vec<String> = word.matched_forms.iter().map(|form| format!("{} {}", form.form, thousands(form.count))).collect();
        output.line(format_args!("{} → {}", word.text, forms.join(" · ")))?;
    }
    told(&response.filters, &response.notices, output)?;
    response.explanation.as_ref().map_or(Ok(()), |explanation| self::explanation(explanation, output))
}

/// Tree, plan and weights of a query.
fn explanation(explanation: &Explanation, output: &mut Output) -> Result<(), Error> {
    output.line(format_args!("ast: {:?}", explanation.ast))?;
    output.line(format_args!("plan: {}", explanation.plan))?;
    explanation
        .ranked_by
        .iter()
        .try_for_each(|part| output.line(format_args!("weight {:8.3}  {}: {}", part.score, part.measure, part.text)))
}

pub(super) fn hit(hit: &Hit, hits_of: Unit, column: usize, output: &mut Output) -> Result<(), Error> {
    let article = &hit.article;
    output.line(format_args!("{}. {}", hit.rank, highlighted(&article.title, &hit.title_highlights, output)))?;
    let hidden = if hits_of == Unit::Stories { hit.copies } else { 0 };
    let copies = if hidden > 0 { format!(" · +{} bản khác", thousands(hidden)) } else { String::new() };
    output.line(output.styled(Style::Dim, &format!("   {}{copies}", about(article, hit.certain))))?;
    for snippet in &hit.snippets {
        output.line(format_args!("   {}", highlighted(&snippet.text, &snippet.highlights, output).replace('\n', " ")))?;
    }
    if let Some(context) = &hit.context {
        concordance::lines(context, column, output)?;
    }
    for part in hit.explanation.iter().flatten() {
        output.line(output.styled(Style::Dim, &format!("   {:8.3}  {}: {}", part.score, part.measure, part.text)))?;
    }
    output.line(output.styled(Style::Dim, &format!("   {}", article.id)))
}

/// Date, places and publisher in one line.
pub(super) fn about(article: &Article, certain: bool) -> String {
    let date = event_text(&article.dates.event, Language::Vietnamese);
    let mut parts = vec![if certain { date } else { format!("{date} (có thể)") }];
    let place = place_text(article, Language::Vietnamese);
    parts.push(if article.provinces.about.is_empty() { format!("({place})") } else { place });
    parts.extend(article.source.as_ref().map(|source| source.name.clone()));
    parts.join(" · ")
}

/// A text with its spans set off.
fn highlighted(text: &str, spans: &[(usize, usize)], output: &Output) -> String {
    let mut result = String::with_capacity(text.len() + spans.len() * 12);
    let mut at = 0;
    for &(start, end) in spans {
        result.push_str(&text[at..start]);
        result.push_str(&output.styled(Style::Match, &text[start..end]));
        at = end;
    }
    result.push_str(&text[at..]);
    result
}

pub(super) fn facet(name: &str, counts: &FacetCounts, most: usize, output: &mut Output) -> Result<(), Error> {
    output.line(output.styled(Style::Title, &format!("{name} ({})", thousands(counts.distinct))))?;
    values(&counts.values, counts.more, 1, most, output)?;
    remainder(&counts.remainder, 1, output)?;
    if counts.repeats > 0 {
        output.line(format_args!("  (có khi đứng dưới nhiều giá trị, được đếm thêm {} lần)", thousands(counts.repeats)))?;
    }
    Ok(())
}

/// Some values of one level, of which `more` are not listed at all.
fn values(values: &[FacetValue], more: u64, depth: usize, most: usize, output: &mut Output) -> Result<(), Error> {
    let indent = "  ".repeat(depth);
    for value in values.iter().take(most) {
        output.line(format_args!("{indent}{:>6}  {}", thousands(value.count), value.label))?;
        // Beside hits, only what is not said by the line above.
        let says_more = value.children.len() > 1 || value.children.first().is_some_and(|child| child.label != value.label);
        if most == usize::MAX || (depth == 1 && says_more) {
            self::values(&value.children, value.more, depth + 1, most, output)?;
            remainder(&value.remainder, depth + 1, output)?;
        }
    }
    match more + values.len().saturating_sub(most) as u64 {
        0 => Ok(()),
        more => output.line(format_args!("{indent}        … và {} giá trị khác", thousands(more))),
    }
}

fn remainder(rows: &[RemainderRow], depth: usize, output: &mut Output) -> Result<(), Error> {
    let indent = "  ".repeat(depth);
    rows.iter().try_for_each(|row| output.line(format_args!("{indent}{:>6}  ({})", thousands(row.count), row.label)))
}

/// What an answer is, how its filters were read, and what its reader should know.
pub(super) fn heading(what: &str, filters: &[AppliedFilter], notices: &[Notice], output: &mut Output) -> Result<(), Error> {
    output.line(output.styled(Style::Title, what))?;
    told(filters, notices, output)
}

fn told(filters: &[AppliedFilter], notices: &[Notice], output: &mut Output) -> Result<(), Error> {
    filters.iter().try_for_each(|filter| output.line(format_args!("{}: {}", filter.field, filter.label)))?;
    notices.iter().try_for_each(|notice| output.line(format_args!("({})", notice.text)))
}

/// A number as Vietnamese writes it: 2.594.
pub(super) fn thousands(number: u64) -> String {
    grouped(number, '.')
}
