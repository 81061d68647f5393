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

    for stream in Stream::SPARSE {
        let dense = if stream == Stream::Capitals { Stream::Syllable } else { Stream::Folded };
        check_sparse(analyzer, stream, dense, text);
    }

    let query: Vec<Range<usize>> = analyzer.words(text).into_iter().flat_map(|word| word.syllables).collect();
    assert_eq!(query, syllables.into_iter().map(|(span, ..)| span).collect::<Vec<_>>(), "{text:?}");

    let letters = |text: &str| text.chars().filter(|letter| !letter.is_whitespace() && *letter != '_').collect::<String>();
    let segmented = analyzer.segment_line(text);
    assert_eq!(letters(&segmented), letters(text), "segment_line changed a character");
}

fn check_stream(analyzer: &Analyzer, stream: Stream, text: &str) -> Vec<(Range<usize>, u32, u32)> {
    let mut tokens = Tokens::default();
    analyzer.analyze("What the buffer held before, UBND and all", &mut tokens);
    analyzer.analyze(text, &mut tokens);
    assert_eq!(tokens.len(stream), tokens.of(stream).count());
    let (mut end, mut position) = (0, 0);
    for token in tokens.of(stream) {
        assert!(end <= token.start && token.start < token.end, "{stream:?}: spans are ordered and not empty: {text:?}");
        assert!(text.get(token.start..token.end).is_some(), "{stream:?}: spans lie in the text, on char boundaries: {text:?}");
        assert_eq!(token.position, position, "{stream:?}: positions follow one another: {text:?}");
        assert!(token.position_length > 0, "{stream:?}");
        assert!(!token.term.is_empty() && token.term.len() <= MAX_TERM_BYTES, "{stream:?}: {:?}", token.term);
        (end, position) = (token.end, token.position + token.position_length);
    }
    tokens.of(stream).map(|token| (token.start..token.end, token.position, token.position_length)).collect()
}

/// A sparse stream holds some tokens of a dense one, in order; without sentences the streams of parts are the same.
fn check_sparse(analyzer: &Analyzer, sparse: Stream, dense: Stream, text: &str) {
    let (mut tokens, mut parts) = (Tokens::default(), Tokens::default());
    analyzer.analyze(text, &mut tokens);
    analyzer.parts(text, &mut parts);
    let mut next = 0;
    for token in tokens.of(sparse) {
        assert!(token.position >= next, "{sparse:?}: {text:?}");
        assert_eq!(token, tokens.get(dense, token.position as usize), "{sparse:?}: {text:?}");
        next = token.position + 1;
    }
    for stream in [dense, Stream::Undiacritic] {
        assert!(tokens.of(stream).eq(parts.of(stream)), "{stream:?}: {text:?}");
    }
}
