//! Pairs of like articles → groups: connected components that no date, and no collection of stories, ties together wrongly.

use super::nodes::{Node, Nodes, Span};
use std::collections::BTreeMap;

/// Sets of numbers that grow together; a set goes by its smallest number, so that no order of joining shows.
pub struct Components {
    above: Vec<Node>,
}

impl Components {
    pub fn new(nodes: usize) -> Components {
        Components { above: (0..nodes as Node).collect() }
    }

    /// What the set of a number goes by.
    pub fn of(&mut self, mut node: Node) -> Node {
        while self.above[node as usize] != node {
            let above = self.above[node as usize];
            self.above[node as usize] = self.above[above as usize];
            node = above;
        }
        node
    }

    /// Joins the sets of two numbers; returns whether they were two.
    pub fn join(&mut self, one: Node, other: Node) -> bool {
        let (one, other) = (self.of(one), self.of(other));
        self.above[one.max(other) as usize] = one.min(other);
        one != other
    }

    /// The sets of two or more, each in order.
    pub fn groups(mut self) -> Vec<Vec<Node>> {
        let mut groups: BTreeMap<Node, Vec<Node>> = BTreeMap::new();
        for node in 0..self.above.len() as Node {
            let set = self.of(node);
            if set != node {
                groups.entry(set).or_insert_with(|| vec![set]).push(node);
            }
        }
        groups.into_values().collect()
    }
}

/// Joins stories whose dates are known more and less exactly.
///
/// `links` are pairs of like articles of which one has days within those of the other. A story that is dated less exactly, or not at
/// all, joins the one it is like; where it is like several of different days, the earliest: it never joins them to each other.
pub fn join_dates(stories: &mut Components, nodes: &Nodes, links: &[(Node, Node)]) {
    let span = |node: Node| nodes.spans[node as usize];
    let mut spans: BTreeMap<Node, Span> = BTreeMap::new();
    // By the story that is less exactly dated: the more exactly dated articles that it is like.
    let mut of_story: BTreeMap<(i64, Node), Vec<Node>> = BTreeMap::new();
    for &(one, other) in links {
        let (exact, vague) = if span(one).holds(span(other)) { (other, one) } else { (one, other) };
        of_story.entry((span(vague).days(), stories.of(vague))).or_default().push(exact);
    }
    // The most exact first, so that each joins a story which has found its own day.
    for ((_, story), exact) in of_story {
        let mut targets: Vec<(Span, Node)> =
            exact.into_iter().map(|node| stories.of(node)).map(|set| (*spans.get(&set).unwrap_or(&span(set)), set)).collect();
        targets.sort_unstable();
        let Some(&(day, _)) = targets.first() else { continue };
        for &(_, set) in targets.iter().take_while(|(span, _)| *span == day) {
            stories.join(story, set);
        }
        spans.insert(stories.of(story), day);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Signature;

    #[test]
    fn a_vague_date_joins_one_exact_date_and_never_two() {
        let day = |day| Span { from: day, to: day };
        let (month, year) = (Span { from: 0, to: 30 }, Span { from: 0, to: 365 });
        let unknown = Span::UNKNOWN;
        type Case<'a> = (&'a str, &'a [Span], &'a [(Node, Node)], &'a [&'a [Node]]);
        let cases: [Case; 6] = [
            ("an undated copy", &[day(1), unknown], &[(0, 1)], &[&[0, 1]]),
            ("an undated bridge joins the earlier", &[day(9), unknown, day(4)], &[(0, 1), (1, 2)], &[&[1, 2]]),
            ("two stories of one day, through an undated one", &[day(4), unknown, day(4)], &[(0, 1), (1, 2)], &[&[0, 1, 2]]),
            ("day within month within year", &[year, month, day(4), unknown], &[(0, 1), (1, 2), (0, 3), (1, 3)], &[&[0, 1, 2, 3]]),
            ("two months of one year", &[year, month, Span { from: 31, to: 58 }], &[(0, 1), (0, 2)], &[&[0, 1]]),
            ("a month that has found its day", &[month, day(20), unknown, day(3)], &[(0, 1), (0, 2), (2, 3)], &[&[0, 1], &[2, 3]]),
        ];
        for (name, spans, links, expected) in cases {
            let nodes = Nodes::of_test(&spans.iter().map(|span| (*span, Signature::default())).collect::<Vec<_>>());
            let mut backwards = links.to_vec();
            backwards.reverse();
            for links in [links, &backwards] {
                let mut stories = Components::new(spans.len());
                join_dates(&mut stories, &nodes, links);
                assert_eq!(stories.groups(), expected, "{name}");
            }
        }
    }
}
