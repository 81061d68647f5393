//! All terms of a dictionary that are one without diacritics, without a second dictionary.
//!
//! Input → output: an automaton over folded text → one over the text itself, which walks the dictionary's letters and sees each folded.
//! So a search for folded text looks only at what can match. Knows nothing of fields.

use crate::text::fold_into;
use tantivy_fst::Automaton;

/// Accepts what an automaton accepts once it is folded.
pub struct Folding<A>(pub A);

/// Where the automaton stands, and the bytes of a letter that has begun.
#[derive(Clone, Copy)]
pub struct State<S> {
    /// None once nothing can match.
    inner: Option<S>,
    letter: [u8; 4],
    bytes: u8,
}

impl<A: Automaton> Automaton for Folding<A>
where
    A::State: Copy,
{
    type State = State<A::State>;

    fn start(&self) -> Self::State {
        State { inner: Some(self.0.start()), letter: [0; 4], bytes: 0 }
    }

    fn is_match(&self, state: &Self::State) -> bool {
        state.bytes == 0 && state.inner.is_some_and(|inner| self.0.is_match(&inner))
    }

    fn can_match(&self, state: &Self::State) -> bool {
        state.inner.is_some_and(|inner| self.0.can_match(&inner))
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        let Some(inner) = state.inner else { return *state };
        if state.bytes == 0 && byte.is_ascii() {
            return State { inner: Some(self.0.accept(&inner, byte.to_ascii_lowercase())), ..*state };
        }
        let mut next = *state;
        next.letter[usize::from(state.bytes)] = byte;
        next.bytes += 1;
        match std::str::from_utf8(&next.letter[..usize::from(next.bytes)]) {
            Ok(letter) => {
                let mut folded = String::new();
                fold_into(letter, &mut folded);
                let inner = folded.bytes().fold(inner, |inner, byte| self.0.accept(&inner, byte));
                State { inner: Some(inner), letter: [0; 4], bytes: 0 }
            }
            Err(_) if usize::from(next.bytes) < next.letter.len() => next,
            Err(_) => State { inner: None, ..next },
        }
    }
}

/// A text, letter for letter, or what begins so.
#[derive(Clone, Copy)]
pub struct Exactly<'a> {
    text: &'a [u8],
    is_beginning: bool,
}

impl<'a> Exactly<'a> {
    /// The text.
    pub fn the(text: &'a str) -> Exactly<'a> {
        Exactly { text: text.as_bytes(), is_beginning: false }
    }

    /// What begins with the text.
    pub fn beginning(text: &'a str) -> Exactly<'a> {
        Exactly { text: text.as_bytes(), is_beginning: true }
    }
}

impl Automaton for Exactly<'_> {
    /// Bytes that are as they should be; none once one is not.
    type State = Option<usize>;

    fn start(&self) -> Option<usize> {
        Some(0)
    }

    fn is_match(&self, state: &Option<usize>) -> bool {
        *state == Some(self.text.len())
    }

    fn can_match(&self, state: &Option<usize>) -> bool {
        state.is_some()
    }

    fn accept(&self, state: &Option<usize>, byte: u8) -> Option<usize> {
        match (*state)? {
            at if at == self.text.len() && self.is_beginning => Some(at),
            at => (self.text.get(at) == Some(&byte)).then_some(at + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(automaton: impl Automaton, text: &str) -> bool {
        let end = text.bytes().fold(automaton.start(), |state, byte| automaton.accept(&state, byte));
        automaton.is_match(&end)
    }

    #[test]
    fn a_text_is_seen_without_its_diacritics() {
        for (folded, text, expected) in [
            ("duong", "đường", true),
            ("duong", "duong", true),
            ("duong", "đườn", false),
            ("duong", "đường1", false),
            ("cafe", "café", true),
            ("tô", "to", false),
            ("", "", true),
        ] {
            assert_eq!(accepts(Folding(Exactly::the(folded)), text), expected, "{folded} {text}");
        }
        assert!(accepts(Folding(Exactly::beginning("chuy")), "chuyển"));
        assert!(!accepts(Folding(Exactly::beginning("chuy")), "chúng"));
    }
}
