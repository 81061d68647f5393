//! The numbers beside a chart: round ones, few enough to be read, as Vietnamese writes them.

use crate::text::grouped;

/// About so many numbers stand beside a chart.
const STEPS: f64 = 5.0;

/// Round numbers from 0 to one that no value exceeds; whole ones where nothing else is counted.
pub fn ticks(highest: f64, are_whole: bool) -> Vec<f64> {
    let step = round_up(highest / STEPS).max(if are_whole { 1.0 } else { 0.0 });
    if step <= 0.0 || !step.is_finite() {
        return vec![0.0, 1.0];
    }
    let count = (highest / step - 1e-9).ceil().max(1.0) as u32;
    (0..=count).map(|tick| f64::from(tick) * step).collect()
}

/// The next of 1, 2, 5, 10, 20 …, also of tenths.
fn round_up(step: f64) -> f64 {
    if step <= 0.0 {
        return 0.0;
    }
    let power = 10_f64.powf(step.log10().floor());
    let round = [1.0, 2.0, 5.0, 10.0].map(|digit| digit * power);
    round.into_iter().find(|&round| round >= step * (1.0 - 1e-9)).unwrap_or(round[3])
}

/// `2.594`; a share as `12,5 %`, with as many digits as its size asks for.
pub fn number(value: f64, is_share: bool) -> String {
    if !is_share {
        return grouped(value.round() as u64, '.');
    }
    let percent = value * 100.0;
    let digits = if percent == 0.0 || percent >= 10.0 { 0 } else { (1.0 - percent.log10().floor()).clamp(1.0, 6.0) as usize };
    let text = format!("{percent:.digits$}");
    let text = if digits > 0 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{} %", text.replace('.', ","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_beside_a_chart_are_round() {
        let cases: [(f64, bool, &[f64]); 6] = [
            (0.0, true, &[0.0, 1.0]),
            (1.0, true, &[0.0, 1.0]),
            (7.0, true, &[0.0, 2.0, 4.0, 6.0, 8.0]),
            (1_000.0, true, &[0.0, 200.0, 400.0, 600.0, 800.0, 1_000.0]),
            (0.5, false, &[0.0, 0.1, 0.2, 0.30000000000000004, 0.4, 0.5]),
            (0.0, false, &[0.0, 1.0]),
        ];
        for (highest, are_whole, expected) in cases {
            assert_eq!(ticks(highest, are_whole), expected, "{highest}");
        }
        for highest in [3.0, 13.0, 99.0, 12_345.0, 0.0123] {
            let ticks = ticks(highest, highest > 1.0);
            assert!(ticks.last().is_some_and(|&last| last >= highest) && (2..=7).contains(&ticks.len()), "{highest}: {ticks:?}");
        }
    }

    #[test]
    fn shares_have_as_many_digits_as_they_need() {
        let cases = [(0.0, "0 %"), (0.5, "50 %"), (0.125, "12 %"), (0.05, "5 %"), (0.0123, "1,2 %"), (0.00012, "0,012 %")];
        for (share, expected) in cases {
            assert_eq!(number(share, true), expected);
        }
        assert_eq!(number(2_594.0, false), "2.594");
    }
}
