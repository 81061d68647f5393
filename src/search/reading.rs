//! The tree of a query → clauses: words cut, diacritics decided, conditions on metadata resolved.
//!
//! Input → output: [`Ast`] → [`Understood`]. Whether diacritics count is decided for the query as a whole: if any of its terms
//! carries one, plain terms are taken as spelt; if none does, the query is folded. Abbreviations do not decide: `HĐND` is
//! typed so by everybody. Nor does a query carry too few whose words are written without any: `thanh tra`, `kinh doanh` are
//! words as they stand, and are taken as spelt.

use super::abbreviation::Expansions;
use super::error::SearchError;
use super::filter::{Facts, select};
use super::plan::{Clause, Run};
use super::request::{Boundaries, Filter};
use super::response::{AppliedFilter, Notice};
use super::verified::Texts;
use super::word::WordReader;
use crate::article::Interval;
use crate::authority::Abbreviations;
use crate::index::{Manifest, Part};
use crate::query::{Ast, Field};
use crate::text::{canonical, has_diacritics, is_syllable};
use jiff::civil::Date;
use std::collections::HashSet;
use std::sync::Arc;

/// A query, understood.
pub(super) struct Understood {
    /// What has to match, but for `filters`; `Clause::All` of nothing is every article.
    pub clause: Clause,
    /// Whether plain words are looked for without diacritics.
    pub is_folded: bool,
    /// Conditions on metadata that the whole query must meet: they bind with the filters of the request.
    pub filters: Vec<Filter>,
    /// What exact words are verified against.
    pub texts: Arc<Texts>,
    /// How the other conditions were read.
    pub applied: Vec<AppliedFilter>,
    /// What the reader should know of them.
    pub notices: Vec<Notice>,
}

/// Understands a query.
pub(super) fn understand(facts: Facts, ast: &Ast, is_exact: bool) -> Result<Understood, SearchError> {
    let ast = distributed(ast, None);
    let mut texts = Vec::new();
    each_text(&ast, &mut |text| texts.push(text.to_owned()));
    let of_archive = abbreviations_of(facts.generation.manifest());
    let expansions = Expansions::new(&facts.authority.abbreviations, &of_archive);
    let stored = Texts::of(facts.generation, facts.budget);
    let mut reader = WordReader {
        generation: facts.generation,
        expansions,
        texts: Arc::clone(&stored),
        is_folded: false,
        capitals_tell: true,
        is_exact,
        count: 0,
    };
    reader.capitals_tell = texts.iter().any(|text| text.chars().any(char::is_lowercase)) || is_one_abbreviation(&reader, &texts);
    reader.is_folded = !is_exact && is_folded(&reader, &texts);

    let mut lowering = Lowering { facts, reader, applied: Vec::new(), notices: Vec::new() };
    let (mut filters, mut rest) = (Vec::new(), Vec::new());
    for part in conjuncts(&ast) {
        match filter(part) {
            Some(filter) => filters.push(filter),
            None => rest.push(lowering.clause(part)?),
        }
    }
    let Lowering { reader, applied, notices, .. } = lowering;
    Ok(Understood { clause: Clause::All(rest), is_folded: reader.is_folded, filters, texts: stored, applied, notices })
}

/// The abbreviations that stand beside the articles of an index. Lines that cannot be read were reported when it was made.
fn abbreviations_of(manifest: &Manifest) -> Abbreviations {
    let tables = manifest.collections.values().filter_map(|collection| collection.tables.abbreviations.as_ref());
    let texts: Vec<&str> = tables.map(|table| table.text.as_str()).collect();
    Abbreviations::read(&texts.join("\n")).0
}

/// The tree with fields at the leaves: `province:(a OR b)` → `province:a OR province:b`; what stands beside its like only once.
fn distributed(ast: &Ast, field: Option<Field>) -> Ast {
    let each = |parts: &[Ast]| {
        let mut seen = HashSet::new();
        parts.iter().map(|part| distributed(part, field)).filter(|part| seen.insert(part.to_string())).collect()
    };
    match (ast, field) {
        (Ast::And(parts), _) => Ast::And(each(parts)),
        (Ast::Or(parts), _) => Ast::Or(each(parts)),
        (Ast::Not(inner), _) => Ast::Not(Box::new(distributed(inner, field))),
        (Ast::Field { field, value }, _) => distributed(value, Some(*field)),
        (leaf, Some(field)) => Ast::Field { field, value: Box::new(leaf.clone()) },
        (leaf, None) => leaf.clone(),
    }
}

/// What must all hold at the top of a tree.
fn conjuncts(ast: &Ast) -> Vec<&Ast> {
    match ast {
        Ast::All => Vec::new(),
        Ast::And(parts) => parts.iter().flat_map(conjuncts).collect(),
        other => vec![other],
    }
}

/// The condition on metadata that a leaf is.
fn filter(leaf: &Ast) -> Option<Filter> {
    match leaf {
        Ast::Field { field, value } => {
            let typed = text_of(value)?.to_owned();
            match field {
                Field::Title => None,
                Field::Province => Some(Filter::Province { typed, boundaries: Boundaries::Today }),
                Field::Official => Some(Filter::Official(typed)),
                Field::Role => Some(Filter::Role(typed)),
                Field::Source => Some(Filter::Source(typed)),
            }
        }
        Ast::Year(years) => Some(Filter::Year(years.to_string())),
        Ast::Date(dates) => {
            let from = dates.from.map_or(Date::MIN, |from| from.first_day());
            let to = dates.to.map_or(Date::MAX, |to| to.last_day());
            Some(Filter::Date { range: Interval { from, to }, precise: false })
        }
        _ => None,
    }
}

