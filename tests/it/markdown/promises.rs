//! What holds for any Markdown at all: it takes little time, and nothing of it is markup.

use std::time::{Duration, Instant};

use handbill::diagnostics::{At, Checked};
use handbill::model::{Body, Piece};
use handbill::parse::markdown::{Origin, Source, parse, parse_inline};
use proptest::prelude::*;

use super::{blocks, file, line, shown};

#[test]
fn nesting_ends_somewhere() {
    for text in [">".repeat(50_000), (0..500).map(|i| format!("{}- a\n", "  ".repeat(i))).collect()] {
        let checked = blocks(&text);
        assert_eq!(checked.findings.iter().map(|f| f.code.0).collect::<Vec<_>>(), [307]);
        assert!(shown(&checked.value).len() < 10_000);
    }
}

#[test]
fn hostile_texts_take_little_time() {
    let nested: String = (0..700).map(|i| format!("{}- a\n", "  ".repeat(i))).collect();
    let notes: String = (0..8000).map(|i| format!("[^{i}] [^x{i}]\n\n[^{i}]: n\n\n")).collect();
    let columns = format!("|{}\n|{}\n{}", "a|".repeat(5000), "-|".repeat(5000), "|a\n".repeat(5000));
    for (name, text) in [
        ("brackets", "[".repeat(50_000)),
        ("quotes", ">".repeat(50_000)),
        ("emphasis", "*a ".repeat(50_000)),
        ("pictures", "![[](".repeat(20_000)),
        ("names", "[[a|".repeat(20_000)),
        ("embeds", "![[a]] b ".repeat(20_000)),
        ("nested lists", nested),
        ("footnotes", notes),
        ("one footnote", "[^a]: [^a]\n".repeat(8000)),
        ("marks", "[^".repeat(50_000)),
        ("columns", columns),
        ("headings", "## a {#\n".repeat(8000)),
        ("equal headings", "## a\n".repeat(8000)),
        ("domains", "www._".repeat(40_000)),
        ("mails", "a@a".repeat(40_000)),
        ("brackets after a link", format!("https://a.example/{}", ")]".repeat(40_000))),
        ("comments", "<!--".repeat(30_000)),
        ("comment blocks", "<!--\n\n".repeat(20_000)),
        ("tags", "<a ".repeat(30_000)),
        ("backslashes", "\\[^a] ".repeat(20_000)),
        ("backticks", (1..600).map(|i| "`".repeat(i) + " ").collect()),
        ("entities", "&#x".repeat(30_000)),
        ("references", "[a][b] ".repeat(20_000)),
    ] {
        let start = Instant::now();
        blocks(&text);
        line(&text);
        let time = start.elapsed();
        // Each takes 0.1 to 0.6 s alone in a debug build; the rest is room for a busy machine.
        assert!(time < Duration::from_secs(5), "{name} took {time:?}");
    }
}

/// The tags that prose may have, each with the attributes that it may have.
const TAGS: [(&str, &[&str]); 28] = [
    ("a", &["href", "rel", "id", "class", "aria-label"]),
    ("aside", &["class", "aria-label"]),
    ("blockquote", &[]),
    ("br", &[]),
    ("code", &[]),
    ("del", &[]),
    ("em", &[]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("hr", &[]),
    ("input", &["type", "disabled", "checked", "aria-label"]),
    ("li", &["class", "id"]),
    ("ol", &["start"]),
    ("p", &["class"]),
    ("pre", &["tabindex"]),
    ("section", &["class", "tabindex", "aria-label"]),
    ("strong", &[]),
    ("sup", &["class"]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["class"]),
    ("th", &["scope", "class"]),
    ("thead", &[]),
    ("tr", &[]),
    ("ul", &[]),
];

/// Reads HTML as plainly as can be: every tag is known, has known attributes, and is closed in its turn.
fn check_html(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    for part in html.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or_else(|| panic!("a tag is cut: {part}"));
        assert!(!text.contains('>'), "{text}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "in {html}");
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let known = TAGS.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("<{name}>"));
        check_attributes(attributes, known.1);
        if !["br", "hr", "input"].contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} in {html}");
}

