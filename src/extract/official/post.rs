//! The grammar of one post: (nguyên | quyền) (phó) head (manner) body unit.
//!
//! Input → output: a token's number → the post whose words begin there, in parts, and where they end; or that it is
//! the post of no public body. Does not know who holds it.

use super::person::{PersonName, name_key, vietnamese_name};
use super::reader::{PlaceSpan, Reader, fits};
use super::tokens::{Mark, Shape};
use crate::article::PostStatus;
use crate::authority::{Body, BodyKind, Field, Level, Namesake, Needs, Particle, PostTitle, Standing, Term, UnitWord};
use std::ops::Range;

/// A part of a post behind its head, in the order of the text.
#[derive(Clone, Debug)]
pub enum Part<'a> {
    /// The first words of a body.
    Body(&'a Body),
    /// A field of government, with its words.
    Field(&'a Field, Range<usize>),
    /// Other words of a body, and those between.
    Words(Range<usize>),
    /// A unit by its word, with its name where one is given: "huyện Tây Sơn", "tỉnh".
    Unit {
        /// The word.
        word: &'a UnitWord,
        /// The words of its name.
        name: Option<Range<usize>>,
        /// What the tables know of that name.
        place: Option<PlaceSpan<'a>>,
    },
    /// A province or district without a word for it: "Sở Y tế Hòa Bình".
    Place(Range<usize>, PlaceSpan<'a>),
    /// Another country, or an international body.
    Country(Range<usize>),
    /// Việt Nam.
    Vietnam(Range<usize>),
    /// Trung ương, quốc gia.
    Central(Range<usize>),
}

/// A post as the text gives it.
#[derive(Clone, Debug)]
pub struct PostWords<'a> {
    /// All its words.
    pub tokens: Range<usize>,
    /// Whether several holders are announced: "các Phó Chủ tịch".
    pub plural: bool,
    /// By its own words.
    pub status: PostStatus,
    /// Whether "Phó" stands before the head.
    pub deputy: bool,
    /// The head.
    pub title: &'a PostTitle,
    /// "Thường trực", "thứ nhất": words between head and body.
    pub manner: Option<Range<usize>>,
    /// Body and unit.
    pub parts: Vec<Part<'a>>,
}

/// What stands where the words of a post begin.
#[derive(Clone, Debug)]
pub enum Found<'a> {
    /// A public post.
    Post(PostWords<'a>),
    /// A head without a body ("Chủ tịch", "Giám đốc"): somebody's, but it does not say of what. Ends before this token.
    Bare(usize),
    /// A post in a company, school, club. Ends before this token.
    Private(usize),
}

/// Longest run of small words in a body that the tables do not know.
const MAX_UNKNOWN_WORDS: usize = 8;

/// Longest post, in tokens.
const MAX_TOKENS: usize = 40;

impl PostWords<'_> {
    /// What the post is within its body.
    pub fn standing(&self) -> Standing {
        match (self.deputy, self.title.standing) {
            (true, Standing::Head) => Standing::Deputy,
            (_, standing) => standing,
        }
    }

    /// Whether it is held in another country or an international body.
    pub fn is_foreign(&self) -> bool {
        let said = self.parts.iter().find_map(|part| match part {
            Part::Country(_) => Some(true),
            Part::Body(body) if body.kind == BodyKind::Foreign => Some(true),
            Part::Unit { word, .. } if word.level == Level::Abroad => Some(true),
            Part::Unit { .. } | Part::Place(..) if self.title.needs != Needs::Foreign => Some(false),
            Part::Vietnam(_) => Some(false),
            _ => None,
        });
        said.unwrap_or(self.title.needs == Needs::Foreign)
    }

    /// Whether it ends in "phường", "xã" without a name.
    pub fn ends_in_nameless_commune(&self) -> bool {
        matches!(self.parts.last(), Some(Part::Unit { word, name: None, .. }) if word.level == Level::Commune)
    }

    /// Whether nothing but the head is said: "Bộ trưởng", "Thủ tướng".
    pub fn is_short(&self) -> bool {
        self.parts.is_empty() && !matches!(self.title.standing, Standing::Member)
    }
}

