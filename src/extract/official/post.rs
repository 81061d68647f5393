//! The grammar of one post: (nguyên | quyền) (phó) head (manner) body unit.
//!
//! Input → output: a token's number → the post whose words begin there, in parts, and where they end; or that it is
//! the post of no public body. Does not know who holds it.

use super::person::vietnamese_name;
use super::reader::{NATIONAL_DEPUTY, PlaceSpan, Reader};
use super::tail::Tail;
use crate::article::PostStatus;
use crate::authority::{Body, BodyKind, Field, Level, Needs, Particle, PostTitle, Standing, Term, UnitWord};
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

/// Most words such as nguyên, quyền, tân before a post.
const MAX_STATUS_WORDS: usize = 3;

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

    /// Whether it is a bare "đại biểu", read as one of the National Assembly.
    pub fn is_short_deputy(&self) -> bool {
        self.tokens.len() <= 3 && self.title.title == NATIONAL_DEPUTY
    }

    /// Whether a unit or a country is named in it.
    pub fn names_a_unit(&self) -> bool {
        let named = |part: &Part| matches!(part, Part::Unit { name: Some(_), .. } | Part::Place(..) | Part::Country(_) | Part::Vietnam(_));
        self.parts.iter().any(named)
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
    for _ in 0..MAX_STATUS_WORDS {
        match reader.particle(at) {
            Some((after, Particle::Former)) => (status, at) = (PostStatus::Former, after),
            Some((after, Particle::Acting)) => (status, at) = (PostStatus::Acting, after),
            Some((after, Particle::New)) => at = after,
            _ => break,
        }
    }
    let deputy = reader.after(at, Particle::Deputy);
    let (after, title) = head_at(reader, deputy.unwrap_or(at), deputy.is_some())?;
    match title.needs {
        Needs::Never => return Some(Found::Private(private_end(reader, after))),
        Needs::Assembly => return deputy_of_the_assembly(reader, start, after, plural).map(Found::Post),
        _ => {}
    }
    let mut tail = Tail::new(reader, after, title);
    tail.read();
    let Tail { end, mut parts, private, manner, acting, .. } = tail;
    if private {
        return Some(Found::Private(private_end(reader, end)));
    }
    if let [Part::Body(body)] = parts[..]
        && body.name == "Sở"
    {
        parts.extend(department_before(reader, start));
    }
    let status = if acting && status == PostStatus::Current { PostStatus::Acting } else { status };
    let post = PostWords { tokens: start..end, plural, status, deputy: deputy.is_some(), title, manner, parts };
    Some(if is_complete(&post) { Found::Post(post) } else { Found::Bare(end) })
}

/// Heads of the army, of which several share one body.
const OF_THE_ARMY: [&str; 5] = ["Tư lệnh", "Chính ủy", "Tham mưu trưởng", "Chỉ huy trưởng", "Chính trị viên"];

/// The head that begins at a token, with the body or unit of the next post of the same breath: "Phó Tư lệnh, Tham mưu trưởng
/// Quân khu 3", "Phó Bí thư, Chủ tịch UBND xã …".
pub fn with_body_of<'a>(reader: &Reader<'a>, start: usize, next: &PostWords<'a>) -> Option<PostWords<'a>> {
    let deputy = reader.after(start, Particle::Deputy);
    let (after, title) = head_at(reader, deputy.unwrap_or(start), deputy.is_some())?;
    let mut tail = Tail::new(reader, after, title);
    tail.read();
    let Tail { end, mut parts, manner, acting, .. } = tail;
    let committee = match parts[..] {
        [] => true,
        [Part::Body(body)] => body.name == "Đảng ủy",
        _ => false,
    };
    match (title.title.as_str(), next.parts.as_slice()) {
        ("Bí thư", [Part::Body(body), unit @ Part::Unit { .. }, ..]) if committee && is_of_a_unit(body) => parts.push(unit.clone()),
        (army, [Part::Body(body), rest @ ..]) if parts.is_empty() && OF_THE_ARMY.contains(&army) => {
            let owner = if body.name == "Đảng ủy" { rest } else { &next.parts[..] };
            if !matches!(owner.first(), Some(Part::Body(body)) if body.kind == BodyKind::Public) {
                return None;
            }
            parts.extend(owner.iter().cloned());
        }
        _ => return None,
    }
    let status = if acting { PostStatus::Acting } else { PostStatus::Current };
    Some(PostWords { tokens: start..end, plural: false, status, deputy: deputy.is_some(), title, manner, parts })
}

