//! All terms of a dictionary that are one without diacritics, without a second dictionary.
//!
//! Input → output: an automaton over folded text → one over the text itself, which walks the dictionary's letters and sees each folded.
//! So a search for folded text looks only at what can match. Knows nothing of fields.

use crate::text::fold_letter;
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
            Ok(letters) => {
                let mut inner = inner;
                let mut accept = |folded: char| {
                    inner = folded.encode_utf8(&mut [0; 4]).bytes().fold(inner, |inner, byte| self.0.accept(&inner, byte));
                };
                letters.chars().for_each(|letter| fold_letter(letter, &mut accept));
                State { inner: Some(inner), letter: [0; 4], bytes: 0 }
            }
            Err(_) if usize::from(next.bytes) < next.letter.len() => next,
            Err(_) => State { inner: None, ..next },
        }
    }
}

/// What begins with a text.
#[derive(Clone, Copy)]
pub struct Beginning<'a>(pub &'a str);

impl Automaton for Beginning<'_> {
    /// Bytes that are as they should be; none once one is not.
    type State = Option<usize>;

    fn start(&self) -> Option<usize> {
        Some(0)
    }

    fn is_match(&self, state: &Option<usize>) -> bool {
        *state == Some(self.0.len())
    }

    fn can_match(&self, state: &Option<usize>) -> bool {
        state.is_some()
    }

    fn accept(&self, state: &Option<usize>, byte: u8) -> Option<usize> {
        match (*state)? {
            at if at == self.0.len() => Some(at),
            at => (self.0.as_bytes().get(at) == Some(&byte)).then_some(at + 1),
        }
    }
}

/// Any of some texts, letter for letter: one walk finds them all, however many they are.
#[derive(Clone)]
pub struct AnyOf<'a> {
    sorted: Vec<&'a str>,
}

impl<'a> AnyOf<'a> {
    /// Texts in any order.
    pub fn these(texts: impl IntoIterator<Item = &'a str>) -> AnyOf<'a> {
        let mut sorted: Vec<&str> = texts.into_iter().collect();
        sorted.sort_unstable();
        AnyOf { sorted }
    }
}

impl Automaton for AnyOf<'_> {
    /// The texts that begin with what was seen, by their numbers, and how many bytes that were; none where there is no such text.
    type State = Option<(u32, u32, u32)>;

    fn start(&self) -> Self::State {
        (!self.sorted.is_empty()).then_some((0, self.sorted.len() as u32, 0))
    }

    fn is_match(&self, state: &Self::State) -> bool {
        // Of those that begin alike, the shortest stands first.
        state.is_some_and(|(first, _, bytes)| self.sorted[first as usize].len() == bytes as usize)
    }

    fn can_match(&self, state: &Self::State) -> bool {
        state.is_some()
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        let (first, end, bytes) = (*state)?;
        let texts = &self.sorted[first as usize..end as usize];
        let next = |text: &&str| text.as_bytes().get(bytes as usize).copied();
        let from = first + texts.partition_point(|text| next(text) < Some(byte)) as u32;
        let to = first + texts.partition_point(|text| next(text) <= Some(byte)) as u32;
        (from < to).then_some((from, to, bytes + 1))
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
            assert_eq!(accepts(Folding(AnyOf::these([folded])), text), expected, "{folded} {text}");
        }
        assert!(accepts(Folding(Beginning("chuy")), "chuyển"));
        assert!(!accepts(Folding(Beginning("chuy")), "chúng"));
    }

    #[test]
    fn any_of_some_texts_is_found_and_nothing_else() {
        let texts = ["tra", "thanh", "t", "than", "thanh"];
        for (text, expected) in [("t", true), ("th", false), ("thân", true), ("thanh", true), ("thanht", false), ("trà", true), ("", false)]
        {
            assert_eq!(accepts(Folding(AnyOf::these(texts)), text), expected, "{text}");
        }
        assert!(!accepts(AnyOf::these([]), ""));
    }
}
