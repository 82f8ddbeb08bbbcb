//! Findings about fields and their values: 02xx.

use super::{choices, did_you_mean, error, warning};
use crate::base::{Colour, LEAST_CONTRAST, SourcePath, Step};
use crate::diagnostics::{At, Finding, Place};

/// A required field that is absent or empty.
pub fn missing_field(place: Place, field: &str, example: &str) -> Finding {
    let own = Step::Key(field.to_owned());
    let within = match &place.at {
        At::Field(path) | At::Key(path) => path.steps().len() > 1 || path.steps().first() != Some(&own),
        At::File | At::Span(_) => false,
    };
    let (label, add) =
        if within { ("it belongs in here", "add") } else { ("it belongs here", "add a line such as") };
    error(210, place, format!("“{field}” is missing"), label).cure(format!("{add} “{field}: {example}”"))
}

/// Text that is no language tag.
pub fn bad_language(place: Place, text: &str) -> Finding {
    let cure = match text.split_once(',') {
        Some(_) => format!("write each code for itself: [{text}]"),
        None => "write a code such as en, es, de, fil or pt-BR".to_owned(),
    };
    error(216, place, format!("“{text}” is not a language code"), "this code").cure(cure)
}

/// A URL whose scheme is not allowed.
pub fn forbidden_scheme(place: Place, scheme: &str) -> Finding {
    let title = match scheme {
        "//" => "an address may not begin with “//”".to_owned(),
        other => format!("an address may not begin with “{other}:”"),
    };
    error(217, place, title, "this address")
        .cure("use an address that begins with https://, mailto:, tel: or geo:")
}

/// A web address that nobody else can reach, such as that of the preview.
pub fn private_address(place: Place, url: &str) -> Finding {
    error(
        328,
        place,
        format!("{url} leads to your own computer or network, and nobody else gets there"),
        "this address",
    )
    .cure("link to a page of this site by its name, as in [[about]], else to where it is published")
}

/// A web address as it is to be typed: `union.example`, `http:/union.example`.
pub(super) fn as_https(text: &str) -> String {
    let bare = ["https", "http"].into_iter().find_map(|scheme| text.strip_prefix(scheme)).unwrap_or(text);
    format!("https://{}", bare.trim_start_matches([':', '/']))
}

/// A field that wants a full URL.
pub fn not_a_url(place: Place, text: &str) -> Finding {
    let cure = if text.contains('.') && !text.contains(' ') && !text.starts_with('/') {
        format!("write {}", as_https(text))
    } else {
        "write a full address: https://…".to_owned()
    };
    error(218, place, format!("“{text}” is not a web address"), "this address").cure(cure)
}

/// A word that is none of those that may stand here.
pub fn unknown_choice(
    place: Place,
    field: &str,
    word: &str,
    nearest: Option<&str>,
    known: &[&str],
) -> Finding {
    let listed = format!("write {}", choices(known.iter().copied(), 8));
    error(219, place, format!("“{word}” is not a {field} that Handbill knows"), "this word")
        .cure(did_you_mean(nearest, listed))
}

/// A slug with characters that an address cannot have.
pub fn bad_slug(place: Place, text: &str, better: Option<&str>) -> Finding {
    let cure =
        better.map_or("use small letters, digits and hyphens".to_owned(), |slug| format!("write “{slug}”"));
    error(220, place, format!("“{text}” cannot be a slug"), "this slug").cure(cure)
}

/// Something that ends before it begins.
pub fn ends_before_it_begins(place: Place, what: &str) -> Finding {
    error(221, place, format!("{what} ends before it begins"), "here").cure("exchange “from” and “to”")
}

/// A shift with hours and words in place of hours.
pub fn hours_and_note(place: Place) -> Finding {
    error(273, place, "a shift has either “hours” or “hours_note”".to_owned(), "here")
        .cure("keep one of the two: hours_note is shown in place of hours")
}

/// An event at two places.
pub fn location_and_place(place: Place) -> Finding {
    error(274, place, "an event has either “location” or “place”".to_owned(), "here")
        .cure("keep “location” for a place that has a page here, and “place” for any other")
}

/// A change of plan that moves something to nowhere.
pub fn moved_nowhere(place: Place) -> Finding {
    error(275, place, "this is moved, but nothing says to where".to_owned(), "here")
        .cure("say where or when it moves: “to”, “to_date” or “hours”")
}

/// A change of plan that cancels something and moves it.
pub fn cancelled_yet_moved(place: Place) -> Finding {
    error(276, place, "this is cancelled, yet it moves".to_owned(), "here")
        .cure("write “status: moved”, or delete “to”, “to_date” and “hours”")
}

/// A location's change that speaks of others.
pub fn change_elsewhere(place: Place) -> Finding {
    error(277, place, "a location's change is about itself alone".to_owned(), "here")
        .cure("delete “locations”, or move the change to content/campaign.yaml")
}

/// A text that is no colour.
pub fn not_a_colour(place: Place, text: &str, right: Option<&str>) -> Finding {
    let example = right.unwrap_or("#8a1c1c");
    error(278, place, format!("“{text}” is not a colour"), "this colour")
        .cure(format!("write it as \"{example}\", in quotes"))
}

