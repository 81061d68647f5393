//! A date as metadata writes it → a day or month in Vietnamese local time.
//!
//! Knows the forms that feeds, databases, web pages and people use; does not look for dates in
//! running text, and does not guess: what is not plainly a date is none.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{Timestamp, fmt::rfc2822};

/// Clocks in Việt Nam: UTC+7 all the year.
const VIETNAM: Offset = Offset::constant(7);

/// Years that an article of an archive can come from.
const YEARS: std::ops::RangeInclusive<i16> = 1945..=2100;

/// Words that may stand in a line that is a date and nothing else; without diacritics.
const STAMP_WORDS: [&str; 34] = [
    "thu", "hai", "ba", "tu", "nam", "sau", "bay", "chu", "nhat", "cn", "ngay", "thang", "gio", "phut", "luc", "vao", "cap", "dang", "tin",
    "xuat", "ban", "thoi", "gian", "gmt", "utc", "am", "pm", "sa", "ch", "sang", "chieu", "toi", "h", "bai",
];

/// What a date says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    Instant(Timestamp),
    Local(DateTime),
    Day(Date),
    Month(Date),
}

/// The day (`YYYY-MM-DD`) or month (`YYYY-MM`) that a date names; `None` where it names neither.
///
/// An instant with a zone is brought to Vietnamese local time before its day is taken.
pub fn day_or_month(text: &str) -> Option<String> {
    Some(match read(text)? {
        When::Instant(instant) => VIETNAM.to_datetime(instant).date().to_string(),
        When::Local(local) => local.date().to_string(),
        When::Day(day) => day.to_string(),
        When::Month(first) => format!("{:04}-{:02}", first.year(), first.month()),
    })
}

/// An instant in RFC 3339 with `+07:00`, or a bare day; `None` for anything less exact.
pub fn instant_or_day(text: &str) -> Option<String> {
    let local = match read(text)? {
        When::Instant(instant) => VIETNAM.to_datetime(instant),
        When::Local(local) => local,
        When::Day(day) => return Some(day.to_string()),
        When::Month(_) => return None,
    };
    Some(format!("{local}+07:00"))
}

/// The day of a line that holds a date and nothing else: `Thứ hai, 04/11/2024, 07:00 (GMT+7)`.
///
/// A line of the text may be `Ngày 4/11/2024`: that is none.
pub fn stamp(line: &str) -> Option<String> {
    let folded = crate::text::fold(line);
    let is_text = folded.starts_with("ngay") && !["dang", "cap nhat", "xuat ban", ":"].iter().any(|word| folded.contains(word));
    (is_clock(line) && !is_text).then(|| day_or_month(line)).flatten().filter(|day| day.len() == 10)
}

/// Whether a line has no words but those of dates: `thứ năm, 08 08 2019 08:51`.
pub fn is_clock(line: &str) -> bool {
    line.len() <= 100 && line.contains(|letter: char| letter.is_ascii_digit()) && {
        let folded = crate::text::fold(line);
        let mut words = crate::text::parts(&folded).map(|part| &folded[part]);
        words.all(|word| word.starts_with(|letter: char| letter.is_ascii_digit()) || STAMP_WORDS.contains(&word))
    }
}

/// The day in brackets at the end of an entry in a list of stories: `Cà Mau họp (11/06/2019)`.
pub fn entry_day(entry: &str) -> Option<String> {
    let inner = entry.trim_end().strip_suffix(')')?;
    let (_, inner) = inner.rsplit_once('(').filter(|(_, inner)| inner.len() <= 20)?;
    inner
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"/-.: ".contains(&byte))
        .then(|| day_or_month(inner))
        .flatten()
        .filter(|day| day.len() == 10)
}

fn read(text: &str) -> Option<When> {
    let text = text.trim();
    if text.len() > 200 {
        return None;
    }
    let when = digits(text).or_else(|| standard(text)).or_else(|| numeric(text)).or_else(|| in_words(text))?;
    let year = match when {
        When::Instant(instant) => VIETNAM.to_datetime(instant).year(),
        When::Local(local) => local.year(),
        When::Day(day) | When::Month(day) => day.year(),
    };
    YEARS.contains(&year).then_some(when)
}