fn check_attributes(attributes: &str, known: &[&str]) {
    let mut parts = attributes.split('"');
    while let Some(name) = parts.next().map(str::trim).filter(|name| !name.is_empty()) {
        let mut names = name.split(' ');
        let name = names.next_back().unwrap();
        assert!(names.all(|flag| known.contains(&flag)), "{attributes}");
        let Some(value) = parts.next() else {
            assert!(known.contains(&name), "{name}");
            return;
        };
        let name = name.strip_suffix('=').unwrap();
        assert!(known.contains(&name), "{name}");
        let allowed = ["http://", "https://", "mailto:", "tel:", "geo:", "webcal:", "#fn", "‹"];
        let lower = value.to_lowercase();
        assert!(name != "href" || allowed.iter().any(|start| lower.starts_with(start)), "{value}");
    }
}

/// The HTML, and a harmless mark for each hole.
fn html_or_mark(piece: &Piece) -> &str {
    match piece {
        Piece::Html(html) => html.as_str(),
        _ => "‹hole›",
    }
}

fn check_promises(text: &str, checked: &Checked<Body>, offset: usize) {
    let pieces = &checked.value.pieces;
    check_html(&pieces.iter().map(html_or_mark).collect::<String>());
    for reference in &checked.value.references {
        check_span(text, &reference.at.0, offset);
    }
    for finding in &checked.findings {
        check_span(text, &finding.place.as_ref().unwrap().at, offset);
    }
    let is_html = |piece: &Piece| matches!(piece, Piece::Html(_));
    assert!(!pieces.windows(2).any(|two| two.iter().all(is_html)), "HTML beside HTML");
    assert!(checked.value.lead.chars().count() <= 300);
}

fn check_span(text: &str, at: &At, offset: usize) {
    match at {
        At::Span(span) => {
            let inside = offset <= span.start && span.start <= span.end;
            assert!(inside && text.get(span.start - offset..span.end - offset).is_some(), "{span:?}");
        }
        at => assert!(matches!(at, At::Field(_)), "{at:?}"),
    }
}

/// Text that is full of marks, because any other rarely finds anything.
fn markdown() -> impl Strategy<Value = String> {
    let mark = prop::sample::select(vec![
        "[",
        "]",
        "(",
        ")",
        "![",
        "[[",
        "]]",
        "![[",
        "](",
        "[^a]",
        "[^a]: ",
        "[^",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```\n",
        "> ",
        "- ",
        "2. ",
        "[ ] ",
        "# ",
        "### ",
        "\n",
        "\n\n",
        "\r\n",
        "    ",
        "|",
        "\\|",
        "|-|\n",
        "a|b\n",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "<script>",
        "javascript:",
        "java&#115;cript:",
        "data:",
        "https://a.example/",
        "www.a.b",
        "a@b.example",
        "&lt;",
        "&#0;",
        "\\",
        "\"",
        "'",
        "'on=",
        "{#a}",
        "{onclick=x}",
        "[!NOTE]",
        "a.jpg",
        "slug",
        "#",
        "é",
        "\u{feff}",
        "\u{0}",
        "\u{85}",
        " ",
        "words",
        "2. May",
        "---\n",
        "<a@b.c>",
        "<https://a>",
        ":",
        "//",
    ]);
    let part = prop_oneof![6 => mark.prop_map(str::to_owned), 1 => any::<String>()];
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

// PROPTEST_CASES=20000 looks longer.
proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_typed_is_data(text in markdown()) {
        let origin = Origin::Text { offset: 7 };
        let source = Source { file: &file(), text: &text, origin };
        check_promises(&text, &parse(&source), 7);
        check_promises(&text, &parse_inline(&source), 7);
        check_promises(&text, &line(&text), 0);
    }
}
