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

pub use abbreviations::{Abbreviation, AbbreviationError, Abbreviations};
pub use names::{Names, Namesake, Surname};
pub use posts::{Body, BodyKind, Field, Level, Needs, Particle, PostTitle, Posts, Standing, Term, UnitWord, Word};
pub use publishers::{Publisher, PublisherError, PublisherLevel, Publishers};
pub use units::{
    District, DistrictKind, LocalKind, LocalPlace, MERGER, Place, PlaceHit, PlaceName, PlaceWord, Resolution, ResolutionKind, Unit,
    UnitKind, Units, WardHit, WardKind, local_id, of_unknown_era,
};

use std::sync::Arc;

/// All tables of facts. Cheap to clone: the tables are shared.
#[derive(Clone, Debug)]
pub struct Authority {
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
        Authority {
            units: Arc::new(Units::bundled()),
            posts: Arc::new(Posts::bundled()),
            abbreviations: Arc::new(Abbreviations::bundled()),
            names: Arc::new(Names::bundled()),
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
