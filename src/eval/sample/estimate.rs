//! How many of the coded are right, by stratum → how many of all are, and how sure that is.
//!
//! With `N_h` articles in stratum h, `n_h` of them coded and a share `p_h` right, N articles in all:
//!
//! - the share of all is `p = Σ N_h p_h / N`, its variance `v = Σ (N_h / N)² (1 − n_h / N_h) p_h (1 − p_h) / (n_h − 1)`
//!   (W. G. Cochran, *Sampling Techniques*, 3rd ed., 1977, section 5.10); a stratum that was coded whole adds nothing to it;
//! - strata of which one of several articles was coded have no variance of their own. They are taken together, L of them, with `M` articles
//!   and `T = Σ N_h p_h`: they add `L / (L − 1) Σ (N_h p_h − T N_h / M)² / N²`, which is on the average too much, never too little (collapsed
//!   strata: section 5A.12 there; K. M. Wolter, *Introduction to Variance Estimation*, 2nd ed., 2007, section 2.5). One alone adds
//!   the most that it can, `N_h² / 4`;
//! - the interval is Wilson's (1927) for `n_e = p (1 − p) / v` articles, as many as a simple sample of the same variance has: so it
//!   stays between 0 and 1 and is right near them, where p ± 1.96 √v is not (C. Franco, R. Little, T. Louis, E. Slud, *Comparative
//!   Study of Confidence Intervals for Proportions in Complex Sample Surveys*, 2019). Where v is 0 because all that were coded are alike,
//!   `n_e = 1 / Σ (N_h / N)² (1 − n_h / N_h) / n_h`, what it would be if all strata had one share.

use serde::Serialize;

/// The quantile of the normal distribution for 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// A stratum, as far as it was coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coded {
    /// Articles in it.
    pub size: u64,
    /// Those that were coded.
    pub coded: u64,
    /// Those of them that were coded yes.
    pub yes: u64,
}

/// A share that was estimated from a sample, with its interval of 95 %.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Share {
    /// The share, between 0 and 1.
    pub precision: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Coded {
    fn share(self) -> f64 {
        self.yes as f64 / self.coded as f64
    }

    /// The share of the stratum, with Wilson's interval; without one of any width where all of it was coded, and none where nothing was.
    pub fn estimate(self) -> Option<Share> {
        match self.coded {
            0 => None,
            coded if coded == self.size => Some(Share::certain(self.share())),
            coded => Some(Share::wilson(self.share(), coded as f64)),
        }
    }
}

impl Share {
    fn certain(precision: f64) -> Share {
        Share { precision, low: precision, high: precision }
    }

    /// Wilson's interval for a share among so many.
    fn wilson(precision: f64, number: f64) -> Share {
        let (p, n) = (precision, number);
        let middle = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
        let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        // The ends lie on either side of the share; the last digit of a sum may not.
        Share { precision, low: (middle - half).clamp(0.0, p), high: (middle + half).clamp(p, 1.0) }
    }
}

/// The share over several strata with its standard error, the root of the variance; none where nothing was coded. Strata of which nothing
/// was coded are left out.
pub fn stratified(strata: &[Coded]) -> Option<(Share, f64)> {
    let strata: Vec<Coded> = strata.iter().copied().filter(|stratum| stratum.coded > 0).collect();
    let total = strata.iter().map(|stratum| stratum.size).sum::<u64>() as f64;
    if total == 0.0 {
        return None;
    }
    let precision = strata.iter().map(|stratum| stratum.size as f64 * stratum.share()).sum::<f64>() / total;
    let (single, several): (Vec<Coded>, Vec<Coded>) =
        strata.iter().filter(|stratum| stratum.coded < stratum.size).partition(|stratum| stratum.coded == 1);
    let variance = (several.iter().map(|stratum| variance_of_sum(*stratum)).sum::<f64>() + variance_of_singles(&single)) / (total * total);
    let share = if single.is_empty() && several.is_empty() {
        Share::certain(precision)
    } else {
        let number = if variance > 0.0 && precision > 0.0 && precision < 1.0 {
            precision * (1.0 - precision) / variance
        } else {
            let of_stratum = |&Coded { size, coded, .. }: &Coded| {
                let (size, coded) = (size as f64, coded as f64);
                (size / total).powi(2) * (1.0 - coded / size) / coded
            };
            1.0 / strata.iter().map(of_stratum).sum::<f64>()
        };
        Share::wilson(precision, number)
    };
    Some((share, variance.sqrt()))
}

/// The variance of the number of right articles in a stratum of which two or more were coded.
fn variance_of_sum(stratum: Coded) -> f64 {
    let Coded { size, coded, .. } = stratum;
    let (size, coded, p) = (size as f64, coded as f64, stratum.share());
    size * size * (1.0 - coded / size) * p * (1.0 - p) / (coded - 1.0)
}

