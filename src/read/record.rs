//! One JSON object, or one row of a table → one article: the fields that are known, whatever type they come in.

use super::fields::{Field, Rank};
use super::legacy::{self, Legacy};
use super::settings::FolderSettings;
use super::{Skip, SkipReason, SourceFile, encoding};
use crate::article::{Content, Origin, RawArticle, RawFields};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Where a record stands in its file.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Number of the record, from 0.
    pub record: u64,
    /// Byte at which it begins.
    pub byte_offset: u64,
}

/// Reads one record's bytes.
pub fn read(file: &SourceFile, place: Place, bytes: &[u8]) -> Result<RawArticle, Skip> {
    let decoded = encoding::decode_source_named(bytes, file.settings.charset);
    let mut json = serde_json::Deserializer::from_str(&decoded.text);
    // Arrays and objects deeper than 128 are an error, before any is entered.
    let record = InFolder(&file.settings).deserialize(&mut json).and_then(|record| json.end().map(|()| record));
    let record = record.map_err(|error| Skip::record(file, place.record, SkipReason::Broken, &error.to_string()))?;
    record.article(file, place, bytes, decoded.charset, "no title, lead, body or text")
}

/// The origin of a record with these bytes.
pub fn origin(file: &SourceFile, record: u64, byte_offset: u64, charset: String, bytes: &[u8]) -> Origin {
    Origin { path: file.relative.clone(), record, byte_offset, charset, raw_hash: file.settings.hash(bytes) }
}

/// The fields of a record, each with how near the name was that gave it.
pub struct Record {
    id: Option<String>,
    body: Option<String>,
    text: Option<String>,
    fields: RawFields,
    ranks: [Rank; 10],
}

impl Record {
    /// A record of which nothing is known.
    pub fn new() -> Record {
        Record { id: None, body: None, text: None, fields: RawFields::default(), ranks: [Rank::MAX; 10] }
    }

    fn field(&mut self, field: Field) -> &mut Option<String> {
        match field {
            Field::Id => &mut self.id,
            Field::Body => &mut self.body,
            Field::Text => &mut self.text,
            Field::Title => &mut self.fields.title,
            Field::Lead => &mut self.fields.lead,
            Field::Date => &mut self.fields.date,
            Field::Captured => &mut self.fields.captured,
            Field::Source => &mut self.fields.source,
            Field::Url => &mut self.fields.url,
            Field::Category => &mut self.fields.category,
        }
    }

    /// Takes a value. Of two names for one field the nearer counts, of one name given twice the last.
    pub fn set(&mut self, (field, rank): (Field, Rank), value: Option<String>) {
        let known = &mut self.ranks[field as usize];
        if rank == *known || value.is_some() && rank < *known {
            *known = rank;
            *self.field(field) = value;
        }
    }

    /// The article that stands in it: `without_text` says what was looked for where there is none.
    pub fn article(
        mut self,
        file: &SourceFile,
        place: Place,
        bytes: &[u8],
        charset: String,
        without_text: &str,
    ) -> Result<RawArticle, Skip> {
        let charset = match self.convert_legacy() {
            Some(legacy) => encoding::with_legacy(&charset, legacy),
            None => charset,
        };
        let Record { id, body, text, fields, .. } = self;
        let body = body.or(text);
        if body.is_none() && fields.title.is_none() && fields.lead.is_none() {
            return Err(Skip::record(file, place.record, SkipReason::NoText, without_text));
        }
        let origin = origin(file, place.record, place.byte_offset, charset, bytes);
        Ok(RawArticle { origin, key: id, content: Content::Body(body.unwrap_or_default()), fields })
    }

    /// Converts what is in an older encoding, told by all texts of the record together.
    fn convert_legacy(&mut self) -> Option<Legacy> {
        let Record { body, text, fields, .. } = self;
        let mut texts: Vec<&mut String> =
            [&mut fields.title, &mut fields.lead, body, text, &mut fields.source, &mut fields.category].into_iter().flatten().collect();
        let legacy = legacy::within_unicode(&texts.iter().map(|text| text.as_str()).collect::<Vec<_>>())?;
        texts.iter_mut().for_each(|text| **text = legacy::convert(text, legacy, true));
        Some(legacy)
    }
}

/// Reads an object into a [`Record`], by the names that a folder's settings know. Unknown keys are passed over.
struct InFolder<'a>(&'a FolderSettings);

