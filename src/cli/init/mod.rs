//! `handbill init`: from an empty folder to a small complete campaign, with what publishes it.

mod ask;
mod files;
mod hosts;

use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::args::{Host, Init};
use super::{DONE, Failure, moment, report};
use crate::base::SourcePath;
use crate::base::url::BaseUrl;
use crate::disk::{self, Revised};
use crate::parse::zones;

/// What is known of a new campaign.
struct Plan {
    title: String,
    union: String,
    employer: Option<String>,
    base_url: String,
    time_zone: String,
    language: files::Language,
    host: Host,
    /// The file for staff: our name for it where the folder has a README of others.
    readme: &'static str,
}

/// Makes the campaign's files. What is there stays as it is; where there is a campaign, nothing is made.
pub(super) fn run(args: &Init) -> Result<u8, Failure> {
    let folder = args.folder.as_path();
    fitting(folder)?;
    let plan = plan(args)?;
    let zone = TimeZone::get(&plan.time_zone).unwrap_or(TimeZone::UTC);
    let now: Timestamp = moment::moment(None, &zone)?;
    let mut kept = Vec::new();
    for (file, text) in files::files(&plan, now.to_zoned_datetime(zone).date()) {
        match make(folder, &file, &text)? {
            true => report::say(&format!("Made {file}")),
            false => kept.push(file),
        }
    }
    for file in &kept {
        let cure = instead(file.as_str(), &plan);
        report::warn(&format!("{file} was there already, and stays as it is{cure}"));
    }
    said(folder, &plan, !kept.iter().any(|file| file.as_str() == plan.readme));
    Ok(DONE)
}

/// Whether a campaign can begin in a folder.
fn fitting(folder: &Path) -> Result<(), Failure> {
    let shown = folder.display();
    if folder.to_string_lossy().chars().any(char::is_control) {
        let says = format!("“{}” will not do for a folder", shown.to_string().escape_debug());
        return Err(Failure::usage(says, "it holds something that cannot be seen; name another one"));
    }
    if disk::is_file(folder) {
        return Err(Failure::usage(format!("{shown} is a file"), "name a folder; it need not be there yet"));
    }
    let marker = "content/campaign.yaml";
    if disk::stands(&folder.join(marker)) {
        let says = format!("there is a campaign in {shown} already: it has a {marker}");
        return Err(Failure::usage(says, "name another folder"));
    }
    Ok(())
}

/// What is to be done where a file of ours was not made, behind the words that say so.
fn instead(file: &str, plan: &Plan) -> String {
    let take = format!(
        "to see ours, call handbill init with --host {} for another folder, and take from its {file} what yours lacks",
        plan.host.name()
    );
    match file {
        files::IGNORE => {
            let lines: Vec<&str> = files::IGNORED.lines().filter(|line| line.starts_with('/')).collect();
            format!("; it needs the lines {}", lines.join(" "))
        }
        _ if file == plan.host.workflow() => {
            format!(". As it is, nothing of ours publishes this campaign: {take}")
        }
        _ if file == plan.readme => format!(", and so there is no README of ours: {take}"),
        _ => String::new(),
    }
}

/// Makes a file; `false` where there is one.
fn make(folder: &Path, file: &SourcePath, text: &str) -> Result<bool, Failure> {
    match disk::establish(folder, file, text.as_bytes())? {
        Revised::Done => Ok(true),
        Revised::Exists | Revised::Changed => Ok(false),
        Revised::Outside => Err(Failure::usage(
            format!("{file} would be outside {}, for there is a link on the way to it", folder.display()),
            "put a folder in the place of the link",
        )),
    }
}

