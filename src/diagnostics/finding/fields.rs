//! Findings about fields and their values: 02xx.

use super::{choices, did_you_mean, error, warning};
use crate::base::{SourcePath, Step};
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
    error(216, place, format!("“{text}” is not a language code"), "this code")
        .cure("write a code such as en, es, de, fil or pt-BR")
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

/// A field that wants a full URL.
pub fn not_a_url(place: Place, text: &str) -> Finding {
    let cure = if text.contains('.') && !text.contains(' ') && !text.starts_with('/') {
        format!("write https://{text}")
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
    let listed = format!("write {}", choices(known.iter().copied(), 12));
    error(219, place, format!("“{word}” is not a {field} that Handbill knows"), "this word")
        .cure(did_you_mean(nearest, listed))
}

/// A slug with characters that an address cannot have.
pub fn bad_slug(place: Place, text: &str, better: Option<&str>) -> Finding {
    let cure =
        better.map_or("use small letters, digits and hyphens".to_owned(), |slug| format!("write “{slug}”"));
    error(220, place, format!("“{text}” cannot be a slug"), "this slug").cure(cure)
}

/// Two fields that exclude or need each other.
pub fn fields_disagree(place: Place, title: &str, cure: &str) -> Finding {
    error(221, place, title.to_owned(), "here").cure(cure)
}

/// A picture without the words that it needs.
pub fn picture_without(place: Place, what: &str) -> Finding {
    let in_text = matches!(place.at, At::Span(_));
    let why = match (what, in_text) {
        ("alt", false) => {
            "say what the picture shows, for those who cannot see it: alt: Nurses with signs at the gate"
        }
        ("alt", true) => {
            "say what the picture shows, for those who cannot see it: ![Nurses with signs at the gate](…), or once for all in content/media/media.yaml"
        }
        (_, false) => "say who made it: credit: Maria Lopez for Local 12",
        (_, true) => {
            "say who made it, in quotes behind the file's name: ![…](photo.jpg \"Maria Lopez\"), or once for all in content/media/media.yaml"
        }
    };
    error(222, place, format!("this picture has no “{what}”"), "this picture").cure(why)
}

/// A file that holds no usable campaign.
pub fn unknown_file(file: &SourcePath) -> Finding {
    warning(223, Place::file(file), format!("{file} is not used: Handbill does not know what it is for"), "")
        .cure("documents end in .md and pictures lie in a media folder; move the file to static/ to publish it as it is")
}
