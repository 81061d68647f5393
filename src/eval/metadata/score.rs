//! Counts of right and wrong values → shares.

use serde::Serialize;
use std::collections::BTreeMap;

/// What is counted while articles are compared.
#[derive(Default)]
pub(super) struct Tally {
    /// The article at hand.
    pub article: String,
    pub officials: Counts,
    pub about: Counts,
    pub people_with_roles: usize,
    pub matching_roles: usize,
    pub exact_roles: usize,
    pub mentioned_hits: usize,
    pub mentioned_missed: usize,
    pub right_dates: usize,
    pub vague_dates: usize,
    pub wrong_dates: usize,
    pub missing_dates: usize,
    pub finer_dates: usize,
    rules: BTreeMap<String, (usize, usize)>,
    errors: Vec<(String, String)>,
}

#[derive(Clone, Copy, Default)]
pub(super) struct Counts {
    pub hits: usize,
    pub missed: usize,
    pub false_alarms: usize,
}

impl Tally {
    /// Notes what is wrong with the article at hand.
    pub fn error(&mut self, what: String) {
        self.errors.push((self.article.clone(), what));
    }

    /// Counts a value of a rule.
    pub fn rule(&mut self, rule: Option<&str>, right: bool) {
        if let Some(rule) = rule {
            let (rights, values) = self.rules.entry(rule.to_owned()).or_default();
            *rights += usize::from(right);
            *values += 1;
        }
    }

    pub fn score(self, articles: usize, predictions_without_gold: usize) -> MetadataScore {
        let of_articles = |count: usize| share(count, articles);
        MetadataScore {
            articles,
            predictions_without_gold,
            officials: self.officials.retrieval(),
            roles: RoleScore {
                people: self.people_with_roles,
                matching: share(self.matching_roles, self.people_with_roles),
                exact: share(self.exact_roles, self.people_with_roles),
            },
            about: self.about.retrieval(),
            mentioned: Recall {
                hits: self.mentioned_hits,
                missed: self.mentioned_missed,
                recall: share(self.mentioned_hits, self.mentioned_hits + self.mentioned_missed),
            },
            date: DateScore {
                right: of_articles(self.right_dates),
                vague: of_articles(self.vague_dates),
                wrong: of_articles(self.wrong_dates),
                missing: of_articles(self.missing_dates),
                finer: of_articles(self.finer_dates),
            },
            rules: self.rules.into_iter().map(|(rule, (right, values))| RuleScore { rule, values, right }).collect(),
            errors: self.errors,
        }
    }
}

impl Counts {
    fn retrieval(self) -> Retrieval {
        let Counts { hits, missed, false_alarms } = self;
        Retrieval {
            hits,
            missed,
            false_alarms,
            precision: share(hits, hits + false_alarms),
            recall: share(hits, hits + missed),
            f1: share(2 * hits, 2 * hits + missed + false_alarms),
        }
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// How well who, where and when were found. Shares lie between 0 and 1, null where there was nothing to count.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MetadataScore {
    /// Articles that were judged.
    pub articles: usize,
    /// Predictions for other articles, left out.
    pub predictions_without_gold: usize,
    /// People with a public post, by name.
    pub officials: Retrieval,
    /// The posts of those rightly named.
    pub roles: RoleScore,
    /// Provinces that an article is about.
    pub about: Retrieval,
    /// Provinces that it names besides; one given as *about* is found too.
    pub mentioned: Recall,
    /// The day it reports.
    pub date: DateScore,
    /// Of each rule that the predictions name, how often it was right; by id.
    pub rules: Vec<RuleScore>,
    /// Each miss and false alarm: key of the article, and what is wrong.
    pub errors: Vec<(String, String)>,
}

/// Values found, missed, and found where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Retrieval {
    /// Values of the gold that were found.
    pub hits: usize,
    /// Values of the gold that were not.
    pub missed: usize,
    /// Values that the gold does not have.
    pub false_alarms: usize,
    /// Of the values found, those in the gold.
    pub precision: Option<f64>,
    /// Of the values of the gold, those found.
    pub recall: Option<f64>,
    /// Their harmonic mean.
    pub f1: Option<f64>,
}

/// Values found and missed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Recall {
    /// Values of the gold that were found.
    pub hits: usize,
    /// Values of the gold that were not.
    pub missed: usize,
    /// Of the values of the gold, those found.
    pub recall: Option<f64>,
}

/// The posts of the people rightly named.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RoleScore {
    /// People rightly named whose posts the gold gives.
    pub people: usize,
    /// Of these, those with a right post.
    pub matching: Option<f64>,
    /// Of these, those with a post that is right word for word.
    pub exact: Option<f64>,
}

/// Shares of all articles; the first four add up to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct DateScore {
    /// The date is right, or rightly absent.
    pub right: Option<f64>,
    /// It holds the right one and is too wide.
    pub vague: Option<f64>,
    /// The gold excludes it.
    pub wrong: Option<f64>,
    /// There is none, and should be.
    pub missing: Option<f64>,
    /// Right, and finer than the gold.
    pub finer: Option<f64>,
}

/// How often a rule was right: of posts, those that the gold gives the person; of provinces, those the article is about; of dates, the right ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleScore {
    /// Stable id.
    pub rule: String,
    /// Values that stand on it.
    pub values: usize,
    /// Those that are right.
    pub right: usize,
}
