//! Character references of letters (`&Ouml;`, `&#214;`) → those letters: old pages write their codes so.
//!
//! Other references stay for `clean`, which knows where markup ends.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Longest name with a meaning here (`&#x00F4;` with zeros before it).
const LONGEST_NAME: usize = 8;

/// The names of the codes of Latin-1.
static NAMES: LazyLock<HashMap<&str, char>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let (name, code) = line.split_once('\t')?;
        Some((name, char::from_u32(u32::from_str_radix(code, 16).ok()?)?))
    };
    include_str!("../../clean/entities.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(row).collect()
});

/// A text with its references of letters resolved.
pub fn resolved(text: &str) -> Cow<'_, str> {
    let Some(first) = text.match_indices('&').map(|(at, _)| at).find(|&at| reference(&text[at..]).is_some()) else {
        return Cow::Borrowed(text);
    };
    let mut whole = String::with_capacity(text.len());
    whole.push_str(&text[..first]);
    let mut rest = &text[first..];
    while !rest.is_empty() {
        if let Some((letter, length)) = reference(rest) {
            whole.push(letter);
            rest = &rest[length..];
        } else {
            let next = rest.match_indices('&').map(|(at, _)| at).find(|&at| at > 0).unwrap_or(rest.len());
            whole.push_str(&rest[..next]);
            rest = &rest[next..];
        }
    }
    Cow::Owned(whole)
}

/// The letter of the reference that a text begins with, and the reference's length.
fn reference(text: &str) -> Option<(char, usize)> {
    let after = text.strip_prefix('&')?;
    let end = after.bytes().take(LONGEST_NAME + 1).position(|byte| byte == b';')?;
    let name = &after[..end];
    let letter = match name.strip_prefix('#') {
        None => NAMES.get(name).copied()?,
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(digits) => char::from_u32(u32::from_str_radix(digits, 16).ok()?)?,
            None => char::from_u32(number.parse().ok()?)?,
        },
    };
    // A no-break space and what is ASCII mean something to the page.
    (letter > '\u{A0}').then_some((letter, end + 2))
}
