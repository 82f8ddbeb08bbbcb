//! Every folder of `tests/sites/` is a case: a campaign, how it is built (`case.yaml`), and in `expected/` the whole
//! site that comes of it. `BLESS=1 cargo test golden` rewrites that; read it as the members and journalists will.
//!
//! `expected/` can be read: JSON stands in lines, and names of the default theme's own files have `*` for their digest.
//! What is no text, and what is the theme's, stands by its name in `expected/.files`; what is told in
//! `expected/.findings`. The tests' own theme, `plain`, lies in `tests/theme/`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use handbill::base::url::BaseUrl;
use handbill::base::{File, OutPath, Tree, asset_digest, integrity};
use handbill::engine::{Engine, Settings};
use serde::Deserialize;
use similar::TextDiff;

use super::support::{self, Built, at, bless};
use super::{hostile, links};

/// How a case is built.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The moment, with its offset.
    as_of: String,
    /// What `--base-url` says.
    base_url: Option<String>,
    /// Whether drafts are shown.
    #[serde(default)]
    drafts: bool,
    /// The case whose campaign is built, where that is not this case's own.
    site: Option<String>,
    /// Words that no output may hold.
    #[serde(default)]
    absent: Vec<String>,
}

/// A folder by the paths of its files.
type Folder = BTreeMap<String, String>;

fn sites() -> PathBuf {
    support::root().join("tests/sites")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn case(name: &str) -> Case {
    let path = sites().join(name).join("case.yaml");
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("tests/sites/{name}/case.yaml: {error}"));
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("tests/sites/{name}/case.yaml: {error}"))
}

/// The files of a case's campaign, and the tests' theme where it asks for that.
fn tree(name: &str) -> Tree {
    let mut tree = support::folder(&sites().join(name));
    let campaign = tree.text(&support::source("content/campaign.yaml")).unwrap_or_default();
    if !campaign.lines().any(|line| line == "theme: plain") {
        return tree;
    }
    let theme = support::root().join("tests/theme");
    for path in support::files(&theme) {
        let below = path.strip_prefix(&theme).unwrap().to_str().unwrap();
        tree.insert(support::source(&format!("themes/plain/{below}")), File::new(fs::read(&path).unwrap()));
    }
    tree
}

fn build(tree: &Tree, case: &Case) -> Built {
    let base = case.base_url.as_deref().map(|url| BaseUrl::parse(url).unwrap());
    let settings = Settings { moment: at(&case.as_of), base, drafts: case.drafts };
    support::finish(&support::drawing(Engine::new(tree.clone(), settings)))
}

/// The outputs as `expected/` holds them.
fn shown(built: &Built, tree: &Tree) -> Folder {
    let mut folder = Folder::new();
    let mut files = String::new();
    let themes: Vec<(&OutPath, String)> =
        built.outputs.keys().filter_map(|path| Some((path, of_the_default_theme(path, tree)?))).collect();
    for (path, bytes) in &built.outputs {
        if let Some((_, name)) = themes.iter().find(|(of_theme, _)| *of_theme == path) {
            files.push_str(&format!("{name}\n"));
        } else if let Ok(text) = std::str::from_utf8(bytes) {
            let mut text = text.to_owned();
            for (of_theme, name) in &themes {
                text = text.replace(of_theme.as_str(), name);
                text = text.replace(&integrity(&built.outputs[*of_theme]), "sha256-*");
            }
            folder.insert(path.to_string(), laid_out(path.as_str(), &text));
        } else {
            files.push_str(&format!("{path} {} bytes, {}\n", bytes.len(), asset_digest(bytes)));
        }
    }
    folder.insert(".files".to_owned(), files);
    if !built.findings.is_empty() {
        folder.insert(".findings".to_owned(), built.report.clone());
    }
    folder
}

/// `assets/card.*.png` for `assets/card.8bbeeb5f9c.png`, where the campaign has no `card.png` of its own: else every
/// change of the default theme's looks would be one of all pages here.
fn of_the_default_theme(path: &OutPath, tree: &Tree) -> Option<String> {
    let mut parts: Vec<&str> = path.as_str().strip_prefix("assets/")?.split('.').collect();
    let digest = parts.len().checked_sub(2)?;
    parts[digest] = "*";
    let own = format!("/static/{}", parts.join(".").replace(".*", ""));
    let has_own = tree.iter().any(|(path, _)| path.as_str().ends_with(&own));
    (!has_own).then(|| format!("assets/{}", parts.join(".")))
}

/// A text with its JSON laid out in lines.
fn laid_out(path: &str, text: &str) -> String {
    const BEFORE: &str = "<script type=\"application/ld+json\">";
    if [".json", ".geojson", ".webmanifest"].iter().any(|end| path.ends_with(end)) {
        return lines_of_json(path, text);
    }
    let Some((before, json)) = text.split_once(BEFORE) else { return text.to_owned() };
    let (json, after) = json.split_once("</script>").unwrap();
    format!("{before}{BEFORE}\n{}</script>{after}", lines_of_json(path, json))
}

