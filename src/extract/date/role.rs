//! A date and the words around it → what the date is doing there: the day of the event, a deadline, a document's date …
//!
//! The rules are the phrase lists below, as canonical terms (see [`crate::text::canonical`]).

use super::stamp::{Stamp, Written};
use crate::text::{canonical_phrase, canonical_phrase_into, contains_any, ends_with_any, is_word_letter};

/// What a date is doing in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Stands with a time of the day, a weekday, "hôm": `Sáng 26/11`, `sáng nay (19/7)`.
    Moment,
    /// Stands with "ngày": `Ngày 29/02`.
    Day,
    /// Stands alone.
    Bare,
    /// The end of something: `đến ngày`, `trước ngày`.
    Until,
    /// The beginning of something: `từ ngày`, `kể từ`.
    Since,
    /// Belongs to a document: `Quyết định số … ngày`.
    Document,
    /// A day of birth, a holiday, an anniversary, a comparison, an earlier stage of the story.
    Background,
    /// Lies ahead: `dự kiến`, `sẽ`.
    Ahead,
    /// A year of a plan, a term, a target: `đến năm 2030`, `giai đoạn`, `nhiệm kỳ`.
    Target,
    /// A part of a running year: `6 tháng đầu năm 2017`; holds the month in which it ends.
    PartOfYear(i8),
    /// A year for which something is planned: `kế hoạch năm`.
    Plan,
    /// A year that is summed up: `tổng kết năm`, `chỉ số … năm`.
    Review,
}

/// A date with its role.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dated {
    pub stamp: Stamp,
    pub role: Role,
    /// Whether the date opens its sentence: no more than its own lead-in before it.
    pub opens_sentence: bool,
}

/// Words between a date and its clause that only say that it is a date.
const LEAD_WORDS: [&str; 24] = [
    "ngày", "sáng", "trưa", "chiều", "tối", "đêm", "khuya", "sớm", "hôm", "nay", "qua", "rạng", "vào", "giờ", "phút", "thứ", "hai", "ba",
    "tư", "năm", "sáu", "bảy", "chủ", "nhật",
];

/// Of those, the words that make a moment of a date.
const MOMENT_WORDS: [&str; 14] = ["sáng", "trưa", "chiều", "tối", "đêm", "khuya", "hôm", "nay", "qua", "rạng", "thứ", "nhật", "giờ", "sớm"];

const UNTIL: [&str; 14] = [
    "đến",
    "tới",
    "trước",
    "hết",
    "hạn",
    "chậm nhất",
    "muộn nhất",
    "hạn chót",
    "cho đến",
    "trước khi",
    "thời hạn",
    "tính đến",
    "đến cuối",
    "trước mốc",
];

const SINCE: [&str; 9] = ["từ", "kể từ", "tính từ", "bắt đầu từ", "từ sau", "áp dụng từ", "thực hiện từ", "từ sau ngày", "sau"];

/// Anywhere in the clause before a date.
const BACKGROUND: [&str; 9] = ["kỉ niệm", "cùng kì", "so với", "hồi", "năm ngoái", "hiệu lực", "chào mừng", "trước đây", "qua đời"];

/// Right before a date.
const BACKGROUND_ENDS: [&str; 6] = ["so với", "sinh", "sn", "mất", "hi sinh", "sinh năm"];

/// Anywhere in the clause before a date that has no lead-in of its own, or stands in brackets: the name of a holiday.
const HOLIDAYS: [&str; 15] = [
    "chiến thắng",
    "giải phóng",
    "quốc khánh",
    "thành lập",
    "truyền thống",
    "quốc tế",
    "ngày lễ",
    "dịp lễ",
    "nghỉ lễ",
    "lịch sử",
    "cách mạng",
    "thầy thuốc",
    "nhà giáo",
    "ngày hội",
    "dịp",
];

/// At the beginning of the sentence of a date.
const EARLIER: [&str; 8] =
    ["trước đó", "theo đó trước", "trước đây", "được biết trước", "như đã đưa tin", "như đã đưa", "như tin đã đưa", "sau đó"];

