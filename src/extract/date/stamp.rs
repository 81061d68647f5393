//! Text → the dates written in it, each with its span; says what stands there, not what it means.
//!
//! Forms: `29/02`, `30.4`, `30-4-1975`, `2024-11-26`, `ngày 2 tháng 9 năm 2024`, `tháng 10/2023`,
//! `quý I/2024`, `năm 2024`, and spans (`3-5/6/2024`, `từ ngày 29/6 đến 5/7`, `ngày 3 và 4/6`).

use crate::article::Interval;
use jiff::civil::Date;

/// Years that a date may have; whatever lies outside is a number.
pub(super) const YEARS: std::ops::RangeInclusive<i16> = 1945..=2100;

/// A day and a month, with or without a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DayMonth {
    pub day: i8,
    pub month: i8,
    pub year: Option<i16>,
}

impl DayMonth {
    /// The day in a year; none where that year has no such day (29/02).
    pub fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// A day, or a span of days.
    Days { first: DayMonth, last: DayMonth },
    /// A month with its year.
    Month { month: i8, year: i16 },
    /// A quarter with its year.
    Quarter { quarter: i8, year: i16 },
    /// A year.
    Year(i16),
}

/// A date in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// First byte; `ngày`, `tháng`, `năm` before the number do not belong to it.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    pub written: Written,
    /// Whether words or `/` make it a date beyond doubt; `30.4` and `3-4` could be numbers.
    pub certain: bool,
}

impl Stamp {
    /// The interval, if the year is written.
    pub fn interval(&self) -> Option<Interval> {
        match self.written {
            Written::Days { first, last } => {
                let to = last.in_year(last.year?)?;
                let from = first.in_year(first.year.unwrap_or(to.year()))?;
                (from <= to).then_some(Interval { from, to })
            }
            Written::Month { month, year } => Interval::month(year, month),
            Written::Quarter { quarter, year } => {
                let from = Interval::month(year, quarter * 3 - 2)?.from;
                Some(Interval { from, to: Interval::month(year, quarter * 3)?.to })
            }
            Written::Year(year) => Interval::year(year),
        }
    }

    /// The year, if it is written.
    pub fn year(&self) -> Option<i16> {
        match self.written {
            Written::Days { last, .. } => last.year,
            Written::Month { year, .. } | Written::Quarter { year, .. } | Written::Year(year) => Some(year),
        }
    }
}

/// Every date of a text, in order, not overlapping. One pass.
pub(super) fn stamps(text: &str) -> Vec<Stamp> {
    let bytes = text.as_bytes();
    let mut found: Vec<Stamp> = Vec::new();
    let mut at = 0;
    while let Some(digit) = bytes[at..].iter().position(u8::is_ascii_digit).map(|ahead| at + ahead) {
        let number = Reader { text, at: digit }.digits();
        at = number.end;
        let ends_a_quarter = number.len == 4 && quarter_before(&text[..digit]).is_some();
        if !begins_a_date(bytes, digit) && !ends_a_quarter {
            continue;
        }
        if let Some(stamp) = date_at(text, digit) {
            at = stamp.end;
            join_or_push(&mut found, text, stamp);
        }
    }
    found
}

/// Whether a number at this place is not the middle of something longer (`1.234/5`, `A4`, `57-NQ`).
fn begins_a_date(bytes: &[u8], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map(|place| bytes[place]);
    match before(1) {
        Some(letter) if letter.is_ascii_alphanumeric() || letter >= 0x80 && !ends_a_dash_or_quote(bytes, at) => false,
        Some(b'.' | b',' | b'/' | b':' | b'%' | b'+') => !before(2).is_some_and(|letter| letter.is_ascii_alphanumeric()),
        _ => true,
    }
}

/// Whether the bytes before are an en dash, an em dash or a quotation mark (all U+20xx).
fn ends_a_dash_or_quote(bytes: &[u8], at: usize) -> bool {
    at >= 3 && bytes[at - 3..at - 1] == [0xE2, 0x80]
}

/// Reads forward over a text.
#[derive(Clone, Copy)]
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

#[derive(Clone, Copy)]
struct Digits {
    end: usize,
    len: usize,
    /// The number of the first four digits at most.
    value: i16,
}

