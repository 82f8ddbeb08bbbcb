//! Content is not trusted: whatever stands in a file, the program ends soon, does not panic, and publishes words as words.

use std::time::{Duration, Instant};

use handbill::base::{File, Tree};
use handbill::diagnostics::stops;

use super::support::{self, Built, at, build};
use super::{html, links};

const MOMENT: &str = "2024-10-22T12:00:00-07:00";
/// What each build may take here, in a debug build on a busy machine; alone it is a fraction of that.
const MOST: Duration = Duration::from_secs(20);

fn campaign() -> Tree {
    support::tree(&[
        (
            "content/campaign.yaml",
            "title: Care can't wait\nbase_url: https://union.example/\ntime_zone: America/Los_Angeles\n\
             union: { name: United Nurses }\n",
        ),
        ("content/index.md", "---\ntitle: Care can't wait\n---\nWe strike.\n"),
    ])
}

/// Builds the campaign with one file more, in bounded time and without a panic that was caught.
fn with(path: &str, bytes: impl Into<Vec<u8>>) -> Built {
    let mut tree = campaign();
    tree.insert(support::source(path), File::new(bytes.into()));
    let start = Instant::now();
    let built = build(&tree, at(MOMENT));
    assert!(start.elapsed() < MOST, "{path} took {:?}", start.elapsed());
    let panicked = built.findings.iter().find(|finding| finding.code.0 / 100 == 9);
    assert!(panicked.is_none(), "{path}: {panicked:?}");
    built
}

fn codes(built: &Built) -> Vec<u16> {
    built.findings.iter().map(|finding| finding.code.0).collect()
}

fn page(front: &str, body: &str) -> String {
    format!("---\ntitle: About us\n{front}---\n{body}\n")
}

#[test]
fn front_matter_has_bounds() {
    let long = page(&format!("summary: {}\n", "x".repeat(65 * 1024)), "");
    assert_eq!(codes(&with("content/about.md", long)), [203]);
    let many = page(&"tags: x\n".repeat(8000), "");
    assert_eq!(
        codes(&with("content/about.md", many)),
        [208; 1],
        "a key that stands 8,000 times is told once"
    );
    for deep in [
        format!("tags: {}", "[".repeat(10_000)),
        format!("tags: {}x{}", "[".repeat(1000), "]".repeat(1000)),
        format!("image: {}", "{a: ".repeat(5000)),
        format!("tags:\n  {}x", "- ".repeat(5000)),
        (0..200).map(|level| format!("{}a:\n", " ".repeat(level))).collect::<String>(),
        format!("title: {}", "? ".repeat(5000)),
        format!("title: {}", "!!str ".repeat(5000)),
        format!("summary: {}", "'".repeat(9999)),
        format!("summary: {}", "\"\\".repeat(9999)),
        "%YAML 9.9\n---\n".to_owned(),
        "--- !!binary |\n".to_owned(),
        "title: !!python/object/apply:os.system [ls]".to_owned(),
    ] {
        let built = with("content/about.md", page(&format!("{deep}\n"), ""));
        let shown: String = deep.chars().take(20).collect();
        assert!(stops(&built.findings), "{shown}");
        assert!(built.findings.len() < 60, "{shown} gives {} findings", built.findings.len());
    }
}

#[test]
fn references_within_yaml_are_refused_before_they_grow() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let last = level - 1;
        bomb += &format!("a{level}: &a{level} [{}]\n", format!("*a{last}, ").repeat(10));
    }
    let flow = "tags: [&a x, *a]\n";
    let merge = "image: &i { file: x }\nissuer:\n  <<: *i\n";
    for (path, text) in [
        ("content/about.md", page(&bomb, "")),
        ("content/about.md", page(flow, "")),
        ("content/about.md", page(merge, "")),
        ("content/campaign.es.yaml", "title: &t x\ntagline: *t\n".to_owned()),
        ("content/media/media.yaml", "a.jpg: &a { alt: x }\nb.jpg: *a\n".to_owned()),
    ] {
        let built = with(path, text);
        assert!(codes(&built).contains(&205) && stops(&built.findings), "{:?}", codes(&built));
        assert!(built.findings.len() < 60, "{path} gives {} findings", built.findings.len());
    }
}

