//! Posts given to names → people: one entry a person, each post once, ours and those of other countries apart.

use super::PeopleFinding;
use super::clause::{Item, Placed};
use super::link::Link;
use super::mention::mentions;
use super::person::{is_outlandish, name_key, shown};
use super::place::Context;
use super::post::PostWords;
use super::reader::Reader;
use super::role::{Written, written};
use crate::article::{Evidence, EvidenceClass, Official, Post, PostStatus, ProvinceStatus, Provinces};
use crate::authority::{Authority, Namesake, Term};
use crate::text::canonical_phrase;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

/// How far before a minister's name the ministry may be named in the same line; in bytes.
const REACH: usize = 2000;

/// Most different posts of one person in one article.
const MAX_POSTS: usize = 40;

/// The text that a post stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextField {
    /// The article's body.
    Body,
    /// Its title.
    Title,
}

/// A post of a person, with the words it stands on.
struct Given {
    written: Written,
    /// What the role is compared by.
    role_key: OnceCell<String>,
    field: TextField,
    span: (usize, usize),
    quote: String,
}

struct Person {
    name: String,
    /// What the name is compared by.
    key: String,
    given: Vec<Given>,
    /// Whether the name cannot be one of ours.
    outlandish: bool,
    mentions: Vec<(usize, usize)>,
}

/// The people of an article.
pub struct People<'a> {
    provinces: &'a Provinces,
    authority: &'a Authority,
    people: Vec<Person>,
    by_key: HashMap<String, usize>,
}

impl<'a> People<'a> {
    /// Nobody yet.
    pub fn new(provinces: &'a Provinces, authority: &'a Authority) -> Self {
        People { provinces, authority, people: Vec::new(), by_key: HashMap::new() }
    }

    /// Whether nobody was found.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// Gives a post to a name.
    pub fn give(&mut self, reader: &Reader, context: &Context, field: TextField, items: &[Placed], link: Link) {
        let (Item::Post(post), Item::Name(name)) = (&items[link.post].item, &items[link.name].item) else { return };
        let name_shown = shown(reader, name);
        let key = name_key(&name_shown);
        if self.authority.names().namesake(&key) == Some(Namesake::Commemorated) {
            return;
        }
        let post = match link.status {
            Some(status) if post.status == PostStatus::Current => Cow::Owned(PostWords { status, ..post.as_ref().clone() }),
            _ => Cow::Borrowed(post.as_ref()),
        };
        let mut written = written(&post, reader, context);
        written.post.rule = link.rule.id().to_owned();
        // "ông Dũng" is nobody's full name, and a post of ours is not held under a foreign name of one word.
        let whole = name.vietnamese || name.tokens.len() >= 2 && (written.foreign || !written.ours) || is_outlandish(reader, name);
        if !whole || !name.vietnamese && written.ours && name.tokens.len() < 2 {
            return;
        }
        // "Hạt Kiểm lâm Chư Sơ": behind a local body without its unit a strange name is the unit's.
        let touches = items[link.post].tokens.end == items[link.name].tokens.start;
        if !name.vietnamese && touches && written.likely_ours && !post.names_a_unit() {
            return;
        }
        let tokens =
            items[link.post].tokens.start.min(items[link.name].tokens.start)..items[link.post].tokens.end.max(items[link.name].tokens.end);
        let bytes = reader.bytes(tokens);
        let given =
            Given { written, role_key: OnceCell::new(), field, span: (bytes.start, bytes.end), quote: reader.text[bytes].to_owned() };
        let outlandish = !name.vietnamese;
        let at = *self.by_key.entry(key.clone()).or_insert_with(|| {
            self.people.push(Person { name: name_shown, key, given: Vec::new(), outlandish, mentions: Vec::new() });
            self.people.len() - 1
        });
        self.people[at].add(given);
    }

