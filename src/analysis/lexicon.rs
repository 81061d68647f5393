//! The lexicon: which runs of syllables are one word.
//!
//! Input → output: word lists → a [`Lexicon`], a trie over syllables that lies in a model file as it lies in memory. Two
//! views: as spelt, and folded for text that was typed without diacritics. Knows nothing of punctuation, capitals or names.

use super::form::{code, mix};
use super::model::{ModelError, Reader};
use crate::text;
use std::collections::{BTreeMap, BTreeSet};

/// Number of a syllable in a view; [`UNKNOWN`] for all that no word contains.
pub(super) type SyllableId = u16;

/// The id of syllables that no word contains.
pub(super) const UNKNOWN: SyllableId = SyllableId::MAX;

/// A text with, or without, diacritics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    Spelt,
    Folded,
}

/// Words of two or more syllables, canonical, from lists in any spelling and order.
///
/// A list has one word a line, its syllables by spaces or `_`; `#` begins a comment. What is not letters and spaces, or has
/// one syllable only, is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordList {
    words: BTreeMap<String, Entry>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Entry {
    is_term: bool,
    is_joined: bool,
}

impl WordList {
    /// Adds words.
    pub fn add_words(&mut self, list: &str) {
        self.add(list, |_| ());
    }

    /// Adds terms: words that stay whole in every query, though running text may have them as several.
    pub fn add_terms(&mut self, list: &str) {
        self.add(list, |entry| entry.is_term = true);
    }

    /// Adds words that the trainer takes as one wherever they stand in its corpus: what its teacher did not know.
    pub fn add_joined(&mut self, list: &str) {
        self.add(list, |entry| entry.is_joined = true);
    }

    /// The same words, with those joined in the corpus as terms.
    pub(super) fn with_joined_as_terms(mut self) -> WordList {
        self.words.values_mut().for_each(|entry| entry.is_term = entry.is_joined);
        self
    }

    fn add(&mut self, list: &str, note: impl Fn(&mut Entry)) {
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            let word = line.replace('_', " ");
            let letters_only = word.chars().all(|letter| letter.is_alphabetic() || letter.is_whitespace());
            let key = text::canonical_phrase(&text::compose(&word));
            if letters_only && key.contains(' ') {
                note(self.words.entry(key).or_default());
            }
        }
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// Both views of a word list.
#[derive(Debug)]
pub(super) struct Lexicon {
    spelt: Trie,
    folded: Trie,
    stamp: u64,
}

impl Lexicon {
    /// Compiles a list; `None` if it has more different syllables, or beginnings of words, than the format can number.
    pub fn compile(list: &WordList) -> Option<Lexicon> {
        let spelt = Trie::compile(list.words.iter().map(|(word, &entry)| (word.clone(), entry)))?;
        let folded = Trie::compile(list.words.iter().map(|(word, &entry)| (text::fold(word), entry)))?;
        Some(Lexicon { spelt, folded, stamp: 0 })
    }

    pub fn write(&self, bytes: &mut Vec<u8>) {
        self.spelt.write(bytes);
        self.folded.write(bytes);
    }

    /// Reads what [`Lexicon::write`] wrote; `stamp` tells lexicons apart.
    pub fn read(reader: &mut Reader, stamp: u64) -> Result<Lexicon, ModelError> {
        Ok(Lexicon { spelt: Trie::read(reader)?, folded: Trie::read(reader)?, stamp })
    }

    pub fn stamp(&self) -> u64 {
        self.stamp
    }

    pub fn view(&self, view: View) -> &Trie {
        match view {
            View::Spelt => &self.spelt,
            View::Folded => &self.folded,
        }
    }

    pub fn view_mut(&mut self, view: View) -> &mut Trie {
        match view {
            View::Spelt => &mut self.spelt,
            View::Folded => &mut self.folded,
        }
    }
}

/// How often a syllable begins with a capital where none is called for: how much of a name it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Class {
    #[default]
    Seldom,
    Sometimes,
    Often,
    Mostly,
    /// A family name (*họ*): it mostly begins a name of three syllables or more.
    Family,
    /// In no word of the lexicon: foreign, or misspelt.
    Unknown,
    /// Not one syllable.
    Other,
}

impl Class {
    /// Those that a syllable of the lexicon can have, by their number.
    const OF_SYLLABLES: [Class; 5] = [Class::Seldom, Class::Sometimes, Class::Often, Class::Mostly, Class::Family];

