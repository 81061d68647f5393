//! Who: the officials of an article, their posts and every mention of them.
//!
//! Input → output: [`CleanArticle`], its provinces and the tables → officials, holders of foreign posts, and the
//! evidence of each post. Private people never. A line is read in four steps, a file each: tokens, items (posts and
//! names), links between them, and the posts written out.

mod clause;
mod link;
mod mention;
mod people;
mod person;
mod place;
mod post;
mod reader;
mod role;
mod rule;
mod tail;
mod tokens;
mod unit;

use super::places::Places;
use crate::article::{CleanArticle, Evidence, Official, Post, Provinces};
use crate::authority::{Authority, Needs, Particle, Phrase, PlaceHit, Term, Word};
use crate::extract::rule::RuleText;
use people::{People, TextField};
use place::Context;
use reader::{PlaceSpan, Reader, phrases};
use std::cell::OnceCell;
use std::ops::Range;
use tokens::{Mark, Shape, Token, tokens};

/// The rules of posts.
pub(super) const RULES: &[&[RuleText]] = &[rule::Rule::ALL];

/// Who is named with what post.
#[derive(Clone, Debug, Default)]
pub(super) struct PeopleFinding {
    /// Vietnamese officials.
    pub officials: Vec<Official>,
    /// Holders of foreign posts.
    pub foreign_officials: Vec<Official>,
    /// The words that each post stands on.
    pub evidence: Vec<Evidence>,
}

/// Finds the people to whom title and body give a public post.
pub(super) fn officials(article: &CleanArticle, provinces: &Provinces, places: &Places, authority: &Authority) -> PeopleFinding {
    let mut people = People::new(provinces, authority);
    let own = [article.title.as_str(), article.source.as_deref().unwrap_or("")];
    let body = Text::new(&article.body, &places.body, authority);
    body.give_posts(TextField::Body, provinces, own, &mut people);
    if !article.title_derived {
        Text::new(&article.title, &places.title, authority).give_posts(TextField::Title, provinces, own, &mut people);
    }
    if people.is_empty() {
        return PeopleFinding::default();
    }
    people.join_short_names();
    people.resolve(&body.reader(false));
    people.finish(article.body.contains("Việt Nam") || article.title.contains("Việt Nam"))
}

/// The posts that a role in words is, read as in an article about these provinces; none where it is no public post.
pub fn posts_of(name: &str, role: &str, provinces: &Provinces, authority: &Authority) -> Vec<Post> {
    let article = CleanArticle { body: format!("{role} {name}"), ..CleanArticle::default() };
    let found = officials(&article, provinces, &Places::of(&article, &authority.units), authority).officials;
    found.into_iter().find(|official| official.name == name).map(|official| official.posts).unwrap_or_default()
}

/// A text with its tokens.
struct Text<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    /// Looked for when a post is named; most texts without one need none.
    phrases: OnceCell<Vec<Option<Phrase>>>,
    /// Names of places, by byte.
    places: Vec<PlaceSpan<'a>>,
    assembly: OnceCell<Option<&'static str>>,
    authority: &'a Authority,
}

impl<'a> Text<'a> {
    fn new(text: &'a str, places: &[PlaceHit<'a>], authority: &'a Authority) -> Self {
        Text {
            text,
            tokens: tokens(text, authority.words()),
            phrases: OnceCell::new(),
            places: places.iter().filter_map(PlaceSpan::of).collect(),
            assembly: OnceCell::new(),
            authority,
        }
    }

    /// Gives the posts of the text to the people it names.
    fn give_posts(&self, field: TextField, provinces: &Provinces, own: [&str; 2], people: &mut People) {
        let lines: Vec<Range<usize>> =
            lines(&self.tokens).filter(|line| names_a_post(&self.tokens[line.clone()], self.authority)).collect();
        if lines.is_empty() {
            return;
        }
        let context = Context { provinces, authority: self.authority, places: &self.places, own_texts: own };
        for line in lines {
            let reader = self.reader(is_shouting(&self.tokens[line.clone()]));
            let items = clause::items(&reader, with_list(&reader, line));
            for link in link::links(&items) {
                people.give(&reader, &context, field, &items, link);
            }
        }
        people.complete_ministries(&self.reader(false), field);
    }

    fn reader(&self, shouting: bool) -> Reader<'_> {
        Reader {
            text: self.text,
            tokens: &self.tokens,
            phrases: self.phrases.get_or_init(|| phrases(&self.tokens, self.authority.posts())),
            authority: self.authority,
            places: &self.places,
            shouting,
            assembly: &self.assembly,
        }
    }
}