/// Compact JSON with a line for each value. Nothing is changed within texts, so escapes can be seen.
fn lines_of_json(path: &str, json: &str) -> String {
    serde_json::from_str::<serde_json::Value>(json).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut out = String::new();
    let (mut depth, mut in_text, mut escaped) = (0, false, false);
    let line = |depth: usize| format!("\n{}", "  ".repeat(depth));
    for character in json.trim_end().chars() {
        if in_text || !matches!(character, '{' | '}' | '[' | ']' | ',' | ':') {
            in_text ^= character == '"' && !escaped;
            escaped = character == '\\' && !escaped;
            out.push(character);
            continue;
        }
        match character {
            '{' | '[' => {
                depth += 1;
                out.push(character);
                out.push_str(&line(depth));
            }
            '}' | ']' => {
                depth -= 1;
                out.push_str(&line(depth));
                out.push(character);
            }
            ',' => out.push_str(&format!(",{}", line(depth))),
            _ => out.push_str(": "),
        }
    }
    out + "\n"
}

fn expected(folder: &Path) -> Folder {
    let read = |path: PathBuf| {
        let below = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        (below, fs::read_to_string(&path).unwrap())
    };
    support::files(folder).into_iter().map(read).collect()
}

fn rewrite(folder: &Path, actual: &Folder) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
    for (path, text) in actual {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// What differs between two folders, as a diff that names the files.
fn differences(name: &str, expected: &Folder, actual: &Folder) -> String {
    let mut told = String::new();
    for path in expected.keys().filter(|path| !actual.contains_key(*path)) {
        told.push_str(&format!("tests/sites/{name}/expected/{path} is expected, and was not made\n"));
    }
    for (path, text) in actual {
        let file = format!("tests/sites/{name}/expected/{path}");
        let expected = expected.get(path).map_or("", String::as_str);
        if expected != text {
            let diff = TextDiff::from_lines(expected, text);
            told.push_str(&diff.unified_diff().context_radius(2).header(&file, "what was made").to_string());
        }
    }
    told
}

/// What holds for every site.
fn is_sound(name: &str, case: &Case, built: &Built, tree: &Tree) {
    let outputs = &built.outputs;
    hostile::well_formed(built);
    let campaign = tree.text(&support::source("content/campaign.yaml")).unwrap();
    let base = campaign.lines().find_map(|line| line.strip_prefix("base_url: "));
    links::every_link_resolves(outputs, case.base_url.as_deref().or(base).unwrap());
    for (path, bytes) in outputs {
        let text = String::from_utf8_lossy(bytes);
        for word in &case.absent {
            assert!(!path.as_str().contains(word), "{name}: {path} should not be: {word}");
            assert!(!text.contains(word), "{name}: {path} holds “{word}”");
        }
    }
}

/// Builds a case and gives what differs from what is expected.
fn check(name: &str) -> String {
    let case = case(name);
    let known = ["case.yaml", "content", "expected", "static", "themes"];
    let known = if case.site.is_some() { &["case.yaml", "expected"][..] } else { &known };
    for entry in names(&sites().join(name)) {
        assert!(known.contains(&entry.as_str()), "tests/sites/{name}/{entry} is no part of a case");
    }
    let tree = tree(case.site.as_deref().unwrap_or(name));
    let built = build(&tree, &case);
    assert!(!built.outputs.is_empty(), "{name}: nothing was built\n{}", built.report);
    is_sound(name, &case, &built, &tree);
    let actual = shown(&built, &tree);
    let folder = sites().join(name).join("expected");
    if bless() {
        rewrite(&folder, &actual);
    }
    differences(name, &expected(&folder), &actual)
}

#[test]
fn every_site_is_built_as_expected() {
    let cases = names(&sites());
    assert!(cases.len() >= 6, "there are only {cases:?}");
    let told: String = cases.iter().map(|name| check(name)).collect();
    assert!(told.is_empty(), "other sites than expected; BLESS=1 cargo test golden rewrites them\n{told}");
}

/// What is not expected, not made or otherwise than expected is told; else this suite could not fail.
#[test]
fn differences_are_told() {
    let folder = |files: &[(&str, &str)]| -> Folder {
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    };
    let expected = folder(&[("a.html", "one\ntwo\n"), ("gone.html", "x\n"), ("same.html", "y\n")]);
    let actual = folder(&[("a.html", "one\nthree\n"), ("new.html", "z\n"), ("same.html", "y\n")]);
    let told = differences("case", &expected, &actual);
    for line in [
        "gone.html is expected, and was not made",
        "expected/a.html\n",
        "-two\n+three\n",
        "expected/new.html\n",
        "+z\n",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    assert!(!told.contains("same.html"), "{told}");
    assert_eq!(differences("case", &actual, &actual), "");
}

#[test]
fn json_is_laid_out_without_touching_its_texts() {
    let laid = lines_of_json("x", "{\"a\":[1,\"b,{\\\"\\\\\"],\"c\":\"\\u003c\"}\n");
    assert_eq!(laid, "{\n  \"a\": [\n    1,\n    \"b,{\\\"\\\\\"\n  ],\n  \"c\": \"\\u003c\"\n}\n");
}

/// The first campaign of the README is the case `minimal`, so that what newcomers type is what is held here.
#[test]
fn the_readme_tells_the_minimal_site() {
    let readme = fs::read_to_string(support::root().join("README.md")).unwrap();
    let files = support::folder(&sites().join("minimal"));
    assert_eq!(files.iter().count(), 3);
    for (path, _) in files.iter() {
        let text = files.text(path).unwrap();
        assert!(readme.contains(&format!("\n{text}```\n")), "{path} is not as the README has it");
        assert!(readme.contains(&format!("`{path}`")), "the README does not name {path}");
    }
}
