//! The files of a new campaign. Each is a file beside this one, with places for what is known of the campaign.

use jiff::civil::Date;

use super::{Plan, hosts};
use crate::base::SourcePath;
use crate::parse::{SchemaOf, schema, yaml_text};
use crate::theme::fill;

/// The address that is written where none is known.
pub(super) const NOWHERE: &str = "https://our-campaign.example/";

/// What git leaves out.
pub(super) const IGNORE: &str = ".gitignore";
pub(super) const IGNORED: &str = include_str!("editor/gitignore");

/// The languages in which a campaign can begin: those of the default theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Spanish,
    German,
}

/// What a campaign is made of in a language.
pub(super) struct Words {
    code: &'static str,
    /// What it is called where nothing is said.
    pub(super) title: &'static str,
    pub(super) union: &'static str,
    index: &'static str,
    about: (&'static str, &'static str),
    statement: (&'static str, &'static str),
    timeline: (&'static str, &'static str),
    location: (&'static str, &'static str),
}

macro_rules! words {
    ($code:literal, $title:literal, $union:literal, $about:literal, $statement:literal, $timeline:literal, $gate:literal) => {
        Words {
            code: $code,
            title: $title,
            union: $union,
            index: include_str!(concat!("content/", $code, "/index.md")),
            about: ($about, include_str!(concat!("content/", $code, "/about.md"))),
            statement: ($statement, include_str!(concat!("content/", $code, "/statement.md"))),
            timeline: ($timeline, include_str!(concat!("content/", $code, "/timeline.md"))),
            location: ($gate, include_str!(concat!("content/", $code, "/location.md"))),
        }
    };
}

const ENGLISH: Words =
    words!("en", "Our campaign", "Our union", "about", "why-we-are-here", "how-it-went", "main-gate");
const SPANISH: Words = words!(
    "es",
    "Nuestra campaña",
    "Nuestro sindicato",
    "quienes-somos",
    "por-que-estamos-aqui",
    "como-fue",
    "puerta-principal"
);
const GERMAN: Words = words!(
    "de",
    "Unsere Kampagne",
    "Unsere Gewerkschaft",
    "wer-wir-sind",
    "warum-wir-hier-sind",
    "wie-es-war",
    "haupttor"
);

impl Language {
    /// The language of a code.
    pub(super) fn parse(code: &str) -> Option<Language> {
        let all = [Language::English, Language::Spanish, Language::German];
        all.into_iter().find(|language| language.words().code == code.trim())
    }

    pub(super) fn words(self) -> &'static Words {
        match self {
            Language::English => &ENGLISH,
            Language::Spanish => &SPANISH,
            Language::German => &GERMAN,
        }
    }
}

/// All files, campaign.yaml last: as long as it is not there, there is no campaign, and `init` can be called again.
pub(super) fn files(plan: &Plan, today: Date) -> Vec<(SourcePath, String)> {
    let words = plan.language.words();
    let content =
        |folder: &str, (slug, text): (&str, &'static str)| (format!("content/{folder}{slug}.md"), text);
    let statement = (format!("{today}-{}", words.statement.0), words.statement.1);
    let files = [
        content("", ("index", words.index)),
        content("", words.about),
        content("statements/", (&statement.0, statement.1)),
        content("timelines/", words.timeline),
        content("locations/", words.location),
        (plan.readme.to_owned(), include_str!("README.md")),
        (IGNORE.to_owned(), IGNORED),
        (".vscode/tasks.json".to_owned(), include_str!("editor/tasks.json")),
        (".vscode/settings.json".to_owned(), include_str!("editor/settings.json")),
        (".vscode/extensions.json".to_owned(), include_str!("editor/extensions.json")),
    ];
    let mut made: Vec<(String, String)> =
        files.into_iter().map(|(path, text)| (path, filled(text, plan, today))).collect();
    made.extend(hosts::files(plan.host, plan.readme));
    let schemas = [("campaign", SchemaOf::Campaign), ("media", SchemaOf::Media)];
    made.extend(
        schemas.map(|(name, of)| (format!(".vscode/handbill-{name}.json"), format!("{:#}\n", schema(of)))),
    );
    made.push(("content/campaign.yaml".to_owned(), filled(include_str!("campaign.yaml"), plan, today)));
    made.into_iter().filter_map(|(path, text)| Some((SourcePath::new(&path)?, text))).collect()
}

/// A text with what is known of the campaign. What was typed is put in last, so that nothing in it is taken for a place.
fn filled(text: &str, plan: &Plan, today: Date) -> String {
    let mut text = text
        .replace("{publishing}\n", &hosts::publishing(plan.host))
        .replace("{workflow}", plan.host.workflow())
        .replace("{version}", env!("CARGO_PKG_VERSION"))
        .replace("{about}", plan.language.words().about.0)
        .replace("{gate}", plan.language.words().location.0)
        .replace("{date}", &today.to_string())
        .replace("{tomorrow}", &today.tomorrow().unwrap_or(today).to_string())
        .replace("{language}", plan.language.words().code)
        .replace("{time_zone}", &plan.time_zone)
        .replace("{base_url}", &plan.base_url);
    if plan.employer.is_some() {
        let example = "# employer:\n#   name: Mega Logistics Corporation\n";
        text = text
            .replace(example, "employer:\n  name: {employer}\n")
            .replace("#   short: Mega", "  # short: Mega");
    }
    let typed = [
        ("title", yaml_text(&plan.title)),
        ("title_text", plain(&plan.title)),
        ("union", yaml_text(&plan.union)),
        ("union_text", plain(&plan.union)),
        ("employer", plan.employer.as_deref().map(yaml_text).unwrap_or_default()),
    ];
    fill(&text, &typed.each_ref().map(|(name, text)| (*name, text.as_str())))
}

/// Words in a text of Markdown, where they mean nothing else.
fn plain(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        if "\\`*_[]<>&~|!#".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Slug;

    #[test]
    fn files_are_called_like_what_they_say() {
        for words in [ENGLISH, SPANISH, GERMAN] {
            let german = words.code == "de";
            for (slug, text) in [words.about, words.statement, words.timeline, words.location] {
                let title = text.lines().nth(1).and_then(|line| line.split_once(": ")).unwrap().1;
                let made = Slug::make(title, german).unwrap();
                assert!(slug == made.as_str() || slug == "about", "{title} is {made}");
            }
        }
    }

    #[test]
    fn what_was_typed_means_nothing_else() {
        assert_eq!(plain("A_b*c [x] & <y>"), "A\\_b\\*c \\[x\\] \\& \\<y\\>");
    }
}