    /// Gives each minister without a ministry the one of the same person elsewhere, else the one named last before.
    pub fn complete_ministries(&mut self, reader: &Reader, field: TextField) {
        if !self.people.iter().any(|person| person.given.iter().any(|given| given.written.lacks_ministry)) {
            return;
        }
        let ministries = ministries(reader);
        let one = ministries.iter().map(|(_, name)| canonical_phrase(name)).collect::<HashSet<_>>().len() == 1;
        for person in &mut self.people {
            if person.given.iter().any(|given| given.written.post.scope.as_deref() == Some("Văn phòng Chính phủ")) {
                continue;
            }
            let own = person.given.iter().find_map(|given| given.written.post.body.clone().filter(|body| body.starts_with("Bộ ")));
            for given in person.given.iter_mut().filter(|given| given.written.lacks_ministry && given.field == field) {
                let before = ministries[..ministries.partition_point(|(at, _)| *at < given.span.0)].last();
                let near = |at: usize| given.span.0 - at <= REACH && !reader.text[at..given.span.0].contains('\n');
                let before = before.filter(|(at, _)| near(*at)).map(|(_, name)| name.clone());
                let only = ministries.first().map(|(_, name)| name.clone()).filter(|_| one);
                if let Some(ministry) = own.clone().or(before).or(only) {
                    given.complete_with(ministry);
                }
            }
            person.tidy();
        }
    }

    /// Finds every mention of the people in the body.
    pub fn resolve(&mut self, reader: &Reader) {
        let keys: Vec<&str> = self.people.iter().map(|person| person.key.as_str()).collect();
        let spans = mentions(reader, &self.by_key, &keys);
        for (person, spans) in self.people.iter_mut().zip(spans) {
            person.mentions = spans;
        }
    }

    /// "Trương Thanh" beside "Trương Thanh Tùng", "Putin" beside "Vladimir Putin": one person, by the fuller name.
    pub fn join_short_names(&mut self) {
        let mut fuller: HashMap<&str, usize> = HashMap::new();
        let foreign = |at: usize| self.people[at].outlandish;
        for (at, person) in self.people.iter().enumerate() {
            for (space, _) in person.key.match_indices(' ') {
                fuller.entry(&person.key[..space]).or_insert(at);
                if foreign(at) {
                    fuller.entry(&person.key[space + 1..]).or_insert(at);
                }
            }
        }
        let short = self.people.iter().enumerate().filter_map(|(at, person)| Some((at, *fuller.get(person.key.as_str())?)));
        let joined: Vec<(usize, usize)> = short.filter(|&(short, full)| short != full && (!foreign(short) || foreign(full))).collect();
        for (short, full) in joined {
            let given = std::mem::take(&mut self.people[short].given);
            given.into_iter().for_each(|given| self.people[full].add(given));
            self.by_key.insert(self.people[short].key.clone(), full);
        }
    }

    /// The finding; `of_vietnam` says whether the article speaks of Việt Nam.
    pub fn finish(self, of_vietnam: bool) -> PeopleFinding {
        let mut finding = PeopleFinding::default();
        let abroad = self.provinces.status == ProvinceStatus::Foreign;
        for person in self.people.into_iter().filter(|person| !person.given.is_empty()) {
            let namesake = self.authority.names().namesake(&person.key);
            let foreign = person.is_foreign(abroad && !(of_vietnam && person.is_called_like_ours()), namesake);
            let (list, name) = match foreign {
                true => (&mut finding.foreign_officials, "foreign_officials"),
                false => (&mut finding.officials, "officials"),
            };
            let at = list.len();
            let given = person.given.into_iter().enumerate();
            let (posts, evidence): (Vec<Post>, Vec<Evidence>) =
                given.map(|(post, given)| given.with_evidence(format!("{name}[{at}].posts[{post}]"))).unzip();
            list.push(Official { name: person.name, posts, mentions: person.mentions });
            finding.evidence.extend(evidence);
        }
        finding
    }
}

impl Person {
    /// Adds a post unless it is known, or says less than a known one.
    fn add(&mut self, given: Given) {
        if self.given.len() < MAX_POSTS {
            self.given.push(given);
            self.tidy();
        }
    }

