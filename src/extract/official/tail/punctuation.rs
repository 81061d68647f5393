//! Punctuation inside a post: a larger unit behind a comma, a body or unit in brackets, the dash within a name.

use super::super::person::vietnamese_name;
use super::super::post::Part;
use super::super::tokens::{Mark, Shape};
use super::super::unit::is_rather_a_person;
use super::Tail;
use crate::authority::{BodyKind, Level, Needs, Term};

/// What was read before a bracket that is still open.
pub(super) struct Bracket {
    pub(super) parts: usize,
    pub(super) end: usize,
    pub(super) placed: bool,
}

impl Tail<'_, '_> {
    /// A mark: a unit in brackets or behind a comma, the dash and the & within a name of a body.
    pub(super) fn step_over(&mut self, mark: Mark) -> bool {
        let reader = self.reader;
        let next = self.at + 1;
        match mark {
            Mark::Comma | Mark::Dash if self.placed => self.larger_unit(next, mark),
            // "Cục trưởng - Cục Viễn thông", "Tổng cục trưởng, Tổng cục Thống kê"
            Mark::Dash | Mark::Comma if self.parts.is_empty() && self.title.needs == Needs::Own => {
                let own = matches!(reader.term(next), Some((_, Term::Body(body))) if Some(&body.name) == self.title.body.as_ref());
                self.at = if own { next } else { self.at };
                own
            }
            Mark::Comma => self.superior(next),
            Mark::Open => self.open_bracket(next),
            Mark::Close => self.close_bracket(),
            Mark::Dash | Mark::And | Mark::Slash if !self.closed && !self.parts.is_empty() => {
                let goes_on = reader.is_capital(next)
                    && !matches!(reader.term(next), Some((_, Term::Post(_) | Term::Particle(_) | Term::Unit(_))))
                    && vietnamese_name(reader, next).is_none();
                if goes_on {
                    self.parts.push(Part::Words(self.at..next));
                    self.at = next;
                }
                goes_on
            }
            _ => false,
        }
    }

    /// "xã Phước An, huyện Tuy Phước": the larger unit behind a comma.
    fn larger_unit(&mut self, next: usize, mark: Mark) -> bool {
        let Some(Part::Unit { word, name: Some(_), .. }) = self.parts.last() else { return false };
        let inner = word.level;
        match self.reader.term(next) {
            Some((after, Term::Unit(word))) if mark == Mark::Comma && inner < word.level => {
                let start = if self.reader.mark(after) == Some(Mark::Point) { after + 1 } else { after };
                if !self.reader.is_capital(start) {
                    return false;
                }
                self.at = next;
                self.unit(after, word)
            }
            _ => {
                let Some((after, place)) = self.reader.place(next) else { return false };
                let a_province = place.name.unit.is_some() && inner != Level::Province;
                if !a_province || is_rather_a_person(self.reader, next, after, &place) {
                    return false;
                }
                self.push(after, Part::Place(next..after, place));
                true
            }
        }
    }

    /// "Cục trưởng Cục X, Bộ Công an": the superior body behind a comma.
    fn superior(&mut self, next: usize) -> bool {
        let Some(Part::Body(outer)) = self.parts.iter().find(|part| matches!(part, Part::Body(_))) else { return false };
        let Some((after, Term::Body(body))) = self.reader.term(next) else { return false };
        let superior = match body.name.as_str() {
            "Bộ" | "Bộ Công an" => {
                matches!(outer.name.as_str(), "Cục" | "Vụ" | "Tổng cục" | "Ban" | "Văn phòng" | "Thanh tra" | "Phòng" | "Bộ Tư lệnh")
            }
            "Cục" => outer.name.starts_with("Phòng"),
            "Tổng cục" => matches!(outer.name.as_str(), "Cục" | "Vụ"),
            police if police.starts_with("Phòng Cảnh sát") => outer.name.starts_with("Đội"),
            "Công an" => outer.name.starts_with("Phòng") || outer.name.starts_with("Đội"),
            "Sở" => matches!(outer.name.as_str(), "Chi cục" | "Phòng"),
            _ => false,
        };
        if !superior
            || body.open
                && !matches!(body.name.as_str(), "Cục" | "Tổng cục")
                && !body.name.starts_with("Phòng Cảnh sát")
                && !matches!(self.reader.term(after), Some((_, Term::Field(_) | Term::Unit(_))))
                && self.reader.place(after).is_none()
        {
            return false;
        }
        self.at = next;
        self.parts.push(Part::Words(next - 1..next));
        self.push(after, Part::Body(body));
        self.closed = !body.open;
        true
    }

    /// "(Bộ Công an)", "(huyện Tuy Phước)", "(C45, Bộ Công an)", "(PCTT)" behind the words of a body.
    fn open_bracket(&mut self, next: usize) -> bool {
        let reader = self.reader;
        if self.parts.is_empty() || self.bracket.is_some() {
            return false;
        }
        let mut at = next;
        // A short name for what stands before.
        let short = reader.at(at).is_some_and(|token| token.shape == Shape::Caps);
        let alone = reader.mark(at + 1) == Some(Mark::Close) && reader.place(at).is_none();
        if short && (alone || !self.holds_place(at)) {
            at += 1 + usize::from(reader.at(at + 1).is_some_and(|token| token.shape == Shape::Number));
            match reader.mark(at) {
                Some(Mark::Close) if reader.is_capital(at + 1) || reader.is_lower(at + 1) || reader.mark(at + 1) == Some(Mark::Dash) => {
                    self.at = at + 1;
                    return true;
                }
                Some(Mark::Comma | Mark::Dash) => at += 1,
                _ => return false,
            }
        }
        if !self.holds_place(at) {
            return false;
        }
        self.bracket = Some(Bracket { parts: self.parts.len(), end: self.end, placed: self.placed });
        self.parts.push(Part::Words(next - 1..next - 1));
        (self.at, self.placed, self.closed) = (at, false, false);
        true
    }

    /// Whether a unit, a place or a public body stands at a token.
    fn holds_place(&self, at: usize) -> bool {
        match self.reader.term(at) {
            Some((_, Term::Unit(_))) => true,
            Some((_, Term::Body(body))) => body.kind != BodyKind::Private && self.reader.is_capital(at),
            _ => self.reader.place(at).is_some(),
        }
    }

    fn close_bracket(&mut self) -> bool {
        if self.bracket.take().is_none() {
            return false;
        }
        (self.at, self.end) = (self.at + 1, self.at + 1);
        (self.placed, self.closed) = (true, true);
        true
    }
}
