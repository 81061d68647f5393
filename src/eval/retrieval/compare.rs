//! Two runs over the same queries → which answers more of them better, and where they differ most.

use super::{Measure, QueryScore, RetrievalScore, Scores};
use serde::Serialize;

/// How a run stands against another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The scores of the other.
    pub scores: RetrievalScore,
    /// Each measure.
    pub measures: Vec<MeasureComparison>,
    /// Queries whose nDCG@10 differs, the largest difference first, then in the order of the judgements.
    pub differences: Vec<Difference>,
}

/// Queries that are answered better, worse and equally well, by one measure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MeasureComparison {
    /// The measure.
    pub measure: Measure,
    /// How much higher its mean is.
    pub difference: f64,
    /// Queries with a higher value than in the other run.
    pub better: usize,
    /// With a lower one.
    pub worse: usize,
    /// With the same.
    pub equal: usize,
}

/// A query that two runs answer differently.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// Id of the query.
    pub query: String,
    /// How well this run answers it.
    pub this: QueryScore,
    /// How well the other does.
    pub other: QueryScore,
}

impl Difference {
    /// How much higher nDCG@10 is in this run.
    pub fn ndcg(&self) -> f64 {
        self.this.values.ndcg - self.other.values.ndcg
    }
}

impl Scores {
    /// Compares with the scores of another run over the same queries.
    pub fn against(&self, other: &Scores) -> Comparison {
        let pairs = || self.queries.iter().zip(&other.queries).filter(|((query, _), (same, _))| query == same);
        let measures = Measure::ALL.map(|measure| {
            let differs = |sign: f64| {
                pairs().filter(|((_, this), (_, other))| (this.values.of(measure) - other.values.of(measure)) * sign > 0.0).count()
            };
            let (better, worse) = (differs(1.0), differs(-1.0));
            let difference = self.mean_of(measure) - other.mean_of(measure);
            MeasureComparison { measure, difference, better, worse, equal: pairs().count() - better - worse }
        });
        let mut differences: Vec<Difference> =
            pairs().map(|((query, this), (_, other))| Difference { query: query.clone(), this: *this, other: *other }).collect();
        differences.retain(|difference| difference.ndcg() != 0.0);
        differences.sort_by(|one, two| two.ndcg().abs().total_cmp(&one.ndcg().abs()));
        Comparison { scores: other.mean(), measures: measures.to_vec(), differences }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Judgements, Run};

    #[test]
    fn each_query_is_better_worse_or_equal() {
        let judgements = Judgements::read("p\ta\t1\nq\ta\t1\nr\ta\t1\ns\ta\t1\n").unwrap();
        let score = |run: &str| judgements.score(&Run::read(run).unwrap(), |_| true);
        let this = score("p Q0 a 1 1 x\nq Q0 b 1 2 x\nq Q0 a 2 1 x\nr Q0 a 1 1 x\n");
        let other = score("p Q0 b 1 2 x\np Q0 a 2 1 x\nq Q0 a 1 1 x\ns Q0 a 1 1 x\nr Q0 a 1 1 x\n");
        let found = this.against(&other);
        let counts: Vec<_> = found.measures.iter().map(|measure| (measure.better, measure.worse, measure.equal)).collect();
        assert_eq!(counts, [(1, 2, 1), (1, 2, 1), (0, 1, 3), (1, 2, 1)]);
        assert_eq!(found.differences.iter().map(|difference| difference.query.as_str()).collect::<Vec<_>>(), ["s", "p", "q"]);
        assert_eq!((found.differences[0].this.first_relevant, found.differences[0].other.first_relevant), (None, Some(1)));
        assert_eq!(found.measures[0].difference, (2.5 - 3.5) / 4.0);
    }
}
