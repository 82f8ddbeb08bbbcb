//! Forty slips and more, as people make them in a fresh campaign: each gives exactly one finding, at the right line and
//! column, and its cure makes the next run clean. All of them at once are all told, and nothing else.

use std::collections::BTreeSet;

use handbill::base::{File, Tree, position};
use handbill::diagnostics::fix::corrections;
use handbill::diagnostics::{At, Finding};

use super::support::{self, Built, at, build};

const MOMENT: &str = "2024-10-22T12:00:00-07:00";

/// How a slip is put right.
enum Cure {
    /// As `handbill check --fix` does it.
    Fix,
    /// By hand: what is typed, and what is to be typed in its place.
    Hand(&'static str, &'static str),
}
use Cure::{Fix, Hand};

/// A file with a slip, what is told of it and where, and its cure.
struct Slip {
    path: &'static str,
    text: &'static str,
    code: u16,
    line: usize,
    column: usize,
    cure: Cure,
}

const fn slip(
    path: &'static str,
    text: &'static str,
    (code, line, column): (u16, usize, usize),
    cure: Cure,
) -> Slip {
    Slip { path, text, code, line, column, cure }
}

/// A campaign without mistakes, to which all slips are added.
fn fresh() -> Tree {
    support::tree(&[
        (
            "content/campaign.yaml",
            "title: Care can't wait\nbase_url: https://union.example/\ntime_zone: America/Los_Angeles\n\
             union: { name: United Nurses }\n",
        ),
        ("content/index.md", "---\ntitle: Care can't wait\n---\nWe strike for our patients.\n"),
        (
            "content/locations/fontana.md",
            "---\nname: Fontana\naddress: 9961 Sierra Ave.\ncity: Fontana\ncoordinates: 34.0726, -117.4343\n\
             shifts:\n  - { days: 2024-10-21 to 2024-10-25, hours: 6am-2pm }\n---\nAt the main gate.\n",
        ),
        (
            "content/timelines/strike.md",
            "---\ntitle: The strike\nevents:\n  - { date: 2024-10-21, title: Day 1 }\n---\n",
        ),
        (
            "content/media/line.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>\n",
        ),
    ])
}

const S: &str = "content/statements/";

