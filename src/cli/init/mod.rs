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

/// What is known of a new campaign.
struct Plan {
    title: String,
    union: String,
    employer: Option<String>,
    base_url: String,
    time_zone: String,
    language: files::Language,
    host: Host,
}

/// Makes the campaign's files. What is there stays as it is; where there is a campaign, nothing is made.
pub(super) fn run(args: &Init) -> Result<u8, Failure> {
    let folder = args.folder.as_path();
    let marker = "content/campaign.yaml";
    if disk::stands(&folder.join(marker)) {
        let says = format!("there is a campaign in {} already: it has a {marker}", folder.display());
        return Err(Failure::usage(says, "name another folder"));
    }
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
    for file in kept {
        report::warn(&format!("{file} was there already, and stays as it is"));
    }
    said(folder, &plan);
    Ok(DONE)
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
fn said(folder: &Path, plan: &Plan) {
    let folder = folder.display();
    report::say(&format!(
        "\nThis is a whole campaign. Look at it:\n\n    cd {folder}\n    handbill serve --open\n"
    ));
    report::say(
        "README.md says how statements and pickets are added, and what is to be set once for publishing.",
    );
    if plan.base_url == files::NOWHERE {
        report::say("Say in content/campaign.yaml where the site will stand: “base_url” is an example.");
    }
}

/// Takes what was typed, asks for the rest where somebody can be asked, and takes what is usual otherwise.
fn plan(args: &Init) -> Result<Plan, Failure> {
    let ask = ask::Asker::new();
    let language =
        ask.value(args.language.as_deref(), "Language of the site (en, es, de)", "en", |typed| {
            files::Language::parse(typed)
                .ok_or("it can be en, es or de; add others later, with a theme in their language")
        })?;
    let words = language.words();
    let text = |typed: &str| match typed.split_whitespace().collect::<Vec<_>>().join(" ") {
        text if text.is_empty() => Err("some words are needed"),
        text => Ok(text),
    };
    let title = ask.value(args.title.as_deref(), "What is the campaign called?", words.title, text)?;
    let union = ask.value(args.union.as_deref(), "Which union speaks?", words.union, text)?;
    let employer =
        ask.value(args.employer.as_deref(), "Who is the employer? (may stay empty)", "", |typed| {
            Ok(Some(typed.trim().to_owned()).filter(|name| !name.is_empty()))
        })?;
    let here = TimeZone::try_system().ok();
    let here = here.as_ref().and_then(TimeZone::iana_name).unwrap_or("UTC");
    let time_zone = ask.value(args.time_zone.as_deref(), "In which time zone?", here, |typed| {
        let known = TimeZone::get(typed.trim()).ok();
        let name = known.as_ref().and_then(TimeZone::iana_name).map(str::to_owned);
        name.ok_or("it is a name such as America/Los_Angeles or Europe/Berlin")
    })?;
    let base_url =
        ask.value(args.base_url.as_deref(), "Where will the site stand?", files::NOWHERE, |typed| {
            let url = BaseUrl::parse(typed.trim());
            url.map(|url| url.absolute("")).ok_or("it is an address such as https://our-campaign.example/")
        })?;
    let host = match args.host {
        Some(host) => host,
        None => ask.value(None, "Who publishes it?", "github-pages", Host::parse)?,
    };
    Ok(Plan { title, union, employer, base_url, time_zone, language, host })
}
