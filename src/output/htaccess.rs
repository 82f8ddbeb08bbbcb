//! `.htaccess`: the same for Apache (<https://httpd.apache.org/docs/2.4/howto/htaccess.html>) as `_redirects` and `_headers`
//! are for others: former addresses, the page for those that do not exist, what is sent along.

use std::fmt::Write as _;

use super::moved::{Moved, moved};
use super::sent::{FOR_EVER, everywhere};
use super::view::View;
use crate::base::OutPath;
use crate::base::url::{decode, encode_url};

/// The types of what Apache does not know by its ending.
const TYPES: &str = "\
AddType text/calendar .ics
AddType application/geo+json .geojson
AddType application/manifest+json .webmanifest
AddCharset utf-8 .ics .geojson .webmanifest
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
    let mut out = format!("ErrorDocument 404 {}\nOptions -Indexes\n", base.local("404.html"));
    for Moved { from, to, .. } in moved(view) {
        let _infallible = writeln!(out, "RedirectMatch 301 \"^{}/?$\" \"{}\"", pattern(&from), target(&to));
    }
    out.push_str(TYPES);
    out.push_str("<IfModule mod_headers.c>\n");
    for (name, value) in everywhere(base) {
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
        let letter = if letter.is_control() { '.' } else { letter };
        if "\\.+*?()[]{}^$|#\"".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// A URL in quotes, in which nothing is put in for `$1`, and no variable for `%{…}`.
fn target(url: &str) -> String {
    encode_url(url.trim()).replace('$', "%24").replace('\\', "%5C").replace('"', "%22").replace("%{", "%25{")
}

#[cfg(test)]
mod tests {
    use super::{pattern, target};

    #[test]
    fn what_content_writes_means_nothing() {
        assert_eq!(pattern("/a.b+c/\"x"), "/a\\.b\\+c/\\\"x");
        assert_eq!(pattern("/%C3%A9%20%0A"), "/é .");
        assert_eq!(target("/a b$1\"\n%{HOST}"), "/a%20b%241%22%0A%25{HOST}");
    }
}