const DOCUMENTS: [&str; 19] = [
    "quyết định",
    "nghị quyết",
    "nghị định",
    "thông tư",
    "công văn",
    "chỉ thị",
    "luật",
    "pháp lệnh",
    "văn bản",
    "tờ trình",
    "công điện",
    "thông báo",
    "kết luận",
    "hướng dẫn",
    "kế hoạch số",
    "giấy phép",
    "hợp đồng",
    "ban hành",
    "giấy mời",
];

const AHEAD: [&str; 8] = ["sẽ", "dự kiến", "sắp", "tới", "chuẩn bị", "hướng tới", "tiến tới", "đăng cai"];

const TARGET: [&str; 17] = [
    "đến năm",
    "đến",
    "tới năm",
    "giai đoạn",
    "nhiệm kì",
    "tầm nhìn",
    "mục tiêu",
    "trước năm",
    "định hướng",
    "qui hoạch",
    "lộ trình",
    "chậm nhất năm",
    "hết năm",
    "đến cuối năm",
    "đến hết năm",
    "chiến lược",
    "sau năm",
];

const PLAN: [&str; 12] = [
    "kế hoạch",
    "nhiệm vụ",
    "phương hướng",
    "dự toán",
    "triển khai",
    "chương trình công tác",
    "kế hoạch công tác",
    "giao chỉ tiêu",
    "phát động",
    "ra quân",
    "chỉ tiêu",
    "tuyển sinh",
];

const REVIEW: [&str; 21] = [
    "top",
    "cao nhất",
    "tốt nhất",
    "hay nhất",
    "chạy nhất",
    "xuất sắc",
    "tiêu biểu",
    "nổi bật",
    "lợi nhuận",
    "doanh thu",
    "lãi",
    "tổng kết",
    "kết quả",
    "chỉ số",
    "xếp hạng",
    "xếp thứ",
    "quyết toán",
    "công tác năm",
    "báo cáo năm",
    "thứ hạng",
    "đánh giá",
];

/// What a line of a notice or a table calls the day of its event: `Thời gian: 5/6/2019`.
const LABELS: [&str; 6] = ["thời gian", "ngày họp", "ngày diễn ra", "ngày tổ chức", "thời gian tổ chức", "thời gian diễn ra"];

/// Bytes before a date that are read for its role.
const CONTEXT_BYTES: usize = 140;

/// Gives a date its role.
pub(super) fn with_role(text: &str, stamp: Stamp) -> Dated {
    let before = window_before(text, stamp.start, CONTEXT_BYTES);
    let sentence = after_dateline(&before[last_break(before, is_sentence_end)..]);
    let (earlier, clause) = sentence.split_at(last_break(sentence, is_clause_end));
    let mut opens_sentence = false;
    let role = match stamp.written {
        Written::Days { .. } => {
            let mut sentence = canonical_phrase(earlier);
            let earlier = sentence.len();
            canonical_phrase_into(clause, &mut sentence);
            let (head, lead) = split_lead(sentence[earlier..].trim_start());
            opens_sentence = split_lead(&sentence).0.is_empty();
            role_of_day(text, stamp, head, lead, &sentence)
        }
        Written::Month { .. } | Written::Quarter { .. } => {
            let clause = canonical_phrase(clause);
            role_of_month(split_lead(&clause).0, &clause)
        }
        Written::Year(_) => role_of_year(text, stamp, &canonical_phrase(clause)),
    };
    Dated { stamp, role, opens_sentence }
}

