//! The head of a page → what it says about itself: title, address, date, publisher.

use super::published;
use super::tags::{Token, attribute, decode, tokens};
use crate::article::Published;
use serde_json::Value;

/// Names (lower case) under which pages give a publication date, the most exact first.
const DATE_KEYS: [&str; 17] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "sailthru.date",
    "article.published",
    "cxenseparse:recs:publishtime",
    "date",
];
const TITLE_KEYS: [&str; 5] = ["og:title", "twitter:title", "dc.title", "title", "headline"];
const SITE_KEYS: [&str; 6] = ["og:site_name", "dc.publisher", "article:publisher", "publisher", "application-name", "copyright"];
const URL_KEYS: [&str; 2] = ["og:url", "twitter:url"];

/// Longest JSON-LD script that is read, in bytes, and how many.
const MAX_JSON_LD_BYTES: usize = 256 << 10;
const MAX_JSON_LD_SCRIPTS: usize = 16;

/// What a page says about itself; all as it stands there, references decoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// `<title>`.
    pub document_title: Option<String>,
    /// The headline that it gives to others (`og:title` and the like).
    pub headline: Option<String>,
    /// Canonical address.
    pub url: Option<String>,
    /// Publication date, with the key that gives it.
    pub published: Option<Published>,
    /// Publisher.
    pub publisher: Option<String>,
}

/// Reads the head (and what stands in the body by mistake).
pub fn read(html: &str) -> Meta {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut meta = Meta::default();
    let mut linked = LinkedData::default();
    for token in tokens(html) {
        match token {
            Token::Raw(name, _, content) if name.eq_ignore_ascii_case("title") => {
                meta.document_title.get_or_insert_with(|| decode(content).trim().to_owned());
            }
            Token::Raw(name, attributes, content)
                if name.eq_ignore_ascii_case("script") && says(attributes, "type", "application/ld+json") =>
            {
                linked.read(content);
            }
            Token::Open(name, attributes) if name.eq_ignore_ascii_case("meta") => pairs.extend(pair(attributes)),
            Token::Open(name, attributes) if name.eq_ignore_ascii_case("link") && says(attributes, "rel", "canonical") => {
                meta.url = meta.url.or_else(|| attribute(attributes, "href").map(|href| href.into_owned()));
            }
            Token::Open(name, attributes) if name.eq_ignore_ascii_case("time") && says(attributes, "itemprop", "datePublished") => {
                pairs.extend(attribute(attributes, "datetime").map(|value| ("datepublished".to_owned(), value.into_owned())));
            }
            _ => {}
        }
    }
    let first = |keys: &[&str]| keys.iter().find_map(|key| pairs.iter().find(|(name, _)| name == key)).map(|(_, value)| value.clone());
    let by_meta = || {
        DATE_KEYS.iter().find_map(|key| {
            let at = pairs.iter().filter(|(name, _)| name == key).find_map(|(_, value)| published::day_or_month(value))?;
            Some(Published { at, claimed_by: format!("meta:{key}") })
        })
    };
    let by_linked_data =
        |date: &String| Some(Published { at: published::day_or_month(date)?, claimed_by: "json-ld:datePublished".to_owned() });
    meta.published = linked.published.as_ref().and_then(by_linked_data).or_else(by_meta);
    meta.headline = first(&TITLE_KEYS).or(linked.headline);
    meta.publisher = first(&SITE_KEYS).or(linked.publisher).filter(|name| name.chars().count() <= 120 && !name.starts_with("http"));
    meta.url = meta.url.or_else(|| first(&URL_KEYS)).or(linked.url);
    meta
}

fn says(attributes: &str, name: &str, value: &str) -> bool {
    attribute(attributes, name).is_some_and(|found| found.eq_ignore_ascii_case(value))
}

/// A `<meta>` as (key in lower case, value), blank ones left out.
fn pair(attributes: &str) -> Option<(String, String)> {
    let key = ["property", "name", "itemprop"].iter().find_map(|name| attribute(attributes, name))?;
    let value = attribute(attributes, "content")?;
    (!value.trim().is_empty()).then(|| (key.trim().to_lowercase(), value.trim().to_owned()))
}