/// Digits alone: seconds or milliseconds since 1970, `YYYYMMDD`, a web archive's `YYYYMMDDhhmmss` (UTC).
fn digits(text: &str) -> Option<When> {
    let whole = text.split_once('.').filter(|(_, fraction)| fraction.len() < 7 && fraction.bytes().all(|byte| byte.is_ascii_digit()));
    let whole = whole.map_or(text, |(whole, _)| whole);
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| whole.get(range)?.parse::<i8>().ok();
    match whole.len() {
        8 => Some(When::Day(Date::new(whole[..4].parse().ok()?, number(4..6)?, number(6..8)?).ok()?)),
        9 | 10 => Timestamp::from_second(whole.parse().ok()?).ok().map(When::Instant),
        12 | 13 => Timestamp::from_millisecond(whole.parse().ok()?).ok().map(When::Instant),
        14 => {
            let day = Date::new(whole[..4].parse().ok()?, number(4..6)?, number(6..8)?).ok()?;
            let time = jiff::civil::Time::new(number(8..10)?, number(10..12)?, number(12..14)?, 0).ok()?;
            Offset::UTC.to_timestamp(day.to_datetime(time)).ok().map(When::Instant)
        }
        _ => None,
    }
}

/// RFC 3339 and its relatives, with a zone or without; RFC 2822.
fn standard(text: &str) -> Option<When> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(When::Instant(instant));
    }
    if let Ok(zoned) = rfc2822::parse(text) {
        return Some(When::Instant(zoned.timestamp()));
    }
    let local: DateTime = text.parse().ok()?;
    Some(if text.contains(':') { When::Local(local) } else { When::Day(local.date()) })
}

/// A number of a text, and the single character between it and the next.
struct Number {
    value: i16,
    digits: usize,
    separator: Option<char>,
}

fn numbers(text: &str) -> Vec<Number> {
    let is_digit = |letter: char| letter.is_ascii_digit();
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_digit) {
        let digits = rest[start..].find(|letter| !is_digit(letter)).unwrap_or(rest.len() - start);
        let value = rest[start..start + digits].parse().unwrap_or(i16::MAX);
        rest = &rest[start + digits..];
        let mut after = rest.chars();
        let separator = after.next().filter(|_| after.next().is_some_and(is_digit));
        found.push(Number { value, digits, separator });
    }
    found
}

/// `04/11/2024`, `2024-11-04`, `4.11.2024`, `11/2024`, `2024-11`, whatever stands around them.
fn numeric(text: &str) -> Option<When> {
    let numbers = numbers(text);
    let joined = |at: usize| numbers.get(at).and_then(|number| number.separator).filter(|&separator| "/-.".contains(separator));
    let day = numbers.windows(3).enumerate().find_map(|(at, triple)| {
        if joined(at).is_none() || joined(at) != joined(at + 1) {
            return None;
        }
        match triple {
            [year, month, day] if year.digits == 4 => date(year.value, month.value, day.value),
            // A month above 12 is a day of the American order.
            [month, day, year] if year.digits == 4 && day.value > 12 => date(year.value, month.value, day.value),
            [day, month, year] if year.digits == 4 => date(year.value, month.value, day.value),
            _ => None,
        }
    });
    let month = || {
        let alone = |at: usize| {
            joined(at).is_some_and(|separator| separator != '.') && at.checked_sub(1).and_then(joined).or(joined(at + 1)).is_none()
        };
        numbers.windows(2).enumerate().filter(|&(at, _)| alone(at)).find_map(|(_, pair)| match pair {
            [year, month] if year.digits == 4 && month.digits <= 2 => date(year.value, month.value, 1),
            [month, year] if year.digits == 4 => date(year.value, month.value, 1),
            _ => None,
        })
    };
    day.map(When::Day).or_else(|| month().map(When::Month))
}

