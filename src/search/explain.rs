//! Why an answer is as it is: how the query was planned, what articles were ranked by, what each added to a hit's score.
//!
//! Input → output: a prepared query and its ranking → [`Explanation`], [`ScorePart`]s. Decides nothing.

use super::plan::Clause;
use super::ranking::{Measure, Ranking, shown_exactly};
use super::response::{Explanation, ScorePart};
use super::shape::Shape;
use super::word::Word;
use crate::index::Part;
use crate::query::Ast;

/// Of the ways in which a word is written, so many are listed.
const LISTED_WAYS: usize = 8;

/// How a query was carried out.
pub(super) fn explanation(ast: &Ast, clause: &Clause, ranking: &Ranking) -> Explanation {
    let ranked_by = ranking.weights().map(|(clause, weight)| part(&clause.text, clause.measure, weight)).collect();
    Explanation { ast: ast.clone(), plan: plan(clause), ranked_by }
}

/// A clause of a ranking with a number.
pub(super) fn part(text: &str, measure: Measure, number: f32) -> ScorePart {
    ScorePart { text: text.to_owned(), measure: name(measure).to_owned(), score: shown_exactly(number) }
}

fn name(measure: Measure) -> &'static str {
    match measure {
        Measure::Syllable(Part::Body) => "syllable in body",
        Measure::Syllable(Part::Title) => "syllable in title",
        Measure::Pair(Part::Body) => "neighbours in body",
        Measure::Pair(Part::Title) => "neighbours in title",
        Measure::Word => "word in title or body",
        Measure::SyllableOnlyInTitle => "syllable in title alone",
        Measure::PairOnlyInTitle => "neighbours in title alone",
        Measure::Lead => "syllable in lead",
        Measure::Constant => "present",
    }
}

/// What has to match, as text. Calls itself for the clauses below: as deep as the parser lets queries be.
fn plan(clause: &Clause) -> String {
    let join = |name: &str, clauses: &[Clause]| format!("{name}({})", clauses.iter().map(plan).collect::<Vec<_>>().join(", "));
    match clause {
        Clause::All(clauses) if clauses.len() == 1 => plan(&clauses[0]),
        Clause::All(clauses) => join("all", clauses),
        Clause::Any(clauses) => join("any", clauses),
        Clause::Not(clause) => format!("not({})", plan(clause)),
        Clause::Run(run) => format!("words({})", run.words.iter().map(word).collect::<Vec<_>>().join(", ")),
        Clause::Word(one) => word(one),
        Clause::Selected(_) => "condition".to_owned(),
    }
}

/// A word with the ways in which it is looked for.
fn word(word: &Word) -> String {
    let parts: Vec<&str> = word.parts.iter().map(|part| part.name()).collect();
    let shapes: Vec<String> = word.shapes.iter().map(shape).collect();
    format!("{}: {}", parts.join("|"), shapes.join(" | "))
}

fn shape(shape: &Shape) -> String {
    let joined = |places: &[super::shape::Place]| {
        let place = |place: &super::shape::Place| match place.terms.as_slice() {
            [term] => format!("{}:{term}", place.stream.name()),
            terms => format!("{}:({} terms)", place.stream.name(), terms.len()),
        };
        places.iter().map(place).collect::<Vec<_>>().join(" ")
    };
    match shape {
        Shape::Graph(graph) => graph.paths(LISTED_WAYS).iter().map(|path| format!("[{}]", joined(path))).collect::<Vec<_>>().join(" | "),
        Shape::Near(units, slop) => {
            format!("near~{slop}({})", units.iter().map(|unit| joined(unit)).collect::<Vec<_>>().join(", "))
        }
    }
}
