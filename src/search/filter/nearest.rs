//! The names that are spelt most like what was typed, for an error message.

/// How many proposals are made.
const PROPOSALS: usize = 3;

/// Letters of a name that are compared, so that a long input costs no more than a short one.
const COMPARED: usize = 64;

/// The nearest of some (folded name, label) pairs to what was typed, also folded; those that are too far are no proposals.
pub(super) fn nearest<'a>(typed: &str, names: impl Iterator<Item = (&'a str, String)>) -> Vec<String> {
    let typed: Vec<char> = typed.chars().take(COMPARED).collect();
    let limit = (typed.len() / 3).clamp(2, 5);
    let mut near: Vec<(usize, String)> = names.filter_map(|(folded, label)| Some((distance(&typed, folded, limit)?, label))).collect();
    near.sort();
    near.dedup();
    near.into_iter().take(PROPOSALS).map(|(_, label)| label).collect()
}

/// Insertions, deletions and substitutions between two words; `None` above the limit.
fn distance(one: &[char], other: &str, limit: usize) -> Option<usize> {
    let other: Vec<char> = other.chars().take(COMPARED).collect();
    if one.len().abs_diff(other.len()) > limit {
        return None;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (column, against) in other.iter().enumerate() {
            let substituted = diagonal + usize::from(letter != against);
            diagonal = row[column + 1];
            row[column + 1] = substituted.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().filter(|&distance| distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_come_first_and_the_far_not_at_all() {
        let names = ["lo van thiem", "lo van them", "tran thi hao"].map(|name| (name, name.to_owned()));
        assert_eq!(nearest("lo van thim", names.clone().into_iter()), ["lo van them", "lo van thiem"]);
        assert!(nearest("nguyen quoc viet", names.into_iter()).is_empty());
        assert!(nearest(&"a".repeat(1_000_000), [("a", "a".to_owned())].into_iter()).is_empty());
    }
}
