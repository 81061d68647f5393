//! A line of text → the posts, names and small words in it, in order: what [`super::link`] reads.
//!
//! Everything that is neither becomes [`Item::Other`], so that what stands apart in the text stays apart here.

use super::person::{PersonName, foreign_name, is_outlandish, vietnamese_name};
use super::post::{Found, PostWords, post_at, with_body_of};
use super::reader::Reader;
use super::tokens::{Mark, Shape};
use super::unit::unit_name;
use crate::authority::{Body, BodyKind, Particle, Term};
use std::ops::Range;

/// A unit of a line, as the linking rules see it.
#[derive(Clone, Debug)]
pub enum Item<'a> {
    /// A post.
    Post(Box<PostWords<'a>>),
    /// A personal name.
    Name(PersonName),
    /// đồng chí, ông, Thiếu tướng.
    Honorific,
    /// "các đồng chí", "các ông".
    Plural,
    /// kiêm, đồng thời là
    Also,
    /// là, giữ chức, từng là …
    Link(Particle),
    /// Punctuation.
    Mark(Mark),
    /// A head without a body: "Chủ tịch", "Phó Tư lệnh".
    Bare,
    /// A post in a company, school, club.
    Private,
    /// và
    And,
    /// vợ, con trai
    Kin,
    /// An age, a caption, a place beside a name.
    Aside,
    /// Any other words.
    Other,
}

/// An item with its tokens.
#[derive(Clone, Debug)]
pub struct Placed<'a> {
    /// What it is.
    pub item: Item<'a>,
    /// Its tokens.
    pub tokens: Range<usize>,
}

/// How many items may stand between a foreign post and its holder's name.
const MAX_BETWEEN: usize = 8;

/// The items of a line.
pub fn items<'a>(reader: &Reader<'a>, line: Range<usize>) -> Vec<Placed<'a>> {
    let mut all: Vec<Placed<'a>> = Vec::new();
    let mut at = line.start;
    while at < line.end {
        let (item, after) = item_at(reader, at, &all);
        let after = after.clamp(at + 1, line.end.max(at + 1));
        match (all.last_mut(), &item) {
            (Some(Placed { item: Item::Other, tokens }), Item::Other) => tokens.end = after,
            _ => all.push(Placed { item, tokens: at..after }),
        }
        at = after;
    }
    share_bodies(reader, &mut all);
    all
}

/// "Bí thư Đảng ủy, Chủ tịch HĐND phường …": a head without its body has that of the next post of the same breath.
fn share_bodies<'a>(reader: &Reader<'a>, items: &mut [Placed<'a>]) {
    for at in (2..items.len()).rev() {
        let (before, after) = items.split_at_mut(at);
        if let (
            [.., Placed { item: bare @ Item::Bare, tokens }, Placed { item: Item::Mark(Mark::Comma | Mark::Dash) | Item::Also, .. }],
            Item::Post(next),
        ) = (before, &after[0].item)
            && let Some(post) = with_body_of(reader, tokens.start, next)
        {
            *bare = Item::Post(Box::new(post));
        }
    }
}

