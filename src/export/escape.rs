//! Text and values → what a line, a cell or an address can hold, whatever stands in them.
//!
//! Other programs see line ends where JSON and CSV see none; a record has to stay one line for them too. Nothing here knows of
//! articles, or of the formats that have an escape of their own (see there).

use crate::text::compose;
use serde::Serialize;
use std::borrow::Cow;

/// Line ends that other programs see and JSON does not: escaped, so that one record stays one line.
fn is_hidden_line_end(letter: char) -> bool {
    matches!(letter, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{7f}')
}

/// Writes the line ends that JSON leaves as they are as it escapes others (`\u2028`); takes JSON, gives JSON of the same value.
pub fn escape_json(json: &str) -> String {
    // These only stand inside strings, where an escape means the same.
    escape(json, is_hidden_line_end).into_owned()
}

/// Writes control characters and line ends that split rows as JSON escapes them (`\u2028`); for CSV cells.
pub fn escape_cell(cell: &str) -> Cow<'_, str> {
    escape(cell, |letter| is_hidden_line_end(letter) || letter.is_control())
}

fn escape(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if is_escaped(letter) {
            escaped.push_str(&format!("\\u{:04x}", u32::from(letter)));
        } else {
            escaped.push(letter);
        }
    }
    Cow::Owned(escaped)
}

/// What a spreadsheet takes for a formula, as text: with an apostrophe before it, which it does not show.
///
/// After OWASP, "CSV Injection": a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return, or with the wide forms of these signs.
pub(super) fn neutralised(cell: &str) -> Cow<'_, str> {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        true => Cow::Owned(format!("'{cell}")),
        false => Cow::Borrowed(cell),
    }
}

/// A value of the contract as one line of JSON, without a line end.
pub fn json_line(value: &impl Serialize) -> String {
    escape_json(&serde_json::to_string(value).expect("values of the contract have text keys only, so they always serialise"))
}

/// A text on one line: composed, so without control characters and marks that turn the writing direction; its spelling stays.
pub(super) fn one_line(text: &str) -> String {
    compose(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An address whose letters all show: what splits lines or turns the writing direction is written in percents, which means the same.
pub(super) fn address(url: &str) -> String {
    // Not composed: another code point is another address.
    percent_encode(url, |letter| compose(letter.encode_utf8(&mut [0; 4])).is_empty())
}

/// Writes some letters as the bytes of their UTF-8 in percents: `{` as `%7B`.
pub(super) fn percent_encode(url: &str, is_encoded: impl Fn(char) -> bool) -> String {
    let mut encoded = String::with_capacity(url.len());
    for letter in url.chars() {
        if is_encoded(letter) {
            letter.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| encoded.push_str(&format!("%{byte:02X}")));
        } else {
            encoded.push(letter);
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_record_stays_one_line() {
        assert_eq!(escape_json("{\"a\":\"x\u{2028}y\u{85}z\"}"), "{\"a\":\"x\\u2028y\\u0085z\"}");
        assert_eq!(json_line(&["x\u{2028}y\n"]), "[\"x\\u2028y\\n\"]");
        assert_eq!(escape_cell("một\nhai\u{2029}ba\u{1b}"), "một\\u000ahai\\u2029ba\\u001b");
        assert_eq!(escape_cell("chuyển đổi số"), "chuyển đổi số");
    }

    #[test]
    fn a_text_comes_on_one_line_and_an_address_stays_what_it_is() {
        let cases = [
            ("plain", "chuyển đổi số", "chuyển đổi số"),
            ("line ends", "một\r\n\r\nhai\u{2028}ba", "một hai ba"),
            ("control characters", "một\u{1b}\0hai", "một hai"),
            ("direction marks", "\u{202e}một\u{202c} hai\u{200f}", "một hai"),
            ("white space alone", " \n\u{a0}", ""),
        ];
        for (name, text, expected) in cases {
            assert_eq!(one_line(text), expected, "{name}");
        }
        let cases = [
            ("plain", "https://a.example/x?y=1&z=%20_~", "https://a.example/x?y=1&z=%20_~"),
            ("letters not composed", "https://a.example/e\u{301}", "https://a.example/e\u{301}"),
            ("line end, direction mark", "https://a.example/\r\nER  -\u{202e}", "https://a.example/%0D%0AER%20%20-%E2%80%AE"),
        ];
        for (name, url, expected) in cases {
            assert_eq!(address(url), expected, "{name}");
        }
    }
}
