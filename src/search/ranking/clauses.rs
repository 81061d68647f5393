//! What articles are ranked by: each syllable of the query, each two neighbours, each word; in body, lead and title.
//!
//! Input → output: the words of a query → [`Clause`]s. Names no constant's value (see `weights`) and reads no index.

use super::weights;
use crate::analysis::Stream;
use crate::index::compound::{self, CompoundField};
use crate::index::{Part, Schema, Spellings};
use crate::search::plan;
use crate::search::response::WordKind;
use crate::search::shape::{Place, Sequence, Shape, neighbours};
use crate::search::word::Word;

/// So many of the ways in which a word is written are ranked.
const MAX_RANKED: usize = 8;

/// What adds to a score.
#[derive(Clone, Debug)]
pub(in crate::search) struct Clause {
    /// What it is called when a score is explained.
    pub text: String,
    /// By what the score is multiplied.
    pub weight: f32,
    /// How occurrences count.
    pub measure: Measure,
    /// Spellings of one thing: the one that occurs most counts.
    pub alternatives: Vec<Chain>,
    /// What its rarity is that of, where that is not its own: of title and lead that of the body. How many titles hold a word hangs on
    /// how many articles have a title.
    pub rarity: Option<Vec<Chain>>,
}

impl Clause {
    /// Of the first alternatives; none where there is none.
    fn new(text: &str, weight: f32, measure: Measure, mut alternatives: Vec<Chain>) -> Option<Clause> {
        alternatives.truncate(MAX_RANKED);
        (!alternatives.is_empty()).then(|| Clause { text: text.to_owned(), weight, measure, alternatives, rarity: None })
    }
}

/// How occurrences count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::search) enum Measure {
    /// A syllable of a part, by BM25.
    Syllable(Part),
    /// Two neighbours in a part, by BM25.
    Pair(Part),
    /// A word of several syllables in title or body, by BM25.
    Word,
    /// A syllable of the lead, by BM25.
    Lead,
    /// A syllable of a title that the body, whose [`Clause::rarity`] it has, lacks: much as one of the body.
    SyllableOnlyInTitle,
    /// Two neighbours in a title that are none in the body, likewise.
    PairOnlyInTitle,
    /// Once, whatever its rarity.
    Constant,
}

/// What has to stand in an article, all of it: the places of a sequence, or its pairs of neighbours.
pub(in crate::search) type Chain = Vec<Link>;

/// What has to stand at one place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::search) enum Link {
    /// One of some terms.
    Term(Spellings),
    /// Two neighbours that are no term together: their positions tell.
    Neighbours(Spellings, Spellings),
}

/// The words of a query typed without diacritics, each in the places where it may stand as typed; all of them must.
#[derive(Debug, Default)]
pub(in crate::search) struct AsTyped {
    pub words: Vec<Vec<Chain>>,
}

/// What articles are ranked by.
pub(in crate::search) fn ranked_by(clause: &plan::Clause, schema: &Schema, is_folded: bool) -> (Vec<Clause>, AsTyped) {
    let mut ranked = Ranked { schema, clauses: Vec::new() };
    for stretch in clause.stretches() {
        // What stands for many terms ends a text whose neighbours are ranked, and so does what is asked of another part.
        for text in stretch.chunk_by(|left, right| left.parts == right.parts).flat_map(|text| text.split(|word| word.is_expanded())) {
            ranked.text(text);
        }
        for word in stretch {
            if word.is_expanded() {
                ranked.expanded(word);
            }
            ranked.only_sparse(word);
        }
    }
    let as_typed = |word: &&Word| as_typed(word, schema);
    let words = if is_folded { clause.words().iter().filter_map(as_typed).collect() } else { Vec::new() };
    (ranked.clauses, AsTyped { words })
}

/// A way in which one syllable of a text may be written.
#[derive(Clone, Copy)]
struct Way<'a> {
    /// Number of the edge over all words, and where it leads: from and to, in syllables of the text.
    edge: usize,
    from: usize,
    to: usize,
    written: Written<'a>,
}

#[derive(Clone, Copy)]
enum Written<'a> {
    /// By itself.
    Syllable(&'a Place),
    /// Together with others, by letters that stand for all of them: `UBND`.
    Letters(&'a [Place]),
}

/// For each syllable of a text in its long form the ways in which it may be written, in the streams that hold every part.
fn ways<'a>(words: &[&'a Word]) -> Vec<Vec<Way<'a>>> {
    let mut ways = Vec::new();
    let mut number = 0;
    for word in words {
        let start = ways.len();
        let (edges, length) = match word.graph(true) {
            Some(graph) if graph.edges.len() > 1 => {
                (graph.edges.iter().map(|edge| (edge.from, edge.to, edge.places.as_slice())).collect(), graph.end)
            }
            // Of one way each place is a step. So is each of words near each other, which have no order: they are ranked as typed.
            only => {
                let edge = only.and_then(|graph| graph.edges.first());
                let places = edge.map_or(word.typed.as_slice(), |edge| edge.places.as_slice());
                (vec![(0, places.len(), places)], places.len())
            }
        };
        ways.resize(start + length, Vec::new());
        for (from, to, places) in edges {
            let (from, to) = (start + from, start + to);
            if !places.iter().all(is_plain) {
                continue;
            }
            for (offset, of_syllable) in ways[from..to].iter_mut().enumerate() {
                let written = match places.len() == to - from {
                    true => Written::Syllable(&places[offset]),
                    false => Written::Letters(places),
                };
                of_syllable.push(Way { edge: number, from, to, written });
            }
            number += 1;
        }
    }
    ways
}

