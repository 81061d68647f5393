//! An article as the index keeps it: the article, its facet paths, its history.

use crate::article::{Article, Captured, Correction, Hash128, Origin, Signature};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// An article as it is put into an index.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The article, whole.
    pub article: Article,
    /// As it was extracted, without its body, where people have corrected it.
    pub extracted: Option<Box<Article>>,
    /// A sample of its text, by which copies of it are found; without one it is taken to have none.
    pub signature: Signature,
}

impl From<Article> for Entry {
    fn from(article: Article) -> Entry {
        Entry { article, extracted: None, signature: Signature::default() }
    }
}

/// An article with all that the index knows of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredArticle {
    /// The article, as people have corrected it.
    pub article: Article,
    /// As it was extracted, without its body, where people have corrected it: other corrections begin from here.
    pub extracted: Option<Box<Article>>,
    /// A sample of its text. In a column of its own, which only the writer reads with the rest: empty elsewhere.
    #[serde(skip)]
    pub signature: Signature,
    /// Version of the pipeline that extracted it.
    pub pipeline: Hash128,
    /// When it came into the index, RFC 3339, UTC.
    pub first_indexed: String,
    /// When its text or values last changed, RFC 3339, UTC.
    pub last_changed: String,
    /// Texts that stood under this id before, the latest last.
    pub versions: Vec<Version>,
}

/// A text that stood under an id before, or that lost to a later capture of the same id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Hash of title and body.
    pub content_hash: Hash128,
    /// Name of the collection.
    pub collection: String,
    /// Where it was read from.
    pub origin: Origin,
    /// When a crawler took it.
    pub captured: Option<Captured>,
    /// Its title.
    pub title: String,
    /// Its stored text.
    pub body: String,
}

impl Version {
    /// What is kept of an article that another text replaces.
    pub fn of(article: &Article) -> Version {
        Version {
            content_hash: article.content_hash,
            collection: article.collection.clone(),
            origin: article.origin.clone(),
            captured: article.dates.captured.clone(),
            title: article.title.clone(),
            body: article.body.clone().unwrap_or_default(),
        }
    }
}

impl StoredArticle {
    /// What tells the corrections that the article has from others; 0 for none.
    pub(super) fn corrections_digest(&self) -> u64 {
        Correction::digest(self.article.corrections.iter().map(|applied| &applied.correction))
    }

    /// The article as it was extracted, before anybody corrected it.
    pub fn extracted(self) -> Article {
        match self.extracted {
            Some(extracted) => Article { body: self.article.body, ..*extracted },
            None => self.article,
        }
    }

    /// The record without the body, which has a field of its own: a hit can be shown without parsing it.
    pub(super) fn encode_record(&self) -> Vec<u8> {
        let record = StoredArticle { article: Article { body: None, ..self.article.clone() }, ..self.clone() };
        serde_json::to_vec(&record).expect("maps of these types have text keys only, so they always serialise")
    }

    /// The title in a record, without the rest of it.
    pub(super) fn title_of(record: &[u8]) -> Result<Cow<'_, str>, String> {
        #[derive(Deserialize)]
        struct Record<'a> {
            #[serde(borrow)]
            article: Titled<'a>,
        }
        #[derive(Deserialize)]
        struct Titled<'a> {
            #[serde(borrow)]
            title: Cow<'a, str>,
        }
        let record: Record = serde_json::from_slice(record).map_err(|error| format!("a record is not readable: {error}"))?;
        Ok(record.article.title)
    }

    /// Puts record and body together again.
    pub(super) fn decode(record: &[u8], body: &str) -> Result<StoredArticle, String> {
        let mut stored: StoredArticle = serde_json::from_slice(record).map_err(|error| format!("a record is not readable: {error}"))?;
        stored.article.body = Some(body.to_owned());
        Ok(stored)
    }
}
