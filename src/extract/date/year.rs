//! A day without a year, and the other dates of the article → the year, if they leave little doubt.
//!
//! News speaks of its present last: the year to weigh is the latest that the text names as come. Each date of
//! that year adds or takes points ("6 tháng đầu năm 2017" beside 12/7 says much, a mere "năm 2017" little), and
//! only a good sum concludes it. The points are log odds in tenths, fitted by logistic regression on news whose
//! year was known and hidden (years 2013, 2017, 2021 and 2024 from four publishers; 9,300 days without a year).

mod word;

use super::choose::{Field, Placed};
use super::role::{Dated, Role, window_before};
use super::stamp::{DayMonth, Written};
use crate::article::CleanArticle;
use crate::text::{canonical_phrase, contains_any};
use jiff::civil::Date;

/// A year with its reason.
#[derive(Debug)]
pub(super) struct Concluded {
    pub year: i16,
    pub why: String,
    /// The words that say most for it.
    pub from: (Field, (usize, usize)),
}

/// What speaks against any year before a word is read.
const PRIOR: i32 = -9;
/// Points that conclude a year: on the fitting data, about nine in ten of those concluded are right.
const ENOUGH: i32 = 7;
/// From this month on, news speaks of the coming year as much as of its own.
const MONTH_OF_PLANS: i8 = 10;
/// Of one kind of evidence no more than this many count: mentions are not independent witnesses.
const MAX_OF_KIND: usize = 2;
/// A 29 February in a year that has one, where most have none.
const LEAP_DAY: i32 = 15;
/// A text speaks of its present early.
const EARLY_BYTES: usize = 500;

/// The kinds of evidence for the latest year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Day,
    Month,
    Quarter,
    PartOfYear,
    Title,
    EarlyYear,
    Year,
    EarlyPlan,
    Plan,
    Review,
    Background,
    Until,
    YearBefore,
    YearAfter,
    Older,
    Congress,
    TurnOfYear,
}

/// A date's say.
struct Witness {
    kind: Kind,
    points: i32,
    placed: usize,
}

/// The year of a day, from all dates of the article; none if there is doubt. `own` is the day itself.
pub(super) fn conclude(article: &CleanArticle, day: DayMonth, own: (Field, (usize, usize)), all: &[Placed]) -> Option<Concluded> {
    let others = |placed: &Placed| (placed.field, (placed.dated.stamp.start, placed.dated.stamp.end)) != own;
    let others: Vec<Placed> = all.iter().copied().filter(others).collect();
    let latest = latest_year(&others);
    let by_latest = latest.and_then(|year| Some((year, witnesses(day, year, &others)?)));
    // A mere "năm 2020" beside "6 tháng cuối năm 2019" is a year of plans.
    let by_year_before =
        latest.filter(|&year| is_only_named(year, &others)).and_then(|year| Some((year - 1, witnesses(day, year - 1, &others)?)));
    let by_congress = congress(article, day, &others, latest);
    // "Đến hết tháng 11/2018" beside 5/12.
    let by_end =
        latest.is_none().then(|| nearest_end(day, &others)).flatten().and_then(|year| Some((year, witnesses(day, year, &others)?)));
    let by_turn = turn_of_year(article, day, &others, latest);
    let conclusive = |(year, witnesses): &(i16, Vec<Witness>)| {
        let leap = if (day.day, day.month) == (29, 2) { LEAP_DAY } else { 0 };
        is_possible(article, day, *year) && sum(witnesses) + PRIOR + leap >= ENOUGH
    };
    if let Some((year, witnesses)) = [by_turn, by_latest, by_year_before, by_congress, by_end].into_iter().flatten().find(conclusive) {
        let strongest = witnesses.iter().max_by_key(|witness| (witness.points, std::cmp::Reverse(witness.placed)))?;
        let stamp = others[strongest.placed].dated.stamp;
        return Some(explain(article, day, year, (others[strongest.placed].field, (stamp.start, stamp.end))));
    }
    let (year, from) = word::lunar_new_year(article, day).or_else(|| word::own_document(article, own))?;
    let possible = is_possible(article, day, year) && latest.is_none_or(|latest| latest <= year);
    possible.then(|| explain(article, day, year, from))
}

fn explain(article: &CleanArticle, day: DayMonth, year: i16, from: (Field, (usize, usize))) -> Concluded {
    let (field, (start, end)) = from;
    let words = &field.text(article)[start..end];
    let leap = if (day.day, day.month) == (29, 2) { "; 29/02 chỉ có trong năm nhuận" } else { "" };
    let why = format!("bài nêu ngày và tháng; năm {year} suy từ “{words}” trong bài{leap}");
    Concluded { year, why, from }
}

/// No page of the archive was written before the press went online, so no day that an article gives without its year is older.
pub(super) const EARLIEST_PAGE: i16 = 1997;