#[rustfmt::skip]
const SLIPS: &[Slip] = &[
    // YAML
    slip("content/statements/s01.md", "---\ntitle: Day 2: Bakersfield joins\ndate: 2024-10-22\n---\nWords.\n", (224, 2, 8), Fix),
    slip("content/statements/s02.md", "---\ntitle: Vote #2 passes\ndate: 2024-10-22\n---\nWords.\n", (227, 2, 13), Fix),
    slip("content/statements/s03.md", "---\ntitle: @nurses speak\ndate: 2024-10-22\n---\nWords.\n", (225, 2, 8), Fix),
    slip("content/statements/s04.md", "---\ntitle: *Every* nurse is out\ndate: 2024-10-22\n---\nWords.\n", (205, 2, 8), Fix),
    slip("content/statements/s05.md", "---\ntitle: 5% at last\nsummary: %5 is not enough\ndate: 2024-10-22\n---\nWords.\n", (225, 3, 10), Fix),
    slip("content/statements/s06.md", "---\ntitle: !Huelga hoy\ndate: 2024-10-22\n---\nWords.\n", (226, 2, 8), Fix),
    slip("content/statements/s07.md", "---\ntitle: > 90 % voted yes\ndate: 2024-10-22\n---\nWords.\n", (225, 2, 8), Fix),
    slip("content/statements/s08.md", "---\ntitle: \"Enough\" say nurses\ndate: 2024-10-22\n---\nWords.\n", (230, 2, 8), Fix),
    slip("content/statements/s09.md", "---\ntitle: 'Tis the season\ndate: 2024-10-22\n---\nWords.\n", (229, 2, 8), Fix),
    slip("content/locations/s10.md", "---\nname: Señal\ncity: Fontana\ncoordinates: 34.0726, -117.4343\nshifts:\n\t- { days: 2024-10-22, hours: 6am-2pm }\n---\n", (228, 6, 1), Fix),
    slip("content/statements/s11.md", "---\ntitle: Day 2\ndate: “2024-10-22”\n---\nWords.\n", (239, 3, 7), Fix),
    slip("content/statements/s12.md", "---\ntitle: “Day 2”\ndate: 2024-10-22\n---\nWords.\n", (240, 2, 8), Hand("“Day 2”", "Day 2")),
    slip("content/statements/s13.md", "---\ntitle:\u{a0}Day 2\ndate: 2024-10-22\n---\nWords.\n", (241, 2, 7), Fix),
    slip("content/statements/s14.md", "---\ntitle：Day 2\ndate: 2024-10-22\n---\nWords.\n", (242, 2, 6), Fix),
    slip("content/statements/s15.md", "---\ntitle: Day 2\ndate: 2024-10-22\n\nThe strike goes on.\n", (202, 1, 1), Fix),
    slip("content/statements/s16.md", "---\n---\ntitle: Day 2\ndate: 2024-10-22\n---\nWords.\n", (250, 2, 1), Fix),
    slip("content/statements/s17.md", "---\ntitle: Day 2\ndate:2024-10-22\n---\nWords.\n", (234, 3, 1), Fix),
    slip("content/statements/s18.md", "---\ntitle: Day 2\ndate: 2024-10-22\nkey_points:\n  -The lines go up\n  -Bring water\n---\nWords.\n", (235, 5, 3), Fix),
    slip("content/statements/s19.md", "---\ntitle: Day 2\n  date: 2024-10-22\n---\nWords.\n", (238, 3, 3), Fix),
    slip("content/statements/s20.md", "---\ntitle: Day 2\ndate: 2024-10-22\nsummary: One\nsummary: Two\n---\nWords.\n", (208, 5, 1), Hand("summary: Two\n", "")),
    slip("content/statements/s21.md", "---\ntitle: Day 2\ndate: 2024-10-22\nsumary: Words\n---\nWords.\n", (207, 4, 1), Hand("sumary", "summary")),
    slip("content/statements/s22.md", "---\ntitle: Day 2\nDate: 2024-10-22\n---\nWords.\n", (243, 3, 1), Fix),
    slip("content/statements/s23.md", "---\ntitle: Day 2\ndate: 2024-10-22\ncoordinates: 34.0726, -117.4343\n---\nWords.\n", (244, 4, 1), Hand("coordinates: 34.0726, -117.4343\n", "")),
    slip("content/statements/s24.md", "---\ntitle: Day 2\ndate: 2024-10-22\ndraft: no\n---\nWords.\n", (245, 4, 8), Fix),
    slip("content/statements/s53.md", "---\ntitle: Day 2\n<<<<<<< HEAD\ndate: 2024-10-22\n=======\ndate: 2024-10-23\n>>>>>>> main\n---\nWords.\n", (287, 3, 1), Hand("<<<<<<< HEAD\ndate: 2024-10-22\n=======\ndate: 2024-10-23\n>>>>>>> main\n", "date: 2024-10-22\n")),
    slip("content/statements/s54.md", "---\ntitle: Day 2\ndate: 2024-10-22\nkey_points:\n  • The lines go up\n  • Bring water\n---\nWords.\n", (288, 5, 3), Fix),
    slip("content/statements/s55.md", "---\n- title: Day 2\n- date: 2024-10-22\n---\nWords.\n", (289, 2, 1), Fix),
    slip("content/statements/s56.md", "+++\ntitle = \"Day 2\"\n+++\nWords.\n", (290, 1, 1), Hand("+++\ntitle = \"Day 2\"\n+++", "---\ntitle: Day 2\ndate: 2024-10-22\n---")),
    slip("content/locations/s57.md", "---\nname: Gate 57\ncity: Fontana\ncoordinates: 34.0726, -117.4343\nshifts:\n  - days: 2024-10-22, hours: 6am-2pm\n---\n", (291, 6, 5), Fix),
    slip("content/timelines/s58.md", "---\ntitle: Days\nevents:\n  - 2024-10-21: The lines go up\n---\n", (292, 4, 5), Fix),
    slip("content/statements/s59.md", "title: Day 2\ndate: 2024-10-22\n\nThe strike goes on.\n", (249, 1, 1), Fix),
    slip("content/statements/s60.md", "---\ntitle: Day 2\ndate: 2024-10-22\nsummary: |\nThe lines are up.\n---\nWords.\n", (238, 5, 1), Fix),
    slip("content/statements/s61.md", "---\n“title”: Day 2\ndate: 2024-10-22\n---\nWords.\n", (243, 2, 1), Fix),
    slip("content/statements/s62.md", "---\ntitle: We are Local # 12\ndate: 2024-10-22\n---\nWords.\n", (227, 2, 21), Fix),
    // Dates, hours, places
    slip("content/events/s63.md", "---\ntitle: Fair\ndate: 2024-10-26 to 2024-10-27\n---\n", (293, 3, 7), Fix),
    slip("content/locations/s64.md", "---\nname: Gate 64\ncity: Fontana\ncoordinates: { lat: 34.0726, lng: -117.4343 }\n---\n", (214, 4, 14), Hand("{ lat: 34.0726, lng: -117.4343 }", "34.0726, -117.4343")),
    slip("content/statements/s25.md", "---\ntitle: Day 2\ndate: 24 November 2024\n---\nWords.\n", (251, 3, 7), Fix),
    slip("content/statements/s26.md", "---\ntitle: Day 2\ndate: 2024-02-30\n---\nWords.\n", (255, 3, 7), Hand("2024-02-30", "2024-02-29")),
    slip("content/locations/s27.md", "---\nname: Gate 27\ncity: Fontana\ncoordinates: 34.0726, -117.4343\nshifts:\n  - { days: 2024-10-22, hours: 14-6 }\n---\n", (263, 6, 32), Hand("14-6", "6am-2pm")),
    slip("content/locations/s28.md", "---\nname: Gate 28\ncity: Fontana\ncoordinates: 34.0726, -117.4343\nshifts:\n  - { days: 2024-10-22, hours: 25:00 }\n---\n", (261, 6, 32), Hand("25:00", "5am-9am")),
    slip("content/locations/s29.md", "---\nname: Gate 29\ncity: Fontana\ncoordinates: 34.0726, -117.4343\nshifts:\n  - { days: 2025-03-09, hours: 2:30am-6am }\n---\n", (418, 6, 32), Hand("2:30am", "3:30am")),
    slip("content/locations/s30.md", "---\nname: Gate 30\ncity: Fontana\ncoordinates: -117.4343, 34.0726\n---\n", (284, 4, 14), Fix),
    slip("content/locations/s31.md", "---\nname: Gate 31\ncity: Fontana\ncoordinates: 34.0726, 117.4343\n---\n", (423, 4, 14), Hand("117", "-117")),
    slip("content/locations/s32.md", "---\nname: Gate 32\ncity: Fontana\ncoordinates: 34.0726, -117.4343\ntime_zone: Los Angeles\n---\n", (215, 5, 12), Hand("Los Angeles", "America/Los_Angeles")),
    slip("content/locations/s33.md", "---\nname: Gate 33\naddress: 1 Main St.\ncoordinates: 34.0726, -117.4343\n---\n", (422, 3, 10), Hand("St.\n", "St.\ncity: Fontana\n")),
    slip("content/locations/s34.md", "---\nname: Gate 34\ncity: Fontana\ncoordinates: 34.0726, -117.4343\nshifts:\n  - { days: 2024-10-22, hours: 6am-2pm }\n  - { days: 2024-10-22, hours: 1pm-5pm }\n---\n", (426, 7, 5), Hand("1pm-5pm", "2pm-5pm")),
    slip("content/statements/s35.md", "---\ntitle: Day 2\ndate: 2024-10-22\npublish: 2023-10-22 06:00\n---\nWords.\n", (424, 4, 10), Hand("publish: 2023", "publish: 2024")),
    slip("content/statements/s36.md", "---\ntitle: Day 40\ndate: 2024-11-29\nlocations: [fontana]\n---\nWords.\n", (425, 4, 13), Hand("locations: [fontana]\n", "")),
    // What documents say of each other
    slip("content/statements/s37.md", "---\ntitle: Day 2\ndate: 2024-10-22\nlocations: [fontanna]\n---\nWords.\n", (402, 4, 13), Hand("fontanna", "fontana")),
    slip("content/s38.md", "---\ntitle: Page 38\n---\nSee [the line](/locations/fontanna/).\n", (404, 4, 5), Hand("fontanna", "fontana")),
    slip("content/s39.md", "---\ntitle: Page 39\n---\n## Our demands\n\nSee [them](#our-demnds).\n", (405, 6, 5), Hand("demnds", "demands")),
    slip("content/s40.md", "---\ntitle: Page 40\n---\n![The line](media/lime.svg \"Maria Lopez\")\n", (406, 4, 1), Hand("lime", "line")),
    // Texts
    slip("content/s41.md", "---\ntitle: Page 41\n---\n![](media/line.svg \"Maria Lopez\")\n", (222, 4, 1), Hand("![]", "![The line at dawn]")),
    slip("content/s42.md", "---\ntitle: Page 42\n---\n![The line](media/line.svg)\n", (283, 4, 1), Hand("line.svg)", "line.svg \"Maria Lopez\")")),
    slip("content/s43.md", "---\ntitle: Page 43\npublish: 2024-10-01\n---\n## One\n\n#### Two\n\nWords.\n", (303, 7, 1), Hand("####", "###")),
    slip("content/s44.md", "---\ntitle: Page 44\n---\nFor our plan, [click here](https://union.example/plan).\n", (319, 4, 15), Hand("For our plan, [click here]", "Read [our plan]")),
    slip("content/s45.md", "---\ntitle: Page 45\n---\nSee [](https://union.example/plan).\n", (306, 4, 5), Hand("[]", "[our plan]")),
    slip("content/s46.md", "---\ntitle: Page 46\n---\nWe are <b>nurses</b>.\n", (301, 4, 8), Hand("<b>nurses</b>", "**nurses**")),
    slip("content/s47.md", "---\ntitle: Page 47\n---\nSee [our plan](javascript:alert).\n", (217, 4, 5), Hand("javascript:alert", "https://union.example/plan")),
    slip("content/s48.md", "---\ntitle: Page 48\n---\n護士 say: TODO: add the quote.\n", (318, 4, 9), Hand("TODO: add the quote", "“Enough”")),
    slip("content/s49.md", "---\ntitle: Page 49\n---\nSee [our plan] (https://union.example/plan).\n", (322, 4, 5), Fix),
    slip("content/s50.md", "---\ntitle: Page 50\n---\n##Our demands\n\nWords.\n", (320, 4, 1), Fix),
    slip("content/statements/s51.md", "---\ntitle: Day 2\ndate: 2024-10-22\ncontact: { name: Ana, phone: 55 }\n---\nWords.\n", (280, 4, 30), Hand("55", "555-0100")),
    slip("content/statements/s52.md", "---\ntitle: Day 2\ndate: 2024-10-22\ncontact: { name: Ana, email: ana@union }\n---\nWords.\n", (281, 4, 30), Hand("ana@union", "ana@union.example")),
    slip("content/s65.md", "---\ntitle: Page 65\n---\nWe **strike today.\n", (325, 4, 4), Hand("**strike", "**strike**")),
    slip("content/s66.md", "---\ntitle: Page 66\n---\nSee {{ video }} today.\n", (324, 4, 5), Hand("{{ video }}", "it")),
    slip("content/s67.md", "---\ntitle: Page 67\n---\nSee [our plan](union.example/plan).\n", (404, 4, 5), Hand("(union", "(https://union")),
    slip("content/s69.md", "---\ntitle: Page 69\n---\n| Day | Hours |\n| Monday | 6am-2pm |\n", (326, 4, 1), Fix),
    slip("content/s70.md", "---\ntitle: Page 70\n---\nWrite:\n\n```\nWe strike.\n", (327, 6, 1), Hand("We strike.\n", "We strike.\n```\n")),
    slip("content/s71.md", "---\ntitle: Page 71\n---\nSee [our plan](http://localhost:4000/plan/).\n", (328, 4, 5), Hand("http://localhost:4000/plan/", "https://union.example/plan/")),
    slip("content/s72.md", "---\ntitle: Page 72\n---\nWe strike.\n\n\tWe walk.\n", (329, 6, 2), Hand("\tWe", "We")),
    slip("content/s73.md", "---\ntitle: Page 73\n---\nCall [us](555-0100).\n", (404, 4, 6), Hand("(555", "(tel:555")),
    slip("content/s74.md", "---\r\ntitle: Page 74\r\n---\r\n| Day | Hours |\r\n| Monday | 6am-2pm |\r\n", (326, 4, 1), Fix),
    slip("content/locations/s75.md", "---\r\nname: Gate 75\r\ncity: Fontana\r\ncoordinates: 34.0726, -117.4343\r\nshifts:\r\n  - days: 2024-10-22, hours: 6am-2pm\r\n---\r\n", (291, 6, 5), Fix),
    slip("content/timelines/s76.md", "---\r\ntitle: More days\r\nevents:\r\n  - 2024-10-21: The lines go up\r\n---\r\n", (292, 4, 5), Fix),
    slip("content/statements/s77.md", "title: Day 2\r\ndate: 2024-10-22\r\n\r\nThe strike goes on.\r\n", (249, 1, 1), Fix),
    // The theme
    slip("themes/picket/templates/event.html", "{% extends \"base.html\" %}\n{% block main %}{{ page.title + 1 }}{% endblock main %}\n", (504, 2, 20), Hand(" + 1", "")),
];