fn role_of_day(text: &str, stamp: Stamp, head: &str, lead: &str, sentence: &str) -> Role {
    let moment = lead.split(' ').any(|word| MOMENT_WORDS.contains(&word));
    if ends_with_any(head, &UNTIL) {
        return Role::Until;
    }
    if ends_with_any(head, &SINCE) {
        return Role::Since;
    }
    if !moment && (is_document_date(text, stamp.start) || contains_any(head, &DOCUMENTS)) {
        return Role::Document;
    }
    let told_before = ends_with_any(split_lead(sentence).0, &["trước đó", "trước đây"]);
    if told_before || EARLIER.iter().any(|earlier| sentence.starts_with(earlier)) {
        return Role::Background;
    }
    let bracketed = window_before(text, stamp.start, 10).trim_end_matches("ngày ").ends_with('(');
    let holiday = (lead.is_empty() || bracketed && !moment) && contains_any(head, &HOLIDAYS);
    if holiday || !moment && contains_any(head, &BACKGROUND) || ends_with_any(head, &BACKGROUND_ENDS) {
        return Role::Background;
    }
    if contains_any(head, &AHEAD) {
        return Role::Ahead;
    }
    match lead {
        _ if moment => Role::Moment,
        "" if ends_with_any(sentence, &LABELS) => Role::Day,
        "" => Role::Bare,
        _ => Role::Day,
    }
}

fn role_of_month(head: &str, clause: &str) -> Role {
    let head = head.trim_end_matches("tháng").trim_end_matches("quý").trim_end();
    if ends_with_any(head, &UNTIL) {
        Role::Until
    } else if ends_with_any(head, &SINCE) {
        Role::Since
    } else if contains_any(clause, &AHEAD) {
        Role::Ahead
    } else if contains_any(clause, &BACKGROUND) || contains_any(clause, &DOCUMENTS) {
        Role::Background
    } else {
        Role::Bare
    }
}

fn role_of_year(text: &str, stamp: Stamp, clause: &str) -> Role {
    let head = clause.strip_suffix("năm").unwrap_or(clause).trim_end();
    if is_in_a_range(text, stamp) || ends_with_any(clause, &TARGET) || ends_with_any(head, &TARGET) {
        return Role::Target;
    }
    if names_a_competition(text, stamp.start) {
        return Role::Target;
    }
    // Targets are set for round years: "vào năm 2030".
    if ends_with_any(clause, &["vào năm"]) && stamp.year().is_some_and(|year| year % 5 == 0) {
        return Role::Target;
    }
    if let Some(month) = part_of_year(head) {
        return Role::PartOfYear(month);
    }
    if contains_any(clause, &["giai đoạn", "nhiệm kì", "tầm nhìn", "mục tiêu", "đến năm"]) {
        Role::Target
    } else if ends_with_any(head, &BACKGROUND_ENDS)
        || contains_any(clause, &["kỉ niệm", "thành lập", "cùng kì", "so với", "từ năm", "trước năm"])
    {
        Role::Background
    } else if let Some(role) = review_or_plan(clause) {
        role
    } else if contains_any(clause, &AHEAD) {
        Role::Ahead
    } else {
        Role::Bare
    }
}

/// Whether a year is summed up or planned; of "tổng kết năm 2018, triển khai nhiệm vụ năm 2019" each has its own.
fn review_or_plan(clause: &str) -> Option<Role> {
    let last =
        |phrases: &[&str]| phrases.iter().filter(|phrase| contains_any(clause, &[phrase])).filter_map(|phrase| clause.rfind(phrase)).max();
    match (last(&REVIEW), last(&PLAN)) {
        (Some(review), Some(plan)) if plan > review => Some(Role::Plan),
        (Some(_), _) => Some(Role::Review),
        (None, Some(_)) => Some(Role::Plan),
        (None, None) => None,
    }
}

/// `Asian Cup 2019`: the year belongs to a name, which says little of when the news was written.
fn names_a_competition(text: &str, start: usize) -> bool {
    const SEASONS: [&str; 6] = ["Năm", "NĂM", "Xuân", "Tết", "Tháng", "Quý"];
    // "năm Đinh Dậu 2017"
    const BRANCHES: [&str; 14] = ["Tý", "Tí", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Tị", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi"];
    let before = window_before(text, start, 24);
    let word = before.strip_suffix(' ').and_then(|head| head.rsplit(|letter: char| !is_word_letter(letter)).next()).unwrap_or("");
    word.starts_with(char::is_uppercase) && !SEASONS.contains(&word) && !BRANCHES.contains(&word) && word.len() < before.len() - 1
}

