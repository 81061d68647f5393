//! What goes on behind syllables that are finished: `ubnd tỉnh n` → `ubnd tỉnh ninh bình`.
//!
//! Input → output: syllables and a beginning → phrases, each with the articles whose body holds every two neighbours of it. The next syllable is a range of the
//! pairs of neighbours; where a word begins with it, the word is gone on with.

use super::begun::{Beginning, Begun};
use super::chain::{ARTICLES_PER_SLIP, Typed, meant};
use super::counts::Counts;
use super::variant::Marks;
use crate::index::{Generation, Part, PrefixTable, compound, each_living, living};
use crate::search::error::SearchError;
use crate::text::fold;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::schema::Field;
use tantivy::{BitSet, InvertedIndexReader, SegmentReader};

/// Behind a syllable that more articles hold, some letter has to be typed: too many follow it to look at them all.
const MAX_BEFORE: u64 = 5_000;

/// Of the syllables that may follow, so many are counted: those that stand behind the last one in most articles.
const MAX_NEXT: usize = 40;

/// Of those, so many are gone on with.
const MAX_EXTENDED: usize = 8;

/// Each by so many words are tried.
const MAX_WORDS: usize = 6;

/// A word that goes on stands in at least so large a share of the articles of its first syllable, and in so many times more than in any others.
const WORD_SHARE: f64 = 0.2;
const WORD_TIMES: f64 = 3.0;

/// A syllable that follows in a smaller share of what chance would have in one article with what stands before only meets it: `tỉnh này`.
const TOGETHER: f64 = 0.07;

/// A syllable is not given by itself where so large a share of its articles go on with one word.
const MOSTLY: f64 = 0.8;

/// Phrases that begin as what was typed from a syllable on, which is finished, each with its articles.
pub(super) fn following(
    begun: &Begun,
    from: usize,
    generation: &Generation,
    words: &PrefixTable,
    limit: usize,
) -> Result<Vec<(String, u64)>, SearchError> {
    let counts = Counts::new(generation)?;
    let head = spelt(&begun.head[from..], begun.is_folded, &counts)?;
    let Some(last) = head.last() else { return Ok(Vec::new()) };
    let pairs = Segments::open(generation, generation.schema().pairs(Part::Body))?;
    let words_in = Segments::open(generation, generation.schema().words())?;
    // None where there is nothing yet that articles have to hold.
    let mut holding: Option<Articles> = None;
    for pair in head.windows(2) {
        holding = Some(pairs.articles(&pair.join(" "), holding.as_ref())?);
    }
    if holding.as_ref().is_some_and(|articles| articles.count() == 0) {
        return Ok(Vec::new());
    }
    if begun.last.is_empty() && counts.syllable(last)? > MAX_BEFORE {
        return Ok(Vec::new());
    }
    let mut next = pairs.beginning(last, &begun.last, begun.is_folded)?;
    next.truncate(MAX_NEXT);
    let articles = generation.statistics().articles();
    let before = match &holding {
        None => counts.syllable(last)?,
        Some(holding) => holding.count(),
    };
    let mut counted = Vec::with_capacity(next.len());
    for (syllable, count) in next {
        let count = match &holding {
            None => count,
            Some(holding) => pairs.articles(&format!("{last} {syllable}"), Some(holding))?.count(),
        };
        if count > articles / ARTICLES_PER_SLIP
            && count as f64 >= before as f64 * counts.syllable(&syllable)? as f64 / articles as f64 * TOGETHER
        {
            counted.push((syllable, count));
        }
    }
    counted.sort_by(|one, other| (Reverse(one.1), &one.0).cmp(&(Reverse(other.1), &other.0)));
    counted.truncate(limit);
    let phrase = |rest: &str| format!("{} {rest}", head.join(" "));
    let mut found = Vec::new();
    for (number, (syllable, count)) in counted.into_iter().enumerate() {
        let mut most = 0;
        if number < MAX_EXTENDED {
            let holding = pairs.articles(&format!("{last} {syllable}"), holding.as_ref())?;
            for word in words.best(&format!("{syllable} "), false).take(MAX_WORDS) {
                let held = words_in.articles(word.phrase, Some(&holding))?.count();
                let by_chance = f64::from(word.count) / articles as f64 * WORD_TIMES;
                if held > 0 && held as f64 >= count as f64 * by_chance.clamp(WORD_SHARE, MOSTLY) {
                    found.push((phrase(word.phrase), held));
                    most = most.max(held);
                }
            }
        }
        if (most as f64) < MOSTLY * count as f64 {
            found.push((phrase(&syllable), count));
        }
    }
    Ok(found)
}

