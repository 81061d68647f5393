//! `tracuu rules`: what the rules of extraction say, as Markdown; the repository keeps its output as `RULES.md`.

use super::Outcome;
use super::output::Output;
use crate::error::Error;
use crate::extract::{RuleExample, RuleMeasure, RuleText, rule_examples, rule_measures, rules};

const INTRODUCTION: &str = "\
# Rules

Every value that `tracuu` finds in an article stands on words and on a rule; `tracuu show ID --why` prints both. A rule's id is stable.
This page is what `tracuu rules` prints. The examples are fictional people in real provinces, and each is a test.

*Right* is counted over articles that people have judged: the developers' half of a gold of government news, five seed articles, and the bundled archive.
Of a post, it is right where the judges give it to the person; of a province, where the article is about it; of a date, where the day,
month or year is theirs. A dash says that no judged value stood on the rule. Judged articles were read while rules were
written, so expect a little less on others. `tracuu eval metadata --rules` counts the same over your own judgements.

A value that a person has set stands on `correction.set`, `correction.add` or `correction.remove`, and its class is `corrected`.
";

/// The kinds of value, by the beginning of a rule's id.
const KINDS: [(&str, &str); 4] = [("date.", "When"), ("province.", "Where"), ("place.", "Districts and wards"), ("official.", "Who")];

pub(super) fn run(output: &mut Output) -> Result<Outcome, Error> {
    let (examples, measures) = (rule_examples(), rule_measures());
    output.line(INTRODUCTION.trim_end())?;
    for (prefix, title) in KINDS {
        output.line(format_args!("\n## {title}\n"))?;
        output.line("| rule | follows from | example | gives | right |")?;
        output.line("|---|---|---|---|---|")?;
        for rule in rules().iter().filter(|rule| rule.id.starts_with(prefix)) {
            output.line(row(rule, &examples, &measures))?;
        }
    }
    Ok(Outcome::Done)
}

fn row(RuleText { id, says }: &RuleText, examples: &[RuleExample], measures: &[RuleMeasure]) -> String {
    let example = examples.iter().find(|example| example.rule == *id);
    let (shown, gives) = example.map_or_else(Default::default, |example| (show(example), example.value));
    let measure = measures.iter().find(|measure| measure.rule == *id);
    let right = measure.map_or("–".to_owned(), |measure| format!("{} of {}", measure.right, measure.values));
    format!("| `{id}` | {says} | {shown} | {gives} | {right} |")
}

/// `**title** text (publisher, published day)`.
fn show(example: &RuleExample) -> String {
    let given: Vec<String> =
        [example.source.map(str::to_owned), example.published.map(|day| format!("published {day}"))].into_iter().flatten().collect();
    let given = if given.is_empty() { String::new() } else { format!(" ({})", given.join(", ")) };
    format!("**{}** {}{given}", example.title, example.body.replace('\n', " ⏎ "))
}
