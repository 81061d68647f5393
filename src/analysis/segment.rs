//! Items of one sentence → words: for each gap that could lie within a word, the model is asked whether it does.
//!
//! Input → output: a sentence → whether each of its items goes on with the one before. A gap is asked where a word of the
//! lexicon covers it, between two capitals, and, where case tells nothing, between any two syllables: only there can a
//! name be. Ranking uses the words; which article matches never depends on them.

use super::form::{Capitals, mix};
use super::item::{Gap, Item};
use super::lexicon::{Class, Found, View};
use super::model::Model;
use super::sentence::case_tells;

/// No word, and no name, has more items.
const MAX_WORD_ITEMS: usize = 8;

/// Fewer syllables without a diacritic are nothing unusual in text that has them elsewhere.
const MIN_FOLDED_ITEMS: usize = 5;

/// What can be asked of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Terms as spelt, and capitals.
    Cased,
    /// Terms as spelt: in a headline in capitals, in Title Case, in small letters.
    Caseless,
    /// Terms without diacritics: in text that was typed without.
    Folded,
}

impl Mode {
    /// All of them.
    pub const ALL: [Mode; 3] = [Mode::Cased, Mode::Caseless, Mode::Folded];

    /// What can be asked of the items of a sentence, in a text that is marked with diacritics somewhere, or nowhere.
    pub fn of(items: &[Item], text_is_marked: bool) -> Mode {
        let is_folded = !items.iter().any(|item| item.is_marked) && (!text_is_marked || items.len() >= MIN_FOLDED_ITEMS);
        match is_folded {
            true => Mode::Folded,
            false if case_tells(items) => Mode::Cased,
            false => Mode::Caseless,
        }
    }

    pub fn view(self) -> View {
        match self {
            Mode::Cased | Mode::Caseless => View::Spelt,
            Mode::Folded => View::Folded,
        }
    }
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Words of the lexicon.
    Words,
    /// Names that are not in it, too.
    WordsAndNames,
}

/// A word that covers a gap begins at the item before the gap, or at most so many earlier.
const BEFORE: usize = 2;

/// The buffers that a sentence is cut in.
#[derive(Debug, Default)]
pub(super) struct Cut {
    /// The words of the lexicon that begin at each item.
    ///
    /// [`BEFORE`] empty ones stand before the first and one after the last, so that every gap has the neighbours it looks at.
    found: Vec<Found>,
    /// Whether each item goes on with the word before it.
    pub joins: Vec<bool>,
}

impl Cut {
    /// Cuts a sentence of running text.
    pub fn cut(&mut self, items: &[Item], mode: Mode, model: &Model) {
        self.decide(items, Reach::WordsAndNames, mode, model, |features, _| model.joins(features));
    }

    /// Cuts a query: into words of the lexicon, so that nobody has to guess what was taken for a name, terms whole.
    pub fn cut_query(&mut self, items: &[Item], mode: Mode, model: &Model) {
        self.decide(items, Reach::Words, mode, model, |features, _| model.joins(features));
        self.join_terms();
    }

    /// Walks over the gaps of a sentence; `answer` is given the features of each that is asked, and the number of the item after it.
    pub fn decide(
        &mut self,
        items: &[Item],
        reach: Reach,
        mode: Mode,
        model: &Model,
        mut answer: impl FnMut(&[u32; FEATURES], usize) -> bool,
    ) {
        self.find(items, mode, model);
        self.joins.clear();
        self.joins.resize(items.len(), false);
        let mut length = 1;
        for right in 1..items.len() {
            let gap = Asked { items, found: &self.found, mode, right };
            let covers = gap.covers();
            let joins = match covers {
                _ if length == MAX_WORD_ITEMS => false,
                SIMPLE if length == 1 && self.found[BEFORE + right - 1].is_sure => true,
                _ => gap.is_asked(covers, reach) && answer(&gap.features(covers, length > 1), right),
            };
            self.joins[right] = joins;
            length = if joins { length + 1 } else { 1 };
        }
    }

    /// Joins the terms of the lexicon, the longest at each place, whatever the model says: what people type as one.
    pub fn join_terms(&mut self) {
        let mut at = 0;
        while at < self.joins.len() {
            let length = longest(self.found[BEFORE + at].terms);
            if length > 1 {
                self.joins[at] = false;
                self.joins[at + 1..at + length].fill(true);
                if let Some(after) = self.joins.get_mut(at + length) {
                    *after = false;
                }
            }
            at += length;
        }
    }

    /// Takes a sentence as cut by someone else, but for the terms of the lexicon.
    pub fn correct(&mut self, items: &[Item], joins: &mut Vec<bool>, mode: Mode, model: &Model) {
        self.find(items, mode, model);
        std::mem::swap(&mut self.joins, joins);
        self.join_terms();
        std::mem::swap(&mut self.joins, joins);
    }

    /// The simple gaps of a sentence, by the number of the item after each.
    pub fn simple(&mut self, items: &[Item], mode: Mode, model: &Model) -> impl Iterator<Item = usize> {
        self.find(items, mode, model);
        (1..items.len()).filter(move |&right| Asked { items, found: &self.found, mode, right }.covers() == SIMPLE)
    }

