//! The rules by which a post is given to a person, and their stable ids.

use crate::extract::rule::rules;

rules! {
    /// How the words of a post and a name stand to each other.
    Rule {
        /// "Phó Chủ tịch UBND tỉnh Trần Văn An"; with an address between, or several posts in one breath.
        PostName = "official.post-name",
        /// "Chủ tịch UBND tỉnh, ông Trần Văn An": a comma or dash between.
        PostCommaName = "official.post-comma-name",
        /// "các Phó Chủ tịch: A, B, C": one post, several names.
        PostList = "official.post-list",
        /// "ông Trần Văn An, Giám đốc Sở …": the post after the name, after a comma, a dash, in brackets.
        NamePost = "official.name-post",
        /// "A, B, các Phó Chủ tịch …": several names, one post after them.
        ListPost = "official.list-post",
        /// "bổ nhiệm ông A giữ chức Giám đốc Sở …", "ông A từng là …".
        NameLinkPost = "official.name-link-post",
        /// "Chủ tịch xã là ông A".
        PostIsName = "official.post-is-name",
    }
}
