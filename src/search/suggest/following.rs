//! What goes on behind syllables that are finished: `ubnd tỉnh n` → `ubnd tỉnh ninh bình`.
//!
//! Input → output: syllables and a beginning → phrases, each with the articles whose title or body holds every two neighbours of it. The next syllable is a
//! range of the pairs of neighbours; where a word begins with it, the word is gone on with.

use super::begun::{Beginning, Begun};
use super::chain::{ARTICLES_PER_SLIP, Typed, meant};
use super::counts::Counts;
use super::variant::Marks;
use crate::index::compound::{self, CompoundField, Dictionary};
use crate::index::{Generation, Part, PostingList, PrefixTable};
use crate::search::error::SearchError;
use crate::text::fold;
use std::cmp::Reverse;
use std::collections::HashMap;
use tantivy::{BitSet, SegmentReader};

/// Behind a syllable that more articles hold, some letter has to be typed: too many follow it to look at them all.
const MAX_BEFORE: u64 = 5_000;

/// Of the syllables that may follow, so many are looked at: those that stand behind the last one in most titles and bodies.
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
    let behind = Behind::open(generation, words)?;
    let head = spelt(&begun.head[from..], begun.is_folded, &behind.counts)?;
    let Some(last) = head.last() else { return Ok(Vec::new()) };
    let holding = behind.holding(&head)?;
    if holding.as_ref().is_some_and(|articles| articles.count() == 0) || begun.last.is_empty() && behind.counts.syllable(last)? > MAX_BEFORE
    {
        return Ok(Vec::new());
    }
    let mut next = behind.next(last, holding.as_ref(), begun)?;
    next.truncate(limit);
    let phrase = |rest: &str| format!("{} {rest}", head.join(" "));
    let mut found = Vec::new();
    for (number, (syllable, articles)) in next.into_iter().enumerate() {
        let words = if number < MAX_EXTENDED { behind.words(&syllable, &articles)? } else { Vec::new() };
        let most = words.iter().map(|&(_, held)| held).max().unwrap_or(0);
        found.extend(words.into_iter().map(|(word, held)| (phrase(word), held)));
        if (most as f64) < MOSTLY * articles.count() as f64 {
            found.push((phrase(&syllable), articles.count()));
        }
    }
    Ok(found)
}

/// What is asked for what goes on.
struct Behind<'a> {
    counts: Counts<'a>,
    pairs: Segments<'a>,
    words: Segments<'a>,
    /// Words by their beginning.
    table: &'a PrefixTable,
}

impl<'a> Behind<'a> {
    fn open(generation: &'a Generation, table: &'a PrefixTable) -> tantivy::Result<Behind<'a>> {
        let schema = generation.schema();
        Ok(Behind {
            counts: Counts::new(generation),
            pairs: Segments::open(generation, &Part::ALL.map(|part| schema.pairs(part)))?,
            words: Segments::open(generation, &[schema.words()])?,
            table,
        })
    }

    /// The articles that hold every two neighbours; none of a single syllable, of which nothing is asked yet.
    fn holding(&self, head: &[String]) -> tantivy::Result<Option<Articles>> {
        let mut holding = None;
        for pair in head.windows(2) {
            holding = Some(self.pairs.articles(&pair.join(" "), holding.as_ref())?);
        }
        Ok(holding)
    }

    /// The syllables that go on behind one, with their articles among those that hold what stands before; the most frequent first.
    fn next(&self, last: &str, holding: Option<&Articles>, begun: &Begun) -> tantivy::Result<Vec<(String, Articles)>> {
        let before = match holding {
            None => self.counts.syllable(last)?,
            Some(holding) => holding.count(),
        };
        let mut next = Vec::new();
        for syllable in self.pairs.beginning(last, &begun.last, begun.is_folded)?.into_iter().take(MAX_NEXT) {
            let articles = self.pairs.articles(&format!("{last} {syllable}"), holding)?;
            if self.is_usual(articles.count(), before, &syllable)? {
                next.push((syllable, articles));
            }
        }
        next.sort_by(|(one, of_one), (other, of_other)| (Reverse(of_one.count()), one).cmp(&(Reverse(of_other.count()), other)));
        Ok(next)
    }

    /// Whether a syllable follows in more articles than slips and chance would make of those of what stands before.
    fn is_usual(&self, count: u64, before: u64, syllable: &str) -> tantivy::Result<bool> {
        let articles = self.counts.articles;
        let by_chance = before as f64 * self.counts.syllable(syllable)? as f64 / articles as f64;
        Ok(count > articles / ARTICLES_PER_SLIP && count as f64 >= by_chance * TOGETHER)
    }

    /// The words that go on with a syllable, each with its articles among those that hold the syllable there.
    fn words(&self, syllable: &str, holding: &Articles) -> tantivy::Result<Vec<(&'a str, u64)>> {
        let mut words = Vec::new();
        for word in self.table.best(&format!("{syllable} "), false).take(MAX_WORDS) {
            let held = self.words.articles(word.phrase, Some(holding))?.count();
            let by_chance = f64::from(word.count) / self.counts.articles as f64 * WORD_TIMES;
            if held > 0 && held as f64 >= holding.count() as f64 * by_chance.clamp(WORD_SHARE, MOSTLY) {
                words.push((word.phrase, held));
            }
        }
        Ok(words)
    }
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

