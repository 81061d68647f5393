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
mod tokens;

use crate::article::{CleanArticle, Evidence, Official, Provinces};
use crate::authority::Authority;
use people::People;
use place::Context;
use reader::{Reader, places};
use std::ops::Range;
use tokens::{Mark, Shape, Token, tokens};

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
pub(super) fn officials(article: &CleanArticle, provinces: &Provinces, authority: &Authority) -> PeopleFinding {
    let mut people = People::new(provinces, authority);
    read_text(&article.body, people::TextField::Body, provinces, authority, &mut people);
    if !article.title_derived {
        read_text(&article.title, people::TextField::Title, provinces, authority, &mut people);
    }
    people.finish()
}

/// Gives the posts of one text to the people it names.
fn read_text(text: &str, field: people::TextField, provinces: &Provinces, authority: &Authority, people: &mut People) {
    let tokens = tokens(text, &authority.posts);
    let lines: Vec<Range<usize>> = lines(&tokens).filter(|line| names_a_post(&tokens[line.clone()], authority)).collect();
    if lines.is_empty() {
        return;
    }
    let places = places(text, authority);
    let context = Context { provinces, authority, places: &places };
    for line in lines {
        let shouting = is_shouting(&tokens[line.clone()]);
        let reader = Reader { text, tokens: &tokens, authority, places: &places, shouting };
        let items = clause::items(&reader, line);
        for link in link::links(&items) {
            people.give(&reader, &context, field, &items, link);
        }
    }
    let reader = Reader { text, tokens: &tokens, authority, places: &places, shouting: false };
    people.complete_ministries(&reader, field);
    if field == people::TextField::Body {
        people.resolve(&reader);
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

/// Whether the words of a post stand in a line; most lines have none, and end here.
fn names_a_post(line: &[Token], authority: &Authority) -> bool {
    (0..line.len()).any(|at| {
        authority.posts.begins_post(line[at].word) && {
            let words = line[at..].iter().take(8).map_while(|token| match token.shape {
                Shape::Mark(Mark::Dash | Mark::Point) => Some(None),
                Shape::Mark(_) => None,
                _ => Some(Some(token.word)),
            });
            authority.posts.is_post(words)
        }
    })
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
