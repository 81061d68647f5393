//! Bars of block letters, for terminals.

/// The columns of the longest bar: with label and count it fits a narrow terminal.
const LONGEST: f64 = 50.0;

/// A bar as long as its share of the longest; one that stands for anything is seen.
pub(super) fn blocks(value: f64, most: f64) -> String {
    let length = if most > 0.0 { (value * LONGEST / most).ceil() } else { 0.0 };
    "█".repeat(length as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_share_and_never_hidden() {
        for (value, most, length) in
            [(0.0, 0.0, 0), (0.0, 9.0, 0), (1.0, 1_000_000.0, 1), (7.0, 7.0, 50), (500.0, 1_000.0, 25), (0.1, 0.2, 25)]
        {
            assert_eq!(blocks(value, most).chars().count(), length, "{value} of {most}");
        }
    }
}
