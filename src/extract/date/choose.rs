//! The dates of an article → the one that dates its event, with its year made sure of.

use super::role::{Dated, Role, window_before, with_role};
use super::rule::Rule;
use super::stamp::{DayMonth, Written, stamps};
use super::year::{self, Concluded};
use crate::article::{Basis, CleanArticle, Interval, Precision, Published};
use crate::text::{canonical_phrase, contains_any};
use jiff::civil::Date;

/// A text of the article that dates are read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Body,
}

impl Field {
    pub fn name(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Body => "body",
        }
    }

    pub fn text(self, article: &CleanArticle) -> &str {
        match self {
            Field::Title => &article.title,
            Field::Body => &article.body,
        }
    }
}

/// The date that was chosen.
#[derive(Debug)]
pub(super) struct Choice {
    pub interval: Interval,
    pub precision: Precision,
    pub basis: Basis,
    pub rule: Rule,
    pub why: String,
    pub field: Field,
    pub span: (usize, usize),
    /// What an inferred year stands on.
    pub year_from: Option<(Field, (usize, usize))>,
}

/// How much of a body may date the event: the opening, where the news stands.
const OPENING_BYTES: usize = 3000;

/// Dates that are read of one text: more than any news has, so that a hostile one costs no more.
const MAX_DATES: usize = 2000;

/// Least score of a day that is taken for the event's.
const MIN_SCORE: i32 = 5;

/// A stated day farther from the publication than this is another day than the event's, unless the article opens with it.
const DAYS_BEFORE_PUBLICATION: i32 = 12;
/// The same after the publication.
const DAYS_AFTER_PUBLICATION: i32 = 3;
/// Score of a day that the article opens with: it stands even against the publication date.
const OPENING_SCORE: i32 = 9;
/// So many days may lie between the publication and a day that the article opens with; portals post late.
const OPENING_DAYS: std::ops::RangeInclusive<i32> = -120..=60;
/// A day of a document, or from which something holds, dates the event only if it was made public so soon.
const NEWS_DAYS: std::ops::RangeInclusive<i32> = -4..=0;
/// A whole archive may be stamped with the day of its upload: a day with its year that opens the article
/// stands against a publication date that is later by up to so many days.
const UPLOAD_DAYS: std::ops::RangeInclusive<i32> = -5 * 366..=-1;
/// Bytes of the body in which such a day must stand.
const UPLOAD_OPENING_BYTES: usize = 250;

/// Least score of a day with its year where nothing else dates the article.
const MIN_FULL_SCORE: i32 = 6;
/// By so much a day with its year must lead one without to be the event's.
const FULL_DATE_LEAD: i32 = 3;

/// A day that may be the event's.
struct Candidate {
    field: Field,
    span: (usize, usize),
    first: DayMonth,
    last: DayMonth,
    score: i32,
    relative: bool,
    /// Whether it is only a document's, or that from which something holds.
    weak: bool,
    opens_sentence: bool,
}

/// Chooses the date of the event among those of the text; none if none of them is it.
pub(super) fn choose(article: &CleanArticle, published: Option<&Published>) -> Option<Choice> {
    let published = published.and_then(Published::interval);
    let title = dated(Field::Title, &article.title, article.title.len());
    // Without a publication date the year may have to come from any part of the text.
    let body = dated(Field::Body, &article.body, if published.is_some() { OPENING_BYTES } else { article.body.len() });
    let opening = || body.iter().take_while(|placed| placed.dated.stamp.start < OPENING_BYTES);
    let mut candidates: Vec<Candidate> = title.iter().chain(opening()).filter_map(|one| candidate(article, one)).collect();
    if let Some(day) = published.filter(|published| published.from == published.to) {
        candidates.extend(relative_day(article, day.from));
    }
    match published {
        Some(published) => against_published(&candidates, published),
        None => from_text_alone(article, &candidates, &[title, body].concat()),
    }
}

/// The claim of a stamp that was read off the page itself.
const OF_THE_PAGE: &str = "page";
/// A portal that was moved stamps all its pages with one day. Where a text names days, one of them lies so near to a stamp that is true.
const STAMP_DAYS: std::ops::RangeInclusive<i32> = -60..=30;

