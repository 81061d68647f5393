//! A name and the words around it → what the name is doing there: a place, a body of it, or a part of another name.
//!
//! The rules are the word lists below, as canonical terms (see [`crate::text::canonical`]).

use crate::authority::DistrictKind;
use crate::text::{canonical, contains_any, ends_with_any, is_capital, is_word_letter};

/// What stands right before a name and says what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefix {
    /// `tỉnh`
    Province,
    /// `thành phố`, `TP.`: a city of either level
    City,
    /// `huyện`, `quận`, `thị xã`
    District(DistrictKind),
    /// Nothing of the kind.
    None,
}

/// What a name is doing in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Context {
    /// A body or a post of the place: `UBND tỉnh X`, `Bí thư Tỉnh ủy X`.
    Body,
    /// The locality's end of a video conference, `điểm cầu X`: what its own press reports of a national meeting.
    VideoLink,
    /// Where something takes place: `tại X`.
    Venue,
    /// The post of one who no longer holds it: `nguyên Chủ tịch UBND tỉnh X`.
    Former,
    /// Where somebody in the story lives or comes from: `trú thôn 4, xã A, tỉnh X`.
    Home,
    /// Anything else that is the place.
    Plain,
    /// Part of another name: a street, a school, a company, a person, a commune.
    Other,
}

/// A name's surroundings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Surroundings {
    pub prefix: Prefix,
    pub context: Context,
}

/// Words before a name that make it a commune, a village, a natural feature, a road or a house.
const OTHER_DIRECT: [&str; 66] = [
    "xã",
    "phường",
    "thôn",
    "ấp",
    "bản",
    "làng",
    "buôn",
    "sông",
    "suối",
    "hồ",
    "núi",
    "đèo",
    "đồi",
    "cầu",
    "đường",
    "phố",
    "đại lộ",
    "ngõ",
    "hẻm",
    "quốc lộ",
    "cao tốc",
    "ga",
    "chợ",
    "chùa",
    "đình",
    "nhà hàng",
    "khách sạn",
    "quán",
    "trường",
    "đại học",
    "đh",
    "thpt",
    "thcs",
    "học viện",
    "clb",
    "ngân hàng",
    "báo",
    "ông",
    "bà",
    "anh",
    "chị",
    "em",
    "cháu",
    "hlv",
    "phở",
    "tàu",
    "vịnh",
    "thị trấn",
    "tiểu học",
    "mầm non",
    "giáo sư",
    "tiến sĩ",
    "bác sĩ",
    "luật sư",
    "nhà văn",
    "nhà thơ",
    "nhạc sĩ",
    "họa sĩ",
    "ca sĩ",
    "nghệ sĩ",
    "diễn viên",
    "cầu thủ",
    "tiền vệ",
    "tiền đạo",
    "thủ môn",
    "người mẫu",
];

/// Words anywhere in the noun phrase before a name that make a house or a firm of it.
const OTHER_PHRASE: [&str; 16] = [
    "đại học",
    "đh",
    "trường",
    "học viện",
    "công ti",
    "ngân hàng",
    "clb",
    "câu lạc bộ",
    "tập đoàn",
    "cao tốc",
    "quốc lộ",
    "đường sắt",
    "báo",
    "đội bóng",
    "tạp chí",
    "xskt",
];

/// Words that hold `trường` and are no school: `Sở Tài nguyên và Môi trường X`.
const NO_SCHOOLS: [&str; 4] = ["môi trường", "thị trường", "hiện trường", "công trường"];

/// Firms and clubs whose abbreviation stands before a province's name.
const OTHER_ABBREVIATIONS: [&str; 12] = ["FLC", "SHB", "HAGL", "CLB", "ĐH", "THPT", "THCS", "XSKT", "SLNA", "TCM", "CTCP", "HLV"];

/// Words in the noun phrase before a name that make a public body or post of it.
const BODIES: [&str; 32] = [
    "ubnd",
    "hđnd",
    "tỉnh ủi",
    "thành ủi",
    "ủi ban",
    "hội đồng nhân dân",
    "công an",
    "sở",
    "bí thư",
    "chủ tịch",
    "giám đốc",
    "ban",
    "tòa án",
    "tand",
    "viện kiểm sát",
    "vksnd",
    "cục",
    "chi cục",
    "thanh tra",
    "đảng bộ",
    "mttq",
    "mặt trận",
    "liên đoàn",
    "lđlđ",
    "hội",
    "bộ chỉ huy",
    "bch",
    "quân sự",
    "biên phòng",
    "đoàn",
    "lãnh đạo",
    "chính quyền",
];

