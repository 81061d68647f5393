//! The rules by which a post is given to a person, and their stable ids.

/// How the words of a post and a name stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// "Phó Chủ tịch UBND tỉnh Trần Văn An"; with an address between, or several posts in one breath.
    PostName,
    /// "Chủ tịch UBND tỉnh, ông Trần Văn An": a comma or dash between.
    PostCommaName,
    /// "các Phó Chủ tịch: A, B, C": one post, several names.
    PostList,
    /// "ông Trần Văn An, Giám đốc Sở …": the post after the name, after a comma, a dash, in brackets.
    NamePost,
    /// "A, B, các Phó Chủ tịch …": several names, one post after them.
    ListPost,
    /// "bổ nhiệm ông A giữ chức Giám đốc Sở …", "ông A từng là …".
    NameLinkPost,
    /// "Chủ tịch xã là ông A".
    PostIsName,
}

impl Rule {
    /// The stable id.
    pub fn id(self) -> &'static str {
        match self {
            Rule::PostName => "official.post-name",
            Rule::PostCommaName => "official.post-comma-name",
            Rule::PostList => "official.post-list",
            Rule::NamePost => "official.name-post",
            Rule::ListPost => "official.list-post",
            Rule::NameLinkPost => "official.name-link-post",
            Rule::PostIsName => "official.post-is-name",
        }
    }
}
