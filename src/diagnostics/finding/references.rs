//! Findings about what documents say of each other, and about addresses: 04xx.

use super::{choices, did_you_mean, error, warning};
use crate::base::SourcePath;
use crate::diagnostics::{At, Finding, Place};

/// No `content/campaign.yaml`; `other` is one of nearly that name.
pub fn missing_campaign(file: &SourcePath, other: Option<&SourcePath>) -> Finding {
    let cure = match other {
        Some(other) => format!("rename {other} to campaign.yaml"),
        None => "make that file with these lines: “title: …”, “base_url: https://…”, “time_zone: America/Los_Angeles”, “union: { name: … }”"
            .to_owned(),
    };
    error(401, Place::file(file), format!("there is no {file}"), "").cure(cure)
}

/// A slug that no document has.
pub fn unknown_slug(
    place: Place,
    slug: &str,
    what: &str,
    nearest: Option<&str>,
    known: &[String],
) -> Finding {
    let listed = match known {
        _ if slug.contains(", ") => format!("write each name for itself: [{slug}]"),
        [] => format!("there is no {what} yet; make one first"),
        [only] => format!("there is only “{only}”"),
        several => {
            format!("there are {}", choices(several.iter().map(String::as_str), 5).replace(" or ", " and "))
        }
    };
    error(402, place, format!("there is no {what} called “{slug}”"), "this name")
        .cure(did_you_mean(nearest, listed))
}

/// A reference to a document that is a draft, embargoed or expired while this one is published.
pub fn refers_to_unpublished(place: Place, slug: &str, why: &str) -> Finding {
    let cure = match why {
        "a draft" => "take the link out, or publish that document too: delete its “draft: true”",
        "no longer shown" => "take the link out, or correct that document's “expires”",
        _ => "publish both at the same time, or take the link out until then",
    };
    error(403, place, format!("“{slug}” is {why}, so nothing published can link to it"), "this name")
        .cure(cure)
}

/// How the names of hosts end that are typed without `https://`, and those of files do not.
const TOPS: [&str; 16] = [
    "org", "com", "net", "edu", "gov", "info", "us", "uk", "de", "es", "mx", "ca", "eu", "coop", "union",
    "example",
];

/// A link to a page or file of the site that does not exist.
pub fn dead_link(place: Place, target: &str, nearest: Option<&str>) -> Finding {
    let ending = target.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
    let host = target.split('/').find(|part| part.contains('.')).unwrap_or_default();
    let is_host = host.rsplit('.').next().is_some_and(|top| TOPS.contains(&top.to_lowercase().as_str()));
    let is_mail = is_host && target.contains('@');
    let digits = target.bytes().filter(u8::is_ascii_digit).count();
    let is_phone =
        digits > 4 && target.bytes().all(|byte| byte.is_ascii_digit() || b"+-. ()".contains(&byte));
    let otherwise = match (&place.at, ending) {
        _ if is_mail => &format!("write mailto:{target}"),
        _ if is_phone => &format!("write tel:{target}"),
        _ if is_host => &format!("write {}", super::fields::as_https(target)),
        (_, Some(ending)) if ending != "md" => "put the file into content/media/, or correct its name",
        (At::Span(_), _) => "check the spelling; a link to another document can be written [[its-name]]",
        _ => {
            "write a document's name, one of statements, locations, timelines and events, or an address that begins with https://"
        }
    };
    let otherwise = otherwise.to_owned();
    let nearest = nearest.filter(|_| !is_host && !is_phone);
    error(404, place, format!("the link “{target}” leads nowhere"), "this link")
        .cure(did_you_mean(nearest, otherwise))
}

/// A link to a heading that does not exist.
pub fn dead_anchor(place: Place, anchor: &str, nearest: Option<&str>) -> Finding {
    let otherwise = "link to the page without “#”, or to one of its headings".to_owned();
    let nearest = nearest.map(|heading| format!("#{heading}"));
    error(405, place, format!("there is no heading “#{anchor}” on that page"), "this link")
        .cure(did_you_mean(nearest.as_deref(), otherwise))
}

/// A picture or file that does not exist.
pub fn missing_media(place: Place, name: &str, nearest: Option<&str>) -> Finding {
    let otherwise = "put the file into content/media/ and write its name exactly".to_owned();
    error(406, place, format!("there is no file “{name}”"), "this name")
        .cure(did_you_mean(nearest, otherwise))
}

/// A font for social cards that is none, or none that can be drawn.
pub fn not_a_font(place: Place, file: &SourcePath) -> Finding {
    error(433, place, format!("{file} is not a TrueType or OpenType font"), "this file").cure(
        "name a file that ends in .ttf or .otf; those in .woff and .woff2 are packed for browsers, and their makers offer the \
         others, too",
    )
}

/// A title with a letter that no font has: its social card, and perhaps others, cannot show it. `file` is the one in which a font
/// can be named.
pub fn title_without_font(place: Place, letter: char, file: &SourcePath) -> Finding {
    let title =
        format!("no font has the letter “{letter}” of this title, so its social card shows no headline");
    warning(434, place, title, "this title").cure(format!(
        "put a font that has it below content/, and name it in {file}: “card_font: fonts/its-name.ttf”; the font is not published"
    ))
}

