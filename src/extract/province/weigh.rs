//! What an article names → the units it is about and those it mentions, by weight.
//!
//! A mention weighs by where it stands (title, opening, rest), by what it is doing there and by how many
//! stand beside it. The constants were set on annotated articles; each says what it is for.

use super::super::places::Places;
use super::context::{Context, Prefix};
use super::rule::Rule;
use super::survey::{Found, Reading, Spot, Survey, Text};
use super::ward::WardFound;
use crate::article::{CleanArticle, ProvinceStatus};
use crate::authority::{PlaceHit, PlaceWord, Units};
use std::collections::{BTreeSet, HashMap};

/// A text of the article that places are read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Header,
    Body,
}

impl Field {
    pub fn name(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Header => "header",
            Field::Body => "body",
        }
    }

    pub fn text(self, article: &CleanArticle) -> &str {
        match self {
            Field::Title => &article.title,
            Field::Header => article.header.as_deref().unwrap_or(""),
            Field::Body => &article.body,
        }
    }

    fn places<'a>(self, places: &'a Places<'a>) -> &'a [PlaceHit<'a>] {
        match self {
            Field::Title => &places.title,
            Field::Header => &places.header,
            Field::Body => &places.body,
        }
    }
}

/// A unit with what speaks for it.
#[derive(Debug)]
pub(super) struct Weighed {
    pub slug: String,
    pub rule: Rule,
    /// Where it stands: what its rule rests on, then the weightiest; at most [`MAX_PLACES`].
    pub places: Vec<Evident>,
    /// Whether only districts and wards of it are named.
    pub only_districts: bool,
    weight: f32,
    in_title: bool,
}

/// A place in the text that speaks for a unit, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evident {
    pub field: Field,
    pub start: usize,
    pub end: usize,
    pub rule: Rule,
}

/// The outcome.
#[derive(Debug)]
pub(super) struct Outcome {
    pub about: Vec<Weighed>,
    pub mentioned: Vec<Weighed>,
    /// The status if `about` is empty.
    pub status_without_units: ProvinceStatus,
}

/// Places kept as evidence of one unit.
const MAX_PLACES: usize = 3;

/// Weight of a name in the title or the header: nearly enough alone.
const TITLE: f32 = 4.0;
/// Weight of a name in the opening.
const OPENING: f32 = 2.0;
/// Weight of a name anywhere else.
const REST: f32 = 0.7;
/// The opening: the first paragraph, but not more than this.
const OPENING_BYTES: usize = 600;
/// From this on, further mentions weigh little: a long text is not more about its places than a short one.
const FULL_MENTIONS: usize = 6;
const FURTHER_MENTIONS: f32 = 0.2;

/// Least weight of a unit that the article is about.
const MIN_ABOUT: f32 = 2.6;
/// The same where it is the only one named, in a story neither national nor foreign.
const MIN_ALONE: f32 = 1.1;
/// Least share of the heaviest unit's weight.
const MIN_SHARE: f32 = 0.4;
/// More units than this are an enumeration, not what the article is about.
const MAX_ABOUT: usize = 4;

/// Weight that the publisher's own province gets where it is named.
const PUBLISHER: f32 = 1.2;

/// Enough to prefer the publisher's province where nothing else is named.
const A_LITTLE: f32 = 0.1;

/// Units where national meetings and courts sit: a venue there says little.
const SEATS: [&str; 2] = ["ha-noi", "ho-chi-minh"];

/// One reading of a name.
#[derive(Clone, Copy)]
struct Mention<'a> {
    slug: &'a str,
    field: Field,
    start: usize,
    end: usize,
    weight: f32,
    rule: Rule,
    /// Whether it names a place below the unit.
    below: bool,
    /// Counts only beside other evidence for its province.
    needs_support: bool,
    /// Whether it only says where somebody lives or comes from.
    home: bool,
}

/// What the texts of an article name; wards only where they are asked for.
pub(super) fn surveys<'a>(article: &'a CleanArticle, places: &'a Places<'a>, units: &'a Units, wards: bool) -> Vec<(Field, Survey<'a>)> {
    let survey = |field: Field| {
        let text = Text::new(field.text(article));
        let hits = field.places(places).iter().copied();
        if wards { text.survey_with_wards(hits, units) } else { text.survey(hits) }
    };
    [Field::Title, Field::Header, Field::Body].into_iter().map(|field| (field, survey(field))).collect()
}

