//! What a theme's file or a file of `static/` would make a browser load from another host. A link is no load: it asks
//! for nothing until somebody follows it.

use std::ops::Range;

use crate::base::SourcePath;

/// Something that a browser would load from another host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// The bytes of its address in the file.
    pub span: Range<usize>,
    /// The host in small letters, without a port.
    pub host: String,
}

/// Elements whose `href` is loaded as soon as the page is.
const LOADING_LINKS: [&str; 9] = [
    "stylesheet",
    "icon",
    "apple-touch-icon",
    "manifest",
    "preload",
    "modulepreload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
];

/// Attributes that are loaded by whatever element has them.
const LOADING: [&str; 7] = ["src", "srcset", "poster", "data", "background", "formaction", "ping"];

/// What stands in a script right before an address that it loads.
const CALLS: [&str; 11] = [
    "fetch(",
    "import(",
    "import",
    "from",
    "importScripts(",
    "Worker(",
    "WebSocket(",
    "EventSource(",
    "sendBeacon(",
    "src=",
    "src =",
];

/// Everything that a file loads from other hosts, in the order of the text. Templates count as the HTML that they
/// stand for; what an expression makes is not seen, and is stopped by the pages' policy.
pub(super) fn loads(path: &SourcePath, text: &str) -> Vec<Load> {
    let mut found = Vec::new();
    match path.extension().as_str() {
        "html" | "htm" | "svg" | "xhtml" => markup(text, &mut found),
        "css" => style(text, 0..text.len(), &mut found),
        "js" | "mjs" => script(text, 0..text.len(), &mut found),
        _ => {}
    }
    found.sort_by_key(|load| load.span.start);
    found.dedup();
    found
}

/// What reads the loads of a part of a text.
type Reader = fn(&str, Range<usize>, &mut Vec<Load>);

fn markup(text: &str, found: &mut Vec<Load>) {
    let mut at = 0;
    while let Some(start) = text[at..].find('<').map(|offset| at + offset) {
        if text[start..].starts_with("<!--") {
            at = text[start..].find("-->").map_or(text.len(), |end| start + end + 3);
            continue;
        }
        let tag = Tag::read(text, start);
        tag.look(text, found);
        at = tag.end;
        let (read, close): (Reader, _) = match tag.name.as_str() {
            "style" => (style, "</style"),
            "script" => (script, "</script"),
            _ => continue,
        };
        at = text[tag.end..].find(close).map_or(text.len(), |end| tag.end + end);
        read(text, tag.end..at, found);
    }
}

/// A tag and the places of its attributes' values.
struct Tag {
    name: String,
    attributes: Vec<(String, Range<usize>)>,
    /// The byte after it.
    end: usize,
}

impl Tag {
    /// Reads the tag whose `<` stands at `start`.
    fn read(text: &str, start: usize) -> Tag {
        let bytes = text.as_bytes();
        let mut at = start + 1;
        let name = word(text, at);
        at = name.end;
        let mut attributes = Vec::new();
        while at < bytes.len() && bytes[at] != b'>' {
            if let Some(end) = expression(text, at) {
                at = end;
            } else if bytes[at].is_ascii_alphabetic() {
                let key = word(text, at);
                at = key.end;
                if bytes.get(at) == Some(&b'=') {
                    let value = value(text, at + 1);
                    at = value.end + usize::from(matches!(bytes.get(value.end), Some(b'"' | b'\'')));
                    attributes.push((text[key].to_ascii_lowercase(), value));
                }
            } else {
                at += 1;
            }
        }
        Tag { name: text[name].to_ascii_lowercase(), attributes, end: (at + 1).min(text.len()) }
    }

    fn look(&self, text: &str, found: &mut Vec<Load>) {
        let value = |name: &str| self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value);
        let is_loaded = |name: &str| match name {
            "href" | "xlink:href" => match self.name.as_str() {
                "link" => value("rel").is_some_and(|rel| {
                    text[rel.clone()].split_ascii_whitespace().any(|rel| LOADING_LINKS.contains(&rel))
                }),
                "image" | "use" | "feimage" | "script" | "base" => true,
                _ => false,
            },
            "action" => self.name == "form",
            other => LOADING.contains(&other),
        };
        for (name, value) in &self.attributes {
            if name == "style" {
                style(text, value.clone(), found);
            } else if is_loaded(name) {
                addresses(text, value.clone(), |_| true, found);
            }
        }
    }
}

/// The bytes of a name.
fn word(text: &str, start: usize) -> Range<usize> {
    let is_part =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'!' | b'/');
    let length = text.as_bytes()[start..].iter().take_while(|byte| is_part(byte)).count();
    start..start + length
}

/// The bytes of an attribute's value without its quotation marks. Those within an expression of a template end nothing.
fn value(text: &str, start: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let quote = bytes.get(start).copied().filter(|byte| matches!(byte, b'"' | b'\''));
    let start = start + usize::from(quote.is_some());
    let mut at = start;
    while at < bytes.len() {
        let byte = bytes[at];
        let ends = quote.map_or(byte == b'>' || byte.is_ascii_whitespace(), |quote| byte == quote);
        if ends {
            break;
        }
        at = expression(text, at).unwrap_or(at + 1);
    }
    start..at
}

/// The end of an expression or statement of a template that begins here.
fn expression(text: &str, at: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[at..];
    let close = match bytes.get(..2)? {
        b"{{" => "}}",
        b"{%" => "%}",
        b"{#" => "#}",
        _ => return None,
    };
    Some(text.get(at..)?.find(close).map_or(text.len(), |end| at + end + 2))
}

