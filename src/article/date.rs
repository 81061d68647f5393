//! The three dates of an article, as intervals of days, and their place in the date facet.

use super::FacetPath;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A span of days, both ends included; `from <= to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Interval {
    /// One day.
    pub fn day(day: Date) -> Interval {
        Interval { from: day, to: day }
    }

    /// A whole month; `None` if there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Interval> {
        let from = Date::new(year, month, 1).ok()?;
        Some(Interval { from, to: from.last_of_month() })
    }

    /// A whole year; `None` outside -9999 to 9999.
    pub fn year(year: i16) -> Option<Interval> {
        let from = Date::new(year, 1, 1).ok()?;
        Some(Interval { from, to: from.last_of_year() })
    }

    /// Reads `2024`, `2024-05` or `2024-05-13`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Interval> {
        if !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') || text.starts_with('-') {
            return None;
        }
        match text.len() {
            4 => Interval::year(text.parse().ok()?),
            7 => match text.split_once('-')? {
                (year, month) if year.len() == 4 => Interval::month(year.parse().ok()?, month.parse().ok()?),
                _ => None,
            },
            10 => text.parse().ok().map(Interval::day),
            _ => None,
        }
    }

    /// Whether the two share a day.
    pub fn overlaps(&self, other: &Interval) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// Whether every day of `self` lies in `other`.
    pub fn within(&self, other: &Interval) -> bool {
        other.from <= self.from && self.to <= other.to
    }

    /// `2024`, `2024-05`, `2024-05-13`, or two days with `/` between.
    pub fn iso(&self) -> String {
        match DatePlace::of(Some(*self)) {
            DatePlace::Day(day) => day.to_string(),
            DatePlace::Month { year, month } if Interval::month(year, month) == Some(*self) => format!("{year:04}-{month:02}"),
            DatePlace::Year(year) if Interval::year(year) == Some(*self) => format!("{year:04}"),
            _ => format!("{}/{}", self.from, self.to),
        }
    }
}

/// How exactly an event's ends are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// Both ends are days that the article gives.
    Day,
    /// The ends are those of months.
    Month,
    /// The ends are those of years.
    Year,
    /// Nothing is known.
    #[default]
    None,
}

/// What an event's interval rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The text states it, year included.
    Stated,
    /// The text states none; it is the publication day that metadata claims.
    Published,
    /// The text states day and month; the year is that of the publication.
    YearFromPublished,
    /// The text states day and month; the year follows from other words of the text.
    YearFromContext,
    /// A person set it.
    Corrected,
    /// Nothing allows a date.
    #[default]
    None,
}

/// When what the article reports happened. `from` and `to` are null together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventDate {
    /// First day.
    pub from: Option<Date>,
    /// Last day, included.
    pub to: Option<Date>,
    /// How exactly the ends are known.
    pub precision: Precision,
    /// What the interval rests on.
    pub basis: Basis,
    /// The reason in words; for an inferred year, what it was inferred from.
    pub why: String,
}

impl EventDate {
    /// The interval, where one is known.
    pub fn interval(&self) -> Option<Interval> {
        Some(Interval { from: self.from?, to: self.to? })
    }
}

/// A publication date that metadata claims.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Published {
    /// `YYYY-MM-DD` or `YYYY-MM`, in Vietnamese local time.
    pub at: String,
    /// `meta:<key>`, `json-ld:datePublished`, `jsonl:date`, `header`, `page` (shown on the page): who claims it.
    pub claimed_by: String,
}

impl Published {
    /// The claimed day or month as an interval; `None` where `at` is neither.
    pub fn interval(&self) -> Option<Interval> {
        Interval::parse(&self.at)
    }
}

/// When a crawler took the article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Captured {
    /// RFC 3339, with `+07:00`; or a bare day where only that is known.
    pub at: String,
}

/// The three dates of an article: facts of their own, which differ in a quarter of real articles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dates {
    /// When what it reports happened.
    pub event: EventDate,
    /// When it was published, as metadata claims.
    pub published: Option<Published>,
    /// When a crawler took it.
    pub captured: Option<Captured>,
}

/// Where an event stands in the date facet: the narrowest of day, month, year that contains it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatePlace {
    /// `/2024/02/29`
    Day(Date),
    /// `/2023/10`
    Month {
        /// The year, four digits.
        year: i16,
        /// 1 to 12.
        month: i8,
    },
    /// `/2022`
    Year(i16),
    /// The interval touches more than one year ("trải qua nhiều năm").
    SeveralYears,
    /// No date ("không rõ ngày").
    Unknown,
}

impl DatePlace {
    /// The place of an interval.
    pub fn of(interval: Option<Interval>) -> DatePlace {
        match interval {
            None => DatePlace::Unknown,
            Some(Interval { from, to }) if from == to => DatePlace::Day(from),
            Some(Interval { from, to }) if from.year() != to.year() => DatePlace::SeveralYears,
            Some(Interval { from, to }) if from.month() != to.month() => DatePlace::Year(from.year()),
            Some(Interval { from, .. }) => DatePlace::Month { year: from.year(), month: from.month() },
        }
    }

    /// The facet path; `None` for the two remainder rows.
    pub fn path(self) -> Option<FacetPath> {
        let segments = match self {
            DatePlace::Day(day) => vec![format!("{:04}", day.year()), format!("{:02}", day.month()), format!("{:02}", day.day())],
            DatePlace::Month { year, month } => vec![format!("{year:04}"), format!("{month:02}")],
            DatePlace::Year(year) => vec![format!("{year:04}")],
            DatePlace::SeveralYears | DatePlace::Unknown => return None,
        };
        FacetPath::new(segments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(from: &str, to: &str) -> Interval {
        Interval { from: from.parse().unwrap(), to: to.parse().unwrap() }
    }

    #[test]
    fn an_event_stands_at_the_narrowest_place_that_contains_it() {
        let cases = [
            ("2024-02-29", "2024-02-29", Some("/2024/02/29"), "2024-02-29"),
            ("2023-10-01", "2023-10-31", Some("/2023/10"), "2023-10"),
            ("2023-10-05", "2023-10-07", Some("/2023/10"), "2023-10-05/2023-10-07"),
            ("2022-01-01", "2022-12-31", Some("/2022"), "2022"),
            ("2022-03-30", "2022-04-02", Some("/2022"), "2022-03-30/2022-04-02"),
            ("2024-12-30", "2025-01-02", None, "2024-12-30/2025-01-02"),
        ];
        for (from, to, path, iso) in cases {
            let interval = interval(from, to);
            assert_eq!(DatePlace::of(Some(interval)).path().map(|path| path.to_string()).as_deref(), path);
            assert_eq!(interval.iso(), iso);
        }
        assert_eq!(DatePlace::of(None), DatePlace::Unknown);
    }
}
