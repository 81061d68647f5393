//! The likeliest spelling of a run of syllables, all of them together.
//!
//! Input → output: canonical syllables as typed → those that were probably meant. What each may be ([`super::variant`]) meets what stands in the archive
//! beside its neighbours ([`super::counts`]); of all ways through, the best is where the text is likely and the changes are cheap.
//! A syllable that stands in the archive beside its neighbours as typed is left alone: rare words and names are right.

use super::counts::Counts;
use super::variant::{Form, Marks, change_of_marks, change_of_space, other_letters, same_letters, spellings};
use crate::text::fold;
use std::cmp::Reverse;
use std::collections::HashMap;

/// One pair in so many articles is no slip.
pub(super) const ARTICLES_PER_SLIP: u64 = 10_000;

/// The letters of one pair in so many articles are right, whatever its marks.
const ARTICLES_PER_LETTERS: u64 = 1_000;

/// Of the forms with other letters, so many are looked at: those that most articles hold.
const MAX_FORMS: usize = 8;

/// Of the spellings of two syllables that were run together, so many are looked at.
const MAX_SPLIT: usize = 4;

/// How many articles' worth of evidence a pair that nobody has written is given, shared out by how usual its second syllable is.
const UNSEEN: f64 = 5.0;

/// What stands in no article is not quite impossible.
const LEAST: f64 = 0.001;

/// A syllable of the run.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    /// Canonical.
    pub syllable: String,
    /// Whether it may be changed.
    pub may_change: bool,
}

/// What stands in the place of each syllable; none where it stays.
pub(super) type Meant = Vec<Option<Vec<String>>>;

/// The run as it was probably meant. With `letters`, other letters may be meant, not just other marks.
pub(super) fn meant(run: &[Typed], marks: Marks, letters: bool, counts: &Counts) -> tantivy::Result<Meant> {
    let usual =
        run.windows(2).map(|pair| is_usual(&pair[0].syllable, &pair[1].syllable, marks, counts)).collect::<tantivy::Result<Vec<_>>>()?;
    let place = |(at, typed): (usize, &Typed)| {
        let beside: Vec<bool> = [at.checked_sub(1), Some(at)].into_iter().flatten().filter_map(|pair| usual.get(pair).copied()).collect();
        let is_left = marks == Marks::Some && !beside.is_empty() && beside.iter().all(|&usual| usual);
        if is_left || !typed.may_change {
            return Ok(vec![Choice::typed(&typed.syllable)]);
        }
        let mut forms = same_letters(&typed.syllable);
        if letters && !beside.contains(&true) && !stands_with_other_marks(run, at, counts)? {
            forms.extend(likely(other_letters(&typed.syllable), counts)?);
        }
        choices(&typed.syllable, &forms, marks, counts)
    };
    let places = run.iter().enumerate().map(place).collect::<tantivy::Result<Vec<_>>>()?;
    let best = likeliest(&places, counts)?;
    Ok(best.into_iter().zip(places).map(|(choice, mut choices)| (choice > 0).then(|| choices.swap_remove(choice).spelt)).collect())
}

/// Whether two syllables stand beside each other in the archive, too often for a slip.
fn is_usual(first: &str, second: &str, marks: Marks, counts: &Counts) -> tantivy::Result<bool> {
    let articles = match marks {
        Marks::Some => counts.pair(first, second)?,
        Marks::None => counts.any_pair(&fold(first), &fold(second))?,
    };
    Ok(articles > counts.articles / ARTICLES_PER_SLIP)
}