/// Words before a name that make a venue of it.
const VENUE: [&str; 10] = ["tại", "ở", "từ", "đến", "tới", "vào", "ra", "về", "qua", "gần"];

/// Words at which a noun phrase begins at the latest.
const PHRASE_BREAKS: [&str; 30] = [
    "tại", "ở", "của", "trên", "trong", "từ", "đến", "tới", "về", "với", "cho", "và", "do", "bởi", "là", "có", "ra", "vào", "qua", "địa",
    "để", "đã", "được", "như", "theo", "thuộc", "gần", "cùng", "giữa", "sang",
];

/// Surnames that make a person of a two-syllable name behind them.
const SURNAMES: [&str; 34] = [
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "ngô", "dương", "đinh", "trịnh", "mai",
    "tô", "trương", "cao", "lương", "thị", "văn", "đào", "đàm", "lưu", "tạ", "tống", "quách", "kiều", "nghiêm", "phùng", "chu", "tăng",
];

/// Bytes before a name that are read for its context.
const CONTEXT_BYTES: usize = 70;
/// Words that tell the kind of a place: "thành phố".
const MAX_PREFIX_WORDS: usize = 2;
/// Words of a noun phrase that are read backwards.
const PHRASE_WORDS: usize = 9;

/// Looks around a name at `start..end`. `capitals_tell` is false in a text all in capitals.
pub(super) fn surroundings(text: &str, start: usize, end: usize, capitals_tell: bool) -> Surroundings {
    let window = window_before(text, start);
    let words = words_backwards(window);
    let (prefix, rest) = prefix_of(&words);
    let context = context_of(text, end, &words, rest, prefix, capitals_tell);
    Surroundings { prefix, context }
}

/// A word before a name.
#[derive(Clone, Debug)]
struct Word<'a> {
    written: &'a str,
    term: String,
    /// Whether it opens a sentence, where every word has a capital.
    opens: bool,
    /// Whether punctuation stands between it and what follows it.
    cut: bool,
}

impl Word<'_> {
    /// Whether a noun phrase behind it does not hold it.
    fn ends_phrase(&self) -> bool {
        self.cut || PHRASE_BREAKS.contains(&self.term.as_str())
    }
}

/// The words before a name, the nearest first, up to the end of a sentence, a bracket or a colon, or of the noun phrase.
fn words_backwards(window: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut tail = window.len();
    let mut cut = false;
    while words.len() < PHRASE_WORDS {
        let head = &window[..tail];
        let word_end = head.trim_end_matches(|letter: char| !is_word_letter(letter)).len();
        let between = &head[word_end..];
        // "TP." is an abbreviation, not the end of a sentence.
        let abbreviated = between.starts_with('.') && is_city_abbreviation(&head[..word_end]);
        cut |= between.contains([',', '-', '–', '"', '“']) && !abbreviated;
        if word_end == 0
            || between.contains(['(', ')', ':', ';', '\n', '/', '!', '?']) && !abbreviated
            || between.contains(". ") && !abbreviated
        {
            if let Some(last) = words.last_mut() {
                let last: &mut Word<'_> = last;
                last.opens = true;
            }
            break;
        }
        let word_start = head[..word_end]
            .rfind(|letter: char| !is_word_letter(letter))
            .map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
        let written = &head[word_start..word_end];
        words.push(Word { written, term: canonical(written), opens: word_start == 0, cut });
        cut = false;
        tail = word_start;
        if words.len() > MAX_PREFIX_WORDS && words.last().is_some_and(Word::ends_phrase) {
            break;
        }
    }
    words
}

fn is_city_abbreviation(head: &str) -> bool {
    ["TP", "Tp", "tp", "TX", "T", "P", "Q", "H"]
        .iter()
        .any(|abbreviation| head.strip_suffix(abbreviation).is_some_and(|before| !before.ends_with(is_word_letter)))
}