/// The text of a leaf.
fn text_of(leaf: &Ast) -> Option<&str> {
    match leaf {
        Ast::Text(text) | Ast::Prefix(text) | Ast::Exact(text) | Ast::Phrase { text, .. } | Ast::Fuzzy { text, .. } => Some(text),
        _ => None,
    }
}

/// Calls `each` with every text that is looked for in articles.
fn each_text<'a>(ast: &'a Ast, each: &mut impl FnMut(&'a str)) {
    match ast {
        Ast::And(parts) | Ast::Or(parts) => parts.iter().for_each(|part| each_text(part, each)),
        Ast::Not(inner) | Ast::Field { field: Field::Title, value: inner } => each_text(inner, each),
        Ast::Field { .. } => {}
        leaf => text_of(leaf).into_iter().for_each(each),
    }
}

/// Whether all that was typed is one abbreviation, so that its capitals are meant.
fn is_one_abbreviation(reader: &WordReader, texts: &[String]) -> bool {
    let [text] = texts else { return false };
    let parts = reader.parts(text);
    !parts.is_empty() && reader.expansions.short_length_at(text, &parts, 0, true) == parts.len()
}

/// Whether no term carries a diacritic, and one of them could.
fn is_folded(reader: &WordReader, texts: &[String]) -> bool {
    let mut could = false;
    for text in texts {
        let parts = reader.parts(text);
        let mut at = 0;
        while at < parts.len() {
            let abbreviated = reader.expansions.short_length_at(text, &parts, at, reader.capitals_tell);
            if abbreviated == 0 {
                let typed = &text[parts[at].span.clone()];
                if has_diacritics(typed) {
                    return false;
                }
                could |= typed.contains(['a', 'd', 'e', 'i', 'o', 'u', 'y', 'A', 'D', 'E', 'I', 'O', 'U', 'Y']);
            }
            at += abbreviated.max(1);
        }
    }
    could && !texts.iter().all(|text| is_spelt_out(reader, text))
}

/// Whether each word of a text is, just as typed, a word of the lexicon with two syllables or more.
fn is_spelt_out(reader: &WordReader, text: &str) -> bool {
    // Text with a diacritic is cut by words as they are spelt.
    const ACCENTED: &str = " đ";
    let accented = format!("{text}{ACCENTED}");
    let words = reader.generation.analyzer().words(&accented);
    let typed = words.iter().take_while(|word| word.span.end <= text.len());
    typed.clone().count() > 0
        && typed.into_iter().all(|word| {
            word.syllables.len() > 1 && word.syllables.iter().all(|syllable| is_syllable(&canonical(&accented[syllable.clone()])))
        })
}

/// Lowers the parts of a tree. Calls itself for what stands below, as deep as the parser lets queries be.
struct Lowering<'a> {
    facts: Facts<'a>,
    reader: WordReader<'a>,
    applied: Vec<AppliedFilter>,
    notices: Vec<Notice>,
}

impl Lowering<'_> {
    fn clause(&mut self, ast: &Ast) -> Result<Clause, SearchError> {
        Ok(match ast {
            Ast::All => Clause::All(Vec::new()),
            Ast::And(_) => self.all(ast)?,
            Ast::Or(parts) => Clause::Any(parts.iter().map(|part| self.clause(part)).collect::<Result<_, _>>()?),
            Ast::Not(inner) => Clause::Not(Box::new(self.clause(inner)?)),
            Ast::Field { field: Field::Title, value } => self.leaf(value, &[Part::Title])?,
            Ast::Field { .. } | Ast::Year(_) | Ast::Date(_) => self.all(ast)?,
            leaf => self.leaf(leaf, &Part::ALL)?,
        })
    }

    /// Conditions on metadata that stand together bind together.
    fn all(&mut self, ast: &Ast) -> Result<Clause, SearchError> {
        let (mut filters, mut clauses) = (Vec::new(), Vec::new());
        for part in conjuncts(ast) {
            match filter(part) {
                Some(filter) => filters.push(filter),
                None => clauses.push(self.clause(part)?),
            }
        }
        if !filters.is_empty() {
            let selection = select(self.facts, &filters)?;
            self.applied.extend(selection.applied);
            self.notices.extend(selection.notices);
            clauses.push(Clause::Selected(selection.matching));
        }
        Ok(Clause::All(clauses))
    }

    fn leaf(&mut self, leaf: &Ast, parts: &'static [Part]) -> Result<Clause, SearchError> {
        let word = match leaf {
            Ast::Text(text) => {
                let words = self.reader.run(text, parts);
                // Without a letter there is nothing that an article could hold.
                return Ok(if words.is_empty() { Clause::Any(Vec::new()) } else { Clause::Run(Run { text: text.clone(), words }) });
            }
            Ast::Phrase { text, slop } => self.reader.phrase(text, u32::from(*slop), parts),
            Ast::Prefix(text) => self.reader.prefix(text, parts)?,
            Ast::Fuzzy { text, distance } => self.reader.fuzzy(text, *distance, parts)?,
            Ast::Exact(text) => self.reader.exact(text, parts),
            _ => None,
        };
        Ok(word.map_or(Clause::Any(Vec::new()), Clause::Word))
    }
}
