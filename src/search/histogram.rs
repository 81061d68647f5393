//! Matching articles over time: a bar for each year, month or day from the first to the last, and what stands in no bar.
//!
//! Input → output: [`Request`] and a [`Period`] → [`Histogram`]. The counts are those of the date facet, so the count of a bar is the total of
//! the same request with its path as a further filter. No hits, and no other facet.

use super::error::SearchError;
use super::period::{Period, first_day};
use super::prepared::Prepared;
use super::request::{Request, Unit};
use super::response::{AppliedFilter, CONTRACT, FacetCounts, FacetValue, IndexState, Notice, RemainderRow, Response, Timing};
use super::{find, label, notices, pass};
use crate::article::FacetPath;
use crate::authority::Authority;
use crate::index::{FacetField, Generation, Remainder};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Instant;

/// Where it is not said by what, a span of more months is shown by year.
const MAX_CHOSEN_MONTHS: u64 = 60;

/// Likewise, a span of so many days is shown by day.
const MAX_CHOSEN_DAYS: u64 = 62;

/// How a histogram is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HistogramRequest {
    /// What a bar stands for; none to have it chosen by the span of what is found, so that there are about 60 bars at most.
    pub by: Option<Period>,
}

/// Articles over time. `sum(bars) + sum(coarse) + several_years + undated = total + repeats`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Histogram {
    /// Version of the contract, [`CONTRACT`].
    pub contract: u32,
    /// The program that answered.
    pub tool: String,
    /// The state of the index that was searched.
    pub index: IndexState,
    /// The query, in the query language, as it was understood.
    pub query: String,
    /// How each filter was read, in the order given.
    pub filters: Vec<AppliedFilter>,
    /// `articles` or `stories`: what everything here counts.
    pub counts_of: Unit,
    /// `year`, `month` or `day`: what a bar stands for.
    pub by: Period,
    /// What matches.
    pub total: u64,
    /// In time, without a gap: the first and the last hold something, those between perhaps nothing.
    pub bars: Vec<Bar>,
    /// Without a date; selected by `date:unknown`.
    pub undated: u64,
    /// In more than one year; selected by `date:several`.
    pub several_years: u64,
    /// Known less exactly than a bar, by year or month alone, in time.
    pub coarse: Vec<RemainderRow>,
    /// How often stories are counted again because their articles stand in several places; 0 where articles are counted.
    pub repeats: u64,
    /// All that the archive holds, whatever matches.
    pub archive_total: u64,
    /// What the reader should know.
    pub notices: Vec<Notice>,
    /// How long it took.
    pub timing: Timing,
}

/// A year, month or day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Bar {
    /// Its path in the date facet: what a filter selects.
    pub path: String,
    /// Its name for people.
    pub label: String,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// The `total` of the same request with this path as a further filter.
    pub count: u64,
    /// The same in the whole archive, without query and filters.
    pub archive: u64,
}

/// Counts what matches over time. What the request says of hits and facets does not matter.
///
/// # Errors
/// As [`crate::search::search`]; [`SearchError::TooManyBars`] for a long span by month or day.
pub fn histogram(
    generation: &Generation,
    authority: &Authority,
    request: &Request,
    drawn: HistogramRequest,
) -> Result<Histogram, SearchError> {
    let started = Instant::now();
    let counting = Request { limit: 0, facets: vec![FacetField::Date], max_facet_values: None, facet_inside: None, ..request.clone() };
    let prepared = Prepared::new(generation, authority, &counting)?;
    let (found, relaxation) = find(&prepared, authority, &counting, None)?;
    let told = notices(&prepared, &found, relaxation)?;
    let total = found.count(request.counts_of);
    let counted = Counted {
        dates: Dates::of(found.facets.get(FacetField::Date.name()), authority),
        total,
        query: prepared.read.canonical,
        filters: prepared.selection.applied,
        notices: told,
        started,
    };
    counted.drawn(generation, authority, request, drawn)
}

/// The [`histogram`] of a request that was answered: without another pass, if the answer has all values of the date facet.
///
/// # Errors
/// As [`histogram`].
pub fn histogram_of(
    response: &Response,
    generation: &Generation,
    authority: &Authority,
    request: &Request,
    drawn: HistogramRequest,
) -> Result<Histogram, SearchError> {
    let date = response.facets.get(FacetField::Date.name());
    let Some(date) = date.filter(|date| date.more == 0 && request.facet_inside.is_none() && date.values.iter().all(is_whole)) else {
        return histogram(generation, authority, request, drawn);
    };
    let counted = Counted {
        dates: Dates::of(Some(date), authority),
        total: match request.counts_of {
            Unit::Articles => response.total,
            Unit::Stories => response.total_stories,
        },
        query: response.query.canonical.clone(),
        filters: response.filters.clone(),
        notices: response.notices.clone(),
        started: Instant::now(),
    };
    counted.drawn(generation, authority, request, drawn)
}

