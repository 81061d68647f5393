//! What has to stand in a text letter for letter: `=hoà` is not `hòa`, `57-NQ/TW` not `57 NQ TW`.
//!
//! Input → output: a piece of a query as typed and a composed text → the places where it stands, at word borders. A small
//! letter typed stands for either case, a capital for itself; white space for white space of any length; every other sign
//! for itself. Linear in the text, whatever stands in it. Knows nothing of terms or an index.

use crate::text::is_part_letter;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// So many of the first letters are looked for to begin with, which is much faster than letter by letter.
const ANCHOR_LETTERS: usize = 4;

/// See the module.
#[derive(Clone, Debug)]
pub(super) struct Spelling {
    /// As typed, with one space for white space.
    typed: Vec<char>,
    /// The same in small letters.
    small: Vec<char>,
    /// Where a capital was typed.
    capitals: Vec<usize>,
    /// How much of the beginning is still matched where the letter after so many does not fit (Knuth, Morris, Pratt).
    fallback: Vec<usize>,
    /// The first letters, in every case that they may have; none where that is not known. Made when it is first needed.
    anchor: Arc<OnceLock<Option<AhoCorasick>>>,
}

impl PartialEq for Spelling {
    fn eq(&self, other: &Spelling) -> bool {
        self.typed == other.typed
    }
}

impl Spelling {
    /// Composed text, from its first letter or digit to its last; `None` if it has none.
    pub fn of(text: &str) -> Option<Spelling> {
        let text = text.trim_matches(|letter| !is_part_letter(letter));
        let mut typed: Vec<char> = Vec::with_capacity(text.len());
        for letter in text.chars().map(plain_space) {
            if letter != ' ' || typed.last() != Some(&' ') {
                typed.push(letter);
            }
        }
        let small: Vec<char> = typed.iter().copied().map(small).collect();
        let capitals = (0..typed.len()).filter(|&at| typed[at] != small[at]).collect();
        let mut fallback = vec![0; small.len()];
        for at in 1..small.len() {
            let mut matched: usize = fallback[at - 1];
            while matched > 0 && small[matched] != small[at] {
                matched = fallback[matched - 1];
            }
            fallback[at] = matched + usize::from(small[matched] == small[at]);
        }
        (!typed.is_empty()).then_some(Spelling { typed, small, capitals, fallback, anchor: Arc::default() })
    }

    /// Its runs of letters and digits, each by itself.
    pub fn pieces(&self) -> Vec<Spelling> {
        let runs = self.typed.split(|&letter| !is_part_letter(letter));
        runs.filter_map(|run| Spelling::of(&run.iter().collect::<String>())).collect()
    }

    /// Whether it may stand in a text, or in what holds one: quick, and `false` is certain.
    pub fn may_stand_in(&self, bytes: &[u8]) -> bool {
        self.anchor().is_none_or(|anchor| anchor.is_match(bytes))
    }

    fn anchor(&self) -> Option<&AhoCorasick> {
        let build = || {
            let letters = self.typed.iter().take(ANCHOR_LETTERS).copied().take_while(|&letter| has_two_cases(letter));
            let spelt = letters.fold(vec![String::new()], |heads, letter| {
                let cases = [letter, letter.to_uppercase().next().unwrap_or(letter)];
                let cases = if cases[0] == cases[1] { &cases[..1] } else { &cases[..] };
                heads.iter().flat_map(|head| cases.iter().map(move |case| format!("{head}{case}"))).collect()
            });
            let anchor = || AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(&spelt).ok();
            (!spelt[0].is_empty()).then(anchor).flatten()
        };
        self.anchor.get_or_init(build).as_ref()
    }

    /// Where it may begin next: not before a place.
    fn next_anchor(&self, text: &str, from: usize) -> usize {
        match self.anchor() {
            Some(anchor) => anchor.find(&text.as_bytes()[from..]).map_or(text.len(), |found| from + found.start()),
            None => from,
        }
    }

    /// Whether it stands in a text.
    pub fn stands_in(&self, text: &str) -> bool {
        self.places(text).next().is_some()
    }

    /// The places where it stands, in bytes, in order; they may overlap.
    pub fn places<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut at = self.next_anchor(text, 0);
        // The last letters, as many as are looked for, and where they begin.
        let mut window: VecDeque<(usize, char)> = VecDeque::with_capacity(self.typed.len() + 1);
        let mut matched = 0;
        std::iter::from_fn(move || {
            loop {
                let written = text[at..].chars().next()?;
                let (letter, start) = (plain_space(written), at);
                at += written.len_utf8();
                if letter == ' ' && window.back().is_some_and(|last| last.1 == ' ') {
                    continue;
                }
                if window.len() == self.typed.len() {
                    window.pop_front();
                }
                window.push_back((start, letter));
                matched = self.matched_with(matched, letter);
                if matched == 0 {
                    // It begins nowhere in what was read.
                    window.clear();
                    at = self.next_anchor(text, at);
                } else if matched == self.typed.len() {
                    let place = window[0].0..at;
                    if self.capitals.iter().all(|&capital| window[capital].1 == self.typed[capital]) && is_bordered(text, &place) {
                        return Some(place);
                    }
                }
            }
        })
    }

    /// How much of the beginning is matched once another letter was read.
    fn matched_with(&self, mut matched: usize, letter: char) -> usize {
        let letter = small(letter);
        if matched == self.small.len() {
            matched = self.fallback[matched - 1];
        }
        while matched > 0 && self.small[matched] != letter {
            matched = self.fallback[matched - 1];
        }
        matched + usize::from(self.small[matched] == letter)
    }
}

