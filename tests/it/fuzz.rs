//! Whatever somebody types: no panic, no finding without its place, none in the machine's words, and no long wait.
//!
//! `PROPTEST_RNG_SEED=$RANDOM PROPTEST_CASES=100000 cargo test fuzz` looks elsewhere, and for longer. What it finds is
//! kept in `tests/seeds/fuzz.txt` and tried first from then on.

use std::fs;
use std::time::Duration;

use handbill::base::{File, SourcePath, Tree};
use handbill::diagnostics::fix::corrections;
use handbill::diagnostics::{At, Finding};
use handbill::parse;
use proptest::prelude::*;
use proptest::test_runner::{FileFailurePersistence, RngSeed};

use super::diagnostics::machine_words;
use super::support::{self, at, cpu};

const MOMENT: &str = "2024-10-22T12:00:00-07:00";
/// What 64 KiB may take; a debug build on a busy machine is given more.
const MOST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 8 } else { 1 });
fn config(cases: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    let wanted = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: wanted.unwrap_or(cases),
        max_shrink_iters: 2000,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/seeds/fuzz.txt"))),
        // The same texts at each run, so that a change fails for what it did and not by chance.
        rng_seed: match default.rng_seed {
            RngSeed::Random => RngSeed::Fixed(2024),
            RngSeed::Fixed(seed) => RngSeed::Fixed(seed),
        },
        ..default
    }
}

/// Reads one file as the program does, and holds what must hold of all that is found in it.
pub(crate) fn read(path: &str, text: &str) {
    let path = support::source(path);
    let mut tree = Tree::default();
    tree.insert(path.clone(), File::new(text.as_bytes()));
    let start = cpu();
    let mut findings = parse::parse(&path, tree.get(&path).unwrap()).findings;
    parse::locate(&mut findings, &tree);
    let corrected = corrections(&findings, &tree);
    let shown: Vec<String> = corrected.iter().flat_map(|one| [one.shown(false), one.shown(true)]).collect();
    let time = cpu() - start;
    assert!(time < MOST, "{} bytes took {time:?}: {:?}", text.len(), text.get(..60));
    // What would be corrected can be shown and read, whatever it is.
    assert!(shown.iter().all(|shown| !shown.is_empty()));
    for correction in corrected {
        let after = parse::parse(&path, &File::new(correction.after.into_bytes()));
        assert!(after.findings.iter().all(|finding| finding.code.0 < 900));
    }
    hold(&findings, &path, text);
}

/// A cure repeats what was typed, which here may be anything.
fn without_cure(finding: &Finding) -> Finding {
    Finding { help: None, ..finding.clone() }
}

fn hold(findings: &[Finding], path: &SourcePath, text: &str) {
    // Between quotation marks stands what was typed; with marks in it, nobody can tell where that ends.
    let tells_ends = !text.contains(['“', '”', '\\']);
    for finding in findings {
        assert!(finding.code.0 < 900, "{finding:?}");
        assert!(!finding.title.is_empty() && !finding.title.ends_with('.'), "{finding:?}");
        if tells_ends {
            assert_eq!(machine_words(&without_cure(finding)), None, "{finding:?}");
        }
        let place = finding.place.as_ref().unwrap_or_else(|| panic!("no place: {finding:?}"));
        assert_eq!(&place.file, path);
        let spans = finding.fix.iter().map(|edit| &edit.at).chain([&place.at]);
        for at in spans {
            match at {
                At::Span(span) => {
                    assert!(text.get(span.clone()).is_some(), "{span:?} is not in the text: {finding:?}");
                }
                At::File => {}
                At::Field(_) | At::Key(_) => panic!("not located: {finding:?}"),
            }
        }
    }
}

