//! How well words are helped with, over real titles: run by hand, prints what it measures.

use crate::harness::{PIPELINE, TestIndex, shared};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tracuu::index::{Generation, Reader};
use tracuu::search::{Request, complete, search};
use tracuu::text::{canonical_phrase, compose, fold};
use unicode_normalization::UnicodeNormalization;

/// A die that always falls the same way.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// Fragments of two to four syllables of the titles of an index.
fn of_titles(generation: &Generation) -> Vec<String> {
    let mut dice = Dice(7);
    let titles = generation.articles().map(|stored| stored.unwrap().article.title);
    let fragment = |title: String| {
        let phrase = compose(&title).to_lowercase();
        let words: Vec<&str> =
            phrase.split([',', '.', ':', '"', '“', '”', '-']).max_by_key(|part| part.len())?.split_whitespace().collect();
        let length = 2 + dice.roll(3);
        let from = dice.roll(words.len().checked_sub(length)? + 1);
        Some(words[from..from + length].join(" "))
    };
    titles.filter_map(fragment).filter(|text| text.chars().all(|letter| letter.is_alphabetic() || letter == ' ')).take(1_000).collect()
}

/// The texts of a file of queries, one JSON object a line.
fn of_file(path: &str) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["text"].as_str().unwrap().to_owned()).collect()
}

/// A syllable under another tone, or with a letter left out, doubled or swapped.
fn with_a_slip(query: &str, dice: &mut Dice) -> String {
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{309}', '\u{303}', '\u{323}'];
    let mut syllables: Vec<String> = query.split(' ').map(str::to_owned).collect();
    let at = dice.roll(syllables.len());
    let mut letters: Vec<char> = syllables[at].chars().collect();
    let place = dice.roll(letters.len());
    match dice.roll(2) {
        0 => {
            let marks: Vec<char> = syllables[at].nfd().collect();
            let tone = marks.iter().position(|mark| TONES.contains(mark));
            let other = TONES[dice.roll(5)];
            let changed: String = match tone {
                Some(tone) => marks.iter().enumerate().map(|(at, &mark)| if at == tone { other } else { mark }).collect(),
                None => marks.iter().flat_map(|&mark| [Some(mark), ("aeiouy".contains(mark)).then_some(other)]).flatten().collect(),
            };
            letters = changed.nfc().collect();
        }
        _ => match dice.roll(3) {
            0 if letters.len() > 2 => _ = letters.remove(place),
            1 if place > 0 => letters.swap(place - 1, place),
            _ => letters.insert(place, letters[place]),
        },
    }
    syllables[at] = letters.into_iter().collect();
    syllables.join(" ")
}

fn percentiles(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    println!("{name}: {} calls, p50 {:?}, p99 {:?}, most {:?}", times.len(), at(50), at(99), at(100));
}

#[test]
#[ignore = "measures; TRACUU_INDEX and TRACUU_QUERIES may name a larger index and a file of queries"]
fn how_well_words_are_helped_with() {
    let made;
    let dir = match std::env::var("TRACUU_INDEX") {
        Ok(dir) => dir.into(),
        Err(_) => {
            let Some(path) = shared("news/tuoitre.jsonl.zst") else { return };
            made = TestIndex::of(&[path]);
            made.dir()
        }
    };
    let generation = Reader::open(Path::new(&dir), Arc::clone(&PIPELINE.analyzer)).unwrap().generation().unwrap();
    let queries = std::env::var("TRACUU_QUERIES").map_or_else(|_| of_titles(&generation), |path| of_file(&path));
    let run = |query: &str| {
        let request = Request { query: query.to_owned(), limit: 0, ..Request::default() };
        let began = Instant::now();
        let response = search(&generation, &PIPELINE.authority, &request).unwrap();
        (response.did_you_mean.map(|meant| meant.query), response.total, began.elapsed())
    };
    let mut dice = Dice(11);
    let (mut unmarked, mut slips, mut alone) = ((0, 0, Vec::new()), (0, 0, 0, Vec::new()), (0, 0, Vec::new()));
    for query in &queries {
        let is = |meant: &Option<String>| meant.as_ref().is_some_and(|meant| canonical_phrase(meant) == canonical_phrase(query));
        let (meant, total, time) = run(query);
        alone.2.push(time);
        alone.0 += usize::from(meant.is_none());
        alone.1 += 1;
        if let Some(meant) = meant.filter(|_| alone.1 - alone.0 < 40) {
            println!("right, {total}: {query} → {meant}");
        }
        let without = fold(query);
        if without != *query && total > 0 {
            let (meant, _, time) = run(&without);
            unmarked.2.push(time);
            unmarked.0 += usize::from(is(&meant));
            unmarked.1 += 1;
        }
        let slip = with_a_slip(query, &mut dice);
        if total > 0 && canonical_phrase(&slip) != canonical_phrase(query) {
            let (meant, found, time) = run(&slip);
            slips.3.push(time);
            slips.0 += usize::from(is(&meant));
            slips.2 += usize::from(found > 20);
            slips.1 += 1;
            if !is(&meant) && slips.1 - slips.0 < 40 {
                println!("slip, {found}: {slip} ({query}, {total}) → {meant:?}");
            }
        }
    }
    println!("without diacritics: {} of {} restored", unmarked.0, unmarked.1);
    println!("with a slip: {} of {} restored, {} of them find more than 20 articles as they are", slips.0, slips.1, slips.2);
    println!("as they are: {} of {} left alone", alone.0, alone.1);
    percentiles("answer without diacritics", unmarked.2);
    percentiles("answer to a slip", slips.3);
    percentiles("answer as it is", alone.2);

    let began = Instant::now();
    complete(&generation, &PIPELINE.authority, "a", 10).unwrap();
    println!("first completion: {:?}", began.elapsed());
    let mut times = Vec::new();
    let mut slowest = (Duration::ZERO, String::new());
    for query in &queries {
        for typed in [query.clone(), fold(query)] {
            for end in typed.char_indices().map(|(at, letter)| at + letter.len_utf8()) {
                let began = Instant::now();
                complete(&generation, &PIPELINE.authority, &typed[..end], 10).unwrap();
                times.push(began.elapsed());
                slowest = slowest.max((began.elapsed(), typed[..end].to_owned()));
            }
        }
    }
    percentiles("completion", times);
    println!("slowest: {slowest:?}");
}
