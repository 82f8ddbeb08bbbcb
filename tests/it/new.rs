//! `handbill new` and `handbill schema`: documents to begin with, and what editors know of them.

use std::fs;

use serde_json::Value;

use super::cli::{Campaign, contents};
use super::support;

/// Seven in the morning of 2024-10-22 in UTC, which is still the day before in Los Angeles.
const EARLY: [(&str, &str); 1] = [("SOURCE_DATE_EPOCH", "1729554000")];

/// A campaign in English and Spanish, without mistakes.
fn campaign() -> Campaign {
    let campaign = Campaign::new();
    campaign.put(
        "content/campaign.yaml",
        "title: Care can't wait\nbase_url: https://union.example/\ntime_zone: America/Los_Angeles\n\
         languages: [en, es]\nunion: { name: United Nurses }\n",
    );
    campaign.put("content/index.es.md", "---\ntitle: La salud no puede esperar\n---\nHacemos huelga.\n");
    campaign
}

fn text(campaign: &Campaign, path: &str) -> String {
    fs::read_to_string(campaign.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Each kind, where its file is made, and whether something has to be filled in before it is published.
const KINDS: [(&str, &str, bool); 5] = [
    ("statement", "content/statements/2024-10-21-nurses-say-enough-day-1.md", false),
    ("location", "content/locations/nurses-say-enough-day-1.md", true),
    ("event", "content/events/nurses-say-enough-day-1.md", false),
    ("timeline", "content/timelines/nurses-say-enough-day-1.md", false),
    ("page", "content/nurses-say-enough-day-1.md", false),
];

#[test]
fn a_new_document_is_a_draft_in_its_place_and_clean() {
    for (kind, path, fill_in) in KINDS {
        let campaign = campaign();
        let title = "Nurses say \"Enough\":  day #1";
        let ran = campaign.run_with(&["new", kind, title], &EARLY).exits_with(0);
        assert_eq!(
            ran.out,
            format!("Made {path}. It is a draft: delete its line “draft: true” to publish it.\n")
        );
        let made = text(&campaign, path);
        assert!(made.contains(": 'Nurses say \"Enough\": day #1'\n"), "{made}");
        assert!(!made.contains("{title}") && !made.contains("{date}"), "{made}");
        let checked = campaign.run_with(&["check", "--strict"], &EARLY).exits_with(0);
        assert!(checked.out.starts_with("Nothing is wrong: "), "{}", checked.out);
        fs::write(campaign.path(path), made.replace("draft: true # delete this line to publish\n", ""))
            .unwrap();
        let published = campaign.run_with(&["check"], &EARLY).exits_with(0);
        if fill_in {
            assert!(
                published.out.contains("HB0414") && published.out.contains("\n\n1 warning, "),
                "{}",
                published.out
            );
        } else {
            assert!(published.out.starts_with("Nothing is wrong: "), "{kind}: {}", published.out);
        }
    }
}

/// What stands in comments is right, too, once it is no comment any more.
#[test]
fn the_fields_in_comments_are_fields() {
    for (kind, path, _) in KINDS {
        let campaign = campaign();
        campaign.run_with(&["new", kind, "Nurses say enough: day 1"], &EARLY).exits_with(0);
        let made = text(&campaign, path);
        let opened: String = made
            .lines()
            .map(|line| {
                let indent = line.len() - line.trim_start().len();
                let field = line.trim_start().strip_prefix("# ").unwrap_or(line.trim_start());
                format!("{}{field}\n", &line[..indent])
            })
            .collect();
        fs::write(campaign.path(path), opened).unwrap();
        let ran = campaign.run_with(&["check", "--format", "json"], &EARLY);
        let report: Value = serde_json::from_str(&ran.out).unwrap();
        for finding in report["findings"].as_array().unwrap() {
            let code = finding["code"].as_str().unwrap();
            // It is a draft, and refers to places and pictures that are not there.
            assert!(["HB0402", "HB0406", "HB0274"].contains(&code), "{kind}: {finding:#}");
        }
    }
}

#[test]
fn nothing_is_overwritten_and_no_name_is_given_twice() {
    let campaign = campaign();
    campaign.put("content/statements/2024-10-01-day-1.md", "---\ntitle: Day 1\ndate: 2024-10-01\n---\n");
    campaign.put("content/toolkit/index.md", "---\ntitle: Toolkit\n---\n");
    let before = contents(campaign.folder.path());
    for (arguments, said) in [
        (&["new", "statement", "Day 1"][..], "there is already content/statements/2024-10-01-day-1.md"),
        (&["new", "page", "About"], "there is already content/about.md"),
        (&["new", "page", "Toolkit"], "there is already content/toolkit/index.md"),
        (&["new", "page", "CON"], "content/con.md cannot exist on Windows"),
        (&["new", "page", "es"], "content/es.md cannot be: two pages want the address /es/"),
        (&["new", "page", "!!!"], "no address can be made of “!!!”"),
        (&["new", "page", " "], "a document needs a title"),
        (&["new", "page", "Day 1", "--slug", "Day 1"], "no address can be made of “Day 1”"),
        (
            &["new", "translation", "about.md", "--language", "de"],
            "“de” is not among the campaign's languages",
        ),
        (&["new", "translation", "about.md", "--language", "en"], "“en” is the language of the originals"),
        (&["new", "translation", "index.md", "--language", "es"], "there is already content/index.es.md"),
        (
            &["new", "translation", "index.es.md", "--language", "es"],
            "content/index.es.md is a translation itself",
        ),
        (&["new", "translation", "nothing.md", "--language", "es"], "there is no document nothing.md"),
    ] {
        let ran = campaign.run_with(arguments, &EARLY).exits_with(2);
        assert!(ran.err.contains(said) && ran.err.contains("help: "), "{arguments:?}: {}", ran.err);
    }
    assert_eq!(contents(campaign.folder.path()), before);
    campaign.run_with(&["new", "statement", "Day 1", "--slug", "day-one"], &EARLY).exits_with(0);
    assert!(campaign.path("content/statements/2024-10-21-day-one.md").is_file());
}

#[test]
fn a_translation_begins_with_the_words_of_its_original() {
    let campaign = campaign();
    campaign.put(
        "content/statements/2024-10-21-day-1.md",
        "---\ntitle: \"Day 1: out\"\ndate: 2024-10-21\nkey_points:\n  - Five lines\ntags: [news]\n---\nWe are out.\n",
    );
    let original = "content/statements/2024-10-21-day-1.md";
    campaign.run(&["new", "translation", original, "--language", "es"]).exits_with(0);
    assert_eq!(
        text(&campaign, "content/statements/2024-10-21-day-1.es.md"),
        "---\n# The translation of 2024-10-21-day-1.md. Write over what stands here; all else is taken from there.\n\
         title: \"Day 1: out\"\nkey_points:\n  - Five lines\ndraft: true # delete this line to publish\n---\nWe are out.\n"
    );
    let checked = campaign.run(&["check", "--as-of", "2024-10-22", "--strict"]).exits_with(0);
    assert!(checked.out.starts_with("Nothing is wrong: "), "{}", checked.out);
}

#[test]
fn a_campaign_in_german_has_german_names() {
    let campaign = Campaign::new();
    campaign.put(
        "content/campaign.yaml",
        "title: Mehr Lohn\nbase_url: https://union.example/\ntime_zone: Europe/Berlin\nlanguages: [de]\n\
         union: { name: Gewerkschaft }\n",
    );
    campaign.run_with(&["new", "page", "Für höhere Löhne"], &EARLY).exits_with(0);
    assert!(campaign.path("content/fuer-hoehere-loehne.md").is_file());
}

fn schema(kind: &str) -> Value {
    let ran = Campaign::empty().run(&["schema", kind]).exits_with(0);
    serde_json::from_str(&ran.out).unwrap()
}

/// Why a value does not fit a schema; as much of JSON Schema as our schemas use.
fn misfit(value: &Value, schema: &Value, root: &Value, path: &str) -> Option<String> {
    let schema = schema.as_object()?;
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let target = root.pointer(name.strip_prefix('#').unwrap()).unwrap();
        return misfit(value, target, root, path);
    }
    if let Some(all) = schema.get("anyOf").and_then(Value::as_array) {
        let fits = all.iter().any(|one| misfit(value, one, root, path).is_none());
        return (!fits).then(|| format!("{path} fits none"));
    }
    if let Some(all) = schema.get("allOf").and_then(Value::as_array) {
        return all.iter().find_map(|one| misfit(value, one, root, path));
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return (!value.is_null() && !words.contains(value))
            .then(|| format!("{path} is no word of {words:?}"));
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let kinds = match schema.get("type") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    if !kinds.contains(&kind) {
        return Some(format!("{path} is {kind} and not {kinds:?}"));
    }
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(index, item)| misfit(item, schema.get("items")?, root, &format!("{path}[{index}]"))),
        Value::Object(fields) => fields.iter().find_map(|(key, value)| {
            let path = format!("{path}.{key}");
            match schema.get("properties").and_then(|known| known.get(key)) {
                Some(known) => misfit(value, known, root, &path),
                None => match schema.get("additionalProperties") {
                    Some(Value::Bool(false)) => Some(format!("{path} is not known")),
                    Some(other) => misfit(value, other, root, &path),
                    None => None,
                },
            }
        }),
        _ => None,
    }
}

