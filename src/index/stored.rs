//! An article as the index keeps it: the article, its facet paths, its history.

use crate::article::{Article, Captured, Correction, Evidence, Hash128, Origin, Signature};
use serde::{Deserialize, Serialize};

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

    /// The record without what stands in fields of its own: title and body, and the quotes from them. So a text can be read without the record,
    /// and no text is kept twice.
    pub(super) fn encode_record(&self) -> Vec<u8> {
        let Article { title, body, evidence, .. } = &self.article;
        let body = body.as_deref().unwrap_or("");
        let without_quote = |evidence: &Evidence| match quoted(evidence, title, body) {
            Some(quote) if quote == evidence.quote => Evidence { quote: String::new(), ..evidence.clone() },
            _ => evidence.clone(),
        };
        let evidence = evidence.as_ref().map(|evidence| evidence.iter().map(without_quote).collect());
        let article = Article { title: String::new(), body: None, evidence, ..self.article.clone() };
        let record = StoredArticle { article, ..self.clone() };
        rmp_serde::to_vec(&record).expect("maps of these types have text keys only, so they always serialise")
    }

    /// Puts record, title and body together again.
    pub(super) fn decode(record: &[u8], title: &str, body: &str) -> Result<StoredArticle, String> {
        let mut stored: StoredArticle = rmp_serde::from_slice(record).map_err(|error| format!("a record is not readable: {error}"))?;
        for evidence in stored.article.evidence.iter_mut().flatten().filter(|evidence| evidence.quote.is_empty()) {
            evidence.quote = quoted(evidence, title, body).unwrap_or_default().to_owned();
        }
        (stored.article.title, stored.article.body) = (title.to_owned(), Some(body.to_owned()));
        Ok(stored)
    }
}

/// What stands where evidence points to, in title or body.
fn quoted<'a>(evidence: &Evidence, title: &'a str, body: &'a str) -> Option<&'a str> {
    let text = match evidence.field.as_str() {
        "title" => title,
        "body" => body,
        _ => return None,
    };
    text.get(evidence.start..evidence.end)
}