    /// Drops posts that say no more than another of the same person.
    fn tidy(&mut self) {
        let mut kept: Vec<Given> = Vec::new();
        for given in std::mem::take(&mut self.given) {
            if kept.iter().any(|known| known.says(&given)) {
                continue;
            }
            kept.retain(|known| !given.says(known));
            kept.push(given);
        }
        self.given = kept;
    }

    /// Whether the name is not built like those of the leaders of China, of whom news from abroad tells most.
    fn is_called_like_ours(&self) -> bool {
        const SINO: [&str; 22] = [
            "vương", "lí", "lưu", "chu", "trương", "dương", "triệu", "tôn", "mã", "giang", "hàn", "tống", "thái", "lâm", "tạ", "từ", "tần",
            "quách", "tăng", "trịnh", "lữ", "mao",
        ];
        const MIDDLE: [&str; 5] = ["thị", "đình", "tấn", "ngọc", "hòa"];
        let mut syllables = self.key.split(' ');
        !syllables.next().is_some_and(|surname| SINO.contains(&surname)) || syllables.next().is_some_and(|middle| MIDDLE.contains(&middle))
    }

    fn is_foreign(&self, abroad: bool, namesake: Option<Namesake>) -> bool {
        let foreign = self.given.iter().any(|given| given.written.foreign);
        let ours = self.given.iter().any(|given| given.written.ours);
        let likely = self.given.iter().any(|given| given.written.likely_ours);
        namesake == Some(Namesake::Foreign) || !ours && (self.outlandish || (foreign || abroad) && !likely)
    }
}

impl Given {
    /// Whether this post says all that another says.
    fn says(&self, other: &Given) -> bool {
        let (one, two) = (&self.written.post, &other.written.post);
        if one.rank != two.rank || (one.status == PostStatus::Former) != (two.status == PostStatus::Former) {
            return false;
        }
        let said = |word: &str| self.role_key().split(' ').any(|known| known == word);
        other.role_key().split(' ').all(said)
    }

    fn role_key(&self) -> &str {
        self.role_key.get_or_init(|| canonical_phrase(&self.written.post.role))
    }

    fn complete_with(&mut self, ministry: String) {
        self.written.complete_with(ministry);
        self.role_key = OnceCell::new();
    }

    /// The post, and the words that it stands on as evidence for a value.
    fn with_evidence(self, value: String) -> (Post, Evidence) {
        let evidence = Evidence {
            value,
            field: match self.field {
                TextField::Body => "body".to_owned(),
                TextField::Title => "title".to_owned(),
            },
            start: self.span.0,
            end: self.span.1,
            quote: self.quote,
            rule: self.written.post.rule.clone(),
            class: if self.written.completed { EvidenceClass::Derived } else { EvidenceClass::Stated },
        };
        (self.written.post, evidence)
    }
}

impl Written {
    fn complete_with(&mut self, ministry: String) {
        self.post.role = format!("{} {ministry}", self.post.role);
        self.post.scope = Some(ministry.clone());
        self.post.body = Some(ministry);
        self.lacks_ministry = false;
        self.completed = true;
    }
}

/// Where the text names ministries of ours: first byte, name.
fn ministries(reader: &Reader) -> Vec<(usize, String)> {
    let found = (0..reader.tokens.len()).filter_map(|at| match reader.term(at) {
        Some((after, Term::Body(body))) if body.name == "Bộ Công an" => Some((reader.bytes(at..after).start, body.name.clone())),
        Some((after, Term::Body(body))) if body.name == "Bộ" => match reader.term(after) {
            Some((end, Term::Field(field))) if field.ministry && !matches!(reader.term(end), Some((_, Term::Country))) => {
                Some((reader.bytes(at..end).start, format!("Bộ {}", field.name)))
            }
            _ => None,
        },
        _ => None,
    });
    found.collect()
}
