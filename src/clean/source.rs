//! The last lines of an article → its publisher, where one of them names it.

use super::boilerplate::{Kind, begins};
use crate::text::{canonical_phrase, parts};

/// How many lines from the end may name the publisher; authors and notes stand below it.
const LAST_LINES: usize = 4;

/// Longest such line, in bytes, and the most words of a name.
const MAX_LINE_BYTES: usize = 120;
const MAX_NAME_WORDS: usize = 12;

/// Takes the line that names the publisher out of the text: `Theo vietnamnet.vn`, `Nguồn: Báo Cà Mau`,
/// `Cổng TTĐT tỉnh (tổng hợp)`. An address gives its host.
pub fn take(lines: &mut Vec<&str>) -> Option<String> {
    // The only line is the text.
    let first = lines.len().saturating_sub(LAST_LINES).max(1);
    let at = (first..lines.len()).rev().find(|&at| named(lines[at]).is_some())?;
    named(lines.remove(at))
}

/// The publisher that a line names, if it does nothing else.
pub fn named(line: &str) -> Option<String> {
    if line.len() > MAX_LINE_BYTES {
        return None;
    }
    let line = line.trim_matches(|letter: char| letter.is_whitespace() || "()[]*•-–.".contains(letter));
    let (name, is_labelled) = match without_label(line) {
        Some(name) => (name, true),
        None => (line, false),
    };
    let name = name.trim_matches(|letter: char| letter.is_whitespace() || ":\"“”'".contains(letter)).trim();
    if let Some(host) = host(name) {
        return is_labelled.then_some(host);
    }
    let name = without_note(name);
    let is_name = name.chars().next().is_some_and(char::is_uppercase)
        && name.split(' ').count() <= MAX_NAME_WORDS
        && !name.contains([',', ';', ':', '?', '!'])
        && !name.contains(". ");
    let publishes = begins(Kind::Publisher, &canonical_phrase(name)).is_some_and(|rest| goes_on_as_a_name(name, rest));
    (is_name && (publishes || (is_labelled && is_proper(name)))).then(|| name.to_owned())
}

/// Whether a name goes on as names do after the publisher's word: `Báo Cà Mau`, never `Báo cáo` or
/// `Báo Cà Mau sẽ tiếp tục đưa tin`.
fn goes_on_as_a_name(name: &str, rest: &str) -> bool {
    const SMALL: [&str; 17] =
        ["tỉnh", "thành", "phố", "huyện", "thị", "xã", "quận", "phường", "sở", "bộ", "ủy", "ban", "điện", "tử", "chính", "phủ", "và"];
    let words: Vec<&str> = parts(name).map(|part| &name[part]).collect();
    let after = words.len().saturating_sub(rest.split_whitespace().count());
    words[after..]
        .iter()
        .all(|word| word.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit()) || SMALL.contains(word))
}

/// What follows `Theo` or `Nguồn`; `Nguồn` wants a colon or a quotation mark.
fn without_label(line: &str) -> Option<&str> {
    let after = |label: &str| line.get(..label.len()).filter(|begin| begin.to_lowercase() == label).map(|_| &line[label.len()..]);
    after("theo ").or_else(|| after("theo:")).or_else(|| {
        let rest = after("nguồn tin").or_else(|| after("nguồn"))?.trim_start();
        rest.starts_with([':', '“', '"']).then_some(rest)
    })
}

/// `http://mic.gov.vn/x` and `www.mic.gov.vn` → `mic.gov.vn`
pub fn host(address: &str) -> Option<String> {
    let bare = address.trim().trim_start_matches("http://").trim_start_matches("https://");
    let host = bare.split(['/', '?', '#', ':']).next().unwrap_or_default().to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).trim_end_matches('.');
    let labels: Vec<&str> = host.split('.').collect();
    let is_host = labels.len() > 1
        && labels.iter().all(|label| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
        && labels.last().is_some_and(|top| top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic()));
    is_host.then(|| host.to_owned())
}

/// Without `(tổng hợp)`, `(theo A)`, `- tổng hợp`.
fn without_note(name: &str) -> &str {
    let name = name.split(['(', '/', '|']).next().unwrap_or(name);
    name.split(" - ").next().unwrap_or(name).trim_matches(|letter: char| letter.is_whitespace() || "\"“”-–.".contains(letter))
}

/// A name of few words, each but small ones with a capital or all of two or three: `Dân trí`, `TTXVN`, `Đời sống Plus`.
fn is_proper(name: &str) -> bool {
    let words = name.split(' ').count();
    let capitals = name.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count();
    words <= 6 && (words <= 3 || capitals * 2 >= words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_names_the_publisher_is_told_from_text() {
        let cases = [
            ("Theo http://mic.gov.vn", Some("mic.gov.vn")),
            ("Theo vietnamnet.vn", Some("vietnamnet.vn")),
            ("Nguồn: https://www.camau.example/tin/1", Some("camau.example")),
            ("(Theo TTXVN)", Some("TTXVN")),
            ("Theo Báo Đất Mũi điện tử", Some("Báo Đất Mũi điện tử")),
            ("Theo Dân trí", Some("Dân trí")),
            ("Nguồn: Sở Y tế Cà Mau", Some("Sở Y tế Cà Mau")),
            ("Nguồn “Đất Mũi Điện tử”", Some("Đất Mũi Điện tử")),
            ("Cổng TTĐT tỉnh (tổng hợp)", Some("Cổng TTĐT tỉnh")),
            ("Báo Cà Mau", Some("Báo Cà Mau")),
            ("Nguồn nước sạch", None),
            ("Theo đó", None),
            ("Theo ông Mẫu, việc này đã xong", None),
            ("Báo cáo kết quả", None),
            ("Báo Cà Mau sẽ tiếp tục đưa tin", None),
            ("Trần Văn Mẫu", None),
            ("a.jpg.", None),
        ];
        for (line, expected) in cases {
            assert_eq!(named(line).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn the_line_is_taken_from_the_end_only() {
        let mut lines = vec!["Theo Báo Cà Mau", "a.", "b.", "c.", "d.", "Theo TTXVN", "Lê Ví Dụ"];
        assert_eq!(take(&mut lines).as_deref(), Some("TTXVN"));
        assert_eq!(lines, ["Theo Báo Cà Mau", "a.", "b.", "c.", "d.", "Lê Ví Dụ"]);
        assert_eq!(take(&mut vec!["Theo TTXVN"]), None);
    }
}
