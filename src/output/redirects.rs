//! `_redirects`: short and former addresses, for hosts that read it
//! (<https://docs.netlify.com/manage/routing/redirects/overview/>). Others serve the stubs.

use super::view::View;
use crate::base::OutPath;
use crate::base::url::{Scheme, encode_url, scheme};
use crate::model::{Destination, Redirect};

/// One line for each redirect. Content never writes a pattern: `*` and `:name` are encoded.
pub(super) fn render(_: &OutPath, view: &View<'_>) -> Vec<u8> {
    let lines: String = view.reader.redirects().iter().filter_map(|redirect| line(redirect, view)).collect();
    lines.into_bytes()
}

/// `/old /new 301`; `None` where the target is not shown, leads to itself, or is no page (`tel:`).
fn line(redirect: &Redirect, view: &View<'_>) -> Option<String> {
    let base = &view.campaign.base;
    let address = redirect.out.address();
    // Hosts take this for `/old/` as well, and a person types it without the slash.
    let from = base.local(&address.trim_end_matches('/').replace(':', "%3A").replace('*', "%2A"));
    let to = match &redirect.to {
        Destination::Document(id) => base.local(&view.reader.link(*id)?.1.address()),
        Destination::Address(address) => base.local(&plain(address.trim_start_matches('/'))),
        Destination::Elsewhere(url) if matches!(scheme(url), Scheme::Allowed("https" | "http")) => plain(url),
        Destination::Elsewhere(_) => return None,
    };
    let itself = from.trim_end_matches('/') == to.trim_end_matches('/');
    (!itself).then(|| format!("{from} {to} 301\n"))
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
