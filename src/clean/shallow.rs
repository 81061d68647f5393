//! Hostile HTML → HTML of the same text that a tree can be built from: bounded depth, no scripts.
//!
//! What a tree builder and a readability score do with a page grows with its depth, and formatting
//! that is never closed is copied into every later paragraph. Neither helps to find the main text.

use super::tags::{RAW_TEXT, Token, is_one_of, tokens};

/// Deepest nesting of containers that is kept. Pages of portals reach 21, of newspapers perhaps 50.
const MAX_DEPTH: usize = 80;

/// Longest document that a tree is built of, in bytes, and the most tags.
const MAX_BYTES: usize = 4 << 20;
const MAX_TAGS: usize = 50_000;

/// Longest text between two tags, in bytes: writing a tree takes time with its square.
const MAX_TEXT_BYTES: usize = 16 << 10;

/// Elements whose tags say nothing about where the main text is.
const FORMATTING: [&str; 24] = [
    "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u", "span", "img", "input", "embed", "source",
    "track", "wbr", "area", "param", "o:p", "marquee",
];

/// Elements without content.
const VOID: [&str; 6] = ["br", "hr", "meta", "link", "base", "col"];

/// Elements that the next of their kind closes: they nest only through others.
const SELF_CLOSING: [&str; 15] =
    ["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "a", "option", "html", "head", "body"];

/// The same page, flat enough; `None` where it is too large to build a tree of.
///
/// A container deeper than the limit becomes a line break.
pub fn shallow(html: &str) -> Option<String> {
    let mut kept = String::with_capacity(html.len().min(MAX_BYTES));
    let mut open: Vec<&str> = Vec::new();
    let (mut tags, mut dropped, mut text_bytes) = (0, 0_usize, 0);
    for token in tokens(html) {
        let (length_before, text_before) = (kept.len(), text_bytes);
        match token {
            Token::Text(text) => push_text(text, &mut kept, &mut text_bytes),
            Token::Raw(..) => {}
            Token::Open(name, _) | Token::Close(name) if is_one_of(name, &FORMATTING) || name.is_empty() => {}
            Token::Open(name, attributes) => {
                tags += 1;
                if !is_one_of(name, &VOID) && !is_one_of(name, &SELF_CLOSING) {
                    if open.len() == MAX_DEPTH {
                        dropped += 1;
                        kept.push_str("<br>");
                        continue;
                    }
                    open.push(name);
                }
                kept.extend(["<", name, attributes, ">"]);
            }
            // Their content has gone.
            Token::Close(name) if is_one_of(name, &RAW_TEXT) => {}
            Token::Close(name) => {
                tags += 1;
                if dropped > 0 {
                    dropped -= 1;
                    kept.push_str("<br>");
                    continue;
                }
                if let Some(at) = open.iter().rposition(|other| other.eq_ignore_ascii_case(name)) {
                    open.truncate(at);
                }
                kept.extend(["</", name, ">"]);
            }
        }
        if kept.len() > length_before && text_bytes == text_before {
            text_bytes = 0;
        }
        if kept.len() > MAX_BYTES || tags > MAX_TAGS {
            return None;
        }
    }
    Some(kept)
}

/// Appends text, with a tag that means nothing wherever it grows long.
fn push_text(mut text: &str, kept: &mut String, text_bytes: &mut usize) {
    while *text_bytes + text.len() > MAX_TEXT_BYTES {
        let room = MAX_TEXT_BYTES.saturating_sub(*text_bytes);
        let cut = (room..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
        kept.extend([&text[..cut], "<wbr>"]);
        (text, *text_bytes) = (&text[cut..], 0);
    }
    kept.push_str(text);
    *text_bytes += text.len();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_formatting_go_and_text_stays() {
        let page = "<div id=a><style>p{}</style><p><b>Cà</b> <span class=x>Mau</span><script>x</script></p></div>";
        assert_eq!(shallow(page).unwrap(), "<div id=a><p>Cà Mau</p></div>");
    }

    #[test]
    fn depth_is_bounded_and_unclosed_paragraphs_are_not_deep() {
        let deep = format!("{}x{}<p>y</p>", "<div>".repeat(1000), "</div>".repeat(1000));
        let flat = shallow(&deep).unwrap();
        assert_eq!(flat.matches("<div>").count(), MAX_DEPTH);
        assert_eq!(flat.matches("</div>").count(), MAX_DEPTH);
        assert!(flat.ends_with("<p>y</p>"));
        let paragraphs = "<p>a<li>b<td>c".repeat(1000);
        assert_eq!(shallow(&paragraphs).unwrap(), paragraphs);
    }

    #[test]
    fn a_page_without_measure_is_refused() {
        assert_eq!(shallow(&"<p>".repeat(200_000)), None);
        assert_eq!(shallow(&"a".repeat(5 << 20)), None);
    }
}
