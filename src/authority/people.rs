//! What a user knows of people who go by several names, or share one: `people.tsv` beside the articles.
//!
//! Input → output: lines of `same` or `different` and two names by tabs → by which name somebody is shown, and who is told apart. A name
//! may have a scope, as the official facet has it: `Nguyễn Mạnh Hùng/Tây Ninh`. Then it is the one who holds a post there.

use crate::text::{canonical_phrase, respelt};
use std::collections::{HashMap, HashSet};
use std::fmt;

/// Somebody, by name and perhaps by scope.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NamedPerson {
    /// The name, in the spelling that facets have.
    pub name: String,
    /// Where they hold their posts; everybody of the name, if nothing is said.
    pub scope: Option<String>,
}

/// Who is the same and who is not, as a user says.
#[derive(Clone, Debug, Default)]
pub struct KnownPeople {
    /// Those who are one, the first by whom they are shown.
    same: Vec<Vec<NamedPerson>>,
    class_of: HashMap<Key, usize>,
    different: HashSet<(Key, Key)>,
}

/// A name and a scope as they are compared.
type Key = (String, Option<String>);

/// A line of a table of people that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeopleError {
    /// Line in the table, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

impl fmt::Display for PeopleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let PeopleError { line, what } = self;
        write!(f, "line {line}: {what}; expected `same` or `different` and two names by tabs, each perhaps as name/scope")
    }
}

impl std::error::Error for PeopleError {}

/// So much of a broken line is shown, in characters.
const SHOWN_CHARS: usize = 80;

impl NamedPerson {
    /// Reads `Nguyễn Mạnh Hùng` or `Nguyễn Mạnh Hùng/Tây Ninh`, with or without a slash in front.
    fn read(text: &str) -> Option<NamedPerson> {
        let tidy = |part: &str| part.split_whitespace().map(respelt).collect::<Vec<_>>().join(" ");
        let text = text.trim();
        let text = text.strip_prefix('/').unwrap_or(text);
        let (name, scope) = match text.split_once('/') {
            Some((name, scope)) => (tidy(name), Some(tidy(scope))),
            None => (tidy(text), None),
        };
        (!name.is_empty() && scope.as_deref() != Some("")).then_some(NamedPerson { name, scope })
    }

    fn key(&self) -> Key {
        key(&self.name, self.scope.as_deref())
    }
}

fn key(name: &str, scope: Option<&str>) -> Key {
    (canonical_phrase(name), scope.map(canonical_phrase))
}

impl KnownPeople {
    /// Reads what can be read of a table; with it, the lines that cannot. `#` begins a comment line.
    pub fn read(tsv: &str) -> (KnownPeople, Vec<PeopleError>) {
        let mut people = KnownPeople::default();
        let errors = people.add(tsv);
        (people, errors)
    }

    /// Adds what can be read of another table; returns the lines that cannot. Of two lines that say the opposite the earlier counts.
    pub fn add(&mut self, tsv: &str) -> Vec<PeopleError> {
        let mut errors = Vec::new();
        for (line, text) in (1..).zip(tsv.trim_start_matches('\u{feff}').lines()) {
            if text.trim().is_empty() || text.starts_with('#') {
                continue;
            }
            if let Err(what) = self.add_line(text) {
                errors.push(PeopleError { line, what });
            }
        }
        errors
    }

    fn add_line(&mut self, text: &str) -> Result<(), String> {
        let found = || format!("found {:?}", text.chars().take(SHOWN_CHARS).collect::<String>());
        let [says, one, other] = text.split('\t').collect::<Vec<_>>()[..] else { return Err(found()) };
        let (Some(one), Some(other)) = (NamedPerson::read(one), NamedPerson::read(other)) else { return Err(found()) };
        let (first, second) = (one.key(), other.key());
        if first == second {
            return Err(format!("{one} is named twice", one = one.name));
        }
        match says.trim() {
            "same" if self.is_different(&first, &second) => Err("an earlier line says that they are different".to_owned()),
            "same" => {
                self.join(one, other);
                Ok(())
            }
            "different" if self.class_of.get(&first).is_some_and(|class| self.class_of.get(&second) == Some(class)) => {
                Err("an earlier line says that they are the same".to_owned())
            }
            "different" => {
                self.different.insert((first, second));
                Ok(())
            }
            _ => Err(found()),
        }
    }

