//! A sample of an article's shingles: enough to tell which articles may have the same text, without reading them.
//!
//! Which shingles are in the sample hangs on the shingles alone, so what two texts have in common is sampled from both or
//! from neither. Says "may": whether texts are alike is for [`super::Story`] to say.

/// One shingle in so many is sampled: 20 of an article of news, in 4 bytes each.
const ONE_IN: u32 = 24;

/// At least so many of a text are sampled, if it has them: a short text has to be found too.
const LEAST: usize = 12;

/// No more are sampled of any text: a document of 20 MB is found by as many as an article of ten pages.
const MOST: usize = 256;

/// Texts that are alike share at least this much of the shorter, by the rule of [`super::Story::resemblance`].
const SHARED: f64 = 8.0 / 9.0;

/// How far, in standard deviations, a sample may fall short of what is shared.
const DEVIATIONS: f64 = 3.0;

/// The sample, in rising order; empty for a text without shingles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature(Vec<u32>);

impl Signature {
    /// Samples a set of shingles ([`crate::text::shingles`]).
    pub fn of(shingles: &[u64]) -> Signature {
        // Sorted by the same bits, so the smallest come first.
        let mut hashes = shingles.iter().map(|shingle| (shingle >> 32) as u32);
        let mut sample: Vec<u32> = Vec::new();
        while sample.len() < MOST
            && let Some(hash) = hashes.next()
            && (hash < u32::MAX / ONE_IN || sample.len() < LEAST)
        {
            if sample.last() != Some(&hash) {
                sample.push(hash);
            }
        }
        Signature(sample)
    }

    /// The hashes that were sampled, in rising order.
    pub fn hashes(&self) -> &[u32] {
        &self.0
    }

    /// The inverse of [`Signature::hashes`].
    pub fn from_hashes(hashes: impl IntoIterator<Item = u32>) -> Signature {
        Signature(hashes.into_iter().collect())
    }

    /// Whether two texts may be alike, by their samples.
    pub fn may_resemble(one: &[u32], other: &[u32]) -> bool {
        let limit = reach(one).min(reach(other));
        let within = |sample: &[u32]| sample.partition_point(|hash| *hash <= limit);
        let (one, other) = (&one[..within(one)], &other[..within(other)]);
        let sampled = one.len().min(other.len()) as f64;
        let expected = sampled * SHARED - DEVIATIONS * (sampled * SHARED * (1.0 - SHARED)).sqrt();
        common(one, other) as f64 >= expected.max(1.0)
    }
}

/// Up to which hash a sample holds every shingle of its text.
fn reach(sample: &[u32]) -> u32 {
    match sample.len() {
        ..LEAST => u32::MAX,
        LEAST | MOST.. => sample[sample.len() - 1],
        _ => u32::MAX / ONE_IN,
    }
}

/// How many numbers two sets have in common, both in rising order.
pub(super) fn common<T: Ord>(one: &[T], other: &[T]) -> usize {
    let (mut at, mut shared) = (0, 0);
    for number in one {
        while at < other.len() && other[at] < *number {
            at += 1;
        }
        shared += usize::from(other.get(at) == Some(number));
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    fn shingles(dice: &mut Dice, count: usize) -> Vec<u64> {
        let mut shingles: Vec<u64> = (0..count).map(|_| (dice.roll(1 << 31) as u64) << 33 | dice.roll(1 << 31) as u64).collect();
        shingles.sort_unstable();
        shingles
    }

    #[test]
    fn a_sample_is_small_and_is_never_empty() {
        let mut dice = Dice(6);
        for (count, expected) in [(0, 0..1), (3, 3..4), (40, 12..13), (450, 12..40), (100_000, 256..257)] {
            let size = Signature::of(&shingles(&mut dice, count)).hashes().len();
            assert!(expected.contains(&size), "{size} of {count}");
        }
    }

    #[test]
    fn texts_that_share_what_copies_share_are_told_and_others_are_not() {
        let mut dice = Dice(7);
        for (length, more, shared, may) in [
            (450, 0, 0.9, true),
            (450, 2_000, 0.97, true),
            (60, 0, 0.9, true),
            (20_000, 0, 0.9, true),
            (450, 0, 0.3, false),
            (2_000, 500, 0.5, false),
        ] {
            let mut told = 0;
            for _ in 0..200 {
                let one = shingles(&mut dice, length);
                let mut other: Vec<u64> = one.iter().copied().filter(|_| dice.roll(1_000) < (shared * 1_000.0) as usize).collect();
                other.extend(shingles(&mut dice, more + length - other.len()));
                other.sort_unstable();
                told += usize::from(Signature::may_resemble(Signature::of(&one).hashes(), Signature::of(&other).hashes()));
            }
            assert!(if may { told >= 198 } else { told <= 6 }, "{told} of 200 for {length}, {more}, {shared}");
        }
    }
}
