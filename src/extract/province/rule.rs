//! The rules of provinces and their stable ids.

/// What made a unit one that the article is about, or mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rule {
    /// Named in the title.
    Title,
    /// Named in the crawler's header or at the head of the text: `Thanh Hóa:`.
    Dateline,
    /// A body or post of it is named: `UBND tỉnh X`.
    BodyOfProvince,
    /// Its end of a video conference is named: `điểm cầu X`.
    VideoLink,
    /// Named in the opening of the text.
    Opening,
    /// Named again and again.
    Repeated,
    /// Named at all.
    Named,
    /// One of its districts is named.
    District,
    /// One of its wards is named, in an article of the new map.
    Ward,
    /// The publisher's own province, and the text speaks of its own locality without naming it.
    Source,
    /// Not of a unit but of its era: a body that was dissolved with the merger is named as in force.
    Era,
}

impl Rule {
    /// The stable id.
    pub fn id(self) -> &'static str {
        match self {
            Rule::Title => "province.title",
            Rule::Dateline => "province.dateline",
            Rule::BodyOfProvince => "province.body-of-province",
            Rule::VideoLink => "province.video-link",
            Rule::Opening => "province.opening",
            Rule::Repeated => "province.repeated",
            Rule::Named => "province.named",
            Rule::District => "province.district",
            Rule::Ward => "province.ward",
            Rule::Source => "province.source",
            Rule::Era => "province.era",
        }
    }
}

/// What made a district or ward a place of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlaceRule {
    /// A district of the old map that lies in a unit which the article is about.
    District,
    /// A ward of the new map that does.
    Ward,
}

impl PlaceRule {
    /// The stable id.
    pub fn id(self) -> &'static str {
        match self {
            PlaceRule::District => "place.district",
            PlaceRule::Ward => "place.ward",
        }
    }
}
