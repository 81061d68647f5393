//! Which lines are listed, in which order, and what they are called.

use super::answer::{Line, LineKind};
use super::axis::{Axis, Key, LineId, Side};
use crate::article::{Basis, FacetPath, Interval};
use crate::authority::Authority;
use crate::index::{FacetField, Remainder};
use crate::search::period::first_day;
use crate::search::{Period, SearchError, label};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::ops::Range;

/// What is listed of the lines in which something stands.
#[derive(Default)]
pub(in crate::search) struct Shown {
    /// Only so many values: those of most articles; of periods those in a row that have most.
    pub top: Option<usize>,
    /// The days that are asked for.
    pub days: Vec<Interval>,
}

/// Lines in the order in which they are listed.
pub(in crate::search) struct Listed {
    /// Without what their cells repeat, which is not known yet.
    pub lines: Vec<Line>,
    /// By number of a line: its place among those listed; none for what stands nowhere.
    place_of: Vec<Option<usize>>,
}

impl Listed {
    /// The lines in which something stands: values, perhaps only so many, with all others summed up, then what stands under none. Periods
    /// are listed with all between them, and from the first to the last of the index that lie in the days asked for.
    pub fn of(side: &Side, axis: Axis, counts: &[u64], shown: &Shown, authority: &Authority) -> Result<Listed, SearchError> {
        let (mut values, mut remainders) = (Vec::new(), Vec::new());
        for (line, key) in (0..).zip(side.keys()).filter(|(line, _)| counts[*line as usize] > 0) {
            if matches!(key, Key::Remainder(_)) { remainders.push(line) } else { values.push(line) }
        }
        remainders.sort_by_key(|&line| remainder_place(&side.keys()[line as usize]));
        let mut listed = Listed { lines: Vec::new(), place_of: vec![None; counts.len()] };
        match axis.period() {
            Some(period) => listed.add_periods(side, period, &values, counts, shown, authority)?,
            None => listed.add_values(side, values, counts, shown, authority),
        }
        for line in remainders {
            listed.add(side, line, LineKind::Remainder, label(&side.keys()[line as usize], authority), counts[line as usize]);
        }
        Ok(listed)
    }

    /// Those of most articles, and behind them the others in one line.
    fn add_values(&mut self, side: &Side, values: Vec<LineId>, counts: &[u64], shown: &Shown, authority: &Authority) {
        let counted = |line: LineId| counts[line as usize];
        let labelled = |line: LineId| (Reverse(counted(line)), label(&side.keys()[line as usize], authority), line);
        let mut labelled: Vec<_> = values.into_iter().map(labelled).collect();
        labelled.sort();
        let rest = labelled.split_off(shown.top.unwrap_or(usize::MAX).min(labelled.len()));
        for (_, label, line) in labelled {
            self.add(side, line, LineKind::Value, label, counted(line));
        }
        let others: Vec<LineId> = rest.into_iter().map(|(.., line)| line).collect();
        let label = format!("{} giá trị khác", others.len());
        self.add_others(others.len(), &others, counts, label);
    }

    /// All from the first to the last, also where nothing stands in them; of more than are shown those in a row in which most stands, before and
    /// behind them the others in a line each.
    fn add_periods(
        &mut self,
        side: &Side,
        period: Period,
        values: &[LineId],
        counts: &[u64],
        shown: &Shown,
        authority: &Authority,
    ) -> Result<(), SearchError> {
        let day = |key: &Key| match key {
            Key::Value(_, path) => first_day(path),
            _ => None,
        };
        let found = || values.iter().filter_map(|line| day(&side.keys()[*line as usize]));
        let (found_first, found_last) = (found().min(), found().max());
        // An end that is left open is where anything was found last, not where the index has its last, perhaps wrong, year.
        let within = |days: &Interval| Interval {
            from: if days.from == Date::MIN { found_first.unwrap_or(Date::MAX) } else { days.from },
            to: if days.to == Date::MAX { found_last.unwrap_or(Date::MIN) } else { days.to },
        };
        let asked: Vec<Interval> = shown.days.iter().map(within).collect();
        let is_asked_for = |first: &Date| asked.iter().any(|days| days.from <= period.last_day(*first) && *first <= days.to);
        let days = || found().chain(side.keys().iter().filter_map(day).filter(is_asked_for));
        let (Some(first), Some(last)) = (days().min(), days().max()) else { return Ok(()) };
        let key = |day: Date| period.path(day).map(|path| Key::Value(FacetField::Date, path));
        let all: Vec<Key> = period.all_between(first, last)?.filter_map(key).collect();
        let lines: Vec<Option<LineId>> = all.iter().map(|key| side.find(key)).collect();
        let counted: Vec<u64> = lines.iter().map(|line| line.map_or(0, |line| counts[line as usize])).collect();
        let listed = fullest(&counted, shown.top.unwrap_or(usize::MAX));
        let others = |range: Range<usize>| lines[range].iter().copied().flatten().collect::<Vec<LineId>>();
        let edge = |word: &str, at: Option<usize>| match at.and_then(|at| all.get(at)).filter(|_| !listed.is_empty()) {
            Some(key) => format!("{word} {}", label(key, authority)),
            None => format!("{} giá trị khác", all.len()),
        };
        self.add_others(listed.start, &others(0..listed.start), counts, edge("trước", Some(listed.start)));
        for key in &all[listed.clone()] {
            let label = label(key, authority);
            match side.find(key) {
                Some(line) => self.add(side, line, LineKind::Value, label, counts[line as usize]),
                None => self.lines.push(Line { is: selector(key), kind: LineKind::Value, label, values: 1, count: 0, repeats: 0 }),
            }
        }
        self.add_others(all.len() - listed.end, &others(listed.end..all.len()), counts, edge("sau", listed.end.checked_sub(1)));
        Ok(())
    }

