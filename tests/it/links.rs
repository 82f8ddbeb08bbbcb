//! The links of pages, read crudely: our own pages are written by machine, with double quotes.

use handbill::base::OutPath;

use super::support::Outputs;

/// A URL that a page names: in which element and attribute.
pub(crate) struct Named {
    pub(crate) element: String,
    pub(crate) attribute: String,
    pub(crate) url: String,
}

/// The attributes of a page that hold URLs.
pub(crate) fn named(html: &str) -> Vec<Named> {
    let mut all = Vec::new();
    for tag in html.split('<').skip(1).filter(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic())) {
        let tag = tag.split('>').next().unwrap();
        let (element, mut rest) = tag.split_once([' ', '\n']).unwrap_or((tag, ""));
        while let Some((before, after)) = rest.split_once("=\"") {
            let attribute = before.trim().rsplit([' ', '\n']).next().unwrap_or_default();
            let (value, after) = after.split_once('"').unwrap_or((after, ""));
            rest = after;
            let urls: Vec<&str> = match attribute {
                "href" | "src" | "action" | "poster" | "data" => vec![value],
                "srcset" => value.split(',').filter_map(|part| part.split_whitespace().next()).collect(),
                _ => continue,
            };
            all.extend(urls.into_iter().map(|url| Named {
                element: element.to_owned(),
                attribute: attribute.to_owned(),
                url: unescaped(url),
            }));
        }
    }
    all
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&amp;", "&")
}

/// The HTML pages among outputs.
pub(crate) fn pages(outputs: &Outputs) -> impl Iterator<Item = (&OutPath, &str)> {
    let html = outputs.iter().filter(|(path, _)| path.as_str().ends_with(".html"));
    html.map(|(path, bytes)| (path, std::str::from_utf8(bytes).unwrap()))
}

/// Where a URL of the site leads: the output and the anchor; `None` for addresses elsewhere.
fn output_of(url: &str, page: &OutPath, base: &str) -> Option<(String, Option<String>)> {
    let host = base.split('/').take(3).collect::<Vec<_>>().join("/");
    let root = base.strip_prefix(&host).unwrap();
    let (url, anchor) =
        url.split_once('#').map_or((url, None), |(url, anchor)| (url, Some(anchor.to_owned())));
    let path = url.strip_prefix(&host).unwrap_or(url);
    if path.contains("://")
        || path.starts_with("mailto:")
        || path.starts_with("tel:")
        || path.starts_with("geo:")
    {
        return None;
    }
    let path = match path.strip_prefix(root) {
        _ if path.is_empty() => return Some((page.as_str().to_owned(), anchor)),
        Some(below) => below.to_owned(),
        None => {
            assert!(!path.starts_with('/'), "{page}: {url} is not below {root}");
            let mut parts: Vec<&str> = page.as_str().split('/').collect();
            parts.pop();
            for part in path.split('/') {
                match part {
                    "." => {}
                    ".." => drop(parts.pop()),
                    part => parts.push(part),
                }
            }
            parts.join("/")
        }
    };
    let path = path.split('?').next().unwrap().replace("%20", " ");
    let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
    Some((file, anchor))
}

/// Fails at the first link of the site that leads to no output, or to an id that its page does not have.
pub(crate) fn every_link_resolves(outputs: &Outputs, base: &str) {
    for (path, html) in pages(outputs) {
        for Named { url, attribute, .. } in named(html) {
            let Some((file, anchor)) = output_of(&url, path, base) else { continue };
            let target = OutPath::new(&file).and_then(|file| outputs.get(&file));
            let target =
                target.unwrap_or_else(|| panic!("{path}: {attribute}=\"{url}\" leads nowhere ({file})"));
            if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty() && file.ends_with(".html")) {
                let target = std::str::from_utf8(target).unwrap();
                let there = target.contains(&format!("id=\"{anchor}\""));
                assert!(there, "{path}: {url} leads to #{anchor}, and {file} has no such id");
            }
        }
    }
}
