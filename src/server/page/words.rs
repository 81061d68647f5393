//! What values are called on the page, in both languages: facets, remainder rows, kinds of evidence.

use crate::article::{Article, Basis, EvidenceClass};
use crate::export::status_text;
use crate::index::Remainder;
use crate::search::RemainderRow;
use crate::server::lang::Lang;

/// Where the date comes from, where it does not stand in the text.
pub fn basis(basis: Basis, lang: Lang) -> Option<&'static str> {
    match basis {
        Basis::Stated | Basis::None => None,
        Basis::Corrected => Some(lang.say("do người sửa", "set by a person")),
        Basis::Published => Some(lang.say("theo ngày đăng", "from the day of publication")),
        Basis::YearFromPublished => Some(lang.say("năm suy từ ngày đăng", "year inferred from publication")),
        Basis::YearFromContext => Some(lang.say("năm suy từ văn cảnh", "year inferred from context")),
    }
}

/// Where an article belongs that is about no unit.
pub fn status(article: &Article, lang: Lang) -> &'static str {
    status_text(article, lang.into())
}

/// The name of a remainder row.
pub fn remainder(row: &RemainderRow, lang: Lang) -> String {
    let english = match Remainder::parse(&row.kind) {
        _ if lang == Lang::Vi => None,
        Some(Remainder::National) => Some("national"),
        Some(Remainder::Foreign) => Some("foreign"),
        Some(Remainder::UnknownPlace) => Some("place unknown"),
        Some(Remainder::NoPlaceBelow(_)) => Some("no district or ward named"),
        Some(Remainder::NoOfficial) => Some("no official named"),
        Some(Remainder::UnknownDate) => Some("date unknown"),
        Some(Remainder::SeveralYears) => Some("over several years"),
        Some(Remainder::OnlyKnown(path)) if path.segments().len() == 1 => Some("month unknown or several"),
        Some(Remainder::OnlyKnown(_)) => Some("day unknown or several"),
        Some(Remainder::NoSource) => Some("source unknown"),
        None => None,
    };
    english.map_or_else(|| row.label.clone(), str::to_owned)
}

/// The name of a row that stands in no bar; one that is known less exactly says of which year or month it is.
pub fn coarse(row: &RemainderRow, lang: Lang) -> String {
    match Remainder::parse(&row.kind) {
        Some(Remainder::OnlyKnown(path)) if lang == Lang::En => format!("{}: {}", path.segments().join("-"), remainder(row, lang)),
        _ => remainder(row, lang),
    }
}

/// The name of a facet.
pub fn facet(name: &str, lang: Lang) -> &'static str {
    match name {
        "province" => lang.say("Tỉnh, thành", "Province"),
        "official" => lang.say("Cán bộ", "Official"),
        "date" => lang.say("Thời gian", "Date"),
        "source" => lang.say("Nguồn", "Source"),
        _ => lang.say("Bộ sưu tập", "Collection"),
    }
}

/// How a value follows from the words it rests on.
pub fn class(class: EvidenceClass, lang: Lang) -> &'static str {
    match class {
        EvidenceClass::Stated => lang.say("nói rõ", "stated"),
        EvidenceClass::Derived => lang.say("tra bảng", "derived"),
        EvidenceClass::Inferred => lang.say("suy ra", "inferred"),
        EvidenceClass::Corrected => lang.say("người sửa", "corrected"),
    }
}

/// The name of a field of a request.
pub fn facet_or_field(name: &str, lang: Lang) -> &str {
    match name {
        "province" | "official" | "source" | "collection" => facet(name, lang),
        "date" | "year" => facet("date", lang),
        "role" => lang.say("Chức vụ", "Post"),
        "from" => lang.say("Từ", "From"),
        "to" => lang.say("Đến", "To"),
        "precise" => lang.say("Chỉ ngày chắc chắn", "Certain dates only"),
        "exact" => lang.say("Đúng từng chữ", "Letter for letter"),
        "match" => lang.say("Khớp", "Match"),
        "boundaries" => lang.say("Địa giới", "Borders"),
        "collapse" => lang.say("Đếm theo tin", "Count stories"),
        _ => name,
    }
}