    /// The class of a syllable.
    pub fn of(counts: Counts) -> Class {
        let Counts { all, capital, family } = counts;
        match u64::from(capital) * 100 / u64::from(all.max(1)) {
            _ if family >= 3 && u64::from(family) * 4 >= u64::from(all) => Class::Family,
            0..5 => Class::Seldom,
            5..30 => Class::Sometimes,
            30..80 => Class::Often,
            _ => Class::Mostly,
        }
    }
}

/// How often a syllable was seen where no capital is called for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub all: u32,
    /// With a capital.
    pub capital: u32,
    /// At the beginning of a name of three syllables or more.
    pub family: u32,
}

/// The words that begin at a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// Bit `n`: a word of `n` syllables does; longer ones than 7 count as 7.
    pub words: u8,
    /// The same for terms.
    pub terms: u8,
    /// Whether the word of two syllables is one wherever no other word competes: it needs no asking.
    pub is_sure: bool,
}

/// A trie over syllables, level by level: the children of a node stand side by side, in order of their ids.
#[derive(Debug, Default)]
pub(super) struct Trie {
    /// All syllables in order, `\n` after each; the number of one is its id.
    syllables: String,
    /// Where each begins in `syllables`, and the end.
    starts: Vec<u32>,
    /// Node that a first syllable leads to; 0 where no word begins with it.
    first: Vec<u32>,
    /// What each syllable mostly is; see [`Class`].
    classes: Vec<u8>,
    /// The last syllable of each node.
    labels: Vec<SyllableId>,
    /// The first child of each node, and the end.
    children: Vec<u32>,
    /// What ends at each node: [`WORD`], [`TERM`], [`SURE`].
    ends: Vec<u8>,
    /// The ids by [`code`], each in the first free place from there on; a power of two places, [`UNKNOWN`] where none is.
    places: Vec<SyllableId>,
    /// A bit for each hash of two syllables: whether a word may begin with them. Spares most searches.
    pairs: Vec<u64>,
}

/// Bits of [`Trie::pairs`]; a power of two, some times the number of pairs.
const PAIR_BITS: usize = 1 << 18;

const WORD: u8 = 1;
const TERM: u8 = 2;
const SURE: u8 = 4;

/// Words of more syllables than this are only seen as far.
const MAX_LENGTH: usize = 7;

impl Trie {
    fn compile(words: impl Iterator<Item = (String, Entry)>) -> Option<Trie> {
        let mut ends: BTreeMap<String, u8> = BTreeMap::new();
        for (word, entry) in words {
            *ends.entry(word).or_default() |= WORD | if entry.is_term { TERM } else { 0 };
        }
        let order: BTreeSet<&str> = ends.keys().flat_map(|word| word.split(' ')).collect();
        let ids: BTreeMap<&str, SyllableId> = order.iter().zip(0..UNKNOWN).map(|(&syllable, id)| (syllable, id)).collect();
        if ids.len() != order.len() {
            return None;
        }
        let mut paths: BTreeMap<Vec<SyllableId>, u8> = BTreeMap::from([(Vec::new(), 0)]);
        for (word, end) in &ends {
            let path: Vec<SyllableId> = word.split(' ').take(MAX_LENGTH).map(|syllable| ids[syllable]).collect();
            for length in 1..path.len() {
                paths.entry(path[..length].to_vec()).or_default();
            }
            *paths.entry(path).or_default() |= end;
        }
        let mut levels: Vec<(&Vec<SyllableId>, u8)> = paths.iter().map(|(path, &end)| (path, end)).collect();
        levels.sort_by_key(|(path, _)| (path.len(), *path));

        let mut children = Vec::with_capacity(levels.len() + 1);
        let mut child = 1;
        for (path, _) in &levels {
            while child < levels.len() && (levels[child].0.len(), &levels[child].0[..levels[child].0.len() - 1]) < (path.len() + 1, path) {
                child += 1;
            }
            children.push(u32::try_from(child).ok()?);
        }
        children.push(u32::try_from(levels.len()).ok()?);
        let labels = levels.iter().map(|(path, _)| path.last().copied().unwrap_or(UNKNOWN)).collect();
        let ends = levels.iter().map(|&(_, end)| end).collect();
        let classes = vec![Class::Seldom as u8; order.len()];
        let syllables = order.iter().fold(String::new(), |all, syllable| all + syllable + "\n");
        Trie { syllables, classes, labels, children, ends, ..Trie::default() }.with_tables()
    }

