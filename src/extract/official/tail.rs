//! The words behind the head of a post: manner, body, unit, in one pass from left to right.
//!
//! Input → output: the token behind the head → the parts that follow, and where the post ends. Whether they make the
//! head a public post is for [`super::post`] to say.

mod punctuation;

use super::person::vietnamese_name;
use super::post::Part;
use super::reader::Reader;
use super::tokens::{Mark, Shape};
use super::unit::{is_rather_a_person, unit_name};
use crate::authority::{Body, BodyKind, Level, Needs, Particle, PostTitle, Term, UnitWord};
use punctuation::Bracket;
use std::ops::Range;

/// Longest run of small words in a body that the tables do not know.
const MAX_UNKNOWN_WORDS: usize = 8;

/// Longest post, in tokens.
const MAX_TOKENS: usize = 40;

/// The words behind the head, while they are read.
pub struct Tail<'r, 'a> {
    reader: &'r Reader<'a>,
    title: &'a PostTitle,
    limit: usize,
    /// The token to read next.
    at: usize,
    /// One past the last token that certainly belongs to the post.
    pub end: usize,
    /// What was read.
    pub parts: Vec<Part<'a>>,
    /// "Thường trực" and the like, before the body.
    pub manner: Option<Range<usize>>,
    /// Whether the manner says that the post is held for the time being.
    pub acting: bool,
    /// Whether the body is a company, a school, a club.
    pub private: bool,
    /// Whether only a unit may follow.
    closed: bool,
    /// Whether a unit was read: only a larger one may follow.
    placed: bool,
    unknown: usize,
    bracket: Option<Bracket>,
}

impl<'r, 'a> Tail<'r, 'a> {
    /// Nothing read yet; `at` is the token behind the head.
    pub fn new(reader: &'r Reader<'a>, at: usize, title: &'a PostTitle) -> Self {
        Tail {
            reader,
            title,
            limit: at + MAX_TOKENS,
            at,
            end: at,
            parts: Vec::new(),
            manner: None,
            acting: false,
            private: false,
            closed: title.needs == Needs::Nothing,
            placed: false,
            unknown: 0,
            bracket: None,
        }
    }

    /// Reads as far as the post goes.
    pub fn read(&mut self) {
        self.read_manner();
        while self.at < self.limit && !self.private && self.step() {}
        if let Some(before) = self.bracket.take() {
            self.parts.truncate(before.parts);
            (self.end, self.placed) = (before.end, before.placed);
        }
        // A "của" or a dash behind which nothing came.
        let end = self.end;
        while self.parts.pop_if(|part| matches!(part, Part::Words(tokens) if tokens.start >= end)).is_some() {}
    }

    fn read_manner(&mut self) {
        // "CT.UBND"
        let abbreviated = self.at.checked_sub(1).and_then(|head| self.reader.at(head)).is_some_and(|head| head.shape == Shape::Caps);
        if abbreviated && self.reader.mark(self.at) == Some(Mark::Point) {
            self.at += 1;
        }
        let start = self.at;
        while let Some((after, particle @ (Particle::Manner | Particle::Acting))) = self.reader.particle(self.at) {
            self.acting |= particle == Particle::Acting;
            (self.at, self.end) = (after, after);
        }
        if self.at > start {
            self.manner = Some(start..self.at);
        }
    }

    /// Reads one part; `false` where the post ends.
    fn step(&mut self) -> bool {
        let reader = self.reader;
        if let Some(mark) = reader.mark(self.at) {
            return self.step_over(mark);
        }
        if let Some(after) = self.host() {
            self.push(after, Part::Words(self.at..after));
            return true;
        }
        let central = self.title.needs == Needs::Nothing && self.title.scope.is_some();
        if !central && self.known_place() {
            return true;
        }
        match reader.term(self.at) {
            Some((after, term)) => self.step_term(after, term),
            None => self.step_word(),
        }
    }