/// Some fields of all segments.
struct Segments<'a>(Vec<Segment<'a>>);

struct Segment<'a> {
    reader: &'a SegmentReader,
    dictionaries: Vec<Dictionary>,
}

/// Living articles, by segment.
struct Articles(Vec<BitSet>);

impl Articles {
    fn count(&self) -> u64 {
        self.0.iter().map(|articles| articles.len() as u64).sum()
    }
}

impl<'a> Segments<'a> {
    fn open(generation: &'a Generation, fields: &[CompoundField]) -> tantivy::Result<Segments<'a>> {
        let open = |reader: &'a SegmentReader| {
            let dictionaries = fields.iter().map(|field| Ok(field.dictionary(reader)?.into_owned())).collect::<tantivy::Result<_>>()?;
            Ok(Segment { reader, dictionaries })
        };
        generation.searcher().segment_readers().iter().map(open).collect::<tantivy::Result<_>>().map(Segments)
    }

    /// The articles among some that hold a phrase in any of the fields.
    fn articles(&self, phrase: &str, among: Option<&Articles>) -> tantivy::Result<Articles> {
        let term = compound::term(phrase);
        let mut articles = Vec::with_capacity(self.0.len());
        for (number, Segment { reader, dictionaries }) in self.0.iter().enumerate() {
            let among = among.map(|articles| &articles.0[number]);
            let mut held = BitSet::with_max_value(reader.max_doc());
            for list in dictionaries.iter().filter_map(|dictionary| dictionary.get(term.as_bytes())) {
                PostingList::Compound(list).each_living(reader, |doc| {
                    if among.is_none_or(|among| among.contains(doc)) {
                        held.insert(doc);
                    }
                })?;
            }
            articles.push(held);
        }
        Ok(Articles(articles))
    }

    /// The syllables that stand behind one and begin so; the most frequent first, each field counting for itself.
    fn beginning(&self, before: &str, beginnings: &[Beginning], is_folded: bool) -> tantivy::Result<Vec<String>> {
        let any = [Beginning { text: String::new(), is_whole: false }];
        let beginnings = if beginnings.is_empty() { &any } else { beginnings };
        let mut counts: HashMap<String, u64> = HashMap::new();
        let first_syllable = compound::first(&fold(before));
        for Segment { reader, dictionaries } in &self.0 {
            for dictionary in dictionaries {
                let mut terms = dictionary.beginning(first_syllable.as_bytes());
                while terms.advance() {
                    let Some(pair) = compound::spelling(terms.term()) else { continue };
                    let Some((first, second)) = pair.split_once(' ') else { continue };
                    let begins = |beginning: &Beginning| if is_folded { beginning.begins(&fold(second)) } else { beginning.begins(second) };
                    if first == before && second.starts_with(char::is_alphabetic) && beginnings.iter().any(begins) {
                        *counts.entry(second.to_owned()).or_default() += u64::from(terms.living(reader)?);
                    }
                }
            }
        }
        let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
        counts.sort_by(|one, other| (Reverse(one.1), &one.0).cmp(&(Reverse(other.1), &other.0)));
        Ok(counts.into_iter().map(|(syllable, _)| syllable).collect())
    }
}
