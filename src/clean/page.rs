//! The text of a page, as a crawler or a reader of markup sees it → header, title, date, body, publisher.

use super::{boilerplate, published, sidebar, source, title};
use crate::article::Published;
use crate::text::canonical_phrase;

/// How many lines below the title may be the page's date.
const STAMP_LINES: usize = 4;

/// Longest header, in bytes: a date and a place.
const MAX_HEADER_BYTES: usize = 100;

/// What the text of a page falls into. Empty parts were not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// A crawler's header, whole.
    pub header: Option<String>,
    /// The title that stands above the text.
    pub title: Option<String>,
    /// The date that the header or the page gives.
    pub published: Option<Published>,
    /// Paragraphs by `\n`, no blank lines.
    pub body: String,
    /// Publisher.
    pub source: Option<String>,
    /// Whether a list of other stories was cut off.
    pub sidebar_removed: bool,
}

/// Takes the composed text of a page apart. With a title known, the first line is none, unless it is that title.
pub fn read(text: &str, known_title: Option<&str>) -> Page {
    let mut page = Page::default();
    let mut text = text;
    if let Some((header, date, rest)) = header(text) {
        page.header = Some(header.to_owned());
        page.published = Some(Published { at: date, claimed_by: "header".to_owned() });
        text = rest;
    }
    let mut place = None;
    let mut lines: Vec<&str> = text.split('\n').map(|line| line.trim_matches([' ', '|'])).filter(|line| !line.is_empty()).collect();
    lines.retain(|line| {
        let is_frame = boilerplate::is_frame(line);
        if is_frame && place.is_none() {
            place = mapped_place(line);
        }
        !is_frame
    });
    match known_title {
        Some(known) => drop_title(&mut lines, known),
        None => {
            // A date above the title is the clock of the site.
            while lines.first().is_some_and(|line| published::stamp(line).is_some()) {
                lines.remove(0);
            }
            if title::stands_first(&lines) {
                let first = lines.remove(0);
                page.title = Some(first.to_owned());
                drop_title(&mut lines, first);
            }
        }
    }
    take_stamp(&mut lines, &mut page);
    page.sidebar_removed = sidebar::cut(&mut lines);
    page.source = source::take(&mut lines).map(|name| with_place(name, place));
    page.body = lines.join("\n");
    page
}

/// A crawler's header at the top: `date 2023-10 Thanh Hóa:`, up to its colon or the end of its line.
///
/// Gives the header, its date, and the text below.
fn header(text: &str) -> Option<(&str, String, &str)> {
    let line = text.split('\n').next()?;
    let label = line.get(..4).filter(|label| label.eq_ignore_ascii_case("date")).map(|_| if line[4..].starts_with(':') { 5 } else { 4 })?;
    let stated = line[label..].strip_prefix(' ')?;
    let date = published::day_or_month(stated.split(' ').next()?.trim_end_matches([':', ',']))?;
    let length = line.len() - stated.len() + stated.find(": ").map_or(stated.len(), |colon| colon + 1);
    (length <= MAX_HEADER_BYTES).then(|| (&text[..length], date, &text[length..]))
}

/// The line below the title that is the page's date, where there is one.
fn take_stamp(lines: &mut Vec<&str>, page: &mut Page) {
    let found = lines.iter().take(STAMP_LINES).enumerate().find_map(|(at, line)| Some((at, published::stamp(line)?)));
    if let Some((at, day)) = found.filter(|_| lines.len() > 1) {
        lines.remove(at);
        page.published.get_or_insert(Published { at: day, claimed_by: "page".to_owned() });
    }
}

/// The title again, as the first line or two of the text.
fn drop_title(lines: &mut Vec<&str>, title: &str) {
    let key = canonical_phrase(title);
    for at in (0..lines.len().min(3)).rev() {
        if lines[at].len() <= title.len() * 2 + 16 && canonical_phrase(lines[at]) == key {
            lines.remove(at);
        }
    }
}

/// The province of a portal's map: `BẢN ĐỒ TỈNH CÀ MAU` → `Cà Mau`.
fn mapped_place(line: &str) -> Option<String> {
    let place = ["BẢN ĐỒ TỈNH ", "BẢN ĐỒ HÀNH CHÍNH TỈNH ", "BẢN ĐỒ THÀNH PHỐ "].iter().find_map(|head| line.strip_prefix(head))?;
    let capital = |word: &str| word.chars().take(1).chain(word.chars().skip(1).flat_map(char::to_lowercase)).collect::<String>();
    Some(place.split(' ').map(capital).collect::<Vec<_>>().join(" "))
}

/// `Cổng TTĐT tỉnh` names no province; the portal's own map does.
fn with_place(name: String, place: Option<String>) -> String {
    match place {
        Some(place) if name.to_lowercase().ends_with(" tỉnh") => format!("{name} {place}"),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Sáng 4/11, UBND tỉnh Cà Mau họp phiên thường kỳ để bàn về kế hoạch của năm tới và giao việc cho các sở.";

    #[test]
    fn a_crawlers_header_is_kept_beside_the_text() {
        for (text, header, at, body) in [
            ("date 2023-10 Cà Mau:\n\nHọp xong. Về nhà.", "date 2023-10 Cà Mau:", "2023-10", "Họp xong. Về nhà."),
            ("date 2023-10-05 Cà Mau: Họp xong. Về nhà.", "date 2023-10-05 Cà Mau:", "2023-10-05", "Họp xong. Về nhà."),
            ("Date: 05/10/2023\nHọp xong. Về nhà.", "Date: 05/10/2023", "2023-10-05", "Họp xong. Về nhà."),
        ] {
            let page = read(text, None);
            assert_eq!((page.header.as_deref(), page.body.as_str(), page.title), (Some(header), body, None));
            assert_eq!(page.published, Some(Published { at: at.into(), claimed_by: "header".into() }));
        }
        assert_eq!(read("Date palms grow in Cà Mau: yes", None).header, None);
    }

    #[test]
    fn title_date_and_frame_are_taken_off_the_text() {
        let text = format!(
            "Trang chủ > Tin tức\nCà Mau bàn kế hoạch\nThứ hai, 04/11/2024, 07:00 (GMT+7)\nLượt xem: 5\n\nCà Mau bàn kế hoạch\n{TEXT}\nCà Mau bàn kế hoạch - Ảnh 1.\n\
             Quang cảnh cuộc họp. |\n{TEXT}\n{TEXT}\nCổng TTĐT tỉnh (tổng hợp)\n• Từ khóa :\nĐánh giá - Nhận xét\n• 0\nBẢN ĐỒ TỈNH CÀ MAU\nTin khác\nSóc Trăng trồng rừng"
        );
        let page = read(&text, None);
        assert_eq!(page.title.as_deref(), Some("Cà Mau bàn kế hoạch"));
        assert_eq!(page.published, Some(Published { at: "2024-11-04".into(), claimed_by: "page".into() }));
        assert_eq!(page.body, format!("{TEXT}\nQuang cảnh cuộc họp.\n{TEXT}\n{TEXT}"));
        assert_eq!(page.source.as_deref(), Some("Cổng TTĐT tỉnh Cà Mau"));
        assert!(page.sidebar_removed);
    }

    #[test]
    fn a_title_that_is_known_is_not_looked_for() {
        let text = format!("CÀ MAU BÀN KẾ HOẠCH\nViệc của năm tới\n{TEXT}");
        assert_eq!(read(&text, Some("Cà Mau bàn kế hoạch")).body, format!("Việc của năm tới\n{TEXT}"));
    }
}
