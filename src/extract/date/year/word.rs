//! Words that are no dates and tell a year: the lunar year of a Tết, the number of the document that a day's sentence issues.
//!
//! Input → output: the article and a day without its year → a year with the words that tell it. Weighs nothing: it is
//! asked where the dates of the article conclude no year.

use super::super::choose::Field;
use super::super::stamp::{DayMonth, YEARS};
use super::EARLIEST_PAGE;
use crate::article::CleanArticle;
use crate::text::{canonical, canonical_phrase, contains_any};

/// A year, and the words that tell it.
pub(super) type Told = (i16, (Field, (usize, usize)));

/// The ten stems and twelve branches, whose pairs name the years of a cycle of sixty, in canonical spelling.
const STEMS: [&str; 10] = ["giáp", "ất", "bính", "đinh", "mậu", "kỉ", "canh", "tân", "nhâm", "quí"];
const BRANCHES: [&str; 12] = ["tí", "sửu", "dần", "mão", "thìn", "tị", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi"];

/// A year of the stem Giáp and the branch Tý.
const FIRST_OF_CYCLE: i16 = 1984;

/// The offensive of Tết Mậu Thân is spoken of every year.
const OF_HISTORY: i16 = 1968;

/// Words before the name of a lunar year that make it the one that begins: not "cuối năm Bính Thân".
const FEASTS: [&str; 5] = ["Tết ", "tết ", "Xuân ", "xuân ", "năm mới "];

/// Words between the feast and the year: "Tết Nguyên đán Kỷ Hợi", "Xuân mới Kỷ Hợi".
const BETWEEN: [&str; 6] = ["nguyên", "đán", "cổ", "truyền", "mới", "năm"];

/// Words that are read behind a feast.
const MAX_WORDS: usize = 6;

/// "Xuân Đinh Dậu" beside a day of the first months is of 2017, beside one of December of 2016.
pub(super) fn lunar_new_year(article: &CleanArticle, day: DayMonth) -> Option<Told> {
    let back = match day.month {
        1..=3 => 0,
        11.. => 1,
        _ => return None,
    };
    [Field::Title, Field::Body].into_iter().find_map(|field| {
        let text = field.text(article);
        let named = FEASTS.iter().flat_map(|feast| text.match_indices(feast)).filter_map(|(at, feast)| lunar_year(text, at + feast.len()));
        let (year, span) = named.min_by_key(|(_, span)| span.0)?;
        Some((year - back, (field, span)))
    })
}

/// The lunar year named a few words behind a feast, and its span.
fn lunar_year(text: &str, from: usize) -> Option<(i16, (usize, usize))> {
    let mut stem: Option<(usize, usize)> = None;
    let mut at = from;
    for word in text[from..].split(' ').take(MAX_WORDS) {
        let bare = word.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        let term = canonical(bare);
        let of = |names: &[&str]| names.iter().position(|name| *name == term).filter(|_| bare.starts_with(char::is_uppercase));
        match (stem, of(&STEMS)) {
            (Some((start, stem)), _) => {
                let year = year_of(stem, of(&BRANCHES)?)?;
                return Some((year, (start, at + bare.len())));
            }
            (None, Some(found)) if bare == word => stem = Some((at, found)),
            (None, None) if BETWEEN.contains(&term.as_str()) => {}
            _ => return None,
        }
        at += word.len() + 1;
    }
    None
}

/// The year of that name in the sixty since the press went online.
fn year_of(stem: usize, branch: usize) -> Option<i16> {
    let named = |year: &i16| {
        let since = usize::try_from(year - (FIRST_OF_CYCLE - 60)).unwrap_or(0);
        since % STEMS.len() == stem && since % BRANCHES.len() == branch
    };
    (EARLIEST_PAGE..EARLIEST_PAGE + 60).find(named).filter(|year| year - OF_HISTORY != 60)
}

/// Bytes behind a day in which its sentence may issue a document.
const SENTENCE_BYTES: usize = 300;

/// "Ngày 20/6, UBND tỉnh ban hành Quyết định số 12/2019/QĐ-UBND": a document bears the year in which it is issued.
pub(super) fn own_document(article: &CleanArticle, (field, (_, end)): (Field, (usize, usize))) -> Option<Told> {
    let text = field.text(article);
    let mut limit = (end + SENTENCE_BYTES).min(text.len());
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let rest = &text[end..limit];
    let sentence = &rest[..rest.find(". ").or_else(|| rest.find('\n')).unwrap_or(rest.len())];
    let (at, year) = numbered_year(sentence)?;
    let before = canonical_phrase(&sentence[..at]);
    let issued = contains_any(&before, &["ban hành", "kí", "ra"]);
    let cited = contains_any(&before, &["theo", "căn cứ", "thực hiện", "sửa đổi", "thay thế"]);
    (issued && !cited).then_some((year, (field, (end + at, end + at + 4))))
}

/// The first `/2019/` of a document's number: where its year stands, and the year.
fn numbered_year(sentence: &str) -> Option<(usize, i16)> {
    sentence.match_indices('/').find_map(|(slash, _)| {
        let year: i16 = sentence.get(slash + 1..slash + 5)?.parse().ok().filter(|year| YEARS.contains(year))?;
        let numbered = sentence[..slash].ends_with(|letter: char| letter.is_ascii_digit());
        let coded = sentence[slash + 5..].strip_prefix('/')?.starts_with(char::is_uppercase);
        (numbered && coded).then_some((slash + 1, year))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(body: &str) -> CleanArticle {
        CleanArticle { body: body.to_owned(), ..CleanArticle::default() }
    }

    #[test]
    fn a_feast_tells_the_lunar_year_that_begins() {
        for (body, month, expected) in [
            ("Xã khai hội Xuân Đinh Dậu.", 2, Some((2017, "Đinh Dậu"))),
            ("Vui Tết Nguyên đán Kỷ Hợi, xã", 1, Some((2019, "Kỷ Hợi"))),
            ("Quà Tết cổ truyền Giáp Thìn.", 12, Some((2023, "Giáp Thìn"))),
            ("Mừng năm mới Ất Tỵ!", 1, Some((2025, "Ất Tỵ"))),
            ("Xuân Đinh Dậu", 6, None),
            ("cuối năm Bính Thân", 1, None),
            ("Tết Mậu Thân", 2, None),
            ("Ông Xuân Đinh Văn Dậu", 2, None),
            ("Xuân Kỷ niệm, Tết Đinh", 2, None),
        ] {
            let day = DayMonth { day: 6, month, year: None };
            let article = article(body);
            let told = lunar_new_year(&article, day).map(|(year, (_, (start, end)))| (year, &article.body[start..end]));
            assert_eq!(told, expected, "{body}");
        }
    }

    #[test]
    fn a_document_tells_the_year_of_the_day_it_was_issued() {
        for (body, expected) in [
            ("20/6, UBND tỉnh ban hành Quyết định số 12/2019/QĐ-UBND về chợ.", Some(2019)),
            ("20/6, Bộ ký Thông tư 3/2018/TT-BYT.", Some(2018)),
            ("20/6, xã họp theo Quyết định số 12/2019/QĐ-UBND đã ban hành.", None),
            ("20/6, xã ban hành quy chế. Nghị định 19/2019/NĐ-CP nêu", None),
            ("20/6, xã ban hành Quyết định số 12/QĐ-UBND.", None),
        ] {
            assert_eq!(own_document(&article(body), (Field::Body, (0, 4))).map(|(year, _)| year), expected, "{body}");
        }
    }
}