/// What is added to the fresh campaign, so that the slip of a template is met.
const EVENT: (&str, &str) = ("content/events/rally.md", "---\ntitle: Rally\ndate: 2024-10-24\n---\n");

fn with<'s>(slips: impl IntoIterator<Item = &'s Slip>) -> Tree {
    let mut tree = fresh();
    tree.insert(support::source(EVENT.0), File::new(EVENT.1.as_bytes()));
    for slip in slips {
        tree.insert(support::source(slip.path), File::new(slip.text.as_bytes()));
    }
    tree
}

/// A finding's code, file, line and column.
fn told(finding: &Finding, tree: &Tree) -> (u16, String, usize, usize) {
    let place = finding.place.as_ref().unwrap();
    let At::Span(span) = &place.at else { return (finding.code.0, place.file.to_string(), 0, 0) };
    let spot = position(tree.text(&place.file).unwrap(), span.start);
    (finding.code.0, place.file.to_string(), spot.line, spot.column)
}

fn expected(slip: &Slip) -> (u16, String, usize, usize) {
    (slip.code, slip.path.to_owned(), slip.line, slip.column)
}

fn all_told(built: &Built, tree: &Tree) -> BTreeSet<(u16, String, usize, usize)> {
    built.findings.iter().map(|finding| told(finding, tree)).collect()
}

