//! The items of a line → which post belongs to which name.
//!
//! Rules in the order of their strength; each post is given once. Does not know whether the holder is one of ours.

mod list;

use super::clause::{Item, Placed};
use super::rule::Rule;
use super::tokens::Mark;
use crate::article::PostStatus;
use crate::authority::{Needs, Particle, Standing};
use std::ops::Range;

/// A post given to a name, both by their number among the items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The item that is the post.
    pub post: usize,
    /// The item that is the name.
    pub name: usize,
    /// Why.
    pub rule: Rule,
    /// What the words between say of the status, where they do.
    pub status: Option<PostStatus>,
}

/// Posts in one breath, "Ủy viên Trung ương Đảng, Bộ trưởng Bộ …": items from the first to the last of them.
struct Chain {
    items: Range<usize>,
    posts: Vec<usize>,
}

/// Most posts in one breath.
const MAX_CHAIN: usize = 12;

/// The four highest posts, of which one person holds one, or the first two.
const TOP_POSTS: [&str; 4] = ["Tổng Bí thư", "Chủ tịch nước", "Thủ tướng", "Chủ tịch Quốc hội"];

/// Every post of the line that has a holder.
pub fn links(items: &[Placed]) -> Vec<Link> {
    let mut line = Line { items, links: Vec::new(), holds: vec![false; items.len()], held_before: vec![false; items.len()] };
    let mut at = 0;
    while at < items.len() {
        if let Item::Post(_) = items[at].item {
            let chain = chain_at(items, at);
            at = chain.items.end;
            line.give(&chain);
        } else {
            at += 1;
        }
    }
    line.links
}

fn chain_at(items: &[Placed], start: usize) -> Chain {
    let (mut posts, mut end) = (vec![start], start + 1);
    while posts.len() < MAX_CHAIN {
        let joined = match items.get(end).map(|placed| &placed.item) {
            Some(Item::Post(_)) => end,
            Some(Item::Mark(Mark::Comma | Mark::Dash | Mark::Slash) | Item::And | Item::Also) => end + 1,
            _ => break,
        };
        // ", đồng thời là", ", kiêm"
        let joined = match items.get(joined).map(|placed| &placed.item) {
            Some(Item::Also) => joined + 1,
            _ => joined,
        };
        match items.get(joined).map(|placed| &placed.item) {
            Some(Item::Post(post)) if !(post.plural || post.is_short_deputy() && is_ministers(items, posts[posts.len() - 1])) => {
                posts.push(joined);
                end = joined + 1;
            }
            // "…, Phó Bí thư, Chủ tịch UBND tỉnh": a head that does not say of what is passed over.
            Some(Item::Bare | Item::Private)
                if matches!(items.get(joined + 1).map(|placed| &placed.item), Some(Item::Mark(Mark::Comma | Mark::Dash) | Item::Also)) =>
            {
                match items.get(joined + 2).map(|placed| &placed.item) {
                    Some(Item::Post(post)) if !post.plural => {
                        posts.push(joined + 2);
                        end = joined + 3;
                    }
                    _ => break,
                }
            }
            _ => break,
        }
    }
    Chain { items: start..end, posts }
}

/// Whether an item is the post of a minister or of a head of the State, who is not called "đại biểu".
fn is_ministers(items: &[Placed], at: usize) -> bool {
    matches!(&items[at].item, Item::Post(post) if post.standing() == Standing::Head && matches!(post.title.needs, Needs::Ministry | Needs::Nothing))
}

/// A name before a chain: its item, the rule, and what the words between say of the status.
type Behind = (usize, Rule, Option<PostStatus>);

struct Line<'i, 'a> {
    items: &'i [Placed<'a>],
    links: Vec<Link>,
    /// By item: whether the name has a post already.
    holds: Vec<bool>,
    /// By item: whether the name has a post right before it.
    held_before: Vec<bool>,
}

