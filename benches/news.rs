//! The news of the shared data, which are not part of the repository.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// An article as it lies there; the text holds the lead.
pub struct NewsArticle {
    pub source: &'static str,
    pub title: String,
    pub text: String,
}

/// Calls `each` with every article in order, until it says no; false where the files are not there.
pub fn each_news(mut each: impl FnMut(NewsArticle) -> bool) -> bool {
    #[derive(serde::Deserialize)]
    struct Record {
        title: Option<String>,
        lead: Option<String>,
        body: Option<String>,
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/news");
    let files = [("vietnews", folder.join("vietnews_90k.jsonl.zst")), ("baomoi", folder.join("baomoi_2017.jsonl.zst"))];
    if !files.iter().all(|(_, path)| path.exists()) {
        return false;
    }
    for (source, path) in files {
        let file = File::open(path).expect("the news can be read");
        for line in BufReader::new(zstd::Decoder::new(file).expect("the news are packed with zstd")).lines() {
            let record: Record = serde_json::from_str(&line.expect("the news can be read")).expect("a line of the news is an object");
            let text = [record.lead, record.body].into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
            let title = record.title.unwrap_or_default().trim().to_owned();
            if !each(NewsArticle { source, title, text }) {
                return true;
            }
        }
    }
    true
}
