//! How a query is carried out: which articles match, in each of its readings.
//!
//! Input → output: [`Clause`]s → tantivy queries. Three readings give the three totals: as read (the syllables of each word
//! together, all words), every run of plain text as one phrase, and the syllables anywhere.

use super::response::MatchMode;
use super::shape::Graph;
use super::word::{Word, all, any};
use crate::index::Schema;
use std::collections::HashSet;
use tantivy::query::{AllQuery, BooleanQuery, Occur, Query};

/// A query that is ready to be carried out.
#[derive(Debug)]
pub(super) enum Clause {
    /// All of them; `Not` ones must not match.
    All(Vec<Clause>),
    /// One of them.
    Any(Vec<Clause>),
    /// What must not match.
    Not(Box<Clause>),
    /// A run of plain text.
    Run(Run),
    /// A phrase, a beginning, a misspelling, a word exactly as written.
    Word(Word),
    /// Conditions on metadata that must all hold.
    Selected(Vec<Box<dyn Query>>),
}

/// A run of plain text: at least one word.
#[derive(Debug)]
pub(super) struct Run {
    /// As typed.
    pub text: String,
    /// Its words, in order.
    pub words: Vec<Word>,
}

/// How runs of plain text are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// The syllables of each word together, all words.
    AsRead,
    /// The run as one phrase.
    OnePhrase,
    /// Every syllable, anywhere.
    Loose,
}

impl Clause {
    /// The words that must or may match, in order; those under `Not` are left out.
    pub fn words(&self) -> Vec<&Word> {
        self.leaves().into_iter().flat_map(Leaf::words).collect()
    }

    /// The words that stand next to each other in the query, quoted or not: a headline with a word in quotes is still one text. Calls
    /// itself for the clauses below: as deep as the parser lets queries be.
    pub fn stretches(&self) -> Vec<Vec<&Word>> {
        match self {
            Clause::All(clauses) => {
                let mut stretches = vec![Vec::new()];
                for clause in clauses {
                    let below = clause.stretches();
                    match (clause, stretches.last_mut()) {
                        (Clause::Run(_) | Clause::Word(_), Some(last)) => last.extend(below.into_iter().flatten()),
                        _ => stretches.extend(below.into_iter().chain([Vec::new()])),
                    }
                }
                stretches
            }
            Clause::Any(clauses) => clauses.iter().flat_map(Clause::stretches).collect(),
            Clause::Run(run) => vec![run.words.iter().collect()],
            Clause::Word(word) => vec![vec![word]],
            Clause::Not(_) | Clause::Selected(_) => Vec::new(),
        }
    }

    /// The runs of plain text among them.
    pub fn runs(&self) -> Vec<&Run> {
        let run = |leaf| match leaf {
            Leaf::Run(run) => Some(run),
            Leaf::Word(_) => None,
        };
        self.leaves().into_iter().filter_map(run).collect()
    }

    fn leaves(&self) -> Vec<Leaf<'_>> {
        let mut leaves = Vec::new();
        let mut open = vec![self];
        while let Some(clause) = open.pop() {
            match clause {
                Clause::All(clauses) | Clause::Any(clauses) => open.extend(clauses.iter().rev()),
                Clause::Not(_) | Clause::Selected(_) => {}
                Clause::Run(run) => leaves.push(Leaf::Run(run)),
                Clause::Word(word) => leaves.push(Leaf::Word(word)),
            }
        }
        leaves
    }

    /// Whether a word of it has to stand in the text letter for letter.
    fn is_verified(&self) -> bool {
        self.words().iter().any(|word| word.verbatim.is_some())
    }

    /// Whether each run reads the same as one phrase, or with its syllables anywhere: then it need not be counted again.
    pub fn is_the_same(&self, reading: Reading) -> bool {
        self.runs().iter().all(|run| match reading {
            Reading::AsRead => true,
            Reading::OnePhrase => run.words.len() == 1,
            Reading::Loose => {
                let graphs = run.words.iter().flat_map(Word::graphs);
                graphs.flat_map(|graph| graph.edges).all(|edge| edge.places.len() == 1 && edge.to - edge.from == 1)
            }
        })
    }
}

enum Leaf<'a> {
    Run(&'a Run),
    Word(&'a Word),
}

impl<'a> Leaf<'a> {
    fn words(self) -> &'a [Word] {
        match self {
            Leaf::Run(run) => &run.words,
            Leaf::Word(word) => std::slice::from_ref(word),
        }
    }
}

/// Lowers clauses to tantivy's queries.
#[derive(Clone, Copy)]
pub(super) struct Lowering<'a> {
    /// The fields.
    pub schema: &'a Schema,
    /// How runs are read.
    pub reading: Reading,
    /// Whether all words must match.
    pub matching: MatchMode,
    /// The number of a word that is left out.
    pub without: Option<usize>,
    /// Whether exact words are looked for in the texts; if not, all candidates match.
    pub verify: bool,
}