/// Weighs the names of an article; `publisher` is the slug of the publisher's own province.
pub(super) fn weigh(article: &CleanArticle, surveys: &[(Field, Survey<'_>)], publisher: Option<&str>, units: &Units) -> Outcome {
    let opening = opening_len(&article.body);
    let mut mentions: Vec<Mention<'_>> = Vec::new();
    let mut ambiguous: Vec<(Field, &Found<'_>)> = Vec::new();
    for (field, survey) in surveys {
        for found in &survey.names {
            match mention(article, *field, found, opening) {
                Some(mention) => mentions.push(mention),
                None if found.reading() == Reading::Ambiguous => ambiguous.push((*field, found)),
                None => {}
            }
        }
    }
    settle_ambiguous(article, &ambiguous, &mut mentions, publisher, opening);
    drop_unsupported(&mut mentions, publisher);
    let wards = surveys.iter().flat_map(|(field, survey)| survey.wards.iter().map(move |ward| (*field, ward)));
    settle_wards(article, wards, &mut mentions, units, opening);
    let cues = Cues::count(surveys, opening);
    let mut weighed = gather(without_homes(&mentions));
    // Where nothing but homes is named, they are what the story is of.
    if weighed.first().is_none_or(|heaviest| heaviest.weight < MIN_ABOUT) {
        weighed = gather(mentions);
    }
    favour_publisher(&mut weighed, publisher, &cues);
    decide(weighed, publisher, &cues)
}

/// Length of the first paragraph, or of what stands for it.
fn opening_len(body: &str) -> usize {
    let paragraph = body.find('\n').unwrap_or(body.len());
    if paragraph < 120 { body.len().min(OPENING_BYTES) } else { paragraph.min(OPENING_BYTES) }
}

/// The level of a place that speaks for a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Unit,
    District,
    /// A district's name standing alone.
    BareDistrict,
    Ward,
    /// A ward of a unit that is not named, in an article that names another: it may be one of the old map there.
    LoneWard,
}

fn mention<'a>(article: &CleanArticle, field: Field, found: &Found<'a>, opening: usize) -> Option<Mention<'a>> {
    let (slug, level) = match found.reading() {
        Reading::Unit(slug) => (slug, Level::Unit),
        Reading::District(slug) => (slug, Level::District),
        Reading::BareDistrict(slug) => (slug, Level::BareDistrict),
        Reading::Ambiguous | Reading::Nothing => return None,
    };
    Some(weighed(article, field, &found.spot, opening, slug, level))
}

/// The weight of a name that is read as a place of a unit.
fn weighed<'a>(article: &CleanArticle, field: Field, spot: &Spot, opening: usize, slug: &'a str, level: Level) -> Mention<'a> {
    let dateline = field == Field::Body && is_dateline(&article.body, spot);
    let (place, rule) = match field {
        Field::Title => (TITLE, Rule::Title),
        Field::Header => (TITLE, Rule::Dateline),
        Field::Body if dateline => (TITLE, Rule::Dateline),
        Field::Body if spot.start < opening => (OPENING, Rule::Opening),
        Field::Body => (REST, Rule::Named),
    };
    let doing = match spot.around.context {
        Context::Body => 1.5,
        Context::VideoLink => 2.0,
        Context::Former if field == Field::Title => 0.7,
        Context::Former => 0.2,
        Context::Venue if SEATS.contains(&slug) => 0.4,
        _ => 1.0,
    };
    let beside = match spot.list_len {
        0 | 1 => 1.0,
        2 => 0.9,
        3 => 0.5,
        _ => 0.15,
    };
    let share = match level {
        Level::Unit => 1.0,
        Level::District | Level::Ward => 0.8,
        Level::BareDistrict | Level::LoneWard => 0.5,
    };
    let prefix = if spot.around.prefix == Prefix::Province { 1.2 } else { 1.0 };
    let rule = match (level, rule, spot.around.context) {
        (Level::Ward | Level::LoneWard, ..) => Rule::Ward,
        (Level::District | Level::BareDistrict, ..) => Rule::District,
        (Level::Unit, Rule::Title | Rule::Dateline, _) => rule,
        (Level::Unit, _, Context::Body) => Rule::BodyOfProvince,
        (Level::Unit, _, Context::VideoLink) => Rule::VideoLink,
        (Level::Unit, ..) => rule,
    };
    Mention {
        slug,
        field,
        start: spot.start,
        end: spot.end,
        weight: place * doing * beside * share * prefix,
        rule,
        below: level != Level::Unit,
        needs_support: level == Level::BareDistrict,
        home: spot.around.context == Context::Home,
    }
}

/// `Thanh Hóa: …`, `(Thanh Hóa) - …` at the head of the text.
fn is_dateline(body: &str, spot: &Spot) -> bool {
    let after = body[spot.end..].trim_start_matches(')');
    spot.start < 24
        && (after.starts_with(':') || after.starts_with(" - ") || after.starts_with(" – "))
        && !body[..spot.start].contains(['.', '\n'])
}