/// Whether a body is that of a unit of administration, which has a committee of the Party beside it.
fn is_of_a_unit(body: &Body) -> bool {
    matches!(body.name.as_str(), "Ủy ban nhân dân" | "Uy ban nhân dân" | "Hội đồng nhân dân")
}

/// The head of a post; "Phó Ban", "phó phòng", "Phó Công an" leave out the "Trưởng".
fn head_at<'a>(reader: &Reader<'a>, at: usize, deputy: bool) -> Option<(usize, &'a PostTitle)> {
    match reader.term(at)? {
        (after, Term::Post(title)) => Some((after, title)),
        (_, Term::Body(body)) if deputy && leads(&body.name) => Some((at, reader.authority.posts().titled("Trưởng")?)),
        _ => None,
    }
}

/// Whether the head of a body is called Trưởng.
pub fn leads(body: &str) -> bool {
    ["Ban", "Phòng", "Công an"].iter().any(|word| body.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// "Đại biểu Trần Văn Lộc (Đoàn Bình Định)" in a report of the National Assembly or a People's Council.
fn deputy_of_the_assembly<'a>(reader: &Reader<'a>, start: usize, after: usize, plural: bool) -> Option<PostWords<'a>> {
    let named = vietnamese_name(reader, after).is_some_and(|name| name.tokens.len() >= 2);
    let title = named.then(|| reader.assembly())??;
    let status = PostStatus::Current;
    Some(PostWords { tokens: start..after, plural, status, deputy: false, title, manner: None, parts: Vec::new() })
}

/// Tokens before "Giám đốc Sở" in which the department may be named.
const DEPARTMENT_REACH: usize = 400;

/// The field of the department named last before: "Giám đốc Sở Trần Văn Lộc" of Sở Y tế.
fn department_before<'a>(reader: &Reader<'a>, start: usize) -> Option<Part<'a>> {
    (start.saturating_sub(DEPARTMENT_REACH)..start).rev().find_map(|at| match (reader.term(at)?, reader.term(at + 1)?) {
        ((_, Term::Body(body)), (after, Term::Field(field))) if body.name == "Sở" => Some(Part::Field(field, at + 1..after)),
        _ => None,
    })
}

/// One past the name of a company or school: it may be a person's, and is nobody's here.
fn private_end(reader: &Reader, start: usize) -> usize {
    let inside = |at: &usize| {
        let ends = matches!(
            reader.term(*at),
            Some((
                _,
                Term::Post(_)
                    | Term::Particle(
                        Particle::Honorific | Particle::Stop | Particle::Link | Particle::Past | Particle::Also | Particle::Former
                    )
            ))
        );
        reader.mark(*at).is_none() && (!ends || reader.is_capital(*at))
    };
    start + (start..start + 12).take_while(inside).count()
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
        Needs::Unit => !matches!(first, None | Some(Part::Field(..) | Part::Words(_))),
        Needs::Body => match first {
            Some(Part::Body(_) | Part::Country(_) | Part::Central(_)) => true,
            // "Đại sứ Việt Nam", but not "Trưởng đoàn Việt Nam"
            Some(Part::Vietnam(_)) => post.title.scope.is_some(),
            // "Bí thư tỉnh Bình Dương", "Bí thư Đà Nẵng"
            Some(Part::Unit { .. } | Part::Place(..)) => post.title.title == "Bí thư",
            _ => false,
        },
        Needs::Never | Needs::Assembly => false,
    }
}

/// Whether the words of a body say that it is a public one: companies have a Ban, a Phòng, a Hội đồng too.
fn is_anchored(post: &PostWords) -> bool {
    let Some(Part::Body(body)) = post.parts.first() else { return true };
    let common = matches!(
        body.name.as_str(),
        "Ban"
            | "Phòng"
            | "Văn phòng"
            | "Đội"
            | "Vùng"
            | "Hội đồng"
            | "Đồn"
            | "Đoàn"
            | "Tòa"
            | "Ban Tổ chức"
            | "Ban Chấp hành"
            | "Đảng ủy"
            | "Đảng bộ"
    );
    let alone = body.open && post.parts.len() == 1 && (!body.name.contains(' ') || body.name == "Ủy ban");
    let anchored = post.parts[1..].iter().any(|part| match part {
        Part::Body(inner) => inner.kind != BodyKind::Private && !matches!(inner.name.as_str(), "Sở" | "Ban" | "Phòng"),
        Part::Field(field, _) => field.ministry,
        Part::Unit { .. } | Part::Place(..) | Part::Country(_) | Part::Vietnam(_) | Part::Central(_) => true,
        Part::Words(_) => false,
    });
    post.title.needs == Needs::Ministry || !(alone || common && !anchored)
}
