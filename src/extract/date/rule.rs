//! The rules of dates and their stable ids.

use crate::extract::rule::rules;

rules! {
    /// How an event got its date.
    Rule {
        /// Day, month and year stand in the text.
        Stated = "date.stated",
        /// Month and year, or quarter and year, stand in the text.
        StatedMonth = "date.stated-month",
        /// The title names a year, and nothing is more exact.
        StatedYear = "date.stated-year",
        /// Nothing but a part of a year is named: "6 tháng đầu năm 2019".
        YearFromContext = "date.year-from-context",
        /// Day and month stand in the text, the year is that of the publication.
        DayYearFromPublished = "date.day-year-from-published",
        /// "hôm nay", "sáng qua": counted from the day of publication.
        RelativeDay = "date.relative-day",
        /// Day and month stand in the text, the year follows from other dates of the text.
        DayYearFromContext = "date.day-year-from-context",
        /// 29 February: the year is the leap year that the text allows.
        LeapDay = "date.leap-day",
        /// The publication date, as nothing else is stated.
        Published = "date.published",
    }
}