    /// Reads a province or district without a word for it, where one stands.
    fn known_place(&mut self) -> bool {
        let Some((after, place)) = self.reader.place(self.at) else { return false };
        let bare = self.parts.is_empty() && (place.name.unit.is_none() || place.name.weak);
        let short = after - self.at == 1 && place.name.unit.is_none();
        if self.placed || bare || short || !self.reader.is_capital(self.at) || is_rather_a_person(self.reader, self.at, after, &place) {
            return false;
        }
        self.push(after, Part::Place(self.at..after, place));
        self.placed = true;
        true
    }

    /// "Đại sứ Việt Nam tại Hoa Kỳ": the country where an envoy serves.
    fn host(&self) -> Option<usize> {
        let envoy = matches!(self.parts.last(), Some(Part::Vietnam(_) | Part::Country(_))) && self.title.needs == Needs::Body;
        if !envoy || self.reader.word(self.at) != "tại" {
            return None;
        }
        match self.reader.term(self.at + 1) {
            Some((after, Term::Country | Term::Particle(Particle::Vietnam))) => Some(after),
            _ => self.reader.place(self.at + 1).map(|(after, _)| after),
        }
    }

    fn step_term(&mut self, after: usize, term: Term<'a>) -> bool {
        match term {
            Term::Unit(word) => self.unit(after, word),
            Term::Country => self.country(after),
            Term::Particle(Particle::Vietnam) => {
                self.push(after, Part::Vietnam(self.at..after));
                self.placed = true;
                true
            }
            Term::Particle(Particle::Central) if !self.placed => {
                self.push(after, Part::Central(self.at..after));
                true
            }
            Term::Particle(Particle::Joint) => self.joint(after),
            Term::Body(body) => self.body(after, body),
            Term::Field(field) if !self.placed && !self.closed => {
                if self.parts.is_empty() && self.title.needs == Needs::Body {
                    return false;
                }
                self.push(after, Part::Field(field, self.at..after));
                let owner = self.parts.iter().rev().nth(1);
                let one_field = matches!(owner, Some(Part::Body(body)) if matches!(body.name.as_str(), "Bộ" | "Sở"));
                self.closed |= field.ministry && (self.title.needs == Needs::Ministry || one_field);
                true
            }
            Term::Short(_) if !self.placed && !self.closed && !self.parts.is_empty() => {
                self.push(after, Part::Words(self.at..after));
                true
            }
            // "Phó Trưởng Ban Thường trực Ban Chỉ đạo …", "Phó Trưởng ban phụ trách Ban Nội chính"
            Term::Particle(Particle::Acting) if self.leads_a_body(after) => {
                self.acting = true;
                self.push(after, Part::Words(self.at..after));
                true
            }
            Term::Particle(Particle::Manner) if !self.placed && !self.parts.is_empty() => {
                self.push(after, Part::Words(self.at..after));
                true
            }
            Term::Post(_) | Term::Particle(Particle::Deputy | Particle::Former) => false,
            Term::Particle(_) if self.reader.is_capital(self.at) && !self.reader.shouting => self.step_word(),
            // "Phòng PC02"
            Term::Particle(Particle::Plural)
                if self.reader.at(self.at).is_some_and(|token| token.shape == Shape::Number && !token.spaced) =>
            {
                self.step_word()
            }
            Term::Particle(_) | Term::Field(_) | Term::Short(_) => false,
        }
    }

    /// Whether no more than "Ban", "Phòng" was read, and the body itself stands at a token.
    fn leads_a_body(&self, at: usize) -> bool {
        let short = matches!(self.parts[..], [Part::Body(body)] if body.open && !body.name.contains(' '));
        short && self.reader.is_capital(at) && matches!(self.reader.term(at), Some((_, Term::Body(_))))
    }