    /// Fills the tables that follow from the others; `None` if those do not fit together.
    fn with_tables(mut self) -> Option<Trie> {
        let ends = self.syllables.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1);
        self.starts = std::iter::once(0).chain(ends).collect();
        let nodes = self.labels.len();
        let fits = nodes > 0
            && self.starts.last() == Some(&(self.syllables.len() as u32))
            && self.starts.len() <= usize::from(UNKNOWN) + 1
            && self.classes.len() == self.starts.len() - 1
            && self.classes.iter().all(|&class| usize::from(class) < Class::OF_SYLLABLES.len())
            && self.ends.len() == nodes
            && self.children.len() == nodes + 1
            && self.children.windows(2).all(|pair| pair[0] <= pair[1])
            && self.children.iter().enumerate().all(|(node, &child)| child as usize > node.min(nodes - 1) && child as usize <= nodes);
        if !fits {
            return None;
        }
        self.first = vec![0; self.starts.len() - 1];
        for node in self.children[0]..self.children[1] {
            *self.first.get_mut(usize::from(self.labels[node as usize]))? = node;
        }
        self.places = vec![UNKNOWN; (2 * self.first.len() + 1).next_power_of_two()];
        let mask = self.places.len() - 1;
        for id in 0..self.first.len() as SyllableId {
            let mut place = code(self.syllable(id)) as usize & mask;
            while self.places[place] != UNKNOWN {
                place = (place + 1) & mask;
            }
            self.places[place] = id;
        }
        self.pairs = vec![0; PAIR_BITS / 64];
        for first in self.children[0]..self.children[1] {
            for second in self.children[first as usize]..self.children[first as usize + 1] {
                let bit = pair_bit(self.labels[first as usize], self.labels[second as usize]);
                self.pairs[bit / 64] |= 1 << (bit % 64);
            }
        }
        Some(self)
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        for length in [self.syllables.len(), self.labels.len()] {
            bytes.extend((length as u32).to_le_bytes());
        }
        bytes.extend(self.syllables.as_bytes());
        bytes.extend(&self.classes);
        bytes.extend(self.labels.iter().flat_map(|label| label.to_le_bytes()));
        bytes.extend(self.children.iter().flat_map(|child| child.to_le_bytes()));
        bytes.extend(&self.ends);
    }

    fn read(reader: &mut Reader) -> Result<Trie, ModelError> {
        let (syllable_bytes, nodes) = (reader.number()?, reader.number()?);
        let syllables = reader.text(syllable_bytes)?.to_owned();
        let classes = reader.bytes(syllables.bytes().filter(|&byte| byte == b'\n').count())?.to_owned();
        let labels = reader.array(nodes)?.map(u16::from_le_bytes).collect();
        let children = reader.array(nodes + 1)?.map(u32::from_le_bytes).collect();
        let ends = reader.bytes(nodes)?.to_owned();
        let trie = Trie { syllables, classes, labels, children, ends, ..Trie::default() };
        trie.with_tables().ok_or(ModelError::Damaged)
    }

    /// What a syllable mostly is.
    pub fn class(&self, id: SyllableId) -> Class {
        self.classes.get(usize::from(id)).map_or(Class::Unknown, |&class| Class::OF_SYLLABLES[usize::from(class)])
    }

    /// Notes what syllables mostly are.
    pub fn set_class(&mut self, id: SyllableId, class: Class) {
        if let Some(place) = self.classes.get_mut(usize::from(id)) {
            *place = class as u8;
        }
    }

    /// Notes that a word of two syllables is sure.
    pub fn set_sure(&mut self, first: SyllableId, second: SyllableId) {
        let Some(&node) = self.first.get(usize::from(first)).filter(|&&node| node > 0) else { return };
        if let Some(child) = self.child(node as usize, second) {
            self.ends[child] |= SURE;
        }
    }

    fn child(&self, node: usize, id: SyllableId) -> Option<usize> {
        let (start, end) = (self.children[node] as usize, self.children[node + 1] as usize);
        self.labels[start..end].binary_search(&id).ok().map(|child| start + child)
    }

    /// The id of a term, of which the [`code`] is known.
    pub fn id(&self, term: &str, code: u32) -> SyllableId {
        let mask = self.places.len() - 1;
        let mut place = code as usize & mask;
        loop {
            match self.places[place] {
                UNKNOWN => return UNKNOWN,
                id if self.syllable(id) == term => return id,
                _ => place = (place + 1) & mask,
            }
        }
    }

    fn syllable(&self, id: SyllableId) -> &str {
        let id = usize::from(id);
        &self.syllables[self.starts[id] as usize..self.starts[id + 1] as usize - 1]
    }

    /// The words that begin with a syllable and go on with the next ones.
    pub fn find(&self, first: SyllableId, mut rest: impl Iterator<Item = SyllableId>) -> Found {
        let mut found = Found::default();
        if first == UNKNOWN {
            return found;
        }
        let Some(second) = rest.next() else { return found };
        let bit = pair_bit(first, second);
        if self.pairs[bit / 64] >> (bit % 64) & 1 == 0 {
            return found;
        }
        let Some(mut node) = self.first.get(usize::from(first)).map(|&node| node as usize).filter(|&node| node > 0) else { return found };
        for (length, id) in (2..=MAX_LENGTH).zip(std::iter::once(second).chain(rest)) {
            let Some(child) = self.child(node, id) else { break };
            node = child;
            found.words |= (self.ends[node] & WORD) << length;
            found.terms |= u8::from(self.ends[node] & TERM > 0) << length;
            found.is_sure |= length == 2 && self.ends[node] & SURE > 0;
        }
        found
    }
}

