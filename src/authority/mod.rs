//! Facts in tables and the look-ups over them: units in their eras, posts and bodies, abbreviations, names.
//!
//! Input → output: a name, a word, a day → what the tables say of it. An [`Authority`] is a value
//! that is made once and handed on; there are no statics, so that a caller can bring tables of their own.
//! Decides nothing about an article: that is `extract`'s part.

mod abbreviations;
mod names;
mod posts;
mod units;
mod words;

pub use abbreviations::{Abbreviation, AbbreviationError, Abbreviations};
pub use names::{Middle, Names, Namesake, Surname};
pub use posts::{Body, BodyKind, Field, Level, Needs, Particle, Phrase, PostTitle, Posts, Standing, Term, UnitWord};
pub use units::{
    District, DistrictKind, Place, PlaceHit, PlaceName, PlaceWord, Resolution, ResolutionKind, Unit, UnitKind, Units, of_unknown_era,
};
pub use words::{Word, Words};

/// All tables of facts.
#[derive(Debug)]
pub struct Authority {
    /// The words of posts and names, by number.
    pub words: Words,
    /// Provincial units in their eras, districts, regions.
    pub units: Units,
    /// Words that posts and bodies are made of.
    pub posts: Posts,
    /// Abbreviations of the administration.
    pub abbreviations: Abbreviations,
    /// Surnames, and words that look like names.
    pub names: Names,
}

impl Authority {
    /// The tables that are part of the program.
    pub fn bundled() -> Authority {
        let mut words = Words::default();
        let (posts, names) = (Posts::bundled(&mut words), Names::bundled(&mut words));
        Authority { words, units: Units::bundled(), posts, abbreviations: Abbreviations::bundled(), names }
    }

    /// Name and text of every bundled table: what the manifest of an index hashes.
    pub fn tables() -> Vec<(&'static str, &'static str)> {
        [Units::TABLES, Posts::TABLES, Abbreviations::TABLES, Names::TABLES].concat()
    }
}
