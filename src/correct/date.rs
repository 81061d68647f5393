//! Corrections of the event's date. The units of the article and of its posts follow into the era of the new date.

use super::listed::Listed;
use super::province::{ABOUT, MENTIONED, PLACES};
use super::stands_on;
use crate::article::{Article, Basis, Correction, CorrectionOp, EventDate, Evidence, Interval, Precision, UnitMention};
use crate::authority::{Authority, MERGER, Units};
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
    let evidence = article.evidence.get_or_insert_default();
    let provinces = &mut article.provinces;
    for (list, units) in [(ABOUT, &mut provinces.about), (MENTIONED, &mut provinces.mentioned)] {
        let mut listed = Listed::take(list, std::mem::take(units), evidence);
        listed.members.iter_mut().for_each(|(unit, of_unit)| follow(unit, of_unit, interval, &authority.units));
        *units = listed.put_back(evidence);
    }
    let followed: Vec<&UnitMention> = provinces.about.iter().chain(&provinces.mentioned).collect();
    for id in article.officials.iter_mut().flat_map(|official| &mut official.posts).filter_map(|post| post.unit_id.as_mut()) {
        if let Some(unit) = followed.iter().find(|unit| unit.unit_id.slug() == id.slug()) {
            *id = unit.unit_id.clone();
        }
    }
    evidence.retain(|evidence| evidence.value != "dates.event");
    evidence.push(stands_on(correction, "dates.event"));
    Ok(was)
}

/// The unit of the same name in the era of the new date, if it is another. Places of the map before do not lie on the map since.
fn follow(unit: &mut UnitMention, evidence: &mut Vec<Evidence>, interval: Option<Interval>, units: &Units) {
    let day = interval.map(|interval| interval.from);
    let was_there = units.get(&unit.unit_id.0).is_some_and(|unit| day.is_some_and(|day| unit.covers(day)));
    let followed = unit_mention(unit.unit_id.slug(), day, &unit.rule, units);
    if was_there || followed.unit_id == unit.unit_id {
        return;
    }
    let is_new = |unit: &UnitMention| units.get(&unit.unit_id.0).is_some_and(|unit| unit.valid_from == MERGER);
    let places = match is_new(unit) == is_new(&followed) {
        true => std::mem::take(&mut unit.places),
        false => {
            evidence.retain(|one| !one.value.starts_with(PLACES));
            Vec::new()
        }
    };
    *unit = UnitMention { places, ..followed };
}

/// `2024`, `2024-05`, `2024-05-13`, or two of them with `/` between.
fn read(typed: &str) -> Option<(Interval, Precision)> {
    let (from, to) = typed.split_once('/').unwrap_or((typed, typed));
    let (from, to) = (from.trim(), to.trim());
    let interval = Interval { from: Interval::parse(from)?.from, to: Interval::parse(to)?.to };
    let precision = match from.len().min(to.len()) {
        4 => Precision::Year,
        7 => Precision::Month,
        _ => Precision::Day,
    };
    (interval.from <= interval.to).then_some((interval, precision))
}
