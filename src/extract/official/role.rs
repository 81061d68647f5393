//! The words of a post → the post written out: abbreviations expanded, the unit made explicit from the context.

mod completion;

use super::place::{Context, Province};
use super::post::{Part, PostWords};
use super::reader::Reader;
use crate::article::{Post, PostStatus, Rank};
use crate::authority::{Abbreviations, BodyKind, Level, Needs, Standing};
use crate::text::canonical_phrase;
use completion::{is_party, party_committee, party_level};

/// A post written out.
#[derive(Clone, Debug)]
pub struct Written {
    /// The post; its rule is still empty.
    pub post: Post,
    /// Whether it is a minister's without the ministry.
    pub lacks_ministry: bool,
    /// Whether the context gave its unit.
    pub completed: bool,
    /// Whether it is held in another country.
    pub foreign: bool,
    /// Whether it says by itself that it is one of ours: a local body, Việt Nam, a body that only we have.
    pub ours: bool,
    /// Whether its body is most likely one of ours: a committee, a department.
    pub likely_ours: bool,
}

/// Writes a post out.
pub fn written(post: &PostWords, reader: &Reader, context: &Context) -> Written {
    let mut writer = Writer { post, reader, context, body: Vec::new(), province: None, completed: false, local: false };
    writer.write_parts();
    let foreign = post.is_foreign();
    if !foreign {
        writer.complete();
        writer.name_province();
    }
    writer.finish(foreign)
}

struct Writer<'w, 'a> {
    post: &'w PostWords<'a>,
    reader: &'w Reader<'a>,
    context: &'w Context<'w>,
    body: Vec<String>,
    province: Option<Province>,
    completed: bool,
    local: bool,
}

impl Writer<'_, '_> {
    fn start(&self) -> usize {
        self.reader.bytes(self.post.tokens.clone()).start
    }

    fn title_body(&self) -> &str {
        self.post.title.body.as_deref().unwrap_or("")
    }

    fn write_parts(&mut self) {
        self.write_lead();
        let post = self.post;
        for (at, part) in post.parts.iter().enumerate() {
            match part {
                Part::Body(body) => {
                    self.local |= body.local && post.title.needs != Needs::Ministry;
                    self.push(expanded(&body.full, &self.context.authority.abbreviations));
                }
                Part::Field(field, _) if at == 0 || matches!(&post.parts[at - 1], Part::Body(body) if has_fields(&body.name)) => {
                    self.push(field.name.clone());
                }
                Part::Field(_, tokens) => self.push_words(tokens.clone()),
                Part::Words(tokens) => self.push_words(tokens.clone()),
                Part::Country(tokens) | Part::Vietnam(tokens) | Part::Central(tokens) => {
                    let words = self.reader.quote(tokens.clone());
                    self.push(expanded(words, &self.context.authority.abbreviations));
                }
                Part::Unit { word, name, place } => {
                    self.local |= word.level != Level::Abroad;
                    match name {
                        Some(name) => {
                            let by_label =
                                place.as_ref().filter(|_| word.level >= Level::City).and_then(|place| place.name.unit.as_deref());
                            let numbered = word.name == "quận"
                                && place.is_none()
                                && self.reader.quote(name.clone()).bytes().all(|byte| byte.is_ascii_digit());
                            let province = match place {
                                Some(place) => self.context.province_of(place, word.level),
                                None if numbered => Some(self.context.city_of_numbered_districts()),
                                None if word.level == Level::Commune => self.province_of_commune(name.clone()),
                                None => None,
                            };
                            self.province = province.or(self.province.take());
                            if at > 0 && matches!(post.parts[at - 1], Part::Unit { .. }) {
                                self.push_comma();
                            }
                            let name = match (&self.province, by_label) {
                                (Some(province), Some(slug)) if self.context.province(slug).label == province.label => {
                                    province.label.clone()
                                }
                                _ => self.place_name(name.clone()),
                            };
                            // "Bí thư huyện Kim Sơn" leads the Huyện ủy Kim Sơn.
                            let of_the_party = at == 0
                                && post.title.needs == Needs::Body
                                && word.level > Level::Commune
                                && !numbered
                                && name != "Hồ Chí Minh";
                            self.push(if of_the_party { name } else { format!("{} {name}", word.name) });
                        }
                        None => self.push_unit(word.level, &word.name),
                    }
                }
                Part::Place(tokens, place) => {
                    self.local = true;
                    let level = if place.name.unit.is_some() { Level::Province } else { Level::District };
                    let province = self.context.province_of(place, level);
                    let in_words = match (&province, at.checked_sub(1).map(|before| &post.parts[before])) {
                        (Some(province), before) if level == Level::Province && !is_party(before) => {
                            format!("{} {}", if province.city { "thành phố" } else { "tỉnh" }, province.label)
                        }
                        _ => self.place_name(tokens.clone()),
                    };
                    self.province = province.or(self.province.take());
                    self.push(in_words);
                }
            }
        }
    }

