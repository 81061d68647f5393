//! Corrections of the event's date. The units of the article follow into the era of the new date.

use super::stands_on;
use crate::article::{Article, Basis, Correction, CorrectionOp, EventDate, Interval, Precision, UnitMention};
use crate::authority::{Authority, Units};
use crate::extract::unit_mention;

pub(super) fn apply(article: &mut Article, correction: &Correction, authority: &Authority) -> Result<Vec<String>, String> {
    let was: Vec<String> = article.dates.event.interval().iter().map(Interval::iso).collect();
    let (interval, precision) = match (correction.op, correction.value.trim()) {
        (CorrectionOp::Remove, _) | (CorrectionOp::Set, "none") => (None, Precision::None),
        (CorrectionOp::Set, typed) => read(typed).map(|(interval, precision)| (Some(interval), precision)).ok_or_else(|| {
            format!("{typed:?} is no date: expected 2024, 2024-05, 2024-05-13, two of them in order with / between, or none")
        })?,
        (CorrectionOp::Add, _) => return Err("an article has one date: set it".to_owned()),
    };
    article.dates.event = EventDate {
        from: interval.map(|interval| interval.from),
        to: interval.map(|interval| interval.to),
        precision,
        basis: Basis::Corrected,
        why: format!("{}: {}", correction.by, correction.why),
    };
    let provinces = &mut article.provinces;
    for unit in provinces.about.iter_mut().chain(&mut provinces.mentioned) {
        follow(unit, interval, &authority.units);
    }
    let evidence = article.evidence.get_or_insert_default();
    evidence.retain(|evidence| evidence.value != "dates.event");
    evidence.push(stands_on(correction, "dates.event"));
    Ok(was)
}

/// The unit of the same name in the era of the new date, if it is another.
fn follow(unit: &mut UnitMention, interval: Option<Interval>, units: &Units) {
    let day = interval.map(|interval| interval.from);
    let was_there = units.get(&unit.unit_id.0).is_some_and(|unit| day.is_some_and(|day| unit.covers(day)));
    if !was_there {
        let followed = unit_mention(unit.unit_id.slug(), day, &unit.rule, units);
        if followed.unit_id != unit.unit_id {
            *unit = followed;
        }
    }
}

/// `2024`, `2024-05`, `2024-05-13`, or two of them with `/` between.
fn read(typed: &str) -> Option<(Interval, Precision)> {
    let (from, to) = typed.split_once('/').unwrap_or((typed, typed));
    let interval = Interval { from: Interval::parse(from)?.from, to: Interval::parse(to)?.to };
    let precision = match from.len().min(to.len()) {
        4 => Precision::Year,
        7 => Precision::Month,
        _ => Precision::Day,
    };
    (interval.from <= interval.to).then_some((interval, precision))
}