/// The kind of place that the words right before a name tell, and how many words that takes.
fn prefix_of(words: &[Word<'_>]) -> (Prefix, usize) {
    let term = |at: usize| words.get(at).filter(|word| !word.cut).map_or("", |word| word.term.as_str());
    match (term(1), term(0)) {
        (_, "tỉnh") => (Prefix::Province, 1),
        ("thành", "phố") => (Prefix::City, 2),
        ("thị", "xã") => (Prefix::District(DistrictKind::Town), 2),
        ("t", "p") => (Prefix::City, 2),
        (_, "tp") => (Prefix::City, 1),
        (_, "tx") => (Prefix::District(DistrictKind::Town), 1),
        (_, "huyện") => (Prefix::District(DistrictKind::Rural), 1),
        (_, "quận") => (Prefix::District(DistrictKind::Urban), 1),
        ("thủ", "đô") => (Prefix::City, 2),
        _ => (Prefix::None, 0),
    }
}

fn context_of(text: &str, end: usize, words: &[Word<'_>], skip: usize, prefix: Prefix, capitals_tell: bool) -> Context {
    let phrase = phrase_before(words, skip);
    let direct = phrase.as_str();
    if ends_with_any(direct, &["điểm cầu", "đầu cầu"]) {
        return Context::VideoLink;
    }
    if prefix == Prefix::None {
        if ends_with_any(direct, &OTHER_DIRECT) {
            return Context::Other;
        }
        if capitals_tell && names_a_person_or_firm(words) {
            return Context::Other;
        }
    }
    let is_body = contains_any(&phrase, &BODIES);
    // A hospital or school "của tỉnh X" is the province's; a university named for it is not.
    if prefix != Prefix::Province && contains_any(&phrase, &OTHER_PHRASE) {
        return Context::Other;
    }
    if capitals_tell && prefix == Prefix::None && !is_body && a_name_goes_on(text, end) {
        return Context::Other;
    }
    let before_prefix = words.get(skip).map_or("", |word| word.term.as_str());
    if is_body && contains_any(&phrase, &["nguyên", "cựu"]) {
        Context::Former
    } else if is_body {
        Context::Body
    } else if is_home(text, words, end) {
        Context::Home
    } else if VENUE.contains(&before_prefix) {
        Context::Venue
    } else {
        Context::Plain
    }
}

/// Words that say that somebody lives or comes from where the next words name.
const HOME: [&str; 4] = ["trú", "ngụ", "quê", "hộ"];

/// Bytes before a name in which it may be said that it is somebody's home: a hamlet, a commune and a district stand between.
const HOME_BYTES: usize = 110;

/// Whether the name is in somebody's address: only names, numbers and words for units stand between "trú" and it.
fn is_home(text: &str, words: &[Word<'_>], end: usize) -> bool {
    const BETWEEN: [&str; 22] = [
        "tại",
        "ở",
        "quán",
        "thường",
        "số",
        "nhà",
        "tổ",
        "thôn",
        "ấp",
        "bản",
        "làng",
        "xóm",
        "khu",
        "khối",
        "phố",
        "đường",
        "xã",
        "phường",
        "huyện",
        "quận",
        "thị",
        "tỉnh",
    ];
    const AND: [&str; 4] = ["trấn", "thành", "cùng", "khẩu"];
    if words.is_empty() {
        return false;
    }
    let from = (end - HOME_BYTES.min(end)..end).find(|&at| text.is_char_boundary(at)).unwrap_or(end);
    let window = &text[from..end];
    let window = window.rfind(['(', ';', '\n']).map_or(window, |at| &window[at..]);
    let words = window.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).rev();
    for word in words {
        let term = canonical(word);
        if HOME.contains(&term.as_str()) {
            return true;
        }
        let a_name = word.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit());
        if !a_name && !BETWEEN.contains(&term.as_str()) && !AND.contains(&term.as_str()) {
            return false;
        }
    }
    false
}

/// The noun phrase that ends with the name: back to a preposition or a cut, joined, nearest word last.
fn phrase_before(words: &[Word<'_>], skip: usize) -> String {
    let mut phrase: Vec<&str> = Vec::new();
    for word in words.iter().skip(skip) {
        if word.ends_phrase() {
            break;
        }
        phrase.push(&word.term);
    }
    phrase.reverse();
    let phrase = phrase.join(" ");
    // Most phrases name neither; each of them is read for every name of a place.
    if !phrase.contains("trường") {
        return phrase;
    }
    NO_SCHOOLS.iter().fold(phrase, |phrase, word| phrase.replace(word, "")).trim().to_owned()
}

/// Whether the word right before is a surname or a capitalised part of a longer name.
fn names_a_person_or_firm(words: &[Word<'_>]) -> bool {
    let Some(before) = words.first().filter(|word| !word.cut) else { return false };
    let all_capitals = before.written.chars().count() > 1 && before.written.chars().all(is_capital);
    if all_capitals {
        return OTHER_ABBREVIATIONS.contains(&before.written);
    }
    let capital = before.written.chars().next().is_some_and(is_capital);
    capital
        && (SURNAMES.contains(&before.term.as_str())
            || !before.opens && !contains_any(&before.term, &BODIES) && !VENUE.contains(&before.term.as_str()))
}

/// Whether a capitalised word follows without a break: `Hà Nội Plaza`.
fn a_name_goes_on(text: &str, end: usize) -> bool {
    let mut after = text[end..].chars();
    after.next() == Some(' ') && after.next().is_some_and(is_capital)
}

/// Whether a word is a surname that many people bear.
pub(super) fn is_surname(word: &str) -> bool {
    SURNAMES.contains(&canonical(word).as_str())
}

fn window_before(text: &str, at: usize) -> &str {
    let mut start = at.saturating_sub(CONTEXT_BYTES);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..at]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::canonical_phrase;

    #[test]
    fn the_words_around_a_name_tell_what_it_does() {
        let cases = [
            ("UBND tỉnh |Thanh Hóa| họp", Prefix::Province, Context::Body),
            ("Bí thư Tỉnh ủy |Thanh Hóa| Lê Văn A", Prefix::None, Context::Body),
            ("tại TP. |Thanh Hóa|, Bộ", Prefix::City, Context::Venue),
            ("tại |Hà Nội|, Bộ", Prefix::None, Context::Venue),
            ("Tại |Hà Nội|, Bộ", Prefix::None, Context::Venue),
            ("huyện |Quảng Ninh|", Prefix::District(DistrictKind::Rural), Context::Plain),
            ("thị xã |Gia Nghĩa|", Prefix::District(DistrictKind::Town), Context::Plain),
            ("đường |Hà Nội| sáng nay", Prefix::None, Context::Other),
            ("Trường Đại học Bách khoa |Hà Nội| tuyển sinh", Prefix::None, Context::Other),
            ("Đại học Quốc gia TP.|HCM| tuyển", Prefix::City, Context::Other),
            ("ông Nguyễn |Thái Bình| nói", Prefix::None, Context::Other),
            ("phường |Phú Thọ|, quận", Prefix::None, Context::Other),
            ("FLC |Thanh Hóa| thắng", Prefix::None, Context::Other),
            ("Công ty CP Xây dựng |Hải Phòng| trúng thầu", Prefix::None, Context::Other),
            ("Bệnh viện Đa khoa tỉnh |Hòa Bình| cho", Prefix::Province, Context::Plain),
            ("Đảng bộ. |Thanh Hóa| có 27 huyện", Prefix::None, Context::Plain),
            ("Tại điểm cầu |Hà Nội|, dự", Prefix::None, Context::VideoLink),
            ("cựu Bí thư Tỉnh ủy |Bến Tre|)", Prefix::None, Context::Former),
            ("Trung tâm |Hà Nội| Plaza mở cửa", Prefix::None, Context::Other),
            ("Sở Tài nguyên và Môi trường |Đắk Nông| họp", Prefix::None, Context::Plain),
            ("Chi cục Quản lý thị trường |Cà Mau| kiểm tra", Prefix::None, Context::Body),
            ("Trường |Hà Nội| mở cửa", Prefix::None, Context::Other),
            ("anh An (1987, trú thôn 4, xã Tân Lập, tỉnh |Đồng Nai|)", Prefix::Province, Context::Home),
            ("bà Mận quê ở |Nam Định| vào", Prefix::None, Context::Home),
            ("anh trú lại, sau đó về |Nam Định|", Prefix::None, Context::Venue),
        ];
        for (marked, prefix, context) in cases {
            let parts: Vec<&str> = marked.split('|').collect();
            let text = parts.concat();
            let (start, end) = (parts[0].len(), parts[0].len() + parts[1].len());
            assert_eq!(surroundings(&text, start, end, true), Surroundings { prefix, context }, "{marked}");
        }
    }

    #[test]
    fn every_phrase_is_canonical() {
        let lists: [&[&str]; 6] = [&OTHER_DIRECT, &OTHER_PHRASE, &BODIES, &VENUE, &PHRASE_BREAKS, &SURNAMES];
        for phrase in lists.concat() {
            assert_eq!(canonical_phrase(phrase), phrase);
        }
    }
}
