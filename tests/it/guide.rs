//! What the documents show is what happens: each command of README and GUIDE, run in a copy of the bundled archive, answers what stands below it.
//!
//! In a fenced block a line that begins with `$ ` is a command for a shell (one that ends with `\` goes on), and the lines up to the next one are what it
//! writes, standard error first where both are written. A line `…` stands for any lines, `…` at the end of a line for the rest of it. `cat` of a file
//! that is not there makes it. What serves or asks over a network is left to other tests.

#![cfg(unix)]

use crate::harness::repository;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A command of a document.
struct Shown {
    line: usize,
    command: String,
    output: Vec<String>,
}

fn shown(document: &str) -> Vec<Shown> {
    let (mut found, mut is_block, mut goes_on): (Vec<Shown>, _, _) = (Vec::new(), false, false);
    let mut is_open = false;
    for (line, text) in document.lines().enumerate() {
        if text.starts_with("```") {
            (is_block, is_open) = (!is_block, false);
        } else if let Some(command) = text.strip_prefix("$ ").filter(|_| is_block) {
            (goes_on, is_open) = (command.ends_with('\\'), true);
            found.push(Shown { line: line + 1, command: command.to_owned(), output: Vec::new() });
        } else if let Some(last) = found.last_mut().filter(|_| is_block && is_open) {
            if goes_on {
                goes_on = text.ends_with('\\');
                last.command = format!("{}\n{text}", last.command);
            } else {
                last.output.push(text.to_owned());
            }
        }
    }
    found
}

/// What differs from run to run, in one form: instants, and how long something took. A tab is shown as two spaces.
fn timeless(line: &str) -> String {
    let line = line.replace('\t', "  ");
    let is_instant = |word: &str| {
        let word = word.trim_end_matches([',', ':', '"']).trim_start_matches('"');
        word.len() == 20 && word.as_bytes()[10] == b'T' && word.ends_with('Z')
    };
    let words: Vec<&str> = line.trim_end().split(' ').collect();
    let is_span = |at: usize| at > 0 && words[at - 1] == "in" && words.get(at + 1) == Some(&"s");
    let word = |(at, word): (usize, &&str)| if is_instant(word) || is_span(at) { "0".to_owned() } else { (*word).to_owned() };
    words.iter().enumerate().map(word).collect::<Vec<_>>().join(" ")
}

/// Whether some lines are what a document shows of them.
fn fits(shown: &[String], lines: &[String]) -> bool {
    match shown {
        [] => lines.is_empty(),
        [any, rest @ ..] if any == "…" => (0..=lines.len()).any(|from| fits(rest, &lines[from..])),
        [line, rest @ ..] => lines.first().is_some_and(|first| fits_line(line, first)) && fits(rest, &lines[1..]),
    }
}

fn fits_line(shown: &str, line: &str) -> bool {
    match shown.strip_suffix('…') {
        Some(begins) => line.starts_with(begins),
        None => line == shown,
    }
}

fn run(folder: &Path, command: &str) -> Vec<String> {
    let program = Path::new(env!("CARGO_BIN_EXE_tracuu")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let output =
        Command::new("bash").args(["-c", &format!("exec 2>&1\n{command}")]).env("PATH", path).current_dir(folder).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap().replace(&format!("{}/", folder.display()), "");
    text.lines().map(str::to_owned).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// Runs the commands of a document; returns how many were run.
fn holds(name: &str) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    copy(&repository().join("corpus"), &folder.join("corpus"));
    let document = fs::read_to_string(repository().join(name)).unwrap();
    let (mut count, mut wrong) = (0, Vec::new());
    for Shown { line, command, output } in shown(&document) {
        let file = command.strip_prefix("cat ").map(|file| folder.join(file)).filter(|file| !file.exists());
        if let Some(file) = file {
            fs::write(file, output.join("\n") + "\n").unwrap();
            continue;
        }
        if ["tracuu serve", "curl ", "cargo "].iter().any(|other| command.starts_with(other)) {
            continue;
        }
        let lines: Vec<String> = run(folder, &command).iter().map(|line| timeless(line)).collect();
        let shown: Vec<String> = output.iter().map(|line| timeless(line)).collect();
        count += 1;
        if !fits(&shown, &lines) {
            wrong.push(format!("{name}:{line}: $ {command}\n{}\n", lines.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "these answer something else:\n\n{}", wrong.join("\n"));
    count
}

#[test]
fn the_readme_shows_what_happens() {
    assert!(holds("README.md") > 15);
}

#[test]
fn the_guide_shows_what_happens() {
    assert!(holds("GUIDE.md") > 15);
}

#[test]
fn what_is_left_out_may_be_anything_and_what_is_shown_may_not() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let actual = lines("một\nhai\nba\nbốn năm");
    let cases = [
        ("một\nhai\nba\nbốn năm", true),
        ("một\n…\nbốn năm", true),
        ("…\nba\nbốn…", true),
        ("…", true),
        ("một\n…\nba\nbốn", false),
        ("một\nhai\nba", false),
        ("hai\n…", false),
        ("một\n…\nhai\nhai\n…", false),
    ];
    for (shown, expected) in cases {
        assert_eq!(fits(&lines(shown), &actual), expected, "{shown}");
    }
    let document = "văn\n$ không\n```\n$ a \\\n  b\nra\n$ c\n```\n";
    let found: Vec<(usize, String, usize)> = shown(document).into_iter().map(|one| (one.line, one.command, one.output.len())).collect();
    assert_eq!(found, [(4, "a \\\n  b".to_owned(), 1), (7, "c".to_owned(), 0)]);
    assert_eq!(timeless("x 2026-11-22T10:03:44Z, in 0.2 s "), timeless("x 2026-11-23T10:03:44Z, in 12.5 s"));
}