/// The publication date, unless it is a page's stamp from which every day of the text lies far.
pub(super) fn believed(article: &CleanArticle) -> Option<&Published> {
    let published = article.published.as_ref()?;
    let Some(stamp) = published.interval().filter(|_| published.claimed_by == OF_THE_PAGE) else { return Some(published) };
    let days = [Field::Title, Field::Body].into_iter().flat_map(|field| dated(field, field.text(article), OPENING_BYTES));
    let mut away = days
        .filter(|placed| matches!(placed.dated.role, Role::Moment | Role::Day | Role::Bare | Role::Ahead | Role::Since))
        .filter_map(|one| {
            let Written::Days { first, last } = one.dated.stamp.written else { return None };
            let years = [stamp.from.year() - 1, stamp.from.year(), stamp.from.year() + 1];
            let near = |year: i16| Some(days_away(Interval { from: first.in_year(year)?, to: last.in_year(year)? }, stamp));
            match last.year {
                Some(_) => Some(days_away(one.dated.stamp.interval()?, stamp)),
                None => years.into_iter().filter_map(near).min_by_key(|away| away.abs()),
            }
        });
    let (mut any, mut close) = (false, false);
    for days in &mut away {
        (any, close) = (true, close || STAMP_DAYS.contains(&days));
    }
    (close || !any).then_some(published)
}

/// A date in a field.
#[derive(Clone, Copy)]
pub(super) struct Placed {
    pub field: Field,
    pub dated: Dated,
}

fn dated(field: Field, text: &str, limit: usize) -> Vec<Placed> {
    let mut limit = limit.min(text.len());
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    stamps(&text[..limit]).into_iter().take(MAX_DATES).map(|stamp| Placed { field, dated: with_role(text, stamp) }).collect()
}

fn candidate(article: &CleanArticle, placed: &Placed) -> Option<Candidate> {
    let Placed { field, dated: Dated { stamp, role, opens_sentence } } = *placed;
    let Written::Days { first, last } = stamp.written else { return None };
    if is_anniversary(first, last) {
        return None;
    }
    let span = first != last;
    let base = match role {
        Role::Moment => 6,
        Role::Day => 5,
        Role::Since if span => 4,
        Role::Bare if stamp.certain && last.year.is_some() => 3,
        Role::Bare if stamp.certain => 1,
        Role::Ahead => 3,
        Role::Since | Role::Document => 2,
        _ => return None,
    };
    let weak = base == 2;
    let place = match field {
        Field::Title => 2,
        Field::Body => match stamp.start {
            at if at < 150 || at < 500 && !article.body[..at].contains('\n') => 2,
            at if at < 1000 => 1,
            at if at < 2000 => 0,
            _ => -2,
        },
    };
    let score = base + place + if opens_sentence { 2 } else { 0 };
    Some(Candidate { field, span: (stamp.start, stamp.end), first, last, score, relative: false, weak, opens_sentence })
}

/// "(30.4.1975 - 30.4.2025)": no event lasts for years.
fn is_anniversary(first: DayMonth, last: DayMonth) -> bool {
    matches!((first.year, last.year), (Some(first), Some(last)) if last - first > 1)
}

/// "hôm nay", "sáng qua" in the opening, counted from the day of publication.
fn relative_day(article: &CleanArticle, published: Date) -> Option<Candidate> {
    const TODAY: [&str; 6] = ["hôm nay", "sáng nay", "trưa nay", "chiều nay", "tối nay", "đêm nay"];
    const YESTERDAY: [&str; 5] = ["hôm qua", "sáng qua", "chiều qua", "tối qua", "đêm qua"];
    let mut limit = article.body.len().min(600);
    while !article.body.is_char_boundary(limit) {
        limit -= 1;
    }
    let opening = &article.body[..limit];
    let lowered = opening.to_lowercase();
    if lowered.len() != opening.len() {
        return None;
    }
    let found = |words: &[&str]| words.iter().filter_map(|word| Some((lowered.find(word)?, word.len()))).min();
    let (at, len, day) = match (found(&TODAY), found(&YESTERDAY)) {
        (Some((today, len)), Some((yesterday, _))) if today <= yesterday => (today, len, published),
        (Some((today, len)), None) => (today, len, published),
        (_, Some((yesterday, len))) => (yesterday, len, published.yesterday().ok()?),
        (None, None) => return None,
    };
    let whole = opening.is_char_boundary(at) && opening.is_char_boundary(at + len);
    let stated = opening.get(at + len..)?.trim_start().starts_with(['(', ','])
        && opening[at + len..].trim_start_matches([' ', '(', ',']).starts_with(|letter: char| letter.is_ascii_digit());
    let until_now = contains_any(&canonical_phrase(window_before(opening, at, 12)), &["đến"]);
    if !whole || stated || until_now {
        return None;
    }
    let day = DayMonth { day: day.day(), month: day.month(), year: Some(day.year()) };
    Some(Candidate {
        field: Field::Body,
        span: (at, at + len),
        first: day,
        last: day,
        score: 8,
        relative: true,
        weak: false,
        opens_sentence: false,
    })
}

// ---------------------------------------------------------------- with a publication date