/// The same of strata of which one article was coded, taken together.
fn variance_of_singles(singles: &[Coded]) -> f64 {
    let size = |stratum: &Coded| stratum.size as f64;
    match singles {
        [] => 0.0,
        [alone] => size(alone).powi(2) / 4.0,
        _ => {
            let all: f64 = singles.iter().map(size).sum();
            let right: f64 = singles.iter().map(|stratum| size(stratum) * stratum.share()).sum();
            let squares = singles.iter().map(|stratum| (size(stratum) * stratum.share() - right * size(stratum) / all).powi(2));
            let number = singles.len() as f64;
            number / (number - 1.0) * squares.sum::<f64>()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-9
    }

    fn coded(size: u64, coded: u64, yes: u64) -> Coded {
        Coded { size, coded, yes }
    }

    #[test]
    fn a_stratum_has_wilson_s_interval() {
        // By hand: 8 of 10, z² = 3.841459: middle (0.8 + 0.1920729) / 1.3841459, half 1.959964 / 1.3841459 · √(0.016 + 0.0096036).
        let share = coded(100, 10, 8).estimate().unwrap();
        assert!((share.low - 0.490162).abs() < 1e-6 && (share.high - 0.943318).abs() < 1e-6, "{share:?}");
        // Nothing right among ten: z² / (10 + z²).
        let share = coded(100, 10, 0).estimate().unwrap();
        assert!(share.low == 0.0 && (share.high - 0.277533).abs() < 1e-6, "{share:?}");
        assert_eq!(coded(10, 10, 7).estimate(), Some(Share { precision: 0.7, low: 0.7, high: 0.7 }));
        assert_eq!(coded(10, 0, 0).estimate(), None);
    }

    #[test]
    fn strata_are_weighed_as_a_hand_would() {
        // N = 1000: 600 with 24 of 30 right, 400 with 10 of 20 right.
        // p = 0.6 · 0.8 + 0.4 · 0.5 = 0.68
        // v = 0.36 · 0.95 · 0.16 / 29 + 0.16 · 0.95 · 0.25 / 19 = 0.001886896552 + 0.002
        let (share, error) = stratified(&[coded(600, 30, 24), coded(400, 20, 10)]).unwrap();
        assert!(near(share.precision, 0.68) && near(error * error, 0.342 * 0.16 / 29.0 + 0.002), "{share:?} {error}");
        assert!((error - 0.062345).abs() < 1e-6);
        // n_e = 0.68 · 0.32 / 0.0038868966 = 55.983; Wilson's interval for it.
        assert!((share.low - 0.549672).abs() < 1e-6 && (share.high - 0.787211).abs() < 1e-6, "{share:?}");

        // What was coded whole is known: only the second stratum is uncertain.
        let (share, error) = stratified(&[coded(10, 10, 4), coded(30, 4, 2)]).unwrap();
        assert!(near(share.precision, 0.475) && near(error * error, 0.5625 * (26.0 / 30.0) * 0.25 / 3.0));
        assert_eq!(stratified(&[coded(10, 10, 4), coded(30, 30, 2)]).unwrap(), (Share { precision: 0.15, low: 0.15, high: 0.15 }, 0.0));

        // Two strata of which one was coded: 2 / 1 · ((20 − 30·20/50)² + (0 − 20·30/50... )²) / 50².
        let (share, error) = stratified(&[coded(20, 1, 1), coded(30, 1, 0)]).unwrap();
        assert!(near(share.precision, 0.4) && near(error * error, 2.0 * (12.0 * 12.0 + 12.0 * 12.0) / 2_500.0));
        // One alone is as uncertain as can be.
        let (_, error) = stratified(&[coded(20, 1, 1), coded(80, 80, 8)]).unwrap();
        assert!(near(error * error, 100.0 / 10_000.0));

        // Alike, and not all of them: no variance shows, and yet it is not certain.
        let (share, error) = stratified(&[coded(100, 10, 10), coded(100, 10, 10)]).unwrap();
        assert!(share.precision == 1.0 && share.high == 1.0 && error == 0.0 && share.low > 0.8 && share.low < 0.9, "{share:?}");
        assert_eq!(stratified(&[coded(5, 0, 0)]), None);
        assert_eq!(stratified(&[]), None);
    }

    /// Strata of a population that is coded whole: sizes and how many are right.
    const POPULATION: [(u64, u64); 5] = [(400, 380), (300, 150), (150, 30), (100, 97), (12, 3)];

    #[test]
    fn of_a_known_population_the_estimate_is_right_on_the_average_and_the_interval_as_often_as_it_says() {
        let total: u64 = POPULATION.iter().map(|(size, _)| size).sum();
        let truth = POPULATION.iter().map(|(_, right)| right).sum::<u64>() as f64 / total as f64;
        let draws = [30, 30, 20, 10, 3];
        let mut dice = Dice(7);
        let rounds = 4_000;
        let (mut sum, mut squares, mut variances, mut covered) = (0.0, 0.0, 0.0, 0);
        for _ in 0..rounds {
            let drawn: Vec<Coded> = POPULATION
                .iter()
                .zip(draws)
                .map(|(&(size, right), number)| {
                    // Without putting back.
                    let (mut size_left, mut right_left, mut yes) = (size, right, 0);
                    for _ in 0..number {
                        let is_right = (dice.roll(size_left as usize) as u64) < right_left;
                        yes += u64::from(is_right);
                        right_left -= u64::from(is_right);
                        size_left -= 1;
                    }
                    coded(size, number, yes)
                })
                .collect();
            let (share, error) = stratified(&drawn).unwrap();
            sum += share.precision;
            squares += (share.precision - truth).powi(2);
            variances += error * error;
            covered += usize::from(share.low <= truth && truth <= share.high);
        }
        let rounds = f64::from(rounds);
        let (mean, spread, variance, covered) = (sum / rounds, squares / rounds, variances / rounds, covered as f64 / rounds);
        assert!((mean - truth).abs() < 0.003, "{mean} for {truth}");
        assert!((variance / spread - 1.0).abs() < 0.08, "the estimated variance is {variance}, the true one {spread}");
        assert!((0.93..0.975).contains(&covered), "{covered}");
        let whole: Vec<Coded> = POPULATION.iter().map(|&(size, right)| coded(size, size, right)).collect();
        let (share, error) = stratified(&whole).unwrap();
        assert!(near(share.precision, truth) && share.low == share.high && error == 0.0);
    }
}