/// `ngày 4 tháng 11 năm 2024`, `tháng 11 năm 2024`, `November 4, 2024`, `4 Nov 2024`.
fn in_words(text: &str) -> Option<When> {
    const ENGLISH: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let folded = crate::text::fold(text);
    let words: Vec<&str> = crate::text::parts(&folded).map(|part| &folded[part]).collect();
    let number = |at: usize| words.get(at).and_then(|word| word.parse::<i16>().ok());
    let (at, month, name_length) = words.iter().enumerate().find_map(|(at, word)| {
        if *word == "thang" {
            return number(at + 1).map(|month| (at, month, 2));
        }
        let english = ENGLISH.iter().position(|month| word.len() >= 3 && word.starts_with(month))?;
        Some((at, english as i16 + 1, 1))
    })?;
    let after = (at + name_length..words.len().min(at + name_length + 3)).filter_map(number).collect::<Vec<_>>();
    let year = after.iter().copied().find(|year| YEARS.contains(year))?;
    let day = at.checked_sub(1).and_then(number).or_else(|| after.first().copied().filter(|&day| day != year));
    match day {
        Some(day) => date(year, month, day).map(When::Day),
        None => date(year, month, 1).map(When::Month),
    }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_form_gives_the_day_in_vietnam() {
        let cases = [
            ("2024-11-04", Some("2024-11-04")),
            ("2024-11-04T07:00:00", Some("2024-11-04")),
            ("2024-11-04 23:30:00", Some("2024-11-04")),
            ("2024-11-03T20:00:00Z", Some("2024-11-04")),
            ("2024-11-03T16:59:59.000+00:00", Some("2024-11-03")),
            ("2024-11-04T02:00:00+09:00", Some("2024-11-04")),
            ("2024-11-03T20:00:00+0000", Some("2024-11-04")),
            ("Sun, 03 Nov 2024 20:00:00 GMT", Some("2024-11-04")),
            ("Mon, 4 Nov 2024 07:00:00 +0700", Some("2024-11-04")),
            ("04/11/2024", Some("2024-11-04")),
            ("4-11-2024 07:00", Some("2024-11-04")),
            ("4.11.2024", Some("2024-11-04")),
            ("11/30/2019 9:00 AM", Some("2019-11-30")),
            ("Thứ hai, 04/11/2024, 07:00 (GMT+7)", Some("2024-11-04")),
            ("07:00 04/11/2024", Some("2024-11-04")),
            ("ngày 4 tháng 11 năm 2024", Some("2024-11-04")),
            ("Nga\u{300}y 4 tha\u{301}ng 11, 2024", Some("2024-11-04")),
            ("November 4, 2024", Some("2024-11-04")),
            ("4 Nov 2024", Some("2024-11-04")),
            ("1730678400", Some("2024-11-04")),
            ("1730678400000", Some("2024-11-04")),
            ("1730678400.5", Some("2024-11-04")),
            ("20241103200000", Some("2024-11-04")),
            ("20241104", Some("2024-11-04")),
            ("2024-11", Some("2024-11")),
            ("11/2024", Some("2024-11")),
            ("tháng 11 năm 2024", Some("2024-11")),
            ("2024", None),
            ("31/02/2024", None),
            ("0000-00-00 00:00:00", None),
            ("1970-01-01", Some("1970-01-01")),
            ("0001-01-01T00:00:00", None),
            ("hôm qua", None),
            ("99999999999999999999", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(day_or_month(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_capture_keeps_its_time() {
        let cases = [
            ("2025-08-09T02:26:47Z", Some("2025-08-09T09:26:47+07:00")),
            ("2025-08-09 09:26:47", Some("2025-08-09T09:26:47+07:00")),
            ("20180330081814", Some("2018-03-30T15:18:14+07:00")),
            ("09/08/2025", Some("2025-08-09")),
            ("08/2025", None),
        ];
        for (text, expected) in cases {
            assert_eq!(instant_or_day(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_line_that_is_a_date_is_told_from_a_line_about_one() {
        for yes in [
            "Thứ hai, 04/11/2024, 07:00 (GMT+7)",
            "04/11/2024",
            "Ngày đăng: 04/11/2024",
            "Cập nhật lúc 07h30, 04/11/2024",
            "CN, 4-11-2024 | 07:00",
        ] {
            assert_eq!(stamp(yes).as_deref(), Some("2024-11-04"), "{yes}");
        }
        for no in ["Ngày 4/11/2024", "Họp ngày 04/11/2024", "11/2024", "Lượt xem: 54", "(04/11/2024) Cà Mau"] {
            assert_eq!(stamp(no), None, "{no}");
        }
    }
}