fn against_published(candidates: &[Candidate], published: Interval) -> Option<Choice> {
    let scored = candidates.iter().filter_map(|one| {
        let interval = nearest(one, published)?;
        let away = days_away(interval, published);
        let near = (-DAYS_BEFORE_PUBLICATION..=DAYS_AFTER_PUBLICATION).contains(&away);
        let score = match away {
            -2..=1 => one.score + 3,
            -7..=3 => one.score,
            _ => one.score - 2,
        };
        let opens = one.score >= OPENING_SCORE && OPENING_DAYS.contains(&away);
        let plausible = match one.weak {
            true => NEWS_DAYS.contains(&away),
            false => near && one.score >= MIN_SCORE - 1 || opens || was_uploaded_late(one, away),
        };
        plausible.then_some((score, one, interval))
    });
    let mut best: Option<(i32, &Candidate, Interval)> = None;
    for one in scored {
        if best.as_ref().is_none_or(|best| one.0 > best.0) {
            best = Some(one);
        }
    }
    let (_, one, interval) = best?;
    let (basis, rule, why) = match (one.relative, one.last.year) {
        (true, _) => (Basis::YearFromPublished, Rule::RelativeDay, format!("tính từ ngày đăng {}", published.iso())),
        (_, Some(_)) => (Basis::Stated, Rule::Stated, "bài nêu đủ ngày, tháng, năm".to_owned()),
        (_, None) => {
            let why = format!("bài nêu ngày và tháng; năm theo ngày đăng {}", published.iso());
            (Basis::YearFromPublished, Rule::DayYearFromPublished, why)
        }
    };
    Some(Choice { interval, precision: Precision::Day, basis, rule, why, field: one.field, span: one.span, year_from: None })
}

/// Whether a day with its year opens the article, and the publication date is that of a late upload.
fn was_uploaded_late(one: &Candidate, away: i32) -> bool {
    let opens = one.field == Field::Body && one.span.0 < UPLOAD_OPENING_BYTES && one.opens_sentence;
    opens && one.first.year.or(one.last.year).is_some() && UPLOAD_DAYS.contains(&away)
}

/// The candidate in the year that brings it nearest to the publication; a day after it counts as twice as far.
fn nearest(one: &Candidate, published: Interval) -> Option<Interval> {
    if one.last.year.is_some() {
        return interval(one, one.last.year?);
    }
    let year = published.from.year();
    let years = [year, year - 1, year + 1].into_iter().filter_map(|year| interval(one, year));
    years.min_by_key(|&interval| {
        let away = days_away(interval, published);
        if away > 0 { away * 2 } else { -away }
    })
}

fn interval(one: &Candidate, year: i16) -> Option<Interval> {
    let to = one.last.in_year(year)?;
    let from = one.first.in_year(one.first.year.unwrap_or(year))?;
    let from = if from > to && one.first.year.is_none() { one.first.in_year(year - 1)? } else { from };
    (from <= to).then_some(Interval { from, to })
}

/// Days from the publication to the event, negative before it; 0 where they overlap.
fn days_away(event: Interval, published: Interval) -> i32 {
    let days = |from: Date, to: Date| to.since(from).map_or(i32::MAX / 4, |span| span.get_days());
    if event.overlaps(&published) {
        0
    } else if event.to < published.from {
        -days(event.to, published.from)
    } else {
        days(published.to, event.from)
    }
}

// ---------------------------------------------------------------- without one

fn from_text_alone(article: &CleanArticle, candidates: &[Candidate], all: &[Placed]) -> Option<Choice> {
    let best = |wanted: &dyn Fn(&&Candidate) -> bool| {
        let mut best: Option<&Candidate> = None;
        for one in candidates.iter().filter(|one| !one.weak && one.score >= MIN_SCORE).filter(wanted) {
            if best.is_none_or(|best| one.score > best.score) {
                best = Some(one);
            }
        }
        best
    };
    // News leaves out the year of its own days: beside a day without a year, one with a year is mostly another day.
    let full = best(&|one| one.last.year.is_some() && !tells_the_past(article, one));
    let short = best(&|one| one.last.year.is_none());
    let chosen = match (full, short) {
        (Some(full), Some(short)) if full.score < short.score + FULL_DATE_LEAD => Some(short),
        (Some(full), _) => Some(full).filter(|full| full.score >= MIN_FULL_SCORE),
        (None, short) => short,
    };
    match chosen {
        Some(one) => with_year(article, one, all),
        None if full.is_some() || short.is_some() => None,
        None => coarse(article, all),
    }
}

/// Bytes of the body behind which a day with its year is that of an earlier stage of the story.
const FULL_DATE_BYTES: usize = 1000;
/// The same for one that opens its sentence: so a story is told from its beginning.
const TOLD_BYTES: usize = 500;