    /// The word of the body that the head implies: "Cục trưởng" a Cục, "Chủ tịch tỉnh" an Ủy ban nhân dân.
    fn write_lead(&mut self) {
        let post = self.post;
        let lead = match (post.title.needs, post.parts.first()) {
            (Needs::Unit, Some(Part::Unit { .. } | Part::Place(..))) if post.title.title == "Chủ tịch" => "Ủy ban nhân dân",
            (Needs::Body, Some(Part::Unit { word, .. })) => party_committee(word),
            (Needs::Body, Some(Part::Place(_, place))) => match place.name.unit.as_deref().map(|slug| self.context.province(slug).city) {
                Some(true) => "Thành ủy",
                Some(false) => "Tỉnh ủy",
                None => "Huyện ủy",
            },
            (Needs::Ministry, Some(Part::Field(..))) => "Bộ",
            (Needs::Ministry, Some(Part::Body(body))) if body.name == "Công an" => "Bộ",
            (Needs::Own, Some(part)) if !is_lead_in_title(self.title_body()) => match part {
                Part::Body(body) if canonical_phrase(&body.name).starts_with(&canonical_phrase(self.title_body())) => "",
                _ => self.title_body(),
            },
            _ => "",
        };
        if !lead.is_empty() {
            let lead = lead.to_owned();
            self.push(lead);
            self.local |= !matches!(post.title.needs, Needs::Ministry | Needs::Own);
        }
    }

    fn push(&mut self, words: String) {
        self.body.push(words);
    }

    /// A comma behind what was written last.
    fn push_comma(&mut self) {
        if let Some(last) = self.body.last_mut() {
            last.push(',');
        }
    }

    fn push_words(&mut self, tokens: std::ops::Range<usize>) {
        let words = self.reader.quote(tokens);
        let short =
            self.context.authority.abbreviations.by_short(&canonical_phrase(words)).find(|row| !row.ambiguous || words == row.short);
        match (short, words, self.body.last_mut()) {
            (_, "", _) => {}
            (_, ",", Some(_)) => self.push_comma(),
            (_, "-" | "–" | "—" | "/", _) => self.push("-".to_owned()),
            (_, "&", _) => self.push("và".to_owned()),
            (Some(row), ..) => self.push(row.long.clone()),
            (None, ..) => self.push(words.split_whitespace().collect::<Vec<_>>().join(" ")),
        }
    }

    /// A unit's name as written, in the province's own spelling where it is one, capitals brought down.
    fn place_name(&self, tokens: std::ops::Range<usize>) -> String {
        let written = self.reader.quote(tokens);
        match self.context.authority.abbreviations.by_short(&canonical_phrase(written)).next() {
            Some(row) if row.long == "Hồ Chí Minh" => row.long.clone(),
            _ if self.reader.shouting => written.split_whitespace().map(titled).collect::<Vec<_>>().join(" "),
            _ => written.split_whitespace().collect::<Vec<_>>().join(" "),
        }
    }

