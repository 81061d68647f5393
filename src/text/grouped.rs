//! A number with its digits in groups of three.

/// The number with `mark` between thousands: `2.594` as Vietnamese writes it, `2,594` as English does.
pub fn grouped(number: u64, mark: char) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(mark);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (number, written) in [(0, "0"), (76, "76"), (2_594, "2.594"), (765_472, "765.472"), (1_000_000, "1.000.000")] {
            assert_eq!(grouped(number, '.'), written);
        }
    }
}