/// Whether no word goes on at either end of a place.
pub(super) fn is_bordered(text: &str, place: &Range<usize>) -> bool {
    !text[..place.start].chars().next_back().is_some_and(is_part_letter) && !text[place.end..].chars().next().is_some_and(is_part_letter)
}

/// Whether a letter is known to have one small form and at most one capital, and nothing else in any case.
fn has_two_cases(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
        || matches!(letter, '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{DE}' | '\u{E0}'..='\u{F6}' | '\u{F8}'..='\u{FE}')
        || matches!(letter, 'ă' | 'Ă' | 'đ' | 'Đ' | 'ĩ' | 'Ĩ' | 'ũ' | 'Ũ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1EA0}'..='\u{1EF9}')
}

fn plain_space(letter: char) -> char {
    if letter.is_whitespace() { ' ' } else { letter }
}

/// The small letter, where it is one.
fn small(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(small), None) => small,
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_spelling_stands_where_each_letter_does() {
        for (name, typed, text, expected) in [
            ("tone placement", "hoà", "hòa HOÀ hoà", &["HOÀ", "hoà"][..]),
            ("i and y", "kỹ", "kĩ thuật, kỹ thuật", &["kỹ"]),
            ("a capital is a capital", "Hòa", "hòa HÒA Hòa", &["HÒA", "Hòa"]),
            ("each capital", "UBND", "ubnd Ubnd UBND", &["UBND"]),
            ("a small letter is either", "ubnd", "ubnd Ubnd UBND", &["ubnd", "Ubnd", "UBND"]),
            ("words end", "thanh", "thanhh xthanh thanh", &["thanh"]),
            ("look-alikes", "đắk", "Đắk Ðắk", &["Đắk"]),
            ("white space", "thanh  tra", "thanh. Tra thanh\ntra thanh\n\nTra", &["thanh\ntra", "thanh\n\nTra"]),
            ("signs", "57-NQ/TW", "57 NQ/TW, 57-nq/tw, 57-NQ/TW.", &["57-NQ/TW"]),
            ("a hyphen between spaces", "Bà Rịa - Vũng Tàu", "Bà Rịa-Vũng Tàu, Bà Rịa -\nVũng Tàu", &["Bà Rịa -\nVũng Tàu"]),
            ("what stands outside of it", " (thanh tra). ", "thanh tra", &["thanh tra"]),
            ("run together", "tôn", "TônThị Tôn", &["Tôn"]),
            ("a mark more", "a", "a\u{301}x a\u{303} a", &["a"]),
            ("places may overlap", "a b a", "a b a b a", &["a b a", "a b a"]),
            ("after one that fails", "a a", "xa a a", &["a a"]),
            ("a capital further on", "a A", "a a A", &["a A"]),
        ] {
            let spelling = Spelling::of(typed).unwrap();
            assert_eq!(spelling.places(text).map(|place| &text[place]).collect::<Vec<_>>(), expected, "{name}");
        }
        assert_eq!(Spelling::of(" -/ "), None);
        assert_eq!(Spelling::of("57-NQ/TW").unwrap().pieces(), ["57", "NQ", "TW"].map(|piece| Spelling::of(piece).unwrap()));
    }

    /// The definition, tried at every place.
    fn by_hand(typed: &str, text: &str) -> Vec<usize> {
        let typed: Vec<char> = typed.chars().collect();
        let fits = |typed: char, letter: char| typed == letter || (!typed.is_uppercase() && letter.to_lowercase().eq([typed]));
        let at = |start: usize| {
            let mut rest = text[start..].chars().peekable();
            for &letter in &typed {
                let next = rest.next()?;
                if letter == ' ' && next.is_whitespace() {
                    while rest.next_if(|next| next.is_whitespace()).is_some() {}
                } else if !fits(letter, next) {
                    return None;
                }
            }
            let inside = |letter: Option<char>| letter.is_some_and(is_part_letter);
            (!inside(text[..start].chars().next_back()) && !inside(rest.next())).then_some(start)
        };
        text.char_indices().filter_map(|(start, _)| at(start)).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_quick_way_finds_letters_of_any_script(typed in "[a-fA-FđĐơßǆK]{1,5}", text in "[a-fA-FđĐơƠßẞǆǅǄKkİ ]{0,30}") {
            let found: Vec<usize> = Spelling::of(&typed).unwrap().places(&text).map(|place| place.start).collect();
            prop_assert_eq!(found, by_hand(&typed, &text));
        }

        #[test]
        fn the_quick_way_finds_what_trying_finds(typed in "[aAà]([ aAàÀ-]{0,4}[aÀ])?", text in "[aAàÀ \n-]{0,40}") {
            let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
            let found: Vec<usize> = Spelling::of(&typed).unwrap().places(&text).map(|place| place.start).collect();
            prop_assert_eq!(found, by_hand(&typed, &text));
        }
    }
}
