//! What two articles have in common, counted in shingles, and whether one is a copy of the other.
//!
//! Input → output: title and body → [`Story`]; two of them → [`Likeness`], [`Resemblance`]. Dates are not its business.

use super::signature::common;
use crate::text::shingles;
use schemars::JsonSchema;

/// Copies have so much of what either has in common (Jaccard).
const COPY: f64 = 0.8;

/// Of a text that was cut out of another one, so much stands in it (containment of the shorter).
const PART: f64 = 0.95;

/// A shorter text is no part of anything: its words stand together by chance, or in a form that everybody fills in.
const LEAST_PART: usize = 20;

/// Of a body with fewer shingles the title is a part: "see the attached file" stands below many.
const LEAST_BODY: usize = 20;

/// Of what stands outside of lists, so much has to be common too.
const SHARED_PROSE: f64 = 0.75;

/// With less prose than this, nothing can be said of it.
const LEAST_PROSE: usize = 10;

/// So many lines in a row, each like a headline, are a list.
const LEAST_LIST: usize = 3;

/// Longest headline, in characters.
const MAX_HEADLINE_CHARS: usize = 220;

/// How much two texts have in common, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, JsonSchema)]
pub struct Likeness {
    /// Shingles in both, of those in either.
    pub jaccard: f64,
    /// Shingles in both, of those of the shorter text.
    pub containment: f64,
}

/// Why two texts are the same story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resemblance {
    /// Small edits apart.
    Copy,
    /// The shorter was cut out of the longer, or the longer has more added.
    Part,
}

/// The shingles of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Story {
    all: Vec<u64>,
    /// Those outside of lists of headlines; none where that is all of them.
    prose: Option<Vec<u64>>,
}

impl Story {
    /// Takes an article's text.
    pub fn of(title: &str, body: &str) -> Story {
        Story { all: Story::shingles_of(title, body), prose: shingles_without_lists(body) }
    }

    /// The shingles of an article: those of its body; with its title, where the body says little.
    pub fn shingles_of(title: &str, body: &str) -> Vec<u64> {
        let of_body = shingles(body);
        if of_body.len() >= LEAST_BODY { of_body } else { shingles(&format!("{title}\n{body}")) }
    }

    /// How much two articles have in common; nothing where one has no shingle.
    pub fn likeness(&self, other: &Story) -> Likeness {
        let shared = common(&self.all, &other.all) as f64;
        let (one, other) = (self.all.len() as f64, other.all.len() as f64);
        let of = |whole: f64| if whole > 0.0 { shared / whole } else { 0.0 };
        Likeness { jaccard: of(one + other - shared), containment: of(one.min(other)) }
    }

    /// Whether two articles tell the same story in the same words, lists of other stories left out of account; none where they do not.
    ///
    /// Pages that end in the same links are not alike for that, and an article that is mainly a list has nothing cut out of it and is
    /// cut out of nothing: else it would tie together all that it names.
    pub fn resemblance(&self, other: &Story) -> Option<Resemblance> {
        let (shorter, longer) = if self.all.len() <= other.all.len() { (self, other) } else { (other, self) };
        let Likeness { jaccard, containment } = shorter.likeness(longer);
        if jaccard >= COPY {
            return (shorter.shares_its_prose_with(longer) && longer.shares_its_prose_with(shorter)).then_some(Resemblance::Copy);
        }
        let is_part = containment >= PART
            && shorter.all.len() >= LEAST_PART
            && !shorter.is_mainly_a_list()
            && !longer.is_mainly_a_list()
            && shorter.shares_its_prose_with(longer);
        is_part.then_some(Resemblance::Part)
    }

    fn prose(&self) -> &[u64] {
        self.prose.as_deref().unwrap_or(&self.all)
    }

    fn is_mainly_a_list(&self) -> bool {
        self.prose().len() * 2 < self.all.len()
    }

    fn shares_its_prose_with(&self, other: &Story) -> bool {
        let prose = self.prose();
        prose.len() < LEAST_PROSE || common(prose, &other.all) as f64 >= SHARED_PROSE * prose.len() as f64
    }

