//! Words that posts and bodies are made of, and the small words around them.
//!
//! Input → output: tokens as written → the longest known phrase that begins there and what it is: a post, a body, a
//! field of government, a country, a particle. Does not decide who holds a post: `extract` does.

mod phrases;
mod rows;

pub use phrases::Phrase;
pub use rows::{Body, BodyKind, Field, Level, Needs, Particle, PostTitle, Standing, Term, UnitWord};

use super::abbreviations::{Abbreviation, Abbreviations};
use super::words::{PerWord, Word, Words};
use crate::text::{canonical_phrase, parts};
use phrases::Phrases;

#[derive(Clone, Copy, Debug)]
enum TermId {
    Post(usize),
    Body(usize),
    Field(usize),
    Unit(usize),
    Country,
    Particle(Particle),
    Short(usize),
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    id: TermId,
    /// An abbreviation whose letters are also a word: only when in capitals.
    capitals_only: bool,
}

/// Every phrase that posts and bodies are made of.
#[derive(Clone, Debug)]
pub struct Posts {
    phrases: Phrases<Entry>,
    posts: Vec<PostTitle>,
    bodies: Vec<Body>,
    fields: Vec<Field>,
    units: Vec<UnitWord>,
    shorts: Vec<String>,
    /// By word: whether a post begins with it.
    post_words: PerWord<bool>,
}

impl Posts {
    /// Name and text of the bundled tables.
    pub const TABLES: &[(&str, &str)] = &[
        ("posts.tsv", include_str!("posts.tsv")),
        ("bodies.tsv", include_str!("bodies.tsv")),
        ("fields.tsv", include_str!("fields.tsv")),
        ("countries.tsv", include_str!("countries.tsv")),
        ("particles.tsv", include_str!("particles.tsv")),
    ];

    /// The tables that are part of the program, with the bundled abbreviations of what stands in them.
    ///
    /// Their words are added to `words`.
    pub fn bundled(words: &mut Words) -> Self {
        let (mut posts, doubled) = Posts::from_tables(words);
        assert!(doubled.is_empty(), "a phrase is one thing: {doubled:?}");
        posts.add_abbreviations(&Abbreviations::bundled(), words);
        posts
    }

    /// Whether some phrase begins with this word.
    pub fn begins(&self, word: Word) -> bool {
        self.phrases.begins(word)
    }

    /// Whether the words of a post begin with this word.
    pub fn begins_post(&self, word: Word) -> bool {
        self.post_words.get(word)
    }

    /// The post of that title.
    pub fn titled(&self, title: &str) -> Option<&PostTitle> {
        self.posts.iter().find(|post| post.title == title)
    }

    /// Whether the words of a post stand at the start of `words`.
    pub fn is_post(&self, words: impl Iterator<Item = Option<Word>>) -> bool {
        self.phrases.longest(words).is_some_and(|phrase| matches!(self.phrases.value(phrase).id, TermId::Post(_)))
    }

    /// The longest phrase at the start of `words`.
    ///
    /// `None` among the words is punctuation that may be part of a name; it is taken where the phrase goes on behind it.
    pub fn longest(&self, words: impl Iterator<Item = Option<Word>>) -> Option<Phrase> {
        self.phrases.longest(words)
    }

