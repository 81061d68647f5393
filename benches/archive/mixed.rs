//! Articles without end that read like real ones: each made of sentences of four others, by a seed.

use serde::Serialize;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
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
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/news");
        let mut articles = Vec::new();
        for name in ["vietnews_90k.jsonl.zst", "baomoi_2017.jsonl.zst"] {
            let Ok(file) = File::open(folder.join(name)) else { continue };
            for line in BufReader::new(zstd::Decoder::new(file).expect("the news are packed with zstd")).lines().take(most) {
                articles.extend(article_of(&line.expect("the news can be read")));
            }
        }
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

fn article_of(line: &str) -> Option<Article> {
    let record: serde_json::Value = serde_json::from_str(line).ok()?;
    let text = |name: &str| record[name].as_str().unwrap_or("").trim();
    let body = [text("lead"), text("body")].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    (!body.is_empty()).then(|| Article { title: text("title").to_owned(), body })
}

fn write_record(file: &mut impl Write, record: &Record) {
    serde_json::to_writer(&mut *file, record).expect("there is room for it");
    file.write_all(b"\n").expect("there is room for it");
}

/// Draws by a seed: SplitMix64, whose whole state is one number.
pub struct Mixer<'a> {
    news: &'a News,
    state: u64,
}

impl<'a> Mixer<'a> {
    pub fn new(news: &'a News, seed: u64) -> Mixer<'a> {
        Mixer { news, state: seed }
    }

    fn below(&mut self, bound: usize) -> usize {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    fn article(&mut self) -> &'a Article {
        let news = self.news;
        &news.articles[self.below(news.articles.len())]
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
                let from = self.below(sentences.len() - wanted + 1);
                sentences[from..from + wanted].iter().for_each(|sentence| body.push_str(sentence));
                body.push('\n');
            }
            let (year, month, day) = (2004 + self.below(22), 1 + self.below(12), 1 + self.below(28));
            let date = (self.below(8) > 0).then(|| format!("{year:04}-{month:02}-{day:02}"));
            let source = (self.below(8) > 0).then(|| format!("Báo mẫu {}", self.below(60)));
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
            let length = 2 + self.below(3);
            if words.len() >= length && words.iter().all(|word| word.chars().all(char::is_alphanumeric)) {
                let from = self.below(words.len() - length + 1);
                drawn.push(words[from..from + length].join(" "));
            }
        }
        drawn
    }
}