/// A district of several provinces belongs to the one that is named otherwise, or that publishes.
fn settle_ambiguous<'a>(
    article: &CleanArticle,
    ambiguous: &[(Field, &Found<'a>)],
    mentions: &mut Vec<Mention<'a>>,
    publisher: Option<&str>,
    opening: usize,
) {
    let mut weight_of: HashMap<&str, f32> = publisher.into_iter().map(|slug| (slug, A_LITTLE)).collect();
    for mention in mentions.iter().filter(|mention| !mention.needs_support) {
        *weight_of.entry(mention.slug).or_default() += mention.weight;
    }
    for (field, found) in ambiguous {
        let named = found.provinces().filter_map(|slug| Some((*weight_of.get(slug)?, slug)));
        if let Some((_, slug)) = named.max_by(|one, other| one.0.total_cmp(&other.0)) {
            let level = if found.spot.around.prefix == Prefix::None { Level::BareDistrict } else { Level::District };
            mentions.push(weighed(article, *field, &found.spot, opening, slug, level));
        }
    }
}

/// A ward speaks for the one unit that it can lie in, or that is named otherwise.
///
/// Where the article names its land by a unit of the old map only, that one is meant.
fn settle_wards<'a>(
    article: &CleanArticle,
    wards: impl Iterator<Item = (Field, &'a WardFound<'a>)>,
    mentions: &mut Vec<Mention<'a>>,
    units: &'a Units,
    opening: usize,
) {
    let named: BTreeSet<&'a str> = mentions.iter().map(|mention| mention.slug).collect();
    let lies_in = |slug: &str, today: &str| units.todays_of_slug(slug).any(|unit| unit.slug == today);
    let is_named = |today: &str| named.iter().any(|slug| lies_in(slug, today));
    for (field, ward) in wards {
        let mut of_named = ward.wards.iter().map(|place| place.province).filter(|today| is_named(today));
        let settled = ward.sole_unit().or_else(|| of_named.next().filter(|_| of_named.next().is_none()));
        let Some(today) = settled else { continue };
        let mut older = named.iter().copied().filter(|slug| lies_in(slug, today));
        let slug = if named.contains(today) { today } else { older.next().filter(|_| older.next().is_none()).unwrap_or(today) };
        let level = if named.is_empty() || named.contains(slug) { Level::Ward } else { Level::LoneWard };
        mentions.push(weighed(article, field, &ward.spot, opening, slug, level));
    }
}

/// A bare district name counts only where its province is named too, or publishes.
fn drop_unsupported(mentions: &mut Vec<Mention<'_>>, publisher: Option<&str>) {
    let named = mentions.iter().filter(|mention| !mention.needs_support).map(|mention| mention.slug);
    let supported: BTreeSet<String> = named.chain(publisher).map(str::to_owned).collect();
    mentions.retain(|mention| !mention.needs_support || supported.contains(mention.slug));
}

/// Weight of somebody's home where the story names another place.
const HOME: f32 = 0.55;

/// The mentions with homes discounted: where a suspect comes from says little beside the place where it happened.
fn without_homes<'a>(mentions: &[Mention<'a>]) -> Vec<Mention<'a>> {
    let places: BTreeSet<&str> = mentions.iter().filter(|mention| !mention.home).map(|mention| mention.slug).collect();
    let discounted = |mention: &Mention<'a>| {
        let beside = mention.home && places.iter().any(|&slug| slug != mention.slug);
        Mention { weight: mention.weight * if beside { HOME } else { 1.0 }, ..*mention }
    };
    mentions.iter().map(discounted).collect()
}

/// Mentions by unit, the heaviest first.
fn gather(mut mentions: Vec<Mention<'_>>) -> Vec<Weighed> {
    mentions.sort_by(|one, other| one.slug.cmp(other.slug).then(other.weight.total_cmp(&one.weight)).then(one.start.cmp(&other.start)));
    let mut weighed: Vec<Weighed> = mentions.chunk_by(|one, next| one.slug == next.slug).map(weigh_unit).collect();
    weighed.sort_by(|one, other| other.weight.total_cmp(&one.weight).then_with(|| one.slug.cmp(&other.slug)));
    weighed
}

