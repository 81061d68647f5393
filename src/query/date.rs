//! The values of `year:` and `date:`: a day, month or year as typed, and ranges of them.
//!
//! Input → output: the text after the colon → ends of a range. Which articles lie in it is not decided here.

use super::error::Expected;
use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// A range with both ends included; an open end is `None`, and one end is always there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Between<T> {
    /// First value.
    pub from: Option<T>,
    /// Last value, included.
    pub to: Option<T>,
}

/// A year, a month or a day, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartialDate {
    /// 1 to 9999.
    pub year: i16,
    /// 1 to 12.
    pub month: Option<i8>,
    /// A day of the month; there only if the month is.
    pub day: Option<i8>,
}

impl PartialDate {
    /// The first day of the year, month or day.
    pub fn first_day(self) -> Date {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).expect("made of a valid date only")
    }

    /// The last day of the year, month or day.
    pub fn last_day(self) -> Date {
        match (self.month, self.day) {
            (None, _) => self.first_day().last_of_year(),
            (_, None) => self.first_day().last_of_month(),
            _ => self.first_day(),
        }
    }

    /// Reads `2024`, `2024-02`, `2024-02-29`, and as written in Vietnam `2/2024`, `29/02/2024`, `29-2-2024`, `29.2.2024`; `None` for
    /// anything else.
    pub fn parse(text: &str) -> Option<PartialDate> {
        let (mut numbers, mut count) = ([""; 3], 0);
        for number in text.split(['-', '/', '.']) {
            *numbers.get_mut(count)? = number;
            count += 1;
        }
        let numbers = &mut numbers[..count];
        if numbers[0].len() < 4 {
            numbers.reverse();
        }
        let number = |at: usize| numbers.get(at).map(|text| digits(text, 2)).map_or(Some(None), |number| number.map(Some));
        let (year, month, day) = (year(numbers[0])?, number(1)?, number(2)?);
        let (month, day) = (month.map(i8::try_from).transpose().ok()?, day.map(i8::try_from).transpose().ok()?);
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(PartialDate { year, month, day })
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

impl JsonSchema for PartialDate {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "PartialDate".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<T: fmt::Display + PartialEq> fmt::Display for Between<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.from, &self.to) {
            (Some(from), Some(to)) if from == to => write!(f, "{from:04}"),
            (from, to) => {
                from.as_ref().map_or(Ok(()), |from| write!(f, "{from:04}"))?;
                f.write_str("..")?;
                to.as_ref().map_or(Ok(()), |to| write!(f, "{to:04}"))
            }
        }
    }
}

/// Reads the value of `year:`.
pub(super) fn years(text: &str) -> Result<Between<i16>, Expected> {
    let years = between(text, year).ok_or(Expected::Year)?;
    in_order(years.from, years.to).then_some(years).ok_or(Expected::InOrder)
}

/// Reads the value of `date:`.
pub(super) fn dates(text: &str) -> Result<Between<PartialDate>, Expected> {
    let dates = between(text, PartialDate::parse).ok_or(Expected::Date)?;
    in_order(dates.from.map(PartialDate::first_day), dates.to.map(PartialDate::last_day)).then_some(dates).ok_or(Expected::InOrder)
}

fn between<T: Copy>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Between<T>> {
    let end = |text: &str| if text.is_empty() { Some(None) } else { read(text).map(Some) };
    match text.split_once("..") {
        None => read(text).map(|value| Between { from: Some(value), to: Some(value) }),
        Some(("", "")) => None,
        Some((from, to)) => Some(Between { from: end(from)?, to: end(to)? }),
    }
}

fn in_order<T: PartialOrd>(from: Option<T>, to: Option<T>) -> bool {
    !matches!((from, to), (Some(from), Some(to)) if from > to)
}

fn year(text: &str) -> Option<i16> {
    if text.len() == 4 { digits(text, 4).filter(|&year| year > 0) } else { None }
}

fn digits(text: &str, at_most: usize) -> Option<i16> {
    let fits = (1..=at_most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_iso_and_as_written_in_vietnam() {
        let cases = [
            ("2024", Ok(("2024-01-01", "2024-12-31"))),
            ("2024-02", Ok(("2024-02-01", "2024-02-29"))),
            ("2024-02-29", Ok(("2024-02-29", "2024-02-29"))),
            ("29/02/2024", Ok(("2024-02-29", "2024-02-29"))),
            ("3-6-2024", Ok(("2024-06-03", "2024-06-03"))),
            ("2/2024", Ok(("2024-02-01", "2024-02-29"))),
            ("29.2.2024", Ok(("2024-02-29", "2024-02-29"))),
            ("05.2024", Ok(("2024-05-01", "2024-05-31"))),
            ("2.2024..13.5.2024", Ok(("2024-02-01", "2024-05-13"))),
            ("2024-01..2024-03", Ok(("2024-01-01", "2024-03-31"))),
            ("2024..2024-03", Ok(("2024-01-01", "2024-03-31"))),
            ("2023-02-29", Err(Expected::Date)),
            ("2024-13", Err(Expected::Date)),
            ("29.02.2023", Err(Expected::Date)),
            ("13.5.24", Err(Expected::Date)),
            ("2024.", Err(Expected::Date)),
            ("24", Err(Expected::Date)),
            ("99999", Err(Expected::Date)),
            ("", Err(Expected::Date)),
            ("2024-1-2-3", Err(Expected::Date)),
            ("..", Err(Expected::Date)),
            ("2024-", Err(Expected::Date)),
            ("２０２４", Err(Expected::Date)),
            ("2025..2024", Err(Expected::InOrder)),
        ];
        for (text, expected) in cases {
            let read = dates(text).map(|dates| {
                let day = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
                (day(dates.from.map(PartialDate::first_day)), day(dates.to.map(PartialDate::last_day)))
            });
            assert_eq!(read, expected.map(|(from, to)| (from.to_owned(), to.to_owned())), "{text}");
        }
    }

    #[test]
    fn years_are_four_digits_and_ends_may_be_open() {
        for text in ["2024", "2023..2025", "2023..", "..2025"] {
            assert_eq!(years(text).map(|years| years.to_string()), Ok(text.to_owned()));
        }
        assert_eq!(years("2025..2023"), Err(Expected::InOrder));
        for text in ["abc", "24", "20240", "", "..", "0000", "2023...2025", "2023..2024..2025", "-2023"] {
            assert_eq!(years(text), Err(Expected::Year), "{text}");
        }
    }
}
