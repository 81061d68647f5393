//! Corrections of the units that an article is about, and of those it mentions.

use super::listed::Listed;
use super::stands_on;
use crate::article::{Article, CorrectedField, Correction, CorrectionOp, Evidence, ProvinceStatus, UnitMention};
use crate::authority::{Authority, ResolutionKind, Units};
use crate::extract::unit_mention;

pub(super) const ABOUT: &str = "provinces.about";
pub(super) const MENTIONED: &str = "provinces.mentioned";
/// What evidence of a unit's places is for, below the unit.
pub(super) const PLACES: &str = ".places";
const STATUS: &str = "provinces.status";

pub(super) fn apply(article: &mut Article, correction: &Correction, authority: &Authority) -> Result<Vec<String>, String> {
    let units = &authority.units;
    let is_about = correction.field == CorrectedField::Province;
    let was = was(article, is_about, units);
    let day = article.dates.event.from;
    let evidence = article.evidence.get_or_insert_default();
    let mut about = Listed::take(ABOUT, std::mem::take(&mut article.provinces.about), evidence);
    let mut mentioned = Listed::take(MENTIONED, std::mem::take(&mut article.provinces.mentioned), evidence);

    let before = article.provinces.status;
    if let Some(status) = status(&correction.value).filter(|_| is_about && correction.op == CorrectionOp::Set) {
        // What it is no longer about, it still names.
        mentioned.members.extend(about.members.drain(..).map(as_mentioned));
        article.provinces.status = status;
    } else {
        let unit = unit(correction, day, units)?;
        let (list, other) = if is_about { (&mut about, &mut mentioned) } else { (&mut mentioned, &mut about) };
        let is_it = |(one, _): &(UnitMention, Vec<Evidence>)| one.unit_id.slug() == unit.unit_id.slug();
        let at = list.members.iter().position(is_it);
        match (correction.op, at) {
            (CorrectionOp::Remove, None) => {
                let now = if was.is_empty() { "nothing".to_owned() } else { was.join(", ") };
                return Err(format!("{} does not stand there; what does: {now}", unit.unit));
            }
            (CorrectionOp::Remove, Some(at)) => {
                list.members.remove(at);
                evidence.push(stands_on(correction, if is_about { ABOUT } else { MENTIONED }));
            }
            (CorrectionOp::Add | CorrectionOp::Set, at) => {
                // What the article itself says of the unit stays with it.
                let here = at.map(|at| list.members.remove(at));
                let there = || Some(other.members.remove(other.members.iter().position(is_it)?));
                let (named, mut stands) = here.or_else(there).unwrap_or_else(|| (unit.clone(), Vec::new()));
                stands.push(stands_on(correction, ""));
                let member = (UnitMention { places: named.places, ..unit }, stands);
                if correction.op == CorrectionOp::Set {
                    list.members.clear();
                }
                list.members.push(if is_about { member } else { as_mentioned(member) });
            }
        }
        article.provinces.status = match (about.members.is_empty(), before) {
            (false, _) => ProvinceStatus::Units,
            (true, ProvinceStatus::Units) => ProvinceStatus::Unknown,
            (true, status) => status,
        };
    }
    if article.provinces.status != before {
        evidence.retain(|evidence| evidence.value != STATUS);
    }
    if about.members.is_empty() && is_about && correction.op == CorrectionOp::Set {
        evidence.push(stands_on(correction, STATUS));
    }
    article.provinces.about = about.put_back(evidence);
    article.provinces.mentioned = mentioned.put_back(evidence);
    Ok(was)
}

/// A unit that is only mentioned has no places.
fn as_mentioned((unit, mut evidence): (UnitMention, Vec<Evidence>)) -> (UnitMention, Vec<Evidence>) {
    evidence.retain(|one| !one.value.starts_with(PLACES));
    (UnitMention { places: Vec::new(), ..unit }, evidence)
}

/// What stands there, as it would be typed: units, else the status.
fn was(article: &Article, is_about: bool, units: &Units) -> Vec<String> {
    let provinces = &article.provinces;
    let list = if is_about { &provinces.about } else { &provinces.mentioned };
    match (is_about, provinces.status) {
        (true, status @ (ProvinceStatus::National | ProvinceStatus::Foreign | ProvinceStatus::Unknown)) => vec![status.name().to_owned()],
        _ => list.iter().map(|unit| units.label(&unit.unit_id.0)).collect(),
    }
}

fn status(typed: &str) -> Option<ProvinceStatus> {
    [ProvinceStatus::National, ProvinceStatus::Foreign, ProvinceStatus::Unknown].into_iter().find(|status| status.name() == typed.trim())
}

/// The unit that is meant: of that name on the article's day, or of that id.
fn unit(correction: &Correction, day: Option<jiff::civil::Date>, units: &Units) -> Result<UnitMention, String> {
    let typed = correction.value.trim();
    let resolutions = units.resolve(&crate::text::compose(typed));
    let mut meant = resolutions.iter().filter_map(|resolution| match &resolution.kind {
        ResolutionKind::Name(slug) => Some(slug.as_str()),
        ResolutionKind::Era => resolution.units.first().map(String::as_str),
        ResolutionKind::Region => None,
    });
    match (meant.next(), meant.next()) {
        (Some(slug_or_id), None) => Ok(unit_mention(slug_or_id, day, correction.op.rule(), units)),
        (Some(_), Some(_)) => {
            Err(format!("several units are called {typed:?}: spell it with diacritics, or give an id such as ninh-binh@1992"))
        }
        (None, _) => {
            let nearest = units.nearest(typed);
            let hint = if nearest.is_empty() { String::new() } else { format!("; near it: {}", nearest.join(", ")) };
            Err(format!("no province or city is called {typed:?}{hint}"))
        }
    }
}
