//! `handbill new`: a document to begin with, in the right folder and under the right name.

mod translation;

use super::args::{New, OUTPUT, Shared, Titled, What};
use super::{DONE, Failure, moment, report, root};
use crate::base::{File, LanguageTag, Slug, SourcePath, Tree};
use crate::diagnostics::Finding;
use crate::disk::{self, ReadOptions, Revised};
use crate::engine::{Engine, Settings};
use crate::parse;

/// Makes a new file; one that is there is never touched.
pub(super) fn run(shared: &Shared, args: &New) -> Result<u8, Failure> {
    let root = root::find(shared.root.as_deref())?;
    let output = root.join(OUTPUT);
    let tree = disk::read(&ReadOptions { output: Some(&output), ..ReadOptions::new(&root) })?.value;
    let (file, text) = match &args.what {
        What::Statement(titled) => starter(titled, &Starter::STATEMENT, &tree)?,
        What::Location(titled) => starter(titled, &Starter::LOCATION, &tree)?,
        What::Event(titled) => starter(titled, &Starter::EVENT, &tree)?,
        What::Timeline(titled) => starter(titled, &Starter::TIMELINE, &tree)?,
        What::Page(titled) => starter(titled, &Starter::PAGE, &tree)?,
        What::Translation(args) => translation::translation(args, &root, &tree)?,
    };
    possible(&tree, &file, &text)?;
    match disk::create(&root, &file, text.as_bytes())? {
        Revised::Done => {
            report::say(&format!("Made {file}. It is a draft: delete its line “draft: true” to publish it."));
            Ok(DONE)
        }
        Revised::Exists | Revised::Changed => Err(exists(&file)),
        Revised::Outside => Err(Failure::usage(
            format!("{file} would be outside the campaign's folder, for there is a link on the way to it"),
            "put a folder in the place of the link",
        )),
    }
}

/// Refuses a file whose name some systems cannot have, or whose address is taken, before it is made.
fn possible(tree: &Tree, file: &SourcePath, text: &str) -> Result<(), Failure> {
    const CURE: &str = "choose another title, or a name with --slug";
    if let Some(reason) = disk::why_not_portable(file.name()) {
        return Err(Failure::usage(format!("{file} cannot exist on Windows: {reason}"), CURE));
    }
    let mut with = tree.clone();
    with.insert(file.clone(), File::new(text.as_bytes()));
    let moment = moment::moment(None, &Engine::zone(tree))?;
    let settings = Settings { moment, base: None, drafts: true };
    let taken = |finding: &&Finding| {
        let places = [finding.place.as_ref(), finding.related.as_ref().map(|(place, _)| place)];
        finding.is_of_taken_address() && places.into_iter().flatten().any(|place| place.file == *file)
    };
    match Engine::new(with, settings).findings().iter().find(taken) {
        Some(finding) => Err(Failure::usage(format!("{file} cannot be: {}", finding.title), CURE)),
        None => Ok(()),
    }
}

fn exists(file: &SourcePath) -> Failure {
    Failure::usage(format!("there is already {file}"), "choose another title, or a name with --slug")
}

/// A kind of document to begin with.
struct Starter {
    /// The folder below `content/`, with a slash at its end.
    folder: &'static str,
    /// Whether the day stands in front of the file's name, which puts files in order.
    dated: bool,
    /// The text, with `{title}` and `{date}`.
    text: &'static str,
}

impl Starter {
    const STATEMENT: Starter =
        Starter { folder: "statements/", dated: true, text: include_str!("statement.md") };
    const LOCATION: Starter =
        Starter { folder: "locations/", dated: false, text: include_str!("location.md") };
    const EVENT: Starter = Starter { folder: "events/", dated: false, text: include_str!("event.md") };
    const TIMELINE: Starter =
        Starter { folder: "timelines/", dated: false, text: include_str!("timeline.md") };
    const PAGE: Starter = Starter { folder: "", dated: false, text: include_str!("page.md") };
}

/// The path and the text of a new document.
fn starter(args: &Titled, starter: &Starter, tree: &Tree) -> Result<(SourcePath, String), Failure> {
    let title = args.title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        return Err(Failure::usage("a document needs a title".to_owned(), "write it in quotes: \"Day 2\""));
    }
    let german = Engine::languages(tree).first().is_some_and(LanguageTag::is_german);
    let slug = match &args.slug {
        Some(slug) => Slug::parse(slug).ok_or_else(|| bad_slug(slug)),
        None => Slug::make(&title, german).ok_or_else(|| bad_slug(&title)),
    }?;
    if let Some(other) = namesake(starter, &slug, tree) {
        return Err(exists(&other));
    }
    let zone = Engine::zone(tree);
    let today = moment::moment(None, &zone)?.to_zoned_datetime(zone).date();
    let day = if starter.dated { format!("{today}-") } else { String::new() };
    let file = SourcePath::new(&format!("content/{}{day}{slug}.md", starter.folder));
    let file = file.ok_or_else(|| bad_slug(slug.as_str()))?;
    let text = starter.text.replace("{date}", &today.to_string());
    Ok((file, text.replacen("{title}", &parse::yaml_text(&title), 1)))
}

fn bad_slug(text: &str) -> Failure {
    Failure::usage(
        format!("no address can be made of “{text}”"),
        "say what it is to end in, in small letters, digits and hyphens: --slug day-2",
    )
}

/// A document of the same folder and name, whatever day stands in front of it.
fn namesake(starter: &Starter, slug: &Slug, tree: &Tree) -> Option<SourcePath> {
    let folder = format!("content/{}", starter.folder);
    let same = |path: &&SourcePath| {
        let name = path.as_str().strip_prefix(&folder).and_then(|name| name.strip_suffix(".md"));
        name.is_some_and(|name| parse::without_date(name) == slug.as_str() || name == format!("{slug}/index"))
    };
    tree.iter().map(|(path, _)| path).find(same).cloned()
}