/// The post whose words begin at a token.
pub fn post_at<'a>(reader: &Reader<'a>, start: usize) -> Option<Found<'a>> {
    let mut at = start;
    let mut plural = false;
    if let Some(after) = reader.after(at, Particle::Plural) {
        (plural, at) = (true, after);
    }
    let mut status = PostStatus::Current;
    loop {
        match reader.particle(at) {
            Some((after, Particle::Former)) => (status, at) = (PostStatus::Former, after),
            Some((after, Particle::Acting)) => (status, at) = (PostStatus::Acting, after),
            Some((after, Particle::New)) => at = after,
            _ => break,
        }
    }
    let deputy = reader.after(at, Particle::Deputy);
    let Some((after, Term::Post(title))) = reader.term(deputy.unwrap_or(at)) else { return None };
    if title.needs == Needs::Never {
        return Some(Found::Private(after));
    }
    let mut tail = Tail::new(reader, after, title);
    tail.read();
    let Tail { end, parts, private, manner, acting, .. } = tail;
    if private {
        return Some(Found::Private(end));
    }
    let status = if acting && status == PostStatus::Current { PostStatus::Acting } else { status };
    let post = PostWords { tokens: start..end, plural, status, deputy: deputy.is_some(), title, manner, parts };
    Some(if is_complete(&post) { Found::Post(post) } else { Found::Bare(end) })
}

/// Whether the words behind the head are what it needs.
fn is_complete(post: &PostWords) -> bool {
    let first = post.parts.first();
    if !is_anchored(post) {
        return false;
    }
    match post.title.needs {
        Needs::Nothing | Needs::Ministry | Needs::Foreign => true,
        Needs::Own => first.is_some(),
        Needs::Unit => first.is_some(),
        Needs::Body => match first {
            Some(Part::Body(_) | Part::Country(_) | Part::Vietnam(_) | Part::Central(_)) => true,
            // "Bí thư tỉnh Bình Dương", "Bí thư Đà Nẵng"
            Some(Part::Unit { .. } | Part::Place(..)) => post.title.title == "Bí thư",
            _ => false,
        },
        Needs::Never => false,
    }
}

/// Whether the words of a body say that it is a public one: companies have a Ban, a Phòng, a Hội đồng too.
fn is_anchored(post: &PostWords) -> bool {
    let Some(Part::Body(body)) = post.parts.first() else { return true };
    let common = matches!(body.name.as_str(), "Ban" | "Phòng" | "Văn phòng" | "Đội" | "Vùng" | "Hội đồng" | "Đồn" | "Đoàn" | "Tòa");
    let alone = body.open && post.parts.len() == 1 && (!body.name.contains(' ') || body.name == "Ủy ban");
    let anchored = post.parts[1..].iter().any(|part| match part {
        Part::Body(inner) => inner.kind != BodyKind::Private && inner.name != "Sở",
        Part::Field(field, _) => field.ministry,
        Part::Unit { .. } | Part::Place(..) | Part::Country(_) | Part::Vietnam(_) | Part::Central(_) => true,
        Part::Words(_) => false,
    });
    post.title.needs == Needs::Ministry || !(alone || common && !anchored)
}

/// The words behind the head, while they are read.
struct Tail<'r, 'a> {
    reader: &'r Reader<'a>,
    title: &'a PostTitle,
    limit: usize,
    /// The token to read next.
    at: usize,
    /// One past the last token that certainly belongs to the post.
    end: usize,
    parts: Vec<Part<'a>>,
    manner: Option<Range<usize>>,
    acting: bool,
    private: bool,
    /// Whether only a unit may follow.
    closed: bool,
    /// Whether a unit was read: only a larger one may follow.
    placed: bool,
    unknown: usize,
    bracket: Option<Bracket>,
}

/// What was read before a bracket that is still open.
struct Bracket {
    parts: usize,
    end: usize,
    placed: bool,
}

impl<'r, 'a> Tail<'r, 'a> {
    fn new(reader: &'r Reader<'a>, at: usize, title: &'a PostTitle) -> Self {
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

    fn read(&mut self) {
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
            // "Phó Trưởng Ban Thường trực Ban Chỉ đạo …"
            Term::Particle(Particle::Manner) if !self.placed && !self.parts.is_empty() => {
                self.push(after, Part::Words(self.at..after));
                true
            }
            Term::Post(_) | Term::Particle(Particle::Deputy | Particle::Former) => false,
            Term::Particle(_) if self.reader.is_capital(self.at) && !self.reader.shouting => self.step_word(),
            Term::Particle(_) | Term::Field(_) | Term::Short(_) => false,
        }
    }

