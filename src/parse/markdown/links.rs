//! Links: `[words](address)`, `<https://…>`, `[[slug|words]]`.

use pulldown_cmark::{Event, LinkType, Tag};

use super::text;
use super::writer::{Close, Open, Writer};
use crate::base::Span;
use crate::base::url::{self, Scheme};
use crate::diagnostics::finding;
use crate::model::{Piece, Target};

/// Where an address leads.
pub(super) enum Address {
    /// To the world: the URL, and whether it is a page of somebody else's.
    Full(String, bool),
    /// To something of this site.
    Ours(Target, Option<String>),
}

impl Writer<'_> {
    pub(super) fn link(&mut self, at: usize, kind: LinkType, typed: &str) -> usize {
        let node = &self.nodes[at];
        let has_words = self.has_words(at + 1, node.end);
        let is_name = matches!(kind, LinkType::WikiLink { .. }) && !typed.contains("://");
        if is_name {
            let own_words = has_words && kind == LinkType::WikiLink { has_pothole: true };
            if own_words {
                self.look_at_words(at);
            }
            return self.link_to_name(at, typed, own_words);
        }
        if !has_words {
            self.findings.push(finding::empty_link(self.source.place(&node.span), "words"));
            return node.end + 1;
        }
        let address = match kind {
            LinkType::Email => self.address(&format!("mailto:{typed}"), &node.span),
            _ => self.address(typed, &node.span),
        };
        if address.is_some() {
            self.look_at_words(at);
        }
        self.open_link(address, &node.span);
        at + 1
    }

    /// Whether a link has anything that can be seen and clicked.
    fn has_words(&self, start: usize, end: usize) -> bool {
        self.nodes[start..end].iter().any(|node| match &node.event {
            Event::Text(words) | Event::Code(words) => !words.trim().is_empty(),
            Event::Start(Tag::Image { .. }) => true,
            _ => false,
        })
    }

    /// `[[slug]]` shows the document's title, `[[#heading]]` what was typed.
    fn link_to_name(&mut self, at: usize, typed: &str, has_words: bool) -> usize {
        let node = &self.nodes[at];
        let (target, anchor) = name(typed);
        if target == Target::Name(String::new()) {
            self.findings.push(finding::empty_link(self.source.place(&node.span), "address"));
            return node.end + 1;
        }
        let title = match (&target, &anchor) {
            (Target::Own, Some(anchor)) => Some(anchor.clone()),
            _ => None,
        };
        let reference = self.open_link(Some(Address::Ours(target, anchor)), &node.span);
        if has_words {
            return at + 1;
        }
        match (title, reference) {
            (None, Some(reference)) => self.out.hole(Piece::Title(reference)),
            (title, _) => self.out.words(title.as_deref().unwrap_or(typed)),
        }
        node.end
    }

    /// Opens the link, and gives the number of its reference if it has one. A link without a usable address, or
    /// within another link, is left as words.
    fn open_link(&mut self, address: Option<Address>, span: &Span) -> Option<usize> {
        self.ensure_paragraph();
        let within = Some("a link");
        let Some(address) = address.filter(|_| self.links == 0) else {
            self.open.push(Open { close: Close::Markup(""), within });
            return None;
        };
        self.links += 1;
        self.open.push(Open { close: Close::Link, within });
        self.out.markup("<a href=\"");
        match address {
            Address::Full(url, external) => {
                self.out.words(&url::encode_url(&url));
                self.out.markup(if external { "\" rel=\"noopener external\">" } else { "\">" });
                None
            }
            Address::Ours(target, anchor) => {
                let reference = self.refer(target, anchor, span);
                self.out.hole(Piece::Url(reference));
                self.out.markup("\">");
                Some(reference)
            }
        }
    }

    /// Reads an address; a finding and `None` where it is empty or forbidden.
    pub(super) fn address(&mut self, typed: &str, span: &Span) -> Option<Address> {
        let clean = text::clean(typed);
        let url = clean.trim();
        let place = self.source.place(span);
        if url.is_empty() {
            self.findings.push(finding::empty_link(place, "address"));
            return None;
        }
        match url::scheme(url) {
            Scheme::Forbidden(scheme) => self.findings.push(finding::forbidden_scheme(place, &scheme)),
            Scheme::Allowed(scheme @ ("https" | "http"))
                if !url.get(scheme.len()..).is_some_and(|rest| rest.starts_with("://")) =>
            {
                self.findings.push(finding::not_a_url(place, url));
            }
            Scheme::Allowed(_) if url::is_private(url) => {
                self.findings.push(finding::private_address(place, url));
            }
            Scheme::Allowed(scheme) if starts_with_scheme(url, scheme) => {
                self.look_at_contact(scheme, url, span);
                return Some(Address::Full(url.to_owned(), scheme.starts_with("http")));
            }
            // Something hides in it (`ht%3Atps`, a space), which a browser would take for a path.
            Scheme::Allowed(_) => self.findings.push(finding::not_a_url(place, url)),
            Scheme::None if is_bare_domain(url) => self.findings.push(finding::not_a_url(place, url)),
            Scheme::None => return Some(local(url)),
        }
        None
    }
}

fn starts_with_scheme(url: &str, scheme: &str) -> bool {
    url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        && url[scheme.len()..].starts_with(':')
}

/// `[words](www.example.org)`, which a browser takes for a file beside the page.
fn is_bare_domain(url: &str) -> bool {
    url.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
}

fn local(url: &str) -> Address {
    let (path, anchor) = split_anchor(url);
    let target = if path.is_empty() { Target::Own } else { Target::Path(path.to_owned()) };
    Address::Ours(target, anchor)
}

/// Reads what stands in `[[…]]`. In a table its pipe is typed `\|`, and the backslash stays behind.
pub(super) fn name(typed: &str) -> (Target, Option<String>) {
    let tidy = text::collapse(&text::clean(typed));
    let tidy = tidy.strip_suffix('\\').unwrap_or(&tidy);
    let (name, anchor) = split_anchor(tidy);
    let name = name.trim();
    match anchor {
        Some(anchor) if name.is_empty() => (Target::Own, Some(anchor)),
        anchor => (Target::Name(name.to_owned()), anchor),
    }
}

fn split_anchor(address: &str) -> (&str, Option<String>) {
    match address.split_once('#') {
        None => (address, None),
        Some((before, anchor)) => {
            (before, Some(anchor.trim().to_owned()).filter(|anchor| !anchor.is_empty()))
        }
    }
}