fn pair_bit(first: SyllableId, second: SyllableId) -> usize {
    (mix(first.into(), second.into()) >> 40) as usize % PAIR_BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(trie: &Trie, text: &str) -> Found {
        let mut ids = text.split(' ').map(|syllable| trie.id(syllable, code(syllable)));
        ids.next().map_or(Found::default(), |first| trie.find(first, ids))
    }

    #[test]
    fn all_words_at_a_place_are_found_in_both_views() {
        let mut list = WordList::default();
        list.add_words("# comment\nan ninh\nan ninh mạng\nđịa lí\nan\n");
        list.add_terms("An ninh mạng");
        let lexicon = Lexicon::compile(&list).expect("few syllables");
        let cases = [
            ("an ninh mạng mới", 0b1100, 0b1000, 0b0100),
            ("an ninh mang", 0b0100, 0, 0b1100),
            ("địa lí", 0b0100, 0, 0),
            ("dia li", 0, 0, 0b0100),
            ("mạng", 0, 0, 0),
        ];
        for (text, spelt, terms, folded) in cases {
            assert_eq!(find(lexicon.view(View::Spelt), text), Found { words: spelt, terms, is_sure: false }, "{text}");
            assert_eq!(find(lexicon.view(View::Folded), text).words, folded, "{text}");
        }
    }

    #[test]
    fn spellings_of_a_word_are_one_word() {
        let list = |words: &str| {
            let mut list = WordList::default();
            list.add_words(words);
            list
        };
        assert_eq!(list("Thuỷ lợi\nkỹ  thuật\nnước\nkinh tế-xã hội"), list("kĩ thuật\nthủy lợi"));
    }

    #[test]
    fn what_is_written_is_read_and_damage_is_seen() {
        let mut list = WordList::default();
        list.add_words("an ninh\nan ninh mạng\nđịa lí");
        let mut bytes = Vec::new();
        Lexicon::compile(&list).expect("few syllables").write(&mut bytes);
        let read = |bytes: &[u8]| Lexicon::read(&mut Reader::new(bytes), 1);
        assert_eq!(find(read(&bytes).expect("just written").view(View::Spelt), "an ninh mạng").words, 0b1100);
        for cut in 0..bytes.len() {
            assert!(read(&bytes[..cut]).is_err());
        }
        for at in 0..bytes.len() {
            // Whatever a byte becomes, looking something up does not panic.
            for byte in [0, 1, 0x7f, 0xff] {
                let mut damaged = bytes.clone();
                damaged[at] = byte;
                if let Ok(lexicon) = read(&damaged) {
                    find(lexicon.view(View::Spelt), "an ninh mạng");
                    find(lexicon.view(View::Folded), "dia li");
                }
            }
        }
    }
}
