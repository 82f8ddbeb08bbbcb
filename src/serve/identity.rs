//! What a page is, for telling whether the one on the screen is still it, and the script that it carries in the preview.

use axum::body::Bytes;

use super::Shown;
use crate::base::{Html, asset_digest};

/// A page without its style sheets, and these by themselves: where only they differ, no page need be loaded again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identity {
    /// A digest of the page, whatever its style sheets are called.
    pub(super) digest: String,
    /// The addresses of its style sheets, in their order.
    pub(super) styles: Vec<String>,
}

impl Identity {
    /// Of a page's HTML.
    pub(super) fn of(html: &[u8]) -> Identity {
        let mut rest = Vec::with_capacity(html.len());
        let mut styles = Vec::new();
        let mut from = 0;
        for (start, end) in tags(html, b"<link") {
            let Some((first, last)) = stylesheet(&html[start..end]) else { continue };
            rest.extend_from_slice(&html[from..start + first]);
            from = start + last;
            styles.push(String::from_utf8_lossy(&html[start + first..from]).into_owned());
        }
        rest.extend_from_slice(&html[from..]);
        Identity { digest: asset_digest(&rest), styles }
    }
}

/// Puts the aids' script into a page: the first thing in its head. There it runs before the page's own policy, a `meta`
/// element, is read; so that policy need not be loosened, and what it forbids is seen to be forbidden.
pub(super) fn with_aids(html: &Bytes, digest: &str, version: &str, shown: Shown) -> Bytes {
    let at = head(html);
    let mut script = Html::new();
    script.push_markup("<script src=\"/_handbill/bar.js\" data-digest=\"");
    script.push_text(digest);
    script.push_markup("\" data-version=\"");
    script.push_text(version);
    script.push_markup(match shown {
        Shown::Fresh => "\" data-shown=\"fresh\"></script>",
        Shown::Kept => "\" data-shown=\"kept\"></script>",
        Shown::Missing => "\" data-shown=\"missing\"></script>",
        Shown::Nothing => "\" data-shown=\"nothing\"></script>",
    });
    let mut page = Vec::with_capacity(html.len() + script.as_str().len());
    page.extend_from_slice(&html[..at]);
    page.extend_from_slice(script.as_str().as_bytes());
    page.extend_from_slice(&html[at..]);
    Bytes::from(page)
}

/// Where a page's head begins: after its tag; in a page without one, after the doctype, which implies one.
fn head(html: &[u8]) -> usize {
    let after = |name: &[u8]| tags(html, name).next().map(|(_, end)| end);
    after(b"<head").or_else(|| after(b"<!doctype")).unwrap_or(0)
}

/// The tags of a name, each from its `<` to behind its `>`. Comments that hold tags are no concern of a preview.
fn tags<'a>(html: &'a [u8], name: &'a [u8]) -> impl Iterator<Item = (usize, usize)> + 'a {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
    html.iter().enumerate().filter(|(_, byte)| **byte == b'<').filter_map(move |(start, _)| {
        let rest = &html[start..];
        let named = rest.len() > name.len() && rest[..name.len()].eq_ignore_ascii_case(name);
        if !named || !ends(&rest[name.len()]) {
            return None;
        }
        rest.iter().position(|byte| *byte == b'>').map(|end| (start, start + end + 1))
    })
}

/// Where the address stands in a `link` tag that loads a style sheet.
fn stylesheet(tag: &[u8]) -> Option<(usize, usize)> {
    let text = std::str::from_utf8(tag).ok()?;
    let value = |name: &str| {
        let start = text.find(&format!(" {name}=\""))? + name.len() + 3;
        Some((start, start + text[start..].find('"')?))
    };
    let (start, end) = value("rel")?;
    let loads = text[start..end].split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("stylesheet"));
    value("href").filter(|_| loads)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_are_no_part_of_a_page() {
        let page = |style: &str, text: &str| {
            let html = format!(
                "<head><link rel=\"icon\" href=\"/i.svg\"><link rel=\"stylesheet\" href=\"{style}\"></head>{text}"
            );
            Identity::of(html.as_bytes())
        };
        let (one, other) = (page("/a.css", "Strike"), page("/b.css", "Strike"));
        assert_eq!(one.digest, other.digest);
        assert_eq!((one.styles, other.styles), (vec!["/a.css".to_owned()], vec!["/b.css".to_owned()]));
        assert_ne!(one.digest, page("/a.css", "Settled").digest);
        assert_eq!(Identity::of(b"<p>no link").styles, Vec::<String>::new());
    }

    #[test]
    fn the_script_comes_first_in_the_head() {
        let with = |html: &str| {
            let page = with_aids(&Bytes::from(html.to_owned()), "d", "v\"", Shown::Fresh);
            String::from_utf8(page.to_vec()).unwrap()
        };
        let script = "<script src=\"/_handbill/bar.js\" data-digest=\"d\" data-version=\"v&quot;\" \
                      data-shown=\"fresh\"></script>";
        for (before, after) in [
            ("<!doctype html><html><HEAD lang=\"en\">", "<meta charset=\"utf-8\"></head>"),
            ("<!DOCTYPE html>", "<header>A page without a head</header>"),
            ("", "<p>A fragment"),
        ] {
            assert_eq!(with(&format!("{before}{after}")), format!("{before}{script}{after}"));
        }
    }
}
