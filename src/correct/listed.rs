//! The evidence of a list's members, taken apart by member so that members can come and go without it being lost or crossed.

use crate::article::Evidence;

/// The members of a list, each with its evidence. Evidence names its member by place in the list (`officials[1].posts[0]`).
pub(super) struct Listed<T> {
    list: &'static str,
    pub members: Vec<(T, Vec<Evidence>)>,
}

impl<T> Listed<T> {
    /// Takes the evidence of a list's members out of an article's.
    pub fn take(list: &'static str, members: Vec<T>, evidence: &mut Vec<Evidence>) -> Listed<T> {
        let mut members: Vec<(T, Vec<Evidence>)> = members.into_iter().map(|member| (member, Vec::new())).collect();
        let mut rest = Vec::new();
        for mut one in evidence.drain(..) {
            match place_in(list, &one.value).and_then(|(at, below)| Some((members.get_mut(at)?, below.to_owned()))) {
                Some(((_, of_member), below)) => {
                    one.value = below;
                    of_member.push(one);
                }
                None => rest.push(one),
            }
        }
        *evidence = rest;
        Listed { list, members }
    }

    /// The members as they are now, their evidence back in the article's.
    pub fn put_back(self, evidence: &mut Vec<Evidence>) -> Vec<T> {
        let mut members = Vec::new();
        for (at, (member, of_member)) in self.members.into_iter().enumerate() {
            evidence.extend(of_member.into_iter().map(|one| Evidence { value: format!("{}[{at}]{}", self.list, one.value), ..one }));
            members.push(member);
        }
        members
    }
}

/// `officials[1].posts[0]` in `officials` → 1 and `.posts[0]`.
fn place_in<'a>(list: &str, value: &'a str) -> Option<(usize, &'a str)> {
    let (at, below) = value.strip_prefix(list)?.strip_prefix('[')?.split_once(']')?;
    Some((at.parse().ok()?, below))
}
