//! Social cards: that they say what they should and nothing else, fit, are small, and come out the same everywhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use handbill::base::{Change, File, Tree};
use handbill::diagnostics::stops;
use handbill::engine::{Engine, Settings};
use handbill::output::photo::{Darkroom, Patience};
use image::{ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

use jiff::Timestamp;

use super::support::{self, Built, Memory, Outputs, at, out, source};

const MOMENT: &str = "2024-10-22T12:00:00-07:00";

const CAMPAIGN: &str = "title: Care can't wait\nbase_url: https://union.example/\ntime_zone: America/Los_Angeles\n\
                        languages: [en, es]\nunion: { name: United Nurses of the West, short: UNW }\n\
                        employer: { name: Kaiser }\nphases: [ { phase: strike, from: 2024-10-21 } ]\n";

/// A statement with a title, and what else its front matter says.
fn statement(title: &str, more: &str) -> String {
    format!("---\ntitle: \"{title}\"\ndate: 2024-10-21\n{more}---\nWords.\n")
}

fn site(files: &[(&str, &str)]) -> Tree {
    let mut tree = support::tree(&[
        ("content/campaign.yaml", CAMPAIGN),
        ("content/index.md", "---\ntitle: Care can't wait\n---\nWords.\n"),
        ("content/index.es.md", "---\ntitle: Care can't wait\n---\nPalabras.\n"),
        ("content/statements/a.md", &statement("We walk out", "")),
        (
            "content/locations/gate.md",
            "---\nname: North Gate\naddress: 1 Mill Rd\ncity: Fontana\ncoordinates: 34.1, -117.4\n\
             shifts:\n  - { days: Mon-Fri, hours: 6am-2pm, from: 2024-10-21, to: 2024-12-20 }\n---\nWords.\n",
        ),
    ]);
    for (path, text) in files {
        tree.insert(source(path), File::new(text.as_bytes()));
    }
    tree
}

fn with_title(title: &str) -> Tree {
    site(&[("content/statements/a.md", &statement(title, ""))])
}

/// Builds files at a moment, and draws their cards.
fn build(tree: &Tree, moment: Timestamp) -> Built {
    support::finish(&support::drawing(support::engine(tree, moment)))
}

/// What the card at a path says, a line each.
fn words(tree: &Tree, path: &str) -> String {
    let engine = support::engine(tree, at(MOMENT));
    let words = engine.rendering().and_then(|rendering| rendering.words(&out(path)));
    words.unwrap_or_else(|| panic!("there is no card {path}\n{}", support::report(engine.findings(), tree)))
}

/// All cards of a site, by their paths.
fn cards(outputs: &Outputs) -> BTreeMap<&str, &[u8]> {
    let cards = outputs.iter().filter(|(path, _)| path.as_str().ends_with("card.png"));
    cards
        .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
        .filter(|(path, _)| !path.starts_with("assets/"))
        .collect()
}

fn picture(bytes: &[u8]) -> RgbaImage {
    image::load_from_memory_with_format(bytes, ImageFormat::Png).unwrap().into_rgba8()
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (width, height) = (picture.width().try_into().unwrap(), picture.height().try_into().unwrap());
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 95);
    encoder.encode(picture, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

/// A site whose statement has this photo.
fn with_photo(photo: Vec<u8>) -> Tree {
    let image = "image: { file: line.jpg, alt: The line, credit: Maria Lopez }\n";
    let mut tree = site(&[("content/statements/a.md", &statement("We walk out", image))]);
    tree.insert(source("content/media/line.jpg"), File::new(photo));
    tree
}

/// The worst that a photo can be: no pixel tells of the next.
fn noise() -> RgbImage {
    let mut seed = 7u32;
    let mut byte = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        u8::try_from(seed >> 24).unwrap()
    };
    RgbImage::from_fn(900, 1000, |_, _| Rgb([byte(), byte(), byte()]))
}

const CARD: &str = "statements/a/card.png";

#[test]
fn home_statements_and_locations_have_a_card_in_each_language() {
    let built =
        build(&site(&[("content/statements/a.es.md", "---\ntitle: Salimos\n---\nPalabras.\n")]), at(MOMENT));
    let cards = cards(&built.outputs);
    let paths: Vec<&str> = cards.keys().copied().collect();
    assert_eq!(
        paths,
        [
            "card.png",
            "es/card.png",
            "es/statements/a/card.png",
            "locations/gate/card.png",
            "statements/a/card.png"
        ],
        "{}",
        built.report
    );
    for (path, bytes) in cards {
        assert_eq!(picture(bytes).dimensions(), (1200, 630), "{path}");
        assert!(bytes.len() < 60_000, "{path} has {} bytes", bytes.len());
        let chunks = [&b"tEXt"[..], b"iTXt", b"zTXt", b"eXIf", b"tIME"];
        assert!(!chunks.iter().any(|chunk| bytes.windows(4).any(|window| window == *chunk)), "{path}");
    }
}

#[test]
fn a_card_says_who_what_and_when() {
    let tree = site(&[]);
    assert_eq!(
        words(&tree, "card.png"),
        "Care can't wait\nOn strike since October 21, 2024\nUnited Nurses of the West\nUNW\n"
    );
    assert_eq!(
        words(&tree, CARD),
        "Care can't wait\nWe walk out\nOctober 21, 2024\nUnited Nurses of the West\nUNW\n"
    );
    let gate = "Care can't wait\nNorth Gate\n1 Mill Rd, Fontana\nMon–Fri, 6 a.m.–2 p.m.\nUnited Nurses of the West\nUNW\n";
    assert_eq!(words(&tree, "locations/gate/card.png"), gate);
    let spanish = words(
        &site(&[("content/statements/a.es.md", "---\ntitle: Salimos\n---\nPalabras.\n")]),
        "es/statements/a/card.png",
    );
    assert!(spanish.contains("Salimos\n21 de octubre de 2024\n"), "{spanish}");
}

#[test]
fn what_the_employer_says_is_not_in_the_colours_of_the_union() {
    let employer = site(&[(
        "content/statements/a.md",
        &statement(
            "We are fair",
            "issuer: { name: Kaiser, side: employer }\nsource: { title: Kaiser, url: https://kaiser.example/ }\n",
        ),
    )]);
    assert!(words(&employer, CARD).starts_with("Statement of Kaiser, the employer\nWe are fair\n"));
    let corner = |tree: &Tree| {
        let built = build(tree, at(MOMENT));
        let card = built.outputs.get(&out(CARD)).unwrap_or_else(|| panic!("{}", built.report));
        picture(card).get_pixel(3, 3).0
    };
    assert_eq!(corner(&site(&[])), [0x8a, 0x1c, 0x1c, 255]);
    assert_eq!(corner(&employer), [0x4b, 0x4a, 0x48, 255]);
    // White can be read on the campaign's colour, however pale that is.
    let pale = site(&[("content/campaign.yaml", &format!("{CAMPAIGN}theme: {{ accent: \"#ffcc00\" }}\n"))]);
    assert_eq!(corner(&pale), [0x91, 0x73, 0x00, 255]);
}

#[test]
fn a_photo_stands_on_the_card_and_noise_does_not_make_it_large() {
    let built = build(&with_photo(jpeg(&noise())), at(MOMENT));
    let bytes = &built.outputs[&out(CARD)];
    assert!((150_000..300_000).contains(&bytes.len()), "{} bytes", bytes.len());
    // Red above and blue below, seen through 192 colours.
    let two =
        RgbImage::from_fn(1200, 1200, |_, y| if y < 500 { Rgb([200, 30, 30]) } else { Rgb([30, 40, 200]) });
    let built = build(&with_photo(jpeg(&two)), at(MOMENT));
    let card = picture(&built.outputs[&out(CARD)]);
    let near = |at: (u32, u32), wanted: [u8; 3]| {
        let Rgba(found) = *card.get_pixel(at.0, at.1);
        let far = found.iter().zip(wanted).any(|(found, wanted)| found.abs_diff(wanted) > 24);
        assert!(!far, "{at:?}: {found:?}");
    };
    near((1000, 40), [200, 30, 30]);
    near((1000, 500), [30, 40, 200]);
    near((300, 10), [0x8a, 0x1c, 0x1c]);
    near((1000, 540), [255, 255, 255]);
}

#[test]
fn a_photo_that_is_damaged_is_told_and_stops_the_build() {
    let whole = jpeg(&noise());
    let built = build(&with_photo(whole[..whole.len() / 2].to_vec()), at(MOMENT));
    assert!(stops(&built.findings) && built.report.contains("content/media/line.jpg"), "{}", built.report);
    assert!(!built.report.contains("Handbill itself failed"), "{}", built.report);
}

#[test]
fn pages_name_their_card() {
    let built = build(&site(&[("content/about.md", "---\ntitle: About\n---\nWords.\n")]), at(MOMENT));
    let image = |path: &str| {
        let html = built.text(path);
        assert!(html.contains("<meta property=\"og:image:width\" content=\"1200\">"), "{path}");
        assert!(html.contains("<meta name=\"twitter:card\" content=\"summary_large_image\">"), "{path}");
        let (_, rest) =
            html.split_once("<meta property=\"og:image\" content=\"https://union.example/").unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    };
    assert_eq!(image("statements/a/index.html"), CARD);
    assert_eq!(image("locations/gate/index.html"), "locations/gate/card.png");
    for path in ["index.html", "about/index.html", "statements/index.html", "404.html"] {
        assert_eq!(image(path), "card.png", "{path}");
    }
    assert_eq!(image("es/statements/index.html"), "es/card.png");
    let alt = "<meta property=\"og:image:alt\" content=\"We walk out – Care can&#39;t wait\">";
    assert!(built.text("statements/a/index.html").contains(alt), "{}", built.text("statements/a/index.html"));
    assert!(
        built
            .text("statements/a/index.html")
            .contains("\"image\":\"https://union.example/statements/a/card.png\"")
    );
}

#[test]
fn cards_can_be_left_out_or_replaced() {
    let without = site(&[("content/campaign.yaml", &format!("{CAMPAIGN}leave_out: cards\n"))]);
    let built = build(&without, at(MOMENT));
    assert_eq!(cards(&built.outputs).len(), 0, "{}", built.report);
    assert!(built.text("statements/a/index.html").contains("content=\"https://union.example/assets/card."));
    assert!(built.outputs.contains_key(&out("statements/a/index.txt")), "only the cards were left out");
    let mut own = site(&[]);
    own.insert(source("static/statements/a/card.png"), File::new(*b"ours"));
    own.insert(source("static/card.png"), File::new(*b"ours, too"));
    let built = build(&own, at(MOMENT));
    assert!(!stops(&built.findings), "{}", built.report);
    assert_eq!(
        (&built.outputs[&out(CARD)][..], &built.outputs[&out("card.png")][..]),
        (&b"ours"[..], &b"ours, too"[..])
    );
    assert!(
        built
            .text("es/statements/index.html")
            .contains("<meta property=\"og:image\" content=\"https://union.example/card.png\">")
    );
}

#[test]
fn a_title_that_no_font_has_leaves_the_plain_card() {
    let tree = with_title("看護師四千人がストライキ");
    assert_eq!(words(&tree, CARD), "Care can't wait\nOctober 21, 2024\nUnited Nurses of the West\nUNW\n");
    let built = build(&tree, at(MOMENT));
    assert!(
        !stops(&built.findings) && built.report.contains("no font has the letter “看” of this title"),
        "{}",
        built.report
    );
    assert!(built.report.contains("name it in content/campaign.yaml: “card_font:"), "{}", built.report);
    // One is told of each language, for one font cures them all.
    let two = site(&[
        ("content/statements/a.md", &statement("看", "")),
        ("content/statements/b.md", &statement("護", "")),
    ]);
    assert_eq!(build(&two, at(MOMENT)).report.matches("no font has").count(), 1);
    // What nobody misses is left out.
    assert!(words(&with_title("We won ✊🏽!"), CARD).contains("\nWe won !\n"));
    assert_eq!(build(&with_title("We won ✊🏽!"), at(MOMENT)).report, "nothing\n");
    let nothing = site(&[
        (
            "content/campaign.yaml",
            &CAMPAIGN
                .replace("Care can't wait", "看護")
                .replace("United Nurses of the West, short: UNW", "看護"),
        ),
        ("content/statements/a.md", &statement("看護", "")),
    ]);
    assert_eq!(words(&nothing, CARD), "October 21, 2024\n");
}

#[test]
fn a_font_of_the_campaign_is_used_and_not_published() {
    let font = include_bytes!("../fonts/arabic.ttf");
    let title = "أربعة آلاف ممرضة في إضراب";
    let mut tree = with_title(title);
    let plain = build(&tree, at(MOMENT));
    assert!(plain.report.contains("no font has the letter"));
    tree.insert(source("content/fonts/arabic.ttf"), File::new(*font));
    tree.insert(
        source("content/campaign.yaml"),
        File::new(format!("{CAMPAIGN}card_font: arabic.ttf\n").into_bytes()),
    );
    let built = build(&tree, at(MOMENT));
    assert_eq!(built.report, "nothing\n");
    assert!(words(&tree, CARD).contains(title));
    assert_ne!(built.outputs[&out(CARD)], plain.outputs[&out(CARD)]);
    assert!(!built.outputs.values().any(|bytes| bytes.windows(64).any(|window| window == &font[..64])));
    // A translation names its own; other languages keep ours.
    tree.insert(source("content/campaign.yaml"), File::new(CAMPAIGN.as_bytes()));
    tree.insert(
        source("content/campaign.es.yaml"),
        File::new(*b"title: La salud no espera\ncard_font: fonts/arabic.ttf\n"),
    );
    assert!(build(&tree, at(MOMENT)).report.contains("no font has the letter"));
    assert!(!words(&tree, CARD).contains(title));
}

#[test]
fn threads_cache_and_order_make_no_difference() {
    let mut tree = with_photo(jpeg(&noise()));
    tree.insert(source("content/statements/b.md"), File::new(statement("看護師", "").into_bytes()));
    let made = |threads: usize, darkroom: Darkroom| {
        let engine = support::engine(&tree, at(MOMENT)).with_darkroom(Arc::new(darkroom));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let outputs = pool.install(|| support::finish(&engine).outputs);
        outputs.into_iter().filter(|(path, _)| path.as_str().ends_with("card.png")).collect::<Outputs>()
    };
    let expected = made(1, Darkroom::default());
    assert_eq!(cards(&expected).len(), 5);
    assert!(made(8, Darkroom::default()) == expected, "on 8 threads");
    let shelf: Arc<Memory> = Arc::default();
    let kept = || Darkroom::new(Some(Arc::<Memory>::clone(&shelf)), Patience::Waits);
    assert!(made(8, kept()) == expected, "with an empty cache");
    assert!(shelf.counts().1 > 5, "cards and photos are put away");
    assert!(made(2, kept()) == expected, "with a full cache");
    assert_eq!(shelf.counts().1, 0, "what lies there is not made again");
}

/// So that a change of a crate that draws is seen, on whatever machine.
#[test]
fn the_same_card_has_the_same_bytes_everywhere() {
    let built = build(&site(&[]), at(MOMENT));
    let plain = handbill::base::asset_digest(&built.outputs[&out(CARD)]);
    let photo = RgbImage::from_fn(900, 700, |x, y| Rgb([(x / 4) as u8, (y / 3) as u8, ((x + y) / 7) as u8]));
    let built = build(&with_photo(jpeg(&photo)), at(MOMENT));
    let with_photo = handbill::base::asset_digest(&built.outputs[&out(CARD)]);
    assert_eq!((plain.as_str(), with_photo.as_str()), ("750a8ba2e6", "b5b015670e"));
}

#[test]
fn a_preview_makes_a_card_only_when_it_is_asked_for() {
    let (tree, shelf) = (site(&[]), Arc::<Memory>::default());
    let darkroom = Darkroom::new(Some(Arc::<Memory>::clone(&shelf)), Patience::Hurries);
    let engine = support::engine(&tree, at(MOMENT)).with_darkroom(Arc::new(darkroom));
    let pages: Vec<_> = engine.outputs().filter(|path| path.as_str().ends_with(".html")).collect();
    support::render(&engine, &pages);
    assert_eq!(engine.examine().len(), 0);
    assert_eq!(shelf.counts().1, 0, "a page, or a look at all, drew a card");
    let exposure = engine.exposure(&out(CARD)).unwrap();
    assert!(exposure.can_wait());
    let made = exposure.make().value.unwrap();
    assert_eq!(*made, build(&tree, at(MOMENT)).outputs[&out(CARD)][..]);
    assert_eq!(shelf.counts().1, 1);
}

/// A card that was asked for in a preview is known to be another after an edit of what it shows, and only then.
#[test]
fn a_card_that_was_asked_for_is_stale_after_an_edit() {
    let mut engine = support::engine(&site(&[]), at(MOMENT));
    let outputs: Vec<_> = engine.outputs().cloned().collect();
    outputs.iter().for_each(|path| drop(engine.exposure(path)));
    engine.apply(&[]);
    let mut stale = |path: &str, text: &str| {
        let change = Change { path: source(path), now: Some(File::new(text.as_bytes())) };
        let update = engine.apply(&[change]);
        let cards = update.stale.iter().filter(|(path, _)| path.as_str().ends_with("card.png"));
        cards.map(|(path, _)| path.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(
        stale(
            "content/statements/a.md",
            &statement("We walk out", "").replace("Words.", "Words.\n\nMore words.")
        ),
        [""; 0]
    );
    assert_eq!(stale("content/statements/a.md", &statement("We stay out", "")), [CARD]);
    let all = stale("content/campaign.yaml", &CAMPAIGN.replace("short: UNW", "short: UN"));
    assert_eq!(all, ["card.png", "es/card.png", "locations/gate/card.png", CARD]);
}

#[test]
fn nothing_unpublished_is_on_a_card() {
    let secret = statement(
        "Tentative agreement reached",
        "publish: 2024-12-01\nimage: { file: deal.jpg, alt: a, credit: b }\n",
    );
    let mut tree = site(&[("content/statements/deal.md", &secret)]);
    tree.insert(source("content/media/deal.jpg"), File::new(jpeg(&noise())));
    let without = build(&site(&[]), at(MOMENT));
    let with = build(&tree, at(MOMENT));
    assert_eq!(cards(&with.outputs), cards(&without.outputs), "{}", with.report);
    // In a preview it has one, so that it can be seen before.
    let settings = Settings { moment: at(MOMENT), base: None, drafts: true };
    let preview = support::drawing(Engine::new(tree.clone(), settings));
    assert!(preview.has(&out("statements/deal/card.png")));
    // And where a theme's word gives it away that no page shows, the words of cards are read as pages are.
    let text = "It is tentative agreement reached with our employer at the table today.";
    let embargoed = format!("---\ntitle: Deal\ndate: 2024-10-21\npublish: 2024-12-01\n---\n{text}\n");
    let mut told = site(&[("content/statements/deal.md", &embargoed)]);
    let theme = support::root().join("tests/theme");
    for path in support::files(&theme) {
        let below = path.strip_prefix(&theme).unwrap().to_str().unwrap();
        let bytes = std::fs::read(&path).unwrap();
        told.insert(source(&format!("themes/plain/{below}")), File::new(bytes));
    }
    told.insert(source("content/campaign.yaml"), File::new(format!("{CAMPAIGN}theme: plain\n").into_bytes()));
    assert_eq!(build(&told, at(MOMENT)).report, "nothing\n");
    let words = format!("words:\n  since: \"since {{date}}. {text}\"\n");
    told.insert(source("themes/plain/languages/en.yaml"), File::new(words.into_bytes()));
    let report = build(&told, at(MOMENT)).report;
    assert!(report.contains("it would stand in card.png"), "{report}");
}
