//! The rules of dates and their stable ids.

/// How an event got its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// Day, month and year stand in the text.
    Stated,
    /// Month and year, or quarter and year, stand in the text.
    StatedMonth,
    /// The title names a year, and nothing is more exact.
    StatedYear,
    /// Nothing but a part of a year is named: "6 tháng đầu năm 2019".
    YearFromContext,
    /// Day and month stand in the text, the year is that of the publication.
    DayYearFromPublished,
    /// "hôm nay", "sáng qua": counted from the day of publication.
    RelativeDay,
    /// Day and month stand in the text, the year follows from other dates of the text.
    DayYearFromContext,
    /// 29 February: the year is the leap year that the text allows.
    LeapDay,
    /// The publication date, as nothing else is stated.
    Published,
}

impl Rule {
    /// The stable id.
    pub fn id(self) -> &'static str {
        match self {
            Rule::Stated => "date.stated",
            Rule::StatedMonth => "date.stated-month",
            Rule::StatedYear => "date.stated-year",
            Rule::YearFromContext => "date.year-from-context",
            Rule::DayYearFromPublished => "date.day-year-from-published",
            Rule::RelativeDay => "date.relative-day",
            Rule::DayYearFromContext => "date.day-year-from-context",
            Rule::LeapDay => "date.leap-day",
            Rule::Published => "date.published",
        }
    }
}
