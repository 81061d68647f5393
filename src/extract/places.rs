//! The names of places in the texts of an article: found once, read by the finders of provinces and of officials.
//!
//! Input → output: title, header, text → every [`PlaceHit`] of each, in order. Does not know what a name does there.

use crate::article::CleanArticle;
use crate::authority::{PlaceHit, Units};

/// What each text of an article names.
pub(super) struct Places<'a> {
    /// In the title.
    pub title: Vec<PlaceHit<'a>>,
    /// In the header.
    pub header: Vec<PlaceHit<'a>>,
    /// In the body.
    pub body: Vec<PlaceHit<'a>>,
}

impl<'a> Places<'a> {
    /// Every name of a place in an article.
    pub fn of(article: &'a CleanArticle, units: &'a Units) -> Places<'a> {
        let named = |text: &'a str| units.places(text).collect();
        Places { title: named(&article.title), header: named(article.header.as_deref().unwrap_or("")), body: named(&article.body) }
    }
}
