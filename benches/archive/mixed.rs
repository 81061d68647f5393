//! Articles without end that read like real ones: each made of sentences of four others, by a seed.

use crate::generator::Generator;
use crate::news::{NewsArticle, each_news};
use serde::Serialize;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use tracuu::ingest::{Pipeline, inspect};

/// A real article.
pub struct Article {
    pub title: String,
    pub body: String,
}

/// The articles that sentences are drawn from.
pub struct News {
    pub articles: Vec<Article>,
}

/// A record of JSONL.
#[derive(Serialize)]
struct Record<'a> {
    id: String,
    title: &'a str,
    body: &'a str,
    date: Option<String>,
    source: Option<String>,
}

impl News {
    /// The news of the shared data, at most so many; the bundled archive where they are not there.
    pub fn load(most: usize) -> News {
        let mut articles = Vec::new();
        each_news(|NewsArticle { title, text, .. }| {
            articles.extend((!text.is_empty()).then_some(Article { title, body: text }));
            articles.len() < most
        });
        if articles.is_empty() {
            println!("the shared news are not there: sentences are those of the bundled archive");
            let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
            inspect(&[corpus], &Pipeline::bundled(), &mut |record| {
                articles.extend(record.ok().map(|article| Article { title: article.title, body: article.body.unwrap_or_default() }));
                Ok(())
            })
            .expect("the bundled archive can be read");
        }
        News { articles }
    }

    pub fn text_bytes(&self) -> usize {
        self.articles.iter().map(|article| article.title.len() + article.body.len()).sum()
    }

    /// Writes all as JSONL.
    pub fn write(&self, path: &Path) {
        let mut file = BufWriter::new(File::create(path).expect("the temporary folder can be written"));
        for (number, Article { title, body }) in self.articles.iter().enumerate() {
            write_record(&mut file, &Record { id: number.to_string(), title, body, date: None, source: None });
        }
        file.flush().expect("there is room for it");
    }
}

fn write_record(file: &mut impl Write, record: &Record) {
    serde_json::to_writer(&mut *file, record).expect("there is room for it");
    file.write_all(b"\n").expect("there is room for it");
}

/// Draws articles and queries by a seed.
pub struct Mixer<'a> {
    news: &'a News,
    dice: Generator,
}

impl<'a> Mixer<'a> {
    pub fn new(news: &'a News, seed: u64) -> Mixer<'a> {
        Mixer { news, dice: Generator::new(seed) }
    }

    fn article(&mut self) -> &'a Article {
        let news = self.news;
        &news.articles[self.dice.below(news.articles.len())]
    }

    /// Writes so many articles as JSONL; returns the bytes of their texts.
    pub fn write(&mut self, articles: usize, path: &Path) -> u64 {
        let mut file = BufWriter::new(File::create(path).expect("the temporary folder can be written"));
        let (mut bytes, mut body) = (0, String::new());
        for number in 0..articles {
            let title = self.article().title.as_str();
            body.clear();
            for _ in 0..4 {
                let sentences: Vec<&str> = self.article().body.split_inclusive(['.', '\n']).collect();
                // A quarter of each, from anywhere in it.
                let wanted = sentences.len().div_ceil(4);
                let from = self.dice.below(sentences.len() - wanted + 1);
                sentences[from..from + wanted].iter().for_each(|sentence| body.push_str(sentence));
                body.push('\n');
            }
            let (year, month, day) = (2004 + self.dice.below(22), 1 + self.dice.below(12), 1 + self.dice.below(28));
            let date = (self.dice.below(8) > 0).then(|| format!("{year:04}-{month:02}-{day:02}"));
            let source = (self.dice.below(8) > 0).then(|| format!("Báo mẫu {}", self.dice.below(60)));
            write_record(&mut file, &Record { id: format!("mixed-{number}"), title, body: &body, date, source });
            bytes += (title.len() + body.len()) as u64;
        }
        file.flush().expect("there is room for it");
        bytes
    }

    /// Queries of two to four consecutive syllables of titles.
    pub fn queries(&mut self, queries: usize) -> Vec<String> {
        let mut drawn = Vec::new();
        while drawn.len() < queries {
            let words: Vec<&str> = self.article().title.split_whitespace().collect();
            let length = 2 + self.dice.below(3);
            if words.len() >= length && words.iter().all(|word| word.chars().all(char::is_alphanumeric)) {
                let from = self.dice.below(words.len() - length + 1);
                drawn.push(words[from..from + length].join(" "));
            }
        }
        drawn
    }
}
