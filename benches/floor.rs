//! The bare loop: how fast a campaign could be built if next to nothing were done. It is the floor that a build of
//! Handbill is held against, in the same crates and with the same allocator.
//!
//! It reads each Markdown file below `content/`, takes its front matter into a struct, turns its text into HTML, renders
//! one template, and writes the page. It is no generator: it makes no list, home page, feed or sitemap, checks no link,
//! sorts nothing, keeps nothing in memory, says nothing of a mistake but that there is one, and swaps nothing in.
//!
//! `floor CAMPAIGN OUTPUT` writes into a folder that must not exist yet; `floor --unchanged CAMPAIGN OUTPUT` renders
//! everything again, compares it with what stands there, and writes what differs.
#![expect(
    clippy::disallowed_methods,
    reason = "a program of its own, without the rooms that these bans are for"
)]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tera::{Context, Tera};
use walkdir::WalkDir;

/// The allocator of the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Failure = Box<dyn Error + Send + Sync>;

/// What the small templates show of a document's front matter.
#[derive(Debug, Deserialize, Serialize)]
struct Front {
    #[serde(alias = "name")]
    title: String,
    #[serde(default)]
    summary: String,
    date: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    speakers: Vec<Speaker>,
    #[serde(default)]
    locations: Vec<String>,
    address: Option<String>,
    city: Option<String>,
    postal_code: Option<String>,
    coordinates: Option<String>,
    #[serde(default)]
    shifts: Vec<Shift>,
    #[serde(default)]
    events: Vec<Entry>,
}

#[derive(Debug, Deserialize, Serialize)]
struct Speaker {
    name: String,
    role: String,
}

#[derive(Debug, Deserialize, Serialize)]
struct Shift {
    days: String,
    hours: String,
}

#[derive(Debug, Deserialize, Serialize)]
struct Entry {
    date: String,
    title: String,
}

/// What every page is made with.
struct Loop {
    content: PathBuf,
    output: PathBuf,
    tera: Tera,
    /// Whether pages stand there already.
    again: bool,
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["--unchanged", campaign, output] => build(campaign, output, true),
        [campaign, output] => build(campaign, output, false),
        _ => Err("usage: floor [--unchanged] CAMPAIGN OUTPUT".into()),
    }
}

fn build(campaign: &str, output: &str, again: bool) -> Result<(), Failure> {
    let mut tera = Tera::new();
    tera.add_raw_template("page.html", include_str!("floor.html"))?;
    let with = Loop { content: Path::new(campaign).join("content"), output: output.into(), tera, again };
    let mut files = Vec::new();
    for entry in WalkDir::new(&with.content).min_depth(2) {
        let entry = entry?;
        if entry.file_type().is_file() && entry.path().extension().is_some_and(|ending| ending == "md") {
            files.push(entry.into_path());
        }
    }
    if !again {
        fs::create_dir(&with.output)?;
        for folder in ["statements", "locations", "timelines"] {
            fs::create_dir(with.output.join(folder))?;
        }
    }
    files
        .par_iter()
        .try_for_each(|file| page(&with, file).map_err(|error| format!("{}: {error}", file.display()).into()))
}

/// One document from its file to its page.
fn page(with: &Loop, file: &Path) -> Result<(), Failure> {
    let text = fs::read_to_string(file)?;
    let (front, body) =
        text.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n")).ok_or("no front matter")?;
    let front: Front = serde_yaml::from_str(front)?;
    let address = file.strip_prefix(&with.content)?.with_extension("");
    let mut content = String::with_capacity(body.len() * 3 / 2);
    html::push_html(&mut content, Parser::new_ext(body, Options::ENABLE_TABLES));
    let mut context = Context::new();
    context.insert("page", &front);
    context.insert("path", &address.to_string_lossy());
    context.insert("content", &content);
    let page = with.tera.render("page.html", &context)?;
    let folder = with.output.join(&address);
    let to = folder.join("index.html");
    if !with.again {
        fs::create_dir(&folder)?;
    } else if fs::read(&to)? == page.as_bytes() {
        return Ok(());
    }
    Ok(fs::write(to, page)?)
}
