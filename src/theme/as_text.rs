//! HTML of ours as plain text that fits into an e-mail: wrapped lines, addresses behind the words of links.

use std::borrow::Cow;

use super::markup::{attribute, end_of_tag, unescaped};
use super::wrap::{WIDTH, wrap};

/// A text from HTML. Links to `own`, the page that it stands on, are words alone. What is hidden on the page is left out.
pub(super) fn as_text(html: &str, own: &str) -> String {
    let mut writer = Writer { own, ..Writer::default() };
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        writer.words(&rest[..at]);
        rest = writer.markup(&rest[at..]);
    }
    writer.words(rest);
    writer.end_block();
    writer.out
}

/// What stands in front of the lines of a block.
struct Margin {
    /// In front of the first line, until it is written.
    first: Option<String>,
    rest: String,
}

#[derive(Default)]
struct Writer<'h> {
    own: &'h str,
    out: String,
    /// The block that is being written. Line ends are those that are wanted.
    block: String,
    /// Whether an empty line is due before the next block.
    gap: bool,
    margins: Vec<Margin>,
    /// The lists that are open: the next number of an ordered one.
    lists: Vec<Option<usize>>,
    /// The links that are open: the address, and where its words begin.
    links: Vec<(Cow<'h, str>, usize)>,
    /// The element that is left out, and how many of its name are open.
    skipped: Option<(&'h str, usize)>,
    preformatted: bool,
    /// Whether it is in a row of a table, which addresses would make unreadable.
    in_row: bool,
    /// The level of the heading that is open.
    heading: Option<u8>,
}

impl<'h> Writer<'h> {
    fn words(&mut self, html: &str) {
        if self.skipped.is_some() {
            return;
        }
        let text = unescaped(html);
        if self.preformatted {
            return self.block.push_str(&text);
        }
        let mut from = 0;
        let mut before = b' ';
        for (at, byte) in text.bytes().enumerate() {
            let (is_space, was_space) = (is_space(byte), is_space(before));
            before = byte;
            // A single space within a text stands as it is.
            if !is_space || (byte == b' ' && !was_space && at > from) {
                continue;
            }
            self.block.push_str(&text[from..at]);
            if !matches!(self.block.as_bytes().last(), None | Some(b' ' | b'\n')) {
                self.block.push(' ');
            }
            from = at + 1;
        }
        self.block.push_str(&text[from..]);
    }

    /// Reads a tag or comment at the beginning of `html`, and gives what comes after it.
    fn markup(&mut self, html: &'h str) -> &'h str {
        if let Some(comment) = html.strip_prefix("<!--") {
            return comment.split_once("-->").map_or("", |(_, rest)| rest);
        }
        let Some(end) = end_of_tag(html) else { return "" };
        let (tag, rest) = (&html[1..end], &html[end + 1..]);
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let name = tag.split([' ', '\n', '\t', '/']).next().unwrap_or_default();
        if let Some((skipped, open)) = self.skipped {
            if name == skipped {
                let open = if closes { open - 1 } else { open + 1 };
                self.skipped = (open > 0).then_some((skipped, open));
            }
            return rest;
        }
        match closes {
            true => self.close(name),
            false if is_left_out(name, tag) => self.skipped = Some((name, 1)),
            false => self.open(name, tag),
        }
        rest
    }

    fn open(&mut self, name: &str, tag: &'h str) {
        match name {
            "br" => self.block.push('\n'),
            "hr" => {
                self.start_block();
                self.block.push_str("* * *");
                self.start_block();
            }
            "a" => {
                let address = unescaped(attribute(tag, "href").unwrap_or_default());
                self.links.push((address, self.block.len()));
            }
            "img" => {
                let alt = unescaped(attribute(tag, "alt").unwrap_or_default());
                if !alt.is_empty() {
                    self.block.extend(["[", &*alt, "]"]);
                }
            }
            "input" => self.block.push_str(if tag.contains(" checked") { "[x] " } else { "[ ] " }),
            "sup" => self.block.push('['),
            "th" | "td" if !self.block.is_empty() => self.block.push_str(" | "),
            "tr" => {
                self.end_block();
                self.in_row = true;
            }
            "ul" | "ol" => {
                self.end_block();
                self.gap |= self.lists.is_empty();
                let start = attribute(tag, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.lists.push((name == "ol").then_some(start));
            }
            "li" => {
                self.end_block();
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
                self.margins.push(Margin { rest: " ".repeat(marker.len()), first: Some(marker) });
            }
            "blockquote" => {
                self.start_block();
                self.leave_gap();
                self.margins.push(Margin { first: Some("> ".to_owned()), rest: "> ".to_owned() });
            }
            "pre" => {
                self.start_block();
                self.preformatted = true;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.start_block();
                self.heading = name[1..].parse().ok();
            }
            _ if is_block(name) => self.start_block(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "a" => self.close_link(),
            "sup" => self.block.push(']'),
            "tr" => {
                self.end_block();
                self.in_row = false;
            }
            "ul" | "ol" => {
                self.end_block();
                self.lists.pop();
                self.gap |= self.lists.is_empty();
            }
            "li" => {
                self.end_block();
                self.margins.pop();
            }
            "blockquote" => {
                self.start_block();
                self.margins.pop();
            }
            "pre" => {
                self.start_block();
                self.preformatted = false;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.start_block();
                self.heading = None;
            }
            _ if is_block(name) => self.start_block(),
            _ => {}
        }
    }

    /// The address behind the words, where it says more than they do.
    fn close_link(&mut self) {
        let Some((address, from)) = self.links.pop() else { return };
        let words = self.block.get(from..).unwrap_or_default().trim();
        let plain =
            address.trim_start_matches("mailto:").trim_start_matches("https://").trim_end_matches('/');
        let said = words.trim_start_matches("https://").trim_end_matches('/') == plain;
        let here = address.starts_with('#')
            || address.strip_prefix(self.own).is_some_and(|rest| rest.starts_with('#'));
        if !(said
            || here
            || self.in_row
            || words.is_empty()
            || address.is_empty()
            || address.starts_with("tel:"))
        {
            self.block.extend([" (", &*address, ")"]);
        }
    }

    /// Ends the block, and leaves an empty line before the next one, unless that begins a list's item.
    fn start_block(&mut self) {
        self.end_block();
        self.gap |= self.margins.iter().all(|margin| margin.first.is_none());
    }

    /// The empty line that is due.
    fn leave_gap(&mut self) {
        if std::mem::take(&mut self.gap) && !self.out.is_empty() {
            self.out.push_str(self.margin().trim_end());
            self.out.push('\n');
        }
    }

    fn margin(&self) -> String {
        self.margins.iter().map(|margin| margin.rest.as_str()).collect()
    }

    fn end_block(&mut self) {
        let mut block = std::mem::take(&mut self.block);
        if !block.trim().is_empty() {
            self.write(block.trim_end());
        }
        // Its room is that of the next one.
        block.clear();
        self.block = block;
    }

    fn write(&mut self, block: &str) {
        self.leave_gap();
        let rest = self.margin();
        for line in block.split('\n') {
            let margin = |margin: &mut Margin| margin.first.take().unwrap_or_else(|| margin.rest.clone());
            let first: String = self.margins.iter_mut().map(margin).collect();
            if self.preformatted {
                self.out.push_str(format!("{first}    {line}").trim_end());
            } else {
                wrap(line.trim(), &first, &rest, &mut self.out);
            }
            self.out.push('\n');
        }
        if let Some(level) = self.heading.filter(|level| *level < 4) {
            let line = if level < 3 { "=" } else { "-" };
            self.out.push_str(&rest);
            self.out.push_str(&line.repeat(block.chars().count().min(WIDTH)));
            self.out.push('\n');
        }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r')
}

/// Whether an element is no part of the text: what is hidden, what only a program reads, and the way back from a footnote.
fn is_left_out(name: &str, tag: &str) -> bool {
    let bare = name.len() == tag.len();
    let hidden = || tag.ends_with(" hidden") || tag.contains(" hidden ");
    matches!(name, "script" | "style" | "svg" | "template")
        || (!bare && (hidden() || attribute(tag, "class") == Some("footnote-back")))
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "aside"
            | "article"
            | "figure"
            | "figcaption"
            | "table"
            | "header"
            | "footer"
            | "dl"
            | "dt"
            | "dd"
            | "details"
            | "summary"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "https://union.example/a/";

    #[test]
    fn blocks_are_wrapped_and_apart() {
        let long = "word ".repeat(20);
        let html =
            format!("<h2 id=\"x\">Why</h2>\n<p>{long}</p>\n<p>Two<br>lines &amp; &lt;more&gt;.</p><hr>");
        assert_eq!(
            as_text(&html, OWN),
            "Why\n===\n\nword word word word word word word word word word word word word word\n\
             word word word word word word\n\nTwo\nlines & <more>.\n\n* * *\n"
        );
    }

    #[test]
    fn white_space_is_one_space() {
        let html = " \n <p> a  b\t\r\n c <em> d</em>\n<b>e </b> f<br> g &amp; \n  h</p> ";
        assert_eq!(as_text(html, OWN), "a b c d e f\ng & h\n");
    }

    #[test]
    fn lists_hang_and_nest() {
        let html = "<p>So:</p>\n<ul>\n<li>one <strong>bold</strong></li>\n<li><p>two</p>\n<p>more</p>\n<ol start=\"9\">\n\
                    <li>nine</li>\n<li>ten</li>\n</ol>\n</li>\n</ul>\n<p>End.</p>";
        assert_eq!(
            as_text(html, OWN),
            "So:\n\n- one bold\n- two\n\n  more\n\n  9. nine\n  10. ten\n\nEnd.\n"
        );
    }

    #[test]
    fn links_say_where_they_lead() {
        for (html, text) in [
            (
                "<a href=\"https://b.example/x?a=1&amp;b=2\">our <em>page</em></a>",
                "our page (https://b.example/x?a=1&b=2)\n",
            ),
            ("<a href=\"https://b.example/\">b.example</a>", "b.example\n"),
            ("<a href=\"mailto:a@b.example\">a@b.example</a>", "a@b.example\n"),
            ("<a href=\"tel:+15105550100\">510 555 0100</a>", "510 555 0100\n"),
            ("<a href=\"https://union.example/a/#why\">why</a>", "why\n"),
            ("<a href=\"#why\">why</a>", "why\n"),
        ] {
            assert_eq!(as_text(html, OWN), text);
        }
    }

    #[test]
    fn tables_quotes_code_notes_and_pictures_can_be_read() {
        let html = "<section class=\"table-scroll\"><table>\n<thead><tr><th>Place</th><th>Hours</th></tr></thead>\n<tbody>\n\
             <tr><td><a href=\"/fontana/\">Fontana</a></td><td>6 a.m.</td></tr>\n</tbody></table></section>\n<blockquote>\n<p>One</p>\n<p>Two</p>\n\
             </blockquote>\n<pre tabindex=\"0\"><code>a  b\nc\n</code></pre>\n<figure><img src=\"/x.jpg\" alt=\"The &quot;line&quot;\">\
             <figcaption>Dawn</figcaption></figure><p>Said<sup class=\"footnote-ref\"><a href=\"#fn-1\">1</a></sup>.\
             <span class=\"now\" hidden>Now <span>x</span></span></p><section class=\"footnotes\"><ol>\n<li id=\"fn-1\"><p>There. \
             <a href=\"#fnref-1\" class=\"footnote-back\">↩</a></p></li>\n</ol></section><!-- no -->";
        assert_eq!(
            as_text(html, OWN),
            "Place | Hours\nFontana | 6 a.m.\n\n> One\n>\n> Two\n\n    a  b\n    c\n\n[The \"line\"]\n\nDawn\n\nSaid[1].\n\n1. There.\n"
        );
    }

    #[test]
    fn what_is_broken_is_cut_and_nothing_more() {
        for html in ["<", "<p", "a <!-- b", "</p></li></a></ul>", "<a href=\"x", "<td><li></blockquote>é"] {
            let _any = as_text(html, OWN);
        }
        assert_eq!(as_text("<p>é</p><p title=\"a > b\">ü", OWN), "é\n\nü\n");
    }
}