    fn body(&mut self, after: usize, body: &'a Body) -> bool {
        let reader = self.reader;
        let capital = reader.is_capital(self.at) || after - self.at >= 2;
        let first = self.parts.is_empty();
        if self.placed || (self.closed && !self.nests(body)) {
            return false;
        }
        // "Bí thư Đoàn xã"
        let youth_union = body.name == "Đoàn" && matches!(reader.term(after), Some((_, Term::Unit(_))));
        if body.kind == BodyKind::Private && !youth_union && (first || self.may_be_private(capital)) {
            self.private = true;
            self.end = after;
            return false;
        }
        if first && self.title.needs == Needs::Ministry && !matches!(body.name.as_str(), "Bộ" | "Bộ Công an" | "Công an") {
            return false;
        }
        if !first && !youth_union && (body.kind == BodyKind::Private || !capital) {
            return self.step_word();
        }
        self.push(after, Part::Body(body));
        self.closed = !body.open;
        // "CAP Tân Lập": the letters hold the word for the unit.
        if body.kind == BodyKind::Party
            && body.level == Some(Level::Commune)
            && let (Some(name), _) = unit_name(reader, after, Level::Commune)
        {
            self.push(name.end, Part::Words(name));
            self.placed = true;
        }
        true
    }

    /// Whether a body may stand behind a closed one: "Ủy ban Kiểm tra Tỉnh ủy", "Ban Thường vụ Thành đoàn".
    fn nests(&self, body: &Body) -> bool {
        let last = self.parts.iter().rfind(|part| !matches!(part, Part::Words(_)));
        match last {
            None => self.title.needs != Needs::Nothing || matches!(body.name.as_str(), "Chính phủ" | "Quốc hội"),
            Some(Part::Body(outer)) => {
                outer.level.is_none() && !outer.local || matches!(body.name.as_str(), "Quốc hội" | "Ủy ban Thường vụ Quốc hội")
            }
            _ => false,
        }
    }

    /// Whether a company or school may own the body that is being read: "Phòng … Công ty", "Đảng ủy Tập đoàn".
    fn may_be_private(&self, capital: bool) -> bool {
        let Some(first) = self.parts.first() else { return false };
        let outer = match first {
            Part::Body(body) => body.name.as_str(),
            _ => self.title.body.as_deref().unwrap_or(""),
        };
        let owned = matches!(outer, "Phòng" | "Ban" | "Văn phòng" | "Hội đồng" | "Đảng ủy" | "Đội" | "Đảng bộ" | "Ban Chấp hành");
        owned && (capital || matches!(first, Part::Body(_)))
    }

    /// của, về, và: belongs to the post where words of a body follow.
    fn joint(&mut self, after: usize) -> bool {
        let reader = self.reader;
        let word = reader.word(self.at);
        let words = reader.at(after).is_some_and(|token| matches!(token.shape, Shape::Lower | Shape::Title | Shape::Caps));
        if self.placed || self.parts.is_empty() && word != "của" || !words {
            return false;
        }
        let goes_on = match reader.term(after) {
            Some((_, Term::Body(body))) if word == "của" => body.kind != BodyKind::Private,
            Some((end, Term::Body(_))) => !self.closed && end - after == 1 && !reader.is_capital(after),
            Some((_, Term::Field(_))) if matches!(self.parts.last(), Some(Part::Field(..))) => {
                self.closed = false;
                true
            }
            Some((_, Term::Field(_) | Term::Short(_))) => !self.closed,
            Some((_, Term::Unit(_) | Term::Country)) => word == "của" && reader.is_capital(after) || self.title.needs == Needs::Foreign,
            Some((_, Term::Particle(Particle::Central))) => true,
            Some(_) => false,
            None => !self.closed && word != "của" && vietnamese_name(reader, after).is_none(),
        };
        if goes_on {
            if !self.parts.is_empty() {
                self.parts.push(Part::Words(self.at..after));
            }
            self.at = after;
        }
        goes_on
    }

