//! Years, months and days as places of the date facet: which follow each other between two days, and what they are called.

use super::error::SearchError;
use crate::article::{DatePlace, FacetPath, Interval};
use crate::index::day_number;
use jiff::ToSpan;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

/// Most bars by month or day: of more, none could be told from its neighbours.
const MAX_BARS: u64 = 4_000;

/// A span of time that a bar or a row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// A year.
    Year,
    /// A month.
    Month,
    /// A day.
    Day,
}

impl Period {
    /// Every one, the longest first: the levels of the date facet.
    pub(super) const ALL: [Period; 3] = [Period::Year, Period::Month, Period::Day];

    /// Its name in the contract.
    pub fn name(self) -> &'static str {
        match self {
            Period::Year => "year",
            Period::Month => "month",
            Period::Day => "day",
        }
    }

    /// The period of a name.
    pub fn named(name: &str) -> Option<Period> {
        Period::ALL.into_iter().find(|period| period.name() == name)
    }

    /// The place in the date facet of the period that begins on a day.
    pub(super) fn path(self, first: Date) -> Option<FacetPath> {
        match self {
            Period::Year => DatePlace::Year(first.year()),
            Period::Month => DatePlace::Month { year: first.year(), month: first.month() },
            Period::Day => DatePlace::Day(first),
        }
        .path()
    }

    /// The last day of the period that begins on a day.
    pub(super) fn last_day(self, first: Date) -> Date {
        match self {
            Period::Year => first.last_of_year(),
            Period::Month => first.last_of_month(),
            Period::Day => first,
        }
    }

    /// How many there are from one to another, both counted.
    pub(super) fn between(self, first: Date, last: Date) -> u64 {
        let years = i64::from(last.year()) - i64::from(first.year());
        let steps = match self {
            Period::Year => years,
            Period::Month => years * 12 + i64::from(last.month()) - i64::from(first.month()),
            Period::Day => day_number(last) - day_number(first),
        };
        steps.max(0) as u64 + 1
    }

    /// Each first day from one to another, both included.
    pub(super) fn each_between(self, first: Date, last: Date) -> impl Iterator<Item = Date> {
        let next = move |day: &Date| match self {
            Period::Year => day.checked_add(1.year()).ok(),
            Period::Month => day.checked_add(1.month()).ok(),
            Period::Day => day.tomorrow().ok(),
        };
        std::iter::successors(Some(first), next).take_while(move |day| *day <= last)
    }

    /// Each first day from one to another, unless by month or day there are more than can be looked at.
    ///
    /// # Errors
    /// [`SearchError::TooManyBars`].
    pub(super) fn all_between(self, first: Date, last: Date) -> Result<impl Iterator<Item = Date>, SearchError> {
        let bars = self.between(first, last);
        if self != Period::Year && bars > MAX_BARS {
            return Err(SearchError::TooManyBars { bars, by: self.name(), most: MAX_BARS });
        }
        Ok(self.each_between(first, last))
    }
}

/// The first day of a place in the date facet.
pub(super) fn first_day(path: &FacetPath) -> Option<Date> {
    let mut numbers = path.segments().iter();
    let year = numbers.next()?.parse().ok()?;
    let mut or_first = || numbers.next().map_or(Some(1), |number| number.parse().ok());
    Date::new(year, or_first()?, or_first()?).ok()
}

/// The days of a place in the date facet.
pub(super) fn days_of(path: &FacetPath) -> Option<Interval> {
    let (from, period) = (first_day(path)?, Period::ALL.get(path.segments().len() - 1)?);
    Some(Interval { from, to: period.last_day(from) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn periods_follow_each_other_without_a_gap() {
        let cases = [
            (Period::Year, "2023-01-01", "2025-01-01", 3, "2023-12-31"),
            (Period::Month, "2023-12-01", "2024-03-01", 4, "2023-12-31"),
            (Period::Day, "2024-02-28", "2024-03-01", 3, "2024-02-28"),
        ];
        for (period, first, last, count, end) in cases {
            let days: Vec<Date> = period.each_between(day(first), day(last)).collect();
            assert_eq!((days.len() as u64, period.between(day(first), day(last))), (count, count), "{period:?}");
            assert_eq!((days[0], *days.last().unwrap(), period.last_day(days[0])), (day(first), day(last), day(end)), "{period:?}");
            assert!(days.windows(2).all(|pair| period.last_day(pair[0]).tomorrow().unwrap() == pair[1]), "{period:?}");
        }
        assert_eq!(Period::Year.each_between(day("9998-01-01"), day("9999-01-01")).count(), 2, "time ends");
    }
}