impl<'de> DeserializeSeed<'de> for InFolder<'_> {
    type Value = Record;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Record, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for InFolder<'_> {
    type Value = Record;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record, A::Error> {
        let mut record = Record::new();
        while let Some(key) = map.next_key::<std::borrow::Cow<'_, str>>()? {
            match self.0.field(&key) {
                Some(field) => record.set(field, map.next_value::<Loose>()?.0),
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(record)
    }
}

/// A value as text: a string that is not blank, a number as it is written; nothing else.
struct Loose(Option<String>);

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Loose, D::Error> {
        struct AnyType;
        impl<'de> Visitor<'de> for AnyType {
            type Value = Loose;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a number")
            }

            fn visit_str<E>(self, text: &str) -> Result<Loose, E> {
                Ok(Loose((!text.trim().is_empty()).then(|| text.to_owned())))
            }

            fn visit_string<E>(self, text: String) -> Result<Loose, E> {
                Ok(Loose((!text.trim().is_empty()).then_some(text)))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Loose, E> {
                Ok(Loose(Some(number.to_string())))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Loose, E> {
                Ok(Loose(Some(number.to_string())))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Loose, E> {
                Ok(Loose(Some(number.to_string())))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Loose, E> {
                Ok(Loose(None))
            }

            fn visit_unit<E>(self) -> Result<Loose, E> {
                Ok(Loose(None))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Loose, A::Error> {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Loose(None))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Loose, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Loose(None))
            }
        }
        deserializer.deserialize_any(AnyType)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<RawArticle, Skip> {
        let file = SourceFile::new("a.jsonl", "a.jsonl");
        read(&file, Place { record: 3, byte_offset: 70 }, text.as_bytes())
    }

    #[test]
    fn known_fields_are_read_whatever_their_type_and_others_ignored() {
        let article = read_text(
            r#"{"id": 7, "title": ["x"], "lead": {"a": 1}, "date": 1730678400, "text": "Họp ở Cà Mau.", "x": [1, {"y": 2}], "url": null}"#,
        )
        .unwrap();
        assert_eq!(article.key.as_deref(), Some("7"));
        assert_eq!((article.fields.title, article.fields.lead, article.fields.url), (None, None, None));
        assert_eq!(article.fields.date.as_deref(), Some("1730678400"));
        assert_eq!(article.content, Content::Body("Họp ở Cà Mau.".into()));
        assert_eq!((article.origin.record, article.origin.byte_offset), (3, 70));
    }

    #[test]
    fn an_older_encoding_is_told_by_all_fields_and_in_escapes_too() {
        let article =
            read_text(r#"{"title": "Vi\u00d6t Nam", "lead": "Là gì", "body": "\u00d1y ban nh\u00a9n d\u00a9n t\u00d8nh h\u00e4p"}"#)
                .unwrap();
        assert_eq!(article.fields.title.as_deref(), Some("Việt Nam"));
        assert_eq!(article.fields.lead.as_deref(), Some("Là gì"));
        assert_eq!(article.origin.charset, "utf-8, tcvn3");
    }

    #[test]
    fn body_goes_before_text_and_a_title_alone_is_an_article() {
        assert_eq!(read_text(r#"{"text": "a", "body": "b", "body": "c"}"#).unwrap().content, Content::Body("c".into()));
        assert_eq!(read_text(r#"{"content": "b", "body": null}"#).unwrap().content, Content::Body("b".into()));
        assert_eq!(read_text(r#"{"body": "a", "nội dung": "b"}"#).unwrap().content, Content::Body("a".into()));
        assert_eq!(read_text(r#"{"title": "Cà Mau"}"#).unwrap().content, Content::Body(String::new()));
    }

    #[test]
    fn a_record_that_is_no_article_is_skipped_with_its_number() {
        let cases = [
            (r#"{"title": "  ", "body": null}"#, SkipReason::NoText),
            (r#"{"title": "a""#, SkipReason::Broken),
            ("[1]", SkipReason::Broken),
            (&"[".repeat(100_000), SkipReason::Broken),
            (&format!(r#"{{"body": {}"#, "[".repeat(100_000)), SkipReason::Broken),
        ];
        for (text, reason) in cases {
            let skip = read_text(text).unwrap_err();
            assert_eq!((skip.reason, skip.record), (reason, Some(3)), "{text:.40}");
        }
    }
}