impl Lowering<'_> {
    /// The articles that match. Calls itself for the clauses below: as deep as the parser lets queries be.
    pub fn query(self, clause: &Clause) -> Box<dyn Query> {
        match clause {
            Clause::All(clauses) => self.all(clauses),
            Clause::Any(clauses) => any(clauses.iter().filter(|clause| !self.is_left_out(clause)).map(|clause| self.query(clause))),
            Clause::Not(_) => self.all(std::slice::from_ref(clause)),
            Clause::Run(run) => self.run(run),
            Clause::Word(word) => self.words(std::slice::from_ref(word), Word::query),
            Clause::Selected(conditions) if conditions.is_empty() => Box::new(AllQuery),
            Clause::Selected(conditions) => all(conditions.iter().map(|condition| condition.box_clone()).collect()),
        }
    }

    /// Whether nothing of a clause is left without the word that is left out: then it asks for nothing, and not for everything.
    fn is_left_out(self, clause: &Clause) -> bool {
        let words = clause.words();
        self.without.is_some() && !words.is_empty() && words.iter().all(|word| self.without == Some(word.number))
    }

    fn all(self, clauses: &[Clause]) -> Box<dyn Query> {
        let (mut must, mut may, mut must_not) = (Vec::new(), Vec::new(), Vec::new());
        for clause in clauses {
            match clause {
                Clause::Not(unwanted) => must_not.push((Occur::MustNot, self.query(unwanted))),
                _ if self.matching == MatchMode::Any && !clause.words().is_empty() => may.push(self.query(clause)),
                _ => must.push((Occur::Must, self.query(clause))),
            }
        }
        // Texts are dear to read: the terms of all that must match come first.
        if self.verify && must.len() > 1 {
            let verified = clauses.iter().filter(|clause| !matches!(clause, Clause::Not(_)) && clause.is_verified());
            let candidates = Lowering { verify: false, ..self };
            must.extend(verified.map(|clause| (Occur::Must, candidates.query(clause))));
        }
        if !may.is_empty() {
            must.push((Occur::Must, any(may)));
        }
        if must.is_empty() {
            must.push((Occur::Must, Box::new(AllQuery)));
        }
        match (must.len(), must_not.is_empty()) {
            (1, true) => must.swap_remove(0).1,
            _ => Box::new(BooleanQuery::new(must.into_iter().chain(must_not).collect())),
        }
    }

    fn run(self, run: &Run) -> Box<dyn Query> {
        match self.reading {
            Reading::AsRead => self.words(&run.words, Word::query),
            Reading::Loose => self.words(&run.words, Word::loose),
            Reading::OnePhrase => {
                let parts = run.words.first().map_or(&[][..], |word| word.parts);
                let phrases: Vec<Graph> = [true, false].into_iter().filter_map(|accented| phrase(&run.words, accented)).collect();
                let candidates = any(parts.iter().flat_map(|&part| phrases.iter().map(move |graph| graph.query(self.schema, part))));
                match run.words.iter().find_map(|word| word.verbatim.as_ref()) {
                    Some(verbatim) if self.verify => verbatim.of_text(&run.text).query(candidates, parts),
                    _ => candidates,
                }
            }
        }
    }

    fn words(self, words: &[Word], query: impl Fn(&Word, &Schema, bool) -> Box<dyn Query>) -> Box<dyn Query> {
        let mut seen = HashSet::new();
        let words = words.iter().filter(|word| self.without != Some(word.number) && seen.insert((word.kind, &word.text)));
        let words: Vec<&Word> = words.collect();
        let mut queries: Vec<_> = words.iter().map(|word| query(word, self.schema, self.verify)).collect();
        if self.verify && words.len() > 1 && self.matching == MatchMode::All {
            let verified = words.iter().filter(|word| word.verbatim.is_some());
            queries.extend(verified.map(|word| query(word, self.schema, false)));
        }
        match (queries.is_empty(), self.matching) {
            (true, _) => Box::new(AllQuery),
            (false, MatchMode::All) => all(queries),
            (false, MatchMode::Any) => any(queries),
        }
    }
}

/// A run as one phrase: as spelt, or as it is in text typed without diacritics; `None` where that is the same.
fn phrase(words: &[Word], accented: bool) -> Option<Graph> {
    if !accented && words.iter().all(|word| word.shapes.len() == 1) {
        return None;
    }
    let mut phrase = Graph::default();
    words.iter().filter_map(|word| word.graph(accented)).for_each(|graph| phrase.then(graph));
    Some(phrase)
}
