//! A long text → pieces that are looked at one after the other, so that no text is in memory as tokens all at once.
//!
//! Each piece owns the places that begin in it, and goes on a little into the next, for what lies across the cut.

use std::ops::Range;

/// A piece owns about so many bytes.
const PIECE_BYTES: usize = 16 << 10;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// What is looked at.
    pub span: Range<usize>,
    /// What begins before here belongs to the piece.
    pub owned_end: usize,
}

/// The pieces of a text, each with at least `overlap` bytes of the next; cut at line ends, else at spaces, else between letters.
pub(super) fn pieces(text: &str, overlap: usize) -> impl Iterator<Item = Piece> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= text.len() {
            return None;
        }
        let from = start;
        start = if text.len() - from <= 2 * PIECE_BYTES { text.len() } else { cut_after(text, from + PIECE_BYTES) };
        Some(Piece { span: from..cut_after(text, start.saturating_add(overlap)), owned_end: start })
    })
}

/// A good place to cut, not long after another one.
fn cut_after(text: &str, at: usize) -> usize {
    let Some(bytes) = text.as_bytes().get(at..) else { return text.len() };
    let bytes = &bytes[..bytes.len().min(PIECE_BYTES)];
    let cut = bytes.iter().position(|&byte| byte == b'\n').or_else(|| bytes.iter().position(|&byte| byte == b' '));
    text.ceil_char_boundary(at + cut.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_cover_the_text_and_end_between_letters() {
        for text in
            [String::new(), "ế".repeat(100_000), "một hai ba\n".repeat(10_000), format!("{}\n{}", "ă".repeat(20_000), "b ".repeat(30_000))]
        {
            let mut end = 0;
            for Piece { span, owned_end } in pieces(&text, 1_000) {
                assert!(span.start == end && owned_end > span.start && text.get(span.start..owned_end).is_some());
                assert!(span.end == text.len() || span.end >= owned_end + 1_000 && text.is_char_boundary(span.end));
                end = owned_end;
            }
            assert_eq!(end, text.len());
        }
    }
}