/// What the JSON-LD scripts of a page say of its article.
#[derive(Default)]
struct LinkedData {
    scripts: usize,
    headline: Option<String>,
    published: Option<String>,
    publisher: Option<String>,
    url: Option<String>,
}

impl LinkedData {
    fn read(&mut self, script: &str) {
        self.scripts += 1;
        if self.scripts > MAX_JSON_LD_SCRIPTS || script.len() > MAX_JSON_LD_BYTES {
            return;
        }
        // Line ends within strings are common and not JSON.
        let script = script.replace(['\n', '\r', '\t'], " ");
        let Ok(value) = serde_json::from_str::<Value>(script.trim().trim_end_matches(';')) else { return };
        let mut values = vec![&value];
        while let Some(value) = values.pop() {
            match value {
                Value::Array(items) => values.extend(items.iter().rev()),
                Value::Object(object) => {
                    values.extend(object.get("@graph"));
                    if is_article(object.get("@type")) {
                        self.take(value);
                    }
                }
                _ => {}
            }
        }
    }

    fn take(&mut self, article: &Value) {
        let text = |key: &str| article.get(key).and_then(Value::as_str).map(str::to_owned);
        self.headline = self.headline.take().or_else(|| text("headline"));
        self.published = self.published.take().or_else(|| text("datePublished"));
        self.url = self.url.take().or_else(|| text("url"));
        let publisher = article.pointer("/publisher/name").or_else(|| article.pointer("/publisher/0/name")).and_then(Value::as_str);
        self.publisher = self.publisher.take().or_else(|| publisher.map(str::to_owned));
    }
}

/// `NewsArticle`, `Article`, `BlogPosting`, `Report` …, alone or among others.
fn is_article(kind: Option<&Value>) -> bool {
    match kind {
        Some(Value::String(kind)) => ["Article", "Posting", "Report"].iter().any(|ending| kind.ends_with(ending)),
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| is_article(Some(kind)) && kind.is_string()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_gives_title_address_date_and_publisher() {
        let head = "<title>Cà Mau họp | Báo Đất Mũi</title><meta property='og:title' content='C&agrave; Mau họp'>\
                    <meta name=description content=x><link rel=canonical href='https://datmui.example/1'>\
                    <meta property=article:published_time content=2024-11-03T20:00:00Z><meta property=og:site_name content='Báo Đất Mũi'>";
        let meta = read(head);
        assert_eq!(meta.headline.as_deref(), Some("Cà Mau họp"));
        assert_eq!(meta.url.as_deref(), Some("https://datmui.example/1"));
        assert_eq!(meta.published, Some(Published { at: "2024-11-04".into(), claimed_by: "meta:article:published_time".into() }));
        assert_eq!(meta.publisher.as_deref(), Some("Báo Đất Mũi"));
    }

    #[test]
    fn linked_data_is_read_wherever_the_article_stands_in_it() {
        let scripts = [
            r#"{"@type": "NewsArticle", "headline": "A", "datePublished": "2024-11-04", "publisher": {"name": "B"}}"#,
            r#"[{"@type": "WebSite", "headline": "x"}, {"@type": ["Article", "y"], "headline": "A", "datePublished": "04/11/2024", "publisher": [{"name": "B"}]}]"#,
            "{\"@graph\": [{\"@type\": \"BlogPosting\", \"headline\":\n \"A\", \"datePublished\": 1730678400, \"datePublished\": \"2024-11-04T00:00:00+07:00\", \"publisher\": {\"name\": \"B\"}}]};",
        ];
        for script in scripts {
            let meta = read(&format!("<script type='application/ld+json'>{script}</script>"));
            assert_eq!(meta.headline.as_deref(), Some("A"), "{script}");
            assert_eq!(meta.published, Some(Published { at: "2024-11-04".into(), claimed_by: "json-ld:datePublished".into() }), "{script}");
            assert_eq!(meta.publisher.as_deref(), Some("B"), "{script}");
        }
    }

    #[test]
    fn a_head_that_says_nothing_gives_nothing() {
        assert_eq!(
            read("<meta name=date content=''><meta charset=utf-8><script type=application/ld+json>[[[</script><p>x"),
            Meta::default()
        );
        let deep = format!("<script type='application/ld+json'>{}</script>", "[".repeat(100_000));
        assert_eq!(read(&deep), Meta::default());
    }
}