/// The lines of a text, as ranges of tokens.
fn lines(tokens: &[Token]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    tokens.split_inclusive(|token| token.shape == Shape::Mark(Mark::Line)).map(move |line| {
        let range = start..start + line.len();
        start = range.end;
        range
    })
}

/// Most lines of a list, and most tokens of one of them.
const MAX_LIST_LINES: usize = 40;
const MAX_LIST_TOKENS: usize = 12;

/// A line that ends in a colon, with the lines below it that hold no more than a name: "Các Phó Chủ tịch UBND tỉnh:".
fn with_list(reader: &Reader, line: Range<usize>) -> Range<usize> {
    let mut end = line.end;
    let colon = end.checked_sub(2).is_some_and(|at| reader.mark(end - 1) == Some(Mark::Line) && reader.mark(at) == Some(Mark::Colon));
    for _ in 0..if colon { MAX_LIST_LINES } else { 0 } {
        let at = end + usize::from(reader.mark(end) == Some(Mark::Dash));
        let start = reader.after(at, Particle::Honorific).unwrap_or(at);
        let Some(name) = person::vietnamese_name(reader, start) else { break };
        let stops = (name.tokens.end..end + MAX_LIST_TOKENS).find(|&at| reader.mark(at).is_none() || reader.mark(at) == Some(Mark::Line));
        match stops {
            Some(stop) if reader.mark(stop) == Some(Mark::Line) => end = (stop + 1).min(reader.tokens.len()),
            _ => break,
        }
        if end == reader.tokens.len() {
            break;
        }
    }
    line.start..end
}

/// Whether the words of a post stand in a line; most lines have none, and end here.
fn names_a_post(line: &[Token], authority: &Authority) -> bool {
    (0..line.len()).any(|at| {
        authority.posts().begins_post(line[at].word) && {
            let words = line[at..].iter().take(8).map_while(|token| match token.shape {
                Shape::Mark(Mark::Dash | Mark::Point) => Some(None),
                Shape::Mark(_) => None,
                _ => Some(Some(token.word)),
            });
            match longest(words, true, authority) {
                // "các đại biểu dự" stands everywhere, "đại biểu Trần Văn Lộc" does not.
                Some((length, Term::Post(post))) if post.needs == Needs::Assembly => line.get(at + length).is_some_and(Token::is_capital),
                Some((_, Term::Post(_))) => true,
                _ => is_deputy_of_a_body(&line[at..], authority),
            }
        }
    })
}

/// "Phó Ban", "phó phòng": the post of a body that leaves out its head.
fn is_deputy_of_a_body(line: &[Token], authority: &Authority) -> bool {
    let words = |from: usize| line[from.min(line.len())..].iter().take(4).map(|token| Some(token.word));
    matches!(longest(words(0).take(1), false, authority), Some((_, Term::Particle(Particle::Deputy))))
        && matches!(longest(words(1), true, authority), Some((_, Term::Body(body))) if post::leads(&body.name))
}

/// The longest term at the start of words, which count as being in capitals or not, and how many tokens it takes.
fn longest(words: impl Iterator<Item = Option<Word>>, in_capitals: bool, authority: &Authority) -> Option<(usize, Term<'_>)> {
    let phrase = authority.posts().longest(words)?;
    Some((phrase.tokens(), authority.posts().term(phrase, || in_capitals)?))
}

/// Least share of capitalised words, in percent, of a line whose capitals say nothing.
const SHOUTING_PERCENT: usize = 75;

/// Whether a line is all in capitals, or has every word capitalised.
fn is_shouting(line: &[Token]) -> bool {
    let words = line.iter().filter(|token| matches!(token.shape, Shape::Lower | Shape::Title | Shape::Caps)).count();
    let capital = |token: &&Token| token.shape == Shape::Caps;
    let capitals = line.iter().filter(capital).count();
    words >= 4 && capitals * 100 >= words * SHOUTING_PERCENT
}

#[cfg(test)]
mod tests;
