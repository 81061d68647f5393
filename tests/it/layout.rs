//! The layout is the architecture: who may import whom, and how long a file may be.

use crate::harness::repository;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Each module with what it may import; in the order of the pipeline, which `lib.rs` follows.
const MAY_IMPORT: [(&str, &[&str]); 18] = [
    ("whole_file", &[]),
    ("text", &[]),
    ("article", &["text"]),
    ("authority", &["text"]),
    ("analysis", &["text"]),
    ("query", &["text"]),
    ("read", &["text", "article"]),
    ("clean", &["text", "article"]),
    ("extract", &["text", "article", "authority"]),
    ("correct", &["text", "article", "authority", "extract"]),
    ("index", &["whole_file", "text", "article", "analysis"]),
    ("search", &["text", "article", "authority", "analysis", "query", "index"]),
    ("export", &["text", "article", "search"]),
    ("eval", &["text", "article", "authority", "analysis"]),
    // Code that crosses stages speaks of all their errors.
    ("error", &["analysis", "query", "index", "search", "eval"]),
    ("ingest", &["text", "article", "authority", "analysis", "read", "clean", "extract", "correct", "index", "error"]),
    ("server", &["whole_file", "text", "article", "authority", "analysis", "query", "index", "search", "export", "error"]),
    (
        "cli",
        &[
            "whole_file",
            "text",
            "article",
            "authority",
            "analysis",
            "query",
            "read",
            "clean",
            "extract",
            "correct",
            "index",
            "search",
            "export",
            "eval",
            "ingest",
            "server",
            "error",
        ],
    ),
];

/// Chance, which is compiled for tests alone.
const FOR_TESTS: &str = "dice";

/// Tests of the server ask a whole archive, and have to make one.
const FOR_TESTS_OF_SERVER: (&str, &str) = ("server/tests.rs", "ingest");

/// Lines of a file at which it has to be split, its tests apart.
const MAX_LINES: usize = 500;

#[test]
fn imports_follow_the_order_of_the_pipeline() {
    let mut wrong = Vec::new();
    for (module, allowed) in MAY_IMPORT {
        for (path, text) in sources_of(module) {
            for imported in crate_paths(&text) {
                let is_for_tests = imported == FOR_TESTS || (path.ends_with(FOR_TESTS_OF_SERVER.0) && imported == FOR_TESTS_OF_SERVER.1);
                if imported != module && !is_for_tests && !allowed.contains(&imported.as_str()) {
                    wrong.push(format!("{path}: `{module}` must not import `{imported}`"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_has_its_place_in_the_order() {
    let declared: Vec<String> = fs::read_to_string(repository().join("src/lib.rs"))
        .unwrap()
        .lines()
        .filter_map(|line| Some(line.strip_prefix("pub ").unwrap_or(line).strip_prefix("mod ")?.strip_suffix(';')?.to_owned()))
        .filter(|module| module != FOR_TESTS)
        .collect();
    let listed: BTreeSet<&str> = MAY_IMPORT.iter().map(|(module, _)| *module).collect();
    assert_eq!(declared.iter().map(String::as_str).collect::<BTreeSet<_>>(), listed);
}

#[test]
fn files_hold_one_idea() {
    let mut long = Vec::new();
    for (module, _) in MAY_IMPORT {
        for (path, text) in sources_of(module) {
            let lines = text.lines().take_while(|line| *line != "#[cfg(test)]").count();
            let is_test = path.ends_with("tests.rs") || path.contains("/tests/");
            if lines > MAX_LINES && !is_test {
                long.push(format!("{path}: {lines} lines"));
            }
            assert!(is_test || text.starts_with("//!"), "{path} does not say what it is for");
        }
    }
    assert!(long.is_empty(), "files of more than {MAX_LINES} lines: {}", long.join(", "));
    let main = fs::read_to_string(repository().join("src/main.rs")).unwrap();
    assert!(main.lines().count() < 40, "main.rs is for starting the program, nothing else");
}

fn sources_of(module: &str) -> Vec<(String, String)> {
    let source = repository().join("src");
    let (file, folder) = (source.join(format!("{module}.rs")), source.join(module));
    let mut sources = Vec::new();
    for root in [file, folder] {
        for entry in walkdir::WalkDir::new(&root).into_iter().flatten() {
            if entry.path().extension().is_some_and(|extension| extension == "rs") {
                sources.push((entry.path().display().to_string(), fs::read_to_string(entry.path()).unwrap()));
            }
        }
    }
    assert!(!sources.is_empty(), "the module {module} has no source in {}", Path::new("src").display());
    sources
}

/// The modules named by `crate::…` in code, comments left out.
fn crate_paths(text: &str) -> BTreeSet<String> {
    let mut modules = BTreeSet::new();
    for line in text.lines().map(|line| line.split("//").next().unwrap_or("")) {
        for path in line.split("crate::").skip(1) {
            let module: String = path.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
            // `crate::Error` is `crate::error::Error`.
            let module = if module == "Error" { "error".to_owned() } else { module };
            if module.chars().next().is_some_and(char::is_lowercase) {
                modules.insert(module);
            }
        }
    }
    modules
}
