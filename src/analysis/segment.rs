//! Items of one sentence → words: the longest word of the lexicon, and runs of capitals as names.
//!
//! Input → output: a text → its words, handed to a sink sentence by sentence. Case is asked only where a sentence's
//! case carries information. Ranking uses the words; which article matches never depends on them.

use super::item::{Capitals, Gap, Glue, Item};
use super::lexicon::View;
use super::part::Parts;
use std::ops::Range;

/// Sentences are cut here, so that the buffer is bounded on any input.
const MAX_SENTENCE_ITEMS: usize = 2_048;

/// A name of more capitalised syllables is not one.
const MAX_NAME_ITEMS: usize = 8;

/// Family names (*họ*) as terms: what a personal name at the start of a sentence begins with.
///
/// Source: the common family names of the Kinh; those that are mostly another word there (Từ, La, Do) are left out.
const FAMILY_NAMES: [&str; 48] = [
    "bùi", "bế", "cao", "chu", "châu", "diệp", "doãn", "dương", "hoàng", "huỳnh", "hà", "hồ", "khuất", "kiều", "lâm", "lê", "lí", "lưu",
    "lương", "mai", "nghiêm", "nguyễn", "ngô", "nông", "phan", "phùng", "phạm", "quách", "thái", "triệu", "trương", "trần", "trịnh", "tô",
    "tôn", "tạ", "tống", "viên", "vi", "võ", "văn", "vũ", "vương", "đinh", "đoàn", "đàm", "đào", "đặng",
];

/// The buffer for one sentence.
#[derive(Debug, Default)]
pub(super) struct Sentence {
    /// What stands in it.
    pub items: Vec<Item>,
    /// The items' terms, one space between.
    pub terms: String,
}

impl Sentence {
    fn clear(&mut self) {
        self.items.clear();
        self.terms.clear();
    }
}

/// Whether capitals may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// Where the sentence's case carries information.
    Asked,
    /// Never: a query finds the same however it is capitalised.
    Ignored,
}

/// Hands the words of a text to `sink`: the items of the word, and the buffer that holds their terms.
pub(super) fn each_word(text: &str, view: &View, case: Case, sentence: &mut Sentence, mut sink: impl FnMut(&[Item], &Sentence)) {
    sentence.clear();
    let mut glue = Glue::new();
    let mut end = None;
    for (position, part) in Parts::of(text).enumerate() {
        let joins = glue.joins(text, &part);
        glue.add(text, &part, !joins);
        let part_end = part.end;
        if joins {
            sentence.extend_item(text, part);
        } else {
            let gap = end.map_or(Gap::SentenceEnd, |end| gap(text, end, part.start));
            if gap == Gap::SentenceEnd || sentence.items.len() >= MAX_SENTENCE_ITEMS {
                flush(sentence, view, case, &mut sink);
            }
            sentence.begin_item(text, part, u32::try_from(position).unwrap_or(u32::MAX), gap, view);
        }
        end = Some(part_end);
    }
    flush(sentence, view, case, &mut sink);
}

fn flush(sentence: &mut Sentence, view: &View, case: Case, sink: &mut impl FnMut(&[Item], &Sentence)) {
    let cutter = Cutter { items: &sentence.items, terms: &sentence.terms, view, case: case == Case::Asked && case_tells(&sentence.items) };
    let mut at = 0;
    while at < sentence.items.len() {
        let length = cutter.word_at(at);
        sink(&sentence.items[at..at + length], sentence);
        at += length;
    }
    sentence.clear();
}

/// Whether capitals mean something: at least three of ten words begin with a small letter.
///
/// In a headline in capitals none does, in Title Case a few particles do.
fn case_tells(items: &[Item]) -> bool {
    let small = items.iter().filter(|item| item.capitals == Capitals::Lower).count();
    let capital = items.iter().filter(|item| matches!(item.capitals, Capitals::First | Capitals::All)).count();
    small * 10 >= (small + capital) * 3
}

/// Cuts one sentence.
struct Cutter<'a> {
    items: &'a [Item],
    terms: &'a str,
    view: &'a View,
    case: bool,
}