struct Ranked<'a> {
    schema: &'a Schema,
    clauses: Vec<Clause>,
}

impl Ranked<'_> {
    fn add(&mut self, text: &str, weight: f32, measure: Measure, alternatives: Vec<Chain>) {
        self.clauses.extend(Clause::new(text, weight, measure, alternatives));
    }

    /// Adds what is as rare as it is in the body.
    fn add_beside(&mut self, body: &[Chain], text: &str, weight: f32, measure: Measure, alternatives: Vec<Chain>) {
        let clause = Clause::new(text, weight, measure, alternatives);
        self.clauses.extend(clause.map(|clause| Clause { rarity: Some(body.to_vec()), ..clause }));
    }

    /// Words in a row: their syllables, neighbours, words.
    ///
    /// Letters count for each syllable and each two neighbours that they stand for, so that an article with `UBND` ranks as one
    /// with the long form, whichever of them was typed.
    fn text(&mut self, words: &[&Word]) {
        let Some(parts) = words.first().map(|word| word.parts) else { return };
        let ways = ways(words);
        for of_syllable in &ways {
            self.syllable(of_syllable, parts);
        }
        for (left, right) in ways.iter().zip(ways.iter().skip(1)) {
            self.neighbours(left, right, parts);
        }
        if parts.contains(&Part::Body) {
            words.iter().filter(|word| word.kind == WordKind::Word).for_each(|word| self.word(word));
        }
    }

    fn syllable(&mut self, ways: &[Way], parts: &[Part]) {
        let Some(first) = ways.iter().find(|way| matches!(way.written, Written::Syllable(_))).or(ways.first()) else { return };
        let text = text_of(first.written);
        let in_part = |part| {
            let alternatives = ways.iter().map(|way| match way.written {
                Written::Syllable(place) => vec![Link::Term(place.spellings(self.schema, part))],
                Written::Letters(places) => chain(self.schema, part, places),
            });
            alternatives.collect::<Vec<Chain>>()
        };
        let in_lead = ways.iter().map(|way| match way.written {
            Written::Syllable(place) => std::slice::from_ref(place),
            Written::Letters(places) => places,
        });
        let of_lead = |place: &Place| Link::Term(place.spellings_in(self.schema, self.schema.lead()));
        let in_lead: Vec<Chain> = in_lead.map(|places| places.iter().map(of_lead).collect()).collect();
        let body = in_part(Part::Body);
        if parts.contains(&Part::Title) {
            self.add_beside(&body, &text, weights::TITLE, Measure::Syllable(Part::Title), in_part(Part::Title));
            self.add_beside(&body, &text, weights::ONLY_IN_TITLE * weights::BODY, Measure::SyllableOnlyInTitle, in_part(Part::Title));
        }
        if parts.contains(&Part::Body) {
            self.add_beside(&body, &text, weights::LEAD, Measure::Lead, in_lead);
            self.add(&text, weights::BODY, Measure::Syllable(Part::Body), body);
        }
    }

    fn neighbours(&mut self, left: &[Way], right: &[Way], parts: &[Part]) {
        let ways = || left.iter().flat_map(|one| right.iter().map(move |other| (one, other)));
        let in_part = |part| ways().filter_map(|(one, other)| self.neighbours_in(part, one, other)).collect::<Vec<Chain>>();
        let is_neighbour = |(one, other): &(&Way, &Way)| self.neighbours_in(Part::Body, one, other).is_some();
        let is_spelt_out = |(one, _): &(&Way, &Way)| matches!(one.written, Written::Syllable(_));
        let named = ways().filter(is_neighbour).find(is_spelt_out).or_else(|| ways().find(is_neighbour));
        let Some((one, other)) = named else { return };
        let text = format!("{} {}", text_of(one.written), text_of(other.written));
        let (title, body) = (in_part(Part::Title), in_part(Part::Body));
        if parts.contains(&Part::Title) {
            self.add_beside(&body, &text, weights::TITLE_PAIR, Measure::Pair(Part::Title), title.clone());
            self.add_beside(&body, &text, weights::ONLY_IN_TITLE * weights::PAIR, Measure::PairOnlyInTitle, title);
        }
        if parts.contains(&Part::Body) {
            self.add(&text, weights::PAIR, Measure::Pair(Part::Body), body);
        }
    }

    /// Two ways next to each other, or one that stands for both.
    fn neighbours_in(&self, part: Part, one: &Way, other: &Way) -> Option<Chain> {
        let is_one = one.edge == other.edge;
        match (one.written, other.written) {
            (Written::Syllable(first), Written::Syllable(second)) if (is_one || one.to == other.from) && first.stream == second.stream => {
                Some(vec![pair_of(self.schema, part, first, second)])
            }
            (Written::Letters(places), Written::Letters(_)) if is_one => Some(chain(self.schema, part, places)),
            _ => None,
        }
    }

    /// A word of several syllables as the segmenter has it in the article, or the letters that stand for it.
    fn word(&mut self, word: &Word) {
        let Some(Shape::Graph(graph)) = word.shapes.first() else { return };
        let paths: Vec<Sequence> = graph.paths(MAX_RANKED).into_iter().filter(|path| path.iter().all(is_plain)).collect();
        if paths.iter().all(|path| path.len() < 2) {
            return;
        }
        let written = paths.iter().map(|path| match path.as_slice() {
            [_] => chain(self.schema, Part::Body, path),
            places => vec![Link::Term(word_of(self.schema.words(), places))],
        });
        let alternatives = written.collect();
        self.add(&word.text, weights::WORD, Measure::Word, alternatives);
    }

    /// A beginning or a misspelling: that one of its terms is there.
    fn expanded(&mut self, word: &Word) {
        let Some(Shape::Graph(graph)) = word.shapes.first() else { return };
        let paths = graph.paths(MAX_RANKED);
        for &part in word.parts {
            self.add(
                &word.text,
                weights::of_syllable(part),
                Measure::Constant,
                paths.iter().map(|path| chain(self.schema, part, path)).collect(),
            );
        }
    }

    /// The word as an ambiguous abbreviation, or in text that was typed without diacritics.
    fn only_sparse(&mut self, word: &Word) {
        let is_sparse = |path: &Sequence| path.iter().any(|place| !Stream::ALL.contains(&place.stream));
        let paths = word.graphs().into_iter().flat_map(|graph| graph.paths(MAX_RANKED)).filter(is_sparse);
        let written: Vec<Sequence> = paths.take(MAX_RANKED).collect();
        for &part in word.parts {
            let chains = written.iter().map(|path| chain(self.schema, part, path)).collect();
            self.add(&word.text, weights::of_syllable(part) * weights::SPARSE, Measure::Constant, chains);
        }
    }
}