impl<'a> Line<'_, 'a> {
    fn give(&mut self, chain: &Chain) {
        let behind = self.name_behind(chain);
        let ahead = self.name_ahead(chain);
        if self.is_list(chain) {
            return self.give_list(chain, behind, ahead);
        }
        match (ahead, behind) {
            (Some((name, Rule::PostName)), Some((before, rule, status)))
                if !self.holds[before] && chain.posts.len() > 1 && rule == Rule::NamePost =>
            {
                let (last, first) = chain.posts.split_last().expect("a chain has a post");
                self.link(first, before, rule, status);
                self.link(&[*last], name, Rule::PostName, None);
            }
            // "ông A, Chủ tịch UBND phường Phạm Đình Hổ": a ward called after a person.
            (Some((name, Rule::PostName)), Some((before, rule, status))) if !self.holds[before] && self.is_ward(chain, name) => {
                self.link(&chain.posts, before, rule, status);
            }
            (Some((name, rule @ (Rule::PostName | Rule::PostIsName))), _) => {
                self.link(&chain.posts, name, rule, self.told_before(chain, name))
            }
            // "Bộ trưởng … A, Thứ trưởng …, Thượng tướng B"
            (Some((name, rule)), Some((before, ..))) if self.is_held_before(before) => self.link(&chain.posts, name, rule, None),
            // "Phó Thủ tướng A, Chánh án …, Viện trưởng …, Bộ trưởng …": a list of those who get a letter.
            (None, Some((before, ..))) if self.is_held_before(before) && chain.posts.len() >= 3 => {}
            (_, Some((name, rule, status))) => self.link(&chain.posts, name, rule, status),
            (Some((name, rule)), None) => self.link(&chain.posts, name, rule, self.told_before(chain, name)),
            (None, None) => {}
        }
    }

    /// What the words before a chain say of its status: "khi còn là Chủ tịch UBND tỉnh, ông A", "miễn nhiệm chức vụ … đối với ông A".
    fn told_before(&self, chain: &Chain, name: usize) -> Option<PostStatus> {
        let toward = self.items[chain.items.end..name].iter().any(|placed| matches!(placed.item, Item::Link(Particle::Toward)));
        let mut before = (0..chain.items.start).rev().map_while(|at| match self.item(at) {
            Some(Item::Link(particle)) => Some(*particle),
            _ => None,
        });
        before.any(|particle| particle == Particle::While || toward && particle == Particle::Past).then_some(PostStatus::Former)
    }

    /// The posts of a chain that one person can hold: of "Thủ tướng, Tổng Bí thư A" only the last.
    fn compatible<'p>(&self, posts: &'p [usize]) -> &'p [usize] {
        let top = |post: &usize| match self.item(*post) {
            Some(Item::Post(post)) if post.standing() == Standing::Head && TOP_POSTS.contains(&post.title.title.as_str()) => {
                Some(post.title.title.as_str())
            }
            _ => None,
        };
        let tops: Vec<&str> = posts.iter().filter_map(top).collect();
        match tops.as_slice() {
            [] | [_] | ["Tổng Bí thư", "Chủ tịch nước"] | ["Chủ tịch nước", "Tổng Bí thư"] => posts,
            _ => &posts[posts.len() - 1..],
        }
    }

    fn link(&mut self, posts: &[usize], name: usize, rule: Rule, status: Option<PostStatus>) {
        self.holds[name] = true;
        self.held_before[name] |= rule == Rule::PostName;
        let posts = self.compatible(posts);
        self.links.extend(posts.iter().map(|&post| Link { post, name, rule, status }));
    }

    /// Whether a name has a post right before it.
    fn is_held_before(&self, name: usize) -> bool {
        self.held_before[name]
    }

    /// Whether the words behind "phường", "xã" may be its name as well as a person's.
    fn is_ward(&self, chain: &Chain, name: usize) -> bool {
        let last = *chain.posts.last().expect("a chain has a post");
        name == last + 1 && matches!(self.item(last), Some(Item::Post(post)) if post.ends_in_nameless_commune())
    }

    fn item(&self, at: usize) -> Option<&Item<'a>> {
        self.items.get(at).map(|placed| &placed.item)
    }

    /// Over addresses: "đồng chí", "Thiếu tướng".
    fn over_address(&self, mut at: usize) -> usize {
        while let Some(Item::Honorific | Item::Plural) = self.item(at) {
            at += 1;
            if let (Some(Item::Mark(Mark::Comma)), Some(Item::Honorific)) = (self.item(at), self.item(at + 1)) {
                at += 1;
            }
        }
        at
    }

    /// The name after a chain: at once, behind an address, a comma, a dash, or "là ông".
    fn name_ahead(&self, chain: &Chain) -> Option<(usize, Rule)> {
        if chain.items.start > 0 && matches!(self.item(chain.items.start - 1), Some(Item::Kin)) {
            return None;
        }
        let end = chain.items.end;
        let near = self.over_address(end);
        if let Some(Item::Name(_)) = self.item(near) {
            return Some((near, Rule::PostName));
        }
        match self.item(end)? {
            Item::Mark(mark @ (Mark::Comma | Mark::Dash | Mark::Colon)) => {
                let name = self.over_address(end + 1);
                let Some(Item::Name(person)) = self.item(name) else { return None };
                let addressed = name > end + 1;
                let own = self.post_follows(name);
                let fits = (addressed || person.certain)
                    && !own
                    && !self.is_of_the_state(chain)
                    && (addressed || *mark != Mark::Comma || self.closes(name));
                fits.then_some((name, Rule::PostCommaName))
            }
            // "phê chuẩn chức vụ Phó Chủ tịch UBND tỉnh đối với ông A"
            Item::Link(Particle::Toward) if matches!(self.item(chain.items.start.checked_sub(1)?), Some(Item::Link(_))) => {
                let name = self.over_address(end + 1);
                matches!(self.item(name), Some(Item::Name(_))).then_some((name, Rule::PostIsName))
            }
            Item::Link(Particle::Link) => {
                let name = self.over_address(end + 1);
                (name > end + 1 && matches!(self.item(name), Some(Item::Name(_)))).then_some((name, Rule::PostIsName))
            }
            _ => None,
        }
    }

    /// Whether the chain ends with a post that only one person holds; a comma behind it begins something else.
    fn is_of_the_state(&self, chain: &Chain) -> bool {
        let last = chain.posts.last().and_then(|&post| self.item(post));
        matches!(last, Some(Item::Post(post)) if post.title.needs == Needs::Nothing && post.title.standing == Standing::Head && post.title.scope.is_some())
    }

    /// Whether a name has a post of its own after it: ", Chủ tịch …", "- Chủ tịch …".
    fn post_follows(&self, name: usize) -> bool {
        let at = match self.item(name + 1) {
            Some(Item::Mark(Mark::Comma | Mark::Dash | Mark::Open)) => name + 2,
            _ => name + 1,
        };
        matches!(self.item(at), Some(Item::Post(post)) if !matches!(self.item(self.over_address(self.chain_end(at))), Some(Item::Name(_))) || post.plural)
    }

    fn chain_end(&self, at: usize) -> usize {
        chain_at(self.items, at).items.end
    }

    /// Whether a clause ends behind an item, or a verb follows: not another name in a list.
    fn closes(&self, at: usize) -> bool {
        !matches!(self.item(at + 1), Some(Item::Mark(Mark::Comma | Mark::Semicolon) | Item::And | Item::Name(_)))
    }

    /// The name before a chain: with a comma, a dash, a bracket, at once, or with "giữ chức" between.
    fn name_behind(&self, chain: &Chain) -> Option<Behind> {
        let mut at = chain.items.start.checked_sub(1)?;
        let (mut status, mut linked, mut marks) = (None, false, 0);
        loop {
            match self.item(at)? {
                Item::Name(_) => break,
                Item::Link(particle) => {
                    linked = true;
                    status = match particle {
                        Particle::Past | Particle::While => Some(PostStatus::Former),
                        Particle::Toward => return None,
                        Particle::Coming => status.or(Some(PostStatus::Incoming)),
                        _ => status,
                    };
                }
                Item::Mark(Mark::Comma | Mark::Dash) if matches!(self.item(at.checked_sub(1)?), Some(Item::Bare | Item::Private)) => {}
                Item::Mark(Mark::Comma | Mark::Dash | Mark::Open | Mark::Colon) if marks == 0 && !linked => marks += 1,
                // "ông A, hiện là Chủ tịch", "ông A (nguyên …"
                Item::Mark(Mark::Comma | Mark::Dash | Mark::Open) if linked && marks == 0 => marks += 1,
                // A post of no public body between is passed over: "ông A, Giám đốc bệnh viện X, đại biểu Quốc hội, …"
                Item::Private if self.begins_new_clause(chain) => return None,
                // "Phó Tư lệnh, kiêm Tham mưu trưởng …": a head that shares the body of the next.
                Item::Aside | Item::Bare | Item::Private | Item::Also => {}
                Item::Mark(Mark::Comma | Mark::Open) if marks == 1 && matches!(self.item(at.checked_sub(1)?), Some(Item::Aside)) => {}
                _ => return None,
            }
            at = at.checked_sub(1)?;
        }
        if linked {
            return Some((at, Rule::NameLinkPost, status));
        }
        let apart = !matches!(self.item(chain.items.start - 1), Some(Item::Name(_)));
        if !apart && !self.may_touch(at, chain.posts[0]) {
            return None;
        }
        let colon = matches!(self.item(chain.items.start - 1), Some(Item::Mark(Mark::Colon)));
        let comma = matches!(self.item(chain.items.start - 1), Some(Item::Mark(Mark::Comma)));
        let new_clause = comma && !self.opens_sentence(at) && self.begins_new_clause(chain) || comma && self.turns_to_a_minister(at, chain);
        if colon || new_clause {
            return None;
        }
        Some((at, Rule::NamePost, None))
    }

    /// "đồng chí Trần Văn An Ủy viên Bộ Chính trị": a comma was forgotten; after a photo credit it was not.
    fn may_touch(&self, name: usize, post: usize) -> bool {
        let (Some(Item::Name(name)), Some(Item::Post(post))) = (self.item(name), self.item(post)) else { return false };
        name.certain && !post.is_short()
    }

    /// "Bà A, Phó Chủ tịch nước đánh giá": a name that opens a sentence is its subject.
    fn opens_sentence(&self, mut name: usize) -> bool {
        while name > 0 && matches!(self.item(name - 1), Some(Item::Honorific)) {
            name -= 1;
        }
        name == 0 || matches!(self.item(name - 1), Some(Item::Mark(Mark::Stop | Mark::Line)))
    }

    /// "Trả lời đại biểu A, Bộ trưởng Bộ Y tế cho hay": a minister's post does not follow the name that has one before it.
    fn turns_to_a_minister(&self, name: usize, chain: &Chain) -> bool {
        let minister = matches!(self.item(chain.posts[0]), Some(Item::Post(post)) if post.title.needs == Needs::Ministry);
        minister && self.is_held_before(name) && chain.posts.len() == 1 && !self.is_ended(chain)
    }

    /// Whether punctuation or "và" follows a chain.
    fn is_ended(&self, chain: &Chain) -> bool {
        matches!(
            self.item(chain.items.end),
            None | Some(
                Item::Mark(Mark::Comma | Mark::Semicolon | Mark::Stop | Mark::Close | Mark::Dash | Mark::Colon | Mark::Line) | Item::And
            )
        )
    }

    /// ", Thủ tướng yêu cầu": a short post after a comma with a verb behind it speaks of somebody else.
    fn begins_new_clause(&self, chain: &Chain) -> bool {
        let passed = chain.items.start.checked_sub(2).is_some_and(|at| matches!(self.item(at), Some(Item::Private)));
        let short = matches!(self.item(chain.posts[0]), Some(Item::Post(post)) if (post.is_short() || passed) && chain.posts.len() == 1);
        short && !self.is_ended(chain)
    }
}