/// Bytes of a line before a day that opens it; a paragraph of its own is no aside.
const LINE_LEAD: usize = 16;

fn tells_the_past(article: &CleanArticle, one: &Candidate) -> bool {
    if one.field == Field::Title {
        return false;
    }
    let opens_line = window_before(&article.body, one.span.0, LINE_LEAD).contains('\n');
    !opens_line && one.span.0 >= if one.opens_sentence { TOLD_BYTES } else { FULL_DATE_BYTES }
}

fn with_year(article: &CleanArticle, one: &Candidate, all: &[Placed]) -> Option<Choice> {
    let stated = |interval, basis, rule, why, year_from| Choice {
        interval,
        precision: Precision::Day,
        basis,
        rule,
        why,
        field: one.field,
        span: one.span,
        year_from,
    };
    if let Some(year) = one.last.year {
        if later_year(all, year, one.score >= OPENING_SCORE) {
            return None;
        }
        return Some(stated(interval(one, year)?, Basis::Stated, Rule::Stated, "bài nêu đủ ngày, tháng, năm".to_owned(), None));
    }
    let Concluded { year, why, from } = year::conclude(article, one.last, (one.field, one.span), all)?;
    let rule = if (one.last.day, one.last.month) == (29, 2) { Rule::LeapDay } else { Rule::DayYearFromContext };
    Some(stated(interval(one, year)?, Basis::YearFromContext, rule, why, Some(from)))
}

/// Whether the text speaks of a later year as come: then an earlier one is not that of its event.
///
/// Beside a day that opens the article a bare later year is a plan; only a later day or month counts.
fn later_year(all: &[Placed], year: i16, opens: bool) -> bool {
    let counts = |placed: &Placed| !opens || !matches!(placed.dated.stamp.written, Written::Year(_));
    all.iter()
        .any(|placed| year::is_past(placed.dated.role) && counts(placed) && placed.dated.stamp.year().is_some_and(|later| later > year))
}

/// Bytes of the body in which a month may be the event's.
const MONTH_BYTES: usize = 200;
/// The same for a quarter, which is rarely one of the past.
const QUARTER_BYTES: usize = 400;

/// A month, a quarter or the title's year, where no day is stated.
fn coarse(article: &CleanArticle, all: &[Placed]) -> Option<Choice> {
    let stated = |placed: &&Placed| placed.dated.role == Role::Bare;
    let month = all.iter().filter(stated).find(|placed| {
        let within = |bytes: usize| placed.field == Field::Title || placed.dated.stamp.start < bytes;
        match placed.dated.stamp.written {
            Written::Month { .. } => within(MONTH_BYTES),
            Written::Quarter { .. } => within(QUARTER_BYTES),
            _ => false,
        }
    });
    let year = || {
        all.iter().filter(stated).find(|placed| {
            let Dated { stamp, .. } = placed.dated;
            placed.field == Field::Title && matches!(stamp.written, Written::Year(_)) && is_called_a_year(&article.title[..stamp.start])
        })
    };
    let (placed, precision, rule, why) = match (month, year()) {
        (Some(placed), _) => (placed, Precision::Month, Rule::StatedMonth, "bài nêu tháng hoặc quý, không nêu ngày"),
        (None, Some(placed)) => (placed, Precision::Year, Rule::StatedYear, "chỉ có năm trong tên bài"),
        (None, None) => (running_year(all)?, Precision::Year, Rule::YearFromContext, "bài nêu một phần của năm đang qua"),
    };
    let basis = if rule == Rule::YearFromContext { Basis::YearFromContext } else { Basis::Stated };
    let stamp = placed.dated.stamp;
    if later_year(all, stamp.year()?, false) {
        return None;
    }
    Some(Choice {
        interval: stamp.interval()?,
        precision,
        basis,
        rule,
        why: why.to_owned(),
        field: placed.field,
        span: (stamp.start, stamp.end),
        year_from: None,
    })
}

/// The year of which a part is summed up or planned: "6 tháng đầu năm 2019", "nhiệm vụ 6 tháng cuối năm 2019".
fn running_year(all: &[Placed]) -> Option<&Placed> {
    all.iter().find(|placed| {
        let early = placed.field == Field::Title || placed.dated.stamp.start < OPENING_BYTES / 2;
        early && matches!(placed.dated.role, Role::PartOfYear(_))
    })
}

/// "năm 2019", but not "2000 khách", "Expedition 2018", "những năm 1990".
fn is_called_a_year(before: &str) -> bool {
    let before = canonical_phrase(before);
    before.ends_with("năm") && !before.ends_with("những năm")
}