/// Two outputs at one address.
pub fn address_taken(place: Place, address: &str, other: Place) -> Finding {
    error(407, place, format!("two pages want the address /{address}"), "")
        .with(other, "the other one")
        .cure("give one of them another name, or a “slug:” of its own")
}

/// A file or page at an address that Handbill fills itself.
pub fn address_is_ours(place: Place, address: &str) -> Finding {
    error(419, place, format!("/{address} is an address that Handbill itself fills"), "")
        .cure("give it another name")
}

/// A campaign without a home page.
pub fn no_home_page(place: Place) -> Finding {
    error(420, place, "there is no content/index.md, the first page that people see".to_owned(), "")
        .cure("make that file, or publish it where it is a draft or embargoed: every page links to it")
}

/// A home page that a language of the campaign lacks.
pub fn home_not_translated(place: Place, language: &str) -> Finding {
    warning(
        421,
        place,
        format!("the home page is not translated into “{language}”, and stands there as it is"),
        "",
    )
    .cure(format!("make the file content/index.{language}.md"))
}

/// Two documents of one slug and kind.
pub fn slug_taken(place: Place, slug: &str, other: Place) -> Finding {
    error(408, place, format!("two documents are called “{slug}”"), "")
        .with(other, "the other one")
        .cure("give one of them another file name, or a “slug:” of its own")
}

/// A name that several documents have, so that a link can't tell which is meant.
pub fn ambiguous_slug(place: Place, slug: &str, choices_: &[&str]) -> Finding {
    let mut different = choices_.to_vec();
    different.sort_unstable();
    different.dedup();
    let cure = match different.as_slice() {
        [_] => "give one of them another file name, or a “slug:” of its own".to_owned(),
        several => format!("write {}", choices(several.iter().copied(), 6)),
    };
    error(409, place, format!("several documents are called “{slug}”"), "this name").cure(cure)
}

/// `name.es.md` without `name.md`.
pub fn translation_without_original(file: &SourcePath, original: &str) -> Finding {
    error(410, Place::file(file), format!("{file} is a translation, but there is no {original}"), "")
        .cure("make the original first, or take the language out of the file's name")
}

/// A translation into a language that the campaign does not list.
pub fn language_not_listed(place: Place, language: &str) -> Finding {
    error(411, place, format!("“{language}” is not among the campaign's languages"), "")
        .cure(format!("add “{language}” to “languages:” in content/campaign.yaml, or rename the file"))
}

/// A redirect that cannot be.
pub fn bad_redirect(place: Place, path: &str) -> Finding {
    error(415, place, format!("“{path}” cannot be an address of this site"), "this address")
        .cure("use letters, digits, hyphens and slashes: strikepay, old/path")
}

/// An address said to be gone that is none; `meant` is what was meant.
pub fn bad_gone(place: Place, path: &str, meant: Option<&str>) -> Finding {
    let otherwise = "write it as it stood behind the site's name: statements/day-2".to_owned();
    error(429, place, format!("“{path}” cannot have been an address of this site"), "this address")
        .cure(meant.map_or(otherwise, |meant| format!("write {meant}")))
}

/// An address said to be gone at which something stands; `other` is the file that it is of.
pub fn gone_is_here(place: Place, path: &str, other: Option<Place>) -> Finding {
    let finding = error(430, place, format!("/{path} is said to be gone, and is published"), "this address")
        .cure("take the line out of “gone”; or, to take the page back, delete its file or give it “draft: true”");
    match other {
        Some(other) => finding.with(other, "this is published there"),
        None => finding,
    }
}

/// An address said to be gone at which something will stand by itself.
pub fn gone_will_be_here(place: Place, path: &str, other: Place) -> Finding {
    error(431, place, format!("/{path} is said to be gone, and will be published"), "this address")
        .with(other, "this will be published there, once its embargo is over")
        .cure("take the line out of “gone”, or give that file “draft: true”")
}

/// An address that is said to be gone twice.
pub fn gone_twice(place: Place, path: &str, first: Place) -> Finding {
    warning(432, place, format!("/{path} is said to be gone twice"), "")
        .with(first, "the first time")
        .cure("delete one of the two")
}

/// A translation that repeats a fact and gets it wrong.
pub fn translation_differs(place: Place, field: &str) -> Finding {
    warning(416, place, format!("“{field}” differs from the original's"), "this value")
        .cure("delete the line: a translation inherits hours, dates, places and pictures")
}

/// Something of an unpublished document in an output. `what` is the words or the file, `why` fits after “which is”, and
/// `copied` is the file of `static/` that the output is.
pub fn unpublished_in_output(
    place: Place,
    what: &str,
    why: &str,
    output: &str,
    copied: Option<&SourcePath>,
) -> Finding {
    let title = format!("{what} would be published, of {}, which is {why}", place.file);
    let from = if copied.is_some() { "that file" } else { "the theme, or of what else puts it there" };
    let finding = error(428, place, title, "").cure(format!(
        "it would stand in {output}: take it out of {from}; or, if it is no secret, say it in a published document"
    ));
    match copied {
        Some(file) => finding.with(Place::file(file), "it stands in this file, which is published as it is"),
        None => finding,
    }
}