fn item_at<'a>(reader: &Reader<'a>, at: usize, before: &[Placed<'a>]) -> (Item<'a>, usize) {
    if let Some(mark) = reader.mark(at) {
        return mark_at(reader, at, mark, before);
    }
    let term = reader.term(at);
    let begins_post = matches!(
        term,
        Some((
            _,
            Term::Post(_) | Term::Particle(Particle::Plural | Particle::Former | Particle::Acting | Particle::New | Particle::Deputy)
        ))
    );
    if begins_post && let Some(found) = post_at(reader, at) {
        return match found {
            Found::Post(post) => {
                let after = post.tokens.end;
                (Item::Post(Box::new(post)), after)
            }
            Found::Bare(after) => (Item::Bare, after),
            Found::Private(after) => (Item::Private, after),
        };
    }
    if let Some(age) = age_at(reader, at, before) {
        return (Item::Aside, age);
    }
    if let Some(name) =
        vietnamese_name(reader, at).filter(|name| name.certain && reader.place(at).is_none_or(|(after, _)| after < name.tokens.end))
    {
        let after = name.tokens.end;
        return (Item::Name(name), after);
    }
    match term {
        Some((after, Term::Particle(Particle::Honorific))) if !is_part_of_name(reader, at) => (Item::Honorific, after),
        Some((after, Term::Particle(Particle::Plural))) => plural_at(reader, at, after),
        Some((after, Term::Particle(Particle::Kin))) => (Item::Kin, after),
        Some((after, Term::Particle(Particle::Thing) | Term::Body(Body { kind: BodyKind::Private, .. }))) => {
            match vietnamese_name(reader, after) {
                Some(name) => (Item::Other, name.tokens.end),
                None => (Item::Other, after),
            }
        }
        Some((
            after,
            Term::Particle(particle @ (Particle::Link | Particle::Past | Particle::While | Particle::Toward | Particle::Coming)),
        )) => (Item::Link(particle), after),
        Some((after, Term::Particle(Particle::Also))) => (Item::Also, after),
        Some((after, Term::Particle(Particle::Joint))) if reader.word(at).to_lowercase() == "và" => (Item::And, after),
        Some((after, Term::Unit(word))) => {
            let start = if reader.mark(after) == Some(Mark::Point) { after + 1 } else { after };
            let name = if reader.shouting { None } else { unit_name(reader, start, word.level).0 };
            (Item::Other, name.map_or(after, |name| name.end))
        }
        Some((after, Term::Body(_) | Term::Country)) if !starts_surname(reader, at) || after - at >= 2 => (Item::Other, after),
        Some((after, Term::Particle(Particle::Stop) | Term::Short(_) | Term::Field(_))) if !starts_surname(reader, at) => {
            (Item::Other, after)
        }
        _ => name_at(reader, at, before),
    }
}

fn starts_surname(reader: &Reader, at: usize) -> bool {
    reader.surname(at).is_some()
}

/// "Anh", "Cô", "Bác" inside a row of capitals are words of a name.
fn is_part_of_name(reader: &Reader, at: usize) -> bool {
    at > 0 && reader.is_capital(at) && reader.is_capital(at - 1) && starts_surname(reader, at - 1)
}

/// "các đồng chí", "các ông"; "hai", "ba" by themselves count things.
fn plural_at<'a>(reader: &Reader<'a>, at: usize, after: usize) -> (Item<'a>, usize) {
    if after - at >= 2 {
        return (Item::Plural, after);
    }
    match reader.after(after, Particle::Honorific) {
        Some(after) => (Item::Plural, after),
        None => (Item::Other, after),
    }
}

fn mark_at<'a>(reader: &Reader<'a>, at: usize, mark: Mark, before: &[Placed<'a>]) -> (Item<'a>, usize) {
    let after_letters = matches!(before.last(), Some(Placed { item: Item::Honorific, tokens }) if reader.at(tokens.end - 1).is_some_and(|token| token.end - token.start <= 4));
    match mark {
        // "TS. Nguyễn", "PGS.TS"
        Mark::Point | Mark::Stop if after_letters => (Item::Honorific, at + 1),
        Mark::Stop => match age_at(reader, at, before) {
            Some(after) => (Item::Aside, after),
            None => (Item::Mark(mark), at + 1),
        },
        Mark::Open => match aside_in_brackets(reader, at) {
            Some(after) if matches!(before.last(), Some(Placed { item: Item::Name(_), .. })) => (Item::Aside, after),
            _ => (Item::Mark(mark), at + 1),
        },
        _ => (Item::Mark(mark), at + 1),
    }
}

/// What stands in brackets behind a name and is no post: an age, a caption, where the person is from.
fn aside_in_brackets(reader: &Reader, at: usize) -> Option<usize> {
    age_in_brackets(reader, at).or_else(|| caption_in_brackets(reader, at)).or_else(|| place_in_brackets(reader, at))
}

/// "(Hà Nội)", "(đoàn Bình Định)", "(tỉnh Gia Lai)"
fn place_in_brackets(reader: &Reader, at: usize) -> Option<usize> {
    let mut start = at + 1;
    while reader.mark(start) == Some(Mark::Point)
        || matches!(reader.term(start), Some((_, Term::Unit(_) | Term::Body(Body { kind: BodyKind::Private, .. }))))
            && reader.place(start).is_none()
    {
        start = reader.term(start).map_or(start + 1, |(after, _)| after);
    }
    let (end, _) = reader.place(start)?;
    (reader.mark(end) == Some(Mark::Close)).then_some(end + 1)
}