/// Names of fields, values of all kinds, and the marks that YAML reads.
fn yaml_piece() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "title: ",
        "date: ",
        "name: ",
        "shifts:",
        "days: ",
        "hours: ",
        "key_points:",
        "coordinates: ",
        "draft: ",
        "publish: ",
        "image: ",
        "union: ",
        "phases:",
        "alert: ",
        "events:",
        "languages: ",
        "redirects:",
        "Date: ",
        "titel: ",
        "kind: ",
        "slug: ",
        "time_zone: ",
        "contact: ",
        "phone: ",
        "email: ",
        "\n",
        "\n",
        "\n",
        "\r\n",
        "\n  ",
        "\n- ",
        "\n  - ",
        "\n\t",
        "---\n",
        "\n---\n",
        "----",
        "—",
        "{ ",
        " }",
        "[",
        "]",
        ", ",
        ": ",
        ":",
        "- ",
        "-",
        "# ",
        "#",
        " #x",
        "\"",
        "'",
        "“",
        "”",
        "„",
        "|\n",
        ">\n",
        "| ",
        "&a ",
        "*a",
        "!x ",
        "@",
        "`",
        "%",
        "?",
        "\\",
        "\u{a0}",
        "\u{200b}",
        "\u{3000}",
        "：",
        "\u{2028}",
        "\u{85}",
        "\u{feff}",
        "ñ",
        "護",
        "😀",
        "2024-10-22",
        "24/11/2026",
        "24 November 2026",
        "Nov 24",
        "2026-13-45",
        "6am-2pm",
        "14-6",
        "25:00",
        "mon-fri",
        "do",
        "every day",
        "34.0726, -117.4343",
        "0, 0",
        "34,07; -117,4",
        "yes",
        "true",
        "null",
        "~",
        "1.10",
        "012",
        "0x1F",
        ".inf",
        "TODO",
        "TBD",
        "[LINK]",
        "lorem ipsum",
        "https://union.example/",
        "javascript:x",
        "mailto:a@b",
        "555-0100",
        "America/Los_Angeles",
        "PST",
        "strike",
        "fontana",
    ]);
    prop_oneof![8 => words.prop_map(str::to_owned), 1 => ".{0,6}", 1 => "[a-z_]{1,12}: ?"]
}

fn yaml() -> impl Strategy<Value = String> {
    prop::collection::vec(yaml_piece(), 0..40).prop_map(|pieces| pieces.concat())
}

fn markdown() -> impl Strategy<Value = String> {
    let marks = prop::sample::select(vec![
        "[",
        "]",
        "(",
        ")",
        "](",
        "] (",
        ")[",
        "[[",
        "]]",
        "![[",
        "![",
        "[^a]",
        "**",
        "_",
        "`",
        "> ",
        "- ",
        "-",
        "• ",
        "##",
        "## ",
        "#### ",
        "\n",
        "\n\n",
        "\r\n",
        "<b>",
        "<!-- ",
        "-->",
        "|",
        "\\",
        "https://union.example/a b",
        "mailto:a@b",
        "tel:55",
        "media/line.svg",
        " “x”",
        " \"x\"",
        "click here",
        "TODO",
        "[LINK]",
        "XXX",
        "lorem ipsum",
        "2. Dezember",
        "[!NOTE]",
        "fontana",
        "#heading",
        "ñ",
        "護士",
        "😀",
        "\u{a0}",
        "words ",
        "{#a}",
        "---\n",
    ]);
    let piece = prop_oneof![8 => marks.prop_map(str::to_owned), 1 => ".{0,6}"];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// The files of the demo and of the cases, which are full of fields.
fn real() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for path in support::files(&support::root().join("content")) {
        let below = path.strip_prefix(support::root()).unwrap().to_str().unwrap().to_owned();
        if below.ends_with(".md") || below.ends_with(".yaml") {
            all.push((below, fs::read_to_string(&path).unwrap()));
        }
    }
    for file in support::files(&support::root().join("tests/diagnostics")) {
        let (_, sections) = support::sections(&fs::read_to_string(file).unwrap());
        for fence in sections.iter().flat_map(|section| &section.fences) {
            let path = fence.word(1);
            let is_text = path.ends_with(".md") || path.ends_with(".yaml");
            if path.starts_with("content/") && is_text && fence.words.len() == 2 {
                all.push((path.to_owned(), fence.text.clone()));
            }
        }
    }
    all
}

/// A real file with some of it cut out, doubled, or replaced by pieces.
fn edited() -> impl Strategy<Value = (String, String)> {
    let edit = (any::<prop::sample::Index>(), 0_usize..12, yaml_piece(), any::<bool>());
    (prop::sample::select(real()), prop::collection::vec(edit, 1..6)).prop_map(|((path, mut text), edits)| {
        for (index, length, piece, doubles) in edits {
            let mut start = if text.is_empty() { 0 } else { index.index(text.len() + 1) };
            while !text.is_char_boundary(start) {
                start -= 1;
            }
            let mut end = (start + length).min(text.len());
            while !text.is_char_boundary(end) {
                end += 1;
            }
            let cut = if doubles { text[start..end].repeat(2) } else { piece };
            text.replace_range(start..end, &cut);
        }
        (path, text)
    })
}

