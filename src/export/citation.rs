//! An article → how it is cited: title, publisher, date, address, and the id and version by which anybody finds the same text again.
//!
//! In a line for people here; for programs that keep references in `bibtex`, `ris` and `csl`.
//! What the article does not say is left out, never guessed, and a date that is not that of publication says so.

use super::Language;
use super::date::KnownDate;
use super::escape::{address, one_line};
use crate::article::{Article, ArticleId, Basis, Hash128};
use jiff::civil::Date;

/// What a citation of an article says; all texts on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Title as stored; empty where the article has none.
    pub title: String,
    /// Publisher's name, where one is known.
    pub publisher: Option<String>,
    /// When what it reports happened.
    pub event: Option<KnownDate>,
    /// Whether the text gives day and month of the event alone, and its year follows from other words.
    pub is_event_year_inferred: bool,
    /// When it was published, as metadata claims.
    pub published: Option<KnownDate>,
    /// Address, where one is known.
    pub url: Option<String>,
    /// Identity.
    pub id: ArticleId,
    /// Hash of title and body as stored: the version that is cited.
    pub content_hash: Hash128,
    /// Name of the collection.
    pub collection: String,
    /// The day on which a crawler took it.
    pub captured: Option<Date>,
}

/// The date that a citation goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issued {
    /// It was published then, as metadata claims.
    Published(KnownDate),
    /// Nobody claims when it was published; what it reports happened then.
    Event(KnownDate),
    /// Neither is known.
    Unknown,
}

impl Issued {
    /// The date, whichever it is.
    pub fn date(self) -> Option<KnownDate> {
        match self {
            Issued::Published(date) | Issued::Event(date) => Some(date),
            Issued::Unknown => None,
        }
    }
}

impl Citation {
    /// What the article says of itself.
    pub fn of(article: &Article) -> Citation {
        let given = |text: &str| Some(one_line(text)).filter(|text| !text.is_empty());
        let dates = &article.dates;
        Citation {
            title: one_line(&article.title),
            publisher: article.source.as_ref().and_then(|source| given(&source.name)),
            event: KnownDate::of_event(&dates.event),
            is_event_year_inferred: dates.event.basis == Basis::YearFromContext,
            published: dates.published.as_ref().and_then(KnownDate::of_publication),
            url: article.url.as_deref().map(address).filter(|url| !url.is_empty()),
            id: article.id,
            content_hash: article.content_hash,
            collection: one_line(&article.collection),
            // An instant begins with its day in Vietnamese local time.
            captured: dates.captured.as_ref().and_then(|captured| captured.at.get(..10)?.parse().ok()),
        }
    }

    /// The date of publication if one is claimed, else that of the event.
    pub fn issued(&self) -> Issued {
        match (self.published, self.event) {
            (Some(published), _) => Issued::Published(published),
            (None, Some(event)) => Issued::Event(event),
            (None, None) => Issued::Unknown,
        }
    }

    /// What a reference goes by in a list: `tracuu_` and the first 12 digits of the id.
    pub fn key(&self) -> String {
        format!("tracuu_{}", &self.id.to_string()[..12])
    }

    /// One line for people: publisher, title, date, address, id and version, without a line end.
    pub fn text(&self, language: Language) -> String {
        let parts = self.publisher.clone().into_iter().chain([self.quoted_title(language), self.date_text(language)]);
        sentences(parts.chain(self.address_apart()).chain([self.identity(language)]))
    }

    /// The title in quotation marks.
    fn quoted_title(&self, language: Language) -> String {
        match (self.title.as_str(), language) {
            ("", Language::Vietnamese) => "(không có tiêu đề)".to_owned(),
            ("", Language::English) => "(untitled)".to_owned(),
            (title, _) => format!("“{title}”"),
        }
    }

    /// The date, with what it is of where it is not that of publication.
    fn date_text(&self, language: Language) -> String {
        let inferred = self.is_event_year_inferred;
        match (self.issued(), language) {
            (Issued::Published(date), _) => date.text(language),
            (Issued::Event(date), Language::Vietnamese) => {
                format!("{} (ngày sự kiện{})", date.text(language), if inferred { ", năm suy ra từ bài" } else { "" })
            }
            (Issued::Event(date), Language::English) => {
                format!("{} (date of event{})", date.text(language), if inferred { ", year inferred" } else { "" })
            }
            (Issued::Unknown, Language::Vietnamese) => "không rõ ngày".to_owned(),
            (Issued::Unknown, Language::English) => "n.d.".to_owned(),
        }
    }

    /// The address with a space behind it, so that no point or comma is taken for a part of it.
    fn address_apart(&self) -> Option<String> {
        self.url.as_ref().map(|url| format!("{url} "))
    }

    /// Id and version, for people.
    fn identity(&self, language: Language) -> String {
        let version = match language {
            Language::Vietnamese => "bản",
            Language::English => "version",
        };
        format!("tracuu id {}, {version} {}", self.id, self.content_hash)
    }

    /// The day on which a crawler took it from its address; says nothing where there is none.
    pub(super) fn visited(&self) -> Option<Date> {
        self.captured.filter(|_| self.url.is_some())
    }

    /// What references carry as notes: id, version and collection; then of a date that is not that of publication, what it is of.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = vec![format!("{}, collection {}", self.identity(Language::English), self.collection)];
        if let Issued::Event(date) = self.issued() {
            let inferred = if self.is_event_year_inferred { ", its year inferred" } else { "" };
            notes.push(format!("date of the event ({}){inferred}, date of publication unknown", date.iso()));
        }
        notes
    }
}

/// A passage of an article in quotation marks, and behind it where it stands: title, publisher, date, address, id and version.
///
/// The passage keeps its words and its own quotation marks; it comes on one line, without a line end.
pub fn quotation(article: &Article, passage: &str, language: Language) -> String {
    let citation = Citation::of(article);
    let parts = [citation.quoted_title(language)].into_iter().chain(citation.publisher.clone()).chain([citation.date_text(language)]);
    let parts: Vec<String> = parts.chain(citation.address_apart()).chain([citation.identity(language)]).collect();
    format!("“{}” ({})", one_line(passage), parts.join(", "))
}

/// Parts with a point behind each but the last; one that ends with a point gets no other.
fn sentences(parts: impl Iterator<Item = String>) -> String {
    let mut line = String::new();
    for part in parts {
        if !line.is_empty() {
            line.push_str(if line.ends_with('.') { " " } else { ". " });
        }
        line.push_str(&part);
    }
    line
}
