//! An address as it came → the canonical one, and when a web archive took it.

use super::{published, source};

/// Query parameters that say how a reader came, not what was read.
const TRACKING: [&str; 6] = ["utm_", "fbclid", "gclid", "zarsrc", "zalo", "ref="];

/// What an address tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Absolute, host in lower case, without fragment and tracking; none where it is no address.
    pub url: Option<String>,
    /// When a web archive took the page, where the address is one of a web archive.
    pub captured: Option<String>,
}

impl Address {
    /// Host, `www.` left out.
    pub fn host(&self) -> Option<String> {
        source::host(self.url.as_deref()?)
    }
}

/// Reads an address: `http://web.archive.org/web/20180330081814/http://a.vn/x#y` → `http://a.vn/x`.
pub fn read(address: &str) -> Address {
    let address = address.trim();
    match archived(address) {
        Some((stamp, inner)) => Address { url: canonical(inner), captured: published::instant_or_day(stamp) },
        None => Address { url: canonical(address), captured: None },
    }
}

/// `…/web/<14 digits>[two letters and _]/<address>`
fn archived(address: &str) -> Option<(&str, &str)> {
    let (before, after) = address.split_once("/web/")?;
    let (stamp, inner) = after.split_once('/')?;
    let digits = stamp.get(..14).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    (before.ends_with("archive.org") && stamp.len() <= 17).then_some((digits, inner))
}

fn canonical(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https") || rest.contains(|letter: char| letter.is_whitespace() || letter.is_control()) {
        return None;
    }
    let rest = rest.split('#').next().unwrap_or(rest);
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !TRACKING.iter().any(|name| pair.starts_with(name))).collect();
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    (!host.is_empty()).then(|| format!("{scheme}://{}/{path}{query}", host.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_has_one_address() {
        let cases = [
            ("HTTP://CaMau.example/Tin?id=1&utm_source=x#y", Some("http://camau.example/Tin?id=1")),
            ("https://camau.example", Some("https://camau.example/")),
            ("https://camau.example/?fbclid=1", Some("https://camau.example/")),
            ("http://web.archive.org/web/20180330081814/http://camau.example/x", Some("http://camau.example/x")),
            ("/tin/1", None),
            ("javascript:x", None),
            ("http://", None),
            ("http://a b/", None),
        ];
        for (address, expected) in cases {
            assert_eq!(read(address).url.as_deref(), expected, "{address}");
        }
        let archived = read("https://web.archive.org/web/20180330081814id_/http://www.camau.example/x");
        assert_eq!(archived.captured.as_deref(), Some("2018-03-30T15:18:14+07:00"));
        assert_eq!(archived.host().as_deref(), Some("camau.example"));
    }
}
