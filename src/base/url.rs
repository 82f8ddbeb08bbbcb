//! URLs: which schemes may be published, how paths are encoded, and where the site stands.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What is encoded in a query's value: all but unreserved characters (RFC 3986 §2.3).
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What is encoded in a path: all but the characters of a segment (RFC 3986 §3.3), less the apostrophe, and slashes.
const PATH: &AsciiSet = &QUERY
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/');

/// What is encoded in a whole URL: what no URL may hold; escapes that are there stay.
const URL: &AsciiSet = &PATH.remove(b'\'').remove(b'?').remove(b'#').remove(b'[').remove(b']').remove(b'%');

/// The schemes that a link in content may have. Everything else, `javascript:` and `data:` above all, is refused.
pub const ALLOWED_SCHEMES: [&str; 6] = ["https", "http", "mailto", "tel", "geo", "webcal"];

/// What stands before the colon of an absolute URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scheme {
    /// No scheme: a path, a fragment or a slug.
    None,
    /// One of [`ALLOWED_SCHEMES`], in lower case.
    Allowed(&'static str),
    /// Another one, in lower case.
    Forbidden(String),
}

/// Reads the scheme of a URL as a browser would: white space and control characters inside it do not hide it
/// (WHATWG URL, "basic URL parser", which strips them).
pub fn scheme(url: &str) -> Scheme {
    let plain = if url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'%') {
        Cow::Borrowed(url)
    } else {
        let seen = |c: &char| !c.is_control() && !c.is_whitespace();
        Cow::Owned(percent_decode_scheme(url).chars().filter(seen).collect())
    };
    if plain.starts_with("//") || plain.starts_with("\\\\") || plain.starts_with("/\\") {
        return Scheme::Forbidden("//".to_owned());
    }
    let Some((before, _)) = plain.split_once(':') else { return Scheme::None };
    if before.contains(['/', '?', '#']) || before.is_empty() {
        return Scheme::None;
    }
    let name = before.to_lowercase();
    match ALLOWED_SCHEMES.iter().find(|allowed| **allowed == name) {
        Some(allowed) => Scheme::Allowed(allowed),
        None => Scheme::Forbidden(name),
    }
}

/// Decodes `%XX` in front of the first `/`, `?` or `#`: `javascript%3Aalert(1)` is somebody's trick.
fn percent_decode_scheme(url: &str) -> String {
    let end = url.find(['/', '?', '#']).unwrap_or(url.len());
    let mut head = url[..end].replace("%3A", ":").replace("%3a", ":");
    head.push_str(&url[end..]);
    head
}

/// Percent-encodes a path for use in a URL (RFC 3986 §3.3): letters, digits, `-._~!$&'()*+,;=:@/` stay.
pub fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// Percent-encodes a query's value (RFC 3986 §2.1): only unreserved characters stay.
pub fn encode_query(value: &str) -> String {
    utf8_percent_encode(value, QUERY).to_string()
}

/// Encodes what can't stand in a URL as it is (spaces, quotes, non-ASCII), and leaves escapes that are there already.
pub fn encode_url(url: &str) -> String {
    utf8_percent_encode(url, URL).to_string()
}

/// Whether a URL leads to the computer of whoever typed it, or into the network around it: nobody else gets there.
pub fn is_private(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else { return false };
    let rest = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = rest.rsplit('@').next().unwrap_or(rest).to_lowercase();
    if host.starts_with("[::1]") {
        return true;
    }
    let host = host.split(':').next().unwrap_or_default();
    if let Ok(address) = host.parse::<std::net::Ipv4Addr>() {
        return address.is_loopback() || address.is_private() || address.is_unspecified();
    }
    host == "localhost" || host.ends_with(".localhost") || host.ends_with(".local")
}

/// Undoes percent-encoding; bytes that are not UTF-8 then stay encoded.
pub fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Into::into)
}

/// Where the site will stand: `https://union.example` and the path `/campaign/`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    origin: String,
    path: String,
}

impl Default for BaseUrl {
    /// A place that is nobody's (RFC 2606 §2), for while the real one is missing.
    fn default() -> BaseUrl {
        BaseUrl { origin: "https://site.invalid".to_owned(), path: "/".to_owned() }
    }
}

impl BaseUrl {
    /// Reads `https://host[:port][/path]`; `None` for anything else. A slash at the end is optional.
    pub fn parse(text: &str) -> Option<BaseUrl> {
        let (scheme, rest) = text.split_once("://")?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host_fits =
            !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b));
        let path_fits =
            !path.contains(['?', '#', '\\']) && !path.split('/').any(|part| part == ".." || part == ".");
        if !matches!(scheme, "https" | "http") || !host_fits || !path_fits {
            return None;
        }
        let path = path.trim_matches('/');
        let path = if path.is_empty() { "/".to_owned() } else { format!("/{}/", encode_url(path)) };
        Some(BaseUrl { origin: format!("{scheme}://{}", host.to_lowercase()), path })
    }

    /// `https://union.example`, without a slash.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The path with a slash at both ends: `/` or `/campaign/`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// A root-relative URL of an address below the site's root: `/campaign/statements/x/`.
    pub fn local(&self, address: &str) -> String {
        format!("{}{address}", self.path)
    }

    /// The full URL of an address below the site's root.
    pub fn absolute(&self, address: &str) -> String {
        format!("{}{}{address}", self.origin, self.path)
    }

    /// The host without its port.
    pub fn host(&self) -> &str {
        let host = self.origin.split_once("://").map_or("", |(_, host)| host);
        host.split_once(':').map_or(host, |(name, _)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_cannot_hide() {
        for bad in [
            "javascript:x",
            "JaVaScRiPt:x",
            "java\tscript:x",
            " javascript:x",
            "data:text/html,x",
            "javascript%3Ax",
            "//evil.example/",
        ] {
            assert!(matches!(scheme(bad), Scheme::Forbidden(_)), "{bad}");
        }
        for local in ["/a/", "a/b:c", "#x", "slug", "?q=a:b"] {
            assert_eq!(scheme(local), Scheme::None, "{local}");
        }
        assert_eq!(scheme("HTTPS://x.example"), Scheme::Allowed("https"));
    }

    #[test]
    fn a_base_url_may_have_a_path() {
        let base = BaseUrl::parse("https://Org.github.io/campaign").unwrap();
        assert_eq!(base.local("a/"), "/campaign/a/");
        assert_eq!(base.absolute(""), "https://org.github.io/campaign/");
        assert_eq!(base.host(), "org.github.io");
        for bad in ["org.github.io", "ftp://x", "https://", "https://x/?a", "https://x/../y", "https://u@x/"]
        {
            assert!(BaseUrl::parse(bad).is_none(), "{bad}");
        }
    }
}