    fn find(&mut self, items: &[Item], mode: Mode, model: &Model) {
        let (view, side) = (model.lexicon.view(mode.view()), mode.view() as usize);
        self.found.clear();
        self.found.resize(BEFORE, Found::default());
        self.found.extend((0..items.len()).map(|at| {
            let goes_on = |item: &&Item| matches!(item.gap, Gap::Space | Gap::LineEnd);
            let rest = items[at + 1..].iter().take_while(goes_on).map(|item| item.sides[side].id);
            view.find(items[at].sides[side].id, rest)
        }));
        self.found.push(Found::default());
    }
}

/// The length of the longest of some words; 1 if there is none.
fn longest(lengths: u8) -> usize {
    (7 - (lengths | 0b10).leading_zeros()) as usize
}

/// What covers a gap where one word of two syllables does, and no other word competes.
const SIMPLE: u32 = 1;

/// How many features a gap has.
pub(super) const FEATURES: usize = 12;

/// A gap, by the number of the item after it.
struct Asked<'a> {
    items: &'a [Item],
    found: &'a [Found],
    mode: Mode,
    right: usize,
}

impl Asked<'_> {
    /// Which words of the lexicon cover the gap (the lower six bits) or end or begin at it.
    fn covers(&self) -> u32 {
        let [earlier, before, here, after] = [0, 1, 2, 3].map(|at| u32::from(self.found[self.right - 1 + at].words));
        let bit = |condition: bool, place: u32| u32::from(condition) << place;
        bit(here & 0b100 != 0, 0)
            | bit(here & 0b1000 != 0, 1)
            | bit(here & !0b1111 != 0, 2)
            | bit(before & 0b1000 != 0, 3)
            | bit(before & !0b1111 != 0, 4)
            | bit(earlier & !0b1111 != 0, 5)
            | bit(before & 0b100 != 0, 6)
            | bit(earlier & 0b1000 != 0, 7)
            | bit(after & 0b100 != 0, 8)
            | bit(after & !0b111 != 0, 9)
    }

    fn is_asked(&self, covers: u32, reach: Reach) -> bool {
        let (left, right) = (&self.items[self.right - 1], &self.items[self.right]);
        if !matches!(right.gap, Gap::Space | Gap::LineEnd) {
            return false;
        }
        let is_capital = |item: &Item| matches!(item.capitals, Capitals::First | Capitals::All);
        let side = self.mode.view() as usize;
        let in_names = |item: &Item| item.capitals != Capitals::None && item.sides[side].class != Class::Seldom;
        let covered = covers & 0b11_1111 != 0;
        covered
            || match self.mode {
                _ if reach == Reach::Words => false,
                Mode::Cased => right.capitals == Capitals::First && is_capital(left) && right.gap == Gap::Space,
                Mode::Caseless | Mode::Folded => in_names(left) && right.capitals != Capitals::None && right.gap == Gap::Space,
            }
    }

    /// Hashes of what the decision may hang on: the syllables around the gap, their capitals, the words that cover it.
    fn features(&self, covers: u32, joined_before: bool) -> [u32; FEATURES] {
        let side = self.mode.view() as usize;
        // Nothing beyond punctuation is looked at; 0 stands for it.
        let is_near = |item: &&Item| matches!(item.gap, Gap::Space | Gap::LineEnd);
        let (left, right) = (&self.items[self.right - 1], &self.items[self.right]);
        let before = Some(left).filter(is_near).and_then(|_| self.items.get(self.right.checked_sub(2)?));
        let after = self.items.get(self.right + 1).filter(is_near);
        let code = |item: &Item| u64::from(item.sides[side].code);
        let (l, r, ll, rr) = (code(left), code(right), before.map_or(0, code), after.map_or(0, code));
        let case = |item: Option<&Item>| item.map_or(4, |item| item.capitals as u64);
        let capitals = match self.mode {
            Mode::Cased => case(before) * 125 + case(Some(left)) * 25 + case(Some(right)) * 5 + case(after),
            Mode::Caseless | Mode::Folded => 0,
        };
        let opens = u64::from(self.mode == Mode::Cased && matches!(left.gap, Gap::Opening | Gap::SentenceEnd | Gap::LineEnd));
        let covers = u64::from(covers) << 2 | u64::from(joined_before) << 1 | opens;
        let class = |item: Option<&Item>| item.map_or(6, |item| item.sides[side].class as u64);
        let (class_l, class_r) = (class(Some(left)), class(Some(right)));
        let classes = class(before) * 512 + class_l * 64 + class_r * 8 + class(after);
        let hash = |template: u64, numbers: [u64; 3]| {
            let template = template * 4 + self.mode as u64;
            (numbers.into_iter().fold(template, mix) >> 32) as u32
        };
        [
            hash(0, [covers, capitals, 0]),
            hash(1, [covers, 0, 0]),
            hash(2, [l, 0, 0]),
            hash(3, [r, 0, 0]),
            hash(4, [l, r, 0]),
            hash(5, [ll, l, 0]),
            hash(6, [r, rr, 0]),
            hash(7, [ll, l, r]),
            hash(8, [l, covers, 0]),
            hash(9, [r, covers, 0]),
            hash(10, [classes, covers, 0]),
            hash(11, [classes, capitals, u64::from(joined_before)]),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_of_some_words_is_the_highest_bit() {
        for (lengths, expected) in [(0, 1), (0b100, 2), (0b1100, 3), (0b1000_0100, 7)] {
            assert_eq!(longest(lengths), expected);
        }
    }
}
