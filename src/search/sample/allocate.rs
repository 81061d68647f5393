//! Sizes of strata → how many of each are drawn: whole numbers, no rounding of floating point.

/// How many are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Take {
    /// So many in all, in proportion to the sizes of the strata: one of each at least, the rest by largest remainder. All, where there are
    /// fewer.
    InAll(u64),
    /// So many of each stratum; all of one that has fewer.
    PerStratum(u64),
}

/// Which strata are too small to stand alone: where there are more strata than may be drawn, those that would in proportion get
/// less than one. What is left has a place for each, and for all of these together.
pub(super) fn too_small(sizes: &[u64], take: Take) -> Vec<bool> {
    let total: u64 = sizes.iter().sum();
    match take {
        Take::InAll(wanted) if (sizes.len() as u64) > wanted => {
            sizes.iter().map(|&size| u128::from(wanted) * u128::from(size) < u128::from(total)).collect()
        }
        _ => vec![false; sizes.len()],
    }
}

/// How many of each stratum are drawn. Of equal remainders the larger stratum gets one more, then the earlier.
pub(super) fn allocate(sizes: &[u64], take: Take) -> Vec<u64> {
    let total: u64 = sizes.iter().sum();
    match take {
        Take::PerStratum(each) => sizes.iter().map(|&size| size.min(each)).collect(),
        Take::InAll(0) => vec![0; sizes.len()],
        Take::InAll(wanted) if wanted >= total => sizes.to_vec(),
        Take::InAll(wanted) => in_proportion(sizes, wanted),
    }
}

/// Fewer than there are, in no more strata than are drawn, none of which is empty.
fn in_proportion(sizes: &[u64], wanted: u64) -> Vec<u64> {
    // Who gets one because it would get less leaves less to the others, so that another may fall below one.
    let mut by_itself = vec![true; sizes.len()];
    let (mut left, mut of) = (wanted, sizes.iter().sum::<u64>());
    loop {
        let falls_below = |at: &usize| by_itself[*at] && u128::from(left) * u128::from(sizes[*at]) < u128::from(of);
        let below: Vec<usize> = (0..sizes.len()).filter(falls_below).collect();
        if below.is_empty() {
            break;
        }
        for at in below {
            by_itself[at] = false;
            left -= 1;
            of -= sizes[at];
        }
    }
    let share = |at: usize| {
        let (product, of) = (u128::from(left) * u128::from(sizes[at]), u128::from(of.max(1)));
        // A share of the size is no more than the size.
        ((product / of) as u64, product % of)
    };
    let mut drawn: Vec<u64> = (0..sizes.len()).map(|at| if by_itself[at] { share(at).0 } else { 1 }).collect();
    let mut by_remainder: Vec<usize> = (0..sizes.len()).filter(|&at| by_itself[at]).collect();
    by_remainder.sort_by_key(|&at| (std::cmp::Reverse((share(at).1, sizes[at])), at));
    let missing = wanted - drawn.iter().sum::<u64>();
    by_remainder.into_iter().take(missing as usize).for_each(|at| drawn[at] += 1);
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shares_are_those_that_a_hand_would_count() {
        let cases: [(&str, &[u64], Take, &[u64]); 9] = [
            ("in proportion", &[600, 300, 100], Take::InAll(10), &[6, 3, 1]),
            ("the largest remainder", &[50, 30, 20], Take::InAll(7), &[4, 2, 1]),
            ("equal remainders go to the larger", &[30, 50], Take::InAll(4), &[1, 3]),
            ("equal strata, the earlier", &[10, 10, 10], Take::InAll(4), &[2, 1, 1]),
            ("one of each at least", &[997, 1, 1, 1], Take::InAll(10), &[7, 1, 1, 1]),
            ("all there are", &[3, 2], Take::InAll(9), &[3, 2]),
            ("so many of each", &[100, 2, 0], Take::PerStratum(5), &[5, 2, 0]),
            ("none at all", &[3, 2], Take::InAll(0), &[0, 0]),
            ("nothing there", &[], Take::InAll(5), &[]),
        ];
        for (name, sizes, take, expected) in cases {
            assert_eq!(allocate(sizes, take), expected, "{name}");
        }
    }

    #[test]
    fn strata_are_too_small_only_where_there_are_more_than_are_drawn() {
        assert_eq!(too_small(&[5, 1, 1], Take::InAll(3)), [false; 3]);
        assert_eq!(too_small(&[6, 1, 1, 1], Take::InAll(3)), [false, true, true, true]);
        assert_eq!(too_small(&[1, 1, 1], Take::PerStratum(1)), [false; 3]);
    }

    proptest! {
        #[test]
        fn an_allocation_comes_to_what_was_asked_and_leaves_no_stratum_out(
            sizes in prop::collection::vec(1_u64..2_000, 1..60),
            wanted in 1_u64..5_000,
        ) {
            let take = Take::InAll(wanted);
            let small = too_small(&sizes, take);
            let merged: u64 = sizes.iter().zip(&small).filter(|(_, small)| **small).map(|(size, _)| size).sum();
            let mut left: Vec<u64> = sizes.iter().zip(&small).filter(|(_, small)| !**small).map(|(size, _)| *size).collect();
            left.extend((merged > 0).then_some(merged));
            prop_assert_eq!(left.iter().sum::<u64>(), sizes.iter().sum::<u64>());

            let drawn = allocate(&left, take);
            prop_assert_eq!(drawn.iter().sum::<u64>(), wanted.min(left.iter().sum()));
            prop_assert!(drawn.iter().zip(&left).all(|(drawn, size)| (1..=*size).contains(drawn)), "{:?} of {:?}", drawn, left);
            // Nobody who has more gets less.
            for (one, drawn_of_one) in left.iter().zip(&drawn) {
                prop_assert!(left.iter().zip(&drawn).all(|(other, drawn)| other < one || drawn + 1 >= *drawn_of_one || other == one));
            }
        }
    }
}
