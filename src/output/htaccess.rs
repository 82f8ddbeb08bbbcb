//! `.htaccess`: the same for Apache (<https://httpd.apache.org/docs/2.4/howto/htaccess.html>) as `_redirects` and `_headers`
//! are for others, and what they cannot say: which addresses are gone.
//!
//! Every line is one that `AllowOverride FileInfo` allows: where a host forbids one, Apache answers nothing but errors. What needs
//! a module that may be absent stands in an `IfModule`.

use std::fmt::Write as _;

use super::moved::{Moved, moved};
use super::sent::{FOR_EVER, everywhere};
use super::view::View;
use crate::base::OutPath;
use crate::base::url::{decode, encode_url};

/// The types of what Apache does not know by its ending.
const TYPES: &str = "\
<IfModule mod_mime.c>
  AddType text/calendar .ics
  AddType application/geo+json .geojson
  AddType application/manifest+json .webmanifest
  AddCharset utf-8 .ics .geojson .webmanifest .txt
</IfModule>
<Files \"atom.xml\">
  ForceType application/atom+xml
</Files>
<Files \"feed.json\">
  ForceType application/feed+json
</Files>
";

/// The rules. What content writes into them stands in quotes, and can end none and mean nothing.
pub(super) fn render(_: &OutPath, view: &View<'_>) -> Vec<u8> {
    let base = &view.campaign.base;
    let error = base.local("404.html");
    let mut out =
        format!("ErrorDocument 404 \"{error}\"\nErrorDocument 410 \"{error}\"\n<IfModule mod_alias.c>\n");
    // Where a target cannot be said here, the stub leads on.
    for (from, to) in moved(view).filter_map(|Moved { from, to, .. }| Some((from, target(&to)?))) {
        let _infallible = writeln!(out, "  RedirectMatch 301 \"^{}/?$\" \"{to}\"", pattern(&from));
    }
    for gone in view.reader.gone() {
        let _infallible = writeln!(out, "  RedirectMatch 410 \"^{}/?$\"", pattern(&base.local(gone)));
    }
    out.push_str("</IfModule>\n");
    out.push_str(TYPES);
    out.push_str("<IfModule mod_headers.c>\n");
    for (name, value) in everywhere(view) {
        let _infallible = writeln!(out, "  Header always set {name} \"{value}\"");
    }
    let (assets, media) = (pattern(&base.local("assets/")), pattern(&base.local("media/")));
    let (name, value) = FOR_EVER;
    let _infallible = writeln!(
        out,
        "  <If \"%{{REQUEST_URI}} =~ m#^({assets}|{media})#\">\n    Header set {name} \"{value}\"\n  </If>\n</IfModule>"
    );
    out.into_bytes()
}

/// An address as part of a regular expression that stands in quotes. Apache compares what is decoded.
fn pattern(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for letter in decode(address).chars() {
        match letter {
            // Quotes take one pair of backslashes for one.
            '\\' => out.push_str("\\\\\\\\"),
            letter if letter.is_control() => out.push('.'),
            letter if ".+*?()[]{}^$|#\"".contains(letter) => out.extend(['\\', letter]),
            letter => out.push(letter),
        }
    }
    out
}

/// A URL in quotes in which Apache finds nothing to put in. It encodes what stands before the query, so that is given as it is
/// when decoded; `None` where that would be another address.
fn target(url: &str) -> Option<String> {
    let url = encode_url(url.trim());
    let (path, rest) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
    let plain = decode(path);
    let slashes = |text: &str| text.matches('/').count();
    let is_same = slashes(&plain) == slashes(path)
        && !plain.contains(|letter: char| letter.is_control() || "%?#$\\\"".contains(letter));
    is_same.then(|| format!("{plain}{}", rest.replace('$', "%24")))
}

#[cfg(test)]
mod tests {
    use super::{pattern, target};

    #[test]
    fn what_content_writes_means_nothing() {
        assert_eq!(pattern("/a.b+c/\"x"), "/a\\.b\\+c/\\\"x");
        assert_eq!(pattern("/%C3%A9%20%0A%5C"), "/é .\\\\\\\\");
        assert_eq!(target("/a b/é?c=$1\n\"%{HOST}").as_deref(), Some("/a b/é?c=%241%0A%22%%7BHOST%7D"));
        assert_eq!(target("https://x.example/%C3%A9%20#%41").as_deref(), Some("https://x.example/é #%41"));
        for bad in ["/a$1", "/a%2Fb", "/a%3Fb", "/a%0Ab", "/%{HOST}", "/a\\b", "/a\"b", "/%41%"] {
            assert_eq!(target(bad), None, "{bad}");
        }
    }
}
