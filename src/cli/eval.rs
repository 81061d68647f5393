//! `tracuu eval`: judgements of others → scores.

mod retrieval;
mod sample;
mod test_set;

use super::args::{EvalArgs, EvalCommand, EvalMetadataArgs, EvalSegmentationArgs};
use super::output::Output;
use super::{Outcome, analyzer, read_text};
use crate::authority::Abbreviations;
use crate::error::Error;
use crate::eval::{Gold, MetadataRecords, MetadataScore, Retrieval, SegmentationScore, Variant};
use std::path::Path;
use test_set::in_file;

pub(super) fn run(args: &EvalArgs, output: &mut Output) -> Result<Outcome, Error> {
    match &args.what {
        EvalCommand::Segmentation(args) => segmentation(args, output),
        EvalCommand::Metadata(args) => metadata(args, output),
        EvalCommand::Retrieval(args) => retrieval::run(args, output),
        EvalCommand::Sample(args) => sample::run(args, output),
    }
}

fn segmentation(args: &EvalSegmentationArgs, output: &mut Output) -> Result<Outcome, Error> {
    let raw = args.raw.as_deref().map(read_text).transpose()?;
    let gold = Gold::read(&read_text(&args.gold)?, raw.as_deref())?;
    let analyzer = analyzer(args.model.as_deref())?;
    if !args.json {
        output.line(format!("{:<22}{:>10}{:>8}{:>8}{:>8}{:>12}", "", "precision", "recall", "F1", "exact", "misaligned"))?;
    }
    for variant in Variant::ALL {
        let score = gold.score(&analyzer, variant);
        if args.json {
            output.json_line(&VariantScore { variant: variant.name(), score })?;
        } else {
            let SegmentationScore { precision, recall, f1, exact, misaligned, .. } = score;
            let percent = |share: f64| format!("{:.2}", share * 100.0);
            let [precision, recall, f1, exact] = [precision, recall, f1, exact].map(percent);
            output.line(format!("{:<22}{precision:>10}{recall:>8}{f1:>8}{exact:>8}{misaligned:>12}", variant.name()))?;
        }
    }
    Ok(Outcome::Done)
}

#[derive(serde::Serialize)]
struct VariantScore {
    variant: &'static str,
    #[serde(flatten)]
    score: SegmentationScore,
}

fn metadata(args: &EvalMetadataArgs, output: &mut Output) -> Result<Outcome, Error> {
    let (gold, predictions) = (records(&args.gold)?, records(&args.predictions)?);
    let score = gold.score(&predictions, &Abbreviations::bundled())?;
    if args.json {
        output.json(&score)?;
        return Ok(Outcome::Done);
    }
    if args.errors {
        score.errors.iter().try_for_each(|(key, what)| output.line(format_args!("{key}\t{what}")))?;
    }
    summary(&score, output)?;
    if args.rules {
        output.line(format_args!("{:<36}{:>8}{:>8}{:>9}", "rule", "values", "right", "share"))?;
        for rule in &score.rules {
            let share = percent(Some(rule.right as f64 / rule.values as f64));
            output.line(format_args!("{:<36}{:>8}{:>8}{share:>9}", rule.rule, rule.values, rule.right))?;
        }
    }
    Ok(Outcome::Done)
}

fn records(path: &Path) -> Result<MetadataRecords, Error> {
    in_file(path, MetadataRecords::read(&read_text(path)?))
}

fn summary(score: &MetadataScore, output: &mut Output) -> Result<(), Error> {
    output.line(format_args!("articles {}, predictions for others {}", score.articles, score.predictions_without_gold))?;
    for (name, Retrieval { hits, missed, false_alarms, precision, recall, f1 }) in [("officials", score.officials), ("about", score.about)]
    {
        let [precision, recall, f1] = [precision, recall, f1].map(percent);
        output.line(format_args!(
            "{name:<12}precision {precision}  recall {recall}  F1 {f1}  ({hits} right, {missed} missed, {false_alarms} false)"
        ))?;
    }
    let (mentioned, roles, date) = (score.mentioned, score.roles, score.date);
    let recall = percent(mentioned.recall);
    output.line(format_args!("{:<12}recall {recall}  ({} right, {} missed)", "mentioned", mentioned.hits, mentioned.missed))?;
    let [matching, exact] = [roles.matching, roles.exact].map(percent);
    output.line(format_args!("{:<12}right {matching}  word for word {exact}  (of {} rightly named)", "roles", roles.people))?;
    let [right, vague, wrong, missing, finer] = [date.right, date.vague, date.wrong, date.missing, date.finer].map(percent);
    output.line(format_args!("{:<12}right {right}  vague {vague}  wrong {wrong}  missing {missing}  (right and finer {finer})", "date"))
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "n/a".to_owned(), |share| format!("{:.1} %", share * 100.0))
}
