//! The rows of the tables of posts, bodies, fields and particles, as values.

/// Standing that a post gives within its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Leads it.
    Head,
    /// Second to the head.
    Deputy,
    /// Belongs to it.
    Member,
}

/// What must follow the words of a post to make it one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// It is complete: Thủ tướng.
    Nothing,
    /// A ministry, or the field of one; where none is said, it is the one in context.
    Ministry,
    /// A public body: Giám đốc Sở …
    Body,
    /// A body, or an administrative unit by itself: Chủ tịch xã …
    Unit,
    /// More words of the body that the post names itself: Cục trưởng Cục …
    Own,
    /// A name at once, in a text on an assembly: "đại biểu Trần Văn Lộc".
    Assembly,
    /// Nothing, but it is only held abroad: Tổng thống.
    Foreign,
    /// It is no public post: Hiệu trưởng.
    Never,
}

/// A row of the table of posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostTitle {
    /// In full words and usual capitals: `Chủ tịch`.
    pub title: String,
    /// What the post is within its body, before any "Phó".
    pub standing: Standing,
    /// What must follow.
    pub needs: Needs,
    /// The body of a complete post; the first word of the body of an own one.
    pub body: Option<String>,
    /// What the facet shows for a complete central post.
    pub scope: Option<String>,
}

/// Whether the heads of a body are officials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// A body of the State, the Front or a mass organisation.
    Public,
    /// A public body, mostly of the Party or the Youth Union, whose unit follows without a word for it: Tỉnh ủy Ninh Bình.
    Party,
    /// A company, school, club …
    Private,
    /// A body of another country.
    Foreign,
}

/// Level of administration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Village, hamlet, street quarter: no unit of administration.
    Hamlet,
    /// Xã, phường, thị trấn, đặc khu.
    Commune,
    /// Huyện, quận, thị xã.
    District,
    /// Thành phố: of the central level, or within a province.
    City,
    /// Tỉnh.
    Province,
    /// The whole country.
    Central,
    /// A unit of another country.
    Abroad,
}

/// A row of the table of bodies: how the name of a body begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// As in the table, in usual capitals: `Hội Phụ nữ`.
    pub name: String,
    /// In full words: `Hội Liên hiệp Phụ nữ`.
    pub full: String,
    /// Whether its heads are officials.
    pub kind: BodyKind,
    /// The level that the word tells; `None` where the unit named after it decides, or nothing.
    pub level: Option<Level>,
    /// Whether it belongs to the unit named after it.
    pub local: bool,
    /// Whether words of its field may follow.
    pub open: bool,
}

/// A field of government.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// In full words: `Thông tin và Truyền thông`.
    pub name: String,
    /// Whether a ministry has, or had, this name.
    pub ministry: bool,
}

/// A word for a unit of administration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitWord {
    /// In full: `thành phố`.
    pub name: String,
    /// Level of the units it is said of.
    pub level: Level,
}

/// What a small word does beside a post or a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Particle {
    /// phó
    Deputy,
    /// nguyên, cựu
    Former,
    /// quyền, phụ trách
    Acting,
    /// tân, đương kim
    New,
    /// các, hai: several holders follow.
    Plural,
    /// đồng chí, ông, Thiếu tướng: may stand between post and name.
    Honorific,
    /// thường trực, thứ nhất: part of a post after its head.
    Manner,
    /// kiêm, đồng thời là: joins a further post.
    Also,
    /// là, giữ chức: joins a name to a post.
    Link,
    /// từng là, thôi giữ chức: joins a name to a post that was held.
    Past,
    /// khi còn là: the same, and the name may stand behind the post.
    While,
    /// đối với: the name behind it is given, or loses, the post before it.
    Toward,
    /// giới thiệu: joins a name to a post that is not held yet.
    Coming,
    /// cho biết, đã: no body's name holds it.
    Stop,
    /// vợ, con trai: the name after the post is a relative's.
    Kin,
    /// đường, trường: the name after it is a thing's.
    Thing,
    /// của, về, và: stands between words of a body.
    Joint,
    /// Trung ương, quốc gia: says of a body that it is central.
    Central,
    /// Việt Nam.
    Vietnam,
}

/// What a phrase is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Term<'a> {
    /// The words of a post.
    Post(&'a PostTitle),
    /// The first words of a body.
    Body(&'a Body),
    /// A field of government.
    Field(&'a Field),
    /// A word for a unit of administration.
    Unit(&'a UnitWord),
    /// Another country, or an international body.
    Country,
    /// A small word.
    Particle(Particle),
    /// An abbreviation that is none of these, with its long form.
    Short(&'a str),
}