impl Cutter<'_> {
    /// Number of items of the word that begins at an item; at least 1.
    fn word_at(&self, at: usize) -> usize {
        let name = if self.case && self.items[at].capitals == Capitals::First { self.name_at(at) } else { 0 };
        if name > 1 { name } else { self.lexicon_word_at(at).max(1) }
    }

    /// Number of items of the lexicon's longest word; 0 if none begins here.
    ///
    /// A word that begins small does not end in a name: `anh Vũ` is no `anh vũ`.
    fn lexicon_word_at(&self, at: usize) -> usize {
        let small = self.case && self.items[at].capitals == Capitals::Lower;
        let rest = self.items[at + 1..]
            .iter()
            .take_while(|item| matches!(item.gap, Gap::Space | Gap::LineEnd) && !(small && item.capitals == Capitals::First));
        self.view.longest(std::iter::once(&self.items[at]).chain(rest).map(|item| item.syllable))
    }

    /// Number of items of the name that begins here; 0 or 1 if none does.
    fn name_at(&self, at: usize) -> usize {
        let rest = self.items[at + 1..].iter().take(MAX_NAME_ITEMS - 1);
        let run = 1 + rest.take_while(|item| item.gap == Gap::Space && item.capitals == Capitals::First).count();
        if run < 2 {
            return run;
        }
        let family = FAMILY_NAMES.contains(&&self.terms[self.items[at].term.clone()]);
        let opens = matches!(self.items[at].gap, Gap::Opening | Gap::SentenceEnd | Gap::LineEnd);
        if !family && (opens || self.lexicon_word_at(at) > 0) {
            return 0;
        }
        // The name ends where a word of the lexicon begins that reaches beyond the capitals ("Bộ Thông tin"), or, if no
        // family name leads, where any does ("Hội Nhà báo Việt Nam").
        let is_other = |&inside: &usize| {
            let word = self.lexicon_word_at(inside);
            word > 0 && (!family || inside + word > at + run)
        };
        (at + 1..at + run).find(is_other).unwrap_or(at + run) - at
    }
}

/// What stands between two items.
fn gap(text: &str, from: usize, to: usize) -> Gap {
    let between = &text[from..to];
    match between {
        " " => return Gap::Space,
        "\n" => return Gap::LineEnd,
        ", " => return Gap::Punctuation,
        _ => {}
    }
    let mut letters = between.chars();
    if let (Some(only), None) = (letters.next(), letters.next())
        && only.is_whitespace()
    {
        return Gap::Space;
    }
    if between.contains('\n') || ends_sentence(text, from, between) {
        return Gap::SentenceEnd;
    }
    let opens = |mark: char| matches!(mark, '.' | '?' | '!' | '…' | ':' | '"' | '“' | '«' | '–' | '—' | '-' | '*' | '•');
    if between.contains(opens) { Gap::Opening } else { Gap::Punctuation }
}

fn ends_sentence(text: &str, from: usize, between: &str) -> bool {
    match between.find(['.', '!', '?', '…']) {
        None => false,
        Some(0) if between.starts_with(". ") => !is_abbreviation(last_letters(text, from)),
        Some(at) => between[at..].contains(char::is_whitespace),
    }
}

/// The letters that a text ends with at a place; at most five of them.
pub(super) fn last_letters(text: &str, end: usize) -> &str {
    let mut start = end;
    for (at, letter) in text[..end].char_indices().rev().take(5) {
        if !letter.is_alphanumeric() {
            break;
        }
        start = at;
    }
    &text[start..end]
}

/// Short forms that are written with a full stop which ends no sentence.
const ABBREVIATIONS: [&str; 9] = ["tp", "tx", "gs", "pgs", "ts", "ths", "bs", "ks", "nxb"];

/// Whether a full stop after these letters belongs to them: `TP.`, `Q.`, `GS.`
pub(super) fn is_abbreviation(letters: &str) -> bool {
    let mut each = letters.chars();
    match (each.next(), each.next()) {
        (Some(letter), None) => letter.is_alphabetic(),
        _ => ABBREVIATIONS.iter().any(|short| letters.eq_ignore_ascii_case(short)),
    }
}

/// The span of a word.
pub(super) fn span(word: &[Item]) -> Range<usize> {
    word.first().map_or(0, |item| item.span.start)..word.last().map_or(0, |item| item.span.end)
}

/// The term of a word: the terms of its items, one space between.
pub(super) fn term<'a>(word: &[Item], sentence: &'a Sentence) -> &'a str {
    &sentence.terms[word.first().map_or(0, |item| item.term.start)..word.last().map_or(0, |item| item.term.end)]
}