fn weigh_unit(mentions: &[Mention<'_>]) -> Weighed {
    let each = mentions.iter().enumerate().map(|(at, mention)| mention.weight * if at < FULL_MENTIONS { 1.0 } else { FURTHER_MENTIONS });
    let strongest = mentions.iter().map(|mention| mention.rule).min().unwrap_or(Rule::Named);
    let repeated = strongest == Rule::Named && mentions.len() >= 3;
    let first = mentions.iter().position(|mention| mention.rule == strongest).unwrap_or(0);
    let others = (0..mentions.len()).filter(|&at| at != first);
    let evident = |at: usize| {
        let Mention { field, start, end, rule, .. } = mentions[at];
        Evident { field, start, end, rule: if repeated && rule == Rule::Named { Rule::Repeated } else { rule } }
    };
    Weighed {
        slug: mentions[0].slug.to_owned(),
        rule: if repeated { Rule::Repeated } else { strongest },
        places: std::iter::once(first).chain(others).take(MAX_PLACES).map(evident).collect(),
        only_districts: mentions.iter().all(|mention| mention.below),
        weight: each.sum(),
        in_title: mentions.iter().any(|mention| mention.field == Field::Title && mention.weight > TITLE * 0.3),
    }
}

// ---------------------------------------------------------------- the whole

/// How much the text speaks of the centre, of a locality it does not name, of abroad.
#[derive(Debug, Default)]
struct Cues {
    central: u32,
    central_early: u32,
    local: u32,
    local_early: u32,
    foreign: u32,
    foreign_early: u32,
}

impl Cues {
    fn count(surveys: &[(Field, Survey<'_>)], opening: usize) -> Cues {
        let mut cues = Cues::default();
        for (field, survey) in surveys {
            for &(at, _, class) in &survey.words {
                let early = u32::from(*field != Field::Body || at < opening);
                let (all, in_front) = match class {
                    PlaceWord::Central => (&mut cues.central, &mut cues.central_early),
                    PlaceWord::Local => (&mut cues.local, &mut cues.local_early),
                    PlaceWord::Foreign => (&mut cues.foreign, &mut cues.foreign_early),
                    PlaceWord::Decoy => continue,
                };
                *all += 1;
                *in_front += early;
            }
        }
        cues
    }

    /// Whether the text reads like news of a locality's own.
    fn read_local(&self) -> bool {
        self.local_early > 0 && self.local_early >= self.central_early / 2 || self.local >= 2 && self.local * 2 >= self.central
    }

    fn status(&self) -> ProvinceStatus {
        if self.foreign_early >= 2 && self.foreign_early > self.central_early || self.foreign >= 4 && self.foreign > 2 * self.central {
            ProvinceStatus::Foreign
        } else if self.central > 0 {
            ProvinceStatus::National
        } else if self.foreign_early > 0 || self.foreign >= 2 {
            ProvinceStatus::Foreign
        } else {
            ProvinceStatus::Unknown
        }
    }
}

/// The publisher's own province weighs more where it is named, unless the story is national or foreign.
fn favour_publisher(weighed: &mut [Weighed], publisher: Option<&str>, cues: &Cues) {
    if cues.central_early > 1 || cues.foreign_early > 0 {
        return;
    }
    for one in weighed.iter_mut().filter(|one| publisher == Some(one.slug.as_str())) {
        one.weight += PUBLISHER;
    }
    weighed.sort_by(|one, other| other.weight.total_cmp(&one.weight).then_with(|| one.slug.cmp(&other.slug)));
}

fn decide(weighed: Vec<Weighed>, publisher: Option<&str>, cues: &Cues) -> Outcome {
    let heaviest = weighed.first().map_or(0.0, |one| one.weight);
    // A national story needs more than a passing name to be a province's.
    let alone = weighed.len() == 1 && cues.central <= 1 && cues.foreign <= 1;
    let least =
        if alone { MIN_ALONE } else { MIN_ABOUT + 0.4 * cues.central_early.min(3) as f32 + 0.25 * cues.foreign_early.min(3) as f32 };
    let is_about = |one: &Weighed| {
        one.weight >= least && one.weight >= MIN_SHARE * heaviest
            || one.in_title && one.weight >= MIN_ABOUT && one.weight >= 0.25 * heaviest
    };
    let (mut about, mut mentioned): (Vec<Weighed>, Vec<Weighed>) = weighed.into_iter().partition(is_about);
    if about.len() > MAX_ABOUT {
        let (kept, rest) = about.into_iter().partition(|one| one.in_title);
        about = kept;
        mentioned.extend(rest);
    }
    if let Some(slug) = publisher.filter(|_| cues.read_local()) {
        let already = about.iter().any(|one| one.slug == slug);
        if !already && about.is_empty() {
            let own = mentioned.iter().position(|one| one.slug == slug).map(|at| mentioned.remove(at));
            about.push(Weighed { rule: Rule::Source, ..own.unwrap_or_else(|| of_publisher(slug)) });
        }
    }
    Outcome { about, mentioned, status_without_units: cues.status() }
}

fn of_publisher(slug: &str) -> Weighed {
    Weighed { slug: slug.to_owned(), rule: Rule::Source, places: Vec::new(), only_districts: false, weight: 0.0, in_title: false }
}
