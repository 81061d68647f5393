//! The name of a field in somebody's data → which of ours it is: English and Vietnamese names, in any spelling.

use crate::text::fold;

/// A field of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The record's own id.
    Id,
    /// Title.
    Title,
    /// First paragraph.
    Lead,
    /// Text without title and lead.
    Body,
    /// Text, where there is no body.
    Text,
    /// Publication date.
    Date,
    /// When a crawler took it.
    Captured,
    /// Publisher.
    Source,
    /// Address.
    Url,
    /// The publisher's own section.
    Category,
}

/// How near a name is to ours; of two names for one field the lower rank counts.
pub type Rank = u8;

/// Our own name, or one that `tracuu.toml` gives.
pub const EXACT: Rank = 0;

/// Names by field, ours first; folded, with `_` for what stands between words. An earlier name counts more.
const NAMES: [(Field, &[&str]); 10] = [
    (Field::Id, &["id", "ma_bai", "ma_bai_viet", "article_id"]),
    (Field::Title, &["title", "tieu_de", "headline", "ten_bai", "tieude"]),
    (Field::Lead, &["lead", "sapo", "tom_tat", "summary", "abstract", "description", "mo_ta", "excerpt", "tomtat"]),
    (Field::Body, &["body", "noi_dung", "content", "noidung", "noi_dung_bai_viet", "full_text", "maintext", "article_body"]),
    (Field::Text, &["text", "van_ban", "bai_viet"]),
    (
        Field::Date,
        &[
            "date",
            "ngay_dang",
            "ngay_xuat_ban",
            "ngay",
            "published",
            "published_at",
            "published_date",
            "publish_date",
            "date_published",
            "pubdate",
            "ngay_phat_hanh",
            "thoi_gian",
        ],
    ),
    (Field::Captured, &["captured", "captured_at", "ngay_thu_thap", "crawled_at", "crawl_date", "fetched_at"]),
    (Field::Source, &["source", "nguon", "nguon_tin", "publisher", "toa_soan", "ten_bao"]),
    (Field::Url, &["url", "duong_dan", "link", "lien_ket", "href", "dia_chi_web"]),
    (Field::Category, &["category", "chuyen_muc", "section", "danh_muc"]),
];

impl Field {
    /// The field that goes by a name as it stands in a header or an object, and how near the name is to ours.
    pub fn named(name: &str) -> Option<(Field, Rank)> {
        if let Some((field, _)) = NAMES.iter().find(|(_, names)| names[0] == name) {
            return Some((*field, EXACT));
        }
        let key = key(name);
        NAMES.iter().find_map(|(field, names)| Some((*field, names.iter().position(|known| *known == key)? as Rank + 1)))
    }

    /// The names of all fields.
    pub fn names() -> String {
        NAMES.map(|(_, names)| names[0]).join(", ")
    }
}

/// A name without diacritics, capitals and signs: `Tiêu đề` and `tieu-de` are `tieu_de`. Empty for one that is too long to be a name.
pub fn key(name: &str) -> String {
    const MAX_NAME_BYTES: usize = 200;
    if name.len() > MAX_NAME_BYTES {
        return String::new();
    }
    let folded = fold(&crate::text::compose(name)).to_lowercase();
    folded.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_two_languages_and_any_spelling() {
        let cases = [
            ("title", Some(Field::Title)),
            ("Tiêu đề", Some(Field::Title)),
            ("TIEU-DE", Some(Field::Title)),
            ("no\u{302}\u{323}i dung", Some(Field::Body)),
            ("Nội_dung", Some(Field::Body)),
            ("ngày", Some(Field::Date)),
            ("Ngày đăng", Some(Field::Date)),
            ("nguồn", Some(Field::Source)),
            ("đường dẫn", Some(Field::Url)),
            ("Chuyên mục", Some(Field::Category)),
            ("số lượt xem", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(Field::named(name).map(|(field, _)| field), expected, "{name}");
        }
        assert!(Field::named("body").unwrap().1 < Field::named("content").unwrap().1);
    }
}