/// The finished syllables: as typed, or as they were probably meant where nothing carries diacritics.
fn spelt(head: &[String], is_folded: bool, counts: &Counts) -> Result<Vec<String>, SearchError> {
    if !is_folded {
        return Ok(head.to_vec());
    }
    let run: Vec<Typed> = head.iter().map(|syllable| Typed { syllable: syllable.clone(), may_change: true }).collect();
    let meant = meant(&run, Marks::None, false, counts)?;
    Ok(head.iter().zip(meant).map(|(typed, meant)| meant.map_or_else(|| typed.clone(), |meant| meant.join(" "))).collect())
}

/// A field of all segments.
struct Segments<'a>(Vec<(&'a SegmentReader, Arc<InvertedIndexReader>)>);

/// Living articles, by segment.
struct Articles(Vec<BitSet>);

impl Articles {
    fn count(&self) -> u64 {
        self.0.iter().map(|articles| articles.len() as u64).sum()
    }
}

impl<'a> Segments<'a> {
    fn open(generation: &'a Generation, field: Field) -> tantivy::Result<Segments<'a>> {
        let readers = generation.searcher().segment_readers();
        readers.iter().map(|reader| Ok((reader, reader.inverted_index(field)?))).collect::<tantivy::Result<_>>().map(Segments)
    }

    /// The articles among some that hold a phrase of the field.
    fn articles(&self, phrase: &str, among: Option<&Articles>) -> tantivy::Result<Articles> {
        let term = compound::term(phrase);
        let mut articles = Vec::with_capacity(self.0.len());
        for (segment, (reader, index)) in self.0.iter().enumerate() {
            let mut held = BitSet::with_max_value(reader.max_doc());
            if let Some(info) = index.terms().get(&term)? {
                let among = among.map(|articles| &articles.0[segment]);
                each_living(reader, index, &info, |doc| {
                    if among.is_none_or(|among| among.contains(doc)) {
                        held.insert(doc);
                    }
                })?;
            }
            articles.push(held);
        }
        Ok(Articles(articles))
    }

    /// The syllables that stand behind one and begin so, with the articles that hold both side by side; the most frequent first.
    fn beginning(&self, before: &str, beginnings: &[Beginning], is_folded: bool) -> tantivy::Result<Vec<(String, u64)>> {
        let any = [Beginning { text: String::new(), is_whole: false }];
        let beginnings = if beginnings.is_empty() { &any } else { beginnings };
        let mut counts: HashMap<String, u64> = HashMap::new();
        let mut looked_up: Vec<String> = beginnings.iter().map(|beginning| format!("{} {}", fold(before), fold(&beginning.text))).collect();
        looked_up.sort();
        looked_up.dedup();
        for (reader, index) in &self.0 {
            for folded in &looked_up {
                let mut terms = index.terms().range().ge(folded).into_stream()?;
                while terms.advance() && terms.key().starts_with(folded.as_bytes()) {
                    let Some(term) = std::str::from_utf8(terms.key()).ok() else { continue };
                    let Some((first, second)) = compound::spelling(term).split_once(' ') else { continue };
                    let begins = |beginning: &Beginning| if is_folded { beginning.begins(&fold(second)) } else { beginning.begins(second) };
                    if first == before && second.starts_with(char::is_alphabetic) && beginnings.iter().any(begins) {
                        let count = u64::from(living(reader, index, terms.value())?);
                        match counts.get_mut(second) {
                            Some(sum) => *sum += count,
                            None => _ = counts.insert(second.to_owned(), count),
                        }
                    }
                }
            }
        }
        let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
        counts.sort_by(|one, other| (Reverse(one.1), &one.0).cmp(&(Reverse(other.1), &other.0)));
        Ok(counts)
    }
}
