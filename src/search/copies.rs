//! An article → its near-duplicates: how much of the text each shares with the first of them, and what was cut or added.
//!
//! Input → output: [`Generation`], an id → [`Copies`]. Which articles are near-duplicates is the index's to know.

use super::error::SearchError;
use crate::article::{Article, ArticleId, Likeness, Story};
use crate::index::{Generation, Part};
use schemars::JsonSchema;
use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};
use std::time::{Duration, Instant};

/// Articles that tell one story in the same words.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Copies {
    /// What their group goes by, the id of the first of them; null for an article that stands alone.
    pub group: Option<ArticleId>,
    /// All of them, the earliest dated first.
    pub members: Vec<CopyOf>,
}

/// A member of a group.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CopyOf {
    /// How much of its text is that of the first, in shingles of five syllables.
    #[serde(flatten)]
    pub likeness: Likeness,
    /// What was done to the text of the first, in order; null where it was not asked for, and for the first itself.
    pub changes: Option<Vec<Change>>,
    /// The article, body and evidence null.
    #[serde(flatten)]
    pub article: Article,
}

/// A stretch of text. Those kept and cut make up the text of the first of a group, those kept and added that of the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// `title` or `body`.
    pub field: String,
    /// Whether it stands in both texts.
    pub kind: ChangeKind,
    /// As it stands there; what is kept, as it stands in the first: white space may differ.
    pub text: String,
}

/// What became of a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It stands in both.
    Kept,
    /// It stands in the first alone.
    Cut,
    /// It stands in the other alone.
    Added,
}

/// The near-duplicates of an article, itself among them; none if there is no such article.
///
/// # Errors
/// [`SearchError::Index`] for an index that cannot be read.
pub fn copies(generation: &Generation, id: ArticleId, with_changes: bool) -> Result<Option<Copies>, SearchError> {
    let alone = [id];
    let ids = generation.groups()?.of(id).unwrap_or(&alone);
    let Some(first) = generation.find(ids[0])? else { return Ok(None) };
    let first = first.article;
    let story = story(&first);
    let member = |(place, id): (usize, &ArticleId)| -> Result<Option<CopyOf>, SearchError> {
        let Some(stored) = generation.find(*id)? else { return Ok(None) };
        let article = stored.article;
        let changes = (with_changes && place > 0).then(|| changes(&first, &article));
        let likeness = story.likeness(&self::story(&article));
        Ok(Some(CopyOf { likeness, changes, article: Article { body: None, evidence: None, ..article } }))
    };
    let members = ids.iter().enumerate().filter_map(|member_of| member(member_of).transpose()).collect::<Result<_, _>>()?;
    Ok(Some(Copies { group: first.group, members }))
}

fn story(article: &Article) -> Story {
    Story::of(&article.title, body(article))
}

fn body(article: &Article) -> &str {
    article.body.as_deref().unwrap_or("")
}

/// What was done to one article's title and body to make another's.
pub(super) fn changes(one: &Article, other: &Article) -> Vec<Change> {
    let mut changes = Vec::new();
    for (part, one, other) in [(Part::Title, one.title.as_str(), other.title.as_str()), (Part::Body, body(one), body(other))] {
        let mut add = |kind, text: &str| match changes.last_mut() {
            _ if text.is_empty() => {}
            Some(Change { field, kind: last, text: before }) if field == part.name() && *last == kind => before.push_str(text),
            _ => changes.push(Change { field: part.name().to_owned(), kind, text: text.to_owned() }),
        };
        difference(one, other, &mut add);
    }
    changes
}

/// More words than this are not compared one by one: sentences are.
const MAX_WORDS: usize = 20_000;

/// After this time what is left is cut and added as a whole; only texts of megabytes that have little in common take so long.
const MAX_TIME: Duration = Duration::from_secs(2);

/// Hands over what two texts have in common and what not: by sentences, and between common sentences by words.
fn difference(one: &str, other: &str, add: &mut impl FnMut(ChangeKind, &str)) {
    let deadline = Instant::now() + MAX_TIME;
    let (sentences, other_sentences) = (Pieces::sentences(one), Pieces::sentences(other));
    for op in sentences.compare(&other_sentences, deadline) {
        let (old, new) = (sentences.text(op.old_range()), other_sentences.text(op.new_range()));
        if let DiffOp::Equal { .. } = op {
            add(ChangeKind::Kept, old);
            continue;
        }
        let (words, other_words) = (Pieces::words(old), Pieces::words(new));
        if words.bare.len() + other_words.bare.len() > MAX_WORDS {
            add(ChangeKind::Cut, old);
            add(ChangeKind::Added, new);
            continue;
        }
        for op in words.compare(&other_words, deadline) {
            let (old, new) = (words.text(op.old_range()), other_words.text(op.new_range()));
            if let DiffOp::Equal { .. } = op {
                add(ChangeKind::Kept, old);
            } else {
                add(ChangeKind::Cut, old);
                add(ChangeKind::Added, new);
            }
        }
    }
}