    fn body(&mut self, after: usize, body: &'a Body) -> bool {
        let reader = self.reader;
        let capital = reader.is_capital(self.at) || after - self.at >= 2;
        let first = self.parts.is_empty();
        if self.placed || (self.closed && !self.nests(body)) {
            return false;
        }
        if body.kind == BodyKind::Private && (first || self.may_be_private(capital)) {
            self.private = true;
            self.end = after;
            return false;
        }
        if first && self.title.needs == Needs::Ministry && !matches!(body.name.as_str(), "Bộ" | "Bộ Công an" | "Công an") {
            return false;
        }
        if !first && (body.kind == BodyKind::Private || !capital) {
            return self.step_word();
        }
        self.push(after, Part::Body(body));
        self.closed = !body.open;
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
        if self.placed || self.parts.is_empty() && word != "của" || reader.mark(after).is_some() {
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
        if goes_on && word.level <= Level::Commune && !self.closed && !self.parts.is_empty() {
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

    /// A mark: a unit in brackets or behind a comma, the dash and the & within a name of a body.
    fn step_over(&mut self, mark: Mark) -> bool {
        let reader = self.reader;
        let next = self.at + 1;
        match mark {
            Mark::Comma | Mark::Dash if self.placed => self.larger_unit(next, mark),
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
            "Công an" => outer.name.starts_with("Phòng") || outer.name.starts_with("Đội"),
            "Sở" => matches!(outer.name.as_str(), "Chi cục" | "Phòng"),
            _ => false,
        };
        if !superior
            || body.open
                && body.name != "Cục"
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
        if reader.at(at).is_some_and(|token| token.shape == Shape::Caps) && !self.holds_place(at) {
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
            Shape::Lower if !self.closed && self.unknown < MAX_UNKNOWN_WORDS => self.unknown += 1,
            _ => return false,
        }
        self.push(self.at + 1, Part::Words(self.at..self.at + 1));
        true
    }

    fn push(&mut self, after: usize, part: Part<'a>) {
        self.parts.push(part);
        (self.at, self.end) = (after, after);
    }
}

/// The name behind a unit's word, parted from the name of a person that may follow it.
pub fn unit_name<'a>(reader: &Reader<'a>, start: usize, level: Level) -> (Option<Range<usize>>, Option<PlaceSpan<'a>>) {
    let Some(first) = reader.at(start) else { return (None, None) };
    if first.shape == Shape::Number {
        return (Some(start..start + 1), None);
    }
    if !first.is_capital() || matches!(reader.term(start), Some((_, Term::Post(_)))) {
        return (None, None);
    }
    let person = vietnamese_name(reader, start);
    if let Some((after, place)) = reader.place(start)
        && (fits(place.name, level) || level <= Level::Commune)
    {
        if !is_rather_a_person(reader, start, after, &place) {
            return (Some(start..after), Some(place));
        }
    }
    let run = capital_run(reader, start);
    let ends_in_person = |split: usize| vietnamese_name(reader, split).is_some_and(|name| name.tokens.end >= run && name.certain);
    if run - start >= 5
        && let Some(split) = (start + 1..run - 2).find(|&split| ends_in_person(split))
    {
        return (Some(start..split), None);
    }
    // "tỉnh Phạm Văn An": no place is called so, a person is; "phường Phạm Ngũ Lão" is.
    let honoured = |name: &PersonName| {
        level <= Level::District
            && reader.authority.names.namesake(&name_key(reader.quote(name.tokens.clone()))) == Some(Namesake::Honoured)
    };
    if let Some(name) = &person
        && !honoured(name)
        && (level == Level::Province || name.tokens.len() >= 3 && name.certain)
    {
        return (None, None);
    }
    let end = [2, 1, 3, 4]
        .into_iter()
        .map(|length| start + length)
        .find(|&split| split < run && vietnamese_name(reader, split).is_some_and(|name| name.tokens.end >= run));
    (Some(start..end.unwrap_or(run.min(start + 4))), None)
}

/// Whether the words of a place begin a person's name: "Lâm Đồng Hải", but not "Lâm Đồng Trần Văn An".
pub fn is_rather_a_person(reader: &Reader, start: usize, after: usize, place: &PlaceSpan) -> bool {
    let Some(name) = vietnamese_name(reader, start) else { return false };
    let longer = name.tokens.end > after && vietnamese_name(reader, after).is_none();
    longer && (name.certain || place.name.unit.is_none() || place.name.weak)
}

/// One past the last of the capitalised words that stand together from a token on.
fn capital_run(reader: &Reader, start: usize) -> usize {
    let mut end = start;
    while reader.is_capital(end)
        && (end == start || !matches!(reader.term(end), Some((_, Term::Post(_) | Term::Body(_)))))
        && end < start + 9
    {
        end += 1;
    }
    end
}
