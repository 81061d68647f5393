//! How a query is carried out: which articles match, in each of its readings, and what they are ranked by.
//!
//! Input → output: [`Clause`]s → tantivy queries. Three readings give the three totals: as read (the syllables of each word
//! together, all words), every run of plain text as one phrase, and the syllables anywhere.

use super::near::Slot;
use super::ranking::{self, Clause as Ranked};
use super::response::{MatchMode, WordKind};
use super::word::{Shape, Word, all, any, sequence};
use crate::analysis::{Stream, Tokens};
use crate::index::{Generation, Part, Schema};
use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

/// Of a run as one phrase, at most so many combinations of abbreviations and long forms are looked for.
const MAX_COMBINATIONS: usize = 32;

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

    /// Whether each run reads the same as one phrase, or with its syllables anywhere: then it need not be counted again.
    pub fn is_the_same(&self, reading: Reading) -> bool {
        self.runs().iter().all(|run| match reading {
            Reading::AsRead => true,
            Reading::OnePhrase => run.words.len() == 1,
            Reading::Loose => run.words.iter().all(|word| word.shape.sequences().iter().all(|form| form.len() == 1)),
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
}

impl Lowering<'_> {
    /// The articles that match. Calls itself for the clauses below: as deep as the parser lets queries be.
    pub fn query(self, clause: &Clause) -> Box<dyn Query> {
        match clause {
            Clause::All(clauses) => self.all(clauses),
            Clause::Any(clauses) => any(clauses.iter().map(|clause| self.query(clause))),
            Clause::Not(_) => self.all(std::slice::from_ref(clause)),
            Clause::Run(run) => self.run(run),
            Clause::Word(word) => self.words(std::slice::from_ref(word), |word| word.query(self.schema)),
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
            Reading::AsRead => self.words(&run.words, |word| word.query(self.schema)),
            Reading::Loose => self.words(&run.words, |word| word.loose(self.schema)),
            Reading::OnePhrase => {
                let Some(Word { parts, stream, .. }) = run.words.first() else { return Box::new(EmptyQuery) };
                let phrases = phrases(&run.words);
                any(parts.iter().flat_map(|&part| phrases.iter().map(move |slots| sequence(self.schema, part, *stream, slots))))
            }
        }
    }

    fn words(self, words: &[Word], query: impl Fn(&Word) -> Box<dyn Query>) -> Box<dyn Query> {
        let queries: Vec<_> = words.iter().filter(|word| self.without != Some(word.number)).map(query).collect();
        match (queries.is_empty(), self.matching) {
            (true, _) => Box::new(AllQuery),
            (false, MatchMode::All) => all(queries),
            (false, MatchMode::Any) => any(queries),
        }
    }
}

/// A run as one phrase, in every combination of what its words stand for.
fn phrases(words: &[Word]) -> Vec<Vec<Slot>> {
    words.iter().fold(vec![Vec::new()], |heads, word| {
        let joined = heads.iter().flat_map(|head| word.shape.sequences().iter().map(move |tail| [head.as_slice(), tail].concat()));
        joined.take(MAX_COMBINATIONS).collect()
    })
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
    let constant = word.is_expanded();
    let mut add = |weight: f32, alternatives: Vec<Box<dyn Query>>| ranked.push(Ranked { weight, alternatives, constant });
    for &part in word.parts {
        let place = if part == Part::Title { ranking::TITLE } else { ranking::BODY };
        let sequence = |slots: &[Slot]| word.sequence(schema, part, slots);
        match &word.shape {
            // Spellings of one thing: none of them is more than the sum of its syllables.
            Shape::OneOf(forms) if constant || forms.len() > 1 => add(place, forms.iter().map(|form| sequence(form)).collect()),
            shape => {
                for slots in shape.sequences() {
                    slots.iter().for_each(|slot| add(place, vec![sequence(std::slice::from_ref(slot))]));
                    if slots.len() > 1 {
                        add(place * ranking::TOGETHER, vec![sequence(slots)]);
                    }
                }
            }
        }
    }
}

/// Neighbouring syllables on both sides of a word border.
fn rank_neighbours(run: &Run, schema: &Schema, ranked: &mut Vec<Ranked>) {
    for pair in run.words.windows(2) {
        let (Some(left), Some(right)) = (pair[0].shape.sequences()[0].last(), pair[1].shape.sequences()[0].first()) else { continue };
        for &part in pair[0].parts {
            let place = if part == Part::Title { ranking::TITLE } else { ranking::BODY };
            let weight = place * ranking::NEIGHBOURS;
            let neighbours = pair[0].sequence(schema, part, &[left.clone(), right.clone()]);
            ranked.push(Ranked { weight, alternatives: vec![neighbours], constant: false });
        }
    }
}

/// Words of several syllables in the word stream.
fn rank_segmented(run: &Run, generation: &Generation, ranked: &mut Vec<Ranked>) {
    let Some(parts) = run.words.first().map(|word| word.parts) else { return };
    let mut tokens = Tokens::default();
    generation.analyzer().analyze(Stream::Word, &run.text, &mut tokens);
    for token in tokens.iter().filter(|token| token.position_length > 1) {
        for &part in parts {
            let term = Term::from_field_text(generation.schema().text(part, Stream::Word), token.term);
            let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            ranked.push(Ranked { weight: ranking::SEGMENTED, alternatives: vec![query], constant: false });
        }
    }
}

/// Articles that hold a word spelt just as it was typed.
fn as_typed(word: &Word, schema: &Schema) -> Option<Box<dyn Query>> {
    let spelt: Vec<Slot> = word.spelt.iter().map(|term| vec![term.clone()]).collect();
    let fits = matches!(word.kind, WordKind::Word | WordKind::Phrase | WordKind::Exact) && matches!(word.shape, Shape::OneOf(_));
    fits.then(|| any(word.parts.iter().map(|&part| sequence(schema, part, Stream::Syllable, &spelt))))
}
