//! The first lines of a text → whether they begin with a title; and a title for a text that has none.

use crate::text::canonical_phrase;

/// Longest title, in characters. The longest headline of a thousand real ones has 238.
const MAX_TITLE_CHARS: usize = 260;

/// Longest title that is made from the text, in characters.
const MAX_DERIVED_CHARS: usize = 120;

/// Whether the first of these lines is the title of the rest.
///
/// A title is short, is no sentence (no full stop, no comma or colon at its end), and has a text
/// below it. A line that stands again right below is a title whatever its end.
pub fn stands_first(lines: &[&str]) -> bool {
    let [first, below @ ..] = lines else { return false };
    let chars = first.chars().count();
    if below.is_empty() || chars > MAX_TITLE_CHARS || first.split(' ').nth(1).is_none() {
        return false;
    }
    let begins_well =
        first.chars().next().is_some_and(|letter| letter.is_uppercase() || letter.is_ascii_digit() || "\"'“‘«[(".contains(letter));
    // Line breaks inside a sentence: the next line goes on in lower case.
    let goes_on = below[0].chars().next().is_some_and(char::is_lowercase);
    let text_below = below.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let is_sentence = ends_like_text(first) || has_two_sentences(first) || is_caption(first);
    repeats(first, below) || (begins_well && !goes_on && !is_sentence && text_below > chars.min(60))
}

/// Whether a line stands again in the next three, as headline, breadcrumb or first sentence.
fn repeats(line: &str, below: &[&str]) -> bool {
    let key = canonical_phrase(line);
    below.iter().take(3).filter(|other| other.len() < line.len() * 2 + 16).any(|other| canonical_phrase(other) == key)
}

/// Whether a line ends as sentences and their parts do. `?`, `!` and `…` end titles too.
fn ends_like_text(line: &str) -> bool {
    let line = line.trim_end_matches(['"', '”', '’', '»', ')', ' ']);
    let trails_off = line.ends_with("...") && line.len() < 150;
    !trails_off && line.ends_with(['.', ';', ',', ':'])
}

fn has_two_sentences(line: &str) -> bool {
    sentence_end(line).is_some_and(|end| line[end..].starts_with('.'))
}

/// A credit in it tells a caption: `… (Ảnh: Trần Văn Mẫu)`.
fn is_caption(line: &str) -> bool {
    line.contains("Ảnh:") || line.contains("ảnh:") || line.starts_with("Ảnh ")
}

/// A title made from a text: its first sentence, cut at a word where it is long. Empty for an empty text.
pub fn derive(body: &str) -> String {
    let line = body
        .lines()
        .map(|line| line.trim_start_matches(|letter: char| !letter.is_alphanumeric() && !"\"“‘(".contains(letter)))
        .find(|line| !line.is_empty());
    let Some(line) = line else { return body.lines().next().unwrap_or_default().to_owned() };
    let sentence = &line[..sentence_end(line).unwrap_or(line.len())];
    let mut ends = sentence.char_indices().map(|(at, _)| at).skip(MAX_DERIVED_CHARS);
    let Some(limit) = ends.next() else { return sentence.to_owned() };
    let cut = sentence[..limit].rfind(' ').unwrap_or(limit);
    format!("{}…", sentence[..cut].trim_end_matches(|letter: char| !letter.is_alphanumeric()))
}

/// Where the first sentence ends, its full stop left out: a stop after a small letter or digit,
/// with a space and a capital after it. `TP. Huế` and `PGS.TS. Lê` have none.
fn sentence_end(line: &str) -> Option<usize> {
    line.match_indices(['.', '?', '!', ';']).find_map(|(at, stop)| {
        let mut before = line[..at].chars().rev();
        let mut after = line[at + 1..].chars();
        let last = before.next()?;
        let word_letters = 1 + before.take_while(|letter| letter.is_alphabetic()).count();
        let ends_a_word = last.is_lowercase() && word_letters > 1 || last.is_ascii_digit() || "\"”’)%".contains(last);
        let at_end = line[at + 1..].is_empty();
        let new_sentence = after.next() == Some(' ') && after.next().is_some_and(|letter| !letter.is_lowercase());
        (ends_a_word && (at_end || new_sentence)).then_some(if matches!(stop, "?" | "!") { at + 1 } else { at })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_told_from_a_first_sentence() {
        let text = "Sáng 4/11, UBND tỉnh Cà Mau họp phiên thường kỳ để bàn về kế hoạch của năm tới và giao việc cho các sở.";
        let long = "Sáng nay đại biểu các huyện đã về dự ".repeat(9);
        let cases: [(&str, &[&str], bool); 12] = [
            ("headline", &["Cà Mau bàn kế hoạch năm tới", text], true),
            ("question", &["Bao giờ có cầu mới?", text], true),
            ("quotation", &["“Chúng tôi giữ rừng ngập mặn”", text], true),
            ("sentence", &["Cà Mau bàn kế hoạch năm tới.", text], false),
            ("sentence that stands twice", &["Cà Mau bàn kế hoạch năm tới.", "CÀ MAU BÀN KẾ HOẠCH NĂM TỚI", text], true),
            ("opening of a list", &["Cà Mau bàn những việc sau:", text], false),
            ("paragraph", &[&long, text], false),
            ("alone", &["Cà Mau bàn kế hoạch năm tới"], false),
            ("broken line", &["Sáng nay, tại tỉnh Cà Mau", "các đại biểu đã về dự cuộc họp đầu năm của Ủy ban nhân dân tỉnh."], false),
            ("two sentences", &["Cà Mau họp sáng nay. Bạc Liêu họp chiều nay", text], false),
            ("caption", &["Quang cảnh cuộc họp (Ảnh: Trần Văn Mẫu)", text], false),
            ("list item", &["- Cà Mau bàn kế hoạch năm tới", text], false),
        ];
        for (name, lines, expected) in cases {
            assert_eq!(stands_first(lines), expected, "{name}");
        }
    }

    #[test]
    fn a_title_is_made_from_the_first_sentence() {
        let long = "Sáng nay đại biểu các huyện đã về dự họp ".repeat(9);
        let cases = [
            ("Ông A nói vậy. Bà B không.", "Ông A nói vậy"),
            ("Tại TP. Huế, ông A. Sáng họp. Xong.", "Tại TP. Huế, ông A. Sáng họp"),
            ("Có 1.200.000 người. Họ vui.", "Có 1.200.000 người"),
            ("Ai đến? Không ai.", "Ai đến?"),
            ("- Việc thứ nhất", "Việc thứ nhất"),
            ("", ""),
            ("***", "***"),
        ];
        for (body, expected) in cases {
            assert_eq!(derive(body), expected);
        }
        let derived = derive(&long);
        assert!(derived.chars().count() <= MAX_DERIVED_CHARS + 1 && derived.ends_with("họp…") || derived.ends_with('…'), "{derived}");
    }
}
