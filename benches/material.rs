//! What the benches run on: generated articles always, real ones where they are there.

use crate::generator::Generator;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tracuu::article::Article;
use tracuu::ingest::{Pipeline, inspect};

pub static PIPELINE: LazyLock<Pipeline> = LazyLock::new(Pipeline::bundled);

/// Bytes of text that a bench of a pure stage runs over.
const TEXT_BYTES: usize = 4 << 20;

/// Names and bodies: `generated`, and `news` where the shared data is there.
pub static TEXTS: LazyLock<Vec<(&'static str, Vec<String>)>> = LazyLock::new(|| {
    let bounded = |bodies: &mut dyn Iterator<Item = String>| {
        let mut bytes = 0;
        let fits = |body: &String| {
            bytes += body.len();
            bytes <= TEXT_BYTES
        };
        bodies.take_while(fits).collect::<Vec<_>>()
    };
    let mut texts = vec![("generated", bounded(&mut Generator::new(1).map(|article| article.body)))];
    if let Some(news) = real_news() {
        let mut bodies = Vec::new();
        inspect(&[news], &PIPELINE, &mut |record| {
            bodies.extend(record.ok().and_then(|article: Article| article.body));
            Ok(())
        })
        .expect("the news can be read");
        texts.push(("news", bounded(&mut bodies.into_iter())));
    }
    texts
});

/// A file of real articles that is not part of the repository.
pub fn real_news() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/news/tuoitre.jsonl.zst");
    path.exists().then_some(path)
}

/// An archive of generated articles in a folder.
pub fn archive(folder: &Path, articles: usize) -> PathBuf {
    let path = folder.join("generated.jsonl");
    let lines: String = Generator::new(7).take(articles).map(|article| article.to_jsonl()).collect();
    std::fs::write(&path, lines).expect("the temporary folder can be written");
    path
}
