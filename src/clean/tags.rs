//! HTML → its tags and texts, in one pass, without a tree and without recursion.
//!
//! Lenient as browsers are: a `<` that begins no tag is text, comments and declarations go, what
//! stands in scripts and styles is not text. Attributes are looked up, not collected.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Elements whose content is never markup.
pub const RAW_TEXT: [&str; 8] = ["script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes"];

/// A piece of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// Characters between tags, references not yet decoded.
    Text(&'a str),
    /// A start tag; its attributes as they stand.
    Open(&'a str, &'a str),
    /// An end tag.
    Close(&'a str),
    /// An element with its content as it stands: script, style, title …
    Raw(&'a str, &'a str, &'a str),
}

/// The tokens of a document. Names are as written; compare them with [`is_one_of`].
pub fn tokens(html: &str) -> impl Iterator<Item = Token<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = html.get(at..).filter(|rest| !rest.is_empty())?;
            let tag = tag_start(rest);
            if tag > 0 {
                at += tag;
                return Some(Token::Text(&rest[..tag]));
            }
            if let Some(comment) = rest.strip_prefix("<!--") {
                at = comment.find("-->").map_or(html.len(), |end| at + 4 + end + 3);
            } else if let Some(tag) = Tag::at(rest) {
                at += tag.length;
                match tag {
                    Tag { name: "", .. } => {}
                    Tag { closes: true, name, .. } => return Some(Token::Close(name)),
                    Tag { name, attributes, .. } if is_one_of(name, &RAW_TEXT) => {
                        let content = &html[at..];
                        let end = find_close(content, name);
                        at += end.unwrap_or(content.len());
                        return Some(Token::Raw(name, attributes, &content[..end.unwrap_or(content.len())]));
                    }
                    Tag { name, attributes, .. } => return Some(Token::Open(name, attributes)),
                }
            } else {
                // A tag without an end: nothing after it is text.
                at = html.len();
            }
        }
    })
}

/// Whether a tag's name is one of these, in any case.
pub fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// Where the first tag, comment or declaration begins; the length of the text where there is none.
fn tag_start(text: &str) -> usize {
    let bytes = text.as_bytes();
    let begins = |&at: &usize| matches!(bytes.get(at + 1), Some(b'/' | b'!' | b'?' | b'a'..=b'z' | b'A'..=b'Z'));
    text.match_indices('<').map(|(at, _)| at).find(begins).unwrap_or(text.len())
}

struct Tag<'a> {
    name: &'a str,
    attributes: &'a str,
    closes: bool,
    length: usize,
}

impl<'a> Tag<'a> {
    /// Reads the tag that `text` begins with; `None` where it has no end.
    ///
    /// A `>` within quotes does not end it, unless the quote is never closed.
    fn at(text: &'a str) -> Option<Tag<'a>> {
        let closes = text.as_bytes().get(1) == Some(&b'/');
        let name_start = 1 + usize::from(closes);
        let name_end =
            text[name_start..].find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-' && letter != ':')? + name_start;
        let end = if closes { None } else { quoted_end(&text[name_end..]) };
        let end = name_end + end.or_else(|| text[name_end..].find('>'))?;
        Some(Tag { name: &text[name_start..name_end], attributes: text[name_end..end].trim_end_matches('/'), closes, length: end + 1 })
    }
}

fn quoted_end(attributes: &str) -> Option<usize> {
    let mut quote = None;
    let mut after_equals = false;
    for (at, byte) in attributes.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            // A stray quote elsewhere (`class="a""`) opens nothing.
            (None, b'"' | b'\'') if after_equals => quote = Some(byte),
            (None, b'>') => return Some(at),
            (None, _) => {}
        }
        after_equals = byte == b'=' || (after_equals && byte.is_ascii_whitespace());
    }
    None
}

fn find_close(content: &str, name: &str) -> Option<usize> {
    content.match_indices("</").map(|(at, _)| at).find(|at| {
        let rest = &content.as_bytes()[at + 2..];
        rest.len() >= name.len() && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes())
    })
}