    /// So many values that are not listed, in one line; `lines` are those of them that the index has.
    fn add_others(&mut self, values: usize, lines: &[LineId], counts: &[u64], label: String) {
        if values == 0 {
            return;
        }
        lines.iter().for_each(|&line| self.place_of[line as usize] = Some(self.lines.len()));
        let count = lines.iter().map(|&line| counts[line as usize]).sum();
        self.lines.push(Line { is: None, kind: LineKind::Others, label, values: values as u64, count, repeats: 0 });
    }

    fn add(&mut self, side: &Side, line: LineId, kind: LineKind, label: String, count: u64) {
        self.place_of[line as usize] = Some(self.lines.len());
        self.lines.push(Line { is: selector(&side.keys()[line as usize]), kind, label, values: 1, count, repeats: 0 });
    }

    /// Where a line is listed.
    pub fn place(&self, line: LineId) -> Option<usize> {
        self.place_of[line as usize]
    }
}

/// So many in a row with the greatest sum, the last of such; of fewer all.
fn fullest(counts: &[u64], width: usize) -> Range<usize> {
    let width = width.min(counts.len());
    let mut sum: u64 = counts[..width].iter().sum();
    let (mut best, mut start) = (sum, 0);
    for end in width..counts.len() {
        sum = sum + counts[end] - counts[end - width];
        if sum >= best {
            (best, start) = (sum, end + 1 - width);
        }
    }
    start..start + width
}

/// In time; behind it what is known to be in no one year, or not at all.
fn remainder_place(key: &Key) -> (bool, Option<&FacetPath>, String) {
    match key {
        Key::Remainder(row) => (row.below().is_none(), row.below(), row.term()),
        _ => (true, None, String::new()),
    }
}

/// What a line is called.
pub(in crate::search) fn label(key: &Key, authority: &Authority) -> String {
    match key {
        Key::Value(facet, path) => label::of_value(*facet, path, authority),
        Key::Remainder(row) => label::of_remainder_alone(row, authority),
        Key::Post(role) => role.clone(),
        Key::Basis(basis) => basis_label(*basis).to_owned(),
        Key::All => "tất cả".to_owned(),
    }
}

/// What the date of an event rests on, for people.
pub fn basis_label(basis: Basis) -> &'static str {
    match basis {
        Basis::Stated => "bài nêu đủ ngày, tháng, năm",
        Basis::Published => "theo ngày đăng",
        Basis::YearFromPublished => "năm suy từ ngày đăng",
        Basis::YearFromContext => "năm suy từ bài",
        Basis::Corrected => "người dùng sửa",
        Basis::None => "không rõ ngày",
    }
}

/// What selects a line as a further filter.
pub(in crate::search) fn selector(key: &Key) -> Option<String> {
    match key {
        Key::Value(facet, path) => Some(format!("{}:{path}", facet.name())),
        Key::Remainder(row) => Some(Remainder::term(row)),
        Key::Post(role) => Some(format!("{}:{role}", crate::search::typed::field::POST)),
        Key::Basis(_) | Key::All => None,
    }
}