    /// Number of its shingles.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether it has none: too few syllables to be compared.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// The shingles of a body without its lists of headlines; none where it has no list.
///
/// Each stands in the body too: what a list keeps apart is not read together.
fn shingles_without_lists(body: &str) -> Option<Vec<u64>> {
    let lines: Vec<&str> = body.lines().collect();
    let runs: Vec<&[&str]> = lines.chunk_by(|one, other| is_headline(one) == is_headline(other)).collect();
    let is_list = |run: &[&str]| run.len() >= LEAST_LIST && is_headline(run[0]);
    if !runs.iter().any(|run| is_list(run)) {
        return None;
    }
    let pieces = runs.split(|run| is_list(run)).map(|piece| piece.concat().join("\n"));
    let mut prose: Vec<u64> = pieces.flat_map(|piece| shingles(&piece)).collect();
    prose.sort_unstable();
    prose.dedup();
    Some(prose)
}

/// Short, and no sentence.
fn is_headline(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '”', '’', ' ', ')']);
    let is_sentence = bare.ends_with(['.', ';', ':', ',', '!']) && !bare.ends_with("...");
    !is_sentence && line.len() <= MAX_HEADLINE_CHARS * 3 && line.chars().count() <= MAX_HEADLINE_CHARS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    /// A made-up text: a paragraph for each number.
    fn text(paragraphs: std::ops::Range<usize>) -> String {
        let words =
            ["rừng", "biển", "lúa", "đường", "trường", "chợ", "cầu", "sông", "núi", "làng", "đê", "ruộng", "thuyền", "vườn", "giếng"];
        let paragraph = |number: usize| {
            let mut dice = Dice(number as u64);
            let drawn: Vec<&str> = (0..80).map(|_| dice.pick(&words)).collect();
            format!("Đoạn {number} kể chuyện {}.", drawn.join(" "))
        };
        paragraphs.map(paragraph).collect::<Vec<_>>().join("\n")
    }

    const LINKS: &str = "Ninh Bình mở hội làng nghề thêu ren ở Văn Lâm đầu xuân\nHà Nam khởi công trường mầm non xã Mộc Bắc sau hai năm chờ vốn\n\
                         Lào Cai đưa nước sạch lên bản Phìn Ngan và sáu bản vùng cao khác\nTây Ninh chọn mười hộ trồng na làm mẫu cho cả huyện\n\
                         Sơn La nối lại cầu treo bản Lầu trước mùa mưa bão năm nay";

    #[test]
    fn copies_and_parts_are_told_from_what_only_has_lists_in_common() {
        use Resemblance::{Copy, Part};
        let links = LINKS.to_owned();
        let many_links = (0..6)
            .map(|n| LINKS.replace("mười", &format!("{n} và {n}")).replace("năm nay", &format!("năm {n}")))
            .collect::<Vec<_>>()
            .join("\n");
        let cases = [
            ("the same", text(0..4), text(0..4), Some(Copy)),
            ("typed without diacritics", text(0..4), crate::text::fold(&text(0..4)), Some(Copy)),
            ("a paragraph of eight cut", text(0..8), text(0..7), Some(Copy)),
            ("half of it", text(0..8), text(2..6), Some(Part)),
            ("another portal's frame", text(0..3), format!("{}\n{}", text(20..22), text(0..3)), Some(Part)),
            ("another story", text(0..4), text(10..14), None),
            ("half in common", text(0..8), text(4..12), None),
            ("the same links below other stories", format!("{}\n{many_links}", text(0..1)), format!("{}\n{many_links}", text(1..2)), None),
            ("nothing but links that stand below a story", links.clone(), format!("{}\n{links}", text(0..2)), None),
            ("the same list of links", many_links.clone(), many_links.clone(), Some(Copy)),
            (
                "copies with links of their own",
                format!("{}\n{links}", text(0..8)),
                format!("{}\n{}", text(0..8), "Một bài khác nữa\n".repeat(3)),
                Some(Copy),
            ),
            (
                "a sentence that stands in a story",
                "Đoạn 1 kể chuyện biển lúa".to_owned(),
                format!("Đoạn 1 kể chuyện biển lúa.\n{}", text(0..4)),
                None,
            ),
        ];
        for (name, one, other, expected) in cases {
            let (one, other) = (Story::of("", &one), Story::of("", &other));
            assert_eq!(one.resemblance(&other), expected, "{name}: {:?}", one.likeness(&other));
            assert_eq!(other.resemblance(&one), expected, "{name}, the other way round");
        }
    }

    #[test]
    fn sentences_between_lists_are_a_copy_of_themselves() {
        let sections = (0..30).map(|number| format!("Mục {number} hôm nay.\nTin {number} một\nTin {number} hai\nTin {number} ba\n"));
        let story = Story::of("Bản tin", &sections.collect::<String>());
        assert_eq!(story.resemblance(&story), Some(Resemblance::Copy), "{story:?}");
    }

    #[test]
    fn what_says_little_is_told_apart_by_its_title() {
        let body = "Xem chi tiết trong tệp đính kèm.";
        let of = |title: &str| Story::of(title, body);
        assert_eq!(of("Thông báo tuyển dụng viên chức huyện Kim Sơn").resemblance(&of("Kế hoạch tiêm phòng dại cho chó mèo quý II")), None);
        assert_eq!(
            of("Tuyển dụng viên chức huyện Kim Sơn").resemblance(&of("Tuyển dụng viên chức huyện Kim Sơn")),
            Some(Resemblance::Copy)
        );
        assert_eq!(Story::of("Tin", "").resemblance(&Story::of("Tin", "")), None, "too short to tell");
    }
}
