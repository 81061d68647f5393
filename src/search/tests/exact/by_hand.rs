//! What stands letter for letter in a text, by trying: what `--exact` is held against.

use super::is_part_letter;

/// Whether a text holds what was typed letter for letter, tried wherever its first letter stands.
pub fn holds(typed: &str, text: &str) -> bool {
    let fits = |typed: char, letter: char| typed == letter || !typed.is_uppercase() && letter.to_lowercase().eq([typed]);
    let first = typed.chars().next().unwrap();
    let mut starts = text.char_indices().filter(|&(_, letter)| fits(first, letter));
    starts.any(|(start, _)| {
        let mut rest = text[start..].chars().peekable();
        for letter in typed.chars() {
            match rest.next() {
                Some(next) if letter == ' ' && next.is_whitespace() => while rest.next_if(|next| next.is_whitespace()).is_some() {},
                Some(next) if fits(letter, next) => {}
                _ => return false,
            }
        }
        !text[..start].chars().next_back().is_some_and(is_part_letter) && !rest.next().is_some_and(is_part_letter)
    })
}
