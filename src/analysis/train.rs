//! Segmented text and word lists → a model: an averaged perceptron over the gaps that the segmenter asks about.
//!
//! Input → output: sentences whose words are known, and a [`WordList`] → the bytes of a model file. The same input gives the
//! same bytes on every machine: whole numbers, a fixed order, no threads.
//!
//! Every sentence is seen as it is, without its capitals, and without its diacritics, so that text in capitals, and text
//! that was typed without diacritics, is cut as well.

use super::Analyzer;
use super::form::{Capitals, Forms};
use super::item::Item;
use super::lexicon::{Class, Counts, Lexicon, View, WordList};
use super::model::Model;
use super::segment::{Cut, FEATURES, Mode, Reach};
use super::segmented::{SegmentedSentence, syllables};
use super::sentence::case_tells;
use super::tokens::{Scratch, Tokens};
use crate::text;
use std::collections::{BTreeMap, BTreeSet};

/// Number of weights.
const WEIGHTS: usize = 1 << 18;

/// How often the trainer walks over the corpus.
const EPOCHS: usize = 5;

/// An answer that is right by less than this is learnt too: it makes up for words and names that the corpus does not have
/// (0.1 to 0.2 F1 in text without capitals).
const MARGIN: i32 = 12;

/// Sentences whose words are known.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    sentences: Vec<Sentence>,
}

#[derive(Clone, Debug, Default)]
struct Sentence {
    /// The tokens, a space between, also between the syllables of a word.
    text: String,
    /// Where the spaces within words are.
    joins: BTreeSet<usize>,
}

/// Why there is no model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrainError {
    /// The corpus has no sentence.
    #[error("there is no sentence to learn from: expected lines of words, their syllables joined by `_`, or CoNLL-U")]
    NoSentence,
    /// The word list is too long.
    #[error("the word list has more syllables than the format can number")]
    TooManySyllables,
}

impl Corpus {
    /// Adds text: CoNLL-U where a line has the ten columns of it, else lines of tokens by spaces, the syllables of a word
    /// joined by `_`.
    pub fn add(&mut self, text: &str) {
        for segmented in SegmentedSentence::read(text) {
            let mut sentence = Sentence::default();
            segmented.words.iter().for_each(|word| sentence.push(syllables(word)));
            if !sentence.text.is_empty() {
                self.sentences.push(sentence);
            }
        }
    }

    /// Number of sentences.
    pub fn len(&self) -> usize {
        self.sentences.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.sentences.is_empty()
    }
}

impl Sentence {
    /// The syllables of each word.
    fn words(&self) -> impl Iterator<Item = impl Iterator<Item = &str> + Clone> {
        let ends = self.text.match_indices(' ').map(|(at, _)| at).filter(|at| !self.joins.contains(at)).chain([self.text.len()]);
        let mut start = 0;
        ends.map(move |end| self.text[std::mem::replace(&mut start, end + 1)..end].split(' '))
    }

    fn push<'a>(&mut self, syllables: impl IntoIterator<Item = &'a str>) {
        let syllables = syllables.into_iter().map(text::compose).filter(|syllable| !syllable.is_empty());
        for (number, syllable) in syllables.enumerate() {
            if !self.text.is_empty() {
                if number > 0 {
                    self.joins.insert(self.text.len());
                }
                self.text.push(' ');
            }
            self.text.push_str(&syllable);
        }
    }
}

/// Trains a model.
///
/// # Errors
/// If there is nothing to learn from, or the word list is too long for the format.
pub fn train(words: &WordList, corpus: &Corpus) -> Result<Vec<u8>, TrainError> {
    let mut lexicon = Lexicon::compile(words).ok_or(TrainError::TooManySyllables)?;
    classify(&mut lexicon, corpus);
    let mut analyzer = Analyzer::with_model(Model::blank(&lexicon));
    let mut lessons = lessons(&analyzer, corpus);
    if lessons.is_empty() {
        return Err(TrainError::NoSentence);
    }
    let corrections = Lexicon::compile(&words.clone().with_joined_as_terms()).ok_or(TrainError::TooManySyllables)?;
    correct(&mut lessons, &Model::blank(&corrections));
    mark_sure(&mut analyzer.model, &lessons);
    let (mut perceptron, mut cut) = (Perceptron::new(), Cut::default());
    for _ in 0..EPOCHS {
        for lesson in &lessons {
            for mode in lesson.modes() {
                cut.decide(&lesson.items, Reach::WordsAndNames, mode, &analyzer.model, |features, right| {
                    perceptron.learn(features, lesson.joins[right])
                });
            }
        }
    }
    Ok(Model::write(&analyzer.model.lexicon, &perceptron.weights()))
}

