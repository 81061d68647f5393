//! Facts in tables and the look-ups over them: units in their eras, posts and bodies, abbreviations, names.
//!
//! Input → output: a name, a word, a day → what the tables say of it. An [`Authority`] is a value
//! that is made once and handed on; there are no statics, so that a caller can bring tables of their own.
//! Decides nothing about an article: that is `extract`'s part.

mod abbreviations;
mod names;
mod posts;
mod publishers;
mod units;
mod words;

pub use abbreviations::{Abbreviation, AbbreviationError, Abbreviations};
pub use names::{Middle, Names, Namesake, Surname};
pub use posts::{Body, BodyKind, Field, Level, Needs, Particle, Phrase, PostTitle, Posts, Standing, Term, UnitWord};
pub use publishers::{Publisher, PublisherError, PublisherLevel, Publishers};
pub use units::{
    District, DistrictKind, LocalKind, LocalPlace, MERGER, Place, PlaceHit, PlaceName, PlaceWord, Resolution, ResolutionKind, Unit,
    UnitKind, Units, WardHit, WardKind, local_id, of_unknown_era,
};
pub use words::{Word, Words};

use std::sync::Arc;

/// All tables of facts. Cheap to clone: the tables are shared.
#[derive(Clone, Debug)]
pub struct Authority {
    /// The words of posts and names, by number.
    pub words: Arc<Words>,
    /// Provincial units in their eras, districts, regions.
    pub units: Arc<Units>,
    /// Words that posts and bodies are made of.
    pub posts: Arc<Posts>,
    /// Abbreviations of the administration.
    pub abbreviations: Arc<Abbreviations>,
    /// Surnames, and words that look like names.
    pub names: Arc<Names>,
    /// What a user knows of publishers; empty in the bundled tables.
    pub publishers: Arc<Publishers>,
}

impl Authority {
    /// The tables that are part of the program.
    pub fn bundled() -> Authority {
        let mut words = Words::default();
        let (posts, names) = (Posts::bundled(&mut words), Names::bundled(&mut words));
        Authority {
            words: Arc::new(words),
            units: Arc::new(Units::bundled()),
            posts: Arc::new(posts),
            abbreviations: Arc::new(Abbreviations::bundled()),
            names: Arc::new(names),
            publishers: Arc::default(),
        }
    }

    /// The same tables, with publishers of the user's.
    pub fn with_publishers(&self, publishers: Publishers) -> Authority {
        Authority { publishers: Arc::new(publishers), ..self.clone() }
    }

    /// Name and text of every bundled table: what the manifest of an index hashes.
    pub fn tables() -> Vec<(&'static str, &'static str)> {
        [Units::TABLES, Posts::TABLES, Abbreviations::TABLES, Names::TABLES].concat()
    }
}