/// `6 tháng đầu`, `9 tháng`, `đầu`, `cuối`: the month in which that part of a year ends.
fn part_of_year(head: &str) -> Option<i8> {
    let words: Vec<&str> = head.rsplit(' ').take(3).collect();
    let months = |word: &str| word.parse::<i8>().ok().filter(|month| (1..=12).contains(month));
    match words[..] {
        ["đầu", "tháng", count] => months(count),
        ["cuối", "tháng", count] => months(count).map(|count| 12 - count + 1),
        ["tháng", count, ..] => months(count),
        _ => None,
    }
}

/// What follows a dateline: `(NBP) - Tối 28.4`, `NBO – Sáng 5/6`.
fn after_dateline(sentence: &str) -> &str {
    const LONGEST: usize = 30;
    let dash = sentence.char_indices().take_while(|&(at, _)| at <= LONGEST).find(|(_, letter)| matches!(letter, '-' | '–' | '—'));
    let Some((at, dash)) = dash else { return sentence };
    let line = sentence[..at].trim();
    let bracketed = line.starts_with('(') && line.ends_with(')');
    let letters = line.len() >= 2 && line.chars().all(char::is_uppercase);
    if bracketed || letters { &sentence[at + dash.len_utf8()..] } else { sentence }
}

/// Whether a dash joins the year to another one: `2015 - 2020`.
fn is_in_a_range(text: &str, stamp: Stamp) -> bool {
    const DASHES: [char; 3] = ['-', '–', '—'];
    let year_ends = |before: &str| {
        before.trim_end().trim_end_matches(DASHES).len() < before.trim_end().len()
            && before.trim_end().trim_end_matches(DASHES).trim_end().ends_with(|letter: char| letter.is_ascii_digit())
    };
    let year_begins = |after: &str| {
        let rest = after.trim_start();
        rest.starts_with(DASHES) && rest.trim_start_matches(DASHES).trim_start().starts_with(|letter: char| letter.is_ascii_digit())
    };
    year_ends(window_before(text, stamp.start, 16)) || year_begins(&text[stamp.end..])
}

/// Whether a document's number stands right before: `số 57-NQ/TW ngày`.
fn is_document_date(text: &str, start: usize) -> bool {
    // "102/2014/NĐ- CP": a space inside.
    let before = window_before(text, start, 40).replace("- ", "-").replace(" -", "-");
    let before = before.trim_end();
    let before = before.strip_suffix("ngày").unwrap_or(before).trim_end().trim_end_matches(',').trim_end();
    let number = before.rsplit(' ').next().unwrap_or("");
    number.contains('/') && number.contains(|letter: char| letter.is_uppercase())
}

/// A clause as (what stands before the lead-in, the lead-in).
fn split_lead(clause: &str) -> (&str, &str) {
    let mut head = clause.len();
    loop {
        let rest = clause[..head].trim_end();
        let word = rest.rsplit(' ').next().unwrap_or("");
        let is_lead = LEAD_WORDS.contains(&word) || word.len() <= 2 && !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        if !is_lead {
            return (rest, clause[head..].trim_start());
        }
        head = rest.len() - word.len();
    }
}

/// At most so many bytes before a place, cut at a letter.
pub(super) fn window_before(text: &str, at: usize, bytes: usize) -> &str {
    let mut start = at.saturating_sub(bytes);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..at]
}

fn last_break(text: &str, is_break: fn(char, Option<char>) -> bool) -> usize {
    let mut ends = text.char_indices().filter(|&(at, letter)| is_break(letter, text[at + letter.len_utf8()..].chars().next()));
    ends.next_back().map_or(0, |(at, letter)| at + letter.len_utf8())
}

