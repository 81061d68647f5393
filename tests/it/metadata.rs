//! Who, where and when against gold that others made.

use crate::harness::{PIPELINE, repository, shared, stdout};
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use tracuu::eval::{MetadataRecords, MetadataScore};
use tracuu::ingest::inspect;

/// What `tracuu inspect` writes of a path.
fn inspected(path: &std::path::Path) -> String {
    let mut lines = String::new();
    inspect(&[path.to_owned()], &PIPELINE, &mut |record| {
        lines += &serde_json::to_string(&record.unwrap()).unwrap();
        lines.push('\n');
        Ok(())
    })
    .unwrap();
    lines
}

/// The score of what stands in `path` against a file of gold; none where they are missing.
fn score(gold: &str, path: &str) -> Option<MetadataScore> {
    let (gold, path) = (shared(gold)?, shared(path)?);
    let predictions = MetadataRecords::read(&inspected(&path)).unwrap();
    Some(MetadataRecords::read(&fs::read_to_string(gold).unwrap()).unwrap().score(&predictions, &PIPELINE.authority.abbreviations).unwrap())
}

#[test]
fn the_seeds_are_read_without_an_error() {
    let Some(score) = score("gold/seeds.jsonl", "seeds") else { return };
    let whole = Some(1.0);
    let found = (score.officials.f1, score.roles.matching, score.about.f1, score.date.right);
    assert_eq!(found, (whole, whole, whole, whole), "{:#?}", score.errors);
}

#[test]
fn the_developers_half_of_the_gold_is_read_nearly_without_an_error() {
    let Some(score) = score("gold/gold_dev.jsonl", "gold/articles.jsonl") else { return };
    let least = [
        ("officials", score.officials.f1, 0.97),
        ("a post right", score.roles.matching, 0.97),
        ("about", score.about.f1, 0.96),
        ("date right", score.date.right, 0.88),
    ];
    for (name, found, least) in least {
        assert!(found >= Some(least), "{name}: {found:?} < {least}\n{:#?}", score.errors);
    }
    assert_eq!(score.date.wrong, Some(0.0), "{:#?}", score.errors);
}

/// `eval metadata` counts as the script does that came with the gold.
#[test]
fn the_scores_are_those_of_the_gold_s_own_script() {
    let (Some(gold), Some(articles), Some(script)) =
        (shared("gold/gold_dev.jsonl"), shared("gold/articles.jsonl"), shared("../tools/score_metadata.py"))
    else {
        return;
    };
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: there is no python3 to run the gold's own script with");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let predictions = folder.path().join("predictions.jsonl");
    // Some values are made wrong, so that there is something to count.
    let broken = inspected(&articles).replace("Phó Chủ tịch", "Chủ tịch").replace("\"Đắk Nông\"", "\"Đồng Nai\"").replace("-04-", "-05-");
    fs::write(&predictions, broken).unwrap();
    let output = Command::new("python3").arg(script).arg(&gold).arg(&predictions).arg("--json").output().unwrap();
    let theirs: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let gold = gold.display().to_string();
    let ours = stdout(folder.path(), &["eval", "metadata", &gold, "predictions.jsonl", "--json"], 0);
    let ours: serde_json::Value = serde_json::from_str(&ours).unwrap();
    for part in ["articles", "officials", "roles", "about", "mentioned", "date"] {
        assert_eq!(ours[part], theirs[part], "{part}");
    }
}

/// Gold with the articles that it judges: of others, and our own.
const JUDGED: [(&str, &str); 2] = [("gold/gold_dev.jsonl", "gold/articles.jsonl"), ("gold/seeds.jsonl", "seeds")];

/// Set, the measures and `RULES.md` are written anew: `TRACUU_MEASURE=1 cargo test --release --test it metadata` (twice: the
/// program has to be built with the new measures before it can print them).
fn is_measuring() -> bool {
    std::env::var_os("TRACUU_MEASURE").is_some()
}

#[test]
fn the_measures_of_the_rules_are_those_of_now() {
    let mut rules: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let judged: Option<Vec<MetadataScore>> = JUDGED.iter().map(|(gold, articles)| score(gold, articles)).collect();
    let Some(mut judged) = judged else { return };
    judged.push(crate::corpus::score().1);
    for rule in judged.iter().flat_map(|score| &score.rules) {
        let (values, right) = rules.entry(rule.rule.clone()).or_default();
        *values += rule.values;
        *right += rule.right;
    }
    let mut measured = String::from(
        "# Of each rule: the values that stood on it in judged articles (gold_dev, seeds, the bundled archive), and those that were right.\n",
    );
    for (rule, (values, right)) in &rules {
        measured += &format!("{rule}\t{values}\t{right}\n");
    }
    let path = repository().join("src/extract/measured.tsv");
    if is_measuring() {
        fs::write(path, measured).unwrap();
    } else {
        assert_eq!(fs::read_to_string(path).unwrap(), measured, "measure again, see `is_measuring`");
    }
}

#[test]
fn the_page_of_rules_is_what_the_program_prints() {
    let folder = tempfile::tempdir().unwrap();
    let printed = stdout(folder.path(), &["rules"], 0);
    let path = repository().join("RULES.md");
    if is_measuring() {
        fs::write(path, printed).unwrap();
    } else {
        assert_eq!(fs::read_to_string(path).unwrap(), printed, "write it anew, see `is_measuring`");
    }
}
