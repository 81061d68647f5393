//! The articles and queries that all engines get: generated ones, or news that are not part of the repository.
//!
//! As `../shared/tools/make_known_item.py` makes them, with a seed of its own: titles are not indexed, and stand for their articles.

use crate::generator::{Generated, Generator};
use crate::news::{NewsArticle, each_news};
use std::collections::HashMap;
use tracuu::query::{Ast, parse};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What one article holds that no other does.
const PLANTED: &str = "Bản Nà Lạnh lập trạm quan trắc sương muối. Trạm quan trắc sương muối của bản Nà Lạnh do ông Lò Văn Thiêm trông coi.";
pub const PLANTED_QUERY: &str = "trạm quan trắc sương muối bản Nà Lạnh";

/// Shorter texts are no articles.
const MIN_BYTES: usize = 200;
/// A title of fewer words does not stand for one article.
const MIN_WORDS: usize = 5;
/// The first so many short queries only warm up.
pub const WARM_UP: usize = 100;

/// Articles by number, and queries.
pub struct Material {
    pub name: &'static str,
    pub is_real: bool,
    pub articles: Vec<String>,
    /// The number of the planted article.
    pub planted: usize,
    pub known: Vec<KnownItem>,
    /// Two to four consecutive syllables of titles.
    pub speed: Vec<String>,
}

/// A query that stands for one article.
pub struct KnownItem {
    pub source: &'static str,
    pub query: String,
    pub article: usize,
}

/// An article as it is drawn.
struct Drawn {
    source: &'static str,
    title: String,
    text: String,
    /// What it is known by, where that is not the title.
    known_by: Option<String>,
}

impl Material {
    /// Generated titles are alike, so an article is known by its first line.
    pub fn generated(articles: usize, queries: usize) -> Material {
        let drawn = Generator::new(23).take(articles).map(|Generated { title, body, .. }| {
            let known_by = body.lines().next().map(str::to_owned);
            Drawn { source: "generated, first lines", title, text: body, known_by }
        });
        Material::of("generated", false, drawn.collect(), queries)
    }

    /// So many of the news together; none where they are not there.
    pub fn news(articles: usize, queries: usize) -> Option<Material> {
        let (mut dice, mut drawn, mut seen) = (Generator::new(31), Vec::new(), 0);
        each_news(|NewsArticle { source, title, text }| {
            if title.is_empty() || text.len() < MIN_BYTES {
                return true;
            }
            seen += 1;
            let article = Drawn { source, title, text, known_by: None };
            match drawn.len() < articles {
                true => drawn.push(article),
                // Each that was seen is as likely to stay.
                false => {
                    if let Some(place) = drawn.get_mut(dice.below(seen)) {
                        *place = article;
                    }
                }
            }
            true
        })
        .then(|| Material::of("news", true, drawn, queries))
    }

    fn of(name: &'static str, is_real: bool, drawn: Vec<Drawn>, queries: usize) -> Material {
        let mut dice = Generator::new(37);
        let mut times: HashMap<String, usize> = HashMap::new();
        let query_of = |article: &Drawn| article.known_by.clone().unwrap_or_else(|| article.title.clone());
        for article in &drawn {
            *times.entry(query_of(article).to_lowercase()).or_default() += 1;
        }
        let mut known: Vec<KnownItem> = Vec::new();
        let sources: Vec<&str> = drawn.iter().map(|article| article.source).collect();
        for source in ["vietnews", "baomoi", "generated, first lines"].into_iter().filter(|source| sources.contains(source)) {
            let is_usable = |article: &Drawn| {
                let query = query_of(article);
                article.source == source && times[&query.to_lowercase()] == 1 && words(&query).len() >= MIN_WORDS && is_query(&query)
            };
            let mut usable: Vec<usize> = (0..drawn.len()).filter(|&number| is_usable(&drawn[number])).collect();
            for _ in 0..queries.min(usable.len()) {
                let article = usable.swap_remove(dice.below(usable.len()));
                known.push(KnownItem { source, query: query_of(&drawn[article]), article });
            }
        }
        let speed = (0..WARM_UP + queries.max(50)).map(|_| short_query(&drawn, &mut dice)).collect();
        let mut articles: Vec<String> = drawn.into_iter().map(|article| article.text).collect();
        articles.push(PLANTED.to_owned());
        Material { name, is_real, planted: articles.len() - 1, articles, known, speed }
    }

    pub fn bytes(&self) -> usize {
        self.articles.iter().map(String::len).sum()
    }

    /// The known items of each source.
    pub fn by_source(&self) -> Vec<(&'static str, Vec<&KnownItem>)> {
        let mut sources: Vec<(&str, Vec<&KnownItem>)> = Vec::new();
        for item in &self.known {
            match sources.last_mut() {
                Some((source, items)) if *source == item.source => items.push(item),
                _ => sources.push((item.source, vec![item])),
            }
        }
        sources
    }
}

/// Whether a title may be asked for, as written and without diacritics: `năm:abc` is an error, and so is a field's value that no
/// article has.
fn is_query(title: &str) -> bool {
    [title.to_owned(), unaccented(title)].iter().all(|title| parse(title).is_ok_and(|ast| !names_field(&ast)))
}

fn names_field(ast: &Ast) -> bool {
    match ast {
        Ast::And(parts) | Ast::Or(parts) => parts.iter().any(names_field),
        Ast::Not(inner) => names_field(inner),
        Ast::Field { .. } | Ast::Year(_) | Ast::Date(_) => true,
        _ => false,
    }
}

fn short_query(drawn: &[Drawn], dice: &mut Generator) -> String {
    loop {
        let words = words(&drawn[dice.below(drawn.len())].title);
        if words.len() >= 4 {
            let count = 2 + dice.below(3);
            let from = dice.below(words.len() - count + 1);
            return words[from..from + count].join(" ");
        }
    }
}

/// The runs of letters and digits of a text, composed, in small letters: nothing in them is query language to any engine.
pub fn words(text: &str) -> Vec<String> {
    let text = text.nfc().collect::<String>().to_lowercase();
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A text as typed without any diacritic.
pub fn unaccented(text: &str) -> String {
    let plain = |letter| match letter {
        'đ' => 'd',
        'Đ' => 'D',
        other => other,
    };
    text.nfd().filter(|letter| !is_combining_mark(*letter)).map(plain).collect()
}
