//! The contract of every token stream, checked in one function for all of them.

use super::{Analyzer, MAX_TERM_BYTES, Stream, Tokens};
use std::ops::Range;

/// Checks the three streams of a text, each alone and against the others.
pub(super) fn check(analyzer: &Analyzer, text: &str) {
    let [syllables, folded, words] = Stream::ALL.map(|stream| check_stream(analyzer, stream, text));
    assert_eq!(syllables, folded, "syllable and folded stand at other places: {text:?}");
    assert!(syllables.iter().all(|(_, _, length)| *length == 1));

    let mut next = 0;
    for (span, position, length) in words {
        assert_eq!(position, next, "words cover every part once: {text:?}");
        let covered = &syllables[position as usize..(position + length) as usize];
        assert_eq!((covered[0].0.start, covered[covered.len() - 1].0.end), (span.start, span.end), "{text:?}");
        next = position + length;
    }
    assert_eq!(next as usize, syllables.len(), "{text:?}");

    let query: Vec<Range<usize>> = analyzer.words(text).into_iter().flat_map(|word| word.syllables).collect();
    assert_eq!(query, syllables.into_iter().map(|(span, ..)| span).collect::<Vec<_>>(), "{text:?}");

    let letters = |text: &str| text.chars().filter(|letter| !letter.is_whitespace() && *letter != '_').collect::<String>();
    let segmented = analyzer.segment_line(text);
    assert_eq!(letters(&segmented), letters(text), "segment_line changed a character");
}

fn check_stream(analyzer: &Analyzer, stream: Stream, text: &str) -> Vec<(Range<usize>, u32, u32)> {
    let mut tokens = Tokens::default();
    analyzer.analyze(stream, "what the buffer held before", &mut tokens);
    analyzer.analyze(stream, text, &mut tokens);
    assert_eq!((tokens.len(), tokens.is_empty()), (tokens.iter().count(), tokens.iter().next().is_none()));
    let (mut end, mut position) = (0, 0);
    for token in tokens.iter() {
        assert!(end <= token.start && token.start < token.end, "{stream:?}: spans are ordered and not empty: {text:?}");
        assert!(text.get(token.start..token.end).is_some(), "{stream:?}: spans lie in the text, on char boundaries: {text:?}");
        assert_eq!(token.position, position, "{stream:?}: positions follow one another: {text:?}");
        assert!(token.position_length > 0, "{stream:?}");
        assert!(!token.term.is_empty() && token.term.len() <= MAX_TERM_BYTES, "{stream:?}: {:?}", token.term);
        (end, position) = (token.end, token.position + token.position_length);
    }
    tokens.iter().map(|token| (token.start..token.end, token.position, token.position_length)).collect()
}
