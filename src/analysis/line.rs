//! A line → the same line segmented: tokens by single spaces, syllables of a word joined by `_`.
//!
//! For people and for scoring; the index uses the streams. Changes no character: without white space and underscores
//! the output is the input.

use super::segment::Cut;
use super::{Analyzer, Stream, Tokens, sentence};
use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class, is_nfc};
use unicode_segmentation::UnicodeSegmentation;

/// See [`Analyzer::segment_line`].
pub(super) fn segment_line(analyzer: &Analyzer, line: &str) -> String {
    if is_nfc(line) {
        return write(analyzer, line, |at| at, line);
    }
    // Cut the composed line, write the line as it came.
    let (mut composed, mut places) = (String::new(), Vec::new());
    let mut start = 0;
    for end in cluster_ends(line) {
        let from = composed.len();
        composed.extend(line[start..end].nfc());
        places.resize(composed.len(), start);
        places[from..].fill(start);
        start = end;
    }
    places.push(line.len());
    write(analyzer, &composed, |at| places[at], line)
}

/// Where the clusters of a letter and its marks end.
fn cluster_ends(line: &str) -> impl Iterator<Item = usize> {
    line.char_indices().skip(1).filter(|&(_, letter)| canonical_combining_class(letter) == 0).map(|(at, _)| at).chain([line.len()])
}

/// A longer line is running text.
const MAX_SHORT_WORDS: usize = 6;

/// Whether a line is what people type to look something up, or put above a column: a few words without a mark. Terms
/// stay whole in it.
fn is_short(line: &str) -> bool {
    let typed = |letter: char| letter.is_whitespace() || letter.is_alphanumeric();
    line.chars().all(typed) && line.split_whitespace().count() <= MAX_SHORT_WORDS
}

/// Writes `line` in tokens; `text` is what is cut, `place` leads from its offsets to those of `line`.
fn write(analyzer: &Analyzer, text: &str, place: impl Fn(usize) -> usize, line: &str) -> String {
    let mut out = String::with_capacity(line.len() + line.len() / 4);
    let mut tokens = Tokens::default();
    let mut end = 0;
    match is_short(text) {
        true => analyzer.analyze_running(text, &mut tokens, Cut::join_terms),
        false => analyzer.analyze(text, &mut tokens),
    }
    for word in tokens.of(Stream::Word) {
        write_punctuation(&text[end..word.start], &line[place(end)..place(word.start)], &text[..end], false, &mut out);
        if !out.is_empty() {
            out.push(' ');
        }
        for (number, written) in line[place(word.start)..place(word.end)].split_whitespace().enumerate() {
            if number > 0 {
                out.push('_');
            }
            out.push_str(written);
        }
        end = word.end;
    }
    write_punctuation(&text[end..], &line[place(end)..], &text[..end], true, &mut out);
    out
}

/// Writes what stands between two words: each mark a token, but `...` one, `%` and the full stop of `TP.` with their word.
fn write_punctuation(composed: &str, written: &str, before: &str, last: bool, out: &mut String) {
    if composed == " " {
        return;
    }
    let letters = sentence::last_letters(before, before.len());
    let attached = match composed.as_bytes().first() {
        Some(b'%') => letters.ends_with(|letter: char| letter.is_ascii_digit()),
        Some(b'.') => {
            let ends_line = last && composed.trim_end() == ".";
            let is_ellipsis = composed.starts_with("..");
            !ends_line && !is_ellipsis && sentence::is_abbreviation(letters)
        }
        _ => false,
    };
    let mut previous = "";
    for (at, mark) in written.grapheme_indices(true) {
        if !mark.chars().all(char::is_whitespace) {
            let joins = (at == 0 && attached) || (mark == "." && previous == ".");
            if !joins && !out.is_empty() {
                out.push(' ');
            }
            out.push_str(mark);
        }
        previous = mark;
    }
}