    fn join(&mut self, one: NamedPerson, other: NamedPerson) {
        let [one, other] = [one, other].map(|person| {
            *self.class_of.entry(person.key()).or_insert_with(|| {
                self.same.push(vec![person]);
                self.same.len() - 1
            })
        });
        if one != other {
            let (kept, gone) = (one.min(other), one.max(other));
            for person in std::mem::take(&mut self.same[gone]) {
                self.class_of.insert(person.key(), kept);
                self.same[kept].push(person);
            }
        }
    }

    fn is_different(&self, one: &Key, other: &Key) -> bool {
        self.different.contains(&(one.clone(), other.clone())) || self.different.contains(&(other.clone(), one.clone()))
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.class_of.is_empty() && self.different.is_empty()
    }

    /// Everybody who is the same as the one of this name and scope; with whom they are shown first. A line with the scope counts before one
    /// without.
    pub fn same(&self, name: &str, scope: Option<&str>) -> Option<&[NamedPerson]> {
        let of_scope = scope.and_then(|scope| self.class_of.get(&key(name, Some(scope))));
        let class = of_scope.or_else(|| self.class_of.get(&key(name, None)))?;
        Some(&self.same[*class])
    }

    /// Everybody who is the same as somebody of a name, whatever their scope.
    pub fn same_as_any(&self, name: &str) -> Vec<&NamedPerson> {
        let name = canonical_phrase(name);
        let mut classes: Vec<usize> = self.class_of.iter().filter(|((other, _), _)| *other == name).map(|(_, class)| *class).collect();
        classes.sort_unstable();
        classes.dedup();
        classes.into_iter().flat_map(|class| &self.same[class]).filter(|person| canonical_phrase(&person.name) != name).collect()
    }

    /// Whether two are said to be different, by name and scope, or by name alone.
    pub fn are_different(&self, one: (&str, Option<&str>), other: (&str, Option<&str>)) -> bool {
        let forms = |(name, scope): (&str, Option<&str>)| [key(name, scope), key(name, None)];
        forms(one).iter().any(|one| forms(other).iter().any(|other| self.is_different(one, other)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# ai là ai\nsame\tTôn Thị Ngọc Mẫu\tTôn Ngọc Mẫu\nsame\tTôn Ngọc Mẫu\tTôn Mẫu/Bình Phước\n\
                         different\tLò Văn Thiêm/Sơn La\t/Lò Văn Thiêm/Tây Ninh\r\n";

    #[test]
    fn who_is_the_same_goes_by_the_first_name() {
        let (people, errors) = KnownPeople::read(TABLE);
        assert_eq!(errors, []);
        let shown = |name: &str, scope: Option<&str>| people.same(name, scope).map_or(name.to_owned(), |same| same[0].name.clone());
        let cases = [
            ("Tôn Ngọc Mẫu", None, "Tôn Thị Ngọc Mẫu"),
            ("tôn ngọc mẫu", Some("Hà Nội"), "Tôn Thị Ngọc Mẫu"),
            ("Tôn Mẫu", Some("Bình Phước"), "Tôn Thị Ngọc Mẫu"),
            ("Tôn Mẫu", Some("Hà Nội"), "Tôn Mẫu"),
            ("Tôn Mẫu", None, "Tôn Mẫu"),
        ];
        for (name, scope, expected) in cases {
            assert_eq!(shown(name, scope), expected, "{name} {scope:?}");
        }
        let others: Vec<&str> = people.same_as_any("Tôn Thị Ngọc Mẫu").iter().map(|person| person.name.as_str()).collect();
        assert_eq!(others, ["Tôn Ngọc Mẫu", "Tôn Mẫu"]);
        let (here, there) = (("Lò Văn Thiêm", Some("Sơn La")), ("Lò Văn Thiêm", Some("Tây Ninh")));
        assert!(people.are_different(here, there) && people.are_different(there, here));
        assert!(!people.are_different(here, ("Lò Văn Thiêm", Some("Hà Nội"))));
    }

    #[test]
    fn a_line_that_cannot_be_read_is_told_and_counts_for_nothing() {
        let cases = [
            ("same\tA", "line 1: found \"same\\tA\"; expected `same`"),
            ("equal\tA\tB", "line 1: found"),
            ("same\tA\t/", "line 1: found"),
            ("same\tA\ta", "line 1: A is named twice"),
            ("same\tA\tB\ndifferent\tB\tA", "line 2: an earlier line says that they are the same"),
            ("different\tA\tB\nsame\tB\tA", "line 2: an earlier line says that they are different"),
        ];
        for (table, expected) in cases {
            let (_, errors) = KnownPeople::read(table);
            assert!(errors.len() == 1 && errors[0].to_string().starts_with(expected), "{table:?}: {errors:?}");
        }
    }
}