    fn finish(self, foreign: bool) -> Written {
        let post = self.post;
        let body_words = self.body.join(" ");
        let lacks_ministry = post.title.needs == Needs::Ministry && body_words.is_empty() && !foreign;
        let mut role = String::new();
        match post.status {
            PostStatus::Former => role.push_str("nguyên "),
            // "Phó Giám đốc phụ trách" says it already.
            PostStatus::Acting if post.manner.is_none() && !self.says_acting() => role.push_str("Quyền "),
            _ => {}
        }
        if post.deputy {
            role.push_str("Phó ");
        }
        role.push_str(&post.title.title);
        if let Some(manner) = &post.manner {
            role.push(' ');
            role.push_str(match self.reader.quote(manner.clone()) {
                "TT" => "Thường trực",
                words => words,
            });
        }
        if post.title.title == "Thủ tướng" && !foreign && body_words.is_empty() {
            role.push_str(" Chính phủ");
        }
        if !body_words.is_empty() {
            role.push(' ');
            role.push_str(&body_words);
        }
        let whole = post.title.body.clone().filter(|_| post.title.needs == Needs::Nothing && !foreign);
        let body = match (whole, post.title.needs) {
            (Some(body), _) if body_words.is_empty() || !self.local => Some(body),
            (Some(body), _) => Some(format!("{body} {body_words}")),
            (None, Needs::Own) if !body_words.is_empty() && is_lead_in_title(self.title_body()) => {
                Some(format!("{} {body_words}", self.title_body()))
            }
            _ => Some(body_words.clone()).filter(|words| !words.is_empty()),
        };
        let local = self.local && !foreign && post.title.scope.is_none();
        let province = self.province.as_ref().filter(|_| local);
        let scope = match (&post.title.scope, foreign, local) {
            (_, true, _) => self.country(),
            (Some(scope), ..) => Some(scope.clone()),
            (None, _, true) => province.as_ref().map(|province| province.label.clone()),
            (None, _, false) => self.ministry().or(body.clone()),
        };
        let says_vietnam = post.parts.iter().any(|part| matches!(part, Part::Vietnam(_)));
        let public_body =
            post.parts.iter().any(|part| matches!(part, Part::Body(body) if body.kind != BodyKind::Foreign && body.name != "Bộ"));
        Written {
            post: Post {
                role,
                rank: rank(post.standing()),
                body,
                unit_id: province.and_then(|province| province.unit_id.clone()),
                scope,
                status: post.status,
                as_written: self.reader.quote(post.tokens.clone()).to_owned(),
                rule: String::new(),
            },
            lacks_ministry,
            completed: self.completed,
            foreign,
            ours: !foreign && (self.local || says_vietnam || party_level(self.title_body()).is_some()),
            likely_ours: !foreign && public_body,
        }
    }

    /// Whether "phụ trách" is among the words of the body.
    fn says_acting(&self) -> bool {
        self.body.iter().any(|words| canonical_phrase(words) == "phụ trách")
    }

    /// The ministry that a central post names.
    fn ministry(&self) -> Option<String> {
        let parts = &self.post.parts;
        let at = parts.iter().position(|part| matches!(part, Part::Body(body) if body.name == "Bộ" || body.name == "Bộ Công an"))?;
        match parts.get(at + 1) {
            _ if matches!(&parts[at], Part::Body(body) if !body.open) => Some("Bộ Công an".to_owned()),
            Some(Part::Field(field, _)) => Some(format!("Bộ {}", field.name)),
            _ => None,
        }
    }

    fn country(&self) -> Option<String> {
        self.post.parts.iter().find_map(|part| match part {
            Part::Country(tokens) => Some(self.reader.quote(tokens.clone()).to_owned()),
            _ => None,
        })
    }
}

/// Whether the title holds the first words of the body: "Trưởng Đoàn đại biểu Quốc hội".
fn is_lead_in_title(word: &str) -> bool {
    matches!(word, "Văn phòng" | "Đoàn đại biểu Quốc hội")
}

fn rank(standing: Standing) -> Rank {
    match standing {
        Standing::Head => Rank::Head,
        Standing::Deputy => Rank::Deputy,
        Standing::Member => Rank::Member,
    }
}

/// Each abbreviation among the words in full; ambiguous ones stay.
fn expanded(words: &str, abbreviations: &Abbreviations) -> String {
    words.split_whitespace().map(|word| abbreviations.written(word).map_or(word, |row| &row.long)).collect::<Vec<_>>().join(" ")
}

/// Bodies that are named by a whole field, so that a short form of it can be written out: "Sở GD".
fn has_fields(body: &str) -> bool {
    matches!(body, "Bộ" | "Sở" | "Phòng" | "Ban")
}

fn titled(word: &str) -> String {
    let mut letters = word.chars();
    let first: String = letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    first + &letters.as_str().to_lowercase()
}
