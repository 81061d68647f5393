//! Letters with their places on pages → lines, and lines → paragraphs.
//!
//! A line goes on in the next where it is as long as others and nothing says that a paragraph begins: no gap, no
//! indent, no number of an article. Numbers of pages are left out.

/// A gap between two letters that is a space, and a move that begins a line, in sizes of the letter.
const SPACE: f64 = 0.15;
const NEW_LINE: f64 = 0.5;

/// How much shorter than the page's lines a paragraph's last line is, and how far its first is indented, in sizes.
const SHORT: f64 = 4.0;
const INDENT: f64 = 1.0;

/// How many times the usual distance of lines is a gap.
const GAP: f64 = 1.4;

/// A letter on a page; y grows downwards.
pub struct Glyph<'a> {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub size: f64,
    pub text: &'a str,
}

#[derive(Debug)]
struct Line {
    text: String,
    left: f64,
    right: f64,
    y: f64,
    size: f64,
}

/// Pages, as far as they were read.
#[derive(Default)]
pub struct Layout {
    /// Lines of the page at hand.
    lines: Vec<Line>,
    paragraphs: Vec<String>,
}

impl Layout {
    /// Takes the next letter.
    pub fn push(&mut self, glyph: Glyph<'_>) {
        let right = glyph.x + glyph.width.max(0.0);
        if let Some(line) = self.lines.last_mut() {
            let size = line.size.max(glyph.size).max(0.1);
            let is_same = (glyph.y - line.y).abs() < size * NEW_LINE && glyph.x > line.right - size * 3.0;
            if is_same {
                let is_apart = glyph.x > line.right + size * SPACE;
                if is_apart && !line.text.ends_with(' ') && !glyph.text.starts_with(' ') {
                    line.text.push(' ');
                }
                line.text.push_str(glyph.text);
                line.right = line.right.max(right);
                return;
            }
        }
        if !glyph.text.trim().is_empty() {
            self.lines.push(Line { text: glyph.text.to_owned(), left: glyph.x, right, y: glyph.y, size: glyph.size });
        }
    }

    /// Makes paragraphs of the page's lines.
    pub fn end_page(&mut self) {
        let mut lines = std::mem::take(&mut self.lines);
        lines.retain(|line| !line.text.trim().is_empty());
        if lines.last().is_some_and(|line| is_page_number(&line.text)) {
            lines.pop();
        }
        if lines.first().is_some_and(|line| is_page_number(&line.text)) {
            lines.remove(0);
        }
        let page = Measures::of(&lines);
        for (at, line) in lines.iter().enumerate() {
            let text = line.text.trim();
            let goes_on = match at.checked_sub(1) {
                Some(above) => page.goes_on(&lines[above], line),
                None => self.paragraphs.last().is_some_and(|last| is_open(last) && text.starts_with(char::is_lowercase)),
            };
            match self.paragraphs.last_mut() {
                Some(paragraph) if goes_on => join(paragraph, text),
                _ => self.paragraphs.push(text.to_owned()),
            }
        }
    }

    /// The paragraphs, a line each.
    pub fn text(&self) -> String {
        self.paragraphs.join("\n")
    }
}

/// What lines of a page are like.
struct Measures {
    left: f64,
    right: f64,
    distance: f64,
}

impl Measures {
    fn of(lines: &[Line]) -> Measures {
        let at = |mut values: Vec<f64>, share: f64| {
            values.sort_by(f64::total_cmp);
            values.get(((values.len().saturating_sub(1)) as f64 * share) as usize).copied().unwrap_or(0.0)
        };
        let distances = lines.windows(2).map(|pair| pair[1].y - pair[0].y).filter(|distance| *distance > 0.0).collect();
        Measures {
            left: at(lines.iter().map(|line| line.left).collect(), 0.2),
            right: at(lines.iter().map(|line| line.right).collect(), 0.8),
            distance: at(distances, 0.4),
        }
    }