/// Whether the letters of a syllable often stand beside those of a neighbour: if anything is wrong with it, then its marks.
fn stands_with_other_marks(run: &[Typed], at: usize, counts: &Counts) -> tantivy::Result<bool> {
    for pair in run[at.saturating_sub(1)..(at + 2).min(run.len())].windows(2) {
        if counts.any_pair(&fold(&pair[0].syllable), &fold(&pair[1].syllable))? > counts.articles / ARTICLES_PER_LETTERS {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Those of some forms that most articles hold.
fn likely(forms: Vec<Form>, counts: &Counts) -> tantivy::Result<Vec<Form>> {
    let by_syllable = counts.folded(forms.iter().flat_map(|form| &form.folded).map(String::as_str))?;
    let mut held = Vec::new();
    for form in forms {
        let mut articles = form.folded.iter().map(|syllable| by_syllable.get(syllable).copied().unwrap_or(0)).min().unwrap_or(0);
        if let [first, second] = form.folded.as_slice()
            && articles > 0
        {
            articles = counts.any_pair(first, second)?;
        }
        held.extend((articles > counts.articles / ARTICLES_PER_SLIP).then_some((articles, form)));
    }
    held.sort_by(|one, other| (Reverse(one.0), &one.1.folded).cmp(&(Reverse(other.0), &other.1.folded)));
    Ok(held.into_iter().take(MAX_FORMS).map(|(_, form)| form).collect())
}

/// What a place may be: spelt, one or two syllables.
#[derive(Clone, Debug)]
struct Choice {
    spelt: Vec<String>,
    /// Of the changes; of two syllables, also of their standing together.
    cost: f64,
}

impl Choice {
    fn typed(syllable: &str) -> Choice {
        Choice { spelt: vec![syllable.to_owned()], cost: 0.0 }
    }

    fn first(&self) -> &str {
        self.spelt.first().map_or("", String::as_str)
    }

    fn last(&self) -> &str {
        self.spelt.last().map_or("", String::as_str)
    }
}

/// All that a syllable may be and that stands in the archive; first of all what was typed.
fn choices(typed: &str, forms: &[Form], marks: Marks, counts: &Counts) -> tantivy::Result<Vec<Choice>> {
    let mut choices = vec![Choice::typed(typed)];
    let mut add = |spelt: Vec<String>, cost: f64| match choices.iter_mut().find(|choice| choice.spelt == spelt) {
        Some(known) => known.cost = known.cost.min(cost),
        None => choices.push(Choice { spelt, cost }),
    };
    for form in forms {
        match form.folded.as_slice() {
            [first, second] => {
                let mut pairs = counts.pairs(first, second)?.to_vec();
                pairs.sort_by(|one, other| (Reverse(one.1), &one.0).cmp(&(Reverse(other.1), &other.0)));
                for (pair, count) in pairs.into_iter().take(MAX_SPLIT) {
                    let Some((one, other)) = pair.split_once(' ') else { continue };
                    let together = step(counts, one, other, count)?;
                    add(vec![one.to_owned(), other.to_owned()], form.cost + change_of_space(typed, one, other, marks) - together);
                }
            }
            [folded] => {
                for spelt in spellings(folded) {
                    if counts.syllable(&spelt)? > 0 {
                        let cost = form.cost + change_of_marks(&form.typed, &spelt, marks);
                        add(vec![spelt], cost);
                    }
                }
            }
            _ => {}
        }
    }
    Ok(choices)
}

/// How likely a syllable is behind another one, as a logarithm, if so many articles hold them side by side.
fn step(counts: &Counts, before: &str, syllable: &str, together: u64) -> tantivy::Result<f64> {
    let expected = UNSEEN * chance(counts, syllable)?;
    Ok((together as f64 + expected).ln() - (counts.syllable(before)? as f64 + UNSEEN).ln())
}

/// How likely an article is to hold a syllable.
fn chance(counts: &Counts, syllable: &str) -> tantivy::Result<f64> {
    Ok((counts.syllable(syllable)? as f64 + LEAST) / (counts.articles as f64 + 1.0))
}

/// The best way through the choices of all places: the number of one for each.
fn likeliest(places: &[Vec<Choice>], counts: &Counts) -> tantivy::Result<Vec<usize>> {
    let Some(first) = places.first() else { return Ok(Vec::new()) };
    let mut scores =
        first.iter().map(|choice| Ok(chance(counts, choice.first())?.ln() - choice.cost)).collect::<tantivy::Result<Vec<f64>>>()?;
    let mut ways: Vec<Vec<usize>> = Vec::new();
    for pair in places.windows(2) {
        let [left, right] = pair else { continue };
        // Two that nobody has written side by side: the best of the left, whichever the right is.
        let mut unseen = Vec::with_capacity(left.len());
        for (choice, score) in left.iter().zip(&scores) {
            unseen.push(score - (counts.syllable(choice.last())? as f64 + UNSEEN).ln());
        }
        let best = (1..unseen.len()).fold(0, |best, at| if unseen[at] > unseen[best] { at } else { best });
        let mut reached = Vec::with_capacity(right.len());
        for choice in right {
            let share = UNSEEN * chance(counts, choice.first())?;
            reached.push((unseen[best] + share.ln() - choice.cost, best));
        }
        for (from, to, count) in side_by_side(left, right, counts)? {
            let score = scores[from] + step(counts, left[from].last(), right[to].first(), count)? - right[to].cost;
            if score > reached[to].0 {
                reached[to] = (score, from);
            }
        }
        scores = reached.iter().map(|(score, _)| *score).collect();
        ways.push(reached.into_iter().map(|(_, from)| from).collect());
    }
    let mut at = (1..scores.len()).fold(0, |best, at| if scores[at] > scores[best] { at } else { best });
    let mut path = vec![at];
    for way in ways.iter().rev() {
        at = way[at];
        path.push(at);
    }
    path.reverse();
    Ok(path)
}

/// The choices of two places that stand side by side in the archive, and in how many articles.
fn side_by_side(left: &[Choice], right: &[Choice], counts: &Counts) -> tantivy::Result<Vec<(usize, usize, u64)>> {
    fn by_syllable(choices: &[Choice], syllable: fn(&Choice) -> &str) -> (HashMap<&str, Vec<usize>>, Vec<String>) {
        let mut numbers: HashMap<&str, Vec<usize>> = HashMap::new();
        choices.iter().enumerate().for_each(|(number, choice)| numbers.entry(syllable(choice)).or_default().push(number));
        let mut folded: Vec<String> = numbers.keys().map(|syllable| fold(syllable)).collect();
        folded.sort();
        folded.dedup();
        (numbers, folded)
    }
    let (lefts, folded_lefts) = by_syllable(left, Choice::last);
    let (rights, folded_rights) = by_syllable(right, Choice::first);
    let mut found = Vec::new();
    for first in &folded_lefts {
        for second in &folded_rights {
            for &(ref pair, count) in counts.pairs(first, second)?.iter() {
                let Some((one, other)) = pair.split_once(' ') else { continue };
                let (Some(ones), Some(others)) = (lefts.get(one), rights.get(other)) else { continue };
                found.extend(ones.iter().flat_map(|&one| others.iter().map(move |&other| (one, other, count))));
            }
        }
    }
    Ok(found)
}
