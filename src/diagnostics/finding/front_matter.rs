//! Findings about front matter and YAML, before any field is understood: 02xx.

use super::{choices, did_you_mean, error};
use crate::base::SourcePath;
use crate::diagnostics::{Finding, Place};

/// A document that does not begin with `---`.
pub fn no_front_matter(file: &SourcePath) -> Finding {
    error(201, Place::span(file, 0..0), "this file has no front matter".to_owned(), "it must begin with ---").cure(
        "begin the file with three lines: “---”, then “title: …”, then “---”; the text follows below them",
    )
}

/// Front matter whose closing `---` is missing.
pub fn unclosed_front_matter(place: Place) -> Finding {
    error(202, place, "the front matter is not closed".to_owned(), "opened here")
        .cure("add a line with only “---” between the fields and the text")
}

/// Front matter over 64 KiB, or a text over 1 MiB.
pub fn too_long(place: Place, what: &str, limit: &str) -> Finding {
    error(203, place, format!("{what} is longer than {limit}"), "this is where it begins")
        .cure("split it into several documents")
}

/// YAML nested too deeply.
pub fn nested_too_deeply(place: Place, limit: usize) -> Finding {
    error(204, place, format!("this is nested more than {limit} levels deep"), "here")
        .cure("write it in fewer levels; no field needs more than six")
}

/// YAML anchors and aliases.
pub fn alias(place: Place, mark: char, quoted: &str) -> Finding {
    error(
        205,
        place,
        format!("a value may not begin with “{mark}”, which YAML takes for a reference"),
        "this value",
    )
    .cure(format!("put the whole value in quotes: {quoted}"))
}

/// YAML that cannot be read.
pub fn yaml_syntax(place: Place, title: &str, label: &str, help: Option<String>) -> Finding {
    Finding { help, ..error(206, place, title.to_owned(), label) }
}

/// A key that no field has.
pub fn unknown_key(place: Place, key: &str, nearest: Option<&str>, known: &[String]) -> Finding {
    let listed = format!("what can stand here: {}", choices(known.iter().map(String::as_str), 30));
    error(207, place, format!("“{key}” is not a field that Handbill knows here"), "this key")
        .cure(did_you_mean(nearest, listed))
}

/// A key that stands twice.
pub fn duplicate_key(place: Place, key: &str) -> Finding {
    error(208, place, format!("“{key}” is written twice"), "the second one")
        .cure("keep one of the two, and delete the other")
}

/// A value of the wrong shape: a list for a text and the like.
pub fn wrong_type(place: Place, field: &str, expected: &str) -> Finding {
    let cure = match expected {
        "a text" => "take the brackets out, or put the whole value in quotes".to_owned(),
        "a list" => format!("write each entry on a line of its own below “{field}:”, beginning with “- ”"),
        _ => format!("write {expected} after “{field}:”"),
    };
    error(209, place, format!("“{field}” should be {expected}"), "this value").cure(cure)
}
