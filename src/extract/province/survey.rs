//! Text → the places it names, each with its surroundings, and the words of centre, locality and abroad.

use super::context::{Context, Prefix, Surroundings, surroundings};
use crate::authority::{DistrictKind, Place, PlaceHit, PlaceName, PlaceWord, Units};
use crate::text::{is_capital, is_word_letter};

/// Places that are read of one text: more than any news has, so that a hostile one costs no more.
const MAX_PLACES: usize = 20_000;

/// A text to survey.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    text: &'a str,
    /// Whether capitals carry information here: not in a headline all in capitals.
    capitals_tell: bool,
}

/// A name in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'a> {
    pub start: usize,
    pub end: usize,
    pub around: Surroundings,
    /// Number of units in the list that it stands in; 1 outside a list.
    pub list_len: usize,
    name: &'a PlaceName,
}

/// What a name stands for, seen from its own surroundings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading<'a> {
    /// A provincial unit.
    Unit(&'a str),
    /// A district beyond doubt: with its kind before it, or a city within a province.
    District(&'a str),
    /// A name that is a district of one province, standing alone: it may be something else.
    BareDistrict(&'a str),
    /// A district of several provinces.
    Ambiguous,
    /// Nothing of ours.
    Nothing,
}

/// What a text names.
#[derive(Debug, Default)]
pub(super) struct Survey<'a> {
    pub names: Vec<Found<'a>>,
    pub words: Vec<(usize, PlaceWord)>,
}

impl<'a> Text<'a> {
    pub fn new(text: &'a str) -> Text<'a> {
        Text { text, capitals_tell: text.chars().any(char::is_lowercase) }
    }

    /// What the text names at these places.
    pub fn survey(self, places: impl Iterator<Item = PlaceHit<'a>>) -> Survey<'a> {
        let mut survey = Survey::default();
        for hit in places.take(MAX_PLACES) {
            match hit.place {
                Place::Word(PlaceWord::Decoy) => {}
                Place::Word(class) => {
                    if class == PlaceWord::Foreign {
                        if !self.is_foreign_word(hit.start, hit.end) {
                            continue;
                        }
                        self.drop_foreign_namesake(&mut survey, hit.start);
                    }
                    survey.words.push((hit.start, class));
                }
                Place::Name(name) => {
                    let around = surroundings(self.text, hit.start, hit.end, self.capitals_tell);
                    survey.names.push(Found { start: hit.start, end: hit.end, around, list_len: 1, name });
                }
            }
        }
        self.measure_lists(&mut survey.names);
        survey
    }

    /// The names of a publisher: those of a paper or school are what is asked for here.
    pub fn names_even_of_papers(self, units: &'a Units) -> Vec<Found<'a>> {
        let mut names = self.survey(units.places(self.text)).names;
        for found in &mut names {
            found.around.context = Context::Plain;
        }
        names
    }

    /// Short words such as `Nga` and `Mỹ` are also parts of names.
    fn is_foreign_word(self, start: usize, end: usize) -> bool {
        let before = self.text[..start].trim_end_matches(' ');
        let previous = before.rsplit(|letter: char| !is_word_letter(letter)).next().unwrap_or("");
        let capital = |word: &str| word.chars().next().is_some_and(is_capital);
        let long = end - start > 6;
        let adjoins = before.len() < start && before.ends_with(is_word_letter);
        let next_capital = {
            let mut after = self.text[end..].chars();
            after.next() == Some(' ') && after.next().is_some_and(is_capital)
        };
        let pronoun = ["chị", "bà", "em", "cô", "ông", "anh", "cháu", "Chị", "Bà", "Cô", "Ông", "Anh"].contains(&previous);
        long || !(adjoins && (capital(previous) && self.capitals_tell || pronoun)) && !(next_capital && self.capitals_tell)
    }

    /// `Hà Nam (Trung Quốc)` is no unit of ours.
    fn drop_foreign_namesake(self, survey: &mut Survey<'_>, start: usize) {
        let adjoins = |from: usize| start >= from && matches!(&self.text[from..start], " (" | ", " | " của ");
        survey.names.pop_if(|last| last.around.prefix == Prefix::Province && adjoins(last.end));
    }

    /// Tells every unit how many stand with it in an enumeration.
    fn measure_lists(self, names: &mut [Found<'a>]) {
        let mut start = 0;
        while start < names.len() {
            let mut end = start + 1;
            while end < names.len() && self.is_list_gap(names[end - 1].end, names[end].start) {
                end += 1;
            }
            let units = names[start..end].iter().filter(|found| matches!(found.reading_in_list(), Reading::Unit(_))).count();
            for found in &mut names[start..end] {
                found.list_len = units.max(1);
            }
            start = end;
        }
    }

    /// Whether no more than commas, dashes, "và" and "tỉnh" stand between two names.
    fn is_list_gap(self, from: usize, to: usize) -> bool {
        const LIST_WORDS: [&str; 12] = ["và", "tỉnh", "TP", "Tp", "thành", "phố", "các", "hoặc", "hay", "đến", "cùng", "tp"];
        if to <= from || to - from > 24 {
            return false;
        }
        let between = &self.text[from..to];
        !between.contains(['\n', '(', ')'])
            && between.split(|letter: char| !is_word_letter(letter)).all(|word| word.is_empty() || LIST_WORDS.contains(&word))
            && between.trim() != ""
    }
}

impl<'a> Found<'a> {
    /// The unit of that name, if there is one.
    pub fn unit(&self) -> Option<&'a str> {
        self.name.unit.as_deref()
    }

    /// The one province that the name can belong to.
    pub fn sole_province(&self) -> Option<&'a str> {
        match (self.around.prefix, self.unit()) {
            (Prefix::District(kind), _) => self.province_of_kind(kind),
            (_, Some(unit)) => Some(unit),
            _ => self.province_of_districts(|_| true),
        }
    }

    /// Slugs of the provinces that have a district of that name.
    pub fn provinces(&self) -> impl Iterator<Item = &'a str> {
        self.name.districts.iter().map(|district| district.province)
    }

    /// What the name stands for.
    pub fn reading(&self) -> Reading<'a> {
        if self.around.context == Context::Other {
            return Reading::Nothing;
        }
        match (self.around.prefix, self.unit()) {
            (Prefix::District(kind), _) => match self.province_of_kind(kind) {
                Some(province) => Reading::District(province),
                None if self.name.districts.is_empty() => Reading::Nothing,
                None => Reading::Ambiguous,
            },
            (Prefix::Province, Some(unit)) => Reading::Unit(unit),
            (Prefix::City, Some(unit)) if !self.name.weak || unit == "ho-chi-minh" => Reading::Unit(unit),
            (Prefix::None, Some(unit)) if !self.name.weak => Reading::Unit(unit),
            (Prefix::None, Some(unit)) if self.list_len > 1 && unit == "ho-chi-minh" => Reading::Unit(unit),
            (_, Some(_)) => Reading::Nothing,
            (Prefix::Province, None) => Reading::Nothing,
            (prefix, None) => self.district(prefix),
        }
    }

    fn reading_in_list(&self) -> Reading<'a> {
        match self.unit() {
            Some(unit) => Reading::Unit(unit),
            None => self.reading(),
        }
    }

    fn district(&self, prefix: Prefix) -> Reading<'a> {
        let city = self.province_of_districts(|of| of == DistrictKind::City);
        match (prefix, city, self.province_of_districts(|_| true)) {
            (Prefix::City, Some(province), _) | (Prefix::City, None, Some(province)) => Reading::District(province),
            (_, Some(province), Some(_)) if self.name.districts[0].name.contains(' ') && !self.name.weak => Reading::District(province),
            (_, _, Some(province)) if self.name.districts[0].name.contains(' ') => Reading::BareDistrict(province),
            (_, _, Some(_)) => Reading::Nothing,
            _ => Reading::Ambiguous,
        }
    }

    /// The province of the districts of a kind, else of all, if it is one.
    fn province_of_kind(&self, kind: DistrictKind) -> Option<&'a str> {
        self.province_of_districts(|of| of == kind).or_else(|| self.province_of_districts(|_| true))
    }

    fn province_of_districts(&self, wanted: impl Fn(DistrictKind) -> bool) -> Option<&'a str> {
        let mut provinces = self.name.districts.iter().filter(|district| wanted(district.kind)).map(|district| district.province);
        let first = provinces.next()?;
        provinces.all(|province| province == first).then_some(first)
    }
}