/// What a style sheet loads: `url(…)` and `@import`. A name of a namespace is not loaded.
fn style(text: &str, within: Range<usize>, found: &mut Vec<Load>) {
    let is_loaded = |before: &str| {
        let before = before.trim_end_matches(['"', '\'', ' ']);
        let line = before.rsplit([';', '}', '{']).next().unwrap_or(before).trim_start();
        (before.ends_with("url(") && !line.starts_with("@namespace")) || before.ends_with("@import")
    };
    addresses(text, within, is_loaded, found);
}

fn script(text: &str, within: Range<usize>, found: &mut Vec<Load>) {
    let is_loaded = |before: &str| {
        let before = before.trim_end_matches(['"', '\'', '`', ' ']);
        CALLS.iter().any(|call| before.ends_with(call))
    };
    addresses(text, within, is_loaded, found);
}

/// The addresses of other hosts in a stretch of text: those with a scheme of the web, and those that begin with `//`.
/// `is_loaded` sees the text in front of one, as far as its line goes.
fn addresses(text: &str, within: Range<usize>, is_loaded: impl Fn(&str) -> bool, found: &mut Vec<Load>) {
    let bytes = text.as_bytes();
    for (offset, _) in text[within.clone()].match_indices("//") {
        let slashes = within.start + offset;
        let before = &text[within.start..slashes];
        let scheme = ["https:", "http:", "wss:", "ws:"].iter().find(|scheme| {
            before.len() >= scheme.len()
                && before.is_char_boundary(before.len() - scheme.len())
                && before[before.len() - scheme.len()..].eq_ignore_ascii_case(scheme)
        });
        let begins = slashes > within.start
            && !matches!(bytes[slashes - 1], b'"' | b'\'' | b'(' | b'=' | b' ' | b',' | b'`' | b'\n');
        if scheme.is_none() && begins {
            continue;
        }
        let start = slashes - scheme.map_or(0, |scheme| scheme.len());
        let rest = &text[slashes + 2..within.end];
        let length =
            rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b".-".contains(byte)).count();
        let host = rest[..length].trim_end_matches('.').to_ascii_lowercase();
        let line = text[within.start..start].rsplit('\n').next().unwrap_or_default();
        if host.contains('.') && is_loaded(line) {
            let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ')' | '>' | '`' | ';');
            let end = rest.find(ends).map_or(within.end, |end| slashes + 2 + end);
            found.push(Load { span: start..end, host });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(path: &str, text: &str) -> String {
        let path = SourcePath::new(path).unwrap();
        let told = loads(&path, text).into_iter().map(|load| format!("{} {}", load.host, &text[load.span]));
        told.collect::<Vec<String>>().join(", ")
    }

    #[test]
    fn what_a_page_would_load_is_found_and_a_link_is_not() {
        for (html, found) in [
            ("<script src=\"https://cdn.example/a.js\"></script>", "cdn.example https://cdn.example/a.js"),
            ("<img alt='' src=//cdn.example/a.png>", "cdn.example //cdn.example/a.png"),
            (
                "<img src=\"{{ assets[\"a.png\"] }}\" srcset=\"/a 1x, HTTPS://CDN.example/b 2x\">",
                "cdn.example HTTPS://CDN.example/b",
            ),
            (
                "<link href=\"https://f.example/x.css\" rel=\"stylesheet\">",
                "f.example https://f.example/x.css",
            ),
            ("<link rel=\"dns-prefetch\" href=\"//f.example\">", "f.example //f.example"),
            ("<p style=\"background: url(https://f.example/x.png)\">", "f.example https://f.example/x.png"),
            ("<style>@import \"https://f.example/x.css\";</style>", "f.example https://f.example/x.css"),
            (
                "<script>fetch(`https://api.example:8/${x}`)</script>",
                "api.example https://api.example:8/${x}",
            ),
            ("<svg><image href=\"http://i.example/x\"/></svg>", "i.example http://i.example/x"),
            ("<form action=\"https://f.example/\">", "f.example https://f.example/"),
            ("<iframe {% if x %}src=\"https://v.example/\"{% endif %}>", "v.example https://v.example/"),
        ] {
            assert_eq!(hosts("themes/mine/templates/a.html", html), found, "{html}");
        }
        for html in [
            "<a href=\"https://union.example/\">https://union.example/</a>",
            "<link rel=\"canonical\" href=\"https://union.example/\">",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><use href=\"#a\"/></svg>",
            "<script src=\"/a.js\"></script><img src=\"a//b.png\">",
            "<!-- <script src=\"https://cdn.example/a.js\"></script> -->",
            "<script>const name = \"http://www.w3.org/2000/svg\"; // https://docs.example/\n</script>",
            "<img src=\"{{ page.image.url }}\"><",
            "<p title=\"é",
            "<a b={{ c",
        ] {
            assert_eq!(hosts("static/a.html", html), "", "{html}");
        }
    }

    #[test]
    fn style_sheets_and_scripts_of_their_own_are_read_as_such() {
        assert_eq!(
            hosts(
                "themes/mine/static/a.css",
                "@namespace url(http://www.w3.org/1999/xhtml);\n@import url('https://f.example/x.css');\na{}"
            ),
            "f.example https://f.example/x.css"
        );
        assert_eq!(
            hosts(
                "static/a.js",
                "import x from \"https://esm.example/x.js\";\nlink = 'https://union.example';\nimg.src = \"//t.example/p.gif\";"
            ),
            "esm.example https://esm.example/x.js, t.example //t.example/p.gif"
        );
        assert_eq!(hosts("static/a.txt", "<script src=https://cdn.example/>"), "");
    }
}