/// The YAML of a file, as editors see it.
fn yaml(text: &str) -> Value {
    let front = text.strip_prefix("---\n").map(|rest| rest.split("\n---\n").next().unwrap());
    serde_yaml::from_str(front.unwrap_or(text)).unwrap()
}

#[test]
fn schemas_fit_what_people_write_and_nothing_else() {
    let mut seen = 0;
    for path in support::files(&support::root().join("content")) {
        let below = path.strip_prefix(support::root().join("content")).unwrap().to_str().unwrap().to_owned();
        let kind = match below.as_str() {
            "media/media.yaml" => "media",
            campaign if campaign.starts_with("campaign.") => "campaign",
            _ if !below.ends_with(".md") => continue,
            _ => match below.split('/').next().unwrap() {
                "statements" => "statement",
                "locations" => "location",
                "events" => "event",
                "timelines" => "timeline",
                _ => "page",
            },
        };
        let schema = schema(kind);
        let value = yaml(&fs::read_to_string(&path).unwrap());
        assert_eq!(misfit(&value, &schema, &schema, ""), None, "{below}");
        seen += 1;
    }
    assert!(seen > 20, "only {seen} files were looked at");
    for (kind, wrong) in [
        ("statement", "titel: x"),
        ("statement", "type: press"),
        ("statement", "key_points: { a: b }"),
        ("location", "shifts: mon-fri"),
        ("location", "shifts: [{ days: mon, time: 6am }]"),
        ("event", "place: { street: x }"),
        ("timeline", "events: [{ when: 2024 }]"),
        ("campaign", "phases: [{ phase: strikes }]"),
        ("media", "line.jpg: { alt: [x] }"),
    ] {
        let schema = schema(kind);
        assert!(misfit(&yaml(wrong), &schema, &schema, "").is_some(), "{kind} takes {wrong}");
    }
}

#[test]
fn every_field_of_a_schema_is_explained_here_and_in_the_readme() {
    let readme = fs::read_to_string(support::root().join("README.md")).unwrap();
    let tables = readme.split("\n## Field tables\n").nth(1).unwrap().split("\n## ").next().unwrap();
    let mut fields = 0;
    for kind in ["campaign", "statement", "location", "event", "timeline", "page"] {
        let schema = schema(kind);
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
        let groups = schema["definitions"].as_object().into_iter().flat_map(|all| all.values());
        for group in groups.chain([&schema]) {
            for (name, field) in group["properties"].as_object().unwrap() {
                let described = field["description"].as_str().is_some_and(|words| words.len() > 8);
                assert!(described, "{kind}: {name} has no description");
                let named = ["`", " ", "{ "].iter().any(|before| {
                    [",", "`", " }", ":"]
                        .iter()
                        .any(|after| tables.contains(&format!("{before}{name}{after}")))
                });
                assert!(named, "{kind}: {name} is not in the field tables");
                fields += 1;
            }
        }
    }
    assert!(fields > 150, "only {fields} fields were looked at");
}
