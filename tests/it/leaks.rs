//! The proof that nothing unpublished is in any output: it finds what is planted, and nothing else.

use handbill::base::{File, Tree};
use handbill::diagnostics::{Finding, stops};
use jiff::Timestamp;
use rayon::prelude::*;

use crate::campaigns::{self, some_moment, words};
use crate::support::{self, Built, Random, at, build, source, tree};

const CODE: u16 = 428;

/// The leaks that a build tells.
fn leaks(built: &Built) -> Vec<&Finding> {
    built.findings.iter().filter(|finding| finding.code.0 == CODE).collect()
}

/// What is planted in a campaign.
enum Plant {
    /// A text of the theme.
    Theme(String),
    /// A file of `static/`.
    Static(&'static str, Vec<u8>),
}

/// A campaign with a draft that has everything that could leak.
fn with_secret(random: &mut Random) -> (Tree, Vec<(&'static str, Plant)>) {
    let mut tree = campaigns::campaign(random);
    let title = format!("Zanzibar {}", words(random, 5));
    let run: Vec<String> = (0..10).map(|number| format!("x{}{number}y", random.of(&["ab", "cd"]))).collect();
    let run: String = run.iter().map(|word| word.replace(|c: char| c.is_ascii_digit(), "q") + "k ").collect();
    let run = format!("{}{}", run.trim(), words(random, 3));
    let text = format!(
        "---\ntitle: {title}\nslug: a-secret-offer-{}\ndate: 2024-10-20\ndraft: true\n\
         image: {{ file: media/line.svg, alt: Ours alone, credit: Maria }}\n---\nThey say: {run}. And more.\n",
        random.below(1000)
    );
    let slug = text.lines().find_map(|line| line.strip_prefix("slug: ")).unwrap().to_owned();
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><title>{}</title></svg>",
        random.below(9999)
    );
    tree.insert(source("content/statements/secret.md"), File::new(text.into_bytes()));
    tree.insert(source("content/media/line.svg"), File::new(svg.clone().into_bytes()));
    let plants = vec![
        ("title", Plant::Theme(format!("<p>See {} soon</p>", title.to_uppercase()))),
        ("title", Plant::Static("news.json", format!("{{\"next\": \"{title}\"}}").into_bytes())),
        ("slug", Plant::Theme(format!("<a href=\"../{slug}/\">more</a>"))),
        ("address", Plant::Static("map.txt", format!("see /statements/{slug}/ for more").into_bytes())),
        ("image", Plant::Static("copy.svg", svg.into_bytes())),
        ("run", Plant::Theme(format!("<p>He said <em>{run}</em></p>"))),
        ("run", Plant::Static("leaflet.md", run.replace(' ', "\n").into_bytes())),
        ("run", Plant::Static("page.html", format!("<p title=\"{run}\">x</p>").into_bytes())),
    ];
    (tree, plants)
}

fn plant(tree: &mut Tree, plant: &Plant) -> String {
    match plant {
        Plant::Theme(text) => {
            let footer = include_str!("../../themes/picket/templates/footer.html");
            let footer = footer.replacen("</footer>", &format!("{text}</footer>"), 1);
            tree.insert(source("themes/picket/templates/footer.html"), File::new(footer.into_bytes()));
            "it would stand in ".to_owned()
        }
        Plant::Static(path, bytes) => {
            let path = format!("static/{path}");
            tree.insert(source(&path), File::new(bytes.clone()));
            path
        }
    }
}

#[test]
fn random_campaigns_without_a_leak_have_none() {
    let hidden: usize = (1..=campaigns::seeds())
        .into_par_iter()
        .map(|seed| {
            let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            let (tree, _) = with_secret(&mut random);
            let now: Timestamp = some_moment(&mut random);
            let built = build(&tree, now);
            assert!(!stops(&built.findings), "seed {seed}: {}", built.report);
            let files = tree.below("content").filter(|(path, _)| path.extension() == "md").count();
            let shown = support::engine(&tree, now)
                .outputs()
                .filter(|path| path.as_str().ends_with("index.html"))
                .count();
            usize::from(files > 4 && shown > 4)
        })
        .sum();
    assert!(hidden > 10, "only {hidden} campaigns say much");
}

#[test]
fn in_random_campaigns_every_planted_leak_is_found() {
    (1..=campaigns::seeds()).into_par_iter().for_each(|seed| {
        let mut random = Random(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
        let (mut tree, plants) = with_secret(&mut random);
        let (what, planted) = &plants[random.below(plants.len())];
        let named = plant(&mut tree, planted);
        let built = build(&tree, some_moment(&mut random));
        let found = leaks(&built);
        let of_secret = found.iter().any(|leak| {
            leak.place.as_ref().is_some_and(|place| place.file.as_str() == "content/statements/secret.md")
        });
        assert!(of_secret, "seed {seed}: the {what} is not found in {named}: {}", built.report);
        assert!(built.report.contains(&named), "seed {seed}: {named} is not named: {}", built.report);
        assert!(built.outputs.is_empty(), "seed {seed}: published all the same");
    });
}

const CAMPAIGN: &str = "title: Care\nbase_url: https://union.example/\ntime_zone: America/Los_Angeles\n\
    union: { name: Nurses }\n";

/// Builds a campaign of an index, a published and an unpublished page, and a text in `static/`.
fn with(published: &str, draft: &str, copied: &str) -> Built {
    build(
        &tree(&[
            ("content/campaign.yaml", CAMPAIGN),
            ("content/index.md", "---\ntitle: Home\n---\nWelcome.\n"),
            ("content/public.md", published),
            ("content/hidden.md", draft),
            ("static/a.html", copied),
        ]),
        at("2024-10-22T12:00:00-07:00"),
    )
}

#[test]
fn what_a_published_document_says_itself_is_no_leak() {
    let run = "we will walk out on Monday at dawn unless they sign the whole contract";
    let draft = format!("---\ntitle: Walk out at dawn\ndraft: true\n---\nSo {run} now.\n");
    let copied = format!("<h1>Walk out at dawn</h1><p>{run}</p>");
    let silent = with("---\ntitle: Us\n---\nWords.\n", &draft, &copied);
    assert_eq!(leaks(&silent).len(), 1, "{}", silent.report);
    let says =
        format!("---\ntitle: Walk out at dawn\n---\nThen {} now.\n", run.replace("Monday", "**Monday**"));
    let open = with(&says, &draft, &copied);
    assert_eq!(leaks(&open).len(), 0, "{}", open.report);
}

#[test]
fn short_titles_count_where_they_stand_for_themselves() {
    let draft = "---\ntitle: Contract won\ndraft: true\n---\nWords.\n";
    let other = "---\ntitle: Us\n---\nWords.\n";
    assert_eq!(leaks(&with(other, draft, "<li>Contract won</li>")).len(), 1);
    assert_eq!(leaks(&with(other, draft, "<p>The contract won nothing.</p>")).len(), 0);
    let numbered = "---\ntitle: Strike day 4\ndraft: true\n---\nWords.\n";
    assert_eq!(leaks(&with(other, numbered, "<p>Strike day 4</p>")).len(), 0, "the theme counts days");
}

#[test]
fn nine_words_in_a_row_are_no_leak_and_ten_are() {
    let draft =
        "---\ntitle: Us\ndraft: true\n---\none ward after another asks for nurses and never gets any\n";
    let other = "---\ntitle: We\n---\nWords.\n";
    let nine = with(other, draft, "<p>ward after another asks for nurses and never gets</p>");
    assert_eq!(leaks(&nine).len(), 0, "{}", nine.report);
    let ten =
        with(other, draft, "<p>ward <a href=\"/\">after another asks for</a> nurses and never gets any</p>");
    assert_eq!(leaks(&ten).len(), 1, "{}", ten.report);
}

#[test]
fn files_for_hosts_hold_nothing_of_what_is_hidden_but_what_campaign_yaml_says() {
    let page = |more: &str| format!("---\ntitle: Walk out\nslug: walk-out-at-dawn\n{more}---\nWords.\n");
    let with = |campaign: &str, page: &str| {
        let campaign = format!("{CAMPAIGN}{campaign}");
        let files = [
            ("content/campaign.yaml", campaign.as_str()),
            ("content/index.md", "---\ntitle: Home\n---\nWelcome.\n"),
            ("content/hidden.md", page),
        ];
        build(&tree(&files), at("2024-10-22T12:00:00-07:00"))
    };
    let aliases = "aliases: [a-secret-address]\n";
    let hosts = |built: &Built| -> String {
        let files = [".htaccess", "_headers", "_redirects", "_s3-website.json"];
        files.map(|file| String::from_utf8(built.outputs[&support::out(file)].clone()).unwrap()).concat()
    };
    let shown = hosts(&with("", &page(aliases)));
    assert_eq!(shown.matches("a-secret-address").count(), 3, "{shown}");
    for hidden in ["draft: true\n", "publish: 2024-10-23\n", "expires: 2024-10-20\n"] {
        let built = with("", &page(&format!("{aliases}{hidden}")));
        assert!(!stops(&built.findings), "{hidden}{}", built.report);
        let all = hosts(&built);
        assert!(!all.contains("secret") && !all.contains("walk-out"), "{hidden}{all}");
    }
    let taken_back = with("gone: [walk-out-at-dawn]\n", &page("draft: true\n"));
    assert!(!stops(&taken_back.findings), "its address is no secret any more: {}", taken_back.report);
    assert!(hosts(&taken_back).contains("RedirectMatch 410 \"^/walk-out-at-dawn/?$\""));
}