pub(crate) const FILES: [&str; 8] = [
    "content/index.md",
    "content/about.md",
    "content/statements/2024-10-22-day-2.md",
    "content/locations/fontana.md",
    "content/events/rally.md",
    "content/timelines/strike.md",
    "content/campaign.yaml",
    "content/media/media.yaml",
];

proptest! {
    #![proptest_config(config(1500))]

    #[test]
    fn any_front_matter((path, yaml) in (prop::sample::select(&FILES[..6]), yaml())) {
        read(path, &format!("---\n{yaml}\n---\nWords.\n"));
        read(path, &yaml);
    }

    #[test]
    fn any_campaign_and_media((path, yaml) in (prop::sample::select(&FILES[6..]), yaml())) {
        read(path, &yaml);
    }

    #[test]
    fn any_text((path, text) in (prop::sample::select(&FILES[..6]), markdown())) {
        read(path, &format!("---\ntitle: Title\nname: Name\n---\n{text}"));
    }

    #[test]
    fn any_edit_of_a_real_file((path, text) in edited()) {
        read(&path, &text);
    }

    #[test]
    fn any_bytes_of_text(text in ".{0,400}") {
        for path in FILES {
            read(path, &text);
        }
    }
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn any_value_of_a_field(value in "[ -~ñ“”–—：\u{a0}0-9:apmMonTue,./-]{0,40}") {
        let quoted = value.replace('\\', "\\\\").replace('"', "\\\"");
        for field in ["date", "publish", "slug", "title", "contact: { phone", "contact: { email"] {
            let close = if field.contains('{') { " }" } else { "" };
            read(FILES[2], &format!("---\ntitle: x\n{field}: \"{quoted}\"{close}\n---\n"));
        }
        for field in ["days", "hours", "from", "except"] {
            read(FILES[3], &format!("---\nname: x\nshifts:\n  - {{ days: mon, {field}: \"{quoted}\" }}\n---\n"));
            read(FILES[3], &format!("---\nname: x\nshifts:\n  - {field}: {value}\n---\n"));
        }
        read(FILES[3], &format!("---\nname: x\ncoordinates: \"{quoted}\"\ntime_zone: \"{quoted}\"\n---\n"));
    }
}

proptest! {
    #![proptest_config(config(60))]

    /// A whole campaign around a file, with all that linking and rendering find.
    #[test]
    fn any_file_in_a_campaign((path, text) in edited()) {
        let mut tree: Tree = support::tree(&[
            (
                "content/campaign.yaml",
                "title: Care can't wait\nbase_url: https://union.example/\ntime_zone: America/Los_Angeles\n\
                 union: { name: United Nurses }\n",
            ),
            ("content/index.md", "---\ntitle: Care can't wait\n---\nWe strike.\n"),
            ("content/locations/fontana.md", "---\nname: Fontana\ncoordinates: 34.0726, -117.4343\n---\n"),
        ]);
        tree.insert(support::source(&path), File::new(text.as_bytes()));
        let built = support::build(&tree, at(MOMENT));
        for finding in &built.findings {
            prop_assert!(finding.code.0 < 900, "{finding:?}");
            prop_assert!(finding.place.is_some(), "{finding:?}");
            prop_assert!(text.contains(['“', '”', '\\']) || machine_words(&without_cure(finding)).is_none());
        }
    }
}

/// What random texts brought to light, in words.
#[test]
fn texts_that_once_went_wrong() {
    for (path, text) in [
        // Each correction made another one necessary, with twice as many backslashes.
        (FILES[3], "---\nname: x\nshifts:\n  - { days: 2024-10-22!x s: \"6am-10am, 2pm-6pm\" }\n---\n"),
        (FILES[3], "---\nname: x\nshifts:\n  - { days: '2024-10-22!x s: \"6am-10am', 2pm-6pm\" }\n---\n"),
        // A first line that is no `---` has other bytes than three.
        (FILES[2], "-—--\ndate: title: ---\nWords.\n"),
    ] {
        read(path, text);
        let parsed = parse::parse(&support::source(path), &File::new(text.as_bytes()));
        assert!(!parsed.findings.is_empty(), "{text}");
    }
}