/// The slip's file as it is when its cure was applied.
fn cured(slip: &Slip, findings: &[Finding], tree: &Tree) -> String {
    match slip.cure {
        Fix => {
            let mut all = corrections(findings, tree);
            assert_eq!(all.len(), 1, "{} is not corrected", slip.path);
            let correction = all.remove(0);
            assert_eq!(correction.file.as_str(), slip.path);
            let (ends, pairs) =
                (correction.after.matches('\n').count(), correction.after.matches("\r\n").count());
            assert!(ends == pairs || !slip.text.contains('\r'), "{} has lines of two kinds", slip.path);
            correction.after
        }
        Hand(typed, right) => {
            assert!(findings.iter().all(|finding| finding.fix.is_empty()), "{} is corrected", slip.path);
            assert!(slip.text.contains(typed), "{} has no {typed}", slip.path);
            slip.text.replacen(typed, right, 1)
        }
    }
}

#[test]
fn the_fresh_campaign_is_clean() {
    let built = build(&with([]), at(MOMENT));
    assert!(built.findings.is_empty(), "{}", built.report);
}

#[test]
fn each_slip_is_told_once_in_its_place_and_its_cure_cures_it() {
    assert!(SLIPS.len() >= 40, "there are only {} slips", SLIPS.len());
    let paths: BTreeSet<&str> = SLIPS.iter().map(|slip| slip.path).collect();
    assert_eq!(paths.len(), SLIPS.len(), "each slip has a file of its own");
    assert!(SLIPS.iter().filter(|slip| slip.path.starts_with(S)).count() > 20);
    let mut wrong = Vec::new();
    for slip in SLIPS {
        let mut tree = with([slip]);
        let built = build(&tree, at(MOMENT));
        if built.findings.len() != 1 || told(&built.findings[0], &tree) != expected(slip) {
            wrong.push(format!("{} should be {:?}:\n{}", slip.path, expected(slip), built.report));
            continue;
        }
        let text = cured(slip, &built.findings, &tree);
        tree.insert(support::source(slip.path), File::new(text.clone().into_bytes()));
        let again = build(&tree, at(MOMENT));
        if !again.findings.is_empty() {
            wrong.push(format!("{} is not cured by\n{text}\n{}", slip.path, again.report));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn all_slips_at_once_are_told_and_nothing_else() {
    let tree = with(SLIPS);
    let built = build(&tree, at(MOMENT));
    let expected: BTreeSet<_> = SLIPS.iter().map(expected).collect();
    let told = all_told(&built, &tree);
    let missing: Vec<_> = expected.difference(&told).collect();
    let noise: Vec<_> = told.difference(&expected).collect();
    assert!(
        missing.is_empty() && noise.is_empty(),
        "missing: {missing:#?}\nnoise: {noise:#?}\n{}",
        built.report
    );
    assert_eq!(built.findings.len(), SLIPS.len());
}