/// The value of an attribute, decoded; `None` where the tag has none of that name (lower case).
pub fn attribute<'a>(attributes: &'a str, wanted: &str) -> Option<Cow<'a, str>> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_ascii_whitespace() || "/\"'".contains(letter));
        if rest.is_empty() {
            return None;
        }
        // A name may begin with `=`, which keeps this loop moving.
        let mut ends = rest.char_indices().skip(1).filter(|(_, letter)| letter.is_ascii_whitespace() || matches!(letter, '=' | '/'));
        let name_end = ends.next().map_or(rest.len(), |(at, _)| at);
        let name = &rest[..name_end];
        rest = rest[name_end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|letter| matches!(letter, '"' | '\''));
            let inner = quote.map_or(after, |_| &after[1..]);
            let end = inner.find(|letter: char| quote.map_or(letter.is_ascii_whitespace(), |quote| letter == quote)).unwrap_or(inner.len());
            value = &inner[..end];
            rest = &inner[end..];
        }
        if name.eq_ignore_ascii_case(wanted) {
            return Some(decode(value));
        }
    }
}

/// The names of HTML 4, which are the ones that pages in Vietnamese use for their letters.
static ENTITIES: LazyLock<HashMap<&str, char>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let (name, code) = line.split_once('\t')?;
        Some((name, char::from_u32(u32::from_str_radix(code, 16).ok()?)?))
    };
    include_str!("entities.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(row).collect()
});

/// Text with its character references (`&agrave;`, `&#7879;`, `&#x1EC7;`) as characters.
///
/// What is no reference stays as it is.
pub fn decode(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let mut decoded = String::with_capacity(text.len());
    decoded.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(after) = rest.strip_prefix('&') {
        let name_end = after.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '#').unwrap_or(after.len());
        // Without its semicolon a name may be a word (`TT&not`).
        match after[name_end..].strip_prefix(';').and_then(|below| Some((reference(&after[..name_end])?, below))) {
            Some((letter, below)) => {
                decoded.push(letter);
                rest = below;
            }
            None => {
                decoded.push('&');
                rest = after;
            }
        }
        let next = rest.find('&').unwrap_or(rest.len());
        decoded.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    Cow::Owned(decoded)
}

fn reference(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else { return ENTITIES.get(name).copied() };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_texts_are_told_apart_as_browsers_do() {
        use Token::{Close, Open, Raw, Text};
        let cases = [
            ("plain", "<p class=a>Cà Mau</P>", vec![Open("p", " class=a"), Text("Cà Mau"), Close("P")]),
            ("no tag", "3 < 5 <> a<b>", vec![Text("3 < 5 <> a"), Open("b", "")]),
            ("quoted", "<a title='x>y'>z", vec![Open("a", " title='x>y'"), Text("z")]),
            ("quote never closed", "<a title=\"x>y<br/>z", vec![Open("a", " title=\"x"), Text("y"), Open("br", ""), Text("z")]),
            ("comment", "a<!-- <p> -->b<!DOCTYPE x><?xml?>c", vec![Text("a"), Text("b"), Text("c")]),
            ("script", "<script>if (a<b) '</p>'</SCRIPT>c", vec![Raw("script", "", "if (a<b) '</p>'"), Close("SCRIPT"), Text("c")]),
            ("cut off", "a<p class=", vec![Text("a")]),
        ];
        for (name, html, expected) in cases {
            assert_eq!(tokens(html).collect::<Vec<_>>(), expected, "{name}");
        }
    }

    #[test]
    fn attributes_are_found_quoted_or_not_and_decoded() {
        let tag = r#" property = 'og:title' content="Hu&#7871; &amp; C&agrave; Mau" data-x hidden=é name=x"#;
        for (name, expected) in
            [("property", Some("og:title")), ("content", Some("Huế & Cà Mau")), ("hidden", Some("é")), ("data-x", Some("")), ("none", None)]
        {
            assert_eq!(attribute(tag, name).as_deref(), expected, "{name}");
        }
        for hostile in ["===", "é=é", "\"'\"'", "a=\"", "= = =", "/é/"] {
            assert_eq!(attribute(hostile, "content"), None, "{hostile}");
        }
    }

    #[test]
    fn references_are_decoded_and_other_ampersands_stay() {
        for (text, expected) in [
            ("TT&TT", "TT&TT"),
            ("&lt;a&gt;&nbsp;&Agrave;", "<a>\u{a0}À"),
            ("&#x1EC7;&#99999999;", "ệ&#99999999;"),
            ("a&b;&", "a&b;&"),
            ("TT&not", "TT&not"),
        ] {
            assert_eq!(decode(text), expected);
        }
    }
}
