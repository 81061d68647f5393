//! An interval of days → a date as it is cited: no more exact than it is known.
//!
//! Knows how dates are written for people and for programs; does not choose between the dates of an article.

use super::Language;
use crate::article::{EventDate, Precision, Published};
use jiff::civil::Date;

const ENGLISH_MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// An end of a date, as exactly as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatePart {
    /// A day.
    Day(Date),
    /// A month of which no day is known.
    Month {
        /// The year.
        year: i16,
        /// 1 to 12.
        month: i8,
    },
    /// A year of which no month is known.
    Year(i16),
}

impl DatePart {
    fn of(day: Date, precision: Precision) -> DatePart {
        match precision {
            Precision::Day | Precision::None => DatePart::Day(day),
            Precision::Month => DatePart::Month { year: day.year(), month: day.month() },
            Precision::Year => DatePart::Year(day.year()),
        }
    }

    /// Year, month and day, as many of them as are known.
    pub fn numbers(self) -> Vec<i16> {
        match self {
            DatePart::Day(day) => vec![day.year(), day.month().into(), day.day().into()],
            DatePart::Month { year, month } => vec![year, month.into()],
            DatePart::Year(year) => vec![year],
        }
    }

    /// `2024-05-13`, `2024-05` or `2024`.
    pub fn iso(self) -> String {
        match self {
            DatePart::Day(day) => day.to_string(),
            DatePart::Month { year, month } => format!("{year:04}-{month:02}"),
            DatePart::Year(year) => format!("{year:04}"),
        }
    }

    /// For people: `13/05/2024`, `tháng 5/2024`, `năm 2024`; `13 May 2024`, `May 2024`, `2024`.
    pub fn text(self, language: Language) -> String {
        let english = |month: i8| ENGLISH_MONTHS[usize::from(month.unsigned_abs().clamp(1, 12)) - 1];
        match (self, language) {
            (DatePart::Day(day), Language::Vietnamese) => format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year()),
            (DatePart::Day(day), Language::English) => format!("{} {} {:04}", day.day(), english(day.month()), day.year()),
            (DatePart::Month { year, month }, Language::Vietnamese) => format!("tháng {month}/{year:04}"),
            (DatePart::Month { year, month }, Language::English) => format!("{} {year:04}", english(month)),
            (DatePart::Year(year), Language::Vietnamese) => format!("năm {year:04}"),
            (DatePart::Year(year), Language::English) => format!("{year:04}"),
        }
    }
}

/// A day, month or year, or a span from one to another; `from` and `to` are the same but for a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownDate {
    /// Where it begins.
    pub from: DatePart,
    /// Where it ends, included.
    pub to: DatePart,
}

impl KnownDate {
    /// When what the article reports happened; `None` where that is not known.
    pub fn of_event(event: &EventDate) -> Option<KnownDate> {
        let interval = event.interval()?;
        Some(KnownDate { from: DatePart::of(interval.from, event.precision), to: DatePart::of(interval.to, event.precision) })
    }

    /// The claimed day or month; `None` where the claim is no date.
    pub fn of_publication(published: &Published) -> Option<KnownDate> {
        let first = published.interval()?.from;
        // Such a claim is as exact as it is long.
        let part = match published.at.len() {
            4 => DatePart::of(first, Precision::Year),
            7 => DatePart::of(first, Precision::Month),
            _ => DatePart::of(first, Precision::Day),
        };
        Some(KnownDate { from: part, to: part })
    }

    /// Its parts: one, or the two ends of a span.
    pub fn parts(self) -> Vec<DatePart> {
        if self.from == self.to { vec![self.from] } else { vec![self.from, self.to] }
    }

    /// `2024-05-13`, `2024-05`, `2024`, or two of them with `/` between.
    pub fn iso(self) -> String {
        self.parts().into_iter().map(DatePart::iso).collect::<Vec<_>>().join("/")
    }

    /// For people, a span with ` – ` between.
    pub fn text(self, language: Language) -> String {
        self.parts().into_iter().map(|part| part.text(language)).collect::<Vec<_>>().join(" – ")
    }
}

/// When what an article reports happened, as it stands beside a hit: `khoảng 2022` and `about 2022` of a year, `không rõ ngày` and `date unknown` of
/// no date, else as [`KnownDate::text`].
pub fn event_text(event: &EventDate, language: Language) -> String {
    let say = |vietnamese, english| language.say(vietnamese, english);
    let Some(known) = KnownDate::of_event(event) else { return say("không rõ ngày", "date unknown").to_owned() };
    match known.parts()[..] {
        [DatePart::Year(year)] => format!("{} {year}", say("khoảng", "about")),
        _ => known.text(language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_no_more_exact_than_it_is_known() {
        let cases = [
            ("a day", "2024-05-13", "2024-05-13", Precision::Day, "2024-05-13", "13/05/2024", "13 May 2024"),
            (
                "days",
                "2024-12-30",
                "2025-01-02",
                Precision::Day,
                "2024-12-30/2025-01-02",
                "30/12/2024 – 02/01/2025",
                "30 December 2024 – 2 January 2025",
            ),
            (
                "days that fill a month",
                "2024-02-01",
                "2024-02-29",
                Precision::Day,
                "2024-02-01/2024-02-29",
                "01/02/2024 – 29/02/2024",
                "1 February 2024 – 29 February 2024",
            ),
            ("a month", "2024-02-01", "2024-02-29", Precision::Month, "2024-02", "tháng 2/2024", "February 2024"),
            (
                "a quarter",
                "2024-04-01",
                "2024-06-30",
                Precision::Month,
                "2024-04/2024-06",
                "tháng 4/2024 – tháng 6/2024",
                "April 2024 – June 2024",
            ),
            ("a year", "2022-01-01", "2022-12-31", Precision::Year, "2022", "năm 2022", "2022"),
            ("a part of a year", "2022-01-01", "2022-08-15", Precision::Year, "2022", "năm 2022", "2022"),
        ];
        for (name, from, to, precision, iso, vietnamese, english) in cases {
            let event = EventDate { from: from.parse().ok(), to: to.parse().ok(), precision, ..EventDate::default() };
            let date = KnownDate::of_event(&event).unwrap();
            assert_eq!(date.iso(), iso, "{name}");
            assert_eq!(date.text(Language::Vietnamese), vietnamese, "{name}");
            assert_eq!(date.text(Language::English), english, "{name}");
            let (beside, about) = (event_text(&event, Language::English), format!("about {english}"));
            assert_eq!(beside, if iso.len() == 4 { about } else { english.to_owned() }, "{name}");
        }
        assert_eq!(KnownDate::of_event(&EventDate::default()), None);
        assert_eq!(event_text(&EventDate::default(), Language::Vietnamese), "không rõ ngày");
    }

    #[test]
    fn a_claim_of_publication_is_as_exact_as_it_is_written() {
        for (at, expected) in [("2024-05-13", Some("2024-05-13")), ("2024-02", Some("2024-02")), ("13/5/2024", None), ("", None)] {
            let published = Published { at: at.to_owned(), claimed_by: "page".to_owned() };
            assert_eq!(KnownDate::of_publication(&published).map(KnownDate::iso).as_deref(), expected, "{at}");
        }
    }
}
