//! How near the syllables of a query stand in a body: the most telling window of so many syllables.
//!
//! Input → output: where each syllable stands in each document → what the syllables in the best window weigh. Positions are dear to
//! read, so only the first documents by everything else are asked for.

use super::Found;
use super::weights::WINDOW;
use tantivy::postings::Postings;
use tantivy::{DocId, DocSet};

/// The first syllables by weight are looked at, so many.
const MAX_SYLLABLES: usize = 32;

/// Weights are added up in whole multiples of one by this.
const GRAIN: f32 = 4_096.0;

/// A syllable, in all its spellings.
pub(super) struct Syllable<'a> {
    pub alternatives: &'a [Found],
    /// What it adds to a window.
    pub weight: f32,
}

/// Where a syllable stands: position and number of the syllable.
type Place = (u32, usize);

/// What the best window of each document weighs; the documents are of one segment, and in order.
///
/// # Errors
/// tantivy's, if the index cannot be read.
pub(super) fn of(mut syllables: Vec<Syllable>, segment: usize, documents: &[DocId]) -> tantivy::Result<Vec<f32>> {
    syllables.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    syllables.truncate(MAX_SYLLABLES);
    let mut places: Vec<Vec<Place>> = vec![Vec::new(); documents.len()];
    for (number, syllable) in syllables.iter().enumerate() {
        // What is written over several places has none of its own.
        for spellings in syllable.alternatives.iter().filter(|chain| chain.len() == 1).flatten() {
            for list in spellings.lists(segment) {
                let Some(mut postings) = list.positions()? else { continue };
                let mut positions = Vec::new();
                for (&doc, places) in documents.iter().zip(&mut places) {
                    if postings.doc() <= doc && postings.seek(doc) == doc {
                        postings.positions(&mut positions);
                        places.extend(positions.iter().map(|&position| (position, number)));
                    }
                }
            }
        }
    }
    let weights: Vec<f32> = syllables.iter().map(|syllable| syllable.weight).collect();
    Ok(places.iter_mut().map(|places| best_window(places, &weights)).collect())
}

/// What the different syllables of the best window weigh; nothing if a window never holds two.
fn best_window(places: &mut [Place], weights: &[f32]) -> f32 {
    // In whole numbers, which come out the same whatever was in the window before.
    let weights: Vec<u64> = weights.iter().map(|weight| (weight * GRAIN) as u64).collect();
    places.sort_unstable();
    let mut counts = vec![0_u32; weights.len()];
    let (mut first, mut different, mut weight, mut best) = (0, 0, 0, 0);
    for &(position, number) in places.iter() {
        while places[first].0 + WINDOW <= position {
            let left = places[first].1;
            counts[left] -= 1;
            if counts[left] == 0 {
                different -= 1;
                weight -= weights[left];
            }
            first += 1;
        }
        counts[number] += 1;
        if counts[number] == 1 {
            different += 1;
            weight += weights[number];
        }
        if different > 1 {
            best = best.max(weight);
        }
    }
    best as f32 / GRAIN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_weighs_what_its_different_syllables_do() {
        let cases: [(&str, &[Place], f32); 7] = [
            ("nothing", &[], 0.0),
            ("one alone is near nothing", &[(4, 0), (5, 0), (400, 1)], 0.0),
            ("two beside each other", &[(4, 0), (5, 1)], 3.0),
            ("the first and the last syllable of a window", &[(4, 0), (3 + WINDOW, 1)], 3.0),
            ("one syllable further", &[(4, 0), (4 + WINDOW, 1)], 0.0),
            ("the weightier of two windows", &[(4, 0), (5, 1), (100, 2), (110, 0)], 5.0),
            ("in any order of the lists", &[(100, 2), (4, 0), (110, 1), (111, 0), (112, 0)], 7.0),
        ];
        for (name, places, expected) in cases {
            assert_eq!(best_window(&mut places.to_vec(), &[1.0, 2.0, 4.0]), expected, "{name}");
        }
    }
}