/// An accent colour in which, or on which, words cannot be read well (WCAG 2.2, 1.4.3).
pub fn pale_accent(place: Place, colour: Colour) -> Finding {
    let contrast = colour.contrast(Colour::WHITE);
    let title = format!(
        "“{colour}” is too pale: its contrast with white is {contrast:.1} to 1, and words need {LEAST_CONTRAST} to 1"
    );
    warning(294, place, title, "this colour")
        .cure(format!("write \"{}\", the nearest that is dark enough", colour.readable_on_white()))
}

/// A text that is no name of a host; with the one that it holds, where it does.
pub fn not_a_host(place: Place, text: &str, right: Option<&str>) -> Finding {
    let cure = format!("write the name alone: {}", right.unwrap_or("maps.example"));
    error(295, place, format!("“{text}” is not the name of a host"), "this name").cure(cure)
}

/// A field of campaign.es.yaml that holds for every language.
pub fn only_in_original(place: Place, field: &str) -> Finding {
    let title = format!("“{field}” holds for every language, so it stands in campaign.yaml alone");
    error(279, place, title, "here").cure("delete it here")
}

/// A phone number that cannot be one.
pub fn bad_phone(place: Place, text: &str, right: Option<&str>) -> Finding {
    let cure = match right {
        Some(digits) => format!("write the digits, so that a phone can dial it: {digits}"),
        None => "write three to fifteen digits, such as 555-0100 or +1 510 555 0100".to_owned(),
    };
    error(280, place, format!("“{text}” cannot be a phone number"), "this number").cure(cure)
}

/// An e-mail address that cannot be one.
pub fn bad_email(place: Place, text: &str, right: Option<&str>) -> Finding {
    let cure = match right {
        Some(right) => format!("did you mean “{right}”?"),
        None => "write an address such as press@union.example".to_owned(),
    };
    error(281, place, format!("“{text}” cannot be an e-mail address"), "this address").cure(cure)
}

/// A document that goes before it comes.
pub fn never_shown(place: Place) -> Finding {
    error(
        282,
        place,
        "this expires before it is published, so that nobody will ever see it".to_owned(),
        "here",
    )
    .cure("correct “expires” or “publish”")
}

/// A picture without words for those who cannot see it (WCAG 2.2 SC 1.1.1).
pub fn picture_without_alt(place: Place) -> Finding {
    let cure = match place.at {
        At::Span(_) => {
            "say what it shows, for those who cannot see it: ![Nurses with signs at the gate](…), or once for all in content/media/media.yaml"
        }
        _ => "say what it shows, for those who cannot see it: alt: Nurses with signs at the gate",
    };
    error(222, place, "this picture has no “alt”".to_owned(), "this picture").cure(cure)
}

/// A picture that nobody made.
pub fn picture_without_credit(place: Place) -> Finding {
    let cure = match place.at {
        At::Span(_) => {
            "say who made it, in quotes behind the file's name: ![…](photo.jpg \"Maria Lopez\"), or once for all in content/media/media.yaml"
        }
        _ => "say who made it: credit: Maria Lopez for Local 12",
    };
    error(283, place, "this picture has no “credit”".to_owned(), "this picture").cure(cure)
}

/// A file that nothing reads.
pub fn unknown_file(file: &SourcePath) -> Finding {
    let stem = file.name().rsplit_once('.').map_or(file.name(), |(stem, _)| stem);
    let cure = match file.extension().as_str() {
        "yml" if stem.starts_with("campaign.") || stem == "media" => format!("rename it to {stem}.yaml"),
        "yaml" | "yml" => {
            "documents end in .md and pictures lie in a media folder; move the file to static/ to publish it as it is"
                .to_owned()
        }
        _ => format!("documents end in .md: rename it to {stem}.md"),
    };
    warning(223, Place::file(file), format!("{file} is not used: Handbill does not know what it is for"), "")
        .cure(cure)
}

/// Coordinates that cannot be read, or that no place has.
pub fn bad_coordinates(place: Place, text: &str, right: Option<&str>) -> Finding {
    let example = right.unwrap_or("34.0726, -117.4343");
    let title = match right {
        Some(_) => format!("“{text}” is not written as coordinates are"),
        None => format!("“{text}” is not a place on the earth"),
    };
    error(214, place, title, "these coordinates")
        .cure(format!("write latitude, then longitude, as maps print them: {example}"))
}

/// Longitude before latitude.
pub fn swapped_coordinates(place: Place, text: &str, right: &str) -> Finding {
    error(
        284,
        place,
        format!("“{text}” has no such latitude: the two are the wrong way round"),
        "these coordinates",
    )
    .cure(format!("latitude comes first: {right}"))
}

/// `0, 0`.
pub fn coordinates_nowhere(place: Place) -> Finding {
    error(285, place, "“0, 0” is a place in the sea, and no picket's".to_owned(), "these coordinates")
        .cure("write the coordinates of the place, or delete the line until they are known")
}

/// A time zone that does not exist.
pub fn unknown_time_zone(place: Place, name: &str, nearest: Option<&str>) -> Finding {
    let otherwise = "write a name such as America/Los_Angeles or Europe/Berlin".to_owned();
    error(215, place, format!("there is no time zone “{name}”"), "this name")
        .cure(did_you_mean(nearest, otherwise))
}
