//! The rules of provinces and their stable ids.

use crate::extract::rule::rules;

rules! {
    /// What made a unit one that the article is about, or mentions.
    Rule {
        /// Named in the title.
        Title = "province.title",
        /// Named in the crawler's header or at the head of the text: `Thanh Hóa:`.
        Dateline = "province.dateline",
        /// A body or post of it is named: `UBND tỉnh X`.
        BodyOfProvince = "province.body-of-province",
        /// Its end of a video conference is named: `điểm cầu X`.
        VideoLink = "province.video-link",
        /// Named in the opening of the text.
        Opening = "province.opening",
        /// Named again and again.
        Repeated = "province.repeated",
        /// Named at all.
        Named = "province.named",
        /// One of its districts is named.
        District = "province.district",
        /// One of its wards is named, in an article of the new map.
        Ward = "province.ward",
        /// The publisher's own province, and the text speaks of its own locality without naming it.
        Source = "province.source",
        /// Not of a unit but of its era: a body that was dissolved with the merger is named as in force.
        Era = "province.era",
    }
}

rules! {
    /// What made an article a story of no unit.
    StatusRule {
        /// Bodies and words of the whole country are named, and no unit weighs enough.
        National = "province.national",
        /// Other countries are named more than ours, and no unit weighs enough.
        Foreign = "province.foreign",
    }
}

rules! {
    /// What made a district or ward a place of the article.
    PlaceRule {
        /// A district of the old map that lies in a unit which the article is about.
        District = "place.district",
        /// A ward of the new map that lies in a unit which the article is about.
        Ward = "place.ward",
    }
}