    fn country(&mut self, after: usize) -> bool {
        if self.reader.shouting && after - self.at == 1 {
            return false;
        }
        let fits = match self.parts.last() {
            None => matches!(self.title.needs, Needs::Nothing | Needs::Ministry | Needs::Foreign | Needs::Body | Needs::Unit),
            Some(Part::Field(..) | Part::Country(_) | Part::Words(_) | Part::Central(_)) => true,
            Some(Part::Body(body)) => !body.local,
            Some(Part::Vietnam(_)) => false,
            Some(Part::Unit { .. } | Part::Place(..)) => false,
        };
        if !fits {
            return false;
        }
        self.push(after, Part::Country(self.at..after));
        (self.placed, self.closed) = (true, true);
        true
    }

    fn unit(&mut self, after: usize, word: &'a UnitWord) -> bool {
        let goes_on = self.reader.is_lower(after) && self.reader.term(after).is_none_or(|(_, term)| matches!(term, Term::Field(_)));
        // "Hội đồng thẩm định xã nông thôn mới", but not "Công an xã đến".
        let local = matches!(self.parts.last(), Some(Part::Body(body)) if body.local);
        if goes_on && word.level <= Level::Commune && !self.closed && !self.parts.is_empty() && !local {
            return self.step_word();
        }
        if word.level == Level::Hamlet {
            let named = self.reader.is_capital(after) || self.reader.at(after).is_some_and(|token| token.shape == Shape::Number);
            if self.placed || (!self.parts.is_empty() && !named) {
                return false;
            }
            self.private = true;
            self.end = after;
            return false;
        }
        let larger = match self.parts.last() {
            Some(Part::Unit { word: inner, .. }) => inner.level < word.level,
            Some(Part::Vietnam(_) | Part::Country(_)) => word.level == Level::Abroad,
            Some(Part::Place(..)) => true,
            Some(Part::Body(body)) => body.level != Some(Level::Central) || !self.closed,
            None => self.title.needs != Needs::Ministry,
            _ => true,
        };
        if !larger {
            return false;
        }
        let start = if self.reader.mark(after) == Some(Mark::Point) { after + 1 } else { after };
        let start = if self.reader.mark(start) == Some(Mark::Stop)
            && after - self.at == 1
            && self.reader.is_capital(start + 1)
            && self.is_letters_of_unit()
        {
            start + 1
        } else {
            start
        };
        let (name, place) = unit_name(self.reader, start, word.level);
        let end = name.as_ref().map_or(after, |name| name.end);
        self.push(end, Part::Unit { word, name, place });
        (self.placed, self.closed) = (true, true);
        true
    }

    /// Whether the unit's word is an abbreviation, after which a full stop ends no sentence: "TP. Huế".
    fn is_letters_of_unit(&self) -> bool {
        self.reader.at(self.at).is_some_and(|token| token.end - token.start <= 2)
    }

    /// A word that the tables do not know.
    fn step_word(&mut self) -> bool {
        let reader = self.reader;
        let Some(token) = reader.at(self.at) else { return false };
        if self.placed || self.parts.is_empty() && self.title.needs != Needs::Own {
            return false;
        }
        let after_body = matches!(self.parts.last(), Some(Part::Body(_) | Part::Words(_)));
        match token.shape {
            Shape::Number if after_body && !self.closed => {}
            Shape::Title | Shape::Caps if !self.closed => {
                if vietnamese_name(reader, self.at).is_some() {
                    return false;
                }
                self.unknown = 0;
            }
            Shape::Lower if !self.closed && self.unknown < MAX_UNKNOWN_WORDS && !self.ends_in_number() => self.unknown += 1,
            _ => return false,
        }
        self.push(self.at + 1, Part::Words(self.at..self.at + 1));
        true
    }

    /// "Phòng Thanh tra 1": a number ends the name of a body, unless its unit follows: "Đội 6 địa bàn quận Kim Sơn".
    fn ends_in_number(&self) -> bool {
        let number = self.reader.at(self.at - 1).is_some_and(|token| token.shape == Shape::Number);
        number && !(self.at..self.at + 4).any(|at| matches!(self.reader.term(at), Some((_, Term::Unit(_)))))
    }

    fn push(&mut self, after: usize, part: Part<'a>) {
        self.parts.push(part);
        (self.at, self.end) = (after, after);
    }
}
