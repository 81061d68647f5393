//! Tokens with the tables at hand: which term begins here, which place, how the line is written.
//!
//! Input → output: a token's number → what the tables know of it. Knows no grammar.

use super::tokens::{Mark, Shape, Token};
use crate::authority::{Authority, Level, Middle, Particle, Phrase, Place, PlaceHit, PlaceName, PostTitle, Posts, Surname, Term, Word};
use std::cell::OnceCell;
use std::ops::Range;

/// Title of a deputy of the National Assembly.
pub const NATIONAL_DEPUTY: &str = "Đại biểu Quốc hội";

/// Title of a deputy of a People's Council.
const COUNCIL_DEPUTY: &str = "Đại biểu Hội đồng nhân dân";

/// A text, its tokens and the tables.
pub struct Reader<'a> {
    /// The text.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// By token: the longest phrase of the tables that begins there.
    pub phrases: &'a [Option<Phrase>],
    /// The tables.
    pub authority: &'a Authority,
    /// Names of provinces and districts in the text, by first byte.
    pub places: &'a [PlaceSpan<'a>],
    /// Whether capitals carry no information in the line that is being read.
    pub shouting: bool,
    /// Title of the deputies whose sitting the text reports; found out when first asked.
    pub assembly: &'a OnceCell<Option<&'static str>>,
}

/// A name of a province or of districts, in bytes of the text.
#[derive(Clone, Copy, Debug)]
pub struct PlaceSpan<'a> {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What the name may stand for.
    pub name: &'a PlaceName,
}

/// By token, the longest phrase of the tables that begins there: asked for many times of each, so found once.
pub fn phrases(tokens: &[Token], posts: &Posts) -> Vec<Option<Phrase>> {
    let phrase_at = |at: usize| {
        let words = tokens[at..].iter().take(MAX_PHRASE_TOKENS).map_while(|token| match token.shape {
            Shape::Mark(Mark::Comma | Mark::Dash | Mark::And | Mark::Point | Mark::Slash) => Some(None),
            Shape::Mark(_) => None,
            _ => Some(Some(token.word)),
        });
        posts.longest(words)
    };
    (0..tokens.len()).map(|at| if posts.begins(tokens[at].word) { phrase_at(at) } else { None }).collect()
}

/// Most tokens of a phrase, the marks in it included.
const MAX_PHRASE_TOKENS: usize = 16;

impl<'a> PlaceSpan<'a> {
    /// A name among what was found; `None` for any other word.
    pub fn of(hit: &PlaceHit<'a>) -> Option<PlaceSpan<'a>> {
        match hit.place {
            Place::Name(name) => Some(PlaceSpan { start: hit.start, end: hit.end, name }),
            Place::Word(_) => None,
        }
    }
}

impl<'a> Reader<'a> {
    /// The token, or `None` behind the last.
    pub fn at(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The words of one token.
    pub fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| &self.text[token.span()])
    }