fn is_sentence_end(letter: char, next: Option<char>) -> bool {
    matches!(letter, '\n' | ';' | '!' | '?') || letter == '.' && next.is_none_or(|next| next == ' ' || next == '\n')
}

fn is_clause_end(letter: char, next: Option<char>) -> bool {
    is_sentence_end(letter, next) || matches!(letter, ':' | '“' | '"') || letter == ',' && next == Some(' ')
}

#[cfg(test)]
mod tests {
    use super::super::stamp::stamps;
    use super::*;

    #[test]
    fn the_words_before_a_date_tell_what_it_does() {
        let cases = [
            ("Sáng 26/11, tại Hà Nội", Role::Moment),
            ("Sáng nay (12/8/2024), xã", Role::Moment),
            ("Ngày 29/02, tại", Role::Day),
            ("do Bộ tổ chức ngày 10/2.", Role::Day),
            ("nộp báo cáo trước ngày 20/5/2018", Role::Until),
            ("Quyết định số 749/QĐ-TTg ngày 3/6/2020", Role::Document),
            ("Nghị quyết của Chính phủ ngày 3/6/2020", Role::Document),
            ("có hiệu lực từ ngày 15/5", Role::Since),
            ("Kỷ niệm ngày 30/4", Role::Background),
            ("Trước đó, chiều 5/6 ông đã", Role::Background),
            ("Tàu rời cảng Trước đó, ngày 5/6, ông đã", Role::Background),
            ("sẽ diễn ra ngày 5/6", Role::Ahead),
            ("đến năm 2030", Role::Target),
            ("giai đoạn 2021 ", Role::Target),
            ("nhiệm kỳ 2020 - 2025", Role::Target),
            ("trong 6 tháng đầu năm 2017", Role::PartOfYear(6)),
            ("triển khai nhiệm vụ năm 2018", Role::Plan),
            ("hội nghị tổng kết năm 2018", Role::Review),
            ("hội nghị tổng kết và triển khai nhiệm vụ năm 2018", Role::Plan),
            ("đã thu hút năm 2018", Role::Bare),
            ("vòng loại Asian Cup 2019", Role::Target),
            ("Ngày Quốc tế Thiếu nhi 1/6", Role::Background),
            ("phòng chống ma túy quốc tế (ngày 26/6)", Role::Background),
            ("Theo Nghị định số 12/2014/NĐ- CP, ngày 10/11/2014 của Chính phủ", Role::Document),
            ("Ngày họp: 05/06/2019", Role::Day),
            ("(NBP) - Tối 28.4, phường", Role::Moment),
            ("khai hội, năm Đinh Dậu 2017", Role::Bare),
        ];
        for (text, role) in cases {
            let stamp = stamps(text)[0];
            assert_eq!(with_role(text, stamp).role, role, "{text}");
        }
    }

    #[test]
    fn a_dateline_is_no_part_of_the_sentence() {
        for (text, opens) in [
            ("(NBP) - Tối 28.4, phường", true),
            ("NBO – Sáng 5/6, xã", true),
            ("Xã mới - Sáng 5/6, xã", false),
            ("(tin thêm - Sáng 5/6, xã", false),
        ] {
            assert_eq!(with_role(text, stamps(text)[0]).opens_sentence, opens, "{text}");
        }
    }

    #[test]
    fn every_phrase_is_canonical() {
        let background: [&[&str]; 3] = [&BACKGROUND, &BACKGROUND_ENDS, &HOLIDAYS];
        let lists: [&[&str]; 12] = [
            &LABELS,
            &LEAD_WORDS,
            &MOMENT_WORDS,
            &UNTIL,
            &SINCE,
            &background.concat(),
            &EARLIER,
            &DOCUMENTS,
            &AHEAD,
            &TARGET,
            &PLAN,
            &REVIEW,
        ];
        for phrase in lists.concat() {
            assert_eq!(canonical_phrase(phrase), phrase);
        }
    }
}