impl<'a> Reader<'a> {
    fn digits(&mut self) -> Digits {
        let len = self.text.as_bytes()[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let value = self.text[self.at..self.at + len.min(4)].parse().unwrap_or(0);
        self.at += len;
        Digits { end: self.at, len, value }
    }

    /// Takes one of the words, spaces before it included; matches either case of the first letter.
    fn take(&mut self, words: &[&str]) -> bool {
        let rest = self.text[self.at..].trim_start_matches([' ', '\n']);
        let found = words.iter().find(|&&word| starts_with_word(rest, word));
        if let Some(word) = found {
            self.at = self.text.len() - rest.len() + word.len();
        }
        found.is_some()
    }

    /// Takes a number of at most `len` digits, spaces before it included.
    fn number(&mut self, len: usize) -> Option<i16> {
        let mut ahead = *self;
        let spaces = ahead.text[ahead.at..].len() - ahead.text[ahead.at..].trim_start_matches(' ').len();
        ahead.at += spaces;
        let digits = ahead.digits();
        (1..=len).contains(&digits.len).then(|| {
            *self = ahead;
            digits.value
        })
    }

    /// Takes a separator of a numeric date.
    fn separator(&mut self) -> Option<u8> {
        let byte = *self.text.as_bytes().get(self.at)?;
        let digit_follows = self.text.as_bytes().get(self.at + 1).is_some_and(u8::is_ascii_digit);
        (matches!(byte, b'/' | b'-' | b'.') && digit_follows).then(|| {
            self.at += 1;
            byte
        })
    }

    /// Takes a year of four digits; a slip of more digits counts as its first four (`20240`).
    fn year(&mut self) -> Option<i16> {
        let mut ahead = *self;
        let digits = ahead.digits();
        (matches!(digits.len, 4 | 5) && YEARS.contains(&digits.value)).then(|| {
            *self = ahead;
            digits.value
        })
    }

    /// Takes the year after a month: `/2024`, `-2024`, `.2024`, ` năm 2024`, `, 2024`.
    fn year_after(&mut self) -> Option<i16> {
        let mut ahead = *self;
        let year = match ahead.separator() {
            Some(_) => ahead.year(),
            None if ahead.take(&["năm", ","]) => {
                ahead.take(&[""]);
                ahead.text[ahead.at..].starts_with(|letter: char| letter.is_ascii_digit()).then(|| ahead.year()).flatten()
            }
            None => None,
        };
        year.inspect(|_| *self = ahead)
    }

    /// Whether the next letter would make a number of what was read (`3/5%`, `2/3 số`, `4.0`).
    fn number_goes_on(&self) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        match rest {
            [b'%' | b'/', ..] => true,
            [b'.' | b',', digit, ..] if digit.is_ascii_digit() => true,
            [b'-', next, ..] if next.is_ascii_alphabetic() => true,
            [first, ..] => first.is_ascii_alphanumeric(),
            [] => false,
        }
    }
}

fn starts_with_word(rest: &str, word: &str) -> bool {
    rest.starts_with(word) || {
        let mut letters = rest.chars();
        let lowered = letters.next().map(char::to_lowercase);
        let tail = letters.as_str();
        let mut expected = word.chars();
        match (lowered, expected.next()) {
            (Some(mut first), Some(letter)) => first.next() == Some(letter) && tail.starts_with(expected.as_str()),
            _ => word.is_empty(),
        }
    }
}

fn valid(day: i16, month: i16) -> bool {
    // 2024 is a leap year, so 29/02 passes here and is tried against each year later.
    Date::new(2024, month.try_into().unwrap_or(0), day.try_into().unwrap_or(0)).is_ok()
}

/// The date that begins with the number at this place.
fn date_at(text: &str, start: usize) -> Option<Stamp> {
    let mut reader = Reader { text, at: start };
    let number = reader.digits();
    match number.len {
        1 | 2 => day_or_month(reader, start, number.value),
        4 | 5 if YEARS.contains(&number.value) => Some(iso(reader, start, number.value).unwrap_or_else(|| year(reader, start, number))),
        _ => None,
    }
}

/// `2024-11-26`
fn iso(mut reader: Reader<'_>, start: usize, year: i16) -> Option<Stamp> {
    let separator = reader.separator()?;
    let month = reader.number(2)?;
    (reader.separator()? == separator).then_some(())?;
    let day = reader.number(2)?;
    if reader.number_goes_on() || !valid(day, month) {
        return None;
    }
    let day = DayMonth { day: day as i8, month: month as i8, year: Some(year) };
    Some(Stamp { start, end: reader.at, written: Written::Days { first: day, last: day }, certain: true })
}

/// A bare year, or the end of `quý I/2024`.
fn year(reader: Reader<'_>, start: usize, number: Digits) -> Stamp {
    let written = match quarter_before(&reader.text[..start]) {
        Some(quarter) => Written::Quarter { quarter, year: number.value },
        None => Written::Year(number.value),
    };
    Stamp { start, end: number.end, written, certain: number.len == 4 }
}

