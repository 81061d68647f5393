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
        /// The publisher's own province, and the text speaks of its own locality without naming it.
        Source = "province.source",
    }
}
