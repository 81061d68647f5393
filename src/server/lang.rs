//! The two languages of the page. Which one a visitor reads: what they chose, else what their browser prefers.

use crate::export::Language;
use crate::text::grouped;

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// By its code, `vi` or `en`.
    pub fn named(code: &str) -> Option<Lang> {
        match code {
            "vi" => Some(Lang::Vi),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// Its code, as in `lang="vi"`.
    pub fn code(self) -> &'static str {
        self.say("vi", "en")
    }

    /// The other one.
    pub fn other(self) -> Lang {
        match self {
            Lang::Vi => Lang::En,
            Lang::En => Lang::Vi,
        }
    }

    /// The text of this language. Both stand side by side wherever they are used, so that neither is forgotten.
    pub fn say<'a>(self, vi: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }

    /// The one that an `Accept-Language` header puts first; Vietnamese where it names neither.
    pub fn preferred(header: &str) -> Lang {
        let weighed = header.split(',').filter_map(|range| {
            let mut parts = range.trim().split(';');
            let lang = Lang::named(parts.next()?.split('-').next()?.trim().to_ascii_lowercase().as_str())?;
            let weight = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
            (weight > 0.0).then_some((lang, weight))
        });
        // Of equals the first.
        weighed.fold((Lang::Vi, 0.0), |best, next| if next.1 > best.1 { next } else { best }).0
    }

    /// A number as the language groups its digits: 2.594, 2,594.
    pub fn number(self, number: u64) -> String {
        grouped(
            number,
            match self {
                Lang::Vi => '.',
                Lang::En => ',',
            },
        )
    }
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Language {
        match lang {
            Lang::Vi => Language::Vietnamese,
            Lang::En => Language::English,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_says_what_it_prefers() {
        let cases = [
            ("", Lang::Vi),
            ("en-GB,en;q=0.8", Lang::En),
            ("fr,en;q=0.5,vi;q=0.7", Lang::Vi),
            ("fr-FR", Lang::Vi),
            ("en;q=0,vi;q=0.1", Lang::Vi),
            ("vi-VN, en", Lang::Vi),
            ("en;q=bad", Lang::En),
        ];
        for (header, expected) in cases {
            assert_eq!(Lang::preferred(header), expected, "{header}");
        }
    }
}