/// The quarter that a text ends with: `quý I/`, `quý 3 năm `.
fn quarter_before(text: &str) -> Option<i8> {
    let head = text.trim_end_matches([' ', '/', '-', '.']).trim_end_matches("năm").trim_end();
    let roman = [("IV", 4), ("III", 3), ("II", 2), ("I", 1), ("4", 4), ("3", 3), ("2", 2), ("1", 1)];
    let (word, quarter) = roman.iter().find_map(|&(numeral, quarter)| Some((head.strip_suffix(numeral)?.trim_end(), quarter)))?;
    ["quý", "Quý", "quí", "Quí", "QUÝ"].iter().any(|quarter_word| word.ends_with(quarter_word)).then_some(quarter)
}

/// A date that begins with one or two digits: a day, or a month.
fn day_or_month(mut reader: Reader<'_>, start: usize, number: i16) -> Option<Stamp> {
    let text = reader.text;
    let head = text[..start].trim_end();
    if head.ends_with("tháng") || head.ends_with("Tháng") || head.ends_with("THÁNG") {
        let year = reader.year_after()?;
        let month = (1..=12).contains(&number).then_some(number as i8)?;
        return Some(Stamp { start, end: reader.at, written: Written::Month { month, year }, certain: true });
    }
    if reader.take(&["tháng"]) {
        let month = reader.number(2)?;
        let year = reader.year_after();
        return days(start, reader.at, number, month, year, true);
    }
    let mut ahead = reader;
    if let Some(separator) = ahead.separator() {
        if let Some(year) = ahead.year() {
            let month = (1..=12).contains(&number).then_some(number as i8)?;
            let certain = separator == b'/';
            return (!ahead.number_goes_on()).then_some(Stamp { start, end: ahead.at, written: Written::Month { month, year }, certain });
        }
        let second = ahead.number(2)?;
        if let Some(range) = range_of_days(reader, start, number) {
            return Some(range);
        }
        let mut with_year = ahead;
        if let Some(next) = with_year.separator() {
            match with_year.year() {
                Some(year) => return days(start, with_year.at, number, second, Some(year), true),
                None if next == separator => return None,
                None => {}
            }
        }
        let year = ahead.take(&["năm"]).then(|| ahead.number(5)).flatten().filter(|year| YEARS.contains(year));
        if year.is_none() {
            ahead = reader;
            ahead.separator();
            ahead.number(2);
        }
        if ahead.number_goes_on() {
            return None;
        }
        return days(start, ahead.at, number, second, year, separator == b'/');
    }
    range_of_days(reader, start, number)
}

/// Most days that are named one by one before their month: `15, 16 và 17/8`.
const MAX_DAYS: usize = 6;

/// `3-5/6`, `3 - 5/6/2024`, `3 và 4/6`, `3 đến ngày 5/6`, `3, 4 và 5/6`, after the first number.
fn range_of_days(mut reader: Reader<'_>, start: usize, first: i16) -> Option<Stamp> {
    let mut before = first;
    for _ in 0..MAX_DAYS {
        if !reader.take(&["-", "–", "—", "và", "đến", "tới", ","]) {
            return None;
        }
        reader.take(&["hết"]);
        reader.take(&["ngày"]);
        let at = reader.at + (reader.text[reader.at..].len() - reader.text[reader.at..].trim_start_matches(' ').len());
        let mut tail = Reader { text: reader.text, at };
        let number = tail.digits();
        if !(1..=2).contains(&number.len) {
            return None;
        }
        let month_follows = matches!(reader.text.as_bytes().get(tail.at), Some(b'/' | b'.')) || tail.take(&["tháng"]);
        if month_follows {
            let second = day_or_month(Reader { text: reader.text, at: number.end }, at, number.value)?;
            return match second.written {
                Written::Days { first: single, last } if single == last && valid(first, last.month.into()) && first < last.day.into() => {
                    let first = DayMonth { day: first as i8, ..last };
                    Some(Stamp { start, end: second.end, written: Written::Days { first, last }, certain: second.certain })
                }
                _ => None,
            };
        }
        if number.value <= before {
            return None;
        }
        (before, reader.at) = (number.value, number.end);
    }
    None
}

fn days(start: usize, end: usize, day: i16, month: i16, year: Option<i16>, certain: bool) -> Option<Stamp> {
    let valid = valid(day, month) && year.is_none_or(|year| Date::new(year, month as i8, day as i8).is_ok());
    let day = DayMonth { day: day.try_into().ok()?, month: month.try_into().ok()?, year };
    valid.then_some(Stamp { start, end, written: Written::Days { first: day, last: day }, certain })
}