/// Whether all values below one are listed. Calls itself for each, as deep as the facet.
fn is_whole(value: &FacetValue) -> bool {
    value.more == 0 && value.children.iter().all(is_whole)
}

/// What was counted, before it is drawn.
struct Counted {
    dates: Dates,
    total: u64,
    query: String,
    filters: Vec<AppliedFilter>,
    notices: Vec<Notice>,
    started: Instant,
}

impl Counted {
    fn drawn(
        self,
        generation: &Generation,
        authority: &Authority,
        request: &Request,
        drawn: HistogramRequest,
    ) -> Result<Histogram, SearchError> {
        let Counted { dates, total, query, filters, notices, started } = self;
        let by = drawn.by.unwrap_or_else(|| dates.fitting());
        let archive = Archive::of(generation, authority, request)?;
        let bars = bars(&dates, by, &archive, authority)?;
        let coarse = dates.coarser_than(by);
        let standing: u64 = bars.iter().map(|bar| bar.count).chain(coarse.iter().map(|row| row.count)).sum();
        Ok(Histogram {
            contract: CONTRACT,
            tool: super::tool(),
            index: IndexState::of(generation),
            query,
            filters,
            counts_of: request.counts_of,
            by,
            total,
            bars,
            undated: dates.undated,
            several_years: dates.several_years,
            coarse,
            repeats: (standing + dates.undated + dates.several_years).saturating_sub(total),
            archive_total: archive.total,
            notices,
            timing: Timing { elapsed_ms: started.elapsed().as_secs_f64() * 1_000.0 },
        })
    }
}

impl Histogram {
    /// What stands in no bar, as rows that can be selected like values: known less exactly, over several years, without a date.
    pub fn in_no_bar(&self) -> Vec<RemainderRow> {
        let alone = [(Remainder::SeveralYears, self.several_years), (Remainder::UnknownDate, self.undated)];
        let alone = alone.map(|(row, count)| RemainderRow { kind: row.term(), label: label::of_remainder(&row), count });
        self.coarse.iter().cloned().chain(alone).collect()
    }
}

/// Counts of the date facet, by time.
#[derive(Default)]
struct Dates {
    /// By [`Period`]: what stands at its places or below, by first day.
    values: [BTreeMap<Date, u64>; 3],
    /// What is known no more exactly than by a period, by its first day: rows of years, then of months.
    only: [BTreeMap<Date, RemainderRow>; 2],
    undated: u64,
    several_years: u64,
}

impl Dates {
    /// Of the whole date facet.
    fn of(facet: Option<&FacetCounts>, authority: &Authority) -> Dates {
        let mut dates = Dates::default();
        let Some(FacetCounts { values, remainder, .. }) = facet else { return dates };
        for row in remainder {
            match Remainder::parse(&row.kind) {
                Some(Remainder::SeveralYears) => dates.several_years += row.count,
                _ => dates.undated += row.count,
            }
        }
        values.iter().for_each(|value| dates.add(value, Period::Year, authority));
        dates
    }

    /// Calls itself for the values below: as deep as the facet, three levels.
    fn add(&mut self, value: &FacetValue, period: Period, authority: &Authority) {
        let Some(first) = FacetPath::try_from(value.path.clone()).ok().and_then(|path| first_day(&path)) else { return };
        self.values[period as usize].insert(first, value.count);
        for row in &value.remainder {
            let label = Remainder::parse(&row.kind).map_or_else(|| row.label.clone(), |row| label::of_remainder_alone(&row, authority));
            self.only[period as usize].insert(first, RemainderRow { label, ..row.clone() });
        }
        if let Some(&below) = Period::ALL.get(period as usize + 1) {
            value.children.iter().for_each(|child| self.add(child, below, authority));
        }
    }

    /// The first day of the first and of the last period that hold something.
    fn ends(&self, period: Period) -> Option<(Date, Date)> {
        let values = &self.values[period as usize];
        Some((*values.first_key_value()?.0, *values.last_key_value()?.0))
    }

    /// By what few enough bars show as much as they can. What is known by year alone has no say: it stands in no bar of a month anyway.
    fn fitting(&self) -> Period {
        let Some((first, last)) = self.ends(Period::Month) else { return Period::Year };
        if Period::Month.between(first, last) > MAX_CHOSEN_MONTHS {
            return Period::Year;
        }
        let Some((mut first, mut last)) = self.ends(Period::Day) else { return Period::Month };
        for &month in self.only[Period::Month as usize].keys() {
            (first, last) = (first.min(month), last.max(Period::Month.last_day(month)));
        }
        if Period::Day.between(first, last) <= MAX_CHOSEN_DAYS { Period::Day } else { Period::Month }
    }