/// Whether a place is one term of a stream that holds every part.
fn is_plain(place: &Place) -> bool {
    place.terms.len() == 1 && Stream::ALL.contains(&place.stream)
}

fn text_of(written: Written) -> String {
    match written {
        Written::Syllable(place) => place.terms[0].clone(),
        Written::Letters(places) => places.iter().map(|place| place.terms[0].as_str()).collect::<Vec<_>>().join(" "),
    }
}

/// A sequence in a part: the pairs of neighbours where those are terms, else its places.
fn chain(schema: &Schema, part: Part, places: &[Place]) -> Chain {
    let has_pair = |place: &Place| place.terms.len() == 1 && matches!(place.stream, Stream::Syllable | Stream::Folded);
    let of_one_stream = places.windows(2).all(|pair| pair[0].stream == pair[1].stream);
    match places.len() > 1 && of_one_stream && places.iter().all(has_pair) {
        true => places.windows(2).map(|pair| pair_of(schema, part, &pair[0], &pair[1])).collect(),
        false => places.iter().map(|place| Link::Term(place.spellings(schema, part))).collect(),
    }
}

/// Two neighbours of one stream.
fn pair_of(schema: &Schema, part: Part, first: &Place, second: &Place) -> Link {
    match neighbours(schema, part, first, second) {
        Some(pair) => Link::Term(pair),
        None => Link::Neighbours(first.spellings(schema, part), second.spellings(schema, part)),
    }
}

/// Several places as a word: as spelt, or in any spelling.
fn word_of(field: CompoundField, places: &[Place]) -> Spellings {
    let text = places.iter().map(|place| place.terms[0].as_str()).collect::<Vec<_>>().join(" ");
    match places.iter().any(|place| place.stream == Stream::Folded) {
        true => Spellings::FoldedCompound(field, crate::text::fold(&text)),
        false => Spellings::Compound(field, compound::term(&text)),
    }
}

/// Where a word stands spelt just as it was typed.
fn as_typed(word: &&Word, schema: &Schema) -> Option<Vec<Chain>> {
    let spelt: Sequence = word.spelt.iter().map(|term| Place::of(Stream::Syllable, term)).collect();
    let fits = matches!(word.kind, WordKind::Word | WordKind::Phrase | WordKind::Exact) && word.graph(true).is_some();
    fits.then(|| word.parts.iter().map(|&part| chain(schema, part, &spelt)).collect())
}