/// Whether the year has the day, is one of pages, and the crawler did not come before it.
fn is_possible(article: &CleanArticle, day: DayMonth, year: i16) -> bool {
    let captured = article.captured.as_ref().and_then(|captured| captured.at.get(..10)?.parse::<Date>().ok());
    year >= EARLIEST_PAGE && day.in_year(year).is_some_and(|date| captured.is_none_or(|captured| date <= captured))
}

/// Whether a date in this role has come when the article is written.
pub(super) fn is_past(role: Role) -> bool {
    !matches!(role, Role::Target | Role::Ahead | Role::Until)
}

/// The latest year that the text names as come; a bare year far beyond all others is a target.
fn latest_year(others: &[Placed]) -> Option<i16> {
    const FAR_BEYOND: i16 = 5;
    let mut years: Vec<(i16, bool)> = others
        .iter()
        .filter(|placed| is_past(placed.dated.role))
        .filter_map(|placed| Some((placed.dated.stamp.year()?, matches!(placed.dated.stamp.written, Written::Year(_)))))
        .collect();
    years.sort_unstable_by(|one, other| other.cmp(one));
    let mut at = 0;
    while at < years.len() {
        let year = years[at].0;
        let next = at + years[at..].iter().take_while(|(same, _)| *same == year).count();
        let only_bare = years[at..next].iter().all(|&(_, bare)| bare);
        match years.get(next) {
            Some(&(before, _)) if only_bare && year - before >= FAR_BEYOND => at = next,
            _ => return Some(year),
        }
    }
    None
}

/// Whether a year stands in the text as a bare year only, outside the title.
fn is_only_named(year: i16, others: &[Placed]) -> bool {
    others.iter().filter(|placed| is_past(placed.dated.role) && placed.dated.stamp.year() == Some(year)).all(|placed| {
        placed.field == Field::Body && placed.dated.role == Role::Bare && matches!(placed.dated.stamp.written, Written::Year(_))
    })
}

fn sum(witnesses: &[Witness]) -> i32 {
    let counts = |at: usize| witnesses[..at].iter().filter(|before| before.kind == witnesses[at].kind).count() < MAX_OF_KIND;
    (0..witnesses.len()).filter(|&at| counts(at)).map(|at| witnesses[at].points).sum()
}

/// What the dates say for the latest year; none if nothing speaks for it.
fn witnesses(day: DayMonth, year: i16, others: &[Placed]) -> Option<Vec<Witness>> {
    const MOST: usize = 200;
    let witness = |(placed, one): (usize, &Placed)| say(one, day, year).map(|(kind, points)| Witness { kind, points, placed });
    let witnesses: Vec<Witness> = others.iter().enumerate().filter_map(witness).take(MOST).collect();
    witnesses.iter().any(|witness| witness.points > 0).then_some(witnesses)
}

/// What one date says for the year.
fn say(placed: &Placed, day: DayMonth, year: i16) -> Option<(Kind, i32)> {
    let Dated { stamp, role, .. } = placed.dated;
    let theirs = stamp.year()?;
    if !is_past(role) {
        let near = stamp.interval().is_some_and(|that| nearest(day, that.to).is_some_and(|(near, away)| near == year && away.abs() <= 45));
        return (theirs == year && role != Role::Target).then_some((Kind::Until, if near { 18 } else { 3 }));
    }
    if theirs != year {
        return Some(match theirs - year {
            -1 => (Kind::YearBefore, 4),
            1.. => (Kind::YearAfter, -8),
            _ => (Kind::Older, -3),
        });
    }
    let away = |that: Date| nearest(day, that).map(|(near, away)| (near == year, away));
    let early = placed.field == Field::Title || stamp.start < EARLY_BYTES;
    Some(match stamp.written {
        Written::Days { .. } => match away(stamp.interval()?.to)? {
            (true, -3..=3) => (Kind::Day, 30),
            (true, 4..=20) => (Kind::Day, 22),
            (true, 21..=45) => (Kind::Day, 8),
            (true, -12..=-4) => (Kind::Day, -6),
            (true, -120..=-13) => (Kind::Day, 8),
            (true, 46..=120) => (Kind::Day, -6),
            _ => (Kind::Day, -14),
        },
        Written::Month { month, .. } => match away(Date::new(year, month, 15).ok()?)? {
            (true, -16..=16) if early => (Kind::Month, 28),
            (true, 17..=47) if early => (Kind::Month, 18),
            (true, -16..=47) => (Kind::Month, 9),
            (true, 48..=120) => (Kind::Month, 4),
            (true, -120..=-17) => (Kind::Month, -4),
            (true, _) => (Kind::Month, 0),
            _ => (Kind::Month, -13),
        },
        Written::Quarter { quarter, .. } => match away(Date::new(year, quarter * 3 - 1, 15).ok()?)? {
            (true, -110..=110) => (Kind::Quarter, 22),
            _ => (Kind::Quarter, 2),
        },
        Written::Year(_) => match role {
            Role::PartOfYear(month) if (-1..=3).contains(&(day.month - month)) => (Kind::PartOfYear, 38),
            Role::PartOfYear(_) => (Kind::PartOfYear, 0),
            _ if day.month >= MONTH_OF_PLANS && placed.field == Field::Body => (Kind::Year, 0),
            Role::Background if placed.field == Field::Body => (Kind::Background, -10),
            Role::Plan if early => (Kind::EarlyPlan, 19),
            Role::Plan => (Kind::Plan, 4),
            Role::Review => (Kind::Review, 5),
            _ if placed.field == Field::Title => (Kind::Title, 16),
            _ if early => (Kind::EarlyYear, 14),
            _ => (Kind::Year, 2),
        },
    })
}

