//! Which lines are listed, in which order, and what they are called.

use super::answer::{Line, LineKind};
use super::axis::{Axis, Key, LineId, Side};
use crate::article::{Basis, FacetPath};
use crate::authority::Authority;
use crate::index::{FacetField, Remainder};
use crate::search::period::first_day;
use crate::search::{Period, SearchError, label};
use std::cmp::Reverse;

/// Lines in the order in which they are listed.
pub(in crate::search) struct Listed {
    /// Without what their cells repeat, which is not known yet.
    pub lines: Vec<Line>,
    /// By number of a line: its place among those listed; none for what stands nowhere.
    place_of: Vec<Option<usize>>,
}

impl Listed {
    /// The lines in which something stands; of values that are no periods only so many, the others summed up.
    pub fn of(side: &Side, axis: Axis, counts: &[u64], top: Option<usize>, authority: &Authority) -> Result<Listed, SearchError> {
        let counted = |line: LineId| counts[line as usize];
        let (mut values, mut remainders) = (Vec::new(), Vec::new());
        for (line, key) in (0..).zip(side.keys()).filter(|(line, _)| counted(*line) > 0) {
            if matches!(key, Key::Remainder(_)) { remainders.push(line) } else { values.push(line) }
        }
        remainders.sort_by_key(|&line| remainder_place(&side.keys()[line as usize]));
        let mut listed = Listed { lines: Vec::new(), place_of: vec![None; counts.len()] };
        let mut others = Vec::new();
        match axis.period() {
            Some(period) => listed.add_periods(side, period, &values, counts, authority)?,
            None => {
                let labelled = |line: LineId| (Reverse(counted(line)), label(&side.keys()[line as usize], authority), line);
                let mut labelled: Vec<_> = values.into_iter().map(labelled).collect();
                labelled.sort();
                let rest = labelled.split_off(top.unwrap_or(usize::MAX).min(labelled.len()));
                others.extend(rest.into_iter().map(|(.., line)| line));
                for (_, label, line) in labelled {
                    listed.add(side, line, LineKind::Value, label, counted(line));
                }
            }
        }
        if !others.is_empty() {
            others.iter().for_each(|&line| listed.place_of[line as usize] = Some(listed.lines.len()));
            let (values, count) = (others.len() as u64, others.iter().map(|&line| counted(line)).sum());
            let label = format!("{values} giá trị khác");
            listed.lines.push(Line { is: None, kind: LineKind::Others, label, values, count, repeats: 0 });
        }
        for line in remainders {
            listed.add(side, line, LineKind::Remainder, label(&side.keys()[line as usize], authority), counted(line));
        }
        Ok(listed)
    }

    /// Every period from the first to the last, also where nothing stands in it.
    fn add_periods(
        &mut self,
        side: &Side,
        period: Period,
        values: &[LineId],
        counts: &[u64],
        authority: &Authority,
    ) -> Result<(), SearchError> {
        let day = |line: &LineId| match &side.keys()[*line as usize] {
            Key::Value(_, path) => first_day(path),
            _ => None,
        };
        let days = || values.iter().filter_map(day);
        let (Some(first), Some(last)) = (days().min(), days().max()) else { return Ok(()) };
        for day in period.all_between(first, last)? {
            let Some(path) = period.path(day) else { continue };
            let key = Key::Value(FacetField::Date, path);
            let label = label(&key, authority);
            match side.find(&key) {
                Some(line) => self.add(side, line, LineKind::Value, label, counts[line as usize]),
                None => self.lines.push(Line { is: selector(&key), kind: LineKind::Value, label, values: 1, count: 0, repeats: 0 }),
            }
        }
        Ok(())
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
