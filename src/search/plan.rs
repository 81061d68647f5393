//! How a query is carried out: which articles match, in each of its readings, and what they are ranked by.
//!
//! Input → output: [`Clause`]s → tantivy queries. Three readings give the three totals: as read (the syllables of each word
//! together, all words), every run of plain text as one phrase, and the syllables anywhere.

use super::ranking::{self, Clause as Ranked};
use super::response::{MatchMode, WordKind};
use super::shape::{Graph, Place, Sequence, Shape, sequence};
use super::word::{Word, all, any};
use crate::analysis::{Stream, Tokens};
use crate::index::{Generation, Part, Schema};
use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

/// So many of the ways in which a word is written are ranked.
const MAX_RANKED: usize = 8;

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
            Clause::Any(clauses) => any(clauses.iter().map(|clause| self.query(clause))),
            Clause::Not(_) => self.all(std::slice::from_ref(clause)),
            Clause::Run(run) => self.run(run),
            Clause::Word(word) => self.words(std::slice::from_ref(word), Word::query),
            Clause::Selected(conditions) if conditions.is_empty() => Box::new(AllQuery),
            Clause::Selected(conditions) => all(conditions.iter().map(|condition| condition.box_clone()).collect()),
        }
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
        let words: Vec<&Word> = words.iter().filter(|word| self.without != Some(word.number)).collect();
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

/// What articles are ranked by: see the constants of [`ranking`].
pub(super) fn ranked_by(clause: &Clause, generation: &Generation, is_folded: bool) -> Vec<Ranked> {
    let schema = generation.schema();
    let mut ranked = Vec::new();
    for word in clause.words() {
        rank_word(word, schema, &mut ranked);
    }
    for run in clause.runs() {
        rank_neighbours(run, schema, &mut ranked);
        if !is_folded {
            rank_segmented(run, generation, &mut ranked);
        }
    }
    if is_folded {
        let as_typed: Vec<_> = clause.words().into_iter().filter_map(|word| as_typed(word, schema)).collect();
        if !as_typed.is_empty() {
            ranked.push(Ranked { weight: ranking::AS_TYPED, alternatives: vec![all(as_typed)], constant: true });
        }
    }
    ranked
}

fn rank_word(word: &Word, schema: &Schema, ranked: &mut Vec<Ranked>) {
    let written: Vec<Sequence> = match word.shapes.first() {
        Some(Shape::Graph(graph)) => graph.paths(MAX_RANKED).into_iter().filter(|path| *path != word.typed).collect(),
        _ => Vec::new(),
    };
    // Spellings of one thing: none of them is more than the sum of its syllables.
    let is_one_thing = word.is_expanded() || !is_plain(&word.typed) || written.iter().any(|path| is_plain(path));
    let graphs = word.graphs();
    for &part in word.parts {
        let place = if part == Part::Title { ranking::TITLE } else { ranking::BODY };
        let mut add = |weight: f32, constant: bool, sequences: &[Sequence]| {
            let alternatives = sequences.iter().map(|places| sequence(schema, part, places)).collect();
            ranked.push(Ranked { weight, alternatives, constant });
        };
        match word.shapes.first() {
            Some(Shape::Near(units, _)) => units.iter().for_each(|unit| rank_syllables(unit, place, &mut add)),
            Some(Shape::Graph(graph)) if is_one_thing => add(place, word.is_expanded(), &graph.paths(MAX_RANKED)),
            Some(Shape::Graph(_)) => {
                rank_syllables(&word.typed, place, &mut add);
                if !written.is_empty() {
                    add(place * ranking::SPARSE, true, &written);
                }
            }
            None => {}
        }
        let undiacritic: Vec<Sequence> = graphs.iter().skip(1).flat_map(|graph| graph.paths(1)).take(MAX_RANKED).collect();
        if !undiacritic.is_empty() && matches!(word.shapes.first(), Some(Shape::Graph(_))) {
            add(place * ranking::SPARSE, true, &undiacritic);
        }
    }
}

/// Each syllable, and all of them together.
fn rank_syllables(places: &Sequence, weight: f32, add: &mut impl FnMut(f32, bool, &[Sequence])) {
    places.iter().for_each(|place| add(weight, false, &[vec![place.clone()]]));
    if places.len() > 1 {
        add(weight * ranking::TOGETHER, false, std::slice::from_ref(places));
    }
}

/// Whether a sequence stands in the streams that hold every part.
fn is_plain(places: &[Place]) -> bool {
    places.iter().all(|place| Stream::ALL.contains(&place.stream))
}

/// Neighbouring syllables on both sides of a word border.
fn rank_neighbours(run: &Run, schema: &Schema, ranked: &mut Vec<Ranked>) {
    for pair in run.words.windows(2) {
        let (Some(left), Some(right)) = (pair[0].typed.last(), pair[1].typed.first()) else { continue };
        for &part in pair[0].parts {
            let place = if part == Part::Title { ranking::TITLE } else { ranking::BODY };
            let neighbours = sequence(schema, part, &[left.clone(), right.clone()]);
            ranked.push(Ranked { weight: place * ranking::NEIGHBOURS, alternatives: vec![neighbours], constant: false });
        }
    }
}

/// Words of several syllables in the word stream.
fn rank_segmented(run: &Run, generation: &Generation, ranked: &mut Vec<Ranked>) {
    let Some(parts) = run.words.first().map(|word| word.parts) else { return };
    let mut tokens = Tokens::default();
    generation.analyzer().analyze(&run.text, &mut tokens);
    for token in tokens.of(Stream::Word).filter(|token| token.position_length > 1) {
        for &part in parts {
            let term = Term::from_field_text(generation.schema().text(part, Stream::Word), token.term);
            let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            ranked.push(Ranked { weight: ranking::SEGMENTED, alternatives: vec![query], constant: false });
        }
    }
}

/// Articles that hold a word spelt just as it was typed.
fn as_typed(word: &Word, schema: &Schema) -> Option<Box<dyn Query>> {
    let spelt: Sequence = word.spelt.iter().map(|term| Place::of(Stream::Syllable, term)).collect();
    let fits = matches!(word.kind, WordKind::Word | WordKind::Phrase | WordKind::Exact) && word.graph(true).is_some();
    fits.then(|| any(word.parts.iter().map(|&part| sequence(schema, part, &spelt))))
}