    /// Whether a line goes on in the one below it.
    fn goes_on(&self, above: &Line, below: &Line) -> bool {
        let size = above.size.max(0.1);
        let distance = below.y - above.y;
        let is_near = distance > 0.0 && distance <= self.distance * GAP;
        let is_same_size = (above.size - below.size).abs() <= size * 0.15;
        let is_full = above.right >= self.right - size * SHORT;
        let is_indented = below.left > self.left + size * INDENT;
        let starts_small = below.text.trim_start().starts_with(char::is_lowercase);
        is_near && is_same_size && !begins_an_item(&below.text) && (is_full || starts_small) && (!is_indented || starts_small)
    }
}

/// Appends the next line of a paragraph.
fn join(paragraph: &mut String, line: &str) {
    // A hyphen at the end belongs to the word: Vietnamese is not hyphenated at syllables, `Ê-đê` is.
    let is_split =
        paragraph.strip_suffix('-').is_some_and(|before| before.ends_with(char::is_alphabetic)) && line.starts_with(char::is_alphabetic);
    let is_soft = paragraph.ends_with('\u{AD}');
    if is_soft {
        paragraph.pop();
    }
    if !is_split && !is_soft {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}

/// Whether a paragraph has not come to its end.
fn is_open(paragraph: &str) -> bool {
    !paragraph.trim_end_matches(['"', '”', '’', ')']).ends_with(['.', '!', '?', ';', ':', '/'])
}

/// `- x`, `1. x`, `a) x`, `Điều 3. x`
fn begins_an_item(line: &str) -> bool {
    let line = line.trim_start();
    let word = line.split(' ').next().unwrap_or_default();
    let is_numbered = word.len() <= 6 && word.ends_with(['.', ')', '/']) && word.chars().next().is_some_and(char::is_alphanumeric);
    let is_heading = ["Điều ", "Chương ", "Mục ", "Phần "].iter().any(|head| line.starts_with(head));
    line.starts_with(['-', '–', '+', '•', '*', '▪', '◦', '\u{F0B7}']) || is_numbered || is_heading
}

fn is_page_number(line: &str) -> bool {
    let line = line.trim().trim_matches(['-', '–', ' ']);
    let digits = line.strip_prefix("Trang ").unwrap_or(line);
    !digits.is_empty() && digits.len() <= 9 && digits.chars().all(|letter| letter.is_ascii_digit() || "/ ".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page whose lines are given as (indent, text); letters are 6 wide, lines 15 apart.
    fn page(layout: &mut Layout, lines: &[(f64, &str)]) {
        for (row, (indent, text)) in lines.iter().enumerate() {
            for (column, letter) in text.chars().enumerate() {
                let text = letter.to_string();
                layout.push(Glyph {
                    x: 50.0 + indent + column as f64 * 6.0,
                    y: 50.0 + row as f64 * 15.0,
                    width: 6.0,
                    size: 12.0,
                    text: &text,
                });
            }
        }
        layout.end_page();
    }

    #[test]
    fn lines_become_paragraphs_across_pages() {
        let mut layout = Layout::default();
        page(
            &mut layout,
            &[
                (20.0, "Sáng nay đại biểu các huyện của tỉnh Lai Châu"),
                (0.0, "đã về dự họp bàn việc làm nước sạch ở bản Ê-"),
                (0.0, "đê và nhiều việc khác."),
                (20.0, "Ông Mẫu nói việc này phải xong trước mùa mưa,"),
                (0.0, "- Làm đường lên bản, kéo điện, xây trường học"),
                (0.0, "cho các cháu nhỏ ở những nơi xa trung tâm và"),
                (150.0, "1"),
            ],
        );
        page(&mut layout, &[(0.0, "nơi chưa có lớp mầm non trong năm nay và tới.")]);
        assert_eq!(
            layout.text(),
            "Sáng nay đại biểu các huyện của tỉnh Lai Châu đã về dự họp bàn việc làm nước sạch ở bản Ê-đê và nhiều việc khác.\n\
             Ông Mẫu nói việc này phải xong trước mùa mưa,\n\
             - Làm đường lên bản, kéo điện, xây trường học cho các cháu nhỏ ở những nơi xa trung tâm và nơi chưa có lớp mầm non trong năm nay và tới."
        );
    }
}