/// Words that a caption begins with: "(bên trái)", "(thứ hai từ phải sang)".
const CAPTIONS: [&str; 14] = ["bên", "trái", "phải", "giữa", "ảnh", "đứng", "ngồi", "thứ", "áo", "ngoài", "bìa", "hàng", "đầu", "người"];

/// Most tokens in the brackets of a caption.
const MAX_CAPTION: usize = 12;

/// "(bên trái)", "(ngồi giữa)" behind a name.
fn caption_in_brackets(reader: &Reader, at: usize) -> Option<usize> {
    if !CAPTIONS.contains(&reader.word(at + 1)) || matches!(reader.term(at + 1), Some((_, Term::Post(_)))) {
        return None;
    }
    let end = (at + 2..at + 2 + MAX_CAPTION).find(|&end| reader.mark(end).is_some_and(|mark| mark != Mark::Comma))?;
    (reader.mark(end) == Some(Mark::Close)).then_some(end + 1)
}

/// "(58 tuổi)", "(SN 1970)", "(sinh năm 1970)" behind a name.
fn age_in_brackets(reader: &Reader, at: usize) -> Option<usize> {
    let end = age_words(reader, at + 1)?;
    (reader.mark(end) == Some(Mark::Close)).then_some(end + 1)
}

/// "58 tuổi", "SN 1970", "sinh năm 1970" behind a name and a comma or an opening bracket.
fn age_at(reader: &Reader, at: usize, before: &[Placed]) -> Option<usize> {
    let [.., name, mark] = before else { return None };
    let beside_name = matches!(name.item, Item::Name(_)) && matches!(mark.item, Item::Mark(Mark::Comma | Mark::Open));
    let end = beside_name.then(|| age_words(reader, at)).flatten()?;
    Some(if matches!(reader.mark(end), Some(Mark::Comma)) { end + 1 } else { end })
}

fn age_words(reader: &Reader, at: usize) -> Option<usize> {
    let number = |at: usize| reader.at(at).is_some_and(|token| token.shape == Shape::Number);
    match reader.word(at) {
        "sinh" | "Sinh" if reader.word(at + 1) == "năm" && number(at + 2) => Some(at + 3),
        "SN" | "sn" if number(at + 1) => Some(at + 2),
        _ if number(at) && reader.word(at + 1) == "tuổi" => Some(at + 2),
        _ => None,
    }
}

fn name_at<'a>(reader: &Reader<'a>, at: usize, before: &[Placed<'a>]) -> (Item<'a>, usize) {
    if !reader.is_capital(at) {
        return (Item::Other, at + 1);
    }
    // "H2O World Race": what goes on with the rest of a word is no name.
    let glued =
        at > 0 && reader.at(at).is_some_and(|token| !token.spaced) && reader.at(at - 1).is_some_and(|token| token.shape == Shape::Number);
    if glued {
        return (Item::Other, (at..at + MAX_BETWEEN).find(|&end| !reader.is_capital(end)).unwrap_or(at + MAX_BETWEEN));
    }
    let place = reader.place(at).map(|(after, place)| (after, place.name.unit.is_some() && !place.name.weak));
    let foreign_post = before
        .iter()
        .rev()
        .take(MAX_BETWEEN)
        .take_while(|placed| !matches!(placed.item, Item::Other | Item::Name(_)))
        .any(|placed| matches!(&placed.item, Item::Post(post) if post.is_foreign() || (post.is_short() && !post.deputy)));
    if let Some(name) = vietnamese_name(reader, at) {
        let is_place = place.is_some_and(|(after, strong)| after >= name.tokens.end && (strong || name.tokens.len() < 3));
        if !is_place {
            let after = name.tokens.end;
            return (Item::Name(name), after);
        }
    }
    if let Some((after, _)) = place {
        return (Item::Other, after);
    }
    let addressed = matches!(before.last(), Some(Placed { item: Item::Honorific, .. }));
    match foreign_name(reader, at) {
        Some(name) if foreign_post || is_outlandish(reader, &name) || addressed => {
            let after = name.tokens.end;
            (Item::Name(name), after)
        }
        Some(name) => (Item::Other, name.tokens.end),
        None => (Item::Other, at + 1),
    }
}
