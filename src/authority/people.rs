//! What a user knows of people who go by several names, or share one: `people.tsv` beside the articles.
//!
//! Input → output: lines of `same` or `different` and two names by tabs → by which name somebody is shown, and who is told apart. A name
//! may have a scope, as the official facet has it: `Nguyễn Mạnh Hùng/Tây Ninh`. Then it is the one who holds a post there.

use crate::text::{canonical_phrase, respelt};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

/// Somebody, by name and perhaps by scope.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct NamedPerson {
    /// The name, in the spelling that facets have.
    pub name: String,
    /// Where they hold their posts; everybody of the name, if nothing is said.
    pub scope: Option<String>,
}

/// Who is the same and who is not, as a user says.
#[derive(Clone, Debug, Default)]
pub struct KnownPeople {
    classes: Vec<Class>,
    class_of: BTreeMap<Key, usize>,
    /// By each who is told apart, from whom.
    different: HashMap<Key, HashSet<Key>>,
    /// Everybody, as first named.
    named: BTreeMap<Key, NamedPerson>,
}

/// Those who are one.
#[derive(Clone, Debug, Default)]
struct Class {
    members: Vec<NamedPerson>,
    /// By whom they are shown: the first whom the table names.
    shown: NamedPerson,
    /// Which of all whom the table names that is.
    since: usize,
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

impl fmt::Display for NamedPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        self.scope.iter().try_for_each(|scope| write!(f, "/{scope}"))
    }
}

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
            return Err(format!("{one} is named twice"));
        }
        match says.trim() {
            "same" if self.are_told_apart(&first, &second) => Err("an earlier line says that they are different".to_owned()),
            "same" => {
                self.note([&one, &other]);
                self.join(one, other);
                Ok(())
            }
            "different" if self.class_of.get(&first).is_some_and(|class| self.class_of.get(&second) == Some(class)) => {
                Err("an earlier line says that they are the same".to_owned())
            }
            "different" => {
                self.note([&one, &other]);
                self.different.entry(first.clone()).or_default().insert(second.clone());
                self.different.entry(second).or_default().insert(first);
                Ok(())
            }
            _ => Err(found()),
        }
    }

    fn note(&mut self, people: [&NamedPerson; 2]) {
        for person in people {
            self.named.entry(person.key()).or_insert_with(|| person.clone());
        }
    }

    /// Everybody whom the table names, each as it names them first.
    pub fn everybody(&self) -> impl Iterator<Item = &NamedPerson> {
        self.named.values()
    }

    /// Makes one class of two, in time that the smaller one takes.
    fn join(&mut self, one: NamedPerson, other: NamedPerson) {
        let [one, other] = [one, other].map(|person| {
            *self.class_of.entry(person.key()).or_insert_with(|| {
                self.classes.push(Class { members: vec![person.clone()], shown: person, since: self.classes.len() });
                self.classes.len() - 1
            })
        });
        if one == other {
            return;
        }
        let is_smaller = self.classes[one].members.len() < self.classes[other].members.len();
        let (kept, gone) = if is_smaller { (other, one) } else { (one, other) };
        let gone = std::mem::take(&mut self.classes[gone]);
        self.class_of.extend(gone.members.iter().map(|person| (person.key(), kept)));
        let kept = &mut self.classes[kept];
        if gone.since < kept.since {
            (kept.shown, kept.since) = (gone.shown, gone.since);
        }
        kept.members.extend(gone.members);
    }

    /// Whether a line tells somebody who is the same as one of two from somebody who is the same as the other.
    fn are_told_apart(&self, one: &Key, other: &Key) -> bool {
        let members = |of: &Key| self.class_of.get(of).map_or(0, |class| self.classes[*class].members.len());
        let (few, many) = if members(one) < members(other) { (one, other) } else { (other, one) };
        let of_many = |key: &Key| key == many || self.class_of.get(many).is_some_and(|class| self.class_of.get(key) == Some(class));
        let of_few: Vec<Key> = match self.class_of.get(few) {
            Some(class) => self.classes[*class].members.iter().map(NamedPerson::key).collect(),
            None => vec![few.clone()],
        };
        of_few.iter().filter_map(|key| self.different.get(key)).flatten().any(of_many)
    }

    /// What somebody is shown by, as `name` or `name/scope`: by the first of those who are the same, or by name and scope where a line tells
    /// them from somebody of their name; `None` where nothing is known of them, and the name says it all. A line with the scope counts
    /// before one without.
    pub fn shown_as(&self, name: &str, scope: Option<&str>) -> Option<String> {
        if self.named.is_empty() {
            return None;
        }
        let told_apart = || scope.filter(|_| self.is_told_apart(&key(name, scope))).map(|scope| format!("{name}/{scope}"));
        self.class(name, scope).map(|class| class.shown.to_string()).or_else(told_apart)
    }

    /// Those who are one with somebody.
    fn class(&self, name: &str, scope: Option<&str>) -> Option<&Class> {
        let of_scope = key(name, scope);
        let class = match self.class_of.get(&of_scope) {
            None if self.is_told_apart(&of_scope) => None,
            None => self.class_of.get(&(of_scope.0, None)),
            known => known,
        };
        class.map(|class| &self.classes[*class])
    }

    /// Whether a line tells somebody from another one of their name.
    fn is_told_apart(&self, of_scope: &Key) -> bool {
        self.different.get(of_scope).is_some_and(|others| others.iter().any(|other| other.0 == of_scope.0))
    }

    /// Everybody who is the same as somebody of a name, whatever their scope, by other names.
    pub fn same_as_any(&self, name: &str) -> Vec<&NamedPerson> {
        let name = canonical_phrase(name);
        let of_name = self.class_of.range((name.clone(), None)..).take_while(|((other, _), _)| *other == name);
        let mut classes: Vec<usize> = of_name.map(|(_, class)| *class).collect();
        classes.sort_unstable();
        classes.dedup();
        classes.into_iter().flat_map(|class| &self.classes[class].members).filter(|person| person.key().0 != name).collect()
    }

    /// Everybody who is the same as somebody of a name and a scope, but for themselves.
    pub fn same_as(&self, name: &str, scope: &str) -> Vec<&NamedPerson> {
        let themselves = key(name, Some(scope));
        let members = self.class(name, Some(scope)).into_iter().flat_map(|class| &class.members);
        members.filter(|person| person.key() != themselves).collect()
    }

    /// Whether two are said to be one.
    pub fn are_same(&self, one: (&str, Option<&str>), other: (&str, Option<&str>)) -> bool {
        let since = |(name, scope)| self.class(name, scope).map(|class| class.since);
        since(one).is_some_and(|of_one| since(other) == Some(of_one))
    }

    /// Whether two are said to be different, by name and scope, or by name alone.
    pub fn are_different(&self, one: (&str, Option<&str>), other: (&str, Option<&str>)) -> bool {
        let forms = |(name, scope): (&str, Option<&str>)| [key(name, scope), key(name, None)];
        let is_of_other = |key: &Key| forms(other).contains(key);
        forms(one).iter().filter_map(|one| self.different.get(one)).flatten().any(is_of_other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# ai là ai\nsame\tTôn Thị Ngọc Mẫu\tTôn Ngọc Mẫu\nsame\tTôn Ngọc Mẫu\tTôn Mẫu/Bình Phước\n\
                         different\tLò Văn Thiêm/Sơn La\t/Lò Văn Thiêm/Tây Ninh\r\nsame\tLò Văn Thiêm/Tây Ninh\tLò Văn Thiêm/Bộ Y tế\n\
                         different\tVũ Kỳ/Sơn La\tCầm Thị Sâm\n";

    #[test]
    fn those_who_are_one_have_one_name_and_those_of_one_name_who_are_not_have_their_scope() {
        let (people, errors) = KnownPeople::read(TABLE);
        assert_eq!(errors, []);
        let cases = [
            ("Tôn Ngọc Mẫu", None, Some("Tôn Thị Ngọc Mẫu")),
            ("tôn ngọc mẫu", Some("Hà Nội"), Some("Tôn Thị Ngọc Mẫu")),
            ("Tôn Mẫu", Some("Bình Phước"), Some("Tôn Thị Ngọc Mẫu")),
            ("Tôn Mẫu", Some("Hà Nội"), None),
            ("Tôn Mẫu", None, None),
            ("Lò Văn Thiêm", Some("Sơn La"), Some("Lò Văn Thiêm/Sơn La")),
            ("Lò Văn Thiêm", Some("Bộ Y tế"), Some("Lò Văn Thiêm/Tây Ninh")),
            ("Lò Văn Thiêm", Some("Hà Nội"), None),
            ("Vũ Kỳ", Some("Sơn La"), None),
        ];
        for (name, scope, expected) in cases {
            assert_eq!(people.shown_as(name, scope).as_deref(), expected, "{name} {scope:?}");
        }
        let others: Vec<String> = people.same_as_any("Tôn Thị Ngọc Mẫu").iter().map(ToString::to_string).collect();
        assert_eq!(others, ["Tôn Ngọc Mẫu", "Tôn Mẫu/Bình Phước"]);
        let (here, there) = (("Lò Văn Thiêm", Some("Sơn La")), ("Lò Văn Thiêm", Some("Tây Ninh")));
        assert!(people.are_different(here, there) && people.are_different(there, here));
        assert!(!people.are_different(here, ("Lò Văn Thiêm", Some("Hà Nội"))));
        assert!(people.are_same(there, ("Lò Văn Thiêm", Some("Bộ Y tế"))) && !people.are_same(here, there));
    }

    #[test]
    fn the_first_of_a_table_is_shown_however_lines_join_them() {
        let (people, errors) = KnownPeople::read("same\tA\tB\nsame\tC\tD\nsame\tD\tE\nsame\tE\tB\n");
        assert_eq!(errors, []);
        assert!(["A", "B", "C", "D", "E"].iter().all(|name| people.shown_as(name, None).as_deref() == Some("A")));
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
            ("same\tA\tB\nsame\tC\tD\ndifferent\tB\tD\nsame\tC\tA", "line 4: an earlier line says that they are different"),
        ];
        for (table, expected) in cases {
            let (_, errors) = KnownPeople::read(table);
            assert!(errors.len() == 1 && errors[0].to_string().starts_with(expected), "{table:?}: {errors:?}");
        }
    }
}
