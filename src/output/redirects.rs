//! `_redirects`: short and former addresses, for hosts that read it
//! (<https://docs.netlify.com/manage/routing/redirects/overview/>). Others serve the stubs.

use super::moved::{Moved, moved};
use super::view::View;
use crate::base::OutPath;
use crate::base::url::encode_url;

/// One line for each redirect, `/old /new 301`. Content never writes a pattern: `*` and `:name` are encoded.
pub(super) fn render(_: &OutPath, view: &View<'_>) -> Vec<u8> {
    let line = |moved: Moved<'_>| {
        let from = moved.from.replace(':', "%3A").replace('*', "%2A");
        format!("{from} {} 301\n", plain(&moved.to))
    };
    moved(view).map(line).collect::<String>().into_bytes()
}

/// A URL in which the host finds nothing to replace: no space, no `*`, no `:name`. Schemes and ports stay.
fn plain(url: &str) -> String {
    let url = encode_url(url.trim()).replace('*', "%2A");
    let mut parts = url.split(':');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let placeholder = part.starts_with(|next: char| next.is_ascii_alphabetic() || next == '_');
        out.push_str(if placeholder { "%3A" } else { ":" });
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn placeholders_are_encoded_and_ports_are_not() {
        assert_eq!(
            plain("https://x.example:8080/a:splat/*?q=:id"),
            "https://x.example:8080/a%3Asplat/%2A?q=%3Aid"
        );
        assert_eq!(plain("a b\n/c 200"), "a%20b%0A/c%20200");
    }
}