/// What to do next.
fn said(folder: &Path, plan: &Plan, has_readme: bool) {
    let folder = typed(&folder.to_string_lossy());
    report::say(&format!(
        "\nThis is a whole campaign. Look at it:\n\n    cd {folder}\n    handbill serve --open\n"
    ));
    if has_readme {
        report::say(&format!(
            "{} says how statements and pickets are added, and what is to be set once for publishing.",
            plan.readme
        ));
    }
    if plan.base_url == files::NOWHERE {
        report::say("Say in content/campaign.yaml where the site will stand: “base_url” is an example.");
    }
}

/// A path as it is typed in a shell.
fn typed(path: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "/._-+,@%:".contains(letter);
    // A hyphen at the beginning would be an option.
    let path = if path.starts_with('-') { format!("./{path}") } else { path.to_owned() };
    if path.chars().all(plain) { path } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

/// Takes what was typed, asks for the rest where somebody can be asked, and takes what is usual otherwise.
fn plan(args: &Init) -> Result<Plan, Failure> {
    let ask = ask::Asker::new();
    let language = ask.value(
        ("--language", args.language.as_deref()),
        "Language of the site (en, es, de)",
        "en",
        |typed| {
            files::Language::parse(typed).ok_or_else(|| {
                "it can be en, es or de; add others later, with a theme in their language".to_owned()
            })
        },
    )?;
    let words = language.words();
    let text = |typed: &str| match typed.split_whitespace().collect::<Vec<_>>().join(" ") {
        text if text.is_empty() => Err("some words are needed".to_owned()),
        text => Ok(text),
    };
    let title =
        ask.value(("--title", args.title.as_deref()), "What is the campaign called?", words.title, text)?;
    let union = ask.value(("--union", args.union.as_deref()), "Which union speaks?", words.union, text)?;
    let employer = ask.value(
        ("--employer", args.employer.as_deref()),
        "Who is the employer? (may stay empty)",
        "",
        |typed| Ok(Some(typed.trim().to_owned()).filter(|name| !name.is_empty())),
    )?;
    let here = TimeZone::try_system().ok();
    let here = here.as_ref().and_then(TimeZone::iana_name).unwrap_or("UTC");
    let time_zone =
        ask.value(("--time-zone", args.time_zone.as_deref()), "In which time zone?", here, time_zone)?;
    let base_url = ask.value(
        ("--base-url", args.base_url.as_deref()),
        "Where will the site stand?",
        files::NOWHERE,
        |typed| {
            let url = BaseUrl::parse(typed.trim());
            url.map(|url| url.absolute(""))
                .ok_or_else(|| format!("it is an address such as {}", files::NOWHERE))
        },
    )?;
    let host = match args.host {
        Some(host) => host,
        None => ask.value(("--host", None), "Who publishes it?", "github-pages", Host::parse)?,
    };
    let readme = if disk::stands(&args.folder.join("README.md")) { "HANDBILL.md" } else { "README.md" };
    Ok(Plan { title, union, employer, base_url, time_zone, language, host, readme })
}

/// The name of a time zone. Three letters that the database of zones knows as one without summer time are not what is meant.
fn time_zone(typed: &str) -> Result<String, String> {
    let meant = zones::spoken(typed);
    let known = TimeZone::get(typed.trim()).ok().filter(|_| meant.is_none());
    let name = known.as_ref().and_then(TimeZone::iana_name).map(str::to_owned);
    name.ok_or_else(|| match meant.map(str::to_owned).or_else(|| zones::nearest(typed)) {
        Some(zone) => format!("a time zone has the name of a city; did you mean {zone}?"),
        None => "it is a name such as America/Los_Angeles or Europe/Berlin".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::typed;

    #[test]
    fn a_path_is_one_word_of_a_shell() {
        for (path, shown) in [
            ("fair-schedules", "fair-schedules"),
            ("../büro/site_2", "../büro/site_2"),
            ("our site", "'our site'"),
            ("it's", "'it'\\''s'"),
            ("-x", "./-x"),
            ("$HOME", "'$HOME'"),
        ] {
            assert_eq!(typed(path), shown);
        }
    }
}