    /// What a phrase is.
    ///
    /// `in_capitals` tells whether its words are all in capitals; an ambiguous abbreviation counts only then.
    pub fn term(&self, phrase: Phrase, in_capitals: impl FnOnce() -> bool) -> Option<Term<'_>> {
        let entry = self.phrases.value(phrase);
        (!entry.capitals_only || in_capitals()).then(|| self.term_of(entry.id))
    }

    fn term_of(&self, id: TermId) -> Term<'_> {
        match id {
            TermId::Post(at) => Term::Post(&self.posts[at]),
            TermId::Body(at) => Term::Body(&self.bodies[at]),
            TermId::Field(at) => Term::Field(&self.fields[at]),
            TermId::Unit(at) => Term::Unit(&self.units[at]),
            TermId::Country => Term::Country,
            TermId::Particle(particle) => Term::Particle(particle),
            TermId::Short(at) => Term::Short(&self.shorts[at]),
        }
    }

    /// The tables, and the phrases that stand in them twice.
    fn from_tables(words: &mut Words) -> (Posts, Vec<&'static str>) {
        let mut all = Posts {
            phrases: Phrases::new(),
            posts: vec![],
            bodies: vec![],
            fields: vec![],
            units: vec![],
            shorts: vec![],
            post_words: PerWord::default(),
        };
        let mut doubled = vec![];
        for (at, &(_, tsv)) in Self::TABLES.iter().enumerate() {
            for line in tsv.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
                let columns: Vec<&str> = line.split('\t').collect();
                let id = match at {
                    0 => all.post(&columns),
                    1 => all.body(&columns),
                    2 => all.field(&columns),
                    3 => TermId::Country,
                    _ => all.particle(&columns),
                };
                if !all.insert(columns[0], id, false, words) {
                    doubled.push(columns[0]);
                }
            }
        }
        (all, doubled)
    }

    fn insert(&mut self, phrase: &str, id: TermId, capitals_only: bool, words: &mut Words) -> bool {
        if let (TermId::Post(_), Some(first)) = (id, parts(phrase).next()) {
            self.post_words.set(words.learn(&phrase[first]), true);
        }
        self.phrases.insert(phrase, Entry { id, capitals_only }, words)
    }

    fn post(&mut self, columns: &[&str]) -> TermId {
        let [title, standing, needs, body, scope] = columns else { panic!("posts.tsv: five columns expected: {columns:?}") };
        let or_none = |text: &str| (text != "-").then(|| text.to_owned());
        self.posts.push(PostTitle {
            title: (*title).to_owned(),
            standing: match *standing {
                "head" => Standing::Head,
                "deputy" => Standing::Deputy,
                "member" => Standing::Member,
                other => panic!("posts.tsv: {other:?} is no rank"),
            },
            needs: match *needs {
                "nothing" => Needs::Nothing,
                "ministry" => Needs::Ministry,
                "body" => Needs::Body,
                "unit" => Needs::Unit,
                "own" => Needs::Own,
                "assembly" => Needs::Assembly,
                "foreign" => Needs::Foreign,
                "never" => Needs::Never,
                other => panic!("posts.tsv: {other:?} is no need"),
            },
            body: or_none(body),
            scope: or_none(scope),
        });
        TermId::Post(self.posts.len() - 1)
    }

    fn body(&mut self, columns: &[&str]) -> TermId {
        let [name, kind, level, tail, ..] = columns else { panic!("bodies.tsv: four columns expected: {columns:?}") };
        self.bodies.push(Body {
            name: (*name).to_owned(),
            full: (*columns.get(4).unwrap_or(name)).to_owned(),
            kind: match *kind {
                "public" => BodyKind::Public,
                "party" => BodyKind::Party,
                "private" => BodyKind::Private,
                "foreign" => BodyKind::Foreign,
                other => panic!("bodies.tsv: {other:?} is no kind"),
            },
            level: match *level {
                "central" => Some(Level::Central),
                "province" => Some(Level::Province),
                "city" => Some(Level::City),
                "district" => Some(Level::District),
                "commune" => Some(Level::Commune),
                "local" | "any" => None,
                other => panic!("bodies.tsv: {other:?} is no level"),
            },
            local: !matches!(*level, "central" | "any"),
            open: match *tail {
                "open" => true,
                "closed" => false,
                other => panic!("bodies.tsv: {other:?} is no tail"),
            },
        });
        TermId::Body(self.bodies.len() - 1)
    }

    fn field(&mut self, columns: &[&str]) -> TermId {
        let [name, ministry, ..] = columns else { panic!("fields.tsv: two columns expected: {columns:?}") };
        let full = columns.get(2).unwrap_or(name);
        self.fields.push(Field { name: (*full).to_owned(), ministry: *ministry == "yes" });
        TermId::Field(self.fields.len() - 1)
    }

    fn particle(&mut self, columns: &[&str]) -> TermId {
        let particle = match columns[1] {
            "deputy" => Particle::Deputy,
            "former" => Particle::Former,
            "acting" => Particle::Acting,
            "new" => Particle::New,
            "plural" => Particle::Plural,
            "honorific" => Particle::Honorific,
            "manner" => Particle::Manner,
            "also" => Particle::Also,
            "link" => Particle::Link,
            "past" => Particle::Past,
            "while" => Particle::While,
            "toward" => Particle::Toward,
            "coming" => Particle::Coming,
            "stop" => Particle::Stop,
            "kin" => Particle::Kin,
            "thing" => Particle::Thing,
            "joint" => Particle::Joint,
            "central" => Particle::Central,
            "vietnam" => Particle::Vietnam,
            level => return self.unit(columns, level),
        };
        TermId::Particle(particle)
    }

    fn unit(&mut self, columns: &[&str], level: &str) -> TermId {
        let level = match level {
            "hamlet" => Level::Hamlet,
            "commune" => Level::Commune,
            "district" => Level::District,
            "city" => Level::City,
            "province" => Level::Province,
            "abroad" => Level::Abroad,
            other => panic!("particles.tsv: {other:?} is no class"),
        };
        let name = columns.get(2).unwrap_or(&columns[0]);
        self.units.push(UnitWord { name: (*name).to_owned(), level });
        TermId::Unit(self.units.len() - 1)
    }

    /// Each abbreviation is what its long form is, and stands for it inside longer phrases ("Ủy viên TW Đảng").
    ///
    /// A deputy's ("PCT") is a post of its own.
    fn add_abbreviations(&mut self, abbreviations: &Abbreviations, words: &mut Words) {
        for phrase in Self::shortened(abbreviations) {
            if let Some(id) = self.whole(&phrase.long, words) {
                self.insert(&phrase.short, id, false, words);
            }
        }
        for row in abbreviations.iter() {
            if self.is_unit(&row.long, words) {
                continue;
            }
            let id = self.whole(&row.long, words).or_else(|| self.deputy(&row.long, words)).unwrap_or_else(|| {
                self.shorts.push(row.long.clone());
                TermId::Short(self.shorts.len() - 1)
            });
            self.insert(&row.short, id, row.ambiguous, words);
        }
    }

    /// The phrases of the tables with one or two abbreviations in them.
    fn shortened(abbreviations: &Abbreviations) -> Vec<Abbreviation> {
        // Only the usual reading stands in a phrase: "Sở GD" leads schools, not exchanges.
        let is_usual =
            |row: &&Abbreviation| abbreviations.by_short(&canonical_phrase(&row.short)).next().is_some_and(|first| first.long == row.long);
        let known: Vec<(String, &str)> =
            abbreviations.iter().filter(is_usual).map(|row| (format!(" {} ", canonical_phrase(&row.long)), row.short.as_str())).collect();
        let mut all: Vec<Abbreviation> = Vec::new();
        let phrases = Self::TABLES.iter().flat_map(|(_, tsv)| tsv.lines()).filter(|line| !line.starts_with('#'));
        for phrase in phrases.filter_map(|line| line.split('\t').next()) {
            let mut forms = vec![format!(" {} ", canonical_phrase(phrase))];
            for (long, short) in &known {
                let shorter = |form: &String| {
                    (form.len() > long.len() && form.contains(long.as_str())).then(|| form.replacen(long, &format!(" {short} "), 1))
                };
                let more: Vec<String> = forms.iter().take(8).filter_map(shorter).collect();
                forms.extend(more);
            }
            let row = |short: String| Abbreviation { short, long: phrase.to_owned(), ambiguous: false };
            all.extend(forms.into_iter().skip(1).map(row));
        }
        all
    }

    /// What a phrase is, taken whole.
    fn whole(&self, phrase: &str, words: &Words) -> Option<TermId> {
        let found = self.phrases.longest(parts(phrase).map(|part| Some(words.of(&phrase[part]))))?;
        (found.tokens() == parts(phrase).count()).then(|| self.phrases.value(found).id)
    }

    /// Whether a name is a unit's with the word for it, "thành phố Hồ Chí Minh": its words are read one by one.
    fn is_unit(&self, name: &str, words: &Words) -> bool {
        let longest = self.phrases.longest(parts(name).map(|part| Some(words.of(&name[part]))));
        let begins_with_unit =
            |found: Phrase| matches!(self.phrases.value(found).id, TermId::Unit(_)) && found.tokens() < parts(name).count();
        longest.is_some_and(begins_with_unit)
    }

    fn deputy(&mut self, long: &str, words: &Words) -> Option<TermId> {
        let TermId::Post(head) = self.whole(long.strip_prefix("Phó ")?, words)? else { return None };
        let deputy = PostTitle { title: long.to_owned(), standing: Standing::Deputy, ..self.posts[head].clone() };
        self.posts.push(deputy);
        Some(TermId::Post(self.posts.len() - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look_up(phrase: &str) -> Option<(usize, String)> {
        let mut words = Words::default();
        let posts = Posts::bundled(&mut words);
        let tokens: Vec<&str> = parts(phrase).map(|part| &phrase[part]).collect();
        let capitals = |length: usize| tokens[..length].iter().all(|token| !token.chars().any(char::is_lowercase));
        let phrase = posts.longest(tokens.iter().map(|token| Some(words.of(token))))?;
        let what = match posts.term(phrase, || capitals(phrase.tokens()))? {
            Term::Post(post) => format!("post {}", post.title),
            Term::Body(body) => format!("body {}", body.name),
            Term::Field(field) => format!("field {}", field.name),
            Term::Unit(unit) => format!("unit {}", unit.name),
            Term::Short(long) => format!("short {long}"),
            other => format!("{other:?}"),
        };
        Some((phrase.tokens(), what))
    }

    #[test]
    fn no_phrase_stands_in_two_rows() {
        assert_eq!(Posts::from_tables(&mut Words::default()).1, Vec::<&str>::new());
    }

    #[test]
    fn posts_and_bodies_are_known_in_every_spelling_and_by_their_abbreviations() {
        for (phrase, length, what) in [
            ("Chủ tịch nước thăm", 3, "post Chủ tịch nước"),
            ("CHỦ TỊCH UBND", 2, "post Chủ tịch"),
            ("uỷ ban nhân dân tỉnh", 4, "body Ủy ban nhân dân"),
            ("UBND tỉnh", 1, "body Ủy ban nhân dân"),
            ("PCT UBND", 1, "post Phó Chủ tịch"),
            ("TUV", 1, "post Tỉnh ủy viên"),
            ("TVTU", 1, "post Ủy viên Ban Thường vụ Tỉnh ủy"),
            ("TT&TT", 2, "field Thông tin và Truyền thông"),
            ("LĐ-TB&XH tỉnh", 3, "field Lao động - Thương binh và Xã hội"),
            ("CA xã", 1, "body Công an"),
            ("TP Huế", 1, "unit thành phố"),
            ("Sở GD", 1, "body Sở"),
            ("đồng chí", 2, "Particle(Honorific)"),
            ("Nhật Bản", 2, "Country"),
        ] {
            assert_eq!(look_up(phrase), Some((length, what.to_owned())), "{phrase}");
        }
        assert_eq!(look_up("ca khúc"), None);
        assert_eq!(look_up("xanh"), None);
    }
}
