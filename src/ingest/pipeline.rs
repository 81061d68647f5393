//! One raw record → one article: clean and extract, then what people said against it; and the tables and models that it takes.

use crate::analysis::{Analyzer, SEGMENTER};
use crate::article::{Article, ArticleId, Content, Dates, Hash128, RawArticle, Source};
use crate::authority::Authority;
use crate::clean::{clean, content_hash};
use crate::correct::{Corrections, correct};
use crate::extract::extract;
use crate::index::Entry;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Changes whenever the same bytes would give another article, without any table having changed.
const PIPELINE_VERSION: &str = "4";

/// The tables and models that make articles out of bytes.
pub struct Pipeline {
    /// Tables of facts.
    pub authority: Authority,
    /// Text → tokens.
    pub analyzer: Arc<Analyzer>,
    /// Hash of everything above, by name.
    pub tables: BTreeMap<String, Hash128>,
}

impl Pipeline {
    /// What is part of the program.
    pub fn bundled() -> Pipeline {
        let texts = Authority::tables().into_iter().chain([("pipeline", PIPELINE_VERSION)]);
        let tables = texts.map(|(name, text)| (name, text.as_bytes())).chain([SEGMENTER]);
        Pipeline {
            tables: tables.map(|(name, bytes)| (name.to_owned(), Hash128::of([bytes]))).collect(),
            authority: Authority::bundled(),
            analyzer: Arc::new(Analyzer::bundled()),
        }
    }

    /// Cleans and extracts one record; `None` where it holds no text.
    ///
    /// `authority` is the pipeline's own, or that with the publishers of the collection.
    pub fn article(&self, raw: RawArticle, collection: &str, authority: &Authority) -> Option<Article> {
        let (origin, key) = (raw.origin.clone(), raw.key.clone());
        let place = match raw.content {
            Content::Page(_) | Content::Html(_) => origin.path.clone(),
            // A file of records names each by its number.
            Content::Body(_) => format!("{}#{}", origin.path, origin.record),
        };
        let clean = clean(raw);
        if clean.title.is_empty() && clean.body.is_empty() {
            return None;
        }
        let metadata = extract(&clean, authority);
        Some(Article {
            id: article_id(clean.url.as_deref(), key.as_deref(), collection, &origin.path, origin.record),
            key: key.unwrap_or(place),
            content_hash: content_hash(&clean.title, &clean.body),
            title: clean.title,
            title_derived: clean.title_derived,
            body: Some(clean.body),
            dates: Dates { event: metadata.event, published: clean.published, captured: clean.captured },
            provinces: metadata.provinces,
            officials: metadata.officials,
            foreign_officials: metadata.foreign_officials,
            source: clean.source.map(|name| Source { name, unit_id: metadata.source_unit }),
            url: clean.url,
            collection: collection.to_owned(),
            origin,
            group: None,
            flags: clean.flags,
            evidence: Some(metadata.evidence),
            corrections: Vec::new(),
        })
    }

    /// An article with what people said against what was extracted.
    pub(super) fn corrected(&self, article: Article, corrections: &Corrections) -> Entry {
        match corrections.of(article.id) {
            [] => article.into(),
            found => Entry {
                extracted: Some(Box::new(Article { body: None, ..article.clone() })),
                article: correct(article, found, &self.authority),
            },
        }
    }
}

/// The first that exists names an article: url; record id within the collection; path and record number.
fn article_id(url: Option<&str>, key: Option<&str>, collection: &str, path: &str, record: u64) -> ArticleId {
    match (url, key) {
        (Some(url), _) => Hash128::of([b"url".as_slice(), url.as_bytes()]),
        (None, Some(key)) => Hash128::of([b"key".as_slice(), collection.as_bytes(), key.as_bytes()]),
        (None, None) => Hash128::of([b"path".as_slice(), collection.as_bytes(), path.as_bytes(), &record.to_le_bytes()]),
    }
}