/// A congress of the Party whose papers are being written is ahead: that of the term 2025-2030 met until October 2025.
///
/// So a day from November on lies in the year before the term, if no later year is named.
fn congress(article: &CleanArticle, day: DayMonth, others: &[Placed], latest: Option<i16>) -> Option<(i16, Vec<Witness>)> {
    const PAPERS: [&str; 4] = ["văn kiện", "tiến tới đại hội", "chuẩn bị đại hội", "dự thảo báo cáo chính trị"];
    let is_term = |placed: &Placed| -> Option<i16> {
        let Dated { stamp, role, .. } = placed.dated;
        let year = stamp.year().filter(|_| role == Role::Target)?;
        let before = canonical_phrase(window_before(placed.field.text(article), stamp.start, 160));
        (before.ends_with("nhiệm kì") && contains_any(&before, &PAPERS)).then_some(year)
    };
    let (placed, term) = others.iter().enumerate().find_map(|(at, placed)| Some((at, is_term(placed)?)))?;
    let year = term - 1;
    let fits = day.month >= 11 && latest.is_none_or(|latest| latest <= year);
    fits.then(|| (year, vec![Witness { kind: Kind::Congress, points: ENOUGH - PRIOR, placed }]))
}

/// The year of a month or day until which something is counted, where no year is named as come.
fn nearest_end(day: DayMonth, others: &[Placed]) -> Option<i16> {
    let ends = others.iter().filter(|placed| placed.dated.role == Role::Until && !matches!(placed.dated.stamp.written, Written::Year(_)));
    let years = ends.filter_map(|placed| nearest(day, placed.dated.stamp.interval()?.to));
    years.min_by_key(|(_, away)| away.abs()).map(|(year, _)| year)
}

/// At the turn of the year one year is summed up and the next one planned: in December the day is in the first, in January in the second.
fn turn_of_year(article: &CleanArticle, day: DayMonth, others: &[Placed], latest: Option<i16>) -> Option<(i16, Vec<Witness>)> {
    const ENDS: std::ops::RangeInclusive<i8> = 11..=12;
    const BEGINS: std::ops::RangeInclusive<i8> = 1..=2;
    let latest = latest?;
    let named =
        |role: Role, year: i16| others.iter().position(|placed| placed.dated.role == role && placed.dated.stamp.year() == Some(year));
    let summed_up = |placed: &Placed| {
        let before = canonical_phrase(window_before(placed.field.text(article), placed.dated.stamp.start, 80));
        placed.dated.role == Role::Review && placed.dated.stamp.year() == Some(latest) && contains_any(&before, &["tổng kết"])
    };
    let (reviewed, placed) = match (named(Role::Review, latest - 1), named(Role::Plan, latest)) {
        (Some(_), Some(plan)) => (latest - 1, plan),
        _ => (latest, others.iter().position(summed_up)?),
    };
    // A day of the latest year that has come says that the turn is over.
    let over = |placed: &Placed| {
        is_past(placed.dated.role) && !matches!(placed.dated.stamp.written, Written::Year(_)) && placed.dated.stamp.year() == Some(latest)
    };
    let year = match day.month {
        month if ENDS.contains(&month) && (reviewed == latest || !others.iter().any(over)) => reviewed,
        month if BEGINS.contains(&month) => reviewed + 1,
        _ => return None,
    };
    Some((year, vec![Witness { kind: Kind::TurnOfYear, points: ENOUGH - PRIOR, placed }]))
}

/// The year that brings the day nearest to another, and the days from that one to it.
fn nearest(day: DayMonth, that: Date) -> Option<(i16, i32)> {
    let years = [that.year() - 1, that.year(), that.year() + 1].into_iter();
    let away = years.filter_map(|year| Some((year, days_between(that, day.in_year(year)?))));
    away.min_by_key(|(_, away)| away.abs())
}

fn days_between(from: Date, to: Date) -> i32 {
    to.since(from).map_or(i32::MAX / 4, |span| span.get_days())
}
