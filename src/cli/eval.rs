//! `tracuu eval`: judgements of others → scores.

use super::args::{EvalArgs, EvalCommand, EvalSegmentationArgs};
use super::output::Output;
use super::{Outcome, analyzer, read_text};
use crate::error::Error;
use crate::eval::{Gold, SegmentationScore, Variant};

pub(super) fn run(args: &EvalArgs, output: &mut Output) -> Result<Outcome, Error> {
    match &args.what {
        EvalCommand::Segmentation(args) => segmentation(args, output),
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