    /// What stands in no bar, in time; of one first day the year before the month.
    fn coarser_than(&self, by: Period) -> Vec<RemainderRow> {
        let mut rows: Vec<(Date, &RemainderRow)> = self.only[..by as usize].iter().flatten().map(|(first, row)| (*first, row)).collect();
        rows.sort_by_key(|(first, _)| *first);
        rows.into_iter().map(|(_, row)| row.clone()).collect()
    }
}

fn bars(dates: &Dates, by: Period, archive: &Archive, authority: &Authority) -> Result<Vec<Bar>, SearchError> {
    let Some((first, last)) = dates.ends(by) else { return Ok(Vec::new()) };
    let counts = &dates.values[by as usize];
    let bar = |from: Date| {
        let path = by.path(from)?;
        Some(Bar {
            label: label::of_value(FacetField::Date, &path, authority),
            from,
            to: by.last_day(from),
            count: counts.get(&from).copied().unwrap_or(0),
            archive: archive.at(&path),
            path: path.to_string(),
        })
    };
    Ok(by.all_between(first, last)?.filter_map(bar).collect())
}

/// The date facet of the whole archive.
struct Archive<'a> {
    generation: &'a Generation,
    total: u64,
    /// By value of the date facet.
    counts: Cow<'a, [u32]>,
}

impl<'a> Archive<'a> {
    /// In the unit that a request counts.
    fn of(generation: &'a Generation, authority: &Authority, request: &Request) -> Result<Archive<'a>, SearchError> {
        if request.counts_of == Unit::Articles {
            let counts = generation.facet_counts(FacetField::Date)?;
            return Ok(Archive { generation, total: generation.statistics().articles(), counts: Cow::Borrowed(counts) });
        }
        let everything = Request { facets: vec![FacetField::Date], ..request.of_everything() };
        let found = pass(&Prepared::new(generation, authority, &everything)?, authority, &everything, None, None)?;
        let hierarchy = generation.hierarchy(FacetField::Date)?;
        let mut counts = vec![0; hierarchy.nodes().len()];
        let mut open: Vec<&FacetValue> = found.facets.values().flat_map(|facet| &facet.values).collect();
        while let Some(value) = open.pop() {
            open.extend(&value.children);
            if let Some(node) = FacetPath::try_from(value.path.clone()).ok().and_then(|path| hierarchy.find(&path)) {
                // No index holds more documents than this.
                counts[node as usize] = u32::try_from(value.count).unwrap_or(u32::MAX);
            }
        }
        Ok(Archive { generation, total: found.stories, counts: Cow::Owned(counts) })
    }

    fn at(&self, path: &FacetPath) -> u64 {
        let node = self.generation.hierarchy(FacetField::Date).ok().and_then(|hierarchy| hierarchy.find(path));
        node.map_or(0, |node| u64::from(self.counts[node as usize]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Dates of places of the facet: those of a year and a month are known no more exactly.
    fn dates(places: &[&str]) -> Dates {
        let mut dates = Dates::default();
        for place in places {
            let first = first_day(&FacetPath::try_from((*place).to_owned()).unwrap()).unwrap();
            let depth = place.matches('/').count();
            for period in &Period::ALL[..depth] {
                let above = match period {
                    Period::Year => first.first_of_year(),
                    Period::Month => first.first_of_month(),
                    Period::Day => first,
                };
                *dates.values[*period as usize].entry(above).or_default() += 1;
            }
            if depth < 3 {
                let row = RemainderRow { kind: format!("date:only:{place}"), label: String::new(), count: 1 };
                dates.only[depth - 1].insert(first, row);
            }
        }
        dates
    }

    #[test]
    fn the_span_chooses_what_a_bar_stands_for() {
        let cases: [(&[&str], Period); 11] = [
            (&[], Period::Year),
            (&["/2020", "/2024"], Period::Year),
            (&["/2024/05/13"], Period::Day),
            (&["/2024/05/01", "/2024/07/01"], Period::Day),
            (&["/2024/05/01", "/2024/07/02"], Period::Month),
            (&["/2024/05/13", "/2024/06"], Period::Day),
            (&["/2024/05/13", "/2024/08"], Period::Month),
            (&["/2024/05"], Period::Month),
            (&["/2024/05/13", "/2019"], Period::Day),
            (&["/2020/01/01", "/2024/12/31"], Period::Month),
            (&["/2020/01/01", "/2025/01"], Period::Year),
        ];
        for (places, expected) in cases {
            assert_eq!(dates(places).fitting(), expected, "{places:?}");
        }
    }
}