/// Joins `29/6` and `5/7` where `đến` or a dash stands between; else adds the stamp.
fn join_or_push(found: &mut Vec<Stamp>, text: &str, stamp: Stamp) {
    if let Some(before) = found.last_mut()
        && let (Written::Days { first, last }, Written::Days { first: next, last: end }) = (before.written, stamp.written)
    {
        let between = text[before.end..stamp.start].trim().trim_end_matches("ngày").trim_end().trim_end_matches("hết").trim_end();
        let joined = matches!(between, "đến" | "-" | "–" | "tới");
        let in_order = (last.year.or(end.year), last.month, last.day) < (end.year, next.month, next.day);
        if joined && first == last && next == end && in_order {
            let first = DayMonth { year: first.year.or(end.year), ..first };
            *before = Stamp { start: before.start, end: stamp.end, written: Written::Days { first, last: end }, certain: true };
            return;
        }
    }
    found.push(stamp);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let day = |day: DayMonth| match day.year {
            Some(year) => format!("{year}-{:02}-{:02}", day.month, day.day),
            None => format!("{:02}-{:02}", day.month, day.day),
        };
        let describe = |stamp: Stamp| match stamp.written {
            Written::Days { first, last } if first == last => day(first),
            Written::Days { first, last } => format!("{}..{}", day(first), day(last)),
            Written::Month { month, year } => format!("{year}-{month:02}"),
            Written::Quarter { quarter, year } => format!("{year}Q{quarter}"),
            Written::Year(year) => format!("{year}"),
        };
        stamps(text).into_iter().map(describe).collect()
    }

    #[test]
    fn every_form_is_read() {
        let cases: [(&str, &[&str]); 40] = [
            ("Ngày 29/02, tại", &["02-29"]),
            ("tối 30.4, ", &["04-30"]),
            ("30-4-1975", &["1975-04-30"]),
            ("(30.4.1975 - 30.4.2025)", &["1975-04-30..2025-04-30"]),
            ("ngày 26/11/2024.", &["2024-11-26"]),
            ("2024-11-26", &["2024-11-26"]),
            ("ngày 2 tháng 9 năm 2024", &["2024-09-02"]),
            ("ngày 02 tháng 9, 2024", &["2024-09-02"]),
            ("Ngày 8 tháng 5, Ban", &["05-08"]),
            ("ngày 5/6 năm 2017", &["2017-06-05"]),
            ("Sáng nay (12/8/20230, xã", &["2023-08-12"]),
            ("quý I/2024", &["2024Q1"]),
            ("quý 3 năm 2024", &["2024Q3"]),
            ("tháng 10/2023", &["2023-10"]),
            ("tháng 10 năm 2023", &["2023-10"]),
            ("tháng 1-2017", &["2017-01"]),
            ("10/2023", &["2023-10"]),
            ("năm 2024", &["2024"]),
            ("từ ngày 7 - 9/3", &["03-07..03-09"]),
            ("từ ngày 3 đến 5/6", &["06-03..06-05"]),
            ("ngày 3-4/6/2024", &["2024-06-03..2024-06-04"]),
            ("ngày 3 và 4/6", &["06-03..06-04"]),
            ("các ngày 15, 16 và 17/8/2019", &["2019-08-15..2019-08-17"]),
            ("ngày 15 tháng 8, 16 tháng 8", &["08-15", "08-16"]),
            ("bài 9, 10 và 7/8", &["08-07"]),
            ("từ ngày 28.9 đến 4.10 ở xã", &["09-28..10-04"]),
            ("từ ngày 10/3/2018 đến ngày 20/4/2018", &["2018-03-10..2018-04-20"]),
            ("từ ngày 30/11/2017 đến hết mùa", &["2017-11-30"]),
            ("57-NQ/TW", &[]),
            ("số 1234/QĐ", &[]),
            ("765.472 người, 0,71 và 4.0", &[]),
            ("150/2020/NĐ-CP", &[]),
            ("tăng 3.5% và 23/63 tỉnh", &[]),
            ("31/4", &[]),
            ("29/02/2023", &[]),
            ("14/17 chỉ tiêu", &[]),
            ("Covid19/2", &[]),
            ("nhiệm kỳ 2020 - 2025", &["2020", "2025"]),
            ("dịp lễ 30/4-1/5", &["04-30..05-01"]),
            ("năm 1234 và 5678", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn spans_hold_the_date_and_nothing_else() {
        let text = "Sáng ngày 25/02, và tháng 10 năm 2023.";
        let quoted: Vec<&str> = stamps(text).into_iter().map(|stamp| &text[stamp.start..stamp.end]).collect();
        assert_eq!(quoted, ["25/02", "10 năm 2023"]);
    }

    #[test]
    fn no_text_makes_it_panic_or_crawl() {
        let long = "1/1 - ".repeat(200_000);
        assert!(stamps(&long).len() > 100_000);
        for text in
            ["9", "9/", "9/9", "9/9/", "99999999999999999999", "ngày 1 tháng", "quý /2024", "–9/9", "é9/9", "9 đến", "9 - 9", "2024-"]
        {
            stamps(text);
        }
    }
}
