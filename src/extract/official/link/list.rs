//! One post said once for several names: "các Phó Chủ tịch UBND tỉnh: A, B và C", "A, B, các Phó Chủ tịch …".

use super::super::clause::Item;
use super::super::rule::Rule;
use super::super::tokens::Mark;
use super::{Behind, Chain, Line};

/// Most names in a list that share a post.
const MAX_LIST: usize = 60;

impl Line<'_, '_> {
    /// Whether the posts of a chain are several people's.
    pub(super) fn is_list(&self, chain: &Chain) -> bool {
        self.is_plural(chain.posts[0]) || self.plural_before(chain.items.start) || self.opens_list(chain)
    }

    /// "các Phó Chủ tịch UBND tỉnh: A, B và C"; "A, B, các Phó Chủ tịch UBND tỉnh".
    pub(super) fn give_list(&mut self, chain: &Chain, behind: Option<Behind>, ahead: Option<(usize, Rule)>) {
        let names = self.list_from(chain.items.end);
        if !names.is_empty() {
            for name in names {
                self.link(&chain.posts, name, Rule::PostList, None);
            }
        } else if let Some((last, _, status)) = behind {
            for name in self.list_until(last) {
                if name == last || !self.holds[name] {
                    self.link(&chain.posts, name, Rule::ListPost, status);
                }
            }
        } else if let Some((name, rule)) = ahead {
            self.link(&chain.posts, name, rule, None);
        }
    }

    fn is_plural(&self, post: usize) -> bool {
        matches!(self.item(post), Some(Item::Post(post)) if post.plural)
    }

    /// "nguyên Chủ tịch Quốc hội: A, B": a colon and two names.
    fn opens_list(&self, chain: &Chain) -> bool {
        let colon = matches!(self.item(chain.items.end), Some(Item::Mark(Mark::Colon)));
        colon && self.name_behind(chain).is_none() && self.list_from(chain.items.end).len() > 1
    }

    /// "các đồng chí Ủy viên Bộ Chính trị: A, B".
    fn plural_before(&self, start: usize) -> bool {
        start > 0 && matches!(self.item(start - 1), Some(Item::Plural))
    }

    /// Names in a row from an item on: "A, B và C", each with its own posts perhaps.
    fn list_from(&self, start: usize) -> Vec<usize> {
        let mut names = Vec::new();
        let mut at = match self.item(start) {
            Some(Item::Mark(Mark::Colon)) => self.over_line_end(start + 1),
            Some(Item::Mark(Mark::Comma | Mark::Dash)) => start + 1,
            Some(Item::Link(_)) => start + 1,
            _ => start,
        };
        while names.len() < MAX_LIST {
            let name = self.over_address(at);
            let Some(Item::Name(_)) = self.item(name) else { break };
            names.push(name);
            at = name + 1 + usize::from(matches!(self.item(name + 1), Some(Item::Aside)));
            // The name's own posts.
            if let (Some(Item::Mark(Mark::Comma | Mark::Dash | Mark::Open)), Some(Item::Post(post))) = (self.item(at), self.item(at + 1)) {
                if post.plural {
                    break;
                }
                let end = self.chain_end(at + 1);
                if matches!(self.item(self.over_address(end)), Some(Item::Name(_))) {
                    break;
                }
                at = if matches!(self.item(end), Some(Item::Mark(Mark::Close))) { end + 1 } else { end };
            }
            match self.item(at) {
                Some(Item::Mark(Mark::Comma | Mark::Semicolon) | Item::And) => at = self.over_line_end(at + 1),
                Some(Item::Mark(Mark::Stop)) if matches!(self.item(at + 1), Some(Item::Mark(Mark::Line))) => {
                    at = self.over_line_end(at + 1)
                }
                Some(Item::Mark(Mark::Line)) => at = self.over_line_end(at),
                _ => break,
            }
            if let Some(Item::And) = self.item(at) {
                at += 1;
            }
        }
        names
    }

    /// Over the end of a line and the dash that begins the next: a list over several lines.
    fn over_line_end(&self, at: usize) -> usize {
        match (self.item(at), self.item(at + 1)) {
            (Some(Item::Mark(Mark::Line)), Some(Item::Mark(Mark::Dash))) => at + 2,
            (Some(Item::Mark(Mark::Line)), _) => at + 1,
            _ => at,
        }
    }

    /// Names in a row that end with this one: "A, B, C".
    fn list_until(&self, last: usize) -> Vec<usize> {
        let mut names = vec![last];
        let mut at = last;
        while names.len() < MAX_LIST {
            while at > 0 && matches!(self.item(at - 1), Some(Item::Honorific | Item::Plural)) {
                at -= 1;
            }
            match at.checked_sub(1).and_then(|before| self.item(before)) {
                Some(Item::Mark(Mark::Comma) | Item::And) => at -= 1,
                _ => break,
            }
            match at.checked_sub(1).and_then(|before| self.item(before)) {
                Some(Item::Name(_)) => at -= 1,
                _ => break,
            }
            names.push(at);
        }
        names
    }
}
