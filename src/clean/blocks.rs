//! HTML → its visible text in blocks: paragraphs, headings, cells, list items, in the order of the page.

use super::tags::{Token, attribute, decode, is_one_of, tokens};

/// Elements that do not break a line. Whatever else a tag is called, a line ends at it.
const INLINE: [&str; 32] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
    "label", "mark", "nobr", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "u", "wbr",
];

/// Elements whose content nobody reads.
const HIDDEN: [&str; 9] = ["noscript", "select", "svg", "math", "template", "object", "audio", "video", "canvas"];

/// Elements without an end.
const VOID: [&str; 13] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Parts of class names and ids that sites give to a title.
const TITLE_CLASSES: [&str; 6] = ["title", "tieude", "tieu-de", "headline", "heading", "tit"];

/// How the page itself marks a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// `<h1>`.
    First,
    /// A class that speaks of a title.
    Titled,
    /// `<h2>` to `<h4>`.
    Heading,
    /// Nothing.
    Plain,
}

/// A line of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its text, references decoded, single spaces; never empty.
    pub text: String,
    /// How the page marks it.
    pub mark: Mark,
    /// Bytes of the text that stand within links.
    pub link_bytes: usize,
}

impl Block {
    /// Whether it is a link and nothing else: an entry of a menu or of a list of stories.
    pub fn is_link(&self) -> bool {
        self.link_bytes * 10 >= self.text.len() * 9
    }
}

/// The blocks of a document.
pub fn blocks(html: &str) -> Vec<Block> {
    let mut builder = Builder { blocks: Vec::new(), text: String::new(), space: false, mark: Mark::Plain, in_link: false, link_bytes: 0 };
    let mut unseen: Option<Unseen> = None;
    for token in tokens(html) {
        match token {
            Token::Text(text) => builder.push(&decode(text)),
            Token::Raw(..) => {}
            Token::Open(name, attributes) => {
                builder.open(name, attributes);
                match &mut unseen {
                    Some(unseen) => unseen.depth += usize::from(unseen.name.eq_ignore_ascii_case(name)),
                    None if is_unseen(name, attributes) => {
                        builder.end_block();
                        unseen = Some(Unseen { name, depth: 1, first: builder.blocks.len() });
                    }
                    None => {}
                }
            }
            Token::Close(name) => {
                builder.close(name);
                let Some(element) = unseen.as_mut().filter(|element| element.name.eq_ignore_ascii_case(name)) else { continue };
                element.depth -= 1;
                if element.depth == 0 {
                    builder.end_block();
                    builder.blocks.truncate(element.first);
                    unseen = None;
                }
            }
        }
    }
    builder.end_block();
    builder.blocks
}

/// An element that nobody sees. Its blocks go when it ends; if it never does, it was a slip, and they stay.
struct Unseen<'a> {
    name: &'a str,
    depth: usize,
    first: usize,
}

fn is_unseen(name: &str, attributes: &str) -> bool {
    let is_switched_off = || {
        let style = attribute(attributes, "style").unwrap_or_default().to_ascii_lowercase();
        style.contains("display:none") || style.contains("display: none") || attribute(attributes, "hidden").is_some()
    };
    // What holds a whole page is switched on by a script.
    let can_be_off = !is_one_of(name, &["html", "body", "form", "main", "article"]) && !is_one_of(name, &VOID);
    is_one_of(name, &HIDDEN) || (can_be_off && (attributes.contains("none") || attributes.contains("hidden")) && is_switched_off())
}

struct Builder {
    blocks: Vec<Block>,
    text: String,
    space: bool,
    mark: Mark,
    in_link: bool,
    link_bytes: usize,
}

impl Builder {
    fn open(&mut self, name: &str, attributes: &str) {
        let is_block = !is_one_of(name, &INLINE);
        if is_block {
            self.end_block();
        }
        if name.eq_ignore_ascii_case("a") {
            self.in_link = true;
        }
        let mark = match name.as_bytes() {
            [b'h' | b'H', b'1'] => Mark::First,
            [b'h' | b'H', b'2'..=b'4'] => Mark::Heading,
            _ if self.text.is_empty() && (is_titled(attributes, "class") || is_titled(attributes, "id")) => Mark::Titled,
            _ => return,
        };
        self.mark = self.mark.min(mark);
    }

    fn close(&mut self, name: &str) {
        if name.eq_ignore_ascii_case("a") {
            self.in_link = false;
        } else if !is_one_of(name, &INLINE) {
            self.end_block();
            self.mark = Mark::Plain;
        }
    }

    fn push(&mut self, text: &str) {
        let before = self.text.len();
        for word in text.split_inclusive(char::is_whitespace) {
            let letters = word.trim_end_matches(char::is_whitespace);
            if !letters.is_empty() {
                if self.space && !self.text.is_empty() {
                    self.text.push(' ');
                }
                self.text.push_str(letters);
                self.space = false;
            }
            self.space |= letters.len() < word.len();
        }
        if self.in_link {
            self.link_bytes += self.text.len() - before;
        }
    }

    fn end_block(&mut self) {
        self.space = false;
        let is_blank = |letter: char| matches!(letter, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}');
        let text = std::mem::take(&mut self.text);
        if !text.chars().all(is_blank) {
            self.blocks.push(Block { text, mark: self.mark, link_bytes: self.link_bytes });
            self.mark = Mark::Plain;
        }
        self.link_bytes = 0;
    }
}

fn is_titled(attributes: &str, name: &str) -> bool {
    attribute(attributes, name).is_some_and(|value| {
        let value = value.to_ascii_lowercase();
        TITLE_CLASSES.iter().any(|class| value.contains(class))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_falls_into_lines_as_it_is_seen() {
        let page = "<head><title>x</title><script>y</script></head><h1 class=a><a href=/>Cà <b>Mau</b></a>\n họp</h1>\
                    <div class='news-Title'>Mục</div><p>Một<br>hai &amp;\n ba<select><option>z</select></p><td><a>bốn</a><div style='display: none'><p>năm</p><div>sáu</div></div><p hidden>bảy";
        let found: Vec<(String, Mark, bool)> =
            blocks(page).into_iter().map(|block| (block.text.clone(), block.mark, block.is_link())).collect();
        let expected = [
            ("Cà Mau họp", Mark::First, false),
            ("Mục", Mark::Titled, false),
            ("Một", Mark::Plain, false),
            ("hai & ba", Mark::Plain, false),
            ("bốn", Mark::Plain, true),
            ("bảy", Mark::Plain, false),
        ];
        assert_eq!(found, expected.map(|(text, mark, link)| (text.to_owned(), mark, link)));
    }

    #[test]
    fn deep_and_unclosed_markup_is_read_in_one_pass() {
        let deep = format!("{}Cà Mau{}", "<div class='x'>".repeat(200_000), "</div>".repeat(100_000));
        assert_eq!(blocks(&deep)[0].text, "Cà Mau");
        assert!(blocks(&"<svg>".repeat(200_000)).is_empty());
    }
}