#[test]
fn texts_have_bounds() {
    assert_eq!(codes(&with("content/about.md", page("", &"x ".repeat(600 * 1024)))), [203]);
    let size = 64 * 1024;
    for piece in [
        "[",
        "![",
        "![[",
        "[[",
        "](",
        "*",
        "_",
        "~~",
        "`",
        "``` ",
        "> ",
        "- ",
        "1. ",
        "# ",
        "| ",
        "|-",
        "<",
        "<!--",
        "<a ",
        "&",
        "&#",
        "\\",
        "[^1]",
        "[^",
        "[a][",
        "![[x]] ",
        "https://a.example/ ",
        "a@b.c ",
        "> [!",
        "{#",
        "**a *b ",
        "\u{301}",
        "\u{202e}",
        "\u{feff}",
        "---\n",
        "    \n",
        "\t",
        "\r",
        "[x]: /y\n",
        "2. Mai\n\n",
        "a\u{a0}",
    ] {
        let built = with("content/about.md", page("", &piece.repeat(size / piece.len())));
        // A mistake that stands thousands of times is told often enough, and does not hide the others.
        assert!(built.findings.len() <= 200, "{piece:?} gives {} findings", built.findings.len());
    }
}

#[test]
fn control_characters_are_told_or_taken_out() {
    for bad in
        ['\0', '\u{1}', '\u{8}', '\u{b}', '\u{c}', '\u{1b}', '\u{7f}', '\u{85}', '\u{ffff}', '\u{fdd0}']
    {
        for text in [
            page("", &format!("Words {bad} and [a link](https://a.example/{bad}).")),
            page(&format!("summary: a{bad}b\n"), ""),
            page(&format!("summary: \"a\\x{:02x}b\"\n", u32::from(bad).min(0xff)), ""),
            format!("---{bad}\ntitle: x\n---\n"),
        ] {
            let built = with("content/about.md", text);
            for (path, bytes) in built.outputs.iter().filter(|(path, _)| path.as_str().ends_with("ml")) {
                let text = String::from_utf8_lossy(bytes);
                let illegal = |c: &char| match c {
                    '\n' | '\t' => false,
                    '\u{ffff}' | '\u{fffe}' => path.as_str().ends_with(".xml"),
                    other => other.is_control(),
                };
                let control = text.chars().find(illegal);
                assert!(control.is_none(), "{bad:?} gives {control:?} in {path}");
            }
        }
    }
}

