//! The three totals of a query against a scan of the stored texts: fragments of real titles, typed with diacritics and without.

use crate::harness::{PIPELINE, TestIndex, shared};
use std::collections::{HashMap, HashSet};
use tracuu::analysis::{Stream, Tokens};
use tracuu::search::{NoticeCode, Request, Response};
use tracuu::text::{canonical, fold, parts};

/// Fragments of each way of typing.
const FRAGMENTS: usize = 300;

/// Terms by number: comparing texts would take minutes.
#[derive(Default)]
struct Numbers(HashMap<String, u32>);

impl Numbers {
    fn of(&mut self, term: &str) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap();
        *self.0.entry(term.to_owned()).or_insert(next)
    }
}

/// The terms of a stream, one for each position; none where a sparse stream has nothing.
struct Terms {
    in_order: Vec<Option<u32>>,
    all: HashSet<u32>,
}

impl Terms {
    fn of(stream: Stream, tokens: &Tokens, numbers: &mut Numbers) -> Terms {
        let mut in_order = vec![None; tokens.len(Stream::Syllable)];
        for token in tokens.of(stream) {
            in_order[token.position as usize] = Some(numbers.of(token.term));
        }
        Terms { all: in_order.iter().copied().flatten().collect(), in_order }
    }

    /// Whether terms stand one after the other.
    fn holds(&self, terms: &[Option<u32>]) -> bool {
        terms.iter().flatten().all(|term| self.all.contains(term)) && self.in_order.windows(terms.len()).any(|window| window == terms)
    }
}

/// Title or body of an article: as spelt, without diacritics, and the lines that were typed without any.
struct Part {
    spelt: Terms,
    folded: Terms,
    undiacritic: Terms,
}

impl Part {
    fn of(text: &str, tokens: &mut Tokens, numbers: &mut Numbers) -> Part {
        PIPELINE.analyzer.parts(text, tokens);
        let mut terms = |stream| Terms::of(stream, tokens, numbers);
        Part { spelt: terms(Stream::Syllable), folded: terms(Stream::Folded), undiacritic: terms(Stream::Undiacritic) }
    }
}

/// Syllables that are looked for one after the other.
struct Piece {
    spelt: Vec<Option<u32>>,
    folded: Vec<Option<u32>>,
}

impl Piece {
    fn of(syllables: &[String], numbers: &mut Numbers) -> Piece {
        let mut number = |term: &str| Some(numbers.of(term));
        Piece {
            spelt: syllables.iter().map(|syllable| number(syllable)).collect(),
            folded: syllables.iter().map(|syllable| number(&fold(syllable))).collect(),
        }
    }

    fn stands_in(&self, part: &Part, is_folded: bool) -> bool {
        match is_folded {
            true => part.folded.holds(&self.folded),
            false => part.spelt.holds(&self.spelt) || part.undiacritic.holds(&self.folded),
        }
    }
}

fn syllables(text: &str) -> Vec<String> {
    parts(text).map(|span| canonical(&text[span])).collect()
}

/// What is looked for in other spellings too, and so not by a plain scan: folded, each between spaces.
fn abbreviations() -> HashSet<String> {
    let tables = [include_str!("../../src/authority/abbreviations.tsv"), include_str!("../../src/authority/spellings.tsv")];
    let rows = tables.iter().flat_map(|table| table.lines()).filter(|line| !line.starts_with('#'));
    let forms = rows.flat_map(|row| row.split('\t').take(2).map(|form| format!(" {} ", fold(&syllables(form).join(" ")))));
    forms.collect()
}

/// Two to four syllables that stand in a row in a title, in small letters.
fn fragments(titles: &[String], abbreviations: &HashSet<String>) -> Vec<String> {
    let mut fragments = Vec::new();
    for (number, title) in titles.iter().enumerate().filter(|(_, title)| !title.is_empty()) {
        let words = syllables(title);
        let count = 2 + number % 3;
        let Some(window) = words.windows(count).nth(number * 7 % words.len().max(1)) else { continue };
        let spaced = format!(" {} ", fold(&window.join(" ")));
        if !abbreviations.iter().any(|form| spaced.contains(form.as_str())) {
            fragments.push(window.join(" "));
        }
    }
    fragments
}

/// Slow: indexes some thousand articles and scans them for each fragment.
#[test]
#[ignore = "scans 3,653 articles 600 times; `cargo test --release --test it -- --ignored` runs it"]
fn all_three_totals_are_those_of_a_scan_of_the_stored_texts() {
    let files = ["news/tuoitre.jsonl.zst", "news/dantri.jsonl.zst"];
    let Some(files) = files.map(shared).into_iter().collect::<Option<Vec<_>>>() else { return };
    let index = TestIndex::of(&files);
    let generation = index.generation();
    let (mut tokens, mut numbers, mut articles, mut titles) = (Tokens::default(), Numbers::default(), Vec::new(), Vec::new());
    for stored in generation.articles() {
        let article = stored.unwrap().article;
        articles.push([&article.title, article.body.as_ref().unwrap()].map(|text| Part::of(text, &mut tokens, &mut numbers)));
        titles.push(article.title);
    }
    assert!(articles.len() > 3_000, "{}", articles.len());

    // Articles lie in no particular order: the same fragments in every run.
    titles.sort();
    let accented = fragments(&titles, &abbreviations());
    let plain = accented.iter().map(|fragment| fold(fragment)).collect::<Vec<_>>();
    let (mut spelt, mut folded, mut of_several_words, mut wrong) = (0, 0, 0, Vec::new());
    for typed in accented.iter().take(FRAGMENTS).chain(plain.iter().take(FRAGMENTS)) {
        let response: Response =
            tracuu::search::search(&generation, &PIPELINE.authority, &Request { query: typed.clone(), limit: 0, ..Request::default() })
                .unwrap();
        let is_folded = response.notices.iter().any(|notice| notice.code == NoticeCode::Folded);
        let mut scan = |pieces: &[Vec<String>]| {
            let pieces: Vec<Piece> = pieces.iter().map(|piece| Piece::of(piece, &mut numbers)).collect();
            let holds = |article: &&[Part; 2]| pieces.iter().all(|piece| article.iter().any(|part| piece.stands_in(part, is_folded)));
            articles.iter().filter(holds).count() as u64
        };
        let words: Vec<Vec<String>> = response.query.words.iter().map(|word| syllables(&word.text)).collect();
        assert_eq!(words.concat(), syllables(typed), "{typed}: every syllable is part of a word");
        let expected = (
            scan(&words),
            Some(scan(&[syllables(typed)])),
            Some(scan(&syllables(typed).into_iter().map(|syllable| vec![syllable]).collect::<Vec<_>>())),
        );
        let found = (response.total, response.total_phrase, response.total_loose);
        if found != expected {
            wrong.push(format!("{typed}: {found:?}, by the scan {expected:?}"));
        }
        *(if is_folded { &mut folded } else { &mut spelt }) += 1;
        of_several_words += usize::from(words.len() > 1);
    }
    println!("{spelt} as spelt, {folded} without diacritics, {of_several_words} of several words");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(spelt >= 200 && folded >= 100 && of_several_words >= 200, "{spelt}, {folded}, {of_several_words}");
}
