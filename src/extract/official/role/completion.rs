//! Completes a local post with its unit from the context: "Tỉnh ủy" → "Tỉnh ủy Ninh Bình", "UBND huyện" → "… huyện Kim Sơn".

use super::super::place::Province;
use super::super::post::Part;
use super::super::unit::unit_name;
use super::Writer;
use crate::authority::{BodyKind, Level, Needs, Term, UnitWord};

/// Tokens before a post in which its commune may be named.
const COMMUNE_REACH: usize = 300;

impl Writer<'_, '_> {
    /// A unit that is only called "tỉnh", "huyện": the one in context.
    pub(super) fn push_unit(&mut self, level: Level, word: &str) {
        let start = self.start();
        let city = match level {
            Level::Province => Some(false),
            _ if word == "quận" => Some(true),
            _ => None,
        };
        let province = self.context.province_before(start, city);
        let name = match level {
            Level::Province => province.as_ref().map(|province| province.label.clone()),
            Level::City if province.as_ref().is_some_and(|province| province.city) => {
                province.as_ref().map(|province| province.label.clone())
            }
            Level::City | Level::District => self.district_in_context(),
            Level::Commune => self.commune_before(word),
            _ => None,
        };
        self.completed |= name.is_some();
        self.province = self.province.take().or(province);
        // "quận 1" holds its word.
        let holds_word = |name: &String| name.to_lowercase().strip_prefix(word).is_some_and(|rest| rest.starts_with(' '));
        self.push(match name {
            None => word.to_owned(),
            Some(name) if holds_word(&name) => name,
            Some(name) => format!("{word} {name}"),
        });
    }

    /// The commune named last before by the same word: "UBND xã" → of "xã Khánh Nhạc".
    fn commune_before(&self, word: &str) -> Option<String> {
        let reader = self.reader;
        let start = self.post.tokens.start;
        (start.saturating_sub(COMMUNE_REACH)..start).rev().find_map(|at| match reader.term(at)? {
            (after, Term::Unit(unit)) if unit.level == Level::Commune && unit.name == word => {
                unit_name(reader, after, Level::Commune).0.map(|name| self.place_name(name))
            }
            _ => None,
        })
    }

    /// The province that the text names beside the post's commune elsewhere: "xã Tân Lập, huyện Vũ Thư".
    pub(super) fn province_of_commune(&mut self, name: std::ops::Range<usize>) -> Option<Province> {
        let province = self.context.province_beside(self.reader.text, self.reader.quote(name), self.start());
        self.completed |= province.is_some();
        province
    }

    /// The name of the district at hand; its province becomes that of the post.
    fn district_in_context(&mut self) -> Option<String> {
        match self.context.district_before(self.reader.text, self.start()) {
            Some(place) => {
                self.province = self.context.province_of(place, Level::District).or(self.province.take());
                Some(self.reader.text[place.start..place.end].to_owned())
            }
            None => {
                let (name, province) = self.context.own_district()?;
                self.province = Some(province);
                Some(name.to_owned())
            }
        }
    }

    /// The unit of a local body that names none: "Tỉnh ủy", "Sở Y tế".
    pub(super) fn complete(&mut self) {
        let post = self.post;
        let last_body = post.parts.iter().rev().find_map(|part| match part {
            Part::Body(body) => Some(*body),
            _ => None,
        });
        let level = match post.parts.last() {
            None if post.title.needs == Needs::Nothing => party_level(self.title_body()),
            Some(Part::Body(body)) if body.open && !body.name.contains(' ') => None,
            Some(Part::Body(_) | Part::Field(..) | Part::Words(_)) => {
                last_body.and_then(|body| body.level).or(party_level(self.title_body()))
            }
            _ => None,
        };
        let party = post.parts.last().map_or(post.title.needs == Needs::Nothing, |part| is_party(Some(part)));
        self.local |= level.is_some_and(|level| level < Level::Central);
        let Some(level @ (Level::Province | Level::City | Level::District)) = level else {
            if self.local && self.province.is_none() {
                self.province = self.context.province_before(self.start(), None);
            }
            return;
        };
        let city = match level {
            Level::Province if party => Some(false),
            _ => None,
        };
        let before = self.context.province_before(self.start(), city);
        let name = match (&before, level) {
            (Some(province), Level::Province) if party => Some(province.label.clone()),
            (Some(province), Level::Province) => Some(format!("{} {}", if province.city { "thành phố" } else { "tỉnh" }, province.label)),
            (Some(province), Level::City) if province.city && self.body.last().is_some_and(|body| body.ends_with("thành phố")) => {
                Some(province.label.clone())
            }
            (Some(province), Level::City) if province.city && province.label == "Hồ Chí Minh" => {
                Some(format!("Thành phố {}", province.label))
            }
            (Some(province), Level::City) if province.city => Some(province.label.clone()),
            (_, Level::City | Level::District) if party => self.district_in_context(),
            _ => None,
        };
        if let Some(name) = name {
            self.completed = true;
            self.push(name);
        }
        self.province = self.province.take().or(before);
    }

    /// "huyện Tây Sơn" → "huyện Tây Sơn, tỉnh Bình Định".
    pub(super) fn name_province(&mut self) {
        let Some(Part::Unit { word, name: Some(_), .. }) = self.post.parts.last() else { return };
        if self.province.is_none() {
            self.province = self.context.province_before(self.start(), None);
            self.completed |= self.province.is_some();
        }
        let Some(province) = self.province.as_ref().filter(|_| word.level < Level::Province) else { return };
        let in_words = format!("{} {}", if province.city { "thành phố" } else { "tỉnh" }, province.label);
        if self.body.last().is_none_or(|last| !last.ends_with(&province.label)) {
            self.push_comma();
            self.push(in_words);
        }
    }
}

/// Whether a part is a committee of the Party or the Youth Union, whose unit follows without a word for it.
pub(super) fn is_party(part: Option<&Part>) -> bool {
    matches!(part, Some(Part::Body(body)) if body.kind == BodyKind::Party)
}

/// The level of a committee of the Party that a post names by itself: "Tỉnh ủy viên".
pub(super) fn party_level(body: &str) -> Option<Level> {
    match body {
        "Tỉnh ủy" => Some(Level::Province),
        "Thành ủy" => Some(Level::City),
        "Huyện ủy" | "Quận ủy" | "Thị ủy" => Some(Level::District),
        _ => None,
    }
}

/// The committee of the Party in a unit, by the unit's word: "Bí thư tỉnh Bình Dương" leads a Tỉnh ủy.
pub(super) fn party_committee(word: &UnitWord) -> &'static str {
    match (word.level, word.name.as_str()) {
        (Level::Province, _) => "Tỉnh ủy",
        (Level::City, _) => "Thành ủy",
        (Level::District, "quận") => "Quận ủy",
        (Level::District, "thị xã") => "Thị ủy",
        (Level::District, _) => "Huyện ủy",
        _ => "Đảng ủy",
    }
}