#[test]
fn files_of_any_bytes_are_told_of_and_do_no_harm() {
    let noise: Vec<u8> = (0..40_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let starts: [&[u8]; 6] = [
        &noise,
        b"",
        b"\xff\xfe---\n",
        b"RIFF\xff\xff\xff\xffWEBP",
        b"\xff\xd8\xff\xe1\xff\xff",
        b"\x89PNG\r\n\x1a\n",
    ];
    let mut tree = campaign();
    for (number, bytes) in starts.into_iter().enumerate() {
        for ending in [".md", ".yaml", ".svg", ".png", ".jpg", ".webp", ".gif", ".avif", ".pdf", ".html", ""]
        {
            for folder in ["content/media", "content/statements", "static", "themes/picket/templates"] {
                tree.insert(support::source(&format!("{folder}/x{number}{ending}")), File::new(bytes));
            }
        }
        tree.insert(support::source(&format!("themes/picket/languages/e{number}.yaml")), File::new(bytes));
        tree.insert(support::source(&format!("content/campaign.e{number}.yaml")), File::new(bytes));
    }
    let built = build(&tree, at(MOMENT));
    assert!(stops(&built.findings));
    assert!(built.findings.iter().all(|finding| finding.code.0 / 100 != 9), "{}", built.report);
}

#[test]
fn a_title_of_ten_thousand_letters_is_a_title() {
    for letters in ["Strike! ", "x", "罷工", "\u{1f477}\u{1f3fd}\u{200d}\u{2640}\u{fe0f}", "<>&\"'"] {
        let title = letters.repeat(10_000 / letters.chars().count());
        let quoted = title.replace('"', "\\\"");
        let built = with(
            "content/statements/long.md",
            format!("---\ntitle: \"{quoted}\"\ndate: 2024-10-22\n---\nWords.\n"),
        );
        assert!(!stops(&built.findings), "{}", built.report.chars().take(400).collect::<String>());
        well_formed(&built);
    }
}

/// What would break out of an element, an attribute, a script, CDATA, a template or a line, as a value of YAML.
const PAYLOAD: &str = r#""</script><img src=x onerror=alert(1)>]]>-->\"'`&amp;&lt;{{ 7919 * 7907 }}{% if x %}${x}\n<!-- ../../x \u202e""#;
/// The same for fields of Markdown, where a bare tag is a mistake.
const MARKDOWN: &str =
    r#""\\</script\\>]]\\>--\\> 'x' &lt;/script&gt; {{ 7919 * 7907 }}{% if x %} `</script>]]>` **\\<b\\>**""#;

/// A campaign with every field of every kind, each with a payload where it takes a text.
fn payloads() -> Tree {
    let fill = |text: &str| text.replace("PAYLOAD", PAYLOAD).replace("MARKDOWN", MARKDOWN);
    let files = [
        ("content/campaign.yaml", "
title: PAYLOAD
tagline: PAYLOAD
base_url: https://union.example/a/
time_zone: America/Los_Angeles
languages: [en, es]
union: { name: PAYLOAD, short: PAYLOAD, local: PAYLOAD, url: \"https://a.example/</script>\\\"'\", about: PAYLOAD }
employer: { name: PAYLOAD, short: PAYLOAD }
phases: [ { phase: strike, from: 2024-10-21 } ]
action: { label: PAYLOAD, url: \"https://a.example/?x=</script>&y=\\\"'\" }
alert: { text: PAYLOAD, link: day-2 }
schedules: { turns: [ { days: every day, from: 2024-10-21, to: 2024-10-30, hours: 6am-2pm, label: PAYLOAD } ] }
changes: [ { locations: all, date: 2024-10-23, status: cancelled, note: PAYLOAD } ]
press: { name: PAYLOAD, role: PAYLOAD, phone: 555-0100, email: press@union.example }
menu: [ { label: PAYLOAD, to: statements }, { label: PAYLOAD, to: day-2 } ]
redirects: { short: \"https://a.example/</script>'\", old/one: day-2 }
"),
        ("content/campaign.es.yaml", "title: PAYLOAD\ntagline: PAYLOAD\nunion: { about: PAYLOAD }\nmenu: [ { label: PAYLOAD, to: statements } ]\n"),
        ("content/media/media.yaml", "line.svg: { alt: PAYLOAD, credit: PAYLOAD, caption: PAYLOAD, es: { alt: PAYLOAD } }\n"),
        ("content/media/line.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>"),
        ("content/index.md", "---\ntitle: PAYLOAD\nsummary: PAYLOAD\nkey_points: [ MARKDOWN ]\n---\nWords.\n"),
        ("content/index.es.md", "---\ntitle: PAYLOAD\n---\nPalabras.\n"),
        ("content/about.md", "---\ntitle: PAYLOAD\nsummary: PAYLOAD\ntags: [ PAYLOAD, a ]\nimage: line.svg\nsources: [ { title: PAYLOAD, url: \"https://a.example/</script>\\\"\" } ]\n---\n\\</script> ![[line.svg]] [a](<https://a.example/\"'> \"t\") `</script>` ![[fontana]] ![[strike]] ![[rally]]\n\n```\n</script>]]>{{ 7919 * 7907 }}\n```\n"),
        ("content/statements/day-2.md", "---
title: PAYLOAD
summary: PAYLOAD
date: 2024-10-22
updated: 2024-10-22
issuer: { name: PAYLOAD, side: ally }
source: { title: PAYLOAD, url: \"https://a.example/</script>\\\"'\" }
dateline: PAYLOAD
speakers: [ { name: PAYLOAD, role: PAYLOAD, quote: PAYLOAD }, PAYLOAD ]
locations: [ fontana ]
timeline: strike
corrections: [ { date: 2024-10-22, text: MARKDOWN } ]
contact: { name: PAYLOAD, role: PAYLOAD, phone: 555-0100, email: press@union.example }
image: { file: line.svg, alt: PAYLOAD, credit: PAYLOAD, caption: PAYLOAD }
tags: [ PAYLOAD ]
key_points: [ MARKDOWN, MARKDOWN ]
aliases: [ old/two ]
---
Words.
"),
        ("content/statements/day-2.es.md", "---\ntitle: PAYLOAD\nsummary: PAYLOAD\n---\nPalabras.\n"),
        ("content/locations/fontana.md", "---
name: PAYLOAD
summary: PAYLOAD
address: PAYLOAD
district: PAYLOAD
city: PAYLOAD
region: PAYLOAD
postal_code: PAYLOAD
country: PAYLOAD
employer: PAYLOAD
local: PAYLOAD
entrances: [ PAYLOAD, PAYLOAD ]
coordinates: 34.0726, -117.4343
schedule: turns
shifts: [ { days: 2024-10-22, hours_note: PAYLOAD, label: PAYLOAD } ]
events: [ { title: PAYLOAD, date: 2024-10-24, hours: 12pm-1pm, speakers: [ PAYLOAD ] } ]
changes: [ { date: 2024-10-25, status: moved, to_date: 2024-10-26, note: PAYLOAD } ]
meet_at: PAYLOAD
parking: PAYLOAD
transit: PAYLOAD
access: PAYLOAD
bring: PAYLOAD
---
"),
        ("content/events/rally.md", "---\ntitle: PAYLOAD\nsummary: PAYLOAD\ndate: 2024-10-24\nhours: 6pm-8pm\nplace: { name: PAYLOAD, address: PAYLOAD, city: PAYLOAD, region: PAYLOAD, postal_code: PAYLOAD, country: PAYLOAD, coordinates: \"34.1, -117.4\" }\nspeakers: [ { name: PAYLOAD, role: PAYLOAD, quote: PAYLOAD } ]\nchanges: [ { date: 2024-10-24, status: cancelled, note: PAYLOAD } ]\n---\nWords.\n"),
        ("content/timelines/strike.md", "---\ntitle: PAYLOAD\nsummary: PAYLOAD\nevents:\n  - { date: 2024-10-21, title: PAYLOAD, text: MARKDOWN, source: { title: PAYLOAD, url: \"https://a.example/</script>\" }, image: { file: line.svg, alt: PAYLOAD, credit: PAYLOAD } }\n---\n"),
    ];
    let mut tree = Tree::default();
    for (path, text) in files {
        tree.insert(support::source(path), File::new(fill(text).into_bytes()));
    }
    tree
}

/// The head of a picture, which says how large it is.
fn gif(width: u16, height: u16) -> Vec<u8> {
    let (width, height) = (width.to_le_bytes(), height.to_le_bytes());
    [&b"GIF89a"[..], &width, &height, &[0; 3], b",\0\0\0\0", &width, &height, b"\0\x02\x01\0\0;"].concat()
}

#[test]
fn pictures_have_bounds() {
    for path in ["content/media/line.gif", "static/line.gif"] {
        assert_eq!(codes(&with(path, gif(8000, 8000))), [0u16; 0], "{path}");
        assert_eq!(codes(&with(path, gif(8000, 8001))), [113], "{path}");
        assert_eq!(codes(&with(path, gif(u16::MAX, u16::MAX))), [113], "{path}");
    }
    // A drawing has no pixels of its own.
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90000\" height=\"90000\"/>";
    assert_eq!(codes(&with("content/media/line.svg", drawing)), [0u16; 0]);
}

/// Every output is what its name says, and no template was run in it.
pub(crate) fn well_formed(built: &Built) {
    for (path, bytes) in &built.outputs {
        let name = path.as_str();
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        assert!(!text.contains("62615533"), "{name}: content was run as a template");
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        match extension {
            "html" => {
                html::check(name, text);
                for script in text.split("<script type=\"application/ld+json\">").skip(1) {
                    let json = script.split("</script>").next().unwrap();
                    let parsed: Result<serde_json::Value, _> = serde_json::from_str(json);
                    assert!(parsed.is_ok(), "{name}: {parsed:?} in {json}");
                }
            }
            "xml" => {
                let mut reader = quick_xml::Reader::from_str(text);
                loop {
                    match reader.read_event() {
                        Ok(quick_xml::events::Event::Eof) => break,
                        Ok(_) => {}
                        Err(error) => panic!("{name}: {error}"),
                    }
                }
            }
            "json" | "geojson" | "webmanifest" => {
                let parsed: Result<serde_json::Value, _> = serde_json::from_str(text);
                assert!(parsed.is_ok(), "{name}: {parsed:?}");
            }
            _ => {}
        }
        if name == "_redirects" {
            for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
                assert_eq!(line.split_whitespace().count(), 3, "{name}: {line}");
            }
        }
        if name == "_headers" {
            assert!(!text.contains("script>") && !text.contains("onerror"), "{name}: {text}");
        }
    }
}

#[test]
fn whatever_stands_in_a_field_is_words() {
    let built = build(&payloads(), at(MOMENT));
    assert!(!stops(&built.findings), "{}", built.report);
    assert!(built.outputs.len() > 30, "only {} outputs", built.outputs.len());
    well_formed(&built);
    links::every_link_resolves(&built.outputs, "https://union.example/a/");
    let home = built.text("index.html");
    assert!(home.contains("&lt;/script&gt;"), "the words are not shown");
    for (path, html) in links::pages(&built.outputs) {
        assert!(!html.contains("<img src=\"x\"") && !html.contains("<img src=x"), "{path} has the picture");
    }
}

#[test]
fn the_demo_is_well_formed() {
    let tree = support::folder(&support::root());
    for moment in ["2024-10-24T05:40:00-07:00", "2026-11-24T00:00:00-08:00"] {
        well_formed(&build(&tree, at(moment)));
    }
}