/// Counts how each syllable of the lexicon is used in the corpus.
fn classify(lexicon: &mut Lexicon, corpus: &Corpus) {
    let (mut forms, mut counts) = (Forms::default(), [BTreeMap::new(), BTreeMap::new()]);
    forms.prepare(lexicon, usize::MAX);
    for sentence in &corpus.sentences {
        let mut opens = true;
        for word in sentence.words() {
            let is_long_name = word.clone().count() > 2 && word.clone().all(|syllable| syllable.starts_with(char::is_uppercase));
            for (number, written) in word.enumerate() {
                let form = forms.of(written, 0..written.len(), lexicon);
                let seen = form.capitals != Capitals::None && !opens;
                for (counts, side) in counts.iter_mut().zip(form.sides) {
                    let counts: &mut Counts = counts.entry(side.id).or_default();
                    counts.all += u32::from(seen);
                    counts.capital += u32::from(seen && form.capitals == Capitals::First);
                    counts.family += u32::from(is_long_name && number == 0);
                }
                opens = form.capitals == Capitals::None;
            }
        }
    }
    for (view, counts) in [View::Spelt, View::Folded].into_iter().zip(counts) {
        for (id, counts) in counts {
            lexicon.view_mut(view).set_class(id, Class::of(counts));
        }
    }
}

/// A sentence as the segmenter sees it.
struct Lesson {
    items: Vec<Item>,
    /// Whether each item goes on with the word before it.
    joins: Vec<bool>,
}

impl Lesson {
    fn modes(&self) -> impl Iterator<Item = Mode> {
        let tells = case_tells(&self.items);
        Mode::ALL.into_iter().filter(move |&mode| tells || mode != Mode::Cased)
    }
}

fn lessons(analyzer: &Analyzer, corpus: &Corpus) -> Vec<Lesson> {
    let (mut tokens, mut lessons) = (Tokens::default(), Vec::new());
    for sentence in &corpus.sentences {
        let lesson = |scratch: &mut Scratch, tokens: &mut Tokens| {
            let goes_on = |item: &Item| {
                tokens.span(item.first..item.first + item.parts).start.checked_sub(1).is_some_and(|gap| sentence.joins.contains(&gap))
            };
            let joins = scratch.items.iter().map(goes_on).collect();
            lessons.push(Lesson { items: scratch.items.clone(), joins });
        };
        analyzer.scan(&sentence.text, &mut tokens, Some(lesson));
    }
    lessons
}

/// Joins in the lessons what the teacher should have.
fn correct(lessons: &mut [Lesson], model: &Model) {
    let mut cut = Cut::default();
    for lesson in lessons {
        cut.correct(&lesson.items, &mut lesson.joins, Mode::Caseless, model);
    }
}

/// Of a thousand places where a sure word stands alone, at most one may have it split.
const SURE_OF_1000: u64 = 999;

/// A word that was seen less often is never sure.
const MIN_SURE: u64 = 3;

/// Marks the words of two syllables that were one wherever no other word competed.
fn mark_sure(model: &mut Model, lessons: &[Lesson]) {
    let (mut cut, mut seen) = (Cut::default(), BTreeMap::new());
    for lesson in lessons {
        for mode in [Mode::Caseless, Mode::Folded] {
            for right in cut.simple(&lesson.items, mode, model).filter(|&right| !lesson.joins[right - 1]) {
                let [first, second] = [right - 1, right].map(|at| lesson.items[at].sides[mode.view() as usize].id);
                let (all, joined) = seen.entry((mode.view() as usize, first, second)).or_insert((0_u64, 0_u64));
                *all += 1;
                *joined += u64::from(lesson.joins[right]);
            }
        }
    }
    for ((view, first, second), (all, joined)) in seen {
        if all >= MIN_SURE && joined * 1000 >= all * SURE_OF_1000 {
            model.lexicon.view_mut([View::Spelt, View::Folded][view]).set_sure(first, second);
        }
    }
}

/// Weights of yes-or-no answers, and their sums over time.
struct Perceptron {
    weights: Vec<i32>,
    /// Sum over all changes of change × the time it was made at.
    changes: Vec<i64>,
    time: i64,
}

impl Perceptron {
    fn new() -> Perceptron {
        Perceptron { weights: vec![0; WEIGHTS], changes: vec![0; WEIGHTS], time: 1 }
    }

    /// Answers, learns if the answer was wrong, and goes on with its own answer, as it will have to.
    fn learn(&mut self, features: &[u32; FEATURES], expected: bool) -> bool {
        let places = features.map(|feature| feature as usize % WEIGHTS);
        let sum: i32 = places.iter().map(|&place| self.weights[place]).sum();
        let answer = sum > 0;
        if answer != expected || sum.abs() < MARGIN {
            let change = if expected { 1 } else { -1 };
            for place in places {
                self.weights[place] += change;
                self.changes[place] += i64::from(change) * self.time;
            }
        }
        self.time += 1;
        answer
    }

    /// The weights averaged over time, in steps that a signed byte can hold.
    fn weights(&self) -> Vec<i8> {
        let averages = self.weights.iter().zip(&self.changes).map(|(&weight, &change)| i64::from(weight) * self.time - change);
        let averages: Vec<i64> = averages.collect();
        let largest = averages.iter().map(|average| average.abs()).max().unwrap_or(0).max(1);
        averages.iter().map(|&average| (average as i128 * 127 / largest as i128) as i8).collect()
    }
}