/// A text in pieces, compared without the white space around them.
struct Pieces<'a> {
    text: &'a str,
    bare: Vec<&'a str>,
    /// Where each begins, and where the last ends.
    starts: Vec<usize>,
}

impl<'a> Pieces<'a> {
    /// Sentences and lines.
    fn sentences(text: &'a str) -> Pieces<'a> {
        Pieces::of(text, text.split_inclusive('\n').flat_map(|line| line.split_inclusive(". ")))
    }

    /// Runs of letters and digits, and of other characters, each with the white space behind it.
    fn words(text: &'a str) -> Pieces<'a> {
        let mut previous = ' ';
        let begins = move |(at, letter): (usize, char)| {
            let is_border = previous.is_whitespace() || previous.is_alphanumeric() != letter.is_alphanumeric();
            previous = letter;
            (is_border && !letter.is_whitespace()).then_some(at)
        };
        let mut begin = 0;
        let ends = text.char_indices().filter_map(begins).filter(|&at| at > 0).chain((!text.is_empty()).then_some(text.len()));
        Pieces::of(text, ends.map(move |end| &text[std::mem::replace(&mut begin, end)..end]))
    }

    fn of(text: &'a str, pieces: impl Iterator<Item = &'a str>) -> Pieces<'a> {
        let (mut bare, mut starts, mut end) = (Vec::new(), vec![0], 0);
        for piece in pieces {
            end += piece.len();
            bare.push(piece.trim());
            starts.push(end);
        }
        Pieces { text, bare, starts }
    }

    fn compare(&self, other: &Pieces, deadline: Instant) -> Vec<DiffOp> {
        capture_diff_slices_deadline(Algorithm::Patience, &self.bare, &other.bare, Some(deadline))
    }

    fn text(&self, pieces: std::ops::Range<usize>) -> &'a str {
        &self.text[self.starts[pieces.start]..self.starts[pieces.end]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `kept [-cut-] {+added+}`
    fn told(one: &str, other: &str) -> String {
        let mut told = String::new();
        difference(one, other, &mut |kind, text| {
            told.push_str(&match kind {
                _ if text.is_empty() => String::new(),
                ChangeKind::Kept => text.to_owned(),
                ChangeKind::Cut => format!("[-{text}-]"),
                ChangeKind::Added => format!("{{+{text}+}}"),
            });
        });
        told
    }

    #[test]
    fn what_was_cut_and_added_is_told_by_words() {
        let cases = [
            ("Tỉnh họp. Dân vui.", "Tỉnh họp. Dân vui.", "Tỉnh họp. Dân vui."),
            ("Tỉnh họp. Dân rất vui.", "Tỉnh họp. Dân vui.", "Tỉnh họp. Dân [-rất -]vui."),
            ("Một.\nHai ba.\nBốn.", "Một.\nBốn.", "Một.\n[-Hai ba.\n-]Bốn."),
            ("", "Mới.", "{+Mới.+}"),
            ("Mai họp ở Cà Mau.", "Mai họp ở Bạc Liêu.", "Mai họp ở [-Cà Mau-]{+Bạc Liêu+}."),
            ("Cà Mau mở chợ", "Cà Mau: mở chợ nổi", "Cà Mau {+: +}mở chợ{+nổi+}"),
        ];
        for (one, other, expected) in cases {
            assert_eq!(told(one, other), expected);
        }
    }

    #[test]
    fn long_texts_that_differ_everywhere_take_bounded_time() {
        let text = |word: &str| (0..400_000).map(|at| format!("{word}{at} ")).collect::<String>();
        let began = Instant::now();
        let mut bytes = 0;
        difference(&text("a. "), &text("b. "), &mut |_, text| bytes += text.len());
        assert!(bytes > 0 && began.elapsed() < 4 * MAX_TIME, "{:?}", began.elapsed());
    }
}
