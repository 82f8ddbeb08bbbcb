//! Findings as the preview shows them: HTML, escaped by construction, with the same words as in a terminal.

use super::excerpt::{Excerpt, LONGEST, excerpt};
use super::{Finding, Place, Severity, text};
use crate::base::{Html, Tree};

/// One finding: what is wrong, where, the lines with the place marked, and the cure.
pub fn render(finding: &Finding, tree: &Tree) -> Html {
    let mut html = Html::new();
    html.push_markup(match finding.severity {
        Severity::Error => "<article class=\"finding error\"><h3><span class=\"level\">Error</span> ",
        Severity::Warning => "<article class=\"finding warning\"><h3><span class=\"level\">Warning</span> ",
    });
    html.push_text(&finding.title);
    html.push_markup("</h3>");
    if let Some(place) = &finding.place {
        place_into(&mut html, place, &finding.label, tree);
    }
    if let Some(help) = &finding.help {
        html.push_markup("<p class=\"cure\"><span>What to do:</span> ");
        html.push_text(help);
        html.push_markup("</p>");
    }
    if let Some((place, why)) = &finding.related {
        place_into(&mut html, place, why, tree);
    }
    html.push_markup("<p class=\"code\">");
    html.push_text(&finding.code.to_string());
    html.push_markup("</p></article>");
    html
}

fn place_into(html: &mut Html, place: &Place, label: &str, tree: &Tree) {
    html.push_markup("<p class=\"place\">");
    html.push_text(&text::address(place, tree));
    html.push_markup("</p>");
    match excerpt(place, tree) {
        Some(excerpt) if excerpt.text.len() <= LONGEST => lines_into(html, &excerpt),
        Some(_) | None => {}
    }
    if !label.is_empty() {
        html.push_markup("<p class=\"label\">");
        html.push_text(label);
        html.push_markup("</p>");
    }
}

/// The lines with their numbers, which style sheets make and nobody copies, and the place marked in each.
fn lines_into(html: &mut Html, excerpt: &Excerpt<'_>) {
    html.push_markup("<pre tabindex=\"0\">");
    let mut start = 0;
    for (number, line) in (excerpt.line..).zip(excerpt.text.split('\n')) {
        let within = |offset: usize| offset.clamp(start, start + line.len()) - start;
        let (from, to) = (within(excerpt.span.start), within(excerpt.span.end));
        html.push_markup("<code data-line=\"");
        html.push_number(number);
        html.push_markup("\">");
        html.push_text(&line[..from]);
        // A place between two characters has nothing to mark, and is shown all the same.
        let here = from < to
            || (excerpt.span.is_empty() && (start..=start + line.len()).contains(&excerpt.span.start));
        if here {
            html.push_markup("<mark>");
            html.push_text(&line[from..to]);
            html.push_markup("</mark>");
        }
        html.push_text(&line[to..]);
        html.push_markup("</code>");
        start += line.len() + 1;
    }
    html.push_markup("</pre>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SourcePath;
    use crate::diagnostics::{At, Code};

    fn finding(start: usize, end: usize) -> Finding {
        let file = SourcePath::new("content/<b>.md").unwrap();
        Finding {
            code: Code(402),
            severity: Severity::Error,
            place: Some(Place { file, at: At::Span(start..end) }),
            title: "there is no “<script>”".to_owned(),
            label: "not \"here\"".to_owned(),
            help: Some("write [[gate-3]] & save".to_owned()),
            related: None,
            fix: Vec::new(),
        }
    }

    fn tree() -> Tree {
        [("content/<b>.md", "one\n<script>alert(1)</script>\nthree\n")].into_iter().collect()
    }

    #[test]
    fn all_that_content_says_is_escaped() {
        let html = render(&finding(4, 12), &tree());
        assert_eq!(
            html.as_str(),
            "<article class=\"finding error\"><h3><span class=\"level\">Error</span> there is no “&lt;script&gt;”</h3>\
             <p class=\"place\">content/&lt;b&gt;.md:2:1</p><pre tabindex=\"0\"><code data-line=\"2\">\
             <mark>&lt;script&gt;</mark>alert(1)&lt;/script&gt;</code></pre><p class=\"label\">not &quot;here&quot;</p>\
             <p class=\"cure\"><span>What to do:</span> write [[gate-3]] &amp; save</p>\
             <p class=\"code\">HB0402</p></article>"
        );
    }

    #[test]
    fn a_place_is_marked_in_each_of_its_lines_and_where_it_is_empty() {
        let html = render(&finding(1, 7), &tree());
        let lines =
            "<code data-line=\"1\">o<mark>ne</mark></code><code data-line=\"2\"><mark>&lt;sc</mark>ript&gt;";
        assert!(html.as_str().contains(lines), "{html}");
        let html = render(&finding(3, 3), &tree());
        assert!(html.as_str().contains("<code data-line=\"1\">one<mark></mark></code>"), "{html}");
        let gone = render(&finding(1000, 2000), &Tree::default());
        assert!(
            gone.as_str().contains("<p class=\"place\">content/&lt;b&gt;.md</p><p class=\"label\">"),
            "{gone}"
        );
    }
}
