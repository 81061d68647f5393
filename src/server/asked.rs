//! What the address of a request asks: names and values, as typed; and addresses that ask a little more or less.
//!
//! Input → output: the query part of an address → [`Asked`], which is read as a [`TypedRequest`] with the words that batch files and options have.

use crate::search::{TypedError, TypedField, TypedRequest};

/// Names and values of an address, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    pairs: Vec<(String, String)>,
}

/// What the page calls the query, as the search boxes of the web do.
pub(super) const QUERY: &str = "q";

/// What belongs to one page of an answer, and not to another question.
const OF_ONE_PAGE: [&str; 2] = ["after", "offset"];

impl Asked {
    /// Reads the query part of an address; blank values say nothing.
    pub fn of(query: &str) -> Asked {
        let pairs = form_urlencoded::parse(query.as_bytes());
        Asked {
            pairs: pairs
                .filter(|(_, value)| !value.trim().is_empty())
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
        }
    }

    /// The first value of a name.
    pub fn first(&self, name: &str) -> Option<&str> {
        self.pairs().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// All values of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Names and values, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The query, as typed.
    pub fn query(&self) -> &str {
        self.first(QUERY).or_else(|| self.first(TypedField::Query.name())).unwrap_or("")
    }

    /// What is asked of the search; of what `others` names the caller reads for itself.
    ///
    /// # Errors
    /// A name that is neither, a value that its field does not take.
    pub fn typed(&self, others: &[&str]) -> Result<TypedRequest, TypedError> {
        let mut typed = TypedRequest::default();
        let mut names: Vec<&str> = self.pairs().map(|(name, _)| name).filter(|name| !others.contains(name)).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let field = if name == QUERY { TypedField::Query } else { TypedField::named(name)? };
            typed.set(field, self.all(name).map(str::to_owned))?;
        }
        Ok(typed)
    }

    /// The same without what is none of these names and no field of a request: what other sites hang onto links.
    pub fn known(mut self, others: &[&str]) -> Asked {
        self.pairs.retain(|(name, _)| name == QUERY || others.contains(&name.as_str()) || TypedField::named(name).is_ok());
        self
    }

    /// The same on the same page, without a name.
    pub fn set_aside(mut self, name: &str) -> Asked {
        self.pairs.retain(|(known, _)| known != name);
        self
    }

    /// The same and a value more.
    pub fn and(mut self, name: &str, value: &str) -> Asked {
        self.pairs.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same and a value more, from the first page on.
    pub fn with(&self, name: &str, value: &str) -> Asked {
        let mut more = self.first_page();
        if !more.all(name).any(|known| known == value) {
            more.pairs.push((name.to_owned(), value.to_owned()));
        }
        more
    }

    /// The same without a value, from the first page on.
    pub fn without(&self, name: &str, value: &str) -> Asked {
        let mut less = self.first_page();
        less.pairs.retain(|(known, of_it)| known != name || of_it != value);
        less
    }

    /// The same with one value of a name, or none, from the first page on.
    pub fn set(&self, name: &str, value: Option<&str>) -> Asked {
        let mut other = self.first_page();
        other.pairs.retain(|(known, _)| known != name);
        other.pairs.extend(value.map(|value| (name.to_owned(), value.to_owned())));
        other
    }

    /// The same from behind a hit on.
    pub fn after(&self, cursor: &str) -> Asked {
        self.set("after", Some(cursor))
    }

    /// The same from the first page on.
    pub fn first_page(&self) -> Asked {
        Asked { pairs: self.pairs.iter().filter(|(name, _)| !OF_ONE_PAGE.contains(&name.as_str())).cloned().collect() }
    }

    /// An address on a path of this server.
    pub fn href(&self, path: &str) -> String {
        if self.pairs.is_empty() { path.to_owned() } else { format!("{path}?{self}") }
    }
}

impl std::fmt::Display for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.pairs).finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_asks_a_little_more_or_less() {
        let asked = Asked::of("q=chuy%E1%BB%83n+%C4%91%E1%BB%95i&province=&is=date%3A%2F2024&after=20-1");
        assert_eq!(asked.query(), "chuyển đổi");
        let cases = [
            (asked.with("is", "province:/hue"), "/?q=chuy%E1%BB%83n+%C4%91%E1%BB%95i&is=date%3A%2F2024&is=province%3A%2Fhue"),
            (asked.with("is", "date:/2024"), "/?q=chuy%E1%BB%83n+%C4%91%E1%BB%95i&is=date%3A%2F2024"),
            (asked.without("is", "date:/2024"), "/?q=chuy%E1%BB%83n+%C4%91%E1%BB%95i"),
            (asked.set("q", Some("lũ")).set("is", None), "/?q=l%C5%A9"),
            (asked.set("q", None).set("is", None), "/"),
        ];
        for (asked, expected) in cases {
            assert_eq!(asked.href("/"), expected);
        }
    }

    #[test]
    fn a_name_that_no_field_has_is_an_error_or_is_left_out() {
        let asked = Asked::of("q=lũ&utm_source=x&by=year");
        assert!(asked.typed(&["by"]).is_err());
        let typed = asked.known(&["by"]).typed(&["by"]).unwrap();
        assert_eq!(typed.query.as_deref(), Some("lũ"));
    }
}