    /// The text from one token to another (exclusive), as written.
    pub fn quote(&self, tokens: Range<usize>) -> &'a str {
        &self.text[self.bytes(tokens)]
    }

    /// The bytes from one token to another (exclusive).
    pub fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if tokens.start < tokens.end => first.start as usize..last.end as usize,
            _ => 0..0,
        }
    }

    /// The mark at a token; the end of the text is the end of a line.
    pub fn mark(&self, at: usize) -> Option<Mark> {
        match self.tokens.get(at).map(|token| token.shape) {
            None => Some(Mark::Line),
            Some(Shape::Mark(mark)) => Some(mark),
            Some(_) => None,
        }
    }

    /// Whether the token is a word that begins with a capital.
    pub fn is_capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_capital)
    }

    /// The word of the tables that a token is.
    pub fn table_word(&self, at: usize) -> Word {
        self.tokens.get(at).map_or(Word::NONE, |token| token.word)
    }

    /// Whether a token is a surname.
    pub fn surname(&self, at: usize) -> Option<Surname> {
        self.tokens.get(at).filter(|token| token.is_capital()).and_then(|token| self.authority.names().surname(token.word))
    }

    /// What a token is in the middle of a name.
    pub fn middle(&self, at: usize) -> Option<Middle> {
        self.authority.names().middle(self.table_word(at))
    }

    /// Whether a name that has so many words already ends before a token.
    pub fn ends_a_name(&self, at: usize, words: usize) -> bool {
        self.authority.names().ends_before(self.table_word(at), words)
    }

    /// The longest term that begins at a token, and the token after it.
    pub fn term(&self, at: usize) -> Option<(usize, Term<'a>)> {
        let phrase = (*self.phrases.get(at)?)?;
        let after = at + phrase.tokens();
        let in_capitals = || {
            let capital = |token: &Token| matches!(token.shape, Shape::Caps | Shape::Mark(_) | Shape::Number);
            !self.shouting && self.tokens[at..after].iter().all(capital)
        };
        let term = self.authority.posts().term(phrase, in_capitals)?;
        // "H.Kim Sơn" is a huyện, "H Lan Niê" a person.
        let bare_letter =
            matches!(term, Term::Unit(_)) && self.word(at) == "H" && !matches!(self.mark(at + 1), Some(Mark::Point | Mark::Stop));
        (!bare_letter).then_some((after, term))
    }

    /// The particle that begins at a token, and the token after it.
    pub fn particle(&self, at: usize) -> Option<(usize, Particle)> {
        match self.term(at)? {
            (after, Term::Particle(particle)) => Some((after, particle)),
            _ => None,
        }
    }

    /// The token after a particle of this kind; `None` where there is none.
    pub fn after(&self, at: usize, wanted: Particle) -> Option<usize> {
        self.particle(at).filter(|&(_, particle)| particle == wanted).map(|(after, _)| after)
    }

    /// The name of a province or district that begins at a token, and the token after it.
    pub fn place(&self, at: usize) -> Option<(usize, PlaceSpan<'a>)> {
        let start = self.tokens.get(at)?.start as usize;
        let found = self.places.binary_search_by_key(&start, |place| place.start).ok()?;
        let place = self.places[found];
        let after = at + self.tokens[at..].iter().take(12).take_while(|token| (token.end as usize) <= place.end).count();
        (after > at).then_some((after, place))
    }

    /// Whose deputy a "đại biểu" is here: of the National Assembly, of a People's Council, of none that a congress may have.
    pub fn assembly(&self) -> Option<&'a PostTitle> {
        let title = *self.assembly.get_or_init(|| {
            let (mut national, mut council) = (0, 0);
            for at in 0..self.tokens.len() {
                match self.term(at) {
                    Some((_, Term::Post(post))) if post.title == NATIONAL_DEPUTY => national += 2,
                    Some((_, Term::Post(post))) if post.title == COUNCIL_DEPUTY => council += 2,
                    Some((_, Term::Body(body))) if body.name == "Quốc hội" => national += 1,
                    Some((_, Term::Body(body))) if body.name == "Hội đồng nhân dân" => council += 1,
                    _ => {}
                }
            }
            let congress = self.text.matches("Đại hội").count();
            match (national, council) {
                _ if national >= 2 && national > council + congress => Some(NATIONAL_DEPUTY),
                _ if council >= 2 && council > national + congress => Some(COUNCIL_DEPUTY),
                _ => None,
            }
        });
        self.authority.posts().titled(title?)
    }

    /// Whether a word of one or two small syllables stands here: the tokens of a line go on.
    pub fn is_lower(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.shape == Shape::Lower)
    }
}

/// Whether a name may stand for a unit of this level.
pub fn fits(name: &PlaceName, level: Level) -> bool {
    match level {
        Level::Province => name.unit.is_some(),
        Level::City => name.unit.is_some() || !name.districts.is_empty(),
        Level::District => !name.districts.is_empty(),
        _ => false,
    }
}
