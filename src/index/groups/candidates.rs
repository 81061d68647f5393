//! Samples → pairs of articles that may be alike, in nearly linear time.
//!
//! Each hash of the samples lists the articles that hold it. In a short list every two are compared; a long one, of words that
//! stand in thousands of articles, is cut by the hash that follows in each sample, again and again: copies share what follows,
//! wherever the lists are cut, and have as many lists in which to meet as their samples have hashes.

use super::nodes::{Node, Nodes};
use rayon::prelude::*;

/// In a list of so many, every two articles are compared.
const FEW: usize = 32;

/// So many hashes that follow each other are looked at.
const DEEPEST: usize = 5;

/// In what is still long then, each article is compared with so many that stand next to it.
const NEIGHBOURS: usize = 8;

/// So many hashes are sorted at once: 16 MB.
const BATCH: usize = 2 << 20;

/// Calls `each` with pairs that may be alike, the smaller number first; with some of them several times.
///
/// # Errors
/// Whatever `each` returns.
pub fn each_pair<E>(nodes: &Nodes, mut each: impl FnMut(Node, Node) -> Result<(), E>) -> Result<(), E> {
    let batches = (nodes.sampled() / BATCH + 1) as u32;
    for batch in 0..batches {
        let of_node = |node: Node| nodes.sample(node).iter().filter(move |&hash| hash % batches == batch).map(move |hash| (*hash, node));
        let mut entries: Vec<(u32, Node)> = (0..nodes.spans.len() as Node).flat_map(of_node).collect();
        entries.par_sort_unstable();
        for list in entries.chunk_by(|one, other| one.0 == other.0).filter(|list| list.len() > 1) {
            let hash = list[0].0;
            let pairs = Pairs { nodes, hash };
            pairs.of(&mut list.iter().map(|&(_, node)| (0, node)).collect::<Vec<_>>(), 1, &mut each)?;
        }
    }
    Ok(())
}

/// The pairs of one list.
struct Pairs<'a> {
    nodes: &'a Nodes,
    hash: u32,
}

impl Pairs<'_> {
    /// The pairs among articles that share what follows the hash up to a distance. Calls itself at most [`DEEPEST`] times.
    fn of<E>(&self, list: &mut [(u32, Node)], distance: usize, each: &mut impl FnMut(Node, Node) -> Result<(), E>) -> Result<(), E> {
        if list.len() <= FEW {
            return self.within(list, FEW, each);
        }
        if distance > DEEPEST {
            return self.within(list, NEIGHBOURS, each);
        }
        for (following, node) in list.iter_mut() {
            *following = self.following(*node, distance);
        }
        list.sort_unstable();
        list.chunk_by_mut(|one, other| one.0 == other.0).try_for_each(|part| self.of(part, distance + 1, each))
    }

    /// The hash that stands so far behind that of the list in a sample, whose end and beginning are joined.
    fn following(&self, node: Node, distance: usize) -> u32 {
        let sample = self.nodes.sample(node);
        let at = sample.partition_point(|hash| *hash < self.hash);
        sample[(at + distance) % sample.len()]
    }

    /// The pairs that stand no further from each other.
    fn within<E>(&self, list: &[(u32, Node)], window: usize, each: &mut impl FnMut(Node, Node) -> Result<(), E>) -> Result<(), E> {
        for (at, &(_, one)) in list.iter().enumerate() {
            for &(_, other) in list[at + 1..].iter().take(window) {
                if self.nodes.may_resemble(one, other) {
                    each(one.min(other), one.max(other))?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::nodes::Span;
    use super::*;
    use crate::article::Signature;
    use crate::dice::Dice;
    use std::collections::BTreeSet;
    use std::convert::Infallible;

    /// Articles that share the sentences that all have, with copies of some of them that have lost or changed a tenth.
    fn articles(dice: &mut Dice, count: usize) -> Vec<Vec<u64>> {
        let mut drawn =
            |count: usize| -> Vec<u64> { (0..count).map(|_| (dice.roll(1 << 31) as u64) << 33 | dice.roll(1 << 31) as u64).collect() };
        let boilerplate = drawn(300);
        let mut articles: Vec<Vec<u64>> = (0..count).map(|_| [boilerplate.clone(), drawn(240)].concat()).collect();
        for article in articles.clone().into_iter().take(count / 4) {
            articles.push(article.into_iter().filter(|_| dice.roll(20) > 0).collect());
        }
        articles.iter_mut().for_each(|article| article.sort_unstable());
        articles
    }

    #[test]
    fn copies_meet_though_everything_else_has_much_in_common_with_them() {
        let mut dice = Dice(3);
        let all = articles(&mut dice, 4_000);
        let nodes = Nodes::of_test(&all.iter().map(|shingles| (Span::UNKNOWN, Signature::of(shingles))).collect::<Vec<_>>());
        let mut pairs = BTreeSet::new();
        let mut compared = 0_u64;
        each_pair(&nodes, |one, other| {
            compared += 1;
            pairs.insert((one, other));
            Ok::<(), Infallible>(())
        })
        .unwrap();
        let met = (0..1_000).filter(|one| pairs.contains(&(*one, one + 4_000))).count();
        assert!(met >= 990, "{met} of 1,000 copies met");
        assert!(compared < 200_000, "{compared} pairs of {} articles", all.len());
    }
    /// Articles of sentences that stand in thousands of others, with a copy of every twentieth.
    #[test]
    #[ignore = "takes a minute and 300 MB; prints what a million articles cost"]
    fn a_million_articles_of_the_same_sentences_take_seconds() {
        let mut dice = Dice(9);
        let mut drawn =
            |count: usize| -> Vec<u64> { (0..count).map(|_| (dice.roll(1 << 31) as u64) << 33 | dice.roll(1 << 31) as u64).collect() };
        let sentences: Vec<Vec<u64>> = (0..1_000).map(|_| drawn(25)).collect();
        let own = drawn(950_000);
        let mut articles: Vec<(Span, Signature)> = Vec::new();
        for (number, own) in own.iter().enumerate() {
            let mut shingles: Vec<u64> = (0..16).flat_map(|_| sentences[dice.roll(sentences.len())].iter().copied()).collect();
            shingles.extend((0..20_u64).map(|at| own.rotate_left(at as u32).wrapping_mul(0x9E37_79B9_7F4A_7C15)));
            shingles.sort_unstable();
            shingles.dedup();
            let span = if dice.roll(2) == 0 { Span::UNKNOWN } else { Span { from: dice.roll(2_000) as i32, to: 3_000 } };
            articles.push((span, Signature::of(&shingles)));
            if number % 20 == 0 {
                shingles.retain(|_| dice.roll(25) > 0);
                articles.push((span, Signature::of(&shingles)));
            }
        }
        let nodes = Nodes::of_test(&articles);
        let began = std::time::Instant::now();
        let (mut compared, mut met) = (0_u64, 0);
        each_pair(&nodes, |one, other| {
            compared += 1;
            met += u64::from(one + 1 == other && one % 21 == 0);
            Ok::<(), Infallible>(())
        })
        .unwrap();
        println!(
            "{} articles, {} hashes: {compared} pairs, {met} meetings of 47,500 copies, {:?}",
            articles.len(),
            nodes.sampled(),
            began.elapsed()
        );
        assert!(began.elapsed().as_secs() < 120);
    }
}
