//! The fields of a request, one table: what each is called and what may stand in it.
//!
//! Batch files, the API and its OpenAPI document are made of it; messages name what would be right.

use super::TypedError;
use crate::index::FacetField;
use crate::search::request::{Boundaries, Sort};
use crate::search::response::MatchMode;

/// A field of a [`TypedRequest`](super::TypedRequest): a column of a batch file, an option of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the field of that name")]
pub enum TypedField {
    Query,
    Province,
    Boundaries,
    Official,
    Role,
    Year,
    From,
    To,
    Precise,
    Source,
    Collection,
    Is,
    Not,
    Match,
    Exact,
    Sort,
    Limit,
    Offset,
    After,
    Facets,
    MaxValues,
    Inside,
    Collapse,
    AllCopies,
    Relax,
    Fresh,
    Context,
    Explain,
}

/// Every field by its name, with what may stand in it. `text` is what test sets call a query.
const FIELDS: [(&str, TypedField, &str); 29] = [
    ("query", TypedField::Query, "one text"),
    ("text", TypedField::Query, "one text"),
    ("province", TypedField::Province, "names"),
    ("boundaries", TypedField::Boundaries, "today or as-written"),
    ("official", TypedField::Official, "names"),
    ("role", TypedField::Role, "posts"),
    ("year", TypedField::Year, "years, months or days"),
    ("from", TypedField::From, DATES),
    ("to", TypedField::To, DATES),
    ("precise", TypedField::Precise, TRUE_OR_FALSE),
    ("source", TypedField::Source, "names"),
    ("collection", TypedField::Collection, "names"),
    ("is", TypedField::Is, SELECTABLE),
    ("not", TypedField::Not, SELECTABLE),
    ("match", TypedField::Match, "all or any"),
    ("exact", TypedField::Exact, TRUE_OR_FALSE),
    ("sort", TypedField::Sort, "relevance, newest or oldest"),
    ("limit", TypedField::Limit, "a number or all"),
    ("offset", TypedField::Offset, "a number"),
    ("after", TypedField::After, "the `next` of an answer to the same request, letter for letter"),
    ("facets", TypedField::Facets, "province, official, date, source or collection"),
    ("max_values", TypedField::MaxValues, "a number"),
    ("inside", TypedField::Inside, "one text"),
    ("collapse", TypedField::Collapse, TRUE_OR_FALSE),
    ("all_copies", TypedField::AllCopies, TRUE_OR_FALSE),
    ("relax", TypedField::Relax, TRUE_OR_FALSE),
    ("fresh", TypedField::Fresh, "a number of days, at least 1"),
    ("context", TypedField::Context, "a number of words, at most 100"),
    ("explain", TypedField::Explain, TRUE_OR_FALSE),
];

const TRUE_OR_FALSE: &str = "true or false";

const DATES: &str = "one day, month or year: 2024-05-13, 13/5/2024, 2024-05 or 2024";

const SELECTABLE: &str =
    "facets with paths or remainder rows as in answers: province:/ninh-binh, date:/2024/05, date:only:/2024, official:none";

/// What stands before a post in full words, where it is selected.
pub(in crate::search) const POST: &str = "post";

pub(super) const BOUNDARIES: [(&str, Boundaries); 3] =
    [("today", Boundaries::Today), ("as-written", Boundaries::AsWritten), ("as_written", Boundaries::AsWritten)];
pub(super) const MATCHES: [(&str, MatchMode); 2] = [("all", MatchMode::All), ("any", MatchMode::Any)];
pub(super) const SORTS: [(&str, Sort); 3] = {
    let [first, second, third] = Sort::ALL;
    [(first.name(), first), (second.name(), second), (third.name(), third)]
};
/// As JSON, spreadsheets and people write it.
pub(super) const TRUTHS: [(&str, bool); 6] = [("true", true), ("yes", true), ("1", true), ("false", false), ("no", false), ("0", false)];

impl TypedField {
    /// Whether it decides which articles are found, and not how they are shown or counted.
    pub fn selects(self) -> bool {
        use TypedField::{Boundaries, Collection, Exact, From, Is, Match, Not, Official, Precise, Province, Query, Role, Source, To, Year};
        let selecting = [Query, Province, Boundaries, Official, Role, Year, From, To, Precise, Source, Collection, Is, Not, Match, Exact];
        selecting.contains(&self)
    }

    /// The field of a name, in any case; `all-copies` is `all_copies`.
    ///
    /// # Errors
    /// If there is none.
    pub fn named(name: &str) -> Result<TypedField, TypedError> {
        look_up(FIELDS.iter().map(|&(known, field, _)| (known, field)), &name.replace('-', "_"))
            .ok_or_else(|| TypedError::UnknownField { name: name.to_owned() })
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.row().0
    }

    /// What may stand in it, in words.
    pub fn expected(self) -> &'static str {
        self.row().2
    }

    fn row(self) -> &'static (&'static str, TypedField, &'static str) {
        FIELDS.iter().find(|(_, field, _)| *field == self).expect("the table has a row for every field")
    }

    /// Whether it takes several values.
    pub fn is_list(self) -> bool {
        use TypedField::{Collection, Facets, Is, Not, Official, Province, Role, Source, Year};
        matches!(self, Province | Official | Role | Year | Source | Collection | Is | Not | Facets)
    }

    /// Every field once.
    pub fn all() -> impl Iterator<Item = TypedField> {
        (0..FIELDS.len()).filter(|&at| FIELDS[..at].iter().all(|(_, field, _)| *field != FIELDS[at].1)).map(|at| FIELDS[at].1)
    }

    /// The values that it takes, where these are a closed set.
    pub fn choices(self) -> Option<Vec<&'static str>> {
        fn names<T>(table: &[(&'static str, T)]) -> Option<Vec<&'static str>> {
            Some(table.iter().map(|(name, _)| *name).collect())
        }
        match self {
            TypedField::Boundaries => names(&BOUNDARIES),
            TypedField::Match => names(&MATCHES),
            TypedField::Sort => names(&SORTS),
            TypedField::Facets => Some(FacetField::ALL.map(FacetField::name).to_vec()),
            TypedField::Precise
            | TypedField::Exact
            | TypedField::Collapse
            | TypedField::AllCopies
            | TypedField::Relax
            | TypedField::Explain => names(&TRUTHS),
            _ => None,
        }
    }

    /// All names, for messages.
    pub fn names() -> String {
        FIELDS.map(|(name, ..)| name).join(", ")
    }
}

/// What stands in a table under a name, in any case.
pub(super) fn look_up<T>(table: impl IntoIterator<Item = (&'static str, T)>, typed: &str) -> Option<T> {
    let typed = typed.trim().to_lowercase();
    table.into_iter().find(|(name, _)| *name == typed).map(|(_, value)| value)
}
